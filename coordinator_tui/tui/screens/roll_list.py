"""`RollList`: the list of the roll, where minutes are typed into the row itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator_tui.tui.screens.roll_rows import NAME_COLUMN, RowCells, columns
from coordinator_tui.tui.widgets.linelist import LineList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual import events

    from coordinator_tui.text import LazyText

_MOST_DIGITS: Final = 3


class RollList(LineList[int]):
    """Rows by member. After `ask()` digits are minutes of that row, until Enter or any other key.

    `on_minutes(member, minutes)` is called once the minutes are typed, with None when there are none; `on_row()` after
    the cursor moved by a key of the list.
    """

    def __init__(
        self,
        row_cells: RowCells,
        *,
        on_minutes: Callable[[int, int | None], None],
        on_row: Callable[[], None],
        empty: LazyText | str = "",
        id: str | None = None,  # noqa: A002  # Textual's name for it
    ) -> None:
        super().__init__(
            columns(late=False),
            row_cells.of,
            empty=empty,
            marked_column=NAME_COLUMN,
            on_move=lambda _row: on_row(),
            id=id,
        )
        self._row_cells = row_cells
        self._on_minutes = on_minutes

    def make_room(self, names: Iterable[str], *, late: bool) -> None:
        """Make room for these names, and for who was entered late, or not."""
        wanted = columns(names, late=late)
        if wanted != list(self._columns):
            self._row_cells.late = late
            self.set_columns(wanted)

    @property
    def asking(self) -> int | None:
        """Member whose minutes are being typed."""
        return self._row_cells.asking[0] if self._row_cells.asking else None

    def ask(self, member: int) -> None:
        """Let the next digits be the minutes of this row."""
        self._show_asking((member, ""))

    def end_asking(self) -> bool:
        """Take the minutes as typed; return whether they were being asked for."""
        asked = self._row_cells.asking
        if asked is None:
            return False
        self._show_asking(None)
        self._on_minutes(asked[0], int(asked[1]) if asked[1] else None)
        return True

    def stop_asking(self) -> None:
        """Forget what was typed."""
        if self._row_cells.asking is not None:
            self._show_asking(None)

    def _show_asking(self, asking: tuple[int, str] | None) -> None:
        before, self._row_cells.asking = self._row_cells.asking, asking
        for member in {asked[0] for asked in (before, asking) if asked}:
            self.update_row(member)

    async def take_key(self, event: events.Key) -> bool:
        """Take the digits of minutes; any other key ends them and then does what it always does."""
        asked = self._row_cells.asking
        if asked is not None:
            digit = _digit(event.character)
            if digit:
                self._type(asked[0], asked[1] + digit)
                return True
            if event.key == "backspace" and asked[1]:
                self._type(asked[0], asked[1][:-1])
                return True
            if self._target_of(event.key) is not None:
                self.end_asking()
        return await super().take_key(event)

    def _type(self, member: int, digits: str) -> None:
        if len(digits) <= _MOST_DIGITS:
            self._show_asking((member, digits.lstrip("0") or ""))


def _digit(character: str | None) -> str:
    """Return the digit that a character is, full-width ones too, else ""."""
    if character is None or len(character) != 1 or not character.isdecimal():
        return ""
    return str(int(character))
