"""The sessions of a term: by month or by week, with what they lack and what is in the way; and what changes them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import schedule
from coordinator_tui.book.errors import BookError
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext
from coordinator_tui.tui.screens import schedule_rows, session_forms
from coordinator_tui.tui.screens.day_words import month_words
from coordinator_tui.tui.screens.going import open_session, push
from coordinator_tui.tui.screens.schedule_commands import COMMANDS
from coordinator_tui.tui.screens.schedule_rows import MonthList
from coordinator_tui.tui.screens.schedule_week import Row, monday_of, week_lines
from coordinator_tui.tui.screens.sections import SectionList, joined
from coordinator_tui.tui.screens.session_actions import SessionActions
from coordinator_tui.tui.screens.session_words import lacks, standing, what
from coordinator_tui.tui.widgets.bars import TextLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.app import ComposeResult
    from textual.widget import Widget

    from coordinator_tui.domain.records import Session, Term
    from coordinator_tui.tui.commands import Command
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.screens.sections import Entry
    from coordinator_tui.tui.styles import Look


class ScheduleScreen(SessionActions):
    """The schedule."""

    heading = lazy("Schedule")
    about = lazy(
        "The sessions of the term. “lacks” names what a session does not have yet: plan, topic, speaker, form. ! marks "
        "a clash, → a session that was moved, * today. w shows a week, ← and → go to another month or week."
    )
    commands: ClassVar[tuple[Command, ...]] = COMMANDS
    DEFAULT_CSS = """
    ScheduleScreen .hidden { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.term: Term | None = None
        self.group: int | None = None
        self.weekly = False
        self.monday: date | None = None
        self._clashing: frozenset[int] = frozenset()
        self._speakers: frozenset[str] = frozenset()
        self._first_look = True
        self.top = TextLine()
        self.list = MonthList(
            schedule_rows.columns(),
            self._cells,
            marked_column=schedule_rows.TOPIC,
            on_choose=self._open,
            on_move=lambda _session: self._tell(),
        )
        self.week: SectionList[Row] = SectionList(
            self._week_lines, on_choose=self._open_row, on_move=lambda _row: self._tell()
        )
        self.more = TextLine()

    def body(self) -> ComposeResult:
        """Compose what is shown, the list or the week, and a line about the session under the cursor."""
        self.week.add_class("hidden")
        yield self.top
        yield self.list
        yield self.week
        yield self.more

    @property
    def home(self) -> Widget | None:
        """What takes the keys."""
        return self.week if self.weekly else self.list

    def on_mount(self) -> None:
        """Show the term, the cursor on what comes next."""
        super().on_mount()
        self.monday = monday_of(self.book.today)
        self.refresh_book(None)

    # ---- which session

    @property
    def session(self) -> int | None:
        """The session under the cursor."""
        row: object = self.list.cursor_id
        if self.weekly:
            kind, which = self.week.cursor_id or ("", 0)
            row = which if kind == "session" else None
        return row if isinstance(row, int) and row > 0 and self.book.sessions.find(row) is not None else None

    @property
    def day_meant(self) -> date:
        """The day for a new session: the one under the cursor."""
        if self.weekly and self.week.cursor_id is not None:
            kind, which = self.week.cursor_id
            if kind == "day" and not isinstance(which, int):
                return which
        session = self.session
        return self.book.sessions.get(session).date if self.weekly and session else self.book.today

    # ---- showing

    def _term(self) -> Term | None:
        if self.term is not None:
            self.term = self.book.terms.find(self.term.id)
        try:
            return self.term or self.book.term
        except BookError:
            return None

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - lists are cheap to make again
        """Show the schedule as it is now."""
        term = self._term()
        if self.group is not None and self.book.groups.find(self.group) is None:
            self.group = None
        clashes = schedule.clashes(self.book, term=term) if term else []
        self._clashing = frozenset(session.id for clash in clashes for session in clash.sessions)
        sessions = schedule.sessions_of(self.book, term, self.group) if term else []
        self._show_list(sessions)
        if self.weekly:
            self.week.rebuild()
        self._show_top(term, sessions, len(clashes))
        self._tell()
        self.update_frame()

    def _show_list(self, sessions: Sequence[Session]) -> None:
        rows = schedule_rows.with_months(sessions)
        speakers = frozenset(session.speaker or "" for session in sessions)
        if speakers != self._speakers:
            self._speakers = speakers
            self.list.set_columns(schedule_rows.columns(speakers))
        self.list.empty = self._empty_words()
        if rows == list(self.list.rows):
            self.list.update_all()
        else:
            self.list.set_rows(rows)
        if self._first_look and rows:
            self._first_look = False
            self.action_now()
        self.list.settle()

    def _empty_words(self) -> str:
        if not len(self.book.groups):
            return _("There is no group yet: F2 opens the members, g there adds a group.")
        if self._term() is None:
            return _("The book has no term yet: press t to add one.")
        if self.group is not None:
            return _("This group has no session in the term: a adds one, g shows all groups.")
        return _("No session in this term yet: p plans the term from a weekly series, a adds one session.")

    def _cells(self, row: int) -> Sequence[str | tuple[str, Look]]:
        if row < 0:
            return schedule_rows.month_cells(row)
        return schedule_rows.session_cells(self.book, self.book.sessions.get(row), self._clashing)

    def _week_lines(self, width: int) -> Sequence[Entry[Row]]:
        if not self.weekly or self.monday is None:
            return ()
        return week_lines(self.book, self.monday, self.group, self._clashing, width)

    def _show_top(self, term: Term | None, sessions: Sequence[Session], clashes: int) -> None:
        group = self.book.groups.find(self.group) if self.group is not None else None
        name = group.name if group else _("All groups") if len(self.book.groups) > 1 else ""
        count = ngettext("{count} session", "{count} sessions", len(sessions)).format(count=len(sessions))
        lacking = sum(1 for session in sessions if session.date >= self.book.today and schedule.missing(session))
        gaps = _("{count} to come lack something").format(count=lacking) if lacking else ""
        clash = ngettext("{count} clash: k", "{count} clashes: k", clashes).format(count=clashes) if clashes else ""
        closed = _("closed") if term and term.closed else ""
        self.top.show(
            (" " + joined((self._when(term), closed, name)), "strong"),
            ("  " + count, "quiet"),
            ("  " + gaps if gaps else "", "warn"),
            ("  ! " + clash if clash else "", "bad"),
        )

    def _when(self, term: Term | None) -> str:
        if not self.weekly or self.monday is None:
            return term.code if term else _("No term yet")
        from coordinator_tui.book.terms import week_of_day

        number = week_of_day(self.book, self.monday) or week_of_day(self.book, self.monday + timedelta(days=6))
        week = _("week {number}").format(number=number) if number else None
        return joined((month_words(self.monday), week))

    def _tell(self) -> None:
        """Say about the session under the cursor what the list has no room for."""
        session = self.book.sessions.find(self.session) if self.session is not None else None
        if session is None:
            self.more.show()
            return
        group = self.book.groups.find(session.group)
        named = group.name if group and len(self.book.groups) > 1 and self.group is None else None
        told = joined((what(session), session.speaker, session.place, named))
        self.more.show(
            (f" {told}", "plain"),
            ("  " + text if (text := standing(self.book, session)) else "", "warn"),
            ("  " + text if (text := lacks(session)) else "", "warn"),
        )

    # ---- moving

    def action_week(self) -> None:
        """Change between month list and week."""
        session = self.session
        self.weekly = not self.weekly
        self.list.set_class(self.weekly, "hidden")
        self.week.set_class(not self.weekly, "hidden")
        if self.weekly and session is not None:
            self.monday = monday_of(self.book.sessions.get(session).date)
        self.refresh_book(None)
        self.set_focus(self.home)
        self.session_moved(session or 0)

    def session_moved(self, session: int) -> None:
        """Put the cursor on a session."""
        if self.weekly:
            record = self.book.sessions.find(session)
            if record is not None and monday_of(record.date) != self.monday:
                self.monday = monday_of(record.date)
                self.refresh_book(None)
            self.week.move_to(("session", session))
        else:
            self.list.move_to(session)
        self._tell()

    def action_before(self) -> None:
        """Show the week before, or go to the month before."""
        self._turn(-1)

    def action_after(self) -> None:
        """Show the next week, or go to the next month."""
        self._turn(1)

    def _turn(self, step: int) -> None:
        if self.weekly and self.monday is not None:
            self.monday += timedelta(days=7 * step)
            self.refresh_book(None)
            return
        months = [at for at, row in enumerate(self.list.rows) if row < 0]
        here = max((at for at in months if at <= self.list.cursor), default=0)
        found = [at for at in months if (at > here if step > 0 else at < here)]
        if found:
            self.list.move_to_index((min(found) if step > 0 else max(found)) + 1)
            self._tell()

    def action_now(self) -> None:
        """Go to what comes next from today."""
        if self.weekly:
            self.monday = monday_of(self.book.today)
            self.refresh_book(None)
            self.week.move_to(("day", self.book.today))
            return
        coming = (row for row in self.list.rows if row > 0 and self.book.sessions.get(row).date >= self.book.today)
        target = next(coming, self.list.rows[-1] if self.list.rows else None)
        if target is not None:
            self.list.move_to(target)
        self._tell()

    async def _open(self, row: int) -> None:
        if row > 0:
            await open_session(self, row)

    async def _open_row(self, row: Row) -> None:
        kind, which = row
        if kind == "session" and isinstance(which, int):
            await open_session(self, which)
        else:
            self.action_add()

    async def action_page(self) -> None:
        """Open the page of the session under the cursor."""
        assert self.session is not None
        await open_session(self, self.session)

    # ---- doing

    def action_add(self) -> None:
        """Ask for a new session."""
        if not len(self.book.groups):
            self.say(self._empty_words(), "warn")
            return

        def done(session: Session) -> None:
            self.told(_("Added: {session}.").format(session=schedule.session_title(session)))
            self.session_moved(session.id)

        self.ask(session_forms.add_form(self.book, self.day_meant, self.group, done=done), lambda _values: None)

    async def action_plan(self) -> None:
        """Plan the term from a series."""
        from coordinator_tui.tui.screens.schedule_plan import SeriesScreen

        term = self._term()
        if term is None or not len(self.book.groups):
            self.say(self._empty_words(), "warn")
        else:
            await push(self, SeriesScreen(term))

    async def action_calendar(self) -> None:
        """Show holidays and moved workdays."""
        from coordinator_tui.tui.screens.schedule_calendar import CalendarScreen

        await push(self, CalendarScreen(self._term()))

    async def action_absences(self) -> None:
        """Show the leave requests."""
        from coordinator_tui.tui.screens.leaves import LeavesScreen

        await push(self, LeavesScreen())

    async def action_clashes(self) -> None:
        """Show clashes and gaps."""
        from coordinator_tui.tui.screens.schedule_check import CheckScreen

        await push(self, CheckScreen(self._term()))

    def action_groups(self) -> None:
        """Choose whose sessions are shown."""
        from coordinator_tui.tui.screens.members_groups import EVERYBODY, GroupsDialog

        def chosen(group: int | None) -> None:
            if group is not None:
                self.group = None if group == EVERYBODY else group
            self.refresh_book(None)

        self.ask(GroupsDialog(self.book, self.group), chosen)

    def action_term(self) -> None:
        """Choose the term that is shown, or add one."""
        from coordinator_tui.tui.screens.schedule_terms import choose_term

        def chosen(term: Term) -> None:
            self.term = term
            self._first_look = True
            self.refresh_book(None)

        choose_term(self, self._term(), chosen)
