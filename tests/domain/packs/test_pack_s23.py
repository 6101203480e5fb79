"""S23, an exchange teacher's personal plan: every number, clause by clause."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rule_blocks import amounts, answer, why
from rule_worlds import BACKBONE, NEW, REGULAR, SECOND, Tiny, shipped

from coordinator_tui.domain.rules.pack import Away
from coordinator_tui.domain.rules.result import State, Why
from coordinator_tui.domain.vocabulary import AchievementKind, Scope

NOTES = "s23/4.2/study-notes"


@pytest.fixture
def school() -> Tiny:
    """张三 teaches at another school for the whole year."""
    tiny = Tiny()
    tiny.placement(REGULAR, "09-01", "2027-07-10")
    return tiny


def test_s23_binds_only_those_on_exchange(school: Tiny) -> None:
    assert all(each.who.away is Away.REQUIRED for each in shipped("s23").requirements)
    assert not any(row.owes for row in school.rows(NOTES, NEW))


def test_s23_one_plan_and_one_summary_for_the_school_year(school: Tiny) -> None:
    assert amounts(school.row("s23/0/plan", REGULAR)) == (1, 0, 1)
    assert amounts(school.row("s23/2.2/summary", REGULAR)) == (1, 0, 1)


def test_s23_clause_2_3_the_two_schools_keep_a_shared_archive(school: Tiny) -> None:
    assert school.row("s23/2.3/shared-archive", REGULAR).state is State.DUE
    school.entry("shared_archive", "10-10", member=REGULAR)
    assert school.row("s23/2.3/shared-archive", REGULAR).state is State.MET


def test_s23_clause_2_4_two_lessons_observed_a_week(school: Tiny) -> None:
    school.work(REGULAR, "lesson_observation", "11-17")
    week = school.rows("s23/2.4/observations", REGULAR)[11]
    assert (amounts(week), week.state) == ((2, 1, 1), State.DUE)


def test_s23_clause_2_4_one_open_lesson_a_month(school: Tiny) -> None:
    school.work(REGULAR, "open_lesson", "09-15")
    september, october, *_rest = school.rows("s23/2.4/open-lesson", REGULAR)
    assert (amounts(september), amounts(october)) == ((1, 1, 0), (1, 0, 1))


def test_s23_clause_2_4_one_township_lesson_a_term(school: Tiny) -> None:
    school.held("10-14", "observation", speaker_member=REGULAR)
    assert amounts(school.row("s23/2.4/township-lesson", REGULAR)) == (1, 0, 1)
    school.held("10-21", "observation", speaker_member=REGULAR, scope=Scope.REGION)
    assert amounts(school.row("s23/2.4/township-lesson", REGULAR)) == (1, 1, 0)


@pytest.mark.parametrize(("young", "missing", "over"), [(0, 1, False), (1, 0, False), (2, 0, False), (3, 0, True)])
def test_s23_clause_2_6_one_or_two_young_teachers_mentored(school: Tiny, young: int, missing: int, over: bool) -> None:
    for apprentice in (NEW, BACKBONE, 99)[:young]:
        school.pair(REGULAR, apprentice)
    row = school.row("s23/2.6/mentoring", REGULAR)
    assert (amounts(row), row.at_most) == ((1, young, missing), 2)
    assert (Why.OVER in why(row)) is over


def test_s23_clause_2_6_being_an_apprentice_is_not_mentoring(school: Tiny) -> None:
    school.pair(BACKBONE, REGULAR)
    assert school.row("s23/2.6/mentoring", REGULAR).gap == 1


def test_s23_clause_2_7_contests_of_pupils_are_advice(school: Tiny) -> None:
    school.achievement(REGULAR, AchievementKind.STUDENT_GUIDANCE, "10-10")
    row = school.row("s23/2.7/contests", REGULAR, contests_per_year=2)
    assert (row.needed, row.done, row.owes) == (2, 1, False)


def test_s23_clause_3_1_full_attendance_and_never_late(school: Tiny) -> None:
    school.held("09-10", "training", REGULAR)
    late, early, absent = (school.held(when, "training") for when in ("09-17", "09-24", "10-15"))
    for session, mark in ((late, "late"), (early, "left_early"), (absent, "absent")):
        school.mark(session, REGULAR, mark)
    row = school.row("s23/3.1/full-attendance", REGULAR)
    assert (row.needed, row.done, row.owes) == (4, 3, False)
    points: dict[str, Any] = {"late_points": -1, "early_points": -1, "absent_points": -3}
    assert school.score("s23", "attendance", REGULAR, **points).total == -5


def test_s23_clause_4_1_each_training_leaves_notes(school: Tiny) -> None:
    school.training(REGULAR, "11-09", "11-10")
    row = school.row("s23/4.1/training-notes", REGULAR, note_days=5)
    assert (amounts(row), row.due) == ((1, 0, 1), date(2026, 11, 15))


def test_s23_clause_4_2_4200_characters_of_study_notes_leave_800_missing(school: Tiny) -> None:
    school.work(REGULAR, "study_note", "10-12", words=3000)
    school.work(REGULAR, "study_note", "11-12", words=1200)
    school.work(REGULAR, "reading_note", "11-12", words=900)
    row = school.row(NOTES, REGULAR)
    assert (amounts(row), row.state) == ((5000, 4200, 800), State.DUE)


def test_s23_clause_4_2_5000_characters_are_enough(school: Tiny) -> None:
    school.work(REGULAR, "study_note", "10-12", words=5000)
    assert school.row(NOTES, REGULAR).state is State.MET


def test_s23_clause_4_2_asks_again_in_the_second_term(school: Tiny) -> None:
    school.work(REGULAR, "study_note", "10-12", words=9000)
    assert amounts(school.row(NOTES, REGULAR, term=SECOND)) == (5000, 0, 5000)


@pytest.mark.parametrize(
    ("requirement", "setting"),
    [("s23/4.3/insights", "insights_per_month"), ("s23/4.4/papers", "papers_per_year")],
)
def test_s23_clauses_4_3_and_4_4_ask_as_often_as_the_school_says(school: Tiny, requirement: str, setting: str) -> None:
    assert school.rows(requirement, REGULAR)[0].state is State.SETTING_MISSING
    assert school.rows(requirement, REGULAR, **answer(setting, 2))[0].needed == 2
