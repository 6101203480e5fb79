"""S12, exchange and cooperation: evaluated by how the plan was carried out and by papers."""

from __future__ import annotations

from typing import Any

import pytest
from rule_worlds import BACKBONE, REGULAR, Tiny, day, shipped

from coordinator_tui.domain.rules.result import State
from coordinator_tui.domain.vocabulary import AchievementKind


def test_s12_clause_1_lists_the_department_and_its_staff() -> None:
    (clause,) = [clause for clause in shipped("s12").clauses if clause.id == "1"]
    assert [item["id"] for item in clause.data["checklist"]] == ["department", "staff", "centre"]


@pytest.mark.parametrize(
    "requirement", ["s12/2/activities", "s12/2/resources", "s12/3/contacts", "s12/3/projects", "s12/4/training"]
)
def test_s12_clauses_2_3_and_4_show_activities_contacts_projects_and_training(requirement: str) -> None:
    school = Tiny()
    assert not school.row(requirement).owes
    school.held("10-12", "observation")
    school.held("10-13", "training")
    school.entry("resource", "10-14")
    school.entry("contact", "10-15", member=REGULAR, note="电话")
    school.achievement(REGULAR, AchievementKind.PROJECT, "10-16")
    assert school.row(requirement).state is State.MET


def test_s12_clause_3_names_four_channels_of_contact() -> None:
    (clause,) = [clause for clause in shipped("s12").clauses if clause.id == "3"]
    assert [channel["id"] for channel in clause.data["channels"]] == ["visit", "meeting", "phone", "net"]


def test_s12_clause_6_computes_how_much_of_the_study_plan_was_carried_out() -> None:
    school = Tiny()
    for when in ("10-12", "10-19", "10-26"):
        school.entry("milestone", when, member=REGULAR, done_on=day(when))
    school.entry("milestone", "11-02", member=REGULAR, title="读完一本专著")
    row = school.row("s12/6/plan-execution", REGULAR, plan_share=0.8)
    assert (row.needed, row.done, row.gap, row.owes) == (4, 3, 1, True)
    assert school.row("s12/6/plan-execution", REGULAR, plan_share=0.75).state is State.MET
    assert not school.row("s12/6/plan-execution", BACKBONE, plan_share=0.8).owes
    assert school.row("s12/6/plan-execution", REGULAR).state is State.SETTING_MISSING


def test_s12_clause_6_counts_papers_against_the_schools_number() -> None:
    school = Tiny()
    school.achievement(REGULAR, AchievementKind.PAPER, "10-12")
    assert school.row("s12/6/papers", REGULAR, papers_per_school_year=1).state is State.MET
    assert school.row("s12/6/papers", BACKBONE, papers_per_school_year=1).gap == 1
    assert school.row("s12/6/papers", REGULAR).state is State.SETTING_MISSING


def test_s12_clause_6_scores_plan_and_papers() -> None:
    school = Tiny()
    school.work(REGULAR, "plan", "09-07")
    school.entry("milestone", "10-12", member=REGULAR, done_on=day("10-12"))
    for when in ("10-12", "11-02"):
        school.achievement(REGULAR, AchievementKind.PAPER, when)
    answers: dict[str, Any] = {"points_plan": 2, "points_paper": 5, "plan_share": 0.8, "papers_per_school_year": 1}
    assert school.row("s12/6/own-plan", REGULAR).done == 1
    assert school.score("s12", "plan-and-papers", REGULAR, **answers).total == 2 + 2 * 5
    assert school.score("s12", "plan-and-papers", BACKBONE, **answers).total == 0


def test_s12_clause_7_allows_paid_exchange_and_asks_to_note_the_cost() -> None:
    (clause,) = [clause for clause in shipped("s12").clauses if clause.id == "7"]
    assert clause.data["costs"][0]["allowed"]
    assert "费用" in clause.remind[0].zh
