"""S02, the plan of the middle school: participation, practice and satisfaction are evaluated."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rule_worlds import BACKBONE, CHINESE, REGULAR, Tiny

from coordinator_tui.domain.rules.result import State

POINTS: dict[str, Any] = {"points_attend": 1, "points_observe": 2, "points_speak": 3, "points_case": 2.5}


def test_s02_clause_3_1_counts_class_teaching_meetings() -> None:
    school = Tiny()
    school.held("10-14", "sharing")
    row = school.row("s02/3.1/class-meetings", class_meetings_per_term=3)
    assert (row.needed, row.done, row.gap) == (3, 1, 2)


def test_s02_clause_3_2_looks_at_each_subject_group() -> None:
    school = Tiny()
    mathematics = school.group("数学组", "subject", BACKBONE)
    school.held("10-14", "collective_preparation", group=mathematics)
    assert school.row("s02/3.2/subject-meetings", mathematics).done == 1
    assert school.row("s02/3.2/subject-meetings", CHINESE).done == 0


@pytest.mark.parametrize(
    ("requirement", "kind"),
    [
        ("s02/3.3/observation", "observation"),
        ("s02/3.3/project-report", "lecture"),
        ("s02/5.2/training-class", "training"),
    ],
)
def test_s02_clauses_3_3_and_5_2_show_activities_of_the_school(requirement: str, kind: str) -> None:
    school = Tiny()
    assert not school.row(requirement).owes
    school.held("10-14", kind)
    assert school.row(requirement).state is State.MET


def test_s02_clause_4_1_takes_a_case_of_each_teacher_as_experience() -> None:
    school = Tiny()
    school.work(REGULAR, "case", "10-14", title="一次失败的小组合作")
    assert school.row("s02/4.1/cases", REGULAR).done == 1
    assert not school.row("s02/4.1/cases", BACKBONE).owes


def test_s02_clause_5_1_counts_resources_on_the_platform() -> None:
    school = Tiny()
    school.entry("resource", "10-14")
    assert school.row("s02/5.1/resources").done == 1


def test_s02_clause_6_1_counts_how_often_each_took_part() -> None:
    school = Tiny()
    school.held("10-14", "lecture", REGULAR)
    school.held("10-21", "observation", REGULAR)
    assert [school.row("s02/6.1/participation", member).done for member in (REGULAR, BACKBONE)] == [2, 0]


def test_s02_clause_6_1_scores_participation_as_times_by_content() -> None:
    school = Tiny()
    school.held("10-14", "lecture", REGULAR, BACKBONE)
    school.held("10-21", "sharing", REGULAR, speaker_member=REGULAR)
    school.held("10-28", "observation", REGULAR)
    school.work(REGULAR, "case", "11-02")
    assert school.score("s02", "participation", REGULAR, **POINTS).total == 2 * 1 + 1 * 2 + 1 * 3 + 1 * 2.5
    assert school.score("s02", "participation", BACKBONE, **POINTS).total == 1


def test_s02_clause_6_1_gives_no_score_before_the_school_has_set_the_points() -> None:
    score = Tiny().score("s02", "participation", REGULAR)
    assert score.total is None
    assert set(score.missing) == set(POINTS)


def test_s02_clause_6_2_keeps_evaluations_of_lessons_and_by_students() -> None:
    school = Tiny()
    school.entry("peer_evaluation", "10-14", member=REGULAR)
    school.entry("student_evaluation", "10-20", member=REGULAR, value=92)
    for requirement in ("s02/6.2/lesson-observed", "s02/6.2/student-evaluation"):
        assert (school.row(requirement, REGULAR).done, school.row(requirement, BACKBONE).done) == (1, 0)


def test_s02_clause_6_3_makes_a_satisfaction_survey_due_after_each_activity() -> None:
    school = Tiny()
    asked = school.held("10-14", "seminar")
    school.held("10-28", "lecture")
    school.held("11-18", "sharing")
    school.entry("survey", "10-16", session=asked, value=88, count=3)
    rows = school.rows("s02/6.3/survey", CHINESE, survey_days=7)
    assert [(row.due, row.gap, row.state) for row in rows] == [
        (date(2026, 10, 21), 0, State.MET),
        (date(2026, 11, 4), 1, State.OVERDUE),
        (date(2026, 11, 25), 1, State.DUE),
    ]


def test_s02_clause_6_3_leads_to_improvements() -> None:
    school = Tiny()
    school.entry("improvement", "11-02", done_on=date(2026, 11, 9))
    assert school.row("s02/6.3/improvement").done == 1
