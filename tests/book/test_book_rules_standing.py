"""What the ledger says of a requirement as a whole, and in which order and words gaps are told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from coordinator_tui.book import rules, work
from coordinator_tui.book.groups import add_group, all_groups
from coordinator_tui.book.members import join_group
from coordinator_tui.book.rule_gaps import gaps, gathered, person_by_person, rows_of
from coordinator_tui.book.rule_ledger import ledger_lines
from coordinator_tui.book.rule_scores import scores
from coordinator_tui.book.rule_tasks import assign_from_rules, due_items, proposals
from coordinator_tui.domain.rules.result import State
from coordinator_tui.domain.vocabulary import WorkKind

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Member

OURS = """
format: 1
id: ours
title: Ours
source: Council
applies: All
version: 1
settings:
  papers: {title: Papers, why: No number in it, type: number}
clauses:
  - id: "1"
    text: Things.
    requirements:
      - {id: case, title: A case, what: {work: [case]}, how_many: 1, per: term, advice: true}
      - {id: paper, title: Papers, what: {work: [paper]}, how_many: {at_least: {setting: papers}}, per: term}
      - {id: study, title: Study, who: {each: school}, what: {sessions: [forum]}, how_many: 1, per: {weeks: 2}}
      - {id: note, title: A note, what: {work: [reading_note]}, how_many: 1, per: {months: 2}}
      - {id: show, title: A show, what: {sessions: [forum]}, who: {each: school}, how_many: 1, per: second_term}
"""


def test_what_is_only_advised_is_met_when_everybody_did_it(book: Book, people: dict[str, Member]) -> None:
    rules.adopt_text(book, OURS)
    states = []
    for member in people.values():
        line = next(line for line in ledger_lines(book) if line.title == "A case")
        states.append((line.count(State.MET), line.state))
        work.hand_in(book, member.id, kind=WorkKind.CASE, date=date(2026, 10, 12))
    assert states == [(at, State.NOT_YET) for at in range(5)]
    assert next(line for line in ledger_lines(book) if line.title == "A case").state is State.MET
    (row, *_others) = rows_of(book, requirement="ours/1/case")
    assert row.reasons()[-1].endswith("Met.")
    work.remove_work(book, row.row.evidence[0].id)
    (row, *_others) = rows_of(book, requirement="ours/1/case")
    assert row.reasons()[-1].endswith("advice.")


def test_what_nobody_can_know_is_not_called_none(book: Book, people: dict[str, Member]) -> None:
    assert people
    rules.adopt_text(book, OURS)
    line = next(line for line in ledger_lines(book) if line.title == "Papers")
    assert (line.known, line.to_json()["needed"], line.state) == (False, None, State.SETTING_MISSING)
    (row, *_others) = rows_of(book, requirement="ours/1/paper")
    assert row.reasons() == ["Cannot be computed: the setting “Papers (papers)” is unanswered."]
    rules.answer(book, "ours", "papers", 2)
    line = next(line for line in ledger_lines(book) if line.title == "Papers")
    assert (line.known, line.to_json()["needed"], line.state) == (True, 10, State.DUE)


def test_a_rule_of_the_second_term_asks_nothing_in_the_first(book: Book) -> None:
    rules.adopt_text(book, OURS)
    line = next(line for line in ledger_lines(book) if line.title == "A show")
    assert (line.state, line.rows, line.known) == (None, (), True)


def test_periods_are_called_as_people_call_them(book: Book, people: dict[str, Member]) -> None:
    assert people
    rules.adopt_text(book, OURS)
    called = {gap.title: gap.period for gap in gaps(book)}
    assert called["Study"] == "weeks 11 to 12"
    assert called["A note"] == "2026-11 to 2026-12"


def test_gaps_are_gathered_by_urgency_and_listed_in_the_order_of_names(book: Book, people: dict[str, Member]) -> None:
    rules.adopt_text(book, OURS)
    found = gaps(book)
    listed = [gap.who for gap in person_by_person(book, found)]
    assert listed[0] == "Riverside School"
    names = [name for name in dict.fromkeys(listed) if name in people]
    assert names == sorted(names, key=listed.index)
    assert len(dict.fromkeys(listed)) == len([1 for at, who in enumerate(listed) if not at or listed[at - 1] != who])
    sets = gathered(found, "requirement")
    assert [gaps[0].title for gaps in sets] == ["Study", "A note"]
    assert sorted(map(len, gathered(found, "member"))) == [2, 2, 2, 2, 2, len(sets[0])]


def test_groups_are_scored_in_the_order_in_which_they_are_printed(book: Book, people: dict[str, Member]) -> None:
    for name in ("语文组", "数学组", "高段备课组", "低段备课组", "音乐组"):
        join_group(book, people["张三"].id, add_group(book, name).id)
    rules.adopt(book, "scoring-5-group-assessment")
    assert [scored.who for scored in scores(book)] == [group.name for group in all_groups(book)]


TASKS = """
format: 1
id: tasks
title: Tasks
source: Council
applies: All
version: 1
clauses:
  - id: "1"
    text: Things.
    requirements:
      - {id: month, title: A note a month, what: {work: [reading_note]}, how_many: 1, per: month}
      - {id: term, title: Notes a term, what: {work: [reading_note, essay]}, how_many: 7, per: term}
      - {id: ten, title: Ten lessons observed, what: {work: [lesson_observation]}, how_many: 10, per: term}
      - {id: twelve, title: Twelve lessons observed, what: {work: [lesson_observation]}, how_many: 12, per: term}
      - {id: case, title: A case, what: {work: [case]}, how_many: 1, per: term, advice: true}
