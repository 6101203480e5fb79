"""The sessions whose roll can be taken, those that wait for it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book.roll import expected_at
from coordinator_tui.book.schedule import marks_of, sessions_of, sessions_on
from coordinator_tui.book.terms import week_of_day
from coordinator_tui.domain.vocabulary import SessionStatus, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.widgets.linelist import Column

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Session
    from coordinator_tui.tui.styles import Look


def columns(book: Book | None) -> list[Column]:
    """Return the columns of the list of sessions; the group only where there are several."""
    several = book is not None and len(book.groups) > 1
    return [
        Column("date", lazy("date"), 10),
        Column("week", lazy("week"), 4, "right"),
        Column("time", lazy("time"), 5),
        Column("what", lazy("session"), 0, least=20),
        *([Column("group", lazy("group"), 18, drop=1)] if several else []),
        Column("state", lazy("roll"), 18),
    ]


def session_cells(book: Book, session: int, *, several: bool) -> tuple[str | tuple[str, Look], ...]:
    """Return the cells of a session's row."""
    record = book.sessions.get(session)
    week = week_of_day(book, record.date)
    group = book.groups.find(record.group)
    group_cell = [group.name if group else ""] if several else []
    return (
        (record.date.isoformat(), "strong" if record.date == book.today else "plain"),
        ("" if week is None else str(week), "quiet"),
        record.start or "",
        what(record),
        *group_cell,
        state(book, record),
    )


def what(session: Session) -> str:
    """Return topic and kind of a session, as far as there are any."""
    kind = title(session.kind) if session.kind else ""
    return "  ".join(part for part in (session.topic or "", kind) if part) or _("(no topic yet)")


def state(book: Book, session: Session) -> tuple[str, Look]:
    """Return how far the roll of a session is, in words."""
    if session.status is SessionStatus.CANCELLED:
        return _("cancelled"), "quiet"
    marks = marks_of(book, session.id)
    if not marks:
        return (_("to come"), "quiet") if session.date > book.today else (_("roll not taken"), "warn")
    expected = len(expected_at(book, session))
    if marks < expected:
        return _("{marks} of {expected} taken").format(marks=marks, expected=expected), "warn"
    return _("✓ {marks} taken").format(marks=marks), "good"


def in_order(book: Book) -> list[int]:
    """Return the ids of all sessions: today's, unfinished past ones, other past ones, those to come; nearest first."""
    own, today = own_group(book), book.today

    def key(session: Session) -> tuple[int, int, bool, str]:
        away = abs((session.date - today).days)
        return _section(book, session), away, session.group != own, session.start or ""

    return [session.id for session in sorted(sessions_of(book), key=key)]


def _section(book: Book, session: Session) -> int:
    if session.date == book.today:
        return 0
    if session.date > book.today:
        return 3
    return 1 if state(book, session)[1] == "warn" else 2


def todays(book: Book) -> int | None:
    """Return the session whose roll is to be taken today: the own group's before others', an unfinished one first."""
    own = own_group(book)
    there = sorted(sessions_on(book, book.today), key=lambda s: (s.group != own, state(book, s)[1] != "warn"))
    return there[0].id if there else None


def beside(book: Book, session: Session, step: int) -> int | None:
    """Return the session of the same group before (-1) or after (1) this one, cancelled ones left out."""
    ids = [
        s.id
        for s in sessions_of(book, None, session.group)
        if s.id == session.id or s.status is not SessionStatus.CANCELLED
    ]
    at = ids.index(session.id) + step if session.id in ids else -1
    return ids[at] if 0 <= at < len(ids) else None


def waiting(book: Book) -> int:
    """How many sessions up to today wait for their roll or for the rest of it."""
    return sum(s.date <= book.today and state(book, s)[1] == "warn" for s in sessions_of(book))


def own_group(book: Book) -> int | None:
    """Return the book's own group, None when it has none yet."""
    return book.group.id if len(book.groups) else None
