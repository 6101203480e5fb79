"""How a score comes about, line by line: what counts, what does not, what is said, who may be commended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from textwrap import indent
from typing import TYPE_CHECKING

import pytest
from rule_worlds import BACKBONE, CHINESE, FIRST, NEW, REGULAR, SECOND, TODAY, Tiny

from coordinator_tui.domain.errors import DomainError
from coordinator_tui.domain.records import Leave, Membership, Session
from coordinator_tui.domain.rules.assessment import assess, commended
from coordinator_tui.domain.rules.engine import Adopted, Ledger
from coordinator_tui.domain.rules.reading import read_pack
from coordinator_tui.domain.rules.result import Evidence
from coordinator_tui.domain.vocabulary import AchievementKind, Mark, Role, SessionKind, SessionStatus, WorkStatus
from coordinator_tui.text import select_language

if TYPE_CHECKING:
    from coordinator_tui.domain.records import Term
    from coordinator_tui.domain.rules.scorelines import Score

AFTER_TERM = date(2027, 2, 1)
NOTES = """
clauses:
  - id: "1"
    text: 笔记
    requirements:
      - {id: notes, title: {zh: 每月一篇, en: One note a month}, what: {work: [reading_note]}, how_many: 1, per: month}
      - {id: year, title: 每年一篇论文, what: {work: [paper]}, how_many: 1, per: school_year}
      - {id: term, title: 每学期四篇随笔, what: {work: [essay]}, how_many: 4, per: term}
      - {id: paper, title: 每学期一篇论文, what: {work: [paper]}, how_many: 1, per: term}
      - {id: coming, title: 到会, what: {sessions: any, counted: attended}, how_many: {ratio_at_least: 0.9}, per: term}
      - id: plan
        title: 小组计划
        who: {each: group}
        what: {work: [plan]}
        how_many: 1
        per: term
        due: {month_day: "09-15"}
"""


def adopt(parts: str, head: str = "", before: str = NOTES, answers: dict[str, object] | None = None) -> Adopted:
    text = (
        "format: 1\nid: own\ntitle: 本校考核\nsource: 本校\napplies: 全体教师\n"
        f"{before}\nassessments:\n  - id: own\n    title: 考核\n{indent(head.strip(), '    ')}\n"
        f"    parts:\n{indent(parts.strip(), '      ')}\n"
    )
    return Adopted(read_pack(text), answers or {})


def scores(school: Tiny, adopted: Adopted, term: Term = FIRST) -> list[Score]:
    world = school.world()
    return assess(adopted, world, Ledger([adopted], world, FIRST.start, SECOND.until), term)


def score(school: Tiny, adopted: Adopted, unit: int = REGULAR, term: Term = FIRST) -> Score:
    (found,) = [each for each in scores(school, adopted, term) if each.unit == unit]
    return found


def said(one: Score) -> list[tuple[str, float]]:
    return [(line.text, line.points) for line in one.lines]


MARKS = "- {id: a, title: 考勤, source: attendance, base: 10, marks: {absent: -1, late: -0.5}}"


class TestMarks:
    def test_a_line_names_its_records_and_count_times_points_is_its_sum(self) -> None:
        school = Tiny()
        for when in ("09-09", "09-16", "09-23"):
            school.mark(school.held(when, "group_research"), REGULAR, "absent")
        one = score(school, adopt(MARKS))
        assert said(one) == [("Starting points", 10), ("Absent", -3)]
        line = one.lines[1]
        assert (line.count, line.each, line.title.zh) == (3, -1, "考勤")
        assert line.evidence == tuple(Evidence("attendance", identity, 1) for identity in (1000, 1001, 1002))
        assert one.total == 7

    def test_not_taken_exempt_and_cancelled_count_against_nobody(self) -> None:
        school = Tiny()
        school.held("09-09", "group_research", BACKBONE)
        school.mark(school.held("09-16", "group_research"), REGULAR, "exempt")
        off = school.held("09-23", "group_research")
        school.mark(off, REGULAR, "absent")
        school.put(replace(school.tables["sessions"][off], status=SessionStatus.CANCELLED))
        assert score(school, adopt(MARKS)).total == 10

    def test_marks_of_the_time_before_joining_or_after_leaving_count_against_nobody(self) -> None:
        school = Tiny()
        school.put(Membership(id=21, member=REGULAR, group=CHINESE, start=date(2026, 10, 1), until=date(2026, 10, 31)))
        for when in ("09-30", "10-14", "11-04"):
            school.mark(school.held(when, "group_research"), REGULAR, "absent")
        assert score(school, adopt(MARKS)).total == 9

    def test_a_guest_of_another_group_is_not_scored_there(self) -> None:
        school = Tiny()
        school.mark(school.held("09-09", "group_research", group=school.group("数学组", "subject")), REGULAR, "absent")
        assert score(school, adopt(MARKS)).total == 10

    def test_only_the_kinds_of_session_named_count(self) -> None:
        school = Tiny()
        part = "- {id: a, title: 考勤, source: attendance, kinds: [policy_study], marks: {absent: -1}}"
        for kind in ("policy_study", "group_research"):
            school.mark(school.held("09-09", kind), REGULAR, "absent")
        assert score(school, adopt(part)).total == -1

    def test_minutes_choose_the_highest_step_passed_and_count_again(self) -> None:
        school = Tiny()
        for number, minutes in enumerate((5, 6, 25, None)):
            school.mark(school.held(f"2026-10-{number + 12}", "group_research"), REGULAR, "late", minutes)
        part = """
