"""Where one is: group, term, week and date, as the title line says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.text import gettext as _
from coordinator_tui.tui.frame import is_for_people

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book


def place_of(book: Book) -> tuple[str, ...]:
    """Return ("七年级语文备课组", "2026-2027-1", "week 12", "11-21"), without what the book does not have."""
    return _group(book), *_time(book)


def _group(book: Book) -> str:
    try:
        return book.group.name
    except Exception as error:
        if not is_for_people(error):
            raise
        return book.name


def _time(book: Book) -> tuple[str, ...]:
    from coordinator_tui.domain.terms import week_of

    day = book.today
    shown = f"{day:%m-%d}"
    try:
        term = book.term
    except Exception as error:
        if not is_for_people(error):
            raise
        return (shown,)
    return term.code, _("week {number}").format(number=week_of(term, day)), shown
