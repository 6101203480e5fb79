"""The screen of the rules in the hands of a person: adopt, answer, look why, go to where it is done, plan, score."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import pytest
from desk import Person, at_desk, make_book, meet, member

from coordinator_tui.book import rules
from coordinator_tui.book.members import add_member
from coordinator_tui.book.rule_scores import scores
from coordinator_tui.book.rule_view import MANY, in_force
from coordinator_tui.book.work import assign, hand_in
from coordinator_tui.domain.rules.pack import SettingType
from coordinator_tui.domain.vocabulary import EntryKind, WorkKind
from coordinator_tui.text import select_language
from coordinator_tui.tui.screens.members_page import MemberScreen
from coordinator_tui.tui.screens.registers import RegistersScreen
from coordinator_tui.tui.screens.rules import RulesScreen
from coordinator_tui.tui.screens.rules_answers import AnswersScreen
from coordinator_tui.tui.screens.rules_hours import HoursOfScreen, HoursScreen
from coordinator_tui.tui.screens.rules_packs import PacksScreen
from coordinator_tui.tui.screens.rules_plan import CadencePlanScreen, RuleTasksScreen
from coordinator_tui.tui.screens.rules_row import RowScreen
from coordinator_tui.tui.screens.rules_scores import ScoreScreen, ScoresScreen
from coordinator_tui.tui.screens.rules_text import PackEditor, UpgradeScreen
from coordinator_tui.tui.screens.session_page import SessionScreen
from coordinator_tui.tui.screens.today import TodayScreen
from coordinator_tui.tui.screens.work_pieces import PiecesScreen
from coordinator_tui.tui.widgets.confirm import Confirm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.rule_gaps import Gap
    from coordinator_tui.domain.rules.pack import PackSetting

WIDE = (100, 30)
SCORING = {"diligence_full": 100, "late_points": -1, "left_early_points": 0, "absent_points": -2}
OWN = """\
format: 1
id: own
title: 本校读书制度
source: 本校
applies: 全体教师
clauses:
  - id: "一"
    text: 每月交一篇读书笔记。
    requirements:
      - id: note
        title: 每月一篇读书笔记
        who: {each: member}
        what: {work: [reading_note], measure: count}
        how_many: 1
        per: month
"""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Book]:
    """Six people, no pack."""
    select_language("en")
    with make_book(tmp_path / "group.coord") as made:
        yield made


@pytest.fixture
def book(empty: Book) -> Book:
    """The school's own pack of one rule is in force; one person handed in this month, nobody before."""
    rules.adopt_text(empty, OWN)
    hand_in(empty, member(empty, "张三"), kind=WorkKind.READING_NOTE, date=date(2026, 11, 3), title="山居札记")
    return empty


