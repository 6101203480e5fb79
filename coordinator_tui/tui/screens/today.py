"""What the day asks for, and one key to do each of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book.today import today_view
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.going import open_member, open_roll, open_session, push
from coordinator_tui.tui.screens.rules_owed import RulesOwed
from coordinator_tui.tui.screens.sections import SectionList
from coordinator_tui.tui.screens.today_lines import Row, today_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coordinator_tui.book.rule_gaps import Gap
    from coordinator_tui.book.today import TodayView
    from coordinator_tui.domain.records import Leave, Session, Term, Work
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.screens.sections import Entry


class TodayScreen(CoordinatorScreen):
    """The day's page."""

    heading = lazy("Today")
    about = lazy(
        "What the day asks for. The arrows go from line to line, and Enter goes to where it is done: the roll, the "
        "session, the person who owes something."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="today.roll", title=lazy("Take the roll: today's, else the first that waits"), keys=("r",),
            hint=lazy("roll"), words="点名 考勤 roll-call", cli="roll",
        ),
        Command(
            name="today.absence", title=lazy("Add leave"), keys=("l",), hint=lazy("leave"),
            words="请假 请假条 leave absence", cli="leave add NAME DATE",
        ),
        Command(
            name="today.hand-in", title=lazy("Hand in work"), keys=("h",), hint=lazy("hand in"),
            words="交材料 读书笔记 登记 hand in note", cli="work add NAME",
        ),
        Command(
            name="today.add", title=lazy("Add a session"), keys=("n",), hint=lazy("new session"),
            words="新增活动 添加 new session", cli="schedule add DATE",
        ),
        Command(
            name="today.import", title=lazy("Import a roster file"), keys=("i",), words="导入 花名册 import roster",
            action="take_in", cli="import members FILE",
        ),
        Command(
            name="today.paste", title=lazy("Paste a list of names"), keys=("p",), words="粘贴 名单 paste",
            cli="import members -",
        ),
        Command(
            name="today.conflicts", title=lazy("Values written differently on two machines"), keys=("c",),
            words="冲突 合并 conflicts merge", cli="conflicts list",
        ),
        Command(
            name="today.absences", title=lazy("Leave requests"), words="请假 批准 leave approve", cli="leave list",
        ),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.view: TodayView | None = None
        self.lines: SectionList[Row] = SectionList(self._make, on_choose=self._open)
        self.owed = RulesOwed(self, self._find_owed, self.lines.rebuild)

    def body(self) -> ComposeResult:
        """Compose the page."""
        yield self.lines

    def place(self) -> Sequence[str]:
        """Return nothing: the first line of the page says date, week, term and group."""
        return ()

    def on_mount(self) -> None:
        """Show the day."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - only lines that differ are painted
        """Look at the day again."""
        self.view = today_view(self.book)
        self.owed.refresh()
        self.lines.rebuild()
        self.update_frame()

    def _make(self, width: int) -> Sequence[Entry[Row]]:
        return today_lines(self.book, self.view, width, self.owed) if self.view else ()

    def _find_owed(self) -> list[Gap]:
        from coordinator_tui.book.rule_owing import owed_by_rules

        group = self.view.group if self.view else None
        return owed_by_rules(self.book, group=group.id if group else None)

    def on_screen_resume(self) -> None:
        """Catch up with what happened while another screen was on top."""
        super().on_screen_resume()
        self.owed.resume()

    # ---- going where a line leads

    async def _open(self, row: Row) -> None:
        what, which, _more = row
        if what == "roll":
            await open_roll(self, which)
        elif what == "session":
            await open_session(self, which)
        elif what in {"owed", "member"}:
            await open_member(self, which)
        elif what.startswith("rule"):
            await self._open_rule(what, which)
        else:
            await self._open_area(what)

    async def _open_rule(self, what: str, which: int) -> None:
        from coordinator_tui.tui.screens.rules_owed_lines import open_owing, open_rules

        if what == "rules-ask":
            self.owed.ask()
        elif what == "rule" and which < len(self.owed.owing):
            await open_owing(self, self.owed.owing[which])
        else:
            await open_rules(self)

    async def _open_area(self, what: str) -> None:
        if what == "calendar":
            await self._open_calendar()
        elif what == "check":
            await self._open_check()
        elif what == "leaves":
            await self.action_absences()
        elif what == "conflicts":
            await self.action_conflicts()
        elif what == "import":
            await self.action_take_in()
        elif what in {"term", "groups"}:
            self._begin(what)
        else:
            areas = {"rolls": "roll", "work": "work", "members": "members", "plan": "schedule"}
            await self.coordinator.open_area(areas[what])

    async def _open_calendar(self) -> None:
        from coordinator_tui.tui.screens.schedule_calendar import CalendarScreen

        await push(self, CalendarScreen(self.view.term if self.view else None))

    async def _open_check(self) -> None:
        from coordinator_tui.tui.screens.schedule_check import CheckScreen

        await push(self, CheckScreen(self.view.term if self.view else None))

    def _begin(self, what: str) -> None:
        """Ask for the term or the group that the book has not yet."""
        if what == "term":
            from coordinator_tui.tui.screens.schedule_terms import choose_term

            def chosen(_term: Term) -> None:
                self.refresh_book(None)

            choose_term(self, None, chosen)
        else:
            from coordinator_tui.tui.screens.members_groups import GroupsDialog

            self.ask(GroupsDialog(self.book, None), lambda _group: self.refresh_book(None))

    # ---- doing

    def told(self, said: str) -> None:
        """Say what was done, when the form has closed."""
        self.refresh_book(None)
        self.say(said, "good")

    async def action_roll(self) -> None:
        """Take today's roll, else the first that waits."""
        view = self.view
        assert view is not None
        half = [session for session, _count in view.half_taken]
        waiting = (
            [s for s in view.today if s in view.untaken or s in half] or [*view.untaken, *half] or list(view.today)
        )
        if waiting:
            await open_roll(self, waiting[0].id)
        else:
            self.say(_("No roll waits to be taken; Roll (4) shows those that were."), "quiet")

    def action_absence(self) -> None:
        """Ask for a leave."""
        from coordinator_tui.tui.screens.leave_forms import add_leave_form, leave_words

        def done(leave: Leave) -> None:
            from coordinator_tui.book.members import name_of

            name = name_of(self.book, leave.member)
            self.told(_("Noted: {kind} of {name}.").format(kind=leave_words(leave), name=name))

        if self._has_members():
            self.ask(add_leave_form(self.book, None, done=done), lambda _values: None)

    def action_hand_in(self) -> None:
        """Ask for a piece of work; on a line of what is owed, of that person for that task."""
        from coordinator_tui.tui.screens.hand_in_form import hand_in_form

        what, member, task = self.lines.cursor_id or ("", 0, 0)

        def done(work: Work) -> None:
            from coordinator_tui.book.members import name_of

            self.told(_("Handed in by {name}.").format(name=name_of(self.book, work.member)))

        if what == "rule" and self._hand_in_by_rule(member):
            return
        if self._has_members():
            owed = what == "owed"
            assignment = self.book.assignments.get(task) if owed else None
            form = hand_in_form(self.book, member if owed else None, task=assignment, done=done)
            self.ask(form, lambda _values: None)

    def _hand_in_by_rule(self, at: int) -> bool:
        """Ask for the piece that a rule asks of one person; return whether the line is about just that."""
        from coordinator_tui.tui.screens.rules_row import can_hand_in, hand_in_for

        gaps = self.owed.owing[at].gaps if at < len(self.owed.owing) else ()
        if len(gaps) != 1 or not can_hand_in(gaps[0]):
            return False
        hand_in_for(self, gaps[0])
        return True

    def _has_members(self) -> bool:
        if len(self.book.members):
            return True
        self.say(_("Nobody is in the book yet: i imports a roster, p takes a pasted list of names."), "warn")
        return False

    def action_add(self) -> None:
        """Ask for a new session."""
        from coordinator_tui.book.schedule import session_title
        from coordinator_tui.tui.screens.session_forms import add_form

        if not len(self.book.groups):
            self.say(_("There is no group yet: F2 opens the members, g there adds a group."), "warn")
            return

        def done(session: Session) -> None:
            self.told(_("Added: {session}.").format(session=session_title(session)))

        self.ask(add_form(self.book, self.book.today, None, done=done), lambda _values: None)

    async def action_take_in(self) -> None:
        """Import a roster file."""
        from coordinator_tui.tui.screens.import_roster import ImportRoster

        await push(self, ImportRoster())

    def action_paste(self) -> None:
        """Take a pasted list of names."""
        from coordinator_tui.tui.screens.import_roster import paste_names

        paste_names(self)

    async def action_conflicts(self) -> None:
        """Show what was written differently on two machines."""
        from coordinator_tui.tui.screens.settings_conflicts import ConflictsScreen

        await push(self, ConflictsScreen())

    async def action_absences(self) -> None:
        """Show the leave requests."""
        from coordinator_tui.tui.screens.leaves import LeavesScreen

        await push(self, LeavesScreen())
