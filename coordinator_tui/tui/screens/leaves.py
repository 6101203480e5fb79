"""Leave that is known in advance: list, add, edit, approve, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import leaves
from coordinator_tui.book.errors import BookError
from coordinator_tui.book.members import name_of
from coordinator_tui.domain.vocabulary import LeaveStatus, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.day_words import span_words
from coordinator_tui.tui.screens.going import confirmed, tried
from coordinator_tui.tui.screens.leave_forms import add_leave_form, edit_leave_form, leave_words
from coordinator_tui.tui.widgets.bars import TextLine
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from coordinator_tui.domain.records import Leave, Term
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look


class LeavesScreen(CoordinatorScreen):
    """The leave requests of the term, the latest first."""

    heading = lazy("Leave")
    about = lazy(
        "Leave that is known in advance shows at the roll, where Space confirms it. What was only requested waits for "
        "approval: y approves it."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="leave.add", title=lazy("Add leave"), keys=("a", "l"), hint=lazy("add"), words="请假 新增 new",
            cli="leave add NAME DATE",
        ),
        Command(name="leave.edit", title=lazy("Edit this leave"), keys=("e", "enter"), hint=lazy("edit"), words="编辑"),
        Command(
            name="leave.approve", title=lazy("Approve this leave"), keys=("y",), hint=lazy("approve"),
            words="批准 同意 approve", cli="leave approve NUMBER",
        ),
        Command(
            name="leave.withdraw", title=lazy("Withdraw this leave"), keys=("x",), hint=lazy("withdraw"),
            words="撤回 销假 withdraw", cli="leave withdraw NUMBER",
        ),
        Command(
            name="leave.remove", title=lazy("Remove a leave entered by mistake"), keys=("delete",), words="删除",
        ),
        Command(
            name="leave.all", title=lazy("Withdrawn leave and other terms too, or only this term's"), keys=("t",),
            words="全部 已撤回 all",
        ),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.all_of_them = False
        self.top = TextLine()
        self.list: LineList[int] = LineList(
            [
                Column("name", lazy("who"), 12),
                Column("kind", lazy("kind"), 13),
                Column("days", lazy("days"), 23),
                Column("reason", lazy("reason"), 0, least=10),
                Column("state", lazy("state"), 10),
                Column("by", lazy("approved by"), 12, drop=1),
            ],
            self._cells,
            empty=lazy("No leave in this term: a adds one."),
            on_choose=lambda _row: self.action_edit(),
        )

    def body(self) -> ComposeResult:
        """Compose what is shown and the list."""
        yield self.top
        yield self.list

    def on_mount(self) -> None:
        """Show the leaves."""
        super().on_mount()
        self.refresh_book(None)

    def _term(self) -> Term | None:
        try:
            return self.book.term
        except BookError:
            return None

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - a short list
        """Show the leaves as they are now."""
        term = None if self.all_of_them else self._term()
        found = leaves.leaves_of(self.book, term=term, withdrawn=self.all_of_them)
        self.list.grow("name", (name_of(self.book, leave.member) for leave in found))
        if [leave.id for leave in found] != list(self.list.rows):
            self.list.set_rows([leave.id for leave in found])
        self.list.update_all()
        waiting = sum(1 for leave in found if leave.status is LeaveStatus.REQUESTED)
        text = ngettext("{count} waits for approval", "{count} wait for approval", waiting).format(count=waiting)
        shown = term.code if term else _("All leave in the book")
        self.top.show((f" {shown}", "strong"), (f"  {len(found)}", "quiet"), ("  " + text if waiting else "", "warn"))
        self.update_frame()

    def _cells(self, row: int) -> Sequence[str | tuple[str, Look]]:
        leave = self.book.leaves.get(row)
        over = leave.status is LeaveStatus.WITHDRAWN or leave.until < self.book.today
        look: Look = "quiet" if over else "plain"
        waits = leave.status is LeaveStatus.REQUESTED
        return (
            (name_of(self.book, leave.member), look),
            (title(leave.kind), look),
            (span_words(leave.start, leave.until, self.book.today), look),
            (leave.reason or "", look),
            (title(leave.status), "warn" if waits else look),
            (leave.approved_by or "", look),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse what needs a leave while there is none."""
        if action in {"edit", "approve", "withdraw", "remove"}:
            return self.list.cursor_id is not None
        return super().check_action(action, parameters)

    def _leave(self) -> Leave:
        return self.book.leaves.get(self.list.cursor_id or 0)

    def _words(self, leave: Leave) -> str:
        days = span_words(leave.start, leave.until, self.book.today)
        return f"{name_of(self.book, leave.member)}, {leave_words(leave)}, {days}"

    def action_all(self) -> None:
        """Show everything, or the term's."""
        self.all_of_them = not self.all_of_them
        self.refresh_book(None)

    def _saved(self, leave: Leave) -> None:
        self.refresh_book(None)
        self.list.move_to(leave.id)
        self.say(_("Saved: {leave}.").format(leave=self._words(leave)), "good")

    def action_add(self) -> None:
        """Ask for a leave."""
        self.ask(add_leave_form(self.book, None, done=self._saved), lambda _values: None)

    def action_edit(self) -> None:
        """Ask for the fields of the leave."""
        self.ask(edit_leave_form(self.book, self._leave().id, done=self._saved), lambda _values: None)

    def action_approve(self) -> None:
        """Approve the leave."""
        self._set(leaves.approve_leave, _("Approved: {leave}."))

    def action_withdraw(self) -> None:
        """Withdraw the leave; marks made from it stay."""
        self._set(leaves.withdraw_leave, _("Withdrawn: {leave}. u takes it back."))

    def _set(self, act: Callable[..., object], said: str) -> None:
        leave = self._leave()
        words = self._words(leave)
        if tried(self, lambda: act(self.book, leave.id)):
            self.refresh_book(None)
            self.say(said.format(leave=words), "good")

    def action_remove(self) -> None:
        """Remove the leave, after asking."""
        leave = self._leave()
        words = self._words(leave)
        confirmed(
            self,
            _("Remove this leave from the book, as if it had never been entered? {leave}").format(leave=words),
            lambda: leaves.remove_leave(self.book, leave.id),
            _("Removed: {leave}.").format(leave=words),
            yes=lazy("Remove"),
            details=(_("A leave that is not taken is not removed: press x to withdraw it."),),
        )
