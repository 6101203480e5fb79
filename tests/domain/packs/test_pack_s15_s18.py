"""S15 to S18, whose documents mostly say "regularly": how often is the school's answer and never a number of ours."""

from __future__ import annotations

import re

import pytest
from rule_blocks import answer, block, clause, ids, titles
from rule_worlds import CHINESE, REGULAR, SCHOOL, Tiny, shipped

from coordinator_tui.domain.rules.result import State, Why
from coordinator_tui.domain.vocabulary import AchievementKind, Scope

REGULARLY = [
    # requirement, who owes, setting
    ("s15/1/experts", SCHOOL, "experts_per_year"),
    ("s15/2/meetings", CHINESE, "meetings_per_month"),
    ("s15/2/joint", CHINESE, "joint_per_term"),
    ("s15/2/observe", REGULAR, "observations_per_term"),
    ("s15/3/visits", SCHOOL, "visits_per_year"),
    ("s16/4/discussions", CHINESE, "discussions_per_month"),
    ("s16/5/observation", SCHOOL, "observed_per_term"),
    ("s16/6/studies", REGULAR, "studies_per_year"),
    ("s16/8/review", SCHOOL, "reviews_per_year"),
    ("s17/1/experience", SCHOOL, "exchanges_per_term"),
    ("s17/2/resources", REGULAR, "resources_per_year"),
    ("s17/3/problems", SCHOOL, "problems_per_term"),
    ("s17/4/observe", REGULAR, "observations_per_term"),
    ("s17/9/meetings", SCHOOL, "meetings_per_term"),
    ("s18/3/talks", SCHOOL, "talks_per_term"),
    ("s18/4/cases", REGULAR, "cases_per_term"),
    ("s18/5/observation", SCHOOL, "observations_per_term"),
    ("s18/6/seminars", SCHOOL, "seminars_per_term"),
    ("s18/7/courses", SCHOOL, "courses_per_year"),
    ("s18/8/awards", SCHOOL, "awards_per_year"),
]


@pytest.mark.parametrize(("requirement", "unit", "setting"), REGULARLY)
def test_s15_to_s18_regularly_is_as_often_as_the_school_answers(requirement: str, unit: int, setting: str) -> None:
    school = Tiny()
    row = school.rows(requirement, unit)[0]
    assert (row.state, row.needed) == (State.SETTING_MISSING, None)
    assert [reason.why for reason in row.reasons] == [Why.SETTING]
    assert school.rows(requirement, unit, **answer(setting, 3))[0].needed == 3


def test_s15_to_s18_invent_no_number() -> None:
    packs = [shipped(f"s{number}") for number in range(15, 19)]
    assert sorted(each.key for pack in packs for each in pack.requirements) == sorted(key for key, *_rest in REGULARLY)
    assert not any(re.search(r"\d", each.text.zh) for pack in packs for each in pack.clauses)


@pytest.mark.parametrize(("pack", "count"), [("s15", 5), ("s16", 10), ("s17", 9), ("s18", 9)])
def test_s15_to_s18_have_the_clauses_of_their_documents(pack: str, count: int) -> None:
    assert [each.id for each in shipped(pack).clauses] == [str(number) for number in range(1, count + 1)]


# S15


def test_s15_clause_1_experts_come_from_outside() -> None:
    school = Tiny()
    school.held("10-14", "lecture")
    school.held("10-21", "lecture", scope=Scope.REGION)
    assert school.row("s15/1/experts", experts_per_year=2).gap == 1


def test_s15_clause_2_groups_meet() -> None:
    school = Tiny()
    school.held("10-14", "group_research")
    october = school.rows("s15/2/meetings", CHINESE, meetings_per_month=2)[1]
    assert (october.done, october.gap, october.state) == (1, 1, State.OVERDUE)


