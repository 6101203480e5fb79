"""S24, the guide to the exchange of primary teachers: forms and lengths, and its eight and eight points."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rule_blocks import amounts, block, clause, ids, item, titles
from rule_worlds import REGULAR, Tiny, shipped

from coordinator_tui.domain.rules.result import State
from coordinator_tui.domain.vocabulary import PlacementForm


@pytest.fixture
def school() -> Tiny:
    """张三 was away on a mutual exchange from 8 September to 7 October."""
    tiny = Tiny()
    tiny.placement(REGULAR, "09-08", "10-07", form=PlacementForm.MUTUAL)
    return tiny


def test_s24_clause_3_1_is_for_seven_subjects() -> None:
    subjects = item("s24", "3.1", "eligibility", "subjects")["subjects"]
    assert subjects == ["语文", "数学", "英语", "科学", "体育", "音乐", "美术"]


def test_s24_clause_3_2_1_mutual_exchange_is_one_month_with_lessons() -> None:
    mutual = item("s24", "3.2.1", "quotas", "mutual")
    assert (mutual["months"], mutual["teaching_load"], mutual["form"]) == (1, True, "mutual")


def test_s24_clause_3_2_2_training_is_one_week_whose_days_the_school_counts() -> None:
    tiny = Tiny()
    assert item("s24", "3.2.2", "quotas", "training")["weeks"] == 1
    assert tiny.row("s24/3.2.2/training-week", REGULAR).state is State.SETTING_MISSING
    tiny.held("10-12", "training", REGULAR, until=date(2026, 10, 14))
    row = tiny.row("s24/3.2.2/training-week", REGULAR, training_days=5)
    assert amounts(row) == (5, 3, 2)


def test_s24_clause_3_4_the_working_group_organises_coordinates_and_supervises_a_plan() -> None:
    assert titles(block("s24", "3.4.1", "roles")) == ["组织", "协调", "监督"]
    assert titles(block("s24", "3.4.2", "records")) == ["时间", "地点", "内容"]
    tiny = Tiny()
    assert amounts(tiny.row("s24/3.4.2/plan")) == (1, 0, 1)


def test_s24_clause_3_4_3_has_no_text_and_asks_for_nothing() -> None:
    empty = clause("s24", "3.4.3")
    assert not empty.requirements
    assert "没有内容" in empty.text.zh


@pytest.mark.parametrize(
    ("requirement", "kind", "due"),
    [
        ("N1/cover", "cover", date(2026, 10, 7)),
        ("N5/return-plan", "decision", date(2026, 10, 7)),
        ("N7/safety", "safety", date(2026, 10, 7)),
        ("K1/assessment", "evaluation", date(2026, 10, 7)),
        ("K3/student-feedback", "student_evaluation", date(2026, 10, 7)),
        ("K5/display", "relay", date(2026, 11, 6)),
        ("K6/follow-up", "help", date(2026, 12, 6)),
    ],
)
def test_s24_each_exchange_owes_its_points_by_its_end_or_after(
    school: Tiny, requirement: str, kind: str, due: date
) -> None:
    answers: dict[str, Any] = {"display_days": 30, "follow_days": 60}
    row = school.row(f"s24/{requirement}", REGULAR, **answers)
    assert (amounts(row), row.due) == ((1, 0, 1), due)
    assert row.state is (State.OVERDUE if due < school.today else State.DUE)
    school.entry(kind, "10-06", placement=1000)
    assert school.row(f"s24/{requirement}", REGULAR, **answers).state is State.MET


def test_s24_nobody_owes_the_points_without_an_exchange() -> None:
    assert Tiny().rows("s24/N1/cover", REGULAR) == []


def test_s24_clause_k4_counselling_is_offered_and_never_owed(school: Tiny) -> None:
    offered = school.row("s24/K4/counselling", REGULAR)
    assert (offered.needed, offered.due, offered.owes) == (1, date(2026, 10, 7), False)
    school.entry("support", "09-20", member=REGULAR)
    assert school.row("s24/K4/counselling", REGULAR).done == 1


def test_s24_clause_n6_reviews_as_often_as_the_school_says(school: Tiny) -> None:
    assert school.row("s24/N6/review").state is State.SETTING_MISSING
    school.entry("evaluation", "10-06")
    assert amounts(school.row("s24/N6/review", reviews_per_year=2)) == (2, 1, 1)


def test_s24_clause_k1_matches_by_strengths_interests_and_needs() -> None:
    assert ids(block("s24", "K1", "records")) == ["strengths", "interests", "needs"]


def test_s24_the_lifecycle_of_an_exchange_has_eight_and_eight_points() -> None:
    points = block("s24", "K8", "checklist")
    assert ids(points) == [*(f"n{number}" for number in range(1, 9)), *(f"k{number}" for number in range(1, 9))]
    assert {each["stage"] for each in points} == {"before", "during", "after"}
    known = {each.id for each in shipped("s24").clauses}
    assert {each["clause"] for each in points} <= known
