"""The pile: pieces that nobody has looked at, one after the other with their text; one key checks and goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import work
from coordinator_tui.book.pile import pile
from coordinator_tui.domain.vocabulary import WorkKind, WorkStatus, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screens.chooser import Chooser
from coordinator_tui.tui.screens.work_commands import PIECE_COMMANDS
from coordinator_tui.tui.screens.work_text import TEXT_COMMANDS, PieceTextScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator_tui.domain.records import Group, Term, Work
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.widgets.line import Piece


class PileScreen(PieceTextScreen):
    """The pile of a term; where one left off is what nobody has looked at yet."""

    heading = lazy("The pile")
    about = lazy(
        "One piece after the other. a b c check with a grade, k without one, r gives it back with a reason: each goes "
        "on by itself. n leaves a piece for later, p goes back, u undoes. What is left waits until you come again."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        *PIECE_COMMANDS[:5],
        Command(
            name="pile.next",
            title=lazy("Leave it for later; the next piece"),
            keys=("n", "right"),
            hint=lazy("later"),
            words="跳过 下一篇 next skip",
        ),
        Command(
            name="pile.previous",
            title=lazy("The piece before"),
            keys=("p", "left"),
            hint=lazy("previous"),
            words="上一篇 返回 previous",
        ),
        *TEXT_COMMANDS,
        *PIECE_COMMANDS[5:7],
        Command(
            name="pile.kind",
            title=lazy("Only one kind of work"),
            keys=("f",),
            words="种类 筛选 filter kind",
            cli="work pile --kind",
        ),
        Command(
            name="pile.task",
            title=lazy("Only work for one assignment"),
            keys=("w",),
            words="任务 筛选 assignment",
            cli="work pile --for",
        ),
        PIECE_COMMANDS[7],
    )

    def __init__(self, term: Term, group: Group | None, kind: WorkKind | None = None) -> None:
        super().__init__()
        self.term, self.group, self.kind = term, group, kind
        self.assignment: int | None = None
        self._order: list[int] = []
        self._at = 0
        self._waiting: set[int] = set()

    # ---- which piece

    @property
    def order(self) -> Sequence[int]:
        """The pieces of this sitting: those that waited when it began, and those that came since."""
        return self._order

    def current(self) -> Work | None:
        """Return the piece that lies on top."""
        return self.book.work.find(self._order[self._at]) if self._at < len(self._order) else None

    def lead(self) -> Sequence[Piece]:
        """Return how far one is: "3 of 17", and how many wait."""
        text = _("{number} of {count}").format(number=self._at + 1, count=len(self._order))
        left = ngettext("{count} waits", "{count} wait", len(self._waiting)).format(count=len(self._waiting))
        return (f" {text} ", "bar"), (f" {left} ", "quiet")

    def on_mount(self) -> None:
        """Begin with the first piece."""
        super().on_mount()
        self._begin()

    def _begin(self) -> None:
        self._order, self._at = [], 0
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:
        """Take in what came, went or was undone; a piece that waits again comes on top."""
        del changes
        found = pile(
            self.book,
            kind=self.kind,
            assignment=self.assignment,
            group=self.group.id if self.group else None,
            term=self.term,
        )
        again = [piece.id for piece in found if piece.id in self._order and piece.id not in self._waiting]
        here = self._order[self._at] if self._at < len(self._order) else None
        known = set(self._order)
        kept = [identity for identity in self._order if identity in self.book.work]
        self._order = kept + [piece.id for piece in found if piece.id not in known]
        self._waiting = {piece.id for piece in found}
        wanted = again[0] if len(again) == 1 else here
        self._at = self._order.index(wanted) if wanted in self._order else min(self._at, max(len(self._order) - 1, 0))
        self._show()

    def _show(self) -> None:
        if self.current() is not None:
            self.show_piece()
            return
        self.top.show((" " + _("Nothing waits to be checked."), "good"))
        self.facts.show()
        self.shared.show()
        self.page.show_text("", ())
        self.update_frame()

    def changed(self, *, go_on: bool = False) -> None:
        """Take in what was just done, and go on to what waits next."""
        self.refresh_book(None)
        if go_on:
            self._go_on()

    def _go_on(self) -> None:
        ahead = [*range(self._at + 1, len(self._order)), *range(self._at)]
        left = [at for at in ahead if self._order[at] in self._waiting]
        if left:
            self._at = left[0]
            self._show()
        else:
            self.say(_("The pile is checked: nothing waits any more; u takes the last one back."), "good")

    def action_next(self) -> None:
        """Leave the piece for later."""
        if self._at + 1 < len(self._order):
            self._at += 1
            self._show()
        else:
            self.say(_("The end of the pile."), "quiet")

    def action_previous(self) -> None:
        """Go back to the piece before, whether it is checked or not."""
        if self._at:
            self._at -= 1
            self._show()
        else:
            self.say(_("This is the first piece."), "quiet")

    # ---- which pile

    def action_kind(self) -> None:
        """Ask for the kind."""
        every = pile(self.book, group=self.group.id if self.group else None, term=self.term)
        counts = {kind: sum(piece.kind is kind for piece in every) for kind in WorkKind}
        options = [("", _("all kinds"), str(len(every)))]
        options += [(kind.value, title(kind), str(count)) for kind, count in counts.items() if count]
        self.ask(Chooser(_("Which kind of work?"), options, here=self.kind or ""), self._kind_chosen)

    def _kind_chosen(self, kind: str | None) -> None:
        if kind is not None:
            self.kind, self.assignment = WorkKind(kind) if kind else None, None
            self._begin()

    def action_task(self) -> None:
        """Ask for the assignment."""
        waits = [piece.assignment for piece in pile(self.book, term=self.term)]
        options = [(0, _("all assignments"), "")]
        options += [
            (task.id, task.title, str(waits.count(task.id)))
            for task in work.assignments_of(self.book, group=self.group.id if self.group else None)
            if task.id in waits
        ]
        self.ask(Chooser(_("Work for which assignment?"), options, here=self.assignment or 0), self._task_chosen)

    def _task_chosen(self, task: int | None) -> None:
        if task is not None:
            self.assignment, self.kind = task or None, None
            self._begin()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what needs a piece only where there is one."""
        needs = {"grade", "return", "uncheck", "edit", "remove", "next", "previous", "overlap", "write"}
        if action in needs and self.current() is None:
            return False
        if action == "uncheck":
            piece = self.current()
            return piece is not None and piece.status is not WorkStatus.HANDED_IN
        return super().check_action(action, parameters)
