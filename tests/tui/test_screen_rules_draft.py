"""A regulation as text becomes a pack on screen: choose or paste it, decide about each thing found, adopt or save."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desk import Person, at_desk, make_book

from coordinator_tui.book import rules
from coordinator_tui.book.rule_view import in_force
from coordinator_tui.domain.rules.reading import read_pack
from coordinator_tui.text import select_language
from coordinator_tui.tui.screens.lines_input import TextDialog
from coordinator_tui.tui.screens.rules import RulesScreen
from coordinator_tui.tui.screens.rules_answers import AnswersScreen
from coordinator_tui.tui.screens.rules_draft import DraftScreen
from coordinator_tui.tui.screens.rules_draft_pack import DraftPackScreen
from coordinator_tui.tui.screens.rules_draft_review import DraftReviewScreen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coordinator_tui.book.book import Book

WIDE = (100, 30)
NARROW = (80, 24)
OURS = """青禾小学教师学习制度

合集下载

一、每(měi)位教师每学期听课不少于节。
二、每位教师每月写一篇读书笔记，每篇不少于800字。
三、学校定期举办教学研讨会。
四、教师每学期请假不超过3次。
五、4月30日前上交总结。
"""
OTHER = "教师轮岗制度\n第一条 每年交流的教师占教师总数的12%-18%。\n"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    """Six people, no pack, and a folder with regulations in it."""
    select_language("en")
    folder = tmp_path / "texts"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "ours.txt").write_text(OURS, encoding="gb18030")
    (folder / "roster.csv").write_text("姓名\n张三\n", encoding="utf-8")
    with make_book(tmp_path / "group.coord") as made:
        yield made
    select_language("en")


async def opened(person: Person, file: str = "ours.txt") -> None:
    """Open a file of the folder from the screen of the rules."""
    await person.press("n", file, "enter")


def columns(person: Person, size: int) -> bool:
    """Whether no line of the screen is wider than the terminal."""
    from coordinator_tui.text import cells

    return all(cells(line) <= size for line in person.text.split("\n"))


# where the text comes from


async def test_the_screen_of_the_rules_offers_to_draft_a_pack_and_lists_texts_not_rosters(book: Book) -> None:
    async with at_desk(book, "rules") as person:
        assert "n from text" in person.keys
        await person.press("n")
        assert person.on(DraftScreen)
        assert "ours.txt" in person.text
        assert "roster.csv" not in person.text
        await person.press("escape")
        assert person.on(RulesScreen)


@pytest.mark.parametrize("typed", ["draft a pack from", "由制度文本草拟", "caoni"])
async def test_the_palette_finds_it_in_either_language(book: Book, typed: str) -> None:
    async with at_desk(book, "rules") as person:
        await person.press("ctrl+p", typed, "enter")
        assert person.on(DraftScreen)


async def test_a_file_that_is_not_there_or_holds_no_text_is_said_in_a_sentence(book: Book, tmp_path: Path) -> None:
    (tmp_path / "texts" / "picture.txt").write_bytes(b"\x89PNG....")
    async with at_desk(book, "rules") as person:
        await opened(person, "nothing.txt")
        assert person.on(DraftScreen)
        assert "There is no file" in person.said
        await person.press("ctrl+u", "picture.txt", "enter")
        assert "is a picture" in person.said


async def test_pasted_text_is_shown_before_it_is_read_and_keeps_its_line_numbers(book: Book) -> None:
    async with at_desk(book, "rules") as person:
        await person.press("n")
        await person.paste(OURS)
        assert isinstance(person.app.screen, TextDialog)
        assert "青禾小学教师学习制度" in person.text
        await person.press("f2")
        assert person.on(DraftReviewScreen)
        assert "“每学期听课不少于节”  line 5" in person.text


async def test_text_can_be_typed_into_the_box_and_nothing_in_it_is_refused_there(book: Book) -> None:
    async with at_desk(book, "rules") as person:
        await person.press("n", "ctrl+t", "f2")
        assert "is empty" in person.text
        await person.press("每月写一篇读书笔记。", "f2")
        assert "per month · at least 1 篇 · 读书笔记" in person.text


async def test_of_several_regulations_in_one_text_a_person_chooses_one(book: Book, tmp_path: Path) -> None:
    (tmp_path / "texts" / "both.md").write_text(f"{OURS}\n{OTHER}", encoding="utf-8")
    async with at_desk(book, "rules", WIDE) as person:
        await opened(person, "both.md")
        assert "The text holds 2 regulations" in person.text
        assert "line 5" not in person.line("教师轮岗制度")
        await person.press("轮岗", "enter")
        assert person.on(DraftReviewScreen)
        assert "1 of 1" in person.text
        assert "12% " not in person.line("Clause 1, line")
        await person.press("enter")
        assert "教师轮岗制度" in person.text
        assert "听课" not in person.text


# deciding


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_each_thing_found_shows_its_words_its_line_what_was_read_and_why_to_look(
    book: Book, size: tuple[int, int]
) -> None:
    async with at_desk(book, "rules", size) as person:
        await opened(person)
        assert "Cleaned away: pinyin in brackets: 1" in person.said
        assert "1 of 5" in person.text
        assert "waiting 5" in person.text
        assert "“每学期听课不少于节”  line 5" in person.text
        assert "Read as: per term · ? 节 · 听课" in person.text
        assert "! A number is missing here" in person.text
        assert "an open question" in person.text
        assert "每位教师每学期听课不少于节。" in person.text
        assert columns(person, size[0])


async def test_one_key_takes_over_leaves_out_sets_the_number_and_goes_back(book: Book) -> None:
    async with at_desk(book, "rules") as person:
        await opened(person)
        assert person.at.startswith("? to confirm")
        await person.press("1", "2", "enter")  # a digit begins the number
        assert "✓ set: 12" in person.text
        assert "2 of 5" in person.text
        await person.press("enter", "s")
        assert "✓ taken" in person.text
        assert "- left out" in person.text
        assert "taken over 2  left out 1  waiting 2" in person.text
        await person.press("b")
        assert "3 of 5" in person.text
        assert "it stands in the pack as a comment only" in person.text
        await person.press("y")
        assert "✓ kept open" in person.text
        assert "4 of 5" in person.text


async def test_the_last_decision_is_taken_back_and_no_step_of_the_book(book: Book) -> None:
    version = book.version
    async with at_desk(book, "rules") as person:
        await opened(person)
        await person.press("enter", "s", "u")
        assert "2 of 5" in person.text
        assert "taken over 1  left out 0  waiting 4" in person.text
        assert book.version == version


async def test_a_number_is_checked_and_refused_where_none_would_stand(book: Book) -> None:
    async with at_desk(book, "rules") as person:
        await opened(person)
        await person.press("n", "many", "enter")
        assert "“many” is no number" in person.text
        await person.press("ctrl+u", "2.5", "enter")
        assert "“2.5” is no number" in person.text  # half a lesson
        await person.press("ctrl+u", "十五节", "enter")
        assert "✓ set: 15" in person.text
        await person.press("home")
        for _step in range(4):
            await person.press("down")
        assert "上交总结" in person.at
        await person.press("7")
        assert "No number would stand in the pack here" in person.said


async def test_what_the_text_lost_is_a_question_of_the_pack_and_never_a_number(book: Book) -> None:
    async with at_desk(book, "rules") as person:
        await opened(person)
        await person.press("a")
        assert person.on(DraftPackScreen)
        pack = read_pack(person.screen._text)
        lost = next(setting for setting in pack.settings if "听课" in setting.title.zh)
        assert lost.suggest is None
        assert [each.how_many.at_least for each in pack.requirements if "笔记" in each.title.zh] == [1]
        assert [each.what.words_each for each in pack.requirements if "笔记" in each.title.zh] == [800]


async def test_a_text_without_numbers_still_becomes_a_pack_of_its_clauses(book: Book) -> None:
    async with at_desk(book, "rules") as person:
        await person.press("n", "ctrl+t", "一、尊重同事。", "enter", "二、爱护学生。", "f2")
        assert "No numbers, dates or periods were found" in person.text
        await person.press("enter", "s", "b", "3", "f2")
        assert person.on(DraftPackScreen)
        assert "爱护学生" in person.text


async def test_a_torn_clause_is_looked_at_too(book: Book) -> None:
    async with at_desk(book, "rules", WIDE) as person:
        await person.press("n", "ctrl+t", "一、每月写一篇读书笔记。", "enter", "二、学校应当按照有关规定，", "f2")
        await person.press("enter")
        assert person.at.startswith("? look")
        assert "The text breaks off" in person.text
        await person.press("enter")
        assert person.on(DraftPackScreen)
        assert "待确认：文字不完整" in person.text


# nothing is written unasked


async def test_leaving_writes_nothing_and_what_was_decided_waits_until_one_leaves_for_good(
    book: Book, tmp_path: Path
) -> None:
    version = book.version
    async with at_desk(book, "rules") as person:
        await opened(person)
        await person.press("enter", "escape")
        assert person.on(DraftScreen)
        await person.press("enter")
        assert "taken over 1" in person.text  # the same text again: one goes on
        await person.press("escape", "escape")
        assert person.on(DraftScreen)
        assert "in no pack yet" in person.said
        await person.press("escape")
        assert person.on(RulesScreen)
    assert book.version == version
    assert sorted(file.name for file in (tmp_path / "texts").iterdir()) == ["ours.txt", "roster.csv"]


async def test_the_pack_shows_what_is_not_decided_yet_as_comments(book: Book) -> None:
    async with at_desk(book, "rules") as person:
        await opened(person)
        await person.press("down", "enter", "f2")
        assert "4 proposals are not decided yet" in person.said
        assert "1 rule  0 open questions  nothing is written yet" in person.text
        assert person.screen._text.count("未采用") == 4
        await person.press("escape")
        assert person.on(DraftReviewScreen)


# adopting


async def test_adopting_asks_for_id_and_title_and_then_what_the_text_left_open(book: Book) -> None:
    async with at_desk(book, "rules", WIDE) as person:
        await opened(person)
        await person.press("a", "a")
        assert "Adopt this pack into the book" in person.text
        await person.fill("our-study", "青禾小学学习办法")
        assert person.on(AnswersScreen)
        assert "每学期听课不少于节" in person.at
        assert "In force: 青禾小学学习办法" in person.said
        await person.press("escape")
        assert person.on(RulesScreen)
        assert "每月写一篇读书笔记" in person.text
        each = rules.find_pack(book, "our-study")
        assert "《青禾小学教师学习制度》" in each.pack.source.zh
        await person.press("u")
        assert not in_force(book)


async def test_an_id_that_will_not_do_or_is_in_force_is_said_in_the_form(book: Book) -> None:
    async with at_desk(book, "rules", WIDE) as person:
        await opened(person)
        await person.press("a", "a")
        await person.fill("我们 的")
        assert "such as wm-d" in person.text
        await person.fill("s19")
        assert "A pack that is shipped has this id" in person.text
        await person.fill("ours")
        assert in_force(book)
        await person.press("escape")
        await opened(person)
        await person.press("a", "a", "ctrl+s")
        assert "“ours” is in force already" in person.text
        await person.fill("ours-2")
        assert {each.pack.id for each in rules.packs(book)} == {"ours", "ours-2"}


# a file


async def test_the_pack_is_saved_as_a_file_and_never_over_another_unasked(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "texts" / "ours.yaml"
    file.write_text("mine", encoding="utf-8")
    async with at_desk(book, "rules", WIDE) as person:
        await opened(person)
        await person.press("a", "x")
        assert "ours.yaml" in person.text
        await person.press("enter")
        assert "Overwrite the file" in person.text
        await person.press("enter")  # No is what Enter does
        assert file.read_text(encoding="utf-8") == "mine"
        await person.press("x")
        await person.fill(str(tmp_path / "nowhere" / "a.yaml"))
        assert "There is no such folder" in person.text
        await person.press("escape", "x", "enter", "y")
        assert "Written: " in person.said
        assert read_pack(file.read_text(encoding="utf-8")).id == "ours"
        assert not in_force(book)
        await person.press("escape", "escape", "escape")  # kept, so nobody is asked
        assert person.on(RulesScreen)


# in Chinese


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_way_is_the_same_in_chinese(book: Book, size: tuple[int, int]) -> None:
    select_language("zh")
    async with at_desk(book, "rules", size) as person:
        await opened(person)
        assert "! 此处数字缺失" in person.text
        assert "括号内拼音 1 处" in person.said
        assert columns(person, size[0])
        await person.press(
            "ｓ", "enter", "１２", "enter", "enter", "enter"
        )  # full-width, as an input method sends them
        assert person.on(DraftPackScreen)
        assert "未采用" in person.screen._text
        await person.press("ａ", "ctrl+s")
        assert in_force(book)
        assert "已采用：青禾小学教师学习制度" in person.said
