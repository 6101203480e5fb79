"""The ledger as a whole: its order, what it finds, and that a change computes anew just what depends on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from rules_school import (
    FIRST,
    GROUP,
    LI,
    SECOND,
    STUDY,
    TERM,
    WANG,
    WEEK,
    ZHANG,
    School,
    at_least,
    day,
    pack,
    rule,
)

from coordinator_tui.domain.records import Attendance, CalendarDay, Group, Leave, Session, Work
from coordinator_tui.domain.rules.engine import Adopted, Ledger
from coordinator_tui.domain.rules.explaining import explain, say_reason
from coordinator_tui.domain.rules.pack import Each, Per, PerUnit, SettingRef, Source, What, Who
from coordinator_tui.domain.rules.result import Reason, Row, State, Why
from coordinator_tui.domain.vocabulary import GroupKind, Mark, SessionStatus, WorkKind

MONTHLY = rule("note")
ATTEND = rule("attend", what=STUDY, per=TERM, how_many=at_least(2))
MEET = rule("meet", what=STUDY, per=WEEK, who=Who(each=Each.GROUP))
LECTURE = rule("lecture", what=replace(STUDY, kinds=("lecture",)), per=TERM, who=Who(each=Each.SCHOOL))
REPORT = rule(
    "report",
    what=What(source=Source.WORK, kinds=("training_report",)),
    per=Per(unit=PerUnit.EVENT, event=Source.TRAININGS, within_days=7),
)
RULES = (MONTHLY, ATTEND, MEET, LECTURE, REPORT)


@pytest.fixture
def school() -> School:
    return School()


def test_rows_come_by_requirement_period_and_printed_order(school: School) -> None:
    school.order = [WANG, ZHANG, LI]
    for when, member in (("10-12", WANG), ("09-14", LI), ("10-12", LI)):
        school.training(member, when)
    rows = school.ledger(MONTHLY, REPORT).rows()
    monthly = [(row.period.label, row.unit) for row in rows if row.requirement is MONTHLY]
    assert monthly[:4] == [("2026-09", WANG), ("2026-09", ZHANG), ("2026-09", LI), ("2026-10", WANG)]
    assert [(row.period.start.month, row.unit) for row in rows if row.requirement is REPORT] == [
        (9, LI),
        (10, WANG),
        (10, LI),
    ]


def test_rows_are_found_by_requirement_by_unit_and_by_who_owes(school: School) -> None:
    ledger = school.ledger(*RULES)
    assert len(ledger.of(requirement=MONTHLY.key)) == 15
    assert len(ledger.of(requirement=MONTHLY.key, unit=LI)) == 5
    assert {row.requirement.id for row in ledger.of(each=Each.SCHOOL)} == {"lecture"}
    assert len(ledger.of(unit=GROUP, each=Each.GROUP)) == 22
    assert ledger.of(unit=999) == []
    assert ledger.of(requirement="own/1/none") == []
    assert len(ledger.rows()) == len([row for each in Each for row in ledger.of(each=each)])


def test_packs_come_one_after_the_other_and_the_same_record_serves_both(school: School) -> None:
    piece = school.work(ZHANG, "10-14")
    other = replace(pack(replace(MONTHLY, key="other/1/note")), id="other")
    ledger = Ledger([Adopted(pack(MONTHLY)), Adopted(other)], school.world(), FIRST.start, FIRST.until)
    assert [row.requirement.key for row in ledger.rows()] == ["own/1/note"] * 15 + ["other/1/note"] * 15
    assert [row.requirement.key for row in ledger.rows() if row.evidence and row.evidence[0].id == piece] == [
        "own/1/note",
        "other/1/note",
    ]


# changes


def fresh(school: School) -> list[Row]:
    return list(school.ledger(*RULES).rows())


def test_a_piece_handed_in_touches_its_author_and_only_rules_about_its_kind(school: School) -> None:
    ledger = school.ledger(*RULES)
    before = list(ledger.rows())
    school.work(ZHANG, "10-14")
    piece: Work = school.tables["work"][1000]
    assert ledger.changed("work", piece.id, None, piece, school.world()) == {(MONTHLY.key, ZHANG)}
    assert list(ledger.rows()) == fresh(school)
    assert sum(one != other for one, other in zip(before, ledger.rows(), strict=True)) == 1
    ledger.changed("work", piece.id, piece, None, school.world())
    assert list(ledger.rows()) == before


def test_a_piece_given_to_somebody_else_touches_both(school: School) -> None:
    school.work(ZHANG, "10-14")
    ledger = school.ledger(*RULES)
    old: Work = school.tables["work"][1000]
    school.edit("work", 1000, member=LI, kind=WorkKind.PAPER)
    touched = ledger.changed("work", 1000, old, school.tables["work"][1000], school.world())
    assert touched == {(MONTHLY.key, ZHANG)}
    assert list(ledger.rows()) == fresh(school)


def test_a_mark_touches_who_is_marked_unless_it_shows_that_the_session_was_held(school: School) -> None:
    session = school.session("10-14", status=SessionStatus.PLANNED)
    ledger = school.ledger(*RULES)
    for member, touched in ((ZHANG, {(MEET.key, GROUP), (ATTEND.key, ZHANG)}), (LI, {(ATTEND.key, LI)})):
        identity = school.mark(session, member)
        mark = Attendance(id=identity, session=session, member=member, mark=Mark.PRESENT)
        assert ledger.changed("attendance", identity, None, mark, school.world()) == touched
        assert list(ledger.rows()) == fresh(school)


def test_marks_may_be_told_as_documents(school: School) -> None:
    session = school.session("10-14")
    ledger = school.ledger(*RULES)
    identity = school.mark(session, ZHANG)
    document = school.tables["attendance"][identity]
    ledger.changed("attendance", identity, None, document, school.world())
    assert list(ledger.rows()) == fresh(school)


def test_a_topic_touches_nobody_and_a_cancelled_session_everybody_whom_it_concerned(school: School) -> None:
    identity = school.session("10-14", ZHANG, LI)
    ledger = school.ledger(*RULES)
    old: Session = school.tables["sessions"][identity]
    school.edit("sessions", identity, topic="识字")
    assert ledger.changed("sessions", identity, old, school.tables["sessions"][identity], school.world()) == set()
    old = school.tables["sessions"][identity]
    school.edit("sessions", identity, status=SessionStatus.CANCELLED, reason="停电")
    touched = ledger.changed("sessions", identity, old, school.tables["sessions"][identity], school.world())
    assert touched >= {(MEET.key, GROUP), (ATTEND.key, ZHANG), (ATTEND.key, LI)}
    assert not any(key == MONTHLY.key for key, _unit in touched)
    assert list(ledger.rows()) == fresh(school)


def test_leave_touches_one_member_under_every_rule(school: School) -> None:
    ledger = school.ledger(*RULES)
    identity = school.leave(ZHANG, "10-12", "10-30")
    leave: Leave = school.tables["leaves"][identity]
    touched = ledger.changed("leaves", identity, None, leave, school.world())
    assert {unit for _key, unit in touched} == {ZHANG}
    assert list(ledger.rows()) == fresh(school)
    assert ledger.of(requirement=MONTHLY.key, unit=ZHANG)[1].state is State.EXEMPT


def test_a_new_member_gets_rows_in_their_place(school: School) -> None:
    ledger = school.ledger(*RULES)
    ledger.rows()
    school.order = [ZHANG, 14, LI, WANG]
    school.member(14)
    member, membership = school.tables["members"][14], school.tables["memberships"][114]
    ledger.changed("members", 14, None, member, school.world())
    ledger.changed("memberships", 114, None, membership, school.world())
    assert list(ledger.rows()) == fresh(school)
    del school.tables["members"][14]
    ledger.changed("members", 14, member, None, school.world())
    assert ledger.of(unit=14) == []


def test_holidays_another_day_and_another_kind_of_group_make_all_anew(school: School) -> None:
    ledger = school.ledger(*RULES)
    school.holidays("10-01", "10-31")
    closed: CalendarDay = school.tables["calendar"][day("10-05").toordinal()]
    assert len(ledger.changed("calendar", closed.id, None, closed, school.world())) == 11  # 3 × members, group, school
    assert list(ledger.rows()) == fresh(school)
    school.today = date(2027, 1, 15)
    ledger.changed("work", 1, None, None, school.world())
    assert list(ledger.rows()) == fresh(school)
    old: Group = school.tables["groups"][GROUP]
    school.edit("groups", GROUP, kind=GroupKind.GRADE)
    assert ledger.changed("groups", GROUP, old, school.tables["groups"][GROUP], school.world())
    assert list(ledger.rows()) == fresh(school)


def test_texts_and_assignments_touch_nothing(school: School) -> None:
    assert school.ledger(*RULES).changed("assignments", 1, None, None, school.world()) == set()


def test_records_changed_behind_the_ledger_wait_until_it_is_told(school: School) -> None:
    world = school.world()
    ledger = Ledger([Adopted(pack(MONTHLY))], world, FIRST.start, FIRST.until)
    world.members.clear()  # type: ignore[attr-defined] # a live mapping is a dict
    assert len(ledger.of(requirement=MONTHLY.key)) == 15


# explanations


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_can_be_said(why: Why) -> None:
    given: dict[Why, dict[str, object]] = {
        Why.JOINED: {"date": "2026-10-12"},
        Why.LEFT: {"date": "2026-10-12"},
        Why.LEAVE: {"from": "2026-10-12", "until": "2026-10-30", "days": 15},
        Why.CANCELLED: {"date": "2026-10-14", "reason": "停电"},
        Why.AGE: {"age": 46, "from_age": 45},
        Why.OVER: {"number": 1.0},
        Why.SETTING: {"key": "notes"},
        Why.ADOPTED: {"date": "2026-10-12"},
        Why.SHARE: {"percent": 90.0, "base": 10},
    }
    values = given.get(why, {})
    said = say_reason(Reason(why, tuple(values.items())))
    assert said
    assert "{" not in said
    assert all(str(value).removesuffix(".0") in said for value in values.values())


@pytest.mark.parametrize(
    ("why", "values", "said"),
    [
        (Why.EXCHANGE, {"from": None, "until": "2026-10-30"}, "on exchange until 2026-10-30"),
        (Why.EXCHANGE, {"only": True}, "asked while on exchange only"),
        (Why.ROLE, {"from": "2026-10-12", "until": None}, "in the role since 2026-10-12"),
        (Why.ROLE, {}, "not in the role that the rule binds"),
        (
            Why.NOT_BOUND,
            {"from": "2026-10-12", "until": "2026-10-30"},
            "in the pair from 2026-10-12 to 2026-10-30 only",
        ),
        (Why.LEAVE, {"from": "2026-10-12", "until": "2026-10-30"}, "on leave from 2026-10-12 to 2026-10-30"),
    ],
)
def test_reasons_with_open_ends_are_said_naturally(why: Why, values: dict[str, object], said: str) -> None:
    assert say_reason(Reason(why, tuple(values.items()))) == said


def test_every_row_of_a_ledger_can_be_explained(school: School) -> None:
    school.member(ZHANG, since="10-12")
    school.leave(LI, "10-12", "10-30")
    school.training(WANG, "10-12")
    for row in school.ledger(*RULES).rows():
        assert explain(row)[0].startswith("Needed")


# what a book may hold besides


def test_marks_that_nobody_can_read_are_no_marks(school: School) -> None:
    session = school.session("10-14", status=SessionStatus.PLANNED)
    school.tables["attendance"] = {
        1: {"session": session, "member": ZHANG, "mark": ["present"]},
        2: {"session": [session], "member": ZHANG, "mark": "present"},
        3: {"session": session, "member": LI, "mark": "shining"},
        4: {},
    }
    ledger = school.ledger(*RULES)
    assert [ledger.of(requirement=ATTEND.key, unit=member)[0].done for member in (ZHANG, LI)] == [0, 0]


@pytest.mark.parametrize("answer", ["nan", "inf", "many", True, None, [5]])
def test_an_answer_that_is_no_number_is_no_answer(school: School, answer: object) -> None:
    rows = school.rows(rule(how_many=at_least(SettingRef("notes"))), answers={"notes": answer})
    assert {row.state for row in rows} == {State.SETTING_MISSING}


def test_days_at_the_ends_of_all_time_are_days_like_others(school: School) -> None:
    school.training(ZHANG, "10-12", "9999-12-30")
    school.training(LI, "0001-01-01")
    school.put(Session(id=1, group=GROUP, date=date.min, until=date.max, kind=None))
    school.edit("terms", 2, first_monday=date.min)
    for per in (REPORT.per, Per(unit=PerUnit.SESSION), WEEK):
        for row in school.ledger(replace(REPORT, per=per)).rows():
            assert explain(row)


def test_periods_turned_round_are_empty(school: School) -> None:
    school.leave(ZHANG, "10-30", "10-12")
    school.edit("memberships", ZHANG + 100, start=day("12-01"), until=day("10-01"))
    school.put(replace(SECOND, id=3, code="2027", start=SECOND.until, until=SECOND.start))
    assert school.rows(MONTHLY) == []
