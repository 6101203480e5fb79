"""S22, the personal plan of a cadre who leads exchange teachers: every number, clause by clause."""

from __future__ import annotations

from datetime import date

import pytest
from rule_blocks import amounts, block, ids, item
from rule_worlds import NEW, REGULAR, Tiny, shipped

from coordinator_tui.domain.rules.pack import Away
from coordinator_tui.domain.rules.result import State

OBSERVED = "s22/2.3/observations"
OPEN = "s22/2.3/open-lesson"


@pytest.fixture
def school() -> Tiny:
    """张三 teaches at another school for the whole year."""
    tiny = Tiny()
    tiny.placement(REGULAR, "09-01", "2027-07-10")
    return tiny


def test_s22_binds_only_those_on_exchange(school: Tiny) -> None:
    assert all(each.who.away is Away.REQUIRED for each in shipped("s22").requirements)
    assert not any(row.owes for row in school.rows(OBSERVED, NEW))
    assert school.rows(OBSERVED, REGULAR)[0].owes


def test_s22_the_group_is_of_six_for_one_year() -> None:
    assert item("s22", "0", "quotas", "group")["people"] == 6
    assert item("s22", "0", "quotas", "length")["years"] == 1


def test_s22_one_personal_plan(school: Tiny) -> None:
    assert amounts(school.row("s22/0/plan", REGULAR)) == (1, 0, 1)
    school.work(REGULAR, "plan", "09-02")
    assert school.row("s22/0/plan", REGULAR).state is State.MET


def test_s22_clause_1_has_four_goals() -> None:
    assert ids(block("s22", "1.1", "goals")) == ["management", "culture", "teaching", "class-head"]


def test_s22_clause_1_3_teaches_chinese_and_writing_in_one_class_and_classics_in_three() -> None:
    duties = {each["id"]: each for each in block("s22", "1.3", "checklist")}
    assert (duties["chinese"]["grade"], duties["chinese"]["class"]) == (3, 3)
    assert (duties["writing"]["grade"], duties["writing"]["class"]) == (3, 3)
    assert (duties["classics"]["grade"], duties["classics"]["classes"]) == (3, 3)


def test_s22_clause_2_1_reports_as_often_as_the_school_says(school: Tiny) -> None:
    assert school.row("s22/2.1/reports", REGULAR).state is State.SETTING_MISSING
    school.entry("report", "10-10", member=REGULAR)
    assert amounts(school.row("s22/2.1/reports", REGULAR, reports_per_term=3)) == (3, 1, 2)


@pytest.mark.parametrize(("lessons", "missing"), [(0, 2), (1, 1), (2, 0), (3, 0)])
def test_s22_clause_2_3_two_lessons_observed_a_week(school: Tiny, lessons: int, missing: int) -> None:
    for _lesson in range(lessons):
        school.work(REGULAR, "lesson_observation", "11-17")
    # 3 of a week do not make good an earlier week before this one is filled
    week = school.rows(OBSERVED, REGULAR)[11]
    assert (week.needed, week.gap) == (2, missing)


@pytest.mark.parametrize("kind", ["open_lesson", "demonstration_lesson"])
def test_s22_clause_2_3_one_open_lesson_a_month(school: Tiny, kind: str) -> None:
    school.work(REGULAR, kind, "09-15")
    september, october, *_rest = school.rows(OPEN, REGULAR)
    assert (amounts(september), september.state) == ((1, 1, 0), State.MET)
    assert (amounts(october), october.state) == ((1, 0, 1), State.OVERDUE)


def test_s22_clause_2_3_every_school_based_study_is_attended(school: Tiny) -> None:
    came = school.held("09-10", "training", REGULAR)
    missed = school.held("09-17", "training")
    row = school.row("s22/2.3/study-attended", REGULAR)
    assert row.gap == 0
    school.mark(missed, REGULAR, "absent")
    assert came != missed
    assert school.row("s22/2.3/study-attended", REGULAR).gap > 0


def test_s22_clause_2_3_a_prepared_contribution_at_each_study_is_advice(school: Tiny) -> None:
    session = school.held("09-10", "training", REGULAR)
    silent = school.row("s22/2.3/speeches", REGULAR)
    assert (silent.needed, silent.done, silent.owes) == (1, 0, False)
    assert silent.due == date(2026, 9, 10)
    school.entry("speech", "09-10", member=REGULAR, session=session)
    assert school.row("s22/2.3/speeches", REGULAR).done == 1


def test_s22_clause_2_3_diary_as_often_as_the_school_says(school: Tiny) -> None:
    assert school.rows("s22/2.3/diary", REGULAR)[0].state is State.SETTING_MISSING
    assert school.rows("s22/2.3/diary", REGULAR, diary_per_month=4)[0].needed == 4


def test_s22_clause_2_4_every_meeting_of_the_school_committee_is_attended(school: Tiny) -> None:
    committee = school.group("校委会", "leading", REGULAR)
    school.held("09-10", "seminar", REGULAR, group=committee)
    absent = school.held("09-24", "seminar", group=committee)
    school.mark(absent, REGULAR, "absent")
    row = school.row("s22/2.4/committee", REGULAR)
    assert (row.done, row.gap) == (1, 1)
