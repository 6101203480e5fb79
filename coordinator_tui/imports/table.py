"""From a grid with a header to the rows of a table: foot lines gone, merged and blank cells filled, dittos repeated."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coordinator_tui.imports.synonyms import header_words, label_keys
from coordinator_tui.imports.vocabulary import word
from coordinator_tui.text import fold, lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coordinator_tui.imports.grid import Cell, Grid, Row
    from coordinator_tui.imports.header import Column, Header

GROUP_FIELDS = ("group", "preparation_group", "grade_group")
"""Fields that name a group, each of its own kind; a sheet names it once for the rows below."""

_LONE = re.compile(
    r"^(?:合计|总计|共计|小计|总人数|人数合计|平均|total)(?:[:：(（]|\d|$)|^[共计总]+\d+人", re.IGNORECASE
)
_SIGNED = re.compile(
    r"^(?:制表|填表|填报|制单|审核|审批|复核|统计|经办|报送|校长|园长|单位负责|负责人|分管领导|盖章|签章|签字|联系人|联系电话|填表日期|填报日期|"
    r"制表日期|制表时间|填表时间|打印日期|导出时间|报表生成时间)(?:人|单位|日期|时间|签字|签名|盖章|部门|\(|（)*.{0,6}[:：]"
    r"|^(?:制表人|填表人|审核人|填报人|统计人)"
)
_REMARK = re.compile(r"^(?:注|备注|说明|附注|填表说明|填写说明|注意|note)\d*[:：]", re.IGNORECASE)
_GROUP_LINE = re.compile(
    r"^(?:[一二三四五六七八九十\d]+[、.．)）]\s*)?(.{1,12}(?:组|处|室|部|年级))\s*(?:[(（:：].*)?$"
)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table: its number in the file and its filled cells by field; `group_line` is its heading."""

    row: int
    cells: Mapping[str, Cell]
    group_line: str | None = None

    def text(self, name: str) -> str:
        """Text of a field, "" where the row has none."""
        cell = self.cells.get(name)
        return cell.text if cell else ""


@dataclass
class Table:
    """The rows of a sheet by field, `broken` being those in which a ditto has nothing above it (row, column, cell)."""

    grid: Grid
    header: Header
    records: list[Record] = field(default_factory=list)
    broken: list[tuple[Column, Cell]] = field(default_factory=list)

    def label(self, name: str) -> str:
        """Return the label of a field's column as the file writes it."""
        column = self.header.columns.get(name)
        return column.label if column else name


def read_table(grid: Grid, header: Header, kind: str, *, identifying: str = "name") -> Table:
    """Rows below the header. `identifying` is the field that every row has (a name, for sessions the date)."""
    table = Table(grid, header)
    words = header_words(kind)
    kept, group_line = [], None
    lines: dict[int, str | None] = {}
    for row in grid.rows:
        if row.number <= header.row or _is_foot(row) or _repeats_header(row, header, words, identifying):
            continue
        group = _group_line(row, header, identifying)
        if group:
            group_line = group
            continue
        kept.append(row)
        lines[row.number] = group_line
    for columns in (header.columns, *header.blocks):
        table.records.extend(_records(table, kept, columns, lines, identifying))
    if header.blocks:
        table.records.sort(key=lambda record: record.row)
    return table


def _is_foot(row: Row) -> bool:
    """合计, 制表人：…, 注：…; whoever's name begins like that has no colon after it."""
    filled = row.filled()
    if not filled:
        return True
    first = filled[0].text
    bare = fold(first)
    return bool(
        _LONE.search(bare) or _REMARK.search(first) or any(_SIGNED.search(fold(each.text)) for each in filled[:2])
    )


def _repeats_header(row: Row, header: Header, words: Mapping[str, str], identifying: str) -> bool:
    """Whether the labels stand there again, as on every printed page."""
    column = header.columns.get(identifying)
    if column is None:
        return False
    text = row.cell(column.index).text
    keys = label_keys(text)
    if not keys or not (text == column.label or any(words.get(key) == identifying for key in keys)):
        return False
    others = [each for each in header.columns.values() if each.index != column.index]
    same = sum(_same_label(row.cell(each.index).text, each.label) for each in others)
    return same > 0 or len(row.filled()) == 1 or not others


