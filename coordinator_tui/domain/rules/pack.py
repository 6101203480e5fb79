"""A rule pack (制度包) as immutable structures: what `reading` makes of the YAML, and all that the engine knows of it.

Nothing here is a number of any regulation: numbers, cadences and levels are data of packs, and a number that a document
leaves open is a `SettingRef` that a person has to answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordinator_tui.domain.vocabulary import GroupKind, Level, Mark, Role, SessionKind


@dataclass(frozen=True, slots=True)
class Words:
    """A text of a pack in both languages; English may be missing in a school's own pack."""

    zh: str
    en: str = ""

    def say(self, language: str) -> str:
        """Return the text in "zh" or "en"; Chinese where there is no English."""
        return self.en if language == "en" and self.en else self.zh


@dataclass(frozen=True, slots=True)
class SettingRef:
    """A value that the regulation leaves open; `key` names one of the pack's settings."""

    key: str


@dataclass(frozen=True, slots=True)
class ByLevel:
    """A number for each level of teacher; `other` for levels that are not named (None: they owe nothing)."""

    levels: Mapping[Level, Number]
    other: Number | None = None


Number: TypeAlias = int | float | SettingRef | ByLevel


class SettingType(StrEnum):
    """How a setting is asked for."""

    NUMBER = "number"
    PERCENT = "percent"
    CHOICE = "choice"
    DATE = "date"
    WEEKDAY = "weekday"
    TIME = "time"
    TEXT = "text"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSetting:
    """What the document leaves open: `why` says why it is asked; `suggest` is shown and never used unanswered."""

    key: str
    title: Words
    why: Words
    type: SettingType
    choices: tuple[tuple[str, Words], ...] = ()
    suggest: object = None
    least: float | None = None
    most: float | None = None
    optional: bool = False


class Each(StrEnum):
    """Who owes: every member for themselves, every group, or the school as one."""

    MEMBER = "member"
    GROUP = "group"
    SCHOOL = "school"


