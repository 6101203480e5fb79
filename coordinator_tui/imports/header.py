"""Which row holds the labels, and which column which field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coordinator_tui.imports.grid import Row, column_index, column_letter
from coordinator_tui.imports.messages import ImportRefused, WrongUsage
from coordinator_tui.imports.synonyms import field_names, header_words, label_keys, label_ranks, second_field
from coordinator_tui.text import fold, lazy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coordinator_tui.imports.grid import Grid

_SEARCHED = 15
_QUOTED = 8
_PADDING = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")


@dataclass(frozen=True)
class Wanted:
    """What is looked for.

    `kind` is one of ("members", "marks", "work", "sessions"), `needed` the field that no such file is without,
    `mapping` gives field → label (or column letters) where the synonyms do not know a label.
    """

    kind: str
    needed: str = "name"
    mapping: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """A column that is read: its field, its place from 0, its label as the file writes it."""

    field: str
    index: int
    label: str


@dataclass
class Header:
    """Where the labels are: `row` is their last row (0 for a list without labels), `first_row` their first.

    `columns` holds the first column of each field; `repeated` the labels of further ones, `unknown` the labels that
    are no field. `blocks` are the further parts of a sheet that is printed side by side, each with the same fields.
    """

    row: int
    first_row: int
    columns: dict[str, Column]
    unknown: tuple[str, ...] = ()
    repeated: tuple[Column, ...] = ()
    blocks: tuple[dict[str, Column], ...] = ()
    labels: dict[int, str] = field(default_factory=dict)
    by_label: bool = False

    @property
    def score(self) -> int:
        """How much was recognised."""
        return len(self.columns)


def find_header(grid: Grid, wanted: Wanted) -> Header | None:
    """Find the header among the first rows of `grid`; None when no row has a column for the field that is needed.

    Labels may stand in two rows, the upper one naming groups of columns. Raises WrongUsage for a mapped field that
    this kind of file does not have. Where no label is known and the columns are mapped by their letters, there is none:
    the first row is data already.
    """
    _check_fields(wanted)
    best: Header | None = None
    for top, bottom in _candidates(grid):
        header = _header(grid, wanted, top, bottom)
        if wanted.needed in header.columns and (best is None or header.score > best.score):
            best = header
    return _by_letters(wanted.mapping) if best is not None and not best.by_label else best


def require_header(grid: Grid, wanted: Wanted) -> Header:
    """As find_header, but raises ImportRefused: with what the first rows hold, or for a mapped label not there."""
    header = find_header(grid, wanted)
    if header is None:
        raise _no_header(grid, wanted)
    for name, label in wanted.mapping.items():
        if name not in header.columns:
            raise ImportRefused(
                "no-such-column",
                lazy("{file} has no column {label} (row {row}). Its columns: {columns}."),
                file=grid.source,
                label=label,
                row=header.row,
                columns=tuple(header.labels.values()),
            )
    return header


def _check_fields(wanted: Wanted) -> None:
    known = field_names(wanted.kind)
    for name in wanted.mapping:
        if name not in known:
            text = lazy("There is no field {field}; the fields of this kind of file are: {fields}.")
            raise WrongUsage("no-such-field", text, field=name, fields=known)


def _no_header(grid: Grid, wanted: Wanted) -> ImportRefused:
    found = [cell.text for row in grid.rows[:3] for cell in row.filled()]
    if not found:
        return ImportRefused("empty", lazy("{file} is empty."), file=grid.source)
    label = next((label for label, name in header_words(wanted.kind).items() if name == wanted.needed), wanted.needed)
    text = lazy(
        "{file} has no column {wanted} in its first {rows} rows; they begin: {found}. Name the right column with "
        "--map {field}=HEADER, or add a row of labels."
    )
    return ImportRefused(
        "no-header",
        text,
        file=grid.source,
        wanted=label,
        rows=_SEARCHED,
        found=tuple(dict.fromkeys(found))[:_QUOTED],
        field=wanted.needed,
    )


def _candidates(grid: Grid) -> Iterator[tuple[Row | None, Row]]:
    """Rows that may be the header, each alone and then with the row directly above it."""
    if grid.kind == "names":
        yield None, grid.rows[0]
        return
    before: Row | None = None
    for row in grid.rows[:_SEARCHED]:
        yield None, row
        if before is not None and before.number == row.number - 1:
            yield before, row
        before = row


def _header(grid: Grid, wanted: Wanted, top: Row | None, bottom: Row) -> Header:
    known, asked = header_words(wanted.kind), wanted.mapping
    labels = dict(_labels(grid, known, top, bottom))
    placed = [Column(_field(known, asked, index, label), index, label) for index, label in labels.items()]
    header = Header(bottom.number, (top or bottom).number, {}, labels=labels)
    header.unknown = tuple(column.label for column in placed if not column.field)
    header.by_label = any(_known(column, asked) for column in placed)
    ranks = label_ranks(wanted.kind)
    repeated = []
    for column in sorted(placed, key=lambda each: (each.field not in asked, _rank(ranks, each.label), each.index)):
        second = second_field(wanted.kind, column.field)
        if column.field and column.field not in header.columns:
            header.columns[column.field] = column
        elif second and second not in header.columns:
            header.columns[second] = replace(column, field=second)
        elif column.field:
            repeated.append(column)
    header.repeated = tuple(repeated)
    _side_by_side(header, placed)
    return header


def _known(column: Column, asked: Mapping[str, str]) -> bool:
    """Whether the column has its field from what its label says, not from its letters."""
    return bool(column.field) and (column.field not in asked or fold(asked[column.field]) == fold(column.label))


def _rank(ranks: Mapping[str, int], label: str) -> int:
    return min((ranks[key] for key in label_keys(label) if key in ranks), default=len(ranks))


def _field(known: Mapping[str, str], asked: Mapping[str, str], index: int, label: str) -> str:
    """Field of a column, "" for none: what was asked for first, then the synonyms."""
    for name, wanted in asked.items():
        if fold(wanted) == fold(label) or wanted.upper() == column_letter(index):
            return name
    found = next((known[key] for key in label_keys(label) if key in known), "")
    return "" if found in asked else found


def _labels(grid: Grid, known: Mapping[str, str], top: Row | None, bottom: Row) -> Iterator[tuple[int, str]]:
    """Label of each column: the lower row's, with the upper one before it where only both together are known."""
    group = ""
    width = max(len(bottom.cells), len(top.cells) if top else 0)
    for index in range(width):
        lower = _shown(grid, bottom, index)
        upper = _shown(grid, top, index) if top else ""
        if top is not None and not grid.merges:
            group = upper = upper or (group if lower else "")
        label = _joined(known, upper, lower)
        if label:
            yield index, label


