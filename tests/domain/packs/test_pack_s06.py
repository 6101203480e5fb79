"""S06, managing exchange about teaching: each group's goals for the term, topic and content of each activity."""

from __future__ import annotations

from datetime import date

import pytest
from rule_worlds import BACKBONE, CHINESE, REGULAR, SCHOOL, Tiny, shipped

from coordinator_tui.domain.rules.result import State


def test_s06_clause_2_1_owes_each_groups_goals_every_term() -> None:
    school = Tiny()
    mathematics = school.group("数学组", "teaching_research", BACKBONE)
    school.work(REGULAR, "plan", "09-07", title="语文组工作目标")
    assert school.row("s06/2.1/goals", CHINESE).state is State.MET
    row = school.row("s06/2.1/goals", mathematics)
    assert (row.needed, row.gap, row.due, row.state) == (1, 1, date(2027, 1, 31), State.DUE)


def test_s06_clause_2_1_flags_an_activity_without_topic_or_content() -> None:
    school = Tiny()
    school.held("10-12", "seminar", topic="大单元", plan="备课研讨")
    school.held("10-19", "seminar", topic="大单元")
    assert [row.gap for row in school.rows("s06/2.1/topic-and-content", CHINESE)] == [0, 1]


@pytest.mark.parametrize(
    ("requirement", "kind", "unit"),
    [
        ("s06/2.2/group-research", "group_research", CHINESE),
        ("s06/2.2/discussion", "sharing", SCHOOL),
        ("s06/2.2/lecture", "lecture", SCHOOL),
        ("s06/2.4/training", "training", SCHOOL),
        ("s06/2.4/observation", "observation", SCHOOL),
    ],
)
def test_s06_clauses_2_2_and_2_4_show_platforms_and_training(requirement: str, kind: str, unit: int) -> None:
    school = Tiny()
    assert not school.row(requirement, unit).owes
    school.held("10-12", kind)
    assert school.row(requirement, unit).state is State.MET


@pytest.mark.parametrize(("requirement", "kind"), [("s06/2.3/award", "award"), ("s06/3.1/notice", "notice")])
def test_s06_clauses_2_3_and_3_1_keep_awards_and_notices(requirement: str, kind: str) -> None:
    school = Tiny()
    school.entry(kind, "10-12")
    assert school.row(requirement).done == 1


def test_s06_clause_3_1_says_what_stands_in_a_notice() -> None:
    (clause,) = [clause for clause in shipped("s06").clauses if clause.id == "3.1"]
    (form,) = clause.data["forms"]
    assert {"date", "place", "topic"} <= set(form["fields"])
