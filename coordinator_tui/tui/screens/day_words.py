"""Days, weeks and times in words, and dates as people type them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from coordinator_tui.book.errors import BookError, Refused
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordinator_tui.book.book import Book

WEEKDAYS = (
    lazy("Monday"),
    lazy("Tuesday"),
    lazy("Wednesday"),
    lazy("Thursday"),
    lazy("Friday"),
    lazy("Saturday"),
    lazy("Sunday"),
)
SHORT = (lazy("Mon"), lazy("Tue"), lazy("Wed"), lazy("Thu"), lazy("Fri"), lazy("Sat"), lazy("Sun"))
_WORDS = {
    "today": 0, "今天": 0, "yesterday": -1, "昨天": -1, "tomorrow": 1, "明天": 1, "后天": 2, "前天": -2,
}  # fmt: skip


def weekday(day: date) -> str:
    """Return the name of a day's weekday."""
    return str(WEEKDAYS[day.weekday()])


def short_weekday(day: date) -> str:
    """Return the short name of a day's weekday ("Wed", "周三")."""
    return str(SHORT[day.weekday()])


def day_words(day: date, today: date) -> str:
    """Return "11-25 Wed", with the year where it is another one, and in words when it is near."""
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get((day - today).days, "")
    return " ".join(part for part in (_with_weekday(day, today), near) if part)


def _with_weekday(day: date, today: date) -> str:
    shown = f"{day:%m-%d}" if day.year == today.year else day.isoformat()
    return f"{shown} {short_weekday(day)}"


def span_words(start: date, until: date, today: date) -> str:
    """Return one day, or the first and the last."""
    if start == until:
        return day_words(start, today)
    return f"{_with_weekday(start, today)} – {_with_weekday(until, today)}"


def time_words(start: str | None, end: str | None) -> str:
    """Return "15:30–17:00", or what there is of it."""
    return f"{start}–{end}" if start and end else start or ""


def month_words(day: date) -> str:
    """Return the month that a list's section is about."""
    return _("{month} {year}").format(month=month_name(day.month), year=day.year)


def month_name(number: int) -> str:
    """Return a month's name."""
    return str(_MONTHS[number - 1])


_MONTHS = (
    lazy("January"), lazy("February"), lazy("March"), lazy("April"), lazy("May"), lazy("June"), lazy("July"),
    lazy("August"), lazy("September"), lazy("October"), lazy("November"), lazy("December"),
)  # fmt: skip


# dates as they are typed


def read_day(book: Book, text: str) -> date:
    """Return the date typed: 2026-11-25, 2026年11月25日, 11-25 (in the term), today, 明天, +7; Refused for none."""
    plain = text.strip().casefold()
    if plain in _WORDS:
        return book.today + timedelta(days=_WORDS[plain])
    if plain.startswith("+") and plain[1:].isdecimal() and len(plain) < 5:
        return book.today + timedelta(days=int(plain[1:]))
    parts = plain
    for sign in "年月/.．。－—":
        parts = parts.replace(sign, "-")
    try:
        numbers = [int(part) for part in parts.removesuffix("日").removesuffix("号").split("-")]
        return _day_in_term(book, *numbers) if len(numbers) == 2 else date(*numbers)
    except (ValueError, TypeError, OverflowError):
        raise Refused(lazy("“{text}” is not a date; write it like {day}."), text=text, day=book.today) from None


def _day_in_term(book: Book, month: int, day: int) -> date:
    """Return month and day in the year in which they lie in the term, else in this year."""
    usual = date(book.today.year, month, day)
    try:
        term = book.term
    except BookError:
        return usual
    years = sorted({book.today.year, term.start.year, term.until.year}, key=lambda year: abs(year - book.today.year))
    return next((found for year in years if term.start <= (found := usual.replace(year=year)) <= term.until), usual)


def optional_day(book: Book, text: str) -> date | None:
    """Return the date that is typed, None for nothing."""
    return read_day(book, text) if text.strip() else None


def day_check(book: Book) -> Callable[[str], str | None]:
    """Return a field's check: the sentence that says what is wrong with a date, or None."""

    def check(text: str) -> str | None:
        try:
            read_day(book, text)
        except Refused as error:
            return str(error)
        return None

    return check


def time_check(text: str) -> str | None:
    """Return what is wrong with a time of day, or None."""
    from coordinator_tui.book.settings import time_of_day

    try:
        time_of_day(text)
    except Refused as error:
        return str(error)
    return None


def month_of(text: str) -> str:
    """Return a date as exact as it is typed: "1985", "1985-03", "1985-03-12"; "" for nothing. BookError otherwise."""
    from coordinator_tui.imports.dates import read_date
    from coordinator_tui.imports.grid import text_cell
    from coordinator_tui.imports.messages import BadValue

    if not text.strip():
        return ""
    try:
        return read_date(text_cell(text, 1, 0))
    except BadValue as error:
        raise Refused(error.reason.text, **error.reason.params) from None


def month_check(text: str) -> str | None:
    """Return what is wrong with a date as exact as it is known, or None."""
    try:
        month_of(text)
    except Refused as error:
        return str(error)
    return None