class Away(StrEnum):
    """What being on exchange does to a rule."""

    EXCUSED = "excused"
    REQUIRED = "required"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempt:
    """Who is free of a rule; ages are full years on the first day of the period."""

    from_age: int | None = None
    male_from_age: int | None = None
    female_from_age: int | None = None
    roles: tuple[Role, ...] = ()
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Whom a rule binds. Empty means everybody; several conditions must all hold. `away` is about exchange."""

    each: Each = Each.MEMBER
    roles: tuple[Role, ...] = ()
    levels: tuple[Level, ...] = ()
    groups: tuple[GroupKind, ...] = ()
    subjects: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    min_age: int | None = None
    max_age: int | None = None
    first_years: int | None = None
    pair_role: str | None = None
    away: Away = Away.EXCUSED
    exempt: Exempt | None = None


class Source(StrEnum):
    """Which records are evidence."""

    SESSIONS = "sessions"
    WORK = "work"
    READINGS = "readings"
    TRAININGS = "trainings"
    PAIRS = "pairs"
    ACHIEVEMENTS = "achievements"
    ENTRIES = "entries"
    PLACEMENTS = "placements"
    FIELDS = "fields"


class Counted(StrEnum):
    """In which way a record counts for somebody."""

    HELD = "held"
    ATTENDED = "attended"
    SPOKEN = "spoken"
    HOSTED = "hosted"
    RECOMMENDED = "recommended"
    READ = "read"
    AS_MENTOR = "as_mentor"
    AS_APPRENTICE = "as_apprentice"


class Measure(StrEnum):
    """What is added up."""

    COUNT = "count"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class What:
    """What counts. `kinds` are codes of the source's kinds (empty: any); the rest narrows it down.

    `complete` names fields that a session (or, for `fields`, the thing `of`: "session" or "member") must have filled.
    With a ratio, the evidence is what fulfils `complete`, `cross_subject`, `scopes` and `counted`, and the base is all
    that the kinds alone would take in.
    """

    source: Source
    kinds: tuple[str, ...] = ()
    counted: Counted | None = None
    measure: Measure = Measure.COUNT
    complete: tuple[str, ...] = ()
    of: str = "session"
    group_kinds: tuple[GroupKind, ...] = ()
    cross_subject: bool = False
    scopes: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    checked: bool = False
    grades: tuple[str, ...] = ()
    words_each: Number | None = None
    minutes_each: Number | None = None
    days_each: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HowMany:
    """How many: at least, at most, or both; a ratio is a share between 0 and 1 of the base."""

    at_least: Number | None = None
    at_most: Number | None = None
    ratio_at_least: Number | None = None
    ratio_at_most: Number | None = None


class PerUnit(StrEnum):
    """The period's unit."""

    SESSION = "session"
    WEEK = "week"
    MONTH = "month"
    TERM = "term"
    FIRST_TERM = "first_term"
    SECOND_TERM = "second_term"
    SCHOOL_YEAR = "school_year"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Per:
    """For each period: every `every` units; weeks count from week 1, months from September, years from `since`.

    An event is a training ("trainings"), a session held ("sessions", of `kinds`), an achievement or a placement; what
    follows it is due `within_days` after its last day.
    """

    unit: PerUnit
    every: int = 1
    since: int | None = None
    event: Source | None = None
    kinds: tuple[str, ...] = ()
    within_days: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When in its period it is due: on a day of the month, on a day of the year (month, day), or at the end.

    `date` is a setting of type date ("08-31" of every year, or "2026-08-31") that the school answers; its rows want the
    answer. `shift_days` moves it; a negative number is before.
    """

    day: int | None = None
    month_day: tuple[int, int] | None = None
    date: SettingRef | None = None
    shift_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One requirement (要求): who × what × how many × per when. `key` is "pack/clause/id", unique among all packs."""

    key: str
    id: str
    title: Words
    who: Who
    what: What
    how_many: HowMany
    per: Per
    due: Due = Due()
    advice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """A series to plan: every `every` weeks, hosts in turns, speakers rotating among the group's members."""

    id: str
    title: Words
    kind: SessionKind
    every: int = 1
    weekday: int | SettingRef | None = None
    start: str | SettingRef | None = None
    end: str | SettingRef | None = None
    minutes: int | None = None
    hosts: tuple[str, ...] = ()
    speakers: str = "none"
    per_month: int | None = None
    group_kinds: tuple[GroupKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause (条款): its number as people call it, its text, and what can be computed of it.

    `remind` is what the product can only remind of; `data` are blocks for other use cases by name (eligibility,
    ranking, quotas, cooldown, dates, forms, phases, targets, checklist).
    """

    id: str
    text: Words
    requirements: tuple[Requirement, ...] = ()
    cadences: tuple[Cadence, ...] = ()
    remind: tuple[Words, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPoints:
    """Points for one mark; `from_minutes` counts only later ones, `per_minutes` again for each so many minutes."""

    mark: Mark
    points: Number
    from_minutes: int | None = None
    per_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Zero:
    """So many of these marks in a term make the part nothing ("three absences or five leaves")."""

    marks: tuple[Mark, ...]
    count: int


class PartSource(StrEnum):
    """What a part of the assessment is computed from."""

    ATTENDANCE = "attendance"
    REQUIREMENT = "requirement"
    WORK = "work"
    ACHIEVEMENTS = "achievements"
    ENTRIES = "entries"
    PAIRS = "pairs"
    SESSIONS = "sessions"
    PARTS = "parts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonus:
    """Points for an achievement of this kind, level and grade; what is not named fits any."""

    points: Number
    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the assessment: starts at `base`, adds points, stays between `least` and `most` (a cap).

    attendance: `marks`, `kinds` (session kinds), `zero`, `full_week` (points for a week without a fault); with `roles`
    only sessions of groups in which the member held one of them.
    requirement: `requirement` (key in this pack), `per_missing`, `per_more`, `late` (points for each piece after its
    due date), `late_per_day`, `per_each` (points for each done, as many as are needed). `met` are points for the whole:
    once the requirement is met, or all requirements of one of the lists of `any_of`.
    work and entries and sessions (spoken, held): `kinds`, `per_each`; `by_value` counts an entry as its value.
    achievements: `bonuses`. parts: `parts`, added up and capped together.
    """

    id: str
    title: Words
    source: PartSource
    base: Number = 0
    least: Number | None = None
    most: Number | None = None
    kinds: tuple[str, ...] = ()
    counted: Counted | None = None
    marks: tuple[MarkPoints, ...] = ()
    zero: tuple[Zero, ...] = ()
    full_week: Number | None = None
    requirement: str | None = None
    per_missing: Number = 0
    per_more: Number = 0
    late: Number = 0
    late_per_day: Number = 0
    per_each: Number = 0
    grade_points: Mapping[str, Number] = field(default_factory=dict)
    bonuses: tuple[Bonus, ...] = ()
    roles: tuple[Role, ...] = ()
    met: Number = 0
    any_of: tuple[tuple[str, ...], ...] = ()
    by_value: bool = False
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Veto:
    """One thing that makes the whole assessment nothing.

    Entries of a kind, so many of these marks, or any of these requirements (of this pack) once it is overdue.
    """

    title: Words
    entries: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    requirements: tuple[str, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """How the term's assessment adds up: `base` + parts, between `least` and `most`; `each` member or group.

    `groups` are the kinds of group that it is for (empty: any); `unit` is what is added up where that is not points.
    """

    id: str
    title: Words
    clause: str | None = None
    each: Each = Each.MEMBER
    base: Number = 0
    least: Number | None = None
    most: Number | None = None
    parts: tuple[Part, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    commend_at_least: Number | None = None
    commend_share: Number | None = None
    groups: tuple[GroupKind, ...] = ()
    unit: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """One regulation as data: where it comes from, whom it applies to, what it leaves open, clauses, assessments."""

    id: str
    title: Words
    source: Words
    applies: Words
    version: int = 1
    settings: tuple[PackSetting, ...] = ()
    clauses: tuple[Clause, ...] = ()
    assessments: tuple[Assessment, ...] = ()

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """All requirements in the order of the clauses."""
        return tuple(requirement for clause in self.clauses for requirement in clause.requirements)

    def setting(self, key: str) -> PackSetting:
        """Return a setting by its key; KeyError if there is none."""
        return next(setting for setting in self.settings if setting.key == key)
