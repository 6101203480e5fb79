"""The term's assessment: each score with its reasons line by line, the list for commendation, appeals."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import rule_scores, rules
from coordinator_tui.book.errors import BookError
from coordinator_tui.book.rule_gaps import plain
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.going import closes_when_gone, push
from coordinator_tui.tui.screens.rules_row import evidence_lines, open_record
from coordinator_tui.tui.screens.sections import Entry, SectionList, heading, line, paragraph
from coordinator_tui.tui.widgets.bars import TextLine
from coordinator_tui.tui.widgets.form import Field, FormDialog
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.rule_scores import Scored
    from coordinator_tui.domain.records import Term
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look
    from coordinator_tui.tui.widgets.line import Piece

_APPEAL = Command(
    name="scores.appeal",
    title=lazy("Note that this member appeals"),
    keys=("n",),
    hint=lazy("appeal"),
    words="申诉 复核 appeal",
    cli="rules appeal NAME TEXT",
)


class ScoresScreen(CoordinatorScreen):
    """The scores of one assessment at a time, members in printed order."""

    heading = lazy("Assessment")
    about = lazy(
        "What the term's assessment comes to, computed from rolls, work and registers by the pack's own points. Enter "
        "shows every line that adds up to a score. Nobody is ranked by attendance alone."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="scores.open",
            title=lazy("Show how this score adds up"),
            keys=("enter",),
            hint=lazy("reasons"),
            words="依据 明细 reasons lines",
            cli="rules assess --member NAME",
        ),
        Command(
            name="scores.commend",
            title=lazy("The list for commendation, or all scores"),
            keys=("c",),
            hint=lazy("commend"),
            words="表彰 评优 commendation",
            cli="rules assess --commend",
        ),
        _APPEAL,
        Command(
            name="scores.next",
            title=lazy("The next assessment"),
            keys=("tab", "v"),
            hint=lazy("next"),
            words="下一个 考核 next",
        ),
    )

    def __init__(self, term: Term | None) -> None:
        super().__init__()
        self.term = term
        self.at = 0
        self.commending = False
        self.found: dict[int, Scored] = {}
        self.top = TextLine()
        columns = [
            Column("name", lazy("name"), 16, most=30),
            Column("score", lazy("score"), 8, "right"),
            Column("state", lazy("state"), 16),
            Column("appeals", lazy("appeals"), 8, "right", drop=1),
            Column("missing", lazy("unanswered"), 0, drop=2, least=16),
        ]
        self.list: LineList[int] = LineList(columns, self._cells, on_choose=self._open)

    def body(self) -> ComposeResult:
        """Compose which assessment it is, and the scores."""
        yield self.top
        yield self.list

    def on_mount(self) -> None:
        """Show the first assessment."""
        super().on_mount()
        self.refresh_book(None)

    @property
    def assessment(self) -> str | None:
        """What is shown, "pack/id"; None where there is none."""
        known = rule_scores.assessments(self.book)
        self.at %= max(len(known), 1)
        return f"{known[self.at][0].id}/{known[self.at][1].id}" if known else None

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - any change may touch a score
        """Compute the scores again."""
        wanted = self.assessment
        scored: Sequence[Scored] = ()
        if wanted is not None:
            scored = self._commended(wanted) if self.commending else ()
            scored = scored or rule_scores.scores(self.book, term=self.term, assessment=wanted)
        self.found = {each.score.unit: each for each in scored}
        self.list.empty = _("No pack in force has an assessment; a on the screen of the rules shows those that have.")
        self.list.grow("name", (each.who for each in scored))
        self.list.set_rows(list(self.found))
        self._show_top()
        self.update_frame()

    def _commended(self, wanted: str) -> Sequence[Scored]:
        """Return the list for commendation; where it is refused, say why and show all scores."""
        try:
            found = rule_scores.commended(self.book, wanted, term=self.term)
        except BookError as error:
            self.commending = False
            self.say(str(error), "warn")
            return ()
        if not found:
            self.commending = False
            self.say(_("Nobody reaches what the pack asks for a commendation."), "warn")
        return found

    def _show_top(self) -> None:
        known = rule_scores.assessments(self.book)
        if not known:
            self.top.show()
            return
        pack, one = known[self.at]
        told = (
            _("  {at} of {count}: Tab shows the next").format(at=self.at + 1, count=len(known))
            if len(known) > 1
            else ""
        )
        pieces: list[Piece] = [(" " + rules.say(one.title), "strong"), (told, "quiet")]
        if self.commending:
            pieces.append(("  " + _("list for commendation"), "warn"))
        self.top.show(*pieces, ("  " + rules.say(pack.title), "quiet"))

    def _cells(self, row: int) -> Sequence[str | tuple[str, Look]]:
        scored = self.found[row]
        score = scored.score
        state, look = score_state(scored)
        total = "-" if score.total is None else f"{plain(score.total)}"
        return (scored.who, (total, "strong"), (state, look), str(len(score.appeals) or ""), _unanswered(scored))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse what needs a score, or a second assessment."""
        here = self.list.cursor_id
        if action == "open":
            return here is not None
        if action == "appeal":
            return here is not None and self.found[here].member is not None
        if action == "commend":
            return bool(self.found)
        if action == "next":
            return len(rule_scores.assessments(self.book)) > 1
        return super().check_action(action, parameters)

    async def _open(self, row: int) -> None:
        await push(self, ScoreScreen(self.assessment or "", row, self.term))

    async def action_open(self) -> None:
        """Show how the score adds up."""
        if self.list.cursor_id is not None:
            await self._open(self.list.cursor_id)

    def action_commend(self) -> None:
        """Show the list for commendation, or all scores."""
        self.commending = not self.commending
        self.refresh_book(None)
        self.list.move_to_index(0)

    def action_next(self) -> None:
        """Show the next assessment."""
        self.at += 1
        self.commending = False
        self.refresh_book(None)

    def action_appeal(self) -> None:
        """Ask for the appeal of the member."""
        here = self.list.cursor_id
        if here is not None:
            ask_appeal(self, self.found[here])

    def go_back(self) -> bool:
        """Go back to all scores."""
        if not self.commending:
            return False
        self.action_commend()
        return True


