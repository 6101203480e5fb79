"""The legend as it is printed on every sheet: which sign stands for which mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book.legends import legend, legend_in_force
from coordinator_tui.domain.vocabulary import Mark, title
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.legends import Legend


def legend_named(book: Book, name: str | None) -> Legend:
    """Return the legend of that name, the book's own for None; NoSuchThing for one that there is none of."""
    return legend_in_force(book) if name is None else legend(name)


def late_sign() -> str:
    """Return the sign behind a mark that was entered late (补记)."""
    return _("†")


def legend_line(signs: Legend, *, late_entries: bool = False, matrix: bool = True) -> str:
    """Return the legend in one line; `matrix` explains empty and grey cells, `late_entries` the sign for those."""
    parts = [f"{signs.glyphs[mark]} {title(mark)}" for mark in Mark]
    if matrix:
        parts += [_("empty: not taken"), _("grey: not a member on that day")]
    if late_entries:
        parts.append(_("{sign}: entered late").format(sign=late_sign()))
    return _("Legend: {signs}").format(signs="   ".join(parts))
