"""`LineList`: rows and columns on one widget; a thousand rows cost what the visible ones cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from inspect import isawaitable
from typing import TYPE_CHECKING, Generic, TypeVar

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip

from coordinator_tui.text import cells, fit, visible
from coordinator_tui.tui.styles import PLAIN, STYLES
from coordinator_tui.tui.widgets.line import LineWidget

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Iterable, Sequence

    from textual import events

    from coordinator_tui.text import LazyText
    from coordinator_tui.text.width import Align
    from coordinator_tui.tui.styles import Look

Id = TypeVar("Id", bound="Hashable")
Cell = "str | tuple[str, Look]"
_GUTTER = 2
_WIDEST = 32


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `width` in cells, 0 takes an equal share of what is left.

    `least` is the width below which it is dropped on a narrow screen, the highest `drop` first (0: never dropped).
    `most` is how wide a column of fixed width grows where there is room, before others share the rest.
    """

    name: str
    title: LazyText | str = ""
    width: int = 0
    align: Align = "left"
    drop: int = 0
    least: int = 6
    most: int = 0


class LineList(LineWidget, Generic[Id], can_focus=True):
    """A list with a cursor; rows are known by id, so that place and selection outlive sorting and changes.

    `cells(id)` gives a row's cells, in the order of `columns`: text, or text and look. It is asked only for rows that
    are seen. `on_choose(id)` is called by Enter, `on_move(id)` after the cursor moved; both may be coroutine functions.
    """

    DEFAULT_CSS = "LineList { height: 1fr; }"

    def __init__(
        self,
        columns: Sequence[Column],
        cells: Callable[[Id], Sequence[str | tuple[str, Look]]],
        *,
        rows: Sequence[Id] = (),
        empty: LazyText | str = "",
        header: bool = True,
        selectable: bool = False,
        marked_column: int = 0,
        on_choose: Callable[[Id], Awaitable[None] | None] | None = None,
        on_move: Callable[[Id], Awaitable[None] | None] | None = None,
        id: str | None = None,  # noqa: A002  # Textual's name for it
    ) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._cells_of = cells
        self._rows: list[Id] = list(rows)
        self._place = {row: at for at, row in enumerate(self._rows)}
        self._seen: dict[Id, tuple[tuple[str, Look], ...]] = {}
        self._layout: tuple[int, tuple[tuple[int, int, int], ...]] = (-1, ())
        self._cursor = 0
        self._top = 0
        self.empty = empty
        self.header = header
        self.selectable = selectable
        self.marked_column = marked_column
        self.on_choose = on_choose
        self.on_move = on_move
        self.selected: set[Id] = set()

    # ---- rows

    @property
    def rows(self) -> Sequence[Id]:
        """The ids in their order; do not change it."""
        return self._rows

    @property
    def cursor(self) -> int:
        """Index of the row under the cursor; 0 in an empty list."""
        return self._cursor

    @property
    def cursor_id(self) -> Id | None:
        """Id of the row under the cursor, None in an empty list."""
        return self._rows[self._cursor] if self._rows else None

    def set_rows(self, rows: Sequence[Id]) -> None:
        """Show these rows; the cursor stays on its row, or at its place when the row is gone, and so does the view."""
        here, offset = self.cursor_id, self._cursor - self._top
        self._rows = list(rows)
        self._place = {row: at for at, row in enumerate(self._rows)}
        self._seen.clear()
        self.selected &= self._place.keys()
        if here is not None and here in self._place:
            self._cursor = self._place[here]
        self._cursor = max(0, min(self._cursor, len(self._rows) - 1))
        self._top = self._cursor - offset
        self._keep_in_view()
        self.refresh()

    def update_row(self, row: Id) -> None:
        """Ask for a row's cells again, and paint only those that differ."""
        before = self._seen.pop(row, None)
        at = self._place.get(row)
        if before is None or at is None or not 0 <= at - self._top < self.page:
            return
        y = self._line_of(at)
        fields = zip(self._fields(), self._visible_cells(row), strict=True)
        if changed := [Region(x, y, width, 1) for (index, x, width), now in fields if before[index] != now]:
            self.refresh(*changed)

    def update_all(self) -> None:
        """Ask for the cells of all visible rows again, and paint only those that differ."""
        for row in self._rows[self._top : self._top + self.page]:
            self.update_row(row)
        for row in [row for row in self._seen if not self._top <= self._place[row] < self._top + self.page]:
            del self._seen[row]

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; `cells` must answer in their order from now on."""
        self._columns = tuple(columns)
        self._layout = (-1, ())
        self._seen.clear()
        self.refresh()

    def grow(self, name: str, texts: Iterable[str]) -> None:
        """Let a column grow to what these texts need, where there is room."""
        most = min(_WIDEST, max(map(cells, texts), default=0))
        columns = [replace(column, most=most) if column.name == name else column for column in self._columns]
        if columns != list(self._columns):
            self.set_columns(columns)

    # ---- the cursor

    @property
    def page(self) -> int:
        """How many rows are seen at once."""
        return max(self.size.height - self.header, 1)

    def move_to(self, row: Id) -> bool:
        """Put the cursor on a row; return whether it is in the list."""
        at = self._place.get(row)
        if at is not None:
            self.move_to_index(at)
        return at is not None

    def move_to_index(self, at: int) -> None:
        """Put the cursor on the row at `at`, or as near as there is one."""
        at = max(0, min(at, len(self._rows) - 1))
        before, top = self._cursor, self._top
        self._cursor = at
        self._keep_in_view()
        if self._top != top:
            self.refresh()
        elif at != before:
            self.refresh(*self._marked_cells(before), *self._marked_cells(at))

    def _marked_cells(self, at: int) -> list[Region]:
        """Return where a row looks different when the cursor is on it."""
        y = self._line_of(at)
        marked = [Region(x, y, width, 1) for index, x, width in self._fields() if index == self.marked_column]
        return [Region(0, y, _GUTTER, 1), *marked]

    def _line_of(self, at: int) -> int:
        return at - self._top + self.header

    def _keep_in_view(self) -> None:
        """Scroll so that the cursor is seen; at an edge by a third of a page, so that most moves repaint two lines."""
        page = self.page
        last = max(len(self._rows) - page, 0)
        if not self.size.height:
            return
        if self._cursor < self._top:
            self._top = self._cursor - (page // 3 if self._top - self._cursor == 1 else 0)
        elif self._cursor >= self._top + page:
            self._top = self._cursor - page + 1 + (page // 3 if self._cursor - self._top == page else 0)
        self._top = max(0, min(self._top, last))

    # ---- painting

    def _fields(self) -> tuple[tuple[int, int, int], ...]:
        """Return (index of column, x, width) of the columns that there is room for."""
        width = self.painted_width
        if self._layout[0] != width:
            self._layout = (width, _lay_out(self._columns, width))
        return self._layout[1]

    def _visible_cells(self, row: Id) -> tuple[tuple[str, Look], ...]:
        known = self._seen.get(row)
        if known is None:
            known = tuple(_with_look(cell) for cell in self._cells_of(row))
            self._seen[row] = known
        return tuple(known[index] for index, _x, _width in self._fields())

    def render_line(self, y: int) -> Strip:
        """Compose the header, a row, or the words for an empty list."""
        width = self.painted_width
        if self.header and y == 0:
            return self._row_strip(
                [(str(self._columns[index].title), "head") for index, _x, _w in self._fields()], "  "
            )
        at = self._top + y - self.header
        if at < len(self._rows):
            return self._data_strip(at)
        text = str(self.empty) if not self._rows and at == 0 else ""
        return Strip([Segment(fit("  " + visible(text), width), STYLES["quiet"])], width)

    def _data_strip(self, at: int) -> Strip:
        row = self._rows[at]
        row_cells = list(self._visible_cells(row))
        here = at == self._cursor
        gutter = (">" if here else " ") + ("*" if row in self.selected else " ")
        if here:
            row_cells = [
                (text, "cursor" if index == self.marked_column else look)
                for (text, look), (index, _x, _w) in zip(row_cells, self._fields(), strict=True)
            ]
        return self._row_strip(row_cells, gutter)

    def _row_strip(self, row_cells: Sequence[tuple[str, Look]], gutter: str) -> Strip:
        segments = [Segment(gutter, PLAIN)]
        at, whole = _GUTTER, self.painted_width
        for (text, look), (index, x, width) in zip(row_cells, self._fields(), strict=True):
            if x > at:
                segments.append(Segment(" " * (x - at), PLAIN))
            segments.append(Segment(fit(visible(text), width, align=self._columns[index].align), STYLES[look]))
            at = x + width
        if at < whole:
            segments.append(Segment(" " * (whole - at), PLAIN))
        return Strip(segments, max(at, whole))

    def on_resize(self) -> None:
        """Keep the cursor in view on another size."""
        self._top = min(self._top, self._cursor)
        self._keep_in_view()
        self.refresh()

    # ---- keys and mouse

    async def take_key(self, event: events.Key) -> bool:
        """Move, choose, select; everything else is left to the screen's commands."""
        if (target := self._target_of(event.key)) is not None:
            await self._go(target)
        elif event.key == "enter" and self.on_choose and self.cursor_id is not None:
            await _call(self.on_choose(self.cursor_id))
        elif event.key in {"space", "ideographic_space"} and self.selectable and self.cursor_id is not None:
            self.toggle_selected()
        else:
            return False
        return True

    def _target_of(self, key: str) -> int | None:
        steps = {
            "up": -1,
            "down": 1,
            "pageup": -self.page,
            "pagedown": self.page,
            "home": -len(self._rows),
            "end": len(self._rows),
        }
        step = steps.get(key)
        return None if step is None else self._cursor + step

    async def _go(self, at: int) -> None:
        before = self._cursor
        self.move_to_index(at)
        if self.on_move and self._cursor != before and self.cursor_id is not None:
            await _call(self.on_move(self.cursor_id))

    def toggle_selected(self) -> None:
        """Select the row under the cursor, or no longer, and move on."""
        row = self.cursor_id
        if row is not None:
            self.selected ^= {row}
            self.refresh_cells(0, self._line_of(self._cursor), _GUTTER)
            self.move_to_index(self._cursor + 1)

    async def on_click(self, event: events.Click) -> None:
        """Move to the row that was clicked; a second click chooses it."""
        at = self._top + event.y - self.header
        if event.y >= self.header and at < len(self._rows):
            again = at == self._cursor
            await self._go(at)
            if again and self.on_choose and self.cursor_id is not None:
                await _call(self.on_choose(self.cursor_id))

    async def on_mouse_scroll_down(self) -> None:
        """Move three rows down."""
        await self._go(self._cursor + 3)

    async def on_mouse_scroll_up(self) -> None:
        """Move three rows up."""
        await self._go(self._cursor - 3)

    def region_of_cursor(self) -> Region:
        """Where the cursor's row is painted, relative to the widget."""
        return Region(0, self._line_of(self._cursor), self.size.width, 1)


