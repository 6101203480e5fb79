"""Workbooks with the same bytes for the same data: cells, looks, pages, and the archive itself."""

from __future__ import annotations

import io
import zipfile
from copy import copy
from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast
from weakref import WeakKeyDictionary
from xml.etree import ElementTree as ET

from coordinator_tui.exports.neutral import dangerous
from coordinator_tui.exports.table import share
from coordinator_tui.text import cells, clean, current_language, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill
    from openpyxl.worksheet.properties import PageSetupProperties
    from openpyxl.worksheet.worksheet import Worksheet

    from coordinator_tui.exports.table import Value

Look = Literal[
    "title", "line", "head", "text", "center", "number", "ratio", "date", "small", "bare", "bold", "faint", "tight"
]

LINE_HEIGHT = 15.0
"""Points that one line of the body's size takes."""
_NO_DATE = date(2000, 1, 1)
_ARCHIVE_TIME = (1980, 1, 1, 0, 0, 0)
_TITLE_MOST = 31
_NOT_IN_TITLES = str.maketrans("[]:*?/\\", "（）：＊？／＼")
_GREY = {"head", "tight", "faint"}
_BORDERED = {*_GREY, "text", "center", "number", "ratio", "date", "small"}
_FORMATS = {"ratio": "0.0%", "date": "yyyy-mm-dd"}
_WRAPPED = {"title", "text", "head", "tight", "bare", "small", "center"}
_ALIGN = {"text": "left", "bare": "left", "bold": "left"}
_SIZES = {"title": 16.0, "small": 9.0, "tight": 9.0}
_BODY_SIZE = 10.5
_APP = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"><Application>coordinator-tui</Application></Properties>'
)
_XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def new_workbook(title: str, day: date | None) -> Workbook:
    """Return an empty workbook without sheets whose properties say `title` and the date of the data."""
    from openpyxl import Workbook

    book = Workbook()
    del book[book.sheetnames[0]]
    made = datetime.combine(day or _NO_DATE, time())
    book.properties.title = clean(title)
    book.properties.creator = "coordinator-tui"
    book.properties.created = made
    book.properties.modified = made
    return book


def new_sheet(book: Workbook, title: str) -> Worksheet:
    """Add a sheet; its title is made one that spreadsheets accept and that no other sheet has."""
    base = _fitting(clean(title).translate(_NOT_IN_TITLES).strip("' "), _TITLE_MOST) or "Sheet"
    name, number = base, 2
    taken = {known.casefold() for known in book.sheetnames}
    while name.casefold() in taken:
        ending = f" {number}"
        name, number = _fitting(base, _TITLE_MOST - len(ending)) + ending, number + 1
    sheet: Worksheet = book.create_sheet(name)
    return sheet


def _fitting(text: str, most: int) -> str:
    """Cut to what fits in `most` UTF-16 units, as spreadsheets count."""
    while len(text.encode("utf-16-le")) // 2 > most:
        text = text[:-1]
    return text


# cells


def put(sheet: Worksheet, row: int, column: int, value: Value, look: Look = "text", *, span: int = 1) -> None:
    """Write a value with its look; text stays text whatever it begins with. `span` merges columns to the right.

    Rows and columns count from 1.
    """
    text = clean(value, lines=True) if isinstance(value, str) else None
    manner = _Manner(look, text is not None, dangerous(text) if text else False)
    _style(sheet, row, column, manner)
    cell = sheet.cell(row, column)
    if text:
        cell.value = text
        cell.data_type = "s"
    elif value is not None and text is None:
        cell.value = share(value) if look == "ratio" and isinstance(value, float) else value
    for beside in range(column + 1, column + span):
        _style(sheet, row, beside, manner)
    if span > 1:
        sheet.merge_cells(start_row=row, start_column=column, end_row=row, end_column=column + span - 1)


def put_title(sheet: Worksheet, text: str, widths: Sequence[float]) -> None:
    """Write the title over all columns in the first row, on as many lines as it needs."""
    put(sheet, 1, 1, text, "title", span=len(widths))
    sheet.row_dimensions[1].height = 24 * lines_in(text, sum(widths) / 1.7) + 7


class _Manner(NamedTuple):
    """Everything that decides how a cell is styled; `quoted` marks text that might be taken for a formula."""

    look: Look
    text: bool
    quoted: bool


