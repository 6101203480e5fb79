"""From a file or pasted text to the grid that holds the table: sniffed by content, the sheet chosen by its header."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coordinator_tui.imports.delimited import read_delimited
from coordinator_tui.imports.encoding import decode
from coordinator_tui.imports.header import Wanted, find_header, require_header
from coordinator_tui.imports.html_table import is_xml_workbook, read_tables, read_xml_workbook
from coordinator_tui.imports.messages import ImportRefused, NoSuchFile, SheetQuestion
from coordinator_tui.imports.pasted import names_grid
from coordinator_tui.text import fold, gettext, lazy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator_tui.imports.grid import Grid, Progress
    from coordinator_tui.imports.header import Header
    from coordinator_tui.text import LazyText

    Source = Path | str | bytes
    """A file's path, pasted text, or the bytes of standard input."""

_MAX_BYTES = 200_000_000
_MAX_ROWS = 200_000
_PREVIEW_ROWS = 40
_USUAL_SHEETS = {"marks": ("每日统计", "签到", "签到表")}
"""Sheets that hold the table where an attendance system exports several views of it."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_OLD_EXCEL = lazy(
    "{file} is in the old Excel or WPS format (.xls, .et). Open it in WPS or Excel, save it as xlsx, and import that."
)
_LOCKED = lazy(
    "{file} is protected with a password. Open it in WPS or Excel, save it as xlsx without a password, and import that."
)
_PDF = lazy("{file} is a PDF. Copy its table and paste it, or ask for the xlsx file it was made from.")
_PICTURE = lazy(
    "{file} is a picture. Type the names, or take the text out of the picture with another program and paste it."
)
_MAIL_PAGE = lazy("{file} is a saved web page (MHTML). Open it in WPS or Excel, save it as xlsx, and import that file.")
_FOREIGN: tuple[tuple[bytes, str, LazyText], ...] = (
    (b"%PDF", "pdf", _PDF),
    (b"\xff\xd8\xff", "picture", _PICTURE),
    (b"\x89PNG", "picture", _PICTURE),
    (b"MIME-Version:", "mhtml", _MAIL_PAGE),
    (b"{\\rtf", "rtf", lazy("{file} is a text document (RTF). Copy its table and paste it, or save it as xlsx.")),
)


def source_name(source: Source) -> str:
    """Return the name by which messages call the source."""
    if isinstance(source, Path):
        return source.name
    return "-" if isinstance(source, bytes) else gettext("pasted text")


def open_grid(
    source: Source,
    wanted: Wanted,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    progress: Progress | None = None,
) -> tuple[Grid, Header]:
    """Return the table of a file and its header.

    Raises ImportRefused when the file cannot be understood, SheetQuestion when several sheets could be meant,
    NoSuchFile for a file or a sheet that is not there.
    """
    file = source_name(source)
    data = source if isinstance(source, str) else _bytes(source, file)
    if isinstance(data, bytes) and data.startswith(_ZIP):
        grid = _workbook_grid(data, file, wanted, sheet, progress)
    else:
        text, name = (data, "utf-8") if isinstance(data, str) else decode(data, file, encoding)
        _check_size(text.count("\n"), file)
        grid = _text_grid(text, file, name, wanted, sheet)
    _check_size(len(grid.rows), file)
    return grid, require_header(grid, wanted)


def _check_size(rows: int, file: str) -> None:
    """Refuse at once what no school's list is, instead of reading it for minutes."""
    if rows > _MAX_ROWS:
        text = lazy("{file} has {count} rows; that is no list of people (at most {most}). Is it the right file?")
        raise ImportRefused("too-many-rows", text, file=file, count=rows, most=_MAX_ROWS)


