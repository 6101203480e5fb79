"""The nine ways of scoring that schools use: every number of each, computed by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from rule_worlds import BACKBONE, CHINESE, FIRST, NEW, REGULAR, Tiny, shipped

from coordinator_tui.domain.errors import DomainError
from coordinator_tui.domain.records import Membership
from coordinator_tui.domain.rules.assessment import assess, commended
from coordinator_tui.domain.rules.engine import Adopted, Ledger
from coordinator_tui.domain.vocabulary import AchievementKind, Role

if TYPE_CHECKING:
    from coordinator_tui.domain.rules.scorelines import Score

AFTER_TERM = date(2027, 2, 1)


@pytest.fixture
def school() -> Tiny:
    """The term is over, so that what is missing is missing."""
    return Tiny(today=AFTER_TERM)


def leads(school: Tiny, member: int) -> None:
    school.put(Membership(id=member + 10, member=member, group=CHINESE, role=Role.LEADER))


def hand_in(school: Tiny, member: int, kind: str, count: int) -> None:
    for _piece in range(count):
        school.work(member, kind, "10-14")


def points(score: Score) -> dict[str, list[tuple[float, float, float]]]:
    """Return count × each = points of every line, by part; lines without points are left out."""
    found: dict[str, list[tuple[float, float, float]]] = {}
    for line in score.lines:
        if line.points:
            found.setdefault(line.part, []).append((line.count, line.each, line.points))
    return found


class TestCentralSchool:
    """Preset 1: came +0.5; leave or left midway 0; no cause -1; full week +2; lesson skipped -1, with leave -0.2."""

    PACK, ASSESSMENT = "scoring-1-central-school", "attendance-points"

    def test_each_number(self, school: Tiny) -> None:
        marks = [("09-02", "present"), ("09-09", "absent"), ("09-16", "personal"), ("09-23", "left_early")]
        marks += [("09-24", "present"), ("10-14", "sick"), ("10-21", "late"), ("10-28", "other_leave")]
        for when, mark in marks:
            school.mark(school.held(when, "policy_study"), REGULAR, mark)
        school.entry("skipped_lesson", "10-12", member=REGULAR, value=2)
        school.entry("lesson_leave", "10-13", member=REGULAR, value=3)
        score = school.score(self.PACK, self.ASSESSMENT, REGULAR)
        # Weeks: of 2 September full; of 23 September not, because of leaving early; the late one neither.
        assert points(score) == {
            "meetings": [(2, 0.5, 1.0), (1, 0.5, 0.5), (1, -1, -1.0), (1, 2, 2.0)],
            "skipped-lessons": [(2, -1, -2.0)],
            "lesson-leave": [(3, -0.2, -0.6)],
        }
        assert score.total == pytest.approx(1 + 0.5 - 1 + 2 - 2 - 0.6)

    def test_a_week_on_duty_and_a_meeting_not_taken_are_no_fault(self, school: Tiny) -> None:
        school.held("09-02", "policy_study", REGULAR)
        school.mark(school.held("09-03", "policy_study"), REGULAR, "official")
        school.held("09-04", "policy_study")
        assert points(school.score(self.PACK, self.ASSESSMENT, REGULAR)) == {"meetings": [(1, 0.5, 0.5), (1, 2, 2.0)]}

    def test_a_week_spent_only_on_duty_is_no_full_week(self, school: Tiny) -> None:
        school.mark(school.held("09-03", "policy_study"), REGULAR, "official")
        assert school.score(self.PACK, self.ASSESSMENT, REGULAR).total == 0


class TestGroupDeductions:
    """Preset 2: absence -1 each; late or early -0.5; plan and summary 10, late -1, missing -2; observation -1 each."""

    PACK = "scoring-2-group-deductions"
    ANSWERS: ClassVar[dict[str, Any]] = {"plan_due": "09-15", "summary_due": "2027-01-20", "observations": 3}

    def test_each_number(self, school: Tiny) -> None:
        leads(school, BACKBONE)
        meeting = school.held("10-14", "group_research")
        for member, mark in ((REGULAR, "absent"), (BACKBONE, "late"), (NEW, "left_early")):
            school.mark(meeting, member, mark)
        school.mark(school.held("10-21", "group_research"), REGULAR, "absent")
        school.work(BACKBONE, "plan", "09-20")
        hand_in(school, REGULAR, "lesson_observation", 3)
        hand_in(school, BACKBONE, "lesson_observation", 5)
        hand_in(school, NEW, "lesson_observation", 1)
        score = school.score(self.PACK, "group", CHINESE, **self.ANSWERS)
        assert points(score) == {
            "attendance": [(2, -1, -2.0), (1, -0.5, -0.5), (1, -0.5, -0.5)],
            "papers": [(1, 10, 10.0)],
            "papers/plan": [(1, -1, -1.0)],
            "papers/summary": [(1, -2, -2.0)],
            "observations": [(2, -1, -2.0)],
        }
        assert score.by_part == {"attendance": -3.0, "papers": 7.0, "observations": -2.0}
        assert score.total == 2.0

    def test_plan_and_summary_in_time_are_ten(self, school: Tiny) -> None:
        leads(school, BACKBONE)
        school.work(BACKBONE, "plan", "09-15")
        school.work(BACKBONE, "summary", "2027-01-20")
        school.work(REGULAR, "plan", "12-30")  # a member's own plan is not the group's
        assert school.score(self.PACK, "group", CHINESE, **self.ANSWERS).by_part["papers"] == 10

    def test_what_nobody_answered_is_asked_instead_of_invented(self, school: Tiny) -> None:
        leads(school, BACKBONE)
        score = school.score(self.PACK, "group", CHINESE, plan_due="09-15")
        assert score.total is None
        assert score.missing == ("observations", "summary_due")


class TestThirtyPoints:
    """Preset 3: of 30; observation -1 (cap 4), over +2; preparation -1/-5 (cap 10); meetings -1/-5 (cap 6); bonuses."""

    PACK = "scoring-3-thirty-points"
    ANSWERS: ClassVar[dict[str, Any]] = {"observations": 6, "over_most": 2}

    def score(self, school: Tiny) -> Score:
        return school.score(self.PACK, "thirty", REGULAR, **self.ANSWERS)

    def test_observations_short_cost_one_each(self, school: Tiny) -> None:
        hand_in(school, REGULAR, "lesson_observation", 3)
        assert points(self.score(school))["observations"] == [(3, -1, -3.0)]
        assert self.score(school).total == 27

    def test_observations_short_cost_four_at_most(self, school: Tiny) -> None:
        score = self.score(school)
        assert points(score)["observations"] == [(6, -1, -6.0), (1, 2, 2.0)]
        assert score.total == 26

    def test_observing_more_gives_two(self, school: Tiny) -> None:
        hand_in(school, REGULAR, "lesson_observation", 7)
        assert points(self.score(school))["observations"] == [(1, 2, 2.0)]
        assert self.score(school).total == 32

    def test_observing_more_gives_as_much_as_the_school_says(self, school: Tiny) -> None:
        hand_in(school, REGULAR, "lesson_observation", 9)
        assert self.score(school).by_part["observations"] == 2
        each = school.score(self.PACK, "thirty", REGULAR, observations=6, over_most=100)
        assert points(each)["observations"] == [(3, 2, 6.0)]

    def test_preparation_and_meetings_have_their_own_caps(self, school: Tiny) -> None:
        hand_in(school, REGULAR, "lesson_observation", 6)
        for when, mark in (("09-08", "late"), ("09-15", "absent"), ("09-22", "absent")):
            school.mark(school.held(when, "collective_preparation"), REGULAR, mark)
        for when, mark in (("09-09", "late"), ("09-16", "absent"), ("09-23", "late")):
            school.mark(school.held(when, "policy_study"), REGULAR, mark)
        score = self.score(school)
        assert points(score)["preparation"] == [(1, -1, -1.0), (2, -5, -10.0), (1, 1, 1.0)]
        assert points(score)["meetings"] == [(2, -1, -2.0), (1, -5, -5.0), (1, 1, 1.0)]
        assert score.total == 30 - 10 - 6

    @pytest.mark.parametrize(
        ("level", "given"),
        [
            ("nation", (10, 8, 5)),
            ("province", (8, 5, 3)),
            ("city", (5, 3, 2)),
            ("county", (3, 2, 1)),
            ("school", (0, 0, 0)),
        ],
    )
    def test_awards_by_level_and_grade(self, school: Tiny, level: str, given: tuple[float, ...]) -> None:
        hand_in(school, REGULAR, "lesson_observation", 6)
        for grade in ("一等奖", "二等", "third"):
            school.achievement(REGULAR, AchievementKind.CONTEST, "11-10", level=level, grade=grade)
        score = self.score(school)
        assert [found for *_rest, found in points(score).get("awards", [])] == [float(each) for each in given if each]
        assert score.total == 30 + sum(given)

    @pytest.mark.parametrize(
        ("level", "given"), [("nation", 5), ("province", 5), ("city", 3), ("county", 0), ("school", 1)]
    )
    def test_papers_by_level(self, school: Tiny, level: str, given: float) -> None:
        hand_in(school, REGULAR, "lesson_observation", 6)
        school.achievement(REGULAR, AchievementKind.PAPER, "11-10", level=level)
        assert self.score(school).by_part["papers"] == given

    def test_the_head_of_a_project_gets_five_and_a_member_three(self, school: Tiny) -> None:
        hand_in(school, REGULAR, "lesson_observation", 6)
        school.achievement(REGULAR, AchievementKind.PROJECT, "11-10", grade="主持")
        school.achievement(REGULAR, AchievementKind.PROJECT, "11-11", grade="参与")
        assert points(self.score(school))["projects"] == [(1, 5, 5.0), (1, 3, 3.0)]

    def test_an_achievement_without_points_is_told(self, school: Tiny) -> None:
        school.achievement(REGULAR, AchievementKind.PROJECT, "11-10")
        (line,) = (line for line in self.score(school).lines if line.part == "projects")
        assert (line.text, line.points) == ("Achievements that the rule names no points for", 0)


class TestActivists:
    """Preset 4: absent -2; late -1; news +1; refused -2; paper missing -5; observations 10 or 15; lecture +2; veto."""

    PACK = "scoring-4-activists"

    def test_each_number(self, school: Tiny) -> None:
        for when, mark in (("09-08", "late"), ("09-15", "absent")):
            school.mark(school.held(when, "group_research"), REGULAR, mark)
        for _report in range(3):
            school.entry("news", "10-20", member=REGULAR)
        school.entry("refused_task", "10-21", member=REGULAR)
        school.held("10-22", "lecture", BACKBONE, speaker_member=REGULAR)
        school.held("10-23", "lecture", BACKBONE, speaker="张三")
        school.held("10-24", "seminar", BACKBONE, speaker="张三")
        hand_in(school, REGULAR, "lesson_observation", 8)
        score = school.score(self.PACK, "activists", REGULAR)
        assert points(score) == {
            "attendance": [(1, -2, -2.0), (1, -1, -1.0)],
            "news": [(3, 1, 3.0)],
            "refused": [(1, -2, -2.0)],
            "lectures": [(2, 2, 4.0)],
            "paper": [(1, -5, -5.0)],
            "observations": [(2, -1, -2.0)],
        }
        assert score.total == -5

    def test_young_teachers_and_leaders_observe_fifteen(self, school: Tiny) -> None:
        leads(school, BACKBONE)
        for member in (REGULAR, BACKBONE, NEW):
            hand_in(school, member, "lesson_observation", 9)
            school.work(member, "paper", "11-02")
        scores = {who: school.score(self.PACK, "activists", who).total for who in (REGULAR, BACKBONE, NEW)}
        assert scores == {REGULAR: -1, BACKBONE: -6, NEW: -6}

    def test_a_veto_makes_it_nothing_and_bars_from_commendation(self, school: Tiny) -> None:
        for member in (REGULAR, BACKBONE, NEW):
            hand_in(school, member, "lesson_observation", 15)
            school.work(member, "paper", "11-02")
            school.entry("news", "10-20", member=member)
        school.entry("veto", "12-01", member=REGULAR, title="师德问题")
        score = school.score(self.PACK, "activists", REGULAR)
        assert (score.total, score.vetoed) == (0, True)
        assert score.lines[-1].text == "Veto: One-vote veto"
        assert [each.unit for each in self.commended(school, chosen_share=0.5)] == [BACKBONE, NEW]

    def commended(self, school: Tiny, **answers: object) -> list[Score]:
        adopted, world = Adopted(shipped(self.PACK), answers), school.world()
        scores = assess(adopted, world, Ledger([adopted], world, FIRST.start, FIRST.until), FIRST)
        return commended(scores, adopted.pack.assessments[0], adopted)

    def test_how_many_are_chosen_has_to_be_said(self, school: Tiny) -> None:
        with pytest.raises(DomainError, match="does not say who is commended"):
            self.commended(school)


class TestGroupAssessment:
    """Preset 5: 16 meetings, -1 each; absence -2, leave -1; 2 collective preparations; 20 observations."""

    PACK = "scoring-5-group-assessment"

    def test_each_number(self, school: Tiny) -> None:
        for number in range(13):
            school.held(f"2026-{9 + number // 5:02}-{number % 5 * 5 + 2:02}", "group_research", REGULAR)
        last = school.held("12-02", "seminar")
        for member, mark in ((REGULAR, "absent"), (BACKBONE, "sick"), (NEW, "personal")):
            school.mark(last, member, mark)
        school.mark(school.held("12-09", "collective_preparation"), NEW, "official")
        for member, count in ((REGULAR, 20), (BACKBONE, 18), (NEW, 21)):
            hand_in(school, member, "lesson_observation", count)
        score = school.score(self.PACK, "group", CHINESE)
        assert points(score) == {
            "meetings": [(2, -1, -2.0)],
            "attendance": [(1, -2, -2.0), (1, -1, -1.0), (1, -1, -1.0)],
        }
        assert score.total == -6
        done = {line.part: line.text for line in score.lines if line.kind == "done"}
        assert done["preparation"].endswith("1 of 2 done")
        assert done["observations"].endswith("58 of 60 done")

    def test_a_school_may_say_what_the_rest_costs(self, school: Tiny) -> None:
        for member, count in ((REGULAR, 20), (BACKBONE, 18), (NEW, 20)):
            hand_in(school, member, "lesson_observation", count)
        answers: dict[str, Any] = {"start_points": 100, "short_preparation": -3, "short_observation": -0.5}
        score = school.score(self.PACK, "group", CHINESE, **answers)
        assert score.by_part == {"": 100, "meetings": -16, "preparation": -6, "observations": -1}


class TestTenPoints:
    """Preset 6: 10 in full; late -0.25; absent -1."""

    PACK = "scoring-6-ten-points"

    def test_each_number(self, school: Tiny) -> None:
        for when, mark in (("09-08", "late"), ("09-15", "late"), ("09-22", "late"), ("09-29", "absent")):
            school.mark(school.held(when, "group_research"), REGULAR, mark)
        score = school.score(self.PACK, "ten", REGULAR)
        assert points(score) == {"attendance": [(1, 10, 10.0), (3, -0.25, -0.75), (1, -1, -1.0)]}
        assert score.total == 8.25

    def test_it_never_falls_below_nothing(self, school: Tiny) -> None:
        for number in range(12):
            school.mark(school.held(f"2026-10-{number + 9:02}", "group_research"), REGULAR, "absent")
        score = school.score(self.PACK, "ten", REGULAR)
        assert points(score)["attendance"][-1] == (1, 2, 2.0)
        assert score.total == 0

    def test_nobody_is_commended_by_attendance_alone(self, school: Tiny) -> None:
        adopted, world = Adopted(shipped(self.PACK)), school.world()
        scores = assess(adopted, world, Ledger([adopted], world, FIRST.start, FIRST.until), FIRST)
        with pytest.raises(DomainError, match="nobody is ranked or commended by attendance alone"):
            commended(scores, adopted.pack.assessments[0], adopted)


class TestHeavyDeductions:
    """Preset 7: absent -10; late or early by more than 5 minutes -5; a leader's missed session -3 lessons."""

    PACK = "scoring-7-heavy-deductions"

    def test_each_number(self, school: Tiny) -> None:
        marks = [("absent", None), ("late", 5), ("late", 6), ("left_early", 20), ("left_early", 4), ("late", None)]
        for number, (mark, minutes) in enumerate(marks):
            school.mark(school.held(f"2026-10-{number + 12:02}", "group_research"), REGULAR, mark, minutes)
        score = school.score(self.PACK, "attendance", REGULAR)
        assert points(score) == {"attendance": [(1, -10, -10.0), (1, -5, -5.0), (1, -5, -5.0)]}
        assert score.total == -20

    def test_a_leader_loses_three_lessons_in_the_own_group_only(self, school: Tiny) -> None:
        leads(school, BACKBONE)
        staff = school.group("全体教师", "whole_staff", REGULAR, BACKBONE, NEW)
        school.mark(school.held("10-13", "group_research"), BACKBONE, "absent")
        school.mark(school.held("10-14", "policy_study", group=staff), BACKBONE, "absent")
        score = school.score(self.PACK, "leaders", BACKBONE)
        assert points(score) == {"leading": [(1, -3, -3.0)]}
        assert score.assessment.unit is not None
        assert score.assessment.unit.en == "lessons"

    def test_who_leads_nothing_has_no_lessons_to_lose(self, school: Tiny) -> None:
        leads(school, BACKBONE)
        with pytest.raises(ValueError, match="not enough values"):
            school.score(self.PACK, "leaders", REGULAR)


