"""S05, the work of teachers in exchange: four scopes, an assessment that counts for titles, discipline, privacy."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rule_worlds import BACKBONE, CHINESE, REGULAR, Tiny, shipped

from coordinator_tui.domain.rules.result import State
from coordinator_tui.domain.vocabulary import AchievementKind, Scope

POINTS: dict[str, Any] = {"points_late": -0.5, "points_absent": -1, "points_take_part": 1, "points_effect": 3}


@pytest.mark.parametrize(
    ("requirement", "scope"),
    [
        ("s05/3.1/scope-school", Scope.SCHOOL),
        ("s05/3.2/scope-between-schools", Scope.BETWEEN_SCHOOLS),
        ("s05/3.3/scope-region", Scope.REGION),
        ("s05/3.4/scope-nation", Scope.NATION),
    ],
)
def test_s05_clauses_3_1_to_3_4_count_exchange_in_each_of_four_scopes(requirement: str, scope: Scope) -> None:
    school = Tiny()
    for each in Scope:
        school.held("10-12", "seminar", scope=each)
    school.held("10-19", "seminar", scope=scope)
    row = school.row(requirement)
    assert (row.done, row.owes) == (2, False)


def test_s05_clause_2_1_shows_which_activity_does_not_name_its_scope() -> None:
    school = Tiny()
    school.held("10-12", "seminar", scope=Scope.REGION)
    school.held("10-19", "seminar")
    assert [row.done for row in school.rows("s05/2.1/scope-named", CHINESE)] == [1, 0]


def test_s05_clauses_2_1_and_2_2_name_four_scopes_and_five_contents() -> None:
    clauses = {clause.id: clause for clause in shipped("s05").clauses}
    assert [item["id"] for item in clauses["2.1"].data["checklist"]] == [scope.value for scope in Scope]
    assert len(clauses["2.2"].data["checklist"]) == 5


def test_s05_clause_4_2_keeps_commendations() -> None:
    school = Tiny()
    school.entry("award", "11-02", member=REGULAR)
    assert school.row("s05/4.2/commendation").done == 1


def test_s05_clause_5_1_owes_an_evaluation_of_every_teacher() -> None:
    school = Tiny()
    school.entry("evaluation", "11-02", member=REGULAR)
    assert school.row("s05/5.1/evaluation", REGULAR, evaluations_per_school_year=1).state is State.MET
    assert school.row("s05/5.1/evaluation", BACKBONE, evaluations_per_school_year=1).gap == 1


def test_s05_clause_5_1_scores_attitude_process_and_effect() -> None:
    school = Tiny()
    first = school.held("10-12", "seminar", BACKBONE)
    school.mark(first, REGULAR, "late", 10)
    second = school.held("10-19", "seminar", BACKBONE)
    school.mark(second, REGULAR, "absent")
    school.achievement(REGULAR, AchievementKind.PAPER, "10-20")
    assert school.score("s05", "attitude-process-effect", REGULAR, **POINTS).total == -0.5 - 1 + 1 + 3
    assert school.score("s05", "attitude-process-effect", BACKBONE, **POINTS).total == 2


def test_s05_clause_5_2_says_what_the_result_counts_for() -> None:
    (clause,) = [clause for clause in shipped("s05").clauses if clause.id == "5.2"]
    assert [each["id"] for each in clause.data["consequences"]] == ["title_review", "promotion", "honours"]


def test_s05_clause_5_3_owes_what_was_not_put_right() -> None:
    school = Tiny()
    assert not school.row("s05/5.3/rectification").owes
    school.entry("improvement", "10-12", due=date(2026, 10, 30), done_on=date(2026, 10, 28))
    school.entry("improvement", "11-02", due=date(2026, 11, 30))
    row = school.row("s05/5.3/rectification")
    assert (row.needed, row.done, row.gap, row.owes) == (2, 1, 1, True)


def test_s05_clause_6_1_shows_who_missed_an_activity() -> None:
    school = Tiny()
    for when in ("10-12", "10-19"):
        school.held(when, "seminar", BACKBONE)
    session = school.held("10-26", "seminar", BACKBONE, REGULAR)
    school.mark(session - 1, REGULAR, "absent")
    assert school.row("s05/6.1/attendance", BACKBONE).state is State.MET
    row = school.row("s05/6.1/attendance", REGULAR)
    assert (row.needed, row.done, row.owes) == (2, 1, False)
