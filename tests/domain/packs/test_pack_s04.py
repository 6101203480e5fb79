"""S04, managing exchange: rules for each activity, a bank of problems, privacy, regular review."""

from __future__ import annotations

from datetime import date

import pytest
from rule_worlds import CHINESE, Tiny, shipped

from coordinator_tui.domain.rules.result import State


def test_s04_clause_2_2_counts_seminars_and_observed_lessons() -> None:
    school = Tiny()
    school.held("10-12", "seminar")
    school.held("10-19", "observation")
    school.held("10-26", "lecture")
    row = school.row("s04/2.2/activities", activities_per_term=3)
    assert (row.needed, row.done, row.gap) == (3, 2, 1)


@pytest.mark.parametrize(
    ("requirement", "kind"),
    [("s04/3.1/resources", "resource"), ("s04/3.2/problems", "help"), ("s04/8.1/improvement", "improvement")],
)
def test_s04_clauses_3_1_3_2_and_8_1_keep_resources_problems_and_improvements(requirement: str, kind: str) -> None:
    school = Tiny()
    assert not school.row(requirement).owes
    school.entry(kind, "10-12", title="怎样留作业", outcome="分层", done_on=date(2026, 10, 20))
    assert school.row(requirement).done == 1


@pytest.mark.parametrize(("requirement", "kind"), [("s04/2.1/platform", "forum"), ("s04/7.1/introduction", "training")])
def test_s04_clauses_2_1_and_7_1_show_meetings_and_introductions(requirement: str, kind: str) -> None:
    school = Tiny()
    assert not school.row(requirement).owes
    school.held("10-12", kind)
    assert school.row(requirement).state is State.MET


def test_s04_clause_3_2_shows_the_problems_that_were_not_solved() -> None:
    school = Tiny()
    school.entry("help", "10-12", title="怎样留作业", outcome="分层")
    school.entry("help", "10-19", title="后进生辅导")
    row = school.row("s04/3.2/problems-solved")
    assert (row.needed, row.done, row.owes) == (2, 1, False)


def test_s04_clause_5_2_flags_an_activity_without_content_manner_or_time() -> None:
    school = Tiny()
    school.held("10-12", "seminar", topic="大单元")
    school.held("10-19", "seminar")
    school.held("10-26", "seminar", topic="大单元", start=None)
    assert [row.gap for row in school.rows("s04/5.2/session-facts", CHINESE)] == [0, 1, 1]


def test_s04_clauses_5_1_and_6_2_remind_of_the_body_and_of_privacy() -> None:
    clauses = {clause.id: clause for clause in shipped("s04").clauses}
    assert clauses["5.1"].remind
    assert [item["id"] for item in clauses["5.1"].data["checklist"]] == ["body", "roles"]
    assert "公开范围" in clauses["6.2"].remind[0].zh


def test_s04_clause_8_1_reviews_the_regulation_as_often_as_the_school_says() -> None:
    school = Tiny()
    assert school.row("s04/8.1/review").state is State.SETTING_MISSING
    school.entry("evaluation", "11-02")
    assert school.row("s04/8.1/review", reviews_per_school_year=1).state is State.MET
