"""Settings at the keyboard: values, terms, groups, legends, language, conflicts, history, the page about the book."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from keyboard import Keyboard, at_program

from coordinator_tui.book import conflicts, places, terms, work
from coordinator_tui.book.book import Book
from coordinator_tui.book.members import add_member, edit_member
from coordinator_tui.book.roll import RollCall
from coordinator_tui.book.schedule import add_session
from coordinator_tui.book.settings import SPECS
from coordinator_tui.domain.vocabulary import GroupKind, Mark
from coordinator_tui.text import current_language, select_language
from coordinator_tui.tui.screens.settings import SettingsScreen
from coordinator_tui.tui.screens.settings_conflicts import ConflictsScreen
from coordinator_tui.tui.screens.settings_history import HistoryScreen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = date(2026, 11, 20)


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path))
    select_language("en")
    with Book.create(
        tmp_path / "g.coord",
        school="青禾小学",
        group="语文组",
        term="2026-2027-1",
        user="li",
        today=TODAY,
        remember=False,
    ) as made:
        for name in ("安然", "陈静"):
            add_member(made, name, group=made.group.id)
        yield made
    select_language("en")


async def go_to(person: Keyboard, key: str) -> None:
    """Put the cursor on a setting."""
    person.screen(SettingsScreen).list.move_to(key)
    await person.wait()


# values


async def test_every_setting_of_the_book_is_shown_with_its_value_and_explained(book: Book) -> None:
    async with at_program(book, "settings") as person:
        for spec in SPECS:
            assert str(spec.title) in person.text
            await go_to(person, spec.key)
            await person.press("up", "down") if spec is not SPECS[0] else None
        assert "青禾小学" in person.text
        assert "语文组 (the first)" in person.text or "语文组" in person.line("Group")
        assert "15:30" in person.line("Usual start")


async def test_a_text_is_changed_and_delete_goes_back_to_what_is_usual(book: Book) -> None:
    async with at_program(book, "settings") as person:
        await person.press("enter", "ctrl+u", "春风小学", "enter")
        assert book.settings.get("school") == "春风小学"
        assert "春风小学" in person.line("School")
        await person.press("u")
        assert book.settings.get("school") == "青禾小学"
        await person.press("delete")
        assert book.settings.get("school") == ""


async def test_a_number_out_of_range_and_a_time_that_is_none_are_refused_in_the_form(book: Book) -> None:
    async with at_program(book, "settings") as person:
        await go_to(person, "late_entry_days")
        await person.press("enter", "ctrl+u", "400", "enter")
        assert "not between 0 and 366" in person.text
        await person.press("ctrl+u", "5", "enter")
        assert book.settings.get("late_entry_days") == 5
        await go_to(person, "session_start")
        await person.press("enter", "ctrl+u", "quarter past", "enter")
        assert "not a time of day" in person.text
        await person.press("ctrl+u", "1605", "enter")
        assert book.settings.get("session_start") == "16:05"


async def test_a_group_and_a_term_are_chosen_among_what_there_is(book: Book) -> None:
    from coordinator_tui.book.groups import add_group

    other = add_group(book, "数学组")
    async with at_program(book, "settings") as person:
        await go_to(person, "default_group")
        await person.press("enter", "shuxue", "ctrl+s")
        assert book.group.id == other.id
        await go_to(person, "current_term")
        await person.press("enter", "right", "ctrl+s")
        assert book.settings.get("current_term") == "2026-2027-1"


async def test_the_legend_is_chosen_with_its_glyphs_in_sight(book: Book) -> None:
    async with at_program(book, "settings") as person:
        await person.press("l")
        assert "P L E S R O V A X" in person.text
        await person.press("down")
        assert "Present P" in person.text
        await person.press("enter")
        assert book.settings.get("legend") == "english"
        assert "English letters" in person.line("Attendance legend")


async def test_a_legend_with_one_glyph_for_two_marks_is_warned_of(book: Book) -> None:
    async with at_program(book, "settings", size=(100, 30)) as person:
        await person.press("l")
        await person.press(*["down"] * 8)
        assert "> Triangle and circle" in person.text
        assert "stands for more than one mark" in person.text


async def test_the_language_changes_at_once_on_every_screen_and_undo_brings_it_back(book: Book) -> None:
    async with at_program(book, "work") as person:
        await person.press(",")
        await go_to(person, "lang")
        await person.press("enter", "Chinese", "ctrl+s")
        assert current_language() == "zh"
        assert "设置" in person.text
        assert "School" not in person.text
        await person.press("5")
        assert "姓名" in person.text, "a screen that was open before speaks it too"
        await person.press(",", "u")
        assert current_language() == "en"
        assert "School" in person.text


async def test_the_mouse_is_a_choice_of_this_machine_not_of_the_book(book: Book) -> None:
    async with at_program(book, "settings") as person:
        version = book.version
        await go_to(person, "mouse")
        await person.press("enter", "right", "ctrl+s")
        assert places.preference("mouse") == "on"
        assert book.version == version
        assert "next start" in person.said


# terms


def closed(book: Book) -> bool:
    return book.term.closed


async def test_the_next_term_is_offered_added_and_used(book: Book) -> None:
    async with at_program(book, "settings") as person:
        await person.press("t", "a", "ctrl+s")
        term = terms.find_term(book, "2026-2027-2")
        assert "Added term 2026-2027-2" in person.said
        await person.press("s")
        assert book.term.id == term.id
        assert "in use, chosen" in person.line("> 2026-2027-2")
        await person.press("n")
        assert book.term.code == "2026-2027-1"
        await person.press("escape")
        person.screen(SettingsScreen)


async def test_the_days_of_a_term_are_edited_and_nonsense_is_refused(book: Book) -> None:
    async with at_program(book, "settings") as person:
        await person.press("t", "e", "ctrl+u", "2026-09-07", "ctrl+s")
        assert book.term.start == date(2026, 9, 7)
        await person.press("e", "down", "ctrl+u", "2026-08-01", "ctrl+s")
        assert "would end" in person.text
        await person.press("escape", "a", "ctrl+u", "2027", "ctrl+s")
        assert "“2027” is not a term" in person.text


async def test_closing_a_term_names_what_is_frozen_and_no_is_the_default(book: Book) -> None:
    session = add_session(book, date=TODAY)
    first = next(iter(book.members))
    RollCall(book, session.id).mark(first.id, Mark.PRESENT)
    work.hand_in(book, first.id)
    async with at_program(book, "settings") as person:
        await person.press("t", "c")
        assert "Frozen: 1 sessions with 1 marks, 0 leaves, 1 pieces of work." in person.text
        await person.press("enter")
        assert not closed(book)
        await person.press("c", "y")
        assert closed(book)
        assert "closed" in person.line("> 2026-2027-1")
        await person.press("e", "ctrl+s")
        assert "is closed" in person.text
        await person.press("escape", "o", "y")
        assert not closed(book)
        await person.press("u")
        assert closed(book)


# groups


async def test_groups_are_added_edited_used_and_removed(book: Book) -> None:
    async with at_program(book, "settings") as person:
        await person.press("g", "a", "七年级数学备课组", "down", "lesson", "ctrl+s")
        group = next(group for group in book.groups if group.name == "七年级数学备课组")
        assert group.kind is GroupKind.LESSON_PREPARATION
        assert "> 七年级数学备课组" in person.text
        await person.press("s")
        assert book.group.id == group.id
        assert "in use" in person.line("> 七年级数学备课组")
        await person.press("e", "（一）", "ctrl+s")
        assert book.groups.get(group.id).name == "七年级数学备课组（一）"
        await person.press("d", "y")
        assert book.groups.find(group.id) is None
        assert "u takes it back" in person.said
        await person.press("u")
        assert book.groups.find(group.id) is not None


async def test_a_group_with_members_and_a_second_of_the_same_name_are_refused(book: Book) -> None:
    async with at_program(book, "settings") as person:
        await person.press("g", "d", "y")
        assert "cannot be removed" in person.said
        await person.press("a", "语文组", "ctrl+s")
        assert "There is a group named 语文组 already." in person.text
        assert len(book.groups) == 1


# conflicts, history, the page about the book


def disagree(book: Book) -> int:
    """Let two machines give a member different phone numbers, neither having seen the other's."""
    import shutil

    member = next(iter(book.members)).id
    apart = book.folder.with_name("apart.coord")
    shutil.copytree(book.folder, apart)
    edit_member(book, member, subject="语文")
    with Book.open(apart, user="zhao", today=TODAY, remember=False) as other:
        edit_member(other, member, subject="道法")
    for log in (apart / "log").iterdir():
        if not (book.folder / "log" / log.name).exists():
            shutil.copytree(log, book.folder / "log" / log.name)
    book.refresh()
    return member


