"""Sentences about a roll: what it is of, why it cannot be taken now, what is known of a person, what others did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book.errors import BookError
from coordinator_tui.book.marks import attendance_id
from coordinator_tui.book.terms import guard
from coordinator_tui.domain.vocabulary import LeaveStatus, SessionStatus
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.screens import roll_sessions

if TYPE_CHECKING:
    from collections.abc import Collection

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.roll import Entry, RollCall, RollRow
    from coordinator_tui.domain.records import Leave
    from coordinator_tui.tui.widgets.line import Piece

_MOST_NAMED = 3


def obstacle(roll: RollCall) -> str:
    """Return why nothing can be entered at this roll, in a sentence, "" when it can."""
    book, session = roll.book, roll.session
    if book.read_only:
        return _("The book is open for reading only: nothing can be entered.")
    if session.status is SessionStatus.CANCELLED:
        reason = f" ({session.reason})" if session.reason else ""
        return _("This session was cancelled{reason}; restore it in the schedule before taking its roll.").format(
            reason=reason
        )
    try:
        guard(book, session.date)
    except BookError as error:
        return str(error)
    if session.date > book.today:
        return _("This session is on {day}: its roll is taken on the day. Leave can be entered before.").format(
            day=session.date
        )
    return ""


def heading(roll: RollCall) -> list[Piece]:
    """Return which session it is, and how it stands when that is out of the ordinary."""
    session = roll.session
    pieces: list[Piece] = [(f" {session.date} {session.start or ''}".rstrip() + "  ", "strong")]
    pieces.append((roll_sessions.what(session), "strong"))
    if session.group != roll_sessions.own_group(roll.book):
        group = roll.book.groups.find(session.group)
        pieces.append((f"  {group.name}" if group else "", "plain"))
    if roll.late_entry:
        pieces.append(("  " + _("[late entry]"), "warn"))
    return pieces


def about_row(row: RollRow, entry: Entry | None, blocked: str) -> list[Piece]:
    """Return what is known of the person under the cursor beyond the row."""
    if blocked:
        return [(" " + blocked, "warn")]
    if row.mark is None and row.leave is not None:
        return [(leave_words(row.leave), "plain")]
    if entry is not None:
        text = _(" Entered by {who} on {when:%Y-%m-%d %H:%M}").format(who=entry.by, when=entry.at.astimezone())
        return [(text, "quiet"), ("  " + _("(late entry)") if entry.late else "", "quiet")]
    return []


def leave_words(leave: Leave) -> str:
    """Return how a leave stands, and what Space would do with it; kind and reason are in the row."""
    if leave.status is LeaveStatus.APPROVED:
        return _(" approved: Space confirms")
    return _(" requested, not approved")


def no_session_today(book: Book) -> str:
    """Return what to do when there is no roll to take today."""
    if not len(book.groups) or not len(book.sessions):
        return _("There is no session yet: F3 opens the schedule, where one is added or a term is planned.")
    waiting = roll_sessions.waiting(book)
    if waiting:
        return _("No session today ({day}). {count} still wait for their roll; Enter opens one.").format(
            day=book.today, count=waiting
        )
    return _("No session today ({day}), and no roll is waiting. Enter opens one to look at or correct.").format(
        day=book.today
    )


def others(roll: RollCall, members: Collection[int]) -> str:
    """Return who has just marked how many here ("李静 marked 3"), "" when it was nobody else."""
    from coordinator_tui.book.history import history

    ids = {attendance_id(roll.session.id, member) for member in members}
    latest = history(roll.book, "attendance", None, limit=4 * len(ids))
    by: dict[str, set[int]] = {}
    for line in latest:
        if line.id in ids:
            by.setdefault(line.by, set()).add(line.id)
            ids.discard(line.id)
    said = (_("{who} marked {count}").format(who=who, count=len(marked)) for who, marked in by.items())
    return ", ".join(list(said)[:_MOST_NAMED])
