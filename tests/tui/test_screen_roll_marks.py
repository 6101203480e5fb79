"""Taking the roll: a key for each mark, minutes in the row, taking back, the rest, planned leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from roll_group import TODAY, at_roll, make_book

from coordinator_tui.book.book import Book
from coordinator_tui.book.leaves import add_leave
from coordinator_tui.domain.vocabulary import LeaveStatus, Mark
from coordinator_tui.text import select_language
from coordinator_tui.tui.screens.roll_marks import MARK_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    select_language("en")
    made = make_book(tmp_path / "group.coord")
    yield made
    made.close()


async def test_todays_roll_opens_by_itself_with_everybody_in_printed_order(book: Book) -> None:
    async with at_roll(book) as person:
        assert "2026-11-20 15:30" in person.heading
        assert "《背影》" in person.heading
        assert [person.shown[y].lstrip("> ").split()[:2] for y in range(5, 11)] == [
            ["1", "安然"], ["2", "陈静"], ["3", "李强"], ["4", "王伟(数学)"], ["5", "王伟(语文)"], ["6", "张三"],
        ]  # fmt: skip
        assert person.at == "安然"


async def test_a_key_marks_the_person_and_moves_on_by_itself(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("1", "1", "4", "8")
        assert person.marks[:5] == [Mark.PRESENT, Mark.PRESENT, Mark.SICK, Mark.ABSENT, None]
        assert person.at == "王伟(语文)"
        assert "✓  Present" in person.row("安然")
        assert "病 Sick leave" in person.row("李强")


@pytest.mark.parametrize(("mark", "key"), [(mark, key) for mark, keys in MARK_KEYS.items() for key in keys])
async def test_digits_and_initials_mark_and_so_do_their_full_width_forms(book: Book, mark: Mark, key: str) -> None:
    async with at_roll(book) as person:
        await person.press(key)
        await person.press("down") if person.at == "安然" else None
        await person.press(chr(ord(key) + 0xFEE0))
        assert person.marks[:2] == [mark, mark]


async def test_no_key_that_two_people_would_read_differently_is_a_mark(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("s")
        assert person.marks[0] is None
        assert "sick" in person.said
        assert "事假" in person.said


async def test_what_was_marked_is_on_disk_before_the_next_key(book: Book, tmp_path: Path) -> None:
    async with at_roll(book) as person:
        await person.press("1", "5")
        with Book.open(book.folder, user="other", today=TODAY, read_only=True, remember=False) as beside:
            assert sorted(str(entry.mark) for entry in beside.attendance.all()) == ["personal", "present"]


async def test_minutes_are_typed_into_the_row_after_late_and_ended_with_enter(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("2")
        assert person.at == "安然"
        assert "minutes" in person.told
        await person.press("1", "0")
        assert "10_" in person.row("安然")
        await person.press("enter")
        assert (person.marks[0], person.minutes[0], person.at) == (Mark.LATE, 10, "陈静")
        assert "10_" not in person.row("安然")


@pytest.mark.parametrize("key", ["p", "space"])
async def test_minutes_are_ended_by_the_next_mark_which_is_for_the_next_person(book: Book, key: str) -> None:
    async with at_roll(book) as person:
        await person.press("3", "1", "5", key)
        assert person.marks[:3] == [Mark.LEFT_EARLY, Mark.PRESENT, None]
        assert person.minutes[:2] == [15, None]
        assert person.at == "李强"


async def test_minutes_are_ended_by_an_arrow_which_moves_one_row(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("2", "７", "down")
        assert person.minutes[0] == 7
        assert person.at == "陈静"


async def test_late_without_minutes_is_just_going_on(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("2", "enter", "1", "l", "escape", "1")
        assert person.marks == [Mark.LATE, Mark.PRESENT, Mark.LATE, Mark.PRESENT, None, None]
        assert person.minutes == [None] * 6


async def test_a_wrong_digit_of_minutes_is_taken_back_with_backspace(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("2", "1", "9", "backspace", "5", "enter")
        assert person.minutes[0] == 15


async def test_minutes_that_cannot_be_right_are_refused_in_a_sentence(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("2", "9", "9", "9", "enter")
        assert "999" in person.said
        assert (person.marks[0], person.minutes[0]) == (Mark.LATE, None)


async def test_pressing_late_again_keeps_the_minutes(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("2", "10", "enter", "up", "2", "enter")
        assert (person.marks[0], person.minutes[0]) == (Mark.LATE, 10)


@pytest.mark.parametrize("key", ["0", "w", "delete", "backspace"])
async def test_a_wrong_mark_can_be_cleared_to_not_taken(book: Book, key: str) -> None:
    async with at_roll(book) as person:
        await person.press("8", "up", key)
        assert person.marks[0] is None
        assert person.at == "安然"
        assert "not taken" in person.row("安然")
        assert "not taken 6" in person.balance


async def test_backspace_right_after_a_mark_goes_back_and_takes_it_away(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("1", "8", "backspace")
        assert person.marks[:2] == [Mark.PRESENT, None]
        assert person.at == "陈静"
        await person.press("backspace")
        assert person.marks[:2] == [Mark.PRESENT, None], "only the mark just made"


async def test_the_rest_are_present_and_no_mark_that_is_set_is_touched(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("8", "4", "r")
        assert person.marks == [Mark.ABSENT, Mark.SICK, *[Mark.PRESENT] * 4]
        assert "4 marked present" in person.said
        await person.press("＝")
        assert person.marks[:2] == [Mark.ABSENT, Mark.SICK]
        assert "everybody is taken" in person.said


async def test_one_key_takes_the_whole_rest_back(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("8", "r", "u")
        assert person.marks == [Mark.ABSENT, *[None] * 5]
        assert "Undone" in person.said


async def test_undo_goes_to_the_person_and_redo_brings_the_mark_back(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("1", "8", "end", "u")
        assert person.marks[:2] == [Mark.PRESENT, None]
        assert person.at == "陈静"
        await person.press("ctrl+r")
        assert person.marks[:2] == [Mark.PRESENT, Mark.ABSENT]
        assert "旷 Absent" in person.row("陈静")


async def test_undo_while_minutes_are_typed_takes_the_late_back(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("2", "1", "u", "p")
        assert person.marks[:2] == [Mark.PRESENT, None]


async def test_planned_leave_shows_before_it_is_confirmed_and_counts_only_then(book: Book) -> None:
    people = [member.id for member in sorted(book.members.all(), key=lambda member: member.name == "张三")]
    add_leave(book, people[-1], kind=Mark.SICK, start=TODAY, reason="住院")
    async with at_roll(book) as person:
        assert "leave (sick)" in person.row("张三")
        assert "住院" in person.row("张三")
        assert "leave 0" in person.balance
        await person.press("end")
        assert "Space confirms" in person.told
        await person.press("space")
        assert person.marks[5] is Mark.SICK
        assert "病 Sick leave" in person.row("张三")
        assert "leave 1" in person.balance


async def test_the_rest_gives_those_on_approved_leave_their_leave_and_says_how_many(book: Book) -> None:
    by_name = {member.name: member.id for member in book.members.all()}
    add_leave(book, by_name["张三"], kind=Mark.OFFICIAL, start=TODAY)
    add_leave(book, by_name["李强"], kind=Mark.PERSONAL, start=TODAY, status=LeaveStatus.REQUESTED)
    async with at_roll(book) as person:
        assert "leave (private)?" in person.row("李强"), "requested is shown as a question"
        await person.press("r")
        assert person.marks[5] is Mark.OFFICIAL
        assert person.marks[2] is Mark.PRESENT, "what nobody approved is no leave"
        assert "5 marked present, 1 on the leave" in person.said


async def test_counters_follow_every_key_and_always_add_up(book: Book) -> None:
    async with at_roll(book) as person:
        assert person.balance == "expected 6  = attended 0  + leave 0  + absent 0  + exempt 0  + not taken 6  ✓"
        await person.press("1", "2", "5", "enter", "6", "8", "9", "7")
        assert person.balance == "expected 6  = attended 2  + leave 2  + absent 1  + exempt 1  + not taken 0  ✓"
        assert person.kinds == "1pres 1  2late 1  3early 0  4sick 0  5pers 0  6offl 1  7other 1  8abs 1  9ex 1"


async def test_at_the_end_of_the_list_it_says_who_is_left_and_enter_goes_there(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("1", "down", "down", "1", "1", "1")
        assert "2 people are not taken" in person.said
        await person.press("enter")
        assert person.at == "陈静"
        await person.press("enter")
        assert person.at == "李强"
        await person.press("1", "enter", "1", "enter")
        assert person.said == "Everybody is taken."


async def test_marking_opens_nothing_and_never_paints_the_whole_list(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_roll(book) as person:
        whole: list[str] = []
        people = person.screen.people
        paint = people.refresh

        def watched(*regions: Any, **options: Any) -> Any:
            if not regions:
                whole.append("list")
            return paint(*regions, **options)

        monkeypatch.setattr(people, "refresh", watched)
        await person.press("1", "2", "5", "p", "4", "0", "down")
        assert whole == []
        assert len(person.app.screen_stack) == 1


async def test_another_legend_changes_the_signs_and_not_the_words(book: Book) -> None:
    book.settings.set("legend", next(name for name in _legends() if name != "default"))
    async with at_roll(book) as person:
        await person.press("8")
        assert "Absent" in person.row("安然")
        assert "旷 Absent" not in person.row("安然")


def _legends() -> list[str]:
    from coordinator_tui.book.legends import legends

    return [name for name, legend in legends().items() if legend.glyph(Mark.ABSENT) != "旷"] or ["default"]


async def test_rows_stay_aligned_and_inside_the_screen_at_both_sizes(book: Book) -> None:
    from coordinator_tui.text import cells

    for size in ((80, 24), (100, 30)):
        async with at_roll(book, size) as person:
            await person.press("1", "2", "1", "0", "enter")
            widths = {cells(person.screen.people.render_line(y).text) for y in range(7)}
            assert widths == {size[0]}


async def test_the_tabs_show_the_keys_that_work_where_digits_are_marks(book: Book) -> None:
    async with at_roll(book) as person:
        tabs = (await person.look())[0]
        assert "F4 Roll" in tabs
        assert "F1 Roll" in tabs


async def test_names_and_notes_are_never_markup(book: Book) -> None:
    async with at_roll(book) as person:
        await person.press("n", "[/b] [link=x]迟到 [A]", "enter")
        assert "[/b] [link=x]迟到 [A]" in person.row("安然")
