"""The regulation on the command line: adopted, answered, followed, and proved clause by clause."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from cli_program import Program

SOFFICE = shutil.which("soffice")
MINE = """\
format: 1
id: mine
title: {zh: 本校制度, en: Our regulation}
source: 校务会议通过
applies: 全体教师
version: 1
settings:
  papers:
    title: {zh: 论文篇数, en: Papers}
    why: {zh: 原文没有数字, en: The document gives no number}
    type: number
    least: 0
    most: 9
clauses:
  - id: "1"
    text: {zh: 每月一篇笔记。, en: A note a month.}
    requirements:
      - {id: note, title: {zh: 每月一篇笔记, en: A note a month}, what: {work: [reading_note]}, how_many: 1, per: month}
      - id: papers
        title: {zh: 论文, en: Papers}
        what: {work: [paper]}
        how_many: {at_least: {setting: papers}}
        per: term
  - id: "2"
    text: {zh: 每周三业务学习。, en: Study on Wednesdays.}
    cadences:
      - {id: weekly, title: {zh: 业务学习, en: Study}, kind: professional_study, minutes: 60, hosts: [政教处, 教导处]}
assessments:
  - id: all
    title: {zh: 考核, en: Assessment}
    commend_at_least: 5
    parts:
      - {id: notes, title: {zh: 笔记, en: Notes}, source: requirement, requirement: note, base: 10, per_missing: -2}
