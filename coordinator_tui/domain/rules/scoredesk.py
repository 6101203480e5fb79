"""What one unit's lines are computed from: the numbers of a pack, the rows of the ledger, and the limits of a part."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coordinator_tui.domain.rules.numbers import SettingMissing, value_of
from coordinator_tui.domain.rules.pack import Each
from coordinator_tui.domain.rules.scorelines import LineKind, ScoreLine, summed
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from coordinator_tui.domain.rules.engine import Ledger
    from coordinator_tui.domain.rules.pack import Assessment, Number, Part, Requirement
    from coordinator_tui.domain.rules.result import Evidence, Row
    from coordinator_tui.domain.rules.scorerecords import Records, Unit
    from coordinator_tui.domain.rules.world import Adopted
    from coordinator_tui.domain.vocabulary import Level
    from coordinator_tui.text import LazyText


@dataclass(slots=True)
class Desk:
    """All that one unit's lines are computed from; `missing` collects the settings that somebody has to answer."""

    adopted: Adopted
    records: Records
    ledger: Ledger
    assessment: Assessment
    unit: Unit
    missing: set[str] = field(default_factory=set)
    provisional: bool = False

    @property
    def level(self) -> Level | None:
        """The teacher's level, which numbers may depend on."""
        known = self.records.world.members.get(self.unit.id) if self.unit.each is Each.MEMBER else None
        return None if known is None else known.level

    def number(self, number: Number | None) -> float | None:
        """Return a number of the pack; without an answer it is missing, or none where the setting is optional."""
        try:
            return value_of(number, self.adopted.answers, self.level)
        except SettingMissing as error:
            self.lacks(error.key)
            return None

    def points(self, number: Number | None) -> float:
        """Return a number of points, 0 where there is none."""
        return self.number(number) or 0

    def lacks(self, key: str) -> bool:
        """Note a setting without an answer, unless the school may do without it; tell whether it is missing."""
        needed = not any(setting.key == key and setting.optional for setting in self.adopted.pack.settings)
        if needed:
            self.missing.add(key)
        return needed

    def rows(self, name: str) -> list[Row]:
        """Return the ledger's rows of a requirement of the pack that count for the unit in this term, by due date."""
        found = next((each for each in self.adopted.pack.requirements if name in {each.id, each.key}), None)
        if found is None:
            return []
        rows = [row for row in self._rows_of(found) if self._in_term(row)]
        return sorted(rows, key=lambda row: (row.due, row.period.label, row.unit))

    def _rows_of(self, requirement: Requirement) -> Iterator[Row]:
        each = requirement.who.each
        if each is self.unit.each:
            yield from self.ledger.of(requirement=requirement.key, unit=self.unit.id)
        elif each is Each.SCHOOL or self.unit.each is Each.SCHOOL:
            yield from self.ledger.of(requirement=requirement.key)
        elif each is Each.MEMBER:
            for member in self.records.people_of(self.unit):
                yield from self.ledger.of(requirement=requirement.key, unit=member)
        else:
            for group in self.records.groups_of.get(self.unit.id, ()):
                yield from self.ledger.of(requirement=requirement.key, unit=group)

    def _in_term(self, row: Row) -> bool:
        """Tell whether a row counts in the term: its period lies in it, or is longer and falls due in it."""
        records = self.records
        return (records.start <= row.period.start and row.period.until <= records.until) or records.in_time(row.due)


def numbers_of(part: Part) -> Iterator[Number | None]:
    """Yield every number that a part's lines may need, of the parts inside it too."""
    yield from (part.base, part.least, part.most, part.full_week, part.per_missing, part.per_more, part.per_each)
    yield from (part.late, part.late_per_day, part.met, *part.grade_points.values())
    yield from (rule.points for rule in part.marks)
    yield from (bonus.points for bonus in part.bonuses)
    for inner in part.parts:
        yield from numbers_of(inner)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One part being filled in: makes its lines."""

    desk: Desk
    part: Part
    path: str

    def line(
        self,
        kind: LineKind,
        what: LazyText,
        count: float,
        each: float,
        evidence: Iterable[Evidence] = (),
        /,
        **values: object,
    ) -> ScoreLine:
        """Make a line of this part."""
        said = tuple(values.items())
        return ScoreLine(self.path, self.part.title, kind, what, count, each, said, tuple(evidence))


def limits(
    line: Callable[..., ScoreLine], desk: Desk, lines: Sequence[ScoreLine], least: Number | None, most: Number | None
) -> list[ScoreLine]:
    """Return the line that brings the sum of `lines` back between the limits, if it is needed."""
    total = summed(each.points for each in lines)
    low, high = desk.number(least), desk.number(most)
    if high is not None and total > high:
        return [line(LineKind.MOST, lazy("Not more than {limit}"), 1, summed((high, -total)), limit=float(high))]
    if low is not None and total < low:
        return [line(LineKind.LEAST, lazy("Not less than {limit}"), 1, summed((low, -total)), limit=float(low))]
    return []
