"""The dates of recurring sessions on a school's calendar, and where sessions get in each other's way."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

from coordinator_tui.domain.lightclass import dataclass
from coordinator_tui.domain.people import belongs_on
from coordinator_tui.domain.records import Session
from coordinator_tui.domain.terms import week_of
from coordinator_tui.domain.vocabulary import DayKind, SessionStatus
from coordinator_tui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from coordinator_tui.domain.records import CalendarDay, Membership, Series, Term

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """A date of a series, its week of the term, and the calendar's name for the day where it is not an ordinary one."""

    date: date
    week: int
    note: str | None = None


def plan_dates(
    series: Series,
    term: Term,
    days: Iterable[CalendarDay],
    *,
    from_: date | None = None,
    until: date | None = None,
) -> list[PlannedDate]:
    """Return the dates on which `series` takes place in `term`, in order.

    Holidays are left out; a moved workday counts as the weekday whose timetable it carries, and as none while that is
    unknown. Every `series.every` weeks counts from week 1 of the term, or from the week of `series.from_date`.
    `from_` and `until` narrow the time, both included.
    """
    special = {day.date: day for day in days}
    return [
        PlannedDate(day, week_of(term, day), special[day].name if day in special else None)
        for day in _slots(series, term, from_, until)
        if _weekday(day, special) == series.weekday
    ]


def skipped_dates(
    series: Series,
    term: Term,
    days: Iterable[CalendarDay],
    *,
    from_: date | None = None,
    until: date | None = None,
) -> list[PlannedDate]:
    """Return the dates that `plan_dates` leaves out although their weekday fits; `note` names the holiday."""
    special = {day.date: day for day in days}
    return [
        PlannedDate(day, week_of(term, day), special[day].name)
        for day in _slots(series, term, from_, until)
        if day.isoweekday() == series.weekday and _weekday(day, special) != series.weekday
    ]


def _slots(series: Series, term: Term, from_: date | None, until: date | None) -> list[date]:
    """Return all days of the weeks in which the series is due."""
    first = max(filter(None, (term.start, series.from_date, from_)))
    last = min(filter(None, (term.until, series.until_date, until)))
    anchor = week_of(term, series.from_date) if series.from_date else 1
    every = max(series.every, 1)
    days = (first + timedelta(days=at) for at in range((last - first).days + 1))
    return [day for day in days if (week_of(term, day) - anchor) % every == 0]


def _weekday(day: date, special: Mapping[date, CalendarDay]) -> int | None:
    """Return the weekday whose timetable is in force on `day` (1 = Monday); None when there is none."""
    known = special.get(day)
    if known is None:
        return day.isoweekday()
    if known.kind is DayKind.HOLIDAY:
        return None
    # A weekday that the calendar merely confirms as a workday keeps its own timetable.
    return known.weekday or (day.isoweekday() if day.isoweekday() < 6 else None)


def plan_sessions(
    series: Series,
    term: Term,
    days: Iterable[CalendarDay],
    *,
    existing: Iterable[Session] = (),
    from_: date | None = None,
    until: date | None = None,
) -> list[Session]:
    """Return new sessions of `series`, with id 0, for every date that has none yet.

    `existing` may hold any sessions. Hosts and speakers take turns, continuing after the last of the series there.
    A cancelled session used up its date but nobody's turn; the old date of one that was moved gets no second one.
    """
    known = sorted((session for session in existing if session.series == series.id), key=lambda known: known.date)
    taken = {session.date for session in known} | {session.moved_from for session in known}
    turns = [session for session in known if session.status is not SessionStatus.CANCELLED]
    dates = [planned.date for planned in plan_dates(series, term, days, from_=from_, until=until)]
    free = [day for day in dates if day not in taken]
    hosts = _rotation(series.hosts, [session.host for session in turns], len(free))
    speakers = _rotation(series.speakers, [session.speaker_member for session in turns], len(free))
    return [
        Session(
            id=0,
            group=series.group,
            date=day,
            start=series.start,
            end=series.end,
            kind=series.kind,
            place=series.place,
            host=host,
            speaker_member=speaker,
            series=series.id,
        )
        for day, host, speaker in zip(free, hosts, speakers, strict=True)
    ]


def _rotation(people: Sequence[T], before: Sequence[T | None], count: int) -> list[T | None]:
    """Return the next `count` turns after those in `before`."""
    if not people:
        return [None] * count
    last = next((person for person in reversed(before) if person in people), None)
    first = 0 if last is None else people.index(last) + 1
    return [people[(first + turn) % len(people)] for turn in range(count)]


class ClashKind(StrEnum):
    """What two sessions share at one time, or what a session falls on."""

    GROUP = "group"
    MEMBER = "member"
    PLACE = "place"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Clash:
    """Sessions that cannot all take place: two at one time, or one on a holiday; `name` is the place or the holiday."""

    kind: ClashKind
    sessions: tuple[Session, ...]
    members: tuple[int, ...] = ()
    name: str | None = None


def clashes(
    sessions: Iterable[Session], memberships: Iterable[Membership], days: Iterable[CalendarDay] = ()
) -> list[Clash]:
    """Return the clashes among sessions that are to be held, by date.

    Two sessions meet in time where both have a beginning and their times overlap; one without an end counts as a
    moment. Of two such sessions one clash is told, the worst: the same group, the same place, then shared members.
    """
    known = list(memberships)
    holidays = {day.date: day.name for day in days if day.kind is DayKind.HOLIDAY}
    by_date: dict[date, list[Session]] = defaultdict(list)
    for session in sessions:
        if session.status is not SessionStatus.CANCELLED:
            by_date[session.date].append(session)
    found: list[Clash] = []
    for day in sorted(by_date):
        together = sorted(by_date[day], key=lambda session: (session.start or "", session.id))
        if day in holidays:
            found += [Clash(ClashKind.HOLIDAY, (session,), name=holidays[day]) for session in together]
        found += filter(None, (_clash(one, other, known) for one, other in combinations(together, 2)))
    return found


def _clash(one: Session, other: Session, memberships: Sequence[Membership]) -> Clash | None:
    if not _overlap(one, other):
        return None
    if one.group == other.group:
        return Clash(ClashKind.GROUP, (one, other))
    if one.place and other.place and fold(one.place) == fold(other.place):
        return Clash(ClashKind.PLACE, (one, other), name=one.place)
    shared = _members(one, memberships) & _members(other, memberships)
    return Clash(ClashKind.MEMBER, (one, other), tuple(sorted(shared))) if shared else None


def _overlap(one: Session, other: Session) -> bool:
    if not (one.start and other.start):
        return False
    if one.start == other.start:
        return True
    return one.start < (other.end or other.start) and other.start < (one.end or one.start)


def _members(session: Session, memberships: Sequence[Membership]) -> set[int]:
    belonging = {
        membership.member
        for membership in memberships
        if membership.group == session.group and belongs_on(membership, session.date)
    }
    return belonging | ({session.speaker_member} if session.speaker_member else set())
