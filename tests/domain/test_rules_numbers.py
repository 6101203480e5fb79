"""How many, of whom: levels, ages, roles and groups; limits, shares and open settings; what is due when."""

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
    WANG,
    WEEK,
    YEAR,
    ZHANG,
    School,
    at_least,
    day,
    rule,
    values,
    why,
)

from coordinator_tui.domain.rules.explaining import explain
from coordinator_tui.domain.rules.pack import (
    ByLevel,
    Due,
    Each,
    Exempt,
    HowMany,
    Measure,
    Per,
    PerUnit,
    SettingRef,
    Source,
    What,
    Who,
)
from coordinator_tui.domain.rules.result import State, Why
from coordinator_tui.domain.vocabulary import GroupKind, Level, Mark

BACKBONE = tuple(level for level in Level if level.value.startswith("backbone"))


@pytest.fixture
def school() -> School:
    return School()


# levels


def test_backbones_and_new_teachers_owe_their_own_numbers(school: School) -> None:
    quota = rule(how_many=at_least(ByLevel(dict.fromkeys(BACKBONE, 3) | {Level.NEW: 2}, 1)), per=TERM)
    school.edit("members", ZHANG, level=Level.BACKBONE_CITY)
    school.edit("members", LI, level=Level.NEW)
    assert [school.row(quota, member).needed for member in (ZHANG, LI, WANG)] == [3, 2, 1]


def test_a_level_that_the_rule_does_not_name_has_no_row(school: School) -> None:
    quota = rule(how_many=at_least(ByLevel({Level.BACKBONE_CITY: 3}, None)), per=TERM)
    school.edit("members", ZHANG, level=Level.BACKBONE_CITY)
    assert [row.unit for row in school.ledger(quota).rows()] == [ZHANG]


def test_a_level_of_which_nothing_is_asked_is_exempt(school: School) -> None:
    school.edit("members", ZHANG, level=Level.SPECIAL_GRADE)
    row = school.row(rule(how_many=at_least(ByLevel({Level.SPECIAL_GRADE: 0}, 1)), per=TERM))
    assert (row.needed, row.state, why(row)) == (0, State.EXEMPT, [Why.LEVEL])


def test_a_rule_for_backbones_binds_nobody_else(school: School) -> None:
    school.edit("members", ZHANG, level=Level.BACKBONE_COUNTY)
    school.edit("members", LI, level=Level.REGULAR)
    lesson = rule(what=replace(NOTE, kinds=("demonstration_lesson",)), who=Who(levels=BACKBONE), per=TERM)
    assert [row.unit for row in school.ledger(lesson).rows()] == [ZHANG]


def test_an_exempt_level_owes_nothing(school: School) -> None:
    school.edit("members", ZHANG, level=Level.SPECIAL_GRADE)
    row = school.row(rule(who=Who(exempt=Exempt(levels=(Level.SPECIAL_GRADE,))), per=TERM))
    assert (row.state, row.gap, why(row)) == (State.EXEMPT, 0, [Why.LEVEL])


def test_rules_for_a_subject_a_stage_or_a_kind_of_group_bind_only_there(school: School) -> None:
    school.edit("members", ZHANG, subject="语文", stage="高段")
    school.edit("members", LI, subject="数学", stage="高段")
    school.group(WANG, kind=GroupKind.GRADE)

    def bound(**who: object) -> list[int]:
        return [row.unit for row in school.ledger(rule(who=Who(**who), per=TERM)).rows()]  # type: ignore[arg-type] # any field

    assert bound(subjects=("语文",)) == [ZHANG]
    assert bound(stages=("高段",)) == [ZHANG, LI]
    assert bound(groups=(GroupKind.GRADE,)) == [WANG]
    assert bound() == [ZHANG, LI, WANG]


# ages


@pytest.mark.parametrize(
    ("birth", "states"),
    [
        ("1981-09-01", {State.EXEMPT}),  # 45 on the day on which September begins
        ("1981-09-02", {State.OVERDUE, State.EXEMPT, State.NOT_YET}),  # 45 only from October on
        ("1995", {State.OVERDUE, State.DUE, State.NOT_YET}),
    ],
)
def test_from_45_on_nobody_owes_notes(school: School, birth: str, states: set[State]) -> None:
    school.edit("members", ZHANG, birth=birth)
    rows = school.rows(rule(who=Who(exempt=Exempt(from_age=45))))
    assert {row.state for row in rows} <= states
    assert (rows[0].state is State.EXEMPT) == (birth == "1981-09-01")
    exempt = [row for row in rows if row.state is State.EXEMPT]
    assert all(row.gap == 0 and values(row) == {"age": 45, "from_age": 45} for row in exempt)


