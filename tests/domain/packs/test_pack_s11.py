"""S11, exchange between town and country, 17 articles: the share is open, consent and a yearly plan are not."""

from __future__ import annotations

from typing import Any

import pytest
from rule_worlds import REGULAR, Tiny, shipped

from coordinator_tui.domain.rules.numbers import missing_settings
from coordinator_tui.domain.rules.pack import SettingType
from coordinator_tui.domain.rules.result import State


def data(clause: str) -> dict[str, Any]:
    return dict(next(each for each in shipped("s11").clauses if each.id == clause).data)


def test_s11_has_its_seventeen_articles() -> None:
    assert [clause.id for clause in shipped("s11").clauses] == [str(number) for number in range(1, 18)]


def test_s11_article_6_asks_for_the_share_that_the_document_leaves_open() -> None:
    (setting,) = missing_settings(shipped("s11"), {})
    assert (setting.key, setting.type, setting.suggest) == ("urban_share", SettingType.PERCENT, None)
    (quota,) = data("6")["quotas"]
    assert quota["direction"] == "urban_to_rural"
    assert quota["per"] == "school_year"
    assert not missing_settings(shipped("s11"), {"urban_share": 0.15})
    assert Tiny().row("s11/6/urban-to-rural").state is State.SETTING_MISSING


def test_s11_article_6_counts_people_on_exchange_against_the_schools_share() -> None:
    school = Tiny()
    assert [school.row("s11/6/urban-to-rural", urban_share=share).gap for share in (0.0, 0.3, 0.5)] == [0, 1, 2]
    school.placement(REGULAR, "09-01", "11-30", host_school="山湾小学")
    school.placement(REGULAR, "12-01", "06-30", host_school="河口小学")
    row = school.row("s11/6/urban-to-rural", urban_share=0.5)
    assert (row.needed, row.done, row.gap) == (2, 1, 1)


def test_s11_article_6_knows_two_directions() -> None:
    assert [each["id"] for each in data("6")["directions"]] == ["urban_to_rural", "rural_to_urban"]


@pytest.mark.parametrize(("article", "direction"), [("10", "urban_to_rural"), ("11", "rural_to_urban")])
def test_s11_articles_10_and_11_give_priority_in_titles_and_promotion(article: str, direction: str) -> None:
    (incentive,) = data(article)["incentives"]
    assert incentive["direction"] == direction
    assert incentive["pay"] == "host_school"
    assert list(incentive["priority"]) == ["title_review", "promotion"]


def test_s11_article_13_wants_the_teachers_consent() -> None:
    (consent,) = data("13")["checklist"]
    assert (consent["id"], consent["required"]) == ("consent", True)


def test_s11_article_14_owes_a_plan_of_people_time_and_content_each_school_year() -> None:
    school = Tiny()
    row = school.row("s11/14/plan")
    assert (row.period.label, row.needed, row.gap) == ("2026-2027", 1, 1)
    school.work(REGULAR, "plan", "09-07", title="城乡教师交流工作计划")
    assert school.row("s11/14/plan").state is State.MET
    assert list(data("14")["forms"][0]["fields"]) == ["people", "time", "content"]


@pytest.mark.parametrize(
    ("requirement", "kind"),
    [("s11/7/resources", "resource"), ("s11/9/commendation", "award"), ("s11/16/supervision", "evaluation")],
)
def test_s11_articles_7_9_and_16_keep_resources_commendations_and_supervision(requirement: str, kind: str) -> None:
    school = Tiny()
    assert not school.row(requirement).owes
    school.entry(kind, "10-12")
    assert school.row(requirement).state is State.MET


def test_s11_article_8_shows_training_in_town() -> None:
    school = Tiny()
    school.training(REGULAR, "10-12")
    assert school.row("s11/8/training").done == 1


def test_s11_article_17_says_what_follows_a_violation() -> None:
    assert [each["id"] for each in data("17")["consequences"]] == ["correct", "discipline"]
