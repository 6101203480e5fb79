"""How often S14 to S25 ask: every requirement of these regulations and the period in which it is asked for."""

from __future__ import annotations

import pytest
from rule_worlds import CHINESE, FIRST, NEW, REGULAR, SCHOOL, SECOND, Tiny, shipped

from coordinator_tui.domain.rules.pack import Each
from coordinator_tui.domain.vocabulary import AchievementKind, GroupKind, Scope, SessionKind, WorkKind, WorkStatus

WEEK, MONTH, TERM, YEAR = "2026-2027-1-w01", "2026-09", "2026-2027-1", "2026-2027"
ASKED = {
    WEEK: """
        s14/1.2/weekly-article s19/1/weekly-study s19/2/weekly-activity s20/1/weekly-meeting s22/2.3/observations
        s23/2.4/observations""",
    MONTH: """
        s14/2.1/monthly-forum s15/2/meetings s16/4/discussions s19/6/monthly-note s20/1/passed-on
        s22/2.3/open-lesson s22/2.3/diary s23/2.4/open-lesson s23/4.3/insights""",
    TERM: """
        s14/1.1/books s14/3.2/narratives s14/4/expert s14/5/outside-study s15/2/joint s15/2/observe s16/5/observation
        s17/1/experience s17/3/problems s17/4/observe s17/9/meetings s18/3/talks s18/4/cases s18/5/observation
        s18/6/seminars s19/1/term-plan s19/6/term-notes s19/6/papers s19/7/themed-reading s20/2/demand
        s20/2/thought-meetings s20/2/study-meetings s22/2.1/reports s22/2.3/study-attended s22/2.4/committee
        s23/2.2/research-attended s23/2.4/township-lesson s23/2.6/mentoring s23/3.1/full-attendance s23/4.2/study-notes
        s25/3/salons s25/5/training s25/6/support""",
    YEAR: """
        s15/1/experts s15/3/visits s16/6/studies s16/8/review s17/2/resources s18/7/courses s18/8/awards s19/8/journal
        s19/9/originals s19/9/filed s20/1/work-plan s20/2/mobilise s20/5/summary s21/5.2/one-a-year s21/5.2.2/decision
        s21/5.2.2/notice s21/5.2.2/filed s21/6.1/mobilise s21/6.2/plan-filed s21/6.3/forms-filed s22/0/plan s23/0/plan
        s23/2.2/summary s23/2.3/shared-archive s23/2.7/contests s23/4.4/papers s24/3.2.2/training-week s24/3.4.2/plan
        s24/N6/review s25/4/paired s25/4/awards s25/8/review s25/12/feedback""",
}
PERIODS = [(key, label) for label, keys in ASKED.items() for key in keys.split()]
EVENTS = {
    "session": "s14/2.1/forum-record s14/2.2/one-theme s19/1/study-host s19/2/three-fixed",
    "training": "s14/5.2/return-record s19/5/relay s19/5/report s23/4.1/training-notes",
    "attended session": "s22/2.3/speeches",
    "placement": """
        s24/N1/cover s24/N5/return-plan s24/N7/safety s24/K1/assessment s24/K3/student-feedback s24/K4/counselling
        s24/K5/display s24/K6/follow-up""",
    "second term": "s19/3/results-meeting",
}
UNITS = {Each.MEMBER: REGULAR, Each.GROUP: CHINESE, Each.SCHOOL: SCHOOL}


def test_every_requirement_of_s14_to_s25_stands_in_this_table() -> None:
    named = [key for key, _label in PERIODS] + " ".join(EVENTS.values()).split()
    known = [each.key for number in range(14, 26) for each in shipped(f"s{number}").requirements]
    assert sorted(named) == sorted(known)


@pytest.mark.parametrize(("requirement", "label"), PERIODS)
def test_s14_to_s25_ask_in_the_periods_of_the_document(requirement: str, label: str) -> None:
    school = Tiny()
    pack = requirement.partition("/")[0]
    if pack in {"s20", "s22", "s23"}:
        school.placement(REGULAR, "09-01", "2027-07-10")
    asked = next(each for each in shipped(pack).requirements if each.key == requirement)
    unit = NEW if requirement == "s25/4/paired" else UNITS[asked.who.each]
    first, *others = school.rows(requirement, unit)
    assert first.period.label == label
    assert len(others) == {WEEK: 21, MONTH: 4, TERM: 0, YEAR: 0}[label]


def test_s19_clause_3_asks_in_the_second_term_only() -> None:
    school = Tiny()
    asked = [len(school.rows("s19/3/results-meeting", term=term)) for term in (FIRST, SECOND)]
    assert asked == [0, 1]


ENCOURAGED = """
    s14/3.2/narratives s15/2/joint s15/2/observe s15/3/visits s16/5/observation s16/6/studies s17/2/resources
    s17/3/problems s17/4/observe s18/3/talks s18/7/courses s18/8/awards s19/7/themed-reading s19/8/journal
    s22/2.3/speeches s23/2.2/research-attended s23/2.7/contests s23/3.1/full-attendance s24/K4/counselling
    s25/4/paired s25/4/awards"""