def _joined(known: Mapping[str, str], upper: str, lower: str) -> str:
    if not upper or upper == lower:
        return lower
    if not lower or any(key in known for key in label_keys(upper + lower)):
        return upper + lower
    return lower


def _shown(grid: Grid, row: Row, index: int) -> str:
    """Text at that place as a reader of the sheet sees it, merged ranges included."""
    text = row.cell(index).text
    owner = None if text else grid.merged(row.number, index)
    return _PADDING.sub("", " ".join((owner.text if owner else text).split()))


def _by_letters(asked: Mapping[str, str]) -> Header:
    """Make the header of a sheet without labels, whose columns were all named by their letters."""
    columns = {name: Column(name, column_index(letters) or 0, letters.upper()) for name, letters in asked.items()}
    return Header(0, 0, columns, labels={column.index: column.label for column in columns.values()})


def _side_by_side(header: Header, placed: list[Column]) -> None:
    """Recognise a header that repeats itself across the page (序号 姓名 签名 序号 姓名 签名)."""
    labels = [column.label for column in placed]
    for period in range(1, len(labels) // 2 + 1):
        if len(labels) % period == 0 and labels == labels[:period] * (len(labels) // period):
            parts = [placed[start : start + period] for start in range(0, len(placed), period)]
            header.columns, *others = ({each.field: each for each in part if each.field} for part in parts)
            header.blocks = tuple(others)
            header.repeated = ()
            header.unknown = tuple(dict.fromkeys(header.unknown))
            return
