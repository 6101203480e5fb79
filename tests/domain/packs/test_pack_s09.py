"""S09, the kindergarten: two hours every two weeks, notes, reflections after training, a magazine a year."""

from __future__ import annotations

from datetime import date

from rule_worlds import BACKBONE, REGULAR, Tiny, shipped

from coordinator_tui.domain.rules.result import State


def test_s09_clause_1_owes_two_hours_every_two_weeks() -> None:
    school = Tiny()
    school.held("09-02", "policy_study")
    school.held("09-09", "professional_study")
    school.held("09-16", "professional_study")
    first, second, *later = school.rows("s09/1/collective-study")
    assert (first.period.start, first.period.until) == (date(2026, 8, 31), date(2026, 9, 13))
    assert (first.needed, first.done, first.state) == (120, 120, State.MET)
    assert (second.needed, second.done, second.gap, second.state) == (120, 60, 60, State.OVERDUE)
    assert later[-1].state is State.NOT_YET


def test_s09_clause_1_shows_each_ones_own_hours() -> None:
    school = Tiny()
    session = school.held("09-02", "professional_study", BACKBONE, end="17:00")
    school.mark(session, REGULAR, "sick")
    assert school.rows("s09/1/own-hours", BACKBONE)[0].done == 120
    row = school.rows("s09/1/own-hours", REGULAR)[0]
    assert (row.done, row.owes) == (0, False)


def test_s09_clause_1_plans_a_fixed_slot_of_120_minutes_every_second_week() -> None:
    (cadence,) = [each for clause in shipped("s09").clauses if clause.id == "1" for each in clause.cadences]
    assert (cadence.every, cadence.minutes) == (2, 120)


def test_s09_clause_2_shows_attendance_and_reminds_of_asking_for_leave_first() -> None:
    school = Tiny()
    session = school.held("09-02", "policy_study", BACKBONE)
    school.mark(session, REGULAR, "absent")
    assert [school.row("s09/2/attendance", member).done for member in (BACKBONE, REGULAR)] == [1, 0]
    assert not school.row("s09/2/attendance", REGULAR).owes
    (clause,) = [clause for clause in shipped("s09").clauses if clause.id == "2"]
    assert "请假" in clause.remind[0].zh


def test_s09_clause_3_owes_a_study_note_of_each_collective_study_attended() -> None:
    school = Tiny()
    first = school.held("10-14", "professional_study", REGULAR, BACKBONE)
    second = school.held("11-18", "policy_study", REGULAR)
    school.work(REGULAR, "study_note", "10-15", session=first)
    rows = school.rows("s09/3/study-notes", REGULAR, note_days=7)
    assert [(row.period.label, row.gap, row.due) for row in rows] == [
        (str(first), 0, date(2026, 10, 21)),
        (str(second), 1, date(2026, 11, 25)),
    ]
    assert [row.state for row in school.rows("s09/3/study-notes", BACKBONE, note_days=7)] == [State.OVERDUE]


def test_s09_clause_4_counts_contributions_to_discussions() -> None:
    school = Tiny()
    for when in ("10-14", "10-28"):
        school.entry("speech", when, member=REGULAR)
    assert (school.row("s09/4/speeches", REGULAR).done, school.row("s09/4/speeches", BACKBONE).owes) == (2, False)


def test_s09_clause_5_shows_attempts_at_research() -> None:
    school = Tiny()
    school.work(REGULAR, "paper", "10-14")
    assert school.row("s09/5/research", REGULAR).done == 1


def test_s09_clause_6_counts_insights_and_the_meetings_to_exchange_them() -> None:
    school = Tiny()
    school.work(REGULAR, "insight", "10-14")
    school.held("10-20", "sharing")
    row = school.row("s09/6/insights", REGULAR, insights_per_term=2)
    assert (row.needed, row.done, row.gap) == (2, 1, 1)
    assert school.row("s09/6/exchanges", exchanges_per_term=1).state is State.MET
    assert school.row("s09/6/exchanges").state is State.SETTING_MISSING


def test_s09_clause_7_makes_notes_and_a_reflection_due_after_each_training() -> None:
    school = Tiny()
    training = school.training(REGULAR, "11-09", "11-11")
    (notes,) = school.rows("s09/7/training-notes", REGULAR, reflection_days=14)
    assert (notes.period.label, notes.due, notes.gap, notes.state) == (str(training), date(2026, 11, 25), 1, State.DUE)
    school.work(REGULAR, "study_note", "11-11", training=training)
    assert [row.state for row in school.rows("s09/7/training-notes", REGULAR, reflection_days=14)] == [State.MET]
    school.work(REGULAR, "reflection", "11-12", training=training)
    (reflection,) = school.rows("s09/7/training-reflection", REGULAR, reflection_days=14)
    assert reflection.state is State.MET
    assert not school.rows("s09/7/training-reflection", BACKBONE, reflection_days=14)


def test_s09_clause_8_owes_one_magazine_a_year() -> None:
    school = Tiny()
    school.entry("magazine", "09-10", member=REGULAR, title="幼儿教育")
    assert school.row("s09/8/magazine", REGULAR).state is State.MET
    row = school.row("s09/8/magazine", BACKBONE)
    assert (row.period.label, row.needed, row.gap) == ("2026-2027", 1, 1)
