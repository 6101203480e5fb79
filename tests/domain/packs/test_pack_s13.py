"""S13, theory of educational research: materials, lectures, seminars; what backbone teachers owe; the four haves."""

from __future__ import annotations

from datetime import date

import pytest
from rule_worlds import BACKBONE, CHINESE, NEW, REGULAR, SECOND, Tiny, shipped

from coordinator_tui.domain.records import Member
from coordinator_tui.domain.rules.result import State
from coordinator_tui.domain.vocabulary import Level

FOUR_HAVES = {"plan": "学期计划第3项", "topic": "大单元教学", "speaker": "李梅"}


def test_s13_clause_1_owes_two_study_materials_a_term() -> None:
    school = Tiny()
    school.entry("material", "10-12", title="研究方法资料一")
    row = school.row("s13/1/material")
    assert (row.period.label, row.needed, row.done, row.gap, row.state) == ("2026-2027-1", 2, 1, 1, State.DUE)


def test_s13_clause_2_owes_a_lecture_every_term() -> None:
    school = Tiny()
    school.held("10-12", "lecture")
    assert school.row("s13/2/lecture").state is State.MET
    assert (school.row("s13/2/lecture", term=SECOND).needed, school.row("s13/2/lecture", term=SECOND).done) == (1, 0)


def test_s13_clause_2_owes_a_theory_seminar_and_a_project_exchange_every_school_year() -> None:
    school = Tiny()
    for requirement in ("s13/2/theory-seminar", "s13/2/project-exchange"):
        row = school.row(requirement)
        assert (row.period.label, row.needed, row.gap, row.due) == ("2026-2027", 1, 1, date(2027, 8, 31))
    school.held("10-12", "sharing")
    assert school.row("s13/2/project-exchange").state is State.MET
    assert school.row("s13/2/theory-seminar").gap == 1
    school.held("10-19", "seminar")
    assert school.row("s13/2/theory-seminar").state is State.MET


def test_s13_clause_3_a_backbone_teacher_owes_a_demonstration_lesson_and_a_regular_teacher_does_not() -> None:
    school = Tiny()
    row = school.row("s13/3/demonstration-lesson", BACKBONE)
    assert (row.needed, row.done, row.gap, row.state) == (1, 0, 1, State.DUE)
    for other in (REGULAR, NEW):
        assert not [row for row in school.rows("s13/3/demonstration-lesson", other) if row.owes or row.needed]
    school.work(BACKBONE, "demonstration_lesson", "10-12")
    assert school.row("s13/3/demonstration-lesson", BACKBONE).state is State.MET


@pytest.mark.parametrize("level", [Level.BACKBONE_SCHOOL, Level.BACKBONE_COUNTY, Level.BACKBONE_CITY])
def test_s13_clause_3_binds_backbone_teachers_of_city_county_and_school(level: Level) -> None:
    school = Tiny()
    school.put(Member(id=REGULAR, name="张三", level=level))
    assert school.row("s13/3/demonstration-lesson", REGULAR).gap == 1


def test_s13_clause_3_a_backbone_teacher_owes_a_result_every_school_year() -> None:
    school = Tiny()
    row = school.row("s13/3/backbone-result", BACKBONE)
    assert (row.period.label, row.needed, row.gap) == ("2026-2027", 1, 1)
    school.work(BACKBONE, "insight", "10-12")
    assert school.row("s13/3/backbone-result", BACKBONE).state is State.MET


def test_s13_clause_3_a_backbone_teacher_owes_a_reflection_after_each_training() -> None:
    school = Tiny()
    first = school.training(BACKBONE, "10-12", "10-14")
    school.training(BACKBONE, "11-16", "11-18")
    school.training(REGULAR, "10-12", "10-14")
    school.work(BACKBONE, "reflection", "10-20", training=first)
    rows = school.rows("s13/3/training-reflection", BACKBONE, reflection_days=7)
    assert [(row.due, row.gap, row.state) for row in rows] == [
        (date(2026, 10, 21), 0, State.MET),
        (date(2026, 11, 25), 1, State.DUE),
    ]
    assert not [row for row in school.rows("s13/3/training-reflection", REGULAR, reflection_days=7) if row.owes]


@pytest.mark.parametrize(
    "requirement", ["s13/4/methods", "s13/5/reform", "s13/6/results-promotion", "s13/6/forum", "s13/7/outside"]
)
def test_s13_clauses_4_5_6_and_7_show_what_the_document_names_as_examples(requirement: str) -> None:
    school = Tiny()
    assert not school.row(requirement).owes
    for kind in ("lecture", "results_meeting", "forum"):
        school.held("10-12", kind, scope="between_schools")
    assert school.row(requirement).state is State.MET


def test_s13_clause_6_counts_research_meetings_against_the_schools_number() -> None:
    school = Tiny()
    assert school.row("s13/6/research-meetings").state is State.SETTING_MISSING
    school.held("10-12", "group_research")
    school.held("10-19", "forum")
    row = school.row("s13/6/research-meetings", research_meetings_per_term=4)
    assert (row.needed, row.done, row.gap) == (4, 2, 2)


@pytest.mark.parametrize("missing", [None, "plan", "topic", "speaker", "kind"])
def test_s13_clause_8_flags_a_study_that_lacks_one_of_the_four_haves(missing: str | None) -> None:
    school = Tiny()
    session = school.held("10-12", "lecture", **FOUR_HAVES)
    if missing is not None:
        school.lack(session, missing)
    (row,) = school.rows("s13/8/four-haves", CHINESE)
    assert (row.period.label, row.needed, row.gap) == (str(session), 1, 0 if missing is None else 1)


def test_s13_clause_8_reminds_of_the_four_uses() -> None:
    (clause,) = [clause for clause in shipped("s13").clauses if clause.id == "8"]
    assert len(clause.data["checklist"]) == 4
    assert clause.remind
