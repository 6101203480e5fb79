"""`SectionList`: headings, plain lines and lines to choose in one scrolling list; the cursor knows its line by id."""

from __future__ import annotations

from inspect import isawaitable
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from textual.geometry import Region

from coordinator_tui.domain.lightclass import dataclass
from coordinator_tui.text import cells, fit, pgettext, visible, wrap
from coordinator_tui.tui.widgets.line import LineWidget

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Iterable, Sequence

    from textual import events

    from coordinator_tui.tui.styles import Look
    from coordinator_tui.tui.widgets.line import Piece

Id = TypeVar("Id", bound="Hashable")
Shown = Literal["whole", "sign", "nowhere"]
"""How much of the cursor is seen."""
GUTTER = 2
_LEAD = 2


@dataclass(frozen=True, slots=True)
class Entry(Generic[Id]):
    """One line: its pieces, and what it stands for; without an id the cursor passes over it."""

    pieces: tuple[Piece, ...] = ()
    id: Id | None = None


def heading(text: str) -> Entry[Id]:
    """Return the line that a section begins with."""
    return Entry(((text, "head"),))


def line(text: str, look: Look = "plain", row: Id | None = None) -> Entry[Id]:
    """Return a line of one look."""
    return Entry(((text, look),), row)


def paragraph(
    text: str, width: int, *, indent: int = 0, look: Look = "plain", row: Id | None = None
) -> list[Entry[Id]]:
    """Return text wrapped to `width` cells; only its first line can be chosen."""
    lines = wrap(text, max(width - indent, 8)) or [""]
    return [Entry(((" " * indent + part, look),), None if at else row) for at, part in enumerate(lines)]


def columns(parts: Iterable[tuple[str, int, Look]], row: Id | None = None) -> Entry[Id]:
    """Return a line of (text, width, look); width 0 takes the text as it is, and ends the columns."""
    pieces: list[Piece] = []
    for text, width, look in parts:
        pieces.append((fit(visible(text), width) if width else text, look))
        pieces.append((" ", "plain"))
    return Entry(tuple(pieces[:-1]), row)


