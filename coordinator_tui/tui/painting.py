"""`Brush`: what a key changed goes from the line widgets straight to the cells of the terminal.

Textual would pass five messages, a timer, the compositor and a frame of escape sequences that the driver reads back.
Where something else is going on (a layout, another screen on top, a burst of keys, another driver) it still does.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.geometry import Region
    from textual.screen import Screen
    from textual.strip import Strip

    from coordinator_tui.tui.app import CoordinatorApp
    from coordinator_tui.tui.widgets.line import LineWidget

    Spot = tuple[int, int]


class PaintsLines(Protocol):
    """A driver that takes whole lines of widgets."""

    def paint_lines(self, lines: Iterable[tuple[int, int, Strip]], cursor: tuple[int, int]) -> None:
        """Show (x, y, line) of each, and leave the terminal's cursor at `cursor`."""


class Brush:
    """Collects the repaints that line widgets ask for while a key is handled, and does them at its end."""

    def __init__(self, app: CoordinatorApp) -> None:
        self._app = app
        self._wanted: dict[LineWidget, set[Region] | None] | None = None
        self._soon: asyncio.Handle | None = None
        self._visible: object = None
        self._spots: dict[LineWidget, Spot | None] = {}

    def dip(self) -> None:
        """Collect from now on."""
        if self._wanted is None and hasattr(self._app._driver, "paint_lines"):  # noqa: SLF001  # not handed out otherwise
            self._wanted = {}

    def takes(self, widget: LineWidget, regions: Iterable[Region]) -> bool:
        """Take a repaint on (no regions: the whole widget); False when nothing is collected now."""
        wanted = self._wanted
        if wanted is None or not widget.is_mounted:
            return False
        known = wanted.setdefault(widget, set())
        if not regions:
            wanted[widget] = None
        elif known is not None:
            known.update(regions)
        if self._soon is None:  # a key that has to wait for something shall not hide what it did so far
            self._soon = asyncio.get_running_loop().call_soon(self.paint)
        return True

    def paint(self) -> None:
        """Paint what was collected, and collect no more."""
        wanted, self._wanted = self._wanted or {}, None
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None
        if not wanted:
            return
        screen = self._app.screen
        lines: list[tuple[int, int, Strip]] = []
        free = self._is_free(screen)
        for widget, regions in wanted.items():
            spot = self._spot(screen, widget) if free else None
            if spot is None:
                widget.refresh_by_textual(*(regions or ()))
            else:
                lines += _lines_of(widget, regions, spot)
        if lines:
            cursor = screen.outer_size.clamp_offset(self._app.cursor_position)
            cast("PaintsLines", self._app._driver).paint_lines(lines, cursor)  # noqa: SLF001  # as above

    def _is_free(self, screen: Screen[Any]) -> bool:
        """Whether the screen stands as laid out and no further key waits: frames of a burst are better merged."""
        app = self._app
        return not (
            app._batch_count  # noqa: SLF001  # Textual asks the same before it paints
            or screen._layout_required  # noqa: SLF001
            or screen._repaint_required  # noqa: SLF001
            or screen._scroll_required  # noqa: SLF001
            or not app._message_queue.empty()  # noqa: SLF001
        )

    def _spot(self, screen: Screen[Any], widget: LineWidget) -> Spot | None:
        """Return where the widget is on the screen, None when it is not wholly to be seen there."""
        visible = screen._compositor.visible_widgets  # noqa: SLF001  # made anew with each layout
        if visible is not self._visible:
            self._visible, self._spots = visible, {}
        if widget not in self._spots:
            self._spots[widget] = _whole_spot(visible, widget)
        return self._spots[widget]


def _whole_spot(visible: dict[Any, tuple[Region, Region]], widget: LineWidget) -> Spot | None:
    """Return a widget's place if nothing cuts or covers it; `visible` begins with what is in front."""
    region, clip = visible.get(widget, (None, None))
    if region is None or clip is None or region.size != widget.size or not clip.contains_region(region):
        return None
    for other, (place, _clip) in visible.items():
        if other is widget:
            return region.x, region.y
        if place.overlaps(region):
            return None
    return None


def _lines_of(widget: LineWidget, regions: set[Region] | None, spot: Spot) -> Iterable[tuple[int, int, Strip]]:
    x, y = spot
    height = widget.size.height
    numbers = range(height) if regions is None else sorted({at for region in regions for at in region.line_range})
    return [(x, y + at, widget.line(at)) for at in numbers if 0 <= at < height]
