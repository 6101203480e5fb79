"""The roll-call: a key for each mark on the list of those expected, committed before the next key is looked at."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar, Literal

from coordinator_tui.book.roll import Entry, RollCall
from coordinator_tui.domain.vocabulary import NOT_TAKEN, WITH_MINUTES, LeaveStatus, Mark
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens import roll_sessions, roll_words
from coordinator_tui.tui.screens.roll_commands import CHOOSING, COMMANDS, ON_A_ROLL, TYPING
from coordinator_tui.tui.screens.roll_counts import CountLine, balance_pieces, kind_pieces
from coordinator_tui.tui.screens.roll_list import RollList
from coordinator_tui.tui.screens.roll_marks import mark_word
from coordinator_tui.tui.screens.roll_preview import LinePane
from coordinator_tui.tui.screens.roll_prompt import RollPrompt, Typing
from coordinator_tui.tui.screens.roll_rows import APART, RowCells
from coordinator_tui.tui.screens.roll_typing import FindTyping, LineTyping, NoteTyping
from coordinator_tui.tui.widgets.bars import KeyBar, TextLine
from coordinator_tui.tui.widgets.linelist import LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from coordinator_tui.book.roll import RollRow
    from coordinator_tui.tui.commands import Command
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look

View = Literal["roll", "line", "sessions"]


class RollScreen(CoordinatorScreen):
    """The roll of one session, or the list of sessions to choose one from."""

    heading = lazy("Roll")
    about = lazy(
        "A digit or letter marks the person under the cursor and moves on; everything is saved at once. After late or "
        "left early, digits are minutes: end them with Enter, or simply go on. Esc leaves what is being typed."
    )
    commands: ClassVar[tuple[Command, ...]] = COMMANDS
    DEFAULT_CSS = """
    RollScreen .hidden { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.roll: RollCall | None = None
        self.view: View = "roll"
        self._row_cells = RowCells()
        self._blocked = ""
        self._several = False
        self._just_marked: int | None = None
        self._line: LineTyping | None = None
        self._draft = ""
        self.top = TextLine()
        self.balance = CountLine()
        self.kinds = CountLine()
        self.people = RollList(self._row_cells, on_minutes=self._minutes_typed, on_row=self.told)
        self.people.empty = lazy("Nobody belongs to the group on that day: F2 opens the members.")
        self.sessions: LineList[int] = LineList(
            roll_sessions.columns(None), self._session_cells, marked_column=3, on_choose=self.open_session
        )
        self.sessions.empty = lazy("No session yet: F3 opens the schedule.")
        self.pane = LinePane()
        self.prompt = RollPrompt()

    def body(self) -> ComposeResult:
        """Session, counters, the list (or what stands in its place), and the line for typing."""
        self.sessions.add_class("hidden")
        self.pane.add_class("hidden")
        yield self.top
        yield self.balance
        yield self.kinds
        yield self.people
        yield self.sessions
        yield self.pane
        yield self.prompt

    @property
    def home(self) -> Widget | None:
        """What takes the keys."""
        if self.prompt.typing is not None:
            return self.prompt
        return self.sessions if self.view == "sessions" else self.people

    def on_mount(self) -> None:
        """Open today's roll."""
        super().on_mount()
        self.refresh_book(None)

    def on_resize(self) -> None:
        """Choose words for the counters that fit."""
        super().on_resize()
        self.call_after_refresh(self._show_counts)

    def on_screen_suspend(self) -> None:
        """Keep minutes that were being typed when one goes elsewhere."""
        self.people.end_asking()

    # ---- which session

    def open_session(self, session: int) -> None:
        """Take the roll of this session; the cursor goes to the first person not taken."""
        self.people.stop_asking()
        self._just_marked, self._draft = None, ""
        self.roll = self._row_cells.roll = RollCall(self.book, session)
        self._row_cells.entries = {}
        self._show_roll()
        self.people.move_to_index(0)
        self._go_to_open()
        self._show_view("roll")

    def _go_to_open(self) -> bool:
        member = self.roll.next_open if self.roll else None
        return member is not None and self.people.move_to(member)

    def _show_roll(self) -> None:
        """Show everything about the roll anew."""
        assert self.roll is not None
        from coordinator_tui.book.legends import legend_in_force

        self._row_cells.glyphs = legend_in_force(self.book).glyphs
        self.people.make_room((row.name for row in self.roll.rows), late=self.roll.late_entry)
        self.roll.changed()
        self.people.set_rows(self._members())
        self._show_heading()
        self._show_counts()
        self._learn_entries()

    def _learn_entries(self) -> None:
        """Find out who entered the marks of a past session, once the roll is on screen: a long log takes a while."""
        if self.roll is not None and self.roll.session.date < self.book.today:
            self.call_after_refresh(self._show_entries, self.roll)

    def _show_entries(self, roll: RollCall) -> None:
        if roll is self.roll:
            self._row_cells.entries = roll.entries()
            self.people.update_all()
            self.told()

    def _members(self) -> list[int]:
        assert self.roll is not None
        extra = [row.member for row in self.roll.extra]
        return [*(row.member for row in self.roll.rows), *([APART, *extra] if extra else [])]

    def _show_heading(self) -> None:
        if self.roll is not None and self.view != "sessions":
            self._blocked = roll_words.obstacle(self.roll)
            self.top.show(*roll_words.heading(self.roll))
        else:
            today = roll_sessions.todays(self.book)
            text = roll_words.no_session_today(self.book) if today is None else _("Sessions: Enter takes the roll.")
            self.top.show((" " + text, "strong"))

    def _show_counts(self) -> None:
        if self.roll is None or self.view == "sessions":
            self.balance.show()
            self.kinds.show()
            return
        tally = self.roll.tally
        self.balance.show(*balance_pieces(tally))
        self.kinds.show(*kind_pieces(tally, self.size.width or 80))

    def _show_view(self, view: View) -> None:
        self.view = view
        for widget, name in ((self.people, "roll"), (self.sessions, "sessions"), (self.pane, "line")):
            widget.set_class(name != view, "hidden")
        self.set_focus(self.home)
        if view == "sessions":
            self._show_sessions()
        self._show_heading()
        self._show_counts()
        self.told()
        self.update_frame()

    def _show_sessions(self) -> None:
        several = len(self.book.groups) > 1
        if several != self._several:
            self._several = several
            self.sessions.set_columns(roll_sessions.columns(self.book))
        self.sessions.set_rows(roll_sessions.in_order(self.book))

    def _session_cells(self, session: int) -> Sequence[str | tuple[str, Look]]:
        return roll_sessions.session_cells(self.book, session, several=self._several)

    # ---- keeping true

    def refresh_book(self, changes: Changes | None) -> None:
        """Paint what others, undo or another screen changed; without a roll, look whether there is one by now."""
        if self.roll is not None and self.book.sessions.find(self.roll.session.id) is None:
            self.roll = self._row_cells.roll = None
            self.say(_("The session is not in the book any more."), "warn")
        if self.roll is None:
            self._choose()
        elif self.view == "sessions":
            self._show_sessions()
            self._show_heading()
        else:
            self._take_in(changes)

    def _choose(self) -> None:
        today = roll_sessions.todays(self.book)
        if today is not None:
            self.open_session(today)
        else:
            self._show_view("sessions")

    def _take_in(self, changes: Changes | None) -> None:
        assert self.roll is not None
        changed = self.show_changed()
        asking = self.people.asking
        if asking is not None and asking in changed and self.roll.row(asking).mark not in WITH_MINUTES:
            self.people.stop_asking()
        if self._line is not None:
            self._line.refresh()
        if changes is None and len(changed) == 1:
            self.people.move_to(next(iter(changed)))
        elif changes is not None and changed and (said := roll_words.others(self.roll, changed)):
            self.say(said)
        self.told()

    def show_changed(self) -> set[int]:
        """Paint the rows that changed, heading and counters; return whose they are."""
        assert self.roll is not None
        members = self._members()
        changed = self.roll.changed()
        if members != list(self.people.rows):
            self._show_roll()
        else:
            for member in changed:
                self.people.update_row(member)
            if changed:
                self._learn_entries()
        self._show_heading()
        self._show_counts()
        return changed

    def told(self) -> None:
        """Say what is known of the person under the cursor, in the line for typing."""
        member = self.people.cursor_id
        if self.roll is None or self.view == "sessions" or member is None or member == APART:
            self.prompt.tell()
            return
        row = self.roll.row(member)
        if self.people.asking == member:
            text = _(" {mark}: minutes? Enter: none").format(mark=mark_word(row.mark))
            self.prompt.tell((text, "plain"))
            return
        self.prompt.tell(*roll_words.about_row(row, self._row_cells.entries.get(member), self._blocked))

    # ---- marking

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse marks while no roll is on screen or something is being typed."""
        if action in ON_A_ROLL:
            return self.roll is not None and self.view == "roll" and self.prompt.typing is None
        if action == "sessions":
            return self.prompt.typing is None
        return super().check_action(action, parameters)

    def _person(self) -> RollRow | None:
        """Return the row to be marked, None (and a sentence) when nothing can be entered."""
        assert self.roll is not None
        if self._blocked:
            self.say(self._blocked, "bad")
            return None
        member = self.people.cursor_id
        return None if member is None or member == APART else self.roll.row(member)

    def action_mark(self, code: str) -> None:
        """Mark the person under the cursor and move on."""
        self._end_minutes()
        row = self._person()
        if row is not None:
            self._mark(row, Mark(code))

    def action_confirm(self) -> None:
        """Mark the person as planned: present, or on the leave that was approved."""
        self._end_minutes()
        row = self._person()
        if row is not None:
            leave = row.leave if row.leave and row.leave.status is LeaveStatus.APPROVED else None
            self._mark(row, leave.kind if leave else Mark.PRESENT)

    def _mark(self, row: RollRow, mark: Mark) -> None:
        assert self.roll is not None
        if row.mark is not mark:
            self.roll.mark(row.member, mark)
            self._painted(row.member)
        self._just_marked = row.member
        if mark in WITH_MINUTES:
            self.people.ask(row.member)
            self.told()
        else:
            self._advance()

    def _painted(self, member: int) -> None:
        """Paint one row that we changed, with whatever else came with our mark, and the counters."""
        assert self.roll is not None
        if self.roll.session.date < self.book.today:
            self._row_cells.entries[member] = Entry(self.book.user, datetime.now(UTC), self.roll.late_entry)
        changed = self.roll.changed()
        if changed != {member}:
            self._take_others(changed)
        self.people.update_row(member)
        self._show_counts()

    def _take_others(self, changed: set[int]) -> None:
        """Paint others' marks, and other members, that came with ours."""
        members = self._members()
        if members != list(self.people.rows):
            self.people.set_rows(members)
        for member in changed:
            self.people.update_row(member)

    def _advance(self) -> None:
        assert self.roll is not None
        at = self.people.cursor + 1
        if at < len(self.people.rows) and self.people.rows[at] != APART:
            self.people.move_to_index(at)
        else:
            self._say_end()
        self.told()

    def _say_end(self) -> None:
        assert self.roll is not None
        left = self.roll.tally.counts[NOT_TAKEN]
        if left:
            text = ngettext(
                "The end of the list; {count} person is not taken: Enter goes there, r marks the rest present.",
                "The end of the list; {count} people are not taken: Enter goes there, r marks the rest present.",
                left,
            )
            self.say(text.format(count=left))
        else:
            self.say(_("Everybody is taken."), "good")

    def _minutes_typed(self, member: int, minutes: int | None) -> None:
        assert self.roll is not None
        if minutes is not None:
            self.roll.set_minutes(member, minutes)
            self._painted(member)
        self.told()

    def _end_minutes(self) -> None:
        """Take the minutes as typed; the next mark is for the next person."""
        if self.people.end_asking():
            self._advance()

    def action_clear(self) -> None:
        """Take the mark of the person under the cursor back to not taken; stay there."""
        self.people.stop_asking()
        row = self._person()
        if row is None or self.roll is None:
            return
        if row.mark is not None:
            self.roll.clear(row.member)
            self._just_marked = None
            self.show_changed()
        self.told()

    def action_backspace(self) -> None:
        """Clear this person's mark, or go back to the one marked last and clear that."""
        row = self._person()
        if row is not None and row.mark is None and self._just_marked is not None and self.people.asking is None:
            self.people.move_to(self._just_marked)
        self.action_clear()

    def action_which_s(self) -> None:
        """Say that s is not clear."""
        self.say(_("s may be sick or 事假: press b or 4 for sick leave, v or 5 for personal leave."), "warn")

    def action_rest(self) -> None:
        """Mark everybody not taken: their approved leave, else present."""
        self.people.end_asking()
        if self._person() is None and self._blocked:
            return
        assert self.roll is not None
        on_leave = sum(
            row.mark is None and row.leave is not None and row.leave.status is LeaveStatus.APPROVED
            for row in self.roll.rows
        )
        count = self.roll.rest_present()
        self.show_changed()
        self.told()
        self._say_rest(count, on_leave)

    def _say_rest(self, count: int, on_leave: int) -> None:
        if not count:
            self.say(_("Nobody was left: everybody is taken already."), "quiet")
            return
        text = (
            _("{present} marked present, {leave} on the leave they have; u takes it back.")
            if on_leave
            else _("{present} marked present; u takes it back.")
        )
        self.say(text.format(present=count - on_leave, leave=on_leave), "good")

    def action_next(self) -> None:
        """End minutes, or go to the next person not taken, from the beginning again after the last."""
        if self.people.asking is not None:
            self._end_minutes()
            return
        assert self.roll is not None
        rows, at = self.roll.rows, self.people.cursor + 1
        waiting = next((row for row in [*rows[at:], *rows[:at]] if row.mark is None), None)
        if waiting is None:
            self.say(_("Everybody is taken."), "good")
        else:
            self.people.move_to(waiting.member)
        self.told()

    # ---- typing

    def start_typing(self, typing: Typing, value: str = "") -> None:
        """Give the keys to the line for typing."""
        self.prompt.open(typing, value)
        if typing.name == "line":
            self._show_view("line")
        self.set_focus(self.prompt)
        self.update_frame()

    def stop_typing(self) -> None:
        """Give the keys back."""
        if self._line is not None:
            self._draft, self._line = self._line.text, None
        self.prompt.close()
        if self.view == "line":
            self._show_view("roll")
        self.set_focus(self.home)
        self.told()
        self.update_frame()

    def action_note(self) -> None:
        """Type a note about the person under the cursor."""
        self.people.end_asking()
        row = self._person()
        if row is not None:
            NoteTyping(self, row.member)

    def action_find(self) -> None:
        """Go to a person by typing."""
        self.people.end_asking()
        FindTyping(self)

    def action_line(self) -> None:
        """Type the roll by exception."""
        self.people.end_asking()
        if self._person() is not None or not self._blocked:
            self._line = LineTyping(self, self._draft)

    # ---- looking elsewhere

    def action_sessions(self) -> None:
        """Show the sessions to choose from, or go back to the roll."""
        self.people.end_asking()
        if self.view == "sessions":
            self.go_back()
            return
        self._show_view("sessions")
        if self.roll is not None:
            self.sessions.move_to(self.roll.session.id)

    def action_previous_session(self) -> None:
        """Open the session before this one."""
        self._beside(-1)

    def action_next_session(self) -> None:
        """Open the session after this one."""
        self._beside(1)

    def _beside(self, step: int) -> None:
        assert self.roll is not None
        self.people.end_asking()
        session = roll_sessions.beside(self.book, self.roll.session, step)
        if session is None:
            self.say(_("There is no session further that way."), "quiet")
        else:
            self.open_session(session)

    def action_history(self) -> None:
        """Show who changed this person's mark."""
        self.people.end_asking()
        member = self.people.cursor_id
        if member is not None and member != APART:
            self._show_history(member)

    def action_session_history(self) -> None:
        """Show who changed what at this session."""
        self.people.end_asking()
        self._show_history(None)

    def _show_history(self, member: int | None) -> None:
        from coordinator_tui.tui.screens.roll_history import RollHistory

        assert self.roll is not None
        self.ask(RollHistory(self.roll, member), lambda _nothing: None)

    def update_frame(self) -> None:
        """Show the keys of what is open within the screen."""
        super().update_frame()
        if self.is_mounted and (self.prompt.typing is not None or self.view == "sessions"):
            self.query_one(KeyBar).show_commands(TYPING if self.prompt.typing is not None else CHOOSING)

    def go_back(self) -> bool:
        """Leave the minutes, the line or the list of sessions."""
        if self.people.asking is not None:
            self.people.stop_asking()
            self._advance()
            return True
        if self.prompt.typing is not None:
            self.prompt.typing.cancel()
            return True
        if self.view == "sessions" and self.roll is not None:
            self._show_view("roll")
            return True
        return False
