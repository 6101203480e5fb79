"""The members: finding, adding, editing, groups, leaving, merging, and one person's page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from desk import TODAY, at_desk, empty_book, make_book, meet, member

from coordinator_tui.book.book import Book
from coordinator_tui.book.groups import add_group
from coordinator_tui.book.leaves import add_leave, leaves_of
from coordinator_tui.book.members import add_member, deactivate, member_rows, memberships_of
from coordinator_tui.book.roll import RollCall
from coordinator_tui.book.terms import close_term
from coordinator_tui.book.work import assign, hand_in, works_of
from coordinator_tui.domain.vocabulary import Level, Mark, Role, WorkKind
from coordinator_tui.text import select_language
from coordinator_tui.tui.screens.members import MembersScreen
from coordinator_tui.tui.screens.members_page import MemberScreen
from coordinator_tui.tui.screens.session_page import SessionScreen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    select_language("en")
    with make_book(tmp_path / "group.coord") as made:
        yield made


# ---- finding


@pytest.mark.parametrize("typed", ["zs", "zhangsan", "张", "物理"])
async def test_a_person_is_found_by_pinyin_initials_name_or_subject_while_typing(book: Book, typed: str) -> None:
    async with at_desk(book, "members") as person:
        await person.press("/", typed)
        assert "1 person" in await person.look()
        assert "张三" in person.at
        await person.press("enter", "enter")
        assert person.on(MemberScreen)
        await person.press("escape", "escape")
        assert "6 people" in await person.look()


async def test_namesakes_are_told_apart_by_their_subject(book: Book) -> None:
    async with at_desk(book, "members") as person:
        text = await person.look()
        assert "王伟(数学)" in text
        assert "王伟(语文)" in text


async def test_the_list_shows_one_group_when_it_is_chosen(book: Book) -> None:
    other = add_group(book, "数学教研组")
    add_member(book, "赵六", group=other.id)
    async with at_desk(book, "members") as person:
        assert "7 people" in await person.look()
        await person.press("g", "home", "down", "enter")
        assert "数学教研组  1 person" in await person.look()
        assert "赵六" in person.at


async def test_those_who_left_are_shown_only_when_asked_for(book: Book) -> None:
    deactivate(book, member(book, "陈静"), until=TODAY - timedelta(days=1))
    async with at_desk(book, "members", (100, 30)) as person:
        assert not person.line("陈静")
        await person.press("t")
        assert "left 2026-11-17" in person.line("陈静")
        await person.press("t")
        assert not person.line("陈静")


# ---- adding and editing


async def test_a_member_is_added_with_all_fields_and_joins_the_group(book: Book) -> None:
    async with at_desk(book, "members") as person:
        await person.press("a", "赵六", "down", "美术", "down", "down", "right", "down", "9-1", "down", "right", "down")
        await person.press("1990.3", "ctrl+s")
        assert not person.asked
        assert "Added: 赵六" in person.said
        assert "赵六" in person.at
    added = book.members.get(member(book, "赵六"))
    assert (added.subject, added.birth, added.gender) == ("美术", "1990-03", "female")
    (membership,) = memberships_of(book, added.id)
    assert (membership.role, membership.start) == (Role.LEADER, date(2026, 9, 1))


async def test_a_namesake_is_asked_about_once_before_it_is_added(book: Book) -> None:
    async with at_desk(book, "members") as person:
        await person.press("a", "张 三", "ctrl+s")
        assert person.asked
        assert "In the book already: 张三 物理" in await person.look()
        assert len(book.members) == 6
        await person.press("ctrl+s")
        assert len(book.members) == 7


async def test_who_joins_after_rolls_were_taken_is_expected_from_today_and_not_before(book: Book) -> None:
    from coordinator_tui.book.today import half_taken

    RollCall(book, meet(book, -7).id).rest_present()
    async with at_desk(book, "members") as person:
        await person.press("a", "赵六", "ctrl+s")
        assert "Added" in person.said
    assert memberships_of(book, member(book, "赵六"))[0].start == TODAY
    assert not half_taken(book)


async def test_only_what_is_changed_in_the_form_is_written(book: Book) -> None:
    who = member(book, "张三")
    book.members.update(who, note="第一行\n第二行", honours=("县级骨干", "优秀教师"))
    async with at_desk(book, "members") as person:
        await person.press("/", "zs", "enter", "e")
        await person.press(*["down"] * 6, "city", "ctrl+s")
        assert "Saved: 张三" in person.said
    now = book.members.get(who)
    assert now.level is Level.BACKBONE_CITY
    assert now.note == "第一行\n第二行"
    assert now.honours == ("县级骨干", "优秀教师")


async def test_a_spouse_is_named_by_name_and_linked_on_both_sides(book: Book) -> None:
    async with at_desk(book, "members") as person:
        await person.press("/", "zs", "enter", "e", *["up"] * 3, "anran", "ctrl+s")
        assert not person.asked
    one, other = member(book, "张三"), member(book, "安然")
    assert book.members.get(one).spouse == other
    assert book.members.get(other).spouse == one


async def test_a_bad_date_is_said_under_its_field(book: Book) -> None:
    async with at_desk(book, "members") as person:
        await person.press("/", "zs", "enter", "e", "down", "down", "down", "1985.1", "ctrl+s")
        assert person.asked
        assert "January or October 1985" in await person.look()
        assert book.members.get(member(book, "张三")).birth is None


async def test_undo_takes_an_edit_back_on_screen(book: Book) -> None:
    async with at_desk(book, "members") as person:
        await person.press("a", "赵六", "ctrl+s", "u")
        assert "Undone" in person.said
        assert "6 people" in await person.look()


# ---- groups


async def test_several_people_selected_join_a_group_together(book: Book) -> None:
    add_group(book, "课题组")
    async with at_desk(book, "members") as person:
        await person.press("space", "space", "j")
        assert "2 people" in await person.look()
        await person.press("课题", "down", "right", "down", "2026-09-01", "ctrl+s")
        assert "2 people joined 课题组" in person.said
    group = next(group for group in book.groups if group.name == "课题组")
    joined = [m for m in book.memberships if m.group == group.id]
    assert [(m.role, m.start) for m in joined] == [(Role.LEADER, date(2026, 9, 1))] * 2
    book.undo()
    assert not [m for m in book.memberships if m.group == group.id], "one step"


async def test_leaving_a_group_keeps_the_last_day(book: Book) -> None:
    async with at_desk(book, "members") as person:
        await person.press("/", "zs", "enter", "o", "down", "end", "ctrl+u", "2026-11-30", "ctrl+s")
        assert "张三 leaves 语文教研组" in person.said
    assert memberships_of(book, member(book, "张三"))[0].until == date(2026, 11, 30)


async def test_a_group_is_added_renamed_and_removed(book: Book) -> None:
    async with at_desk(book, "members") as person:
        await person.press("g", "a", "课题组", "ctrl+s", "e", "一", "ctrl+s")
        assert {group.name for group in book.groups} == {"语文教研组", "课题组一"}
        await person.press("x", "y")
        assert {group.name for group in book.groups} == {"语文教研组"}
        await person.press("end", "x", "y")
        assert "语文教研组" in {group.name for group in book.groups}
        assert "语文教研组" in await person.look(), "a group that has members stays, and it says why"


# ---- leaving the school, merging, removing


async def test_leaving_the_school_names_what_will_happen_and_no_is_the_default(book: Book) -> None:
    who = member(book, "张三")
    async with at_desk(book, "members") as person:
        await person.press("/", "zs", "enter", "d", "ctrl+s")
        assert "张三 is expected nowhere after 2026-11-18" in await person.look()
        await person.press("enter")
        assert book.members.get(who).active_until is None
        await person.press("d", "ctrl+s", "y")
        assert book.members.get(who).active_until == TODAY
        assert "张三 leaves after 2026-11-18" in person.said


async def test_two_entries_of_one_person_become_one_after_saying_what_moves(book: Book) -> None:
    keep, other = member(book, "王伟(数学)"), member(book, "王伟(语文)")
    add_leave(book, other, kind=Mark.SICK, start=TODAY)
    async with at_desk(book, "members") as person:
        await person.go_to("王伟(数学)")
        await person.press("m")
        assert "王伟(语文)" in person.line(">"), "the likeliest stands first"
        await person.press("enter")
        assert "2 things" in await person.look()
        await person.press("y")
        assert "5 people" in await person.look()
    assert [leave.member for leave in leaves_of(book)] == [keep]
    assert book.members.find(other) is None


async def test_somebody_with_attendance_is_not_removed_and_it_says_what_to_do(book: Book) -> None:
    session = meet(book, 0)
    roll = RollCall(book, session.id)
    roll.mark(roll.rows[0].member, Mark.PRESENT)
    async with at_desk(book, "members") as person:
        await person.press("delete", "y")
        assert len(book.members) == 6
        assert "安然" in person.said
        await person.press("down", "delete", "y")
        assert len(book.members) == 5


# ---- one person's page


async def test_a_persons_term_stands_on_one_page(book: Book) -> None:
    who = member(book, "张三")
    held = meet(book, -7, "《背影》")
    meet(book, 7, "《春》")
    RollCall(book, held.id).mark(who, Mark.LATE, 10, "堵车")
    assign(book, "读书笔记", kind=WorkKind.READING_NOTE, due=TODAY - timedelta(days=2))
    hand_in(book, who, kind=WorkKind.PAPER, title="论文一篇", words=3000)
    add_leave(book, who, kind=Mark.OFFICIAL, start=TODAY + timedelta(days=7), reason="培训")
    async with at_desk(book, "members", (100, 30)) as person:
        await person.press("/", "zs", "enter", "enter")
        await person.look()
        assert "Late 10 min" in person.line("《背影》")
        assert "堵车" in person.line("《背影》")
        assert "to come" in person.line("《春》")
        assert "overdue" in person.line("读书笔记")
        assert "3000 words" in person.line("论文一篇")
        assert "Official leave" in person.line("培训")
        assert "语文教研组" in person.line("Group member")


async def test_lines_of_the_page_lead_on_and_keys_work_there(book: Book) -> None:
    who = member(book, "张三")
    meet(book, -7, "《背影》")
    assign(book, "读书笔记", kind=WorkKind.READING_NOTE, due=TODAY, members=(who,))
    async with at_desk(book, "members") as person:
        await person.press("/", "zs", "enter", "enter")
        await person.go_to("《背影》")
        await person.press("enter")
        assert person.on(SessionScreen)
        await person.press("escape")
        await person.go_to("读书笔记")
        await person.press("enter", "ctrl+s")
        assert [work.title for work in works_of(book, member=who)] == ["读书笔记"]
        await person.press("l", "ctrl+s")
        assert [leave.kind for leave in leaves_of(book, member=who)] == [Mark.PERSONAL]
        await person.press("h")
        assert "Who changed what: 张三" in await person.look()
        assert "Personal leave" in await person.look()
        await person.press("escape", "escape")
        assert person.on(MembersScreen)


async def test_a_person_removed_elsewhere_closes_the_page(book: Book) -> None:
    who = member(book, "张三")
    with Book.open(book.folder, user="wang", today=TODAY, remember=False) as other:
        async with at_desk(book, "members") as person:
            await person.press("/", "zs", "enter", "enter")
            from coordinator_tui.book.members import remove_member

            remove_member(other, who)
            await person.app._poll()
            await person.look()
            assert person.on(MembersScreen)
            assert "not in the book any more" in person.said


async def test_a_closed_term_refuses_leave_on_the_page_with_a_sentence(book: Book) -> None:
    close_term(book, "2026-2027-1")
    async with at_desk(book, "members") as person:
        await person.press("/", "zs", "enter", "enter", "l", "ctrl+s")
        assert "closed" in person.line("Term 2026-2027-1")


# ---- others, emptiness, both languages


async def test_a_member_added_elsewhere_appears_and_the_cursor_stays(book: Book) -> None:
    with Book.open(book.folder, user="wang", today=TODAY, remember=False) as other:
        async with at_desk(book, "members") as person:
            await person.press("end")
            add_member(other, "白一", group=other.group.id)
            await person.app._poll()
            assert "7 people" in await person.look()
            assert "张三" in person.at


async def test_an_empty_book_says_how_to_get_people_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    select_language("zh")
    with empty_book(tmp_path / "new.coord") as book:
        async with at_desk(book, "members") as person:
            for key in ("e", "d", "enter", "delete", "m", "h", "j", "space"):
                await person.press(key)
            text = await person.look()
            assert "i" in text
            assert "p" in text
            assert len(member_rows(book)) == 0
    select_language("en")


async def test_a_thousand_members_are_searched_at_once(book: Book) -> None:
    from time import process_time  # other programs on the machine do not count

    with book.step("members.add", name="many"):
        for number in range(1000):
            add_member(book, f"{'赵钱孙李周'[number % 5]}{'伟芳娜敏静丽强'[number % 7]}{number}", group=book.group.id)
    async with at_desk(book, "members") as person:
        start = process_time()
        await person.press("/", "qf")
        assert "people" in await person.look()
        assert process_time() - start < 3
        assert "钱芳" in person.at