def test_s14_to_s25_never_owe_what_the_document_only_encourages() -> None:
    asked = [each for number in range(14, 26) for each in shipped(f"s{number}").requirements]
    assert sorted(each.key for each in asked if each.advice) == sorted(ENCOURAGED.split())


# what counts, kind by kind


@pytest.mark.parametrize(
    ("requirement", "kinds"),
    [
        ("s19/6/monthly-note", ["reading_note", "essay", "reflection"]),
        ("s19/6/term-notes", ["reading_note", "essay", "reflection"]),
        ("s19/6/papers", ["paper"]),
        ("s14/3.2/narratives", ["essay", "reflection", "case"]),
        ("s17/4/observe", ["lesson_observation"]),
        ("s18/4/cases", ["case"]),
        ("s22/2.3/diary", ["essay", "reflection", "insight"]),
        ("s22/2.3/open-lesson", ["open_lesson", "demonstration_lesson"]),
        ("s23/2.4/open-lesson", ["open_lesson", "demonstration_lesson"]),
        ("s23/4.2/study-notes", ["study_note"]),
        ("s23/4.3/insights", ["insight", "reflection", "essay"]),
        ("s23/4.4/papers", ["paper"]),
        ("s22/0/plan", ["plan"]),
        ("s23/0/plan", ["plan"]),
        ("s23/2.2/summary", ["summary"]),
    ],
)
def test_s14_to_s23_count_these_kinds_of_work(requirement: str, kinds: list[str]) -> None:
    pack = requirement.partition("/")[0]
    answers = {each.key: 1 for each in shipped(pack).settings}
    for kind in WorkKind:
        school = Tiny()
        if pack in {"s22", "s23"}:
            school.placement(REGULAR, "09-01", "2027-07-10")
        school.work(REGULAR, kind, "09-10", words=1)
        (row, *_later) = school.ledger(pack, dict(answers)).of(requirement=requirement, unit=REGULAR)
        assert row.done == (1 if kind in kinds else 0), kind


@pytest.mark.parametrize(
    ("requirement", "kinds"),
    [
        ("s14/5.2/return-record", ["training_report", "study_note"]),
        ("s19/5/report", ["training_report", "insight", "reflection"]),
        ("s23/4.1/training-notes", ["study_note", "insight", "training_report"]),
    ],
)
def test_s14_s19_and_s23_take_these_pieces_after_a_training(requirement: str, kinds: list[str]) -> None:
    pack = requirement.partition("/")[0]
    answers = {each.key: 7 for each in shipped(pack).settings}
    for kind in WorkKind:
        school = Tiny()
        if pack == "s23":
            school.placement(REGULAR, "09-01", "2027-07-10")
        training = school.training(REGULAR, "11-09", "11-11")
        school.work(REGULAR, kind, "11-12", training=training, status=WorkStatus.CHECKED)
        (row,) = school.ledger(pack, dict(answers)).of(requirement=requirement, unit=REGULAR)
        assert row.done == (1 if kind in kinds else 0), kind


@pytest.mark.parametrize(
    ("requirement", "kinds"),
    [
        ("s14/4/expert", "lecture seminar observation training"),
        ("s15/1/experts", "lecture observation"),
        ("s15/2/meetings", "group_research seminar"),
        ("s15/2/joint", "collective_preparation"),
        ("s15/3/visits", "visit observation lecture sharing"),
        ("s16/4/discussions", "group_research seminar"),
        ("s16/5/observation", "observation"),
        ("s17/1/experience", "sharing observation seminar forum"),
        ("s17/3/problems", "seminar group_research"),
        ("s17/9/meetings", "sharing seminar group_research"),
        ("s18/3/talks", "forum sharing seminar"),
        ("s18/5/observation", "observation"),
        ("s18/6/seminars", "seminar"),
        ("s18/7/courses", "training lecture"),
        ("s19/1/weekly-study", "policy_study professional_study"),
        (
            "s19/2/weekly-activity",
            "group_research collective_preparation lecture forum seminar observation sharing visit",
        ),
        ("s25/3/salons", "sharing forum seminar lecture"),
        ("s25/5/training", "training seminar observation"),
    ],
)
def test_s14_to_s25_count_these_kinds_of_session(requirement: str, kinds: str) -> None:
    pack = requirement.partition("/")[0]
    answers = {each.key: 1 for each in shipped(pack).settings}
    asked = next(each for each in shipped(pack).requirements if each.key == requirement)
    for kind in SessionKind:
        school = Tiny()
        school.held("09-02", kind, scope=Scope.REGION, question="怎样做")
        row = school.ledger(pack, dict(answers)).of(requirement=requirement, unit=UNITS[asked.who.each])[0]
        assert row.done == (1 if kind in kinds.split() else 0), kind


