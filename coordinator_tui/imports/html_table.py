"""Tables in HTML, which many school systems hand out under the name of .xls, and in Excel's XML of 2003."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree  # noqa: ICN001 - its own name says more than ET

from coordinator_tui.imports.grid import Cell, Grid, Merge, Row, text_cell
from coordinator_tui.imports.messages import ImportRefused, Notes
from coordinator_tui.text import lazy

_MAX_SPAN = 1000
_XML_2003 = "{urn:schemas-microsoft-com:office:spreadsheet}"


class _Sheet:
    """A table being built: cells fall into the next free column, ranges already spanned are skipped."""

    def __init__(self) -> None:
        self.rows: list[dict[int, str]] = []
        self.merges: list[Merge] = []
        self._taken: set[tuple[int, int]] = set()

    def new_row(self, number: int | None = None) -> None:
        """Begin the next row, or the one with this number."""
        while number is not None and len(self.rows) < number - 1:
            self.rows.append({})
        self.rows.append({})

    def put(self, text: str, down: int, across: int, column: int | None = None) -> None:
        """Add a cell that covers `down` rows and `across` columns."""
        if not self.rows:
            self.new_row()
        row = len(self.rows)
        at = column if column is not None else self._free_column(row)
        self.rows[-1][at] = text
        down, across = min(max(down, 1), _MAX_SPAN), min(max(across, 1), _MAX_SPAN)
        self._taken.update((row + below, at + beside) for below in range(down) for beside in range(across))
        if down > 1 or across > 1:
            self.merges.append(Merge(row, at, row + down - 1, at + across - 1))

    def _free_column(self, row: int) -> int:
        column = 0
        while (row, column) in self._taken:
            column += 1
        return column

    def grid(self, file: str, sheet: str | None, encoding: str) -> Grid:
        """Return the table as a grid."""
        rows = [_row(number, texts) for number, texts in enumerate(self.rows, start=1)]
        filled = [row for row in rows if row.filled()]
        return Grid(file, sheet, filled, encoding, "html", Notes(), tuple(self.merges), 0, len(rows))


def _row(number: int, texts: dict[int, str]) -> Row:
    width = max(texts, default=-1) + 1
    cells: list[Cell] = [text_cell(texts.get(column, ""), number, column) for column in range(width)]
    while cells and not cells[-1].text:
        cells.pop()
    return Row(number, tuple(cells))


class _Tables(HTMLParser):
    """Collects every table; a table inside a cell counts as a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Sheet] = []
        self._open: list[_Sheet] = []
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._end_cell()
            self._open.append(_Sheet())
            self.tables.append(self._open[-1])
        elif tag in {"script", "style"}:
            self._hidden += 1
        elif self._open and tag == "tr":
            self._end_cell()
            self._open[-1].new_row()
        elif self._open and tag in {"td", "th"}:
            self._end_cell()
            spans = dict(attrs)
            self._cell, self._span = [], (_span(spans.get("rowspan")), _span(spans.get("colspan")))
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self._end_cell()
        if tag == "table" and self._open:
            self._open.pop()
        elif tag in {"script", "style"} and self._hidden:
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._hidden:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None and self._open:
            self._open[-1].put(" ".join("".join(self._cell).split()), *self._span)
        self._cell = None


def _span(text: str | None) -> int:
    return int(text) if text and text.strip().isdecimal() else 1


def read_tables(text: str, file: str, encoding: str) -> list[Grid]:
    """Every table of an HTML page that holds something. Raises ImportRefused when there is none."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    sheets = [table for table in parser.tables if any(table.rows)]
    grids = [table.grid(file, f"table {place}", encoding) for place, table in enumerate(sheets, start=1)]
    grids = [grid for grid in grids if grid.rows]
    if not grids:
        raise ImportRefused(
            "html-no-table",
            lazy(
                "{file} is a web page without a table. Open it in WPS or Excel, save it as xlsx, and import that file."
            ),
            file=file,
        )
    return grids


def is_xml_workbook(text: str) -> bool:
    """Whether the text is an XML spreadsheet of Excel 2003."""
    return "urn:schemas-microsoft-com:office:spreadsheet" in text[:2000]


def read_xml_workbook(text: str, file: str, encoding: str) -> list[Grid]:
    """Worksheets of an XML spreadsheet of Excel 2003. Raises ImportRefused when it is damaged."""
    try:
        root = ElementTree.fromstring(_without_declaration(text))  # noqa: S314 - expat bounds expansion
    except (ElementTree.ParseError, ValueError) as error:
        raise ImportRefused(
            "xml-damaged",
            lazy("{file} is a damaged XML workbook. Open it in WPS or Excel, save it as xlsx, and import that file."),
            file=file,
        ) from error
    sheets = root.iter(f"{_XML_2003}Worksheet")
    return [_xml_sheet(sheet).grid(file, sheet.get(f"{_XML_2003}Name"), encoding) for sheet in sheets]


def _without_declaration(text: str) -> str:
    """Drop what stands before the first element: its encoding is that of the file, and the text is decoded already."""
    return re.sub(r"^.*?<\?xml[^>]*\?>", "", text, count=1, flags=re.DOTALL).lstrip("\ufeff")


def _xml_sheet(worksheet: ElementTree.Element) -> _Sheet:
    sheet = _Sheet()
    for row in worksheet.iter(f"{_XML_2003}Row"):
        sheet.new_row(_number(row.get(f"{_XML_2003}Index")))
        for cell in row.iter(f"{_XML_2003}Cell"):
            index = _number(cell.get(f"{_XML_2003}Index"))
            down, across = (_number(cell.get(_XML_2003 + name)) or 0 for name in ("MergeDown", "MergeAcross"))
            sheet.put(_data(cell), down + 1, across + 1, None if index is None else index - 1)
    return sheet


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _data(cell: ElementTree.Element) -> str:
    """Text of the cell; the midnight of a date says nothing."""
    text = "".join("".join(data.itertext()) for data in cell.iter(f"{_XML_2003}Data"))
    return text.removesuffix("T00:00:00.000")
