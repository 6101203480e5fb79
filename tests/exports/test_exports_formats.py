"""Tables as text, Markdown, CSV, JSON and workbooks."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator_tui.book.errors import Refused
from coordinator_tui.exports.formats import as_csv, as_json, as_markdown, as_text, render
from coordinator_tui.exports.neutral import dangerous, neutral, restored
from coordinator_tui.exports.table import Column, Report, Section, Table, percent
from coordinator_tui.text import cells

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TABLE = Table(
    "名单",
    (
        Column("姓名", key="name"),
        Column("学科", key="subject"),
        Column("出勤率", "ratio", "rate"),
        Column("篇数", "number", "pieces"),
        Column("日期", "date", "day"),
    ),
    (
        ("买买提·吐尔逊", "语文", 0.9667, 3, date(2026, 9, 9)),
        ("䶮𬭎", "Ｅnglish（英）", None, None, None),
        ("王伟", "a|b*c*\n- <b>", 1.0, -3, date(2026, 9, 10)),
    ),
    notes=("注：*",),
)
FORMULAS = ["=cmd|' /C calc'!A0", "+86 138", "@SUM(1)", "-2+3", "＝1+1", "－a", " =1", "'=1", "\n=1"]


def table_of(*texts: str) -> Table:
    return Table("t", (Column("text"), Column("n", "number")), tuple((text, 1) for text in texts))


def workbook(content: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return sheet


def test_columns_of_chinese_and_latin_text_align_by_display_cells() -> None:
    _title, _empty, head, rule, *rows = as_text(TABLE).splitlines()
    starts = [cells(head[: head.index(label)]) for label in ("姓名", "学科")]
    assert starts == [0, rule.index(" -") + 1]
    for row, subject in zip(rows, ["语文", "Ｅnglish", "a|b"], strict=False):
        assert cells(row[: row.index(subject)]) == starts[1]


def test_numbers_and_shares_stand_at_the_right_of_their_columns() -> None:
    lines = as_text(TABLE).splitlines()
    texts = ("96.7%", "100.0%")
    ends = {cells(line[: line.index(text) + len(text)]) for line in lines for text in texts if text in line}
    assert len(ends) == 1


def test_text_from_the_data_cannot_steer_a_terminal() -> None:
    assert "\x1b" not in as_text(table_of("a\x1b[31mb"))


def test_a_long_text_goes_on_below_itself() -> None:
    text = as_text(table_of("很长的主题" * 20))
    assert max(map(cells, text.splitlines())) < 50
    assert text.replace("\n", "").replace(" ", "").count("很长的主题") >= 18


def test_markdown_has_one_line_for_each_row_and_nothing_of_the_data_is_markup() -> None:
    lines = as_markdown(TABLE).splitlines()
    rows = [line for line in lines if line.startswith("| ")]
    assert len(rows) == 2 + len(TABLE.rows)
    assert r"a\|b\*c\*<br>\- \<b\>" in rows[-1]


def test_markdown_does_not_take_a_number_at_the_start_for_a_list() -> None:
    text = as_markdown(Report("R", (), (Section("S", ("1. first", "96.7% came")),), date(2026, 1, 1)))
    assert "1\\. first" in text
    assert "\n96.7% came" in text


def test_csv_begins_with_the_mark_that_spreadsheets_need_and_has_their_line_ends() -> None:
    content = render(TABLE, "csv")
    assert content.startswith(b"\xef\xbb\xbf\xe5\xa7\x93\xe5\x90\x8d,")
    assert content.count(b"\r\n") == 4
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[1] == ["买买提·吐尔逊", "语文", "96.7%", "3", "2026-09-09"]
    assert rows[3] == ["王伟", "a|b*c*\n- <b>", "100.0%", "-3", "2026-09-10"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_begins_like_a_formula(text: str) -> None:
    cell = next(csv.reader(io.StringIO(as_csv(table_of(text)).split("\r\n", 1)[1], newline="")))[0]
    assert cell.startswith("'")
    assert restored(cell).strip() == text.strip()


@pytest.mark.parametrize("text", ["-3", "-2.5%", "-", "—", "a=b", "迟", "'quoted'", "√", ""])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert neutral(text) == text == restored(text)


@given(st.text(alphabet="'=+-@ a1\t\r\n＝－%", max_size=8))
def test_what_was_neutralised_is_harmless_and_can_be_restored(text: str) -> None:
    assert restored(neutral(text)) == text
    if dangerous(text):
        assert neutral(text).startswith("'")


@pytest.mark.parametrize("text", [*FORMULAS, "#N/A", "TRUE", "2026-09-09", "007"])
def test_a_workbook_never_computes_text(text: str) -> None:
    cell = workbook(render(table_of(text), "xlsx")).cell(2, 1)
    assert cell.data_type == "s"
    assert str(cell.value).strip() == text.strip()
    assert bool(cell.quotePrefix) == (text in FORMULAS)


def test_a_workbook_holds_numbers_shares_and_dates_as_such() -> None:
    sheet = workbook(render(TABLE, "xlsx"))
    rate, pieces, day = (sheet.cell(2, column) for column in (3, 4, 5))
    assert (rate.value, rate.number_format) == (0.967, "0.0%")
    assert pieces.value == 3
    assert day.value == datetime(2026, 9, 9)


def test_a_share_is_never_rounded_to_all_or_nothing() -> None:
    assert [percent(value) for value in (0.99996, 1.0, 0.00001, 0.0, None)] == ["99.9%", "100.0%", "0.1%", "0.0%", ""]


def test_a_workbook_is_ready_for_a4_with_its_head_on_every_page() -> None:
    sheet = workbook(render(TABLE, "xlsx"))
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (9, 1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.freeze_panes == "A2"
    assert sheet.cell(1, 1).border.left.style == "thin"


def test_columns_are_as_wide_as_their_text_takes_cells() -> None:
    sheet = workbook(render(TABLE, "xlsx"))
    assert sheet.column_dimensions["A"].width > cells("买买提·吐尔逊")


def test_the_same_table_makes_the_same_bytes_whenever_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    first = render(TABLE, "xlsx")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    assert render(TABLE, "xlsx") == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "2026-09-10T00:00:00Z" in archive.read("docProps/core.xml").decode()


def test_sheets_get_titles_that_spreadsheets_accept() -> None:
    tables = tuple(Table(title, TABLE.columns, TABLE.rows) for title in ("a/b:c", "长" * 40, "长" * 40, "A/B:C", ""))
    report = Report("R", (), (Section("S", ("文",), tables),), date(2026, 1, 1), ("签名",), ("注",))
    titles = openpyxl.load_workbook(io.BytesIO(render(report, "xlsx"))).sheetnames
    assert len({title.casefold() for title in titles}) == 6
    assert all(0 < len(title) <= 31 and not set("[]:*?/\\") & set(title) for title in titles)


def test_json_is_an_array_of_objects_under_the_columns_names() -> None:
    rows = json.loads(render(TABLE, "json"))
    assert rows[0] == {
        "name": "买买提·吐尔逊", "subject": "语文", "rate": 0.9667, "pieces": 3, "day": "2026-09-09"
    }  # fmt: skip
    assert rows[1]["rate"] is None


def test_a_report_has_head_sentences_tables_and_signatures_in_every_format() -> None:
    section = Section("一", ("一句话。",), (TABLE,))
    report = Report("总结", (("学校", "青石桥小学"),), (section,), date(2026, 1, 1), ("组长：",))
    for content in (as_text(report), as_markdown(report), as_csv(report), as_json(report)):
        assert [word for word in ("总结", "青石桥小学", "一句话。", "买买提·吐尔逊") if word not in content] == []
    assert "组长：" in as_text(report)


def test_an_unknown_format_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(Refused, match="text, md, csv, xlsx, json"):
        render(TABLE, "pdf")  # type: ignore[arg-type] # what a user may type


def wide(rows: int = 3) -> Table:
    heads = (
        "Expected",
        "Attended",
        "Left early",
        "听课记录",
        "Absent",
        "Lesson observations",
        "Words",
        "Owed",
        "Exempt",
    )
    numbers = tuple(Column(head, "number", head) for head in (*heads, "a", "b"))
    return Table(
        "wide",
        (Column("No.", "number"), Column("Name"), *numbers),
        tuple((number, "买买提·吐尔逊", 10, 9, 1, 2, 0, 3, 812, number, 0, 1, 2) for number in range(rows)),
        notes=("last",),
    )


def test_a_table_too_wide_for_a_page_of_text_comes_in_parts_that_fit_and_name_their_rows() -> None:
    text = as_text(wide())
    assert max(map(cells, text.splitlines())) <= 78
    assert text.count("买买提·吐尔逊") == 6
    assert "812" in text


def test_columns_of_nothing_but_noughts_are_left_out_of_a_wide_table_and_named() -> None:
    text = as_text(wide())
    assert "left out: Absent, Exempt." in text
    narrow = as_text(Table("narrow", wide().columns[:7], tuple(row[:7] for row in wide().rows)))
    assert "Absent" in narrow
    assert "left out" not in narrow


def test_long_heads_are_broken_between_words_or_chinese_characters_only() -> None:
    text = as_text(wide())
    assert "Expected" in text
    assert "observations" in text
    assert "听课记录" not in text
    assert "听课" in text


def test_labels_of_a_reports_head_align() -> None:
    report = Report("t", (("学校", "春风小学"), ("统计依据", "台账")), (), date(2026, 11, 20))
    first, second = as_text(report).splitlines()[3:5]
    assert cells(first[: first.index("春")]) == cells(second[: second.index("台")])
