"""What people type and how the program takes it: codes as Chinese words, commands and options slightly wrong."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from cli_program import Program


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("args", "field", "code"),
    [
        (("members", "edit", "张三", "--level", "校级骨干"), "level", "backbone_school"),
        (("members", "edit", "张三", "--level", "骨干"), "level", "backbone_school"),
        (("members", "edit", "张三", "--level", "县骨干"), "level", "backbone_county"),
        (("members", "edit", "张三", "--gender", "男"), "gender", "male"),
    ],
)
def test_a_members_codes_may_be_chinese_words_in_either_language(
    school: Program, language: str, args: tuple[str, ...], field: str, code: str
) -> None:
    school.lang = language
    school.good(*args)
    assert school.good("members", "show", "张三", "--json").json[field] == code


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("args", "what", "kind"),
    [
        (("schedule", "edit", "2026-11-27", "--kind", "教研活动"), "sessions", "group_research"),
        (("schedule", "edit", "2026-11-27", "--kind", "集体备课"), "sessions", "collective_preparation"),
        (("schedule", "edit", "2026-11-27", "--kind", "备课"), "sessions", "collective_preparation"),
        (("work", "add", "张三", "--kind", "读书笔记"), "work", "reading_note"),
        (("work", "add", "张三", "--kind", "听课"), "work", "lesson_observation"),
        (("groups", "add", "五年级", "--kind", "备课组"), "groups", "lesson_preparation"),
        (("readings", "add", "静默", "--kind", "文章"), "readings", "article"),
        (("leave", "add", "张三", "2026-11-27", "--kind", "事假"), "leaves", "personal"),
    ],
)
def test_a_kind_may_be_typed_as_its_chinese_title_in_either_language(
    school: Program, language: str, args: tuple[str, ...], what: str, kind: str
) -> None:
    school.lang = language
    school.good(*args)
    lines = school.good("history", "--what", what, "--json").json
    assert kind in [line["to"] for line in lines if line["field"] == "kind"][:2]


def test_a_word_that_fits_several_codes_is_answered_with_those(school: Program) -> None:
    answer = school("members", "edit", "张三", "--level", "教师")
    assert answer.code == 2
    assert "regular" in answer.err
    assert "special_grade" in answer.err
    assert "backbone" not in answer.err


def test_a_group_of_commands_alone_prints_its_help_and_nothing_else(school: Program) -> None:
    answer = school("settings")
    assert answer.code == 2
    assert answer.err.rstrip().endswith("coordinator-tui settings list")


def test_an_unknown_command_below_another_names_those_there_are(school: Program) -> None:
    answer = school("export", "groupings")
    assert answer.code == 2
    assert "call-sheet" in answer.err
    assert "'" not in answer.err


def test_an_option_begun_right_is_suggested_whole(school: Program) -> None:
    assert "--rest-present" in school("roll", "--rest").err


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user who may not read everything")
def test_a_file_that_may_not_be_read_is_refused(school: Program) -> None:
    roster = school.folder / "secret.csv"
    roster.write_text("姓名\n甲", encoding="utf-8")
    roster.chmod(0)
    answer = school("import", "members", str(roster))
    assert answer.code == 3
    assert "secret.csv" in answer.err


def test_a_day_whose_session_was_cancelled_or_moved_says_so(school: Program) -> None:
    school.good("schedule", "cancel", "2026-11-27", "--reason", "停电")
    school.good("schedule", "move", "2026-12-04", "2026-12-03")
    again = school("schedule", "cancel", "2026-11-27")
    assert again.code == 4
    assert "schedule restore 2026-11-27" in again.err
    moved = school("roll", "2026-12-04")
    assert moved.code == 4
    assert "2026-12-03" in moved.err


def test_a_task_or_reading_entered_twice_is_asked_about(school: Program) -> None:
    task = ("work", "assign", "九月读书笔记", "--kind", "reading_note", "--due", "2026-11-30")
    school.good(*task)
    assert school(*task).code == 5
    school.good("readings", "add", "《静默》", "--author", "沈未央")
    assert school("readings", "add", "静默").code == 5
    school.good("readings", "add", "静默", "--author", "江白")
    assert len(school.good("work", "due", "--json").json) == 1
    assert len(school.good("readings", "list", "--json").json) == 2
    school.good(*task, "--yes")
    assert len(school.good("work", "due", "--json").json) == 2


def test_the_last_day_of_a_leave_may_follow_the_first(school: Program) -> None:
    school.good("leave", "add", "张三", "2026-11-25", "2026-11-27", "--kind", "公假")
    (leave,) = school.good("leave", "list", "--json").json
    assert (leave["start"], leave["until"]) == ("2026-11-25", "2026-11-27")


def test_a_roll_preview_tells_what_stays_and_a_problem_once(school: Program) -> None:
    school.good("roll", "2026-11-20", "--line", "张三迟")
    assert "Late → Late" not in (again := school.good("roll", "2026-11-20", "--line", "张三迟").err)
    assert "Late as before" in again
    twice = school("roll", "2026-11-20", "--line", "张三病 张三事").err
    assert len(twice.splitlines()) == len(set(twice.splitlines()))


def test_a_roll_taken_before_its_day_is_remarked_on(school: Program) -> None:
    assert "still to come" in school.good("roll", "2026-11-27", "--line", "其余到").err
    assert "still to come" not in school.good("roll", "2026-11-20", "--line", "其余到").err