"""


@pytest.fixture
def mine(tmp_path: Path) -> str:
    file = tmp_path / "mine.yaml"
    file.write_text(MINE, encoding="utf-8")
    return str(file)


def gap_names(school: Program, *words: str) -> list[str]:
    return [row["name"] for row in school.good("gaps", *words, "--json").json]


def test_a_regulation_is_adopted_answered_and_dropped(school: Program, mine: str) -> None:
    answer = school.good("rules", "adopt", mine)
    assert "papers. Answer with “rules set mine KEY=VALUE”" in answer.err
    listed = {row["id"]: row for row in school.good("rules", "list", "--json").json}
    assert listed["mine"]["state"] == "in_force"
    assert listed["mine"]["open_settings"] == 1
    assert listed["s19"]["state"] == "available"
    assert school("rules", "check").code == 8
    school.good("rules", "set", "本校制度", "papers=2")
    assert "Nothing is open." in school.good("rules", "check").err
    assert school("rules", "drop", "mine").code == 5
    school.good("rules", "drop", "mine", "--yes")
    assert school.good("gaps", "--json").json == []
    school.good("undo")
    assert gap_names(school)


def test_every_shipped_pack_can_be_shown_and_says_where_it_comes_from(school: Program) -> None:
    packs = school.good("rules", "list", "--json").json
    assert {f"s{number:02}" for number in range(1, 26)} <= {row["id"] for row in packs}
    assert sum(row["id"].startswith("scoring-") for row in packs) == 9
    for row in packs:
        shown = school.good("rules", "show", row["id"], "--json").json
        assert shown["source"]
        assert shown["clauses"]


def test_a_pack_is_shown_with_the_rule_in_words(school: Program) -> None:
    out = school.good("rules", "show", "s19").out
    assert (
        "One reading note, essay or reflection a month: each member · Reading note, Reflection, Essay"
        in out.replace("Reading note, Essay, Reflection", "Reading note, Reflection, Essay")
    )
    assert "notes_per_term" in out
    assert school.good("rules", "show", "s19", "--yaml").out.startswith("# S19")


def test_bad_packs_are_refused_in_one_sentence_and_the_book_keeps_its_own(
    school: Program, mine: str, tmp_path: Path
) -> None:
    school.good("rules", "adopt", mine)
    bad = tmp_path / "bad.yaml"
    for wrong, right in (("per: month", "per: mouth"), ("how_many: 1", "how_meny: 1"), ("[paper]", "[papper]")):
        bad.write_text(MINE.replace(wrong, right), encoding="utf-8")
        answer = school("rules", "adopt", str(bad), "--replace")
        assert answer.code == 3
        assert "bad.yaml" in answer.err
        assert "line " in answer.err
        assert len(answer.err.strip().splitlines()) == 1
        assert school("rules", "check", str(bad)).code == 3
    assert school.good("rules", "show", "mine", "--yaml").out == MINE
    assert school("rules", "adopt", mine).code == 3
    assert school("rules", "adopt", "s99").code == 4
    assert school("rules", "set", "mine", "papers=100").code == 3
    assert school("rules", "set", "mine", "nothing=1").code == 4
    assert school("rules", "set", "mine", "papers").code == 2


def test_gaps_say_who_owes_what_until_when_and_why(school: Program, mine: str) -> None:
    school.good("rules", "adopt", mine)
    school.good("work", "add", "张三", "--kind", "reading_note", "--date", "2026-10-12")
    rows = school.good("gaps", "--member", "zs", "--json").json
    assert [(row["requirement"], row["period"], row["needed"], row["done"], row["due"]) for row in rows] == [
        ("mine/1/note", "2026-09", 1, 0, "2026-09-30"),
        ("mine/1/note", "2026-11", 1, 0, "2026-11-30"),
    ]
    assert {"member", "name", "clause"} <= rows[0].keys()
    assert "Needed 1, as the rule says." in school.good("gaps", "-m", "张三", "--why").out
    assert len(school.good("gaps", "-m", "张三", "--overdue", "--json").json) == 1
    assert school("gaps", "--check").code == 8
    everything = school.good("gaps", "-m", "张三", "--all", "-r", "mine/1/note", "--json").json
    assert [row["state"] for row in everything] == ["overdue", "met", "due", "not_yet", "not_yet"]
    assert school("gaps", "-r", "nothing").code == 4


def test_many_gaps_are_gathered_by_requirement_or_by_person(school: Program, mine: str) -> None:
    school.good("rules", "adopt", mine, "--set", "papers=1")
    school.good("work", "add", "张三", "--kind", "reading_note", "--date", "2026-10-12")
    gathered = school.good("gaps", "--by", "requirement")
    assert gathered.err.startswith("19 gaps, 9 overdue.")
    head, note, papers = gathered.out.splitlines()
    assert "Overdue" in head
    assert note.split()[:3] == ["2026-11-30", "14", "9"]
    assert "mine/1" in note
    assert "李四 ×3" in note
    assert "张三 ×2" in note
    assert "×" not in papers
    people = school.good("gaps", "--by", "member").out.splitlines()
    assert len(people) == 6
    assert people[-1].split()[:4] == ["2026-11-30", "3", "1", "张三"]
    assert "A note a month ×2; Papers" in people[-1]
    for other in ("--json", "--why", "--all"):
        assert school("gaps", "--by", "member", other).code == 2


def test_an_explanation_names_the_records_that_count(school: Program, mine: str) -> None:
    school.good("rules", "adopt", mine)
    school.good("work", "add", "张三", "--kind", "reading_note", "--date", "2026-10-12", "--title", "静默")
    assert "Counted: 2026-10-12 Reading note 静默\n" in school.good("gaps", "-m", "张三", "--why", "--all").out
    school.good("work", "add", "张三", "--kind", "reading_note", "--date", "2026-11-02")
    said = school.good("rules", "assess", "-m", "张三").out
    assert "2 of 5 done (2026-11-02 Reading note; 2026-10-12 Reading note 静默)" in said


def test_nobody_is_told_that_nothing_is_owed_while_it_cannot_be_known(school: Program, mine: str) -> None:
    assert "No rule pack is in force yet" in school.good("gaps").err
    school.good("rules", "adopt", mine)
    answer = school.good("gaps")
    assert "1 setting of mine is unanswered, and what hangs on it is not computed" in answer.err
    table = school.good("rules", "ledger").out
    assert "?" in next(line for line in table.splitlines() if line.startswith("1 ") and "Papers" in line)
    line = next(
        line for line in school.good("rules", "ledger", "--json").json if line["requirement"] == "mine/1/papers"
    )
    assert (line["state"], line["needed"]) == ("setting_missing", None)


def test_a_copy_that_cannot_be_read_fails_every_check_and_can_be_mended(
    school: Program, mine: str, tmp_path: Path
) -> None:
    assert school.book
    school.good("rules", "adopt", mine)
    data = school.book / "data.json"  # edits by hand are welcome, and may be wrong
    data.write_text(data.read_text(encoding="utf-8").replace("per: month", "per: mouth"), encoding="utf-8")
    answer = school("gaps", "--check")
    assert (answer.code, "“mine” is left out" in answer.err, "“month”" in answer.err) == (8, True, True)
    assert school("rules", "check").code == 8
    assert school("rules", "show", "mine").code == 3
    assert school("rules", "ledger").code == 3
    mended = tmp_path / "mended.yaml"
    mended.write_text(school.good("rules", "show", "mine", "--yaml").out.replace("mouth", "month"), encoding="utf-8")
    school.good("rules", "adopt", str(mended), "--replace", "--set", "papers=2")
    assert "“mine” is left out" not in school("gaps", "--check").err
    assert school.good("rules", "check").code == 0


def test_an_answer_that_an_edited_copy_does_not_take_is_found_by_the_check(
    school: Program, mine: str, tmp_path: Path
) -> None:
    school.good("rules", "adopt", mine, "--set", "papers=5")
    edited = tmp_path / "edited.yaml"
    edited.write_text(MINE.replace("most: 9", "most: 3"), encoding="utf-8")
    school.good("rules", "adopt", str(edited), "--replace")
    answer = school("rules", "check")
    assert answer.code == 8
    assert "mine: the answer to “papers” does not fit any more" in answer.out
    school.good("rules", "set", "mine", "papers=3")
    assert school("rules", "check").code == 0


def test_tasks_appear_by_themselves_and_can_be_made_assignments(school: Program, mine: str) -> None:
    school.good("rules", "adopt", mine)
    asked = [row for row in school.good("work", "due", "--json").json if row["id"] is None]
    assert [row["requirement"] for row in asked] == [
        "mine/1/note@2026-09",
        "mine/1/note@2026-10",
        "mine/1/note@2026-11",
    ]
    assert school("work", "assign", "--from-rules").code == 5
    made = school.good("work", "assign", "--from-rules", "--yes", "--json").json
    assert len(made) == 3
    assert [row for row in school.good("work", "due", "--json").json if row["id"] is None] == []
    school.good("work", "reassign", str(made[0]["id"]), "--due", "2026-10-08")
    assert "2026-10-08" in school.good("work", "due").out
    school.good("work", "unassign", str(made[0]["id"]), "--yes")
    assert len([row for row in school.good("work", "due", "--json").json if row["id"]]) == 2
    assert school("work", "assign", "没有类别").code == 2


def test_a_clause_plans_its_series(school: Program, mine: str) -> None:
    school.good("rules", "adopt", mine)
    assert school("rules", "plan", "mine", "weekly").code == 3
    assert school("rules", "plan", "mine", "weekly", "--weekday", "3", "--start", "15:30").code == 5
    school.good("rules", "plan", "mine", "2", "--weekday", "3", "--start", "15:30", "--yes")
    planned = [row for row in school.good("schedule", "list", "--json").json if row["kind"] == "professional_study"]
    assert {row["host"] for row in planned} == {"政教处", "教导处"}
    assert planned[0]["end"] == "16:30"


def test_a_series_adopted_in_the_middle_of_a_term_begins_today_unless_told(school: Program, mine: str) -> None:
    school.good("rules", "adopt", mine)
    plan = ("rules", "plan", "mine", "weekly", "--weekday", "3", "--start", "15:30", "--yes")
    assert school.good(*plan).out.splitlines()[0].startswith("2026-11-25 15:30 16:30")
    first = school.good(*plan, "--from", "2026-11-09").out.splitlines()
    assert [line[:10] for line in first] == ["2026-11-11", "2026-11-18"]


def test_the_ledger_comes_in_every_format(school: Program, mine: str, tmp_path: Path) -> None:
    assert school("rules", "ledger").code == 4
    school.good("rules", "adopt", mine)
    school.good("work", "add", "张三", "--kind", "reading_note", "--date", "2026-10-12", "--title", "静默")
    lines = school.good("rules", "ledger", "--json").json
    note = next(line for line in lines if line["requirement"] == "mine/1/note")
    assert (note["clause"], note["done"], len(note["evidence"])) == ("1", 1, 1)
    assert "A note a month" in school.good("rules", "ledger").out
    markdown = school.good("rules", "ledger", "-f", "md").out
    assert "1 record: 2026-10-12 张三 Reading note 静默" in markdown
    book = tmp_path / "落实对照表.xlsx"
    school.good("rules", "ledger", "-o", str(book))
    cells = [cell.value for sheet in load_workbook(book) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("静默" in str(value) for value in cells)
    assert school("rules", "ledger", "-o", str(book)).code == 3
    assert school("rules", "ledger", "--check", "-f", "csv").code == 8


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_opens_the_ledger(school: Program, mine: str, tmp_path: Path) -> None:
    assert SOFFICE
    school.good("rules", "adopt", mine)
    file = tmp_path / "ledger.xlsx"
    school.good("rules", "ledger", "-o", str(file))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(
        [SOFFICE, home, "--headless", "--convert-to", every_sheet, "--outdir", str(tmp_path), str(file)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert any("A note a month" in sheet.read_text(encoding="utf-8") for sheet in tmp_path.glob("ledger*.csv"))


def test_scores_have_reasons_and_only_more_than_attendance_is_commended(school: Program, mine: str) -> None:
    school.good("rules", "adopt", mine)
    scores = {row["name"]: row for row in school.good("rules", "assess", "--json").json}
    assert scores["张三"]["score"] == 6
    assert sum(line["points"] for line in scores["张三"]["lines"]) == 6
    commended = school.good("rules", "assess", "--commend", "--json").json
    assert "张三" in {row["name"] for row in commended}
    school.good("rules", "appeal", "张三", "九月的笔记交过", "--outcome", "已找到")
    assert "Appeal: 2026-11-20 九月的笔记交过 已找到" in school.good("rules", "assess", "-m", "张三").out
    school.good("rules", "adopt", "s19", "--set", "diligence_full=10", "--set", "late_points=-0.5",
                "--set", "left_early_points=0", "--set", "absent_points=-1")  # fmt: skip
    refused = school("rules", "assess", "s19", "--commend")
    assert refused.code == 3
    assert "attendance alone" in refused.err


def test_credit_hours_need_a_pack_that_speaks_of_them(school: Program) -> None:
    assert school("rules", "hours").code == 4
    school.good("rules", "adopt", "hours")
    school.good("trainings", "add", "张三", "新课标", "--hours", "30", "--from", "2026-10-09")
    (row,) = school.good("rules", "hours", "--member", "张三", "--json").json
    assert (row["needed"], row["counted"], row["gap"], row["cycle_needed"]) == (72, 30, 42, 360)
    assert school("rules", "hours", "--check").code == 8


def test_the_template_can_be_adopted_as_it_is(school: Program, tmp_path: Path) -> None:
    file = tmp_path / "本校制度.yaml"
    school.good("rules", "template", "-o", str(file))
    assert school("rules", "template", "-o", str(file)).code == 3
    assert school("rules", "check", str(file)).code == 0
    school.good("rules", "adopt", str(file))


def test_an_upgrade_shows_what_changed_and_overwrites_nothing(school: Program) -> None:
    school.good("rules", "adopt", "s19")
    assert "has not changed" in school.good("rules", "upgrade", "s19").err
