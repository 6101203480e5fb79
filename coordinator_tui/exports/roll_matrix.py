"""The attendance of a period as a matrix, members × sessions, whose sums are checked before anything is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coordinator_tui.book.errors import Refused
from coordinator_tui.book.marks import marks_by_session
from coordinator_tui.book.members import in_order, name_of, names
from coordinator_tui.book.roll import UNMARKED, expected_at
from coordinator_tui.book.schedule import LIVE, sessions_of
from coordinator_tui.book.terms import week_of_day
from coordinator_tui.domain.attendance import COUNTED, late_entry, no_counts, tally
from coordinator_tui.domain.vocabulary import NOT_TAKEN, Mark, SessionStatus
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.attendance import Tally
    from coordinator_tui.domain.records import Session, Term

Unit = Literal["session", "day"]
"""Whether attendance and leave are added up by sessions or, as some schools do, by days."""

BY_TIMES = frozenset({Mark.LATE.value, Mark.LEFT_EARLY.value, NOT_TAKEN})
"""What is always added up by times, even where the rest is added up by days."""


class Unbalanced(Refused):
    """A sheet whose 应到 is not the sum of its marks; it is not printed. `day` is the session's date."""

    def __init__(self, day: date, expected: int, counted: int) -> None:
        super().__init__(
            lazy(
                "The attendance of {day} does not add up: {expected} expected, {counted} counted. The sheet was not "
                "made; run “coordinator-tui doctor”."
            ),
            day=day.isoformat(),
            expected=expected,
            counted=counted,
        )
        self.day = day


@dataclass(frozen=True, slots=True)
class RollCell:
    """What the sheet says of an expected member at a session; `late` is a late entry (补记)."""

    mark: Mark | None
    minutes: int | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class RollPerson:
    """A row: its number, the member, the name as the book tells namesakes apart, the subject."""

    number: int
    member: int
    name: str
    subject: str


@dataclass(frozen=True, slots=True)
class RollMatrix:
    """Sessions by date × people in printed order. `cells` holds (session, member) for those who were expected only.

    `tallies` are the sessions' own counts, in the order of `sessions`; `extra` are marks of people not expected, as
    (session, name, mark); `cancelled` are the dates of sessions that did not take place.
    """

    school: str
    group: str
    term: str
    since: date
    until: date
    sessions: tuple[Session, ...]
    weeks: tuple[int | None, ...]
    people: tuple[RollPerson, ...]
    cells: Mapping[tuple[int, int], RollCell]
    tallies: tuple[Tally, ...]
    extra: tuple[tuple[Session, str, Mark], ...]
    cancelled: tuple[date, ...]

    def totals(self, member: int, unit: Unit = "session") -> dict[str, int]:
        """Return how often a member was marked what, `not_taken` too; by days (except BY_TIMES) if `unit` says so."""
        seen = ((s.date, at, self.cells.get((s.id, member))) for at, s in enumerate(self.sessions))
        found: dict[str, set[object]] = {key: set() for key in COUNTED}
        for day, at, cell in seen:
            if cell is not None:
                key = cell.mark.value if cell.mark else NOT_TAKEN
                found[key].add(at if unit == "session" or key in BY_TIMES else day)
        return {key: len(times) for key, times in found.items()}

    def expected_of(self, member: int) -> int:
        """Return at how many sessions a member was expected."""
        return sum((session.id, member) in self.cells for session in self.sessions)

    def sums(self) -> dict[str, int]:
        """Return the counts of the whole sheet, by sessions."""
        counts = no_counts()
        for one in self.tallies:
            for key, count in one.counts.items():
                counts[key] += count
        return counts

    def check(self) -> None:
        """Raise Unbalanced unless 应到 equals the sum of the marks in every column, and of the cells printed there."""
        for session, one in zip(self.sessions, self.tallies, strict=True):
            printed = [self.cells.get((session.id, person.member)) for person in self.people]
            counts = no_counts()
            for cell in printed:
                if cell is not None:
                    counts[cell.mark.value if cell.mark else NOT_TAKEN] += 1
            if not one.balanced or counts != one.counts:
                raise Unbalanced(session.date, one.expected, sum(counts.values()))


