"""LibreOffice opens what we write: the texts are there, and a page is a page."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from typing import TYPE_CHECKING

import openpyxl
import pytest

from coordinator_tui.exports.call_sheet import call_sheet
from coordinator_tui.exports.lists import list_file
from coordinator_tui.exports.roll_sheet import roll_sheet
from coordinator_tui.exports.summary import summary_file

if TYPE_CHECKING:
    from pathlib import Path

    from coordinator_tui.book.book import Book

Ids = dict[str, int]
SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")


def converted(folder: Path, *names: str, to: str, reading: tuple[str, ...] = ()) -> None:
    """Convert files of a folder in one run of LibreOffice with a profile of its own."""
    assert SOFFICE is not None
    profile = f"-env:UserInstallation=file://{folder}/profile"
    files = [str(folder / name) for name in names]
    subprocess.run(
        [SOFFICE, profile, "--headless", *reading, "--convert-to", to, "--outdir", str(folder), *files],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip


def test_every_sheet_opens_with_its_texts_and_computes_nothing(book: Book, term: Ids, tmp_path: Path) -> None:
    made = {
        "考勤表": roll_sheet(book),
        "点名": call_sheet(book, term["next"]),
        "总结": summary_file(book, "xlsx"),
        "名册": list_file(book, "members", "xlsx"),
        "活动": list_file(book, "sessions", "xlsx"),
    }
    wanted = {
        "考勤表": ["青石桥小学 语文教研组 attendance sheet", "宁䶮", "迟10", "病†", "Legend: √ Present", "Made by: ＿"],
        "点名": ["青石桥小学 语文教研组 roll", "阿依努尔·买合木提", "Official leave"],
        "总结": ["2. Sessions", "The attendance rate is"],
        "名册": ["王伟", "=HYPERLINK(1)", "13800001234"],
        "活动": ["+1 组内研讨", "2026-10-14"],
    }
    for name, content in made.items():
        (tmp_path / f"{name}.xlsx").write_bytes(content)
    converted(tmp_path, *(f"{name}.xlsx" for name in made), to="csv:Text - txt - csv (StarCalc):44,34,76,1")
    for name, texts in wanted.items():
        text = (tmp_path / f"{name}.csv").read_text(encoding="utf-8-sig")
        assert [part for part in texts if part not in text] == [], name
        assert not [error for error in ("#NAME?", "#REF!", "Err:5") if error in text]


def test_csv_opens_with_every_text_in_its_cell(book: Book, term: Ids, tmp_path: Path) -> None:
    content = list_file(book, "members", "csv")
    (tmp_path / "out.csv").write_bytes(content)
    as_the_dialog_offers = ("--infilter=CSV:44,34,76,1",)  # comma, quotation mark, UTF-8
    converted(tmp_path, "out.csv", to="xlsx", reading=as_the_dialog_offers)
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    seen = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    written = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row[1] for row in seen] == [row[1] for row in written]
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert "HYPERLINK(1)" in "".join(seen[1])


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_a_long_roll_repeats_its_head_and_legend_on_every_page(book: Book, term: Ids, tmp_path: Path) -> None:
    from coordinator_tui.book.members import add_member

    for number in range(70):
        add_member(book, f"教师{number:02}", group=book.group.id)
    (tmp_path / "考勤表.xlsx").write_bytes(roll_sheet(book))
    converted(tmp_path, "考勤表.xlsx", to="pdf")
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "考勤表.pdf"), "-"], capture_output=True, check=True, timeout=60
    ).stdout.decode()
    pages = [page for page in text.split("\f") if page.strip()]
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert "Legend:" in page
        assert "9/23" in page
        assert f"{number}/{len(pages)}" in page.replace(" ", "")
    assert sum("Made by:" in page for page in pages) == 1