def test_s15_clause_2_observing_colleagues_is_encouraged_and_never_owed() -> None:
    school = Tiny()
    school.work(REGULAR, "lesson_observation", "10-14")
    row = school.row("s15/2/observe", REGULAR, observations_per_term=4)
    assert (row.done, row.owes) == (1, False)


def test_s15_clause_3_schools_visit_one_another() -> None:
    school = Tiny()
    school.held("10-14", "visit", scope=Scope.BETWEEN_SCHOOLS)
    assert school.row("s15/3/visits", visits_per_year=1).state is State.MET


# S16


def test_s16_clause_4_groups_discuss() -> None:
    school = Tiny()
    school.held("10-14", "seminar")
    assert school.rows("s16/4/discussions", CHINESE, discussions_per_month=1)[1].state is State.MET


def test_s16_clause_6_classroom_studies_are_projects() -> None:
    school = Tiny()
    school.achievement(REGULAR, AchievementKind.PROJECT, "10-14")
    assert school.row("s16/6/studies", REGULAR, studies_per_year=1).state is State.MET


def test_s16_clause_8_results_are_evaluated_and_summed_up() -> None:
    school = Tiny()
    assert school.row("s16/8/review", reviews_per_year=1).state is State.DUE
    school.entry("evaluation", "10-14")
    assert school.row("s16/8/review", reviews_per_year=1).state is State.MET


def test_s16_clause_9_provides_funds_time_and_rooms() -> None:
    assert titles(block("s16", "9", "checklist")) == ["经费", "时间", "场地"]


# S17


def test_s17_clause_2_names_what_is_shared() -> None:
    assert titles(block("s17", "2", "records")) == ["教案", "教学设计", "教学视频", "教学素材"]


def test_s17_clause_2_counts_each_teachers_shared_resources() -> None:
    school = Tiny()
    school.entry("resource", "10-14", member=REGULAR)
    row = school.row("s17/2/resources", REGULAR, resources_per_year=3)
    assert (row.needed, row.done, row.owes) == (3, 1, False)


def test_s17_clause_3_a_discussion_names_its_problem() -> None:
    school = Tiny()
    school.held("10-14", "seminar")
    school.held("10-21", "seminar", question="入园焦虑")
    assert school.row("s17/3/problems", problems_per_term=2).done == 1


def test_s17_clause_4_observing_ends_in_ones_own_faults() -> None:
    assert "不足" in clause("s17", "4").remind[0].zh


def test_s17_clauses_1_and_9_count_meetings() -> None:
    school = Tiny()
    school.held("10-14", "sharing")
    assert school.row("s17/1/experience", exchanges_per_term=2).gap == 1
    assert school.row("s17/9/meetings", meetings_per_term=1).state is State.MET


# S18


def test_s18_clause_4_cases_are_written_and_shared() -> None:
    school = Tiny()
    school.work(REGULAR, "case", "10-14")
    row = school.row("s18/4/cases", REGULAR, cases_per_term=2)
    assert (row.done, row.gap, row.state) == (1, 1, State.DUE)


def test_s18_clauses_5_to_7_count_lessons_seminars_and_courses() -> None:
    school = Tiny()
    for kind in ("observation", "seminar", "training"):
        school.held("10-14", kind)
    assert school.row("s18/5/observation", observations_per_term=1).state is State.MET
    assert school.row("s18/6/seminars", seminars_per_term=1).state is State.MET
    assert school.row("s18/7/courses", courses_per_year=1).state is State.MET


def test_s18_clause_8_awards_are_registered() -> None:
    school = Tiny()
    school.entry("award", "10-14", member=REGULAR)
    assert school.row("s18/8/awards", awards_per_year=1).state is State.MET


def test_s18_clause_9_an_archive_of_each_teacher_has_activities_and_results() -> None:
    archive = block("s18", "9", "records")
    assert ids(archive) == ["activities", "results"]
    assert archive[0]["tables"] == ["sessions", "trainings", "placements", "pairs"]
