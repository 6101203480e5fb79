"""The printed attendance sheet, and the empty one for calling a roll on paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import openpyxl
import pytest

from coordinator_tui.book.errors import NoSuchThing, Refused
from coordinator_tui.book.legends import legends
from coordinator_tui.book.members import add_member, edit_membership, memberships_of
from coordinator_tui.book.roll import RollCall
from coordinator_tui.book.schedule import add_session
from coordinator_tui.domain.attendance import Tally, tally
from coordinator_tui.domain.legends import DEFAULT
from coordinator_tui.domain.records import Session
from coordinator_tui.domain.vocabulary import Mark
from coordinator_tui.exports.call_sheet import call_sheet
from coordinator_tui.exports.roll_matrix import RollCell, RollMatrix, RollPerson, Unbalanced, roll_matrix
from coordinator_tui.exports.roll_sheet import matrix_sheet, roll_sheet

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from coordinator_tui.book.book import Book

Golden = Callable[[str, bytes], None]
Ids = dict[str, int]


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def only_sheet(content: bytes) -> Worksheet:
    (sheet,) = opened(content).worksheets
    return sheet


def texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def row_of(sheet: Worksheet, name: str) -> list[object]:
    return next([cell.value for cell in row] for row in sheet.iter_rows() if row[1].value == name)


def made_up(sessions: int, people: int) -> RollMatrix:
    """A matrix in which everybody is present everywhere."""
    days = tuple(
        Session(id=number, group=1, date=date(2026, 9, 2) + timedelta(days=number)) for number in range(sessions)
    )
    rows = tuple(RollPerson(number + 1, 100 + number, f"教师{number}", "语文") for number in range(people))
    cells = {(day.id, row.member): RollCell(Mark.PRESENT) for day in days for row in rows}
    one = tally({row.member: Mark.PRESENT for row in rows}, [row.member for row in rows])
    return RollMatrix(
        "青石桥小学", "语文教研组", "2026-2027-1", days[0].date, days[-1].date, days, tuple(range(sessions)), rows,
        cells, (one,) * sessions, (), (),
    )  # fmt: skip


def test_the_sheet_is_the_same_to_the_byte(book: Book, term: Ids, lang: str, golden: Golden) -> None:
    content = roll_sheet(book)
    assert content == roll_sheet(book)
    golden(f"roll-{lang}.xlsx", content)


def test_the_paper_sheet_is_the_same_to_the_byte(book: Book, term: Ids, lang: str, golden: Golden) -> None:
    golden(f"call-{lang}.xlsx", call_sheet(book, term["next"]))


def test_each_row_adds_up_to_the_sessions_at_which_the_member_was_expected(book: Book, term: Ids) -> None:
    sheet = only_sheet(roll_sheet(book))
    for name, expected in (("周若溪", 5), ("宁䶮", 4), ("钱慕白", 2)):
        first, *marks = [value or 0 for value in row_of(sheet, name)[8:19]]
        assert first == expected == sum(int(str(value)) for value in marks)


def test_cells_show_the_legends_signs_with_minutes_and_late_entries(book: Book, term: Ids) -> None:
    sheet = only_sheet(roll_sheet(book))
    assert row_of(sheet, "王伟(语文)")[3:8] == ["迟10", "√†", "免", None, None]
    assert row_of(sheet, "周若溪")[3:8] == ["√", "病†", "√", None, None]
    assert "Late entry: 9/23" in row_of(sheet, "周若溪")


def test_a_copy_for_outside_shows_neither_minutes_nor_late_entries(book: Book, term: Ids) -> None:
    sheet = only_sheet(roll_sheet(book, internal=False))
    assert row_of(sheet, "王伟(语文)")[3:6] == ["迟", "√", "免"]
    assert not [text for text in texts(sheet) if "ate entry" in text or "†" in text]


def test_days_on_which_somebody_was_no_member_are_grey_and_empty(book: Book, term: Ids) -> None:
    sheet = only_sheet(roll_sheet(book))
    row = next(row for row in sheet.iter_rows() if row[1].value == "宁䶮")
    assert row[3].value is None
    assert row[3].fill.fill_type == "solid"
    assert row[6].value is None
    assert row[6].fill.fill_type is None


@pytest.mark.parametrize("name", sorted(legends()))
def test_every_legend_can_be_chosen_and_stands_on_the_sheet(book: Book, term: Ids, name: str) -> None:
    glyphs = legends()[name].glyphs
    sheet = only_sheet(roll_sheet(book, legend=name, internal=False))
    assert row_of(sheet, "王伟(语文)")[3] == glyphs[Mark.LATE]
    (line,) = (text for text in texts(sheet) if text.startswith("Legend:"))
    assert all(f"{glyph} " in line for glyph in glyphs.values())
    assert sheet.print_title_rows == "$1:$6"


def test_the_books_own_legend_is_meant_unless_another_is_named(book: Book, term: Ids) -> None:
    book.settings.set("legend", "english")
    assert row_of(only_sheet(roll_sheet(book)), "王伟(语文)")[3] == "L10"
    with pytest.raises(NoSuchThing, match="english"):
        roll_sheet(book, legend="runes")


def test_a_sheet_that_does_not_add_up_is_refused() -> None:
    matrix = made_up(3, 4)
    lost = {place: cell for place, cell in matrix.cells.items() if place != (1, 102)}
    with pytest.raises(Unbalanced, match="2026-09-03 does not add up: 4 expected, 3 counted") as refusal:
        matrix_sheet(replace(matrix, cells=lost), DEFAULT)
    assert refusal.value.exit_code == 3
    wrong = Tally(5, matrix.tallies[0].counts)
    with pytest.raises(Unbalanced):
        replace(matrix, tallies=(wrong, *matrix.tallies[1:])).check()


def test_who_is_marked_but_not_expected_is_named_and_counted_nowhere(book: Book, term: Ids) -> None:
    (membership,) = memberships_of(book, term["wang2"])
    edit_membership(book, membership.id, start=date(2026, 10, 1))
    matrix = roll_matrix(book)
    assert matrix.tallies[0].expected == 4
    assert {(session.date, name) for session, name, _mark in matrix.extra} == {
        (date(2026, 9, 9), "王伟(书法)"),
        (date(2026, 9, 23), "王伟(书法)"),
    }
    assert [text for text in texts(only_sheet(roll_sheet(book))) if "9/23 王伟(书法) Absent" in text]


def test_sessions_to_come_and_cancelled_ones_have_no_column(book: Book, term: Ids) -> None:
    sheet = only_sheet(roll_sheet(book))
    assert [sheet.cell(5, column).value for column in range(4, 9)] == ["9/9", "9/23", "10/14", "10/28", "11/11"]
    assert [sheet.cell(6, column).value for column in range(4, 9)] == ["Wed"] * 5
    assert [text for text in texts(sheet) if "Cancelled, counted for nobody: 10/7" in text]


def test_a_roll_that_nobody_took_does_not_say_that_nobody_came(book: Book, term: Ids) -> None:
    sheet = only_sheet(roll_sheet(book))
    attended = next([cell.value for cell in row] for row in sheet.iter_rows() if row[0].value == "Attended")
    assert attended[3:8] == [5, 4, 2, "–", "–"]


def test_a_part_of_the_term_can_be_printed(book: Book, term: Ids) -> None:
    sheet = only_sheet(roll_sheet(book, since=date(2026, 9, 15), until=date(2026, 9, 30)))
    assert sheet.cell(5, 4).value == "9/23"
    assert "Period: 2026-09-15 to 2026-09-30" in str(sheet.cell(2, 1).value)


def test_a_time_without_sessions_has_no_sheet(book: Book, term: Ids) -> None:
    with pytest.raises(Refused, match="no session from 2026-12-01"):
        roll_sheet(book, since=date(2026, 12, 1))


def test_leave_may_be_added_up_by_days_and_late_stays_by_times(book: Book) -> None:
    late = add_member(book, "周若溪", group=book.group.id).id
    away = add_member(book, "宁䶮", group=book.group.id).id
    for start in ("08:00", "14:00"):
        call = RollCall(book, add_session(book, date=date(2026, 9, 9), start=start).id)
        call.mark(late, Mark.LATE)
        call.mark(away, Mark.SICK)
    matrix = roll_matrix(book)
    assert matrix.totals(away)["sick"] == 2
    assert matrix.totals(away, "day")["sick"] == 1
    assert matrix.totals(late, "day")["late"] == 2
    sheet = only_sheet(roll_sheet(book, unit="day"))
    assert "Sick (days)" in texts(sheet)
    assert "Late" in texts(sheet)


def test_many_sessions_go_onto_several_sheets_with_the_sums_on_the_last() -> None:
    book = opened(matrix_sheet(made_up(45, 3), DEFAULT))
    assert book.sheetnames == ["Attendance 1", "Attendance 2", "Attendance 3"]
    first, last = book.worksheets[0], book.worksheets[-1]
    assert "Expected" not in [cell.value for cell in first[4]]
    assert "Sheet 1 of 3" in str(first.cell(2, 1).value)
    assert [value for value in row_of(last, "教师0") if isinstance(value, int)] == [1, 45, 45]


def test_every_sheet_is_a4_across_one_page_wide_with_head_and_legend_repeated() -> None:
    for sheet in opened(matrix_sheet(made_up(45, 80), DEFAULT)).worksheets:
        setup = sheet.page_setup
        assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 0)
        assert sheet.print_title_rows == "$1:$6"
        assert sheet.freeze_panes == "D7"
        assert [text for text in texts(sheet) if text.startswith("Made by:") and "Checked by:" in text]


def test_the_paper_sheet_has_the_numbers_of_the_roll_and_leave_that_is_known(book: Book, term: Ids) -> None:
    sheet = only_sheet(call_sheet(book, term["next"]))
    rows = RollCall(book, term["next"]).rows
    printed = [(row[0].value, row[1].value, row[4].value) for row in sheet.iter_rows(min_row=7, max_row=6 + len(rows))]
    assert [(number, name) for number, name, _note in printed] == [(row.number, row.name) for row in rows]
    assert {name: note for _number, name, note in printed if note} == {"周若溪": "Official leave"}
    assert [text for text in texts(sheet) if "期末准备" in text]


def test_many_people_stand_in_two_columns_on_paper(book: Book) -> None:
    for number in range(50):
        add_member(book, f"教师{number:02}", group=book.group.id)
    session = add_session(book, date=date(2026, 9, 9))
    sheet = only_sheet(call_sheet(book, session.id))
    assert sheet.cell(7, 1).value == 1
    assert sheet.cell(7, 7).value == 26
    assert sheet.cell(31, 7).value == 50


def test_a_session_at_which_nobody_is_expected_has_no_paper_sheet(book: Book) -> None:
    session = add_session(book, date=date(2026, 9, 9))
    with pytest.raises(Refused, match="Nobody is expected on 2026-09-09"):
        call_sheet(book, session.id)
