"""Lists of work handed in, and plans of activities."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.domain.vocabulary import SessionKind, WorkKind, WorkStatus
from coordinator_tui.imports.messages import ImportRefused
from coordinator_tui.imports.sessions import read_sessions
from coordinator_tui.imports.work import read_work

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TERM = dt.date(2026, 8, 31)


def test_work_handed_in(file: Callable[..., Path]) -> None:
    text = (
        "教师读书笔记检查登记表\n序号,姓名,材料类型,书目,上交日期,字数,等第,检查人\n"
        "1,张雨桐,读书笔记,给教师的建议,9月20日,约1200字,优,李芳\n"
        "2,李思远,〃,〃,2026.9.21,1.2万,,\n"
        "3,王若溪,教学反思,,2026-09-22,,C,\n"
    )
    reading = read_work(file(text, "gbk"), not_before=TERM)

    assert [(row.name, row.kind, row.title, row.date, row.words, row.grade, row.status) for row in reading.rows] == [
        ("张雨桐", WorkKind.READING_NOTE, "给教师的建议", "2026-09-20", 1200, "A", WorkStatus.CHECKED),
        ("李思远", WorkKind.READING_NOTE, "给教师的建议", "2026-09-21", 12000, None, WorkStatus.HANDED_IN),
        ("王若溪", WorkKind.REFLECTION, None, "2026-09-22", None, "C", WorkStatus.CHECKED),
    ]
    assert reading.encoding == "gb18030"


def test_work_that_cannot_be_read_is_refused_by_row_and_column() -> None:
    text = (
        "姓名,类型,日期,字数,等第\n张雨桐,跳绳,,,\n李思远,论文,昨天,,\n王若溪,论文,,很多,\n"
        "陈嘉禾,论文,,,丁\n刘子墨,,,,\n"
    )
    reading = read_work(text)

    assert [(bad.row, bad.column, bad.value) for bad in reading.refusals] == [
        (2, "类型", "跳绳"),
        (3, "日期", "昨天"),
        (4, "字数", "很多"),
        (5, "等第", "丁"),
        (6, "类型", ""),
    ]
    assert reading.rows == ()


def test_one_kind_for_a_whole_list() -> None:
    reading = read_work("姓名,篇数\n张雨桐,3\n李思远,2\n", kind=WorkKind.READING_NOTE)

    assert [(row.kind, row.pieces) for row in reading.rows] == [(WorkKind.READING_NOTE, 3), (WorkKind.READING_NOTE, 2)]
    assert [row.name for row in read_work("张雨桐\n李思远", kind=WorkKind.ESSAY).rows] == ["张雨桐", "李思远"]


def test_a_plan_of_activities(workbook: Callable[..., Path]) -> None:
    rows = [
        ["2026-2027学年第一学期语文教研组活动安排表"],
        ["周次", "日期", "时间", "活动形式", "活动主题", "主讲人", "地点"],
        ["第2周", dt.datetime(2026, 9, 9), dt.time(15, 30), "教研活动", "大单元教学", "张雨桐", "会议室"],
        ["第3周", "9月16日（星期三）", "15:30-17:00", "集体备课", "第一单元", "李思远", "〃"],
        [None, "2026.9.23 下午3:30—5:00", None, "师德演讲", "家校沟通", None, "报告厅"],
        ["合计", "3次"],
    ]
    reading = read_sessions(workbook(rows, merge=["A1:G1", "A4:A5"]), not_before=TERM)

    assert [(row.date, row.start, row.end, row.week) for row in reading.rows] == [
        ("2026-09-09", "15:30", None, 2),
        ("2026-09-16", "15:30", "17:00", 3),
        ("2026-09-23", "15:30", "17:00", 3),
    ]
    assert [row.kind for row in reading.rows] == [SessionKind.GROUP_RESEARCH, SessionKind.COLLECTIVE_PREPARATION, None]
    assert reading.rows[2].kind_text == "师德演讲"
    assert reading.rows[1].place == "会议室"


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("2026-09,15:00,16:00", "日期", "has no day"),
        ("9月9日,15:00,16:00", "日期", "has no year"),
        ("2026-09-09,17:00,15:00", "结束时间", "end (15:00) before it begins"),
        ("2026-09-09,25:00,", "开始时间", "not a time of day"),
        (",15:00,16:00", "日期", "date is missing"),
    ],
)
def test_activities_that_cannot_be(row: str, column: str, reason: str) -> None:
    reading = read_sessions(f"日期,开始时间,结束时间,主题\n{row},大单元教学\n")

    assert [(bad.row, bad.column) for bad in reading.refusals] == [(2, column)]
    assert reason in str(reading.refusals[0].reason)


def test_a_plan_without_dates_is_refused() -> None:
    with pytest.raises(ImportRefused) as refused:
        read_sessions("主题,主讲人\n大单元教学,张雨桐\n")

    assert "no column 日期" in str(refused.value)
