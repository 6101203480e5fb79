"""What an exported file is called where nobody says otherwise, such as 考勤表-语文教研组-2026-2027-1.xlsx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book.members import name_of
from coordinator_tui.exports.formats import SUFFIXES
from coordinator_tui.exports.lists import LIST_TITLES
from coordinator_tui.exports.save import file_name
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Group, Term
    from coordinator_tui.exports.formats import Format
    from coordinator_tui.exports.lists import ListName


def summary_name(
    book: Book, fmt: Format, *, term: Term | None = None, group: int | None = None, member: int | None = None
) -> str:
    """Return the name of a file with a term summary."""
    who = name_of(book, member) if member is not None else _group(book, group).name
    return file_name(_("Term summary"), who, (term or book.term).code, suffix=SUFFIXES[fmt])


def roll_sheet_name(book: Book, *, term: Term | None = None, group: int | None = None) -> str:
    """Return the name of a file with the attendance sheet of a term."""
    return file_name(_("Attendance sheet"), _group(book, group).name, (term or book.term).code, suffix=SUFFIXES["xlsx"])


def call_sheet_name(book: Book, session: int) -> str:
    """Return the name of a file with the empty sheet for a roll on paper."""
    one = book.sessions.get(session)
    known = book.groups.find(one.group)
    return file_name(_("Roll"), known.name if known else "", one.date.isoformat(), suffix=SUFFIXES["xlsx"])


def list_name(book: Book, what: ListName, fmt: Format, *, term: Term | None = None, group: int | None = None) -> str:
    """Return the name of a file with a list; lists of members and readings belong to no term."""
    who = book.groups.get(group).name if group is not None else book.school
    code = "" if what in {"members", "readings"} else (term or book.term).code
    return file_name(str(LIST_TITLES[what]), who, code, suffix=SUFFIXES[fmt])


def _group(book: Book, group: int | None) -> Group:
    return book.groups.get(group) if group is not None else book.group
