"""The screen of the registers: every section is kept from the keyboard, in both languages, narrow and wide."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from desk import Person, at_desk, make_book, meet, member
from keyboard import at_program
from rounds import TODAY as DEMO_DAY

from coordinator_tui.book.achievements import add_achievement
from coordinator_tui.book.entries import add_entry
from coordinator_tui.book.pairs import add_pair, pairs_of
from coordinator_tui.book.placements import place_member
from coordinator_tui.book.terms import close_term
from coordinator_tui.book.trainings import add_training, relayed, reported
from coordinator_tui.domain.vocabulary import (
    AchievementKind,
    EntryKind,
    PlacementForm,
    Scope,
    TrainingArea,
    WorkKind,
)
from coordinator_tui.text import select_language
from coordinator_tui.tui.screens.members_page import MemberScreen
from coordinator_tui.tui.screens.registers import RegistersScreen
from coordinator_tui.tui.screens.schedule import ScheduleScreen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coordinator_tui.book.book import Book

OCTOBER = date(2026, 10, 12)
SECTIONS = ("Trainings", "Pairs", "Exchange", "Achievements", "Other lines")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    select_language("en")
    with make_book(tmp_path / "group.coord") as made:
        yield made


@pytest.fixture
def full(book: Book) -> Book:
    """A line or two in every register."""
    zhang, li = member(book, "张三"), member(book, "李强")
    add_training(
        book, zhang, "统编教材培训", start=OCTOBER, until=date(2026, 10, 16), hours=24, area=TrainingArea.PUBLIC
    )
    add_training(book, li, "师德专题", start=date(2025, 10, 8))
    add_pair(book, zhang, li, start=OCTOBER)
    place_member(book, member(book, "安然"), host_school="河湾小学", form=PlacementForm.MUTUAL, start=OCTOBER)
    add_achievement(book, zhang, "读写结合初探", kind=AchievementKind.PAPER, date=OCTOBER)
    add_achievement(book, li, "优秀辅导教师", kind=AchievementKind.HONOUR, date=date(2025, 9, 10))
    add_entry(book, EntryKind.SURVEY, title="讲座满意度", value=92, before=85, count=28, date=OCTOBER)
    add_entry(book, EntryKind.NEWS, title="见报", member=zhang, due=date(2026, 10, 20), date=date(2026, 10, 13))
    return book


async def go_to_section(person: Person, name: str) -> None:
    for _ in range(SECTIONS.index(name)):
        await person.press("tab")


async def test_an_empty_register_says_how_to_begin(book: Book) -> None:
    async with at_desk(book, "registers") as person:
        said = []
        for _section in SECTIONS:
            said.append(person.text)
            await person.press("tab")
    for words, text in zip(
        ("a adds one", "a makes one", "a places somebody", "a registers one", "a adds one"), said, strict=True
    ):
        assert words in text


async def test_8_and_f8_open_the_registers_from_everywhere(full: Book) -> None:
    async with at_desk(full, "members") as person:
        await person.press("8")
        assert person.on(RegistersScreen)
        assert "Trainings 2" in person.text


async def test_every_register_shows_its_lines(full: Book) -> None:
    async with at_desk(full, "registers", (100, 30)) as person:
        assert "统编教材培训" in person.at
        assert "missing" in person.at
        assert "without a report: 2, not relayed: 2" in person.text
        shown = {}
        for name in SECTIONS[1:]:
            await person.press("tab")
            shown[name] = person.text
        await person.press("tab")
        assert "统编教材培训" in person.at
    assert "张三" in shown["Pairs"]
    assert "河湾小学" in shown["Exchange"]
    assert "Mutual exchange" in shown["Exchange"]
    assert "originals not seen: 2" in shown["Achievements"]
    assert "85 > 92 (28)" in shown["Other lines"]


async def test_a_training_is_added_changed_reported_relayed_and_removed(book: Book) -> None:
    session = meet(book, -7, "分享")
    async with at_desk(book, "registers") as person:
        await person.press("a")
        await person.fill("zs", "统编教材培训", "10-12", "10-16", "24.5", "", "", "县教研室", "25%")
        assert "Saved: 张三 2026-10-12 统编教材培训" in person.said
        (training,) = book.trainings.all()
        assert (training.hours, training.missed, training.until) == (24.5, 0.25, date(2026, 10, 16))
        await person.press("e", "ctrl+u", "教材培训", "ctrl+s")
        assert book.trainings.get(training.id).title == "教材培训"
        await person.press("h", "down", "1200", "ctrl+s")
        (piece,) = book.work.all()
        assert (piece.kind, piece.words, piece.training) == (WorkKind.TRAINING_REPORT, 1200, training.id)
        await person.press("r", "11-11", "ctrl+s")
        (relay,) = book.entries.all()
        assert (relay.session, relay.date, relay.member) == (session.id, session.date, training.member)
        assert (reported(book), relayed(book)) == ({training.id}, {training.id})
        assert person.at.count("yes") == 2
        await person.press("d", "y")
        assert book.trainings.all() == []
        await person.press("u")
        assert len(book.trainings) == 1


async def test_a_pair_is_made_and_ended(book: Book) -> None:
    async with at_desk(book, "registers") as person:
        await go_to_section(person, "Pairs")
        await person.press("a")
        await person.fill("张三", "张三")
        assert "Nobody is their own mentor" in person.text
        await person.press("up", "end", "ctrl+u", "李强", "ctrl+s")
        (pair,) = book.pairs.all()
        assert (pair.mentor, pair.apprentice, pair.start) == (member(book, "张三"), member(book, "李强"), book.today)
        await person.press("x", "ctrl+u", "+3", "ctrl+s")
        assert book.pairs.get(pair.id).until == date(2026, 11, 21)
        assert len(pairs_of(book, on=book.today)) == 1


async def test_a_teacher_is_placed_and_comes_back(book: Book) -> None:
    async with at_desk(book, "registers") as person:
        await go_to_section(person, "Exchange")
        await person.press("a", "张三", "down", "河湾小学", "down", "support", "down", "ctrl+u", "9-1", "ctrl+s")
        (placement,) = book.placements.all()
        assert (placement.form, placement.home_school) == (PlacementForm.SUPPORT_TEACHING, "青禾实验学校")
        await person.press("x", "ctrl+s")
        assert book.placements.get(placement.id).until == book.today


async def test_an_original_is_checked_with_one_key(full: Book) -> None:
    async with at_desk(full, "registers") as person:
        await go_to_section(person, "Achievements")
        await person.press("o")
        assert person.said == "Original checked: 读写结合初探."
        await person.press("e", "end", "down", "down", "down", "一等奖", "ctrl+s")
        (paper,) = [one for one in full.achievements if one.kind is AchievementKind.PAPER]
        assert paper.original_checked
        await person.press("o")
        assert not full.achievements.get(paper.id).original_checked


async def test_a_line_of_the_register_is_written(book: Book) -> None:
    session = meet(book, -7, "讲座")
    async with at_desk(book, "registers") as person:
        await go_to_section(person, "Other lines")
        await person.press("a", "survey", "ctrl+s")
        assert "says nothing" in person.text
        await person.press("escape", "a")
        await person.fill("", "2026-11-11", "讲座满意度", "", "", "2026-11-11", "92.5", "85", "28")
        (entry,) = book.entries.all()
        assert (entry.kind, entry.session, entry.value, entry.count) == (EntryKind.SURVEY, session.id, 92.5, 28)


async def test_lines_are_narrowed_to_a_member_a_kind_a_term_and_a_text(full: Book) -> None:
    async with at_desk(full, "registers") as person:
        await person.press("m", "李强", "enter")
        assert person.screen.list.rows == [one.id for one in full.trainings if one.title == "师德专题"]
        await person.press("escape", "f", "public", "enter")
        assert "统编教材培训" in person.text
        assert "师德专题" not in person.text
        await person.press("escape", "t")
        assert len(person.screen.list.rows) == 1
        await person.press("escape", "/", "shide")
        assert len(person.screen.list.rows) == 1
        await person.press("enter")
        assert "师德专题" in person.at
        await person.press("escape")
        assert len(person.screen.list.rows) == 2
        await person.press("/", "zzz")
        assert "Nothing here within these limits" in person.text


async def test_a_new_line_is_shown_even_where_the_limits_leave_it_out(full: Book) -> None:
    async with at_desk(full, "registers") as person:
        await person.press("m", "李强", "enter", "a")
        await person.fill("张三", "又一次培训")
        assert "又一次培训" in person.at


async def test_from_a_line_one_goes_to_the_person(full: Book) -> None:
    async with at_desk(full, "registers") as person:
        await person.press("p")
        assert person.on(MemberScreen)
        await person.press("escape")
        assert person.on(RegistersScreen)
        await go_to_section(person, "Pairs")
        await person.press("p", "李强", "enter")
        assert person.on(MemberScreen)


async def test_what_belongs_to_another_register_is_neither_offered_nor_done(full: Book) -> None:
    async with at_desk(full, "registers", (100, 30)) as person:
        assert "r relayed" in person.keys
        assert "x end" not in person.keys
        await person.press("o")
        assert "not possible here" in person.said
        await go_to_section(person, "Pairs")
        assert "x end" in person.keys
        assert "r relayed" not in person.keys
        assert "f kind" not in person.keys


@pytest.mark.parametrize("section", SECTIONS)
async def test_every_key_of_the_key_line_does_something(full: Book, section: str) -> None:
    async with at_desk(full, "registers", (100, 30)) as person:
        await go_to_section(person, section)
        screen: Any = person.screen
        shown = [command for command in person.app.usable_commands(screen) if command.name.startswith("registers.")]
        for command in shown:
            before = person.text
            await person.press(command.keys[0] if command.keys[0] != "shift+tab" else "v")
            assert person.text != before or person.said or not person.on(RegistersScreen), command.name
            while person.asked or not person.on(RegistersScreen):
                await person.press("escape")
            while screen.go_back():
                pass
            while screen.section.title.message != section:
                await person.press("tab")


async def test_a_refusal_is_a_sentence_in_the_form_and_in_the_status_line(full: Book) -> None:
    close_term(full, full.term.code)
    async with at_desk(full, "registers") as person:
        await person.press("e", "ctrl+u", "新名字", "ctrl+s")
        assert "is closed" in person.text
        await person.press("escape", "d", "y")
        assert "is closed" in person.said
        assert len(full.trainings) == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_every_register_of_the_demo_shows_something(busy_book: Book, lang: str, size: tuple[int, int]) -> None:
    select_language(lang)
    async with at_program(busy_book, "registers", size=size, today=DEMO_DAY) as keys:
        for _section in SECTIONS:
            screen = keys.screen(RegistersScreen)
            assert screen.list.rows
            assert all(len(line) <= size[0] for line in keys.lines)
            assert keys.line(str(screen.section.title))
            await keys.press("tab")
        await keys.press("?")
        assert len(keys.lines) == size[1]


async def test_all_areas_are_named_on_80_columns(busy_book: Book) -> None:
    for lang in ("zh", "en"):
        select_language(lang)
        async with at_program(busy_book, "registers", size=(80, 24), today=DEMO_DAY) as keys:
            for area in keys.app.areas.values():
                if area.key:
                    assert str(area.title).split(maxsplit=1)[0] in keys.lines[0]


# where the registers meet other screens


async def test_a_report_is_handed_in_for_a_training_that_waits_for_it(full: Book) -> None:
    async with at_desk(full, "members") as person:
        await person.go_to("张三")
        await person.press("n")
        assert "Report on training" in person.text
        await person.press("down", "down", "down", "down", "down", "right", "ctrl+s")
        (training,) = [one for one in full.trainings if one.title == "统编教材培训"]
        assert reported(full) == {training.id}
        await person.press("n")
        assert "Report on training" not in person.text


async def test_an_activity_of_several_days_is_planned_in_the_form(book: Book) -> None:
    async with at_desk(book, "schedule") as person:
        assert person.on(ScheduleScreen)
        await person.press("a")
        await person.press(*["down"] * 11, "2026-11-27", "down", "region", "down", "yes", "ctrl+s")
        (session,) = book.sessions.all()
        assert (session.until, session.scope, session.cross_subject) == (date(2026, 11, 27), Scope.REGION, True)
