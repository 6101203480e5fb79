"""Who owes what: one line for each person and assignment, the earliest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import work
from coordinator_tui.book.members import name_of
from coordinator_tui.domain.vocabulary import title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.widgets.bars import TextLine
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coordinator_tui.domain.records import Group, Term
    from coordinator_tui.domain.work import Owed
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look

Key = tuple[int, int]
"""Member and assignment."""


class OwedScreen(CoordinatorScreen):
    """What is still to come, by due date or by person."""

    heading = lazy("Who owes what")
    about = lazy(
        "One line for each person and assignment. h hands one piece in today; v puts a person's lines together."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="owed.hand-in",
            title=lazy("Hand in one piece today"),
            keys=("h", "enter"),
            hint=lazy("hand in"),
            words="上交 交 hand in",
            cli="work add --for TASK",
        ),
        Command(
            name="owed.overdue",
            title=lazy("Only what is overdue, or everything"),
            keys=("m",),
            hint=lazy("overdue only"),
            words="逾期 overdue",
        ),
        Command(
            name="owed.order",
            title=lazy("By due date or by person"),
            keys=("v", "tab"),
            hint=lazy("order"),
            words="排序 按人 order",
        ),
    )

    def __init__(self, term: Term, group: Group) -> None:
        super().__init__()
        self.term, self.group = term, group
        self.overdue_only = False
        self.by_person = False
        self._owed: dict[Key, Owed] = {}
        self.top = TextLine()
        columns = [
            Column("name", lazy("name"), 14),
            Column("title", lazy("assignment"), 0, least=16),
            Column("kind", lazy("kind"), 18, drop=1),
            Column("due", lazy("due"), 10),
            Column("done", lazy("done"), 6, "right"),
            Column("state", lazy("state"), 16),
        ]
        self.list: LineList[Key] = LineList(columns, self._cells, empty=lazy("Nobody owes anything."))

    def body(self) -> ComposeResult:
        """Numbers and the list."""
        yield self.top
        yield self.list

    def on_mount(self) -> None:
        """Show who owes what."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:
        """Show what is owed now."""
        del changes
        items = work.owed(self.book, term=self.term, group=self.group.id)
        self._owed = {(item.member, item.assignment.id): item for item in items}
        shown = [key for key, item in self._owed.items() if item.overdue or not self.overdue_only]
        if self.by_person:
            first = {member: at for at, (member, _task) in reversed(list(enumerate(shown)))}
            shown.sort(key=lambda key: (first[key[0]], self._owed[key].due))
        self.list.grow("name", (name_of(self.book, member) for member, _task in shown))
        self.list.set_rows(shown)
        self._show_top(items)

    def _show_top(self, items: Sequence[Owed]) -> None:
        people = len({item.member for item in items})
        pieces, late = sum(item.missing for item in items), sum(item.missing for item in items if item.overdue)
        text = _("{group}, {term}: {pieces} pieces owed by {people} people, {late} of them overdue").format(
            group=self.group.name, term=self.term.code, pieces=pieces, people=people, late=late
        )
        self.top.show((" " + text, "strong"))

    def _cells(self, key: Key) -> Sequence[str | tuple[str, Look]]:
        item = self._owed[key]
        days = (item.due - self.book.today).days
        text = _("overdue {days} d") if item.overdue else _("{days} days left")
        return (
            name_of(self.book, item.member),
            item.assignment.title,
            title(item.assignment.kind),
            item.due.isoformat(),
            f"{item.done}/{item.needed}",
            (text.format(days=abs(days)), "bad" if item.overdue else "plain"),
        )

    def action_hand_in(self) -> None:
        """Hand in one piece of the line under the cursor."""
        key = self.list.cursor_id
        if key is None:
            return
        item = self._owed[key]
        day = min(max(self.book.today, self.term.start), self.term.until)
        work.hand_in(self.book, item.member, date=day, assignment=item.assignment.id)
        self.refresh_book(None)
        said = _("{name} handed in: {title}, {date}; u takes it back.")
        self.say(said.format(name=name_of(self.book, item.member), title=item.assignment.title, date=day), "good")

    def action_overdue(self) -> None:
        """Show only what is overdue, or everything."""
        self.overdue_only = not self.overdue_only
        self.refresh_book(None)
        self.say(_("Only what is overdue; m shows everything.") if self.overdue_only else _("Everything that is owed."))

    def action_order(self) -> None:
        """Order by due date or by person."""
        self.by_person = not self.by_person
        self.refresh_book(None)
