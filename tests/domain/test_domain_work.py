"""Who owes what, how work spreads over a term."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from coordinator_tui.domain.records import Assignment, Member, Membership, Work
from coordinator_tui.domain.terms import default_term
from coordinator_tui.domain.vocabulary import WorkKind, WorkStatus
from coordinator_tui.domain.work import Cell, matrix, owed, pieces_done

NOTE = WorkKind.READING_NOTE
TERM = default_term("2026-2027-1")
MEMBERS = {at: Member(id=at, name=f"教师{at}") for at in (1, 2, 3)}
MEMBERSHIPS = [
    Membership(id=11, member=1, group=1),
    Membership(id=12, member=2, group=1, start=date(2026, 10, 15)),
    Membership(id=13, member=3, group=2),
]
SEPTEMBER = Assignment(id=91, group=1, kind=NOTE, title="九月", opens=date(2026, 9, 1), due=date(2026, 9, 30))
OCTOBER = Assignment(id=92, group=1, kind=NOTE, title="十月", opens=date(2026, 10, 1), due=date(2026, 10, 31))


def note(at: int, member: int, day: date, **fields: Any) -> Work:
    return Work(id=at, member=member, kind=fields.pop("kind", NOTE), date=day, **fields)


def debts(works: list[Work], today: date, *tasks: Assignment) -> list[tuple[int, int, int, bool]]:
    found = owed(tasks or (SEPTEMBER, OCTOBER), works, MEMBERS, MEMBERSHIPS, today)
    return [(item.member, item.assignment.id, item.missing, item.overdue) for item in found]


def test_everybody_in_the_group_on_the_due_day_owes_what_has_not_come_in() -> None:
    assert debts([], date(2026, 11, 21)) == [(1, 91, 1, True), (1, 92, 1, True), (2, 92, 1, True)]
    assert debts([], date(2026, 10, 20)) == [(1, 91, 1, True), (1, 92, 1, False), (2, 92, 1, False)]
    assert debts([], date(2026, 9, 20)) == [(1, 91, 1, False)]


def test_work_counts_once_for_the_assignment_it_names_or_the_one_it_came_in_time_for() -> None:
    works = [note(1, 1, date(2026, 10, 5)), note(2, 2, date(2026, 10, 30), assignment=92)]
    assert debts(works, date(2026, 11, 21)) == [(1, 91, 1, True)]
    late = [*works, note(3, 1, date(2026, 11, 2))]
    assert debts(late, date(2026, 11, 21)) == []
    assert pieces_done([SEPTEMBER, OCTOBER], late) == {(1, 92): 1, (1, 91): 1, (2, 92): 1}


def test_returned_work_other_kinds_and_too_early_work_are_not_done() -> None:
    works = [
        note(1, 1, date(2026, 9, 10), status=WorkStatus.RETURNED),
        note(2, 1, date(2026, 9, 10), kind=WorkKind.ESSAY),
        note(3, 1, date(2026, 8, 20)),
    ]
    assert debts(works, date(2026, 9, 30), SEPTEMBER) == [(1, 91, 1, False)]


def test_an_assignment_may_name_its_members_and_want_several_pieces_of_one_book() -> None:
    task = Assignment(
        id=93, group=1, kind=NOTE, title="共读", due=date(2026, 12, 31), pieces=2, members=(3,), reading=5
    )
    works = [note(1, 3, date(2026, 9, 10), reading=5), note(2, 3, date(2026, 9, 11), reading=6)]
    found = owed([task], works, MEMBERS, MEMBERSHIPS, date(2026, 11, 21))
    assert [(item.member, item.needed, item.done) for item in found] == [(3, 2, 1)]


@given(
    st.lists(
        st.builds(
            note,
            st.integers(1, 10**6),
            st.integers(1, 3),
            st.dates(date(2026, 8, 1), date(2026, 12, 1)),
            status=st.sampled_from(WorkStatus),
            assignment=st.sampled_from([None, None, 91, 92, 99]),
        ),
        unique_by=lambda work: work.id,
        max_size=12,
    )
)
def test_no_piece_counts_twice_and_more_work_never_makes_a_debt(works: list[Work]) -> None:
    tasks = [SEPTEMBER, OCTOBER]
    done = pieces_done(tasks, works)
    for member in MEMBERS:
        own = [work for work in works if work.member == member and work.status is not WorkStatus.RETURNED]
        assert sum(count for (who, _task), count in done.items() if who == member) <= len(own)
    before = sum(item.missing for item in owed(tasks, works, MEMBERS, MEMBERSHIPS, date(2026, 12, 2)))
    more = [*works, note(0, 1, date(2026, 10, 3))]
    assert sum(item.missing for item in owed(tasks, more, MEMBERS, MEMBERSHIPS, date(2026, 12, 2))) <= before


def test_the_matrix_spreads_work_over_the_months_of_the_term() -> None:
    works = [
        note(1, 1, date(2026, 9, 10), words=800, status=WorkStatus.CHECKED, grade="A"),
        note(2, 1, date(2026, 9, 20), words=600),
        note(3, 1, date(2026, 10, 20), words=700, status=WorkStatus.RETURNED),
        note(4, 3, date(2026, 9, 1)),
    ]
    found = matrix([MEMBERS[1], MEMBERS[2]], works, term=TERM, assignments=[SEPTEMBER, OCTOBER])
    assert [column.key for column in found.columns] == ["2026-09", "2026-10", "2026-11", "2026-12", "2027-01"]
    assert found.cell(1, "2026-09") == Cell(pieces=2, words=1400, checked=1, grades=("A",), works=(1, 2))
    assert found.cell(1, "2026-10") == Cell(returned=1, missing=1, works=(3,))
    assert found.cell(2, "2026-09") == Cell(missing=1)
    assert found.cell(2, "1999-01") == Cell()
    assert (found.rows[0].total.pieces, found.rows[0].total.words, found.rows[1].total.missing) == (2, 1400, 2)


def test_the_matrix_by_kind_and_by_assignment() -> None:
    works = [note(1, 1, date(2026, 9, 10), kind=WorkKind.ESSAY), note(2, 1, date(2026, 9, 10), assignment=91)]
    kinds = matrix([MEMBERS[1]], works, by="kind", assignments=[OCTOBER])
    assert [column.kind for column in kinds.columns] == [NOTE, WorkKind.ESSAY]
    assert kinds.cell(1, NOTE).missing == 1
    tasks = matrix([MEMBERS[1]], works, by="assignment", assignments=[OCTOBER, SEPTEMBER])
    assert [column.assignment for column in tasks.columns] == [SEPTEMBER, OCTOBER]
    assert [(cell.pieces, cell.missing) for cell in tasks.rows[0].cells] == [(1, 0), (0, 1)]