async def test_a_digit_decides_a_conflict_and_says_who_wrote_what(book: Book) -> None:
    member = disagree(book)
    assert len(conflicts.all_conflicts(book)) == 1
    async with at_program(book, "settings") as person:
        assert "1 wait for a decision" in person.line("Conflicts")
        await person.press("c")
        assert "语文" in person.text
        assert "道法" in person.text
        assert "zhao" in person.text
        view = next(iter(person.screen(ConflictsScreen).views.values()))
        await person.press("7")
        assert "This conflict has 2 values." in person.said
        await person.press("2")
        assert book.members.get(member).subject == view.values[1]
        assert not conflicts.all_conflicts(book)
        assert "Conflicts that wait for a decision: 0" in person.text
        await person.press("escape")
        assert "none" in person.line("Conflicts")


async def test_the_history_tells_who_changed_what_from_what_to_what(book: Book) -> None:
    member = next(iter(book.members))
    edit_member(book, member.id, subject="语文")
    edit_member(book, member.id, subject="道法")
    async with at_program(book, "settings", size=(100, 30)) as person:
        await person.press("h")
        first = person.line("> ")
        assert "li" in first
        assert "subject: 语文 → 道法" in first
        await person.press("enter")
        assert f"{member.name}: subject: 语文 → 道法" in person.text
        await person.press("escape", "/", "语文组", "enter")
        assert all(
            "语文组" in str(person.screen(HistoryScreen)._steps[at]) for at in person.screen(HistoryScreen).list.rows
        )
        assert person.screen(HistoryScreen).list.rows
        await person.press("escape")
        assert "→ 道法" in person.line("> "), "Esc leaves the filter first"
        await person.press("escape")
        person.screen(SettingsScreen)