_PATTERNS: WeakKeyDictionary[Workbook, dict[_Manner, Any]] = WeakKeyDictionary()


def _style(sheet: Worksheet, row: int, column: int, manner: _Manner) -> None:
    """Style a cell; the second of its manner takes over the numbers of the first, which is five times as fast."""
    cell: Any = sheet.cell(row, column)
    known = _PATTERNS.setdefault(cast("Workbook", sheet.parent), {})
    if manner not in known:
        _style_first(cell, manner)
        known[manner] = cell._style  # noqa: SLF001 - what the library itself copies when it copies a cell
    else:
        cell._style = copy(known[manner])  # noqa: SLF001 - as above


def _style_first(cell: Any, manner: _Manner) -> None:  # noqa: ANN401 - a cell or a merged one, which the stubs part
    look = manner.look
    cell.font = _font(look, current_language())
    cell.alignment = _alignment(look)
    if look in _BORDERED:
        cell.border = _border()
    if look in _GREY:
        cell.fill = _grey()
    if manner.text and look in _BORDERED - _GREY:
        cell.number_format = "@"
    elif look in _FORMATS:
        cell.number_format = _FORMATS[look]
    if manner.quoted:
        cell.quotePrefix = True


@cache
def _font(look: Look, language: str) -> Font:
    from openpyxl.styles import Font

    body, heading = ("Calibri", "Calibri") if language == "en" else ("宋体", "黑体")
    name = heading if look in {"title", "head", "tight"} else body
    return Font(name=name, size=_SIZES.get(look, _BODY_SIZE), bold=look in {"title", "head", "tight", "bold"})


@cache
def _alignment(look: Look) -> Alignment:
    from openpyxl.styles import Alignment

    return Alignment(horizontal=_ALIGN.get(look, "center"), vertical="center", wrap_text=look in _WRAPPED or None)


@cache
def _border() -> Border:
    from openpyxl.styles import Border, Side

    thin = Side(style="thin", color="FF000000")
    return Border(left=thin, right=thin, top=thin, bottom=thin)


@cache
def _grey() -> PatternFill:
    from openpyxl.styles import PatternFill

    return PatternFill("solid", start_color="FFE7E6E6", end_color="FFE7E6E6")


# pages


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Set the widths of the columns from the first on, in display cells of what they shall hold."""
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width + 1.7


def page(
    sheet: Worksheet, *, landscape: bool, repeat: tuple[int, int] | None, foot: str, one_page: bool = False
) -> None:
    """Make the sheet A4, one page wide and as many high as needed, with `repeat` (rows) at the head of every page.

    `foot` is printed at the foot of every page, with the page's number; `one_page` lets nothing run over.
    """
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = int(one_page)
    sheet.sheet_properties.pageSetUpPr = _fit_to_page()
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.7, 0.3, 0.35
    if repeat:
        sheet.print_title_rows = f"{repeat[0]}:{repeat[1]}"
    footer = sheet.oddFooter
    assert footer is not None
    assert footer.left is not None
    assert footer.right is not None
    footer.left.text = fit(clean(foot), 120, ellipsis="…").rstrip().replace("&", "&&")
    footer.right.text = "&P / &N"


def _fit_to_page() -> PageSetupProperties:
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)


# the archive


def to_bytes(book: Workbook) -> bytes:
    """Return the workbook as a file whose bytes depend on its content alone.

    Neither the clock nor the XML and compression libraries at hand leave a trace: parts are in canonical XML (C14N),
    sorted, dated 1980 and stored uncompressed (mail and zip programs compress them as well).
    """
    from openpyxl.writer.excel import ExcelWriter

    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as archive:
        ExcelWriter(book, archive).write_data()
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(made.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            text = _APP if name == "docProps/app.xml" else made.read(name).decode("utf-8")
            part = zipfile.ZipInfo(name, _ARCHIVE_TIME)
            part.create_system = 3
            archive.writestr(part, _XML_HEAD + ET.canonicalize(text))
    return out.getvalue()


def lines_in(text: str, width: float) -> int:
    """Return how many lines `text` takes in a column of `width` display cells."""
    return sum(max(1, -(-cells(line) // max(int(width), 1))) for line in text.split("\n"))
