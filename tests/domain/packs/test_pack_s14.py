"""S14, the study regulation for primary teachers: every number and cadence, clause by clause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from rule_blocks import amounts, block, cadence, clause, ids, titles, why
from rule_worlds import BACKBONE, REGULAR, Tiny, shipped

from coordinator_tui.domain.rules.result import State, Why
from coordinator_tui.domain.vocabulary import ReadingKind, Scope, WorkStatus


def _read(school: Tiny, books: int) -> None:
    for number in range(books):
        book = school.reading(ReadingKind.BOOK, "09-05")
        school.work(REGULAR, "reading_note", f"10-{12 + number}", reading=book)


def test_s14_has_its_five_chapters() -> None:
    chapters = {each.id.partition(".")[0] for each in shipped("s14").clauses}
    assert chapters == {"1", "2", "3", "4", "5"}


@pytest.mark.parametrize(("books", "missing", "over"), [(0, 1, False), (1, 0, False), (2, 0, False), (3, 0, True)])
def test_s14_clause_1_1_one_or_two_monographs_a_term(books: int, missing: int, over: bool) -> None:
    school = Tiny()
    _read(school, books)
    row = school.row("s14/1.1/books", REGULAR)
    assert amounts(row) == (1, books, missing)
    assert row.at_most == 2
    assert (Why.OVER in why(row)) is over


def test_s14_clause_1_1_a_second_note_on_the_same_book_is_no_second_book() -> None:
    school = Tiny()
    book = school.reading(ReadingKind.BOOK, "09-05")
    for when in ("10-12", "11-12"):
        school.work(REGULAR, "reading_note", when, reading=book)
    assert school.row("s14/1.1/books", REGULAR).done == 1


def test_s14_clause_1_2_one_article_a_week_recommended_to_all_teachers() -> None:
    school = Tiny()
    school.reading(ReadingKind.ARTICLE, "09-02")
    school.reading(ReadingKind.BOOK, "09-09")
    first, second, *_rest = school.rows("s14/1.2/weekly-article")
    assert (amounts(first), first.state) == ((1, 1, 0), State.MET)
    assert (amounts(second), second.state) == ((1, 0, 1), State.OVERDUE)


def test_s14_clause_2_1_one_forum_a_month() -> None:
    school = Tiny()
    school.held("09-15", "forum")
    september, october, november, december, january = school.rows("s14/2.1/monthly-forum")
    assert [row.needed for row in (september, october, november, december, january)] == [1] * 5
    states = [row.state for row in (september, october, november, december)]
    assert states == [State.MET, State.OVERDUE, State.DUE, State.NOT_YET]


def test_s14_clause_2_1_the_forum_rotates_its_speakers_and_the_research_officer_hosts() -> None:
    forum = cadence("s14", "2.1")
    assert (forum.speakers, forum.hosts, forum.per_month) == ("rotate", ("教研员",), 1)


def test_s14_clause_2_1_speaker_host_and_minutes_are_recorded() -> None:
    school = Tiny()
    school.held("09-15", "forum", speaker_member=REGULAR, host="教研员", minutes="轮流发言")
    school.held("10-13", "forum", speaker="李梅", host="教研员")
    kept, lacking = school.rows("s14/2.1/forum-record")
    assert (kept.state, lacking.state, lacking.gap) == (State.MET, State.OVERDUE, 1)


def test_s14_clause_2_2_each_speech_has_one_theme_and_unites_theory_practice_and_effect() -> None:
    school = Tiny()
    school.held("09-15", "forum", topic="课堂提问")
    school.held("10-13", "forum")
    assert [row.state for row in school.rows("s14/2.2/one-theme")] == [State.MET, State.OVERDUE]
    assert titles(block("s14", "2.2", "checklist")) == ["理论", "做法", "效果"]


def test_s14_clause_3_1_small_projects_have_five_stages() -> None:
    assert titles(block("s14", "3.1", "phases")) == ["发现问题", "自主探索", "积累案例", "提升理念", "反哺教学"]


def test_s14_clause_3_2_narratives_have_no_number_of_their_own() -> None:
    school = Tiny()
    assert school.row("s14/3.2/narratives", REGULAR).needed is None
    school.work(REGULAR, "case", "10-12")
    answered = school.row("s14/3.2/narratives", REGULAR, narratives_per_term=2)
    assert (answered.needed, answered.done, answered.owes) == (2, 1, False)


def test_s14_clause_4_one_expert_on_campus_a_term() -> None:
    school = Tiny()
    school.held("09-20", "lecture")
    assert amounts(school.row("s14/4/expert")) == (1, 0, 1)
    school.held("10-20", "lecture", scope=Scope.BETWEEN_SCHOOLS)
    assert amounts(school.row("s14/4/expert")) == (1, 1, 0)


def test_s14_clause_5_somebody_studies_elsewhere_each_term() -> None:
    school = Tiny()
    assert amounts(school.row("s14/5/outside-study")) == (1, 0, 1)
    school.training(BACKBONE, "10-12", "10-14")
    assert school.row("s14/5/outside-study").state is State.MET


def test_s14_clause_5_1_names_two_conditions_for_those_who_go() -> None:
    assert ids(block("s14", "5.1", "eligibility")) == ["work", "views"]


def test_s14_clause_5_2_the_record_is_checked_by_the_principals_office_on_return() -> None:
    school = Tiny()
    training = school.training(REGULAR, "11-09", "11-13")
    handed_in = school.work(REGULAR, "training_report", "11-16", training=training)
    row = school.row("s14/5.2/return-record", REGULAR, return_days=10)
    assert (amounts(row), row.due, row.state) == ((1, 0, 1), date(2026, 11, 23), State.DUE)
    _check(school, handed_in)
    assert school.row("s14/5.2/return-record", REGULAR, return_days=10).state is State.MET
    assert titles(block("s14", "5.2", "roles")) == ["校长室"]


def _check(school: Tiny, work: int) -> None:
    school.put(replace(school.tables["work"][work], status=WorkStatus.CHECKED, checker="校长室"))


def test_s14_clause_5_2_asks_for_the_time_that_the_document_does_not_set() -> None:
    school = Tiny()
    school.training(REGULAR, "11-09", "11-13")
    assert school.row("s14/5.2/return-record", REGULAR).state is State.SETTING_MISSING
    assert clause("s14", "5.2").requirements[0].per.within_days is not None
