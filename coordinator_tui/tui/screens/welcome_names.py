"""Names typed or pasted into one field become members, in one step, where nothing about them is unclear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book.errors import Refused
from coordinator_tui.book.import_members import commit_import, plan_import
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext
from coordinator_tui.tui.screens.lines_input import TextDialog

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book


def names_dialog(book: Book, told: list[str]) -> TextDialog:
    """Return the dialog; what was added is told as a sentence in `told`, which stays empty if something is unclear."""

    def save(text: str) -> None:
        said = add_names(book, text)
        if said:
            told.append(said)

    return TextDialog(
        _("Names: one on each line, or a pasted list"), save=save, placeholder=_("张三、李四、王五 …   F2 saves")
    )


def add_names(book: Book, text: str) -> str | None:
    """Add the people in a text to the book's group, and say how many; None, and nothing written, if it must be asked.

    Raises Refused for an empty text, ImportRefused for one that holds no names.
    """
    from coordinator_tui.imports.roster import read_roster

    if not text.strip():
        raise Refused(lazy("Type at least one name."))
    reading = read_roster(text)
    plan = plan_import(book, reading.rows, group=book.group.id)
    if reading.refusals or plan.refused or plan.questions:
        return None
    added = commit_import(plan).added
    said = ngettext("{count} member added; u takes it back.", "{count} members added; u takes it back.", added)
    return said.format(count=added)
