"""The records of a book as immutable structures, one class for each table.

A record is what the rest of the program reads; the database keeps the same fields as a JSON document (`from_document`
in `codec`). Dates are `datetime.date`, times are "HH:MM" text, ids are 53-bit integers, unknown is None.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date as Date  # noqa: N812, TC003 - a field named `date` would hide the type; codec reads it
from typing import ClassVar

from coordinator_tui.domain.lightclass import dataclass
from coordinator_tui.domain.vocabulary import (
    AchievementKind,
    AwardLevel,
    DayKind,
    EntryKind,
    GroupKind,
    LeaveStatus,
    Level,
    Mark,
    PlacementForm,
    ReadingKind,
    Role,
    Scope,
    SessionKind,
    SessionStatus,
    TrainingArea,
    WorkKind,
    WorkStatus,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Base of all records: the document's id and the table that holds it."""

    TABLE: ClassVar[str] = ""
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Record):
    """A teacher in the book (成员). `birth` is "1985", "1985-03" or "1985-03-12", as exact as it is known."""

    TABLE: ClassVar[str] = "members"
    name: str
    gender: str | None = None
    birth: str | None = None
    subject: str | None = None
    stage: str | None = None
    title: str | None = None
    level: Level | None = None
    honours: tuple[str, ...] = ()
    joined_school: str | None = None
    joined_work: str | None = None
    spouse: int | None = None
    phone: str | None = None
    active_from: Date | None = None
    active_until: Date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Record):
    """A set of members with a leader (小组)."""

    TABLE: ClassVar[str] = "groups"
    name: str
    kind: GroupKind = GroupKind.TEACHING_RESEARCH
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Record):
    """Who is in which group, as what, from when until when (组内任职); both ends belong to the time."""

    TABLE: ClassVar[str] = "memberships"
    member: int
    group: int
    role: Role = Role.MEMBER
    start: Date | None = None
    until: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Record):
    """A term (学期); `code` is "2026-2027-1"; weeks are counted from `first_monday`."""

    TABLE: ClassVar[str] = "terms"
    code: str
    start: Date
    until: Date
    first_monday: Date
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay(Record):
    """A date that is not what its weekday says; a moved workday carries the timetable of `weekday` (1 = Monday)."""

    TABLE: ClassVar[str] = "calendar"
    date: Date
    kind: DayKind
    name: str | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series(Record):
    """A recurring activity (固定活动): every `every` weeks on `weekday` (1 = Monday), people in turns."""

    TABLE: ClassVar[str] = "series"
    group: int
    name: str
    kind: SessionKind
    weekday: int
    start: str
    end: str
    every: int = 1
    place: str | None = None
    hosts: tuple[str, ...] = ()
    speakers: tuple[int, ...] = ()
    from_date: Date | None = None
    until_date: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(Record):
    """One dated meeting (活动). `speaker` and others are text as typed; `speaker_member` links one who is a member.

    `until` is the last day of an activity of several days; `cross_subject` says that several subjects took part.
    """

    TABLE: ClassVar[str] = "sessions"
    group: int
    date: Date
    start: str | None = None
    end: str | None = None
    kind: SessionKind | None = None
    topic: str | None = None
    plan: str | None = None
    speaker: str | None = None
    speaker_member: int | None = None
    host: str | None = None
    recorder: str | None = None
    place: str | None = None
    question: str | None = None
    minutes: str | None = None
    status: SessionStatus = SessionStatus.PLANNED
    reason: str | None = None
    moved_from: Date | None = None
    series: int | None = None
    until: Date | None = None
    scope: Scope | None = None
    cross_subject: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance(Record):
    """The mark of one member at one session (考勤); `minutes` only where late or left early."""

    TABLE: ClassVar[str] = "attendance"
    session: int
    member: int
    mark: Mark | None = None
    minutes: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(Record):
    """A request for leave that is known in advance (请假条); both days belong to it."""

    TABLE: ClassVar[str] = "leaves"
    member: int
    kind: Mark
    start: Date
    until: Date
    reason: str | None = None
    approved_by: str | None = None
    status: LeaveStatus = LeaveStatus.APPROVED


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Record):
    """Work that is due (任务): `pieces` of `kind`, at least `words` each, from the whole group or from `members`.

    `requirement` is the key of the rule that it was made from and its period, "s19/6/monthly-note@2026-10".
    """

    TABLE: ClassVar[str] = "assignments"
    group: int
    kind: WorkKind
    title: str
    due: Date
    opens: Date | None = None
    pieces: int = 1
    words: int | None = None
    members: tuple[int, ...] = ()
    reading: int | None = None
    requirement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Record):
    """Something handed in (材料) and, once somebody looked at it, the check: grade, date, checker."""

    TABLE: ClassVar[str] = "work"
    member: int
    kind: WorkKind
    date: Date
    title: str | None = None
    words: int | None = None
    status: WorkStatus = WorkStatus.HANDED_IN
    grade: str | None = None
    checker: str | None = None
    checked_on: Date | None = None
    reason: str | None = None
    session: int | None = None
    reading: int | None = None
    assignment: int | None = None
    training: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Record):
    """A book or article to read (书目), recommended to a group."""

    TABLE: ClassVar[str] = "readings"
    title: str
    kind: ReadingKind = ReadingKind.BOOK
    author: str | None = None
    group: int | None = None
    recommended_by: str | None = None
    date: Date | None = None
    due: Date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Record):
    """The text of a piece of work as it was handed in; `work` is the piece, `file` the name it came under."""

    TABLE: ClassVar[str] = "texts"
    work: int
    text: str
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Training(Record):
    """A member's study away from the group (外出培训, 继续教育): both days belong to it; `hours` are credit hours."""

    TABLE: ClassVar[str] = "trainings"
    member: int
    title: str
    start: Date
    until: Date | None = None
    hours: float | None = None
    area: TrainingArea | None = None
    level: AwardLevel | None = None
    organiser: str | None = None
    missed: float | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair(Record):
    """A mentor and an apprentice (师徒结对), from when until when."""

    TABLE: ClassVar[str] = "pairs"
    mentor: int
    apprentice: int
    start: Date | None = None
    until: Date | None = None
    kind: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement(Record):
    """A teacher who teaches at another school for a time (交流轮岗); both days belong to it."""

    TABLE: ClassVar[str] = "placements"
    member: int
    form: PlacementForm | None = None
    start: Date
    until: Date | None = None
    home_school: str | None = None
    host_school: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement(Record):
    """What a member has to show (成果); `original_checked` says that the original was held in hand (seed S19)."""

    TABLE: ClassVar[str] = "achievements"
    member: int
    title: str
    kind: AchievementKind
    date: Date
    level: AwardLevel | None = None
    grade: str | None = None
    issuer: str | None = None
    number: str | None = None
    original_checked: bool = False
    archive: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Record):
    """A line of the register that no other table holds (登记): surveys, relays, awards, appeals and so on.

    `value` is a figure such as the satisfaction in percent, `before` the figure it is compared with, `count` of how
    many people; `done_on` says that what was to follow is done.
    """

    TABLE: ClassVar[str] = "entries"
    kind: EntryKind
    date: Date
    title: str | None = None
    member: int | None = None
    group: int | None = None
    session: int | None = None
    training: int | None = None
    placement: int | None = None
    value: float | None = None
    before: float | None = None
    count: int | None = None
    due: Date | None = None
    done_on: Date | None = None
    outcome: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedPack(Record):
    """A rule pack that the school adopted (制度包): its own copy as YAML, and what it answered where the text is open.

    `pack` is the pack's id; `shipped` is the shipped text that the copy was made from, so that an upgrade can show
    what changed; `answers` maps settings to values.
    """

    TABLE: ClassVar[str] = "packs"
    pack: str
    text: str
    shipped: str | None = None
    adopted_on: Date | None = None
    dropped_on: Date | None = None
    answers: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Record):
    """One setting of the book that its documents leave open."""

    TABLE: ClassVar[str] = "settings"
    key: str
    value: object = field(default=None)
