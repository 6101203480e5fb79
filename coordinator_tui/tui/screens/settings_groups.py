"""The groups of a book: add, edit, remove, and choose the one that screens mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import groups
from coordinator_tui.domain.vocabulary import GroupKind, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, pgettext
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.going import confirmed
from coordinator_tui.tui.widgets.form import Field, FormDialog
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coordinator_tui.book.groups import GroupRow
    from coordinator_tui.domain.records import Group
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look


class GroupsScreen(CoordinatorScreen):
    """Every group with its size and leaders."""

    heading = lazy("Groups")
    about = lazy("The group in use is the one that screens and commands mean unless told otherwise.")
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="groups.add",
            title=lazy("Add a group"),
            keys=("a",),
            hint=lazy("add"),
            words="新增 添加 add",
            cli="groups add",
        ),
        Command(
            name="groups.edit",
            title=lazy("Edit the group"),
            keys=("e", "enter"),
            hint=lazy("edit"),
            words="修改 编辑 edit",
            cli="groups edit",
        ),
        Command(
            name="groups.use",
            title=lazy("Use this group"),
            keys=("s",),
            hint=lazy("use"),
            words="使用 切换 use",
            cli="settings set default_group NAME",
        ),
        Command(
            name="groups.remove",
            title=lazy("Remove the group"),
            keys=("d", "delete"),
            hint=lazy("remove"),
            words="删除 remove",
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[int, GroupRow] = {}
        columns = [
            Column("name", lazy("group"), 0, least=20),
            Column("kind", lazy("kind"), 24),
            Column("members", lazy("people"), 6, "right"),
            Column("leaders", lazy("leader"), 14),
            Column("note", lazy("note"), 16, drop=1),
            Column("state", "", 8),
        ]
        self.list: LineList[int] = LineList(columns, self._cells, empty=lazy("No group yet: press a."))

    def body(self) -> ComposeResult:
        """Show the list."""
        yield self.list

    def on_mount(self) -> None:
        """Show the groups, with the cursor on the one in use."""
        super().on_mount()
        self.refresh_book(None)
        if self._rows:
            self.list.move_to(self.book.group.id)

    def refresh_book(self, changes: Changes | None) -> None:
        """Show the groups as they are now."""
        del changes
        self._rows = {row.group.id: row for row in groups.group_rows(self.book)}
        self.list.set_rows(list(self._rows))

    def _cells(self, identity: int) -> Sequence[str | tuple[str, Look]]:
        row = self._rows[identity]
        here = identity == self.book.group.id
        return (
            row.group.name,
            title(row.group.kind),
            str(row.members),
            _(", ").join(member.name for member in row.leaders),
            (row.group.note or "", "quiet"),
            (_("in use") if here else "", "good"),
        )

    def _chosen(self) -> Group | None:
        here = self.list.cursor_id
        if here is None:
            self.say(_("There is no group here: a adds one."), "quiet")
            return None
        return self._rows[here].group

    def _form(self, group: Group | None) -> FormDialog:
        def save(values: dict[str, str]) -> None:
            kind, note = GroupKind(values["kind"]), values["note"] or None
            if group is None:
                self._show(groups.add_group(self.book, values["name"], kind=kind, note=note).id)
            else:
                groups.edit_group(self.book, group.id, name=values["name"], kind=kind, note=note)
                self._show(group.id)

        kind = group.kind if group else GroupKind.TEACHING_RESEARCH
        fields = [
            Field("name", pgettext("thing", "name"), group.name if group else "", required=True),
            Field("kind", lazy("kind"), kind.value, choices=[(each.value, title(each)) for each in GroupKind]),
            Field("note", lazy("note"), (group and group.note) or ""),
        ]
        return FormDialog(_("Edit the group") if group else _("New group"), fields, save)

    def _show(self, identity: int) -> None:
        self.refresh_book(None)
        self.list.move_to(identity)

    def action_add(self) -> None:
        """Ask for a new group."""
        self.ask(self._form(None), lambda _values: None)

    def action_edit(self) -> None:
        """Edit the group under the cursor."""
        group = self._chosen()
        if group is not None:
            self.ask(self._form(group), lambda _values: None)

    def action_use(self) -> None:
        """Make the group the one that screens mean."""
        group = self._chosen()
        if group is not None:
            self.book.settings.set("default_group", group.id)
            self.refresh_book(None)
            self.say(_("Screens and commands mean {group} now.").format(group=group.name), "good")

    def action_remove(self) -> None:
        """Ask, then remove the group."""
        group = self._chosen()
        if group is not None:
            what = _("Remove the group {name} from the book?").format(name=group.name)
            said = _("Removed “{title}”; u takes it back.").format(title=group.name)
            confirmed(self, what, lambda: groups.remove_group(self.book, group.id), said, yes=_("Remove"))
