"""Tables as text: the delimiter is the one under which the header can be read."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from coordinator_tui.imports.grid import Grid, Row, text_cell
from coordinator_tui.imports.header import Wanted, find_header
from coordinator_tui.imports.messages import ImportRefused, Notes
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DELIMITERS = ("\t", ",", ";", "，", "；", "|", "、", " ")
_LOOKED_AT = 20_000
_EXCEL_TEXT = re.compile(r'^="(.*)"$')
_EXCEL_HINT = re.compile(r"^sep=(.)\r?\n")
_SWALLOWED = 50


def read_delimited(text: str, file: str, encoding: str, wanted: Wanted) -> Grid | None:
    """Read a table in text under the delimiter that shows the most of a header; None when none shows any."""
    text = _EXCEL_HINT.sub("", text)
    beginning = text[:_LOOKED_AT].rpartition("\n")[0] or text
    best, most = "", 0
    for delimiter in _DELIMITERS:
        if delimiter not in beginning and delimiter != ",":
            continue
        header = find_header(_grid(beginning, delimiter, file, encoding, lenient=True), wanted)
        if header is not None and header.row and header.score > most:
            best, most = delimiter, header.score
    if not best and wanted.needed not in wanted.mapping:
        return None
    return _grid(text, best or _most_frequent(beginning), file, encoding)


def _most_frequent(text: str) -> str:
    return max(_DELIMITERS[:4], key=text.count)


def _grid(text: str, delimiter: str, file: str, encoding: str, *, lenient: bool = False) -> Grid:
    rows = []
    total = 0
    for number, fields in enumerate(_records(text, delimiter, file, lenient=lenient), start=1):
        total = number
        cells = [text_cell(_EXCEL_TEXT.sub(r"\1", part), number, column) for column, part in enumerate(fields)]
        while cells and not cells[-1].text:
            cells.pop()
        if cells:
            rows.append(Row(number, tuple(cells)))
    return Grid(file, None, rows, encoding, "text", Notes(), (), 0, total)


def _records(text: str, delimiter: str, file: str, *, lenient: bool) -> Iterable[list[str]]:
    if delimiter == " ":
        return (line.split() for line in text.splitlines())
    return _csv_records(text, delimiter, file, lenient=lenient)


def _csv_records(text: str, delimiter: str, file: str, *, lenient: bool) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    while True:
        try:
            fields = next(reader, None)
        except csv.Error:
            fields = None
            if not lenient:
                raise _open_quote(file, before + 1) from None
        if fields is None:
            return
        if reader.line_num - before > _SWALLOWED and not lenient:
            raise _open_quote(file, before + 1)
        before = reader.line_num
        yield fields


def _open_quote(file: str, line: int) -> ImportRefused:
    text = lazy(
        '{file}, line {line}: a quotation mark (") is opened and not closed. Remove it, or save the file as xlsx.'
    )
    return ImportRefused("open-quote", text, file=file, line=line)
