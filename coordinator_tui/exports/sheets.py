"""Tables and reports as workbooks ready to print: one sheet for the sentences, one for each table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.exports.formats import shown
from coordinator_tui.exports.table import Report, Table
from coordinator_tui.exports.workbook import (
    LINE_HEIGHT,
    lines_in,
    new_sheet,
    new_workbook,
    page,
    put,
    put_title,
    set_widths,
    to_bytes,
)
from coordinator_tui.text import cells

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from coordinator_tui.exports.table import Column
    from coordinator_tui.exports.workbook import Look

_PAGE_CELLS = 72
_LEAST_CELLS = 64
_WIDEST = 40
_NARROWEST = 6
_LOOKS: dict[str, Look] = {"text": "text", "number": "number", "date": "date", "ratio": "ratio"}


def workbook_of(thing: Table | Report) -> bytes:
    """Return the bytes of the workbook of a table (one sheet) or a report (sentences first, then its tables)."""
    if isinstance(thing, Table):
        book = new_workbook(thing.title, max(thing.dates(), default=None))
        plain_sheet(book, thing)
    else:
        book = new_workbook(thing.title, thing.day)
        _report_sheet(book, thing)
        head = "    ".join(f"{label}：{value}" for label, value in thing.head if value)
        for section in thing.sections:
            for table in section.tables:
                titled_sheet(book, table, head)
    return to_bytes(book)


def plain_sheet(book: Workbook, table: Table) -> None:
    """Add a sheet that begins with the header in its first row, as lists that shall be imported again do."""
    sheet = new_sheet(book, table.title)
    _body(sheet, table, 1, _widths(table))
    page(sheet, landscape=table.landscape, repeat=(1, 1), foot=table.title)


def titled_sheet(book: Workbook, table: Table, head: str = "") -> None:
    """Add a sheet with the table's title over its header and its notes and signatures below."""
    sheet = new_sheet(book, table.title)
    width = len(table.columns)
    widths = _stretched(_widths(table))
    put_title(sheet, table.title, widths)
    row = 2
    if head:
        put(sheet, row, 1, head, "bare", span=width)
        sheet.row_dimensions[row].height = LINE_HEIGHT * lines_in(head, sum(widths)) + 4
        row += 1
    end = _body(sheet, table, row, widths)
    for note in table.notes:
        put(sheet, end, 1, note, "bare", span=width)
        sheet.row_dimensions[end].height = LINE_HEIGHT * lines_in(note, sum(widths)) + 2
        end += 1
    if table.footer:
        put(sheet, end + 1, 1, "        ".join(table.footer), "bare", span=width)
    page(sheet, landscape=table.landscape, repeat=(1, row), foot=table.title)


def _body(sheet: Worksheet, table: Table, top: int, widths: list[float]) -> int:
    """Write header and rows from row `top` on; return the row after them."""
    for number, column in enumerate(table.columns, 1):
        put(sheet, top, number, column.header, "head")
    row = top
    for row, values in enumerate(table.rows, top + 1):
        for number, (column, value) in enumerate(zip(table.columns, values, strict=True), 1):
            put(sheet, row, number, value, _LOOKS[column.kind])
        lines = max(map(lines_in, map(shown, table.columns, values), widths))
        if lines > 1:
            sheet.row_dimensions[row].height = LINE_HEIGHT * lines + 2
    set_widths(sheet, widths)
    sheet.freeze_panes = f"A{top + 1}"
    return row + 1


def _widths(table: Table) -> list[float]:
    """Return the width of each column: that of the longest of its texts, within bounds."""
    return [float(_longest(column, table, at)) for at, column in enumerate(table.columns)]


def _longest(column: Column, table: Table, at: int) -> int:
    texts = (line for row in table.rows for line in shown(column, row[at]).split("\n"))
    longest = max((cells(text) for text in texts), default=0)
    return max(min(longest, column.width or _WIDEST), cells(column.header), _NARROWEST)


def _stretched(widths: list[float]) -> list[float]:
    """Widen the columns of a narrow table, so that the lines above and below it have room."""
    factor = max(1.0, _LEAST_CELLS / sum(widths))
    return [width * factor for width in widths]


def _report_sheet(book: Workbook, report: Report) -> None:
    sheet = new_sheet(book, report.title)
    put_title(sheet, report.title, [_PAGE_CELLS])
    row = 2
    for label, value in report.head:
        put(sheet, row, 1, f"{label}：{value}", "bare")
        row += 1
    for section in report.sections:
        sheet.row_dimensions[row].height = LINE_HEIGHT / 2
        row = _sentences(sheet, row + 1, section.title, section.paragraphs)
    row = _sentences(sheet, row, "", report.notes)
    put(sheet, row + 1, 1, "        ".join(report.footer), "bare")
    set_widths(sheet, [_PAGE_CELLS])
    page(sheet, landscape=False, repeat=None, foot=report.title, one_page=row <= _ROWS_OF_A_PAGE)


_ROWS_OF_A_PAGE = 60
"""Rows of sentences that are made to fit one page."""


def _sentences(sheet: Worksheet, row: int, title: str, paragraphs: tuple[str, ...]) -> int:
    if title:
        put(sheet, row, 1, title, "bold")
        sheet.row_dimensions[row].height = LINE_HEIGHT + 5
        row += 1
    for paragraph in paragraphs:
        put(sheet, row, 1, paragraph, "bare")
        sheet.row_dimensions[row].height = LINE_HEIGHT * lines_in(paragraph, _PAGE_CELLS) + 2
        row += 1
    return row
