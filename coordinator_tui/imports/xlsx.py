"""Workbooks (.xlsx): cells with their number formats from openpyxl's fast reader, merges and hidden parts beside it."""

from __future__ import annotations

import re
import warnings
import zipfile
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any, Self
from xml.etree import ElementTree  # noqa: ICN001 - its own name says more than ET

from coordinator_tui.imports.grid import GENERAL, Cell, Grid, Merge, Row, column_index, column_letter, tidy
from coordinator_tui.imports.messages import ImportRefused, Notes
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coordinator_tui.imports.grid import Progress, Value

_YEAR_MONTH, _MONTH_DAY, _DAY = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
CHINESE_DATE_FORMATS = {
    **dict.fromkeys((27, 36, 50, 52, 57), _YEAR_MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_DAY),
    30: "m-d-yy",
    31: _DAY,
}
"""Built-in number formats of Chinese Excel and WPS (ECMA-376-1, 18.8.30, zh-cn); openpyxl shows them as General."""

_SERIAL_1904 = 1462
_BLANK_ROWS = 1000
_MAX_UNPACKED = 400_000_000
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_RANGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\bhidden=\"(?:1|true)\"[^>]*>")
_ATTRIBUTE = re.compile(rb'\b(min|max|hidden|r)="([^"]*)"')


@dataclass
class _Layout:
    """What openpyxl's fast reader leaves out of a sheet."""

    merges: tuple[Merge, ...] = ()
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()


@dataclass
class _Shown:
    """Memory of one sheet's walk: rows kept, and what of the hidden columns held something."""

    rows: list[Row] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)


class WorkbookFile:
    """An xlsx file that is open for reading; a context manager. Raises ImportRefused for a damaged file."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self._data = data
        self._workbook = _open(data, file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._workbook.close()

    def sheets(self) -> tuple[tuple[str, bool], ...]:
        """Name of each worksheet and whether it is visible, in the workbook's order."""
        return tuple((sheet.title, sheet.sheet_state == "visible") for sheet in self._workbook.worksheets)

    def read(self, name: str, *, limit: int | None = None, progress: Progress | None = None) -> Grid:
        """Return the grid of a sheet, at most `limit` rows of it (None: all)."""
        try:
            return _read(self._workbook[name], self.file, self._layouts.get(name, _Layout()), limit, progress)
        except (KeyError, ValueError, TypeError, IndexError, zipfile.BadZipFile, ElementTree.ParseError) as error:
            raise _damaged(self.file) from error

    @cached_property
    def _layouts(self) -> dict[str, _Layout]:
        """Layout by sheet name; sheets whose parts cannot be found have none."""
        with zipfile.ZipFile(BytesIO(self._data)) as archive:
            parts = _parts(archive)
            there = set(archive.namelist())
            return {name: _layout(archive.read(part)) for name, part in parts.items() if part in there}


