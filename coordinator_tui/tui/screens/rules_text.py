"""The text of packs: the school's copy in an editor, a file taken in, and what a newer version changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from coordinator_tui.book import rules
from coordinator_tui.book.errors import NoSuchThing, Refused
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.going import confirmed, push, tried
from coordinator_tui.tui.screens.lines_input import TextDialog
from coordinator_tui.tui.widgets.form import Field, FormDialog
from coordinator_tui.tui.widgets.textpage import TextPage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from textual.app import ComposeResult

    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look
    from coordinator_tui.tui.widgets.line import Piece

    Adopted = Callable[[str], Awaitable[None]]

_HEAD_LINES = 2  # the names of the two texts
_LOOKS: dict[str, Look] = {"+": "good", "-": "bad", "@": "quiet"}


class PackEditor(TextDialog):
    """The text of a pack over the whole screen; a mistake is said with its line, and the cursor goes there."""

    DEFAULT_CSS = """
    PackEditor > #box { width: 100%; height: 100%; }
    PackEditor LinesInput { height: 1fr; }
    """

    def __init__(self, title: str, value: str, *, save: Callable[[str], Any]) -> None:
        super().__init__(title, value, save=self._save_or_find)
        self._keep = save
        self._line = 0
        self.text.go_to_line(1)

    def _save_or_find(self, text: str) -> None:
        try:
            self._keep(text)
        except Refused as error:
            self._line = int(str(error.params.get("line") or 0))
            raise

    async def action_save(self) -> None:
        """Save; where the text cannot be read, go to the line that the sentence names."""
        self._line = 0
        await super().action_save()
        if self._line:
            self.text.go_to_line(self._line)


def edit_pack(screen: CoordinatorScreen, identity: str) -> None:
    """Open the school's copy of a pack in an editor; the book keeps what it had until the text can be read."""
    record = rules.kept_pack(screen.book, identity)
    called = rules.kept_title(record)
    title = _("The school's own copy of {pack}").format(pack=called)

    def saved(text: str | None) -> None:
        if text is not None:
            screen.refresh_book(None)
            screen.say(_("Saved: {pack}. u takes it back.").format(pack=called), "good")

    screen.ask(PackEditor(title, record.text, save=lambda text: rules.edit(screen.book, identity, text)), saved)


def write_pack(screen: CoordinatorScreen, adopted: Adopted) -> None:
    """Open the template in an editor; what is saved there is adopted."""
    made: list[str] = []

    def save(text: str) -> None:
        made.append(rules.adopt_text(screen.book, text).pack.id)

    async def saved(text: str | None) -> None:
        if text is not None and made:
            await adopted(made[-1])

    screen.ask(PackEditor(_("A pack of the school's own"), rules.template_text(), save=save), saved)


def import_pack(screen: CoordinatorScreen, adopted: Adopted) -> None:
    """Ask for a YAML file; one whose pack is in force already takes its place after a question."""
    from coordinator_tui.tui.screens.import_files import path_of

    found: dict[str, Any] = {}

    def save(values: dict[str, str]) -> None:
        path = path_of(values["file"])
        text = pack_text(values["file"])
        found.update(text=text, name=path.name, pack=rules.read(text, path.name))

    async def chosen(values: dict[str, str] | None) -> None:
        if not values:
            return
        pack = found["pack"]
        there = [*dict(rules.broken(screen.book)), *(each.pack.id for each in rules.packs(screen.book))]
        if pack.id in there:
            _ask_to_replace(screen, found)
        elif tried(screen, lambda: rules.adopt_text(screen.book, found["text"], name=found["name"])):
            await adopted(pack.id)

    field = Field("file", _("File"), required=True, placeholder=lazy("a YAML file, such as 本校制度.yaml"))
    screen.ask(FormDialog(_("Take in a pack from a file"), [field], save), chosen)


def _ask_to_replace(screen: CoordinatorScreen, found: dict[str, Any]) -> None:
    title = rules.say(found["pack"].title)
    confirmed(
        screen,
        _("Let the file take the place of the copy of “{pack}” in force?").format(pack=title),
        lambda: rules.adopt_text(screen.book, found["text"], name=found["name"], replace=True),
        _("Saved: {pack}. u takes it back.").format(pack=title),
        yes=lazy("Replace"),
        details=(_("Your answers stay; what the school changed in its copy is replaced."),),
    )


def pack_text(file: str) -> str:
    """Return the text of a file in UTF-8 or GB18030; NoSuchThing or Refused when it cannot be read."""
    from coordinator_tui.tui.screens.import_files import path_of

    path = path_of(file)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise NoSuchThing(lazy("There is no file {file}."), file=path) from None
    except OSError:
        raise Refused(lazy("The file {file} cannot be read."), file=path) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


# ---- upgrades


async def open_upgrade(screen: CoordinatorScreen, identity: str) -> None:
    """Show what a newer shipped version changes, or say that there is none."""
    if rules.upgrade_of(screen.book, identity) is None:
        screen.say(_("The shipped version has not changed since this pack was adopted."), "quiet")
        return
    await push(screen, UpgradeScreen(identity))


class UpgradeScreen(CoordinatorScreen):
    """What the newer shipped version has that the school's copy has not, and the choice between them."""

    heading = lazy("Newer version")
    about = lazy("What a newer shipped version of a pack changes. Nothing is overwritten unless you take it.")
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="upgrade.take",
            title=lazy("Take the shipped text"),
            keys=("t",),
            hint=lazy("take"),
            words="采用新版 take",
            cli="rules upgrade PACK --take",
        ),
        Command(
            name="upgrade.keep",
            title=lazy("Keep the school's own copy, and do not ask again"),
            keys=("k",),
            hint=lazy("keep own"),
            words="保留本校 keep",
            cli="rules upgrade PACK --keep",
        ),
    )

    def __init__(self, pack: str) -> None:
        super().__init__()
        self.pack = pack
        self.page = TextPage()

    def body(self) -> ComposeResult:
        """Compose the differences."""
        yield self.page

    def on_mount(self) -> None:
        """Show the differences."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - any change may touch the pack
        """Show what differs now."""
        try:
            news = rules.upgrade_of(self.book, self.pack)
        except NoSuchThing:
            news = None
        lines: list[str | Sequence[Piece]] = []
        if news is None:
            lines.append(_("Nothing differs any more."))
        else:
            own = _("The school changed its copy; taking the shipped text replaces that.") if news.own_changes else ""
            lines += [own, ""] if own else []
            lines += [str(difference) for difference in news.differences]
            lines += ["", ((_("Line by line"), "head"),), _("- the school's copy   + the shipped text")]
            changed = news.diff.splitlines()[_HEAD_LINES:]
            lines += [((text, _LOOKS.get(text[:1], "plain")),) for text in changed]
        self.page.show(lines)

    def action_take(self) -> None:
        """Take the shipped text, after asking."""
        confirmed(
            self,
            _("Take the shipped text in place of the school's copy?"),
            lambda: rules.take_upgrade(self.book, self.pack),
            _("Upgraded: {pack}. u takes it back.").format(pack=self.pack),
            yes=lazy("Take the shipped text"),
            details=(_("What the school changed in its copy is replaced; your answers stay."),),
        )

    def action_keep(self) -> None:
        """Keep the school's copy."""
        if tried(self, lambda: rules.take_upgrade(self.book, self.pack, keep_own=True)):
            self.refresh_book(None)
            self.say(_("The school's copy is kept."), "good")
