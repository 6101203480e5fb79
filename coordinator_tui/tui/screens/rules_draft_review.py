"""A draft gone through proposal by proposal: what the text says, how it was read, and one key for each decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book.rule_draft import Answer, takes_number, typed_number
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens import rules_draft_lines as lines
from coordinator_tui.tui.screens.going import push
from coordinator_tui.tui.screens.rules_draft_commands import COMMANDS
from coordinator_tui.tui.widgets.bars import TextLine
from coordinator_tui.tui.widgets.linelist import Column, LineList
from coordinator_tui.tui.widgets.textpage import TextPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from coordinator_tui.book.rule_draft import Review, Step
    from coordinator_tui.domain.rules.draft_parts import Proposal
    from coordinator_tui.tui.commands import Command
    from coordinator_tui.tui.styles import Look


class DraftReviewScreen(CoordinatorScreen):
    """Everything that was found in one regulation above, all about the one under the cursor below."""

    heading = lazy("Draft a pack")
    about = lazy(
        "Above stands all that was found, below all about one: the words of the text, how they were read, why to look. "
        "Enter takes it over, s leaves it out, a digit or n sets the number, b goes back. What is to be confirmed and "
        "is taken over without a number becomes an open question of the pack. Nothing is written here: F2 shows the "
        "pack, which you may adopt or save."
    )
    commands: ClassVar[tuple[Command, ...]] = COMMANDS
    DEFAULT_CSS = """
    DraftReviewScreen LineList { height: 2fr; min-height: 6; }
    DraftReviewScreen #one { height: 3fr; }
    """

    def __init__(self, review: Review) -> None:
        super().__init__()
        self.review = review
        self._steps: dict[str, Step] = {step.id: step for step in review.steps()}
        self._last: list[str] = []
        self.top = TextLine()
        self.progress = TextLine()
        columns = [
            Column("state", lazy("decision"), 12),
            Column("clause", lazy("clause"), 7, most=12),
            Column("words", lazy("in the text"), 0, least=24),
            Column("read", lazy("read as"), 0, drop=1, least=40),
        ]
        self.list: LineList[str] = LineList(
            columns,
            self._cells,
            rows=list(self._steps),
            marked_column=2,
            empty=lazy("No numbers, dates or periods were found in it. F2 shows its clauses as a pack."),
            on_choose=lambda _row: self.action_take(),
            on_move=lambda _row: self._show_one(),
        )
        self.one = TextPage(id="one")
        self.one.can_focus = False

    def body(self) -> ComposeResult:
        """Compose the title, the progress, the list, and all about one."""
        yield self.top
        yield self.progress
        yield self.list
        yield self.one

    @property
    def home(self) -> Widget | None:
        """What takes the keys."""
        return self.list

    def on_mount(self) -> None:
        """Begin with the first that waits."""
        super().on_mount()
        self.top.show((" " + self.review.regulation.title, "strong"))
        self.list.grow("clause", (self.review.clause_id(step) for step in self._steps.values()))
        self._go_on(from_the_top=True)

    def on_resize(self) -> None:
        """Break the lines of the lower half anew."""
        super().on_resize()
        self.call_after_refresh(self._show_one)

    # ---- showing

    def _cells(self, row: str) -> Sequence[str | tuple[str, Look]]:
        return lines.row(self.review, self._steps[row])

    def _show_one(self) -> None:
        width = (self.one.size.width or self.app.size.width) - 2
        self.one.show([] if self.step is None else list(lines.page(self.review, self.step, width)))
        self._show_progress()

    def _show_progress(self) -> None:
        answers = [self.review.answer(step) for step in self._steps.values()]
        waiting = answers.count(Answer.WAITING)
        text = _("{place} of {count}").format(place=min(self.list.cursor + 1, len(answers)), count=len(answers))
        taken = answers.count(Answer.TAKEN) + answers.count(Answer.SET)
        self.progress.show(
            (f" {text}  ", "strong"),
            (_("taken over {count}").format(count=taken) + "  ", "good"),
            (_("left out {count}").format(count=answers.count(Answer.SKIPPED)) + "  ", "plain"),
            (_("waiting {count}").format(count=waiting), "warn" if waiting else "quiet"),
        )
        self.update_frame()

    @property
    def step(self) -> Step | None:
        """The step under the cursor."""
        return self._steps[self.list.cursor_id] if self.list.cursor_id is not None else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a number only where one would stand in the pack, and decisions only where there is something."""
        if action == "number":
            return self.step is not None and self.step.proposal is not None
        if action == "undecide":
            return bool(self._last)
        if action in {"take", "skip", "previous", "next", "rest"}:
            return self.step is not None
        if action in {"down", "up"}:
            return self.one.line_count(self.one.size.width) > self.one.size.height
        return super().check_action(action, parameters)

    # ---- deciding

    async def action_take(self) -> None:
        """Take it over as it was read."""
        if self.step is not None:
            self.review.take(self.step)
            await self._decided(self.step)

    async def action_skip(self) -> None:
        """Leave it out."""
        if self.step is not None:
            self.review.skip(self.step)
            await self._decided(self.step)

    async def _decided(self, step: Step) -> None:
        """Go on; after the last one show the pack."""
        self._mark(step)
        if not self.review.waiting():
            await self.action_pack()

    def _mark(self, step: Step) -> None:
        """Show what was decided, and go on."""
        self.say("")
        self._last = [*(row for row in self._last if row != step.id), step.id]
        self.list.update_row(step.id)
        self._go_on()

    def _go_on(self, *, from_the_top: bool = False) -> None:
        """Go to the next that waits, after the cursor first; without one, to the next line."""
        waiting = {step.id for step in self.review.waiting()}
        after = self.list.rows[0 if from_the_top else self.list.cursor + 1 :]
        wanted = next((row for row in [*after, *self.list.rows] if row in waiting), None)
        if wanted is not None:
            self.list.move_to(wanted)
        elif after and not from_the_top:
            self.list.move_to(after[0])
        self._show_one()

    def action_number(self, digit: str) -> None:
        """Ask for the number."""
        step = self.step
        assert step is not None
        assert step.proposal is not None
        if not takes_number(step.proposal):
            self.say(_("No number would stand in the pack here: Enter takes it over, s leaves it out."), "warn")
            return
        self._ask_number(step, step.proposal, digit)

    def _ask_number(self, step: Step, proposal: Proposal, digit: str) -> None:
        from coordinator_tui.tui.widgets.form import Field, FormDialog

        def problem(text: str) -> str | None:
            wrong = typed_number(text, proposal) is None
            return _("“{text}” is no number that fits here.").format(text=text) if wrong else None

        def save(values: dict[str, str]) -> None:
            self.review.take(step, typed_number(values["number"], proposal))
            self._mark(step)

        async def answered(values: dict[str, str] | None) -> None:
            if values and not self.review.waiting():
                await self.action_pack()

        label = _("Number ({unit})").format(unit=proposal.unit) if proposal.unit else _("How many")
        before = self.review.number(step)
        value = digit or (f"{before:g}" if before is not None else "")
        field = Field("number", label, value, check=problem, required=True)
        self.ask(FormDialog(f"“{proposal.words}”", [field], save), answered)

    async def action_rest(self) -> None:
        """Take over all that waits."""
        waiting = self.review.waiting()
        if not waiting:
            self.say(_("Nothing waits any more: F2 shows the pack."), "quiet")
            return
        for step in waiting:
            self.review.take(step)
            self._last.append(step.id)
        self.list.update_all()
        self._show_one()
        await self.action_pack()

    def action_undecide(self) -> None:
        """Take the last decision back and go to it."""
        row = self._last.pop()
        self.review.undecide(self._steps[row])
        self.list.update_row(row)
        self.list.move_to(row)
        self._show_one()

    # ---- going

    def action_previous(self) -> None:
        """Go to the one before."""
        if self.list.cursor == 0:
            self.say(_("This is the first one."), "quiet")
        self.list.move_to_index(self.list.cursor - 1)
        self._show_one()

    def action_next(self) -> None:
        """Go to the next that waits."""
        if not self.review.waiting():
            self.say(_("Nothing waits any more: F2 shows the pack."), "quiet")
            return
        self._go_on()

    def action_down(self) -> None:
        """Scroll the lower half."""
        self.one.scroll_lines(max(self.one.size.height - 1, 1))

    def action_up(self) -> None:
        """Scroll it back."""
        self.one.scroll_lines(-max(self.one.size.height - 1, 1))

    async def action_pack(self) -> None:
        """Show the pack as it was decided."""
        from coordinator_tui.tui.screens.rules_draft_pack import DraftPackScreen

        await push(self, DraftPackScreen(self.review, self.review.text()))
        waiting = len(self.review.waiting())
        text = ngettext(
            "{count} proposal is not decided yet; it stands here as a comment only.",
            "{count} proposals are not decided yet; they stand here as comments only.",
            waiting,
        )
        self.say(text.format(count=waiting) if waiting else "", "warn")
