"""The term summary on screen: overview with bars, tables to walk through, one person's report, and files to hand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import groups, terms, work
from coordinator_tui.book.errors import NoSuchThing
from coordinator_tui.book.summary import group_summary
from coordinator_tui.exports import summary_tables
from coordinator_tui.exports.table import percent
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.summary_bars import overview_lines
from coordinator_tui.tui.screens.summary_files import ExportForm, MemberReport
from coordinator_tui.tui.screens.table_view import TableView
from coordinator_tui.tui.widgets.bars import TextLine
from coordinator_tui.tui.widgets.form import Field, FormDialog
from coordinator_tui.tui.widgets.textpage import TextPage

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from coordinator_tui.domain.records import Term
    from coordinator_tui.domain.summary import Summary
    from coordinator_tui.exports.table import Table
    from coordinator_tui.text import LazyText
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.widgets.line import Piece

VIEWS: tuple[tuple[str, LazyText], ...] = (
    ("overview", lazy("Overview")),
    ("members", lazy("Members")),
    ("sessions", lazy("Sessions")),
    ("kinds", lazy("Forms")),
    ("work", lazy("Work")),
    ("owed", lazy("Owed")),
)
"""What Tab goes through: code and title."""


class SummaryScreen(CoordinatorScreen):
    """What the term adds up to, for a group or for everybody in the book."""

    heading = lazy("Summary")
    about = lazy(
        "Everything here is computed from rolls and work; nothing is typed twice. Rates count neither those exempt nor "
        "those not taken. Tab goes through the tables, Enter on a member opens their report, x writes files."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="summary.next", title=lazy("Next table"), keys=("tab", "v"), hint=lazy("next table"), words="下一个"
        ),
        Command(name="summary.previous", title=lazy("Previous table"), keys=("shift+tab",), words="上一个"),
        Command(
            name="summary.export",
            title=lazy("Write a file: summary or attendance sheet"),
            keys=("x",),
            hint=lazy("export"),
            words="导出 打印 考勤表 export print xlsx",
            cli="summary -o FILE",
        ),
        Command(
            name="summary.group",
            title=lazy("Choose the group"),
            keys=("g",),
            hint=lazy("group"),
            words="小组 group",
            cli="summary --group NAME",
        ),
        Command(
            name="summary.term",
            title=lazy("Choose the term"),
            keys=("t",),
            hint=lazy("term"),
            words="学期 term",
            cli="summary --term CODE",
        ),
    )
    DEFAULT_CSS = "SummaryScreen .hidden { display: none; }"

    def __init__(self) -> None:
        super().__init__()
        self.view = 0
        self.term: Term | None = None
        self.group: int | None = None
        self._lines: list[list[Piece]] = []
        self.head = TextLine()
        self.tabs = TextLine()
        self.page = TextPage()
        self.table = TableView(on_choose=self.open_member)

    def body(self) -> ComposeResult:
        """Head, names of the tables, and the overview or one table."""
        self.table.add_class("hidden")
        yield self.head
        yield self.tabs
        yield self.page
        yield self.table

    @property
    def home(self) -> Widget | None:
        """What the arrows move."""
        return self.page if self.view == 0 else self.table

    def on_mount(self) -> None:
        """Show the current term."""
        super().on_mount()
        self.refresh_book(None)

    def on_resize(self) -> None:
        """Fit the bars to the new width."""
        super().on_resize()
        self.call_after_refresh(self._show, keep=True)

    def refresh_book(self, changes: Changes | None) -> None:
        """Compute anew what is shown."""
        del changes
        self._show(keep=True)

    # ---- what is shown

    def summary(self) -> Summary | None:
        """Return the summary of the chosen term and group; None in a book that has no term or group yet."""
        try:
            return group_summary(self.book, term=self.term, group=self.group)
        except NoSuchThing as nothing:
            self.head.show((" " + str(nothing), "warn"))
            return None

    def _show(self, *, keep: bool = False) -> None:
        summary = self.summary()
        if summary is None:
            self.page.show([_("A summary needs a group, a term and sessions: F2 adds members, F3 plans sessions.")])
            return
        self._show_head(summary)
        overview = self.view == 0
        self.page.set_class(not overview, "hidden")
        self.table.set_class(overview, "hidden")
        if overview:
            lines = overview_lines(summary, self._owed_now(), self.size.width)
            if not keep or self.page.plain == "" or lines != self._lines:
                self._lines = lines
                self.page.show(lines)
        else:
            self.table.show_table(self._table(summary), fixed=2 if VIEWS[self.view][0] == "members" else 1)

    def _owed_now(self) -> tuple[int, int]:
        owed = work.owed(self.book, term=self.term or self.book.term, group=self._group_id())
        return len(owed), sum(one.overdue for one in owed)

    def _group_id(self) -> int | None:
        return self.book.group.id if self.group is None else self.group or None

    def _show_head(self, summary: Summary) -> None:
        name = summary.group or _("Everybody in the book")
        text = _("{group}, term {term}: attendance {rate}, sessions {sessions}, members {members}").format(
            group=name,
            term=summary.term,
            rate=percent(summary.tally.rate) if summary.tally.rate is not None else "-",
            sessions=summary.held,
            members=len(summary.members),
        )
        self.head.show((" " + text, "strong"))
        pieces: list[Piece] = []
        for at, (_code, title) in enumerate(VIEWS):
            pieces += [(f" {title} ", "bar" if at == self.view else "plain"), (" ", "plain")]
        self.tabs.show(*pieces)

    def _table(self, summary: Summary) -> Table:
        match VIEWS[self.view][0]:
            case "members":
                return summary_tables.members_table(summary)
            case "sessions":
                return summary_tables.sessions_table(summary)
            case "kinds":
                return summary_tables.kinds_table(summary)
            case "work":
                return summary_tables.work_table(dict(summary.work))
        owed = work.owed(self.book, term=self.term or self.book.term, group=self._group_id())
        return summary_tables.owed_table(self.book, owed)

    # ---- what can be done

    def _turn(self, step: int) -> None:
        self.view = (self.view + step) % len(VIEWS)
        self._show()
        home = self.home
        if home is not None:
            self.set_focus(home)
        self.say(self.table.hint if self.view else "", "quiet")

    def action_next(self) -> None:
        """Show the next table."""
        self._turn(1)

    def action_previous(self) -> None:
        """Show the table before."""
        self._turn(-1)

    def go_back(self) -> bool:
        """Return to the overview."""
        if self.view == 0:
            return False
        self._turn(-self.view)
        return True

    def open_member(self, row: int) -> None:
        """Open the report of a member, from the rows that are people's."""
        summary = self.summary()
        if summary is not None and VIEWS[self.view][0] == "members":
            self.app.push_screen(MemberReport(summary.members[row].member, self.term))

    def action_export(self) -> None:
        """Ask what to write, in which format and where."""
        self.ask(
            ExportForm(self.book, term=self.term, group=self.group, ask=self.ask, say=self.say), lambda _done: None
        )

    def action_group(self) -> None:
        """Ask for the group."""
        choices = [(str(group.id), group.name) for group in groups.all_groups(self.book)]
        here = str(self._group_id() or 0)
        field = Field("group", _("Group"), here, choices=[*choices, ("0", _("Everybody in the book"))])
        self.ask(FormDialog(_("Summary of which group?"), [field]), self._group_chosen)

    def _group_chosen(self, values: dict[str, str] | None) -> None:
        if values:
            self.group = int(values["group"])
            self._show()

    def action_term(self) -> None:
        """Ask for the term."""
        known = terms.all_terms(self.book)
        if not known:
            self.say(_("The book has no term yet; add one in the settings (F9)."), "warn")
            return
        here = (self.term or self.book.term).code
        field = Field("term", _("Term"), here, choices=[(term.code, term.code) for term in known])
        self.ask(FormDialog(_("Summary of which term?"), [field]), self._term_chosen)

    def _term_chosen(self, values: dict[str, str] | None) -> None:
        if values:
            self.term = terms.find_term(self.book, values["term"])
            self._show()
