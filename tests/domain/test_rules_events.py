"""What follows an event: a report and a relay after a training, a survey after a session; and late work."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from rules_school import (
    GROUP,
    LI,
    NOTE,
    SCHOOL,
    STUDY,
    WANG,
    ZHANG,
    School,
    at_least,
    day,
    rule,
    why,
)

from coordinator_tui.domain.rules.pack import Each, Measure, Per, PerUnit, SettingRef, Source, What, Who
from coordinator_tui.domain.rules.result import State, Why
from coordinator_tui.domain.vocabulary import Mark, SessionStatus

REPORT = What(source=Source.WORK, kinds=("training_report", "reflection"))
AFTER_TRAINING = Per(unit=PerUnit.EVENT, event=Source.TRAININGS, within_days=7)
AFTER_SESSION = Per(unit=PerUnit.EVENT, event=Source.SESSIONS, kinds=("lecture",), within_days=3)


@pytest.fixture
def school() -> School:
    return School()


def test_after_each_training_a_report_is_due_within_a_week(school: School) -> None:
    training = school.training(ZHANG, "10-12", "10-14")
    rows = school.rows(rule(what=REPORT, per=AFTER_TRAINING))
    assert [(row.period.label, row.due, row.gap, row.state) for row in rows] == [
        (str(training), day("10-21"), 1, State.OVERDUE)
    ]
    assert school.rows(rule(what=REPORT, per=AFTER_TRAINING), LI) == []


def test_the_days_may_be_a_setting_of_the_school(school: School) -> None:
    school.training(ZHANG, "10-12")
    report = rule(what=REPORT, per=replace(AFTER_TRAINING, within_days=SettingRef("days")))
    assert school.row(report).state is State.SETTING_MISSING
    assert school.row(report, answers={"days": 14}).due == day("10-26")


def test_a_report_that_names_its_training_counts_for_it_whenever_it_comes(school: School) -> None:
    first, second = school.training(ZHANG, "09-14"), school.training(ZHANG, "10-12")
    school.work(ZHANG, "11-02", kind="training_report", training=first)
    rows = {row.period.label: row.gap for row in school.rows(rule(what=REPORT, per=AFTER_TRAINING))}
    assert rows == {str(first): 0, str(second): 1}


def test_a_report_that_names_none_counts_for_the_training_before_it(school: School) -> None:
    trainings = [school.training(ZHANG, when) for when in ("09-14", "10-12", "11-09")]
    school.work(ZHANG, "09-10", kind="reflection")  # before any
    school.work(ZHANG, "10-12", kind="reflection")  # on the very day
    school.work(ZHANG, "11-01", kind="reflection")
    rows = {int(row.period.label): row.done for row in school.rows(rule(what=REPORT, per=AFTER_TRAINING))}
    assert rows == dict(zip(trainings, (0, 2, 0), strict=True))


def test_of_two_trainings_that_began_together_each_gets_one_report(school: School) -> None:
    for _ in range(2):
        school.training(ZHANG, "10-12")
        school.work(ZHANG, "10-15", kind="reflection")
    assert [row.gap for row in school.rows(rule(what=REPORT, per=AFTER_TRAINING))] == [0, 0]


def test_what_was_learnt_away_is_relayed_to_the_group(school: School) -> None:
    training = school.training(ZHANG, "10-12")
    relay = rule(what=What(source=Source.ENTRIES, kinds=("relay",)), per=AFTER_TRAINING)
    by_group = replace(relay, who=Who(each=Each.GROUP))
    assert (school.row(relay).gap, school.row(by_group, GROUP).gap) == (1, 1)
    school.entry("relay", "10-16", training=training, group=GROUP)
    assert (school.row(relay).gap, school.row(by_group, GROUP).gap) == (0, 0)


def test_a_training_that_ended_in_the_holidays_is_reported_on_in_the_term(school: School) -> None:
    school.training(ZHANG, "2026-08-25", "2026-08-28")
    school.training(ZHANG, "2026-07-20", "2026-07-24")
    assert [row.due for row in school.rows(rule(what=REPORT, per=AFTER_TRAINING))] == [day("09-04")]


def test_who_is_on_leave_all_the_time_owes_no_report(school: School) -> None:
    school.training(ZHANG, "10-12")
    school.leave(ZHANG, "10-12", "11-30")
    row = school.row(rule(what=REPORT, per=AFTER_TRAINING))
    assert (row.needed, row.state, why(row)) == (0, State.EXEMPT, [Why.LEAVE])


def test_trainings_before_the_rule_was_in_force_owe_nothing(school: School) -> None:
    school.training(ZHANG, "09-14")
    school.training(ZHANG, "10-14")
    assert len(school.rows(rule(what=REPORT, per=AFTER_TRAINING), since=day("10-01"))) == 1


def test_after_a_lecture_those_who_came_owe_a_reflection(school: School) -> None:
    lecture = school.session("10-14", ZHANG, kind="lecture")
    school.mark(lecture, LI, Mark.ABSENT)
    school.session("10-21", ZHANG, kind="forum")
    reflection = rule(what=replace(NOTE, kinds=("reflection",)), per=AFTER_SESSION)
    assert [(row.unit, row.due) for row in school.ledger(reflection).rows()] == [(ZHANG, day("10-17"))]
    school.work(ZHANG, "10-30", kind="reflection", session=lecture)
    assert school.row(reflection).gap == 0


def test_after_each_lecture_the_group_is_asked_how_satisfied_it_was(school: School) -> None:
    lectures = [school.session(when, kind="lecture") for when in ("10-14", "10-21")]
    school.session("10-28", kind="lecture", status=SessionStatus.PLANNED)
    school.entry("survey", "10-22", session=lectures[0])
    survey = rule(what=What(source=Source.ENTRIES, kinds=("survey",)), per=AFTER_SESSION, who=Who(each=Each.GROUP))
    assert [(row.period.label, row.gap) for row in school.rows(survey, GROUP)] == [
        (str(lectures[0]), 0),
        (str(lectures[1]), 1),
    ]
    whole = replace(survey, who=Who(each=Each.SCHOOL))
    assert [row.gap for row in school.rows(whole, SCHOOL)] == [0, 1]


def test_an_achievement_is_followed_by_its_original(school: School) -> None:
    school.achievement(ZHANG, "10-14")
    filed = rule(
        what=What(source=Source.ACHIEVEMENTS, checked=True),
        per=Per(unit=PerUnit.EVENT, event=Source.ACHIEVEMENTS, within_days=30),
    )
    row = school.row(filed)
    assert (row.due, row.gap) == (day("11-13"), 1)


# every session


def test_every_session_is_to_be_attended_by_who_was_called_and_not_on_leave(school: School) -> None:
    session = school.session("10-14", ZHANG)
    school.mark(session, LI, Mark.SICK)
    attend = rule(what=STUDY, per=Per(unit=PerUnit.SESSION, kinds=STUDY.kinds))
    assert [school.row(attend, member).state for member in (ZHANG, LI, WANG)] == [State.MET, State.EXEMPT, State.EXEMPT]
    assert why(school.row(attend, LI)) == [Why.LEAVE]
    assert why(school.row(attend, WANG)) == [Why.NOTHING_TO_COUNT]
    school.mark(session, WANG, Mark.ABSENT)
    assert school.row(attend, WANG).state is State.OVERDUE


def test_a_session_concerns_only_those_who_belonged_that_day(school: School) -> None:
    school.member(ZHANG, since="10-20")
    for when in ("10-14", "10-21"):
        school.session(when, LI)
    notes = rule(what=replace(NOTE, kinds=("study_note",)), per=Per(unit=PerUnit.SESSION))
    assert [row.period.start for row in school.rows(notes)] == [day("10-21")]


def test_notes_of_a_session_are_those_that_name_it_or_are_of_its_day(school: School) -> None:
    first, second = school.session("10-14", ZHANG), school.session("10-21", ZHANG)
    school.work(ZHANG, "10-30", kind="study_note", session=first)
    school.work(ZHANG, "10-22", kind="study_note")  # of no session's day
    notes = rule(what=replace(NOTE, kinds=("study_note",)), per=Per(unit=PerUnit.SESSION))
    gaps = {row.period.label: row.gap for row in school.rows(notes)}
    assert gaps == {str(first): 0, str(second): 1}


# late work


def gaps(school: School, **how: Any) -> list[float]:
    return [row.gap for row in school.rows(rule(**how))]


def test_a_november_note_beyond_what_november_needs_makes_october_good(school: School) -> None:
    school.notes(ZHANG, "09-05", "11-05", "11-06")
    assert gaps(school) == [0, 0, 0, 1, 1]
    october = school.row(rule(), period="2026-10")
    assert october.state is State.MET
    assert [item.id for item in october.evidence] == [1002]


def test_the_oldest_month_that_lacks_is_filled_first_and_none_later(school: School) -> None:
    school.notes(ZHANG, "10-05", "10-06", "11-05", "11-06", "11-07")
    assert gaps(school) == [0, 0, 0, 1, 1]
    assert [row.done for row in school.rows(rule())] == [1, 1, 3, 0, 0]


def test_a_month_keeps_what_it_needs_itself(school: School) -> None:
    school.notes(ZHANG, "11-05")
    assert gaps(school) == [1, 1, 0, 1, 1]


def test_a_note_of_the_winter_holidays_makes_january_good(school: School) -> None:
    school.notes(ZHANG, "09-05", "10-05", "11-05", "12-05", "02-05")
    assert gaps(school) == [0, 0, 0, 0, 0]


def test_a_note_of_the_next_term_does_not(school: School) -> None:
    school.notes(ZHANG, "02-20")
    assert gaps(school) == [1, 1, 1, 1, 1]


def test_words_fill_earlier_months_too(school: School) -> None:
    words = replace(NOTE, measure=Measure.WORDS)
    for when, count in (("10-05", 1000), ("10-06", 600), ("10-07", 600)):
        school.work(ZHANG, when, words=count)
    assert gaps(school, what=words, how_many=at_least(1000))[:2] == [0, 0]


def test_a_lesson_observed_late_fills_an_earlier_week_but_sessions_are_held_when_they_are_held(school: School) -> None:
    week = Per(unit=PerUnit.WEEK)
    for when in ("09-08", "09-09"):
        school.work(ZHANG, when, kind="lesson_observation")
        school.session(when)
    observed = What(source=Source.WORK, kinds=("lesson_observation",))
    assert gaps(school, what=observed, per=week)[:3] == [0, 0, 1]
    held = [row.gap for row in school.rows(rule(what=STUDY, per=week, who=Who(each=Each.GROUP)), GROUP)]
    assert held[:3] == [1, 0, 1]
