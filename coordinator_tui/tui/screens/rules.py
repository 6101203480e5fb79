"""Rules: the packs in force clause by clause, who stands where, and why each number is what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import rule_view
from coordinator_tui.book.errors import NoSuchThing
from coordinator_tui.book.members import in_order, name_of
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.chooser import Chooser
from coordinator_tui.tui.screens.going import confirmed, push
from coordinator_tui.tui.screens.rules_commands import COMMANDS
from coordinator_tui.tui.screens.sections import Entry, SectionList, line, paragraph
from coordinator_tui.tui.widgets.bars import Sentence, TextLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

    from coordinator_tui.book.rule_gaps import Gap
    from coordinator_tui.book.rule_ledger import LedgerLine
    from coordinator_tui.book.rules import PackInBook
    from coordinator_tui.domain.records import Term
    from coordinator_tui.domain.rules.pack import Pack
    from coordinator_tui.tui.commands import Command
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.screens.rules_lines import Key, RowKey
    from coordinator_tui.tui.widgets.line import Piece

_EVERYBODY = 0
_SOON = 0.02
_STARTER = "s19"
_NO_LINE = lazy("Choose a line of a pack first.")
_NEED_PACK = frozenset({
    "open", "owing", "member", "answers", "tasks", "scores", "hours", "export", "term", "side", "edit", "drop",
    "upgrade",
})  # fmt: skip


class Ledger(SectionList["Key"]):
    """The clauses; a key that comes before they are computed has them computed first."""

    ready: Callable[[], None]

    async def take_key(self, event: events.Key) -> bool:
        """Move and choose among what is there."""
        self.ready()
        return await super().take_key(event)


class RulesScreen(CoordinatorScreen):
    """The ledger of the packs in force, and everything that is done with packs."""

    heading = lazy("Rules")
    about = lazy(
        "A rule pack is a regulation as data: what it asks of whom, how often, by when. What counts are the records of "
        "the other screens; nothing is entered here. Enter on a line goes to its rows, Enter on a row tells why it is "
        "as it is and leads to its records."
    )
    commands: ClassVar[tuple[Command, ...]] = COMMANDS
    DEFAULT_CSS = """
    RulesScreen #both { layout: horizontal; height: 1fr; }
    RulesScreen #ledger { width: 47%; }
    RulesScreen #right { width: 1fr; height: 1fr; padding-left: 1; }
    RulesScreen.-narrow #both { layout: vertical; }
    RulesScreen.-narrow #ledger { width: 100%; height: 45%; }
    RulesScreen.-narrow #right { width: 100%; height: 1fr; padding-left: 0; }
    RulesScreen.-narrow.reading #ledger { display: none; }
    RulesScreen.alone #right { display: none; }
    RulesScreen.alone #ledger { width: 100%; height: 1fr; }
    RulesScreen #why { display: none; max-height: 5; }
    RulesScreen.reading #why { display: block; }
    """

    def __init__(self, *, requirement: str | None = None, member: int | None = None, owing: bool = False) -> None:
        super().__init__()
        self.term: Term | None = None
        self.member, self.owing = member, owing
        self._wanted: Key | None = ("requirement", requirement, "") if requirement else None
        self.computed = False
        self._lines: dict[Key, LedgerLine] = {}
        self._rows: list[Gap] = []
        self.top = TextLine()
        self.ledger = Ledger(self._left, on_choose=lambda _key: self.action_open(), id="ledger")
        self.ledger.ready = self.compute
        self.ledger.on_move = lambda _key: self._moved()
        self.rows: SectionList[RowKey] = SectionList(self._right, id="rows")
        self.rows.on_move = lambda _key: self._show_why()
        self.why = Sentence(id="why")

    def body(self) -> ComposeResult:
        """Compose what is shown, the clauses, and beside or below them the rows of one."""
        from textual.widget import Widget

        yield self.top
        with Widget(id="both"):
            yield self.ledger
            with Widget(id="right"):
                yield self.rows
                yield self.why

    @property
    def home(self) -> Widget | None:
        """What takes the keys."""
        return self.rows if self.reading else self.ledger

    @property
    def reading(self) -> bool:
        """Whether the rows have the keys."""
        return self.has_class("reading")

    def on_mount(self) -> None:
        """Show what there is at once, the ledger a moment later."""
        super().on_mount()
        self._show_cursors()
        if rule_view.in_force(self.book):
            self._show_left()
            self._compute_soon()
        else:
            self.compute()

    # ---- showing

    def _compute_soon(self) -> None:
        """Compute once the screen is painted."""
        self.call_after_refresh(self.set_timer, _SOON, self.compute)

    def compute(self) -> None:
        """Compute the ledger, if that was not done since something changed, and show it."""
        if not self.computed:
            self.computed = True
            self._compute()
            self._show_left()
            self._go_to_wanted()

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - any change may touch the ledger
        """Show the ledger as it is now; a large one a moment later."""
        self.computed = False
        if rule_view.is_large(self.book) and rule_view.in_force(self.book):
            self._show_left()
            self._compute_soon()
        else:
            self.compute()

    def _compute(self) -> None:
        self._lines = {}
        if not rule_view.in_force(self.book):
            return
        from coordinator_tui.book.rule_ledger import ledger_lines
        from coordinator_tui.tui.screens.rules_lines import key_of

        if self.member is not None and self.member not in self.book.members:
            self.member = None
        every = self.member is None and not self.owing
        try:
            lines = ledger_lines(self.book, term=self.term)
        except NoSuchThing as nothing:  # a book without a term
            self.say(str(nothing), "warn")
            return
        found = rule_view.narrowed(lines, member=self.member, owing=self.owing, every=every)
        self._lines = {key_of(one): one for one in found}

    def _show_left(self) -> None:
        self.set_class(not rule_view.in_force(self.book), "alone")
        self.ledger.rebuild()
        self._show_top()
        self._show_right()
        self.update_frame()

    def _left(self, width: int) -> Sequence[Entry[Key]]:
        if not rule_view.in_force(self.book):
            return _no_pack(width)
        if not self.computed:
            return [line(_("One moment: the ledger is computed …"), "quiet")]
        from coordinator_tui.book.rules import broken, packs
        from coordinator_tui.tui.screens.rules_lines import ledger_entries

        found: list[Entry[Key]] = []
        for name, error in broken(self.book):
            found += paragraph(_("! {pack} cannot be read: {error}").format(pack=name, error=error), width, look="bad")
        if not self._lines and not found:
            return [line(_("Nothing is owed by now.") if self.owing else _("No rule binds here."), "quiet")]
        return [*found, *ledger_entries(packs(self.book), self._lines.values(), width)]

    def _show_top(self) -> None:
        from coordinator_tui.domain.rules.result import State

        if not self._lines:
            self.top.show()
            return
        owing = sum(one.count(State.DUE, State.OVERDUE) for one in self._lines.values())
        late = sum(one.count(State.OVERDUE) for one in self._lines.values())
        told = ngettext("{count} gap", "{count} gaps", owing).format(count=owing)
        pieces: list[Piece] = [(" " + (self.term or self.book.term).code, "strong"), ("  " + told, "strong")]
        if late:
            pieces.append(("  " + _("overdue: {count}").format(count=late), "bad"))
        if self.owing:
            pieces.append(("  " + _("only what is owed (o: all)"), "warn"))
        if self.member is not None:
            pieces.append(("  " + _("only {name} (m: others)").format(name=name_of(self.book, self.member)), "warn"))
        self.top.show(*pieces)

    def _moved(self) -> None:
        self._show_right()
        self.update_frame()

    def _show_right(self) -> None:
        here = self.ledger.cursor_id
        self._rows = []
        if here is not None and here[0] == "requirement" and self.computed:
            from coordinator_tui.tui.screens.rules_lines import rows_shown

            self._rows = rows_shown(self.book, here[1], term=self.term, member=self.member, owing=self.owing)
        self.rows.rebuild()
        self._show_why()

    def _right(self, width: int) -> Sequence[Entry[RowKey]]:
        here = self.ledger.cursor_id
        if here is None or not self.computed:
            return ()
        from coordinator_tui.tui.screens import rules_lines

        if here[0] == "pack":
            return rules_lines.pack_entries(self.book, self._pack(here[1]), width)
        one = self._lines[here]
        return rules_lines.line_entries(self.book, self._pack(one.pack.id), one, self._rows, width)

    def _show_why(self) -> None:
        gap = self._gap()
        if gap is None:
            self.why.show()
            return
        from coordinator_tui.tui.screens.rules_lines import why_words

        self.why.show(("  " + why_words(self.book, gap), "quiet"))

    def _gap(self) -> Gap | None:
        here = self.rows.cursor_id
        return next((gap for gap in self._rows if _row_key(gap) == here), None)

    def _pack(self, identity: str) -> PackInBook:
        from coordinator_tui.book.rules import find_pack

        return find_pack(self.book, identity)

    @property
    def pack(self) -> Pack | None:
        """The pack that the line under the cursor belongs to; the only one where there is but one."""
        here = self.ledger.cursor_id
        if here is not None and here[0] != "requirement":
            return self._pack(here[1]).pack
        return self._lines[here].pack if here in self._lines else None

    def _go_to_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self.ledger.move_to(wanted):
            self._show_right()

    def on_resize(self) -> None:
        """Lay both sides out again."""
        super().on_resize()
        self.rows.rebuild()

    # ---- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse what needs a pack while there is none, and to plan where there is no series."""
        if action in _NEED_PACK:
            return rule_view.in_force(self.book)
        if action == "plan":
            here = self.ledger.cursor_id
            return here is not None and here[0] == "cadence"
        return super().check_action(action, parameters)

    def _read(self, reading: bool) -> None:  # noqa: FBT001 - one of two sides
        self.set_class(reading, "reading")
        self._show_cursors()
        home = self.home
        assert home is not None
        self.set_focus(home)
        self._show_why()
        self.update_frame()

    def _show_cursors(self) -> None:
        self.ledger.show_cursor("sign" if self.reading else "whole")
        self.rows.show_cursor("whole" if self.reading else "nowhere")

    def action_side(self) -> None:
        """Go to the rows, or back to the lines."""
        self.compute()
        if not self.reading and self.rows.cursor_id is None:
            self.say(_("This line has no rows."), "quiet")
            return
        self._read(not self.reading)

    async def action_open(self) -> None:
        """Go to the rows of the line; on a row, to all about it."""
        self.compute()
        here = self.ledger.cursor_id
        if self.reading:
            await self._open_row()
        elif here is not None and here[0] == "cadence":
            self.action_plan()
        elif here is not None and here[0] == "pack":
            await self.action_answers()
        else:
            self.action_side()

    async def _open_row(self) -> None:
        gap = self._gap()
        if gap is not None:
            from coordinator_tui.tui.screens.rules_row import RowScreen

            await push(self, RowScreen(_row_key(gap), self.term))

    def go_back(self) -> bool:
        """Go back to the lines, then to everybody and everything."""
        if self.reading:
            self._read(False)
            return True
        if self.member is None and not self.owing:
            return False
        if len(self.app.screen_stack) > 1:
            return False  # another screen asked for just this
        self.member, self.owing = None, False
        self.refresh_book(None)
        return True

    # ---- what is shown

    def action_owing(self) -> None:
        """Show only what is owed, or everything."""
        self.owing = not self.owing
        self.refresh_book(None)
        self.say(_("Only what is owed by now.") if self.owing else _("Everything."), "quiet")

    def action_member(self) -> None:
        """Ask for the one member to show."""
        everybody = in_order(self.book, self.book.members.mapping())
        options = [(_EVERYBODY, _("Everybody"), "")]
        options += [(member.id, name_of(self.book, member.id), member.subject or "") for member in everybody]
        self.ask(Chooser(_("Whose rows?"), options, here=self.member or _EVERYBODY), self._member_chosen)

    def _member_chosen(self, member: int | None) -> None:
        if member is not None:
            self.member = member or None
            self.refresh_book(None)

    def action_term(self) -> None:
        """Ask for the term."""
        from coordinator_tui.book.terms import all_terms

        options = [(term, term.code, f"{term.start} – {term.until}") for term in all_terms(self.book)]

        def chosen(term: Term | None) -> None:
            if term is not None:
                self.term = term
                self.refresh_book(None)

        self.ask(Chooser(_("Which term?"), options, here=self.term), chosen)

    # ---- packs

    async def action_adopt(self) -> None:
        """Show the packs."""
        from coordinator_tui.tui.screens.rules_packs import PacksScreen

        await push(self, PacksScreen("" if rule_view.in_force(self.book) else _STARTER))

    async def action_draft(self) -> None:
        """Ask for the text of a regulation, to make a pack of it."""
        from coordinator_tui.tui.screens.rules_draft import DraftScreen

        await push(self, DraftScreen())

    async def action_answers(self) -> None:
        """Show what the packs leave open."""
        from coordinator_tui.tui.screens.rules_answers import AnswersScreen

        self.compute()
        here = self.ledger.cursor_id
        await push(self, AnswersScreen(here[1] if here is not None and here[0] == "pack" else ""))

    def action_edit(self) -> None:
        """Edit the school's copy of the pack."""
        from coordinator_tui.tui.screens.rules_text import edit_pack

        self.compute()
        if self.pack is None:
            self.say(str(_NO_LINE), "quiet")
        else:
            edit_pack(self, self.pack.id)

    async def action_upgrade(self) -> None:
        """Show what a newer version changes."""
        from coordinator_tui.tui.screens.rules_text import open_upgrade

        self.compute()
        if self.pack is None:
            self.say(str(_NO_LINE), "quiet")
        else:
            await open_upgrade(self, self.pack.id)

    def action_drop(self) -> None:
        """End the pack, after asking."""
        self.compute()
        if self.pack is None:
            self.say(str(_NO_LINE), "quiet")
        else:
            drop_pack(self, self.pack.id)

    # ---- what comes out of them

    def action_plan(self) -> None:
        """Ask what a series needs, then show its dates."""
        from coordinator_tui.tui.screens.rules_plan import ask_plan

        here = self.ledger.cursor_id
        if here is not None and here[0] == "cadence":
            ask_plan(self, here[1], here[2], self.term)

    async def action_tasks(self) -> None:
        """Show the assignments that the rules ask for."""
        from coordinator_tui.tui.screens.rules_plan import RuleTasksScreen

        await push(self, RuleTasksScreen())

    async def action_scores(self) -> None:
        """Show the term's assessment."""
        from coordinator_tui.tui.screens.rules_scores import ScoresScreen

        await push(self, ScoresScreen(self.term))

    async def action_hours(self) -> None:
        """Show the credit hours."""
        from coordinator_tui.tui.screens.rules_hours import open_hours

        await open_hours(self)

    def action_export(self) -> None:
        """Ask for format and place of the ledger."""
        from coordinator_tui.tui.screens.summary_files import LEDGER, ExportForm

        form = ExportForm(self.book, term=self.term, group=None, ask=self.ask, say=self.say, what=LEDGER)
        self.ask(form, lambda _done: None)


