"""The periods of a rule on a school's calendar: weeks and months of terms, terms, school years; and due days."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from coordinator_tui.domain.errors import DomainError
from coordinator_tui.domain.rules.pack import PerUnit
from coordinator_tui.domain.rules.result import Period
from coordinator_tui.domain.terms import default_term, monday_of, parse_term_code, term_code, week_of, weeks_of
from coordinator_tui.domain.vocabulary import DayKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from coordinator_tui.domain.records import CalendarDay, Term
    from coordinator_tui.domain.rules.pack import Due, Per

_SCHOOL_WEEK = 5
_SEPTEMBER = 9


class TeachingDays:
    """Which days are teaching days: Monday to Friday in a term, without holidays, with moved workdays.

    A term that has no record yet has its usual dates, so that a school year is whole while its second term is unknown.
    """

    def __init__(self, terms: Iterable[Term], calendar: Iterable[CalendarDay], first: date, last: date) -> None:
        self._base = first.toordinal()
        self._size = last.toordinal() - self._base + 1
        teaching, inside = bytearray(self._size), bytearray(self._size)
        for term in (*terms, *_unknown_terms(list(terms), first, last)):
            for at in range(*self._slots(term.start.toordinal(), term.until.toordinal())):
                inside[at] = 1
                teaching[at] = (self._base + at - 1) % 7 < _SCHOOL_WEEK
        for day in calendar:
            at = day.date.toordinal() - self._base
            if 0 <= at < self._size and inside[at]:
                teaching[at] = day.kind is not DayKind.HOLIDAY
        self._before = [0, *accumulate(teaching)]

    def _slots(self, first: int, last: int) -> tuple[int, int]:
        return max(first - self._base, 0), min(last - self._base + 1, self._size)

    def count(self, first: int, last: int) -> int:
        """Return how many teaching days there are from one ordinal to another, both included."""
        start, end = self._slots(first, last)
        return self._before[end] - self._before[start] if start < end else 0


def _unknown_terms(known: list[Term], first: date, last: date) -> Iterator[Term]:
    """Yield the usual terms of the years in question that no record gives or overlaps."""
    codes = {term.code for term in known}
    for year in range(first.year - 1, last.year + 1):
        for number in (1, 2):
            term = default_term(term_code(year, number))
            if term.code not in codes and not any(one.start <= term.until and term.start <= one.until for one in known):
                yield term


def year_of(day: date) -> int:
    """Return the year in which the school year of a day begins."""
    return day.year if day.month >= _SEPTEMBER else day.year - 1


def year_span(year: int, every: int = 1) -> tuple[date, date]:
    """Return the first and last day of `every` school years from September of `year` on."""
    return date(year, _SEPTEMBER, 1), date(year + every, _SEPTEMBER, 1) - timedelta(days=1)


def weekdays(first: date, last: date) -> int:
    """Return how many days from Monday to Friday there are, both ends included."""
    weeks, rest = divmod((last - first).days + 1, 7)
    return weeks * _SCHOOL_WEEK + sum((first.weekday() + at) % 7 < _SCHOOL_WEEK for at in range(rest))


class Stretch(NamedTuple):
    """A period of the calendar: ordinals of its ends, its teaching days, and whether a rule binds in it at all.

    A week, two weeks or a month bind only where more than half of their own weekdays are teaching days.
    """

    period: Period
    first: int
    last: int
    teaching: int
    binds: bool
    due: date


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """Terms by their beginning, teaching days, and the span of a ledger."""

    terms: tuple[Term, ...]
    days: TeachingDays
    start: date
    until: date

    def stretches(self, per: Per, due: DueOn, since: date | None) -> list[Stretch]:
        """Return the periods of `per` that overlap the span, in order; none for sessions and events.

        `since` is the day from which the rule binds: periods that ended before it are left out, and rules over several
        years without a first year of their own count from its school year.
        """
        return [
            self._stretch(period, own, due)
            for period, own in self._periods(per, since)
            if period.start <= self.until and period.until >= self.start and (since is None or period.until >= since)
        ]

    def _stretch(self, period: Period, own: int, due: DueOn) -> Stretch:
        first, last = period.start.toordinal(), period.until.toordinal()
        teaching = self.days.count(first, last)
        return Stretch(period, first, last, teaching, teaching * 2 > own, due(period))

    def _periods(self, per: Per, since: date | None) -> Iterator[tuple[Period, int]]:
        """Yield periods with the number of their own weekdays (0 where any teaching day makes them bind)."""
        if per.unit is PerUnit.WEEK:
            yield from self._weeks(max(per.every, 1))
        elif per.unit is PerUnit.MONTH:
            yield from self._months(max(per.every, 1))
        elif per.unit is PerUnit.SCHOOL_YEAR:
            for period in self._years(max(per.every, 1), per.since, since):
                yield period, 0
        elif per.unit in _TERM_NUMBERS:
            for term in self.terms:
                if number_of(term) in _TERM_NUMBERS[per.unit]:
                    yield Period(term.code, term.start, term.until), 0

    def _weeks(self, every: int) -> Iterator[tuple[Period, int]]:
        for term in self.terms:
            count = weeks_of(term)
            first = max((week_of(term, self.start) - 1) // every * every + 1, 1)
            for week in range(first, min(count, week_of(term, self.until)) + 1, every):
                last = min(week + every - 1, count)
                label = f"{term.code}-w{week:02}" + (f"-{last:02}" if every > 1 else "")
                until = monday_of(term, last) + timedelta(days=6)
                yield Period(label, monday_of(term, week), until), _SCHOOL_WEEK * every

    def _months(self, every: int) -> Iterator[tuple[Period, int]]:
        for year in range(year_of(self.start), year_of(self.until) + 1):
            for at in range(0, 12, every):
                first = _month(year, at)
                last = _month(year, at + every) - timedelta(days=1)
                inside = [
                    (max(term.start, first), min(term.until, last))
                    for term in self.terms
                    if term.start <= last and term.until >= first
                ]
                if inside:
                    label = f"{first:%Y-%m}" if every == 1 else f"{first:%Y-%m}..{last:%Y-%m}"
                    period = Period(label, min(inside)[0], max(end for _start, end in inside))
                    yield period, weekdays(first, last)

    def _years(self, every: int, anchor: int | None, since: date | None) -> Iterator[Period]:
        if anchor is None:
            anchor = year_of(since or self.start) if every > 1 else year_of(self.start)
        first = anchor + (year_of(self.start) - anchor) // every * every
        for year in range(max(first, anchor), year_of(self.until) + 1, every):
            yield Period(f"{year}-{year + every}", *year_span(year, every))


_TERM_NUMBERS = {PerUnit.TERM: (0, 1, 2), PerUnit.FIRST_TERM: (1,), PerUnit.SECOND_TERM: (2,)}


def _month(year: int, at: int) -> date:
    """Return the first day of the month that comes `at` months after September of `year`."""
    months = year * 12 + _SEPTEMBER - 1 + at
    return date(months // 12, months % 12 + 1, 1)


def number_of(term: Term) -> int:
    """Return 1 or 2 for the first or second term of its year; 0 for a code that says neither."""
    try:
        return parse_term_code(term.code)[1]
    except DomainError:
        return 0


DueOn: TypeAlias = "Callable[[Period], date]"
"""Says on which day something is due in a period."""


def due_on(due: Due, answer: str | None, period: Period) -> date:
    """Return the day on which something is due in a period; never outside of it before it is shifted.

    `answer` is what a school said where the rule leaves the day open: "09-15" of every year, or a whole date.
    """
    day = period.until
    month_day, year = (due.month_day, None) if answer is None else read_day(answer)
    if due.day is not None:
        in_month = min(due.day, monthrange(day.year, day.month)[1])
        day = max(min(date(day.year, day.month, max(in_month, 1)), day), period.start)
    elif month_day is not None:
        years = range(period.start.year, day.year + 1) if year is None else (year,)
        candidates = (_day_of(one, *month_day) for one in years)
        day = next((one for one in candidates if period.start <= one <= period.until), day)
    return shifted(day, due.shift_days)


def shifted(day: date, days: int) -> date:
    """Return the day so many days later; the first or last of all days where there is none."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def read_day(text: str) -> tuple[tuple[int, int] | None, int | None]:
    """Read "09-15" as ((9, 15), None) and "2026-09-15" as ((9, 15), 2026); (None, None) for what is no day."""
    parts = text.strip().split("-")
    if len(parts) not in {2, 3} or not all(part.isdigit() for part in parts):
        return None, None
    *years, month, day = (int(part) for part in parts)
    return ((month, day), years[0] if years else None) if 1 <= month <= 12 and 1 <= day <= 31 else (None, None)


def _day_of(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
