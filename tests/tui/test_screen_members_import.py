"""Importing a roster on screen: the file, the preview old → new, questions, refusals, one step; pasted names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desk import at_desk, empty_book, make_book, member

from coordinator_tui.book.book import Book
from coordinator_tui.text import select_language
from coordinator_tui.tui.screens.import_roster import ImportRoster
from coordinator_tui.tui.screens.members import MembersScreen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROSTER = "姓名,学科,出生年月,教研组\n赵六,美术,1990-03,艺体组\n张三,物理,1988-05,\n陈静,数学,1985.1,\n"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    select_language("en")
    with make_book(tmp_path / "group.coord") as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a roster as Chinese Excel writes it."""
    there = tmp_path / "文件"
    there.mkdir()
    (there / "花名册.csv").write_bytes(ROSTER.encode("gb18030"))
    (there / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    return there


async def test_a_file_is_found_completed_and_shown_before_anything_is_written(book: Book, folder: Path) -> None:
    async with at_desk(book, "members", (100, 30)) as person:
        await person.press("i", str(folder.parent) + "/文")
        assert "文件/" in await person.look()
        await person.press("tab")
        text = await person.look()
        assert "花名册.csv" in text
        assert "photo.jpg" not in text
        await person.press("enter")
        text = await person.look()
        assert "gb18030" in text
        assert "new 1  changed 1  unchanged 0  refused 1" in text
        assert "艺体组" in person.line("+ ")
        change = person.line("~ ")
        assert "张三" in change
        assert "birth" in change
        assert "1988-05" in change
        refused = person.line("1985.1")
        assert "refused: 出生年月" in refused
        assert "陈静" in refused, "the row is known by the name in it"
        assert len(book.members) == 6


async def test_refused_rows_are_named_and_the_others_go_in_as_one_step(book: Book, folder: Path) -> None:
    async with at_desk(book, "members") as person:
        await person.press("i", str(folder / "花名册.csv"), "enter")
        assert "Row 4, 出生年月: “1985.1”" in await person.look()
        await person.press("f2")
        assert "1 row is refused" in await person.look()
        await person.press("enter")
        assert len(book.members) == 6, "No is the default"
        await person.press("f2", "y")
        assert "1 added, 1 changed" in person.said
        assert person.on(ImportRoster), "what was refused can still be read"
        text = await person.look()
        assert "Row 4, 出生年月: “1985.1”" in text
        assert "new 0  changed 0" in text
        await person.press("f2")
        assert "Nothing is left to write" in person.said
        await person.press("escape")
        assert person.on(MembersScreen)
        assert book.members.get(member(book, "张三")).birth == "1988-05"
        assert "艺体组" in {group.name for group in book.groups}
        await person.press("u")
        assert len(book.members) == 6
        assert "艺体组" not in {group.name for group in book.groups}


async def test_questions_are_decided_with_keys_before_it_is_written(book: Book, folder: Path) -> None:
    (folder / "q.csv").write_text("姓名,学科\n王伟,\n王伟,体育\n李强,英语\n", encoding="utf-8")
    async with at_desk(book, "members", (100, 30)) as person:
        await person.press("i", str(folder / "q.csv"), "enter")
        text = await person.look()
        assert "undecided" in text
        await person.press("f2")
        assert "not decided yet" in person.said
        await person.press("tab", "1")
        await person.press("n")
        assert "undecided 0" in await person.look()
        await person.press("f2")
        assert person.on(MembersScreen)
    assert sorted(m.subject or "" for m in book.members.all() if m.name == "王伟") == ["体育", "数学", "语文"]


async def test_an_answer_is_taken_back_and_a_row_left_out(book: Book, folder: Path) -> None:
    (folder / "q.csv").write_text("姓名,学科\n王伟,体育\n", encoding="utf-8")
    async with at_desk(book, "members", (100, 30)) as person:
        await person.press("i", str(folder / "q.csv"), "enter", "n", "backspace")
        assert "undecided 1" in await person.look()
        await person.press("enter", "down", "down", "down", "enter")
        assert "left out" in await person.look()
        await person.press("f2")
        assert "1 left out" in person.said
    assert len(book.members) == 6


async def test_a_file_that_cannot_be_understood_says_why_and_one_can_choose_another(book: Book, folder: Path) -> None:
    (folder / "bad.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    async with at_desk(book, "members") as person:
        await person.press("i", str(folder / "bad.csv"), "enter")
        assert person.on(ImportRoster)
        assert person.said
        await person.press("ctrl+u", str(folder / "none.csv"), "enter")
        assert "none.csv" in person.said
        await person.press("ctrl+u", str(folder / "花名册.csv"), "enter")
        assert "refused 1" in await person.look()
        await person.press("escape")
        assert "Which file" in await person.look()
        await person.press("escape")
        assert person.on(MembersScreen)


async def test_several_sheets_are_asked_about(book: Book, folder: Path) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    for number, name in enumerate(("语文", "数学")):
        sheet = workbook.active if not number else workbook.create_sheet()
        assert sheet is not None
        sheet.title = name
        sheet.append(["姓名", "学科"])
        sheet.append([f"新人{name}", name])
    workbook.save(folder / "两张.xlsx")
    async with at_desk(book, "members", (100, 30)) as person:
        await person.press("i", str(folder / "两张.xlsx"), "enter")
        assert "several sheets" in await person.look()
        await person.press("数学", "enter")
        assert "新人数学" in await person.look()


async def test_pasted_names_are_previewed_and_join_the_group(book: Book) -> None:
    async with at_desk(book, "members") as person:
        await person.press("p")
        await person.paste("1. 赵六\n2. 钱七\n3. 张三\n")
        await person.press("f2")
        text = await person.look()
        assert "new 2" in text
        await person.press("f2")
        assert "2 added" in person.said
        assert "8 people" in await person.look()
    assert len([m for m in book.memberships if m.group == book.group.id]) == 8


async def test_a_table_pasted_into_the_line_for_the_file_is_taken(book: Book) -> None:
    async with at_desk(book, "members") as person:
        await person.press("i")
        await person.paste("姓名\t学科\n赵六\t美术\n钱七\t音乐\n")
        assert "new 2" in await person.look()


async def test_a_big_file_is_read_beside_with_progress_and_goes_in(book: Book, folder: Path) -> None:
    lines = [f"教师{number:05d},1990-0{1 + number % 9},{13800000000 + number},初中语文组" for number in range(6000)]
    (folder / "big.csv").write_text("姓名,出生年月,手机,教研组\n" + "\n".join(lines), encoding="utf-8")
    async with at_desk(book, "members") as person:
        await person.press("i", str(folder / "big.csv"), "enter")
        for _wait in range(1000):
            if "new 6000" in await person.look():
                break
            await person._pilot.pause(0.05)
        assert "new 6000" in await person.look()
        await person.press("f2")
        assert "6000 added" in person.said
    assert len(book.members) == 6006


async def test_what_others_change_meanwhile_is_compared_again_and_decisions_stay(book: Book, folder: Path) -> None:
    from desk import TODAY

    from coordinator_tui.book.members import add_member

    (folder / "q.csv").write_text("姓名,学科\n王伟,体育\n赵六,美术\n", encoding="utf-8")
    with Book.open(book.folder, user="wang", today=TODAY, remember=False) as other:
        async with at_desk(book, "members", (100, 30)) as person:
            await person.press("i", str(folder / "q.csv"), "enter", "n")
            assert "new 1" in await person.look()
            add_member(other, "赵六", subject="美术", group=other.group.id)
            await person.app._poll()
            text = await person.look()
            assert "new 0" in text
            assert "undecided 0" in text


async def test_an_empty_book_takes_a_roster_and_makes_its_groups(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    select_language("en")
    with empty_book(tmp_path / "new.coord") as book:
        async with at_desk(book, "today") as person:
            await person.press("i", str(folder / "花名册.csv"), "enter", "f2", "y")
            assert "2 added" in person.said
        assert {group.name for group in book.groups} == {"艺体组"}
