"""The packs that there are: look at what each asks, adopt it, write one's own, or take one in from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import rules
from coordinator_tui.domain.rules.phrases import describe
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.going import push, tried
from coordinator_tui.tui.widgets.confirm import Confirm
from coordinator_tui.tui.widgets.linelist import Column, LineList
from coordinator_tui.tui.widgets.textpage import TextPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.errors import Refused
    from coordinator_tui.domain.rules.pack import Pack
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look
    from coordinator_tui.tui.widgets.line import Piece

_SOON = 0.01


class PacksScreen(CoordinatorScreen):
    """Packs in force first, then those that are shipped; below, what the one under the cursor asks."""

    heading = lazy("Rule packs")
    about = lazy(
        "Shipped regulations, and the school's own. The lower half tells what the one under the cursor asks. Enter "
        "adopts it after a question; what a document leaves open is asked afterwards and never made up. + and - scroll "
        "the lower half."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="packs.adopt",
            title=lazy("Adopt this pack"),
            keys=("enter",),
            hint=lazy("adopt"),
            words="采用 启用 adopt",
            cli="rules adopt PACK",
        ),
        Command(
            name="packs.import",
            title=lazy("Take in a pack from a YAML file"),
            keys=("i",),
            hint=lazy("import"),
            words="导入 文件 yaml import file",
            action="take_in",
            cli="rules adopt FILE --replace",
        ),
        Command(
            name="packs.new",
            title=lazy("Write the school's own pack, from the template"),
            keys=("n",),
            hint=lazy("write own"),
            words="自己写 模板 新制度 template own",
            cli="rules template -o FILE",
        ),
        Command(
            name="packs.edit",
            title=lazy("Edit the school's own copy of this pack"),
            keys=("e",),
            hint=lazy("edit"),
            words="编辑 修改 本校",
            cli="rules show PACK --yaml",
        ),
        Command(
            name="packs.drop",
            title=lazy("End this pack"),
            keys=("d",),
            hint=lazy("drop"),
            words="停用 取消 drop end",
            cli="rules drop PACK",
        ),
        Command(
            name="packs.upgrade",
            title=lazy("What a newer version of this pack changes"),
            keys=("v",),
            words="升级 新版本 差异 upgrade",
            cli="rules upgrade PACK",
        ),
        Command(
            name="packs.down", title=lazy("Scroll what it asks"), keys=("+", "tab"), hint=lazy("more"), words="滚动"
        ),
        Command(name="packs.up", title=lazy("Scroll back"), keys=("-", "shift+tab"), words="滚动"),
    )
    DEFAULT_CSS = """
    PacksScreen LineList { height: 1fr; }
    PacksScreen TextPage { height: 1fr; }
    """

    def __init__(self, first: str = "") -> None:
        super().__init__()
        self._first = first
        self._read: set[str] = set()
        self._broken: dict[str, Refused] = {}
        self._ended: dict[str, str] = {}
        self._unread: list[str] = []
        columns = [
            Column("title", lazy("pack"), 0, least=20),
            Column("state", lazy("state"), 12),
            Column("id", lazy("id"), 8, drop=1),
        ]
        self.list: LineList[str] = LineList(columns, self._cells, on_choose=lambda _row: self.action_adopt())
        self.list.on_move = lambda _row: self._moved()
        self.page = TextPage(id="asks")
        self.page.can_focus = False

    def body(self) -> ComposeResult:
        """Compose the packs, and what one asks."""
        yield self.list
        yield self.page

    @property
    def home(self) -> Widget | None:
        """What takes the keys."""
        return self.list

    def on_mount(self) -> None:
        """Show the packs; titles are read one after the other."""
        super().on_mount()
        self.refresh_book(None)
        self.list.move_to(self._first)
        self._show_page()
        self.set_timer(_SOON, self._read_next)

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - a short list
        """Show what is in force and what could be."""
        self._broken = dict(rules.broken(self.book))
        known = [*self._broken, *(each.pack.id for each in rules.packs(self.book))]
        self._read |= set(known)
        self._ended = _ended_packs(self.book)
        rows = [*known, *self._ended, *(each for each in rules.shipped_texts() if each not in known)]
        self._unread = [row for row in rows if row not in self._read]
        self.list.set_rows(rows)
        self._show_page()
        self.update_frame()

    def _read_next(self) -> None:
        """Read one more pack, so that its title can be shown; each takes a few milliseconds."""
        if not self._unread:
            return
        row = self._unread.pop(0)
        if row not in self._read:
            self._pack(row)
            self.list.update_row(row)
        self.set_timer(_SOON, self._read_next)

    def _in_force(self, row: str) -> bool:
        return row in self._broken or any(each.pack.id == row for each in rules.packs(self.book))

    def _pack(self, row: str) -> Pack:
        self._read.add(row)
        if row in self._ended:
            return rules.read(self._ended[row], f"{row}.yaml")
        return rules.find_pack(self.book, row).pack if self._in_force(row) else rules.shipped_pack(row)

    def _cells(self, row: str) -> Sequence[str | tuple[str, Look]]:
        if row in self._broken:
            return (rules.kept_title(rules.kept_pack(self.book, row)), (_("! unreadable"), "bad"), (row, "quiet"))
        if row not in self._read:
            return (("…", "quiet"), "", (row, "quiet"))
        pack = self._pack(row)
        state: tuple[str, Look] = (_("✓ in force"), "good") if self._in_force(row) else ("", "plain")
        return (rules.say(pack.title), state, (row, "quiet"))

    def _moved(self) -> None:
        self._show_page()
        self.update_frame()

    def _show_page(self) -> None:
        row = self.list.cursor_id
        if row in self._broken:
            self.page.show([str(self._broken[row]), _("e mends the text, i takes in a mended file, d ends the pack.")])
        elif row is not None:
            pack = self._pack(row)
            self.list.update_row(row)
            self.page.show(pack_page(pack))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse to adopt what is in force, and to change what is not."""
        here = self.list.cursor_id
        if action == "adopt":
            return here is not None and not self._in_force(here)
        if action in {"drop", "edit"}:
            return here is not None and self._in_force(here)
        if action == "upgrade":
            return here is not None and self._in_force(here) and here not in self._broken
        return super().check_action(action, parameters)

    # ---- doing

    def action_down(self) -> None:
        """Scroll what the pack asks."""
        self.page.scroll_lines(max(self.page.size.height - 1, 1))

    def action_up(self) -> None:
        """Scroll back."""
        self.page.scroll_lines(-max(self.page.size.height - 1, 1))

    def action_adopt(self) -> None:
        """Adopt the pack, after a question that says what will happen."""
        row = self.list.cursor_id
        if row is None:
            return
        if self._in_force(row):
            self.say(_("This pack is in force already; d ends it."), "quiet")
            return
        pack = self._pack(row)

        async def answered(yes: bool | None) -> None:  # noqa: FBT001 - a dialog's answer
            if yes and tried(self, lambda: self._adopt(row)):
                await self._adopted(row)

        question = _("Adopt “{pack}”?").format(pack=rules.say(pack.title))
        self.ask(Confirm(question, yes=lazy("Adopt"), details=consequences(pack)), answered)

    def _adopt(self, row: str) -> None:
        """Put a shipped pack in force, or the school's own that was ended before."""
        if row in self._ended:
            rules.adopt_text(self.book, self._ended[row], name=f"{row}.yaml")
        else:
            rules.adopt(self.book, row)

    async def _adopted(self, row: str) -> None:
        """Show the pack in force, and ask at once what it leaves open."""
        self.refresh_book(None)
        self.list.move_to(row)
        self._show_page()
        left = [each for each in rules.open_questions(self.book) if each.pack.id == row]
        said = _("In force: {pack}. u takes it back.").format(pack=rules.say(self._pack(row).title))
        if left:
            from coordinator_tui.tui.screens.rules_answers import AnswersScreen

            await push(self, AnswersScreen(row))
        self.say(said, "good")

    def action_drop(self) -> None:
        """End the pack, after asking."""
        from coordinator_tui.tui.screens.rules import drop_pack

        if self.list.cursor_id is not None:
            drop_pack(self, self.list.cursor_id)

    def action_edit(self) -> None:
        """Edit the school's copy."""
        from coordinator_tui.tui.screens.rules_text import edit_pack

        if self.list.cursor_id is not None:
            edit_pack(self, self.list.cursor_id)

    async def action_upgrade(self) -> None:
        """Show what a newer version changes."""
        from coordinator_tui.tui.screens.rules_text import open_upgrade

        if self.list.cursor_id is not None:
            await open_upgrade(self, self.list.cursor_id)

    def action_new(self) -> None:
        """Write a pack of one's own."""
        from coordinator_tui.tui.screens.rules_text import write_pack

        write_pack(self, self._adopted)

    def action_take_in(self) -> None:
        """Take in a pack from a file."""
        from coordinator_tui.tui.screens.rules_text import import_pack

        import_pack(self, self._adopted)


