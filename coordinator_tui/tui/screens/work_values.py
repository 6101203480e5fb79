"""Values as people type them into forms: dates, numbers, names; each check says what would be right."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from coordinator_tui.text import clean
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.frame import is_for_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordinator_tui.book.book import Book

_WORDS: Final = {"today": 0, "今天": 0, "yesterday": -1, "昨天": -1, "tomorrow": 1, "明天": 1}
_DIGITS: Final = str.maketrans("０１２３４５６７８９－／．，", "0123456789-/.,")
_BETWEEN: Final = re.compile(r"[、，,；;\s]+")


def read_day(text: str, today: date) -> date | None:
    """Read 2026-10-15, 2026/10/15, 20261015, 2026年10月15日, 10-15 (the nearest), today, 昨天; else None."""
    plain = clean(text).strip().casefold().translate(_DIGITS)
    if plain in _WORDS:
        return today + timedelta(days=_WORDS[plain])
    if re.fullmatch(r"\d{8}", plain):
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    found = re.fullmatch(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?", plain)
    if found is None:
        return None
    years = [int(found[1])] if found[1] else [today.year - 1, today.year, today.year + 1]
    days = [day for year in years if (day := _day(year, int(found[2]), int(found[3]))) is not None]
    return min(days, key=lambda day: abs(day - today), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_check(today: date) -> Callable[[str], str | None]:
    """Return a form's check for a date."""

    def check(text: str) -> str | None:
        if read_day(text, today) is not None:
            return None
        return _("“{text}” is not a date; write it as {example}.").format(text=text, example=today.isoformat())

    return check


def number_check(text: str) -> str | None:
    """Check a form's whole number."""
    return None if read_number(text) is not None else _("“{text}” is not a whole number.").format(text=text)


def read_number(text: str) -> int | None:
    """Read a whole number from 0 on; None for anything else."""
    plain = clean(text).strip().translate(_DIGITS).replace(",", "")
    return int(plain) if plain.isascii() and plain.isdecimal() else None


def split_names(text: str) -> list[str]:
    """Return the names in a line, parted by commas, stops or spaces."""
    return [name for name in _BETWEEN.split(text.strip()) if name]


def read_members(book: Book, text: str, group: int | None) -> tuple[int, ...]:
    """Return the members named in a line; NoSuchThing or DecisionNeeded for a name that is not one member's."""
    from coordinator_tui.book.members import find_member

    return tuple(dict.fromkeys(find_member(book, name, group=group).id for name in split_names(text)))


def members_check(book: Book, group: int | None) -> Callable[[str], str | None]:
    """Return a form's check for a line of names."""

    def check(text: str) -> str | None:
        try:
            read_members(book, text, group)
        except Exception as error:
            if not is_for_people(error):
                raise
            return str(error)
        return None

    return check
