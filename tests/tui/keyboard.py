"""Somebody at the keyboard of the whole program: keys, pasted text, and what the screen shows."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from textual.events import Key, Paste
from textual.keys import _character_to_key

from coordinator_tui.tui.app import CoordinatorApp
from coordinator_tui.tui.areas import AREAS, WELCOME
from coordinator_tui.tui.place import place_of
from coordinator_tui.tui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import date

    from textual.pilot import Pilot

    from coordinator_tui.book.book import Book

S = TypeVar("S")

NAMED = {
    "up", "down", "left", "right", "enter", "escape", "backspace", "delete", "tab", "shift+tab", "space", "end", "home",
    "pageup", "pagedown", *(f"f{number}" for number in range(1, 13)),
}  # fmt: skip


class Keyboard:
    """The program in the hands of a person."""

    def __init__(self, app: CoordinatorApp, pilot: Pilot[None]) -> None:
        self.app = app
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys by name; anything else is typed character by character. Waits for the screen afterwards."""
        for key in keys:
            if key in NAMED or key.startswith("ctrl+"):
                await self.app.on_event(Key(key, None))
            else:
                for character in key:
                    await self.app.on_event(Key(_character_to_key(character), character))
        await self._pilot.pause()

    async def paste(self, text: str) -> None:
        await self.app.on_event(Paste(text))
        await self._pilot.pause()

    async def wait(self) -> None:
        await self._pilot.pause()

    async def rest(self) -> None:
        """Wait until the screen has computed what it computes at leisure."""
        for _step in range(300):
            screen: Any = self.app.screen
            owed = getattr(screen, "owed", None)
            if (owed is None or owed.state != "waiting") and getattr(screen, "computed", True):
                break
            await asyncio.sleep(0.02)
        await self.wait()

    def screen(self, kind: type[S]) -> S:
        """Return the screen on top, which is of this kind."""
        screen: Any = self.app.screen
        assert isinstance(screen, kind)
        return screen

    @property
    def said(self) -> str:
        """The sentence in the status line."""
        return "".join(text for text, _look in self.app.status).strip()

    @property
    def lines(self) -> list[str]:
        """All lines of the screen, as painted."""
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def line(self, words: str) -> str:
        """The first line that holds these words; fails when there is none."""
        return next(line for line in self.lines if words in line)

    @property
    def keys(self) -> str:
        """The key line."""
        bar = self.app.screen.query_one(KeyBar)
        return "  ".join(f"{command.key_shown} {command.hint}" for command in bar.commands)


@asynccontextmanager
async def at_program(
    book: Book | None, first: str | None = None, *, size: tuple[int, int] = (80, 24), today: date | None = None
) -> AsyncIterator[Keyboard]:
    """Start the program with a book, or without one."""
    app = CoordinatorApp(
        book,
        areas=(*AREAS, WELCOME),
        first=first or ("today" if book else WELCOME.name),
        place=place_of,
        user="li",
        today=today,
    )
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Keyboard(app, pilot)
    if app.book is not None and app.book is not book:
        app.book.close()
