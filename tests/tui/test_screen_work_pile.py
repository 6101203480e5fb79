"""Texts and the pile at the keyboard: type or point at a file, read, compare, check one after the other."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from docx import Document
from keyboard import Keyboard, at_program

from coordinator_tui.book import work
from coordinator_tui.book.book import Book
from coordinator_tui.book.members import add_member, find_member
from coordinator_tui.book.readings import add_reading
from coordinator_tui.book.texts import text_of
from coordinator_tui.domain.vocabulary import WorkKind, WorkStatus
from coordinator_tui.text import select_language
from coordinator_tui.tui.screens.text_form import TextForm
from coordinator_tui.tui.screens.work import WorkScreen
from coordinator_tui.tui.screens.work_overlap import OverlapScreen
from coordinator_tui.tui.screens.work_pieces import PiecesScreen
from coordinator_tui.tui.screens.work_pile import PileScreen
from coordinator_tui.tui.screens.work_text import TextScreen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coordinator_tui.domain.records import Work

TODAY = date(2026, 11, 20)
NOTE = "教师要先学会倾听，再学会说话，孩子的声音最要紧。"
MORE = "我在自己的班上试了两周，每天留出十分钟。"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    """A group of four with a reading note of 30 words due in November."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    select_language("en")
    with Book.create(
        tmp_path / "g.coord", group="语文组", term="2026-2027-1", user="li", today=TODAY, remember=False
    ) as made:
        for name in ("安然", "陈静", "李强", "王伟"):
            add_member(made, name, group=made.group.id)
        work.assign(made, "11月笔记", kind=WorkKind.READING_NOTE, due=date(2026, 11, 28), words=30)
        yield made


@pytest.fixture
def pile(book: Book) -> Book:
    """Three pieces on three days: one, a copy of its beginning, and a short one."""
    for day, name, text in (
        (3, "安然", NOTE + MORE),
        (4, "陈静", f"{NOTE}别的想法没有，就写到这里。"),
        (5, "李强", MORE),
    ):
        hand_in(book, name, text, day)
    return book


def hand_in(book: Book, name: str, text: str, day: int, kind: WorkKind = WorkKind.READING_NOTE) -> Work:
    member = find_member(book, name).id
    return work.hand_in(book, member, kind=kind, text=text, title=f"{name}的笔记", date=date(2026, 11, day))


def grades(book: Book) -> list[str | None]:
    return [piece.grade if piece.status is WorkStatus.CHECKED else piece.status.value for piece in work.works_of(book)]


async def to_pile(person: Keyboard) -> PileScreen:
    await person.press("p")
    return person.screen(PileScreen)


# handing in a text


