"""The welcome: make a book, look at the demo, or open a book that is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import places
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.sections import Entry, SectionList, heading
from coordinator_tui.tui.screens.welcome_forms import book_at, demo_folder, make_form, open_form
from coordinator_tui.tui.widgets.bars import TitleLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from coordinator_tui.book.book import Book

_DIGITS = 9


class WelcomeScreen(CoordinatorScreen):
    """Three ways to a book, and the books opened before; each under its digit."""

    heading = lazy("Welcome")
    about = lazy(
        "A book holds everything about a group or a school, in one folder. The demo is fictional: try everything "
        "there. Whatever is entered is saved at once."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="welcome.enter",
            title=lazy("Do what is under the cursor"),
            keys=("enter",),
            hint=lazy("choose"),
            in_palette=False,
        ),
        Command(
            name="welcome.make",
            title=lazy("Make a book for your group"),
            keys=("1", "n"),
            hint=lazy("/2/3 choose directly"),
            words="新建 台账 建账 new make init",
            cli="init DIR --school S --group G --term T",
        ),
        Command(
            name="welcome.demo",
            title=lazy("Look at the demo: a fictional group with a term of data"),
            keys=("2", "d"),
            words="演示 示例 demo example",
            cli="demo",
        ),
        Command(
            name="welcome.open",
            title=lazy("Open a book that is there"),
            keys=("3", "o"),
            words="打开 台账 open",
            cli="--book DIR",
        ),
        *(
            Command(
                name=f"welcome.recent-{number}",
                title=lazy("Open the book with this number"),
                keys=(str(number),),
                in_palette=False,
                action="recent",
                arguments=(number,),
            )
            for number in range(4, _DIGITS + 1)
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.list: SectionList[str] = SectionList(self._entries)

    def body(self) -> ComposeResult:
        """Show the choices."""
        yield self.list

    @property
    def home(self) -> Widget | None:
        """What takes the keys."""
        return self.list

    def on_mount(self) -> None:
        """Show the choices."""
        super().on_mount()
        self.list.rebuild()

    def on_screen_resume(self) -> None:
        """Look again which books there are."""
        super().on_screen_resume()
        if self.is_mounted:
            self.list.rebuild()

    def update_frame(self) -> None:
        """Leave the tabs out while there is no book for them."""
        super().update_frame()
        if self.is_mounted and self.coordinator.book is None:
            self.query_one(TitleLine).show_title([], str(self.heading), ())

    # ---- what is shown

    def _recent(self) -> list[Path]:
        return places.recent_books()[: _DIGITS - 3]

    def _entries(self, width: int) -> list[Entry[str]]:
        del width
        commands = {command.method: command for command in self.commands}
        choices = [
            Entry(((f" {number}  {commands[method].title}", "strong"),), method)
            for number, method in enumerate(("make", "demo", "open"), 1)
        ]
        told: list[Entry[str]] = [
            Entry(),
            Entry(((_("coordinator-tui: rolls, work and summaries of a teachers' group"), "strong"),)),
            Entry(),
        ]
        for choice, more in zip(choices, (_MAKE, _DEMO, _OPEN), strict=True):
            told += [choice, Entry(((f"    {more}", "quiet"),))]
        recent = [
            Entry(((f" {number}  {path.stem}", "plain"), (f"   {path}", "quiet")), str(path))
            for number, path in enumerate(self._recent(), 4)
        ]
        return [*told, Entry(), heading(_("Opened before")), *recent] if recent else told

    # ---- what can be done

    async def action_enter(self) -> None:
        """Do what is under the cursor."""
        here = self.list.cursor_id
        if here == "make":
            self.action_make()
        elif here == "demo":
            await self.action_demo()
        elif here == "open":
            self.action_open()
        elif here is not None:
            await self._open(Path(here))

    def action_make(self) -> None:
        """Ask what the book is for, and make it."""
        app = self.coordinator
        made: list[Book] = []
        self.ask(make_form(made.append, user=app.user, today=app.today), lambda _values: self._made(made))

    async def _made(self, made: list[Book]) -> None:
        if not made:
            return
        from coordinator_tui.tui.screens.welcome_people import PeopleScreen

        await self._use(made[-1], "members")
        await self.app.push_screen(PeopleScreen())

    async def action_demo(self) -> None:
        """Write the demo if it is not there, and open it."""
        folder = demo_folder(self.coordinator.today)
        await self._open(folder, said=_("This is the demo: everybody in it is invented. Try anything."))

    def action_open(self) -> None:
        """Ask which book to open."""
        self.ask(open_form(), self._chosen)

    async def _chosen(self, values: dict[str, str] | None) -> None:
        if values:
            await self._open(book_at(values["folder"]))

    async def action_recent(self, number: int) -> None:
        """Open a book opened before."""
        recent = self._recent()
        if number - 4 < len(recent):
            await self._open(recent[number - 4])

    async def _open(self, folder: Path, *, said: str = "") -> None:
        from coordinator_tui.book.book import Book

        app = self.coordinator
        if app.book is not None and str(folder) == str(self.book.folder):
            await app.open_area("today")
            return
        book = Book.open(folder, user=app.user, today=app.today)
        await self._use(book, "today")
        app.say(said or _("Opened {book}.").format(book=book.name), "good")

    async def _use(self, book: Book, area: str) -> None:
        from coordinator_tui.tui.launch import speak_as

        speak_as(book)
        await self.coordinator.use_book(book, area)


_MAKE = lazy("school, group, term; then a roster from a file, or typed names")
_DEMO = lazy("thirty invented teachers with a term of rolls and reading notes")
_OPEN = lazy("a folder named ….coord, also on a USB stick or a shared disk")
