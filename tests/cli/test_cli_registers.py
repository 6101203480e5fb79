"""The registers on the command line: trainings, pairs, exchange, achievements, and the register's other lines."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from cli_program import Program


def test_a_training_is_noted_reported_and_relayed(school: Program) -> None:
    added = school.good(
        "trainings", "add", "张三", "统编教材培训", "--from", "10-12", "--until", "10-16", "--hours", "24.5",
        "--area", "专业科目", "--level", "county", "--organiser", "县教研室", "--missed", "1/4", "--json",
    )  # fmt: skip
    expected = {"name": "张三", "start": "2026-10-12", "until": "2026-10-16", "hours": 24.5, "missed": 0.25}
    assert expected.items() <= added.json.items()
    assert (added.json["area"], added.json["level"], added.json["reported"]) == ("professional", "county", False)
    assert "Noted: 张三 2026-10-12 统编教材培训." in added.err
    assert "missing" in school.good("trainings", "list").out
    piece = school.good("work", "add", "张三", "--training", "统编", "--json").json[0]
    assert (piece["kind"], piece["training"]) == ("training_report", added.json["id"])
    school.good("trainings", "relay", "zs", "--on", "11-06", "--session", "2026-11-06")
    (shown,) = school.good("trainings", "list", "--member", "张三", "--term", "2026-2027-1", "--json").json
    assert (shown["reported"], shown["relayed"]) == (True, True)
    (relay,) = school.good("register", "list", "--kind", "relay", "--json").json
    assert (relay["name"], relay["date"], relay["training"]) == ("张三", "2026-11-06", added.json["id"])


def test_a_training_is_changed_and_removed(school: Program) -> None:
    school.good("trainings", "add", "张三", "统编教材培训", "--hours", "24")
    school.good("trainings", "edit", "统编", "--hours", "", "--title", "教材培训")
    assert school.good("trainings", "list", "--json").json[0]["hours"] is None
    assert school("trainings", "remove", "教材培训").code == 5
    school.good("trainings", "remove", "教材培训", "--yes")
    assert school.good("trainings", "list", "--json").json == []
    school.good("undo")
    assert len(school.good("trainings", "list", "--json").json) == 1


def test_trainings_are_listed_of_some_days_or_one_area(school: Program) -> None:
    school.good("trainings", "add", "张三", "春季", "--from", "2026-03-02", "--area", "public")
    school.good("trainings", "add", "李四", "秋季", "--from", "2026-10-12", "--until", "2026-10-16")
    titles = [
        [row["title"] for row in school.good("trainings", "list", *words, "--json").json]
        for words in ((), ("--from", "2026-10-15"), ("--until", "2026-06-30"), ("--area", "public"))
    ]
    assert titles == [["秋季", "春季"], ["秋季"], ["春季"], ["春季"]]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--hours", "-3"), 3, "-3 hours cannot be right"),
        (("--hours", "many"), 2, "“many” is not a number"),
        (("--missed", "3/2"), 2, "write it as 25%, 1/3 or 0.25"),
        (("--from", "10-12", "--until", "10-10"), 3, "would end (2026-10-10) before it begins"),
    ],
)
def test_a_training_that_cannot_be_is_one_sentence(
    school: Program, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = school("trainings", "add", "张三", "培训", *words)
    assert answer.code == code
    assert said in answer.err
    assert school.good("trainings", "list", "--json").json == []


def test_who_is_meant_is_asked_back_or_named(school: Program) -> None:
    assert school("trainings", "add", "王伟", "培训").code == 5
    unknown = school("trainings", "add", "小云", "培训")
    assert unknown.code == 4
    assert "赵小云" in unknown.err
    school.good("trainings", "add", "王伟(语文)", "培训")


def test_a_pair_is_made_listed_ended_and_removed(school: Program) -> None:
    made = school.good("pairs", "add", "张三", "李四", "--from", "2026-09-07", "--kind", "入门式", "--json").json
    assert (made["mentor_name"], made["apprentice_name"], made["kind"]) == ("张三", "李四", "入门式")
    assert school("pairs", "add", "张三", "张三").code == 3
    school.good("pairs", "edit", "李四", "--note", "协议已签")
    school.good("pairs", "end", "李四", "--until", "2026-11-10")
    assert school.good("pairs", "list", "--json").json == []
    (row,) = school.good("pairs", "list", "--all", "--member", "lisi", "--json").json
    assert (row["until"], row["note"]) == ("2026-11-10", "协议已签")
    assert school.good("pairs", "list", "--on", "2026-10-01", "--json").json == [row]
    assert school("pairs", "end", "李四").code == 4
    school.good("pairs", "remove", "张三", "李四", "--yes")
    assert school.good("pairs", "list", "--all", "--json").json == []


def test_a_placement_is_noted_listed_changed_and_ended(school: Program) -> None:
    placed = school.good(
        "exchange", "place", "张三", "河湾小学", "--form", "支教", "--from", "2026-09-01", "--json"
    ).json
    assert (placed["form"], placed["home_school"], placed["host_school"]) == (
        "support_teaching", "春风小学", "河湾小学",
    )  # fmt: skip
    assert "张三" in school.good("exchange", "list", "--on", "today").out
    school.good("exchange", "edit", "张三", "--form", "mutual", "--until", "2027-01-15")
    school.good("exchange", "end", "张三")
    (row,) = school.good("exchange", "list", "--term", "2026-2027-1", "--json").json
    assert (row["form"], row["until"]) == ("mutual", "2026-11-20")
    assert school("exchange", "place", "李四", "春风小学").code == 3
    school.good("exchange", "remove", "张三", "-y")
    assert school.good("exchange", "list", "--json").json == []


def test_an_achievement_is_registered_checked_and_found_again(school: Program) -> None:
    school.good(
        "achievements", "add", "张三", "读写结合初探", "--kind", "paper", "--level", "省级", "--grade", "二等奖",
        "--issuer", "省教育学会", "--date", "2026-10-08",
    )  # fmt: skip
    school.good("achievements", "add", "李四", "优秀辅导教师", "--kind", "honour")
    school.good("achievements", "edit", "读写", "--original", "--archive", "A-17")
    (paper,) = school.good("achievements", "list", "--kind", "paper", "--level", "province", "--json").json
    assert (paper["original_checked"], paper["archive"], paper["issuer"]) == (True, "A-17", "省教育学会")
    school.good("achievements", "edit", "读写", "--no-original")
    assert school.good("achievements", "list", "-m", "张三", "--json").json[0]["original_checked"] is False
    found = school.good("search", "读写", "--json").json
    assert [(one["what"], one["title"]) for one in found] == [("achievements", "读写结合初探")]
    assert school("achievements", "edit", "读写").code == 2
    school.good("achievements", "remove", "李四", "--yes")
    assert len(school.good("achievements", "list", "--json").json) == 1


def test_a_survey_a_contact_and_an_award_stand_in_the_register(school: Program) -> None:
    survey = school.good(
        "register", "add", "讲座满意度", "--kind", "survey", "--session",
        "2026-11-06", "--value", "92.5", "--before", "85", "--count", "28", "--json",
    ).json  # fmt: skip
    assert (survey["value"], survey["before"], survey["count"], survey["group"] is not None) == (92.5, 85, 28, True)
    school.good("exchange", "place", "张三", "河湾小学", "--from", "2026-09-01")
    contact = school.good("register", "add", "--kind", "contact", "--placement", "张三", "--json").json
    assert contact["name"] == "张三"
    school.good("register", "edit", "讲座满意度", "--outcome", "多讨论", "--done-on", "11-18", "--before", "")
    (row,) = school.good("register", "list", "-k", "survey", "--json").json
    assert (row["outcome"], row["done_on"], row["before"]) == ("多讨论", "2026-11-18", None)
    assert school("register", "add", "--kind", "news").code == 3
    school.good("register", "remove", "张三", "--kind", "contact", "--yes")
    assert [line["kind"] for line in school.good("register", "list", "--json").json] == ["survey"]


def test_a_session_of_several_days_across_subjects_is_planned(school: Program) -> None:
    school.good(
        "schedule", "add", "2026-12-07", "--until", "2026-12-11", "--topic", "跨校研修", "--scope", "region",
        "--cross-subject",
    )  # fmt: skip
    shown = school.good("schedule", "show", "2026-12-07", "--json").json
    assert (shown["until"], shown["scope"], shown["cross_subject"]) == ("2026-12-11", "region", True)
    assert "2026-12-11" in school.good("schedule", "show", "2026-12-07").out
    school.good("schedule", "edit", "2026-12-07", "--one-subject", "--scope", "school")
    listed = school.good("schedule", "list", "--from", "2026-12-07", "--until", "2026-12-07", "--json").json
    assert [(row["scope"], row["cross_subject"]) for row in listed] == [("school", False)]
    assert school("schedule", "edit", "2026-12-07", "--until", "2026-12-01").code == 3


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_registers_go_out_as_files(school: Program, lang: str) -> None:
    school.good("achievements", "add", "张三", "读写结合初探", "--kind", "paper", "--original")
    school.good("pairs", "add", "张三", "李四", "--from", "2026-09-07")
    school.good("trainings", "add", "张三", "统编教材培训", "--from", "2026-10-12", "--hours", "24")
    school.lang = lang
    for what, title in (("achievements", "读写结合初探"), ("pairs", "李四"), ("trainings", "统编教材培训")):
        text = school.good("export", what, "-f", "csv", "-o", "-").out.removeprefix("\ufeff")
        (row,) = csv.DictReader(io.StringIO(text))
        assert title in row.values()
        assert len(school.good("export", what, "-f", "json", "-o", "-").json) == 1
        school.good("export", what, "-o", f"{what}.xlsx")


def test_purging_tells_of_the_registers(school: Program) -> None:
    school.good("achievements", "add", "张三", "读写结合初探", "--kind", "paper")
    asked = school("members", "purge", "张三")
    assert asked.code == 5
    assert "1 entries in the registers go" in asked.err
    school.good("members", "purge", "张三", "--yes")
    assert school.good("achievements", "list", "--json").json == []
