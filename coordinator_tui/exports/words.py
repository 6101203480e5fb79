"""Dates and other small words of printed sheets, in the language in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.domain.vocabulary import NOT_TAKEN, Mark
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, pgettext

if TYPE_CHECKING:
    from datetime import date

BLANK = "＿＿＿＿＿＿＿＿"
"""A line to write on; wide characters, because plain underscores are markup in Markdown."""

_MARKS = {
    Mark.PRESENT.value: lazy("Present"),
    Mark.LATE.value: lazy("Late"),
    Mark.LEFT_EARLY.value: lazy("Left early"),
    Mark.SICK.value: lazy("Sick"),
    Mark.PERSONAL.value: lazy("Personal"),
    Mark.OFFICIAL.value: lazy("Official"),
    Mark.OTHER_LEAVE.value: lazy("Other leave"),
    Mark.ABSENT.value: lazy("Absent"),
    Mark.EXEMPT.value: lazy("Exempt"),
    NOT_TAKEN: lazy("Not taken"),
}


def mark_head(key: str) -> str:
    """Return the head of the column that counts a mark, or those not taken; shorter than the mark's title."""
    return str(_MARKS[key])


def weekday(day: date) -> str:
    """Return the day of the week, short: 三, Wed."""
    names = (
        pgettext("in a narrow column", "Mon"),
        pgettext("in a narrow column", "Tue"),
        pgettext("in a narrow column", "Wed"),
        pgettext("in a narrow column", "Thu"),
        pgettext("in a narrow column", "Fri"),
        pgettext("in a narrow column", "Sat"),
        pgettext("in a narrow column", "Sun"),
    )
    return names[day.weekday()]


def full_day(day: date) -> str:
    """Return a date with its day of the week."""
    return _("{date} ({weekday})").format(date=day.isoformat(), weekday=weekday(day))


def day_month(day: date) -> str:
    """Return a date without its year, as narrow as it can be: 9/16."""
    return f"{day.month}/{day.day}"


def period(since: date, until: date) -> str:
    """Return a time from a first to a last day."""
    return _("{since} to {until}").format(since=since.isoformat(), until=until.isoformat())


def term_words(code: str) -> str:
    """Return a term as it is written on paper: 2026-2027学年第一学期; the code as it is where it is none."""
    from coordinator_tui.domain.errors import DomainError
    from coordinator_tui.domain.terms import parse_term_code

    try:
        year, number = parse_term_code(code)
    except DomainError:
        return code
    text = _("School year {years}, first term") if number == 1 else _("School year {years}, second term")
    return text.format(years=f"{year}-{year + 1}")