- id: a
  title: 考勤
  source: attendance
  marks: {late: {points: -1, from_minutes: 5}, left_early: {points: -1, per_minutes: 10}}
"""
        assert said(score(school, adopt(part))) == [("Late, more than 5 minutes", -2)]
        school.mark(school.held("10-20", "group_research"), REGULAR, "left_early", 25)
        assert said(score(school, adopt(part)))[1:] == [
            ("Left early", -1), ("Left early, again for each 10 minutes", -2),
        ]  # fmt: skip

    def test_so_many_marks_make_the_part_nothing(self) -> None:
        school = Tiny()
        zero = "zero: [{marks: [absent], count: 2}]"
        part = f"- {{id: a, title: 考勤, source: attendance, base: 5, marks: {{absent: -1}}, {zero}}}"
        school.mark(school.held("10-13", "group_research"), REGULAR, "absent")
        assert score(school, adopt(part)).total == 4
        school.mark(school.held("10-14", "group_research"), REGULAR, "absent")
        assert said(score(school, adopt(part)))[-1] == ("Absent: 2 of them, from 2 on this part is nothing", -3)
        assert score(school, adopt(part)).total == 0

    def test_a_group_is_scored_by_the_marks_of_its_members(self) -> None:
        school = Tiny()
        meeting = school.held("10-13", "group_research")
        for member, mark in ((REGULAR, "absent"), (BACKBONE, "late"), (NEW, "absent")):
            school.mark(meeting, member, mark)
        assert score(school, adopt(MARKS, "each: group"), CHINESE).total == 10 - 2 - 0.5


class TestRequirements:
    PART = "- {id: n, title: 笔记, source: requirement, requirement: notes, base: 5, per_missing: -1, least: 2}"

    def test_only_what_is_overdue_is_missing(self) -> None:
        school = Tiny(today=TODAY)
        school.work(REGULAR, "reading_note", "09-20")
        one = score(school, adopt(self.PART))
        assert said(one)[2] == ("“One note a month”: missing (2026-10)", -1)
        assert (one.total, one.provisional) == (4, True)

    def test_a_cap_is_a_line_of_its_own(self) -> None:
        one = score(Tiny(today=AFTER_TERM), adopt(self.PART))
        assert said(one)[2:] == [
            ("“One note a month”: missing (2026-09, 2026-10, 2026-11, 2026-12, 2027-01)", -5), ("Not less than 2", 2),
        ]  # fmt: skip
        assert (one.total, one.provisional) == (2, False)

    def test_who_joined_late_misses_nothing_of_the_time_before(self) -> None:
        school = Tiny(today=AFTER_TERM)
        school.put(replace(school.tables["members"][REGULAR], active_from=date(2026, 11, 30)))
        assert score(school, adopt(self.PART)).total == 3

    def test_a_late_piece_costs_for_itself_or_by_the_day_and_more_only_once_the_need_is_filled(self) -> None:
        school = Tiny(today=AFTER_TERM)
        rule = "requirement: notes, late: -0.5, late_per_day: -0.1, per_more: 1"
        part = f"- {{id: n, title: 笔记, source: requirement, {rule}}}"
        for when in ("09-20", "11-03", "11-20", "11-21", "11-22"):
            school.work(REGULAR, "reading_note", when)
        # The piece of 3 November is November's, that of the 20th makes good October; two are beyond what is asked.
        lines = [line for line in score(school, adopt(part)).lines if line.points]
        assert [(line.kind.value, line.count, line.points) for line in lines] == [
            ("more", 2, 2), ("late", 1, -0.5), ("late_days", 20, -2),
        ]  # fmt: skip

    def test_periods_are_said_as_people_call_them(self) -> None:
        school = Tiny(today=date(2026, 9, 21))
        school.training(REGULAR, "09-04")
        weekly = """
