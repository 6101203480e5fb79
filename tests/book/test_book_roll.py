"""The roll: marks, leave, the line by exception, the balance, who changed what."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.book.book import Book
from coordinator_tui.book.errors import NoSuchThing, Refused
from coordinator_tui.book.leaves import (
    add_leave,
    approve_leave,
    edit_leave,
    leaves_of,
    on_leave,
    remove_leave,
    withdraw_leave,
)
from coordinator_tui.book.marks import attendance_id
from coordinator_tui.book.members import add_member, deactivate, leave_group
from coordinator_tui.book.roll import RollCall, expected_at
from coordinator_tui.book.schedule import add_session, edit_session, remove_session
from coordinator_tui.domain import attendance
from coordinator_tui.domain.vocabulary import LeaveStatus, Mark, SessionStatus

if TYPE_CHECKING:
    from coordinator_tui.domain.records import Member

TODAY = date(2026, 11, 18)


@pytest.fixture
def roll(book: Book, people: dict[str, Member]) -> RollCall:
    assert people
    return RollCall(book, add_session(book, date=TODAY, topic="Reading aloud").id)


def test_everybody_expected_stands_in_printed_order_with_row_numbers(roll: RollCall) -> None:
    assert [(row.number, row.name) for row in roll.rows] == [
        (1, "阿依古丽·买买提"),
        (2, "李四"),
        (3, "王五"),
        (4, "张三"),
        (5, "赵六"),
    ]
    assert roll.tally.counts["not_taken"] == 5
    assert roll.tally.balanced
    assert roll.tally.rate is None


def test_one_mark_is_committed_at_once_and_counted(book: Book, roll: RollCall, people: dict[str, Member]) -> None:
    before = book.version
    row = roll.mark(people["张三"].id, Mark.LATE, 10)
    assert (row.mark, row.minutes) == (Mark.LATE, 10)
    assert book.version == before + 1
    assert roll.tally.counts["late"] == 1
    assert roll.tally.attended == 1
    assert roll.tally.balanced
    assert book.sessions.get(roll.session.id).status is SessionStatus.HELD
    assert roll.changed() >= {people["张三"].id}
    assert roll.changed() == set()


def test_a_mark_can_be_corrected_and_minutes_go_with_late_only(roll: RollCall, people: dict[str, Member]) -> None:
    who = people["张三"].id
    roll.mark(who, Mark.LATE, 10)
    assert roll.mark(who, Mark.PRESENT).minutes is None
    with pytest.raises(Refused, match="late and left early"):
        roll.set_minutes(who, 5)
    roll.mark(who, Mark.LEFT_EARLY)
    assert roll.set_minutes(who, 15).minutes == 15
    with pytest.raises(Refused, match="minutes"):
        roll.mark(who, Mark.LATE, -3)
    assert roll.row(who).minutes == 15


def test_clearing_goes_back_to_not_taken_and_keeps_the_note(
    book: Book, roll: RollCall, people: dict[str, Member]
) -> None:
    who = people["张三"].id
    roll.mark(who, Mark.ABSENT)
    roll.set_note(who, "phoned at nine")
    row = roll.clear(who)
    assert (row.mark, row.note) == (None, "phoned at nine")
    assert roll.tally.counts["not_taken"] == 5
    assert book.sessions.get(roll.session.id).status is SessionStatus.PLANNED
    assert roll.set_note(who, "").note is None


def test_every_step_of_the_roll_can_be_taken_back_and_done_again(
    book: Book, roll: RollCall, people: dict[str, Member]
) -> None:
    who = people["张三"].id
    roll.mark(who, Mark.PRESENT)
    roll.mark(who, Mark.SICK)
    report = book.undo()
    assert report is not None
    assert "张三" in report.sentence
    assert "Sick" in report.sentence
    assert roll.row(who).mark is Mark.PRESENT
    book.undo()
    assert roll.row(who).mark is None
    assert roll.session.status is SessionStatus.PLANNED
    book.redo()
    book.redo()
    assert roll.row(who).mark is Mark.SICK
    assert roll.tally.balanced
    assert roll.tally.counts["sick"] == 1


def test_rest_present_never_touches_a_mark_already_set(roll: RollCall, people: dict[str, Member]) -> None:
    roll.mark(people["张三"].id, Mark.ABSENT)
    assert roll.rest_present() == 4
    assert roll.row(people["张三"].id).mark is Mark.ABSENT
    assert roll.tally.counts["present"] == 4
    assert roll.next_open is None
    assert roll.rest_present() == 0


def test_leave_known_in_advance_shows_and_becomes_a_mark_only_when_confirmed(
    book: Book, people: dict[str, Member], roll: RollCall
) -> None:
    official = add_leave(
        book, people["王五"].id, kind=Mark.OFFICIAL, start=TODAY, until=date(2026, 11, 20), reason="培训"
    )
    add_leave(book, people["赵六"].id, kind=Mark.PERSONAL, start=TODAY, status=LeaveStatus.REQUESTED)
    row = roll.row(people["王五"].id)
    assert row.leave == official
    assert row.mark is None
    assert roll.tally.counts["not_taken"] == 5
    roll.rest_present()
    assert roll.row(people["王五"].id).mark is Mark.OFFICIAL
    assert roll.row(people["赵六"].id).mark is Mark.PRESENT
    report = book.undo()
    assert report is not None
    assert roll.tally.counts["not_taken"] == 5


def test_a_line_by_exception_is_previewed_balanced_and_committed_as_one_step(
    book: Book, roll: RollCall, people: dict[str, Member]
) -> None:
    preview = roll.preview_line("张三迟10 李四病 王五公(开会) 其余到")
    assert preview.ready
    assert preview.rest == 2
    assert [(change.row.name, change.mark) for change in preview.changes if change.named] == [
        ("李四", Mark.SICK),
        ("王五", Mark.OFFICIAL),
        ("张三", Mark.LATE),
    ]
    assert preview.tally.balanced
    assert preview.tally.counts["present"] == 2
    assert roll.tally.counts["not_taken"] == 5
    before = book.version
    assert roll.commit_line(preview) == 5
    assert book.version == before + 1
    assert roll.row(people["张三"].id).minutes == 10
    assert roll.row(people["王五"].id).note == "开会"
    assert roll.tally.counts == preview.tally.counts
    book.undo()
    assert roll.tally.counts["not_taken"] == 5


def test_a_line_may_use_pinyin_and_the_rows_of_the_printed_sheet(roll: RollCall, people: dict[str, Member]) -> None:
    roll.commit_line(roll.preview_line("zs迟10"))
    roll.commit_line(roll.preview_line("3病 5旷"))
    assert roll.row(people["张三"].id).mark is Mark.LATE
    assert roll.row(people["王五"].id).mark is Mark.SICK
    assert roll.row(people["赵六"].id).mark is Mark.ABSENT


def test_a_line_leaves_marks_set_before_and_gives_those_on_leave_their_leave(
    book: Book, roll: RollCall, people: dict[str, Member]
) -> None:
    roll.mark(people["赵六"].id, Mark.EXEMPT)
    add_leave(book, people["王五"].id, kind=Mark.SICK, start=TODAY)
    preview = roll.preview_line("张三迟5 其余到")
    assert people["赵六"].id not in {change.row.member for change in preview.changes}
    roll.commit_line(preview)
    assert roll.row(people["赵六"].id).mark is Mark.EXEMPT
    assert roll.row(people["王五"].id).mark is Mark.SICK


def test_a_line_with_a_problem_is_refused_and_nothing_is_written(book: Book, roll: RollCall) -> None:
    preview = roll.preview_line("钱七病 其余到")
    assert not preview.ready
    before = book.version
    with pytest.raises(Refused, match="钱七"):
        roll.commit_line(preview)
    assert book.version == before


def test_what_somebody_else_marked_meanwhile_is_not_overwritten_by_the_rest(
    book: Book, roll: RollCall, people: dict[str, Member]
) -> None:
    preview = roll.preview_line("张三病 其余到")
    with Book.open(book.folder, user="wang", today=TODAY) as other:
        RollCall(other, roll.session.id).mark(people["李四"].id, Mark.ABSENT)
    book.refresh()
    roll.commit_line(preview)
    assert roll.row(people["李四"].id).mark is Mark.ABSENT
    assert roll.row(people["赵六"].id).mark is Mark.PRESENT


def test_two_sessions_at_once_see_each_others_marks(book: Book, roll: RollCall, people: dict[str, Member]) -> None:
    with Book.open(book.folder, user="wang", today=TODAY) as other:
        there = RollCall(other, roll.session.id)
        assert there.rows
        roll.mark(people["张三"].id, Mark.PRESENT)
        there.mark(people["李四"].id, Mark.SICK)
        other.refresh()
        book.refresh()
        assert there.row(people["张三"].id).mark is Mark.PRESENT
        assert roll.row(people["李四"].id).mark is Mark.SICK
        assert there.tally.counts == roll.tally.counts
        assert roll.entries()[people["李四"].id].by == "wang"


def test_a_refresh_tells_also_what_came_with_a_step_of_our_own(
    book: Book, roll: RollCall, people: dict[str, Member]
) -> None:
    with Book.open(book.folder, user="wang", today=TODAY) as other:
        RollCall(other, roll.session.id).mark(people["李四"].id, Mark.SICK)
    roll.mark(people["张三"].id, Mark.PRESENT)
    assert roll.row(people["李四"].id).mark is Mark.SICK
    assert book.refresh().touched["attendance"] == {attendance_id(roll.session.id, people["李四"].id)}
    assert not book.refresh()


def test_undoing_the_first_mark_leaves_a_session_held_at_which_others_were_marked(
    book: Book, roll: RollCall, people: dict[str, Member]
) -> None:
    roll.mark(people["张三"].id, Mark.PRESENT)
    with Book.open(book.folder, user="wang", today=TODAY) as other:
        RollCall(other, roll.session.id).mark(people["李四"].id, Mark.SICK)
    book.undo()
    assert roll.row(people["张三"].id).mark is None
    assert roll.row(people["李四"].id).mark is Mark.SICK
    assert roll.session.status is SessionStatus.HELD
    book.redo()
    assert roll.row(people["张三"].id).mark is Mark.PRESENT


def test_undo_leaves_what_somebody_else_has_changed_since_and_says_so(
    book: Book, roll: RollCall, people: dict[str, Member]
) -> None:
    roll.commit_line(roll.preview_line("张三病 李四病"))
    with Book.open(book.folder, user="wang", today=TODAY) as other:
        RollCall(other, roll.session.id).mark(people["张三"].id, Mark.PRESENT)
    book.refresh()
    report = book.undo()
    assert report is not None
    assert len(report.skipped) == 1
    assert "张三" in report.skipped[0]
    assert roll.row(people["张三"].id).mark is Mark.PRESENT
    assert roll.row(people["李四"].id).mark is None


def test_who_was_expected_is_who_was_a_member_on_the_day(book: Book, roll: RollCall, people: dict[str, Member]) -> None:
    roll.mark(people["李四"].id, Mark.PRESENT)
    add_member(book, "新来", group=book.group.id, start=date(2026, 11, 19))
    assert "新来" not in [row.name for row in roll.rows]
    leave_group(book, people["李四"].id, book.group.id, until=date(2026, 11, 17))
    assert "李四" not in [row.name for row in roll.rows]
    assert [(row.name, row.number, row.mark) for row in roll.extra] == [("李四", 0, Mark.PRESENT)]
    assert roll.tally.expected == 4
    assert roll.tally.balanced
    assert roll.tally.extra == (people["李四"].id,)
    with pytest.raises(NoSuchThing, match="新来"):
        roll.row(next(member.id for member in book.members if member.name == "新来"))


def test_each_day_expects_whom_the_memberships_of_that_day_say(book: Book, people: dict[str, Member]) -> None:
    days = [date(2026, 11, day) for day in range(10, 20)]
    add_member(book, "新来", group=book.group.id, start=days[3])
    leave_group(book, people["李四"].id, book.group.id, until=days[5])
    deactivate(book, people["张三"].id, until=days[7])
    sessions = [add_session(book, date=day) for day in reversed(days)]
    for session in sessions:
        wanted = attendance.expected(session, book.memberships.all(), book.members.mapping())
        assert set(expected_at(book, session)) == set(wanted)
    assert len({len(expected_at(book, session)) for session in sessions}) > 1


def test_a_session_moved_to_another_day_expects_the_members_of_that_day(book: Book, roll: RollCall) -> None:
    add_member(book, "新来", group=book.group.id, start=date(2026, 11, 19))
    edit_session(book, roll.session.id, date=date(2026, 11, 20))
    assert "新来" in [row.name for row in roll.rows]


def test_who_changed_what_can_be_read(book: Book, roll: RollCall, people: dict[str, Member]) -> None:
    roll.mark(people["张三"].id, Mark.LATE, 10)
    with Book.open(book.folder, user="wang", today=TODAY) as other:
        RollCall(other, roll.session.id).mark(people["张三"].id, Mark.PRESENT)
    book.refresh()
    newest = roll.history(people["张三"].id)[0:2]
    change = next(line for line in newest if line.field == "mark")
    assert (change.by, change.before, change.after) == ("wang", "late", "present")
    assert change.sentence() == "张三 2026-11-18: mark: Late → Present"
    assert change.to_json()["from"] == "late"
    assert {line.what for line in roll.history()} == {"attendance", "sessions"}


def test_entries_long_after_the_session_are_late_entries(book: Book, people: dict[str, Member]) -> None:
    old = RollCall(book, add_session(book, date=date(2026, 9, 9)).id)
    assert old.late_entry
    old.mark(people["张三"].id, Mark.PRESENT)
    assert old.entries()[people["张三"].id].late
    assert old.history(people["张三"].id)[0].late
    assert old.to_json()["marks"][3]["late_entry"] is True
    book.settings.set("late_entry_days", 366)
    assert [old.late_entry, old.entries()[people["张三"].id].late] == [False, False]


def test_marks_for_a_day_to_come_do_not_make_the_session_held(book: Book, people: dict[str, Member]) -> None:
    coming = RollCall(book, add_session(book, date=date(2026, 11, 25)).id)
    coming.mark(people["张三"].id, Mark.OFFICIAL)
    assert coming.session.status is SessionStatus.PLANNED


def test_the_roll_as_scripts_read_it(roll: RollCall, people: dict[str, Member]) -> None:
    roll.mark(people["张三"].id, Mark.LATE, 10, note="bus")
    data = roll.to_json()
    assert data["session"] == roll.session.id
    assert data["expected"] == 5 == sum(data["counts"].values())
    mark = next(mark for mark in data["marks"] if mark["name"] == "张三")
    assert (mark["mark"], mark["minutes"], mark["note"], mark["by"]) == ("late", 10, "bus", "li")
    assert mark["at"].startswith("20")


def test_a_mark_that_a_newer_version_wrote_counts_as_not_taken(
    book: Book, roll: RollCall, people: dict[str, Member]
) -> None:
    who = people["张三"].id
    identity = attendance_id(roll.session.id, who)
    with book.store.transaction("newer") as transaction:
        transaction.set("attendance", identity, {"session": roll.session.id, "member": who, "mark": "beamed_in"})
    assert roll.row(who).mark is None
    assert roll.tally.balanced


def test_a_hand_edit_with_another_id_is_shown_until_the_right_one_is_written(
    book: Book, roll: RollCall, people: dict[str, Member]
) -> None:
    who = people["张三"].id
    book.store.table("attendance").insert({"session": roll.session.id, "member": who, "mark": "sick"})
    assert roll.row(who).mark is Mark.SICK
    assert roll.mark(who, Mark.PRESENT).mark is Mark.PRESENT
    assert roll.tally.counts["present"] == 1
    assert roll.tally.balanced


def test_a_session_held_without_a_roll_stays_held_when_a_note_is_taken(
    book: Book, roll: RollCall, people: dict[str, Member]
) -> None:
    edit_session(book, roll.session.id, status=SessionStatus.HELD)
    roll.set_note(people["张三"].id, "brought the projector")
    assert roll.session.status is SessionStatus.HELD


def test_a_roll_whose_session_somebody_removed_takes_no_marks(
    book: Book, roll: RollCall, people: dict[str, Member]
) -> None:
    assert roll.rows
    remove_session(book, roll.session.id)
    with pytest.raises(NoSuchThing, match="session"):
        roll.mark(people["张三"].id, Mark.PRESENT)
    assert len(book.attendance) == 0


def test_marks_of_somebody_who_is_gone_from_the_book_are_still_shown(
    book: Book, roll: RollCall, people: dict[str, Member]
) -> None:
    roll.mark(people["张三"].id, Mark.PRESENT)
    book.members.remove(people["张三"].id)
    assert [(row.name, row.mark) for row in roll.extra] == [("?", Mark.PRESENT)]


def test_leaves_are_checked_listed_and_withdrawn(book: Book, people: dict[str, Member]) -> None:
    who = people["张三"].id
    leave = add_leave(book, who, kind=Mark.SICK, start=TODAY, until=date(2026, 11, 20), status=LeaveStatus.REQUESTED)
    with pytest.raises(Refused, match="already"):
        add_leave(book, who, kind=Mark.PERSONAL, start=date(2026, 11, 20))
    with pytest.raises(Refused, match="not a kind of leave"):
        add_leave(book, who, kind=Mark.ABSENT, start=date(2026, 11, 25))
    with pytest.raises(Refused, match="before it begins"):
        edit_leave(book, leave.id, until=date(2026, 11, 1))
    assert approve_leave(book, leave.id).approved_by == "li"
    assert [item.member for item in on_leave(book)] == [who]
    withdraw_leave(book, leave.id)
    assert on_leave(book) == []
    assert leaves_of(book, withdrawn=True) != []
    remove_leave(book, leave.id)
    assert leaves_of(book, withdrawn=True) == []
