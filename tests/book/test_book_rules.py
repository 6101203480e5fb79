"""A school adopts its regulation: its own copy, its answers, the ledger that follows every edit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.book import leaves, rules, schedule, work
from coordinator_tui.book.errors import NoSuchThing, Refused
from coordinator_tui.book.roll import RollCall
from coordinator_tui.book.rule_gaps import find_requirement, gaps, rows_of
from coordinator_tui.book.rule_ledger import adopted, ledger, ledger_lines, world
from coordinator_tui.book.rule_scores import appeal, commended, hours, scores
from coordinator_tui.book.rule_tasks import (
    assign_from_rules,
    due_items,
    find_cadence,
    plan_cadence,
    preview_cadence,
    proposals,
)
from coordinator_tui.book.summary import group_summary
from coordinator_tui.domain.rules.engine import Ledger
from coordinator_tui.domain.rules.result import State
from coordinator_tui.domain.vocabulary import Mark, SessionKind, WorkKind

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Member

MINE = """
format: 1
id: mine
title: 本校制度
source: 校务会议通过
applies: 全体教师
version: 1
settings:
  pieces:
    title: 每学期论文篇数
    why: 原文没有写数字
    type: number
    least: 0
    most: 20
clauses:
  - id: "1"
    text: 每月写一篇读书笔记。
    requirements:
      - {id: note, title: 每月一篇笔记, what: {work: [reading_note]}, how_many: 1, per: month}
  - id: "2"
    text: 每学期写论文若干篇。
    requirements:
      - {id: papers, title: 论文, what: {work: [paper]}, how_many: {at_least: {setting: pieces}}, per: term}
  - id: "3"
    text: 每周一次业务学习，政教处、教导处轮流主持。
    cadences:
      - {id: weekly, title: 每周业务学习, kind: professional_study, every: 1, minutes: 90, hosts: [政教处, 教导处]}
