"""The terms of a book: add, use, edit, close and reopen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from coordinator_tui.book import leaves, schedule, terms, work
from coordinator_tui.book.calendar import ensure_calendar, unpublished_years
from coordinator_tui.domain.terms import next_term_code, term_code_on, weeks_of
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.day_words import day_check, optional_day
from coordinator_tui.tui.screens.going import confirmed
from coordinator_tui.tui.widgets.form import Field, FormDialog
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.app import ComposeResult

    from coordinator_tui.domain.records import Term
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look


class TermsScreen(CoordinatorScreen):
    """Every term, the latest first."""

    heading = lazy("Terms")
    about = lazy(
        "The term in use is the one chosen with s, else the one that today falls in. A closed term is frozen: its "
        "sessions, rolls, leave and work cannot be changed any more; members and groups go on."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="terms.add",
            title=lazy("Add a term"),
            keys=("a",),
            hint=lazy("add"),
            words="新增 添加 add",
            cli="term add",
        ),
        Command(
            name="terms.edit",
            title=lazy("Edit the term's days"),
            keys=("e", "enter"),
            hint=lazy("edit"),
            words="修改 编辑 edit",
            cli="term edit",
        ),
        Command(
            name="terms.use",
            title=lazy("Use this term"),
            keys=("s",),
            hint=lazy("use"),
            words="使用 切换 当前 use",
            cli="term use",
        ),
        Command(
            name="terms.today",
            title=lazy("Let today decide which term is in use"),
            keys=("n",),
            hint=lazy("as today"),
            words="今天 自动 today",
            cli="term use",
        ),
        Command(
            name="terms.close",
            title=lazy("Close the term: nothing in it can be changed any more"),
            keys=("c",),
            hint=lazy("close"),
            words="关闭 结束 冻结 close",
            cli="term close",
        ),
        Command(
            name="terms.reopen",
            title=lazy("Reopen a closed term"),
            keys=("o",),
            hint=lazy("reopen"),
            words="重新打开 reopen",
            cli="term reopen",
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        columns = [
            Column("code", lazy("term"), 12),
            Column("start", lazy("from"), 10),
            Column("until", lazy("until"), 10),
            Column("monday", lazy("week 1"), 10),
            Column("weeks", lazy("weeks"), 6, "right"),
            Column("sessions", lazy("sessions"), 8, "right", drop=1),
            Column("state", "", 0, least=12),
        ]
        self.list: LineList[int] = LineList(columns, self._cells, empty=lazy("No term yet: press a."))

    def body(self) -> ComposeResult:
        """Show the list."""
        yield self.list

    def on_mount(self) -> None:
        """Show the terms, with the cursor on the one in use."""
        super().on_mount()
        self.refresh_book(None)
        if self.list.rows:
            self.list.move_to(self.book.term.id)

    def refresh_book(self, changes: Changes | None) -> None:
        """Show the terms as they are now."""
        del changes
        self.list.set_rows([term.id for term in terms.all_terms(self.book)])

    def _cells(self, identity: int) -> Sequence[str | tuple[str, Look]]:
        term = self.book.terms.find(identity)
        if term is None:
            return ("", "", "", "", "", "", "")
        return (
            term.code,
            term.start.isoformat(),
            term.until.isoformat(),
            term.first_monday.isoformat(),
            str(weeks_of(term)),
            str(len(schedule.sessions_of(self.book, term))),
            self._state(term),
        )

    def _state(self, term: Term) -> tuple[str, Look]:
        words = []
        if self.book.term.id == term.id:
            chosen = self.book.settings.text("current_term") == term.code
            words.append(_("in use, chosen") if chosen else _("in use"))
        if term.closed:
            words.append(_("closed"))
        return ", ".join(words), "warn" if term.closed else "good"

    def _chosen(self) -> Term | None:
        here = self.list.cursor_id
        found = None if here is None else self.book.terms.find(here)
        if found is None:
            self.say(_("There is no term here: a adds one."), "quiet")
        return found

    # ---- add and edit

    def action_add(self) -> None:
        """Ask for a new term; the next one is offered."""
        known = terms.all_terms(self.book)
        code = next_term_code(known[0].code) if known else term_code_on(self.book.today)
        usual = lazy("empty: as usual")
        fields = [
            Field("code", lazy("term"), code, required=True, check=_code_problem),
            *self._day_fields(None, placeholder=usual),
        ]
        self.ask(FormDialog(_("New term"), fields, self._add), lambda _values: None)

    def _day_fields(self, term: Term | None, **more: Any) -> list[Field]:  # noqa: ANN401 - handed on to Field
        check = day_check(self.book)
        return [
            Field("start", lazy("First day"), _shown(term.start if term else None), check=check, **more),
            Field("until", lazy("Last day"), _shown(term.until if term else None), check=check, **more),
            Field(
                "first_monday",
                lazy("Monday of week 1"),
                _shown(term.first_monday if term else None),
                check=check,
                **more,
            ),
        ]

    def _add(self, values: dict[str, str]) -> None:
        days = {name: optional_day(self.book, values[name]) for name in ("start", "until", "first_monday")}
        with self.book.step("terms.add", code=values["code"]):
            term = terms.add_term(self.book, values["code"], **days)
            loaded = ensure_calendar(self.book, term)
        self.refresh_book(None)
        self.list.move_to(term.id)
        self.say(" ".join(self._told_of(term, loaded)), "good")

    def _told_of(self, term: Term, loaded: int) -> list[str]:
        said = [_("Added term {code}, {start} to {until}.").format(code=term.code, start=term.start, until=term.until)]
        if loaded:
            said.append(_("{count} holidays and moved workdays were loaded.").format(count=loaded))
        years = ", ".join(str(year) for year in unpublished_years(self.book, term))
        if years:
            said.append(_("The holidays of {years} are not published yet.").format(years=years))
        return said

    def action_edit(self) -> None:
        """Edit the days of the term under the cursor."""
        term = self._chosen()
        if term is None:
            return

        def save(values: dict[str, str]) -> None:
            days = {name: optional_day(self.book, values[name]) for name in ("start", "until", "first_monday")}
            terms.edit_term(self.book, term.code, **{name: day for name, day in days.items() if day is not None})
            self.refresh_book(None)

        self.ask(
            FormDialog(_("Term {code}").format(code=term.code), self._day_fields(term), save), lambda _values: None
        )

    # ---- use, close, reopen

    def action_use(self) -> None:
        """Use the term under the cursor."""
        term = self._chosen()
        if term is not None:
            terms.use_term(self.book, term.code)
            self.refresh_book(None)
            self.say(_("The current term is {code}.").format(code=term.code), "good")

    def action_today(self) -> None:
        """Let today decide."""
        term = terms.use_term(self.book, None)
        self.refresh_book(None)
        self.say(_("Today decides: the current term is {code}.").format(code=term.code), "good")

    def action_close(self) -> None:
        """Ask, naming what is frozen, then close the term."""
        term = self._chosen()
        if term is None:
            return
        if term.closed:
            self.say(_("Term {code} is closed already; o reopens it.").format(code=term.code), "quiet")
            return
        confirmed(
            self,
            _("Close term {code}?").format(code=term.code),
            lambda: terms.close_term(self.book, term.code),
            _("Term {code} is closed.").format(code=term.code),
            yes=_("Close it"),
            details=[self._frozen(term), _("Members, groups, series and unfinished assignments go on. o reopens it.")],
        )

    def _frozen(self, term: Term) -> str:
        """Return what a term holds, in numbers."""
        sessions = schedule.sessions_of(self.book, term)
        text = _("Frozen: {sessions} sessions with {marks} marks, {leaves} leaves, {work} pieces of work.")
        return text.format(
            sessions=len(sessions),
            marks=sum(schedule.marks_of(self.book, session.id) for session in sessions),
            leaves=len(leaves.leaves_of(self.book, term=term)),
            work=len(work.works_of(self.book, term=term)),
        )

    def action_reopen(self) -> None:
        """Ask, then reopen the term."""
        term = self._chosen()
        if term is None:
            return
        if not term.closed:
            self.say(_("Term {code} is not closed.").format(code=term.code), "quiet")
            return
        confirmed(
            self,
            _("Reopen term {code}?").format(code=term.code),
            lambda: terms.reopen_term(self.book, term.code),
            _("Term {code} can be changed again.").format(code=term.code),
            yes=_("Reopen it"),
            details=[_("Its sessions, rolls, leave and work can be changed again; the history says who reopened it.")],
        )


def _shown(day: date | None) -> str:
    return day.isoformat() if day else ""


def _code_problem(text: str) -> str | None:
    from coordinator_tui.book.errors import Refused

    try:
        terms.check_code(text)
    except Refused as error:
        return str(error)
    return None
