"""What is typed at the roll-call: the roll by exception, going to a person, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from roll_group import TODAY, at_roll, make_book

from coordinator_tui.book.leaves import add_leave
from coordinator_tui.domain.vocabulary import Mark
from coordinator_tui.text import select_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coordinator_tui.book.book import Book


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    select_language("en")
    made = make_book(tmp_path / "group.coord")
    yield made
    made.close()


# ---- the roll by exception


@pytest.mark.parametrize("colon", [":", "：", ";", "；"])
async def test_one_typed_line_and_one_enter_take_the_whole_roll(book: Book, colon: str) -> None:
    async with at_roll(book) as person:
        await person.press(colon, "张三迟10 李强病 陈静公(开会) 其余到")
        assert person.marks == [None] * 6, "nothing is written before Enter"
        await person.press("enter")
        assert person.marks == [
            Mark.PRESENT, Mark.OFFICIAL, Mark.SICK, Mark.PRESENT, Mark.PRESENT, Mark.LATE,
        ]  # fmt: skip
        assert person.minutes[5] == 10
        assert "开会" in person.row("陈静")
        assert "6 people entered" in person.said
        await person.press("u")
        assert person.marks == [None] * 6


async def test_the_line_shows_what_it_would_do_person_by_person_and_the_balance(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("8", ":", "zs迟10 安然事 余到")
        shown = "\n".join(await person.look())
        assert "expected 6 = present 4 + late 1 + personal 1  ✓" in shown
        assert "安然               absent → personal" in shown
        assert "张三               not taken → late 10 min" in shown
        assert "not taken → present, 4: 陈静, 李强, 王伟(数学), 王伟(语文)" in shown


async def test_row_numbers_of_the_printed_sheet_name_people(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press(":", "３迟１０ 6病", "enter")
        assert person.marks == [None, None, Mark.LATE, None, None, Mark.SICK]
        assert person.minutes[2] == 10


async def test_a_name_that_two_people_share_is_asked_about_and_nothing_is_written(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press(":", "王伟病 其余到")
        assert "王伟(数学), 王伟(语文)" in "\n".join(await person.look())
        assert person.screen.prompt.spans == ((0, 2),), "the place in the line is marked"
        await person.press("enter")
        assert person.marks == [None] * 6
        assert person.said.startswith("Nothing written yet")
        assert "王伟病 其余到" in person.told, "the line stays to be corrected"
        await person.press("home", "right", "right", "(数学)", "enter")
        assert person.marks[3] is Mark.SICK
        assert person.marks[4] is Mark.PRESENT


async def test_leaving_the_line_writes_nothing_and_the_colon_brings_it_back(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press(":", "张三病", "escape")
        assert person.marks == [None] * 6
        assert "Nothing was written" in person.said
        await person.press("1")
        assert person.marks[0] is Mark.PRESENT, "keys mark again"
        await person.press(":", "enter")
        assert person.marks[5] is Mark.SICK


async def test_a_line_left_empty_does_nothing(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press(":")
        assert "其余到" in "\n".join(await person.look()), "the empty line shows how it is written"
        await person.press("enter", "1")
        assert person.marks == [Mark.PRESENT, *[None] * 5]


async def test_the_rest_of_a_line_leaves_marks_and_gives_planned_leave(book: Book) -> None:
    by_name = {member.name: member.id for member in book.members.all()}
    add_leave(book, by_name["张三"], kind=Mark.OFFICIAL, start=TODAY)
    async with at_roll(book) as person:
        await person.press("8", ":", "陈静病 其余到", "enter")
        assert person.marks == [
            Mark.ABSENT, Mark.SICK, Mark.PRESENT, Mark.PRESENT, Mark.PRESENT, Mark.OFFICIAL,
        ]  # fmt: skip


async def test_several_pasted_lines_become_one_line(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press(":")
        await person.paste("张三迟10\r\n李强病\r\n其余到\r\n")
        await person.press("enter")
        assert person.marks[5] is Mark.LATE
        assert person.marks[2] is Mark.SICK
        assert None not in person.marks


async def test_digits_and_letters_in_the_line_mark_nobody(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press(":", "1p2r0", "escape")
        assert person.marks == [None] * 6


async def test_others_marks_are_in_the_preview_as_soon_as_they_arrive(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press(":", "其余到")
        assert "not taken → present, 6" in "\n".join(await person.look())
        book.store.user = "李静"
        person.roll.mark(person.roll.rows[5].member, Mark.SICK)
        person.screen.refresh_book(None)
        assert "not taken → present, 5" in "\n".join(await person.look())


async def test_the_whole_roll_of_thirty_by_exception_is_at_most_forty_keys(book: Book) -> None:
    keys = ":zs迟10 lq病 安然公(开会) 其余到"
    async with at_roll(book) as person:
        await person.press(*keys, "enter")
        assert None not in person.marks
    assert len(keys) + 1 <= 40


# ---- going to a person


@pytest.mark.parametrize("typed", ["张三", "zhangsan", "zs", "ZS", "6", "６", "zhang s"])
async def test_typing_a_name_pinyin_initials_or_row_number_goes_to_the_person(book: Book, typed: str) -> None:
    async with at_roll(book) as person:
        await person.press("/", typed)
        assert person.at == "张三"
        await person.press("enter", "8")
        assert person.marks == [*[None] * 5, Mark.ABSENT]


@pytest.mark.parametrize("key", ["f", "/", "、", "ｆ"])
async def test_namesakes_are_gone_through_with_the_arrows(book: Book, key: str) -> None:
    async with at_roll(book) as person:
        await person.press(key, "ww")
        assert (person.at, "1/2" in person.told) == ("王伟(数学)", True)
        await person.press("down")
        assert (person.at, "2/2" in person.told) == ("王伟(语文)", True)
        await person.press("down")
        assert person.at == "王伟(数学)"


async def test_esc_goes_back_to_where_one_was(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("down", "/", "zs", "escape")
        assert person.at == "陈静"
        assert person.marks == [None] * 6


async def test_a_name_nobody_has_says_so(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("/", "欧阳")
        assert "nobody" in person.told
        assert person.at == "安然"


# ---- notes


async def test_a_note_is_typed_under_the_list_and_the_mark_stays(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("4", "up", "n", "发烧，在医院", "enter")
        assert "发烧，在医院" in person.row("安然")
        assert person.marks[0] is Mark.SICK
        assert len(person.app.screen_stack) == 1
        await person.press("n", "ctrl+u", "escape")
        assert "发烧，在医院" in person.row("安然")
        await person.press("n", "ctrl+u", "enter")
        assert "发烧" not in person.row("安然")


async def test_a_note_right_after_late_keeps_the_minutes_that_were_typed(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("2", "1", "2", "n", "堵车", "enter")
        assert (person.marks[0], person.minutes[0]) == (Mark.LATE, 12)
        assert "堵车" in person.row("安然")


async def test_the_key_line_says_what_enter_and_esc_do_while_something_is_typed(book: Book) -> None:
    async with at_roll(book) as person:
        assert person.keys.startswith(": by line")
        for key in (":", "/", "n"):
            await person.press(key)
            assert person.keys == "Enter accept Esc back"
            await person.press("escape")
        assert person.keys.startswith(": by line")


async def test_a_redo_key_in_the_line_marks_nobody(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press(":", "u", "q", "=", "escape", "1")
        assert person.marks == [Mark.PRESENT, *[None] * 5]
