"""S20, a home school's practice and summary of exchange: every cadence and form, part by part."""

from __future__ import annotations

import pytest
from rule_blocks import amounts, answer, block, ids, titles
from rule_worlds import NEW, REGULAR, Tiny, shipped

from coordinator_tui.domain.rules.result import State


def test_s20_part_1_exchange_is_on_the_agenda_of_every_weekly_administrative_meeting() -> None:
    school = Tiny()
    school.held("09-02", "seminar")
    school.held("09-09", "seminar", group=school.group("领导小组", "leading", REGULAR))
    first, second, *_rest = rows = school.rows("s20/1/weekly-meeting")
    assert len(rows) == 22
    assert (amounts(first), first.state) == ((1, 0, 1), State.OVERDUE)
    assert (amounts(second), second.state) == ((1, 1, 0), State.MET)


def test_s20_part_1_decisions_reach_those_who_are_away_and_only_they_are_asked_about() -> None:
    school = Tiny()
    school.placement(REGULAR, "09-01", "2027-07-10")
    school.entry("contact", "10-09", member=REGULAR)
    assert school.rows("s20/1/passed-on", REGULAR)[1].state is State.SETTING_MISSING
    october = school.rows("s20/1/passed-on", REGULAR, contacts_per_month=4)[1]
    assert amounts(october) == (4, 1, 3)
    assert not any(row.owes for row in school.rows("s20/1/passed-on", NEW, contacts_per_month=4))


def test_s20_part_1_the_leading_group_and_its_plan() -> None:
    assert titles(block("s20", "1", "roles")) == ["校长", "副校长", "业务主任"]
    school = Tiny()
    assert amounts(school.row("s20/1/work-plan")) == (1, 0, 1)
    school.work(REGULAR, "plan", "09-04")
    assert school.row("s20/1/work-plan").state is State.MET


def test_s20_part_2_learns_the_partner_schools_demand_each_term() -> None:
    school = Tiny()
    assert amounts(school.row("s20/2/demand")) == (1, 0, 1)
    school.entry("demand", "09-02")
    assert school.row("s20/2/demand").state is State.MET
    (form,) = block("s20", "2", "forms")
    assert ids(form["fields"]) == ["subjects", "wishes"]


def test_s20_part_2_mobilises_the_staff() -> None:
    school = Tiny()
    school.entry("milestone", "09-02")
    assert amounts(school.row("s20/2/mobilise")) == (1, 1, 0)


@pytest.mark.parametrize(
    ("requirement", "setting", "kind"),
    [
        ("s20/2/thought-meetings", "thought_meetings", "seminar"),
        ("s20/2/study-meetings", "study_meetings", "professional_study"),
    ],
)
def test_s20_part_2_talks_and_study_of_the_exchange_group_as_often_as_the_school_says(
    requirement: str, setting: str, kind: str
) -> None:
    school = Tiny()
    assert school.row(requirement).state is State.SETTING_MISSING
    school.held("10-14", kind)
    school.held("10-21", kind, group=school.group("交流组", "exchange", REGULAR))
    assert amounts(school.row(requirement, **answer(setting, 2))) == (2, 1, 1)


def test_s20_part_4_contacts_carry_four_tags() -> None:
    assert titles(block("s20", "4", "tags")) == ["指导", "沟通", "关爱", "支持"]


def test_s20_part_5_the_summary_has_five_parts_in_this_order() -> None:
    parts = block("s20", "5", "sections")
    assert ids(parts) == ["leadership", "choice", "guiding-idea", "approach", "problems"]
    assert [title[0] for title in titles(parts)] == ["一", "二", "三", "四", "五"]
    assert [each.id for each in shipped("s20").clauses] == ["1", "2", "3", "4", "5"]


def test_s20_part_5_one_summary_of_the_exchange() -> None:
    school = Tiny()
    assert amounts(school.row("s20/5/summary")) == (1, 0, 1)
    school.work(REGULAR, "summary", "10-30")
    assert school.row("s20/5/summary").state is State.MET
