"""What was read when: the article of each week (seed S14), and what members read in a term by what they handed in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from coordinator_tui.book.members import in_order, members_of, name_of
from coordinator_tui.book.work import works_of
from coordinator_tui.domain.terms import monday_of, week_of, weeks_of
from coordinator_tui.domain.vocabulary import DayKind, ReadingKind, WorkStatus
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Reading, Term, Work
    from coordinator_tui.text import LazyText

_WORKDAYS = 5


class WeekState(StrEnum):
    """Where a week stands with its article."""

    DONE = "done"
    NONE = "none"
    NOW = "now"
    COMING = "coming"
    HOLIDAY = "holiday"


WEEK_TITLES: dict[WeekState, LazyText] = {
    WeekState.DONE: lazy("has one"),
    WeekState.NONE: lazy("none"),
    WeekState.NOW: lazy("due this week"),
    WeekState.COMING: lazy("to come"),
    WeekState.HOLIDAY: lazy("holidays"),
}


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a term with the articles recommended in it; both days belong to it."""

    number: int
    monday: date
    sunday: date
    articles: tuple[Reading, ...]
    state: WeekState

    def to_json(self) -> dict[str, Any]:
        """Return the week as `readings weekly --json` prints it."""
        return {
            "week": self.number,
            "from": self.monday.isoformat(),
            "until": self.sunday.isoformat(),
            "state": self.state.value,
            "articles": [
                {
                    "id": one.id,
                    "title": one.title,
                    "author": one.author,
                    "recommended_by": one.recommended_by,
                    "date": one.date.isoformat() if one.date else None,
                }
                for one in self.articles
            ],
        }


@dataclass(frozen=True, slots=True)
class ReadBy:
    """What one member read in a term: each reading with the pieces that name it."""

    member: int
    name: str
    readings: tuple[tuple[Reading, tuple[Work, ...]], ...]

    @property
    def books(self) -> int:
        """How many of them are books."""
        return sum(reading.kind is ReadingKind.BOOK for reading, _works in self.readings)

    def to_json(self) -> dict[str, Any]:
        """Return the line as `readings read --json` prints it."""
        return {
            "member": self.member,
            "name": self.name,
            "books": self.books,
            "readings": [
                {"id": one.id, "title": one.title, "kind": one.kind.value, "works": [work.id for work in works]}
                for one, works in self.readings
            ],
        }


def weekly_articles(book: Book, *, term: Term | None = None, group: int | None = None) -> list[Week]:
    """Return the weeks of a term (the current one) with the articles recommended in each, by their dates.

    With a `group` its articles count and those for everybody. A week without workdays asks for none.
    """
    within = term or book.term
    found: dict[int, list[Reading]] = defaultdict(list)
    for reading in book.readings:
        meant = group is None or reading.group in {group, None}
        if reading.kind is ReadingKind.ARTICLE and reading.date is not None and meant:
            found[week_of(within, reading.date)].append(reading)
    holidays = {day.date for day in book.calendar if day.kind is DayKind.HOLIDAY}
    return [_week(book, within, number, found[number], holidays) for number in range(1, weeks_of(within) + 1)]


def _week(book: Book, term: Term, number: int, articles: list[Reading], holidays: set[date]) -> Week:
    monday = monday_of(term, number)
    sunday = monday + timedelta(days=6)
    off = all(monday + timedelta(days=day) in holidays for day in range(_WORKDAYS))
    if articles:
        state = WeekState.DONE
    elif off:
        state = WeekState.HOLIDAY
    elif sunday < book.today:
        state = WeekState.NONE
    else:
        state = WeekState.NOW if monday <= book.today else WeekState.COMING
    in_turn = sorted(articles, key=lambda one: (one.date or monday, one.title, one.id))
    return Week(number, monday, sunday, tuple(in_turn), state)


def read_by(
    book: Book, *, term: Term | None = None, group: int | None = None, member: int | None = None
) -> list[ReadBy]:
    """Return what each member read in a term (the current one): readings named by work that was not given back.

    Those of a group (everybody for None) in printed order, or one member; who read nothing is there too.
    """
    within = term or book.term
    works: dict[int, dict[int, list[Work]]] = defaultdict(lambda: defaultdict(list))
    for work in works_of(book, term=within, member=member):
        if work.reading is not None and work.status is not WorkStatus.RETURNED and work.reading in book.readings:
            works[work.member][work.reading].append(work)
    day = min(max(book.today, within.start), within.until)
    everybody = members_of(book, group, day) if group is not None else in_order(book, book.members.mapping())
    wanted = [book.members.get(member)] if member is not None else everybody
    return [
        ReadBy(
            one.id,
            name_of(book, one.id),
            tuple(
                sorted(((book.readings.get(it), tuple(pieces)) for it, pieces in works[one.id].items()), key=_in_turn)
            ),
        )
        for one in wanted
    ]


def _in_turn(read: tuple[Reading, tuple[Work, ...]]) -> tuple[bool, str, int]:
    """Return what puts books before articles, by their titles."""
    reading, _works = read
    return reading.kind is not ReadingKind.BOOK, reading.title, reading.id
