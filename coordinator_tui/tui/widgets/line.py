"""A widget of plain lines: the base of everything here, painting only the cells that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from coordinator_tui.text import cells, fit, visible
from coordinator_tui.tui.styles import STYLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events

    from coordinator_tui.tui.styles import Look

Piece = tuple[str, "Look"]
"""A stretch of text and its look."""


class LineWidget(Widget):
    """A widget whose lines are made of pieces; text is never markup, and never wider than the widget."""

    ALLOW_SELECT = False
    fill: Look = "plain"

    def pieces(self, y: int) -> Iterable[Piece]:
        """Return what line `y` shows, from the left."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Compose a line of exactly the widget's width."""
        return strip_of(self.pieces(y), self.size.width, self.fill)

    def refresh_cells(self, x: int, y: int, width: int) -> None:
        """Paint again `width` cells of line `y`, nothing else."""
        self.refresh(Region(x, y, width, 1))

    async def take_key(self, event: events.Key) -> bool:  # noqa: ARG002  # the widget that takes no keys
        """Take a key while this widget has the focus; return whether it was used."""
        return False

    async def take_paste(self, text: str) -> bool:  # noqa: ARG002  # the widget that takes no text
        """Take pasted text while this widget has the focus; return whether it was used."""
        return False


def strip_of(pieces: Iterable[Piece], width: int, fill: Look = "plain") -> Strip:
    """Return a line of exactly `width` cells, cut, or padded in the look `fill`; unsafe characters become U+FFFD."""
    segments: list[Segment] = []
    left = width
    for raw, look in pieces:
        text = visible(raw)
        taken = cells(text)
        if taken > left:
            text, taken = fit(text, left), left
        if text:
            segments.append(Segment(text, STYLES[look]))
        left -= taken
        if left <= 0:
            break
    if left > 0:
        segments.append(Segment(" " * left, STYLES[fill]))
    return Strip(segments, width)