"""


def notes(book: Book, member: Member, *days: date) -> None:
    for day in days:
        work.hand_in(book, member.id, kind=WorkKind.READING_NOTE, date=day)


# adopting


def test_a_shipped_pack_is_adopted_once(book: Book) -> None:
    made = rules.adopt(book, "s19")
    assert made.since == book.today
    assert [each.pack.id for each in rules.packs(book)] == ["s19"]
    with pytest.raises(Refused, match="in force already"):
        rules.adopt(book, "s19")


def test_an_unknown_pack_is_refused_with_those_there_are(book: Book) -> None:
    with pytest.raises(NoSuchThing, match="s01, s02"):
        rules.adopt(book, "s99")


def test_a_pack_is_found_by_its_title(book: Book) -> None:
    rules.adopt_text(book, MINE)
    assert rules.find_pack(book, "本校制度").pack.id == "mine"
    with pytest.raises(NoSuchThing, match="in force are: mine"):
        rules.find_pack(book, "s19")


def test_a_text_with_a_mistake_leaves_the_pack_that_was_there(book: Book) -> None:
    rules.adopt_text(book, MINE)
    with pytest.raises(Refused, match="month"):
        rules.edit(book, "mine", MINE.replace("per: month", "per: mouth"))
    with pytest.raises(Refused):
        rules.adopt_text(book, MINE.replace("version: 1", "verzion: 1"), replace=True)
    assert rules.find_pack(book, "mine").record.text == MINE.strip()


def test_a_pack_of_another_name_cannot_take_its_place(book: Book) -> None:
    rules.adopt_text(book, MINE)
    with pytest.raises(Refused, match="not of “mine”"):
        rules.edit(book, "mine", MINE.replace("id: mine", "id: other"))


def test_a_dropped_pack_comes_back_as_the_school_left_it(book: Book) -> None:
    rules.adopt(book, "s19")
    edited = rules.find_pack(book, "s19").record.text + "\n# our own remark"
    rules.edit(book, "s19", edited)
    rules.answer(book, "s19", "notes_per_term", "5")
    rules.drop(book, "s19")
    assert rules.packs(book) == []
    assert gaps(book) == []
    again = rules.adopt(book, "s19")
    assert again.record.text == edited
    assert again.answers["notes_per_term"] == 5


def test_adopting_and_answering_can_be_undone(book: Book) -> None:
    rules.adopt_text(book, MINE)
    rules.answer(book, "mine", "pieces", "2")
    book.undo()
    assert rules.find_pack(book, "mine").answers == {}
    book.undo()
    assert rules.packs(book) == []


# answers


def test_what_the_document_leaves_open_is_asked_and_never_invented(book: Book, people: dict[str, Member]) -> None:
    rules.adopt_text(book, MINE)
    assert [question.setting.key for question in rules.open_questions(book)] == ["pieces"]
    states = {gap.row.state for gap in rows_of(book, requirement="mine/2/papers")}
    assert states == {State.SETTING_MISSING}
    rules.answer(book, "mine", "pieces", "2")
    assert rules.open_questions(book) == []
    assert {gap.row.needed for gap in rows_of(book, requirement="mine/2/papers", member=people["张三"].id)} == {2}


def test_an_answer_out_of_bounds_is_refused_in_one_sentence(book: Book) -> None:
    rules.adopt_text(book, MINE)
    with pytest.raises(Refused, match="20"):
        rules.answer(book, "mine", "pieces", "50")
    with pytest.raises(NoSuchThing, match="it has: pieces"):
        rules.answer(book, "mine", "peaces", "5")
    assert rules.find_pack(book, "mine").answers == {}


# upgrades


def test_a_newer_shipped_version_is_shown_and_never_written_unasked(book: Book) -> None:
    rules.adopt(book, "s19")
    assert rules.upgrade_of(book, "s19") is None
    own = rules.find_pack(book, "s19").record
    book.packs.update(own.id, shipped=own.text.replace("version: 1", "version: 0"), text=own.text + "\n# ours")
    news = rules.upgrade_of(book, "s19")
    assert news is not None
    assert news.own_changes
    assert "-# ours" in news.diff
    assert rules.find_pack(book, "s19").record.text.endswith("# ours")
    rules.take_upgrade(book, "s19", keep_own=True)
    assert rules.find_pack(book, "s19").record.text.endswith("# ours")
    assert rules.upgrade_of(book, "s19") is None


# the ledger follows


def fresh(book: Book) -> list[object]:
    term = book.term
    return list(Ledger(adopted(book), world(book), term.start, term.until).rows())


def test_the_ledger_follows_every_kind_of_edit(book: Book, people: dict[str, Member]) -> None:
    rules.adopt(book, "s19", answers={"notes_per_term": 5})
    rules.adopt_text(book, MINE)
    session = schedule.add_session(book, date=date(2026, 11, 17), kind=SessionKind.PROFESSIONAL_STUDY, topic="语言")
    other = schedule.add_session(book, date=date(2026, 10, 13), kind=SessionKind.GROUP_RESEARCH, topic="作业")
    steps = [
        lambda: notes(book, people["张三"], date(2026, 9, 20), date(2026, 10, 9)),
        lambda: RollCall(book, session.id).mark(people["李四"].id, Mark.LATE, minutes=5),
        lambda: schedule.cancel_session(book, other.id, reason="停电"),
        book.undo,
        lambda: schedule.edit_session(book, session.id, speaker="王五"),
        lambda: leaves.add_leave(
            book, people["王五"].id, kind=Mark.SICK, start=date(2026, 10, 1), until=date(2026, 10, 31)
        ),
        lambda: rules.answer(book, "mine", "pieces", 1),
        lambda: book.members.update(people["赵六"].id, active_from="2026-10-12"),
        lambda: RollCall(book, session.id).clear(people["李四"].id),
        book.undo,
        book.undo,
    ]
    for step in steps:
        ledger(book)
        step()
        assert list(ledger(book).rows()) == fresh(book)


def test_one_who_joined_in_october_owes_no_september_note(book: Book, people: dict[str, Member]) -> None:
    rules.adopt_text(book, MINE)
    book.members.update(people["赵六"].id, active_from=date(2026, 10, 12))
    owed = gaps(book, member=people["赵六"].id, requirement="mine/1/note")
    assert [gap.row.period.label for gap in owed] == ["2026-10", "2026-11"]
    assert [gap.overdue for gap in owed] == [True, False]


def test_gaps_of_a_group_are_those_of_its_members_and_say_why(book: Book, people: dict[str, Member]) -> None:
    rules.adopt_text(book, MINE)
    notes(book, people["张三"], date(2026, 9, 20), date(2026, 10, 9))
    mine = gaps(book, member=people["张三"].id)
    assert [(gap.who, gap.period, gap.row.needed, gap.row.done) for gap in mine] == [("张三", "2026-11", 1, 0)]
    assert mine[0].to_json()["requirement"] == "mine/1/note"
    assert {gap.who for gap in gaps(book, group=book.group.id)} == set(people)
    assert mine[0].reasons()


def test_a_requirement_is_found_by_key_clause_and_title(book: Book) -> None:
    rules.adopt_text(book, MINE)
    for text in ("mine/1/note", "note", "mine/1", "每月一篇笔记"):
        assert find_requirement(book, text).key == "mine/1/note"
    with pytest.raises(NoSuchThing):
        find_requirement(book, "nothing")


def test_the_ledger_has_a_line_for_every_clause(book: Book, people: dict[str, Member]) -> None:
    rules.adopt_text(book, MINE)
    notes(book, people["张三"], date(2026, 9, 20))
    lines = ledger_lines(book)
    assert [(line.clause.id, line.kind) for line in lines] == [
        ("1", "requirement"),
        ("2", "requirement"),
        ("3", "cadence"),
    ]
    assert (lines[0].needed, lines[0].done) == (15, 1)
    assert [each.table for each in lines[0].evidence] == ["work"]
    assert lines[1].state is State.SETTING_MISSING


# tasks and series from rules


def test_tasks_come_from_the_rules_by_themselves(book: Book, people: dict[str, Member]) -> None:
    rules.adopt_text(book, MINE)
    notes(book, people["张三"], date(2026, 9, 20), date(2026, 10, 9), date(2026, 11, 3))
    items = due_items(book, group=book.group.id)
    assert {item.who for item in items} == set(people) - {"张三"}
    assert {(item.title, item.due) for item in items} == {
        ("每月一篇笔记", date(2026, 9, 30)),
        ("每月一篇笔记", date(2026, 10, 31)),
        ("每月一篇笔记", date(2026, 11, 30)),
    }


def test_an_assignment_made_of_a_rule_stands_once(book: Book, people: dict[str, Member]) -> None:
    rules.adopt_text(book, MINE)
    before = len(due_items(book, group=book.group.id))
    wanted = proposals(book, group=book.group.id)
    assert [proposal.requirement for proposal in wanted] == [
        "mine/1/note@2026-09",
        "mine/1/note@2026-10",
        "mine/1/note@2026-11",
    ]
    made = assign_from_rules(book, wanted)
    assert len(made) == 3
    assert set(made[0].members) == {member.id for member in people.values()}
    assert len(due_items(book, group=book.group.id)) == before
    assert proposals(book, group=book.group.id) == []
    book.undo()
    assert not list(book.assignments)


def test_a_clause_plans_its_own_series(book: Book) -> None:
    rules.adopt_text(book, MINE)
    pack, cadence = find_cadence(book, "mine", "3")
    with pytest.raises(Refused, match="weekday"):
        preview_cadence(book, pack, cadence, group=book.group.id)
    preview = preview_cadence(book, pack, cadence, group=book.group.id, weekday=3, start="15:30")
    made = plan_cadence(book, preview)
    assert made[0].date == date(2026, 9, 2)
    assert made[0].end == "17:00"
    assert [session.host for session in made[:3]] == ["政教处", "教导处", "政教处"]
    again = preview_cadence(book, pack, cadence, group=book.group.id, weekday=3, start="15:30")
    assert again.sessions == ()
    book.undo()
    assert not list(book.series)
    assert not list(book.sessions)


# what the summary takes from it


def test_the_summary_carries_the_score_once_the_school_said_what_marks_are_worth(
    book: Book, people: dict[str, Member]
) -> None:
    session = schedule.add_session(book, date=date(2026, 11, 17), kind=SessionKind.POLICY_STUDY, topic="师德")
    RollCall(book, session.id).mark(people["张三"].id, Mark.LATE, minutes=5)
    RollCall(book, session.id).mark(people["李四"].id, Mark.PRESENT)
    rules.adopt(book, "s19")
    assert {row.score for row in group_summary(book, scored=True).members} == {None}
    points = {"diligence_full": 10, "late_points": -0.5, "left_early_points": -0.5, "absent_points": -1}
    for key, value in points.items():
        rules.answer(book, "s19", key, value)
    known = {row.name: row.score for row in group_summary(book, scored=True).members}
    assert (known["张三"], known["李四"]) == (9.5, 10)
    reasons = [line.text for line in scores(book, member=people["张三"].id)[0].score.lines]
    assert len(reasons) == 2


def test_nobody_is_commended_by_attendance_alone(book: Book, people: dict[str, Member]) -> None:
    assert people
    points = {"diligence_full": 10, "late_points": -0.5, "left_early_points": -0.5, "absent_points": -1}
    rules.adopt(book, "s19", answers=points)
    with pytest.raises(Refused, match="attendance alone"):
        commended(book)


def test_an_appeal_stands_beside_the_score_and_changes_nothing(book: Book, people: dict[str, Member]) -> None:
    points = {"diligence_full": 10, "late_points": -0.5, "left_early_points": -0.5, "absent_points": -1}
    rules.adopt(book, "s19", answers=points)
    before = scores(book, member=people["张三"].id)[0].score.total
    appeal(book, people["张三"].id, "第9周是公假", outcome="已更正点名")
    now = scores(book, member=people["张三"].id)[0].score
    assert now.total == before
    assert [one.outcome for one in now.appeals] == ["已更正点名"]


def test_credit_hours_are_of_the_school_year_and_the_cycle(book: Book, people: dict[str, Member]) -> None:
    with pytest.raises(NoSuchThing, match="adopt hours"):
        hours(book)
    rules.adopt(book, "hours")
    book.trainings.add(
        member=people["张三"].id, title="新课标培训", start=date(2026, 10, 9), hours=24, area="professional"
    )
    row = hours(book, member=people["张三"].id)[0]
    assert (row.needed, row.counted, row.gap, row.cycle_needed) == (72, 24, 48, 360)