def _with_look(cell: str | tuple[str, Look]) -> tuple[str, Look]:
    return (cell, "plain") if isinstance(cell, str) else cell


async def _call(result: Awaitable[None] | None) -> None:
    if isawaitable(result):
        await result


def _lay_out(columns: Sequence[Column], width: int) -> tuple[tuple[int, int, int], ...]:
    """Return (index, x, cells) of the columns that fit into `width`, one cell apart, after the gutter."""
    kept = list(range(len(columns)))
    while kept and width - _GUTTER - sum((columns[i].width or columns[i].least) + 1 for i in kept) + 1 < 0:
        droppable = [i for i in kept if columns[i].drop]
        if not droppable:
            break
        kept.remove(max(droppable, key=lambda i: columns[i].drop))
    widths = {i: columns[i].width or columns[i].least for i in kept}
    _share_out(columns, widths, max(width - _GUTTER - sum(wide + 1 for wide in widths.values()) + 1, 0))
    fields, x = [], _GUTTER
    for i, wanted in widths.items():
        wide = min(wanted, width - x)
        if wide <= 0:
            break
        fields.append((i, x, wide))
        x += wide + 1
    return tuple(fields)


def _share_out(columns: Sequence[Column], widths: dict[int, int], room: int) -> None:
    """Give the spare cells first to columns that grow up to a width, then equally to those without one."""
    for i, width in tuple(widths.items()):
        grown = min(room, max(columns[i].most - width, 0)) if columns[i].width else 0
        widths[i] += grown
        room -= grown
    sharing = [i for i in widths if not columns[i].width]
    for place, i in enumerate(sharing):
        widths[i] += room // len(sharing) + (place < room % len(sharing))
