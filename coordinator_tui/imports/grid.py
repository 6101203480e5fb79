"""What every reader makes of its file: a grid of cells that know their place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from coordinator_tui.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime, time, timedelta

    from coordinator_tui.imports.messages import Notes

    Value = str | int | float | bool | datetime | date | time | timedelta | None
    Progress = Callable[[int, int], None]
    """Called with what is done and what there is to do (0 when that is not known)."""

GENERAL = "General"
_GUARD = re.compile(r"^'(?='*\s*(?:[=+@＝＋＠]|[-－].))")


@lru_cache(maxsize=1024)
def column_letter(index: int) -> str:
    """Letters of the column with this index, from 0: 0 is A, 26 is AA."""
    letters = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        letters = chr(ord("A") + rest) + letters
        index -= 1
    return letters


def column_index(letters: str) -> int | None:
    """Index from 0 of the column with these letters, None when it is no column's name."""
    letters = letters.strip().upper()
    if not (0 < len(letters) <= 3 and letters.isascii() and letters.isalpha()):
        return None
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


class Cell(NamedTuple):
    """One cell: the value as stored, its text without invisible characters and outer spaces, its format, its place.

    `row` counts from 1 as the file does, `column` from 0.
    """

    value: Value
    text: str
    number_format: str
    row: int
    column: int

    @property
    def column_letter(self) -> str:
        """Letters of the cell's column."""
        return column_letter(self.column)


def text_cell(text: str, row: int, column: int) -> Cell:
    """Cell of a text file, without the apostrophe that guards text which a spreadsheet might compute ('=1, '+86 …)."""
    tidied = _GUARD.sub("", tidy(text))
    return Cell(tidied or None, tidied, GENERAL, row, column)


@lru_cache(maxsize=32768)
def tidy(text: str) -> str:
    """Text without invisible characters, ends of lines and outer spaces of any kind."""
    return clean(text).strip()


class Row(NamedTuple):
    """The cells of one row from column 0 on, up to the last one with a value."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """Cell of that column, an empty one where the row has none."""
        if column < len(self.cells):
            return self.cells[column]
        return Cell(None, "", GENERAL, self.number, column)

    def filled(self) -> list[Cell]:
        """Cells that hold a text."""
        return [cell for cell in self.cells if cell.text]


class Merge(NamedTuple):
    """A merged range; rows from 1, columns from 0, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Grid:
    """One sheet, table or text as rows that hold at least one text; `kind` is xlsx, html, text or names.

    `serial_offset` is added to date serials (1462 in workbooks that count from 1904). Rows and columns that the sheet
    hides are not among `rows`; `notes` tell of them.
    """

    source: str
    sheet: str | None
    rows: list[Row]
    encoding: str
    kind: str
    notes: Notes
    merges: tuple[Merge, ...] = ()
    serial_offset: int = 0
    total_rows: int = field(default=0)

    @cached_property
    def _anchors(self) -> dict[tuple[int, int], Cell]:
        """The cell that lends its value, for each other place of a merged range that has rows here."""
        rows = {row.number: row for row in self.rows}
        last = max(rows, default=0)
        found = {}
        for merge in self.merges:
            owner = rows[merge.top].cell(merge.left) if merge.top in rows else None
            if owner is None or not owner.text:
                continue
            for number in range(merge.top, min(merge.bottom, last) + 1):
                for column in range(merge.left, min(merge.right, merge.left + 256) + 1):
                    found[number, column] = owner
        return found

    def merged(self, row: int, column: int) -> Cell | None:
        """Return the cell whose value a merged range shows at this place, None outside of merged ranges."""
        return self._anchors.get((row, column))

    @cached_property
    def columns_merged_down(self) -> frozenset[int]:
        """Columns in which some range is merged over several rows."""
        return frozenset(merge.left for merge in self.merges if merge.bottom > merge.top)
