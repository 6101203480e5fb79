"""S07, mutual help: no numbers, so nothing is ever owed, and what was done is seen."""

from __future__ import annotations

from datetime import date

from rule_worlds import BACKBONE, NEW, Tiny, shipped

from coordinator_tui.domain.rules.result import State


def test_s07_owes_nothing_in_any_clause() -> None:
    rows = Tiny().ledger("s07").rows()
    assert {row.requirement.key for row in rows} == {each.key for each in shipped("s07").requirements}
    assert not [row for row in rows if row.owes or row.gap]


def test_s07_clauses_2_and_3_count_help_and_shared_resources() -> None:
    school = Tiny()
    school.entry("help", "10-12", title="低年级识字难", done_on=date(2026, 10, 26))
    school.entry("resource", "10-13")
    assert (school.row("s07/2/help").done, school.row("s07/3/resources").done) == (1, 1)


def test_s07_clause_4_counts_mentors_and_apprentices() -> None:
    school = Tiny()
    school.pair(BACKBONE, NEW)
    assert school.row("s07/4/pairs").state is State.MET


def test_s07_clause_5_counts_exchange_with_other_schools() -> None:
    school = Tiny()
    school.held("10-12", "visit", scope="between_schools")
    school.held("10-19", "seminar", scope="school")
    assert school.row("s07/5/other-schools").done == 1