def test_men_and_women_may_be_free_from_different_ages(school: School) -> None:
    free = rule(who=Who(exempt=Exempt(male_from_age=55, female_from_age=50)), per=TERM)
    for gender, state in (("male", State.DUE), ("female", State.EXEMPT)):
        school.edit("members", ZHANG, birth="1974-05", gender=gender)
        assert school.row(free).state is state


def test_somebody_of_unknown_age_owes_and_the_row_says_that_the_age_is_unknown(school: School) -> None:
    row = school.row(rule(who=Who(exempt=Exempt(from_age=45)), per=TERM))
    assert (row.gap, why(row)) == (1, [Why.BIRTH_UNKNOWN])


def test_a_rule_for_the_young_binds_up_to_their_age(school: School) -> None:
    school.edit("members", ZHANG, birth="1990-01-01")
    school.edit("members", LI, birth="1996-01-01")
    young = rule(who=Who(max_age=35, min_age=22), per=TERM)
    assert [row.unit for row in school.ledger(young).rows()] == [LI, WANG]  # 王老师's age is unknown


def test_a_rule_for_the_first_three_years_binds_those_who_began_lately(school: School) -> None:
    school.edit("members", ZHANG, joined_work="2024-08")
    school.edit("members", LI, joined_work="2023-08")
    school.edit("members", WANG, level=Level.NEW)
    beginners = rule(who=Who(first_years=3), per=TERM)
    assert [row.unit for row in school.ledger(beginners).rows()] == [ZHANG, WANG]


# settings


def test_a_number_that_the_document_lost_is_asked_for_and_nobody_owes_meanwhile(school: School) -> None:
    open_rule = rule(how_many=at_least(SettingRef("notes_per_term")), per=TERM)
    school.notes(ZHANG, "10-14")
    row = school.row(open_rule)
    assert (row.needed, row.full, row.done, row.gap, row.state) == (None, None, 1, 0, State.SETTING_MISSING)
    assert values(row) == {"key": "notes_per_term"}
    assert explain(row) == ["Cannot be computed: the setting “notes_per_term” is unanswered."]
    answered = school.row(open_rule, answers={"notes_per_term": 5})
    assert (answered.needed, answered.gap, answered.state) == (5, 4, State.DUE)


def test_only_the_level_whose_number_is_open_waits_for_the_setting(school: School) -> None:
    quota = rule(how_many=at_least(ByLevel({Level.NEW: SettingRef("new")}, 1)), per=TERM)
    school.edit("members", ZHANG, level=Level.NEW)
    assert school.row(quota).state is State.SETTING_MISSING
    assert school.row(quota, LI).needed == 1


def test_an_open_length_of_each_piece_waits_for_its_setting(school: School) -> None:
    school.work(ZHANG, "10-14", words=700)
    school.work(ZHANG, "10-15", words=800)
    long_notes = rule(what=replace(NOTE, words_each=SettingRef("words")), per=TERM, how_many=at_least(2))
    assert school.row(long_notes).state is State.SETTING_MISSING
    assert school.row(long_notes, answers={"words": "800"}).done == 1


# limits and shares


@pytest.mark.parametrize(("pairs", "gap", "over"), [(0, 1, False), (1, 0, False), (2, 0, False), (3, 0, True)])
def test_between_one_and_two_young_teachers(school: School, pairs: int, gap: int, *, over: bool) -> None:
    for at in range(pairs):
        school.pair(ZHANG, 50 + at, "09-10")
    between = rule(what=What(source=Source.PAIRS), how_many=HowMany(at_least=1, at_most=2), per=TERM)
    row = school.row(between)
    assert (row.gap, row.done, row.at_most) == (gap, pairs, 2)
    assert (why(row) == [Why.OVER]) == over
    assert row.state is (State.MET if not gap else State.DUE)


def test_an_upper_limit_alone_owes_nothing(school: School) -> None:
    row = school.row(rule(how_many=HowMany(at_most=2), per=TERM))
    assert (row.needed, row.gap, row.state) == (0, 0, State.MET)