async def test_a_text_is_typed_where_it_is_missing_and_its_length_shows_meanwhile(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("n", "好书", "enter", "Two words.")
        assert "Chinese characters 2 · WPS/Word word count 4" in person.text
        await person.paste("\n第三行。")
        assert "Chinese characters 5 · WPS/Word word count 8" in person.text
        await person.press("f2")
        (piece,) = work.works_of(book)
        kept = text_of(book, piece.id)
        assert kept is not None
        assert kept.text == "好书\nTwo words.\n第三行。"
        assert (piece.words, piece.assignment) == (8, work.find_assignment(book, "11月笔记").id)
        assert "in 8" in person.line("安然")
        await person.press("u")
        assert len(book.work) == len(book.texts) == 0


async def test_a_text_is_taken_from_a_word_document_and_a_wrong_file_is_told(book: Book, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph(NOTE)
    document.save(str(tmp_path / "note.docx"))
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7")
    async with at_program(book, "work") as person:
        await person.press("n", "tab", "scan.pdf", "enter")
        assert "scan.pdf is a PDF." in person.text
        person.screen(TextForm).file.value = ""
        await person.press("note.docx", "enter")
        assert NOTE in person.text
        assert "is a PDF" not in person.text
        await person.press("ctrl+s")
        (piece,) = work.works_of(book)
        kept = text_of(book, piece.id)
        assert kept is not None
        assert (kept.text, kept.file) == (NOTE, "note.docx")


async def test_an_empty_text_is_not_handed_in_and_a_typed_one_is_not_lost_by_one_esc(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("n", "f2")
        assert "The text is empty." in person.text
        await person.press("字", "escape")
        assert "Esc once more" in person.text
        await person.press("escape")
        assert isinstance(person.app.screen, WorkScreen)
        assert len(book.work) == 0


async def test_a_long_text_that_is_there_fills_the_field_it_is_changed_in(book: Book) -> None:
    hand_in(book, "安然", "\n".join(f"第{at}段。" for at in range(1, 31)), 3)
    async with at_program(book, "work") as person:
        await person.press("s", "y")
        assert "第20段。" in person.text
        assert "第30段。" in person.text


async def test_a_file_that_is_named_and_not_yet_read_is_read_when_one_saves(book: Book, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(NOTE.encode("gb18030"))
    async with at_program(book, "work") as person:
        await person.press("n", "tab", "a.txt", "f2")
        assert [piece.words for piece in work.works_of(book)] == [24]


async def test_the_form_of_a_members_page_takes_a_file_too(book: Book, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"# 题目\n\n{NOTE}", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    async with at_program(book, "members") as person:
        await person.press("n", "up", "empty.txt", "f2")
        assert "empty.txt has no text in it." in person.text
        await person.press("ctrl+u", "a.md", "f2")
        (piece,) = work.works_of(book)
        kept = text_of(book, piece.id)
        assert kept is not None
        assert (kept.file, piece.words) == ("a.md", 26)


# one piece


async def test_a_piece_shows_both_lengths_what_is_needed_and_what_it_shares(pile: Book) -> None:
    async with at_program(pile, "work", size=(100, 30)) as person:
        await person.press("down", "s")
        person.screen(TextScreen)
        assert "Chinese characters 32" in person.text
        assert "WPS/Word 37" in person.text
        assert "needed 30" in person.text
        assert "66 % also in 安然, 2026-11-03" in person.text
        assert NOTE in person.text
        await person.press("o")
        person.screen(OverlapScreen)
        row = person.line("教师要先学会倾听")
        assert row.count(NOTE[:-1]) == 2, "the passage stands in both, side by side"
        await person.press("enter")
        assert "安然的笔记" in person.text
        await person.press("escape", "escape", "escape")
        person.screen(WorkScreen)


async def test_a_text_is_added_to_a_piece_that_has_none_from_the_list_of_pieces(book: Book) -> None:
    work.hand_in(book, find_member(book, "安然").id, words=800)
    async with at_program(book, "work") as person:
        await person.press("right", "right", "right", "enter", "s")
        assert "No text of it is kept" in person.text
        await person.press("o")
        assert "No text of it is kept" in person.said
        await person.press("y", MORE, "f2")
        assert "WPS/Word 20" in person.text
        assert [piece.words for piece in work.works_of(book)] == [20]
        await person.press("escape")
        assert "20" in person.line("2026-11-20")
        person.screen(PiecesScreen)


# the pile


async def test_one_key_each_checks_the_pile_and_it_goes_on_by_itself(pile: Book) -> None:
    async with at_program(pile, "work", size=(100, 30)) as person:
        await to_pile(person)
        assert "1 of 3" in person.text
        assert NOTE + MORE in person.text.replace("\n", "").replace(" ", "") or NOTE in person.text
        await person.press("a")
        assert "2 of 3" in person.text
        assert "also in 安然" in person.text
        await person.press("k")
        assert "10 too few" in person.text, "the third is shorter than what is asked"
        await person.press("b")
        assert "nothing waits any more" in person.said
        assert grades(pile) == ["A", None, "B"]
        assert {piece.status for piece in work.works_of(pile)} == {WorkStatus.CHECKED}


async def test_a_piece_is_given_back_with_a_reason_on_the_same_screen(pile: Book) -> None:
    async with at_program(pile, "work") as person:
        await to_pile(person)
        await person.press("r")
        assert "Give back to 安然, because:" in person.text
        await person.press("字数不够", "enter")
        piece = work.works_of(pile)[0]
        assert (piece.status, piece.reason) == (WorkStatus.RETURNED, "字数不够")
        assert "2 of 3" in person.text


async def test_undo_brings_the_piece_back_on_top(pile: Book) -> None:
    async with at_program(pile, "work") as person:
        await to_pile(person)
        await person.press("n", "c", "u")
        assert "2 of 3" in person.text
        assert grades(pile) == ["handed_in"] * 3
        await person.press("a", "a", "a")
        assert grades(pile) == ["A", "A", "A"], "what was left for later comes at the end"


async def test_one_goes_back_to_a_checked_piece_and_checks_it_otherwise(pile: Book) -> None:
    async with at_program(pile, "work") as person:
        await to_pile(person)
        await person.press("a", "p")
        assert "✓A" in person.text
        await person.press("c")
        assert grades(pile)[0] == "C"
        await person.press("p", "x")
        assert grades(pile)[0] == "handed_in"
        await person.press("p")
        assert "first piece" in person.said


async def test_what_was_left_waits_until_one_comes_again(pile: Book) -> None:
    async with at_program(pile, "work") as person:
        await to_pile(person)
        await person.press("a", "n", "n")
        assert "end of the pile" in person.said
        await person.press("escape")
        screen = await to_pile(person)
        assert "1 of 2" in person.text
        piece = screen.current()
        assert piece is not None
        assert piece.title == "陈静的笔记"


async def test_the_pile_may_be_of_one_kind_or_of_one_assignment(pile: Book) -> None:
    hand_in(pile, "王伟", "一篇随笔。", 6, WorkKind.ESSAY)
    async with at_program(pile, "work") as person:
        screen = await to_pile(person)
        assert len(screen.order) == 4
        await person.press("f")
        assert "Essay" in person.text
        await person.press("down", "down", "enter")
        assert len(screen.order) == 1
        assert "王伟" in person.text
        await person.press("w", "down", "enter")
        assert len(screen.order) == 3


async def test_a_pile_where_nothing_waits_says_so_and_takes_no_grade(book: Book) -> None:
    async with at_program(book, "work") as person:
        await to_pile(person)
        assert "Nothing waits to be checked." in person.text
        await person.press("a", "r", "n", "o")
        assert len(book.work) == 0


async def test_pieces_that_come_and_go_meanwhile_are_taken_in(pile: Book) -> None:
    async with at_program(pile, "work") as person:
        screen = await to_pile(person)
        first = screen.current()
        assert first is not None
        hand_in(pile, "王伟", MORE, 6)
        screen.refresh_book(None)
        assert len(screen.order) == 4
        await person.press("d")
        assert pile.work.find(first.id) is None
        assert "1 of 3" in person.text
        await person.press("u")
        assert pile.work.find(first.id) == first


# readings


async def test_the_weeks_show_which_have_no_article_and_one_is_added_where_it_is_missing(book: Book) -> None:
    async with at_program(book, "work", size=(100, 30)) as person:
        await person.press("l", "w")
        assert "0 of 12 weeks so far have an article, 11 have none" in person.text
        await person.press("up", "a", "慢下来的课堂", "f2")
        (article,) = book.readings.all()
        assert (article.kind.value, article.date) == ("article", date(2026, 11, 15)), "the week before this one"
        assert "慢下来的课堂" in person.line("11-09")
        assert "1 of 12 weeks" in person.text
        await person.press("enter", "end", "!", "f2")
        assert book.readings.all()[0].title == "慢下来的课堂!"


async def test_who_read_what_is_known_from_their_work(book: Book) -> None:
    reading = add_reading(book, "给教师的建议")
    work.hand_in(book, find_member(book, "陈静").id, reading=reading.id)
    async with at_program(book, "work") as person:
        await person.press("l", "b")
        assert "1 of 4 members" in person.text
        assert "给教师的建议" in person.line("陈静")
