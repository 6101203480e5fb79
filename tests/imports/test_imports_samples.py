"""The sample rosters that come with the program show what the importer copes with, and it does."""

from __future__ import annotations

from coordinator_tui.book.shipped import shipped
from coordinator_tui.domain.vocabulary import Level, Role
from coordinator_tui.imports.roster import read_roster


def test_the_messy_csv_of_a_school() -> None:
    reading = read_roster(shipped("data/samples/roster-gbk.csv"))
    by_name = {(row.name, row.label): row for row in reading.rows}

    assert (reading.encoding, reading.header_row, len(reading.rows)) == ("gb18030", 3, 21)
    assert [(bad.row, bad.column, bad.value) for bad in reading.refusals] == [(7, "出生年月", "1985.1")]
    assert [(each.kind, each.name, each.rows) for each in reading.questions] == [("namesakes", "王伟", (11, 12))]
    assert by_name["龙䶮", None].groups == (("英语组", Role.LEADER),)
    assert by_name["周明哲", None].birth == "1985-10-01"
    assert by_name["买买提．吐尔逊", None].key == "买买提·吐尔逊"
    assert by_name["孙一诺", None].joined_school == "2018-09"
    assert by_name["王伟", "数"].level is Level.BACKBONE_CITY
    assert by_name["刘子墨", None].concurrent
    assert by_name["赵思睿", None].phone == "13900000006"
    assert any("rows 21 cannot be read" in str(note) for note in reading.notes)


def test_the_workbook_with_a_merged_title_and_two_header_lines() -> None:
    reading = read_roster(shipped("data/samples/roster-merged.xlsx"))
    by_key = {(row.key, row.subject): row for row in reading.rows}

    assert (reading.sheet, reading.header_row, len(reading.rows)) == ("教师花名册", 4, 30)
    assert reading.refusals == ()
    assert "999999" not in repr(reading)
    assert by_key["张敏", "语文"].birth == "1985-03"
    # Typed as the number 1985.10; the identity number of the row settles the month.
    assert by_key["陈嘉禾", "语文"].birth == "1985-10"
    assert by_key["陈嘉禾", "语文"].level is Level.BACKBONE_SCHOOL
    assert by_key["买买提·吐尔逊", "数学"].groups == (("数学教研组", Role.MEMBER),)
    assert by_key["王伟", "数学"].groups == (("数学教研组", Role.LEADER),)
    assert ("王𬭎", "体育") in by_key
    assert [(each.kind, each.name) for each in reading.questions] == [("namesakes", "王伟")]
