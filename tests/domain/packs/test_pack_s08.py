"""S08, across subjects: one collective preparation a term, one sharing meeting a month, a share across subjects."""

from __future__ import annotations

from datetime import date

import pytest
from rule_worlds import BACKBONE, NEW, REGULAR, Tiny, shipped

from coordinator_tui.domain.rules.result import State
from coordinator_tui.domain.vocabulary import AchievementKind


def test_s08_clause_5_owes_one_collective_preparation_a_term() -> None:
    school = Tiny()
    row = school.row("s08/5/collective-preparation")
    assert (row.needed, row.gap, row.due, row.state) == (1, 1, date(2027, 1, 31), State.DUE)
    school.held("10-12", "collective_preparation")
    assert school.row("s08/5/collective-preparation").state is State.MET


def test_s08_clause_5_owes_one_sharing_meeting_every_month() -> None:
    school = Tiny()
    school.held("10-12", "sharing")
    rows = school.rows("s08/5/sharing")
    assert [(row.period.label, row.needed, row.state) for row in rows] == [
        ("2026-09", 1, State.OVERDUE),
        ("2026-10", 1, State.MET),
        ("2026-11", 1, State.DUE),
        ("2026-12", 1, State.NOT_YET),
        ("2027-01", 1, State.NOT_YET),
    ]


def test_s08_clause_5_plans_a_sharing_meeting_once_a_month() -> None:
    (cadence,) = [each for clause in shipped("s08").clauses if clause.id == "5" for each in clause.cadences]
    assert (cadence.kind, cadence.per_month) == ("sharing", 1)


def test_s08_clause_3_holds_the_share_of_activities_across_subjects_against_the_schools_number() -> None:
    school = Tiny()
    assert school.row("s08/3/cross-subject").state is State.SETTING_MISSING
    school.held("10-12", "seminar", cross_subject=True)
    school.held("10-19", "lecture")
    school.held("10-26", "sharing")
    school.held("11-02", "observation")
    row = school.row("s08/3/cross-subject", cross_subject_share=0.5)
    assert (row.needed, row.done, row.gap) == (2, 1, 1)
    assert school.row("s08/3/cross-subject", cross_subject_share=0.25).state is State.MET


def test_s08_clause_2_reminds_of_what_is_wrong_today() -> None:
    (clause,) = [clause for clause in shipped("s08").clauses if clause.id == "2"]
    assert "跨学科" in clause.remind[0].zh


@pytest.mark.parametrize(
    "requirement", ["s08/3/material", "s08/4/team-visit", "s08/6/projects", "s08/6/papers", "s08/8/training"]
)
def test_s08_clauses_3_4_6_and_8_show_visits_research_and_training(requirement: str) -> None:
    school = Tiny()
    assert not school.row(requirement).owes
    school.entry("resource", "10-11")
    school.held("10-12", "visit")
    school.held("10-13", "training")
    school.achievement(REGULAR, AchievementKind.PROJECT, "10-14")
    school.achievement(REGULAR, AchievementKind.PAPER, "10-14")
    assert school.row(requirement).state is State.MET


def test_s08_clause_7_shows_a_new_teacher_without_a_mentor_and_nobody_else() -> None:
    school = Tiny()
    assert school.row("s08/7/mentor-for-new", NEW).done == 0
    assert not school.rows("s08/7/mentor-for-new", REGULAR)
    school.pair(BACKBONE, NEW)
    assert school.row("s08/7/mentor-for-new", NEW).state is State.MET