def _bytes(source: Path | bytes, file: str) -> bytes:
    data = source if isinstance(source, bytes) else _read_file(source)
    if not data.strip():
        raise ImportRefused("empty", lazy("{file} is empty."), file=file)
    if data.startswith(_OLE):
        locked = _ENCRYPTED in data
        raise ImportRefused("password" if locked else "old-excel", _LOCKED if locked else _OLD_EXCEL, file=file)
    for beginning, code, text in _FOREIGN:
        if data.startswith(beginning):
            raise ImportRefused(code, text, file=file)
    return data


def _read_file(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ImportRefused("too-big", lazy("{file} is larger than 200 MB; that is no roster."), file=path.name)
        return path.read_bytes()
    except FileNotFoundError:
        raise NoSuchFile("no-such-file", lazy("There is no file {file}."), file=str(path)) from None
    except IsADirectoryError:
        raise ImportRefused("folder", lazy("{file} is a folder; name a file in it."), file=str(path)) from None
    except OSError as error:
        text = lazy("{file} cannot be read: {reason}.")
        raise ImportRefused("unreadable", text, file=str(path), reason=error.strerror or str(error)) from None


def _workbook_grid(data: bytes, file: str, wanted: Wanted, sheet: str | None, progress: Progress | None) -> Grid:
    from coordinator_tui.imports.xlsx import WorkbookFile

    with WorkbookFile(data, file) as workbook:
        sheets = workbook.sheets()
        names = [name for name, visible in sheets if visible] or [name for name, _visible in sheets]
        if sheet is not None:
            chosen = _named(sheet, [name for name, _visible in sheets], file)
        elif len(names) == 1:
            chosen = names[0]
        else:
            chosen = _chosen([workbook.read(name, limit=_PREVIEW_ROWS) for name in names], file, wanted).sheet or ""
        return workbook.read(chosen, progress=progress)


def _named(sheet: str, names: Sequence[str], file: str) -> str:
    for name in names:
        if fold(name) == fold(sheet):
            return name
    text = lazy("{file} has no sheet {sheet}. Its sheets: {sheets}.")
    raise NoSuchFile("no-such-sheet", text, file=file, sheet=sheet, sheets=tuple(names))


def _chosen(grids: Sequence[Grid], file: str, wanted: Wanted) -> Grid:
    """Choose the one grid with a header; several are a question. Where none has one, the fullest is shown."""
    found = [(grid, find_header(grid, wanted)) for grid in grids if grid.rows]
    fitting = [grid for grid, header in found if header is not None and grid.rows[-1].number > header.row]
    usual = [grid for grid in fitting if grid.sheet in _USUAL_SHEETS.get(wanted.kind, ())]
    if len(fitting) > 1 and len(usual) != 1:
        raise SheetQuestion(file, [grid.sheet or "" for grid in fitting])
    if fitting:
        return (usual or fitting)[0]
    return max((grid for grid, _header in found), key=lambda grid: len(grid.rows), default=grids[0])


def _text_grid(text: str, file: str, encoding: str, wanted: Wanted, sheet: str | None) -> Grid:
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise ImportRefused("empty", lazy("{file} is empty."), file=file)
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        return _markup_grid(text, file, encoding, wanted, sheet)
    grid = read_delimited(text, file, encoding, wanted)
    if grid is None and wanted.needed == "name":
        grid = names_grid(text, file, encoding)
    if grid is None:
        # No table: split it anyhow, so that the refusal can say what its first rows hold.
        grid = read_delimited(text, file, encoding, Wanted(wanted.kind, wanted.needed, {wanted.needed: "A"}))
    assert grid is not None
    return grid


def _markup_grid(text: str, file: str, encoding: str, wanted: Wanted, sheet: str | None) -> Grid:
    grids = read_xml_workbook(text, file, encoding) if is_xml_workbook(text) else read_tables(text, file, encoding)
    if sheet is not None:
        chosen = _named(sheet, [grid.sheet or "" for grid in grids], file)
        return next(grid for grid in grids if grid.sheet == chosen)
    return _chosen(grids, file, wanted)
