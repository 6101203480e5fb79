"""What the day asks for: the next session, rolls not taken, who owes what, who is on leave."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from coordinator_tui.book import care
from coordinator_tui.book.calendar import unpublished_years
from coordinator_tui.book.errors import NoSuchThing
from coordinator_tui.book.leaves import on_leave
from coordinator_tui.book.members import members_of
from coordinator_tui.book.schedule import clashes, gaps, marks_of, next_session, sessions_of, sessions_on
from coordinator_tui.book.terms import week_of_day
from coordinator_tui.book.work import owed
from coordinator_tui.domain.lightclass import dataclass
from coordinator_tui.domain.vocabulary import SessionStatus

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.schedule import SessionRow
    from coordinator_tui.domain.calendar import Clash
    from coordinator_tui.domain.records import Group, Leave, Session, Term
    from coordinator_tui.domain.work import Owed


@dataclass(frozen=True, slots=True)
class TodayView:
    """Plain data for the Today screen. `term` and `group` are None in a book that has none yet.

    `untaken` are past or present sessions of the term nobody was marked at; `half_taken` pairs a session with how many
    were not marked; `gaps` are coming sessions (within two weeks) that lack one of the four haves.
    """

    date: date
    week: int | None
    term: Term | None
    group: Group | None
    members: int
    today: tuple[Session, ...]
    next: Session | None
    untaken: tuple[Session, ...]
    half_taken: tuple[tuple[Session, int], ...]
    owed: tuple[Owed, ...]
    overdue: int
    leaves: tuple[Leave, ...]
    gaps: tuple[SessionRow, ...]
    clashes: tuple[Clash, ...]
    conflicts: int
    warnings: tuple[str, ...]
    unpublished: tuple[int, ...]


def today_view(book: Book, *, group: int | None = None) -> TodayView:
    """Return what the day asks of a group (the book's own)."""
    here, term = _group(book, group), _term(book)
    where = here.id if here else None
    due = owed(book, group=where)
    return TodayView(
        date=book.today,
        week=week_of_day(book, book.today),
        term=term,
        group=here,
        members=len(members_of(book, here.id)) if here else 0,
        today=tuple(sessions_on(book, book.today, where)),
        next=next_session(book, where),
        untaken=tuple(untaken(book, group=where)),
        half_taken=tuple(half_taken(book, group=where)),
        owed=tuple(due),
        overdue=sum(1 for item in due if item.overdue),
        leaves=tuple(on_leave(book)),
        gaps=tuple(_coming_gaps(book, term, where)),
        clashes=tuple(_coming_clashes(book, term)),
        conflicts=len(book.store.conflicts()),
        warnings=tuple(care.warnings(book)),
        unpublished=tuple(unpublished_years(book, term)) if term else (),
    )


def untaken(book: Book, *, term: Term | None = None, group: int | None = None) -> list[Session]:
    """Sessions up to today, not cancelled, at which nobody was marked; earliest first."""
    within = term or _term(book)
    return [
        session
        for session in sessions_of(book, within, group)
        if session.date <= book.today
        and session.status is not SessionStatus.CANCELLED
        and not marks_of(book, session.id)
    ]


def half_taken(book: Book, *, term: Term | None = None, group: int | None = None) -> list[tuple[Session, int]]:
    """Sessions up to today whose roll was begun and not finished, each with how many were not marked."""
    from coordinator_tui.book.marks import marks_by_session
    from coordinator_tui.book.roll import expected_at

    index = marks_by_session(book)
    found = []
    for session in sessions_of(book, term or _term(book), group):
        if session.date <= book.today and index.count(session.id):
            missing = len(set(expected_at(book, session)) - index.marked(session.id))
            found += [(session, missing)] if missing else []
    return found


def today_json(view: TodayView) -> dict[str, Any]:
    """Return the view in numbers and titles, for `info --json` and scripts."""
    return {
        "date": view.date.isoformat(),
        "week": view.week,
        "term": view.term.code if view.term else None,
        "group": view.group.name if view.group else None,
        "members": view.members,
        "next_session": view.next.id if view.next else None,
        "rolls_not_taken": [session.id for session in view.untaken],
        "owed": len(view.owed),
        "overdue": view.overdue,
        "on_leave": [leave.member for leave in view.leaves],
        "conflicts": view.conflicts,
    }


def _group(book: Book, group: int | None) -> Group | None:
    if group is not None:
        return book.groups.get(group)
    try:
        return book.group
    except NoSuchThing:
        return None


def _term(book: Book) -> Term | None:
    try:
        return book.term
    except NoSuchThing:
        return None


def _coming_gaps(book: Book, term: Term | None, group: int | None) -> list[SessionRow]:
    last = book.today + timedelta(days=14)
    rows = gaps(book, term=term, group=group) if term else []
    return [row for row in rows if book.today <= row.session.date <= last]


def _coming_clashes(book: Book, term: Term | None) -> list[Clash]:
    found = clashes(book, term=term) if term else []
    return [clash for clash in found if clash.sessions[-1].date >= book.today]
