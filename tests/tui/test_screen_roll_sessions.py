"""Which roll it is: today's, another one, a past one, one that cannot be taken; and others who take it too."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from roll_group import TODAY, Person, at_roll, make_book

from coordinator_tui.book.book import Book
from coordinator_tui.book.groups import add_group
from coordinator_tui.book.members import add_member, leave_group, remove_member
from coordinator_tui.book.roll import RollCall
from coordinator_tui.book.schedule import add_session, cancel_session, remove_session
from coordinator_tui.book.terms import close_term
from coordinator_tui.domain.vocabulary import Mark, SessionStatus
from coordinator_tui.text import select_language
from coordinator_tui.tui.widgets.textpage import TextPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Make = "Callable[..., Book]"


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Book]]:
    """Make a book with sessions on these days counted from today."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    select_language("en")
    made: list[Book] = []

    def making(*days: int) -> Book:
        made.append(make_book(tmp_path / "group.coord", sessions=days))
        return made[-1]

    yield making
    for book in made:
        book.close()


# ---- resuming, and another session


async def test_leaving_in_the_middle_and_coming_back_goes_on_where_one_was(make: Callable[..., Book]) -> None:
    book = make(0)
    async with at_roll(book) as person:
        await person.press("1", "8")
    async with at_roll(book) as person:
        assert person.at == "李强"
        assert "✓  Present" in person.row("安然")
        assert "not taken 4" in person.balance


async def test_minutes_being_typed_are_kept_when_one_goes_to_another_screen(make: Callable[..., Book]) -> None:
    async with at_roll(make(0)) as person:
        roll = person.screen
        await person.press("2", "1", "0", "f1")
        assert person.app.screen is not roll, "F1 is a tab here too"
        assert roll.roll is not None
        assert roll.roll.rows[0].minutes == 10


async def test_sessions_are_listed_with_today_first_then_those_not_taken(make: Callable[..., Book]) -> None:
    book = make(-14, -7, 0, 7)
    RollCall(book, session_on(book, -7)).rest_present()
    async with at_roll(book) as person:
        await person.press("tab")
        rows = [line.lstrip("> ") for line in await person.look() if "《背影》" in line]
        assert [row.split()[0] for row in rows] == ["2026-11-20", "2026-11-06", "2026-11-13", "2026-11-27"]
        assert [row.rsplit("  ", 1)[1].strip() for row in rows] == [
            "roll not taken",
            "roll not taken",
            "✓ 6 taken",
            "to come",
        ]
        assert person.keys.startswith("Enter take the roll Esc back")
        await person.press("tab")
        assert "2026-11-20" in person.heading


async def test_a_past_roll_is_chosen_and_corrected_as_a_late_entry(make: Callable[..., Book]) -> None:
    book = make(-7, 0)
    async with at_roll(book) as person:
        await person.press("tab", "down", "enter")
        assert "2026-11-13" in person.heading
        assert "[late entry]" in person.heading
        await person.press("4", "up")
        assert person.marks[0] is Mark.SICK
        assert "late entry" in person.row("安然")
        assert "Entered by li" in person.told


async def test_esc_in_the_list_of_sessions_goes_back_to_the_roll(make: Callable[..., Book]) -> None:
    async with at_roll(make(-7, 0)) as person:
        await person.press("1", "tab", "escape", "1")
        assert person.marks[:2] == [Mark.PRESENT, Mark.PRESENT]


async def test_a_line_left_in_one_roll_does_not_turn_up_in_another(make: Callable[..., Book]) -> None:
    async with at_roll(make(-7, 0)) as person:
        await person.press(":", "张三病", "escape", "[", ":", "enter")
        assert person.marks == [None] * 6


async def test_a_roll_of_another_group_shows_its_own_members(make: Callable[..., Book]) -> None:
    book = make(0)
    group = add_group(book, "八年级组")
    add_member(book, "周密", group=group.id)
    add_session(book, date=TODAY, group=group.id, topic="《春》")
    async with at_roll(book) as person:
        assert "《背影》" in person.heading, "the own group's roll first"
        await person.press("tab", "down", "enter")
        assert "八年级组" in person.heading
        assert person.at == "周密"
        await person.press("1", "[", "tab", "escape")
        assert person.marks == [Mark.PRESENT]


