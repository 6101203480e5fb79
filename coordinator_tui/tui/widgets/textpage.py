"""`TextPage`: plain text to read and scroll, wrapped the Chinese way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.text import wrap
from coordinator_tui.tui.widgets.line import LineWidget

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events

    from coordinator_tui.tui.styles import Look
    from coordinator_tui.tui.widgets.line import Piece

Line = "str | Sequence[Piece]"


class TextPage(LineWidget, can_focus=True):
    """Lines of text; a plain string is wrapped to the width, a sequence of pieces stays one line."""

    DEFAULT_CSS = "TextPage { height: 1fr; }"

    def __init__(self, lines: Iterable[str | Sequence[Piece]] = (), *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._source = list(lines)
        self._lines: list[Sequence[Piece]] = []
        self._width = -1
        self._top = 0

    def show(self, lines: Iterable[str | Sequence[Piece]]) -> None:
        """Show other text, from its beginning."""
        self._source, self._width, self._top = list(lines), -1, 0
        self.refresh()

    @property
    def plain(self) -> str:
        """The text as it is laid out, without looks."""
        return "\n".join("".join(text for text, _look in line) for line in self._laid_out())

    def line_count(self, width: int) -> int:
        """Return how many lines the text takes at this width."""
        return len(_lay_out(self._source, width))

    def _laid_out(self) -> list[Sequence[Piece]]:
        if self._width != self.size.width:
            self._width = self.size.width
            self._lines = _lay_out(self._source, max(self._width - 2, 8))
        return self._lines

    def pieces(self, y: int) -> Iterable[Piece]:
        """Return a line of the visible part."""
        lines, at = self._laid_out(), self._top + y
        more = at == self._top + self.size.height - 1 and at < len(lines) - 1
        yield ("v" if more else " ", "quiet")
        if at < len(lines):
            yield from lines[at]

    async def take_key(self, event: events.Key) -> bool:
        """Scroll."""
        page, size = max(self.size.height - 1, 1), len(self._laid_out())
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -size, "end": size, "space": page}
        if event.key not in steps:
            return False
        self.scroll_lines(steps[event.key])
        return True

    def scroll_lines(self, count: int) -> None:
        """Scroll by `count` lines, as far as there is text."""
        top = max(0, min(self._top + count, len(self._laid_out()) - self.size.height))
        if top != self._top:
            self._top = top
            self.refresh()

    def on_mouse_scroll_down(self) -> None:
        """Scroll down."""
        self.scroll_lines(3)

    def on_mouse_scroll_up(self) -> None:
        """Scroll up."""
        self.scroll_lines(-3)


def _lay_out(source: Iterable[str | Sequence[Piece]], width: int) -> list[Sequence[Piece]]:
    lines: list[Sequence[Piece]] = []
    plain: Look = "plain"
    for line in source:
        if isinstance(line, str):
            lines += [((part, plain),) for part in wrap(line, width)]
        else:
            lines.append(line)
    return lines
