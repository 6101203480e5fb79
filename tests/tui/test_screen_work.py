"""Reading and work at the keyboard: hand in, check, return, what is missing, assignments, readings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from keyboard import Keyboard, at_program

from coordinator_tui.book import readings, terms, work
from coordinator_tui.book.book import Book
from coordinator_tui.book.members import add_member
from coordinator_tui.domain.vocabulary import ReadingKind, WorkKind, WorkStatus
from coordinator_tui.text import cells, select_language
from coordinator_tui.tui.screens.work import WorkScreen
from coordinator_tui.tui.screens.work_pieces import PiecesScreen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coordinator_tui.domain.records import Work

TODAY = date(2026, 11, 20)
PEOPLE = ("安然", "陈静", "李强", "王伟", "张三")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    """A group of five with a reading note due in October and one in November."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    select_language("en")
    with Book.create(
        tmp_path / "g.coord", group="语文组", term="2026-2027-1", user="li", today=TODAY, remember=False
    ) as made:
        for name in PEOPLE:
            add_member(made, name, group=made.group.id)
        for month in (10, 11):
            opens = date(2026, month, 1)
            due = date(2026, month, 28)
            work.assign(made, f"{month}月笔记", kind=WorkKind.READING_NOTE, due=due, opens=opens, words=800)
        yield made


def pieces(book: Book) -> list[Work]:
    return work.works_of(book)


def at(person: Keyboard) -> tuple[str, int]:
    """Whose row and which column the cursor is in."""
    screen = person.screen(WorkScreen)
    assert screen.table is not None
    return screen.table.name(screen.grid.cursor_id or 0), screen.grid.at


def told(person: Keyboard) -> str:
    """The line about the cursor's cell."""
    return person.lines[-3]


# the matrix


async def test_months_open_first_with_the_cursor_in_the_current_month(book: Book) -> None:
    async with at_program(book, "work") as person:
        head = person.line("name")
        assert "Sep" in head
        assert "Nov" in head
        assert at(person) == ("安然", 2)
        assert "miss" in person.line("安然"), "October's note is overdue"
        assert "todo" in person.line("安然"), "November's is still to come"
        assert "owed 10" in person.text
        assert "overdue 5" in person.text


