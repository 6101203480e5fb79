"""Files in and out: the book itself, imports, summaries, sheets, copies."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli_program import ROSTER

if TYPE_CHECKING:
    from cli_program import Program

MESSY = (
    "春风小学教师花名册\n序号,姓名,性别,出生年月,任教学科\n1,孙 一,女,1985.03,英语\n2,周二,男,1979-11,数学\n"
    "3,吴三,男,1985.1,体育\n合计,3,,,\n"
)


def test_demo_is_made_once_and_printed(program: Program) -> None:
    first, second = program.good("demo", "--no-open"), program.good("demo", "--no-open")
    assert first.out == second.out
    assert first.out.strip().endswith("demo.coord")
    assert len(program.good("members", "list", "--json").json) > 25
    assert program("demo", first.out.strip(), "--no-open").code == 6


def test_init_makes_a_book_with_group_term_and_holidays(program: Program) -> None:
    answer = program.good("init", "数学组", "--school", "春风小学", "--group", "数学教研组", "--term", "2026-2027-1")
    assert answer.out == "数学组.coord\n"
    info = program.good("info", "--json").json
    assert {"book", "store", "replica", "documents", "lines", "digest", "version"} <= set(info)
    assert info["school"] == "春风小学"
    assert program.good("schedule", "days", "--json").json
    assert program("init", "数学组", "--school", "", "--group", "x").code == 6
    assert program("init", "other").code == 2
    assert program("init", "other", "--school", "", "--group", "x", "--term", "one").code == 3
    assert not (program.folder / "other.coord").exists()


def test_import_of_a_messy_gbk_roster_has_the_promised_shape(school: Program) -> None:
    file = school.folder / "花名册.csv"
    file.write_bytes(MESSY.encode("gb18030"))
    refused = school("import", "members", str(file), "--json")
    assert refused.code == 3
    assert refused.json["file"] == "花名册.csv"
    assert (refused.json["encoding"], refused.json["header_row"], refused.json["written"]) == ("gb18030", 2, False)
    assert refused.json["refused"][0].items() >= {"row": 5, "column": "出生年月", "value": "1985.1"}.items()
    assert "--only-good" in refused.err
    assert len(school.good("members", "list", "--json").json) == 5
    counts = school.good("import", "members", str(file), "--only-good", "--json").json
    assert (counts["added"], counts["updated"], counts["unchanged"]) == (2, 0, 0)
    again = school.good("import", "members", str(file), "--only-good", "--json").json
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 2)
    school.good("undo")
    assert len(school.good("members", "list", "--json").json) == 5


def test_dry_run_shows_old_and_new_and_writes_nothing(school: Program) -> None:
    file = school.folder / "roster.csv"
    file.write_text(ROSTER.replace("1985-03,英语", "1985-03,美术"), encoding="utf-8")
    answer = school.good("import", "members", str(file), "--dry-run", "--json")
    assert "英语 → 美术" in answer.err
    assert (answer.json["updated"], answer.json["written"]) == (1, False)
    assert "美术" not in school.good("members", "list").out


def test_doubtful_row_is_asked_about_and_decided_on_the_command_line(school: Program) -> None:
    file = school.folder / "more.csv"
    file.write_text("姓名,性别\n王伟,男\n", encoding="utf-8")
    asked = school("import", "members", str(file), "--json")
    assert asked.code == 5
    assert asked.json["questions"][0]["row"] == 2
    assert "--decide 2=" in asked.err
    assert len(school.good("members", "list", "--json").json) == 5
    assert school("import", "members", str(file), "--decide", "2=perhaps").code == 5
    assert school.good("import", "members", str(file), "--decide", "2=skip", "--json").json["added"] == 0
    assert school.good("import", "members", str(file), "--decide", "2=1", "--json").json["unchanged"] == 1
    assert school.good("import", "members", str(file), "--decide", "2=new", "--json").json["added"] == 1


def test_import_reads_standard_input_and_mapped_columns(school: Program) -> None:
    text = "谁,教什么\n郑九,历史\n".encode()
    answer = school.process(
        *school.arguments("import", "members", "-", "--map", "name=谁", "--map", "subject=教什么", "--json"), stdin=text
    )
    assert json.loads(answer.out)["added"] == 1
    assert school("import", "members", "-", "--map", "nonsense").code == 2


@pytest.mark.parametrize(("name", "content", "code"), [("x.csv", b"", 3), ("x.pdf", b"%PDF-1.4", 3), (None, b"", 4)])
def test_file_that_cannot_be_understood_writes_nothing(
    school: Program, name: str | None, content: bytes, code: int
) -> None:
    if name:
        (school.folder / name).write_bytes(content)
    lines = school.good("info", "--json").json["lines"]
    answer = school("import", "members", name or "nowhere.csv")
    assert answer.code == code
    assert answer.err.count("\n") == 1
    assert school.good("info", "--json").json["lines"] == lines


def test_marks_come_in_from_a_sign_in_sheet(school: Program) -> None:
    (school.folder / "签到.csv").write_text(
        "姓名,考勤\n张三,迟到10分钟\n李四,病假\n赵小云,√\n钱八,√\n", encoding="utf-8"
    )
    refused = school("import", "marks", "签到.csv", "--session", "today", "--json")
    assert refused.code == 3
    assert refused.json["refused"][0]["value"] == "钱八"
    school.good("import", "marks", "签到.csv", "--only-good")
    counts = school.good("roll", "--json").json["counts"]
    assert (counts["late"], counts["sick"], counts["present"], counts["not_taken"]) == (1, 1, 1, 2)
    again = school.good("import", "marks", "签到.csv", "--only-good", "--json").json
    assert (again["added"], again["unchanged"]) == (0, 3)


def test_marks_of_a_shared_name_are_asked_about(school: Program) -> None:
    (school.folder / "签到.csv").write_text("姓名,考勤\n王伟,√\n", encoding="utf-8")
    assert school("import", "marks", "签到.csv").code == 5
    school.good("import", "marks", "签到.csv", "--decide", "2=1")
    assert school.good("roll", "--json").json["counts"]["present"] == 1


def test_work_comes_in_once(school: Program) -> None:
    (school.folder / "笔记.csv").write_text(
        "姓名,题目,日期,字数,等级\n张三,读后感,2026-11-02,812,A\n李四,读后感,2026-11-03,约500字,\n", encoding="utf-8"
    )
    assert school.good("import", "work", "笔记.csv", "--kind", "reading_note", "--json").json["added"] == 2
    works = {work["name"]: work for work in school.good("work", "list", "--json").json}
    assert (works["张三"]["grade"], works["张三"]["status"], works["张三"]["words"]) == ("A", "checked", 812)
    assert (works["李四"]["words"], works["李四"]["status"]) == (500, "handed_in")
    again = school.good("import", "work", "笔记.csv", "--kind", "reading_note", "--json").json
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 2)


def test_sessions_come_in_once_and_are_updated(school: Program) -> None:
    (school.folder / "安排.csv").write_text(
        "日期,时间,主题,主讲人\n2026-11-27,15:30-17:00,作业设计,张三\n2026-12-02,15:30,听课,李四\n", encoding="utf-8"
    )
    counts = school.good("import", "sessions", "安排.csv", "--json").json
    assert (counts["added"], counts["updated"]) == (1, 1)
    assert school.good("schedule", "show", "2026-11-27", "--json").json["topic"] == "作业设计"
    assert school.good("import", "sessions", "安排.csv", "--json").json["unchanged"] == 2


def test_summary_has_the_promised_shape(demo: Program) -> None:
    value = demo.good("summary", "--json").json
    assert {"term", "group", "sessions", "attendance", "work", "members"} <= set(value)
    assert {"planned", "held", "cancelled"} <= set(value["sessions"])
    attendance = value["attendance"]
    assert attendance["expected"] == sum(attendance["counts"].values())
    assert {"pieces", "words", "members"} <= set(value["work"]["reading_note"])
    assert {"member", "name", "attendance", "work", "score"} <= set(value["members"][0])


def test_summary_in_every_format(demo: Program) -> None:
    assert demo.good("summary").out
    assert demo.good("summary", "-f", "md").out.startswith("# ")
    demo.good("summary", "-o", "s.csv")
    assert (demo.folder / "s.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    demo.good("summary", "-o", "学期总结.xlsx")
    assert (demo.folder / "学期总结.xlsx").read_bytes().startswith(b"PK")
    refused = demo("summary", "-o", "学期总结.xlsx")
    assert refused.code == 3
    assert "--force" in refused.err
    demo.good("summary", "-o", "学期总结.xlsx", "--force")
    name = demo.good("members", "list", "--json").json[0]["name"]
    assert name in demo.good("summary", "--member", name).out
    assert demo("summary", "-f", "pdf").code == 2
    assert demo("summary", "-o", "nowhere/s.csv").code == 4


def test_sheets_and_lists_are_written(demo: Program) -> None:
    demo.good("export", "roll", "-o", "考勤表.xlsx")
    demo.good("export", "call-sheet", "next", "-o", "点名表.xlsx")
    assert (demo.folder / "考勤表.xlsx").stat().st_size > 5000
    assert (demo.folder / "点名表.xlsx").read_bytes().startswith(b"PK")
    assert demo("export", "roll", "-o", "x.xlsx", "--legend", "none such").code == 4
    for what in ("members", "sessions", "attendance", "work", "assignments", "readings"):
        demo.good("export", what, "-o", f"{what}.csv")
        rows = list(csv.reader(io.StringIO((demo.folder / f"{what}.csv").read_text(encoding="utf-8-sig"))))
        assert len(rows) > 1
        assert json.loads(demo.good("export", what, "-f", "json", "-o", "-").out)


def test_exported_members_can_be_imported_into_another_book(demo: Program) -> None:
    demo.good("export", "members", "-o", "members.csv")
    count = len(demo.good("members", "list", "--json").json)
    demo.good("init", "next", "--school", "", "--group", "G", "--term", "2026-2027-1")
    demo.book = demo.folder / "next.coord"
    assert demo.good("import", "members", "members.csv", "--json").json["added"] == count


def test_backup_and_restore_make_the_same_book(demo: Program) -> None:
    digest = demo.good("info", "--json").json["digest"]
    written = demo.good("backup", "-o", "copy.zip").out.strip()
    assert demo("backup", "-o", "copy.zip").code == 3
    demo.good("backup", "-o", "copy.zip", "--force")
    restored = demo.good("restore", written, "again").out.strip()
    assert demo("restore", written, "again").code != 0
    demo.book = demo.folder / restored
    assert demo.good("info", "--json").json["digest"] == digest
    assert demo("restore", "lost.zip", "third").code in {4, 6}


def test_compacting_changes_nothing(demo: Program) -> None:
    digest = demo.good("info", "--json").json["digest"]
    demo.good("compact")
    assert demo.good("info", "--json").json["digest"] == digest


def test_a_book_that_may_only_be_read_can_be_copied(school: Program) -> None:
    assert school.book is not None
    manifest = school.book / "store.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"format":1', '"format":9'), encoding="utf-8")
    school.good("backup", "-o", "copy.zip")
    school.good("restore", "copy.zip", "again")


def test_what_is_no_copy_of_a_book_is_refused_and_says_why(program: Program) -> None:
    (program.folder / "half.zip").write_bytes(b"PK\x03\x04 and no more")
    assert program("restore", "half.zip", "new").code == 3
    assert program("restore", "nowhere.zip", "new").code == 4
    assert not (program.folder / "new.coord").exists()


def test_a_backup_is_refused_where_there_is_no_folder(school: Program) -> None:
    answer = school("backup", "-o", "nowhere/copy.zip")
    assert answer.code == 3
    assert "nowhere" in answer.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is full")
def test_reasons_of_the_system_are_translated(school: Program) -> None:
    school.lang = "zh"
    answer = school("summary", "-f", "csv", "-o", "/dev/full")
    assert answer.code == 3
    assert "磁盘空间不足" in answer.err


def test_a_file_of_far_too_many_rows_is_refused_at_once(school: Program) -> None:
    (school.folder / "junk.csv").write_bytes(b"abc,def\n" * 250_000)
    answer = school("import", "members", "junk.csv")
    assert answer.code == 3
    assert "250000 rows" in answer.err


def test_a_table_of_empty_cells_is_empty(school: Program) -> None:
    (school.folder / "blank.csv").write_text(" , ,\n, ,\n", encoding="utf-8")
    answer = school("import", "members", "blank.csv")
    assert answer.code == 3
    assert "is empty" in answer.err


def test_a_refused_value_is_shown_short_and_only_where_there_is_one(school: Program) -> None:
    (school.folder / "odd.csv").write_text(f"姓名,学科\n{'长' * 300},英语\n,数学\n", encoding="utf-8")
    told = school("import", "members", "odd.csv", "--dry-run").err
    assert max(map(len, told.splitlines())) < 160
    assert "…" in told
    assert "“”" not in told


def test_pasted_names_have_no_row_of_labels(school: Program) -> None:
    (school.folder / "names.txt").write_text("1. 孙一\n2. 周二\n", encoding="utf-8")
    told = school.good("import", "members", "names.txt", "--dry-run").err
    assert "no labels" in told
    assert "row 0" not in told


def test_a_dry_run_says_which_decisions_will_be_needed_and_what_the_answers_mean(school: Program) -> None:
    (school.folder / "twins.csv").write_text("姓名,学科\n张敏,语文\n张敏,数学\n张敏,\n", encoding="utf-8")
    told = school.good("import", "members", "twins.csv", "--dry-run").err
    assert "--decide 4=" in told
    assert "new: another person" in told
    assert school("import", "members", "twins.csv").code == 5