class SectionList(LineWidget, Generic[Id], can_focus=True):
    """Lines made by `make(width)`. `on_choose(id)` is called by Enter, `on_move(id)` after the cursor moved."""

    DEFAULT_CSS = "SectionList { height: 1fr; }"

    def __init__(
        self,
        make: Callable[[int], Sequence[Entry[Id]]],
        *,
        on_choose: Callable[[Id], Awaitable[None] | None] | None = None,
        on_move: Callable[[Id], Awaitable[None] | None] | None = None,
        id: str | None = None,  # noqa: A002  # Textual's name for it
    ) -> None:
        super().__init__(id=id)
        self._make = make
        self._entries: list[Entry[Id]] = []
        self._cursor = 0
        self._top = 0
        self._cursor_shown: Shown = "whole"
        self.on_choose = on_choose
        self.on_move = on_move

    @property
    def entries(self) -> Sequence[Entry[Id]]:
        """All lines; do not change them."""
        return self._entries

    @property
    def cursor_id(self) -> Id | None:
        """What the line under the cursor stands for, None when there is nothing to choose."""
        return self._entries[self._cursor].id if self._cursor < len(self._entries) else None

    @property
    def plain(self) -> str:
        """All lines without looks."""
        return "\n".join("".join(text for text, _look in entry.pieces) for entry in self._entries)

    def show_cursor(self, shown: Shown) -> None:
        """Show the cursor with its sign and look, only its sign, or not at all: of two lists one has the keys."""
        if shown != self._cursor_shown:
            before, self._cursor_shown = self._window(), shown
            self._paint(before)

    def rebuild(self) -> None:
        """Make the lines again, keep the cursor on its line, and paint those that differ."""
        here, before = self.cursor_id, self._window()
        width = self.size.width or self.app.size.width
        self._entries = list(self._make(max(width - GUTTER, 20)))
        self._cursor = self._place_of(here)
        self._keep_in_view()
        self._paint(before)

    def _place_of(self, row: Id | None) -> int:
        """Return the line of an id, else the choosable line nearest to where the cursor was."""
        places = self._places()
        same = [at for at in places if self._entries[at].id == row]
        return min(same or places, key=lambda at: abs(at - self._cursor), default=0)

    def _places(self) -> list[int]:
        return [at for at, entry in enumerate(self._entries) if entry.id is not None]

    def _window(self) -> list[tuple[Piece, ...]]:
        return [tuple(self.pieces(y)) for y in range(self.size.height)]

    def _paint(self, before: Sequence[tuple[Piece, ...]]) -> None:
        after = self._window()
        if len(before) != len(after) or not after:
            self.refresh()
        elif changed := [Region(0, y, self.size.width, 1) for y, now in enumerate(after) if now != before[y]]:
            self.refresh(*changed)

    def move_to(self, row: Id) -> bool:
        """Put the cursor on the line of an id; return whether there is one."""
        at = next((at for at, entry in enumerate(self._entries) if entry.id == row), None)
        if at is not None:
            self._go(at)
        return at is not None

    def _go(self, at: int) -> None:
        before = self._window()
        self._cursor = at
        self._keep_in_view()
        self._paint(before)

    def _keep_in_view(self) -> None:
        """Scroll so that the cursor is seen, with the heading above it."""
        height = self.size.height
        if not height:
            return
        lead = 0
        while lead < _LEAD and self._cursor > lead and self._entries[self._cursor - lead - 1].id is None:
            lead += 1
        first = self._cursor - lead
        self._top = min(self._top, 0 if not any(at < self._cursor for at in self._places()) else first)
        self._top = max(self._top, self._cursor - height + 1)
        self._top = max(0, min(self._top, len(self._entries) - height))

    # ---- painting

    def pieces(self, y: int) -> Iterable[Piece]:
        """Return a line of the visible part; the cursor's is marked and reversed."""
        at = self._top + y
        if at >= len(self._entries):
            return
        entry = self._entries[at]
        here = at == self._cursor and entry.id is not None and self._cursor_shown != "nowhere"
        more = y == self.size.height - 1 and at < len(self._entries) - 1
        yield ("> " if here else "v " if more else "  ", "plain" if here else "quiet")
        for number, (text, look) in enumerate(entry.pieces):
            yield (text, "cursor" if here and not number and self._cursor_shown == "whole" else look)

    def on_resize(self) -> None:
        """Lay the lines out for another width."""
        self.rebuild()
        self.refresh()

    # ---- keys and mouse

    async def take_key(self, event: events.Key) -> bool:
        """Move and choose; everything else is left to the screen's commands."""
        page = max(self.size.height - 1, 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -(10**6), "end": 10**6}
        if event.key in steps:
            await self._step(steps[event.key])
        elif event.key == "enter" and self.on_choose and self.cursor_id is not None:
            await _call(self.on_choose(self.cursor_id))
        else:
            return False
        return True

    async def _step(self, step: int) -> None:
        """Go to the next line to choose, or as far as asked; where there is none, scroll."""
        places = self._places()
        wanted = self._cursor + step
        ahead = [at for at in places if (at > self._cursor if step > 0 else at < self._cursor)]
        if not ahead:
            self._scroll(step)
            return
        if abs(step) == 1:
            target = min(ahead, key=lambda at: abs(at - self._cursor))
        else:
            target = min(ahead, key=lambda at: abs(at - wanted))
        self._go(target)
        if self.on_move and self.cursor_id is not None:
            await _call(self.on_move(self.cursor_id))

    def _scroll(self, step: int) -> None:
        top = max(0, min(self._top + step, len(self._entries) - self.size.height))
        if top != self._top:
            self._top = top
            self.refresh()

    async def on_click(self, event: events.Click) -> None:
        """Move to the line that was clicked; a second click chooses it."""
        at = self._top + event.y
        if at < len(self._entries) and self._entries[at].id is not None:
            again = at == self._cursor
            self._go(at)
            if again and self.on_choose and self.cursor_id is not None:
                await _call(self.on_choose(self.cursor_id))

    def on_mouse_scroll_down(self) -> None:
        """Scroll down."""
        self._scroll(3)

    def on_mouse_scroll_up(self) -> None:
        """Scroll up."""
        self._scroll(-3)


async def _call(result: Awaitable[None] | None) -> None:
    if isawaitable(result):
        await result


def joined(parts: Iterable[str | None], sign: str = "  ") -> str:
    """Return the parts that there are, set apart by `sign`."""
    return sign.join(part for part in parts if part)


def room_for(texts: Iterable[str], least: int, most: int) -> int:
    """Return the width of a column that holds these texts, between `least` and `most` cells."""
    return max(least, min(most, max((cells(text) for text in texts), default=0)))


def listed(names: Iterable[str]) -> str:
    """Return names one after the other, as the language in force sets them apart."""
    return pgettext("between names", ", ").join(names)