async def test_tab_goes_from_months_to_kinds_to_assignments_and_round(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("tab")
        assert "Reading note" in person.line("name")
        await person.press("v")
        assert "10-28 10月笔记" in person.line("name")
        await person.press("tab")
        assert "Oct" in person.line("name")
        await person.press("shift+tab")
        assert "10-28 10月笔记" in person.line("name")


async def test_arrows_go_through_cells_both_ways_and_end_in_the_total(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("down", "left")
        assert at(person) == ("陈静", 1)
        await person.press("right", "right", "right", "right", "right", "right")
        assert at(person) == ("陈静", 5)
        assert person.screen(WorkScreen).grid.on_total
        assert "all together" in told(person)


async def test_one_key_hands_in_for_the_month_and_digits_are_its_words(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("h")
        assert [piece.words for piece in pieces(book)] == [None], "it is on disk before anything else is typed"
        await person.press("8", "1", "2")
        assert "812_" in person.line("安然")
        await person.press("enter")
        (piece,) = pieces(book)
        assert (piece.kind, piece.date, piece.words) == (WorkKind.READING_NOTE, TODAY, 812)
        assert piece.assignment == work.find_assignment(book, "11月笔记").id
        assert "in 812" in person.line("安然")
        assert at(person) == ("陈静", 2), "Enter after the words goes on to the next person"


async def test_a_row_of_h_hands_in_for_one_person_after_the_other(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("h", "h", "h")
        names = sorted(book.members.get(piece.member).name for piece in pieces(book))
        assert names == ["安然", "李强", "陈静"]


async def test_enter_hands_in_what_is_missing_and_enter_goes_on(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("enter", "enter", "enter", "9", "0", "0", "enter")
        found = {book.members.get(piece.member).name: piece.words for piece in pieces(book)}
        assert found == {"安然": None, "陈静": 900}
        assert at(person)[0] == "李强"


async def test_full_width_keys_of_an_input_method_do_the_same(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("ｈ", "８", "５", "enter", "up", "ａ")
        (piece,) = pieces(book)
        assert (piece.words, piece.grade) == (85, "A")


async def test_what_is_handed_in_for_a_month_gone_by_is_dated_in_that_month(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("left", "h", "escape")
        (piece,) = pieces(book)
        assert piece.date == date(2026, 10, 31)
        assert "2026-10-31" in person.said
        assert piece.assignment == work.find_assignment(book, "10月笔记").id
        assert "miss" not in person.line("安然")


async def test_nothing_is_handed_in_for_a_month_to_come_or_in_the_total(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("right", "h")
        assert "still to come" in person.said
        await person.press("right", "right", "h")
        assert "Move to a month" in person.said
        assert not pieces(book)


async def test_under_kinds_and_assignments_the_piece_goes_where_the_cursor_is(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("tab", "h", "escape")
        (first,) = pieces(book)
        assert first.assignment == work.find_assignment(book, "10月笔记").id, "the earliest that is owed"
        await person.press("tab", "right", "down", "h", "escape")
        (second,) = (piece for piece in pieces(book) if piece.id != first.id)
        assert (second.assignment, second.date) == (work.find_assignment(book, "11月笔记").id, TODAY)


async def test_letters_check_with_a_grade_and_go_down(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("h", "h", "h", "enter", "home", "a", "b", "k")
        found = {book.members.get(piece.member).name: (piece.status, piece.grade) for piece in pieces(book)}
        assert found == {
            "安然": (WorkStatus.CHECKED, "A"),
            "陈静": (WorkStatus.CHECKED, "B"),
            "李强": (WorkStatus.CHECKED, None),
        }
        assert pieces(book)[0].checker == "li"
        assert "✓A" in person.line("安然")
        assert at(person)[0] == "王伟"


async def test_a_grade_where_nothing_is_says_so(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("a")
        assert "h does it" in person.said
        assert at(person)[0] == "安然"


async def test_giving_back_asks_for_the_reason_on_a_line_and_owes_again(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("h", "escape", "r")
        assert "Give back to 安然" in person.text
        await person.press("太短了", "enter")
        (piece,) = pieces(book)
        assert (piece.status, piece.reason) == (WorkStatus.RETURNED, "太短了")
        assert "ret todo" in person.line("安然")
        await person.press("up")
        assert "太短了" in told(person)


async def test_esc_leaves_the_reason_and_nothing_is_given_back(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("h", "escape", "r", "x", "escape")
        assert pieces(book)[0].status is WorkStatus.HANDED_IN
        await person.press("k")
        assert pieces(book)[0].status is WorkStatus.CHECKED, "keys are the matrix's again"


async def test_undo_takes_each_step_back(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("h", "escape", "a")
        await person.press("u")
        assert pieces(book)[0].status is WorkStatus.HANDED_IN
        assert "in" in person.line("安然").split()
        await person.press("u")
        assert not pieces(book)
        assert "todo" in person.line("安然")


async def test_a_check_is_taken_back(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("h", "escape", "c", "up", "x")
        assert (pieces(book)[0].status, pieces(book)[0].grade) == (WorkStatus.HANDED_IN, None)


async def test_a_piece_is_edited_in_a_form(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("h", "escape", "e")
        await person.press("《背影》读后", "down", "8", "0", "5", "down", "ctrl+u", "11-18", "ctrl+s")
        (piece,) = pieces(book)
        assert (piece.title, piece.words, piece.date) == ("《背影》读后", 805, date(2026, 11, 18))
        assert "in 805" in person.line("安然")


async def test_a_form_says_what_is_wrong_with_a_number_or_a_date(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("h", "escape", "e", "down", "many", "ctrl+s")
        assert "“many” is not a whole number." in person.text
        await person.press("ctrl+u", "down", "ctrl+u", "someday", "ctrl+s")
        assert "“someday” is not a date" in person.text
        assert pieces(book)[0].words is None


async def test_several_pieces_in_one_cell_are_listed_and_each_is_checked(book: Book) -> None:
    member = next(member for member in book.members if member.name == "安然")
    for number, title in enumerate(("甲", "乙", "丙")):
        work.hand_in(book, member.id, title=title, date=TODAY - timedelta(days=3 - number), words=100 * number)
    async with at_program(book, "work") as person:
        assert "in3" in person.line("安然")
        await person.press("enter")
        assert isinstance(person.app.screen, PiecesScreen)
        assert "安然  Nov" in person.text
        await person.press("a", "c")
        assert [piece.grade for piece in pieces(book)] == ["A", "C", None]
        await person.press("d")
        assert len(pieces(book)) == 2
        assert "丙" not in person.text
        await person.press("u")
        assert len(pieces(book)) == 3
        await person.press("escape")
        assert isinstance(person.app.screen, WorkScreen)
        assert "✓2 in1" in person.line("安然")


async def test_with_several_pieces_a_grade_goes_to_the_first_not_checked(book: Book) -> None:
    member = next(member for member in book.members if member.name == "安然")
    first, second = (work.hand_in(book, member.id, date=TODAY - timedelta(days=days)) for days in (2, 1))
    work.check(book, first.id, "B")
    async with at_program(book, "work") as person:
        await person.press("a")
        assert (book.work.get(first.id).grade, book.work.get(second.id).grade) == ("B", "A")
        await person.press("up", "c")
        assert "Enter lists them" in person.said
        assert book.work.get(first.id).grade == "B"


async def test_the_total_lists_everything_of_a_person(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("h", "500", "enter", "up", "left", "h", "300", "enter", "up")
        assert person.line("安然").split()[-3:] == ["2", "800", "-"]
        await person.press("end", "home", *["right"] * 6, "enter")
        assert person.screen(PiecesScreen).list.rows
        assert len(person.screen(PiecesScreen).list.rows) == 2


# filters, group, term


async def test_m_shows_who_owes_who_is_overdue_what_waits_for_a_check_then_everybody(book: Book) -> None:
    names = {member.name: member.id for member in book.members}
    for title in ("10月笔记", "11月笔记"):
        task = work.find_assignment(book, title)
        work.check(book, work.hand_in(book, names["安然"], assignment=task.id, date=task.due - timedelta(days=9)).id)
    work.hand_in(book, names["陈静"], assignment=work.find_assignment(book, "10月笔记").id, date=date(2026, 10, 20))
    async with at_program(book, "work") as person:
        await person.press("m")
        assert "安然" not in person.text
        assert "only who owes something: 4" in person.text
        await person.press("m")
        assert "陈静" not in person.text
        assert "only who is overdue: 3" in person.text
        await person.press("m")
        assert [line.split()[1] for line in person.lines if line.startswith("> ")] == ["陈静"]
        await person.press("m")
        assert all(name in person.text for name in PEOPLE)


async def test_who_is_handed_in_for_stays_in_the_filtered_list_until_it_is_asked_for_again(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("m", "m", "left", "h", "700", "enter")
        assert "in 700" in person.line("安然")
        assert at(person)[0] == "陈静"
        await person.press("escape")
        assert "only who" not in person.text, "Esc leaves the filter"


async def test_one_kind_is_shown_with_what_is_missing_of_that_kind_only(book: Book) -> None:
    work.assign(book, "听课", kind=WorkKind.LESSON_OBSERVATION, due=date(2026, 11, 30), pieces=2)
    async with at_program(book, "work") as person:
        assert "todo3" in person.line("安然")
        await person.press("f", "lesson o", "enter")
        assert "Lesson observation" in person.text
        assert "todo2" in person.line("安然")
        assert "miss" not in person.line("安然")
        await person.press("h", "escape")
        assert pieces(book)[0].kind is WorkKind.LESSON_OBSERVATION


async def test_a_name_is_found_by_pinyin(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("/", "lq", "enter", "h", "escape")
        assert book.members.get(pieces(book)[0].member).name == "李强"


async def test_another_term_is_shown_and_a_closed_one_refuses_in_a_sentence(book: Book) -> None:
    terms.add_term(book, "2025-2026-2")
    terms.close_term(book, "2025-2026-2")
    async with at_program(book, "work") as person:
        await person.press("t", "2025", "enter")
        assert "语文组 2025-2026-2" in person.text
        await person.press("tab", "tab", "tab")
        await person.press("h")
        assert "closed" in person.said
        assert not pieces(book)


async def test_another_group_has_its_own_members(book: Book) -> None:
    from coordinator_tui.book.groups import add_group

    other = add_group(book, "数学组")
    add_member(book, "孙悦", group=other.id)
    async with at_program(book, "work") as person:
        await person.press("g", "shuxue", "enter")
        assert "孙悦" in person.text
        assert "安然" not in person.text
        assert "数学组 2026-2027-1" in person.text


# who owes what, assignments, readings


async def test_who_owes_what_is_listed_by_due_date_and_handed_in_there(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("o")
        assert "10 pieces owed by 5 people, 5 of them overdue" in person.text
        assert "overdue 23 d" in person.line("> 安然")
        await person.press("h")
        assert pieces(book)[0].assignment == work.find_assignment(book, "10月笔记").id
        assert "9 pieces owed" in person.text
        await person.press("m")
        assert "days left" not in person.text
        await person.press("m", "v")
        rows = [line for line in person.lines if "月笔记" in line]
        assert [row.lstrip("> ").split()[0] for row in rows[:3]] == ["陈静", "陈静", "李强"]
        await person.press("escape")
        assert isinstance(person.app.screen, WorkScreen)


async def test_an_assignment_is_made_for_some_changed_and_removed(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("w", "a")
        await person.press("公开课", "down", "2026-12-20", "down", "down", "ctrl+u", "2", "down", "down")
        await person.press("张三、安然", "up", "up", "up", "up", "up", "up", "open", "ctrl+s")
        task = work.find_assignment(book, "公开课")
        assert (task.kind, task.due, task.pieces) == (WorkKind.OPEN_LESSON, date(2026, 12, 20), 2)
        assert [book.members.get(member).name for member in task.members] == ["张三", "安然"]
        assert "2 people" in person.text or "2 to come" in person.text
        await person.press("e", "ctrl+u", "示范课", "ctrl+s")
        assert book.assignments.get(task.id).title == "示范课"
        await person.press("d")
        assert "Remove the assignment “示范课”?" in person.text
        await person.press("y")
        assert book.assignments.find(task.id) is None
        await person.press("u")
        assert book.assignments.find(task.id) is not None


async def test_an_assignment_for_somebody_unknown_is_refused_in_the_form(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("w", "a", "x", "down", "12-20", *["down"] * 4, "不在", "ctrl+s")
        assert "“不在”" in person.text
        assert len(book.assignments) == 2


async def test_an_article_is_recommended_edited_and_removed(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("l")
        assert "Nothing recommended yet" in person.text
        await person.press("a", "静悄悄的革命", "down", "佐藤学", "down", "安然", "down", "down", "down", "12-31")
        await person.press("up", "up", "up", "up", "up", "up", "right", "ctrl+s")
        (reading,) = readings.all_readings(book)
        assert (reading.title, reading.author, reading.recommended_by) == ("静悄悄的革命", "佐藤学", "安然")
        assert (reading.kind, reading.due) == (ReadingKind.ARTICLE, date(2026, 12, 31))
        await person.press("enter", "（修订）", "ctrl+s")
        assert "静悄悄的革命（修订）" in person.text
        await person.press("d", "y")
        assert not readings.all_readings(book)
        assert "u takes it back" in person.said


async def test_a_reading_that_notes_were_written_on_is_not_removed(book: Book) -> None:
    reading = readings.add_reading(book, "给教师的建议")
    work.hand_in(book, next(iter(book.members)).id, reading=reading.id)
    async with at_program(book, "work") as person:
        await person.press("l", "d", "y")
        assert "cannot be removed" in person.said
        assert len(readings.all_readings(book)) == 1


# others, hostile names, empty books, sizes


async def test_what_somebody_else_hands_in_appears_in_place(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("down", "down")
        with Book.open(book.folder, user="zhao", today=TODAY, remember=False) as other:
            member = next(member for member in other.members if member.name == "安然")
            work.hand_in(other, member.id, words=640)
        await person.app._poll()
        await person.wait()
        assert "in 640" in person.line("安然")
        assert at(person)[0] == "李强"


async def test_names_that_look_like_markup_or_steer_the_terminal_do_no_harm(book: Book) -> None:
    for name in ("[/]", "[b]粗", "王\u202e伟"):
        add_member(book, name, group=book.group.id)
    task = work.find_assignment(book, "11月笔记")
    work.edit_assignment(book, task.id, title="[/b] [A]")
    async with at_program(book, "work") as person:
        assert "[/]" in person.text
        await person.press("tab", "tab", "o", "escape", "w")
        assert "[/b] [A]" in person.text


async def test_a_book_without_a_term_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    select_language("en")
    with Book.create(tmp_path / "e.coord", today=TODAY, remember=False) as empty:
        async with at_program(empty, "work") as person:
            assert "no term yet" in person.text
            await person.press("h", "a", "e", "r", "x", "d", "k", "m", "v", "/", "escape", "enter", "f", "escape")
            assert isinstance(person.app.screen, WorkScreen)
            await person.press("o", "w", "g")
            assert isinstance(person.app.screen, WorkScreen)


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_columns_align_in_both_languages_and_sizes(book: Book, size: tuple[int, int], language: str) -> None:
    select_language(language)
    add_member(book, "阿依努尔·买合木提江", group=book.group.id)
    async with at_program(book, "work", size=size) as person:
        await person.press("h", "888", "enter")
        rows = [line for line in person.lines if any(name in line for name in (*PEOPLE, "阿依努尔"))][:6]
        assert len(rows) == 6
        places = {_cells_before(row, "缺" if language == "zh" else "miss") for row in rows}
        assert len(places) == 1
        assert all(cells(line) <= size[0] for line in person.lines)


def _cells_before(line: str, word: str) -> int:
    return cells(line[: line.index(word)])


async def test_where_columns_do_not_fit_the_arrows_bring_them_into_view(book: Book) -> None:
    for number in range(8):
        work.assign(book, f"随笔{number}", kind=WorkKind.ESSAY, due=date(2026, 12, 1 + number))
    async with at_program(book, "work") as person:
        await person.press("tab", "tab")
        assert "of 10" in person.text
        assert "随笔7" not in person.text
        await person.press(*["right"] * 9)
        assert "12-08" in person.line("name")
        await person.press("h", "escape")
        assert pieces(book)[0].assignment == work.find_assignment(book, "随笔7").id
        await person.press(*["left"] * 9)
        assert "10-28" in person.line("name")


async def test_undo_while_words_are_asked_for_takes_the_piece_back_and_asks_no_more(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press("h", "u")
        assert not pieces(book)
        assert person.screen(WorkScreen).grid.asking is None
        await person.press("2")
        assert person.app.current_mode == "members", "digits are the tabs' again"
