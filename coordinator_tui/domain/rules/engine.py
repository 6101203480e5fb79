"""The ledger of adopted regulations: for each requirement, who and when, what is needed, done, missing, and why."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.codec import from_document
from coordinator_tui.domain.records import Attendance, Record
from coordinator_tui.domain.rules.changes import touched, view
from coordinator_tui.domain.rules.compiling import compile_rules, school_calendar
from coordinator_tui.domain.rules.facts import Facts
from coordinator_tui.domain.rules.lines import Lines
from coordinator_tui.domain.rules.pack import Each
from coordinator_tui.domain.rules.world import Adopted, World

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from coordinator_tui.domain.rules.asks import Rule
    from coordinator_tui.domain.rules.lines import Line
    from coordinator_tui.domain.rules.result import Row

__all__ = ["Adopted", "Ledger", "World"]

_WHOLE = frozenset({"terms", "calendar", "packs"})


class Ledger:
    """All rows of `packs` over a span of days: a term, or a school year.

    The records are read once; `changed` keeps the ledger true to a change without looking at what does not depend on
    it. Rows are computed when they are first asked for, and again once something changed that they rest on.
    """

    def __init__(self, packs: Sequence[Adopted], world: World, start: date, until: date) -> None:
        self.packs = tuple(packs)
        self.start, self.until = start, until
        self._build(world)

    def _build(self, world: World) -> None:
        calendar = school_calendar(self.packs, world, self.start, self.until)
        self._facts = Facts(world)
        self._lines = Lines(self._facts, calendar)
        self._rules = compile_rules(self.packs, self._facts, calendar)
        self._keyed: dict[str, list[Rule]] = {}
        for rule in self._rules:
            self._keyed.setdefault(rule.requirement.key, []).append(rule)
        self._known: list[dict[int, Line]] = [{} for _ in self._rules]
        self._flat: list[Row] | None = None
        self._order(world)

    def _order(self, world: World) -> None:
        facts = self._facts
        self._orders = list(world.order), list(world.group_order)
        self._units: dict[Each, list[int]] = {
            Each.MEMBER: _in_order(facts.members, world.order),
            Each.GROUP: _in_order(facts.groups, world.group_order),
            Each.SCHOOL: [0],
        }

    # reading

    def rows(self) -> Sequence[Row]:
        """Return all rows in the order of packs, clauses, requirements, periods and units as they are printed."""
        if self._flat is None:
            with _kept_objects():
                self._flat = [row for rule in self._rules for row in self._rows_of(rule)]
        return self._flat

    def of(self, *, requirement: str | None = None, unit: int | None = None, each: Each | None = None) -> list[Row]:
        """Return the rows of a requirement (its key), of a unit, or of members, groups or the school."""
        found: list[Row] = []
        for rule in self._rules if requirement is None else self._keyed.get(requirement, ()):
            own = rule.requirement.who.each
            if each not in {None, own}:
                continue
            if unit is None:
                found += self._rows_of(rule)
            elif self._exists(own, unit):
                found += [row for row in self._line(rule, unit) if row is not None]
        return found

    def _exists(self, each: Each, unit: int) -> bool:
        if each is Each.SCHOOL:
            return unit == 0
        return unit in (self._facts.members if each is Each.MEMBER else self._facts.groups)

    def _line(self, rule: Rule, unit: int) -> Line:
        known = self._known[rule.index]
        line = known.get(unit)
        if line is None:
            line = known[unit] = self._lines.line(rule, unit)
        return line

    def _rows_of(self, rule: Rule) -> Iterator[Row]:
        every = (self._line(rule, unit) for unit in self._units[rule.requirement.who.each])
        lines = [line for line in every if line]
        if rule.of_events:
            rows = [(row, at) for at, line in enumerate(lines) for row in line if row is not None]
            rows.sort(key=lambda pair: (pair[0].period.start, int(pair[0].period.label), pair[1]))
            return (row for row, _at in rows)
        return (row for across in zip(*lines, strict=True) for row in across if row is not None)

    # changing

    def changed(
        self, table: str, identity: int, old: Record | None, new: Record | None, world: World
    ) -> set[tuple[str, int]]:
        """Take in one change of a record; return (requirement key, unit) of all whose rows may differ now.

        `old` None is a new record, `new` None one that is gone; marks may be documents. A change of terms, of the
        calendar, of a group's kind or of the day makes everything anew, from `world`.
        """
        if not self._stands(table, old, new, world):
            before = self._keys()
            self._build(world)
            return before | self._keys()
        if table not in self._facts.tables and table != "attendance":
            return set()
        records = _record(table, identity, old), _record(table, identity, new)
        affected = self._affected(table, identity, *records)
        if table in {"members", "groups"} or self._orders != (list(world.order), list(world.group_order)):
            self._order(world)
            self._flat = None
        for at, unit in affected:
            self._known[at].pop(unit, None)
        if affected:
            self._flat = None
        return {(self._rules[at].requirement.key, unit) for at, unit in affected}

    def _affected(self, table: str, identity: int, old: Record | None, new: Record | None) -> set[tuple[int, int]]:
        """Take a change in and return (index of rule, unit) of what it reaches."""
        facts = self._facts
        if table in {"sessions", "attendance"}:
            return self._affected_by_session(table, identity, old, new)
        affected = set(touched(facts, self._rules, table, old, new))
        facts.change(table, identity, old, new)
        for record in (old, new):
            for name in ("member", "mentor", "apprentice"):
                self._lines.forget(getattr(record, name, identity))
        return affected | set(touched(facts, self._rules, table, old, new))

    def _affected_by_session(
        self, table: str, identity: int, old: Record | None, new: Record | None
    ) -> set[tuple[int, int]]:
        """Take a change of a session or a mark in; where only the mark is new, it reaches only who is marked."""
        facts = self._facts
        marked = {getattr(one, "member", 0) for one in (old, new) if one} if table == "attendance" else set()
        sessions = {identity} if table == "sessions" else {getattr(one, "session", 0) for one in (old, new) if one}
        rules = [rule for rule in self._rules if table in rule.reads]
        before = [[view(facts, rule, one) for one in sessions] for rule in rules]
        everybody = {} if table == "attendance" else _by_rule(touched(facts, rules, table, old, new))
        facts.change(table, identity, old, new)
        found = {
            (rule.index, member) for rule in rules if rule.requirement.who.each is Each.MEMBER for member in marked
        }
        for rule, views in zip(rules, before, strict=True):
            for session in sessions:
                rule.selector.refresh(session)
            if views != [view(facts, rule, one) for one in sessions]:
                found |= {(rule.index, unit) for unit in everybody.get(rule.index, ())}
                found |= set(touched(facts, [rule], table, old, new))
        return found

    def _stands(self, table: str, old: Record | None, new: Record | None, world: World) -> bool:
        """Tell whether only records that are found by whom they are about have changed."""
        if table in _WHOLE or self._facts.today != world.today:
            return False
        if table != "groups":
            return True
        return old is not None and new is not None and getattr(old, "kind", None) == getattr(new, "kind", None)

    def _keys(self) -> set[tuple[str, int]]:
        return {(rule.requirement.key, unit) for rule in self._rules for unit in self._units[rule.requirement.who.each]}


def _by_rule(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for at, unit in pairs:
        found.setdefault(at, set()).add(unit)
    return found


def _record(table: str, identity: int, given: Any) -> Record | None:  # noqa: ANN401 - a record or a document
    if table == "attendance" and isinstance(given, Mapping):
        return from_document(Attendance, identity, given)
    found: Record | None = given
    return found


@contextmanager
def _kept_objects() -> Iterator[None]:
    """Do without looking for garbage while hundreds of thousands of objects are made that are all kept."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _in_order(records: Iterable[int], order: Sequence[int]) -> list[int]:
    """Return ids in printed order; those that it does not name follow by id."""
    known = set(records)
    printed = [one for one in dict.fromkeys(order) if one in known]
    return printed + sorted(known.difference(printed))
