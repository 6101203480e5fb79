"""The month list of the schedule: its columns, rows, and the lines between months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book.roll import expected_at
from coordinator_tui.book.schedule import marks_of, missing
from coordinator_tui.book.terms import week_of_day
from coordinator_tui.domain.vocabulary import SessionKind, SessionStatus, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, pgettext
from coordinator_tui.tui.screens.day_words import month_words, short_weekday
from coordinator_tui.tui.screens.sections import room_for
from coordinator_tui.tui.screens.session_words import HAVES, what
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Session
    from coordinator_tui.tui.styles import Look

TOPIC = 4


def columns(speakers: Collection[str] = ()) -> list[Column]:
    """Return the columns, as wide as the language in force and the speakers' names need them."""
    kinds = room_for((title(kind) for kind in SessionKind), 8, 12)
    return [
        Column("date", lazy("date"), 6),
        Column("weekday", "", 4),
        Column("week", lazy("wk"), 3, "right"),
        Column("time", lazy("time"), 5, drop=2),
        Column("topic", lazy("topic"), 0, least=16),
        Column("kind", lazy("form"), kinds, drop=4),
        Column("speaker", lazy("speaker"), room_for(speakers, 8, 14), drop=1),
        Column("lacks", lazy("lacks"), 12),
        Column("state", lazy("roll"), 9),
    ]


def month_row(day: date) -> int:
    """Return the id of the line that a month begins with."""
    return -(day.year * 100 + day.month)


def with_months(sessions: Sequence[Session]) -> list[int]:
    """Return the ids of sessions, with a line before each month."""
    rows: list[int] = []
    month = 0
    for session in sessions:
        if month_row(session.date) != month:
            month = month_row(session.date)
            rows.append(month)
        rows.append(session.id)
    return rows


def month_cells(row: int) -> tuple[tuple[str, Look], ...]:
    """Return the cells of a month's line."""
    from datetime import date

    day = date(-row // 100, -row % 100, 1)
    cells: list[tuple[str, Look]] = [("", "plain")] * 9
    cells[TOPIC] = (f"── {month_words(day)}", "strong")
    return tuple(cells)


def session_cells(book: Book, session: Session, clashing: Collection[int]) -> tuple[str | tuple[str, Look], ...]:
    """Return the cells of a session's row."""
    over: Look = "quiet" if session.status is SessionStatus.CANCELLED else "plain"
    week = week_of_day(book, session.date)
    sign = "! " if session.id in clashing else "→ " if session.moved_from else ""
    return (
        (f"{session.date:%m-%d}{'*' if session.date == book.today else ''}", "strong" if over == "plain" else "quiet"),
        (short_weekday(session.date), over),
        (str(week or ""), "quiet"),
        (session.start or "", over),
        (sign + what(session), over),
        (title(session.kind), over),
        (session.speaker or "", over),
        _lacks(session),
        short_state(book, session),
    )


def _lacks(session: Session) -> tuple[str, Look]:
    """Return what is lacking of the four haves, by name; the first and how many more where there is no room."""
    names = [str(HAVES[have]) for have in missing(session)]
    if len(names) > 2:
        return _("{first} +{count}").format(first=names[0], count=len(names) - 1), "warn"
    return " ".join(names), "warn"


def short_state(book: Book, session: Session) -> tuple[str, Look]:
    """Return how far the roll is, in a word or a number."""
    if session.status is SessionStatus.CANCELLED:
        return _("cancelled"), "quiet"
    marks = marks_of(book, session.id)
    if not marks:
        return (
            (pgettext("roll", "to come"), "quiet")
            if session.date > book.today
            else (pgettext("roll", "not taken"), "warn")
        )
    expected = len(expected_at(book, session))
    return (f"{marks}/{expected}", "warn") if marks < expected else (f"✓ {marks}", "good")


class MonthList(LineList[int]):
    """A list in which the cursor passes over the lines between months."""

    async def _go(self, at: int) -> None:
        rows = self.rows
        step = -1 if at < self.cursor else 1
        at = max(0, min(at, len(rows) - 1))
        while 0 <= at < len(rows) and rows[at] < 0:
            at += step
        if not 0 <= at < len(rows):  # nothing but a month's line further that way: let it be seen
            at = next((number for number, row in enumerate(rows) if row > 0), 0)
            if self.cursor == at:
                self.move_to_index(0)
        await super()._go(at)

    def settle(self) -> None:
        """Put the cursor on a session where it stands on a month's line."""
        if self.cursor_id is not None and self.cursor_id < 0:
            self.move_to_index(self.cursor + 1)
