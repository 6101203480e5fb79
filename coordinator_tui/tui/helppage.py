"""The help: what can be done on the screen one came from, made of its commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.text import cells, fit, lazy
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.commands import key_name
from coordinator_tui.tui.screen import Dialog
from coordinator_tui.tui.widgets.textpage import TextPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult

    from coordinator_tui.tui.commands import Command
    from coordinator_tui.tui.widgets.line import Piece


class HelpPage(Dialog[None]):
    """Every command with its keys, and how to do the same on the command line.

    It fills the screen, so that scrolling it moves lines on the terminal and sends only what is new.
    """

    heading = lazy("Help")
    DEFAULT_CSS = """
    HelpPage > #box { width: 100%; height: 100%; }
    """

    def __init__(self, screen: str, commands: Sequence[Command], areas: Sequence[Command], about: str = "") -> None:
        super().__init__()
        self._screen_title = screen
        self._commands = commands
        self._areas = areas
        self._about = about

    def title_text(self) -> str:
        """Return "Help: Members"."""
        return _("Help: {screen}").format(screen=self._screen_title) if self._screen_title else str(self.heading)

    def body(self) -> ComposeResult:
        """Compose the page."""
        yield TextPage(self.lines())

    def lines(self) -> list[str | Sequence[Piece]]:
        """Return the page's lines."""
        about: list[str | Sequence[Piece]] = [self._about, ""] if self._about else []
        return [
            *about,
            *_table(command for command in self._commands if command.keys),
            "",
            ((_("Screens"), "strong"),),
            *_table(self._areas),
            "",
            _("Chinese full-width keys do the same. The mouse is not needed."),
        ]


def _table(commands: Iterable[Command]) -> list[str | Sequence[Piece]]:
    lines: list[str | Sequence[Piece]] = []
    told = ""
    for command in commands:
        keys = " ".join(key_name(key) for key in command.keys)
        lines.append(((fit(keys, max(14, cells(keys) + 1)), "key"), (str(command.title), "plain")))
        if command.help:
            lines.append(((" " * 14, "plain"), (str(command.help), "quiet")))
        if command.cli not in {"", told}:
            told = command.cli
            lines.append(((" " * 14, "plain"), (f"coordinator-tui {command.cli}", "quiet")))
    return lines
