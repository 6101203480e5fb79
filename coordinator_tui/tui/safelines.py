"""The last line of defence: nothing that could steer a terminal leaves in a text, whatever widget it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.filter import LineFilter

from coordinator_tui.text import visible

if TYPE_CHECKING:
    from textual.color import Color


class SafeLines(LineFilter):
    """Shows control, direction and surrogate characters in any segment as U+FFFD."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002  # Textual's signature
        """Return the segments with safe text; looks stay."""
        return [
            Segment(visible(text), style, control) if not text.isprintable() else Segment(text, style, control)
            for text, style, control in segments
        ]