def _same_label(text: str, label: str) -> bool:
    return bool(text) and fold(text) in fold(label)


def _group_line(row: Row, header: Header, identifying: str) -> str | None:
    """Return the group of a heading such as 一、语文组（12人） that stands alone in its row."""
    texts = {cell.text for cell in row.filled()}
    if len(texts) != 1 or len(header.columns) < 2:
        return None
    column = header.columns.get(identifying)
    alone_as_name = column is not None and row.filled()[0].column == column.index
    match = _GROUP_LINE.match(next(iter(texts)))
    if match is None or (alone_as_name and len(match[1]) < 4 and not match[1].endswith("组")):
        return None
    return match[1].strip()


def _records(
    table: Table, rows: list[Row], columns: Mapping[str, Column], lines: Mapping[int, str | None], identifying: str
) -> Iterator[Record]:
    above: dict[str, Cell] = {}
    sparse = _sparse_groups(table.grid, rows, columns)
    for row in rows:
        cells: dict[str, Cell] = {}
        for name, column in columns.items():
            cell = _resolved(table, row, column, above.get(name), fill=name in sparse)
            if cell is not None:
                cells[name] = above[name] = cell
        own = {name for name in cells if name not in GROUP_FIELDS and name != "number"}
        if own and (identifying in cells or own - {"signature"}):
            _note_filled(table, row, (columns[name] for name in sparse if name in cells))
            yield Record(row.number, cells, lines.get(row.number))


def _resolved(table: Table, row: Row, column: Column, above: Cell | None, *, fill: bool) -> Cell | None:
    """Return the cell as a reader of the sheet understands it: merges, dittos and blanks resolved; None for empty."""
    cell = row.cell(column.index)
    if not cell.text:
        owner = _owner_above(table, row, column) or (above if fill else None)
        return owner._replace(row=row.number) if owner else None
    if word("ditto", cell.text):
        if above is None:
            table.broken.append((column, cell))
            return None
        return above._replace(row=row.number)
    return meaningful(cell)


def _owner_above(table: Table, row: Row, column: Column) -> Cell | None:
    """Return the cell below the header that a range merged downwards shows at this place."""
    owner = table.grid.merged(row.number, column.index)
    below_header = owner is not None and owner.column == column.index and owner.row > table.header.row
    return owner if below_header else None


def _note_filled(table: Table, row: Row, columns: Iterable[Column]) -> None:
    for column in columns:
        if not row.cell(column.index).text:
            text = lazy("Blank cells of the column {column} say the same as the cell above them (rows {rows}).")
            table.grid.notes.add(text, row.number, column=column.label)


def meaningful(cell: Cell) -> Cell | None:
    """Return the cell without Excel's apostrophe; None for a stroke, 无 and other ways of leaving it empty."""
    if not isinstance(cell.value, str):
        return cell
    text = cell.text
    if text[0] in "'’‘`" and len(text) > 1:
        text = text[1:].strip()
    if word("empty", text) or not text.strip("-—–―_/ "):
        return None
    return cell if text == cell.text else cell._replace(value=text, text=text)


def _sparse_groups(grid: Grid, rows: list[Row], columns: Mapping[str, Column]) -> frozenset[str]:
    """Group columns that name a group once for all rows below it.

    A column that writes the same group in two rows running spells every row out, and one with merged ranges shows by
    them how far each group reaches: there a blank is a blank.
    """
    return frozenset(
        name
        for name in GROUP_FIELDS
        if name in columns
        and columns[name].index not in grid.columns_merged_down
        and not _spelt_out(rows, columns[name].index)
    )


def _spelt_out(rows: Iterable[Row], index: int) -> bool:
    before = ""
    for row in rows:
        text = row.cell(index).text
        if text and text == before:
            return True
        before = text
    return False


NOT_ABOVE = lazy("“{value}” says “as above”, but there is nothing above it in this column.")
