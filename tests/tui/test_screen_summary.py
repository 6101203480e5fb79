"""The Summary screen: numbers, tables to walk through, one person's report, files to hand in."""

from __future__ import annotations

import shutil
import time
from asyncio import to_thread
from contextlib import asynccontextmanager
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from coordinator_tui.book.book import Book
from coordinator_tui.book.demo import write_demo
from coordinator_tui.text import select_language
from coordinator_tui.tui.app import CoordinatorApp
from coordinator_tui.tui.screens.summary import VIEWS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from textual.pilot import Pilot

TODAY = date(2026, 11, 18)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_demo(tmp_path_factory.mktemp("summary") / "demo.coord", language="zh", today=TODAY)


@pytest.fixture
def book(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    monkeypatch.chdir(tmp_path)
    folder = shutil.copytree(written, tmp_path / "demo.coord")
    with Book.open(folder, user="reader", today=TODAY) as opened:
        yield opened


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    select_language("zh")
    yield
    select_language("en")


@asynccontextmanager
async def on_screen(book: Book, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Pilot[None]]:
    app = CoordinatorApp(book, first="summary")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


def text_of(pilot: Pilot[None]) -> str:
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def press(pilot: Pilot[None], *keys: str) -> str:
    await pilot.press(*keys)
    await pilot.pause()
    return text_of(pilot)


def sheet_in(folder: Path) -> Path:
    (made,) = folder.glob("*.xlsx")
    return made


@pytest.mark.parametrize("size", [(100, 30), (80, 24)])
async def test_the_overview_shows_the_balance_and_the_rate(book: Book, size: tuple[int, int]) -> None:
    async with on_screen(book, size) as pilot:
        shown = text_of(pilot)
        assert "考勤分类统计" in shown
        assert "应到" in shown
        assert "出勤率" in shown


async def test_tab_goes_through_every_table_and_round(book: Book) -> None:
    async with on_screen(book) as pilot:
        seen = [text_of(pilot), *[await press(pilot, "tab") for _view in VIEWS[1:]]]
        assert len(set(seen)) == len(VIEWS)
        assert await press(pilot, "tab") == seen[0]


async def test_arrows_show_the_columns_that_have_no_room(book: Book) -> None:
    async with on_screen(book, (80, 24)) as pilot:
        before = await press(pilot, "tab")
        assert "未交" not in before
        after = await press(pilot, *["right"] * 14)
        assert "姓名" in after
        assert "尚缺" in after.splitlines()[3]


async def test_enter_on_a_member_opens_their_report_and_escape_leads_back(book: Book) -> None:
    async with on_screen(book) as pilot:
        await press(pilot, "tab")
        assert "邓青槐学期小结" in await press(pilot, "down", "enter")
        assert "序号" in await press(pilot, "escape")
        assert "考勤分类统计" in await press(pilot, "escape")


async def test_the_summary_is_written_as_a_spreadsheet_with_a_name_of_its_own(book: Book, tmp_path: Path) -> None:
    async with on_screen(book) as pilot:
        assert "已写入" in await press(pilot, "x", "ctrl+s")
    made = sheet_in(tmp_path)
    texts = {str(cell.value) for sheet in openpyxl.load_workbook(made) for row in sheet.iter_rows() for cell in row}
    assert any("青禾岭中心小学" in text for text in texts)


async def test_a_file_that_is_there_is_overwritten_only_after_yes(book: Book, tmp_path: Path) -> None:
    async with on_screen(book) as pilot:
        await press(pilot, "x", "ctrl+s")
        made = sheet_in(tmp_path)
        await to_thread(made.write_bytes, b"mine")
        question = await press(pilot, "x", "ctrl+s")
        assert "要覆盖文件" in question
        await press(pilot, "n")
        assert made.read_bytes() == b"mine"
        await press(pilot, "x", "ctrl+s")
        await press(pilot, "y")
        assert made.read_bytes() != b"mine"


async def test_a_folder_that_is_not_there_is_said_under_its_field(book: Book) -> None:
    async with on_screen(book) as pilot:
        await press(pilot, "x", "down", "down")
        shown = await press(pilot, *"/nowhere", "ctrl+s")
        assert "没有这个文件夹" in shown


async def test_another_group_has_other_numbers(book: Book) -> None:
    async with on_screen(book) as pilot:
        before = text_of(pilot)
        after = await press(pilot, "g", "right", "ctrl+s")
        assert after.splitlines()[1] != before.splitlines()[1]


async def test_marks_made_elsewhere_appear(book: Book, tmp_path: Path) -> None:
    from coordinator_tui.book.roll import RollCall
    from coordinator_tui.book.schedule import sessions_on

    async with on_screen(book) as pilot:
        before = text_of(pilot)
        with Book.open(tmp_path / "demo.coord", user="deputy", today=TODAY) as other:
            RollCall(other, sessions_on(other, TODAY)[0].id).rest_present()
        until = time.monotonic() + 30
        while text_of(pilot) == before and time.monotonic() < until:
            await pilot.pause(0.1)
        assert text_of(pilot) != before


async def test_an_empty_book_says_what_to_do(tmp_path: Path) -> None:
    with Book.create(tmp_path / "empty.coord", school="", user="reader", today=TODAY) as empty:
        async with on_screen(empty) as pilot:
            shown = text_of(pilot)
            assert "F2" in shown
            assert "F3" in shown
