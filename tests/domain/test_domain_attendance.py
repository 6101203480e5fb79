"""应到 is always the sum of all marks and of those not taken."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from coordinator_tui.domain.attendance import expected, late_entry, tally
from coordinator_tui.domain.leaves import approved_marks, planned_marks
from coordinator_tui.domain.records import Leave, Member, Membership, Session
from coordinator_tui.domain.vocabulary import LeaveStatus, Mark

IDS = st.lists(st.integers(1, 30), unique=True)
MARKS = st.dictionaries(st.integers(1, 40), st.none() | st.sampled_from(list(Mark)))


@given(MARKS, IDS)
def test_expected_is_the_sum_of_all_counts(marks: dict[int, Mark | None], ids: list[int]) -> None:
    found = tally(marks, ids)
    assert found.balanced
    assert found.expected == len(ids)
    assert set(found.counts) == {*Mark, "not_taken"}
    assert set(found.extra) == {member for member, mark in marks.items() if mark and member not in ids}
    assert found.attended == sum(1 for member in ids if marks.get(member) in {Mark.PRESENT, Mark.LATE, Mark.LEFT_EARLY})
    assert found.rate is None or 0 <= found.rate <= 1


@given(MARKS, IDS, st.integers(50, 60))
def test_the_exempt_and_those_not_taken_count_against_nobody(
    marks: dict[int, Mark | None], ids: list[int], another: int
) -> None:
    rate = tally(marks, ids).rate
    assert tally(marks, [*ids, another]).rate == rate
    assert tally({**marks, another: Mark.EXEMPT}, [*ids, another]).rate == rate


def test_the_rate_of_a_roll() -> None:
    marks = {1: Mark.PRESENT, 2: Mark.LATE, 3: Mark.SICK, 4: Mark.ABSENT, 5: Mark.EXEMPT}
    found = tally(marks, range(1, 7))
    assert (found.attended, found.counting, found.rate) == (2, 4, 0.5)
    assert tally({}, [1, 2]).rate is None


def test_those_count_who_belonged_to_the_group_on_the_day() -> None:
    members = {at: Member(id=at, name=f"教师{at}") for at in (1, 2)}
    joined = Membership(id=11, member=2, group=1, start=date(2026, 10, 1))
    memberships = [Membership(id=10, member=1, group=1), joined]
    before, after = (Session(id=at, group=1, date=date(2026, at, 9)) for at in (9, 10))
    assert expected(before, memberships, members) == [1]
    assert expected(after, memberships, members) == [1, 2]


def test_an_entry_is_late_after_the_days_of_grace() -> None:
    day = date(2026, 9, 9)
    assert [late_entry(day, date(2026, 9, at), 3) for at in (8, 9, 12, 13)] == [False, False, False, True]


def test_leave_known_in_advance_shows_approved_before_requested() -> None:
    def leave(at: int, member: int, status: LeaveStatus, first: int = 7) -> Leave:
        until = date(2026, 9, 11)
        return Leave(id=at, member=member, kind=Mark.SICK, start=date(2026, 9, first), until=until, status=status)

    leaves = [
        leave(1, 5, LeaveStatus.APPROVED),
        leave(2, 5, LeaveStatus.REQUESTED, 9),
        leave(3, 6, LeaveStatus.REQUESTED),
        leave(4, 7, LeaveStatus.WITHDRAWN),
    ]
    planned = planned_marks(leaves, date(2026, 9, 11), [7, 6, 5])
    assert {member: one.id for member, one in planned.items()} == {6: 3, 5: 1}
    assert approved_marks(planned) == {5: Mark.SICK}
    assert planned_marks(leaves, date(2026, 9, 12), [5, 6, 7]) == {}
