"""The widgets of the frame, used as a person uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Key, Paste

from coordinator_tui.text import lazy
from coordinator_tui.tui.app import CoordinatorApp
from coordinator_tui.tui.areas import Area
from coordinator_tui.tui.screen import CoordinatorScreen, Dialog
from coordinator_tui.tui.widgets.bars import Counters, KeyBar
from coordinator_tui.tui.widgets.confirm import Confirm
from coordinator_tui.tui.widgets.form import Field, FormDialog
from coordinator_tui.tui.widgets.lineinput import LineInput
from coordinator_tui.tui.widgets.linelist import Column, LineList
from coordinator_tui.tui.widgets.preview import Preview
from coordinator_tui.tui.widgets.textpage import TextPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.pilot import Pilot
    from textual.widget import Widget


def app_with(*widgets: Widget) -> CoordinatorApp:
    """Return an app whose only screen shows these widgets."""

    class Only(CoordinatorScreen):
        heading = lazy("Members")

        def body(self) -> ComposeResult:
            yield from widgets

    return CoordinatorApp(areas=(Area("members", "1", lazy("Members"), Only, "", ("1",)),))


def picture(app: CoordinatorApp) -> list[str]:
    """Return what the screen shows, line by line."""
    strips = app.screen._compositor.render_strips()
    return ["".join(part.text for part in strip).rstrip() for strip in strips]


async def type_text(pilot: Pilot[Any], text: str) -> None:
    """Type text as a terminal sends it, Chinese punctuation included (`Pilot.press` drops that)."""
    from textual.keys import _character_to_key

    for char in text:
        pilot.app.post_message(Key(_character_to_key(char), char))
    await pilot.pause()


# ---- LineList


def list_of(
    count: int, *, selectable: bool = False, marks: dict[int, str] | None = None, asked: list[int] | None = None
) -> LineList[int]:
    def row(number: int) -> Sequence[Any]:
        if asked is not None:
            asked.append(number)
        return str(number), f"教师{number}", ((marks or {}).get(number, ""), "bad"), "——备注"

    columns = [
        Column("n", "序", 5, "right"),
        Column("name", "姓名", 12),
        Column("mark", "考勤", 6),
        Column("note", "备注", 0, drop=1),
    ]
    return LineList(columns, row, rows=range(count), selectable=selectable, marked_column=1)


async def test_columns_of_chinese_and_latin_text_line_up() -> None:
    names = ["张三", "阿依古丽·买买提江", "Ann Lee", "欧阳 修"]
    listing: LineList[int] = LineList(
        [Column("name", "姓名", 10), Column("mark", "考勤", 4)], lambda at: (names[at], "迟到"), rows=range(4)
    )
    app = app_with(listing)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        from coordinator_tui.text import cells

        starts = {cells(line[: line.index("迟到")]) for line in picture(app)[2:6]}
    assert starts == {13}


async def test_a_list_of_thousands_asks_only_for_what_is_seen() -> None:
    asked: list[int] = []
    app = app_with(list_of(20_000, asked=asked))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end", "pageup", "home")
    assert len(set(asked)) < 100


async def test_the_cursor_stays_on_its_person_when_the_list_is_sorted_or_shortened() -> None:
    listing = list_of(60)
    app = app_with(listing)
    async with app.run_test(size=(80, 24)) as pilot:
        listing.move_to(41)
        listing.set_rows(list(reversed(range(60))))
        await pilot.pause()
        assert listing.cursor_id == 41
        assert any(line.startswith(">") and "教师41" in line for line in picture(app))
        listing.set_rows([1, 2, 3])
        assert listing.cursor_id == 3
        listing.set_rows([])
        assert listing.cursor_id is None


async def test_one_changed_mark_repaints_one_cell() -> None:
    marks: dict[int, str] = {}
    listing = list_of(30, marks=marks)
    app = app_with(listing)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        regions: list[Any] = []
        listing.refresh = lambda *given, **_options: regions.extend(given)  # type: ignore[method-assign,assignment]
        marks[3] = "病"
        listing.update_row(3)
        listing.update_row(4)
        listing.update_row(29)
    assert [(region.y, region.width, region.height) for region in regions] == [(4, 6, 1)]


async def test_moving_and_choosing_by_keys() -> None:
    chosen: list[int] = []
    listing = list_of(50, selectable=True)
    listing.on_choose = chosen.append
    app = app_with(listing)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down", "space", "enter")
        assert listing.selected == {2}
        assert chosen == [3]
        await pilot.press("pagedown")
        assert listing.cursor == 3 + listing.page
        await pilot.press("end", "down")
        assert listing.cursor == 49
        await pilot.press("home", "up")
        assert listing.cursor == 0


async def test_moving_over_an_edge_scrolls_so_that_the_cursor_is_seen() -> None:
    listing = list_of(100)
    app = app_with(listing)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(70):
            await pilot.press("down")
            region = listing.region_of_cursor()
            assert 0 < region.y < listing.size.height
        assert any("> " in line and "教师70" in line for line in picture(app))


async def test_an_empty_list_says_what_to_do() -> None:
    listing: LineList[int] = LineList([Column("name", "姓名")], lambda _at: ("",), empty="还没有成员：按 a 添加")
    app = app_with(listing)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "还没有成员：按 a 添加" in picture(app)[2]
        await pilot.press("down", "enter", "space")


async def test_columns_that_do_not_fit_are_dropped_before_any_is_squeezed() -> None:
    columns = [
        Column("name", "姓名", 12),
        Column("birth", "出生", 10, drop=1),
        Column("phone", "电话", 12, drop=2),
        Column("note", "备注", 0, least=20),
    ]
    listing: LineList[int] = LineList(columns, lambda _at: ("张三", "1985-03", "139", "好"), rows=[1])
    app = app_with(listing)
    for width, expected in (
        (100, ["姓名", "出生", "电话", "备注"]),
        (50, ["姓名", "出生", "备注"]),
        (40, ["姓名", "备注"]),
    ):
        app = app_with(LineList(columns, lambda _at: ("张三", "1985-03", "139", "好"), rows=[1]))
        async with app.run_test(size=(width, 24)) as pilot:
            await pilot.pause()
            assert picture(app)[1].split() == expected


# ---- LineInput


async def test_a_burst_of_typing_and_deleting_keeps_its_order() -> None:
    line = LineInput()
    app = app_with(line)
    async with app.run_test() as pilot:
        app.post_message(Key("b", "b"))
        app.post_message(Key("a", "a"))
        app.post_message(Key("backspace", "\x7f"))
        app.post_message(Key("c", "c"))
        await pilot.pause()
        assert line.value == "bc"


async def test_chinese_punctuation_and_control_characters() -> None:
    line = LineInput()
    app = app_with(line)
    async with app.run_test() as pilot:
        await type_text(pilot, "张三迟10，李四（病）？")
        assert line.value == "张三迟10，李四（病）？"
        line.value = "a\x1b]0;x\x07b\u202ec\nd"
        assert line.value == "a\ufffd]0;x\ufffdbc d"


async def test_editing_in_the_middle() -> None:
    line = LineInput("张三 zhang san")
    app = app_with(line)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+w")
        assert line.value == "张三 zhang "
        await pilot.press("home", "right", "delete")
        await type_text(pilot, "四")
        assert line.value == "张四 zhang "
        await pilot.press("ctrl+k")
        assert line.value == "张四"
        await pilot.press("ctrl+u")
        assert line.value == ""


async def test_a_word_of_chinese_is_deleted_character_by_character() -> None:
    line = LineInput("今天没有活动")
    app = app_with(line)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+w")
        assert line.value == "今天没有活"


async def test_long_text_scrolls_and_the_input_method_follows_the_cursor() -> None:
    line = LineInput(prompt="姓名 ")
    app = app_with(line)
    async with app.run_test(size=(80, 24)) as pilot:
        await type_text(pilot, "张三")
        assert app.cursor_position == (5 + 4, 1)
        await type_text(pilot, "很长" * 40)
        assert app.cursor_position.x <= 79
        assert picture(app)[1].endswith("很长")
        app.screen.set_focus(None)
        await pilot.pause()
        assert app.cursor_position == (0, 0)


async def test_pasted_lines_beyond_the_first_are_counted_or_offered() -> None:
    line = LineInput()
    app = app_with(line)
    async with app.run_test() as pilot:
        app.post_message(Paste("张三\n李四\n\n王五\n"))
        await pilot.pause()
        assert line.value == "张三"
        assert "3 lines" in app.status[0][0]
        taken: list[str] = []
        line.on_lines = taken.extend
        app.post_message(Paste("张三\r\n李四"))
        await pilot.pause()
        assert taken == ["张三", "李四"]
        app.post_message(Paste(" 赵六\t"))
        await pilot.pause()
        assert line.value == "张三 赵六 "


# ---- dialogs


async def ask(app: CoordinatorApp, dialog: Dialog[Any]) -> list[Any]:
    """Open a dialog; its result will be in the list."""
    results: list[Any] = []
    await app.push_screen(dialog, results.append)
    return results


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["enter"], False),
        (["escape"], None),
        (["n"], False),
        (["y"], True),
        (["right", "enter"], True),
        (["tab", "tab", "enter"], False),
    ],
)
async def test_a_confirmation_names_what_happens_and_does_nothing_unless_told(
    keys: list[str], answer: bool | None
) -> None:
    app = app_with(list_of(3))
    async with app.run_test(size=(80, 24)) as pilot:
        results = await ask(app, Confirm("删除 3 个人的 12 条考勤记录。", yes="删除"))
        await pilot.pause()
        assert any("删除 3 个人的 12 条考勤记录。" in line for line in picture(app))
        await pilot.press(*keys)
        await pilot.pause()
        assert results == [answer]


def member_form(save: Any = None) -> FormDialog:
    return FormDialog(
        "新成员",
        [
            Field("name", "姓名", required=True),
            Field("gender", "性别", choices=[("", "未填"), ("female", "女"), ("male", "男")]),
            Field(
                "birth",
                "出生年月",
                placeholder="1985-03",
                check=lambda text: None if text[:4].isdecimal() else "请写成 1985-03",
            ),
        ],
        save,
    )


async def test_a_form_is_filled_with_enter_alone() -> None:
    app = app_with(list_of(3))
    async with app.run_test(size=(80, 24)) as pilot:
        results = await ask(app, member_form())
        await type_text(pilot, "李四")
        await pilot.press("enter", "right", "enter")
        await type_text(pilot, "1990-01")
        await pilot.press("enter")
        await pilot.pause()
        assert results == [{"name": "李四", "gender": "female", "birth": "1990-01"}]


async def test_a_field_that_will_not_do_says_why_and_is_gone_to() -> None:
    app = app_with(list_of(3))
    async with app.run_test(size=(80, 24)) as pilot:
        results = await ask(app, member_form())
        await pilot.press("down", "down")
        await type_text(pilot, "昨天")
        await pilot.press("ctrl+s")
        await pilot.pause()
        text = "\n".join(picture(app))
        assert "Please fill this in." in text
        assert "请写成 1985-03" in text
        await type_text(pilot, "王五")
        await pilot.press("up", "ctrl+u")
        await type_text(pilot, "1991")
        await pilot.press("f2")
        await pilot.pause()
        assert results == [{"name": "王五", "gender": "", "birth": "1991"}]


async def test_what_the_book_refuses_is_shown_and_the_form_stays_open() -> None:
    class RefusalError(Exception):
        exit_code = 3

    def save(_values: dict[str, str]) -> None:
        raise RefusalError("名单里已有“李四”。")

    app = app_with(list_of(3))
    async with app.run_test(size=(80, 24)) as pilot:
        results = await ask(app, member_form(save))
        await type_text(pilot, "李四")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert any("名单里已有“李四”。" in line for line in picture(app))
        await pilot.press("escape")
        await pilot.pause()
        assert results == [None]


async def test_a_choice_is_found_by_typing_its_pinyin() -> None:
    kinds = [("policy", "政治学习"), ("research", "教研活动"), ("lecture", "讲座")]
    app = app_with(list_of(3))
    async with app.run_test(size=(80, 24)) as pilot:
        results = await ask(app, FormDialog("活动", [Field("kind", "形式", choices=kinds), Field("topic", "主题")]))
        await type_text(pilot, "jiang")
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert results == [{"kind": "lecture", "topic": ""}]


# ---- the rest


async def test_counters_keep_their_places() -> None:
    counters = Counters()
    app = app_with(counters)
    async with app.run_test(size=(80, 24)) as pilot:
        counters.show_numbers([("应到", 30, "plain"), ("实到", 9, "good"), ("病", 0, "bad")])
        await pilot.pause()
        before = picture(app)[1]
        counters.show_numbers([("应到", 30, "plain"), ("实到", 10, "good"), ("病", 1, "bad")])
        await pilot.pause()
        assert before.index("病") == picture(app)[1].index("病")
        assert picture(app)[1].split() == ["应到", "30", "实到", "10", "病", "1"]


async def test_a_preview_shows_old_beside_new_in_words_and_signs() -> None:
    app = app_with(Preview([("张三 职称", "一级教师", "高级教师"), ("李四", "", "新成员"), ("王五 备注", "旧", "")]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = picture(app)[2:5]
    assert [line[2] for line in lines] == ["~", "+", "-"]
    assert "一级教师" in lines[0]
    assert "高级教师" in lines[0]


async def test_a_page_of_text_scrolls_and_says_that_there_is_more() -> None:
    page = TextPage([f"第{number}条 " + "各教研组应当按时填写。" * 8 for number in range(30)])
    app = app_with(page)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert picture(app)[21].startswith("v")
        await pilot.press("end")
        await pilot.pause()
        assert "第29条" in "\n".join(picture(app))
        assert not picture(app)[21].startswith("v")


async def test_the_key_line_never_shows_half_a_hint() -> None:
    app = app_with(list_of(3))
    for width in (20, 30, 40, 80):
        app = app_with(list_of(3))
        async with app.run_test(size=(width, 24)) as pilot:
            await pilot.pause()
            bar = app.screen.query_one(KeyBar)
            assert picture(app)[-1].split() == [
                word for command in bar.commands for word in f"{command.key_shown} {command.hint}".split()
            ]
