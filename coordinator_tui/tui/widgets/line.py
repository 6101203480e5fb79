"""A widget of plain lines: the base of everything here, painting only the cells that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rich.segment import Segment
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from coordinator_tui.text import cells, fit, visible
from coordinator_tui.tui.styles import STYLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.geometry import Size

    from coordinator_tui.tui.painting import Brush
    from coordinator_tui.tui.styles import Look

Piece = tuple[str, "Look"]
"""A stretch of text and its look."""


_NO_BACKGROUND = Color(0, 0, 0, 0)


class LineWidget(Widget):
    """A widget whose lines are made of pieces; text is never markup, and never wider than the widget."""

    ALLOW_SELECT = False
    fill: Look = "plain"

    _strips: dict[int, Strip]
    _strips_size: Size | None = None

    def pieces(self, y: int) -> Iterable[Piece]:
        """Return what line `y` shows, from the left."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Compose a line of exactly the widget's width."""
        return strip_of(self.pieces(y), self.painted_width, self.fill)

    @property
    def painted_width(self) -> int:
        """The width while painting; asking for `size` walks the whole layout."""
        return (self._strips_size or self.size).width

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of `crop`; those that nobody asked to paint again are kept ready.

        Textual renders every line between the first and the last that changed; all but the changed ones are free here.
        """
        size = self._check_size()
        known = self._strips
        strips = [known[y] if y in known else self._line(y) for y in crop.line_range]
        left, right = crop.column_span
        return strips if (left, right) == (0, size.width) else [strip.crop(left, right) for strip in strips]

    def line(self, y: int) -> Strip:
        """Return one whole line as it is painted now."""
        self._check_size()
        known = self._strips.get(y)
        return self._line(y) if known is None else known

    def _check_size(self) -> Size:
        """Forget lines of another size."""
        size = self.size
        if self._strips_size != size:
            self._strips, self._strips_size = {}, size
        return size

    def _line(self, y: int) -> Strip:
        strip = self.render_line(y)
        for line_filter in self.app.get_line_filters():
            strip = strip.apply_filter(line_filter, _NO_BACKGROUND)
        self._strips[y] = strip
        return strip

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint again, all or the regions given."""
        if not regions:
            self._strips_size = None
        elif self._strips_size is not None:
            for y in {y for region in regions for y in region.line_range}:
                self._strips.pop(y, None)
        if repaint and not layout and not recompose and self.is_mounted:
            brush: Brush | None = getattr(self.app, "brush", None)
            if brush is not None and brush.takes(self, regions):
                return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def refresh_by_textual(self, *regions: Region) -> None:
        """Paint again in Textual's own way, with its next frame."""
        super().refresh(*regions)

    def notify_style_update(self) -> None:
        """Forget what is kept ready when styles (colours, filters) change."""
        self._strips_size = None
        super().notify_style_update()

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