def score_state(scored: Scored) -> tuple[str, Look]:
    """Return what is to be known of a score, in a word."""
    score = scored.score
    if score.total is None:
        return _("? unanswered"), "warn"
    if score.vetoed:
        return _("! vetoed"), "bad"
    return (_("so far"), "quiet") if score.provisional else (_("final"), "plain")


def _unanswered(scored: Scored) -> str:
    names = (rules.say(scored.pack.setting(key).title) for key in scored.score.missing)
    return _(", ").join(names)


def ask_appeal(screen: CoordinatorScreen, scored: Scored) -> None:
    """Ask what an appeal is about; it stands beside the score and changes nothing."""
    member = scored.member
    assert member is not None

    def save(values: dict[str, str]) -> None:
        rule_scores.appeal(screen.book, member, values["title"], outcome=values["outcome"] or None)

    def saved(values: dict[str, str] | None) -> None:
        if values:
            screen.refresh_book(None)
            screen.say(_("Noted: appeal of {name}. The score stays as it is.").format(name=scored.who), "good")

    fields = [
        Field("title", _("What it is about"), required=True),
        Field("outcome", _("What came of it"), placeholder=lazy("may be filled in later, in the registers")),
    ]
    screen.ask(FormDialog(_("{name} appeals").format(name=scored.who), fields, save), saved)


class ScoreScreen(CoordinatorScreen):
    """How one score adds up."""

    heading = lazy("Score")
    about = lazy("Every line that adds to a score: how often, for how many points, by which records. Enter opens one.")
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="score.open",
            title=lazy("Open the record, or list those of this line"),
            keys=("enter",),
            hint=lazy("records"),
            words="打开 记录 records",
        ),
        _APPEAL,
    )

    def __init__(self, assessment: str, unit: int, term: Term | None) -> None:
        super().__init__()
        self.assessment, self.unit, self.term = assessment, unit, term
        self.scored: Scored | None = None
        self.opened: set[int] = set()
        self.lines: SectionList[tuple[str, int]] = SectionList(self._make, on_choose=self._open)

    def body(self) -> ComposeResult:
        """Compose the lines."""
        yield self.lines

    def on_mount(self) -> None:
        """Show the score."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - any change may touch the score
        """Compute the score again; leave when there is none any more."""
        try:
            found = rule_scores.scores(self.book, term=self.term, assessment=self.assessment)
        except BookError:
            found = []
        self.scored = next((each for each in found if each.score.unit == self.unit), None)
        if self.scored is None:
            closes_when_gone(self, _("There is no such score any more."))
            return
        self.lines.rebuild()
        self.update_frame()

    def _make(self, width: int) -> Sequence[Entry[tuple[str, int]]]:
        return score_lines(self.book, self.scored, self.opened, width) if self.scored else ()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse an appeal of a group."""
        if action == "appeal":
            return self.scored is not None and self.scored.member is not None
        return super().check_action(action, parameters)

    async def _open(self, row: tuple[str, int]) -> None:
        table, which = row
        if table != "line":
            await open_record(self, table, which)
            return
        self.opened ^= {which}
        self.lines.rebuild()

    async def action_open(self) -> None:
        """Open what is under the cursor."""
        if self.lines.cursor_id is not None:
            await self._open(self.lines.cursor_id)
        else:
            self.say(_("No line here has records."), "quiet")

    def action_appeal(self) -> None:
        """Ask for an appeal."""
        if self.scored is not None:
            ask_appeal(self, self.scored)


def score_lines(book: Book, scored: Scored, opened: set[int], width: int) -> list[Entry[tuple[str, int]]]:
    """Return a score line by line; of the lines `opened`, their records too."""
    score = scored.score
    total = "-" if score.total is None else f"{plain(score.total)}"
    state, look = score_state(scored)
    title = f"{scored.who}  {rules.say(score.assessment.title)}: {total}"
    found: list[Entry[tuple[str, int]]] = [Entry(((title, "strong"), ("  " + state, look)))]
    for key in score.missing:
        setting = rules.say(scored.pack.setting(key).title)
        found += paragraph(
            _("? “{setting}” is unanswered: s on the screen of the rules.").format(setting=setting), width, look="warn"
        )
    found.append(Entry())
    before = ""
    for at, each in enumerate(score.lines):
        part = rules.say(each.title)
        if part != before:
            found.append(heading(part))
        before = part
        points = f"{plain(each.points):>+8g}" if each.points else f"{0:>8}"
        count = len(each.evidence)
        records = "  " + ngettext("({count} record)", "({count} records)", count).format(count=count) if count else ""
        row = ("line", at) if count else None
        texts = paragraph(each.text + records, width, indent=10, row=row)
        first = texts[0].pieces[0][0].strip()
        found += [Entry(((f"{points}  ", "strong"), (first, "plain")), row), *texts[1:]]
        found += evidence_lines(book, each.evidence) if at in opened else []
    found += [line(_("Appeal: {text}").format(text=rule_scores.appeal_words(each)), "warn") for each in score.appeals]
    return found
