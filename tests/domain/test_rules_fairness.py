"""Nobody owes what could not be asked of them: joining, leaving, leave, exchange, holidays and cancelled sessions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from rules_school import (
    GROUP,
    LI,
    NOTE,
    SCHOOL,
    STUDY,
    TERM,
    WEEK,
    YEAR,
    ZHANG,
    School,
    asked,
    at_least,
    day,
    rule,
    values,
    why,
)

from coordinator_tui.domain.records import Membership
from coordinator_tui.domain.rules.explaining import explain, say_reason
from coordinator_tui.domain.rules.pack import Away, Each, Exempt, Measure, Per, PerUnit, Who
from coordinator_tui.domain.rules.result import Reason, State, Why
from coordinator_tui.domain.vocabulary import GroupKind, LeaveStatus, Role, SessionStatus

FOUR_NOTES = rule(how_many=at_least(4), per=TERM)


@pytest.fixture
def school() -> School:
    return School()


def test_who_is_there_all_term_owes_the_whole_number(school: School) -> None:
    row = school.row(FOUR_NOTES)
    assert asked(row) == (4, 4)
    assert row.reasons == ()
    assert (row.done, row.gap, row.state, row.due) == (0, 4, State.DUE, date(2027, 1, 31))


def test_who_joined_the_group_in_october_owes_three_of_four(school: School) -> None:
    # 15 + 21 + 23 + 21 = 80 of 109 teaching days: 4 × 80 / 109 = 2.9
    school.member(ZHANG, since="10-12")
    row = school.row(FOUR_NOTES)
    assert asked(row) == (3, 4)
    assert row.reasons == (Reason(Why.JOINED, (("date", "2026-10-12"),)),)
    assert explain(row)[0] == "Needed 3 of 4: joined on 2026-10-12."


def test_a_month_before_somebody_joined_asks_nothing(school: School) -> None:
    school.member(ZHANG, since="10-12")
    september, october, *_later = school.rows(rule())
    assert (asked(september), september.state, why(september)) == ((0, 1), State.EXEMPT, [Why.JOINED])
    assert asked(october) == (1, 1)  # 15 of 22 days: 0.7


def test_who_becomes_active_in_october_owes_less_even_without_a_group(school: School) -> None:
    school.tables["memberships"].clear()
    school.edit("members", ZHANG, active_from=day("10-12"))
    assert asked(school.row(FOUR_NOTES)) == (3, 4)


def test_who_left_in_november_owes_less(school: School) -> None:
    # 22 + 22 + 10 = 54 of 109 days: 4 × 54 / 109 = 1.98
    school.member(ZHANG, until="11-13")
    row = school.row(FOUR_NOTES)
    assert asked(row) == (2, 4)
    assert row.reasons == (Reason(Why.LEFT, (("date", "2026-11-13"),)),)


def test_who_left_and_came_back_owes_for_both_times(school: School) -> None:
    # away in October and November: 109 - 43 = 66 days: 4 × 66 / 109 = 2.4
    school.member(ZHANG, until="09-30")
    school.put(Membership(id=500, member=ZHANG, group=GROUP, start=day("12-01")))
    row = school.row(FOUR_NOTES)
    assert asked(row) == (2, 4)
    assert explain(row)[0] == "Needed 2 of 4: there until 2026-09-30; joined on 2026-12-01."


def test_who_left_before_the_term_has_no_rows(school: School) -> None:
    school.member(ZHANG, until="2026-06-30")
    assert school.rows(FOUR_NOTES) == []


def test_three_weeks_of_leave_take_a_share_off(school: School) -> None:
    # 94 of 109 days: 4 × 94 / 109 = 3.4; October alone: 7 of 22 days
    school.leave(ZHANG, "10-12", "10-30")
    row = school.row(FOUR_NOTES)
    assert asked(row) == (3, 4)
    assert values(row) == {"from": "2026-10-12", "until": "2026-10-30", "days": 15}
    october = school.row(rule(), period="2026-10")
    assert (asked(october), october.state) == ((0, 1), State.EXEMPT)


def test_one_day_of_leave_changes_nothing_and_is_no_reason(school: School) -> None:
    school.leave(ZHANG, "10-14", "10-14")
    row = school.row(FOUR_NOTES)
    assert asked(row) == (4, 4)
    assert row.reasons == ()


def test_leave_that_nobody_approved_changes_nothing(school: School) -> None:
    school.leave(ZHANG, "10-01", "11-30", status=LeaveStatus.REQUESTED)
    assert asked(school.row(FOUR_NOTES)) == (4, 4)


def test_a_half_goes_down_in_the_members_favour(school: School) -> None:
    # 11 of the 22 days of October: half a note
    school.leave(ZHANG, "10-16", "10-30")
    assert asked(school.row(rule(), period="2026-10")) == (0, 1)
    # 11 of 22 days of three notes: 1.5
    assert asked(school.row(rule(how_many=at_least(3)), period="2026-10")) == (1, 3)


def test_exchange_takes_its_days_off(school: School) -> None:
    # December and January: 44 of 109 days: 4 × 44 / 109 = 1.6
    school.exchange(ZHANG, "09-01", "11-30")
    row = school.row(FOUR_NOTES)
    assert asked(row) == (2, 4)
    assert values(row) == {"from": "2026-09-01", "until": "2026-11-30"}


def test_a_rule_may_count_those_on_exchange_like_everybody(school: School) -> None:
    school.exchange(ZHANG, "09-01", "11-30")
    assert asked(school.row(replace(FOUR_NOTES, who=Who(away=Away.COUNTED)))) == (4, 4)


def test_a_rule_for_those_on_exchange_asks_only_for_their_time_away(school: School) -> None:
    # September to November: 65 of 109 days: 4 × 65 / 109 = 2.4
    school.exchange(ZHANG, "09-01", "11-30")
    required = replace(FOUR_NOTES, who=Who(away=Away.REQUIRED))
    row = school.row(required)
    assert asked(row) == (2, 4)
    assert say_reason(row.reasons[0]) == "asked while on exchange only, from 2026-09-01 to 2026-11-30"
    assert school.rows(required, LI) == []


def test_who_left_the_group_for_the_exchange_owes_what_those_on_exchange_owe(school: School) -> None:
    school.edit("memberships", ZHANG + 100, until=day("09-18"))
    school.exchange(ZHANG, "09-21", "11-30")
    row = school.row(replace(FOUR_NOTES, who=Who(away=Away.REQUIRED)))
    assert asked(row) == (2, 4)
    assert [reason.why for reason in row.reasons] == [Why.EXCHANGE]
    assert asked(school.row(FOUR_NOTES)) == (1, 4)
    named = replace(FOUR_NOTES, who=Who(away=Away.REQUIRED, groups=(GroupKind.TEACHING_RESEARCH,)))
    assert school.rows(named, ZHANG) == []


def test_exchange_without_an_end_is_said_so(school: School) -> None:
    school.exchange(ZHANG, "10-12")
    assert say_reason(school.row(FOUR_NOTES).reasons[0]) == "on exchange since 2026-10-12"


def test_a_leader_for_part_of_the_term_owes_part_of_what_leaders_owe(school: School) -> None:
    school.edit("memberships", ZHANG + 100, role=Role.LEADER, start=day("11-30"))
    school.edit("members", ZHANG, active_from=None)
    leaders = replace(FOUR_NOTES, who=Who(roles=(Role.LEADER,)))
    # 1 + 23 + 21 = 45 of 109 days: 4 × 45 / 109 = 1.7
    assert asked(school.row(leaders)) == (2, 4)
    assert school.rows(leaders, LI) == []


def test_a_role_may_let_somebody_go(school: School) -> None:
    school.edit("memberships", ZHANG + 100, role=Role.LEADER)
    row = school.row(replace(FOUR_NOTES, who=Who(exempt=Exempt(roles=(Role.LEADER,)))))
    assert (asked(row), row.state) == ((0, 4), State.EXEMPT)
    assert say_reason(row.reasons[0]) == "exempt by role: Leader"


def test_a_week_of_holidays_asks_nothing(school: School) -> None:
    # week 5 keeps Monday to Wednesday; week 6 keeps Friday, and a moved Saturday
    school.holidays("10-01", "10-08")
    school.workday("10-10")
    weekly = {row.period.label: row for row in school.rows(rule(what=STUDY, per=WEEK))}
    assert asked(weekly["2026-2027-1-w05"]) == (1, 1)
    national_day = weekly["2026-2027-1-w06"]
    assert (asked(national_day), national_day.state, why(national_day)) == ((0, 1), State.EXEMPT, [Why.HOLIDAYS])
    assert asked(weekly["2026-2027-1-w07"]) == (1, 1)


def test_moved_workdays_can_make_a_week_bind_again(school: School) -> None:
    school.holidays("10-01", "10-07")
    weekly = rule(what=STUDY, per=WEEK)
    assert school.row(weekly, period="2026-2027-1-w06").state is State.EXEMPT  # Thursday and Friday
    school.workday("10-10")
    assert asked(school.row(weekly, period="2026-2027-1-w06")) == (1, 1)


def test_a_month_of_which_the_term_holds_less_than_half_asks_nothing(school: School) -> None:
    span = (date(2027, 2, 15), date(2027, 7, 10))
    states = {row.period.label: row.needed for row in school.rows(rule(), span=span)}
    assert states == {"2027-02": 0, "2027-03": 1, "2027-04": 1, "2027-05": 1, "2027-06": 1, "2027-07": 0}


@pytest.mark.parametrize(("reason", "needed"), [("停电", 0), ("  ", 1), (None, 1)])
def test_a_session_cancelled_for_a_reason_is_not_missed(school: School, reason: str | None, needed: int) -> None:
    school.session("10-14", status=SessionStatus.CANCELLED, reason=reason)
    row = school.row(rule(what=STUDY, per=WEEK, who=Who(each=Each.GROUP)), GROUP, period="2026-2027-1-w07")
    assert asked(row) == (needed, 1)
    assert (row.state is State.EXEMPT) == (needed == 0)
    if reason == "停电":
        assert values(row) == {"date": "2026-10-14", "reason": "停电"}


def test_each_cancelled_session_takes_one_off_and_never_more_than_all(school: School) -> None:
    monthly = rule(what=STUDY, how_many=at_least(2), who=Who(each=Each.SCHOOL))
    for when, needed in (("10-14", 1), ("10-21", 0), ("10-28", 0)):
        school.session(when, status=SessionStatus.CANCELLED, reason="防汛")
        assert asked(school.row(monthly, SCHOOL, period="2026-10")) == (needed, 2)


def test_nobody_can_attend_what_was_cancelled(school: School) -> None:
    school.session("10-14", status=SessionStatus.CANCELLED, reason="停电")
    row = school.row(rule(what=STUDY, per=WEEK), period="2026-2027-1-w07")
    assert (asked(row), why(row)) == ((0, 1), [Why.CANCELLED])


@pytest.mark.parametrize(("full", "needed"), [(1, 1), (2, 1), (16, 15)])
def test_a_term_has_room_for_another_session_than_the_one_cancelled(school: School, full: int, needed: int) -> None:
    school.session("10-14", status=SessionStatus.CANCELLED, reason="质量监测")
    for who, unit in ((Who(each=Each.SCHOOL), SCHOOL), (Who(each=Each.GROUP), GROUP), (Who(), ZHANG)):
        row = school.row(rule(what=STUDY, how_many=at_least(full), per=TERM, who=who), unit)
        assert asked(row) == (needed, full)
        assert why(row) == ([] if full == needed else [Why.CANCELLED])
        assert row.state is State.DUE


def test_a_cancelled_meeting_takes_its_own_length_off(school: School) -> None:
    fortnight = rule(
        what=replace(STUDY, measure=Measure.MINUTES),
        how_many=at_least(120),
        per=Per(unit=PerUnit.WEEK, every=2),
        who=Who(each=Each.GROUP),
    )
    school.session("10-14", status=SessionStatus.CANCELLED, reason="停电", start="14:00", end="15:30")
    row = school.row(fortnight, GROUP, period="2026-2027-1-w07-08")
    assert asked(row) == (30, 120)
    assert explain(row)[0].startswith("Needed 30 minutes of 120 minutes: the session of 2026-10-14 was cancelled")


def test_a_regulation_adopted_in_the_middle_of_a_term_asks_from_then_on(school: School) -> None:
    since = date(2026, 10, 12)
    row = school.row(FOUR_NOTES, since=since)
    assert asked(row) == (3, 4)
    assert explain(row)[0] == "Needed 3 of 4: in force since 2026-10-12."
    assert next(row.period.label for row in school.rows(rule(), since=since)) == "2026-10"
    school_wide = replace(FOUR_NOTES, who=Who(each=Each.SCHOOL))
    assert asked(school.row(school_wide, SCHOOL, since=since)) == (3, 4)


def test_a_school_year_is_shared_out_over_both_terms(school: School) -> None:
    # first term 109, second 105 days (15 February to 10 July); joined at the second: 4 × 105 / 214 = 1.96
    school.member(ZHANG, since="02-15")
    row = school.row(rule(how_many=at_least(4), per=YEAR), span=(FIRST_DAY, date(2027, 8, 31)))
    assert asked(row) == (2, 4)


def test_a_second_term_that_is_not_yet_planned_counts_with_its_usual_days(school: School) -> None:
    del school.tables["terms"][2]
    school.member(ZHANG, since="10-12")
    # joined on 12 October: 4 × (80 + 105) / (109 + 105) = 3.46
    assert asked(school.row(rule(how_many=at_least(4), per=YEAR))) == (3, 4)


def test_three_years_are_shared_by_whole_years_only(school: School) -> None:
    three = rule(
        what=replace(NOTE, kinds=("paper",)),
        how_many=at_least(3),
        per=Per(unit=PerUnit.SCHOOL_YEAR, every=3, since=2026),
    )
    school.leave(ZHANG, "09-01", "01-31")
    assert asked(school.row(three)) == (3, 3)
    school.member(LI, since="2027-09-01")
    assert school.rows(three, LI) == []  # not there in this ledger
    later = school.row(three, LI, span=(date(2027, 9, 1), date(2028, 1, 31)))
    assert asked(later) == (2, 3)
    assert later.period.label == "2026-2029"


FIRST_DAY = date(2026, 9, 1)
