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