def test_nine_of_ten_sessions_are_to_be_attended(school: School) -> None:
    share = rule(what=STUDY, how_many=HowMany(ratio_at_least=0.9), per=TERM)
    sessions = [school.session(f"10-{12 + at}") for at in range(10)]
    for session in sessions[:8]:
        school.mark(session, ZHANG)
    school.mark(sessions[8], ZHANG, Mark.ABSENT)
    school.mark(sessions[9], ZHANG, Mark.SICK)
    row = school.row(share)
    assert (row.needed, row.done, row.gap) == (9, 8, 1)
    assert values(row) == {"percent": 90, "base": 10}
    assert explain(row)[0] == "Needed 9, as the rule says: 90% of 10."


def test_official_leave_exempt_and_not_taken_are_no_part_of_the_share(school: School) -> None:
    share = rule(what=STUDY, how_many=HowMany(ratio_at_least=1), per=TERM)
    for at, mark in enumerate((Mark.PRESENT, Mark.OFFICIAL, Mark.EXEMPT)):
        school.mark(school.session(f"10-{12 + at}"), ZHANG, mark)
    school.session("10-20", LI)
    row = school.row(share)
    assert (row.needed, row.done) == (1, 1)
    nothing = school.row(share, WANG)
    assert (nothing.state, why(nothing)) == (State.EXEMPT, [Why.NOTHING_TO_COUNT])


def test_a_third_of_the_activities_reaches_over_subjects(school: School) -> None:
    share = rule(
        what=replace(STUDY, cross_subject=True),
        how_many=HowMany(ratio_at_least=1 / 3),
        per=TERM,
        who=Who(each=Each.GROUP),
    )
    school.session("10-12", cross_subject=True)
    for at in range(13, 18):
        school.session(f"10-{at}")
    row = school.row(share, GROUP)
    assert (row.needed, row.done, row.gap) == (2, 1, 1)


def test_a_share_of_the_staff_goes_on_exchange_each_year(school: School) -> None:
    for member in range(21, 38):
        school.member(member)  # twenty in all
    share = rule(
        what=What(source=Source.PLACEMENTS),
        how_many=HowMany(ratio_at_least=SettingRef("share"), ratio_at_most=0.2),
        per=YEAR,
        who=Who(each=Each.SCHOOL),
    )
    school.exchange(21, "09-01", "2027-08-31")
    row = school.row(share, SCHOOL, answers={"share": 15})  # percent
    assert (row.needed, row.done, row.gap, row.at_most) == (3, 1, 2, 4)


def test_all_observation_records_are_checked(school: School) -> None:
    checked = rule(what=replace(NOTE, grades=("A", "B")), how_many=HowMany(ratio_at_least=0.5), per=TERM)
    for grade in ("A", "C", None, "B", None):
        school.work(ZHANG, "10-14", grade=grade)
    row = school.row(checked)
    assert (row.needed, row.done, row.gap) == (3, 2, 1)


# states and due days


def test_a_period_is_not_yet_due_overdue_or_met(school: School) -> None:
    school.notes(ZHANG, "10-05")
    states = [row.state for row in school.rows(rule())]
    assert states == [State.OVERDUE, State.MET, State.DUE, State.NOT_YET, State.NOT_YET]


def test_on_its_last_day_a_piece_is_due_and_the_day_after_it_is_overdue(school: School) -> None:
    school.today = date(2026, 10, 31)
    assert school.row(rule(), period="2026-10").state is State.DUE
    school.today = date(2026, 11, 1)
    assert school.row(rule(), period="2026-10").state is State.OVERDUE


@pytest.mark.parametrize(
    ("due", "period", "when"),
    [
        (Due(), "2026-10", "10-31"),
        (Due(day=25), "2026-10", "10-25"),
        (Due(day=31), "2026-11", "11-30"),
        (Due(shift_days=-7), "2026-10", "10-24"),
        (Due(shift_days=5), "2026-10", "11-05"),
    ],
)
def test_a_month_is_due_when_its_rule_says(school: School, due: Due, period: str, when: str) -> None:
    assert school.row(rule(due=due), period=period).due == day(when)


def test_applications_are_due_on_the_31st_of_may(school: School) -> None:
    row = school.row(rule(per=YEAR, due=Due(month_day=(5, 31))))
    assert row.due == date(2027, 5, 31)


@pytest.mark.parametrize(
    ("answer", "when"),
    [("09-15", "09-15"), ("2026-09-15", "09-15"), ("2031-09-15", "01-31"), (date(2026, 10, 9), "10-09")],
)
def test_the_school_says_when_plans_are_due(school: School, answer: object, when: str) -> None:
    plan = rule(per=TERM, due=Due(date=SettingRef("plan_due")))
    assert school.row(plan).state is State.SETTING_MISSING
    assert school.row(plan, answers={"plan_due": answer}).due == day(when)


