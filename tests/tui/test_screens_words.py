"""What labels and sentences on the screens say: nothing twice, nothing ambiguous, nothing cut that matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desk import at_desk, make_book, meet

from coordinator_tui.book.members import add_member
from coordinator_tui.book.series import add_series
from coordinator_tui.domain.vocabulary import SessionKind
from coordinator_tui.text import cells, select_language
from coordinator_tui.tui.screens.roll import RollScreen
from coordinator_tui.tui.screens.schedule import ScheduleScreen
from coordinator_tui.tui.screens.schedule_plan import SeriesScreen
from coordinator_tui.tui.screens.settings_book import BookScreen
from coordinator_tui.tui.widgets.confirm import Confirm
from coordinator_tui.tui.widgets.form import Field, FormDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coordinator_tui.book.book import Book

LONG = "阿依努尔·买合木提江"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    select_language("zh")
    with make_book(tmp_path / "group.coord") as made:
        yield made
    select_language("en")


async def test_the_form_of_a_series_tells_times_from_dates_and_a_thing_from_a_person(book: Book) -> None:
    async with at_desk(book, "schedule", (100, 30)) as person:
        await person.press("p", "a")
        text = await person.look()
        for label in ("名称", "开始时间", "结束时间", "从哪天", "到哪天"):
            assert person.line(label), text
        assert "姓名" not in text


@pytest.mark.parametrize(("area", "keys"), [("settings", "ga"), ("members", "ga"), ("schedule", "da")])
async def test_groups_and_holidays_have_a_name_as_things_do(book: Book, area: str, keys: str) -> None:
    async with at_desk(book, area, (100, 30)) as person:
        await person.press(*keys)
        assert person.asked
        form = person.app.screen
        assert isinstance(form, FormDialog)
        labels = [str(field.label) for field in form._form]
        assert "名称" in labels
        assert "姓名" not in labels


@pytest.mark.parametrize("width", [40, 80, 100])
async def test_a_long_question_and_its_details_are_read_to_the_end(book: Book, width: int) -> None:
    question = "把语文教研组本学期从九月到明年一月的二十二次活动连同已经点过的名一起全部从台账里删除？" * 2
    async with at_desk(book, size=(width, 24)) as person:
        person.screen.ask(Confirm(question + "甲", yes="全部删除", details=[question + "乙"]), lambda _yes: None)
        text = "".join((await person.look()).split())
        assert question + "甲" in text
        assert question + "乙" in text
        assert "全部删除" in text


async def test_what_is_wrong_in_a_form_is_read_to_the_end(book: Book) -> None:
    wrong = "这里不是学期，请写成 2026-2027-1（第一学期）或者 2026-2027-2（第二学期），中间用短横线分开。"
    fields = [Field("term", "学期", "乱写", check=lambda _text: wrong)]
    async with at_desk(book, size=(60, 20)) as person:
        person.app.ask(FormDialog("新建", fields))
        await person.press("ctrl+s")
        assert "".join(wrong.split()) in "".join((await person.look()).split())


async def test_a_long_sentence_in_the_status_line_takes_a_second_line_and_gives_it_back(book: Book) -> None:
    async with at_desk(book, "members", (80, 24)) as person:
        said = "学期总结已经写到 /home/li/文档/青禾实验学校/二〇二六学年第一学期/语文教研组/学期总结.xlsx，可以打印了。"
        assert cells(said) > 80
        person.screen.say(said)
        assert "".join(said.split()) in "".join((await person.look()).split())
        person.screen.say("好了。")
        rows = (await person.look()).split("\n")
        assert "好了。" in rows[-2]


@pytest.mark.parametrize("area", ["members", "work", "roll"])
async def test_a_long_name_is_whole_where_there_is_room(book: Book, area: str) -> None:
    add_member(book, LONG, group=book.group.id, subject="语文")
    add_member(book, LONG, group=book.group.id, subject="数学")
    meet(book, 0)
    async with at_desk(book, area, (100, 30)) as person:
        assert person.line(f"{LONG}(语文)"), await person.look()


async def test_names_in_work_are_whole_on_eighty_columns_when_the_months_leave_room(book: Book) -> None:
    add_member(book, "阿依努尔·艾山", group=book.group.id)
    async with at_desk(book, "work", (80, 24)) as person:
        assert person.line("阿依努尔·艾山"), await person.look()


# ---- the lines around a screen


async def test_help_stays_in_the_key_line_however_many_keys_a_screen_has(book: Book) -> None:
    async with at_desk(book, "members", (60, 20)) as person:
        assert "? 帮助" in (await person.look()).split("\n")[-1]


async def test_keys_that_would_be_text_are_not_offered_while_one_types(book: Book) -> None:
    async with at_desk(book, "today", (100, 30)) as person:
        await person.press("i")
        line = (await person.look()).split("\n")[-1]
        assert "q 退出" not in line
        assert "^P 命令" in line


async def test_where_a_screen_takes_a_digit_all_tabs_show_their_function_key(book: Book) -> None:
    async with at_desk(book, "today", (120, 30)) as person:
        await person.press("i")
        line = (await person.look()).split("\n")[0]
        assert all(f"F{number} " in line for number in (1, 3, 4, 5, 6)), line


async def test_the_key_of_the_tab_one_is_in_leads_to_its_first_screen(book: Book) -> None:
    async with at_desk(book, "schedule", (100, 30)) as person:
        await person.press("p")
        assert person.on(SeriesScreen)
        await person.press("3")
        assert person.on(ScheduleScreen)


async def test_backup_is_found_from_every_screen(book: Book) -> None:
    async with at_desk(book, "roll", (100, 30)) as person:
        await person.press("ctrl+p", "beifen", "enter")
        assert person.on(BookScreen)
        await person.press("escape")
        assert person.on(RollScreen)


async def test_keys_side_by_side_are_written_without_a_gap(book: Book) -> None:
    async with at_desk(book, "work", (100, 30)) as person:
        assert "a/b/c 等第" in (await person.look()).split("\n")[-1]


# ---- nothing twice


@pytest.mark.parametrize("width", [80, 100])
async def test_today_says_date_week_term_and_group_once(book: Book, width: int) -> None:
    async with at_desk(book, "today", (width, 30)) as person:
        text = await person.look()
        for piece in ("11-18", "第 12 周", "2026-2027-1", "语文教研组"):
            assert text.count(piece) == 1, text


async def test_a_session_without_a_topic_is_called_by_its_form_once(book: Book) -> None:
    meet(book, 1, topic=None)
    async with at_desk(book, "today", (100, 30)) as person:
        assert (await person.look()).count("教研活动") == 1


async def test_planning_in_the_middle_of_a_term_says_which_days_are_over(book: Book) -> None:
    kind = SessionKind.GROUP_RESEARCH
    add_series(book, name="每周教研", kind=kind, weekday=3, start="15:30", end="17:00", group=book.group.id)
    async with at_desk(book, "schedule", (100, 40)) as person:
        await person.press("p", "enter")
        text = await person.look()
        assert "其中 11 次的日期已过" in text
        assert "第1周" in text
        await person.press("e", "2026-11-18", "ctrl+s")
        text = await person.look()
        assert "的日期已过" not in text


async def test_a_long_form_scrolls_to_its_last_field_on_a_low_terminal(book: Book) -> None:
    async with at_desk(book, "members", (40, 10)) as person:
        await person.press("a", "up", "最后一项")
        text = await person.look()
        assert "最后一项" in text
        assert "添加成员" in text
        assert "Esc 返回" in text


async def test_the_next_session_says_when_it_ends_and_what_it_is(book: Book) -> None:
    meet(book, 1, "大单元设计")
    async with at_desk(book, "today", (80, 24)) as person:
        line = person.line("15:30") or await person.look()
        assert "11-19 周四 明天  15:30–17:00  大单元设计" in line


async def test_text_pasted_where_nothing_takes_it_is_not_dropped_in_silence(book: Book) -> None:
    async with at_desk(book, "members", (80, 24)) as person:
        await person.paste("张三\n李四")
        assert "这里不能粘贴" in person.said
        await person.press("/")
        await person.paste("张三")
        assert "查找“张三”" in await person.look()
