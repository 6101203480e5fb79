"""What all tables share on the way from records to typed rows: bad cells, and the rows refused for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from coordinator_tui.imports.dates import read_date
from coordinator_tui.imports.identity import holds_identity
from coordinator_tui.imports.messages import BadValue, ImportRefused, Message, Refusal
from coordinator_tui.imports.names import read_name
from coordinator_tui.imports.reader import open_grid
from coordinator_tui.imports.table import NOT_ABOVE, Record, Table, read_table
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from coordinator_tui.imports.grid import Grid, Progress
    from coordinator_tui.imports.header import Header, Wanted
    from coordinator_tui.imports.names import NameReading
    from coordinator_tui.imports.reader import Source
    from coordinator_tui.text import LazyText

T = TypeVar("T")
R = TypeVar("R")

MISSING_NAME = lazy("The name is missing. Write it, or delete the row.")


class RowRefused(Exception):  # noqa: N818 - named as the book names its errors
    """One cell is bad, and the row with it: the field, the text found, the reason."""

    def __init__(self, name: str, value: str, reason: Message) -> None:
        super().__init__(name)
        self.name, self.value, self.reason = name, value, reason


@dataclass(frozen=True, slots=True)
class Reading(Generic[R]):
    """What was read of a file: the good rows, the refused ones, and what was noted.

    `header_row` is the last row of labels (0 for a bare list of names), `columns` maps field to label,
    `unknown_columns` are labels that mean nothing to us.
    """

    file: str
    encoding: str
    sheet: str | None
    header_row: int
    columns: Mapping[str, str]
    unknown_columns: tuple[str, ...]
    rows: tuple[R, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[Message, ...]


def refuse(record: Record, name: str, text: LazyText, **params: object) -> RowRefused:
    """Make the refusal of a row for the text in one of its fields."""
    value = record.text(name)
    return RowRefused(name, value, Message(text, {"value": value, **params}))


def read_cell(record: Record, name: str, read: Callable[[], T]) -> T:
    """Call a reader of one cell; what it finds bad refuses the row. Raises RowRefused."""
    try:
        return read()
    except BadValue as bad:
        raise RowRefused(name, record.text(name), bad.reason) from None


def read_record_name(record: Record, name: str = "name") -> NameReading:
    """Read the name in a record. Raises RowRefused when it is missing or none."""
    if name not in record.cells:
        raise RowRefused(name, "", Message(MISSING_NAME))
    cell = record.cells[name]
    if holds_identity(cell):
        hidden = Message(lazy("There is an identity number where the name belongs."))
        raise RowRefused(name, "", hidden)
    return read_cell(record, name, lambda: read_name(cell.text))


def read_record_date(table: Table, record: Record, name: str, not_before: date | None = None) -> str | None:
    """Read the date in a record, as exact as it is written; None for an empty cell. Raises RowRefused."""
    cell = record.cells.get(name)
    if cell is None:
        return None
    offset = table.grid.serial_offset
    return read_cell(record, name, lambda: read_date(cell, not_before=not_before, offset=offset))


def convert(table: Table, make: Callable[[Record], R | None]) -> tuple[list[R], list[Refusal]]:
    """Make a row of each record; None drops it, RowRefused turns it into a refusal."""
    rows: list[R] = []
    refusals: list[Refusal] = []
    broken = {cell.row: (column, cell) for column, cell in table.broken}
    for record in table.records:
        if record.row in broken:
            column, cell = broken[record.row]
            refusals.append(
                Refusal(record.row, column.label, cell.text, Message(NOT_ABOVE, {"value": cell.text}), _who(record))
            )
            continue
        try:
            row = make(record)
        except RowRefused as refused:
            refusals.append(Refusal(record.row, table.label(refused.name), refused.value, refused.reason, _who(record)))
            continue
        if row is not None:
            rows.append(row)
    return rows, refusals


def _who(record: Record) -> str:
    """Return the name in a record, never an identity number that stands in its place."""
    cell = record.cells.get("name")
    return "" if cell is None or holds_identity(cell) else cell.text


def require_rows(grid: Grid, header: Header, found: int) -> None:
    """Refuse a file that has labels and nothing below them. Raises ImportRefused."""
    if not found:
        text = lazy("{file} has labels in row {row} and nobody below them.")
        raise ImportRefused("no-rows", text, file=grid.source, row=header.row)


def read_rows(
    source: Source,
    wanted: Wanted,
    maker: Callable[[Table], Callable[[Record], R | None]],
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    progress: Progress | None = None,
) -> Reading[R]:
    """Read a simple table; `maker` gets the table and returns what makes a row of a record. Raises ImportRefused."""
    grid, header = open_grid(source, wanted, sheet=sheet, encoding=encoding, progress=progress)
    table = read_table(grid, header, wanted.kind, identifying=wanted.needed)
    rows, refusals = convert(table, maker(table))
    require_rows(grid, header, len(table.records))
    return Reading(
        file=grid.source,
        encoding=grid.encoding,
        sheet=grid.sheet,
        header_row=header.row,
        columns={name: column.label for name, column in header.columns.items()},
        unknown_columns=header.unknown,
        rows=tuple(rows),
        refusals=tuple(refusals),
        notes=grid.notes.messages(),
    )
