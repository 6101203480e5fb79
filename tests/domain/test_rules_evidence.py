"""What counts: sessions, the four haves, pieces and words, days and hours, reading, pairs, achievements, entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from rules_school import (
    GROUP,
    LI,
    NOTE,
    OTHER_GROUP,
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
    why,
)

from coordinator_tui.domain.rules.pack import Counted, Each, HowMany, Measure, Per, PerUnit, Source, What, Who
from coordinator_tui.domain.rules.result import Evidence, State, Why
from coordinator_tui.domain.vocabulary import (
    AwardLevel,
    GroupKind,
    Mark,
    ReadingKind,
    Scope,
    SessionStatus,
    TrainingArea,
    WorkStatus,
)

GROUPS, STAFF = Who(each=Each.GROUP), Who(each=Each.SCHOOL)


@pytest.fixture
def school() -> School:
    return School()


# sessions


def test_a_group_meets_every_week(school: School) -> None:
    weekly = rule(what=STUDY, per=WEEK, who=GROUPS)
    session = school.session("10-14", ZHANG)
    school.session("10-15", kind="forum")
    row = school.row(weekly, GROUP, period="2026-2027-1-w07")
    assert (row.done, row.gap, row.evidence) == (1, 0, (Evidence("sessions", session, 1),))
    assert school.row(weekly, GROUP, period="2026-2027-1-w08").gap == 1


def test_present_late_and_left_early_attended(school: School) -> None:
    for at, mark in enumerate(Mark):
        school.mark(school.session(f"10-{12 + at}"), ZHANG, mark)
    row = school.row(rule(what=STUDY, per=TERM, how_many=at_least(3)))
    assert (row.done, row.gap) == (3, 0)


@pytest.mark.parametrize(
    ("status", "when", "marked", "done"),
    [
        (SessionStatus.HELD, "10-14", False, 1),
        (SessionStatus.PLANNED, "10-14", True, 1),
        (SessionStatus.PLANNED, "10-14", False, 0),
        (SessionStatus.MOVED, "10-14", True, 1),
        (SessionStatus.PLANNED, "12-16", True, 0),
        (SessionStatus.CANCELLED, "10-14", True, 0),
    ],
)
def test_a_session_was_held_if_it_says_so_or_somebody_was_marked_at_it(
    school: School, status: SessionStatus, when: str, done: int, *, marked: bool
) -> None:
    session = school.session(when, status=status)
    if marked:
        school.mark(session, ZHANG)
    assert school.row(rule(what=STUDY, per=TERM, who=GROUPS), GROUP).done == done


def test_who_speaks_and_who_hosts(school: School) -> None:
    school.session("10-14", speaker_member=ZHANG, host="老师12")
    school.session("10-21", speaker="专家")
    spoken, hosted = replace(STUDY, counted=Counted.SPOKEN), replace(STUDY, counted=Counted.HOSTED)
    assert [school.row(rule(what=spoken, per=TERM), member).done for member in (ZHANG, LI)] == [1, 0]
    assert [school.row(rule(what=hosted, per=TERM), member).done for member in (ZHANG, LI)] == [0, 1]
    assert school.row(rule(what=spoken, per=TERM, who=GROUPS), GROUP).done == 2
    assert school.row(rule(what=hosted, per=TERM, who=STAFF), SCHOOL).done == 1


def test_sessions_held_count_for_those_who_belonged_that_day(school: School) -> None:
    school.member(ZHANG, since="10-12")
    for when in ("09-16", "10-14"):
        school.session(when)
    held = rule(what=replace(STUDY, counted=Counted.HELD), per=TERM)
    assert [school.row(held, member).done for member in (ZHANG, LI)] == [1, 2]


def test_only_sessions_across_subjects_between_schools_or_of_a_kind_of_group_count(school: School) -> None:
    school.group(kind=GroupKind.LESSON_PREPARATION)
    school.session("10-14", cross_subject=True)
    school.session("10-15", scope=Scope.BETWEEN_SCHOOLS)
    school.session("10-16", group=OTHER_GROUP)

    def done(what: What) -> float:
        return school.row(rule(what=what, per=TERM, who=STAFF), SCHOOL).done

    assert done(STUDY) == 3
    assert done(replace(STUDY, cross_subject=True)) == 1
    assert done(replace(STUDY, scopes=("between_schools", "region"))) == 1
    assert done(replace(STUDY, group_kinds=(GroupKind.LESSON_PREPARATION,))) == 1


def test_two_hours_of_study_every_two_weeks(school: School) -> None:
    fortnight = rule(
        what=replace(STUDY, measure=Measure.HOURS),
        how_many=at_least(2),
        per=Per(unit=PerUnit.WEEK, every=2),
        who=GROUPS,
    )
    school.session("10-14", start="14:00", end="15:30")
    school.session("10-21", start="14:00", end="14:20")
    row = school.row(fortnight, GROUP, period="2026-2027-1-w07-08")
    assert row.done == pytest.approx(11 / 6)
    assert row.gap == pytest.approx(1 / 6)
    school.session("10-22", start="14:00", end="14:10")
    assert school.row(fortnight, GROUP, period="2026-2027-1-w07-08").state is State.MET


def test_a_session_without_an_end_has_no_length(school: School) -> None:
    school.session("10-14", end=None)
    long = rule(what=replace(STUDY, minutes_each=60), per=TERM, who=GROUPS)
    assert school.row(long, GROUP).done == 0
    school.session("10-15")
    assert school.row(long, GROUP).done == 1


def test_one_exchange_activity_of_four_to_eight_days_each_school_year(school: School) -> None:
    yearly = rule(what=What(source=Source.SESSIONS, kinds=("visit",), days_each=4), per=YEAR, who=STAFF)
    school.session("10-12", kind="visit", until="10-14")
    assert school.row(yearly, SCHOOL).gap == 1
    school.session("11-09", kind="visit", until="11-12")
    assert school.row(yearly, SCHOOL).gap == 0
    days = rule(
        what=What(source=Source.SESSIONS, kinds=("visit",), measure=Measure.DAYS),
        how_many=HowMany(at_least=4, at_most=8),
        per=YEAR,
        who=STAFF,
    )
    row = school.row(days, SCHOOL)
    assert (row.done, row.gap, why(row)) == (7, 0, [])
    school.session("11-16", kind="visit", until="11-17")
    assert why(school.row(days, SCHOOL)) == [Why.OVER]


# the four haves and other fields


def test_every_session_has_a_plan_a_topic_a_speaker_and_a_form(school: School) -> None:
    haves = What(source=Source.FIELDS, complete=("plan", "topic", "speaker", "form"))
    each_session = rule(what=haves, per=Per(unit=PerUnit.SESSION), who=GROUPS)
    full: dict[str, Any] = {"plan": "附件", "topic": "识字", "speaker_member": ZHANG}
    ids = [school.session(when, **full) for when in ("10-14", "10-21")]
    school.edit("sessions", ids[1], topic="  ")
    school.session("10-28", status=SessionStatus.CANCELLED)
    school.session("12-16", status=SessionStatus.PLANNED)
    rows = school.rows(each_session, GROUP)
    assert [(row.period.start, row.gap, row.state) for row in rows] == [
        (date(2026, 10, 14), 0, State.MET),
        (date(2026, 10, 21), 1, State.OVERDUE),
        (date(2026, 12, 16), 1, State.NOT_YET),
    ]


def test_four_of_five_sessions_have_their_question(school: School) -> None:
    share = rule(
        what=What(source=Source.FIELDS, complete=("question",), kinds=("professional_study",)),
        how_many=HowMany(ratio_at_least=0.8),
        per=TERM,
        who=GROUPS,
    )
    for at in range(5):
        school.session(f"10-{12 + at}", question="怎样上" if at else None)
    row = school.row(share, GROUP)
    assert (row.needed, row.done, row.state) == (4, 4, State.MET)


def test_a_members_own_field_is_filled(school: School) -> None:
    school.edit("members", ZHANG, title="一级教师")
    titled = rule(what=What(source=Source.FIELDS, of="member", complete=("title",)), per=TERM)
    assert [school.row(titled, member).done for member in (ZHANG, LI)] == [1, 0]
    everybody = replace(titled, who=STAFF, how_many=HowMany(ratio_at_least=1))
    row = school.row(everybody, SCHOOL)
    assert (row.needed, row.done) == (3, 1)


# work


def test_returned_work_and_work_of_another_kind_do_not_count(school: School) -> None:
    school.work(ZHANG, "10-14", status=WorkStatus.RETURNED)
    school.work(ZHANG, "10-14", kind="paper")
    school.work(LI, "10-14")
    assert school.row(rule(), period="2026-10").done == 0


def test_a_piece_counts_for_every_rule_that_it_fits(school: School) -> None:
    piece = school.work(ZHANG, "10-14")
    ledger = school.ledger(rule("monthly"), rule("termly", per=TERM))
    rows = [row for row in ledger.of(unit=ZHANG) if row.evidence]
    assert [row.requirement.id for row in rows] == ["monthly", "termly"]
    assert all(row.evidence == (Evidence("work", piece, 1),) for row in rows)


def test_only_checked_or_graded_or_long_enough_work_counts(school: School) -> None:
    school.work(ZHANG, "10-14", status=WorkStatus.CHECKED, grade="A", words=900)
    school.work(ZHANG, "10-15", grade="C", words=500)

    def done(what: What) -> float:
        return school.row(rule(what=what, per=TERM)).done

    assert done(NOTE) == 2
    assert done(replace(NOTE, checked=True)) == 1
    assert done(replace(NOTE, grades=("A", "B"))) == 1
    assert done(replace(NOTE, words_each=800)) == 1


def test_work_of_a_group_is_what_its_members_did_while_they_belonged(school: School) -> None:
    school.member(ZHANG, until="09-30")
    school.notes(ZHANG, "09-14", "10-14")
    school.notes(LI, "10-14")
    row = school.row(rule(per=TERM, who=GROUPS, how_many=at_least(3)), GROUP)
    assert (row.done, row.gap) == (2, 1)
    assert school.row(rule(per=TERM, who=STAFF, how_many=at_least(3)), SCHOOL).done == 3


# reading


def test_one_article_a_week_is_recommended(school: School) -> None:
    weekly = rule(what=What(source=Source.READINGS, kinds=("article",)), per=WEEK, who=GROUPS)
    school.reading("10-14")
    school.reading("10-21", group=OTHER_GROUP)
    school.reading("10-28", kind="book")
    assert [school.row(weekly, GROUP, period=f"2026-2027-1-w{week:02}").done for week in (7, 8, 9)] == [1, 0, 0]


def test_a_book_is_read_when_a_piece_of_work_names_it_and_counts_once(school: School) -> None:
    books = rule(what=What(source=Source.READINGS, kinds=(ReadingKind.BOOK.value,)), how_many=at_least(2), per=TERM)
    book, article = school.reading("09-10", kind="book"), school.reading("09-10")
    for reading in (book, book, article):
        school.work(ZHANG, "10-14", reading=reading)
    school.work(ZHANG, "10-20", reading=school.reading("09-10", kind="book"), status=WorkStatus.RETURNED)
    row = school.row(books)
    assert (row.done, row.gap) == (1, 1)


# pairs, achievements, trainings, placements, the register


def test_a_pair_counts_in_every_term_that_it_overlaps(school: School) -> None:
    school.pair(ZHANG, LI, "2025-09-01", "09-30")
    pairs = What(source=Source.PAIRS)
    assert [school.row(rule(what=pairs, per=TERM), member).done for member in (ZHANG, LI)] == [1, 0]
    apprentice = rule(what=replace(pairs, counted=Counted.AS_APPRENTICE), per=TERM)
    assert [school.row(apprentice, member).done for member in (ZHANG, LI)] == [0, 1]
    assert [row.done for row in school.rows(rule(what=pairs))] == [1, 0, 0, 0, 0]


def test_apprentices_owe_for_the_time_of_their_pair(school: School) -> None:
    school.pair(ZHANG, LI, "11-30")
    observed = rule(who=Who(pair_role="apprentice"), how_many=at_least(8), per=TERM)
    ledger = school.ledger(observed)
    # 45 of 109 days: 8 × 45 / 109 = 3.3
    assert [(row.unit, row.needed) for row in ledger.rows()] == [(LI, 3)]
    assert why(ledger.rows()[0]) == [Why.NOT_BOUND]


def test_achievements_of_a_level_whose_original_was_seen(school: School) -> None:
    school.achievement(ZHANG, "10-14", level=AwardLevel.CITY, original_checked=True)
    school.achievement(ZHANG, "10-15", level=AwardLevel.SCHOOL)
    papers = What(source=Source.ACHIEVEMENTS, kinds=("paper",))
    assert school.row(rule(what=papers, per=YEAR)).done == 2
    assert school.row(rule(what=replace(papers, levels=("city", "province")), per=YEAR)).done == 1
    assert school.row(rule(what=replace(papers, checked=True), per=YEAR)).done == 1


def test_credit_hours_of_a_year_by_area(school: School) -> None:
    school.training(ZHANG, "10-12", "10-14", hours=18, area=TrainingArea.PROFESSIONAL, level=AwardLevel.COUNTY)
    school.training(ZHANG, "2026-08-20", hours=40)
    hours = What(source=Source.TRAININGS, measure=Measure.HOURS)
    row = school.row(rule(what=hours, how_many=at_least(72), per=YEAR))
    assert (row.done, row.gap) == (18, 54)
    assert school.row(rule(what=replace(hours, measure=Measure.DAYS), how_many=at_least(1), per=YEAR)).done == 3
    assert school.row(rule(what=replace(hours, areas=("public",)), how_many=at_least(1), per=YEAR)).done == 0
    assert school.row(rule(what=replace(hours, kinds=("county",)), how_many=at_least(1), per=YEAR)).done == 18


def test_a_magazine_is_subscribed_to_by_each_and_materials_are_printed_by_the_school(school: School) -> None:
    school.entry("magazine", "10-14", member=ZHANG)
    school.entry("material", "10-14")
    magazine = rule(what=What(source=Source.ENTRIES, kinds=("magazine",)), per=YEAR)
    assert [school.row(magazine, member).gap for member in (ZHANG, LI)] == [0, 1]
    materials = rule(what=What(source=Source.ENTRIES, kinds=("material",)), how_many=at_least(2), per=TERM, who=STAFF)
    assert school.row(materials, SCHOOL).gap == 1


def test_lines_of_a_group_are_its_own_its_members_and_those_of_its_sessions(school: School) -> None:
    school.group(WANG)
    lines: tuple[dict[str, Any], ...] = (
        {"group": GROUP},
        {"member": ZHANG},
        {"session": school.session("10-14")},
        {"group": OTHER_GROUP, "member": ZHANG},
        {"group": OTHER_GROUP},
    )
    for fields in lines:
        school.entry("evaluation", "10-14", **fields)
    row = school.row(rule(what=What(source=Source.ENTRIES), per=TERM, who=GROUPS), GROUP)
    assert row.done == 3


def test_what_was_to_follow_is_done_in_four_of_five_cases(school: School) -> None:
    for at in range(5):
        school.entry("improvement", "10-14", done_on=day("10-20") if at < 3 else None)
    followed = What(source=Source.ENTRIES, kinds=("improvement",), complete=("done_on",))
    row = school.row(rule(what=followed, how_many=HowMany(ratio_at_least=0.8), per=TERM, who=STAFF), SCHOOL)
    assert (row.needed, row.done, row.gap) == (4, 3, 1)


def test_a_line_about_an_exchange_counts_for_who_is_on_it(school: School) -> None:
    placement = school.exchange(ZHANG, "09-01")
    school.entry("cover", "10-14", placement=placement)
    cover = rule(
        what=What(source=Source.ENTRIES, kinds=("cover",)), per=Per(unit=PerUnit.EVENT, event=Source.PLACEMENTS)
    )
    (row,) = school.rows(cover)
    assert (row.done, row.gap) == (1, 0)


def test_a_year_on_exchange_is_counted_in_days(school: School) -> None:
    school.exchange(ZHANG, "09-01", "09-30")
    away = rule(what=What(source=Source.PLACEMENTS, measure=Measure.DAYS), how_many=at_least(30), per=YEAR, who=STAFF)
    assert school.row(away, SCHOOL).done == 30
