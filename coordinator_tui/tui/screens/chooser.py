"""`Chooser`: one of many things, found by typing a piece of it, its pinyin or initials."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from coordinator_tui.text import lazy, matches
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.palette import PaletteInput
from coordinator_tui.tui.screen import Dialog
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

Value = TypeVar("Value")


class Chooser(Dialog[Value], Generic[Value]):
    """A line to type in and what fits it; `options` are (value, words, more words). Enter takes one.

    A value that is text, as codes are, is found by it too: it is English in every language.
    """

    DEFAULT_CSS = """
    Chooser LineList { height: 12; }
    """
    commands: ClassVar[tuple[Command, ...]] = (
        Command(name="chooser.take", title=lazy("Take it"), keys=("enter",), hint=lazy("take"), in_palette=False),
    )

    def __init__(self, title: str, options: Sequence[tuple[Value, str, str]], *, here: Value | None = None) -> None:
        super().__init__()
        self._title_text = title
        self._options = list(options)
        self._here = next((at for at, option in enumerate(self._options) if option[0] == here), 0)

    def title_text(self) -> str:
        """Return what is to be chosen."""
        return self._title_text

    def body(self) -> ComposeResult:
        """Compose the query and the list."""
        found: LineList[int] = LineList(
            [Column("what", "", 0, least=20), Column("more", "", 0, drop=1, least=16)],
            lambda at: (self._options[at][1], (self._options[at][2], "quiet")),
            rows=range(len(self._options)),
            header=False,
            empty=lazy("Nothing fits."),
        )
        found.move_to_index(self._here)
        query = PaletteInput(
            prompt="  / ", placeholder=lazy("type to find, or use the arrows"), on_change=self._search,
            on_submit=lambda _text: self.action_take(),
        )  # fmt: skip
        query.target = found
        yield query
        yield found

    @property
    def home(self) -> Widget | None:
        """The query."""
        return self.query_one(PaletteInput)

    def _search(self, query: str) -> None:
        ranked = [
            (rank, at)
            for at, (value, words, more) in enumerate(self._options)
            if (rank := matches(query, words, more, value if isinstance(value, str) else "")) is not None
        ]
        found = self.query_one(LineList)
        found.set_rows([at for _rank, at in sorted(ranked)])
        found.move_to_index(0)

    def action_take(self) -> None:
        """Take what is under the cursor."""
        at = self.query_one(LineList).cursor_id
        if at is not None:
            self.dismiss(self._options[at][0])