def test_advice_is_shown_and_never_owed(school: School) -> None:
    advised = rule(advice=True)
    assert {(row.gap, row.state) for row in school.rows(advised)} == {(0, State.NOT_YET)}
    school.notes(ZHANG, "10-05")
    assert school.row(advised, period="2026-10").state is State.MET
    assert not any(row.owes for row in school.ledger(advised).rows())


# periods


def test_weeks_are_those_of_the_term(school: School) -> None:
    rows = school.rows(rule(per=WEEK))
    assert rows[0].period == ("2026-2027-1-w01", date(2026, 8, 31), date(2026, 9, 6))
    assert rows[-1].period == ("2026-2027-1-w22", date(2027, 1, 25), date(2027, 1, 31))
    assert len(rows) == 22


def test_two_weeks_are_weeks_one_and_two_and_so_on(school: School) -> None:
    rows = school.rows(rule(per=Per(unit=PerUnit.WEEK, every=2)))
    assert [row.period.label for row in rows[:2]] == ["2026-2027-1-w01-02", "2026-2027-1-w03-04"]
    assert (rows[1].period.start, rows[1].period.until) == (date(2026, 9, 14), date(2026, 9, 27))


def test_three_months_count_from_september(school: School) -> None:
    rows = school.rows(rule(per=Per(unit=PerUnit.MONTH, every=3)))
    assert [row.period.label for row in rows] == ["2026-09..2026-11", "2026-12..2027-02"]
    assert rows[1].period.until == date(2027, 2, 28)


def test_a_rule_of_the_second_term_is_silent_in_the_first(school: School) -> None:
    meeting = rule(what=STUDY, per=Per(unit=PerUnit.SECOND_TERM), who=Who(each=Each.SCHOOL))
    assert school.rows(meeting, SCHOOL) == []
    year = (date(2026, 9, 1), date(2027, 8, 31))
    assert [row.period.label for row in school.rows(meeting, SCHOOL, span=year)] == ["2026-2027-2"]
    first = replace(meeting, per=Per(unit=PerUnit.FIRST_TERM))
    assert [row.period.label for row in school.rows(first, SCHOOL, span=year)] == ["2026-2027-1"]


def test_a_school_year_looks_at_the_whole_year_in_the_ledger_of_a_term(school: School) -> None:
    spring = (date(2027, 2, 15), date(2027, 7, 10))
    school.notes(ZHANG, "10-05", "2026-08-31")
    row = school.row(rule(per=YEAR), span=spring)
    assert (row.period.label, row.done, row.due) == ("2026-2027", 1, date(2027, 8, 31))


@pytest.mark.parametrize(
    ("per", "label"),
    [
        (Per(unit=PerUnit.SCHOOL_YEAR, every=3, since=2021), "2024-2027"),
        (Per(unit=PerUnit.SCHOOL_YEAR, every=5), "2026-2031"),
    ],
)
def test_several_years_count_from_their_first_year(school: School, per: Per, label: str) -> None:
    school.notes(ZHANG, "2025-03-01")
    row = school.row(rule(per=per))
    assert row.period.label == label
    assert row.done == (1 if label == "2024-2027" else 0)


def test_a_rule_over_years_that_is_not_in_force_yet_has_no_rows(school: School) -> None:
    assert school.rows(rule(per=Per(unit=PerUnit.SCHOOL_YEAR, every=3, since=2030))) == []


def test_without_a_term_there_are_no_weeks_or_months(school: School) -> None:
    school.tables["terms"].clear()
    assert school.rows(rule()) == []
    assert school.rows(rule(per=WEEK)) == []
    assert len(school.rows(rule(per=YEAR))) == 1


def test_words_of_a_term_are_added_up(school: School) -> None:
    words = rule(what=replace(NOTE, kinds=("study_note",), measure=Measure.WORDS), how_many=at_least(5000), per=TERM)
    for when, count in (("09-20", 1800), ("10-20", 2000), ("11-20", None)):
        school.work(ZHANG, when, kind="study_note", words=count)
    row = school.row(words)
    assert (row.done, row.gap) == (3800, 1200)
    # joined on 12 October: 5000 × 80 / 109 = 3669.7
    school.member(ZHANG, since="10-12")
    assert school.row(words).needed == 3670