def _ended_packs(book: Book) -> dict[str, str]:
    """Return the texts of the school's own packs that were ended and can be read, by id; they can be adopted again."""
    found = {}
    for record in book.packs.where(lambda pack: bool(pack.text) and pack.dropped_on is not None):
        if record.pack not in rules.shipped_texts() and rules.kept_title(record) != record.pack:
            found[record.pack] = record.text
    return found


def pack_page(pack: Pack) -> list[str | Sequence[Piece]]:
    """Return what a pack is and what it asks, clause by clause."""
    lines: list[str | Sequence[Piece]] = [
        ((rules.say(pack.title), "strong"),),
        rules.say(pack.source),
        _("Applies to: {whom}").format(whom=rules.say(pack.applies)),
    ]
    for clause in pack.clauses:
        lines += ["", _("Clause {number}").format(number=clause.id) + "  " + rules.say(clause.text)]
        for requirement in clause.requirements:
            lines.append(f"  - {rules.say(requirement.title)}: {describe(requirement, {})}")
        lines += [f"  + {rules.say(cadence.title)}" for cadence in clause.cadences]
        lines += [f"  * {rules.say(words)}" for words in clause.remind]
    if pack.settings:
        lines += ["", _("It will ask:")]
        lines += [f"  ? {rules.say(setting.title)}" for setting in pack.settings]
    return lines


def consequences(pack: Pack) -> Iterable[str]:
    """Return what adopting a pack does, in sentences."""
    asks = len([requirement for requirement in pack.requirements if not requirement.advice])
    series = sum(len(clause.cadences) for clause in pack.clauses)
    needed = [setting for setting in pack.settings if not setting.optional]
    yield rules.say(pack.source)
    yield ngettext(
        "{count} requirement is computed from the book's records, from the beginning of the term.",
        "{count} requirements are computed from the book's records, from the beginning of the term.",
        asks,
    ).format(count=asks)
    if series:
        yield ngettext(
            "{count} series can be planned; none is planned by itself.",
            "{count} series can be planned; none is planned by itself.",
            series,
        ).format(count=series)
    if needed:
        yield ngettext(
            "The document leaves {count} thing open: it is asked next.",
            "The document leaves {count} things open: they are asked next.",
            len(needed),
        ).format(count=len(needed))
    yield _("No record is changed.")
