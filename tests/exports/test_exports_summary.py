"""The term summary: the numbers of the book, honest about what they rest on, in every format and both languages."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from coordinator_tui.book.errors import NoSuchThing
from coordinator_tui.book.summary import group_summary
from coordinator_tui.domain.attendance import Tally, no_counts
from coordinator_tui.exports import summary_text
from coordinator_tui.exports.formats import FORMATS
from coordinator_tui.exports.summary import group_report, member_report, summary_file, summary_json

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.exports.formats import Format

Golden = Callable[[str, bytes], None]
Ids = dict[str, int]


@pytest.mark.parametrize("fmt", ["text", "md", "csv", "xlsx"])
def test_the_summary_is_the_same_to_the_byte(book: Book, term: Ids, lang: str, fmt: Format, golden: Golden) -> None:
    content = summary_file(book, fmt)
    assert content == summary_file(book, fmt)
    golden(f"summary-{lang}.{fmt}", content)


@pytest.mark.parametrize("fmt", ["md", "csv"])
def test_a_members_summary_is_the_same_to_the_byte(
    book: Book, term: Ids, lang: str, fmt: Format, golden: Golden
) -> None:
    golden(f"member-{lang}.{fmt}", summary_file(book, fmt, member=term["aynur"]))


def test_json_has_the_shape_that_scripts_rely_on(book: Book, term: Ids) -> None:
    found = json.loads(summary_file(book, "json"))
    assert found == group_summary(book).to_json()
    assert {"term", "group", "sessions", "attendance", "work", "members"} <= found.keys()
    assert found["sessions"]["held"] == 3
    assert found["sessions"]["cancelled"] == 1
    counts = found["attendance"]["counts"]
    assert found["attendance"]["expected"] == sum(counts.values())


def test_a_members_json_has_one_row_and_their_own_numbers(book: Book, term: Ids) -> None:
    found = summary_json(book, member=term["wang"])
    (row,) = found["members"]
    assert row["member"] == term["wang"]
    assert found["attendance"] == row["attendance"]
    assert found["attendance"]["counts"]["late"] == 1
    assert found["work"]["reading_note"]["pieces"] == 1


def test_the_tables_sums_agree_with_each_other(book: Book, term: Ids) -> None:
    tables = {table.title: table for section in group_report(book).sections for table in section.tables}
    marks = {str(row[0]): row[1] for row in tables["Attendance by mark"].rows}
    expected = marks.pop("Expected")
    assert sum(int(str(times)) for times in marks.values()) == expected
    for name in ("Members", "Attendance by form of session", "Sessions"):
        at = [column.header for column in tables[name].columns].index("Expected")
        assert sum(int(str(row[at])) for row in tables[name].rows) == expected, name


def test_every_section_that_schools_expect_is_there_and_problems_are_left_to_the_leader(book: Book, term: Ids) -> None:
    sections = group_report(book).sections
    assert [section.title[:2] for section in sections] == [f"{number}." for number in range(1, 10)]
    for section in sections[7:]:
        assert section.paragraphs
        assert all(set(paragraph) == {"＿"} for paragraph in section.paragraphs)


def test_who_left_and_who_joined_is_said_and_counts_for_their_own_days(book: Book, term: Ids) -> None:
    report = group_report(book)
    assert "Joined during the term: 1; left: 1." in report.sections[0].paragraphs[0]
    expected = {row[1]: row[2] for row in report.sections[0].tables[0].rows}
    assert expected["钱慕白"] == 2
    assert expected["宁䶮"] == 4


def test_an_empty_term_says_so_instead_of_showing_a_rate(book: Book) -> None:
    text = summary_file(book, "text").decode()
    assert "Nobody has been expected so far" in text
    assert "%" not in text


def test_without_any_roll_there_is_no_rate() -> None:
    tally = Tally(3, no_counts() | {"not_taken": 3})
    (sentence,) = summary_text.attendance_sentences(tally, extra=2)
    assert "no attendance rate yet" in sentence
    assert "Not taken 3" in sentence
    assert "not expected: 2" in sentence


def test_scores_have_a_column_only_where_a_rule_gives_them(book: Book, term: Ids) -> None:
    from coordinator_tui.exports.summary_tables import members_table

    summary = group_summary(book)
    assert "Score" not in [column.header for column in members_table(summary).columns]
    scored = replace(summary, members=tuple(replace(row, score=97.5) for row in summary.members))
    table = members_table(scored)
    assert table.columns[-1].header == "Score"
    assert {row[-1] for row in table.rows} == {97.5}


def test_a_member_is_told_session_by_session(book: Book, term: Ids) -> None:
    report = member_report(book, term["aynur"])
    (table,) = report.sections[0].tables
    assert [(row[0], row[3]) for row in table.rows] == [
        (date(2026, 9, 9), "Present"),
        (date(2026, 9, 23), "Present"),
        (date(2026, 10, 14), "Personal leave"),
        (date(2026, 10, 28), "Not taken"),
        (date(2026, 11, 11), "Not taken"),
    ]
    assert [table.title for table in report.sections[1].tables] == ["Still owed"]


def test_a_member_with_leave_and_work_has_tables_of_both(book: Book, term: Ids) -> None:
    report = member_report(book, term["zhou"])
    titles = [table.title for section in report.sections for table in section.tables]
    assert titles == ["Attendance", "Work", "Leave"]


def test_the_workbook_has_the_sentences_first_and_a_sheet_for_each_table(book: Book, term: Ids) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(summary_file(book, "xlsx")))
    assert workbook.sheetnames[:3] == ["语文教研组 term summary", "Members", "Attendance by mark"]
    first = [str(cell.value) for cell in workbook.worksheets[0]["A"]]
    assert "2. Sessions" in first
    assert workbook.worksheets[1].print_title_rows == "$1:$3"


@pytest.mark.parametrize("fmt", FORMATS)
def test_an_unknown_member_is_no_such_thing_in_every_format(book: Book, fmt: Format) -> None:
    with pytest.raises(NoSuchThing):
        summary_file(book, fmt, member=1)
