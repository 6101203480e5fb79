"""Work handed in, checked, returned; assignments and who owes what; readings; the summary."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.book.calendar import ensure_calendar, load_calendar, set_day, shipped_days
from coordinator_tui.book.errors import DecisionNeeded, NoSuchThing, Refused
from coordinator_tui.book.legends import legend, legend_in_force, legends
from coordinator_tui.book.members import leave_group
from coordinator_tui.book.readings import add_reading, all_readings, edit_reading, find_reading, remove_reading
from coordinator_tui.book.roll import RollCall
from coordinator_tui.book.schedule import add_session, cancel_session
from coordinator_tui.book.summary import group_summary, member_summary
from coordinator_tui.book.work import (
    assign,
    assignments_of,
    check,
    edit_assignment,
    edit_work,
    find_assignment,
    find_work,
    hand_in,
    matrix,
    owed,
    remove_assignment,
    remove_work,
    return_work,
    uncheck,
    work_json,
    works_of,
)
from coordinator_tui.domain.vocabulary import DayKind, Mark, ReadingKind, WorkKind, WorkStatus

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Member

TODAY = date(2026, 11, 18)


def test_work_is_handed_in_checked_returned_and_taken_back(book: Book, people: dict[str, Member]) -> None:
    work = hand_in(book, people["张三"].id, kind=WorkKind.READING_NOTE, title="《给教师的建议》", text="好书 two words")
    assert (work.words, work.date, work.status) == (4, TODAY, WorkStatus.HANDED_IN)
    checked = check(book, work.id, "a")
    assert (checked.grade, checked.checker, checked.checked_on) == ("A", "li", TODAY)
    returned = return_work(book, work.id, reason="copied")
    assert (returned.status, returned.grade, returned.reason) == (WorkStatus.RETURNED, None, "copied")
    assert uncheck(book, work.id).status is WorkStatus.HANDED_IN
    report = book.undo()
    assert report is not None
    assert book.work.get(work.id).status is WorkStatus.RETURNED
    remove_work(book, work.id)
    with pytest.raises(NoSuchThing):
        find_work(book, str(work.id))


def test_what_cannot_be_is_refused(book: Book, people: dict[str, Member]) -> None:
    work = hand_in(book, people["张三"].id)
    assert work.kind is WorkKind.READING_NOTE
    with pytest.raises(Refused, match="A, B, C"):
        check(book, work.id, "D")
    with pytest.raises(Refused, match="words"):
        edit_work(book, work.id, words=-1)
    with pytest.raises(Refused, match="title"):
        assign(book, " ", kind=WorkKind.ESSAY, due=TODAY)
    with pytest.raises(Refused, match="at least one"):
        assign(book, "Essays", kind=WorkKind.ESSAY, due=TODAY, pieces=0)
    with pytest.raises(Refused, match="before it opens"):
        assign(book, "Essays", kind=WorkKind.ESSAY, due=TODAY, opens=date(2026, 12, 1))


def test_work_is_listed_by_term_member_group_and_kind(book: Book, people: dict[str, Member]) -> None:
    note = hand_in(book, people["张三"].id, kind=WorkKind.READING_NOTE, date=date(2026, 10, 1))
    hand_in(book, people["李四"].id, kind=WorkKind.ESSAY)
    hand_in(book, people["李四"].id, kind=WorkKind.ESSAY, date=date(2026, 3, 1))
    assert len(works_of(book)) == 3
    assert len(works_of(book, term=book.term)) == 2
    assert works_of(book, kind=WorkKind.READING_NOTE) == [note]
    assert works_of(book, member=people["张三"].id, group=book.group.id, status=WorkStatus.HANDED_IN) == [note]
    assert work_json(book, note)["name"] == "张三"


def test_who_owes_what_until_it_is_handed_in(book: Book, people: dict[str, Member]) -> None:
    task = assign(book, "October notes", kind=WorkKind.READING_NOTE, due=date(2026, 10, 31))
    assert [book.members.get(item.member).name for item in owed(book)] == [
        "阿依古丽·买买提",
        "李四",
        "王五",
        "张三",
        "赵六",
    ]
    assert all(item.overdue for item in owed(book))
    work = hand_in(book, people["张三"].id, kind=WorkKind.READING_NOTE)
    assert work.assignment == task.id
    assert owed(book, member=people["张三"].id) == []
    return_work(book, work.id)
    assert [item.done for item in owed(book, member=people["张三"].id)] == [0]
    assert len(owed(book, term=book.term, group=book.group.id)) == 5


def test_an_assignment_asks_those_who_belonged_when_it_was_due(book: Book, people: dict[str, Member]) -> None:
    leave_group(book, people["李四"].id, book.group.id, until=date(2026, 10, 15))
    assign(book, "October notes", kind=WorkKind.READING_NOTE, due=date(2026, 10, 31))
    assert people["李四"].id not in [item.member for item in owed(book)]


def test_an_assignment_is_found_changed_and_removed(book: Book, people: dict[str, Member]) -> None:
    task = assign(book, "Notes", kind=WorkKind.READING_NOTE, due=date(2026, 11, 30), members=(people["张三"].id,))
    work = hand_in(book, people["张三"].id, assignment=task.id)
    assert work.kind is WorkKind.READING_NOTE
    assert edit_assignment(book, task.id, pieces=2).pieces == 2
    assert [item.missing for item in owed(book)] == [1]
    assert find_assignment(book, "notes").id == task.id
    remove_assignment(book, task.id)
    assert assignments_of(book) == []
    assert book.work.get(work.id).assignment is None
    book.undo()
    assert book.work.get(work.id).assignment == task.id


def test_the_matrix_shows_members_by_month(book: Book, people: dict[str, Member]) -> None:
    assign(book, "November notes", kind=WorkKind.READING_NOTE, due=date(2026, 11, 30))
    hand_in(book, people["张三"].id, kind=WorkKind.READING_NOTE, words=800)
    shown = matrix(book)
    assert [row.member for row in shown.rows][3] == people["张三"].id
    assert [column.key for column in shown.columns][:3] == ["2026-09", "2026-10", "2026-11"]
    assert shown.cell(people["张三"].id, "2026-11").words == 800
    assert shown.cell(people["李四"].id, "2026-11").missing == 1


def test_readings_are_recommended_and_kept_while_work_names_them(book: Book, people: dict[str, Member]) -> None:
    reading = add_reading(book, "《给教师的建议》", author="苏霍姆林斯基", group=book.group.id)
    add_reading(book, "On feedback", kind=ReadingKind.ARTICLE)
    assert find_reading(book, "给教师") == reading
    with pytest.raises(NoSuchThing):
        find_reading(book, "论语")
    edit_reading(book, reading.id, due=date(2026, 12, 1))
    task = assign(book, "Read it", kind=WorkKind.READING_NOTE, due=date(2026, 12, 1), reading=reading.id)
    assert hand_in(book, people["张三"].id, assignment=task.id).reading == reading.id
    with pytest.raises(Refused, match="cannot be removed"):
        remove_reading(book, reading.id)
    assert len(all_readings(book, book.group.id)) == 2
    add_reading(book, "On feedback II")
    with pytest.raises(DecisionNeeded):
        find_reading(book, "feedback")


def test_the_summary_counts_honestly(book: Book, people: dict[str, Member]) -> None:
    held, cancelled = add_session(book, date=TODAY), add_session(book, date=date(2026, 11, 11))
    add_session(book, date=date(2026, 11, 25))
    cancel_session(book, cancelled.id)
    roll = RollCall(book, held.id)
    roll.commit_line(roll.preview_line("张三迟10 李四病 王五免"))
    hand_in(book, people["张三"].id, kind=WorkKind.READING_NOTE, words=800)
    summary = group_summary(book).to_json()
    assert summary["sessions"] == {"planned": 1, "held": 1, "cancelled": 1} | summary["sessions"]
    assert summary["attendance"]["expected"] == 5
    assert summary["attendance"]["counts"]["not_taken"] == 2
    assert summary["attendance"]["attended"] == 1
    assert summary["attendance"]["rate"] == 0.5
    assert summary["work"]["reading_note"]["words"] == 800
    assert member_summary(book, people["李四"].id).tally.counts["sick"] == 1
    roll.rest_present()
    assert group_summary(book).tally.attended == 3
    with pytest.raises(NoSuchThing):
        member_summary(book, 1)


def test_the_published_calendar_is_loaded_and_hand_made_days_stay(book: Book) -> None:
    set_day(book, date(2026, 11, 20), DayKind.HOLIDAY, name="运动会")
    count = load_calendar(book, 2026)
    assert count == len(shipped_days(2026))
    assert load_calendar(book, 2026) == 0
    assert ensure_calendar(book, book.term) == 0
    assert book.calendar.where(lambda day: day.name == "运动会")
    assert {day.kind for day in book.calendar if day.date == date(2026, 10, 1)} == {DayKind.HOLIDAY}
    with pytest.raises(NoSuchThing, match="2050"):
        load_calendar(book, 2050)
    book.undo()
    assert len(book.calendar) == 1


def test_marks_are_printed_with_the_legend_that_was_chosen(book: Book, people: dict[str, Member]) -> None:
    assert legend_in_force(book).glyph(Mark.LATE) == "迟"
    book.settings.set("legend", "english")
    assert legend_in_force(book) == legend("english")
    roll = RollCall(book, add_session(book, date=TODAY).id)
    assert roll.preview_line("张三L10").ready
    with pytest.raises(NoSuchThing, match="english"):
        legend("klingon")
    assert "default" in legends()
    assert people
