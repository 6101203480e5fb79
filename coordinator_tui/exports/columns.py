"""A table that is too wide for a page of text: what can be spared, and what comes below."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coordinator_tui.text import cells, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coordinator_tui.exports.table import Column, Table

_LONG_HEAD = 8
"""Cells from which on the head of a number stands in two lines."""


def fitting(table: Table, width: int, measure: Callable[[Table], int]) -> tuple[list[Table], list[str]]:
    """Return the parts, one below the other, in which a table fits into `width` cells, and the heads left out.

    A table that fits stays whole. Otherwise numbers that are 0 in every row are left out, heads get several lines,
    and at last the columns are spread over parts which all begin with what names the row. `measure` tells how many
    cells a table takes.
    """
    if not table.rows or measure(table) <= width:
        return [table], []
    kept = [place for place in range(len(table.columns)) if not _nothing(table, place)]
    left_out = [column.header for place, column in enumerate(table.columns) if place not in kept]
    whole = _narrow(_only(table, kept))
    if measure(whole) <= width:
        return [whole], left_out
    return _parts(whole, width, measure), left_out


def _nothing(table: Table, place: int) -> bool:
    return table.columns[place].kind == "number" and all(row[place] == 0 for row in table.rows)


def _only(table: Table, places: Sequence[int]) -> Table:
    return replace(
        table,
        columns=tuple(table.columns[place] for place in places),
        rows=tuple(tuple(row[place] for place in places) for row in table.rows),
    )


def _narrow(table: Table) -> Table:
    return replace(table, columns=tuple(_stacked(column) for column in table.columns))


def _stacked(column: Column) -> Column:
    """Return a column of numbers whose long head stands in several lines: word by word, Chinese half by half."""
    head = column.header
    if column.kind not in {"number", "ratio"} or cells(head) < _LONG_HEAD:
        return column
    widest = (cells(head) + 1) // 2 if not head.isascii() else max(map(cells, head.split()))
    return replace(column, header="\n".join(wrap(head, widest)))


def _parts(table: Table, width: int, measure: Callable[[Table], int]) -> list[Table]:
    """Spread the columns over as few parts as fit, about as many columns in each."""
    names = next((at for at, column in enumerate(table.columns) if column.kind != "number"), 0) + 1
    places = list(range(names, len(table.columns)))

    def spread(most: int) -> list[Table]:
        parts: list[list[int]] = []
        for place in places:
            if not parts or len(parts[-1]) == names + most or measure(_only(table, [*parts[-1], place])) > width:
                parts.append([*range(names)])
            parts[-1].append(place)
        return [_only(table, part) for part in parts]

    tight = spread(len(places))
    even = spread(-(-len(places) // max(len(tight), 1)))
    return even if len(even) == len(tight) else tight