async def test_brackets_go_to_the_session_before_and_after(make: Callable[..., Book]) -> None:
    async with at_roll(make(-7, 0)) as person:
        await person.press("[")
        assert "2026-11-13" in person.heading
        await person.press("】")
        assert "2026-11-20" in person.heading
        await person.press("]")
        assert "no session further" in person.said


async def test_a_past_roll_says_who_entered_each_mark_and_when(make: Callable[..., Book]) -> None:
    book = make(-1)
    RollCall(book, session_on(book, -1)).mark(RollCall(book, session_on(book, -1)).rows[0].member, Mark.LATE, 5)
    async with at_roll(book) as person:
        await person.press("enter", "home")
        await person.look()
        assert "Entered by li on" in person.told


async def test_the_history_of_a_persons_mark_tells_from_what_to_what_by_whom(make: Callable[..., Book]) -> None:
    async with at_roll(make(0)) as person:
        await person.press("8", "up", "1", "up", "h")
        await person.look()
        text = person.app.screen.query_one(TextPage).plain
        assert "Absent → Present" in text
        assert "li" in text
        await person.press("escape", "down", "1")
        assert person.marks[:2] == [Mark.PRESENT, Mark.PRESENT]


# ---- rolls that cannot be taken


async def refuses(person: Person, why: str) -> None:
    before = person.book.version
    for key in ("1", "2", "0", "r", "space", "n", ":"):
        await person.press(key)
        assert why in person.said, key
        assert person.screen.prompt.typing is None
    assert person.book.version == before, "nothing was written"


async def test_a_cancelled_session_says_why_and_takes_no_marks(make: Callable[..., Book]) -> None:
    book = make(0)
    async with at_roll(book) as person:
        cancel_session(book, session_on(book, 0), reason="停电")
        person.screen.refresh_book(None)
        assert "cancelled (停电)" in person.told
        await refuses(person, "cancelled (停电)")


async def test_a_session_to_come_says_that_its_roll_is_taken_on_the_day(make: Callable[..., Book]) -> None:
    async with at_roll(make(7)) as person:
        await person.press("enter")
        assert "2026-11-27" in person.heading
        await refuses(person, "on the day")


async def test_a_closed_term_can_be_looked_at_and_not_changed(make: Callable[..., Book]) -> None:
    book = make(0)
    RollCall(book, session_on(book, 0)).mark(RollCall(book, session_on(book, 0)).rows[0].member, Mark.SICK)
    close_term(book, "2026-2027-1")
    async with at_roll(book) as person:
        assert "病 Sick leave" in person.row("安然")
        await refuses(person, "closed")


async def test_a_book_opened_for_reading_says_so(make: Callable[..., Book]) -> None:
    book = make(0)
    with Book.open(book.folder, today=TODAY, read_only=True, remember=False) as reading:
        async with at_roll(reading) as person:
            await refuses(person, "reading only")


# ---- nothing there


async def test_without_a_session_today_it_says_what_to_do(make: Callable[..., Book]) -> None:
    async with at_roll(make(-7, -14)) as person:
        assert "No session today" in person.heading
        assert "2 still wait" in person.heading
        await person.press("enter")
        assert "2026-11-13" in person.heading


async def test_without_any_session_it_points_to_the_schedule(make: Callable[..., Book]) -> None:
    book = make()
    async with at_roll(book) as person:
        assert "F3 opens the schedule" in person.heading
        await person.press("1", "r", "0")
        assert len(book.attendance) == 0
        add_session(book, date=TODAY, topic="《春》")
        person.screen.refresh_book(None)
        assert "《春》" in person.heading


