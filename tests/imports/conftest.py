"""Builders of files in the very form in which schools send them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from coordinator_tui.text import select_language

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Table = Iterable[Sequence[Any]]
BuildSheet = Callable[..., Path]


def fill(sheet: Worksheet, rows: Table) -> None:
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(number, column, value)


def with_number_format(cell: Any, identity: int) -> None:
    """Give a cell a built-in number format by its id, as Chinese Excel does."""
    cell.number_format = "0"
    cell._style = copy(cell._style)
    cell._style.numFmtId = identity


@pytest.fixture(autouse=True)
def in_english() -> None:
    """Read the sentences as their source has them."""
    select_language("en")


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Build an xlsx file: rows, merged ranges, hidden parts, number formats (code or built-in id) by cell."""

    def build(
        rows: Table,
        *,
        merge: Sequence[str] = (),
        hide_columns: str = "",
        hide_rows: Sequence[int] = (),
        formats: dict[str, str | int] | None = None,
        name: str = "名册.xlsx",
        others: dict[str, Table] | None = None,
        hidden_sheets: Sequence[str] = (),
        title: str = "教师",
    ) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = title
        fill(sheet, rows)
        for place, number_format in (formats or {}).items():
            if isinstance(number_format, int):
                with_number_format(sheet[place], number_format)
            else:
                sheet[place].number_format = number_format
        for reference in merge:
            sheet.merge_cells(reference)
        for letter in hide_columns:
            sheet.column_dimensions[letter].hidden = True
        for number in hide_rows:
            sheet.row_dimensions[number].hidden = True
        for other, table in (others or {}).items():
            fill(book.create_sheet(other), table)
        for hidden in hidden_sheets:
            book[hidden].sheet_state = "hidden"
        path = tmp_path / name
        book.save(path)
        return path

    return build


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Write bytes, or text in an encoding, under a name."""

    def write(content: str | bytes, encoding: str = "utf-8", name: str = "名册.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write
