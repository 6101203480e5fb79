"""S03, the key points: an activity of 4 to 8 days each school year, with its timetable and itinerary."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rule_worlds import BACKBONE, REGULAR, Tiny, shipped

from coordinator_tui.domain.rules.result import State
from coordinator_tui.domain.vocabulary import AchievementKind


def test_s03_clause_3_1_1_owes_one_activity_a_school_year() -> None:
    school = Tiny()
    row = school.row("s03/3.1.1/activity")
    assert (row.period.label, row.needed, row.gap, row.due) == ("2026-2027", 1, 1, date(2027, 8, 31))
    school.held("10-12", "visit")
    assert school.row("s03/3.1.1/activity").state is State.MET


def test_s03_clause_3_1_1_adds_up_days_to_four_and_shows_eight() -> None:
    school = Tiny()
    school.held("10-12", "visit", until=date(2026, 10, 14))
    four = school.row("s03/3.1.1/days", shortest_days=1)
    assert (four.needed, four.done, four.gap) == (4, 3, 1)
    school.held("11-11", "lecture")
    assert school.row("s03/3.1.1/days", shortest_days=1).state is State.MET
    eight = school.row("s03/3.1.1/days-full", shortest_days=1)
    assert (eight.needed, eight.done, eight.owes) == (8, 4, False)


def test_s03_clause_3_1_1_counts_only_one_long_activity_where_the_school_reads_it_so() -> None:
    school = Tiny()
    school.held("10-12", "visit", until=date(2026, 10, 14))
    school.held("11-11", "lecture")
    row = school.row("s03/3.1.1/days", shortest_days=4)
    assert (row.done, row.gap) == (0, 4)
    school.held("11-02", "training", until=date(2026, 11, 9))
    assert school.row("s03/3.1.1/days-full", shortest_days=4).done == 8


def test_s03_clause_3_1_1_asks_which_reading_holds() -> None:
    assert Tiny().row("s03/3.1.1/days").state is State.SETTING_MISSING


@pytest.mark.parametrize(
    ("requirement", "kind"), [("s03/3.1.2/decision", "decision"), ("s03/3.1.3/itinerary", "itinerary")]
)
def test_s03_clauses_3_1_2_and_3_1_3_want_the_leaders_decision_and_an_itinerary(requirement: str, kind: str) -> None:
    school = Tiny()
    activity = school.held("10-12", "visit", until=date(2026, 10, 15))
    assert (school.row(requirement).needed, school.row(requirement).gap) == (1, 1)
    school.entry(kind, "10-08", session=activity)
    assert school.row(requirement).state is State.MET


def test_s03_clause_3_3_names_four_forms_of_study() -> None:
    (clause,) = [clause for clause in shipped("s03").clauses if clause.id == "3.3.1"]
    assert [form["id"] for form in clause.data["forms"]] == ["collective", "self_study", "group", "visit"]


def test_s03_clause_3_3_4_counts_the_meetings_of_a_voluntary_topic_group() -> None:
    school = Tiny()
    topic = school.group("整本书阅读课题组", "other", REGULAR, BACKBONE)
    school.held("10-12", "group_research", group=topic)
    row = school.row("s03/3.3.4/topic-groups", topic)
    assert (row.done, row.state) == (1, State.MET)


@pytest.mark.parametrize("requirement", ["s03/3.3.2/collective", "s03/3.3.5/visit", "s03/3.2.3/outside"])
def test_s03_clauses_3_2_3_and_3_3_show_what_the_document_allows(requirement: str) -> None:
    school = Tiny()
    assert not school.row(requirement).owes
    school.held("10-12", "visit")
    school.held("10-13", "lecture")
    school.training(REGULAR, "10-14")
    assert school.row(requirement).state is State.MET


def test_s03_clause_3_4_1_evaluates_enthusiasm_performance_and_results() -> None:
    school = Tiny()
    school.held("10-12", "lecture", REGULAR, BACKBONE, speaker_member=BACKBONE)
    school.held("10-19", "seminar", REGULAR)
    school.achievement(BACKBONE, AchievementKind.PAPER, "10-20")
    answers: dict[str, Any] = {"points_attend": 1, "points_speak": 2, "points_result": 3}
    assert school.score("s03", "three-factors", REGULAR, **answers).total == 2
    assert school.score("s03", "three-factors", BACKBONE, **answers).total == 1 + 2 + 3
    school.entry("evaluation", "11-12", member=REGULAR)
    assert school.row("s03/3.4.1/evaluation", REGULAR).done == 1