async def test_a_group_without_members_points_to_the_members(make: Callable[..., Book]) -> None:
    book = make(0)
    for member in [member.id for member in book.members.all()]:
        remove_member(book, member)
    async with at_roll(book) as person:
        assert any("F2 opens the members" in line for line in person.shown)
        await person.press("1", "r", "0", "enter", "n")
        assert len(book.attendance) == 0


async def test_a_session_removed_meanwhile_leads_to_the_others(make: Callable[..., Book]) -> None:
    book = make(-7, 0)
    async with at_roll(book) as person:
        remove_session(book, session_on(book, 0))
        person.screen.refresh_book(None)
        assert "not in the book any more" in person.said
        assert person.screen.view == "sessions"


async def test_those_marked_but_no_longer_expected_are_shown_apart_and_counted_nowhere(
    make: Callable[..., Book],
) -> None:
    book = make(-1, 0)
    async with at_roll(book) as person:
        await person.press("1")
        left = person.roll.rows[0].member
        leave_group(book, left, book.group.id, until=TODAY - timedelta(days=1))
        person.screen.refresh_book(None)
        apart = [line for line in person.shown if "not expected" in line or "安然" in line]
        assert len(apart) == 2
        assert apart[1].split()[:3] == ["-", "安然", "✓"]
        assert "expected 5  = attended 0" in person.balance
        await person.press("r", "end", "0")
        assert "attended 5" in person.balance
        assert not [line for line in person.shown if "安然" in line], "a mark made in error is cleared there"


# ---- two at once


async def test_marks_of_another_person_arrive_and_it_says_whose_they_are(make: Callable[..., Book]) -> None:
    book = make(0)
    with Book.open(book.folder, user="李静", today=TODAY, remember=False) as other:
        async with at_roll(book) as person:
            await person.press("1")
            theirs = RollCall(other, session_on(book, 0))
            for row in theirs.rows[3:]:
                theirs.mark(row.member, Mark.SICK)
            await person.until(lambda: bool(person.said))
            assert person.said == "李静 marked 3"
            assert person.marks == [Mark.PRESENT, None, None, *[Mark.SICK] * 3]
            assert "病 Sick leave" in person.row("张三")
            assert "leave 3" in person.balance
            assert person.at == "陈静", "the cursor stays"


async def test_only_the_rows_that_others_changed_are_painted(
    make: Callable[..., Book], monkeypatch: pytest.MonkeyPatch
) -> None:
    book = make(0)
    with Book.open(book.folder, user="李静", today=TODAY, remember=False) as other:
        async with at_roll(book) as person:
            await person.look()
            people = person.screen.people
            painted: list[Any] = []
            monkeypatch.setattr(people, "refresh", lambda *regions, **_options: painted.append(regions))
            theirs = RollCall(other, session_on(book, 0))
            theirs.mark(theirs.rows[4].member, Mark.ABSENT)
            await person.until(lambda: bool(person.said))
            assert [[region.y for region in regions] for regions in painted] == [[5]]


async def test_ones_own_mark_is_taken_even_if_another_has_marked_meanwhile(make: Callable[..., Book]) -> None:
    book = make(0)
    with Book.open(book.folder, user="李静", today=TODAY, remember=False) as other:
        async with at_roll(book) as person:
            theirs = RollCall(other, session_on(book, 0))
            theirs.rest_present()
            await person.press("8", "4")
            assert person.marks == [Mark.ABSENT, Mark.SICK, *[Mark.PRESENT] * 4]
            assert "✓  Present" in person.row("张三"), "theirs are painted with ours"


async def test_a_roll_begun_makes_the_session_held(make: Callable[..., Book]) -> None:
    book = make(0)
    async with at_roll(book) as person:
        await person.press("1")
        assert book.sessions.get(session_on(book, 0)).status is SessionStatus.HELD
        await person.press("backspace")
        assert book.sessions.get(session_on(book, 0)).status is SessionStatus.PLANNED


def session_on(book: Book, days: int) -> int:
    return next(session.id for session in book.sessions.all() if session.date == TODAY + timedelta(days=days))