def files(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


async def row(person: Person, piece: str) -> str:
    """Go down from the top of the rows at the right to the one with that piece of text."""
    await person.press("home")
    rows = person.screen.rows
    for _step in range(60):
        here = "".join(text for text, _look in rows.entries[rows._cursor].pieces)
        if piece in here:
            return here
        await person.press("down")
    raise AssertionError(f"no row has {piece!r}:\n{person.text}")


async def idle(person: Person) -> None:
    """Wait until what is computed at leisure has been."""
    for _step in range(3000):
        screen = person.screen
        if getattr(screen, "computed", True) and (not hasattr(screen, "owed") or screen.owed.state != "waiting"):
            break
        await asyncio.sleep(0.02)
    await person.look()


# what a pack is, and adopting one


async def test_without_a_pack_the_screen_says_what_one_is_and_offers_the_list(empty: Book) -> None:
    async with at_desk(empty, "rules") as person:
        assert "No rule pack is in force yet" in person.text
        assert "S19" in person.text
        assert "a packs" in person.keys
        assert "x export" not in person.keys
        await person.press("a")
        assert person.on(PacksScreen)
        assert person.at.endswith("s19")
        await person.press("escape")
        assert person.on(RulesScreen)


async def test_adopting_names_what_will_happen_and_then_asks_what_is_open(empty: Book) -> None:
    async with at_desk(empty, "rules", WIDE) as person:
        await person.press("a", "enter")
        assert "Adopt “Teachers' study and exchange regulation" in person.text
        assert "13 requirements are computed" in person.text
        assert "2 series can be planned" in person.text
        assert "leaves 9 things open" in person.text
        assert "No record is changed" in person.text
        await person.press("enter")  # No is what Enter does
        assert not in_force(empty)
        await person.press("enter", "y")
        assert in_force(empty)
        assert person.on(AnswersScreen)
        assert "In force:" in person.said
        await person.press("escape", "escape")
        assert person.on(RulesScreen)
        assert "One reading note" in person.text
        await person.press("u")
        assert not in_force(empty)
        assert "No rule pack is in force yet" in person.text


async def test_a_pack_in_force_is_not_adopted_twice_and_can_be_ended(book: Book) -> None:
    async with at_desk(book, "rules") as person:
        await person.press("a", "home")
        assert "本校读书制度" in person.at
        assert "✓ in force" in person.at
        await person.press("enter")
        assert "in force already" in person.said
        await person.press("d")
        assert "no record is touched" in person.text
        await person.press("n")
        assert in_force(book)
        await person.press("d", "y")
        assert not in_force(book)
        await person.press("u")
        assert in_force(book)
        await person.press("home", "d", "y", "home")
        await person.press("enter", "y")
        assert in_force(book)
        assert "本校读书制度" in person.said


async def test_the_list_tells_what_every_pack_asks(empty: Book) -> None:
    async with at_desk(empty, "rules", WIDE) as person:
        await person.press("a", "home")
        for _pack in rules.shipped_texts():
            here = person.screen.list.cursor_id
            assert rules.shipped_pack(here).title.en[:30] in person.screen.page.plain
            await person.press("down")
        await person.press("home", "down")
        before = person.text
        await person.press("+")
        assert person.text != before


# what a pack leaves open


async def test_open_questions_show_why_they_are_asked_and_are_never_answered_beforehand(empty: Book) -> None:
    rules.adopt(empty, "s19")
    async with at_desk(empty, "rules", WIDE) as person:
        await person.press("s")
        await person.go_to("Notes, essays or reflections per term")
        assert "The number is missing in the document" in person.text
        assert "Suggested, and not used unless you enter it: 5" in person.text
        await person.press("enter")
        field = person.app.screen.query_one("#field-value")
        assert field.value == ""  # type: ignore[attr-defined]  # an input
        await person.press("enter")
        assert "notes_per_term" not in rules.find_pack(empty, "s19").answers
        await person.go_to("Notes, essays or reflections per term")
        await person.press("enter", "viele", "ctrl+s")
        assert "viele" in person.line("^")
        await person.press("ctrl+u", "500", "ctrl+s")
        assert "60" in person.line("^")
        await person.press("ctrl+u", "5", "ctrl+s")
        assert rules.find_pack(empty, "s19").answers["notes_per_term"] == 5
        assert "Notes, essays or reflections per term: 5" in person.said
        await person.go_to("Notes, essays or reflections per term")
        await person.press("delete")
        assert "notes_per_term" not in rules.find_pack(empty, "s19").answers
        await person.press("u")
        assert rules.find_pack(empty, "s19").answers["notes_per_term"] == 5


async def test_a_weekday_and_a_time_are_asked_in_their_own_form(empty: Book) -> None:
    rules.adopt(empty, "s19")
    async with at_desk(empty, "rules", WIDE) as person:
        await person.press("s")
        await person.go_to("Weekday of the all-staff study")
        await person.press("enter")
        assert "(not answered)" in person.text
        await person.press("Wed", "ctrl+s")
        assert rules.find_pack(empty, "s19").answers["study_day"] == 3
        assert "Wednesday" in person.line("Weekday of the all-staff study")
        await person.go_to("Start of the all-staff study")
        await person.press("enter", "15点半", "ctrl+s")
        assert "^" in person.text
        await person.press("ctrl+u", "15:30", "ctrl+s")
        assert rules.find_pack(empty, "s19").answers["study_start"] == "15:30"


def one_of_each_type() -> dict[SettingType, tuple[str, PackSetting]]:
    """A pack and a setting of it for every type of question that a shipped pack asks."""
    found: dict[SettingType, tuple[str, PackSetting]] = {}
    for name in rules.shipped_texts():
        for setting in rules.shipped_pack(name).settings:
            found.setdefault(setting.type, (name, setting))
    return found


GIVEN = {
    SettingType.NUMBER: "4", SettingType.PERCENT: "15%", SettingType.DATE: "5-31", SettingType.WEEKDAY: "Thu",
    SettingType.TIME: "9:05", SettingType.YES_NO: "yes", SettingType.TEXT: "教研楼",
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(one_of_each_type()))
async def test_every_type_of_question_has_a_form_that_takes_an_empty_and_a_good_answer(
    empty: Book, kind: SettingType
) -> None:
    pack, setting = one_of_each_type()[kind]
    rules.adopt(empty, pack)
    async with at_desk(empty, "rules", WIDE) as person:
        await person.press("s")
        for given in ("", GIVEN.get(kind) or setting.choices[0][0]):
            person.screen.list.move_to((pack, setting.key))
            await person.press("enter")
            assert rules.say(setting.why)[:40] in person.text
            await person.press(*([given] if given else []), "ctrl+s")
            assert not person.asked, person.text
            assert (setting.key in rules.find_pack(empty, pack).answers) is bool(given)


# the ledger: states, filters, reasons, records


async def test_clauses_stand_with_their_state_in_words_and_how_much_is_owed(book: Book) -> None:
    async with at_desk(book, "rules", WIDE) as person:
        await idle(person)
        assert "! overdue" in person.line("每月一篇读书笔记")
        assert "17 gaps" in person.text  # twelve of September and October, five of November
        assert "overdue: 12" in person.text
        await person.go_to("每月一篇读书笔记")
        assert "每月交一篇读书笔记。" in person.text
        assert "each member · Reading note · at least 1" in person.text
        assert "needed 18, done 1, missing 17" in person.text


async def test_enter_on_a_row_tells_why_and_leads_to_the_record_and_esc_comes_back(book: Book) -> None:
    async with at_desk(book, "rules", WIDE) as person:
        await person.press("enter", "escape", "home", "down", "enter")
        assert "张三" in await row(person, "✓ met")
        assert "Needed 1, as the rule says" in person.text
        await person.press("enter")
        assert person.on(RowScreen)
        assert "Records that count: 1" in person.text
        await person.go_to("山居札记")
        await person.press("enter")
        assert person.on(PiecesScreen)
        await person.press("escape")
        assert person.on(RowScreen)
        await person.press("p")
        assert person.on(MemberScreen)
        await person.press("escape", "escape")
        assert person.on(RulesScreen)
        assert person.screen.reading
        await person.press("escape")
        assert not person.screen.reading


async def test_what_is_owed_can_be_handed_in_from_its_row_and_undone(book: Book) -> None:
    async with at_desk(book, "rules", WIDE) as person:
        await person.press("home", "enter", "escape", "home", "down", "enter")
        await row(person, "安然")
        await person.press("enter", "h")
        assert "安然 hands in" in person.text
        await person.press("down", "十月补交", "ctrl+s")
        assert "Handed in by 安然: Reading note." in person.said
        assert len(book.work) == 2
        await person.press("escape", "escape")
        assert "16 gaps" in person.text
        await person.press("u")
        assert "17 gaps" in person.text


async def test_only_what_is_owed_only_one_member_and_everything_again(book: Book) -> None:
    async with at_desk(book, "rules", WIDE) as person:
        await person.press("m", "zs", "enter")
        assert "only 张三" in person.text
        assert "2 gaps" in person.text
        await person.press("home", "down")
        assert "✓ met" in person.text
        await person.press("o")
        assert "only what is owed" in person.text
        assert "✓ met" not in person.text
        await person.press("o", "escape")
        assert "17 gaps" in person.text


async def test_a_session_that_counts_is_opened_from_its_row(empty: Book) -> None:
    rules.adopt(empty, "s19")
    session = meet(empty, -7, "理论学习", kind="policy_study")
    from coordinator_tui.book.roll import RollCall

    RollCall(empty, session.id).rest_present()
    async with at_desk(empty, "rules", WIDE) as person:
        await person.press("o", "o")
        await person.go_to("One all-staff stud")
        await person.press("enter")
        await row(person, "✓ met")
        await person.press("enter")
        await person.go_to("理论学习")
        await person.press("enter")
        assert person.on(SessionScreen)
        await person.press("escape")
        assert person.on(RowScreen)


async def test_a_register_entry_that_counts_is_opened_in_the_registers(empty: Book) -> None:
    from coordinator_tui.book.trainings import add_training

    rules.adopt(empty, "hours")
    training = add_training(empty, member(empty, "张三"), title="统编教材培训", start=date(2026, 10, 12), hours=24)
    async with at_desk(empty, "rules", WIDE) as person:
        await person.press("h")
        assert person.on(HoursScreen)
        await person.go_to("张三")
        assert "24" in person.at
        await person.press("enter")
        assert person.on(HoursOfScreen)
        await person.go_to("统编教材培训")
        await person.press("enter")
        assert person.on(RegistersScreen)
        assert person.screen.list.cursor_id == training.id


async def test_a_narrow_window_shows_lines_above_and_rows_alone_while_one_reads_them(book: Book) -> None:
    async with at_desk(book, "rules", (80, 24)) as person:
        await person.press("home", "down")
        assert "每月一篇读书笔记" in person.at
        assert "每月交一篇读书笔记。" in person.text
        await person.press("tab")
        assert "2026-2027-1  17 gaps" in person.text
        assert not person.screen.ledger.display
        assert "安然" in person.at
        await person.press("tab")
        assert person.screen.ledger.display
        assert "每月一篇读书笔记" in person.at


# the text of a pack


async def test_a_bad_text_is_refused_in_one_sentence_and_the_book_keeps_what_it_had(book: Book) -> None:
    async with at_desk(book, "rules", WIDE) as person:
        await person.press("enter", "escape", "e")
        assert isinstance(person.app.screen, PackEditor)
        editor = person.app.screen.text
        editor.go_to_line(15)
        await person.press("end", "backspace", "backspace", "f2")
        assert "line 15" in person.text
        assert "month" in person.text
        assert rules.find_pack(book, "own").record.text == OWN.strip()
        await person.press("end", "th", "f2")
        assert not person.asked
        editing = rules.find_pack(book, "own").record.text
        assert "per: month" in editing


async def test_the_schools_own_copy_is_edited_and_undone(book: Book) -> None:
    async with at_desk(book, "rules", WIDE) as person:
        await person.press("home", "e")
        person.app.screen.text.go_to_line(14)  # type: ignore[attr-defined]  # the editor
        await person.press("end", "backspace", "2", "f2")
        assert "Saved: 本校读书制度" in person.said
        assert "34 gaps" not in person.text
        await person.press("down")
        assert "at least 2" in person.text
        await person.press("u")
        assert "at least 1" in person.text


async def test_leaving_the_editor_unsaved_asks_once(book: Book) -> None:
    async with at_desk(book, "rules", WIDE) as person:
        await person.press("home", "e", "x", "escape")
        assert "Not saved yet" in person.text
        await person.press("escape")
        assert person.on(RulesScreen)
        assert not person.asked


async def test_a_pack_comes_from_a_file_and_replaces_the_copy_in_force_after_a_question(
    empty: Book, tmp_path: Path
) -> None:
    file = tmp_path / "本校.yaml"
    file.write_text(OWN.replace("per: month", "per: monat"), encoding="utf-8")
    async with at_desk(empty, "rules", WIDE) as person:
        await person.press("a", "i", str(tmp_path / "nichts.yaml"), "ctrl+s")
        assert "There is no file" in person.text
        await person.press("ctrl+u", str(file), "ctrl+s")
        assert "line 15" in person.text
        assert not in_force(empty)
        file.write_bytes(OWN.encode("gb18030"))
        await person.press("ctrl+s")
        assert "In force: 本校读书制度" in person.said
        file.write_text(OWN.replace("how_many: 1", "how_many: 3"), encoding="utf-8")
        await person.press("i", str(file), "ctrl+s")
        assert isinstance(person.app.screen, Confirm)
        await person.press("y")
    assert rules.find_pack(empty, "own").pack.requirements[0].how_many.at_least == 3


async def test_a_pack_of_ones_own_is_written_from_the_template(empty: Book) -> None:
    async with at_desk(empty, "rules", WIDE) as person:
        await person.press("a", "n")
        assert isinstance(person.app.screen, PackEditor)
        await person.press("f2")
        assert len(rules.packs(empty)) == 1
        assert "In force" in person.said


async def test_an_upgrade_is_shown_and_taken_or_put_aside(empty: Book) -> None:
    rules.adopt(empty, "s19")
    async with at_desk(empty, "rules", WIDE) as person:
        await person.press("home", "v")
        assert "has not changed" in person.said
        kept = rules.find_pack(empty, "s19").record
        old = kept.text.replace("least: 0\n    most: 60", "least: 0\n    most: 30")
        empty.packs.update(kept.id, text=old, shipped=old)
        await person.press("o", "o", "home")
        assert "A newer version is shipped" in person.text
        await person.press("v")
        assert person.on(UpgradeScreen)
        assert "60" in person.screen.page.plain
        await person.press("k")
        assert "copy is kept" in person.said
        assert "Nothing differs" in person.text
        await person.press("u", "t", "y")
        assert "Upgraded" in person.said
        assert rules.find_pack(empty, "s19").record.text == rules.shipped_texts()["s19"].strip()


async def test_a_pack_that_cannot_be_read_is_told_mended_and_ended(book: Book) -> None:
    kept = rules.find_pack(book, "own").record
    book.packs.update(kept.id, text=OWN.replace("per: month", "per: monat"))
    async with at_desk(book, "rules", WIDE) as person:
        await idle(person)
        assert "line 15" in person.text
        await person.press("a", "home")
        assert "! unreadable" in person.at
        assert "month" in person.screen.page.plain
        await person.press("e", "escape", "d", "y")
        assert not in_force(book)
        await person.press("u", "home", "e")
        person.app.screen.text.go_to_line(15)  # type: ignore[attr-defined]  # the editor
        await person.press("end", *["backspace"] * 5, "month", "f2")
        assert rules.find_pack(book, "own").pack.id == "own"
        assert "✓ in force" in person.line("本校读书制度")


# files, series, assignments


async def test_the_ledger_is_written_as_a_file(book: Book, tmp_path: Path) -> None:
    async with at_desk(book, "rules", WIDE) as person:
        for form in ("xlsx", "md", "txt", "csv"):
            await person.press("x", form, "down", "end", "ctrl+u", str(tmp_path), "down", f"l.{form}", "ctrl+s")
            assert "Written" in person.said
            assert (tmp_path / f"l.{form}").stat().st_size > 200
        await person.press("x", "md", "down", "end", "ctrl+u", str(tmp_path), "ctrl+s")
    assert "每月一篇读书笔记" in (tmp_path / "l.md").read_text(encoding="utf-8")
    assert any("ledger" in name for name in files(tmp_path))


async def test_a_clauses_series_is_previewed_and_planned_in_one_step(empty: Book) -> None:
    rules.adopt(empty, "s19")
    async with at_desk(empty, "rules", WIDE) as person:
        await person.press("o", "o")
        await person.go_to("Weekly activity of")
        await person.press("p", "ctrl+s")
        assert "weekday" in person.text
        await person.press("down", "Wed", "down", "15:30", "down", "16:30", "ctrl+s")
        assert person.on(CadencePlanScreen)
        assert "sessions would be added" in person.text
        assert len(empty.sessions) == 0
        count = len(person.screen.preview.sessions)
        await person.press("space", "f2")
        assert len(empty.sessions) == count - 1
        assert len(empty.series) == 1
        await person.press("u")
        assert (len(empty.sessions), len(empty.series)) == (0, 0)


async def test_assignments_are_made_from_the_rules_after_a_preview(book: Book) -> None:
    async with at_desk(book, "rules", WIDE) as person:
        await person.press("w")
        assert person.on(RuleTasksScreen)
        assert "3 assignments would be made" in person.text
        assert "安然" in person.text
        await person.press("c")
        assert "5 assignments would be made" in person.text
        await person.press("c", "space")
        assert "2 assignments would be made" in person.text
        await person.press("f2")
        assert "2 assignments were made" in person.said
        assert len(book.assignments) == 2
        await person.press("u")
        assert len(book.assignments) == 0


# assessment and hours


async def test_a_score_shows_every_line_that_adds_up_to_it(empty: Book) -> None:
    session = meet(empty, -7, "理论学习", kind="policy_study")
    from coordinator_tui.book.roll import RollCall
    from coordinator_tui.domain.vocabulary import Mark

    roll = RollCall(empty, session.id)
    roll.mark(member(empty, "张三"), Mark.LATE, minutes=10)
    roll.rest_present()
    rules.adopt(empty, "s19", answers=SCORING)
    async with at_desk(empty, "rules", WIDE) as person:
        await person.press("c")
        assert person.on(ScoresScreen)
        await person.go_to("张三")
        assert "99" in person.at
        await person.press("enter")
        assert person.on(ScoreScreen)
        assert "+100" in person.text
        assert "-1" in person.text
        await person.press("enter")
        assert "理论学习" in person.text
        await person.go_to("理论学习")
        await person.press("enter")
        assert person.on(SessionScreen)
        await person.press("escape", "escape", "c")
        assert "attendance alone" in person.said
        assert len(person.screen.list.rows) == 6


async def test_an_appeal_is_noted_and_changes_no_score(empty: Book) -> None:
    rules.adopt(empty, "s19", answers=SCORING)
    async with at_desk(empty, "rules", WIDE) as person:
        await person.press("c")
        await person.go_to("李强")
        before = [each.score.total for each in scores(empty)]
        await person.press("n", "ctrl+s")
        assert "fill this in" in person.text
        await person.press("第九周是公假", "ctrl+s")
        assert "The score stays as it is" in person.said
        (entry,) = empty.entries.all()
        assert (entry.kind, entry.member) == (EntryKind.APPEAL, member(empty, "李强"))
        assert [each.score.total for each in scores(empty)] == before
        assert person.at.rstrip().endswith("1")
        await person.press("enter")
        assert "第九周是公假" in person.text
        await person.press("u")
        assert not empty.entries.all()


async def test_scores_wait_for_the_answers_that_they_need(empty: Book) -> None:
    rules.adopt(empty, "s19")
    async with at_desk(empty, "rules", WIDE) as person:
        await person.press("c")
        assert "? unanswered" in person.line("张三")
        await person.press("enter")
        assert "“Full points for diligence” is unanswered" in person.text


async def test_without_a_pack_for_it_there_are_neither_scores_nor_hours(book: Book) -> None:
    async with at_desk(book, "rules") as person:
        await person.press("h")
        assert "credit hours" in person.said
        assert person.on(RulesScreen)
        await person.press("c")
        assert "No pack in force has an assessment" in person.text


# on other screens


async def test_today_shows_at_leisure_what_the_rules_make_due(book: Book) -> None:
    async with at_desk(book, "today", WIDE) as person:
        assert "17" not in person.line("Owed by the rules")
        await idle(person)
        assert "Owed by the rules: 17" in person.text
        assert "overdue: 12" in person.text
        await person.go_to("每月一篇读书笔记")
        await person.press("enter")
        assert person.on(RulesScreen)
        await idle(person)
        assert "only what is owed" in person.text
        assert "每月一篇读书笔记" in person.at
        await person.press("escape")
        assert person.on(TodayScreen)


async def test_a_single_gap_on_today_is_handed_in_at_once_and_then_gone(book: Book) -> None:
    rules.edit(book, "own", OWN.replace("who: {each: member}", "who: {each: member, subjects: [物理]}"))
    hand_in(book, member(book, "张三"), kind=WorkKind.READING_NOTE, date=date(2026, 10, 3))
    async with at_desk(book, "today", WIDE) as person:
        await idle(person)
        assert "Owed by the rules: 1" in person.text
        await person.go_to("每月一篇读书笔记")
        await person.press("enter")
        assert "张三 hands in" in person.text
        await person.press("ctrl+s")
        assert len(book.work) == 3
        await asyncio.sleep(0.3)
        await idle(person)
        assert "Owed by the rules" not in person.text


async def test_what_an_assignment_asks_for_stands_once(book: Book) -> None:
    assign(book, kind=WorkKind.READING_NOTE, title="十一月笔记", due=date(2026, 11, 30), group=book.group.id)
    async with at_desk(book, "today", WIDE) as person:
        await idle(person)
        assert "Work owed: 5" in person.text
        assert "Owed by the rules: 12" in person.text


async def test_a_members_page_shows_what_is_owed_by_when_and_why(book: Book) -> None:
    async with at_desk(book, "members", WIDE) as person:
        await person.go_to("张三")
        await person.press("enter")
        await idle(person)
        assert "Owed by the rules: 2" in person.text
        assert "0 of 1" in person.line("2026-09")
        assert "Clause 一" in person.text
        assert "Needed 1, as the rule says" in person.text
        await person.go_to("2026-10")
        await person.press("enter")
        assert "张三 hands in" in person.text


async def test_nothing_is_computed_while_the_roll_is_taken(book: Book) -> None:
    meet(book, 0)
    async with at_desk(book, "today", WIDE) as person:
        today = person.screen
        await idle(person)
        await asyncio.sleep(0.3)
        computed, find = list[int](), today.owed._find

        def counted() -> list[Gap]:
            computed.append(1)
            gaps: list[Gap] = find()
            return gaps

        today.owed._find = counted
        await person.press("enter", "1", "2", "u")
        assert not person.on(TodayScreen)
        await asyncio.sleep(0.5)
        assert not computed
        await person.press("escape")
        await asyncio.sleep(0.3)
        assert computed


async def test_without_a_pack_nothing_is_computed_and_nothing_is_shown(empty: Book) -> None:
    async with at_desk(empty, "today") as person:
        await asyncio.sleep(0.3)
        assert "rules" not in (await person.look()).lower().replace("7 rules", "")


async def test_in_a_large_school_it_is_computed_only_when_somebody_asks(book: Book) -> None:
    with book.step("members.add", name="many"):
        for number in range(MANY):
            add_member(book, f"教师{number}", group=book.group.id, birth=f"19{60 + number % 40}-01")
    async with at_desk(book, "today", WIDE) as person:
        await asyncio.sleep(0.4)
        await person.look()
        assert "Enter computes it for 206 members" in person.text
        await person.go_to("Enter computes")
        await person.press("enter")
        await idle(person)
        assert "Owed by the rules: " in person.text


# in every language, on every window


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_every_page_fits_its_window(book: Book, lang: str, size: tuple[int, int]) -> None:
    rules.adopt(book, "s19", answers=SCORING)
    rules.adopt(book, "hours")
    select_language(lang)
    async with at_desk(book, "rules", size) as person:
        for keys in (("enter", "escape"), ("end", "enter", "enter"), ("a",), ("s",), ("w",), ("c",), ("h",), ("o",)):
            await person.press(*keys)
            lines = person.text.split("\n")
            assert len(lines) == size[1]
            assert lines[-1].strip(), f"the key line is empty after {keys}"
            while not person.on(RulesScreen) or person.asked:
                await person.press("escape")
    select_language("en")


async def test_commands_are_found_in_chinese_english_and_pinyin(book: Book) -> None:
    async with at_desk(book, "rules") as person:
        for typed in ("zhidubao", "缺项", "commendation", "ledger", "xueshi", "luoshi"):
            await person.press("ctrl+p", typed)
            palette = person.app.screen
            assert palette.query_one("LineList").rows, typed  # type: ignore[attr-defined]  # a list
            await person.press("escape")
