"""S01, exchanging teaching experience: seminars as often as the school says, lessons observed with peer evaluation."""

from __future__ import annotations

import pytest
from rule_worlds import CHINESE, Tiny

from coordinator_tui.domain.rules.result import Reason, State, Why


def test_s01_clause_3_1_asks_how_often_because_the_document_only_says_regularly() -> None:
    row = Tiny().row("s01/3.1/seminars")
    assert (row.state, row.needed, row.gap) == (State.SETTING_MISSING, None, 0)
    assert row.reasons == (Reason(Why.SETTING, (("key", "seminars_per_term"),)),)


def test_s01_clause_3_1_counts_seminars_against_the_answer() -> None:
    school = Tiny()
    school.held("10-14", "seminar")
    school.held("10-21", "lecture")
    row = school.row("s01/3.1/seminars", seminars_per_term=2)
    assert (row.needed, row.done, row.gap, row.state) == (2, 1, 1, State.DUE)


@pytest.mark.parametrize(
    ("requirement", "kind"),
    [
        ("s01/4.1/lecture", "lecture"),
        ("s01/4.2/observation", "observation"),
        ("s01/3.2/cross-school-observation", "visit"),
    ],
)
def test_s01_clauses_3_2_4_1_and_4_2_show_each_form_and_owe_none(requirement: str, kind: str) -> None:
    school = Tiny()
    assert not school.row(requirement).owes
    school.held("10-14", kind, scope="between_schools")
    assert (school.row(requirement).done, school.row(requirement).state) == (1, State.MET)


def test_s01_clause_3_1_shows_what_each_research_group_did() -> None:
    school = Tiny()
    school.held("10-14", "group_research")
    assert school.row("s01/3.1/group-research", CHINESE).done == 1


def test_s01_clause_3_2_counts_only_lessons_visited_across_schools() -> None:
    school = Tiny()
    school.held("10-14", "observation", scope="school")
    assert school.row("s01/3.2/cross-school-observation").done == 0


def test_s01_clause_4_2_wants_a_peer_evaluation_for_each_observed_lesson() -> None:
    school = Tiny()
    first = school.held("10-14", "observation")
    second = school.held("10-21", "observation")
    school.entry("peer_evaluation", "10-22", session=second, group=CHINESE)
    rows = school.rows("s01/4.2/peer-evaluation", CHINESE)
    assert [(row.period.label, row.needed, row.done, row.owes) for row in rows] == [
        (str(first), 1, 0, False),
        (str(second), 1, 1, False),
    ]


def test_s01_clause_6_wants_the_effect_reviewed_as_often_a_year_as_the_school_says() -> None:
    school = Tiny()
    school.entry("evaluation", "11-02")
    row = school.row("s01/6/review", reviews_per_school_year=2)
    assert (row.period.label, row.needed, row.done, row.gap) == ("2026-2027", 2, 1, 1)
