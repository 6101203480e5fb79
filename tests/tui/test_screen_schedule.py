"""The schedule: month and week, adding, editing, moving, cancelling, planning, calendar, leave, a session's page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from desk import TODAY, at_desk, empty_book, make_book, meet, member

from coordinator_tui.book.book import Book
from coordinator_tui.book.calendar import day_of, load_calendar, set_day
from coordinator_tui.book.leaves import add_leave, leaves_of
from coordinator_tui.book.roll import RollCall
from coordinator_tui.book.schedule import sessions_of
from coordinator_tui.book.series import add_series
from coordinator_tui.book.terms import close_term
from coordinator_tui.domain.vocabulary import DayKind, LeaveStatus, Mark, SessionKind, SessionStatus
from coordinator_tui.text import select_language
from coordinator_tui.tui.screens.roll import RollScreen
from coordinator_tui.tui.screens.schedule import ScheduleScreen
from coordinator_tui.tui.screens.session_page import SessionScreen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    select_language("en")
    with make_book(tmp_path / "group.coord") as made:
        yield made


# ---- month and week


async def test_sessions_stand_by_month_with_week_weekday_speaker_what_is_lacking_and_the_roll(book: Book) -> None:
    meet(book, -14, "甲", speaker="张三", plan="读")
    meet(book, 14, None)
    async with at_desk(book, "schedule", (100, 30)) as person:
        text = await person.look()
        assert "November 2026" in text
        assert "December 2026" in text
        past = person.line("甲")
        assert past.split() == ["11-04", "Wed", "10", "15:30", "甲", "Group", "resea…", "张三", "not", "taken"]
        coming = person.line("12-02")
        assert "plan +2" in coming
        assert "to come" in coming
        assert "1 to come lack something" in text
        await person.press("end")
        assert "lacks plan, topic, speaker" in await person.look(), "named in full under the list"


async def test_the_cursor_begins_at_what_comes_next_and_passes_over_the_months(book: Book) -> None:
    for days in (-30, -1, 1, 30):
        meet(book, days, f"第{days}天")
    async with at_desk(book, "schedule") as person:
        assert "第1天" in person.at
        await person.press("up")
        assert "第-1天" in person.at
        await person.press("up")
        assert "第-30天" in person.at
        await person.press("up", "up")
        assert "第-30天" in person.at
        await person.press("right")
        assert "第-1天" in person.at
        await person.press("end")
        assert "第30天" in person.at
        await person.press(".")
        assert "第1天" in person.at


async def test_the_week_shows_its_days_holidays_sessions_and_leave(book: Book) -> None:
    meet(book, 2, "《春》", place="会议室")
    set_day(book, TODAY + timedelta(days=1), DayKind.HOLIDAY, name="运动会")
    add_leave(book, member(book, "张三"), kind=Mark.SICK, start=TODAY)
    async with at_desk(book, "schedule") as person:
        await person.press("w")
        assert "Holiday 运动会" in person.line("11-19 Thursday")
        assert "15:30–17:00" in person.line("《春》")
        assert "会议室" in await person.look()
        assert "on leave: 张三" in await person.look()
        await person.press("right")
        assert "11-25 Wednesday" in await person.look()
        await person.press("left", "left")
        assert "11-11 Wednesday" in await person.look()
        await person.press(".")
        assert "11-18 Wednesday  today" in person.at
        await person.press("w")
        assert "November 2026" in await person.look()


async def test_a_day_of_the_week_is_where_a_session_is_added(book: Book) -> None:
    async with at_desk(book, "schedule") as person:
        await person.press("w", ".", "down", "a", *["down"] * 4, "《秋》", "ctrl+s")
        assert "《秋》" in person.at
    assert [(s.date, s.topic, s.start) for s in sessions_of(book)] == [(date(2026, 11, 19), "《秋》", "15:30")]


# ---- changing


async def test_a_session_is_added_with_a_speaker_who_is_a_member(book: Book) -> None:
    async with at_desk(book, "schedule") as person:
        await person.press("a", "ctrl+u", "11-25", "down", "ctrl+u", "1400", "down", "down", "down")
        await person.press("大单元设计", "down", "zs", "ctrl+s")
        assert not person.asked
        assert "大单元设计" in person.at
    (session,) = sessions_of(book)
    assert (session.date, session.start, session.end) == (date(2026, 11, 25), "14:00", "17:00")
    assert (session.speaker, session.speaker_member) == ("张三", member(book, "张三"))


async def test_an_end_before_the_start_and_a_wrong_date_are_said_in_the_form(book: Book) -> None:
    async with at_desk(book, "schedule") as person:
        await person.press("a", "ctrl+u", "32.13", "ctrl+s")
        assert "is not a date" in await person.look()
        await person.press("ctrl+u", "11-25", "down", "ctrl+u", "18:00", "ctrl+s")
        assert "before it starts" in await person.look()
        await person.press("escape")
        assert len(book.sessions) == 0


async def test_editing_keeps_long_texts_that_were_not_touched(book: Book) -> None:
    meet(book, 1, "旧", plan="一\n二", question="问\n答")
    async with at_desk(book, "schedule") as person:
        await person.press("e", *["down"] * 3, "end", "ctrl+u", "新", "ctrl+s")
        assert "Saved" in person.said
    (session,) = sessions_of(book)
    assert (session.topic, session.plan, session.question) == ("新", "一\n二", "问\n答")


async def test_a_session_is_moved_with_its_reason_and_the_cursor_goes_along(book: Book) -> None:
    meet(book, 1, "甲")
    meet(book, 20, "乙")
    async with at_desk(book, "schedule") as person:
        await person.press("m", "ctrl+u", "2026-12-30", *["down"] * 3, "停电", "ctrl+s")
        assert "Moved to 12-30" in person.said
        assert "→ 甲" in person.at
        assert "moved from 11-19 Thu tomorrow (停电)" in await person.look()
        await person.press("u")
        assert "→" not in person.line("甲")


async def test_a_session_is_cancelled_with_a_reason_and_restored(book: Book) -> None:
    session = meet(book, 1, "甲")
    async with at_desk(book, "schedule") as person:
        await person.press("c", "全校体检", "ctrl+s")
        assert "cancelled" in person.at
        assert "cancelled (全校体检)" in await person.look()
        assert book.sessions.get(session.id).status is SessionStatus.CANCELLED
        await person.press("c", "y")
        assert book.sessions.get(session.id).status is SessionStatus.PLANNED
        assert "Restored" in person.said


async def test_a_session_whose_roll_was_taken_is_neither_moved_nor_cancelled_nor_removed(book: Book) -> None:
    session = meet(book, 0, "甲")
    roll = RollCall(book, session.id)
    roll.mark(roll.rows[0].member, Mark.PRESENT)
    async with at_desk(book, "schedule") as person:
        await person.press("m", "ctrl+u", "12-01", "ctrl+s")
        assert "was taken already" in await person.look()
        await person.press("escape", "c", "ctrl+s")
        assert "was taken already" in await person.look()
        await person.press("escape", "delete", "y")
        assert "was taken already" in person.said
    assert book.sessions.get(session.id).date == TODAY


async def test_a_session_removed_by_mistake_comes_back_with_undo(book: Book) -> None:
    meet(book, 1, "甲")
    async with at_desk(book, "schedule") as person:
        await person.press("delete")
        assert "as if it had never been planned" in await person.look()
        await person.press("y")
        assert len(book.sessions) == 0
        await person.press("u")
        assert "甲" in await person.look()


async def test_r_takes_the_roll_and_esc_comes_back(book: Book) -> None:
    session = meet(book, 0, "甲")
    async with at_desk(book, "schedule") as person:
        await person.press("r")
        assert person.on(RollScreen)
        assert person.screen.roll.session.id == session.id
        await person.press("r", "escape")
        assert person.on(ScheduleScreen)
        assert "✓ 6" in person.line("甲")


async def test_a_closed_term_refuses_every_change_with_a_sentence(book: Book) -> None:
    meet(book, 1, "甲")
    close_term(book, "2026-2027-1")
    async with at_desk(book, "schedule") as person:
        assert "closed" in await person.look()
        await person.press("e", "down", "down", "down", "x", "ctrl+s")
        assert "Term 2026-2027-1 is closed" in await person.look()
        await person.press("escape", "delete", "y")
        assert "Term 2026-2027-1 is closed" in person.said
        await person.press("c", "ctrl+s")
        assert "Term 2026-2027-1 is closed" in await person.look()


# ---- clashes


async def test_clashes_are_marked_counted_and_listed_with_why(book: Book) -> None:
    meet(book, 1, "甲")
    meet(book, 1, "乙")
    load_calendar(book, 2026)
    meet(book, -48, "国庆")
    async with at_desk(book, "schedule", (100, 30)) as person:
        assert "! 2 clashes: k" in await person.look()
        assert "! 甲" in person.line("甲")
        await person.press("k")
        text = await person.look()
        assert "the same group" in text
        assert "the day is a holiday (国庆节)" in text
        await person.press("enter")
        assert person.on(SessionScreen)


# ---- planning


async def test_a_term_is_planned_from_a_new_series_without_holidays_and_with_moved_workdays(book: Book) -> None:
    load_calendar(book, 2026)
    async with at_desk(book, "schedule", (100, 30)) as person:
        await person.press("p", "a", "周三教研", *["down"] * 7, "安然、李强", "down", "zs、chenjing", "ctrl+s")
        assert not person.asked
        await person.press("enter")
        text = await person.look()
        assert "sessions would be added" in text
        assert "Moved workday 国庆节调休 (timetable of Wednesday)" in person.line("10-10")
        assert len(book.sessions) == 0
        await person.press("end")
        text += await person.look()
        assert "国庆节" in person.line("10-07") or "10-07 Wed  国庆节" in text
        await person.press("home", "space")
        assert "left out" in person.at
        await person.press("f2")
        assert "sessions were planned" in person.said
        await person.press("escape")
        assert "安然" not in await person.look()
    planned = sessions_of(book)
    assert date(2026, 10, 10) in {session.date for session in planned}
    assert date(2026, 10, 7) not in {session.date for session in planned}
    assert [session.host for session in planned[:3]] == ["李强", "安然", "李强"], "the date left out keeps its turn"
    book.undo()
    assert len(book.sessions) == 0, "one step"


async def test_planning_again_adds_only_what_is_missing(book: Book) -> None:
    add_series(book, "周三教研", kind=SessionKind.GROUP_RESEARCH, weekday=3, start="15:30", end="17:00")
    async with at_desk(book, "schedule") as person:
        await person.press("p", "enter", "f2")
        count = len(book.sessions)
        assert count > 10
        await person.press("enter")
        assert "has its session already" in await person.look()
        await person.press("f2")
        assert len(book.sessions) == count


# ---- calendar and leave


async def test_the_published_calendar_is_loaded_edited_and_cleared(book: Book) -> None:
    async with at_desk(book, "schedule") as person:
        await person.press("d")
        assert "o loads the published calendar" in await person.look()
        await person.press("o")
        assert "国庆节" in await person.look()
        await person.press("a", "ctrl+u", "11-27", "down", "down", "运动会", "ctrl+s")
        assert "运动会" in person.at
        await person.press("x", "y")
        assert "ordinary day" in person.said
    assert day_of(book, date(2026, 11, 27)) is None
    known = day_of(book, date(2026, 10, 1))
    assert known is not None
    assert known.kind is DayKind.HOLIDAY


async def test_requested_leave_is_approved_and_withdrawn(book: Book) -> None:
    who = member(book, "张三")
    leave = add_leave(book, who, kind=Mark.SICK, start=TODAY, status=LeaveStatus.REQUESTED)
    async with at_desk(book, "schedule") as person:
        await person.press("l")
        assert "1 waits for approval" in await person.look()
        await person.press("y")
        assert book.leaves.get(leave.id).status is LeaveStatus.APPROVED
        assert book.leaves.get(leave.id).approved_by == "li"
        await person.press("x")
        assert book.leaves.get(leave.id).status is LeaveStatus.WITHDRAWN
        assert "No leave in this term" in await person.look()
        await person.press("u")
        assert "张三" in person.at
        await person.press("a", "chenjing", "down", "down", "down", "+2", "ctrl+s")
        assert "陈静" in await person.look()
    assert {(x.member, x.until) for x in leaves_of(book)} >= {(member(book, "陈静"), TODAY + timedelta(days=2))}


# ---- the page of a session


async def test_the_minutes_are_written_with_many_lines_and_kept(book: Book) -> None:
    session = meet(book, 0, "甲")
    async with at_desk(book, "schedule") as person:
        await person.press("enter", "n", "一、学习", "enter", "二、讨论")
        await person.paste("\n三、布置[/]\n四、散会")
        await person.press("ctrl+s")
        assert not person.asked
        assert "三、布置[/]" in await person.look()
        assert book.sessions.get(session.id).minutes == "一、学习\n二、讨论\n三、布置[/]\n四、散会"
        await person.press("h")
        assert "minutes of the meeting" in await person.look()


async def test_minutes_not_saved_are_not_lost_by_one_esc(book: Book) -> None:
    meet(book, 0, "甲")
    async with at_desk(book, "schedule") as person:
        await person.press("n", "记录", "escape")
        assert person.asked
        assert "Not saved yet" in await person.look()
        await person.press("一", "escape")
        assert person.asked, "typing on asks again"
        await person.press("escape")
        assert not person.asked


async def test_the_page_shows_the_roll_by_name_and_enter_edits_a_field(book: Book) -> None:
    session = meet(book, 0, "甲")
    roll = RollCall(book, session.id)
    roll.mark(member(book, "张三"), Mark.LATE, 5)
    roll.rest_present()
    async with at_desk(book, "schedule") as person:
        await person.press("enter")
        assert "张三" in person.line("Late")
        while not person.at.startswith("place"):
            await person.press("down")
        await person.press("enter", "会议室", "ctrl+s")
        assert "会议室" in person.at
    assert book.sessions.get(session.id).place == "会议室"


# ---- others, emptiness, terms


async def test_what_others_plan_appears_and_the_cursor_stays(book: Book) -> None:
    meet(book, 3, "我的")
    with Book.open(book.folder, user="wang", today=TODAY, remember=False) as other:
        async with at_desk(book, "schedule") as person:
            assert "我的" in person.at
            meet(other, 1, "别人的")
            await person.app._poll()
            assert "别人的" in await person.look()
            assert "我的" in person.at


async def test_an_empty_book_says_what_to_press_and_a_term_is_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    select_language("en")
    with empty_book(tmp_path / "new.coord") as book:
        async with at_desk(book, "schedule") as person:
            assert "There is no group yet" in await person.look()
            for key in ("e", "m", "c", "r", "enter", "w", "a", "p", "k", "escape", "w", "d", "escape", "l", "escape"):
                await person.press(key)
            await person.press("t", "ctrl+s")
            assert book.term.code == "2026-2027-1"
            assert day_of(book, date(2026, 10, 1)) is not None, "with the calendar as far as it is published"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_every_screen_fits_in_both_languages(book: Book, language: str, size: tuple[int, int]) -> None:
    from coordinator_tui.text import cells

    load_calendar(book, 2026)
    add_leave(
        book, member(book, "张三"), kind=Mark.SICK, start=TODAY, until=TODAY + timedelta(days=3), reason="长" * 60
    )
    add_series(book, "周三教研" * 9, kind=SessionKind.COLLECTIVE_PREPARATION, weekday=3, start="15:30", end="17:00")
    meet(book, 0, "很长的主题" * 20, speaker="买买提·吐尔逊·阿不都热依木", reason="x" * 200)
    select_language(language)
    async with at_desk(book, "schedule", size) as person:
        for keys in ("", "w", "w", "enter", "escape", "d", "escape", "l", "escape", "k", "escape", "p", "enter"):
            if keys:
                await person.press(keys)
            assert {cells(line) for line in (await person.look()).split("\n")} == {size[0]}, keys
    select_language("en")