class TestExcellentGroups:
    """Preset 8: session missing -2; absent or personal leave -0.5; plan late -0.5 a day, missing -2."""

    PACK = "scoring-8-excellent-groups"
    ANSWERS: ClassVar[dict[str, Any]] = {"sessions": 4, "plan_due": "09-15"}

    def test_each_number(self, school: Tiny) -> None:
        leads(school, BACKBONE)
        first, second = school.held("10-13", "group_research"), school.held("10-20", "seminar")
        for session, member, mark in ((first, REGULAR, "absent"), (first, NEW, "personal"), (second, NEW, "sick")):
            school.mark(session, member, mark)
        school.work(BACKBONE, "plan", "09-18")
        score = school.score(self.PACK, "group", CHINESE, **self.ANSWERS)
        assert points(score) == {
            "sessions": [(2, -2, -4.0)],
            "attendance": [(1, -0.5, -0.5), (1, -0.5, -0.5)],
            "plan": [(3, -0.5, -1.5)],
        }
        assert score.total == -6.5

    @pytest.mark.parametrize(("handed_in", "given"), [("09-15", 0), ("09-16", -0.5), ("10-15", -2), (None, -2)])
    def test_a_late_plan_never_costs_more_than_none(self, school: Tiny, handed_in: str | None, given: float) -> None:
        leads(school, BACKBONE)
        if handed_in:
            school.work(BACKBONE, "plan", handed_in)
        assert school.score(self.PACK, "group", CHINESE, **self.ANSWERS).by_part.get("plan", 0) == given


