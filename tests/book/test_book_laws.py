"""Laws of the roll: whatever happens in whatever order, rows and balance are those of a roll opened anew."""

from __future__ import annotations

import os
import tempfile
from datetime import date, timedelta
from pathlib import Path
from unittest import mock

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from coordinator_tui.book.book import Book
from coordinator_tui.book.members import add_member, join_group, leave_group, members_of
from coordinator_tui.book.roll import RollCall
from coordinator_tui.book.schedule import add_session
from coordinator_tui.domain.attendance import expected, tally
from coordinator_tui.domain.vocabulary import Mark, SessionStatus

TODAY = date(2026, 11, 18)
NAMES = ("张三", "李四", "王五", "赵六")
WHO = st.integers(0, len(NAMES) - 1)


class RollMachine(RuleBasedStateMachine):
    """Two people at one roll, each with a book of their own on the same folder."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.environment = mock.patch.dict(os.environ, {"XDG_STATE_HOME": f"{self.folder.name}/state"})
        self.environment.start()
        path = Path(self.folder.name) / "a.coord"
        self.book = Book.create(path, group="英语组", term="2026-2027-1", user="li", today=TODAY, remember=False)
        self.members = [add_member(self.book, name, group=self.book.group.id).id for name in NAMES]
        self.session = add_session(self.book, date=TODAY).id
        self.roll = RollCall(self.book, self.session)
        self.steps = 0
        self.other = Book.open(path, user="wang", today=TODAY, remember=False)

    @rule(who=WHO, mark=st.sampled_from(Mark), minutes=st.none() | st.integers(1, 30))
    def mark(self, who: int, mark: Mark, minutes: int | None) -> None:
        if self.members[who] in {row.member for row in self.roll.rows}:
            self.roll.mark(self.members[who], mark, minutes)

    @rule(who=WHO)
    def clear(self, who: int) -> None:
        if self.members[who] in {row.member for row in self.roll.rows}:
            assert self.roll.clear(self.members[who]).mark is None

    @rule()
    def rest_present(self) -> None:
        self.book.refresh()
        before = {row.member: row.mark for row in self.roll.rows if row.mark}
        self.roll.rest_present()
        assert before.items() <= {row.member: row.mark for row in self.roll.rows}.items()

    @rule(number=st.integers(1, len(NAMES)))
    def line(self, number: int) -> None:
        self.book.refresh()
        preview = self.roll.preview_line(f"{number}迟5 其余到")
        if preview.ready:
            self.roll.commit_line(preview)
            assert self.roll.tally == preview.tally or self.roll.extra

    @rule(who=WHO, mark=st.sampled_from(Mark))
    def somebody_else_marks(self, who: int, mark: Mark) -> None:
        self.other.refresh()
        there = RollCall(self.other, self.session)
        if self.members[who] in {row.member for row in there.rows}:
            there.mark(self.members[who], mark)

    @rule(who=WHO)
    def leaves_or_joins(self, who: int) -> None:
        member, group = self.members[who], self.book.group.id
        if member in [one.id for one in members_of(self.book, group)]:
            leave_group(self.book, member, group, until=date(2026, 11, 17))
        else:
            join_group(self.book, member, group, start=TODAY)

    @rule()
    def undo(self) -> None:
        title = self.book.store.peek_undo()
        if title is not None and (title.step.startswith("roll.") or title.step.startswith("memberships.")):
            self.book.undo()

    @rule()
    def redo(self) -> None:
        self.book.redo()

    @rule()
    def refresh(self) -> None:
        self.book.refresh()

    @invariant()
    def rows_are_those_of_a_roll_opened_anew(self) -> None:
        anew = RollCall(self.book, self.session)
        assert self.roll.rows == anew.rows
        assert {row.member: row for row in self.roll.extra} == {row.member: row for row in anew.extra}
        assert self.roll.tally.counts == anew.tally.counts

    @invariant()
    def the_balance_holds_and_is_what_the_documents_say(self) -> None:
        documents = self.book.attendance.documents().values()
        marks = {doc["member"]: Mark(doc["mark"]) for doc in documents if doc.get("mark")}
        here = self.book.sessions.get(self.session)
        ids = expected(here, self.book.memberships.all(), self.book.members.mapping())
        found = tally(marks, ids)
        assert self.roll.tally.balanced
        assert self.roll.tally.counts == found.counts
        assert set(self.roll.tally.extra) == set(found.extra)
        if marks:
            assert here.status is SessionStatus.HELD

    @rule()
    def who_entered_what_is_what_history_says(self) -> None:
        entries = self.roll.entries()
        marks = {row.member: row.mark for row in [*self.roll.rows, *self.roll.extra] if row.mark}
        assert entries.keys() == marks.keys()
        for member, entry in entries.items():
            last = next(line for line in self.roll.history(member) if line.field == "mark")
            assert (entry.by, abs(entry.at - last.at) < timedelta(seconds=5)) == (last.by, True)

    def teardown(self) -> None:
        self.book.close()
        self.other.close()
        self.environment.stop()
        self.folder.cleanup()


TestRoll = RollMachine.TestCase
TestRoll.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
