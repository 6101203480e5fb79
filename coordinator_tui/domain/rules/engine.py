"""The ledger of adopted regulations: for each requirement, who and when, what is needed, done, missing, and why."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.rules.asks import Asked, event_ask, fits, freed, lessened, member_asks, shared_asks
from coordinator_tui.domain.rules.availability import ALWAYS, bind, common, inside, span, union
from coordinator_tui.domain.rules.changes import touched
from coordinator_tui.domain.rules.compiling import compile_rules, school_calendar
from coordinator_tui.domain.rules.events import events_of
from coordinator_tui.domain.rules.facts import Facts
from coordinator_tui.domain.rules.filling import fill_earlier, spread, spread_events
from coordinator_tui.domain.rules.pack import Counted, Each, Measure, PerUnit, Source
from coordinator_tui.domain.rules.result import Reason, Row, Why
from coordinator_tui.domain.rules.world import Adopted, World
from coordinator_tui.domain.vocabulary import ON_LEAVE, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from coordinator_tui.domain.records import Record
    from coordinator_tui.domain.rules.asks import Ask, Rule
    from coordinator_tui.domain.rules.availability import Binding, Spans
    from coordinator_tui.domain.rules.evidence import Item
    from coordinator_tui.domain.rules.result import Evidence

__all__ = ["Adopted", "Ledger", "World"]

_NEARLY = 1e-9
_LATE_FILLS = frozenset({PerUnit.WEEK, PerUnit.MONTH})
_WHOLE = frozenset({"terms", "calendar"})
_UNTOUCHING = frozenset({"series", "assignments", "texts", "settings", "packs"})

Line = list["Row | None"]
"""Rows of one unit, one for each period of the calendar (None where it is not bound), or one for each event."""


class Ledger:
    """All rows of `packs` over a span of days: a term, or a school year.

    The records are read once; `changed` keeps the rows true to a change without looking at what does not depend on it.
    """

    def __init__(self, packs: Sequence[Adopted], world: World, start: date, until: date) -> None:
        self.packs = tuple(packs)
        self.start, self.until = start, until
        self._first, self._last = start.toordinal(), until.toordinal()
        self._build(world)

    def _build(self, world: World) -> None:
        self._facts = Facts(world)
        self._calendar = school_calendar(self.packs, world, self.start, self.until)
        self._days = self._calendar.days
        self._rules = compile_rules(self.packs, self._facts, self._calendar)
        self._bindings: dict[tuple[int, object], Binding] = {}
        later = [term.start for term in self._calendar.terms if term.start > self.until]
        self._limit: date = min(later, default=type(self.until).max)
        self._lines: list[dict[int, Line]] = []
        self._flat: list[Row] | None = None
        self._order()
        for rule in self._rules:
            lines = ((unit, self._line(rule, unit)) for unit in self._units[rule.requirement.who.each])
            self._lines.append({unit: line for unit, line in lines if line})

    def _order(self) -> None:
        facts = self._facts
        self._units: dict[Each, list[int]] = {
            Each.MEMBER: _in_order(facts.members, facts.order),
            Each.GROUP: _in_order(facts.groups, facts.group_order),
            Each.SCHOOL: [0],
        }

    # reading

    def rows(self) -> Sequence[Row]:
        """Return all rows in the order of packs, clauses, requirements, periods and units as they are printed."""
        if self._flat is None:
            self._flat = [row for rule in self._rules for row in self._rows_of(rule)]
        return self._flat

    def of(self, *, requirement: str | None = None, unit: int | None = None, each: Each | None = None) -> list[Row]:
        """Return the rows of a requirement (its key), of a unit, or of members, groups or the school."""
        found: list[Row] = []
        for rule in self._rules:
            if requirement not in {None, rule.requirement.key} or each not in {None, rule.requirement.who.each}:
                continue
            if unit is None:
                found += self._rows_of(rule)
            else:
                found += [row for row in self._lines[rule.index].get(unit, ()) if row is not None]
        return found

    def _rows_of(self, rule: Rule) -> Iterator[Row]:
        known = self._lines[rule.index]
        lines = [known[unit] for unit in self._units[rule.requirement.who.each] if unit in known]
        if rule.of_events:
            rows = [(row, at) for at, line in enumerate(lines) for row in line if row is not None]
            rows.sort(key=lambda pair: (pair[0].period.start, pair[0].period.label, pair[1]))
            return (row for row, _at in rows)
        return (row for across in zip(*lines, strict=True) for row in across if row is not None)

    # changing

    def changed(
        self, table: str, identity: int, old: Record | None, new: Record | None, world: World
    ) -> set[tuple[str, int]]:
        """Take in one change of a record; return (requirement key, unit) of what was computed anew.

        `old` None is a new record, `new` None one that is gone. A change of terms, of the calendar, of a group's kind
        or of the day computes everything anew.
        """
        if table in _UNTOUCHING and self._facts.same(world):
            return set()
        if table in _WHOLE or not self._stands(table, old, new, world):
            before = self._keys()
            self._build(world)
            return before | self._keys()
        affected = set(touched(self._facts, self._rules, table, old, new))
        self._facts.change(table, identity, old, new)
        affected |= set(touched(self._facts, self._rules, table, old, new))
        for member in {getattr(one, name, 0) for one in (old, new) for name in ("member", "mentor", "apprentice")}:
            self._forget(member)
        if table == "members":
            self._forget(identity)
            self._order()
        for one in (old, new):
            session = identity if table == "sessions" else getattr(one, "session", None)
            if session is not None and table in {"sessions", "attendance"}:
                for rule in self._rules:
                    rule.selector.refresh(session)
        for at, unit in affected:
            self._renew(self._rules[at], unit)
        self._flat = None
        return {(self._rules[at].requirement.key, unit) for at, unit in affected}

    def _stands(self, table: str, old: Record | None, new: Record | None, world: World) -> bool:
        """Tell whether only records that are found by whom they are about have changed."""
        facts = self._facts
        if facts.today != world.today or facts.group_order != world.group_order:
            return False
        facts.order = world.order
        self._order()
        if table != "groups":
            return True
        return old is not None and new is not None and getattr(old, "kind", None) == getattr(new, "kind", None)

    def _keys(self) -> set[tuple[str, int]]:
        return {(rule.requirement.key, unit) for rule in self._rules for unit in self._lines[rule.index]}

    def _forget(self, member: int) -> None:
        for key in [key for key in self._bindings if key[0] == member]:
            del self._bindings[key]

    def _renew(self, rule: Rule, unit: int) -> None:
        each = rule.requirement.who.each
        exists = each is Each.SCHOOL or unit in (self._facts.members if each is Each.MEMBER else self._facts.groups)
        line = self._line(rule, unit) if exists else []
        if line:
            self._lines[rule.index][unit] = line
        else:
            self._lines[rule.index].pop(unit, None)

    # one unit of one rule

    def _line(self, rule: Rule, unit: int) -> Line:
        if rule.of_events:
            return self._event_line(rule, unit)
        member = rule.requirement.who.each is Each.MEMBER
        asked = self._member_asks(rule, unit) if member else self._unit_asks(rule, unit)
        if asked is None:
            return []
        items = rule.selector.items(unit)
        requirement = rule.requirement
        if not items and not rule.cancels and not rule.shares:
            return [None if blank is None else Row(requirement, unit, *blank) for blank in asked.blanks]
        found, between = spread(items, rule.starts, rule.periods)
        asks = self._fewer(rule, unit, asked.asks)
        if self._fills(rule):
            fill_earlier(found, asks, between, self._limit)
        return [None if ask is None else self._row(rule, unit, ask, got) for ask, got in zip(asks, found, strict=True)]

    @staticmethod
    def _fills(rule: Rule) -> bool:
        requirement = rule.requirement
        return (
            requirement.what.source is Source.WORK
            and requirement.per.unit in _LATE_FILLS
            and requirement.who.each is Each.MEMBER
            and requirement.what.measure in {Measure.COUNT, Measure.WORDS}
            and not rule.shares
        )

    def _binding(self, rule: Rule, member: int) -> Binding:
        who = rule.requirement.who
        exempt = who.exempt.roles if who.exempt else ()
        key = (member, (who.groups, who.roles, who.pair_role, who.away, exempt))
        known = self._bindings.get(key)
        if known is None:
            facts = self._facts
            known = self._bindings[key] = bind(
                who,
                facts.members[member],
                facts.memberships_of(member),
                facts.kind_of,
                facts.leaves_of(member),
                facts.placements_of(member),
                facts.pairs_of(member) if who.pair_role else (),
            )
        return known

    def _member_asks(self, rule: Rule, unit: int) -> Asked | None:
        """Return what is asked of a member; the same for all whose level, time and ages are the same."""
        member = self._facts.members[unit]
        if not fits(rule, member):
            return None
        binding = self._binding(rule, unit)
        if not inside(binding.bound, self._first, self._last):
            return None
        key: object = (member.level, binding)
        if rule.aged:
            key = (key, member.birth, member.gender, member.joined_work or member.joined_school)
        known = rule.asks.get(key)
        if known is None:
            asks = member_asks(rule, member, binding, self._days)
            known = rule.asks[key] = Asked.of(rule.requirement, asks)
        return known if known.asks else None

    def _unit_asks(self, rule: Rule, unit: int) -> Asked | None:
        """Return what is asked of a group or the school."""
        numbers = rule.numbers_for(None)
        there = ALWAYS if rule.requirement.who.each is Each.SCHOOL else self._present(rule, unit)
        if numbers is None or not there:
            return None
        known = rule.asks.get(there)
        if known is None:
            asks = shared_asks(rule, there, numbers, self._days)
            known = rule.asks[there] = Asked.of(rule.requirement, asks)
        return known

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
        """Return the asks with shares counted from their base, and without the sessions cancelled for a reason."""
        if rule.shares:
            return self._shared(rule, unit, asks)
        gone = rule.selector.cancelled(unit) if rule.cancels else []
        found = list(asks)
        for session, amount in gone:
            for at, ask in enumerate(found):
                if (
                    ask is not None
                    and ask.needed
                    and ask.period.start <= session.date <= ask.period.until
                    and ask.fixed is None
                ):
                    why = Reason(Why.CANCELLED, (("date", session.date.isoformat()), ("reason", session.reason)))
                    found[at] = lessened(ask, max(ask.needed - amount, 0.0), (why,))
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
        evidence = tuple(item.evidence for item in items)
        if rule.shares and rule.selector.of_people:
            done: float = len({self._whose(one) for one in evidence})
        else:
            done = sum(one.amount for one in evidence)
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
        binding = self._binding(rule, unit) if member is not None else None
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
            ask.period.start <= self.until
            and last >= self.start
            and (rule.since is None or ask.period.until >= rule.since)
        )

    def _event_share(self, rule: Rule, unit: int, ask: Ask) -> Ask:
        shared = self._shared(rule, unit, [ask])[0] if rule.shares else ask
        return shared or ask

    def _marked(self, rule: Rule, unit: int, period: Any, ask: Ask) -> Ask:  # noqa: ANN401 - a Period
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


def _in_order(records: Iterable[int], order: Sequence[int]) -> list[int]:
    """Return ids in printed order; those that it does not name follow by id."""
    known = set(records)
    printed = [one for one in dict.fromkeys(order) if one in known]
    return printed + sorted(known.difference(printed))


def _of_base(ask: Ask, base: int) -> Ask:
    """Return a share as a number of its base."""
    least, most = ask.share or (None, None)
    if not base:
        return freed(ask, *ask.reasons, Reason(Why.NOTHING_TO_COUNT))._replace(full=0.0)
    needed = float(ceil(least * base - _NEARLY)) if least is not None else 0.0
    at_most = float(floor(most * base + _NEARLY)) if most is not None else ask.at_most
    why = Reason(Why.SHARE, (("percent", round((least or most or 0) * 100, 2)), ("base", base)))
    return ask._replace(needed=needed, full=needed, at_most=at_most, reasons=(*ask.reasons, why))
