"""S19, the central school's study and exchange regulation: every number and cadence, clause by clause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from rule_blocks import amounts, block, cadence, clause, ids, why
from rule_worlds import BACKBONE, CHINESE, FIRST, NEW, REGULAR, SECOND, Tiny, shipped

from coordinator_tui.domain.records import Leave
from coordinator_tui.domain.rules.pack import SettingRef
from coordinator_tui.domain.rules.result import State, Why
from coordinator_tui.domain.vocabulary import AchievementKind, GroupKind, Level, Mark, SessionKind, SessionStatus

STUDY = "s19/1/weekly-study"
NOTE = "s19/6/monthly-note"
DILIGENCE: dict[str, Any] = {
    "diligence_full": 100,
    "late_points": -1,
    "left_early_points": 0,
    "absent_points": -2,
}


def test_s19_has_its_ten_clauses_in_order() -> None:
    assert [each.id for each in shipped("s19").clauses] == [str(number) for number in range(1, 11)]


# clause 1: study


@pytest.mark.parametrize("kind", ["policy_study", "professional_study"])
def test_s19_clause_1_one_all_staff_study_a_week(kind: str) -> None:
    school = Tiny()
    school.held("09-09", kind)
    first, second, *_rest = school.rows(STUDY)
    assert (amounts(first), first.state) == ((1, 0, 1), State.OVERDUE)
    assert (amounts(second), second.state) == ((1, 1, 0), State.MET)


def test_s19_clause_1_asks_in_all_22_weeks_of_the_term_and_not_for_weeks_to_come() -> None:
    rows = Tiny().rows(STUDY)
    states = [row.state for row in rows]
    assert len(rows) == 22
    assert states == [State.OVERDUE] * 11 + [State.DUE] + [State.NOT_YET] * 10


def test_s19_clause_1_a_groups_own_research_is_no_all_staff_study() -> None:
    school = Tiny()
    school.held("09-02", "group_research")
    assert school.rows(STUDY)[0].gap == 1


def test_s19_clause_1_the_two_offices_host_in_turns_at_a_fixed_time_that_the_school_sets() -> None:
    weekly = cadence("s19", "1")
    assert weekly.hosts == ("政教处", "教导处")
    assert (weekly.every, weekly.group_kinds) == (1, (GroupKind.WHOLE_STAFF,))
    assert (weekly.weekday, weekly.start) == (SettingRef("study_day"), SettingRef("study_start"))


def test_s19_clause_1_each_study_has_a_host() -> None:
    school = Tiny()
    school.held("09-02", "policy_study", host="政教处")
    school.held("09-09", "professional_study")
    hosted, unhosted = school.rows("s19/1/study-host")
    assert (hosted.state, unhosted.state) == (State.MET, State.OVERDUE)


def test_s19_clause_1_one_study_plan_a_term() -> None:
    school = Tiny()
    assert amounts(school.row("s19/1/term-plan")) == (1, 0, 1)
    school.work(REGULAR, "plan", "09-04")
    assert amounts(school.row("s19/1/term-plan")) == (1, 1, 0)


# clause 2: group activity


def test_s19_clause_2_one_group_activity_a_week() -> None:
    school = Tiny()
    school.held("09-02", "group_research")
    school.held("09-16", "collective_preparation")
    rows = school.rows("s19/2/weekly-activity", CHINESE)
    assert [row.state for row in rows[:4]] == [State.MET, State.OVERDUE, State.MET, State.OVERDUE]
    assert [amounts(row) for row in rows[:2]] == [(1, 1, 0), (1, 0, 1)]


def test_s19_clause_2_a_cancelled_activity_with_its_reason_is_not_asked_for() -> None:
    school = Tiny()
    school.held("09-02", "group_research", status=SessionStatus.CANCELLED, reason="全县统考")
    first = school.rows("s19/2/weekly-activity", CHINESE)[0]
    assert (first.gap, first.state, why(first)) == (0, State.EXEMPT, [Why.CANCELLED])


def test_s19_clause_2_content_speaker_and_question_are_fixed_for_each_activity() -> None:
    school = Tiny()
    school.held("09-02", "group_research", topic="识字教学", speaker="张三", question="怎样识字")
    school.held("09-09", "group_research", topic="识字教学", speaker="张三")
    whole, lacking = school.rows("s19/2/three-fixed", CHINESE)
    assert (amounts(whole), whole.state) == ((1, 1, 0), State.MET)
    assert (amounts(lacking), lacking.state) == ((1, 0, 1), State.OVERDUE)


def test_s19_clause_2_plans_a_weekly_series_whose_speakers_rotate() -> None:
    weekly = cadence("s19", "2")
    assert (weekly.every, weekly.kind, weekly.speakers) == (1, SessionKind.GROUP_RESEARCH, "rotate")


# clauses 3 to 5


def test_s19_clause_3_one_results_meeting_and_it_is_the_second_terms() -> None:
    school = Tiny(today=date(2027, 7, 11))
    assert school.rows("s19/3/results-meeting", term=FIRST) == []
    assert amounts(school.row("s19/3/results-meeting", term=SECOND)) == (1, 0, 1)
    school.held("06-20", "results_meeting")
    assert school.row("s19/3/results-meeting", term=SECOND).state is State.MET


def test_s19_clause_3_the_meeting_sums_up_commends_and_exchanges_results() -> None:
    assert ids(block("s19", "3", "checklist")) == ["sum-up", "commend", "projects", "papers"]


def test_s19_clause_4_sets_no_number_and_only_reminds() -> None:
    assert not clause("s19", "4").requirements
    assert len(clause("s19", "4").remind) == 2


def test_s19_clause_5_a_training_makes_relay_and_report_due() -> None:
    school = Tiny()
    training = school.training(REGULAR, "11-09", "11-11")
    for requirement in ("s19/5/relay", "s19/5/report"):
        row = school.row(requirement, REGULAR, relay_days=7)
        assert (amounts(row), row.due, row.state) == ((1, 0, 1), date(2026, 11, 18), State.OVERDUE)
    school.entry("relay", "11-13", member=REGULAR, training=training)
    school.work(REGULAR, "training_report", "11-14", training=training)
    assert school.row("s19/5/relay", REGULAR, relay_days=7).state is State.MET
    assert school.row("s19/5/report", REGULAR, relay_days=7).state is State.MET


def test_s19_clause_5_does_not_invent_the_days_that_the_document_leaves_open() -> None:
    school = Tiny()
    school.training(REGULAR, "11-09", "11-11")
    row = school.row("s19/5/relay", REGULAR)
    assert (row.state, row.needed, row.gap) == (State.SETTING_MISSING, None, 0)


# clause 6: notes and papers


@pytest.mark.parametrize("kind", ["reading_note", "essay", "reflection"])
def test_s19_clause_6_one_note_essay_or_reflection_a_month(kind: str) -> None:
    school = Tiny()
    school.work(REGULAR, kind, "10-12")
    rows = school.rows(NOTE, REGULAR)
    assert [row.needed for row in rows] == [1] * 5
    assert [row.period.label for row in rows] == ["2026-09", "2026-10", "2026-11", "2026-12", "2027-01"]


def test_s19_clause_6_a_later_note_makes_good_a_month_that_lacked_one() -> None:
    school = Tiny()
    for when in ("10-12", "10-20"):
        school.work(REGULAR, "reading_note", when)
    september, october, november, december, _january = school.rows(NOTE, REGULAR)
    assert [september.state, october.state] == [State.MET, State.MET]
    assert (november.state, november.gap, december.state) == (State.DUE, 1, State.NOT_YET)


@pytest.mark.parametrize("member", [REGULAR, BACKBONE, NEW])
def test_s19_clause_6_binds_teachers_of_every_level(member: int) -> None:
    assert Tiny().rows(NOTE, member)[0].state is State.OVERDUE


def test_s19_clause_6_notes_per_term_are_the_schools_answer_since_the_number_is_lost() -> None:
    school = Tiny()
    row = school.row("s19/6/term-notes", REGULAR)
    assert (row.state, row.needed) == (State.SETTING_MISSING, None)
    assert dict(row.reasons[0].values).get("key", "notes_per_term") == "notes_per_term"
    school.work(REGULAR, "reading_note", "09-10")
    school.work(REGULAR, "essay", "10-10")
    assert amounts(school.row("s19/6/term-notes", REGULAR, notes_per_term=6)) == (6, 2, 4)


def test_s19_clause_6_suggests_five_notes_and_never_uses_the_suggestion() -> None:
    asked = shipped("s19").setting("notes_per_term")
    assert asked.suggest == 5
    assert Tiny().row("s19/6/term-notes", REGULAR).needed is None


@pytest.mark.parametrize(
    ("level", "needed"),
    [
        (Level.NEW, 1),
        (Level.REGULAR, 2),
        (Level.BACKBONE_SCHOOL, 3),
        (Level.BACKBONE_PROVINCE, 3),
        (Level.SUBJECT_LEADER, 4),
        (Level.SPECIAL_GRADE, 4),
    ],
)
def test_s19_clause_6_papers_differ_by_level_as_the_school_answers(level: Level, needed: int) -> None:
    school = Tiny()
    school.tables["members"][REGULAR] = _at(school, REGULAR, level)
    answers: dict[str, Any] = {"papers_new": 1, "papers_regular": 2, "papers_backbone": 3, "papers_leader": 4}
    assert school.row("s19/6/papers", REGULAR, **answers).needed == needed


def _at(school: Tiny, member: int, level: Level) -> Any:
    return replace(school.tables["members"][member], level=level)


# who owes a fair share: a backbone teacher, one who joined in October, one on leave


def _three() -> Tiny:
    """张三 is on leave from 5 October to 27 November; 赵新 joins the group on 19 October."""
    school = Tiny()
    school.put(Leave(id=1, member=REGULAR, kind=Mark.SICK, start=date(2026, 10, 5), until=date(2026, 11, 27)))
    joined = school.tables["memberships"][NEW + 10]
    school.put(replace(joined, start=date(2026, 10, 19)))
    return school


def test_s19_clause_6_a_backbone_teacher_owes_every_month() -> None:
    september, october, november, *_rest = _three().rows(NOTE, BACKBONE)
    assert [row.needed for row in (september, october, november)] == [1, 1, 1]


def test_s19_clause_6_who_joins_on_19_october_owes_from_november_on() -> None:
    # October has 22 teaching days, 10 of them from the 19th on: 10/22 of a note is nearer to none
    by_month = {row.period.label: row for row in _three().rows(NOTE, NEW)}
    october, november = by_month["2026-10"], by_month["2026-11"]
    assert (october.needed, october.full, october.state) == (0, 1, State.EXEMPT)
    assert dict(october.reasons[0].values)["date"] == "2026-10-19"
    assert why(october) == [Why.JOINED]
    assert (november.needed, november.state) == (1, State.DUE)


def test_s19_clause_6_who_joins_on_19_october_owes_their_share_of_the_terms_notes() -> None:
    # 75 of the term's 109 teaching days: 75/109 of 6 is 4.1
    row = _three().row("s19/6/term-notes", NEW, notes_per_term=6)
    assert (row.needed, row.full, row.gap) == (4, 6, 4)


def test_s19_clause_6_who_is_on_leave_owes_nothing_for_those_weeks() -> None:
    september, october, november, *_rest = _three().rows(NOTE, REGULAR)
    assert (september.needed, september.state) == (1, State.OVERDUE)
    # 2 of October's 22 teaching days and 1 of November's 21 are left
    assert [(row.needed, row.state) for row in (october, november)] == [(0, State.EXEMPT)] * 2
    assert dict(october.reasons[0].values)["days"] == 20
    assert why(november) == [Why.LEAVE]


# clauses 7 to 9


def test_s19_clause_7_themed_reading_and_clause_8_journal_are_advice_as_often_as_the_school_says() -> None:
    school = Tiny()
    school.reading("article", "10-12")
    reading = school.row("s19/7/themed-reading", reading_activities=2)
    journal = school.row("s19/8/journal", journal_issues=2)
    assert (reading.needed, reading.done, reading.gap) == (2, 1, 0)
    assert (journal.needed, journal.done, journal.owes) == (2, 0, False)


def test_s19_clause_9_the_originals_of_all_results_are_checked() -> None:
    school = Tiny()
    school.achievement(REGULAR, AchievementKind.PAPER, "10-10", original_checked=True)
    school.achievement(REGULAR, AchievementKind.COURSEWARE, "10-20")
    row = school.row("s19/9/originals", REGULAR)
    assert (row.done, row.gap, row.state) == (1, 1, State.DUE)


def test_s19_clause_9_all_results_are_filed_under_a_number() -> None:
    school = Tiny()
    school.achievement(REGULAR, AchievementKind.PROJECT, "10-10", archive="2026-01")
    school.achievement(REGULAR, AchievementKind.PAPER, "10-20")
    row = school.row("s19/9/filed", REGULAR)
    assert (row.done, row.gap) == (1, 1)


def test_s19_clause_9_nobody_owes_an_original_of_what_they_do_not_have() -> None:
    assert not Tiny().row("s19/9/originals", REGULAR).owes


def test_s19_clause_9_lists_projects_papers_and_courseware_reported_registered_and_filed() -> None:
    kinds = [each["achievements"] for each in block("s19", "9", "checklist")]
    assert kinds == [["project"], ["paper"], ["courseware"]]
    assert ids(block("s19", "9", "phases")) == ["report", "register", "file"]


# clause 10: diligence


def test_s19_clause_10_diligence_comes_from_the_roll_with_the_schools_own_points() -> None:
    school = Tiny()
    first = school.held("09-09", "policy_study", REGULAR)
    second = school.held("09-10", "group_research")
    third = school.held("09-17", "group_research")
    school.mark(second, REGULAR, "late", 5)
    school.mark(third, REGULAR, "absent")
    school.mark(first, BACKBONE, "sick")
    assert school.score("s19", "diligence", REGULAR, **DILIGENCE).total == 97
    assert school.score("s19", "diligence", BACKBONE, **DILIGENCE).total == 100


def test_s19_clause_10_diligence_never_falls_below_nothing() -> None:
    school = Tiny()
    for when in ("09-10", "09-17"):
        school.mark(school.held(when, "group_research"), REGULAR, "absent")
    few_points: dict[str, Any] = DILIGENCE | {"diligence_full": 3}
    assert school.score("s19", "diligence", REGULAR, **few_points).total == 0


def test_s19_clause_10_gives_no_score_before_the_school_says_its_points() -> None:
    school = Tiny()
    school.held("09-09", "policy_study", REGULAR)
    assert school.score("s19", "diligence", REGULAR).total is None