def _open(data: bytes, file: str) -> Any:  # noqa: ANN401 - openpyxl's stubs give read-only workbooks no type of their own
    import openpyxl

    _refuse_other_zips(data, file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
    except Exception as error:  # openpyxl fails on a damaged workbook in any way at all
        raise _damaged(file) from error


def _damaged(file: str) -> ImportRefused:
    return ImportRefused(
        "xlsx-damaged",
        lazy("{file} is a damaged workbook. Open it in WPS or Excel, save it again as xlsx, and import that file."),
        file=file,
    )


def _refuse_other_zips(data: bytes, file: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            size = sum(info.file_size for info in archive.infolist())
    except zipfile.BadZipFile as error:
        raise _damaged(file) from error
    if size > _MAX_UNPACKED:
        raise ImportRefused("too-big", lazy("{file} unpacks to more than 400 MB; that is no roster."), file=file)
    if "xl/workbook.xml" not in names:
        raise ImportRefused(
            "not-a-workbook",
            lazy("{file} is not an xlsx workbook. Open it in WPS or Excel, save it as xlsx, and import that file."),
            file=file,
        )


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Path inside the archive of each sheet's part."""
    try:
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - expat bounds expansion
        targets = {each.get("Id"): each.get("Target", "") for each in relations}
        sheets = ElementTree.fromstring(archive.read("xl/workbook.xml")).iter()  # noqa: S314 - expat bounds expansion
        pairs = {each.get("name", ""): targets.get(each.get(_RELATION), "") for each in sheets if each.get(_RELATION)}
    except (KeyError, ElementTree.ParseError):
        return {}
    return {name: path.lstrip("/") if path.startswith("/") else f"xl/{path}" for name, path in pairs.items() if path}


def _layout(xml: bytes) -> _Layout:
    merges = tuple(
        Merge(int(top), _column(left), int(bottom), _column(right)) for left, top, right, bottom in _RANGE.findall(xml)
    )
    columns: set[int] = set()
    for tag in _COLUMN.findall(xml[: max(xml.find(b"sheetData"), 0)]):
        attributes = dict(_ATTRIBUTE.findall(tag))
        if attributes.get(b"hidden") in {b"1", b"true"}:
            first, last = int(attributes.get(b"min", b"1")), int(attributes.get(b"max", b"1"))
            columns.update(range(first - 1, min(last, first + 1024)))
    rows = {int(dict(_ATTRIBUTE.findall(tag)).get(b"r", b"0")) for tag in _ROW.findall(xml)}
    return _Layout(merges, frozenset(columns), frozenset(rows))


def _column(letters: bytes) -> int:
    return column_index(letters.decode()) or 0


def _read(
    sheet: Any,  # noqa: ANN401 - as in _open
    file: str,
    layout: _Layout,
    limit: int | None,
    progress: Progress | None,
) -> Grid:
    # A sheet's stated size is wrong in many exports ("A1" for a thousand rows): the rows are read to the end.
    total = sheet.max_row or 0
    sheet.reset_dimensions()
    shown = _Shown()
    offset = _SERIAL_1904 if getattr(sheet.parent.epoch, "year", 1899) == 1904 else 0
    for number, cells in enumerate(_until_blank(sheet.iter_rows()), start=1):
        if limit is not None and len(shown.rows) >= limit:
            break
        _take(shown, layout, number, cells, offset)
        if progress is not None and number % 500 == 0:
            progress(number, max(total, number))
    if progress is not None and shown.rows:
        progress(shown.rows[-1].number, shown.rows[-1].number)
    notes = Notes()
    _note_hidden(notes, sheet.title, shown)
    return Grid(file, sheet.title, shown.rows, "xlsx", "xlsx", notes, layout.merges, offset, total)


def _until_blank(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Yield rows up to a long run of blank ones: sheets formatted to the bottom have a million of them."""
    blank = 0
    for cells in rows:
        blank = 0 if any(cell.value is not None for cell in cells) else blank + 1
        if blank > _BLANK_ROWS:
            return
        yield cells


def _take(shown: _Shown, layout: _Layout, number: int, cells: Sequence[Any], offset: int) -> None:
    taken = [_cell(cell, number, column, offset) for column, cell in enumerate(cells)]
    if layout.hidden_columns:
        hidden = {cell.column for cell in taken if cell.text and cell.column in layout.hidden_columns}
        shown.hidden_columns |= hidden
        taken = [Cell(None, "", GENERAL, number, cell.column) if cell.column in hidden else cell for cell in taken]
    while taken and not taken[-1].text:
        taken.pop()
    if taken and number in layout.hidden_rows:
        shown.hidden_rows.append(number)
    elif taken:
        shown.rows.append(Row(number, tuple(taken)))


def _cell(cell: Any, row: int, column: int, offset: int) -> Cell:  # noqa: ANN401 - openpyxl's two kinds of read-only cell
    value = cell.value
    if value is None or cell.data_type == "e":
        return Cell(None, "", GENERAL, row, column)
    if isinstance(value, str):
        return Cell(value, tidy(value), GENERAL, row, column)
    chinese = CHINESE_DATE_FORMATS.get(cell.style_array.numFmtId) if cell.data_type == "n" else None
    if chinese and isinstance(value, (int, float)) and 1 <= value < 200_000:
        from openpyxl.utils.datetime import from_excel

        value = from_excel(value + offset)
    number_format = chinese or cell.number_format or GENERAL
    return Cell(value, value_text(value, number_format), number_format, row, column)


def value_text(value: Value, number_format: str = GENERAL) -> str:
    """Text of a stored value, near to what the sheet shows: 1985.1 under the format 0.00 is "1985.10"."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number_text(value, number_format)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M")
    return tidy(str(value))


def _number_text(value: float, number_format: str) -> str:
    decimals = re.fullmatch(r"0\.(0+)_?\s?", number_format)
    if decimals:
        return f"{value:.{len(decimals[1])}f}"
    if value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    return f"{value:.12g}" if abs(value) < 1e12 else repr(value)


def _note_hidden(notes: Notes, sheet: str, shown: _Shown) -> None:
    if shown.hidden_columns:
        letters = tuple(column_letter(column) for column in sorted(shown.hidden_columns))
        notes.add(
            lazy("Hidden columns of the sheet {sheet} were left out: {columns}. Show them in the file to import them."),
            sheet=sheet,
            columns=letters,
        )
    for row in shown.hidden_rows:
        text = lazy("Hidden rows of the sheet {sheet} were left out: {rows}. Show them in the file to import them.")
        notes.add(text, row, sheet=sheet)
