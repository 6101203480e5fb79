"""The week view of the schedule: seven days with their sessions, what the calendar says, and who is on leave."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from coordinator_tui.book.calendar import day_of
from coordinator_tui.book.leaves import on_leave
from coordinator_tui.book.members import name_of
from coordinator_tui.book.schedule import sessions_of
from coordinator_tui.domain.vocabulary import DayKind, SessionStatus, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import ngettext
from coordinator_tui.tui.screens.day_words import WEEKDAYS, time_words, weekday
from coordinator_tui.tui.screens.schedule_rows import short_state
from coordinator_tui.tui.screens.sections import Entry, columns, joined, listed
from coordinator_tui.tui.screens.session_words import lacks, standing, what

if TYPE_CHECKING:
    from collections.abc import Collection

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import CalendarDay, Session
    from coordinator_tui.tui.styles import Look

Row: TypeAlias = tuple[str, int | date]
"""("day", date) or ("session", id)."""

_TIME = 12
_MOST_NAMED = 6


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_lines(book: Book, monday: date, group: int | None, clashing: Collection[int], width: int) -> list[Entry[Row]]:
    """Return the lines of a week."""
    lines: list[Entry[Row]] = []
    everything = sessions_of(book, None, group)
    for number in range(7):
        day = monday + timedelta(days=number)
        lines.append(_day(book, day))
        lines += [each for s in everything if s.date == day for each in _session(book, s, clashing, width)]
        lines += _away(book, day)
    return lines


def _day(book: Book, day: date) -> Entry[Row]:
    shown = f"{day:%m-%d} {weekday(day)}"
    special = day_of(book, day)
    now = "  " + _("today") if day == book.today else ""
    return Entry(
        ((shown, "head"), (now, "strong"), ("  " + special_words(special) if special else "", "warn")), ("day", day)
    )


def special_words(day: CalendarDay) -> str:
    """Return what the calendar says of a day."""
    words = joined((title(day.kind), day.name), " ")
    if day.kind is DayKind.WORKDAY and day.weekday:
        return words + " " + _("(timetable of {weekday})").format(weekday=WEEKDAYS[day.weekday - 1])
    return words


def _session(book: Book, session: Session, clashing: Collection[int], width: int) -> list[Entry[Row]]:
    over: Look = "quiet" if session.status is SessionStatus.CANCELLED else "plain"
    state, look = short_state(book, session)
    topic = ("! " if session.id in clashing else "") + what(session)
    parts: list[tuple[str, int, Look]] = [
        ("  " + (time_words(session.start, session.end) or _("no time")), _TIME + 2, over),
        (topic, max(width - _TIME - 2 - 24, 20), over),
        (session.speaker or "", 9, over),
        (state, 0, look),
    ]
    more = joined((session.place, standing(book, session), lacks(session)))
    lines: list[Entry[Row]] = [columns(parts, ("session", session.id))]
    return [*lines, Entry(((" " * (_TIME + 3) + more, "quiet"),))] if more else lines


def _away(book: Book, day: date) -> list[Entry[Row]]:
    if day.weekday() >= 5 and day_of(book, day) is None:
        return []
    leaves = on_leave(book, day)
    if not leaves:
        return []
    names = listed(name_of(book, leave.member) for leave in leaves[:_MOST_NAMED])
    more = len(leaves) - _MOST_NAMED
    text = _("on leave: {names}").format(names=names)
    text += " " + ngettext("and {count} more", "and {count} more", more).format(count=more) if more > 0 else ""
    return [Entry((("  " + text, "quiet"),))]
