"""A small fictional group in a book, and a person at the keyboard of its screens."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from textual.events import Key, Paste
from textual.keys import _character_to_key

from coordinator_tui.book.book import Book
from coordinator_tui.book.members import add_member, names
from coordinator_tui.book.schedule import add_session
from coordinator_tui.domain.vocabulary import SessionKind
from coordinator_tui.tui.app import CoordinatorApp
from coordinator_tui.tui.screen import CoordinatorScreen, Dialog
from coordinator_tui.tui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coordinator_tui.domain.records import Session

TODAY = date(2026, 11, 18)
PEOPLE = (("安然", "语文"), ("陈静", "数学"), ("李强", "英语"), ("王伟", "数学"), ("王伟", "语文"), ("张三", "物理"))
NAMED = {
    "up", "down", "left", "right", "enter", "escape", "backspace", "delete", "tab", "space", "end", "home",
    "pageup", "pagedown", "f1", "f2", "f3",
}  # fmt: skip


def empty_book(folder: Path) -> Book:
    """Make a book with nothing in it."""
    return Book.create(folder, user="li", today=TODAY, remember=False)


def make_book(folder: Path) -> Book:
    """Make a book of six people in one group, in a term, without sessions."""
    book = Book.create(
        folder,
        school="青禾实验学校",
        group="语文教研组",
        term="2026-2027-1",
        user="li",
        today=TODAY,
        remember=False,
    )
    for name, subject in PEOPLE:
        add_member(book, name, group=book.group.id, subject=subject)
    return book


def meet(book: Book, days: int, topic: str | None = "《背影》", **fields: Any) -> Session:
    """Add a session so many days from today."""
    usual: dict[str, Any] = {"start": "15:30", "end": "17:00", "kind": SessionKind.GROUP_RESEARCH, "topic": topic}
    return add_session(book, date=TODAY + timedelta(days=days), **{**usual, **fields})


def member(book: Book, name: str) -> int:
    """Id of the member of that (display) name."""
    return next(identity for identity, shown in names(book).items() if shown == name)


class Person:
    """Somebody at the keyboard."""

    def __init__(self, app: CoordinatorApp, book: Book, pilot: Pilot[None]) -> None:
        self.app = app
        self.book = book
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys by name; anything else is typed character by character."""
        for key in keys:
            if key in NAMED or key.startswith("ctrl+"):
                await self.app.on_event(Key(key, None))
            else:
                for character in key:
                    await self.app.on_event(Key(_character_to_key(character), character))
        await self._pilot.pause()

    async def fill(self, *values: str) -> None:
        """Type into one field after another, replacing what is there; "" leaves a field as it is; then save."""
        for value in values:
            if value:
                await self.press("end", "ctrl+u", value)
            await self.press("down")
        await self.press("ctrl+s")

    async def go_to(self, piece: str) -> None:
        """Go down from the top to the line with that piece of text."""
        await self.press("home")
        for _step in range(60):
            if piece in self.at:
                return
            await self.press("down")
        raise AssertionError(f"no line to choose has {piece!r}:\n{self.text}")

    async def paste(self, text: str) -> None:
        await self.app.on_event(Paste(text))
        await self._pilot.pause()

    async def look(self) -> str:
        """Wait until everything is in its place; return the whole screen."""
        await self._pilot.pause()
        return self.text

    @property
    def screen(self) -> Any:
        """The screen on top, under any dialog."""
        return next(s for s in reversed(self.app.screen_stack) if isinstance(s, CoordinatorScreen))

    def on(self, kind: type[CoordinatorScreen]) -> bool:
        """Whether a screen of that kind is on top."""
        return isinstance(self.screen, kind)

    @property
    def asked(self) -> bool:
        """Whether a dialog is open."""
        return isinstance(self.app.screen, Dialog)

    @property
    def text(self) -> str:
        """The whole screen as text, a line for each line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)

    def line(self, piece: str) -> str:
        """The first line of the screen with that piece of text in it."""
        return next((line for line in self.text.split("\n") if piece in line), "")

    @property
    def said(self) -> str:
        """The sentence in the status line."""
        return "".join(text for text, _look in self.app.status).strip()

    @property
    def at(self) -> str:
        """The line under the cursor."""
        return next((line[1:].strip() for line in self.text.split("\n") if line.startswith(">")), "")

    @property
    def keys(self) -> str:
        """The key line."""
        bar = self.app.screen.query_one(KeyBar)
        return " ".join(f"{command.key_shown} {command.hint}" for command in bar.commands)


@asynccontextmanager
async def at_desk(book: Book, area: str = "today", size: tuple[int, int] = (80, 24)) -> AsyncIterator[Person]:
    """Open the program at an area."""
    app = CoordinatorApp(book, first=area)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Person(app, book, pilot)