"""


def test_no_task_is_made_of_what_is_only_advised(book: Book, people: dict[str, Member]) -> None:
    assert people
    rules.adopt_text(book, TASKS)
    assert WorkKind.CASE not in {made.kind for made in proposals(book, coming=True)}


def test_a_piece_counts_for_one_task_so_no_task_asks_for_what_another_does(
    book: Book, people: dict[str, Member]
) -> None:
    rules.adopt_text(book, TASKS)
    made = [(each.title, each.pieces) for each in proposals(book, coming=True)]
    months = [(f"A note a month {month}", 1) for month in ("2026-09", "2026-10", "2026-11", "2026-12", "2027-01")]
    assert made == [
        *months[:4],
        months[4],
        ("Twelve lessons observed 2026-2027-1", 12),
        ("Notes a term 2026-2027-1", 2),
    ]
    assign_from_rules(book, proposals(book, coming=True))
    assert proposals(book, coming=True) == []
    assert sum(task.pieces for task in book.assignments.all() if task.kind is WorkKind.READING_NOTE) == 7
    owed_by_rules = [item for item in due_items(book, member=people["张三"].id) if item.gap is not None]
    assert owed_by_rules == []


def test_a_task_for_one_member_or_for_less_does_not_stand_for_the_rule(book: Book, people: dict[str, Member]) -> None:
    rules.adopt_text(book, TASKS)
    who = people["张三"].id
    due = book.term.until
    work.assign(book, "公开周听课", kind=WorkKind.LESSON_OBSERVATION, due=due, pieces=2, members=(who,))
    asked = {
        (member, each.pieces)
        for each in proposals(book)
        if each.kind is WorkKind.LESSON_OBSERVATION
        for member in each.members
    }
    assert asked == {(member.id, 10 if member.id == who else 12) for member in people.values()}
    titles = {item.title for item in due_items(book, member=who)}
    assert {"公开周听课", "Ten lessons observed", "Twelve lessons observed"} <= titles


def test_who_has_done_the_first_months_is_not_asked_for_them_in_the_terms_task(
    book: Book, people: dict[str, Member]
) -> None:
    rules.adopt_text(book, TASKS.replace("how_many: 7", "how_many: 5"))
    for month in (9, 10):
        work.hand_in(book, people["张三"].id, kind=WorkKind.READING_NOTE, date=date(2026, month, 20))
    assign_from_rules(book, proposals(book, coming=True))
    notes = [task for task in book.assignments.all() if task.kind is WorkKind.READING_NOTE]
    assert {task.pieces for task in notes} == {1}
    asked = [task.due.month for task in sorted(notes, key=lambda task: task.due) if people["张三"].id in task.members]
    assert asked == [11, 12, 1]