def roll_matrix(
    book: Book,
    *,
    group: int | None = None,
    term: Term | None = None,
    since: date | None = None,
    until: date | None = None,
    internal: bool = True,
) -> RollMatrix:
    """Return the matrix of a group (the book's own) in a term (the current one) or a part of it, up to today.

    Sessions to come have no column. `internal` looks up late entries. Raises Unbalanced when it does not add up,
    Refused when there was no session.
    """
    within = term or book.term
    where = book.groups.get(group) if group is not None else book.group
    first, last = max(within.start, since or within.start), min(within.until, until or within.until)
    every = [s for s in sessions_of(book, within, where.id) if first <= s.date <= last]
    sessions = tuple(s for s in every if s.status in LIVE and (s.date <= book.today or _any_mark(book, s)))
    if not sessions:
        raise Refused(
            lazy("{group} had no session from {since} to {until}, so there is no attendance to print."),
            group=where.name,
            since=first.isoformat(),
            until=last.isoformat(),
        )
    expected = {session.id: expected_at(book, session) for session in sessions}
    late = _late_entries(book, sessions) if internal else frozenset[int]()
    matrix = RollMatrix(
        school=book.school,
        group=where.name,
        term=within.code,
        since=first,
        until=last,
        sessions=sessions,
        weeks=tuple(week_of_day(book, session.date) for session in sessions),
        people=_people(book, expected.values()),
        cells={
            (session.id, member): _cell(book, session, member, late)
            for session in sessions
            for member in expected[session.id]
        },
        tallies=tuple(_tally(book, session, expected[session.id]) for session in sessions),
        extra=tuple(_extra(book, sessions, expected)),
        cancelled=tuple(session.date for session in every if session.status is SessionStatus.CANCELLED),
    )
    matrix.check()
    return matrix


def _any_mark(book: Book, session: Session) -> bool:
    return marks_by_session(book).count(session.id) > 0


def _people(book: Book, expected: Iterable[list[int]]) -> tuple[RollPerson, ...]:
    members = in_order(book, {member for ids in expected for member in ids})
    called = names(book)
    return tuple(
        RollPerson(number, member.id, called[member.id], member.subject or "")
        for number, member in enumerate(members, 1)
    )


def _cell(book: Book, session: Session, member: int, late: frozenset[int]) -> RollCell:
    marked = marks_by_session(book).of(session.id).get(member, UNMARKED)
    return RollCell(marked.mark, marked.minutes, marked.id in late)


def _tally(book: Book, session: Session, expected: list[int]) -> Tally:
    marks = marks_by_session(book).of(session.id)
    return tally({member: marked.mark for member, marked in marks.items()}, expected)


def _extra(
    book: Book, sessions: Iterable[Session], expected: Mapping[int, list[int]]
) -> Iterable[tuple[Session, str, Mark]]:
    for session in sessions:
        marks = marks_by_session(book).of(session.id)
        for member in sorted(marks.keys() - set(expected[session.id])):
            mark = marks[member].mark
            if mark is not None:
                yield session, name_of(book, member), mark


def _late_entries(book: Book, sessions: Iterable[Session]) -> frozenset[int]:
    """Return the ids of the marks that were last written too long after their session."""
    from coordinator_tui.book.history import latest_changes

    days = book.settings.number("late_entry_days")
    dates = {
        marked.id: session.date
        for session in sessions
        for marked in marks_by_session(book).of(session.id).values()
        if marked.mark is not None
    }
    changes = latest_changes(book, "attendance", set(dates), "mark")
    return frozenset(
        identity
        for identity, change in changes.items()
        if late_entry(dates[identity], change.at.astimezone().date(), days)
    )
