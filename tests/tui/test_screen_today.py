"""The day's page: what it says is to be done, and where each line leads."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from desk import TODAY, at_desk, empty_book, make_book, meet, member

from coordinator_tui.book.book import Book
from coordinator_tui.book.leaves import add_leave
from coordinator_tui.book.members import add_member
from coordinator_tui.book.roll import RollCall
from coordinator_tui.book.terms import close_term
from coordinator_tui.book.work import assign, works_of
from coordinator_tui.domain.vocabulary import Mark, WorkKind
from coordinator_tui.text import select_language
from coordinator_tui.tui.screens.members_page import MemberScreen
from coordinator_tui.tui.screens.roll import RollScreen
from coordinator_tui.tui.screens.session_page import SessionScreen
from coordinator_tui.tui.screens.today import TodayScreen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    select_language("en")
    with make_book(tmp_path / "group.coord") as made:
        yield made


async def test_the_next_session_is_told_with_topic_speaker_place_and_what_it_lacks(book: Book) -> None:
    meet(book, 2, "大单元设计", speaker="张三", place="二楼教研室")
    async with at_desk(book) as person:
        text = await person.look()
        assert "11-20 Fri" in person.line("大单元设计")
        assert "Group research  speaker 张三  二楼教研室" in text
        assert "! lacks plan" in text
        await person.press("enter")
        assert person.on(SessionScreen)
        await person.press("escape")
        assert person.on(TodayScreen)


async def test_enter_on_a_roll_not_taken_goes_straight_to_that_roll_and_esc_comes_back(book: Book) -> None:
    past, half = meet(book, -14, "甲"), meet(book, -7, "乙")
    roll = RollCall(book, half.id)
    roll.mark(roll.rows[0].member, Mark.PRESENT)
    async with at_desk(book) as person:
        text = await person.look()
        assert "Rolls to take: 2" in text
        assert "not taken" in person.line("甲")
        assert "5 not marked" in person.line("乙")
        await person.press("home", "enter")
        assert person.on(RollScreen)
        assert person.screen.roll is not None
        assert person.screen.roll.session.id == past.id
        await person.press("r", "escape")
        assert person.on(TodayScreen)
        assert "Rolls to take: 1" in await person.look()


async def test_r_takes_todays_roll(book: Book) -> None:
    meet(book, -7)
    today = meet(book, 0, "今天的")
    async with at_desk(book) as person:
        await person.press("r")
        assert person.on(RollScreen)
        assert person.screen.roll is not None
        assert person.screen.roll.session.id == today.id


async def test_who_owes_what_stands_overdue_first_and_leads_to_the_person(book: Book) -> None:
    assign(book, "读书笔记", kind=WorkKind.READING_NOTE, due=TODAY + timedelta(days=5))
    late = (member(book, "张三"),)
    assign(book, "听课记录", kind=WorkKind.LESSON_OBSERVATION, due=TODAY - timedelta(days=1), members=late)
    async with at_desk(book) as person:
        text = await person.look()
        assert "Work owed: 7  1 overdue" in text
        owed = [line for line in text.split("\n") if "读书笔记" in line or "听课记录" in line]
        assert owed[0].split()[:2] == [">", "张三"] or "张三" in owed[0]
        assert "overdue" in owed[0]
        await person.go_to("张三")
        await person.press("enter")
        assert person.on(MemberScreen)
        assert person.screen.member == late[0]


async def test_h_on_a_line_of_what_is_owed_hands_that_in(book: Book) -> None:
    who = (member(book, "张三"),)
    assign(book, "读书笔记", kind=WorkKind.READING_NOTE, due=TODAY, members=who)
    async with at_desk(book) as person:
        await person.go_to("张三")
        await person.press("h", "ctrl+s")
        assert "Handed in by 张三" in person.said
        assert [(work.member, work.kind, work.title) for work in works_of(book)] == [
            (who[0], WorkKind.READING_NOTE, "读书笔记")
        ]
        assert "Work owed" not in await person.look()
        await person.press("u")
        assert "Work owed: 1" in await person.look()


async def test_leave_is_added_by_pinyin_and_shows_today(book: Book) -> None:
    async with at_desk(book) as person:
        await person.press("l", "zs", "down", "down", "down", "down", "家里有事", "ctrl+s")
        assert not person.asked
        assert "Noted: Personal leave of 张三" in person.said
        assert "On leave today: 1" in await person.look()
        assert "家里有事" in person.line("张三")


async def test_an_ambiguous_name_is_asked_back_in_the_form(book: Book) -> None:
    async with at_desk(book) as person:
        await person.press("l", "王伟", "ctrl+s")
        assert person.asked
        assert "王伟(数学), 王伟(语文)" in await person.look()
        assert len(book.leaves) == 0


async def test_clashes_and_an_unpublished_calendar_are_told(book: Book) -> None:
    meet(book, 3, "甲", place="会议室")
    meet(book, 3, "乙", place="会议室")
    async with at_desk(book, size=(100, 30)) as person:
        text = await person.look()
        clash = person.line("the same group")
        assert "甲" in clash
        assert "乙" in clash
        assert "The holidays of 2027 are not in the book" in text


async def test_an_empty_book_says_what_to_press_and_enter_does_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    select_language("en")
    with empty_book(tmp_path / "new.coord") as book:
        async with at_desk(book) as person:
            text = await person.look()
            for what in ("Add a group", "Add the term", "Take in the members"):
                assert what in text
            await person.press("enter", "a", "语文教研组", "ctrl+s", "escape")
            assert "Add a group" not in await person.look()
            await person.press("home")
            assert "Add the term" in person.at
            await person.press("enter")
            assert "2026-2027-1" in await person.look()
            await person.press("ctrl+s")
            assert book.term.code == "2026-2027-1"
            assert "Plan the term" in await person.look()


async def test_a_closed_term_refuses_with_a_sentence_and_keeps_what_was_typed(book: Book) -> None:
    close_term(book, "2026-2027-1")
    async with at_desk(book) as person:
        await person.press("l", "张三", "ctrl+s")
        assert person.asked
        assert "closed" in person.line("2026-2027-1 is")
        await person.press("escape")
        assert len(book.leaves) == 0


async def test_what_others_enter_appears_by_itself(book: Book) -> None:
    with Book.open(book.folder, user="wang", today=TODAY, remember=False) as other:
        async with at_desk(book) as person:
            add_leave(other, member(other, "陈静"), kind=Mark.SICK, start=TODAY)
            await person.app._poll()
            assert "On leave today: 1" in await person.look()


async def test_names_with_markup_and_control_characters_do_no_harm(book: Book) -> None:
    odd = add_member(book, "[/][b]x", group=book.group.id)
    book.members.update(odd.id, note="[@click=app.quit]y[/]")
    add_leave(book, odd.id, kind=Mark.SICK, start=TODAY, reason="[bold]痛[/bold]")
    meet(book, 1, "[/] \u202e topic")
    async with at_desk(book) as person:
        assert "[bold]痛[/bold]" in person.line("[/][b]x")
        await person.go_to("[/][b]x")
        await person.press("enter")
        assert "[@click=app.quit]y[/]" in await person.look()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_every_line_fits_the_screen_in_both_languages(book: Book, language: str, size: tuple[int, int]) -> None:
    from coordinator_tui.text import cells

    meet(book, 0)
    meet(book, -7, "很长的主题" * 12)
    assign(book, "读书笔记" * 12, kind=WorkKind.READING_NOTE, due=TODAY)
    select_language(language)
    async with at_desk(book, size=size) as person:
        lines = (await person.look()).split("\n")
        assert {cells(line) for line in lines} == {size[0]}
        assert all(line.strip() for line in lines[:2])