@pytest.mark.parametrize("requirement", ["s19/9/originals", "s19/9/filed"])
def test_s19_clause_9_is_about_projects_papers_and_courseware(requirement: str) -> None:
    for kind in AchievementKind:
        school = Tiny()
        school.achievement(REGULAR, kind, "09-10", original_checked=True, archive="2026-01")
        counted = kind in {AchievementKind.PROJECT, AchievementKind.PAPER, AchievementKind.COURSEWARE}
        assert school.row(requirement, REGULAR).done == (1 if counted else 0), kind


@pytest.mark.parametrize(
    ("requirement", "kind"),
    [
        ("s16/8/review", "evaluation"),
        ("s18/8/awards", "award"),
        ("s19/8/journal", "material"),
        ("s20/2/demand", "demand"),
        ("s20/2/mobilise", "milestone"),
        ("s21/6.1/mobilise", "milestone"),
        ("s21/6.2/plan-filed", "filing"),
        ("s21/6.3/forms-filed", "filing"),
        ("s24/N6/review", "evaluation"),
        ("s25/4/awards", "award"),
        ("s25/6/support", "support"),
        ("s25/8/review", "evaluation"),
        ("s25/12/feedback", "survey"),
    ],
)
def test_s16_to_s25_count_these_lines_of_the_register(requirement: str, kind: str) -> None:
    pack = requirement.partition("/")[0]
    answers = {each.key: 1 for each in shipped(pack).settings}
    school = Tiny()
    school.entry(kind, "09-10")
    for _twice in range(2):
        school.entry("appeal", "09-10")
    (row,) = school.ledger(pack, dict(answers)).of(requirement=requirement, unit=SCHOOL)
    assert row.done == 1


@pytest.mark.parametrize(
    ("requirement", "kinds"),
    [
        ("s15/2/meetings", {GroupKind.TEACHING_RESEARCH, GroupKind.SUBJECT}),
        ("s16/4/discussions", {GroupKind.TEACHING_RESEARCH, GroupKind.SUBJECT}),
        (
            "s19/2/weekly-activity",
            {GroupKind.TEACHING_RESEARCH, GroupKind.LESSON_PREPARATION, GroupKind.SUBJECT},
        ),
    ],
)
def test_s15_s16_and_s19_bind_these_kinds_of_group(requirement: str, kinds: set[GroupKind]) -> None:
    for kind in GroupKind:
        school = Tiny()
        group = school.group("另一组", kind.value, REGULAR)
        assert bool(school.rows(requirement, group)) is (kind in kinds), kind


@pytest.mark.parametrize(
    ("requirement", "kinds"),
    [
        ("s20/2/thought-meetings", {SessionKind.SEMINAR, SessionKind.SHARING, SessionKind.POLICY_STUDY}),
        ("s20/2/study-meetings", {SessionKind.PROFESSIONAL_STUDY, SessionKind.TRAINING}),
    ],
)
def test_s20_part_2_counts_these_meetings_of_the_exchange_group(requirement: str, kinds: set[SessionKind]) -> None:
    for kind in SessionKind:
        school = Tiny()
        school.held("09-10", kind, group=school.group("交流组", "exchange", REGULAR))
        answers = {"thought_meetings": 1, "study_meetings": 1}
        (row,) = school.ledger("s20", dict(answers)).of(requirement=requirement, unit=SCHOOL)
        assert row.done == (1 if kind in kinds else 0), kind


@pytest.mark.parametrize(
    ("requirement", "kinds"),
    [
        ("s22/2.3/study-attended", {SessionKind.TRAINING, SessionKind.GROUP_RESEARCH}),
        ("s23/2.2/research-attended", {SessionKind.COLLECTIVE_PREPARATION, SessionKind.GROUP_RESEARCH}),
    ],
)
def test_s22_and_s23_say_which_meetings_are_attended(requirement: str, kinds: set[SessionKind]) -> None:
    for kind in SessionKind:
        school = Tiny()
        school.placement(REGULAR, "09-01", "2027-07-10")
        school.held("09-10", kind, REGULAR)
        assert school.row(requirement, REGULAR).done == (1 if kind in kinds else 0), kind


@pytest.mark.parametrize(
    ("requirement", "kind"),
    [
        ("s19/1/term-plan", WorkKind.PLAN),
        ("s20/1/work-plan", WorkKind.PLAN),
        ("s20/5/summary", WorkKind.SUMMARY),
        ("s24/3.4.2/plan", WorkKind.PLAN),
    ],
)
def test_s19_s20_and_s24_the_schools_plans_and_summaries(requirement: str, kind: WorkKind) -> None:
    for other in WorkKind:
        school = Tiny()
        school.work(REGULAR, other, "09-10")
        assert school.row(requirement).done == (1 if other is kind else 0), other