clauses:
  - id: "1"
    text: 听课
    requirements:
      - {id: weekly, title: 听课, what: {work: [lesson_observation]}, how_many: 1, per: week}
      - {id: both, title: 活动, who: {each: group}, what: {sessions: any}, how_many: 1, per: two_weeks}
      - id: relay
        title: 传达
        what: {entries: [relay]}
        how_many: 1
        per: {event: trainings, within_days: 7}
"""
        parts = "\n".join(
            f"- {{id: {name}, title: {name}, source: requirement, requirement: {name}, per_missing: -1}}"
            for name in ("weekly", "both", "relay")
        )
        found = [text for text, points in said(score(school, adopt(parts, before=weekly))) if points]
        assert found == [
            "“听课”: missing (week 1, week 2, week 3)", "“活动”: missing (week 1–2)", "“传达”: missing (2026-09-04)",
        ]  # fmt: skip

    def test_a_second_piece_that_comes_late_costs_nothing(self) -> None:
        school = Tiny(today=AFTER_TERM)
        part = "- {id: p, title: 计划, source: requirement, requirement: plan, late: -1}"
        school.work(REGULAR, "plan", "09-10")
        school.work(REGULAR, "plan", "09-20")
        assert score(school, adopt(part, "each: group"), CHINESE).total == 0

    def test_having_been_on_leave_gives_no_points_for_doing_more(self) -> None:
        school = Tiny(today=AFTER_TERM)
        part = "- {id: t, title: 随笔, source: requirement, requirement: term, per_more: 1}"
        school.put(Leave(id=1, member=REGULAR, kind=Mark.SICK, start=date(2026, 9, 1), until=date(2026, 11, 15)))
        for _piece in range(4):
            school.work(REGULAR, "essay", "12-01")
        one = score(school, adopt(part))
        assert one.total == 0
        school.work(REGULAR, "essay", "12-02")
        assert score(school, adopt(part)).total == 1

    def test_what_a_school_year_asks_counts_in_the_term_in_which_it_is_due(self) -> None:
        school = Tiny(today=date(2027, 9, 2))
        part = "- {id: y, title: 论文, source: requirement, requirement: year, per_missing: -5}"
        assert score(school, adopt(part)).total == 0
        assert score(school, adopt(part), term=SECOND).total == -5

    def test_points_for_each_done_end_where_the_need_is_filled(self) -> None:
        school = Tiny()
        part = "- {id: t, title: 随笔, source: requirement, requirement: term, per_each: 2}"
        for number in range(6):
            school.work(REGULAR, "essay", f"10-{number + 12}")
        assert said(score(school, adopt(part))) == [("“每学期四篇随笔”: 4 of 4 done", 8)]

    def test_points_for_the_whole_need_all_of_one_list(self) -> None:
        school = Tiny()
        part = "- {id: t, title: 写作, source: requirement, any_of: [[term, paper], [plan]], met: 3}"
        for number in range(4):
            school.work(REGULAR, "essay", f"10-{number + 12}")
        assert said(score(school, adopt(part))) == [
            ("Not all done, missing: 每学期一篇论文", 0), ("Not all done, missing: 小组计划", 0),
        ]  # fmt: skip
        school.work(REGULAR, "paper", "10-20")
        assert said(score(school, adopt(part))) == [("All done: 每学期四篇随笔, 每学期一篇论文", 3)]

    def test_a_group_is_scored_by_what_its_members_owe(self) -> None:
        school = Tiny(today=AFTER_TERM)
        for month in ("09", "10", "11", "12"):
            for member in (REGULAR, BACKBONE, NEW):
                school.work(member, "reading_note", f"{month}-10")
        school.work(NEW, "reading_note", "01-10")
        part = "- {id: n, title: 笔记, source: requirement, requirement: notes, per_missing: -1}"
        assert score(school, adopt(part, "each: group"), CHINESE).total == -2


class TestRecords:
    def test_work_counts_by_piece_and_by_grade_and_returned_work_does_not(self) -> None:
        school = Tiny()
        for grade in ("A", "A", "c", None):
            school.work(REGULAR, "reading_note", "10-12", grade=grade)
        school.work(REGULAR, "reading_note", "10-12", grade="B", status=WorkStatus.RETURNED)
        school.work(REGULAR, "essay", "10-12", grade="A")
        rule = "kinds: [reading_note], per_each: 0.5, grade_points: {A: 2, B: 1, C: -1}"
        part = f"- {{id: w, title: 笔记, source: work, {rule}}}"
        assert said(score(school, adopt(part))) == [("Reading note", 2), ("Grade A", 4), ("Grade C", -1)]

    def test_an_achievement_counts_once_for_what_fits_it_best(self) -> None:
        school = Tiny()
        part = """
