"""What is done with a session, in the schedule and on the session's page alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import schedule
from coordinator_tui.domain.vocabulary import SessionStatus
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens import session_forms
from coordinator_tui.tui.screens.day_words import day_words
from coordinator_tui.tui.screens.going import confirmed, open_roll
from coordinator_tui.tui.screens.lines_input import TextDialog
from coordinator_tui.tui.screens.session_words import called

if TYPE_CHECKING:
    from coordinator_tui.domain.records import Session

_ON_A_SESSION = frozenset({"edit", "move", "cancel", "roll", "minutes", "history", "remove", "page"})

COMMANDS = (
    Command(
        name="session.roll",
        title=lazy("Take the roll of this session"),
        keys=("r",),
        hint=lazy("roll"),
        words="点名 考勤 roll-call",
        cli="roll DATE",
    ),
    Command(
        name="session.edit",
        title=lazy("Edit this session"),
        keys=("e",),
        hint=lazy("edit"),
        words="编辑 修改 edit topic speaker 主题 主讲人",
        cli="schedule edit DATE",
    ),
    Command(
        name="session.move",
        title=lazy("Move this session to another day"),
        keys=("m",),
        hint=lazy("move"),
        words="改期 调整 move postpone",
        cli="schedule move DATE TO",
    ),
    Command(
        name="session.cancel",
        title=lazy("Cancel this session, or restore it"),
        keys=("c",),
        hint=lazy("cancel"),
        words="取消 恢复 cancel restore",
        cli="schedule cancel DATE",
    ),
    Command(
        name="session.minutes",
        title=lazy("Write the minutes of the meeting"),
        keys=("n",),
        words="会议记录 活动记录 纪要 minutes notes",
        cli="schedule edit DATE --minutes TEXT",
    ),
    Command(
        name="session.history",
        title=lazy("Who changed what about this session"),
        keys=("h",),
        words="历史 修改记录 history",
        cli="history DATE",
    ),
    Command(
        name="session.remove",
        title=lazy("Remove a session entered by mistake"),
        keys=("delete",),
        words="删除 remove delete",
        cli="schedule remove DATE",
    ),
)


class SessionActions(CoordinatorScreen):
    """A screen on which a session stands under the cursor."""

    commands: ClassVar[tuple[Command, ...]] = COMMANDS

    @property
    def session(self) -> int | None:
        """The session that the commands mean."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse what needs a session while there is none."""
        if action in _ON_A_SESSION:
            return self.session is not None
        return super().check_action(action, parameters)

    def _record(self) -> Session:
        assert self.session is not None
        return self.book.sessions.get(self.session)

    def told(self, said: str) -> None:
        """Say what was done, when the form has closed."""
        self.refresh_book(None)
        self.say(said, "good")

    async def action_roll(self) -> None:
        """Take the roll."""
        assert self.session is not None
        await open_roll(self, self.session)

    def action_edit(self) -> None:
        """Ask for the fields of the session."""
        self.edit_field("")

    def edit_field(self, name: str) -> None:
        """Ask for the fields of the session, beginning with one."""
        session = self._record()

        def done() -> None:
            self.told(_("Saved: {session}.").format(session=called(self.book, self.book.sessions.get(session.id))))

        self.ask(session_forms.edit_form(self.book, session.id, name, done=done), _nothing)

    def action_move(self) -> None:
        """Ask for the day to move to."""

        def done(session: Session) -> None:
            self.told(_("Moved to {day}.").format(day=day_words(session.date, self.book.today)))
            self.session_moved(session.id)

        self.ask(session_forms.move_form(self.book, self._record().id, done=done), _nothing)

    def session_moved(self, session: int) -> None:
        """Keep the cursor on a session that has another place now."""

    def action_cancel(self) -> None:
        """Ask for the reason, or restore what was cancelled."""
        session = self._record()
        name = called(self.book, session)
        if session.status is SessionStatus.CANCELLED:
            confirmed(
                self,
                _("{session} takes place after all.").format(session=name),
                lambda: schedule.restore_session(self.book, session.id),
                _("Restored: {session}.").format(session=name),
                yes=lazy("Restore"),
            )
            return

        def done() -> None:
            self.told(_("Cancelled: {session}.").format(session=name))

        self.ask(session_forms.cancel_form(self.book, session.id, done=done), _nothing)

    def action_remove(self) -> None:
        """Remove the session, after asking."""
        session = self._record()
        name = called(self.book, session)
        confirmed(
            self,
            _("Remove {session} from the book, as if it had never been planned?").format(session=name),
            lambda: schedule.remove_session(self.book, session.id),
            _("{session} was removed.").format(session=name),
            yes=lazy("Remove"),
            details=(_("A session that does not take place is not removed: press c to cancel it."),),
        )

    def action_minutes(self) -> None:
        """Write the minutes of the meeting."""
        self.edit_text("minutes")

    def edit_text(self, field: str) -> None:
        """Write a field of many lines."""
        from coordinator_tui.book.fields import field_title

        session = self._record()

        def save(text: str) -> None:
            schedule.edit_session(self.book, session.id, **{field: text.strip() or None})
            self.told(_("Saved: {session}.").format(session=called(self.book, session)))

        heading = f"{field_title('sessions', field)}  {called(self.book, session)}"
        self.ask(TextDialog(heading, getattr(session, field) or "", save=save), _nothing)

    def action_history(self) -> None:
        """Show who changed what."""
        from coordinator_tui.book.history import history
        from coordinator_tui.tui.screens.history_page import MOST, HistoryPage

        session = self._record()
        changes = history(self.book, "sessions", session.id, limit=MOST)
        self.ask(HistoryPage(called(self.book, session), changes, named=False), _nothing)


def _nothing(_result: object) -> None:
    """Take no notice of how a dialog ended: what it did is said when it does it."""
