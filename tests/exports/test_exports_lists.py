"""Lists of the book as files that the program's own import reads back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.book.errors import Refused
from coordinator_tui.book.groups import add_group
from coordinator_tui.book.import_members import plan_import
from coordinator_tui.book.members import edit_member, join_group, member_rows
from coordinator_tui.domain.vocabulary import Level, Mark, WorkKind
from coordinator_tui.exports.lists import LISTS, list_file, list_table
from coordinator_tui.exports.names import call_sheet_name, list_name, roll_sheet_name, summary_name
from coordinator_tui.imports.marks import read_marks
from coordinator_tui.imports.roster import read_roster
from coordinator_tui.imports.sessions import read_sessions
from coordinator_tui.imports.work import read_work

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.exports.formats import Format
    from coordinator_tui.exports.lists import ListName

Ids = dict[str, int]
Golden = Callable[[str, bytes], None]
FILES: list[Format] = ["csv", "xlsx"]


@pytest.mark.parametrize("what", LISTS)
def test_a_list_is_the_same_to_the_byte(book: Book, term: Ids, lang: str, what: ListName, golden: Golden) -> None:
    content = list_file(book, what, "csv")
    golden(f"{what}-{lang}.csv", content)
    assert list_file(book, what, "xlsx") == list_file(book, what, "xlsx")


@pytest.mark.parametrize("fmt", FILES)
def test_members_that_go_out_and_come_back_change_nothing(book: Book, term: Ids, lang: str, fmt: Format) -> None:
    edit_member(book, term["zhou"], title="高级教师", honours=("县级骨干教师",), level=Level.BACKBONE_COUNTY)
    edit_member(book, term["wang"], title="二级教师", level=Level.NEW, stage="小学", joined_school="2026-08")
    other = add_group(book, "交流工作小组")
    join_group(book, term["zhou"], other.id)
    reading = read_roster(list_file(book, "members", fmt))
    assert [str(refusal.reason) for refusal in reading.refusals] == []
    plan = plan_import(book, reading.rows)
    assert [(update.member.name, update.changes, update.groups) for update in plan.updated] == []
    assert (len(plan.added), len(plan.questions), len(plan.refused)) == (0, 0, 0)
    assert len(plan.unchanged) == len(member_rows(book))


@pytest.mark.parametrize("fmt", FILES)
def test_marks_that_go_out_can_be_read_back(book: Book, term: Ids, lang: str, fmt: Format) -> None:
    rows = read_marks(list_file(book, "attendance", fmt)).rows
    assert len(rows) == 15
    found = {(row.date, row.name, row.label): (row.mark, row.minutes, row.note) for row in rows}
    assert found["2026-09-09", "王伟", "语文"] == (Mark.LATE, 10, None)
    assert found["2026-10-14", "阿依努尔·买合木提", None] == (Mark.PERSONAL, None, "家中有事")
    assert {row.mark for row in rows} >= {Mark.ABSENT, Mark.EXEMPT, Mark.LEFT_EARLY, Mark.SICK, Mark.PRESENT}


@pytest.mark.parametrize("fmt", FILES)
def test_sessions_that_go_out_can_be_read_back(book: Book, term: Ids, lang: str, fmt: Format) -> None:
    rows = read_sessions(list_file(book, "sessions", fmt)).rows
    assert len(rows) == 7
    third = next(row for row in rows if row.date == "2026-10-14")
    assert (third.topic, third.start, third.end, third.speaker) == ("+1 组内研讨", "15:30", "17:00", "周若溪")
    assert third.kind is not None
    assert third.kind.value == "lecture"


@pytest.mark.parametrize("fmt", FILES)
def test_work_that_goes_out_can_be_read_back(book: Book, term: Ids, lang: str, fmt: Format) -> None:
    rows = {row.title: row for row in read_work(list_file(book, "work", fmt)).rows}
    assert rows["@摘记"].words == 650
    checked = rows["读《给教师的建议》"]
    assert (checked.grade, checked.checker, checked.kind, checked.date) == (
        "A", "周若溪", WorkKind.READING_NOTE, "2026-10-20"
    )  # fmt: skip
    assert rows["草船借箭"].kind is WorkKind.OPEN_LESSON


def test_a_role_stands_only_beside_the_groups_in_which_it_is_held(book: Book, term: Ids) -> None:
    other = add_group(book, "交流工作小组")
    join_group(book, term["zhou"], other.id)
    table = list_table(book, "members")
    heads = [column.name for column in table.columns]
    row = dict(zip(heads, next(row for row in table.rows if row[1] == "周若溪"), strict=True))
    assert (row["group"], row["role"], row["further_groups"]) == (
        "语文教研组",
        "Leader",
        "交流工作小组（Group member）",
    )
    own = list_table(book, "members", group=other.id)
    assert [(row[1], row[heads.index("role")]) for row in own.rows] == [("周若溪", "Group member")]


def test_lists_of_one_group_leave_the_others_out(book: Book, term: Ids) -> None:
    other = add_group(book, "交流工作小组")
    for what in ("members", "sessions", "attendance", "assignments"):
        assert list_table(book, what, group=other.id).rows == ()
        assert list_table(book, what, group=book.group.id).rows != ()


@pytest.mark.parametrize("what", LISTS)
def test_json_is_an_array_of_objects(book: Book, term: Ids, what: ListName) -> None:
    rows = json.loads(list_file(book, what, "json"))
    assert rows
    assert all(isinstance(row, dict) for row in rows)


def test_json_of_members_and_attendance_has_codes_and_not_titles(book: Book, term: Ids) -> None:
    members = json.loads(list_file(book, "members", "json"))
    assert {"id", "name", "gender", "birth", "subject", "groups", "role", "active"} <= members[0].keys()
    marks = json.loads(list_file(book, "attendance", "json"))
    assert {row["mark"] for row in marks} >= {"late", "sick", "absent"}


def test_a_list_that_there_is_none_of_is_refused_with_those_that_there_are(book: Book) -> None:
    with pytest.raises(Refused, match="members, sessions"):
        list_file(book, "secrets", "csv")  # type: ignore[arg-type] # what a user may type


def test_files_are_called_after_what_they_hold(book: Book, term: Ids) -> None:
    assert roll_sheet_name(book) == "Attendance sheet-语文教研组-2026-2027-1.xlsx"
    assert summary_name(book, "md", member=term["wang"]) == "Term summary-王伟(语文)-2026-2027-1.md"
    assert call_sheet_name(book, term["next"]) == "Roll-语文教研组-2026-11-25.xlsx"
    assert list_name(book, "members", "csv") == "Member list-青石桥小学.csv"
    assert list_name(book, "work", "xlsx", group=book.group.id) == "Work list-语文教研组-2026-2027-1.xlsx"
