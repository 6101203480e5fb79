"""Every number and cadence of S01 to S13, one line each: clause, how many, per when, owed or only shown.

A name in place of a number is a setting: the document leaves it open, and nothing is asked before the school answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from rule_worlds import BACKBONE, NEW, REGULAR, Tiny, shipped

from coordinator_tui.domain.rules.pack import SettingType
from coordinator_tui.domain.rules.result import State, Why

if TYPE_CHECKING:
    from coordinator_tui.domain.rules.result import Row

PACKS = tuple(f"s{number:02}" for number in range(1, 14))
NUMBERS = """
    s01/3.1/seminars                    seminars_per_term            term          owed
    s01/3.1/group-research              1                            term          shown
    s01/3.2/cross-school-observation    1                            school_year   shown
    s01/4.1/lecture                     1                            term          shown
    s01/4.2/observation                 1                            term          shown
    s01/4.2/peer-evaluation             1                            each_session  shown
    s01/6/review                        reviews_per_school_year      school_year   owed
    s02/3.1/class-meetings              class_meetings_per_term      term          owed
    s02/3.2/subject-meetings            1                            term          shown
    s02/3.3/observation                 1                            term          shown
    s02/3.3/project-report              1                            term          shown
    s02/4.1/cases                       1                            school_year   shown
    s02/5.1/resources                   1                            term          shown
    s02/5.2/training-class              1                            school_year   shown
    s02/6.1/participation               1                            term          shown
    s02/6.2/lesson-observed             1                            school_year   shown
    s02/6.2/student-evaluation          1                            school_year   shown
    s02/6.3/survey                      1                            each_session  owed
    s02/6.3/improvement                 1                            school_year   shown
    s03/3.1.1/activity                  1                            school_year   owed
    s03/3.1.1/days                      4                            school_year   owed
    s03/3.1.1/days-full                 8                            school_year   shown
    s03/3.1.2/decision                  1                            school_year   owed
    s03/3.1.3/itinerary                 1                            school_year   owed
    s03/3.2.3/outside                   1                            school_year   shown
    s03/3.3.2/collective                1                            term          shown
    s03/3.3.3/self-study                1                            term          shown
    s03/3.3.4/topic-groups              1                            term          shown
    s03/3.3.5/visit                     1                            school_year   shown
    s03/3.4.1/evaluation                1                            school_year   shown
    s04/2.1/platform                    1                            term          shown
    s04/2.2/activities                  activities_per_term          term          owed
    s04/3.1/resources                   1                            term          shown
    s04/3.2/problems                    1                            term          shown
    s04/3.2/problems-solved             100%                         term          shown
    s04/5.2/session-facts               1                            session       owed
    s04/7.1/introduction                1                            school_year   shown
    s04/8.1/review                      reviews_per_school_year      school_year   owed
    s04/8.1/improvement                 1                            school_year   shown
    s05/2.1/scope-named                 1                            session       shown
    s05/3.1/scope-school                1                            school_year   shown
    s05/3.2/scope-between-schools       1                            school_year   shown
    s05/3.3/scope-region                1                            school_year   shown
    s05/3.4/scope-nation                1                            school_year   shown
    s05/4.2/commendation                1                            school_year   shown
    s05/5.1/evaluation                  evaluations_per_school_year  school_year   owed
    s05/5.3/rectification               100%                         term          owed
    s05/6.1/attendance                  100%                         term          shown
    s06/2.1/goals                       1                            term          owed
    s06/2.1/topic-and-content           1                            session       owed
    s06/2.2/group-research              1                            term          shown
    s06/2.2/discussion                  1                            term          shown
    s06/2.2/lecture                     1                            term          shown
    s06/2.3/award                       1                            school_year   shown
    s06/2.4/training                    1                            school_year   shown
    s06/2.4/observation                 1                            term          shown
    s06/3.1/notice                      1                            term          shown
    s07/2/help                          1                            term          shown
    s07/3/resources                     1                            term          shown
    s07/4/pairs                         1                            school_year   shown
    s07/5/other-schools                 1                            school_year   shown
    s08/3/cross-subject                 cross_subject_share          term          owed
    s08/3/material                      1                            term          shown
    s08/4/team-visit                    1                            school_year   shown
    s08/5/collective-preparation        1                            term          owed
    s08/5/sharing                       1                            month         owed
    s08/6/projects                      1                            school_year   shown
    s08/6/papers                        1                            school_year   shown
    s08/7/mentor-for-new                1                            school_year   shown
    s08/8/training                      1                            term          shown
    s09/1/collective-study              120                          two_weeks     owed
    s09/1/own-hours                     120                          two_weeks     shown
    s09/2/attendance                    100%                         term          shown
    s09/3/study-notes                   1                            each_session  owed
    s09/4/speeches                      1                            term          shown
    s09/5/research                      1                            school_year   shown
    s09/6/insights                      insights_per_term            term          owed
    s09/6/exchanges                     exchanges_per_term           term          owed
    s09/7/training-notes                1                            each_training owed
    s09/7/training-reflection           1                            each_training owed
    s09/8/magazine                      1                            school_year   owed
    s10/2/induction                     1                            school_year   owed
    s10/3/training-hours                hours_per_school_year        school_year   owed
    s10/4/papers                        1                            school_year   shown
    s10/5/inside                        1                            term          shown
    s10/5/outside                       1                            school_year   shown
    s10/5/resources                     1                            term          shown
    s10/7/awards                        2                            school_year   shown
    s11/6/urban-to-rural                urban_share                  school_year   owed
    s11/7/resources                     1                            term          shown
    s11/8/training                      1                            school_year   shown
    s11/9/commendation                  1                            school_year   shown
    s11/14/plan                         1                            school_year   owed
    s11/16/supervision                  1                            school_year   shown
    s12/2/activities                    1                            term          shown
    s12/2/resources                     1                            term          shown
    s12/3/contacts                      1                            term          shown
    s12/3/projects                      1                            school_year   shown
    s12/4/training                      1                            school_year   shown
    s12/6/plan-execution                plan_share                   term          owed
    s12/6/own-plan                      1                            term          shown
    s12/6/papers                        papers_per_school_year       school_year   owed
    s13/1/material                      2                            term          owed
    s13/2/lecture                       1                            term          owed
    s13/2/theory-seminar                1                            school_year   owed
    s13/2/project-exchange              1                            school_year   owed
    s13/3/backbone-result               1                            school_year   owed
    s13/3/demonstration-lesson          1                            term          owed
    s13/3/training-reflection           1                            each_training owed
    s13/4/methods                       1                            school_year   shown
    s13/5/reform                        1                            school_year   shown
    s13/6/research-meetings             research_meetings_per_term   term          owed
    s13/6/results-promotion             1                            school_year   shown
    s13/6/forum                         1                            school_year   shown
    s13/7/outside                       1                            school_year   shown
    s13/8/four-haves                    1                            session       owed