def drop_pack(screen: CoordinatorScreen, identity: str) -> None:
    """End a pack, after asking."""
    from coordinator_tui.book import rules

    title = rules.kept_title(rules.kept_pack(screen.book, identity))
    confirmed(
        screen,
        _("End the rule pack “{pack}”?").format(pack=title),
        lambda: rules.drop(screen.book, identity),
        _("Not in force any more: {pack}. u takes it back.").format(pack=title),
        yes=lazy("End it"),
        details=(
            _("What it asks for disappears from all lists; no record is touched."),
            _("Its text and your answers are kept: adopting it again brings them back."),
        ),
    )


def _row_key(gap: Gap) -> RowKey:
    return (gap.row.requirement.key, gap.row.unit, gap.row.period.label)


def _no_pack(width: int) -> list[Entry[Key]]:
    texts = (
        _("No rule pack is in force yet."),
        _(
            "A rule pack is a regulation as data. Once one is in force, the program knows what is owed, by whom, by "
            "when, what has been done, and why, from the rolls, sessions and work that you enter anyway."
        ),
        _(
            "The pack S19, the study and exchange regulation of a central school, is a good one to begin with. There "
            "are {count} packs in all, and you can write your school's own."
        ),
    )
    from coordinator_tui.book.rules import shipped_texts

    found: list[Entry[Key]] = [Entry()]
    for text in texts:
        found += [*paragraph(text.format(count=len(shipped_texts())), width), Entry()]
    found.append(
        line(_("a opens the list of packs, with S19 chosen; nothing is adopted without a question."), "strong")
    )
    return found