class TestCountyAdvanced:
    """Preset 9: 12 observations, 12 preparations, 1 open lesson a term: all of them."""

    PACK = "scoring-9-county-advanced"

    def prepare(self, school: Tiny, count: int) -> None:
        for number in range(count):
            school.held(
                f"2026-{9 + number // 4:02}-{number % 4 * 7 + 1:02}", "collective_preparation", REGULAR, BACKBONE
            )

    def test_all_three_are_needed(self, school: Tiny) -> None:
        self.prepare(school, 12)
        for member, observed, opened in ((REGULAR, 12, 1), (BACKBONE, 11, 1), (NEW, 12, 1)):
            hand_in(school, member, "lesson_observation", observed)
            hand_in(school, member, "open_lesson", opened)
        scores = {member: school.score(self.PACK, "advanced", member) for member in (REGULAR, BACKBONE, NEW)}
        assert {member: score.total for member, score in scores.items()} == {REGULAR: 1, BACKBONE: 0, NEW: 0}
        assert scores[BACKBONE].lines[-1].text == "Veto: Fewer than 12 lessons observed"
        assert scores[NEW].lines[-1].text == "Veto: Fewer than 12 collective preparations"

    def test_without_an_open_lesson_it_is_nothing(self, school: Tiny) -> None:
        self.prepare(school, 12)
        hand_in(school, REGULAR, "lesson_observation", 12)
        assert school.score(self.PACK, "advanced", REGULAR).total == 0
        hand_in(school, REGULAR, "open_lesson", 1)
        assert school.score(self.PACK, "advanced", REGULAR).total == 1

    def test_before_the_term_is_over_nobody_has_failed(self) -> None:
        score = Tiny().score(self.PACK, "advanced", REGULAR)
        assert (score.total, score.provisional) == (1, True)