async def test_a_history_names_members_and_groups_not_their_numbers(book: Book) -> None:
    async with at_program(book, "settings", size=(100, 30)) as person:
        await person.press("h", "enter")
        assert "group: – → 语文组" in person.text
        assert str(book.group.id) not in person.text


async def test_the_page_about_the_book_says_where_it_lies_and_looks_it_over(book: Book) -> None:
    async with at_program(book, "settings", size=(100, 30)) as person:
        await person.press("i")
        assert str(book.folder.absolute())[:40] in person.text
        assert "青禾小学" in person.text
        await person.press("d")
        assert "all is well" in person.text
        assert person.said == "All is well."


async def test_a_copy_goes_into_a_zip_file_and_never_over_another(book: Book, tmp_path: Path) -> None:
    async with at_program(book, "settings") as person:
        await person.press("i", "b", "enter")
        target = tmp_path / "g-2026-11-20.zip"
        assert target.is_file()
        assert "copied to" in person.said
        await person.press("b", "enter")
        assert "is there already" in person.text
        await person.press("ctrl+u", str(tmp_path / "none" / "x.zip"), "enter")
        assert "There is no folder" in person.text
        await person.press("ctrl+u", "~/copy.zip", "enter")
        assert (tmp_path / "copy.zip").is_file()


async def test_another_book_takes_the_place_of_this_one_with_fresh_screens(book: Book, tmp_path: Path) -> None:
    with Book.create(tmp_path / "other.coord", group="英语组", term="2026-2027-1", today=TODAY) as other:
        add_member(other, "孙悦", group=other.group.id)
    async with at_program(book, "work") as person:
        assert "安然" in person.text
        await person.press(",", "o", "4")
        opened: Any = person.app.book
        assert opened.folder.name == "other.coord"
        await person.press("5")
        assert "孙悦" in person.text
        assert "安然" not in person.text


async def test_a_book_without_anything_shows_its_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    select_language("en")
    with Book.create(tmp_path / "e.coord", today=TODAY, remember=False) as empty:
        async with at_program(empty, "settings") as person:
            await go_to(person, "default_group")
            await person.press("enter")
            assert "nothing to choose from" in person.said
            for page in "tgchi":
                await person.press(page, "enter", "d", "e", "s", "c", "n", "escape", "escape", "escape", ",")
                if not isinstance(person.app.screen, SettingsScreen):
                    await person.press("escape", ",")
            person.screen(SettingsScreen)