"""
LINES = [line.split() for line in NUMBERS.strip().splitlines()]
ANSWERS: dict[SettingType, object] = {SettingType.NUMBER: 3, SettingType.PERCENT: 0.5}
LABELS = {"term": "2026-2027-1", "school_year": "2026-2027", "month": "2026-09", "two_weeks": "2026-2027-1-w01-02"}


def school(per: str, many: str) -> Tiny:
    """Nothing was done yet; for rules about sessions, trainings and shares there is something to count from."""
    tiny = Tiny()
    tiny.group("整本书阅读课题组", "other", REGULAR)
    if per in LABELS and many.isdigit():
        return tiny
    for kind in ("observation", "sharing", "professional_study"):
        session = tiny.held("09-08", kind, BACKBONE)
        tiny.mark(session, REGULAR, "absent")
    for member in (REGULAR, BACKBONE, NEW):
        tiny.training(member, "09-08")
    if many == "100%" or many.endswith("_share"):
        for kind in ("help", "improvement", "milestone"):
            tiny.entry(kind, "09-10", member=REGULAR)
    return tiny


def first_row(key: str, many: str, per: str, answers: dict[str, Any]) -> Row:
    ledger = school(per, many).ledger(key.partition("/")[0], answers)
    return ledger.of(requirement=key)[0]


def answers_of(pack: str) -> dict[str, Any]:
    return {setting.key: ANSWERS[setting.type] for setting in shipped(pack).settings if setting.type in ANSWERS}


@pytest.mark.parametrize(("key", "many", "per", "owed"), LINES, ids=[line[0] for line in LINES])
def test_the_clause_asks_for_its_number_in_its_period(key: str, many: str, per: str, owed: str) -> None:
    row = first_row(key, many, per, answers_of(key.partition("/")[0]))
    if many == "100%" or many.endswith("_share"):
        shares = [dict(reason.values)["percent"] for reason in row.reasons if reason.why is Why.SHARE]
        assert shares == [100 if many == "100%" else 50]
    else:
        assert row.needed == (int(many) if many.isdigit() else 3)
    if per in LABELS:
        assert row.period.label == LABELS[per]
    else:
        assert row.period.label.isdigit()
    assert row.owes == (owed == "owed")


@pytest.mark.parametrize(("key", "many", "per"), [line[:3] for line in LINES if not line[1].strip("%").isdigit()])
def test_what_the_document_leaves_open_is_asked_and_never_guessed(key: str, many: str, per: str) -> None:
    row = first_row(key, many, per, {})
    assert (row.state, row.needed, row.gap) == (State.SETTING_MISSING, None, 0)
    assert many in [dict(reason.values)["key"] for reason in row.reasons]


def test_the_table_has_every_requirement_of_the_thirteen_packs() -> None:
    assert [line[0] for line in LINES] == [each.key for pack in PACKS for each in shipped(pack).requirements]
