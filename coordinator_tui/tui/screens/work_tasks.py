"""Assignments: work that is due, from whom, and how much of it came in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import work
from coordinator_tui.domain.vocabulary import title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.going import tried
from coordinator_tui.tui.screens.work_forms import task_form
from coordinator_tui.tui.widgets.bars import TextLine
from coordinator_tui.tui.widgets.confirm import Confirm
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coordinator_tui.domain.records import Assignment, Group, Term
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look


class TasksScreen(CoordinatorScreen):
    """The assignments of a group that are due in a term."""

    heading = lazy("Assignments")
    about = lazy("What is due from everybody in the group or from some. Without pieces of work nothing here is done.")
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="tasks.add",
            title=lazy("Add an assignment"),
            keys=("a",),
            hint=lazy("add"),
            words="布置 新增 添加 assign add",
            cli="work assign",
        ),
        Command(
            name="tasks.edit",
            title=lazy("Edit the assignment"),
            keys=("e", "enter"),
            hint=lazy("edit"),
            words="修改 编辑 edit",
        ),
        Command(
            name="tasks.remove",
            title=lazy("Remove the assignment"),
            keys=("d", "delete"),
            hint=lazy("remove"),
            words="删除 remove delete",
        ),
    )

    def __init__(self, term: Term, group: Group) -> None:
        super().__init__()
        self.term, self.group = term, group
        self._open: dict[int, int] = {}
        self.top = TextLine()
        columns = [
            Column("due", lazy("due"), 10),
            Column("title", lazy("title"), 0, least=16),
            Column("kind", lazy("kind"), 18, drop=1),
            Column("who", lazy("from whom"), 10, drop=2),
            Column("pieces", lazy("pcs"), 4, "right"),
            Column("words", lazy("words"), 6, "right"),
            Column("state", lazy("state"), 20),
        ]
        self.list: LineList[int] = LineList(
            columns, self._cells, marked_column=1, empty=lazy("No assignment in this term yet: press a.")
        )

    def body(self) -> ComposeResult:
        """Whose assignments these are, and the list."""
        yield self.top
        yield self.list

    def on_mount(self) -> None:
        """Show the assignments."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:
        """Show the assignments as they are now."""
        del changes
        self._open = {}
        for item in work.owed(self.book, term=self.term, group=self.group.id):
            self._open[item.assignment.id] = self._open.get(item.assignment.id, 0) + 1
        tasks = work.assignments_of(self.book, term=self.term, group=self.group.id)
        self.list.set_rows([task.id for task in tasks])
        text = _("Assignments of {group}, {term}").format(group=self.group.name, term=self.term.code)
        self.top.show((" " + text, "strong"))

    def _cells(self, identity: int) -> Sequence[str | tuple[str, Look]]:
        task = self.book.assignments.find(identity)
        if task is None:
            return ("", "", "", "", "", "", "")
        some = ngettext("{count} person", "{count} people", len(task.members)).format(count=len(task.members))
        return (
            task.due.isoformat(),
            task.title,
            title(task.kind),
            some if task.members else _("everybody"),
            str(task.pieces),
            "" if task.words is None else f"≥{task.words}",
            self._state(task),
        )

    def _state(self, task: Assignment) -> tuple[str, Look]:
        if task.opens is not None and task.opens > self.book.today:
            return _("opens {day}").format(day=f"{task.opens:%m-%d}"), "quiet"
        waiting = self._open.get(task.id, 0)
        if not waiting:
            return _("✓ complete"), "good"
        if task.due < self.book.today:
            return _("{count} overdue").format(count=waiting), "bad"
        return _("{count} to come").format(count=waiting), "plain"

    def _chosen(self) -> Assignment | None:
        here = self.list.cursor_id
        found = None if here is None else self.book.assignments.find(here)
        if found is None:
            self.say(_("There is no assignment here: a adds one."), "quiet")
        return found

    def action_add(self) -> None:
        """Ask for a new assignment."""
        self.ask(task_form(self.book, self.group), lambda values: self._added() if values else None)

    def _added(self) -> None:
        before = set(self.list.rows)
        self.refresh_book(None)
        for new in [task for task in self.list.rows if task not in before]:
            self.list.move_to(new)

    def action_edit(self) -> None:
        """Edit the assignment under the cursor."""
        task = self._chosen()
        if task is not None:
            self.ask(task_form(self.book, self.group, task), lambda values: self.refresh_book(None) if values else None)

    def action_remove(self) -> None:
        """Ask, then remove the assignment under the cursor."""
        task = self._chosen()
        if task is None:
            return
        count = sum(piece.assignment == task.id for piece in self.book.work)
        kept = ngettext(
            "{count} piece of work handed in for it stays.", "{count} pieces of work handed in for it stay.", count
        )
        what = _("Remove the assignment “{title}”?").format(title=task.title)
        self.ask(
            Confirm(what, yes=_("Remove"), details=[kept.format(count=count)]), lambda yes: self._remove(task, yes=yes)
        )

    def _remove(self, task: Assignment, *, yes: bool | None) -> None:
        if yes and tried(self, lambda: work.remove_assignment(self.book, task.id)):
            self.refresh_book(None)
            self.say(_("Removed “{title}”; u takes it back.").format(title=task.title))
