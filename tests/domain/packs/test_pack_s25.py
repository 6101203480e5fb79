"""S25, the programme of mutual help: phases, targets and what the school owes, section by section."""

from __future__ import annotations

import pytest
from rule_blocks import amounts, answer, block, ids, item, titles
from rule_worlds import BACKBONE, NEW, REGULAR, SCHOOL, Tiny, shipped

from coordinator_tui.domain.rules.pack import SettingRef, SettingType
from coordinator_tui.domain.rules.result import State


def test_s25_section_2_the_committee_has_three_kinds_of_people() -> None:
    assert titles(block("s25", "2", "roles")) == ["校领导", "学科带头人", "优秀教师代表"]


def test_s25_section_3_the_platform_has_four_places() -> None:
    assert ids(block("s25", "3", "records")) == ["forum", "resources", "cases", "questions"]


@pytest.mark.parametrize(
    ("requirement", "setting"),
    [
        ("s25/3/salons", "salons_per_term"),
        ("s25/4/awards", "awards_per_year"),
        ("s25/5/training", "trainings_per_term"),
        ("s25/6/support", "support_per_term"),
        ("s25/8/review", "reviews_per_year"),
        ("s25/12/feedback", "surveys_per_year"),
    ],
)
def test_s25_regularly_is_as_often_as_the_school_answers(requirement: str, setting: str) -> None:
    school = Tiny()
    assert school.row(requirement).state is State.SETTING_MISSING
    assert amounts(school.row(requirement, SCHOOL, **answer(setting, 2)))[0] == 2


def test_s25_section_3_counts_salons_seminars_and_lectures() -> None:
    school = Tiny()
    for kind in ("sharing", "seminar", "lecture"):
        school.held("10-14", kind)
    assert amounts(school.row("s25/3/salons", salons_per_term=4)) == (4, 3, 1)


def test_s25_section_4_a_new_teacher_is_paired_with_an_experienced_one() -> None:
    school = Tiny()
    assert school.row("s25/4/paired", NEW).done == 0
    school.pair(BACKBONE, NEW)
    paired = school.row("s25/4/paired", NEW)
    assert (paired.needed, paired.done, paired.state) == (1, 1, State.MET)
    assert not any(row.owes for row in school.rows("s25/4/paired", REGULAR))


def test_s25_section_6_support_is_counted_and_its_content_is_not_kept() -> None:
    school = Tiny()
    school.entry("support", "10-14", count=12)
    assert amounts(school.row("s25/6/support", support_per_term=2)) == (2, 1, 1)
    assert block("s25", "6", "records")["not_kept"] == ["content"]


def test_s25_section_8_measures_satisfaction_quality_and_feedback() -> None:
    assert ids(block("s25", "8", "records")) == ["satisfaction", "quality", "students"]


def test_s25_section_9_phase_one_is_months_0_to_6_and_phase_two_6_to_24() -> None:
    phases = block("s25", "9", "phases")
    assert [(each["from_month"], each["until_month"]) for each in phases] == [(0, 6), (6, 24)]
    assert [len(each["milestones"]) for each in phases] == [3, 3]


def test_s25_section_9_counts_both_phases_from_the_day_that_the_school_says() -> None:
    assert all(each["start"] == SettingRef("programme_start") for each in block("s25", "9", "phases"))
    assert shipped("s25").setting("programme_start").type is SettingType.DATE


@pytest.mark.parametrize(
    ("target", "value", "measure"),
    [
        ("want-exchange", 0.70, "share"),
        ("satisfaction", 0.15, "gain"),
        ("results", 0.08, "gain"),
        ("relief", 0.85, "share"),
        ("uploads", 0.30, "monthly_gain"),
    ],
)
def test_s25_section_11_reports_70_15_8_85_and_30_percent(target: str, value: float, measure: str) -> None:
    found = item("s25", "11", "targets", target)
    assert (found["value"], found["measure"]) == (value, measure)


def test_s25_section_12_collects_teachers_feedback() -> None:
    school = Tiny()
    school.entry("survey", "10-14", value=88, before=70)
    assert amounts(school.row("s25/12/feedback", surveys_per_year=2)) == (2, 1, 1)
