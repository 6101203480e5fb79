"""Terms, the school calendar, series and sessions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.book.book import Book
from coordinator_tui.book.calendar import clear_day, days, set_day, unpublished_years
from coordinator_tui.book.errors import DecisionNeeded, NoSuchThing, Refused
from coordinator_tui.book.groups import add_group
from coordinator_tui.book.leaves import add_leave
from coordinator_tui.book.members import join_group
from coordinator_tui.book.roll import RollCall
from coordinator_tui.book.schedule import (
    add_session,
    cancel_session,
    clashes,
    edit_session,
    find_session,
    gaps,
    move_session,
    remove_session,
    restore_session,
    session_rows,
)
from coordinator_tui.book.series import (
    add_series,
    all_series,
    commit_plan,
    edit_series,
    find_series,
    preview_plan,
    remove_series,
)
from coordinator_tui.book.terms import add_term, close_term, edit_term, find_term, reopen_term, use_term
from coordinator_tui.book.today import today_json, today_view
from coordinator_tui.book.work import hand_in
from coordinator_tui.domain.calendar import ClashKind
from coordinator_tui.domain.vocabulary import DayKind, Mark, SessionKind, SessionStatus

if TYPE_CHECKING:
    from pathlib import Path

    from coordinator_tui.domain.records import Member, Series

TODAY = date(2026, 11, 18)


@pytest.fixture
def weekly(book: Book, people: dict[str, Member]) -> Series:
    return add_series(
        book,
        "周三教研",
        kind=SessionKind.GROUP_RESEARCH,
        weekday=3,
        start="15:30",
        end="17:00",
        place="三楼会议室",
        hosts=("张三", "李四"),
        speakers=(people["张三"].id, people["王五"].id),
    )


def test_planning_a_term_skips_holidays_and_honours_moved_workdays(book: Book, weekly: Series) -> None:
    for day in range(1, 8):
        set_day(book, date(2026, 10, day), DayKind.HOLIDAY, name="国庆节")
    set_day(book, date(2026, 10, 10), DayKind.WORKDAY, name="国庆节补班", weekday=3)
    preview = preview_plan(book, weekly.id)
    dates = [session.date for session in preview.sessions]
    assert date(2026, 10, 7) not in dates
    assert date(2026, 10, 10) in dates
    assert [(skipped.date, skipped.note) for skipped in preview.skipped] == [(date(2026, 10, 7), "国庆节")]
    assert preview.unpublished == (2027,)
    assert len(book.sessions) == 0
    planned = commit_plan(book, preview)
    assert [session.host for session in planned[:3]] == ["张三", "李四", "张三"]
    assert [session.speaker for session in planned[:2]] == ["张三", "王五"]
    assert {session.place for session in planned} == {"三楼会议室"}


def test_planning_a_term_is_one_step_and_planning_again_adds_nothing(book: Book, weekly: Series) -> None:
    planned = commit_plan(book, preview_plan(book, weekly.id))
    assert len(planned) == len(book.sessions) == 22
    assert preview_plan(book, weekly.id).sessions == ()
    report = book.undo()
    assert report is not None
    assert "22" in report.sentence
    assert "周三教研" in report.sentence
    assert len(book.sessions) == 0
    book.redo()
    assert len(book.sessions) == 22


def test_a_moved_session_is_not_planned_a_second_time(book: Book, weekly: Series) -> None:
    planned = commit_plan(book, preview_plan(book, weekly.id, until=date(2026, 9, 30)))
    move_session(book, planned[0].id, date(2026, 9, 3), reason="运动会")
    again = preview_plan(book, weekly.id, until=date(2026, 9, 30))
    assert again.sessions == ()


def test_a_preview_names_what_it_clashes_with(book: Book, weekly: Series) -> None:
    add_session(book, date=date(2026, 9, 9), start="16:00", end="17:00", topic="Other")
    preview = preview_plan(book, weekly.id)
    assert [clash.kind for clash in preview.clashes] == [ClashKind.GROUP]


def test_a_series_is_checked_and_found_by_pinyin(book: Book, weekly: Series) -> None:
    assert find_series(book, "zsjy") == weekly
    with pytest.raises(Refused, match="weekday"):
        edit_series(book, weekly.id, weekday=8)
    with pytest.raises(Refused, match="before it starts"):
        edit_series(book, weekly.id, end="15:00")
    edit_series(book, weekly.id, every=2)
    assert len(preview_plan(book, weekly.id).sessions) == 11
    remove_series(book, weekly.id)
    with pytest.raises(NoSuchThing):
        find_series(book, "周三教研")


def test_sessions_are_found_by_date_words_and_number(book: Book) -> None:
    past, today, coming = (add_session(book, date=date(2026, 11, day), start="15:30") for day in (11, 18, 25))
    assert find_session(book, "2026-11-11") == past
    assert find_session(book, "today") == today
    assert find_session(book, "next") == today
    assert find_session(book, "last") == today
    assert find_session(book, str(coming.id)) == coming
    with pytest.raises(NoSuchThing) as error:
        find_session(book, "2026-11-12")
    assert error.value.exit_code == 4
    with pytest.raises(NoSuchThing, match="today, next or last"):
        find_session(book, "someday")


def test_a_day_with_several_sessions_asks_which(book: Book) -> None:
    for start in ("8:00", "15:30"):
        add_session(book, date=TODAY, start=start)
    with pytest.raises(DecisionNeeded) as error:
        find_session(book, "2026-11-18")
    assert error.value.exit_code == 5
    assert len(error.value.candidates) == 2


def test_of_two_groups_sessions_on_a_day_the_books_own_is_meant(book: Book) -> None:
    other = add_group(book, "数学组")
    add_session(book, date=TODAY, group=other.id)
    own = add_session(book, date=TODAY)
    assert find_session(book, "today") == own


def test_moving_keeps_where_it_came_from_and_why(book: Book) -> None:
    session = add_session(book, date=TODAY, topic="Reading aloud", start="15:30", end="17:00")
    moved = move_session(book, session.id, date(2026, 11, 20), start="9:00", end="10:00", reason="期中考试")
    assert (moved.date, moved.moved_from, moved.status) == (date(2026, 11, 20), TODAY, SessionStatus.MOVED)
    assert (moved.start, moved.reason) == ("09:00", "期中考试")
    further = move_session(book, session.id, date(2026, 11, 23))
    assert further.moved_from == TODAY
    back = move_session(book, session.id, TODAY)
    assert (back.status, back.moved_from) == (SessionStatus.PLANNED, None)


def test_cancelling_and_restoring(book: Book) -> None:
    session = add_session(book, date=TODAY, topic="Reading aloud")
    assert cancel_session(book, session.id, reason="停电").status is SessionStatus.CANCELLED
    with pytest.raises(Refused, match="restore"):
        RollCall(book, session.id).rest_present()
    with pytest.raises(NoSuchThing):
        find_session(book, "today")
    assert restore_session(book, session.id).status is SessionStatus.PLANNED
    with pytest.raises(Refused, match="not cancelled"):
        restore_session(book, session.id)


def test_a_session_whose_roll_was_taken_is_not_moved_cancelled_or_removed(
    book: Book, people: dict[str, Member]
) -> None:
    session = add_session(book, date=TODAY)
    RollCall(book, session.id).mark(people["张三"].id, Mark.PRESENT)
    for change in (
        lambda: move_session(book, session.id, date(2026, 11, 20)),
        lambda: cancel_session(book, session.id),
        lambda: remove_session(book, session.id),
    ):
        with pytest.raises(Refused, match="roll"):
            change()
    RollCall(book, session.id).clear(people["张三"].id)
    remove_session(book, session.id)
    assert session.id not in book.sessions


def test_the_four_haves_that_are_missing_are_listed(book: Book) -> None:
    session = add_session(book, date=TODAY, topic="Reading aloud")
    assert [row.missing for row in gaps(book)] == [("plan", "speaker", "form")]
    edit_session(book, session.id, plan="Aims ...", kind=SessionKind.LECTURE, speaker="Guest")
    assert gaps(book) == []
    row = session_rows(book)[0].to_json()
    assert (row["week"], row["kind"], row["date"], row["status"]) == (12, "lecture", "2026-11-18", "planned")


def test_a_speaker_who_is_a_member_is_named(book: Book, people: dict[str, Member]) -> None:
    assert add_session(book, date=TODAY, speaker_member=people["张三"].id).speaker == "张三"


def test_members_of_two_groups_cannot_sit_in_two_meetings(book: Book, people: dict[str, Member]) -> None:
    grade = add_group(book, "初一年级组")
    join_group(book, people["张三"].id, grade.id)
    add_session(book, date=TODAY, start="15:30", end="17:00")
    add_session(book, date=TODAY, start="16:00", end="17:00", group=grade.id)
    found = clashes(book)
    assert [(clash.kind, clash.members) for clash in found] == [(ClashKind.MEMBER, (people["张三"].id,))]


def test_the_term_in_use_is_the_chosen_one_else_todays(book: Book) -> None:
    add_term(book, "2025-2026-2")
    assert book.term.code == "2026-2027-1"
    use_term(book, "2025-2026-2")
    assert book.term.code == "2025-2026-2"
    use_term(book, None)
    assert book.term.code == "2026-2027-1"
    with pytest.raises(NoSuchThing, match="term add 2030-2031-1"):
        find_term(book, "2030-2031-1")


def test_terms_do_not_overlap_nor_end_before_they_begin(book: Book) -> None:
    with pytest.raises(Refused, match="already"):
        add_term(book, "2026-2027-1")
    with pytest.raises(Refused, match="overlaps"):
        add_term(book, "2026-2027-2", start=date(2027, 1, 15))
    with pytest.raises(Refused, match="before it begins"):
        edit_term(book, "2026-2027-1", until=date(2026, 8, 1))
    assert edit_term(book, "2026-2027-1", first_monday=date(2026, 9, 9)).first_monday == date(2026, 9, 7)


def test_a_closed_term_is_frozen_and_can_be_thawed(book: Book, people: dict[str, Member]) -> None:
    session = add_session(book, date=TODAY)
    roll = RollCall(book, session.id)
    close_term(book, "2026-2027-1")
    before = book.version
    for change in (
        lambda: roll.mark(people["张三"].id, Mark.PRESENT),
        lambda: add_session(book, date=date(2026, 11, 25)),
        lambda: edit_session(book, session.id, topic="x"),
        lambda: add_leave(book, people["张三"].id, kind=Mark.SICK, start=TODAY),
        lambda: hand_in(book, people["张三"].id),
        lambda: edit_term(book, "2026-2027-1", until=date(2027, 1, 20)),
    ):
        with pytest.raises(Refused, match="closed"):
            change()
    assert book.version == before
    reopen_term(book, "2026-2027-1")
    roll.mark(people["张三"].id, Mark.PRESENT)
    assert roll.tally.attended == 1


def test_closing_can_be_undone(book: Book) -> None:
    close_term(book, "2026-2027-1")
    book.undo()
    add_session(book, date=TODAY)
    assert len(book.sessions) == 1


def test_a_day_of_the_calendar_can_be_set_and_cleared(book: Book) -> None:
    set_day(book, TODAY, DayKind.HOLIDAY, name="运动会")
    add_session(book, date=TODAY)
    assert [clash.kind for clash in clashes(book)] == [ClashKind.HOLIDAY]
    assert [day.name for day in days(book, book.term)] == ["运动会"]
    assert unpublished_years(book, book.term) == [2027]
    clear_day(book, TODAY)
    assert clashes(book) == []
    with pytest.raises(Refused, match="weekday"):
        set_day(book, TODAY, DayKind.WORKDAY, weekday=9)


def test_today_says_what_waits(book: Book, people: dict[str, Member]) -> None:
    for day in (4, 11, 18, 25):
        add_session(book, date=date(2026, 11, day), topic="Reading aloud")
    first = find_session(book, "2026-11-04")
    RollCall(book, first.id).mark(people["张三"].id, Mark.PRESENT)
    add_leave(book, people["王五"].id, kind=Mark.OFFICIAL, start=TODAY)
    view = today_view(book)
    assert [session.date.day for session in view.untaken] == [11, 18]
    assert view.half_taken == ((book.sessions.get(first.id), 4),)
    assert view.next is not None
    assert view.next.date == TODAY
    assert [leave.member for leave in view.leaves] == [people["王五"].id]
    assert [row.session.date.day for row in view.gaps] == [18, 25]
    assert view.week == 12
    assert view.members == 5


def test_today_of_a_book_with_nothing_in_it(tmp_path: Path) -> None:
    with Book.create(tmp_path / "empty.coord", user="li", today=TODAY) as empty:
        view = today_view(empty)
        assert (view.term, view.group, view.next, view.members) == (None, None, None, 0)
        assert today_json(view)["rolls_not_taken"] == []


def test_a_series_that_cannot_be_is_refused(book: Book, weekly: Series) -> None:
    with pytest.raises(Refused, match="name"):
        edit_series(book, weekly.id, name=" ")
    with pytest.raises(Refused, match="every few weeks"):
        edit_series(book, weekly.id, every=0)
    assert find_series(book, str(weekly.id)) == weekly
    assert all_series(book, book.group.id) == [weekly]
