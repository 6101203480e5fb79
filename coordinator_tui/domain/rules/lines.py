"""The rows of one unit under one rule: what is asked, what counts, and which of it for which period."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, TypeAlias

from coordinator_tui.domain.rules.asks import event_ask, fits, freed, lessened, member_asks, shared_asks
from coordinator_tui.domain.rules.availability import ALWAYS, bind, common, inside, span, union
from coordinator_tui.domain.rules.events import events_of
from coordinator_tui.domain.rules.filling import fill_earlier, spread, spread_events
from coordinator_tui.domain.rules.pack import Counted, Each, Measure, PerUnit, Source
from coordinator_tui.domain.rules.result import Reason, Row, Why
from coordinator_tui.domain.terms import default_term, next_term_code, term_code_on
from coordinator_tui.domain.vocabulary import ON_LEAVE, Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator_tui.domain.rules.asks import Ask, Asked, Rule
    from coordinator_tui.domain.rules.availability import Binding, Spans
    from coordinator_tui.domain.rules.evidence import Item
    from coordinator_tui.domain.rules.facts import Facts
    from coordinator_tui.domain.rules.periods import SchoolCalendar
    from coordinator_tui.domain.rules.result import Evidence, Period

_NEARLY = 1e-9
_ROOMY = {PerUnit.TERM, PerUnit.FIRST_TERM, PerUnit.SECOND_TERM, PerUnit.SCHOOL_YEAR}
_NEW = tuple.__new__  # hundreds of thousands of rows: without the call that a named tuple makes on top

Line: TypeAlias = "list[Row | None]"
"""Rows of one unit, one for each period of the calendar (None where it is not bound), or one for each event."""


class Lines:
    """Computes lines from facts; what many members share (their time, what is asked of them) is found out once."""

    def __init__(self, facts: Facts, calendar: SchoolCalendar) -> None:
        self._facts = facts
        self._days = calendar.days
        self._start, self._until = calendar.start, calendar.until
        self._first, self._last = calendar.start.toordinal(), calendar.until.toordinal()
        usual = default_term(next_term_code(term_code_on(calendar.until))).start
        self._limit = min((term.start for term in calendar.terms if term.start > calendar.until), default=usual)
        self._bindings: dict[object, dict[int, tuple[int, Binding] | None]] = {}
        self._known: dict[Binding, int] = {}

    def forget(self, member: int) -> None:
        """Find out anew when a member can be asked."""
        for known in self._bindings.values():
            known.pop(member, None)

    def line(self, rule: Rule, unit: int) -> Line:
        """Return the rows of a unit: all of them None, or none at all, where the rule does not bind it."""
        if rule.of_events:
            return self._event_line(rule, unit)
        member = rule.requirement.who.each is Each.MEMBER
        asked = self._member_asks(rule, unit) if member else self._unit_asks(rule, unit)
        if asked is None:
            return []
        items = rule.selector.items(unit)
        asks = self._fewer(rule, unit, asked.asks)
        found, between = spread(items, rule.starts, rule.periods) if items else ({}, [])
        if rule.fills_late and items:
            fill_earlier(found, asks, between, self._limit)
        if asks is not asked.asks:
            return [
                None if ask is None else self._row(rule, unit, ask, found.get(at, ())) for at, ask in enumerate(asks)
            ]
        requirement = rule.requirement
        line: Line = [None if blank is None else _NEW(Row, (requirement, unit, *blank)) for blank in asked.blanks]
        for at, got in found.items():
            ask = asks[at]
            if ask is not None:
                line[at] = self._row(rule, unit, ask, got)
        return line

    def _binding(self, rule: Rule, member: int) -> tuple[int, Binding] | None:
        """Return when a rule binds a member with a number that is the same for the same time; None for never."""
        known = self._bindings.setdefault(rule.binds, {})
        if member not in known:
            who, facts = rule.requirement.who, self._facts
            found = bind(
                who,
                facts.members[member],
                facts.memberships_of(member),
                facts.kind_of,
                facts.leaves_of(member),
                facts.placements_of(member),
                facts.pairs_of(member) if who.pair_role else (),
            )
            bound = inside(found.bound, self._first, self._last)
            known[member] = (self._known.setdefault(found, len(self._known)), found) if bound else None
        return known[member]

    def _member_asks(self, rule: Rule, unit: int) -> Asked | None:
        """Return what is asked of a member; the same for all whose level, time and ages are the same."""
        member = self._facts.members[unit]
        if not fits(rule, member):
            return None
        bound = self._binding(rule, unit)
        if bound is None:
            return None
        time, binding = bound
        key: object = (member.level, time)
        if rule.aged:
            key = (key, member.birth, member.gender, member.joined_work or member.joined_school)
        if key not in rule.asks:
            rule.asks[key] = member_asks(rule, member, binding, self._days)
        return rule.asks[key]

    def _unit_asks(self, rule: Rule, unit: int) -> Asked | None:
        """Return what is asked of a group or the school."""
        numbers = rule.numbers_for(None)
        there = ALWAYS if rule.requirement.who.each is Each.SCHOOL else self._present(rule, unit)
        if numbers is None or not there:
            return None
        if there not in rule.asks:
            rule.asks[there] = shared_asks(rule, there, numbers, self._days)
        return rule.asks[there]

    def _present(self, rule: Rule, group: int) -> Spans:
        """Return when a group that the rule binds has a member at all."""
        facts = self._facts
        kinds = rule.requirement.who.groups
        if kinds and facts.kind_of(group) not in kinds:
            return ()
        return union(
            piece
            for one in facts.memberships_in(group)
            if (member := facts.members.get(one.member)) is not None
            for piece in common(
                union([span(one.start, one.until)]), union([span(member.active_from, member.active_until)])
            )
        )

    def _fewer(self, rule: Rule, unit: int, asks: list[Ask | None]) -> list[Ask | None]:
        """Return the asks with shares counted from their base, and without the sessions cancelled for a reason.

        A term or a year has room for another session, so what it asks for is lessened, but not to nothing.
        """
        if rule.shares:
            return self._shared(rule, unit, asks)
        gone = rule.selector.cancelled(unit) if rule.cancels else []
        if not gone:
            return asks
        found = list(asks)
        least = 1.0 if rule.requirement.per.unit in _ROOMY and rule.requirement.what.measure is Measure.COUNT else 0.0
        for session, amount in gone:
            for at, ask in enumerate(found):
                if (
                    ask is not None
                    and ask.needed
                    and ask.period.start <= session.date <= ask.period.until
                    and ask.fixed is None
                ):
                    why = Reason(Why.CANCELLED, (("date", session.date.isoformat()), ("reason", session.reason)))
                    found[at] = lessened(ask, max(ask.needed - amount, min(ask.needed, least)), (why,))
        return found

    def _shared(self, rule: Rule, unit: int, asks: list[Ask | None]) -> list[Ask | None]:
        days = rule.selector.base(unit)
        found: list[Ask | None] = []
        for ask in asks:
            if ask is None or ask.share is None:
                found.append(ask)
                continue
            first, last = ask.period.start, ask.period.until
            base = sum(first <= day <= last for day in days) if days is not None else self._people(rule, unit, ask)
            found.append(_of_base(ask, base))
        return found

    def _people(self, rule: Rule, unit: int, ask: Ask) -> int:
        """Return how many members a share of people is taken of: those who were there in the period."""
        if rule.requirement.who.each is Each.MEMBER:
            return 1
        facts = self._facts
        who = facts.members if rule.requirement.who.each is Each.SCHOOL else facts.ever_in(unit)
        first, last = ask.period.start.toordinal(), ask.period.until.toordinal()
        return sum(1 for member in who if member in facts.members and self._there(member, first, last, rule, unit))

    def _there(self, member: int, first: int, last: int, rule: Rule, unit: int) -> bool:
        known = self._facts.members[member]
        if not inside((span(known.active_from, known.active_until),), first, last) or not fits(rule, known):
            return False
        if rule.requirement.who.each is not Each.GROUP:
            return True
        mine = (one for one in self._facts.memberships_of(member) if one.group == unit)
        return any(inside((span(one.start, one.until),), first, last) for one in mine)

    def _row(self, rule: Rule, unit: int, ask: Ask, items: Sequence[Item]) -> Row:
        evidence = tuple([item.evidence for item in items])
        if rule.shares and rule.selector.of_people:
            done: float = len({self._whose(one) for one in evidence})
        else:
            done = evidence[0].amount if len(evidence) == 1 else sum(one.amount for one in evidence)
        return ask.row(rule.requirement, unit, float(done), evidence)

    def _whose(self, evidence: Evidence) -> int:
        if evidence.table == "members":
            return evidence.id
        return getattr(self._facts.tables[evidence.table][evidence.id], "member", evidence.id)

    # events and sessions

    def _event_line(self, rule: Rule, unit: int) -> Line:
        facts = self._facts
        each = rule.requirement.who.each
        member = facts.members[unit] if each is Each.MEMBER else None
        if member is not None and not fits(rule, member):
            return []
        if each is Each.GROUP and not self._present(rule, unit):
            return []
        events = events_of(facts, rule, unit)
        if not events:
            return []
        bound = self._binding(rule, unit) if member is not None else None
        binding = bound[1] if bound is not None else None
        if member is not None and binding is None:
            return []
        asks: list[Ask | None] = []
        for period, due in events:
            ask = event_ask(rule, member, binding, period, due)
            asks.append(self._marked(rule, unit, period, ask) if ask is not None else None)
        periods = [period for period, _due in events]
        only = rule.requirement.per.unit is PerUnit.SESSION
        found = spread_events(rule.selector.items(unit), periods, asks, only=only)
        return [
            self._row(rule, unit, self._event_share(rule, unit, ask), got)
            for ask, got in zip(asks, found, strict=True)
            if ask is not None and self._in_span(rule, ask)
        ]

    def _in_span(self, rule: Rule, ask: Ask) -> bool:
        last = max(ask.period.until, ask.due)
        return (
            ask.period.start <= self._until
            and last >= self._start
            and (rule.since is None or ask.period.until >= rule.since)
        )

    def _event_share(self, rule: Rule, unit: int, ask: Ask) -> Ask:
        shared = self._shared(rule, unit, [ask])[0] if rule.shares else ask
        return shared or ask

    def _marked(self, rule: Rule, unit: int, period: Period, ask: Ask) -> Ask:
        """Let go who was on leave by the roll, or was not called, of a session that is to be attended."""
        requirement = rule.requirement
        attending = requirement.what.source is Source.SESSIONS and rule.selector.counted is Counted.ATTENDED
        if requirement.per.unit is not PerUnit.SESSION or not attending or ask.fixed is not None or not ask.past:
            return ask
        mark = self._facts.marks_of.get(unit, {}).get(int(period.label))
        if mark is None:
            return freed(ask, Reason(Why.NOTHING_TO_COUNT))
        if mark in ON_LEAVE or mark is Mark.EXEMPT:
            day = period.start.isoformat()
            return freed(ask, Reason(Why.LEAVE, (("from", day), ("until", day), ("days", 1))))
        return ask


def _of_base(ask: Ask, base: int) -> Ask:
    """Return a share as a number of its base."""
    least, most = ask.share or (None, None)
    if not base:
        return freed(ask, *ask.reasons, Reason(Why.NOTHING_TO_COUNT))._replace(full=0.0)
    needed = float(ceil(least * base - _NEARLY)) if least is not None else 0.0
    at_most = float(floor(most * base + _NEARLY)) if most is not None else ask.at_most
    why = Reason(Why.SHARE, (("percent", round((least or most or 0) * 100, 2)), ("base", base)))
    return ask._replace(needed=needed, full=needed, at_most=at_most, reasons=(*ask.reasons, why))
