"""The members of a new book: from a roster in a file, typed or pasted, or later."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.sections import Entry, SectionList
from coordinator_tui.tui.screens.welcome_names import names_dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget


class PeopleScreen(CoordinatorScreen):
    """Three ways to the first members; it leaves by itself when there are some."""

    heading = lazy("First members")
    about = lazy("A roster may be an Excel file, a CSV file in any Chinese encoding, or text copied from anywhere.")
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="people.enter",
            title=lazy("Do what is under the cursor"),
            keys=("enter",),
            hint=lazy("choose"),
            in_palette=False,
        ),
        Command(
            name="people.import",
            title=lazy("Import a roster from a file"),
            keys=("1", "i"),
            hint=lazy("/2/3 choose directly"),
            words="导入 名单 花名册 excel import roster",
            cli="import members FILE",
        ),
        Command(
            name="people.names",
            title=lazy("Type or paste names"),
            keys=("2", "n"),
            words="粘贴 输入 名单 type paste names",
            cli="members add NAME",
        ),
        Command(name="people.later", title=lazy("Later"), keys=("3", "l"), words="以后 later skip"),
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
        """Go on to the members once there are some."""
        super().on_screen_resume()
        if self.is_mounted and len(self.book.members) and self.is_current:
            self.app.pop_screen()

    def _entries(self, width: int) -> list[Entry[str]]:
        del width
        commands = {command.method: command for command in self.commands}
        made = _("The book {book} is made; it lies in {folder}.").format(book=self.book.name, folder=self.book.folder)
        told: list[Entry[str]] = [
            Entry(),
            Entry(((made, "good"),)),
            Entry(((_("Who belongs to it?"), "strong"),)),
            Entry(),
        ]
        for number, (method, more) in enumerate((("import", _IMPORT), ("names", _NAMES), ("later", _LATER)), 1):
            told.append(Entry(((f" {number}  {commands[method].title}", "strong"),), method))
            told.append(Entry(((f"    {more}", "quiet"),)))
        return told

    async def action_enter(self) -> None:
        """Do what is under the cursor."""
        here = self.list.cursor_id
        if here == "import":
            await self.action_import()
        elif here == "names":
            self.action_names()
        elif here == "later":
            self.action_later()

    async def action_import(self) -> None:
        """Open the import of a roster."""
        await self._import(None)

    async def _import(self, source: str | None) -> None:
        from coordinator_tui.tui.screens.import_roster import ImportRoster

        await self.app.push_screen(ImportRoster(source))

    def action_names(self) -> None:
        """Ask for the names."""
        told: list[str] = []
        self.ask(names_dialog(self.book, told), lambda text: self._named(text, told))

    async def _named(self, text: str | None, told: list[str]) -> None:
        """Say what was added; what is not clear is asked about in the import's preview."""
        if text and told:
            self.say(told[-1], "good")
        elif text:
            await self._import(text)

    def action_later(self) -> None:
        """Go on without members."""
        self.app.pop_screen()
        self.say(_("In Members, a adds one."), "quiet")


_IMPORT = lazy("Excel or CSV as the school has it; everything is shown before it is taken in")
_NAMES = lazy("one name on each line, or parted by commas; pasted lists and tables are understood too")
_LATER = lazy("Esc does the same")