- id: b
  title: 成果
  source: achievements
  bonuses:
    - {points: 1}
    - {levels: [city], points: 2}
    - {kinds: [paper], levels: [city], points: 0.5}
    - {grades: [一等奖], points: 9}
    - {levels: [city], grades: [一等], points: 4}
"""
        for kind, level, grade in (("paper", "city", None), ("contest", "city", "二等奖"), ("contest", "city", "一等")):
            school.achievement(REGULAR, AchievementKind(kind), "10-12", level=level, grade=grade)
        school.achievement(REGULAR, AchievementKind.HONOUR, "10-13", grade="一等")
        school.achievement(REGULAR, AchievementKind.HONOUR, "10-14")
        found = sorted(line.points for line in score(school, adopt(part)).lines)
        assert found == [0.5, 1, 2, 4, 9]

    def test_pairs_sessions_and_entries_count(self) -> None:
        school = Tiny()
        school.pair(REGULAR, NEW)
        school.held("10-13", "lecture", BACKBONE, NEW, speaker="张三", host="李梅")
        school.held("10-14", "lecture", REGULAR, host="张三")
        school.entry("news", "10-15", member=REGULAR)
        part = """
- {id: p, title: 带徒, source: pairs, per_each: 3}
- {id: s, title: 主讲, source: sessions, counted: spoken, per_each: 2}
- {id: h, title: 主持, source: sessions, counted: hosted, per_each: 1}
- {id: c, title: 到会, source: sessions, per_each: 0.5}
- {id: e, title: 报道, source: entries, kinds: [news], per_each: 4}
"""
        assert said(score(school, adopt(part))) == [
            ("Pairs as mentor", 3), ("Spoke at a session", 2), ("Hosted a session", 1), ("Sessions attended", 0.5),
            ("News published", 4),
        ]  # fmt: skip
        held = adopt("- {id: s, title: 活动, source: sessions, per_each: 1}", "each: group")
        assert said(score(school, held, CHINESE)) == [("Sessions held", 2)]

    def test_a_host_who_shares_a_name_with_a_colleague_is_not_guessed(self) -> None:
        school = Tiny()
        school.put(replace(school.tables["members"][NEW], name="张三"))
        school.held("10-14", "lecture", REGULAR, host="张三")
        part = "- {id: h, title: 主持, source: sessions, counted: hosted, per_each: 1}"
        assert score(school, adopt(part)).total == 0

    def test_a_session_without_anybody_marked_did_not_take_place(self) -> None:
        school = Tiny()
        school.put(
            Session(id=1, group=CHINESE, date=date(2026, 10, 14), kind=SessionKind.LECTURE, speaker_member=REGULAR)
        )
        part = "- {id: s, title: 主讲, source: sessions, counted: spoken, per_each: 2}"
        assert score(school, adopt(part)).total == 0
        school.mark(1, BACKBONE)
        assert score(school, adopt(part)).total == 2

    def test_what_is_done_in_the_holidays_counts_for_the_term_before_them(self) -> None:
        school = Tiny(today=date(2027, 9, 1))
        for when in ("2027-02-10", "2027-08-20"):
            school.entry("news", when, member=REGULAR)
        adopted = adopt("- {id: e, title: 报道, source: entries, kinds: [news], per_each: 1}")
        assert (score(school, adopted).total, score(school, adopted, term=SECOND).total) == (1, 1)


class TestTheWhole:
    def test_appeals_are_noted_and_change_nothing(self) -> None:
        school = Tiny()
        before = score(school, adopt(MARKS))
        appeal = school.entry("appeal", "11-10", member=REGULAR, title="考勤有误", outcome="核实中")
        school.entry("appeal", "2027-03-10", member=REGULAR, title="下学期的")
        after = score(school, adopt(MARKS))
        assert [each.id for each in after.appeals] == [appeal]
        assert (after.total, after.lines) == (before.total, before.lines)
        assert score(school, adopt(MARKS), BACKBONE).appeals == ()

    def test_parts_within_a_part_are_capped_together(self) -> None:
        school = Tiny()
        school.entry("news", "10-15", member=REGULAR)
        school.entry("help", "10-15", member=REGULAR)
        part = """
