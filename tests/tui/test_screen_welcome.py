"""The welcome at the keyboard: make a book with its first people, look at the demo, open a book that is there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from keyboard import Keyboard, at_program

from coordinator_tui.book import places
from coordinator_tui.book.book import Book
from coordinator_tui.domain.vocabulary import GroupKind
from coordinator_tui.text import cells, select_language
from coordinator_tui.tui.screens.settings import SettingsScreen
from coordinator_tui.tui.screens.welcome import WelcomeScreen
from coordinator_tui.tui.screens.welcome_people import PeopleScreen

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def nowhere_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which no book was ever opened."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("COORDINATOR_BOOK", raising=False)
    select_language("en")


def opened(person: Keyboard) -> Book:
    book = person.app.book
    assert isinstance(book, Book)
    return book


async def make(person: Keyboard, group: str = "语文组") -> None:
    """Fill the form for a book as far as one must."""
    await person.press("1", "青禾小学", "down", group, "ctrl+s")


async def test_three_choices_stand_under_digits_and_nothing_else_is_reachable() -> None:
    async with at_program(None) as person:
        assert "1  Make a book for your group" in person.line("> ")
        assert "2  Look at the demo" in person.text
        assert "3  Open a book that is there" in person.text
        assert "Opened before" not in person.text
        await person.press("f2", "f5", "f9", ",", "u", "ctrl+r", "escape")
        person.screen(WelcomeScreen)
        await person.press("?")
        assert "Help" in person.text
        await person.press("escape", "ctrl+p")
        assert "Members" not in person.text


async def test_a_book_is_made_with_the_term_of_today_offered(tmp_path: Path) -> None:
    async with at_program(None, today=TODAY) as person:
        await person.press("1")
        assert ["Term", "2026-2027-1"] in [line.split() for line in person.lines]
        await person.press("青禾小学", "enter", "七年级语文备课组", "enter", "lesson", "enter", "enter", "enter")
        book = opened(person)
        assert book.folder == tmp_path / "data" / "coordinator-tui" / "七年级语文备课组.coord"
        assert (book.school, book.group.name, book.group.kind) == (
            "青禾小学", "七年级语文备课组", GroupKind.LESSON_PREPARATION,
        )  # fmt: skip
        assert book.term.code == "2026-2027-1"
        assert len(book.calendar), "the holidays of the term are loaded"
        person.screen(PeopleScreen)
        assert places.last_book() == book.folder


async def test_names_are_pasted_into_the_new_book_and_the_members_show() -> None:
    async with at_program(None, today=TODAY) as person:
        await make(person)
        await person.press("2")
        await person.paste("张三、李四\n王五\n")
        await person.press("赵 六", "f2")
        assert sorted(member.name for member in opened(person).members) == sorted(["张三", "李四", "王五", "赵六"])
        assert "4 members added" in person.said
        assert person.app.current_mode == "members"
        assert "李四" in person.text
        await person.press("u")
        assert not len(opened(person).members)


async def test_nothing_typed_for_names_is_said_and_esc_leaves() -> None:
    async with at_program(None, today=TODAY) as person:
        await make(person)
        await person.press("2", "f2")
        assert "Type at least one name." in person.text
        await person.press("escape")
        person.screen(PeopleScreen)
        await person.press("3")
        assert person.app.current_mode == "members"


async def test_namesakes_are_asked_about_not_guessed() -> None:
    async with at_program(None, today=TODAY) as person:
        await make(person)
        await person.press("2")
        await person.paste("王伟\n王伟\n李四")
        await person.press("f2")
        assert not len(opened(person).members), "nothing is written before the question is answered"
        assert "王伟" in person.text
        await person.press("escape", "escape")


async def test_a_roster_file_is_imported_into_the_new_book(tmp_path: Path) -> None:
    roster = tmp_path / "名单.csv"
    roster.write_bytes("姓名,学科\n张三,语文\n李四,数学\n".encode("gb18030"))
    async with at_program(None, today=TODAY) as person:
        await make(person)
        await person.press("1", "ctrl+u", str(roster), "enter")
        await person.press("f2")
        await person.wait()
        assert sorted(member.name for member in opened(person).members) == sorted(["张三", "李四"])


async def test_what_is_missing_or_wrong_in_the_form_is_said_and_nothing_made(tmp_path: Path) -> None:
    async with at_program(None, today=TODAY) as person:
        await person.press("1", "ctrl+s")
        assert "Please fill this in." in person.text
        await person.press("小学", "down", "组", "down", "down", "ctrl+u", "2026", "ctrl+s")
        assert "“2026” is not a term" in person.text
        await person.press("escape")
        person.screen(WelcomeScreen)
        assert person.app.book is None
        assert not (tmp_path / "data").exists()


async def test_a_place_that_cannot_be_written_is_a_sentence_in_the_form(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    async with at_program(None, today=TODAY) as person:
        await person.press("1", "小学", "down", "组", "down", "down", "down", str(tmp_path / "file" / "x"), "ctrl+s")
        assert "cannot be used" in person.text
        assert person.app.book is None


async def test_a_book_goes_into_a_folder_that_is_there_such_as_a_usb_stick(tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    async with at_program(None, today=TODAY) as person:
        await person.press("1", "小学", "down", "语文/英语组", "down", "down", "down", str(stick), "ctrl+s")
        assert opened(person).folder == stick / "语文-英语组.coord"


async def test_a_second_book_of_the_same_name_is_refused() -> None:
    async with at_program(None, today=TODAY) as person:
        await make(person)
        await person.press("escape", ",", "o")
        await make(person)
        assert "There is a book at" in person.text


async def test_the_demo_is_written_once_and_reopened(tmp_path: Path) -> None:
    async with at_program(None, today=TODAY) as person:
        await person.press("2")
        book = opened(person)
        assert book.folder == tmp_path / "data" / "coordinator-tui" / "demo.coord"
        assert len(book.members) > 25
        assert "invented" in person.said
        member = next(iter(book.members))
        from coordinator_tui.book.members import edit_member

        edit_member(book, member.id, note="seen")
    async with at_program(None, today=TODAY) as person:
        await person.press("2")
        assert opened(person).members.get(member.id).note == "seen"


async def test_a_book_is_opened_by_its_path_or_its_name_without_the_ending(tmp_path: Path) -> None:
    Book.create(tmp_path / "books" / "英语组.coord", group="英语组", today=TODAY, remember=False).close()
    async with at_program(None, today=TODAY) as person:
        await person.press("3", str(tmp_path / "books" / "英语组"), "enter")
        assert opened(person).group.name == "英语组"
        assert person.app.current_mode == "today"
        assert "Opened 英语组." in person.said


async def test_a_path_that_is_no_book_says_what_is_there_instead(tmp_path: Path) -> None:
    Book.create(tmp_path / "books" / "英语组.coord", group="英语组", today=TODAY, remember=False).close()
    async with at_program(None, today=TODAY) as person:
        await person.press("3", str(tmp_path / "nowhere"), "enter")
        assert "There is no such folder." in person.text
        await person.press("ctrl+u", str(tmp_path / "books"), "enter")
        assert "英语组.coord" in person.text
        await person.press("ctrl+u", str(tmp_path), "enter")
        assert "That is no book" in person.text
        await person.press("escape")
        assert person.app.book is None


async def test_books_opened_before_stand_under_the_next_digits(tmp_path: Path) -> None:
    for name in ("一组", "二组"):
        Book.create(tmp_path / f"{name}.coord", group=name, today=TODAY).close()
    async with at_program(None, today=TODAY) as person:
        assert "4  二组" in person.text
        await person.press("5")
        assert opened(person).group.name == "一组"


async def test_a_damaged_book_is_one_sentence_and_the_welcome_stays(tmp_path: Path) -> None:
    folder = tmp_path / "坏.coord"
    Book.create(folder, group="组", today=TODAY).close()
    (folder / "store.json").write_text("{", encoding="utf-8")
    async with at_program(None, today=TODAY) as person:
        await person.press("4")
        assert person.said
        assert person.app.book is None
        person.screen(WelcomeScreen)


async def test_arrows_and_enter_choose_too() -> None:
    async with at_program(None, today=TODAY) as person:
        await person.press("down", "down", "enter")
        assert "Which book?" in person.text
        await person.press("escape", "up", "up", "enter")
        assert "A new book" in person.text


async def test_from_the_settings_the_welcome_opens_and_esc_comes_back_to_the_book() -> None:
    async with at_program(None, today=TODAY) as person:
        await make(person)
        await person.press("escape", ",", "o")
        person.screen(WelcomeScreen)
        await person.press("escape")
        assert person.app.current_mode == "today"
        await person.press("f9")
        person.screen(SettingsScreen)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_nothing_of_the_choices_is_cut(language: str, size: tuple[int, int]) -> None:
    select_language(language)
    async with at_program(None, size=size, today=TODAY) as person:
        assert "…" not in person.text.replace("….coord", "").replace(" … ", "")
        assert all(cells(line) <= size[0] for line in person.lines)
        assert "⟦" not in person.text
