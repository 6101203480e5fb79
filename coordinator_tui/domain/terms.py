"""Terms and their weeks: codes such as "2026-2027-1", week numbers, which term a day belongs to."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from coordinator_tui.domain.errors import DomainError
from coordinator_tui.domain.records import Term
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

_CODE = re.compile(r"([12]\d{3})-([12]\d{3})-([12])")
_SATURDAY = 6
_AUGUST = 8


def parse_term_code(code: str) -> tuple[int, int]:
    """Read `"2026-2027-1"` as (2026, 1): the year in which the school year begins, and which term of it.

    Raises DomainError for anything else.
    """
    found = _CODE.fullmatch(code.strip())
    if found is None or int(found[2]) != int(found[1]) + 1:
        raise DomainError(
            lazy("“{code}” is not a term; write it like 2026-2027-1 (first term) or 2026-2027-2 (second term)."),
            field="term",
            code=code,
        )
    return int(found[1]), int(found[3])


def term_code(year: int, number: int) -> str:
    """Write (2026, 1) as "2026-2027-1"."""
    return f"{year}-{year + 1}-{number}"


def next_term_code(code: str) -> str:
    """Return the code of the term after `code`."""
    year, number = parse_term_code(code)
    return term_code(year, 2) if number == 1 else term_code(year + 1, 1)


def term_code_on(day: date) -> str:
    """Return the code of the term that a day usually belongs to; August already prepares the first term."""
    if day.month >= _AUGUST:
        return term_code(day.year, 1)
    return term_code(day.year - 1, 1 if day.month == 1 else 2)


def school_year(day: date) -> str:
    """Return the school year of a day, "2026-2027": 1 September to 31 August."""
    year = day.year if day.month > _AUGUST else day.year - 1
    return f"{year}-{year + 1}"


def default_term(code: str) -> Term:
    """Return a term with the usual dates, for people to correct; its id is 0.

    First term 1 September to 31 January, second 15 February to 10 July; week 1 is the week of the first school day.
    """
    year, number = parse_term_code(code)
    start, until = (
        (date(year, 9, 1), date(year + 1, 1, 31)) if number == 1 else (date(year + 1, 2, 15), date(year + 1, 7, 10))
    )
    return Term(id=0, code=term_code(year, number), start=start, until=until, first_monday=first_monday(start))


def first_monday(start: date) -> date:
    """Return the Monday of week 1: of the week of `start`, or of the next week where that is at a weekend."""
    monday = start - timedelta(days=start.weekday())
    return monday + timedelta(days=7) if start.isoweekday() >= _SATURDAY else monday


def week_of(term: Term, day: date) -> int:
    """Return the number of the week of `day`, counted from `term.first_monday`: 1 there, 0 or less before it."""
    return (day - term.first_monday).days // 7 + 1


def monday_of(term: Term, week: int) -> date:
    """Return the first day of week number `week`, a Monday where `first_monday` is one."""
    return term.first_monday + timedelta(days=7 * (week - 1))


def weeks_of(term: Term) -> int:
    """Return the number of the last week of the term."""
    return week_of(term, term.until)


def in_term(term: Term, day: date) -> bool:
    """Tell whether `day` lies in the term; its first and last day do."""
    return term.start <= day <= term.until


def term_of(terms: Iterable[Term], day: date) -> Term | None:
    """Return the term that `day` lies in; the one that began last where terms overlap; None in the holidays."""
    return max((term for term in terms if in_term(term, day)), key=lambda term: term.start, default=None)
