"""S21, a school's plan of exchange placements: every number, date and form, clause by clause."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rule_blocks import amounts, block, ids, item, titles
from rule_worlds import REGULAR, SCHOOL, SECOND, Tiny, shipped

from coordinator_tui.domain.rules.pack import SettingRef, SettingType
from coordinator_tui.domain.rules.result import State
from coordinator_tui.domain.vocabulary import PlacementForm


def _summer() -> Tiny:
    return Tiny(today=date(2027, 6, 15))


def test_s21_clause_3_exchanges_15_to_20_percent_of_those_eligible_each_year() -> None:
    yearly = item("s21", "3", "quotas", "yearly")
    assert (yearly["ratio_at_least"], yearly["ratio_at_most"], yearly["of"]) == (0.15, 0.20, "eligible")


def test_s21_clause_3_reaches_about_60_percent_in_three_years_only_at_20_percent_every_year() -> None:
    yearly, long = item("s21", "3", "quotas", "yearly"), item("s21", "3", "quotas", "three-years")
    assert (long["ratio_about"], long["per"]) == (0.60, "three_years")
    assert 3 * yearly["ratio_at_least"] == pytest.approx(0.45)
    assert 3 * yearly["ratio_at_most"] == pytest.approx(long["ratio_about"])
    text = next(each for each in shipped("s21").clauses if each.id == "3").text
    assert "45%" in text.zh
    assert "45%" in text.en


def test_s21_clause_3_starts_in_autumn_2021_unless_the_school_says_another_year() -> None:
    assert shipped("s21").setting("from_year").suggest == 2021
    assert item("s21", "3", "quotas", "yearly")["from_year"] == SettingRef("from_year")


def test_s21_clause_4_2_full_6_years_men_of_48_and_women_of_43_and_below() -> None:
    planned = item("s21", "4.2", "eligibility", "e1")
    assert (planned["service_years"], planned["male_age"], planned["female_age"]) == (6, 48, 43)


def test_s21_clause_4_2_asks_how_below_is_read_and_to_which_day_ages_count() -> None:
    planned = item("s21", "4.2", "eligibility", "e1")
    assert (planned["age_reading"], planned["cut_off"]) == (SettingRef("age_reading"), SettingRef("age_cutoff"))
    reading = shipped("s21").setting("age_reading")
    assert [code for code, _title in reading.choices] == ["lt", "le"]
    assert reading.suggest is None
    assert shipped("s21").setting("age_cutoff").type is SettingType.DATE


def test_s21_clause_4_3_one_of_a_couple() -> None:
    couple = item("s21", "4.3", "eligibility", "couple")
    assert (couple["couple"], couple["people"]) == (True, 1)


def test_s21_clause_4_4_honours_need_a_year_at_a_remote_or_weak_school() -> None:
    honours = item("s21", "4.4", "prerequisites", "honours")
    assert honours["years_at_least"] == 1
    assert honours["for_levels"] == ["special_grade", "subject_leader", "backbone_city", "backbone_province"]


def test_s21_clause_4_5_senior_titles_need_half_a_year_and_a_year() -> None:
    years = {each["id"]: each["years_at_least"] for each in block("s21", "4.5", "prerequisites")}
    assert years == {"primary-senior": 0.5, "secondary-senior": 1}


def test_s21_clause_4_6_support_teaching_counts_as_exchange() -> None:
    counts = item("s21", "4.6", "prerequisites", "support-teaching")
    assert (counts["form"], counts["counts_as_exchange"]) == (PlacementForm.SUPPORT_TEACHING.value, True)


def test_s21_clause_5_2_one_teacher_a_year_after_a_full_5_years_from_confirmation() -> None:
    ordered = item("s21", "5.2", "eligibility", "e2")
    assert (ordered["service_years"], ordered["service_from"]) == (5, "confirmed")
    assert (ordered["established"], ordered["in_post"]) == (True, True)
    assert item("s21", "5.2", "quotas", "ordered")["people"] == 1


def test_s21_clause_5_2_an_outlying_school_owes_one_teacher_a_year() -> None:
    school = Tiny()
    assert amounts(school.row("s21/5.2/one-a-year")) == (1, 0, 1)
    school.placement(REGULAR, "09-01", form=PlacementForm.RECOMMENDED)
    assert school.row("s21/5.2/one-a-year").state is State.MET


def test_s21_clause_5_2_1_applications_close_on_31_may() -> None:
    assert item("s21", "5.2.1", "dates", "applications")["until"] == "05-31"


@pytest.mark.parametrize(("requirement", "kind"), [("decision", "decision"), ("notice", "notice"), ("filed", "filing")])
def test_s21_clause_5_2_2_decides_publishes_and_files_by_the_end_of_june(requirement: str, kind: str) -> None:
    school = _summer()
    row = school.row(f"s21/5.2.2/{requirement}", term=SECOND)
    assert (amounts(row), row.due, row.state) == ((1, 0, 1), date(2027, 6, 30), State.DUE)
    school.entry(kind, "06-12")
    assert school.row(f"s21/5.2.2/{requirement}", term=SECOND).state is State.MET


def test_s21_clause_5_2_2_is_a_matter_of_june_for_meeting_or_committee() -> None:
    june = item("s21", "5.2.2", "dates", "decision")
    assert (june["from"], june["until"]) == ("06-01", "06-30")
    assert titles(block("s21", "5.2.2", "roles")) == ["学校行政会议", "校务委员会"]


def test_s21_clause_5_2_3_orders_by_service_then_birth_then_the_committees_scores() -> None:
    ranking = block("s21", "5.2.3", "ranking")
    assert ids(ranking) == ["service", "birth", "score"]
    assert [each["direction"] for each in ranking] == [
        SettingRef("rank_service"),
        SettingRef("rank_birth"),
        "highest",
    ]
    assert ranking[2]["scored_by"] == "all"


@pytest.mark.parametrize(
    ("key", "choices"), [("rank_service", ["longest", "shortest"]), ("rank_birth", ["oldest", "youngest"])]
)
def test_s21_clause_5_2_3_asks_for_the_directions_that_are_not_written(key: str, choices: list[str]) -> None:
    setting = shipped("s21").setting(key)
    assert setting.type is SettingType.CHOICE
    assert [code for code, _title in setting.choices] == choices
    assert not setting.optional


def test_s21_clause_5_2_4_the_teacher_finds_the_receiving_school() -> None:
    receiving = item("s21", "5.2.4", "checklist", "receiving")
    assert (receiving["by"], receiving["school_duty"]) == ("member", False)


def test_s21_clause_5_2_5_an_exchange_not_completed_may_be_sought_again_after_five_years() -> None:
    cooldown = block("s21", "5.2.5", "cooldown")
    assert (cooldown["years"], cooldown["after"]) == (5, "not_completed")


def test_s21_clause_5_2_6_leaves_transfers_and_moves_out_aside() -> None:
    assert ids(block("s21", "5.2.6", "excluded")) == ["transfer", "out-of-district"]


def test_s21_clauses_5_4_and_5_5_say_how_long_each_form_lasts() -> None:
    two_way = item("s21", "5.4", "lengths", "two-way")
    assert (two_way["terms"], two_way["up_to_years"]) == (1, 1)
    assert item("s21", "5.5", "lengths", "post")["terms"] == 1
    assert item("s21", "5.5", "lengths", "sent-out")["months_about"] == 1


def test_s21_clause_6_1_mobilises_in_mid_july() -> None:
    july = item("s21", "6.1", "dates", "mobilise")
    assert (july["from"], july["until"]) == ("07-11", "07-20")
    row = _summer().row("s21/6.1/mobilise", term=SECOND)
    assert (row.due, row.gap) == (date(2027, 7, 20), 1)


def test_s21_clause_6_2_files_plan_and_statistics_in_the_last_two_thirds_of_july() -> None:
    july = item("s21", "6.2", "dates", "plan")
    assert (july["from"], july["until"]) == ("07-11", "07-31")
    school = _summer()
    school.entry("filing", "06-12")
    row = school.row("s21/6.2/plan-filed", term=SECOND)
    assert (amounts(row), row.due) == ((3, 1, 2), date(2027, 7, 31))


def test_s21_clause_6_3_files_four_more_forms_by_5_august() -> None:
    school = _summer()
    for when in ("06-12", "07-20", "07-20"):
        school.entry("filing", when)
    row = school.row("s21/6.3/forms-filed", SCHOOL, term=SECOND)
    assert (amounts(row), row.due) == ((7, 3, 4), date(2027, 8, 5))
    assert item("s21", "6.3", "dates", "forms")["until"] == "08-05"


def test_s21_clauses_6_2_and_6_3_name_five_forms_with_the_year_as_a_parameter() -> None:
    forms: list[dict[str, Any]] = [*block("s21", "6.2", "forms"), *block("s21", "6.3", "forms")]
    named = [each["title"].zh.format(year=2027) for each in forms]
    assert named == [
        "2027年秋季学校符合交流条件教师情况统计表",
        "2027年秋季学校“推荐交流”教师名册",
        "2027年秋季学校“定期双向交流”教师名册",
        "2027年秋季学校交流需求情况统计表",
        "2027年秋季交流教师基本情况登记表",
    ]
    assert all("2027" in each["title"].en.format(year=2027) for each in forms)
    assert [each["due"] for each in forms] == ["07-31", *["08-05"] * 4]


def test_s21_clause_7_1_puts_six_groups_first() -> None:
    assert ids(block("s21", "7.1", "priority")) == ["known", "able", "title", "reserve", "couple", "upper"]


def test_s21_clause_7_2_admits_volunteers_with_a_reason() -> None:
    admitted = item("s21", "7.2", "eligibility", "volunteer")
    assert (admitted["override"], admitted["reason"]) == (True, "required")
    assert ids(block("s21", "7.2", "incentives")) == ["volunteers"]


def test_s21_clause_7_3_defers_only_with_the_bureaus_approval() -> None:
    assert block("s21", "7.3", "deferral") == {"reason": "required", "approved_by": "bureau"}


def test_s21_clause_7_4_rates_the_unwilling_below_qualified_and_ends_employment_in_serious_cases() -> None:
    below, ended = block("s21", "7.4", "penalty")
    assert "合格" in below["title"].zh
    assert ended["serious"] is True
