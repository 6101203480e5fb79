"""A computed table on screen: widths from what stands in it, columns that do not fit reached with the arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.exports.formats import shown
from coordinator_tui.text import cells
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

    from coordinator_tui.exports.table import Table

_WIDEST = 34
_NUMERIC = {"number", "ratio"}


class TableView(LineList[int]):
    """A `Table` of the exports as a list; the first columns up to `fixed` stay, the arrows move through the others."""

    def __init__(self, *, on_choose: Callable[[int], None] | None = None) -> None:
        super().__init__([Column("empty")], self._cells_at, on_choose=on_choose)
        self._table: Table | None = None
        self._shown: list[tuple[str, ...]] = []
        self._widths: list[int] = []
        self._fixed = 1
        self._offset = 0

    def show_table(self, table: Table, *, fixed: int = 1) -> None:
        """Show a table; place and column offset stay where the table is the one shown before."""
        if self._table is None or self._table.title != table.title:
            self._offset = 0
            self.move_to_index(0)
        self._table, self._fixed = table, fixed
        self._shown = [tuple(map(shown, table.columns, row)) for row in table.rows]
        self._widths = [
            min(_WIDEST, max((cells(text) for text in (column.header, *(row[at] for row in self._shown))), default=1))
            for at, column in enumerate(table.columns)
        ]
        self._lay_out_columns()
        self.set_rows(range(len(table.rows)))

    def _order(self) -> list[int]:
        count = len(self._widths)
        return [*range(self._fixed), *range(self._fixed + self._offset, count)]

    def _lay_out_columns(self) -> None:
        assert self._table
        columns = []
        for place, at in enumerate(self._order()):
            column = self._table.columns[at]
            align = "right" if column.kind in _NUMERIC else "left"
            drop = 0 if at < self._fixed else place
            columns.append(Column(str(at), column.header, self._widths[at], align, drop, 1))  # type: ignore[arg-type]
        self.set_columns(columns)

    def _cells_at(self, row: int) -> tuple[str, ...]:
        return tuple(self._shown[row][at] for at in self._order())

    async def take_key(self, event: events.Key) -> bool:
        """Move through columns with the arrows, through rows as in every list."""
        if self._table is None or event.key not in {"left", "right"}:
            return await super().take_key(event)
        most = max(len(self._widths) - self._fixed - 1, 0)
        offset = max(0, min(most, self._offset + (1 if event.key == "right" else -1)))
        if offset != self._offset:
            self._offset = offset
            self._lay_out_columns()
        return True

    @property
    def hint(self) -> str:
        """Say that there is more to the right, or nothing."""
        assert self._table is not None
        room = sum(self._widths) + 2 * len(self._widths)
        return _("← → show the other columns.") if room > self.size.width else ""
