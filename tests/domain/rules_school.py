"""A small fictional school with rules of its own: a few lines say who is there, what is asked and what was done.

The first term of 2026-2027 runs from 1 September to 31 January; it is 21 November 2026. Without holidays the months
have 22, 22, 21, 23 and 21 teaching days, 109 together; week 1 begins on Monday, 31 August.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.records import (
    Achievement,
    CalendarDay,
    Entry,
    Group,
    Leave,
    Member,
    Membership,
    Pair,
    Placement,
    Reading,
    Record,
    Session,
    Training,
    Work,
)
from coordinator_tui.domain.rules.engine import Adopted, Ledger, World
from coordinator_tui.domain.rules.pack import (
    Clause,
    HowMany,
    Pack,
    PackSetting,
    Per,
    PerUnit,
    Requirement,
    SettingType,
    Source,
    What,
    Who,
    Words,
)
from coordinator_tui.domain.terms import default_term
from coordinator_tui.domain.vocabulary import (
    AchievementKind,
    DayKind,
    EntryKind,
    GroupKind,
    Mark,
    ReadingKind,
    SessionKind,
    SessionStatus,
    WorkKind,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordinator_tui.domain.rules.result import Row, Why

TODAY = date(2026, 11, 21)
FIRST = replace(default_term("2026-2027-1"), id=1)
SECOND = replace(default_term("2026-2027-2"), id=2)
GROUP, OTHER_GROUP, SCHOOL = 1, 2, 0
ZHANG, LI, WANG = 11, 12, 13
NOTE = What(source=Source.WORK, kinds=("reading_note",))
STUDY = What(source=Source.SESSIONS, kinds=("professional_study",))
MONTH, WEEK, TERM, YEAR = (Per(unit=unit) for unit in (PerUnit.MONTH, PerUnit.WEEK, PerUnit.TERM, PerUnit.SCHOOL_YEAR))


def day(text: str) -> date:
    """Read "10-14" as a day of this school year, "2025-10-14" as what it says."""
    if len(text) > len("10-14"):
        return date.fromisoformat(text)
    month, of_month = map(int, text.split("-"))
    return date(2026 if month >= 9 else 2027, month, of_month)


def at_least(number: Any) -> HowMany:
    """Return a lower limit."""
    return HowMany(at_least=number)


def rule(name: str = "rule", **parts: Any) -> Requirement:
    """Return a requirement; one reading note a month of every member unless told."""
    given: dict[str, Any] = {"who": Who(), "what": NOTE, "how_many": at_least(1), "per": MONTH} | parts
    return Requirement(key=f"own/1/{name}", id=name, title=Words("要求"), **given)


def pack(*requirements: Requirement, optional: tuple[str, ...] = ()) -> Pack:
    """Return a pack of one clause."""
    words = Words("本校制度")
    settings = tuple(
        PackSetting(key=key, title=words, why=words, type=SettingType.DATE, optional=True) for key in optional
    )
    clause = Clause(id="1", text=words, requirements=requirements)
    return Pack(id="own", title=words, source=words, applies=words, settings=settings, clauses=(clause,))


class School:
    """张老师, 李老师 and 王老师 are in one teaching-research group all the time."""

    def __init__(self, today: date = TODAY) -> None:
        self.today = today
        self.tables: dict[str, dict[int, Any]] = {}
        self.order = [ZHANG, LI, WANG]
        for record in (FIRST, SECOND, Group(id=GROUP, name="语文组")):
            self.put(record)
        for member in self.order:
            self.member(member)

    def put(self, record: Record) -> int:
        """Take in a record, in the place of one with its id."""
        self.tables.setdefault(record.TABLE, {})[record.id] = record
        return record.id

    def edit(self, table: str, identity: int, **fields: Any) -> None:
        """Change fields of a record."""
        self.put(replace(self.tables[table][identity], **fields))

    def new(self, table: str) -> int:
        """Return an id for a new record."""
        return 1000 + len(self.tables.get(table, ()))

    def member(self, identity: int, *, since: str | None = None, until: str | None = None, **fields: Any) -> int:
        """Add a member of the group, from and until a day."""
        self.put(Member(id=identity, **({"name": f"老师{identity}"} | fields)))
        start, end = (None if text is None else day(text) for text in (since, until))
        self.put(Membership(id=identity + 100, member=identity, group=GROUP, start=start, until=end))
        return identity

    def group(self, *members: int, identity: int = OTHER_GROUP, kind: GroupKind = GroupKind.LESSON_PREPARATION) -> int:
        """Add another group."""
        self.put(Group(id=identity, name=f"组{identity}", kind=kind))
        for member in members:
            self.put(Membership(id=identity * 1000 + member, member=member, group=identity))
        return identity

    def holidays(self, first: str, last: str) -> None:
        """Close the school from a day to another."""
        for number in range(day(first).toordinal(), day(last).toordinal() + 1):
            self.put(CalendarDay(id=number, date=date.fromordinal(number), kind=DayKind.HOLIDAY))

    def workday(self, when: str) -> None:
        """Move teaching to a day of the weekend."""
        number = day(when).toordinal()
        self.put(CalendarDay(id=number, date=day(when), kind=DayKind.WORKDAY, weekday=4))

    def session(self, when: str, *came: int, kind: str = "professional_study", **fields: Any) -> int:
        """Add a session that was held, with those present; from 15:00 to 16:00 unless told."""
        given: dict[str, Any] = {"group": GROUP, "start": "15:00", "end": "16:00", "status": SessionStatus.HELD}
        given |= fields
        if isinstance(given.get("until"), str):
            given["until"] = day(given["until"])
        session = self.put(Session(id=self.new("sessions"), date=day(when), kind=SessionKind(kind), **given))
        for member in came:
            self.mark(session, member)
        return session

    def mark(self, session: int, member: int, mark: Mark = Mark.PRESENT) -> int:
        """Mark a member."""
        identity = session * 100 + member
        marks = self.tables.setdefault("attendance", {})
        marks[identity] = {"session": session, "member": member, "mark": mark.value}
        return identity

    def work(self, member: int, when: str, kind: str = "reading_note", **fields: Any) -> int:
        """Hand a piece in."""
        return self.put(Work(id=self.new("work"), member=member, kind=WorkKind(kind), date=day(when), **fields))

    def notes(self, member: int, *days: str) -> None:
        """Hand reading notes in."""
        for when in days:
            self.work(member, when)

    def leave(self, member: int, start: str, until: str, **fields: Any) -> int:
        """Put a member on sick leave that is approved unless told."""
        return self.put(
            Leave(id=self.new("leaves"), member=member, kind=Mark.SICK, start=day(start), until=day(until), **fields)
        )

    def exchange(self, member: int, start: str, until: str | None = None) -> int:
        """Send a member to another school."""
        last = None if until is None else day(until)
        return self.put(Placement(id=self.new("placements"), member=member, start=day(start), until=last))

    def training(self, member: int, start: str, until: str | None = None, **fields: Any) -> int:
        """Send a member to a training."""
        last = None if until is None else day(until)
        identity = self.new("trainings")
        return self.put(Training(id=identity, member=member, title="培训", start=day(start), until=last, **fields))

    def entry(self, kind: str, when: str, **fields: Any) -> int:
        """Write a line of the register."""
        return self.put(Entry(id=self.new("entries"), kind=EntryKind(kind), date=day(when), **fields))

    def pair(self, mentor: int, apprentice: int, start: str, until: str | None = None) -> int:
        """Pair a mentor and an apprentice."""
        last = None if until is None else day(until)
        identity = self.new("pairs")
        return self.put(Pair(id=identity, mentor=mentor, apprentice=apprentice, start=day(start), until=last))

    def reading(self, when: str, kind: str = "article", **fields: Any) -> int:
        """Recommend something to read."""
        identity = self.new("readings")
        return self.put(Reading(id=identity, title="书", kind=ReadingKind(kind), date=day(when), **fields))

    def achievement(self, member: int, when: str, kind: str = "paper", **fields: Any) -> int:
        """Register an achievement."""
        identity = self.new("achievements")
        given = {"title": "成果", "kind": AchievementKind(kind), "date": day(when)} | fields
        return self.put(Achievement(id=identity, member=member, **given))

    def world(self) -> World:
        """Return the records as the engine takes them."""
        return World(
            today=self.today, order=list(self.order), **{name: dict(rows) for name, rows in self.tables.items()}
        )

    def ledger(
        self,
        *rules: Requirement,
        answers: Mapping[str, object] | None = None,
        since: date | None = None,
        span: tuple[date, date] = (FIRST.start, FIRST.until),
    ) -> Ledger:
        """Compute a pack of these rules over the first term."""
        return Ledger([Adopted(pack(*rules), answers or {}, since)], self.world(), *span)

    def rows(self, requirement: Requirement, unit: int = ZHANG, **how: Any) -> list[Row]:
        """Return the rows of one unit."""
        return self.ledger(requirement, **how).of(unit=unit)

    def row(self, requirement: Requirement, unit: int = ZHANG, *, period: str | None = None, **how: Any) -> Row:
        """Return the only row of one unit, or that of a period."""
        (row,) = [one for one in self.rows(requirement, unit, **how) if period in {None, one.period.label}]
        return row


def asked(row: Row) -> tuple[float | None, float | None]:
    """Return what is asked of what the rule says: 3 of 4."""
    return row.needed, row.full


def why(row: Row) -> list[Why]:
    """Return the kinds of reasons."""
    return [reason.why for reason in row.reasons]


def values(row: Row, at: int = 0) -> dict[str, Any]:
    """Return the values of one reason."""
    return dict(row.reasons[at].values)
