"""The palette: every command of the screen and the program in one list, found in any language or by pinyin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import Dialog
from coordinator_tui.tui.widgets.lineinput import LineInput
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.dom import DOMNode
    from textual.widget import Widget

Offer: TypeAlias = "tuple[Command, DOMNode]"
_STEPS = {"up", "down", "pageup", "pagedown"}


class PaletteInput(LineInput):
    """The line for the query; steps through the list go to the list."""

    target: LineList[int]

    async def take_key(self, event: events.Key) -> bool:
        """Give up, down and pages to the list."""
        if event.key in _STEPS:
            return await self.target.take_key(event)
        return await super().take_key(event)


class Palette(Dialog[Offer]):
    """A line to type in and the commands that fit it, the best first; Enter does it."""

    heading = lazy("Commands")
    DEFAULT_CSS = """
    Palette { align: center top; }
    Palette LineList { height: 12; }
    """
    commands = (
        Command(name="palette.take", title=lazy("Do it"), keys=("enter",), hint=lazy("do it"), in_palette=False),
    )

    def __init__(self, offers: Sequence[Offer]) -> None:
        super().__init__()
        self._offers = list(offers)

    def body(self) -> ComposeResult:
        """Compose the query and the list."""
        columns = [Column("title", "", 0), Column("cli", "", 24, drop=1), Column("key", "", 8, align="right")]
        found: LineList[int] = LineList(
            columns, self._cells, rows=range(len(self._offers)), header=False, empty=lazy("No command fits.")
        )
        query = PaletteInput(
            prompt="  : ", placeholder=lazy("name, pinyin or English"), on_change=self._search, on_submit=self._submit
        )
        query.target = found
        yield query
        yield found

    @property
    def home(self) -> Widget | None:
        """The query."""
        return self.query_one(PaletteInput)

    def _cells(self, at: int) -> tuple[Any, ...]:
        command = self._offers[at][0]
        return str(command.title), (command.cli, "quiet"), (command.key_shown, "key")

    def _search(self, query: str) -> None:
        ranked = [
            (rank, at)
            for at, (command, _target) in enumerate(self._offers)
            if (rank := command.rank(query)) is not None
        ]
        found = self.query_one(LineList)
        found.set_rows([at for _rank, at in sorted(ranked)])
        found.move_to_index(0)

    def _submit(self, _text: str) -> None:
        self.action_take()

    def action_take(self) -> None:
        """Close, and do the command under the cursor."""
        at = self.query_one(LineList).cursor_id
        if at is not None:
            self.dismiss(self._offers[at])
