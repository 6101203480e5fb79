"""S10, the other kindergarten regulation: degree, induction, hours of continuing education, two awards."""

from __future__ import annotations

import pytest
from rule_worlds import BACKBONE, NEW, REGULAR, SCHOOL, Tiny, shipped

from coordinator_tui.domain.rules.result import State
from coordinator_tui.domain.vocabulary import AchievementKind


def test_s10_clause_1_wants_a_bachelors_degree_in_education() -> None:
    (clause,) = [clause for clause in shipped("s10").clauses if clause.id == "1"]
    assert clause.data["eligibility"][0]["at_least"] == "bachelor"
    assert clause.remind


def test_s10_clause_2_owes_induction_in_the_first_year_of_work_only() -> None:
    school = Tiny()
    row = school.row("s10/2/induction", NEW)
    assert (row.needed, row.gap) == (1, 1)
    assert not [row for row in school.rows("s10/2/induction", REGULAR) if row.needed]
    school.training(NEW, "09-07", "09-09")
    assert school.row("s10/2/induction", NEW).state is State.MET


def test_s10_clause_2_lists_six_subjects_of_induction() -> None:
    (clause,) = [clause for clause in shipped("s10").clauses if clause.id == "2"]
    assert len(clause.data["checklist"]) == 6


def test_s10_clause_3_adds_up_hours_of_training_against_the_schools_number() -> None:
    school = Tiny()
    assert school.row("s10/3/training-hours", REGULAR).state is State.SETTING_MISSING
    school.training(REGULAR, "10-12", hours=24)
    school.training(REGULAR, "11-02", hours=30)
    row = school.row("s10/3/training-hours", REGULAR, hours_per_school_year=72)
    assert (row.needed, row.done, row.gap) == (72, 54, 18)


@pytest.mark.parametrize(
    ("requirement", "unit"),
    [("s10/4/papers", REGULAR), ("s10/5/inside", REGULAR), ("s10/5/outside", SCHOOL), ("s10/5/resources", SCHOOL)],
)
def test_s10_clauses_4_and_5_show_papers_and_exchange(requirement: str, unit: int) -> None:
    school = Tiny()
    assert not school.row(requirement, unit).owes
    school.achievement(REGULAR, AchievementKind.PAPER, "10-12")
    school.held("10-13", "group_research", REGULAR, scope="region")
    school.entry("resource", "10-14")
    assert school.row(requirement, unit).state is State.MET


def test_s10_clause_6_says_what_good_study_counts_for() -> None:
    (clause,) = [clause for clause in shipped("s10").clauses if clause.id == "6"]
    assert [each["id"] for each in clause.data["consequences"]] == ["title_review", "promotion"]


def test_s10_clause_7_has_two_kinds_of_award() -> None:
    school = Tiny()
    school.entry("award", "10-12", member=BACKBONE, title="学习成绩奖励")
    row = school.row("s10/7/awards")
    assert (row.needed, row.done, row.owes) == (2, 1, False)
    school.entry("award", "10-13", member=REGULAR, title="教学成果奖励")
    assert school.row("s10/7/awards").state is State.MET
