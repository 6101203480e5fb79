"""The week's work: schedule, roll, leave, work, readings; undo, history, conflicts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.text import cells

if TYPE_CHECKING:
    from cli_program import Program

LINE = "张三迟10 李四病 其余到"


def test_schedule_list_has_the_promised_shape(school: Program) -> None:
    first = school.good("schedule", "list", "--json").json[0]
    expected = {
        "date": "2026-11-06",
        "start": "15:30",
        "end": "17:00",
        "week": 10,
        "kind": "group_research",
        "topic": None,
    }
    assert {key: first[key] for key in expected} == expected
    assert {"id", "speaker", "host", "place", "status"} <= set(first)
    assert first["status"] == "planned"


def test_planning_skips_holidays_and_fills_only_what_is_missing(school: Program) -> None:
    preview = school.good("schedule", "plan", "教研活动", "--dry-run", "--json")
    days = [session["date"] for session in preview.json]
    assert "2026-10-02" not in days
    assert "2026-10-02" in preview.err
    assert "2026-11-06" not in days
    before = len(school.good("schedule", "list", "--json").json)
    assert school("schedule", "plan", "教研活动").code == 5
    school.good("schedule", "plan", "教研活动", "--yes")
    assert len(school.good("schedule", "list", "--json").json) == before + len(days)
    school.good("undo")
    assert len(school.good("schedule", "list", "--json").json) == before


def test_dry_run_of_a_new_series_leaves_nothing(school: Program) -> None:
    lines = school.good("info", "--json").json["lines"]
    school.good("schedule", "plan", "读书会", "--weekday", "2", "--host", "张三", "--host", "李四", "--dry-run")
    assert school.good("info", "--json").json["lines"] == lines
    assert school("schedule", "plan", "读书会").code == 2


def test_hosts_take_turns(school: Program) -> None:
    school.good(
        "schedule",
        "plan",
        "读书会",
        "--weekday",
        "2",
        "--host",
        "张三",
        "--host",
        "李四",
        "--from",
        "2026-12-01",
        "--yes",
    )
    hosts = [row["host"] for row in school.good("schedule", "list", "--json").json if row["host"]]
    assert hosts[:4] == ["张三", "李四", "张三", "李四"]
    assert [row["name"] for row in school.good("schedule", "series", "--json").json] == ["读书会", "教研活动"]


def test_session_is_added_moved_cancelled_and_restored(school: Program) -> None:
    added = school.good(
        "schedule", "add", "2026-12-01", "--topic", "作业设计", "--speaker", "zxy", "--kind", "讲座", "--json"
    )
    assert (added.json["speaker"], added.json["kind"], added.json["start"]) == ("赵小云", "lecture", "15:30")
    school.good("schedule", "move", "2026-12-01", "12-2", "--reason", "停电")
    moved = school.good("schedule", "show", "2026-12-02", "--json").json
    assert (moved["status"], moved["moved_from"], moved["reason"]) == ("moved", "2026-12-01", "停电")
    school.good("schedule", "cancel", "2026-12-02", "--reason", "考试")
    assert school("schedule", "show", "2026-12-02").code == 4
    school.good("schedule", "restore", "2026-12-02")
    school.good("schedule", "edit", "2026-12-02", "--plan", "三步走")
    assert "三步走" in school.good("schedule", "show", "2026-12-02").out
    school.good("schedule", "remove", "2026-12-02", "--yes")
    assert school("schedule", "show", "2026-12-02").code == 4


def test_speaker_whose_name_fits_two_members_is_asked_back(school: Program) -> None:
    assert school("schedule", "add", "2026-12-01", "--speaker", "王伟").code == 5
    guest = school.good("schedule", "add", "2026-12-01", "--speaker", "外请专家", "--json").json
    assert guest["speaker"] == "外请专家"


def test_clash_is_told(school: Program) -> None:
    assert "Mind:" in school.good("schedule", "add", "2026-11-27", "--start", "16:00", "--end", "17:00").err
    assert school("schedule", "gaps", "--check").code == 8
    gaps = school.good("schedule", "gaps", "--json").json
    assert gaps["clashes"]
    assert "topic" in gaps["sessions"][0]["missing"]


def test_school_calendar_is_shown_and_changed(school: Program) -> None:
    days = school.good("schedule", "days", "--json").json
    assert {"date": "2026-10-02", "kind": "holiday"}.items() <= next(
        d for d in days if d["date"] == "2026-10-02"
    ).items()
    school.good("schedule", "days", "--holiday", "2026-11-27", "--name", "运动会")
    assert "运动会" in school.good("schedule", "days").out
    assert "2026-11-27" in school.good("schedule", "gaps").err
    school.good("schedule", "days", "--clear", "2026-11-27")
    assert "运动会" not in school.good("schedule", "days").out
    assert school("schedule", "days", "--load", "1999").code == 4


# the roll


def test_roll_by_one_line_is_previewed_balanced_and_one_step(school: Program) -> None:
    answer = school.good("roll", "today", "--line", LINE, "--json")
    assert "Late 10 min" in answer.err
    assert "Expected 5 = Present 3 + Late 1 + Sick leave 1; attended 4" in answer.err
    roll = answer.json
    assert roll["expected"] == 5
    assert roll["counts"] == {
        "present": 3, "late": 1, "left_early": 0, "sick": 1, "personal": 0, "official": 0, "other_leave": 0,
        "absent": 0, "exempt": 0, "not_taken": 0,
    }  # fmt: skip
    assert sum(roll["counts"].values()) == roll["expected"]
    zhang = next(mark for mark in roll["marks"] if mark["name"] == "张三")
    assert (zhang["mark"], zhang["minutes"], zhang["note"]) == ("late", 10, None)
    assert zhang["by"]
    assert zhang["at"]
    assert {"session", "date"} <= set(roll)
    school.good("undo")
    assert school.good("roll", "--show", "--json").json["counts"]["not_taken"] == 5


def test_rest_present_touches_no_mark_already_set(school: Program) -> None:
    school.good("roll", "--line", "李四病")
    school.good("roll", "--rest-present")
    counts = school.good("roll", "--json").json["counts"]
    assert (counts["sick"], counts["present"]) == (1, 4)
    school.good("roll", "--clear", "李四")
    assert school.good("roll", "--json").json["counts"]["not_taken"] == 1


def test_line_comes_from_a_file_or_standard_input(school: Program) -> None:
    (school.folder / "line.txt").write_bytes("张三迟10\n李四病\n其余到\n".encode("gb18030"))
    school.good("roll", "--file", "line.txt", "--dry-run")
    assert school.good("roll", "--json").json["counts"]["not_taken"] == 5
    answer = school.process(*school.arguments("roll", "--file", "-", "--json"), stdin=LINE.encode())
    assert json.loads(answer.out)["counts"]["late"] == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [("王伟迟 其余到", 5), ("孙悟空病 其余到", 3), ("张三", 3), ("张三病 张三事", 3), ("张三迟9999", 3)],
)
def test_unclear_line_writes_nothing(school: Program, line: str, code: int) -> None:
    answer = school("roll", "--line", line)
    assert answer.code == code
    assert "nothing was written" in answer.err
    assert school.good("roll", "--json").json["counts"]["not_taken"] == 5


def test_known_leave_shows_at_the_roll_and_becomes_the_mark_of_the_rest(school: Program) -> None:
    school.good("leave", "add", "李四", "2026-11-20", "--kind", "公假", "--reason", "外出培训")
    roll = school.good("roll", "--json").json
    assert next(mark for mark in roll["marks"] if mark["name"] == "李四")["leave"] == "official"
    school.good("roll", "--line", "其余到")
    assert school.good("roll", "--json").json["counts"]["official"] == 1


def test_late_entry_is_told_and_kept(school: Program) -> None:
    assert "late entry" in school.good("roll", "2026-11-06", "--line", "其余到").err
    assert any(line["late_entry"] for line in school.good("history", "2026-11-06", "--json").json)


def test_session_is_named_by_date_number_or_word(school: Program) -> None:
    number = school.good("schedule", "show", "today", "--json").json["id"]
    for text in ("2026-11-20", "2026/11/20", "11-20", "2026年11月20日", "今天", "next", str(number)):
        assert school.good("schedule", "show", text, "--json").json["id"] == number
    assert school("schedule", "show", "2026-11-21").code == 4
    school.good("schedule", "add", "2026-11-20", "--start", "8:00", "--end", "9:00")
    several = school("roll", "2026-11-20")
    assert several.code == 5
    assert str(number) in several.err


# leave, work, readings


def test_leave_is_asked_for_approved_and_withdrawn(school: Program) -> None:
    added = school.good(
        "leave", "add", "张三", "2026-11-23", "--until", "2026-11-25", "--kind", "sick", "--requested", "--json"
    )
    assert added.json["status"] == "requested"
    school.good("leave", "approve", "张三", "--by", "校长")
    listed = school.good("leave", "list", "--json").json
    assert [(leave["name"], leave["status"], leave["approved_by"]) for leave in listed] == [
        ("张三", "approved", "校长")
    ]
    assert school("leave", "add", "张三", "2026-11-24", "--kind", "personal").code == 3
    school.good("leave", "withdraw", "张三")
    assert school.good("leave", "list", "--json").json == []
    assert school("leave", "withdraw", "张三").code == 4


def test_work_is_assigned_handed_in_checked_and_returned(school: Program) -> None:
    task = school.good(
        "work", "assign", "十一月笔记", "--kind", "reading_note", "--due", "2026-11-30", "--words", "800", "--json"
    )
    assert (task.json["kind"], task.json["pieces"]) == ("reading_note", 1)
    assert school("work", "owed", "--check").code == 8
    school.good("work", "add", "张三", "李四", "--words", "812", "--title", "给教师的建议")
    owed = school.good("work", "owed", "--json").json
    assert {item["name"] for item in owed} == {"王伟(语文)", "王伟(体育)", "赵小云"}
    school.good("work", "check", "张三", "A")
    school.good("work", "return", "李四", "--reason", "字数不够")
    works = {work["name"]: work for work in school.good("work", "list", "--json").json}
    assert {"kind": "reading_note", "words": 812, "status": "checked", "grade": "A"}.items() <= works["张三"].items()
    assert {"id", "member", "title", "date"} <= set(works["张三"])
    assert (works["李四"]["status"], works["李四"]["grade"]) == ("returned", None)
    assert school.good("work", "due", "--json").json[0]["owing"] == 4
    assert school("work", "check", "张三", "D").code == 3
    assert school("work", "check", "赵小云", "A").code == 4
    school.good("work", "uncheck", "张三")
    school.good("work", "remove", "张三", "--yes")


def test_a_text_that_shall_not_be_kept_is_counted_and_stands_nowhere(school: Program) -> None:
    (school.folder / "note.txt").write_text("教育是慢的艺术 slow art", encoding="utf-8")
    added = school.good("work", "add", "张三", "--file", "note.txt", "--no-keep", "--json").json
    assert added[0]["words"] == 9
    assert school.book is not None
    assert "慢的艺术".encode() not in b"".join(path.read_bytes() for path in school.book.rglob("*.jsonl"))


def test_readings_are_recommended_changed_and_removed(school: Program) -> None:
    school.good("readings", "add", "给教师的建议", "--author", "苏霍姆林斯基", "--due", "2026-11-30")
    school.good("readings", "edit", "geijiaoshi", "--recommended-by", "张三")
    assert school.good("readings", "list", "--json").json[0]["recommended_by"] == "张三"
    school.good("work", "add", "张三", "--reading", "给教师的建议")
    assert school("readings", "remove", "给教师的建议", "--yes").code == 3


# what happened


def test_history_has_the_promised_shape_and_undo_redo_tell_what_they_did(school: Program) -> None:
    school.good("--as", "li", "roll", "--line", "张三迟")
    school.good("--as", "li", "roll", "--line", "张三到")
    line = next(
        line
        for line in school.good("history", "2026-11-20", "--json").json
        if (line["field"], line["to"]) == ("mark", "present")
    )
    assert (line["by"], line["what"], line["from"]) == ("li", "attendance", "late")
    assert {"at", "replica", "id"} <= set(line)
    assert "张三到" in school.good("--as", "li", "undo").err
    assert "张三到" in school.good("--as", "li", "redo").err
    assert school("--as", "li", "redo").code == 4
    assert "张三" in school.good("history", "张三").out


def test_conflicting_values_are_listed_and_decided(school: Program) -> None:
    import shutil

    assert school.book is not None
    other = school.folder / "other.coord"
    shutil.copytree(school.book, other)
    own = set((school.book / "log").iterdir())
    school.good("members", "edit", "张三", "--subject", "数学")
    here, school.book = school.book, other
    school.good("members", "edit", "张三", "--subject", "音乐")
    for log in (other / "log").iterdir():
        if log.name not in {path.name for path in own}:
            shutil.copytree(log, here / "log" / log.name)
    school.book = here
    conflicts = school.good("conflicts", "list", "--json").json
    assert len(conflicts) == 1
    assert (conflicts[0]["what"], conflicts[0]["field"]) == ("members", "subject")
    assert {value["value"] for value in conflicts[0]["values"]} == {"数学", "音乐"}
    assert {"by", "replica", "at"} <= set(conflicts[0]["values"][0])
    identity = conflicts[0]["id"]
    shown = school.good("conflicts", "show", identity[:6]).out
    assert "数学" in shown
    wanted = [value["value"] for value in conflicts[0]["values"]].index("音乐") + 1
    school.good("conflicts", "resolve", identity, str(wanted))
    assert school.good("conflicts", "list", "--json").json == []
    assert next(m for m in school.good("members", "list", "--json").json if m["name"] == "张三")["subject"] == "音乐"


def test_history_lists_changes_below_their_step_within_80_columns(school: Program) -> None:
    school.good("roll", "2026-11-20", "--line", "张三迟10 其余到")
    listed = school.good("history", "-n", "4").out.splitlines()
    assert "Roll line “张三迟10 其余到”" in listed[0]
    assert listed[1].startswith("  ")
    assert sum(line.startswith("  ") for line in listed) == 4
    assert all(cells(line) <= 80 for line in listed)


def test_the_article_of_each_week_is_shown_and_a_week_without_one_told(school: Program) -> None:
    school.good("readings", "add", "慢下来的课堂", "--kind", "article", "--recommended-by", "王校长", "--date", "9-1")
    weeks = school.good("readings", "weekly", "--json").json
    assert (weeks[0]["state"], weeks[0]["articles"][0]["recommended_by"]) == ("done", "王校长")
    assert (weeks[1]["state"], weeks[1]["articles"]) == ("none", [])
    shown = school("readings", "weekly", "--check")
    assert shown.code == 8
    assert "慢下来的课堂" in shown.out
    assert "10 weeks have no article" in shown.err


def test_who_read_what_in_the_term(school: Program) -> None:
    school.good("readings", "add", "给教师的建议")
    school.good("work", "add", "张三", "--reading", "给教师的建议")
    assert "张三" in school.good("readings", "read").out
    (one,) = school.good("readings", "read", "--member", "张三", "--json").json
    assert (one["books"], one["readings"][0]["title"]) == (1, "给教师的建议")
