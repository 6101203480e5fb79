"""Tiny fictional schools in which a shipped rule pack is run: a few lines say who is there and what was done.

The first term of 2026-2027 is under way (21 November 2026). 语文组 (CHINESE) has 张三 (REGULAR), 李梅 (BACKBONE, of the
county) and 赵新 (NEW, since this September).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.records import (
    Achievement,
    Entry,
    Group,
    Member,
    Membership,
    Pair,
    Placement,
    Reading,
    Session,
    Term,
    Training,
    Work,
)
from coordinator_tui.domain.rules.assessment import assess
from coordinator_tui.domain.rules.engine import Adopted, Ledger, World
from coordinator_tui.domain.rules.reading import read_pack
from coordinator_tui.domain.terms import default_term
from coordinator_tui.domain.vocabulary import EntryKind, GroupKind, Level, SessionKind, SessionStatus, WorkKind

if TYPE_CHECKING:
    from coordinator_tui.domain.records import Record
    from coordinator_tui.domain.rules.pack import Pack
    from coordinator_tui.domain.rules.result import Row
    from coordinator_tui.domain.rules.scorelines import Score

RULES = Path(__file__).parents[3] / "config" / "rules"
TODAY = date(2026, 11, 21)
FIRST = replace(default_term("2026-2027-1"), id=1)
SECOND = replace(default_term("2026-2027-2"), id=2)
CHINESE = 1
REGULAR, BACKBONE, NEW = 11, 12, 13
SCHOOL = 0


def day(text: str) -> date:
    """Read "10-14" as a day of this school year, "2025-10-14" as what it says."""
    if len(text) > len("10-14"):
        return date.fromisoformat(text)
    month, of_month = map(int, text.split("-"))
    return date(2026 if month >= 9 else 2027, month, of_month)


@cache
def shipped(pack: str) -> Pack:
    """Read a pack as it is shipped."""
    return read_pack((RULES / f"{pack}.yaml").read_text(encoding="utf-8"), name=f"{pack}.yaml")


@dataclass
class Tiny:
    """A world being built; every method that adds a record returns the record's id."""

    today: date = TODAY
    tables: dict[str, dict[int, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.put(FIRST)
        self.put(SECOND)
        self.put(Group(id=CHINESE, name="语文组"))
        for identity, name, level, since in (
            (REGULAR, "张三", Level.REGULAR, "2005-08"),
            (BACKBONE, "李梅", Level.BACKBONE_COUNTY, "2001-08"),
            (NEW, "赵新", Level.NEW, "2026-08"),
        ):
            self.put(
                Member(id=identity, name=name, level=level, subject="语文", joined_work=since, joined_school=since)
            )
            self.put(Membership(id=identity + 10, member=identity, group=CHINESE))

    def put(self, record: Record) -> int:
        """Take in a record as it is, in the place of one with its id."""
        self.tables.setdefault(record.TABLE, {})[record.id] = record
        return record.id

    def _new(self, table: str) -> int:
        return 1000 + len(self.tables.get(table, ()))

    def group(self, name: str, kind: str, *members: int) -> int:
        """Add a group of a kind with members."""
        group = self.put(Group(id=self._new("groups"), name=name, kind=GroupKind(kind)))
        for member in members:
            self.put(Membership(id=self._new("memberships"), member=member, group=group))
        return group

    def held(self, when: str, kind: str, *came: int, **fields: Any) -> int:
        """Add a session that was held, from 15:00 to 16:00 unless told, and mark who came as present."""
        given: dict[str, Any] = {
            "group": CHINESE,
            "start": "15:00",
            "end": "16:00",
            "status": SessionStatus.HELD,
        } | fields
        session = self.put(Session(id=self._new("sessions"), date=day(when), kind=SessionKind(kind), **given))
        for member in came:
            self.mark(session, member)
        return session

    def lack(self, session: int, field_name: str) -> None:
        """Take a field of a session away again."""
        self.put(replace(self.tables["sessions"][session], **{field_name: None}))

    def mark(self, session: int, member: int, mark: str = "present", minutes: int | None = None) -> None:
        """Mark a member in a session's roll."""
        marks = self.tables.setdefault("attendance", {})
        marks[1000 + len(marks)] = {"session": session, "member": member, "mark": mark, "minutes": minutes}

    def work(self, member: int, kind: str, when: str, **fields: Any) -> int:
        """Add a piece of work that was handed in."""
        return self.put(Work(id=self._new("work"), member=member, kind=WorkKind(kind), date=day(when), **fields))

    def entry(self, kind: str, when: str, **fields: Any) -> int:
        """Add a line of the register."""
        return self.put(Entry(id=self._new("entries"), kind=EntryKind(kind), date=day(when), **fields))

    def training(self, member: int, start: str, until: str | None = None, **fields: Any) -> int:
        """Add a member's training away."""
        last = None if until is None else day(until)
        return self.put(
            Training(id=self._new("trainings"), member=member, title="培训", start=day(start), until=last, **fields)
        )

    def pair(self, mentor: int, apprentice: int, start: str = "09-01", **fields: Any) -> int:
        """Add a mentor and an apprentice."""
        return self.put(Pair(id=self._new("pairs"), mentor=mentor, apprentice=apprentice, start=day(start), **fields))

    def achievement(self, member: int, kind: Any, when: str, **fields: Any) -> int:
        """Add an achievement."""
        identity = self._new("achievements")
        return self.put(Achievement(id=identity, member=member, title="成果", kind=kind, date=day(when), **fields))

    def placement(self, member: int, start: str, until: str | None = None, **fields: Any) -> int:
        """Send a member to another school."""
        last = None if until is None else day(until)
        identity = self._new("placements")
        return self.put(Placement(id=identity, member=member, start=day(start), until=last, **fields))

    def reading(self, kind: Any, when: str, **fields: Any) -> int:
        """Recommend a book or an article."""
        return self.put(Reading(id=self._new("readings"), title="书", kind=kind, date=day(when), **fields))

    def world(self) -> World:
        """Return the records as the engine takes them."""
        names = (
            "members", "groups", "memberships", "terms", "calendar", "sessions", "attendance", "leaves", "work",
            "readings", "trainings", "pairs", "placements", "achievements", "entries",
        )  # fmt: skip
        tables: dict[str, Any] = {name: self.tables.get(name, {}) for name in names}
        return World(today=self.today, order=tuple(tables["members"]), **tables)

    def ledger(self, pack: str, answers: dict[str, object] | None = None, term: Term = FIRST) -> Ledger:
        """Run a shipped pack over a term."""
        return Ledger(
            [Adopted(pack=shipped(pack), answers=answers or {}, since=None)], self.world(), term.start, term.until
        )

    def rows(self, requirement: str, unit: int = SCHOOL, term: Term = FIRST, **answers: object) -> list[Row]:
        """Return the rows of a requirement ("s13/3/demonstration-lesson") for a unit, in the order of periods."""
        return self.ledger(requirement.partition("/")[0], answers, term).of(requirement=requirement, unit=unit)

    def row(self, requirement: str, unit: int = SCHOOL, term: Term = FIRST, **answers: object) -> Row:
        """Return the only row of a requirement for a unit."""
        (row,) = self.rows(requirement, unit, term, **answers)
        return row

    def score(self, pack: str, assessment: str, unit: int, term: Term = FIRST, **answers: object) -> Score:
        """Return somebody's score in an assessment of a shipped pack."""
        adopted = Adopted(pack=shipped(pack), answers=answers, since=None)
        world = self.world()
        scores = assess(adopted, world, Ledger([adopted], world, term.start, term.until), term)
        (score,) = [each for each in scores if each.unit == unit and each.assessment.id == assessment]
        return score
