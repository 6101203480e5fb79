"""The school calendar of a book: holidays and moved workdays, loaded from what was published and edited by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from coordinator_tui.book.errors import NoSuchThing, Refused
from coordinator_tui.book.shipped import shipped
from coordinator_tui.domain.vocabulary import DayKind
from coordinator_tui.store import key_id
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import CalendarDay, Term


def load_calendar(book: Book, year: int) -> int:
    """Take in the published holidays and moved workdays of a year, in one step; how many days changed.

    Days that somebody set by hand otherwise are overwritten only if the published list names them. NoSuchThing when
    the program ships no calendar of that year.
    """
    days = shipped_days(year)
    changed = [day for day in days if _differs(book, day)]
    if changed:
        with book.step("calendar.load", year=year):
            for day in changed:
                _write(book, **day)
    return len(changed)


def ensure_calendar(book: Book, term: Term) -> int:
    """Load the published calendars of a term's years as far as there are any and the book has none of that year."""
    known = {day.date.year for day in book.calendar}
    wanted = [year for year in range(term.start.year, term.until.year + 1) if year not in known]
    return sum(load_calendar(book, year) for year in wanted if year in shipped_years())


def set_day(
    book: Book, day: date, kind: DayKind, *, name: str | None = None, weekday: int | None = None
) -> CalendarDay:
    """Make a date a holiday, or a workday that carries the timetable of `weekday` (1 is Monday)."""
    if weekday is not None and not 1 <= weekday <= 7:
        raise Refused(lazy("A weekday is a number from 1 (Monday) to 7 (Sunday), not {weekday}."), weekday=weekday)
    with book.step("calendar.set", date=day, name=name):
        return _write(book, date=day, kind=kind, name=name, weekday=weekday if kind is DayKind.WORKDAY else None)


def clear_day(book: Book, day: date) -> None:
    """Make a date an ordinary day again."""
    identity = key_id("day", day.isoformat())
    if identity in book.calendar:
        with book.step("calendar.clear", date=day):
            book.calendar.remove(identity)


def day_of(book: Book, day: date) -> CalendarDay | None:
    """Return what the calendar says of a date; None for an ordinary day."""
    return book.calendar.find(key_id("day", day.isoformat()))


def days(book: Book, term: Term | None = None) -> list[CalendarDay]:
    """Return the days of the calendar (of a term), by date."""
    within = book.calendar.where(lambda day: term is None or term.start <= day.date <= term.until)
    return sorted(within, key=lambda day: day.date)


def unpublished_years(book: Book, term: Term) -> list[int]:
    """Years of a term for which the book has no calendar: their holidays are not published yet, or not loaded."""
    known = {day.date.year for day in book.calendar}
    return [year for year in range(term.start.year, term.until.year + 1) if year not in known]


def shipped_years() -> list[int]:
    """Return the years whose published calendars come with the program."""
    return sorted(
        int(file.stem[3:]) for file in shipped("config/calendars").glob("cn-*.yaml") if file.stem[3:].isdecimal()
    )


def shipped_days(year: int) -> list[dict[str, Any]]:
    """Return the published days of a year, each with date, kind, name, weekday; NoSuchThing if there are none."""
    if year not in shipped_years():
        raise NoSuchThing(
            lazy("The holidays of {year} do not come with this version; enter them in the calendar by hand."), year=year
        )
    import yaml

    content = yaml.safe_load(shipped(f"config/calendars/cn-{year}.yaml").read_text(encoding="utf-8"))
    return list(_days_in(content))


def _days_in(content: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"date": day, "kind": kind, "name": entry.get("name"), "weekday": entry.get("weekday")}
        for section, kind in (("holidays", DayKind.HOLIDAY), ("workdays", DayKind.WORKDAY))
        for entry in content.get(section, ())
        for day in _span(entry)
    ]


def _span(entry: dict[str, Any]) -> list[date]:
    first = _day(entry.get("from", entry.get("date")))
    last = _day(entry.get("until", first))
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _day(value: Any) -> date:  # noqa: ANN401 - YAML gives a date or text
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _differs(book: Book, day: dict[str, Any]) -> bool:
    now = day_of(book, day["date"])
    return now is None or (now.kind, now.name, now.weekday) != (day["kind"], day["name"], day["weekday"])


def _write(book: Book, *, date: date, kind: DayKind, name: str | None, weekday: int | None) -> CalendarDay:
    identity = key_id("day", date.isoformat())
    if identity in book.calendar:
        return book.calendar.update(identity, kind=kind, name=name, weekday=weekday)
    return book.calendar.add(identity, date=date, kind=kind, name=name, weekday=weekday)