- id: all
  title: 合计
  source: parts
  most: 5
  parts:
    - {id: a, title: 报道, source: entries, kinds: [news], per_each: 4}
    - {id: b, title: 互助, source: entries, kinds: [help], per_each: 4, most: 3}
"""
        one = score(school, adopt(part))
        assert [(line.part, line.points) for line in one.lines] == [
            ("all/a", 4), ("all/b", 4), ("all/b", -1), ("all", -2),
        ]  # fmt: skip
        assert one.by_part == {"all": 5}

    SETTINGS = """
settings:
  lost: {title: 迟到扣分, why: 原文没有写, type: number}
  cap: {title: 最多扣分, why: 原文没有写, type: number, optional: true}
"""

    def test_what_one_score_waits_for_all_wait_for(self) -> None:
        school = Tiny()
        rule = "base: 10, marks: {absent: -1, late: {setting: lost}}, least: {setting: cap}"
        part = f"- {{id: a, title: 考勤, source: attendance, {rule}}}"
        open_ = adopt(part, before=self.SETTINGS)
        assert {(one.total, one.missing) for one in scores(school, open_)} == {(None, ("lost",))}
        school.mark(school.held("10-14", "lecture"), REGULAR, "late")
        answered = adopt(part, before=self.SETTINGS, answers={"lost": -2})
        assert score(school, answered).total == 8
        assert score(school, replace(answered, answers={"lost": -2, "cap": 9})).total == 9

    @pytest.mark.parametrize(("head", "total"), [("least: 0", 0), ("base: 30\nmost: 20", 20)])
    def test_the_whole_has_limits_too(self, head: str, total: float) -> None:
        school = Tiny()
        school.mark(school.held("10-14", "lecture"), REGULAR, "absent")
        part = "- {id: a, title: 考勤, source: attendance, marks: {absent: -3}}"
        assert score(school, adopt(part, head)).total == total

    def test_members_come_in_printed_order_and_who_left_before_the_term_not_at_all(self) -> None:
        school = Tiny()
        school.put(replace(school.tables["members"][BACKBONE], active_until=date(2026, 8, 31)))
        assert [one.unit for one in scores(school, adopt(MARKS))] == [REGULAR, NEW]

    def test_only_groups_of_the_kinds_named_are_scored(self) -> None:
        school = Tiny()
        school.group("全体教师", "whole_staff", REGULAR)
        assert [one.unit for one in scores(school, adopt(MARKS, "each: group\ngroups: [teaching_research]"))] == [
            CHINESE
        ]

    def test_so_many_absences_veto(self) -> None:
        school = Tiny()
        head = "vetoes: [{title: 旷会三次, marks: [absent], count: 3}]"
        for when in ("10-12", "10-13"):
            school.mark(school.held(when, "lecture"), REGULAR, "absent")
        assert not score(school, adopt(MARKS, head)).vetoed
        school.mark(school.held("10-14", "lecture"), REGULAR, "absent")
        assert said(score(school, adopt(MARKS, head)))[-1] == ("Veto: 旷会三次", -7)

    def test_the_lines_speak_chinese_too(self) -> None:
        school = Tiny()
        school.mark(school.held("10-14", "lecture"), REGULAR, "absent")
        select_language("zh")
        assert score(school, adopt(MARKS)).lines[1].text == "旷会"


class TestCommendation:
    NEWS = "- {id: e, title: 报道, source: entries, kinds: [news], per_each: 1}"

    def school(self, **news: int) -> Tiny:
        school = Tiny()
        for name, count in news.items():
            for _entry in range(count):
                school.entry("news", "10-15", member={"a": REGULAR, "b": BACKBONE, "c": NEW}[name])
        return school

    def chosen(self, school: Tiny, adopted: Adopted) -> list[int]:
        return [one.unit for one in commended(scores(school, adopted), adopted.pack.assessments[0], adopted)]

    def test_the_top_share_with_all_ties(self) -> None:
        adopted = adopt(self.NEWS, "commend_share: 0.34")
        assert self.chosen(self.school(a=1, b=3, c=2), adopted) == [BACKBONE]
        assert self.chosen(self.school(a=3, b=3, c=2), adopted) == [REGULAR, BACKBONE]

    def test_points_enough_and_both_together(self) -> None:
        assert self.chosen(self.school(a=1, b=3, c=2), adopt(self.NEWS, "commend_at_least: 2")) == [BACKBONE, NEW]
        both = adopt(self.NEWS, "commend_at_least: 4\ncommend_share: 0.5")
        assert self.chosen(self.school(a=1, b=3, c=2), both) == []

    @pytest.mark.parametrize(
        "part",
        [
            MARKS,
            "- {id: s, title: 到会, source: sessions, per_each: 1}",
            "- {id: r, title: 到会率, source: requirement, requirement: coming, per_missing: -1}",
            "- {id: e, title: 报道, source: entries, kinds: [news], per_each: 0}",
        ],
    )
    def test_attendance_under_any_name_ranks_nobody(self, part: str) -> None:
        adopted = adopt(part, "commend_share: 0.5")
        with pytest.raises(DomainError, match="“考核” rests on attendance alone; nobody is ranked"):
            self.chosen(Tiny(), adopted)

    def test_with_something_besides_attendance_people_may_be_ranked(self) -> None:
        adopted = adopt(f"{MARKS}\n{self.NEWS}", "commend_share: 0.34")
        assert self.chosen(self.school(c=1), adopted) == [NEW]

    def test_leaders_of_a_group_may_be_scored_by_their_own_groups_sessions_only(self) -> None:
        school = Tiny()
        school.put(Membership(id=22, member=BACKBONE, group=CHINESE, role=Role.LEADER, start=date(2026, 10, 1)))
        for when in ("09-15", "10-13"):
            school.mark(school.held(when, "group_research"), BACKBONE, "absent")
        part = "- {id: a, title: 组长, source: attendance, roles: [leader], marks: {absent: -3}}"
        assert [(one.unit, one.total) for one in scores(school, adopt(part))] == [(BACKBONE, -3)]
