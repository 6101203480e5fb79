"""The groups: which one is shown, and adding, renaming, removing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import groups
from coordinator_tui.domain.vocabulary import GroupKind, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, pgettext
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.frame import is_for_people
from coordinator_tui.tui.screen import Dialog
from coordinator_tui.tui.widgets.bars import Sentence
from coordinator_tui.tui.widgets.confirm import Confirm
from coordinator_tui.tui.widgets.form import Field, FormDialog
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.groups import GroupRow

EVERYBODY = 0
"""What choosing everybody in the book answers."""


class GroupsDialog(Dialog[int]):
    """The groups with size and leader; Enter answers the one to show, `EVERYBODY` for all."""

    heading = lazy("Groups")
    DEFAULT_CSS = """
    GroupsDialog LineList { height: 12; }
    """
    commands: ClassVar[tuple[Command, ...]] = (
        Command(name="groups.show", title=lazy("Show it"), keys=("enter",), hint=lazy("show"), in_palette=False),
        Command(name="groups.add", title=lazy("Add a group"), keys=("a",), hint=lazy("add"), in_palette=False),
        Command(name="groups.edit", title=lazy("Edit this group"), keys=("e",), hint=lazy("edit"), in_palette=False),
        Command(
            name="groups.remove",
            title=lazy("Remove this group"),
            keys=("delete", "x"),
            hint=lazy("remove"),
            in_palette=False,
        ),
    )

    def __init__(self, book: Book, here: int | None) -> None:
        super().__init__()
        self.book = book
        self._here = here or EVERYBODY
        self._rows: dict[int, GroupRow] = {}
        self.list: LineList[int] = LineList(
            [
                Column("name", lazy("group"), 0, least=20),
                Column("kind", lazy("kind"), 24, drop=1),
                Column("count", lazy("people"), 6, "right"),
                Column("leader", lazy("leader"), 14),
            ],
            self._cells,
            on_choose=self.dismiss_with,
        )
        self.problem = Sentence()

    def body(self) -> ComposeResult:
        """Compose the list and a line for what cannot be done."""
        yield self.list
        yield self.problem

    def on_mount(self) -> None:
        """Show the groups, the one shown under the cursor."""
        super().on_mount()
        self._show()
        self.list.move_to(self._here)

    def _show(self) -> None:
        self._rows = {row.group.id: row for row in groups.group_rows(self.book)}
        self.list.set_rows([EVERYBODY, *self._rows])

    def _cells(self, group: int) -> Sequence[str]:
        if group == EVERYBODY:
            return _("Everybody in the book"), "", str(len(self.book.members)), ""
        row = self._rows[group]
        leaders = _(", ").join(member.name for member in row.leaders)
        return row.group.name, title(row.group.kind), str(row.members), leaders

    def dismiss_with(self, group: int) -> None:
        """Answer the group."""
        self.dismiss(group)

    def action_show(self) -> None:
        """Answer the group under the cursor."""
        self.dismiss(self.list.cursor_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Everybody in the book is not a group to edit."""
        if action in {"edit", "remove"}:
            return bool(self.list.cursor_id)
        return super().check_action(action, parameters)

    def action_add(self) -> None:
        """Ask for a new group."""
        self.problem.show()

        def save(values: dict[str, str]) -> None:
            group = groups.add_group(self.book, values["name"], kind=GroupKind(values["kind"]))
            self._show()
            self.list.move_to(group.id)

        self.coordinator.ask(FormDialog(_("New group"), _fields("", GroupKind.TEACHING_RESEARCH), save))

    def action_edit(self) -> None:
        """Ask for name and kind of the group."""
        self.problem.show()
        group = self._rows[self.list.cursor_id or 0].group

        def save(values: dict[str, str]) -> None:
            groups.edit_group(self.book, group.id, name=values["name"], kind=GroupKind(values["kind"]))
            self._show()

        self.coordinator.ask(
            FormDialog(_("Edit {name}").format(name=group.name), _fields(group.name, group.kind), save)
        )

    def action_remove(self) -> None:
        """Remove the group, after asking."""
        group = self._rows[self.list.cursor_id or 0].group

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a dialog's answer
            if yes:
                self._remove(group.id)

        question = _("Remove the group {name} from the book?").format(name=group.name)
        self.coordinator.ask(Confirm(question, yes=lazy("Remove")), answered)

    def _remove(self, group: int) -> None:
        try:
            groups.remove_group(self.book, group)
        except Exception as error:
            if not is_for_people(error):
                raise
            self.problem.show((f"  {error}", "bad"))
            return
        self.problem.show()
        self._show()


def _fields(name: str, kind: GroupKind) -> list[Field]:
    return [
        Field("name", pgettext("thing", "Name"), name, required=True),
        Field("kind", _("Kind"), kind.value, choices=[(each.value, title(each)) for each in GroupKind]),
    ]
