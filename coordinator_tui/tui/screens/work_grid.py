"""`WorkGrid`: members down, months or kinds or assignments across, and a cursor that moves both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.geometry import Region

from coordinator_tui.text import cells, lazy
from coordinator_tui.tui.screens.sections import room_for
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual import events
    from textual.strip import Strip

    from coordinator_tui.text import LazyText
    from coordinator_tui.tui.styles import Look

    CellText = str | tuple[str, Look]

_NUMBER: Final = Column("number", lazy("no."), 4, "right")
_LEAD_COUNT: Final = 2
_TOTALS: Final = (
    Column("pieces", lazy("pcs"), 4, "right"),
    Column("words", lazy("words"), 6, "right"),
    Column("owed", lazy("owed"), 4, "right"),
)
_NUMBERED_FROM: Final = 96
_LEAST: Final = 8
_MOST: Final = 18
_TITLE_ROOM: Final = 12
_GUTTER: Final = 2
_MOST_DIGITS: Final = 6


class WorkGrid(LineList[int]):
    """Rows by member, columns by place. The last column is the total; the cursor goes there too.

    `lead(member)` gives number and name, `cell(member, column)` a cell, `totals(member)` three numbers. After `ask()`
    digits are typed into the cell, until Enter or any other key: `on_number(number or None)` is told then. `on_place()`
    is called after the cursor moved by a key.
    """

    def __init__(
        self,
        *,
        lead: Callable[[int], Sequence[CellText]],
        cell: Callable[[int, int], CellText],
        totals: Callable[[int], Sequence[CellText]],
        on_place: Callable[[], None],
        on_number: Callable[[int, int | None], None],
        empty: LazyText | str = "",
    ) -> None:
        super().__init__([_NUMBER, _name_column(()), *_TOTALS], self._row, empty=empty, marked_column=_LEAD_COUNT)
        self.on_move = lambda _row: on_place()
        self._lead, self._cell, self._totals = lead, cell, totals
        self._on_place = on_place
        self._on_number = on_number
        self._titles: tuple[str, ...] = ()
        self._widths: tuple[int, ...] = ()
        self._first = 0
        self._count = 0
        self._at = 0
        self._lead_count = _LEAD_COUNT
        self._people = _name_column(())
        self.asking: tuple[int, str] | None = None

    # ---- columns

    @property
    def at(self) -> int:
        """Index of the column under the cursor; `len(titles)` is the total."""
        return self._at

    @property
    def on_total(self) -> bool:
        """Whether the cursor is in the total."""
        return self._at >= len(self._titles)

    @property
    def more(self) -> tuple[int, int, int]:
        """(first column seen, last column seen, how many there are), counted from 1."""
        return self._first + 1, self._first + self._count, len(self._titles)

    def show_columns(self, titles: Sequence[str], at: int | None = None, *, names: Iterable[str] = ()) -> None:
        """Show these columns beside these names; the cursor goes to column `at`, or stays as far as there is one."""
        self._people = _name_column(names)
        self._titles = tuple(titles)
        self._at = max(0, min(self._at if at is None else at, len(self._titles)))
        self._fit()

    def _fit(self) -> None:
        """Choose which columns are seen, so that the cursor's is among them."""
        self._widths = tuple(max(_LEAST, min(cells(title), _TITLE_ROOM)) for title in self._titles)
        room = self._room()
        last = len(self._titles)
        target = min(self._at, last - 1)
        self._first = max(0, min(self._first, target))
        while target >= 0 and target >= self._first + self._fitting(self._first, room):
            self._first += 1
        while self._first and self._first - 1 + self._fitting(self._first - 1, room) >= last:
            self._first -= 1
        self._count = self._fitting(self._first, room)
        self._lay_columns(room)

    def _room(self) -> int:
        return self.size.width - _GUTTER - sum(column.width + 1 for column in (*self._lead_columns, *_TOTALS)) + 1

    @property
    def _lead_columns(self) -> tuple[Column, ...]:
        return (_NUMBER, self._people) if self.size.width >= _NUMBERED_FROM else (self._people,)

    def _fitting(self, first: int, room: int) -> int:
        count = 0
        for width in self._widths[first:]:
            room -= width + 1
            if room < 0:
                break
            count += 1
        return max(count, 1) if first < len(self._widths) else 0

    def _lay_columns(self, room: int) -> None:
        seen = range(self._first, self._first + self._count)
        spare = room - sum(self._widths[at] + 1 for at in seen)
        spare -= max(0, min(spare, self._people.most - self._people.width))  # the names grow first
        extra = max(0, spare // len(seen)) if seen else 0
        wide = [min(self._widths[at] + extra, max(_MOST, self._widths[at])) for at in seen]
        middle = [Column(str(at), self._titles[at], width) for at, width in zip(seen, wide, strict=True)]
        lead = self._lead_columns
        self._lead_count = len(lead)
        self.set_columns([*lead, *middle, *_TOTALS])
        self._mark()

    def _mark(self) -> None:
        self.marked_column = self._lead_count + (self._count if self.on_total else self._at - self._first)

    def _row(self, member: int) -> Sequence[CellText]:
        lead = self._lead(member)[-self._lead_count :]
        middle = [self._asked(member, at) for at in range(self._first, self._first + self._count)]
        return [*lead, *middle, *self._totals(member)]

    def _asked(self, member: int, at: int) -> CellText:
        if self.asking is None or self.asking[0] != member or at != self._at:
            return self._cell(member, at)
        found = self._cell(member, at)
        sign = (found if isinstance(found, str) else found[0]).split(" ", 1)[0]
        return f"{sign} {self.asking[1]}_", "cursor"

    def move_to_column(self, at: int) -> None:
        """Put the cursor into a column."""
        at = max(0, min(at, len(self._titles)))
        if at == self._at:
            return
        before = self._marks()
        self._at = at
        if at < len(self._titles) and not self._first <= at < self._first + self._count:
            self._fit()
            return
        self._mark()
        self.refresh(*before, *self._marks())

    def _marks(self) -> list[Region]:
        """Return where the cursor is seen: in the header and in its row."""
        head = [Region(x, 0, width, 1) for index, x, width in self._fields() if index == self.marked_column]
        return [*head, *self._marked_cells(self.cursor)]

    # ---- painting

    def render_line(self, y: int) -> Strip:
        """Compose a line; the header shows the cursor's column."""
        if y or not self.header:
            return super().render_line(y)
        titles: list[tuple[str, Look]] = [
            (str(self._columns[index].title), "bar" if index == self.marked_column and self.rows else "head")
            for index, _x, _width in self._fields()
        ]
        return self._row_strip(titles, "< " if self._first else "  ")

    def on_resize(self) -> None:
        """Show as many columns as there is room for."""
        self._fit()
        super().on_resize()
        self._on_place()

    # ---- numbers typed into the cell

    def ask(self, member: int) -> None:
        """Let the next digits be the number of this member's cell under the cursor."""
        self._show_asking((member, ""))

    def end_asking(self) -> bool:
        """Take the number as typed; return whether one was being asked for."""
        asked = self.asking
        if asked is None:
            return False
        self._show_asking(None)
        self._on_number(asked[0], int(asked[1]) if asked[1] else None)
        return True

    def stop_asking(self) -> None:
        """Forget what was typed."""
        if self.asking is not None:
            self._show_asking(None)

    def _show_asking(self, asking: tuple[int, str] | None) -> None:
        before, self.asking = self.asking, asking
        for member in {asked[0] for asked in (before, asking) if asked}:
            self.update_row(member)

    # ---- keys

    async def take_key(self, event: events.Key) -> bool:
        """Take digits while they are asked for, and the arrows; everything else is left to the screen."""
        if self.asking is not None and self._typed(event):
            return True
        if event.key in {"left", "right"}:
            self.end_asking()
            self.move_to_column(self._at + (1 if event.key == "right" else -1))
            self._on_place()
            return True
        if self._target_of(event.key) is not None:
            self.end_asking()
        return await super().take_key(event)

    def _typed(self, event: events.Key) -> bool:
        assert self.asking is not None
        member, digits = self.asking
        digit = digit_of(event.character)
        if digit:
            if len(digits) < _MOST_DIGITS:
                self._show_asking((member, (digits + digit).lstrip("0")))
            return True
        if event.key == "backspace" and digits:
            self._show_asking((member, digits[:-1]))
            return True
        return False


def _name_column(names: Iterable[str]) -> Column:
    """Return the column of the names, which grows to what they need where there is room."""
    return Column("name", lazy("name"), 12, most=room_for(names, 12, 32))


def digit_of(character: str | None) -> str:
    """Return the digit that a character is, full-width ones too, else ""."""
    if character is None or len(character) != 1 or not character.isdecimal():
        return ""
    return str(int(character))
