"""Values as people type them into forms: numbers and names; each check says what would be right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from coordinator_tui.text import clean
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.frame import is_for_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordinator_tui.book.book import Book

_DIGITS: Final = str.maketrans("０１２３４５６７８９，", "0123456789,")
_BETWEEN: Final = re.compile(r"[、，,；;\s]+")


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
