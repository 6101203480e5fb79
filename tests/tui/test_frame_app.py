"""Commands, palette, help, areas and errors of the app, whatever the screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from textual.events import AppBlur, AppFocus, Key

from coordinator_tui.text import lazy, select_language
from coordinator_tui.tui.app import CoordinatorApp
from coordinator_tui.tui.areas import AREAS, WELCOME, Area
from coordinator_tui.tui.commands import Command, by_key, key_forms, key_name
from coordinator_tui.tui.crash import Fault, describe
from coordinator_tui.tui.palette import Palette
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.widgets.bars import KeyBar, TitleLine
from coordinator_tui.tui.widgets.confirm import Confirm
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.app import ComposeResult


class RefusalError(Exception):
    exit_code = 3


class Members(CoordinatorScreen):
    heading = lazy("Members")
    about = "Everybody in the group."
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="members.add",
            title=lazy("Add a member"),
            keys=("a",),
            hint=lazy("add"),
            words="添加 新增",
            cli="members add",
        ),
        Command(name="members.refuse", title=lazy("Refuse"), keys=("r",), hint=lazy("refuse")),
        Command(name="members.hidden", title=lazy("Never"), keys=("h",), hint=lazy("never")),
        Command(name="members.mark", title=lazy("Mark late"), keys=("1",), action="mark", arguments=("late",)),
        Command(name="members.fail", title=lazy("Fail"), keys=("x",)),
    )

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.refreshed: list[Any] = []

    def body(self) -> ComposeResult:
        yield LineList([Column("name", "姓名")], lambda row: (str(row),), rows=["张三"])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "hidden" and super().check_action(action, parameters)

    def refresh_book(self, changes: Any) -> None:
        self.refreshed.append(changes)

    def action_add(self) -> None:
        self.done.append("add")

    def action_mark(self, mark: str) -> None:
        self.done.append(mark)

    async def action_refuse(self) -> None:
        raise RefusalError("名单里没有“张三丰”。")

    def action_hidden(self) -> None:
        self.done.append("hidden")

    def action_fail(self) -> None:
        raise RuntimeError("张三 13800001234")


class Roll(Members):
    heading = lazy("Roll")
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="roll.present", title=lazy("Rest present"), keys=("p",), hint=lazy("rest present"), words="其余到"
        ),
    )

    def action_present(self) -> None:
        self.done.append("present")


class Today(CoordinatorScreen):
    heading = lazy("Today")


class Book:
    def __init__(self) -> None:
        self.version, self.steps, self.closed = 1, ["张三 病假"], False

    def refresh(self) -> Any:
        return type("Changes", (), {"touched": {}})()

    def undo(self) -> Any:
        self.version += 1
        return type("Report", (), {"sentence": f"已撤销：{self.steps.pop()}"})() if self.steps else None

    def redo(self) -> None:
        return None

    def close(self) -> None:
        self.closed = True


HERE = (
    Area("today", "1", lazy("Today"), Today, "今日", ("1", "f1")),
    Area("members", "2", lazy("Members"), Members, "成员 名单", ("2", "f2")),
    Area("roll", "4", lazy("Roll"), Roll, "点名", ("4", "f4")),
)


@pytest.fixture
def app() -> CoordinatorApp:
    return CoordinatorApp(Book(), areas=HERE)


@pytest.fixture
def chinese() -> Iterator[None]:
    select_language("zh")
    yield
    select_language("en")


@pytest.fixture(autouse=True)
def english() -> None:
    select_language("en")


def members(app: CoordinatorApp) -> Members:
    assert isinstance(app.screen, Members)
    return app.screen


# ---- keys


@pytest.mark.parametrize("key", ["a", "？", "1", ":", ".", "space", "A"])
def test_every_key_has_its_full_width_form(key: str) -> None:
    forms = key_forms(key)
    assert len(set(forms)) == len(forms)
    assert len(forms) >= 2 or not key.isascii()


def test_a_key_used_twice_on_one_screen_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="calls both"):
        by_key([Command(name="a.x", title=lazy("x"), keys=("x",)), Command(name="a.y", title=lazy("y"), keys=("x",))])


def test_a_look_alike_gives_way_to_the_key_itself() -> None:
    slash, comma = (
        Command(name="a.find", title=lazy("f"), keys=("/",)),
        Command(name="a.list", title=lazy("l"), keys=("、",)),
    )
    assert by_key([slash, comma])["ideographic_comma"] is comma


@pytest.mark.parametrize(
    ("key", "shown"),
    [("ctrl+p", "^P"), ("f9", "F9"), ("escape", "Esc"), ("a", "a"), ("?", "?"), ("shift+tab", "shift+Tab")],
)
def test_keys_are_written_for_people(key: str, shown: str) -> None:
    assert key_name(key) == shown


async def test_a_screens_key_goes_before_the_tabs_and_the_tabs_stay_under_function_keys(app: CoordinatorApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("2", "1")
        assert members(app).done == ["late"]
        await pilot.press("f1")
        assert app.current_mode == "today"


async def test_escape_goes_back_one_thing_at_a_time_and_never_out(app: CoordinatorApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("2", "question_mark")
        assert len(app.screen_stack) == 2
        await pilot.press("escape")
        assert app.screen is members(app)
        await pilot.press("escape")
        assert app.current_mode == "today"
        await pilot.press("escape", "escape")
        assert app.is_running
        assert "Ctrl+Q" in app.status[0][0]


async def test_what_cannot_be_done_now_is_neither_shown_nor_done(app: CoordinatorApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("2", "h")
        await pilot.pause()
        assert members(app).done == []
        assert "Never" in app.status[0][0]
        assert "members.hidden" not in {command.name for command in app.screen.query_one(KeyBar).commands}
        assert "members.hidden" not in {command.name for command, _target in app.palette_commands(app.screen)}


async def test_every_key_in_the_key_line_does_something(app: CoordinatorApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        shown = app.screen.query_one(KeyBar).commands
        assert {"members.add", "members.refuse", "app.help", "app.palette", "app.undo", "app.leave"} <= {
            c.name for c in shown
        }
        for command in shown:
            target = app.screen if command.name.startswith("members") else app
            assert callable(getattr(target, f"action_{command.method}"))


async def test_a_subclass_keeps_the_commands_of_its_base(app: CoordinatorApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("4", "p", "a")
        assert members(app).done == ["present", "add"]


# ---- telling


async def test_a_refusal_of_the_book_is_a_sentence_in_the_status_line(app: CoordinatorApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("2", "r")
        assert app.status == ((" 名单里没有“张三丰”。", "bad"),)


async def test_undo_says_what_was_undone_and_the_screen_follows(app: CoordinatorApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("2", "u")
        assert "已撤销：张三 病假" in app.status[0][0]
        assert members(app).refreshed == [None]
        await pilot.press("u")
        assert "nothing to undo" in app.status[0][0]
        await pilot.press("ctrl+r")
        assert "nothing to redo" in app.status[0][0]


async def test_a_covered_screen_catches_up_when_it_returns(app: CoordinatorApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("2")
        screen = members(app)
        await pilot.press("f1")
        assert isinstance(app.book, Book)
        app.book.version += 1
        await pilot.press("2")
        await pilot.pause()
        assert screen.refreshed == [None]
        await pilot.press("f1", "2")
        await pilot.pause()
        assert screen.refreshed == [None], "nothing changed in between"


async def test_textuals_own_notices_end_in_the_status_line_and_are_no_markup(app: CoordinatorApp) -> None:
    async with app.run_test() as pilot:
        app.notify("[b]张三[/]", severity="warning")
        await pilot.pause()
        assert app.status == ((" [b]张三[/]", "warn"),)


async def test_switching_terminal_panes_changes_nothing(app: CoordinatorApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("2")
        focused = app.focused
        app.post_message(AppBlur())
        await pilot.pause()
        assert app.focused is focused
        app.post_message(AppFocus())
        await pilot.press("a")
        assert members(app).done == ["add"]


async def test_a_fault_says_one_sentence_and_describes_itself_without_data(
    app: CoordinatorApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with pytest.raises(Fault) as raised:
        async with app.run_test() as pilot:
            await pilot.press("2", "x")
    assert app.return_code == 1
    assert "13800001234" not in raised.value.sentence
    assert raised.value.__cause__
    text = describe(raised.value.__cause__)
    assert "RuntimeError" in text
    assert "action_fail" in text
    assert "张三" not in text


async def test_a_refusal_is_told_wherever_it_comes_from(app: CoordinatorApp) -> None:
    def refuse(*_given: object) -> None:
        raise RefusalError("磁盘已满，没有写入。")

    async with app.run_test() as pilot:
        await pilot.press("2")
        members(app).query_one(LineList).on_choose = refuse
        await pilot.press("enter")
        assert app.status == ((" 磁盘已满，没有写入。", "bad"),)
        app.say("")
        app.ask(Confirm("删除。"), refuse)
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert app.status == ((" 磁盘已满，没有写入。", "bad"),)


async def test_a_book_that_fails_outside_of_any_command_ends_with_its_own_sentence_and_code(
    app: CoordinatorApp,
) -> None:
    with pytest.raises(Fault) as raised:  # noqa: PT012  # the error comes out where the app ends
        async with app.run_test() as pilot:
            await pilot.press("2")
            members(app).call_later(members(app).action_refuse)
            await pilot.pause()
    assert raised.value.sentence == "名单里没有“张三丰”。"
    assert app.return_code == 3


async def test_without_a_book_only_the_first_area_opens() -> None:
    app = CoordinatorApp(None, areas=(*HERE, Area("welcome", "", lazy("Welcome"), Today)), first="welcome")
    async with app.run_test() as pilot:
        await pilot.press("2", "u", "escape", "f4")
        assert app.current_mode == "welcome"
        await app.use_book(Book())
        await pilot.press("2", "escape")
        assert app.current_mode == "today"
        await pilot.press("escape")
        assert app.current_mode == "today", "the welcome is not gone back to"


@pytest.mark.parametrize("keys", [["2"], ["2", "question_mark"], ["2", "ctrl+p"], ["2", "u"]])
async def test_every_text_of_the_frame_goes_through_translation(keys: list[str]) -> None:
    select_language("pseudo")
    app = CoordinatorApp(Book(), areas=HERE, place=lambda _book: ())
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
    text = "\n".join("".join(part.text for part in strip) for strip in strips)
    bare = re.sub(r"⟦[^⟧]*(⟧|…)|coordinator-tui [a-z ]+|members add|undo|redo|Everybody in the group.", "", text)
    assert not re.search(r"[A-Za-z]{4,}", re.sub(r"Enter|Space", "", bare)), bare


# ---- palette and help


async def search(app: CoordinatorApp, pilot: Any, query: str) -> list[str]:
    """Return the names of the commands that the palette shows for a query."""
    await pilot.press("ctrl+p")
    for char in query:
        app.post_message(Key(char, char))
    await pilot.pause()
    assert isinstance(app.screen, Palette)
    offers = app.screen._offers
    names = [offers[at][0].name for at in app.screen.query_one(LineList).rows]
    await pilot.press("escape")
    return names


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("roll", "area.roll"),
        ("点名", "area.roll"),
        ("dianming", "area.roll"),
        ("dm", "area.roll"),
        ("新增", "members.add"),
        ("tianjia", "members.add"),
        ("ADD", "members.add"),
        ("chexiao", "app.undo"),
    ],
)
async def test_a_command_is_found_in_both_languages_and_by_pinyin(app: CoordinatorApp, query: str, found: str) -> None:
    async with app.run_test() as pilot:
        await pilot.press("2")
        assert (await search(app, pilot, query))[0] == found


@pytest.mark.usefixtures("chinese")
async def test_english_finds_commands_in_a_chinese_interface() -> None:
    select_language("zh")
    app = CoordinatorApp(Book(), areas=HERE)
    async with app.run_test() as pilot:
        await pilot.press("2")
        assert (await search(app, pilot, "undo"))[0] == "app.undo"


async def test_the_palette_does_what_is_chosen(app: CoordinatorApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("2", "ctrl+p")
        for char in "add":
            app.post_message(Key(char, char))
        await pilot.press("enter")
        await pilot.pause()
        assert members(app).done == ["add"]
        await pilot.press("ctrl+p", *"zzz", "enter", "escape")
        assert members(app).done == ["add"]


async def test_the_palette_goes_to_another_area(app: CoordinatorApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p", *"roll", "enter")
        await pilot.pause()
        assert app.current_mode == "roll"


async def test_the_help_names_every_key_of_the_screen(app: CoordinatorApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("2", "question_mark")
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        text = "\n".join("".join(part.text for part in strip) for strip in strips)
    assert "Everybody in the group." in text
    assert "Help: Members" in text
    for line in (
        "a             Add a member",
        "coordinator-tui members add",
        "^P F10        All commands",
        "2 F2          Members",
    ):
        assert line in text


# ---- frame of the screen


@pytest.mark.parametrize("width", [60, 80, 100])
async def test_the_title_line_says_where_one_is_at_every_width(width: int) -> None:
    app = CoordinatorApp(Book(), areas=HERE, place=lambda _book: ("语文组", "2026-2027-1", "第12周", "11-21"))
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        title = app.screen.query_one(TitleLine).plain
    assert "2 Members" in title
    assert title.rstrip().endswith("11-21")


def test_the_areas_have_the_keys_that_are_promised() -> None:
    assert [(area.key, area.name) for area in AREAS if area.key] == [
        ("1", "today"), ("2", "members"), ("3", "schedule"), ("4", "roll"), ("5", "work"), ("6", "summary"),
        ("7", "rules"), ("8", "registers"),
    ]  # fmt: skip
    assert WELCOME.name == "welcome"


async def test_another_book_takes_the_place_of_the_old_one(app: CoordinatorApp) -> None:
    old, new = app.book, Book()
    async with app.run_test() as pilot:
        await pilot.press("2", "a")
        before = app.screen
        await app.use_book(new)
        await pilot.pause()
        assert isinstance(old, Book)
        assert old.closed
        assert app.current_mode == "today"
        await pilot.press("2")
        await pilot.pause()
        assert app.screen is not before, "nothing of the old book is left on a screen"
