"""Everybody in the book: the list, found by name or pinyin, by group, with those who left; and what changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import members
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext
from coordinator_tui.tui.palette import PaletteInput
from coordinator_tui.tui.screens import members_forms, members_rows
from coordinator_tui.tui.screens.going import open_member, push
from coordinator_tui.tui.screens.members_actions import PersonActions
from coordinator_tui.tui.screens.members_commands import LIST
from coordinator_tui.tui.widgets.bars import TextLine
from coordinator_tui.tui.widgets.linelist import LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from coordinator_tui.book.members import MemberRow
    from coordinator_tui.domain.records import Member
    from coordinator_tui.tui.commands import Command
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look


class MembersScreen(PersonActions):
    """The list of members."""

    heading = lazy("Members")
    about = lazy(
        "Everybody in the book. Enter opens one person's term on one page; / finds by a piece of the name, pinyin or "
        "initials; Space selects several, to let them join a group together."
    )
    commands: ClassVar[tuple[Command, ...]] = LIST
    DEFAULT_CSS = """
    MembersScreen .hidden { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.group: int | None = None
        self.everyone = False
        self.searching = False
        self.query_text = ""
        self._rows: dict[int, tuple[int, MemberRow]] = {}
        self._columns = members_rows.columns(everyone=False)
        self.top = TextLine()
        self.list: LineList[int] = LineList(
            self._columns,
            self._cells,
            empty=lazy("Nobody here."),
            selectable=True,
            marked_column=members_rows.NAME,
            on_choose=self._open,
        )
        self.search = PaletteInput(
            prompt=" / ",
            placeholder=lazy("a piece of the name, pinyin, initials or subject"),
            on_change=self._search,
            on_submit=lambda _text: self._end_search(),
        )
        self.search.target = self.list

    def body(self) -> ComposeResult:
        """Compose what is shown, the list, and the line for searching."""
        self.search.add_class("hidden")
        yield self.top
        yield self.list
        yield self.search

    @property
    def home(self) -> Widget | None:
        """What takes the keys."""
        return self.search if self.searching else self.list

    def on_mount(self) -> None:
        """Show everybody."""
        super().on_mount()
        self.refresh_book(None)

    # ---- who is meant

    @property
    def person(self) -> int | None:
        """Whoever is under the cursor."""
        return self.list.cursor_id

    @property
    def people(self) -> Sequence[int]:
        """Those selected, else the one under the cursor."""
        chosen = [member for member in self.list.rows if member in self.list.selected]
        return chosen or super().people

    @property
    def group_meant(self) -> int | None:
        """The group that is shown."""
        return self.group

    # ---- showing

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - a list is cheap to make again
        """Show the members as they are now."""
        if self.group is not None and self.book.groups.find(self.group) is None:
            self.group = None
        rows = members_rows.rows_of(self.book, group=self.group, everyone=self.everyone, query=self.query_text)
        self._rows = {row.member.id: (number, row) for number, row in enumerate(rows, 1)}
        self.list.empty = self._empty_words()
        columns = members_rows.columns((row.name for row in rows), everyone=self.everyone)
        if columns != self._columns:
            self._columns = columns
            self.list.set_columns(columns)
        if list(self._rows) == list(self.list.rows):
            self.list.update_all()
        else:
            self.list.set_rows(list(self._rows))
        self._show_top()
        self.update_frame()

    def _cells(self, member: int) -> Sequence[str | tuple[str, Look]]:
        return members_rows.cells_of(*self._rows[member], everyone=self.everyone)

    def _show_top(self) -> None:
        group = self.book.groups.find(self.group) if self.group is not None else None
        count = len(self._rows)
        number = ngettext("{count} person", "{count} people", count).format(count=count)
        left = "  " + _("those who left are shown") if self.everyone else ""
        found = "  " + _("found by “{query}”").format(query=self.query_text) if self.query_text else ""
        whose = group.name if group else _("Everybody")
        self.top.show((f" {whose}", "strong"), (f"  {number}{left}{found}", "quiet"))

    def _empty_words(self) -> str:
        if self.query_text:
            return _("Nobody is found by “{query}”; Esc shows all again.").format(query=self.query_text)
        if len(self.book.members):
            return _("Nobody belongs here now: g shows another group, t those who left.")
        return _("Nobody yet: i imports a roster, p takes a pasted list, a adds one person.")

    # ---- searching

    def action_search(self) -> None:
        """Type what to look for."""
        self.searching = True
        self.search.value = self.query_text
        self.search.remove_class("hidden")
        self.set_focus(self.search)

    def _search(self, text: str) -> None:
        self.query_text = text.strip()
        self.refresh_book(None)
        self.list.move_to_index(0)

    def _end_search(self) -> None:
        self.searching = False
        self.search.add_class("hidden")
        self.set_focus(self.list)

    def go_back(self) -> bool:
        """Leave the search, then the selection."""
        if self.searching or self.query_text:
            self._end_search()
            self.query_text = ""
            self.refresh_book(None)
            return True
        if self.list.selected:
            self.list.selected.clear()
            self.list.refresh()
            return True
        return False

    # ---- doing

    async def _open(self, member: int) -> None:
        await open_member(self, member)

    async def action_page(self) -> None:
        """Open the page of the person under the cursor."""
        assert self.person is not None
        await self._open(self.person)

    def action_select(self) -> None:
        """Select the person under the cursor, or no longer."""
        self.list.toggle_selected()

    def joined(self) -> None:
        """Let go of the selection."""
        self.list.selected.clear()
        self.list.refresh()

    def action_everyone(self) -> None:
        """Show those who left, or hide them."""
        self.everyone = not self.everyone
        self.refresh_book(None)

    def action_add(self) -> None:
        """Ask for a new member."""

        def done(member: Member) -> None:
            self.told(_("Added: {name}.").format(name=members.name_of(self.book, member.id)))
            self.list.move_to(member.id)

        self.ask(members_forms.add_form(self.book, self.group, done=done), lambda _values: None)

    def action_groups(self) -> None:
        """Choose the group that is shown; groups are made and renamed there."""
        from coordinator_tui.tui.screens.members_groups import EVERYBODY, GroupsDialog

        def chosen(group: int | None) -> None:
            if group is not None:
                self.group = None if group == EVERYBODY else group
            self.refresh_book(None)

        self.ask(GroupsDialog(self.book, self.group), chosen)

    async def action_take_in(self) -> None:
        """Import a roster file."""
        from coordinator_tui.tui.screens.import_roster import ImportRoster

        await push(self, ImportRoster(group=self.group))

    def action_paste(self) -> None:
        """Take a pasted list of names."""
        from coordinator_tui.tui.screens.import_roster import paste_names

        paste_names(self, group=self.group)
