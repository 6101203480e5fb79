"""Taking a roster in: what is new, what changes, what has to be asked, and the same roster again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from coordinator_tui.book.errors import DecisionNeeded
from coordinator_tui.book.groups import find_group
from coordinator_tui.book.import_members import FieldChange, commit_import, plan_import
from coordinator_tui.book.members import add_member, edit_member, leave_group, member_rows, members_of, memberships_of
from coordinator_tui.domain.roster import RosterRow
from coordinator_tui.domain.vocabulary import GroupKind, Level, Role

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Member


def row(number: int, name: str, **fields: Any) -> RosterRow:
    return RosterRow(row=number, name=name, **fields)


def test_a_roster_into_an_empty_book(book: Book) -> None:
    rows = [
        row(4, "张三", gender="male", birth="1985-03", subject="英语", groups=(("英语组", Role.LEADER),)),
        row(5, "李四", phone="13800001234", honours=("县级骨干",), groups=(("初一备课组", Role.MEMBER),)),
    ]
    plan = plan_import(book, rows)
    assert (len(plan.added), len(plan.updated), plan.questions, plan.refused) == (2, 0, (), ())
    assert plan.new_groups == ("初一备课组",)
    assert len(book.members) == 0
    before = book.version
    result = commit_import(plan)
    assert book.version == before + 1
    assert result.to_json() == {"added": 2, "updated": 0, "unchanged": 0, "skipped": 0, "refused": []}
    assert find_group(book, "初一备课组").kind is GroupKind.LESSON_PREPARATION
    leader = next(entry for entry in member_rows(book) if entry.name == "张三")
    assert (leader.role, leader.member.birth) == (Role.LEADER, "1985-03")


def test_an_import_is_one_step_to_undo(book: Book, people: dict[str, Member]) -> None:
    rows = [row(2, f"新{name}", subject="音乐", groups=(("音乐组", Role.MEMBER),)) for name in "一二三四"]
    commit_import(plan_import(book, [*rows, row(9, "张三", subject="英语", phone="13900000000")]))
    report = book.undo()
    assert report is not None
    assert "4" in report.sentence
    assert len(book.members) == len(people)
    assert book.members.get(people["张三"].id).phone is None
    assert [group.name for group in book.groups] == ["英语教研组"]
    book.redo()
    assert len(book.members) == len(people) + 4


def test_the_same_roster_again_changes_nothing(book: Book) -> None:
    rows = [
        row(2, "张三", birth="1985-03", groups=(("英语组", Role.MEMBER),)),
        row(3, "王伟", subject="数学", phone="138 0000 1111"),
        row(4, "王伟", subject="语文", phone="138 0000 2222"),
        row(5, "阿依古丽·买买提", subject="英语"),
    ]
    commit_import(plan_import(book, rows, group=book.group.id))
    assert len(book.members) == 4
    again = plan_import(book, rows, group=book.group.id)
    assert (again.added, again.updated, again.questions) == ((), (), ())
    assert len(again.unchanged) == 4
    before = book.version
    commit_import(again)
    assert book.version == before


def test_what_differs_is_shown_old_and_new_and_nothing_known_is_taken_away(book: Book) -> None:
    who = add_member(book, "张三", subject="英语", birth="1985", phone="13800001234", note="keeps the keys")
    plan = plan_import(book, [row(2, "张　三", birth="1985-03", phone="13800001234", level=Level.REGULAR)])
    assert plan.updated[0].changes == (FieldChange("birth", "1985", "1985-03"), FieldChange("level", None, "regular"))
    commit_import(plan)
    now = book.members.get(who.id)
    assert (now.name, now.birth, now.level, now.note) == ("张三", "1985-03", Level.REGULAR, "keeps the keys")
    less = plan_import(book, [row(2, "张三", birth="1985", phone="13800001234")])
    assert less.updated == ()


def test_ways_of_writing_a_name_do_not_make_a_second_person(book: Book, people: dict[str, Member]) -> None:
    plan = plan_import(book, [row(2, "阿依古丽•买买提"), row(3, "张 三"), row(4, "李四", subject="英语")])
    assert plan.added == ()
    assert {member.name for member in plan.unchanged} == {"阿依古丽·买买提", "张三", "李四"}
    assert people


def test_a_namesake_is_found_by_phone_birth_or_subject(book: Book) -> None:
    maths = add_member(book, "王伟", subject="数学", birth="1980-01", phone="13800001111")
    chinese = add_member(book, "王伟", subject="语文", birth="1990-05", phone="13800002222")
    plan = plan_import(
        book, [row(2, "王伟", phone="+86 13800002222", subject="体育"), row(3, "王伟", birth="1980-01-05")]
    )
    assert [update.member.id for update in plan.updated] == [chinese.id, maths.id]


def test_what_cannot_be_told_is_asked_and_nothing_is_written_without_an_answer(book: Book) -> None:
    maths = add_member(book, "王伟", subject="数学")
    add_member(book, "王伟", subject="语文")
    plan = plan_import(book, [row(2, "王伟"), row(3, "赵一")])
    assert [question.row.row for question in plan.questions] == [2]
    assert len(plan.questions[0].candidates) == 2
    before = book.version
    with pytest.raises(DecisionNeeded) as error:
        commit_import(plan)
    assert error.value.exit_code == 5
    assert "Row 2" in str(error.value)
    assert book.version == before
    result = commit_import(plan, {2: maths.id})
    assert (result.added, result.updated, result.unchanged) == (1, 0, 1)


def test_answers_may_be_a_new_person_or_leave_the_row_out(book: Book) -> None:
    add_member(book, "王伟", subject="数学")
    plan = plan_import(book, [row(2, "王伟", subject="体育"), row(3, "王伟", subject="音乐")])
    assert len(plan.questions) == 2
    result = commit_import(plan, {2: "new", 3: "skip"})
    assert (result.added, result.skipped) == (1, 1)
    assert sorted(member.subject or "" for member in book.members) == ["体育", "数学"]


def test_somebody_born_another_day_is_another_person(book: Book) -> None:
    add_member(book, "王伟", birth="1980-01-05")
    plan = plan_import(book, [row(2, "王伟", birth="1991-02-01")])
    assert (len(plan.added), plan.questions) == (1, ())


def test_another_month_of_the_same_year_may_be_a_slip_and_is_asked_about(book: Book) -> None:
    add_member(book, "曹梦洁", birth="1990-04", subject="音乐")
    plan = plan_import(book, [row(2, "曹梦洁", birth="1990-05", subject="音乐")])
    assert (plan.added, len(plan.questions)) == ((), 1)


def test_a_person_listed_under_two_groups_is_one_person(book: Book) -> None:
    rows = [
        row(2, "张三", birth="1985-03", groups=(("英语组", Role.MEMBER),)),
        row(9, "张三", birth="1985-03", groups=(("初一年级组", Role.LEADER),)),
    ]
    result = commit_import(plan_import(book, rows))
    assert result.added == 1
    who = next(iter(book.members))
    assert {book.groups.get(m.group).name for m in memberships_of(book, who.id)} == {"英语教研组", "初一年级组"}


def test_a_row_twice_in_the_roster_is_asked_about(book: Book) -> None:
    rows = [row(2, "张三", groups=(("英语组", Role.MEMBER),)), row(3, "张三", groups=(("数学组", Role.MEMBER),))]
    plan = plan_import(book, rows)
    assert [(question.row.row, question.earlier) for question in plan.questions] == [(3, 2)]
    result = commit_import(plan, {3: "same"})
    assert result.added == 1
    assert len(book.memberships) == 2


def test_two_rows_of_one_name_and_two_subjects_are_two_people(book: Book) -> None:
    plan = plan_import(book, [row(2, "王伟", subject="数学"), row(3, "王伟", subject="语文")])
    assert (len(plan.added), plan.questions) == (2, ())


def test_a_row_without_a_name_is_refused_and_the_others_go_in(book: Book) -> None:
    plan = plan_import(book, [row(7, " \u200b"), row(8, "张三")])
    assert [(refusal.row, refusal.column) for refusal in plan.refused] == [(7, "name")]
    assert "name" in plan.refused[0].to_json()["reason"]
    assert commit_import(plan).added == 1


def test_a_role_in_the_roster_is_taken_over_and_plain_membership_takes_none_away(
    book: Book, people: dict[str, Member]
) -> None:
    leader = plan_import(book, [row(2, "张三", groups=(("英语教研组", Role.LEADER),))])
    assert [update.groups for update in leader.updated] == [(("英语教研组", Role.LEADER),)]
    commit_import(leader)
    assert memberships_of(book, people["张三"].id)[0].role is Role.LEADER
    plain = plan_import(book, [row(2, "张三", groups=(("英语教研组", Role.MEMBER),))])
    assert plain.updated == ()


def test_somebody_who_had_left_the_group_joins_again(book: Book, people: dict[str, Member]) -> None:
    from datetime import date

    leave_group(book, people["张三"].id, book.group.id, until=date(2026, 9, 30))
    commit_import(plan_import(book, [row(2, "张三")], group=book.group.id, start=date(2026, 11, 1)))
    assert people["张三"].id in [member.id for member in members_of(book, book.group.id)]
    assert people["张三"].id not in [member.id for member in members_of(book, book.group.id, date(2026, 10, 15))]


def test_ten_thousand_rows_are_one_line_of_the_log(book: Book) -> None:
    surnames, given = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", "明华强丽娟敏静磊军洋勇艳杰涛超秀霞平刚桂"
    rows = [
        row(
            number,
            surnames[number % 20] + given[number // 20 % 20] + given[number // 400 % 20],
            birth=f"{1965 + number // 400}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            subject="英语",
            groups=((f"第{number % 50}组", Role.MEMBER),),
        )
        for number in range(10_000)
    ]
    before = book.version
    plan = plan_import(book, rows)
    result = commit_import(plan, dict.fromkeys((question.row.row for question in plan.questions), "new"))
    assert result.added == 10_000
    assert book.version == before + 1
    assert len(book.members) == 10_000


def test_an_edit_by_hand_is_seen_as_a_change_by_the_next_import(book: Book) -> None:
    commit_import(plan_import(book, [row(2, "张三", birth="1985-03", subject="英语")]))
    edit_member(book, next(iter(book.members)).id, subject="数学")
    plan = plan_import(book, [row(2, "张三", birth="1985-03", subject="英语")])
    assert plan.updated[0].changes == (FieldChange("subject", "数学", "英语"),)


def test_a_roster_that_shortens_the_name_of_our_group_means_our_group(book: Book) -> None:
    short = find_group(book, "英语教研组").name.replace("教研组", "组")
    plan = plan_import(book, [row(2, "顾南舟", groups=((short, Role.MEMBER),))])
    assert plan.new_groups == ()
    commit_import(plan)
    assert [member.name for member in members_of(book, book.group.id)] == ["顾南舟"]


def test_a_preparation_group_is_not_the_research_group_of_its_subject(book: Book) -> None:
    plan = plan_import(book, [row(2, "顾南舟", groups=(("英语备课组", Role.MEMBER),))])
    assert plan.new_groups == ("英语备课组",)


def test_a_group_that_only_the_roster_knows_is_a_research_group(book: Book) -> None:
    commit_import(plan_import(book, [row(2, "顾南舟", groups=(("音乐组", Role.MEMBER),))]))
    assert find_group(book, "音乐组").kind is GroupKind.TEACHING_RESEARCH
