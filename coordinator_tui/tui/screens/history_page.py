"""Who changed what, newest first, in a box."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import Dialog
from coordinator_tui.tui.screens.roll_history import history_lines
from coordinator_tui.tui.widgets.textpage import TextPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult

    from coordinator_tui.book.history import HistoryLine

MOST = 400
"""Changes that a history shows; older ones are told by the command line."""


class HistoryPage(Dialog[None]):
    """Changes newest first, each with when, who, and from what to what."""

    heading = lazy("History")
    commands: ClassVar[tuple[Command, ...]] = (
        Command(name="history.scroll", title=lazy("Scroll"), keys=("down",), hint=lazy("more"), in_palette=False),
    )
    DEFAULT_CSS = """
    HistoryPage > #box { width: 96; }
    HistoryPage TextPage { height: 16; }
    """

    def __init__(self, called: str, changes: Sequence[HistoryLine], *, named: bool) -> None:
        super().__init__()
        self._called = called
        self._lines = history_lines(changes, named=named)

    def title_text(self) -> str:
        """Return whose history it is."""
        return _("Who changed what: {name}").format(name=self._called)

    def body(self) -> ComposeResult:
        """Show the changes."""
        yield TextPage(self._lines or [_("Nothing has been entered here yet.")])

    def on_mount(self) -> None:
        """Look whether there is more than fits, once that is known."""
        super().on_mount()
        self.call_after_refresh(self.update_frame)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to scroll only where there is more."""
        if action == "scroll":
            page = self.query_one(TextPage)
            return page.line_count(max(page.size.width - 2, 8)) > page.size.height
        return super().check_action(action, parameters)

    def action_scroll(self) -> None:
        """Scroll down."""
        self.query_one(TextPage).scroll_lines(1)


class ReadingPage(Dialog[None]):
    """Lines to read, in a box."""

    DEFAULT_CSS = """
    ReadingPage > #box { width: 96; }
    ReadingPage TextPage { height: 14; }
    """

    def __init__(self, title: str, lines: Iterable[str]) -> None:
        super().__init__()
        self._title_text = title
        self._lines = list(lines)

    def title_text(self) -> str:
        """Return what is told."""
        return self._title_text

    def body(self) -> ComposeResult:
        """Show the lines."""
        yield TextPage(self._lines)
