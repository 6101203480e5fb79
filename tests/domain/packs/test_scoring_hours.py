"""Credit hours of a year and of five, and the school-based form with its deductions, computed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from rule_worlds import BACKBONE, NEW, REGULAR, SECOND, Tiny, shipped

from coordinator_tui.domain.errors import DomainError
from coordinator_tui.domain.rules.engine import Adopted
from coordinator_tui.domain.rules.hours import HoursRow, has_hours, hours_ledger, hours_of, hours_rule
from coordinator_tui.domain.rules.result import State
from coordinator_tui.domain.vocabulary import AchievementKind, TrainingArea
from coordinator_tui.text import select_language

if TYPE_CHECKING:
    from coordinator_tui.domain.records import Member

IN_TERM = date(2026, 11, 21)


def hours(
    school: Tiny, member: int = REGULAR, day: date = IN_TERM, own: dict[int, float] | None = None, **answers: object
) -> HoursRow:
    return hours_of(member, Adopted(shipped("hours"), answers), school.world(), day, own)


def change(school: Tiny, member: int, **fields: Any) -> None:
    known: Member = school.tables["members"][member]
    school.put(replace(known, **fields))


class TestAYear:
    def test_hours_of_trainings_are_added_up_by_area(self) -> None:
        school = Tiny()
        school.training(REGULAR, "09-10", hours=24, area=TrainingArea.PROFESSIONAL)
        school.training(REGULAR, "10-10", hours=6, area=TrainingArea.PUBLIC)
        school.training(BACKBONE, "10-10", hours=50)
        row = hours(school)
        assert (row.needed, row.counted, row.gap, row.state) == (72, 30, 42, State.DUE)
        assert row.by_area == {TrainingArea.PROFESSIONAL: 24, TrainingArea.PUBLIC: 6}
        assert [line.text for line in row.lines] == ["培训 (2026-09-10)", "培训 (2026-10-10)"]

    def test_the_year_is_from_1_september_to_31_august(self) -> None:
        school = Tiny()
        school.training(REGULAR, "2026-08-31", hours=10)
        school.training(REGULAR, "2026-09-01", hours=20)
        school.training(REGULAR, "2027-08-31", hours=30)
        school.training(REGULAR, "2027-09-01", hours=40)
        row = hours(school)
        assert (row.year.label, row.counted) == ("2026-2027", 50)
        assert hours(school, day=date(2026, 8, 31)).counted == 10

    def test_after_the_year_what_is_missing_is_overdue_and_what_is_enough_is_met(self) -> None:
        school = Tiny(today=date(2027, 9, 1))
        school.training(REGULAR, "09-10", hours=72)
        school.training(BACKBONE, "09-10", hours=71.5)
        assert hours(school).state is State.MET
        assert (hours(school, BACKBONE).state, hours(school, BACKBONE).gap) == (State.OVERDUE, 0.5)

    @pytest.mark.parametrize(("missed", "counted"), [(None, 24), (0.32, 24), (0.33, 0), (1 / 3, 0), (0.5, 0)])
    def test_a_course_of_which_a_third_was_missed_gives_nothing(self, missed: float | None, counted: float) -> None:
        school = Tiny()
        school.training(REGULAR, "09-10", hours=24, missed=missed)
        assert hours(school).counted == counted

    def test_it_is_said_why_a_course_gives_nothing(self) -> None:
        school = Tiny()
        school.training(REGULAR, "09-10", hours=24, missed=0.4)
        school.training(REGULAR, "09-20")
        assert [line.text for line in hours(school).lines] == [
            "培训 (2026-09-10): no credit, 40% was missed",
            "培训 (2026-09-20): no hours are entered",
        ]

    def test_sixty_professional_hours_are_asked_where_the_school_says_so(self) -> None:
        school = Tiny()
        school.training(REGULAR, "09-10", hours=50, area=TrainingArea.PROFESSIONAL)
        school.training(REGULAR, "10-10", hours=30, area=TrainingArea.PUBLIC)
        assert (hours(school).professional, hours(school).professional_gap) == (None, 0)
        row = hours(school, professional_hours=60)
        assert (row.professional, row.professional_gap, row.gap) == (60, 10, 0)

    def test_who_joins_in_the_year_is_asked_for_their_part_of_it(self) -> None:
        school = Tiny()
        change(school, REGULAR, active_from=date(2027, 3, 2))  # 183 of 365 days: 72 × 183 / 365 = 36.1
        row = hours(school)
        assert (row.needed, row.full) == (36, 72)
        assert row.lines[0].text == "Needed 36 of 72: joined on 2027-03-02"

    def test_everybody_there_in_the_year_is_in_the_ledger(self) -> None:
        school = Tiny()
        change(school, BACKBONE, active_until=date(2026, 8, 31))
        rows = hours_ledger(Adopted(shipped("hours")), school.world(), IN_TERM)
        assert [row.member for row in rows] == [REGULAR, NEW]


class TestFiveYears:
    def test_the_five_years_up_to_this_one_need_360(self) -> None:
        school = Tiny()
        for year in range(2021, 2027):
            school.training(REGULAR, f"{year}-10-10", hours=60)
        row = hours(school)
        assert (row.cycle.label, row.cycle_needed, row.cycle_counted, row.cycle_gap) == ("2022-2027", 360, 300, 60)

    def test_a_district_may_count_its_five_years_from_another_one(self) -> None:
        school = Tiny()
        for year in range(2021, 2027):
            school.training(REGULAR, f"{year}-10-10", hours=60)
        row = hours(school, cycle_since=2021)
        assert (row.cycle.label, row.cycle_counted) == ("2026-2031", 60)
        assert hours(school, cycle_since=2024).cycle.label == "2024-2029"

    def test_years_before_joining_are_not_asked_for(self) -> None:
        school = Tiny()
        change(school, REGULAR, active_from=date(2024, 9, 1))
        assert hours(school).cycle_needed == 360 * 3 / 5


class TestOptingOut:
    def opted(
        self, birth: str | None, gender: str | None, when: str = "10-01", title: str = "不再登记学时的申请"
    ) -> HoursRow:
        school = Tiny()
        change(school, REGULAR, birth=birth, gender=gender)
        school.entry("decision", when, member=REGULAR, title=title)
        return hours(school)

    @pytest.mark.parametrize(
        ("birth", "gender", "needed"),
        [
            ("1971-10-01", "male", 0), ("1971-10-02", "male", 72), ("1976-10-01", "female", 0),
            ("1976-10-02", "female", 72), ("1971-10-01", "female", 0), ("1976-10-01", "male", 72),
        ],
    )  # fmt: skip
    def test_men_from_55_and_women_from_50_may(self, birth: str, gender: str, needed: float) -> None:
        assert self.opted(birth, gender).needed == needed

    def test_nothing_is_owed_then_and_it_is_said_why(self) -> None:
        row = self.opted("1970-03", "male")
        assert (row.state, row.gap, row.cycle_needed) == (State.EXEMPT, 0, 360 * 4 / 5)
        assert row.opted_out is not None
        assert row.lines[0].text == "Opted out in writing on 2026-10-01, aged 56"

    def test_without_a_paper_age_alone_frees_nobody(self) -> None:
        school = Tiny()
        change(school, REGULAR, birth="1966", gender="male")
        assert hours(school).needed == 72

    def test_another_decision_is_no_opting_out(self) -> None:
        assert self.opted("1966", "male", title="同意参加交流").needed == 72

    def test_it_counts_from_its_school_year_on(self) -> None:
        assert self.opted("1960", "male", when="2025-09-01").needed == 0
        assert self.opted("1960", "male", when="2027-09-01").needed == 72

    def test_it_is_said_why_a_paper_does_not_count(self) -> None:
        assert (
            self.opted("1980", "male").lines[0].text == "Opting out on 2026-10-01 does not count: 46 years is too young"
        )
        unknown = "Opting out on 2026-10-01 does not count: gender or date of birth is unknown"
        assert self.opted(None, "male").lines[0].text == unknown
        assert self.opted("1960", None).lines[0].text == unknown


class TestSchoolBased:
    """The form: self-study 1 + 3.5 + 1.5; school training 5; activities 6; results 5."""

    def parts(self, school: Tiny, member: int = REGULAR) -> dict[str, float]:
        return school.score("hours", "school-based", member).by_part

    def test_study_on_ones_own_is_1_and_3_5_and_1_5(self) -> None:
        school = Tiny()
        assert self.parts(school)["self-study"] == 0
        school.work(REGULAR, "plan", "09-10")
        assert self.parts(school)["self-study"] == 1
        book = school.reading("book", "09-01")
        for number in range(10):
            school.work(REGULAR, "reading_note", f"10-{number + 9:02}", reading=book)
        school.work(REGULAR, "insight", "11-01")
        assert self.parts(school)["self-study"] == 1
        school.work(REGULAR, "insight", "11-02")
        assert self.parts(school)["self-study"] == 4.5
        for kind in ("paper", "case"):
            school.work(REGULAR, kind, "11-03")
        assert self.parts(school)["self-study"] == 4.5
        school.work(REGULAR, "reflection", "11-04")
        assert self.parts(school)["self-study"] == 6

    @pytest.mark.parametrize("way", ["online", "blog"])
    def test_study_online_or_a_blog_is_1_5_as_well(self, way: str) -> None:
        school = Tiny()
        if way == "online":
            school.training(REGULAR, "10-10", hours=8)
        else:
            school.entry("resource", "10-10", member=REGULAR)
        assert self.parts(school)["self-study"] == 1.5

    def training(self, *marks: str) -> float:
        school = Tiny()
        for number, mark in enumerate(marks):
            school.mark(school.held(f"2026-10-{number + 9:02}", "training"), REGULAR, mark)
        return self.parts(school)["training"]

    def test_school_training_is_5_and_loses_1_and_a_half(self) -> None:
        assert self.training("present", "present") == 5
        assert self.training("absent") == 4
        assert self.training("late", "left_early") == 4
        assert self.training("absent", "absent", "late") == 2.5
        assert self.training("official", "exempt") == 5

    def test_three_absences_or_five_leaves_make_it_nothing(self) -> None:
        assert self.training("absent", "absent") == 3
        assert self.training("absent", "absent", "absent") == 0
        assert self.training("sick", "personal", "sick", "other_leave") == 5
        assert self.training("sick", "personal", "sick", "other_leave", "personal") == 0

    def test_activities_are_1_and_2_and_2_each_and_6_at_most(self) -> None:
        school = Tiny()
        school.work(REGULAR, "open_lesson", "10-09")
        assert self.parts(school)["activities"] == 1
        for kind, count in (("case", 4), ("reflection", 2), ("lesson_observation", 15)):
            for _piece in range(count):
                school.work(REGULAR, kind, "10-10")
        assert self.parts(school)["activities"] == 3
        school.work(REGULAR, "essay", "10-11", words=1499)
        assert self.parts(school)["activities"] == 3
        school.work(REGULAR, "essay", "10-12", words=1500)
        assert self.parts(school)["activities"] == 5
        school.work(REGULAR, "essay", "10-13", words=1600)
        score = school.score("hours", "school-based", REGULAR)
        assert score.by_part["activities"] == 6
        assert [(line.text, line.points) for line in score.lines if line.kind == "most"] == [("Not more than 6", -1)]

    @pytest.mark.parametrize(
        ("level", "given"), [("school", 0), ("county", 2), ("city", 3), ("province", 4), ("nation", 5)]
    )
    def test_results_count_by_level(self, level: str, given: float) -> None:
        school = Tiny()
        school.achievement(REGULAR, AchievementKind.CONTEST, "10-09", level=level)
        assert self.parts(school).get("results", 0) == given

    def test_results_are_5_at_most(self) -> None:
        school = Tiny()
        for level in ("county", "province"):
            school.achievement(REGULAR, AchievementKind.PAPER, "10-09", level=level)
        assert self.parts(school)["results"] == 5

    def test_they_are_told_apart_until_the_school_counts_them_in(self) -> None:
        school = Tiny()
        school.training(REGULAR, "10-10", hours=40)
        apart = hours(school, own={2026: 14.5})
        assert (apart.counted, apart.school_based) == (40, 14.5)
        assert apart.lines[-1].text == "School-based study: 14.5 hours, registered apart"
        counted = hours(school, own={2026: 14.5, 2025: 10}, school_based_counts=True)
        assert (counted.counted, counted.cycle_counted) == (54.5, 64.5)

    def test_each_term_is_assessed_by_itself_and_for_good_when_it_is_over(self) -> None:
        school = Tiny(today=date(2027, 7, 20))
        school.work(REGULAR, "plan", "09-10")
        first = school.score("hours", "school-based", REGULAR)
        assert (first.by_part["self-study"], first.provisional) == (1, False)
        assert school.score("hours", "school-based", REGULAR, SECOND).by_part["self-study"] == 0


class TestAPackOfOnesOwn:
    def test_a_pack_without_hours_says_so(self) -> None:
        adopted = Adopted(shipped("s19"))
        assert not has_hours(adopted)
        with pytest.raises(DomainError, match="The rule pack “s19” says nothing about credit hours"):
            hours_rule(adopted)

    def test_the_numbers_are_those_of_the_pack(self) -> None:
        rule = hours_rule(Adopted(shipped("hours")))
        assert (rule.per_year, rule.per_cycle, rule.cycle_years, rule.starts) == (72, 360, 5, (9, 1))
        assert rule.opt_out is not None
        assert (rule.opt_out.male_from_age, rule.opt_out.female_from_age) == (55, 50)

    @pytest.mark.parametrize(
        ("block", "said"),
        [
            ({}, "“per_year” of the credit hours cannot be “”"),
            ({"per_year": "many"}, "“per_year” of the credit hours cannot be “many”"),
            ({"per_year": 72, "year_starts": "32-01"}, "“year_starts” of the credit hours cannot be “32-01”"),
        ],
    )
    def test_a_number_that_is_none_is_said_in_one_sentence(self, block: dict[str, object], said: str) -> None:
        pack = shipped("hours")
        clause = replace(pack.clauses[0], data={"hours": block})
        with pytest.raises(DomainError, match=said):
            hours_rule(Adopted(replace(pack, clauses=(clause,))))


def test_lines_speak_both_languages() -> None:
    school = Tiny()
    school.work(REGULAR, "plan", "09-10")
    select_language("zh")
    texts = [line.text for line in school.score("hours", "school-based", REGULAR).lines]
    assert any("个人研修计划" in text for text in texts)
