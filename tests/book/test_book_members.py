"""Members, groups and memberships as the coordinator meets them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.book.errors import DecisionNeeded, NoSuchThing, Refused
from coordinator_tui.book.groups import add_group, edit_group, find_group, group_rows, remove_group
from coordinator_tui.book.history import history_of_member
from coordinator_tui.book.leaves import add_leave
from coordinator_tui.book.members import (
    add_member,
    deactivate,
    edit_member,
    find_member,
    join_group,
    leave_group,
    member_rows,
    members_of,
    memberships_of,
    name_of,
    reactivate,
    remove_member,
    search,
    take_out,
)
from coordinator_tui.book.merging import merge_members
from coordinator_tui.book.pages import member_page
from coordinator_tui.book.roll import RollCall
from coordinator_tui.book.schedule import add_session
from coordinator_tui.book.work import hand_in
from coordinator_tui.domain.vocabulary import GroupKind, Mark, Role, WorkKind

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Member

DAY = date(2026, 11, 18)


def test_members_are_listed_by_pinyin_and_found_by_what_people_type(book: Book, people: dict[str, Member]) -> None:
    assert [row.name for row in member_rows(book)] == ["阿依古丽·买买提", "李四", "王五", "张三", "赵六"]
    assert find_member(book, "zhangsan") == people["张三"]
    assert find_member(book, "ls") == people["李四"]
    assert find_member(book, "阿依古丽•买买提") == people["阿依古丽·买买提"]
    assert [row.name for row in search(book, "zh")] == ["张三", "赵六"]


def test_namesakes_are_told_apart_and_never_guessed(book: Book, people: dict[str, Member]) -> None:
    maths = add_member(book, "王伟", subject="数学", group=book.group.id)
    add_member(book, "王伟", subject="语文", group=book.group.id)
    assert name_of(book, maths.id) == "王伟(数学)"
    assert find_member(book, "王伟（数学）") == maths
    with pytest.raises(DecisionNeeded) as error:
        find_member(book, "王伟")
    assert error.value.exit_code == 5
    assert "王伟(数学)" in str(error.value)
    assert "王伟(语文)" in str(error.value)
    with pytest.raises(NoSuchThing):
        find_member(book, "钱七")
    assert people


def test_a_name_is_cleaned_of_what_nobody_can_see(book: Book) -> None:
    member = add_member(book, " 张\u200b三\x1b[31m\n")
    assert member.name == "张三\ufffd[31m"
    with pytest.raises(Refused, match="name"):
        add_member(book, "\u200b ")


def test_adding_a_member_to_a_group_is_one_step_to_undo(book: Book) -> None:
    add_member(book, "张三", group=book.group.id)
    report = book.undo()
    assert report is not None
    assert "张三" in report.sentence
    assert len(book.members) == len(book.memberships) == 0
    again = book.redo()
    assert again is not None
    assert [member.name for member in members_of(book, book.group.id)] == ["张三"]


def test_who_was_a_member_on_the_day_counts(book: Book, people: dict[str, Member]) -> None:
    leave_group(book, people["李四"].id, book.group.id, until=date(2026, 10, 31))
    names = [member.name for member in members_of(book, book.group.id, date(2026, 10, 31))]
    assert "李四" in names
    assert "李四" not in [member.name for member in members_of(book, book.group.id, DAY)]
    with pytest.raises(Refused, match="does not belong"):
        leave_group(book, people["李四"].id, book.group.id)


def test_somebody_who_left_a_group_can_come_back(book: Book, people: dict[str, Member]) -> None:
    who = people["李四"].id
    leave_group(book, who, book.group.id, until=date(2026, 10, 1))
    join_group(book, who, book.group.id, start=date(2026, 11, 1), role=Role.RECORDER)
    assert len(memberships_of(book, who)) == 2
    assert book.members.get(who) not in members_of(book, book.group.id, date(2026, 10, 15))
    assert book.members.get(who) in members_of(book, book.group.id, DAY)


def test_joining_again_changes_the_role(book: Book, people: dict[str, Member]) -> None:
    join_group(book, people["张三"].id, book.group.id, role=Role.LEADER)
    assert len(memberships_of(book, people["张三"].id)) == 1
    assert [leader.name for leader in group_rows(book)[0].leaders] == ["张三"]
    row = next(row for row in member_rows(book, group=book.group.id) if row.name == "张三")
    assert row.to_json()["role"] == "leader"
    assert row.to_json()["groups"] == ["英语教研组"]


def test_a_member_who_leaves_the_school_is_expected_nowhere_afterwards(book: Book, people: dict[str, Member]) -> None:
    deactivate(book, people["王五"].id, until=date(2026, 11, 1))
    assert "王五" not in [row.name for row in member_rows(book)]
    assert "王五" in [row.name for row in member_rows(book, everyone=True)]
    assert "王五" not in [member.name for member in members_of(book, book.group.id)]
    reactivate(book, people["王五"].id)
    assert "王五" in [row.name for row in member_rows(book)]


def test_editing_writes_only_what_differs(book: Book, people: dict[str, Member]) -> None:
    before = book.version
    edit_member(book, people["张三"].id, subject="英语")
    assert book.version == before
    edit_member(book, people["张三"].id, subject=None, phone="138 0000 1234")
    assert book.members.get(people["张三"].id).subject is None


def test_spouses_are_linked_on_both_sides(book: Book, people: dict[str, Member]) -> None:
    edit_member(book, people["张三"].id, spouse=people["李四"].id)
    assert book.members.get(people["李四"].id).spouse == people["张三"].id
    edit_member(book, people["李四"].id, spouse=people["王五"].id)
    assert book.members.get(people["张三"].id).spouse is None
    assert book.members.get(people["王五"].id).spouse == people["李四"].id
    with pytest.raises(Refused):
        edit_member(book, people["张三"].id, spouse=people["张三"].id)


def test_a_member_with_attendance_cannot_be_removed_one_without_can(book: Book, people: dict[str, Member]) -> None:
    session = add_session(book, date=DAY)
    RollCall(book, session.id).mark(people["张三"].id, Mark.PRESENT)
    with pytest.raises(Refused, match="members leave"):
        remove_member(book, people["张三"].id)
    remove_member(book, people["赵六"].id)
    assert people["赵六"].id not in book.members
    assert memberships_of(book, people["赵六"].id) == []


def test_merging_two_entries_moves_everything_to_the_one(book: Book, people: dict[str, Member]) -> None:
    first, second = add_session(book, date=DAY, start="8:00"), add_session(book, date=DAY, start="15:30")
    twin = add_member(book, "张 三", group=book.group.id, phone="13800001234")
    RollCall(book, first.id).mark(twin.id, Mark.LATE, 10)
    RollCall(book, second.id).mark(twin.id, Mark.SICK)
    RollCall(book, second.id).mark(people["张三"].id, Mark.PRESENT)
    hand_in(book, twin.id, kind=WorkKind.REFLECTION)
    edit_member(book, people["李四"].id, spouse=twin.id)
    report = merge_members(book, people["张三"].id, twin.id)
    assert report.member.phone == "13800001234"
    assert report.member.spouse == people["李四"].id
    assert [(kept.mark, other.mark) for kept, other in report.differing] == [(Mark.PRESENT, Mark.SICK)]
    assert RollCall(book, first.id).row(people["张三"].id).minutes == 10
    assert [work.member for work in book.work] == [people["张三"].id]
    assert book.members.get(people["李四"].id).spouse == people["张三"].id
    assert twin.id not in book.members
    book.undo()
    assert twin.id in book.members
    assert RollCall(book, first.id).row(twin.id).mark is Mark.LATE


def test_a_members_term_stands_on_one_page(book: Book, people: dict[str, Member]) -> None:
    who = people["张三"].id
    for day in (11, 18, 25):
        add_session(book, date=date(2026, 11, day), topic="Reading aloud")
    roll = RollCall(book, next(session.id for session in book.sessions if session.date == DAY))
    roll.mark(who, Mark.LATE, 10)
    hand_in(book, who, kind=WorkKind.READING_NOTE, words=800)
    add_leave(book, who, kind=Mark.OFFICIAL, start=date(2026, 11, 25))
    page = member_page(book, who)
    assert [part.mark for part in page.sessions] == [None, Mark.LATE, None]
    assert page.tally.expected == 2
    assert page.tally.attended == 1
    assert page.tally.balanced
    assert [work.words for work in page.work] == [800]
    assert [leave.kind for leave in page.leaves] == [Mark.OFFICIAL]
    assert [group.name for _membership, group in page.groups] == ["英语教研组"]
    assert {line.what for line in history_of_member(book, who)} == {
        "members",
        "memberships",
        "attendance",
        "leaves",
        "work",
    }


def test_groups_have_names_of_their_own(book: Book, people: dict[str, Member]) -> None:
    grade = add_group(book, "初一年级组")
    with pytest.raises(Refused, match="already"):
        add_group(book, "初一年级组 ")
    edit_group(book, grade.id, name="七年级组")
    assert find_group(book, "qnj") == book.groups.get(grade.id)
    with pytest.raises(DecisionNeeded):
        find_group(book, "组")
    with pytest.raises(NoSuchThing, match="七年级组"):
        find_group(book, "体育组")
    with pytest.raises(Refused, match="cannot be removed"):
        remove_group(book, book.group.id)
    remove_group(book, grade.id)
    assert [row.members for row in group_rows(book)] == [len(people)]


def test_a_membership_entered_by_mistake_leaves_no_trace_in_lists(book: Book, people: dict[str, Member]) -> None:
    take_out(book, memberships_of(book, people["张三"].id)[0].id)
    assert "张三" not in [member.name for member in members_of(book, book.group.id, date(2026, 9, 9))]


def test_the_groups_of_a_person_come_in_one_order_the_research_group_first(
    book: Book, people: dict[str, Member]
) -> None:
    made = [add_group(book, name, kind=kind) for name, kind in (
        ("工作小组", GroupKind.EXCHANGE), ("高段备课组", GroupKind.LESSON_PREPARATION),
        ("低段备课组", GroupKind.LESSON_PREPARATION),
    )]  # fmt: skip
    for group in made:
        join_group(book, people["张三"].id, group.id)
    row = next(row for row in member_rows(book) if row.member.id == people["张三"].id)
    assert [group.name for group in row.groups] == [book.group.name, "低段备课组", "高段备课组", "工作小组"]
