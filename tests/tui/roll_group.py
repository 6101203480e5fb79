"""A small fictional group, and a person at the keyboard of its roll-call."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING

from textual.events import Key, Paste
from textual.keys import _character_to_key

from coordinator_tui.book.book import Book
from coordinator_tui.book.members import add_member
from coordinator_tui.book.roll import RollCall
from coordinator_tui.book.schedule import add_session
from coordinator_tui.domain.vocabulary import SessionKind
from coordinator_tui.tui.app import CoordinatorApp
from coordinator_tui.tui.areas import Area
from coordinator_tui.tui.screens.roll import RollScreen
from coordinator_tui.tui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from coordinator_tui.domain.vocabulary import Mark

TODAY = date(2026, 11, 20)
PEOPLE = (("安然", "语文"), ("陈静", "数学"), ("李强", "英语"), ("王伟", "数学"), ("王伟", "语文"), ("张三", "物理"))
NAMED = {"up", "down", "left", "right", "enter", "escape", "backspace", "delete", "tab", "space", "end", "home", "f1"}


def make_book(folder: Path, *, sessions: tuple[int, ...] = (0,), user: str = "li") -> Book:
    """Make a book of six people, with a session on each of these days counted from today."""
    book = Book.create(
        folder,
        school="青禾实验学校",
        group="七年级语文备课组",
        term="2026-2027-1",
        user=user,
        today=TODAY,
        remember=False,
    )
    for name, subject in PEOPLE:
        add_member(book, name, group=book.group.id, subject=subject)
    for days in sessions:
        add_session(
            book,
            date=TODAY + timedelta(days=days),
            start="15:30",
            end="17:00",
            kind=SessionKind.COLLECTIVE_PREPARATION,
            topic=f"《背影》{days:+}",
        )
    return book


class Person:
    """Somebody at the keyboard of the roll-call."""

    def __init__(self, app: CoordinatorApp, book: Book, pilot: Pilot[None]) -> None:
        self.app = app
        self.book = book
        self._pilot = pilot

    async def look(self) -> list[str]:
        """Wait until everything is in its place; return all lines of the screen."""
        await self._pilot.pause(0.05)
        return self.shown

    @property
    def screen(self) -> RollScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, RollScreen)
        return screen

    async def until(self, come: Callable[[], bool], seconds: float = 30.0) -> None:
        """Wait for something that comes by itself."""
        until = time.monotonic() + seconds
        while not come() and time.monotonic() < until:
            await self._pilot.pause(0.05)

    async def press(self, *keys: str) -> None:
        """Press keys by name; anything else is typed character by character."""
        for key in keys:
            if key in NAMED or key.startswith("ctrl+"):
                await self.app.on_event(Key(key, None))
            else:
                for character in key:
                    await self.app.on_event(Key(_character_to_key(character), character))

    async def paste(self, text: str) -> None:
        await self.app.on_event(Paste(text))

    @property
    def roll(self) -> RollCall:
        assert self.screen.roll is not None
        return self.screen.roll

    @property
    def marks(self) -> list[Mark | None]:
        """The marks in the book, asked anew, in printed order."""
        return [row.mark for row in RollCall(self.book, self.roll.session.id).rows]

    @property
    def minutes(self) -> list[int | None]:
        return [row.minutes for row in RollCall(self.book, self.roll.session.id).rows]

    @property
    def at(self) -> str:
        """Name of the person under the cursor."""
        member = self.screen.people.cursor_id
        return "" if member is None else self.roll.row(member).name

    @property
    def said(self) -> str:
        """The sentence in the status line."""
        return "".join(text for text, _look in self.app.status).strip()

    @property
    def told(self) -> str:
        """The line under the list."""
        return self.line(self.screen.prompt.region.y)

    @property
    def heading(self) -> str:
        return self.screen.top.plain.strip()

    @property
    def balance(self) -> str:
        return self.screen.balance.plain.strip()

    @property
    def kinds(self) -> str:
        return self.screen.kinds.plain.strip()

    @property
    def keys(self) -> str:
        """The key line."""
        bar = self.screen.query_one(KeyBar)
        return " ".join(f"{command.key_shown} {command.hint}" for command in bar.commands)

    def line(self, y: int) -> str:
        """What line of the screen shows, as composed just now."""
        widget, region = self.screen.get_widget_at(0, y)
        strip = widget.render_line(y - region.y)
        text: str = strip.text
        return text.strip()

    @property
    def shown(self) -> list[str]:
        """All lines of the screen."""
        return [self.line(y) for y in range(self.app.size.height)]

    def row(self, name: str) -> str:
        """The line of a person in the list."""
        return next(line for line in self.shown if name in line)


@asynccontextmanager
async def at_roll(book: Book, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Person]:
    """Open the roll-call of a book."""
    areas = (
        Area("roll", "1", RollScreen.heading, RollScreen, "点名", ("1", "f4")),
        Area("other", "2", RollScreen.heading, RollScreen, "", ("2", "f1")),
    )
    app = CoordinatorApp(book, areas=areas, first="roll")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Person(app, book, pilot)
