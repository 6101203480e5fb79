"""Attendance from sign-in sheets, DingTalk's statistics, meeting software, attendance machines and pasted lists."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.domain.vocabulary import Mark
from coordinator_tui.imports.marks import MarkRow, read_mark, read_marks
from coordinator_tui.imports.messages import ImportRefused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAILY = [
    *["姓名", "考勤组", "部门", "工号", "职位", "UserId", "日期", "workDate", "班次", "上班1打卡时间", "上班1打卡结果"],
    *[
        "下班1打卡时间",
        "下班1打卡结果",
        "关联的审批单",
        "出勤天数",
        "休息天数",
        "工作时长(分钟)",
        "迟到次数",
        "迟到时长(分钟)",
    ],
    *["早退次数", "早退时长(分钟)", "上班缺卡次数", "下班缺卡次数", "旷工天数", "出差时长", "外出时长"],
]


def daily_row(name: str, day: str = "26-09-09 星期三", **values: object) -> list[object]:
    usual: dict[str, object] = {
        "姓名": name,
        "日期": day,
        "班次": "A 08:00-17:00",
        "上班1打卡结果": "正常",
        "出勤天数": "1",
    }
    return [{**usual, **values}.get(label, "") for label in DAILY]


def told(rows: tuple[MarkRow, ...]) -> list[tuple[str, str | None, int | None]]:
    return [(row.name, row.mark, row.minutes) for row in rows]


def test_daily_statistics_of_dingtalk(workbook: Callable[..., Path]) -> None:
    path = workbook(
        [
            ["每日统计"],
            ["统计日期：2026-09-09 至 2026-09-10", "报表生成时间：2026-09-10 18:00"],
            DAILY,
            daily_row("张雨桐", 上班1打卡时间="07:55"),
            daily_row("李思远", 上班1打卡结果="迟到", 迟到次数="1", **{"迟到时长(分钟)": "10"}),
            daily_row("王若溪", 关联的审批单="病假09-09 08:00到09-09 17:00 1天", 出勤天数="0"),
            daily_row("陈嘉禾", 关联的审批单="产假09-01到12-31", 出勤天数="0"),
            daily_row("刘子墨", 上班1打卡结果="旷工", 旷工天数="1", 出勤天数="0"),
            daily_row("孙一诺", 早退次数="1", **{"早退时长(分钟)": "5"}),
            daily_row("周明哲", 上班1打卡结果="缺卡", 上班缺卡次数="1"),
            daily_row("吴晓岚", 外出时长="8"),
            daily_row("郑书瑶", 班次="休息", 休息天数="1", 上班1打卡结果="", 出勤天数=""),
            daily_row("张雨桐", "26-09-10 星期四"),
        ],
        merge=["A1:Z1"],
        title="每日统计",
        others={"原始记录": [["姓名", "考勤日期"], ["张雨桐", "26-09-09"]]},
    )
    reading = read_marks(path, on=date(2026, 9, 9))

    assert reading.header_row == 3
    assert told(reading.rows) == [
        ("张雨桐", Mark.PRESENT, None),
        ("李思远", Mark.LATE, 10),
        ("王若溪", Mark.SICK, None),
        ("陈嘉禾", Mark.OTHER_LEAVE, None),
        ("刘子墨", Mark.ABSENT, None),
        ("孙一诺", Mark.LEFT_EARLY, 5),
        ("周明哲", None, None),
        ("吴晓岚", Mark.OFFICIAL, None),
    ]
    assert reading.rows[0].date == "2026-09-09"
    assert reading.rows[0].time == "07:55"
    assert [str(note) for note in reading.notes] == ["Rows of people who had a day off were left out: 12."]
    assert len(read_marks(path).rows) == 9


def test_a_sign_in_report_of_dingtalk(workbook: Callable[..., Path]) -> None:
    rows = [
        ["签到报表"],
        ["2026-09-09"],
        ["姓名", "部门", "日期", "时间", "地点", "备注"],
        ["张雨桐", "语文组", "2026-09-09", "15:21", "会议室", ""],
        ["张雨桐", "语文组", "2026-09-09", "15:22", "会议室", ""],
        ["李思远", "语文组", "2026-09-09", "15:40", "会议室", "迟到10分钟"],
    ]
    reading = read_marks(workbook(rows))

    assert told(reading.rows) == [("张雨桐", Mark.PRESENT, None), ("李思远", Mark.LATE, 10)]
    assert reading.rows[0].time == "15:21"
    assert "counted once (rows 5)" in str(reading.notes[0])


def test_an_attendance_machine(file: Callable[..., Path]) -> None:
    table = "登记号码\t姓名\t日期时间\n7\t张雨桐\t2026/9/9 15:21:33\n8\t李思远\t2026/9/9 15:44:02\n"
    rows = read_marks(file(table, "gbk", "考勤.xls")).rows

    assert [(row.name, row.date, row.time) for row in rows] == [
        ("张雨桐", "2026-09-09", "15:21"),
        ("李思远", "2026-09-09", "15:44"),
    ]


def test_participants_of_an_online_meeting() -> None:
    text = (
        "用户昵称（入会昵称）,首次入会时间,最后退会时间,累计参会时长\n"
        "张雨桐,15:28,17:01,1小时33分钟\n李思远,15:40,16:10,00:30:12\n"
    )
    rows = read_marks(text).rows

    assert [(row.name, row.mark, row.time, row.attended) for row in rows] == [
        ("张雨桐", Mark.PRESENT, "15:28", 93),
        ("李思远", Mark.PRESENT, "15:40", 30),
    ]


def test_a_pasted_chain_of_sign_ins() -> None:
    text = (
        "#接龙\n9月9日教研活动签到\n例 张三\n1. 张雨桐\n2. 李思远 迟到10分钟\n3、王若溪（病假）\n4. 陈嘉禾+1\n"
        "5. 刘子墨 请假\n6. 孙一诺 公出开会"
    )
    reading = read_marks(text)

    assert told(reading.rows) == [
        ("张雨桐", Mark.PRESENT, None),
        ("李思远", Mark.LATE, 10),
        ("王若溪", Mark.SICK, None),
        ("陈嘉禾", Mark.PRESENT, None),
        ("孙一诺", Mark.OFFICIAL, None),
    ]
    assert [(bad.row, bad.value) for bad in reading.refusals] == [(8, "请假")]
    assert "which leave" in str(reading.refusals[0].reason)


@pytest.mark.parametrize(
    "text",
    [
        "张雨桐 出勤\n李思远 迟到10分钟\n王若溪 病假",
        "张雨桐√ 李思远 迟到10分钟，王若溪 病假",
        "出勤：张雨桐\n迟到10分钟：李思远\n病假：王若溪",
    ],
)
def test_marks_behind_and_before_names(text: str) -> None:
    assert told(read_marks(text).rows) == [
        ("张雨桐", Mark.PRESENT, None),
        ("李思远", Mark.LATE, 10),
        ("王若溪", Mark.SICK, None),
    ]


def test_a_sheet_with_a_column_for_each_day_is_asked_about() -> None:
    text = "序号,姓名,9月9日,9月16日\n1,张雨桐,√,迟\n2,李思远,病,√\n"
    with pytest.raises(ImportRefused) as refused:
        read_marks(text)
    assert "--map mark=9月9日" in str(refused.value)

    assert told(read_marks(text, mapping={"mark": "9月16日"}).rows) == [
        ("张雨桐", Mark.LATE, None),
        ("李思远", Mark.PRESENT, None),
    ]


def test_a_printed_sheet_of_two_halves() -> None:
    text = "序号,姓名,签名,序号,姓名,签名\n1,张雨桐,√,3,王若溪,\n2,李思远,,4,陈嘉禾,\n"

    assert [(row.row, row.name) for row in read_marks(text).rows] == [
        (2, "张雨桐"),
        (2, "王若溪"),
        (3, "李思远"),
        (3, "陈嘉禾"),
    ]


def test_a_sheet_with_a_column_of_marks() -> None:
    text = "姓名\t考勤\t备注\n张雨桐\t√\t\n李思远\t迟\t8分钟\n王若溪\t公\t开会\n陈嘉禾\t退5\t\n刘子墨\t？\t\n"
    reading = read_marks(text)

    assert told(reading.rows) == [
        ("张雨桐", Mark.PRESENT, None),
        ("李思远", Mark.LATE, 8),
        ("王若溪", Mark.OFFICIAL, None),
        ("陈嘉禾", Mark.LEFT_EARLY, 5),
    ]
    assert [(bad.column, bad.value) for bad in reading.refusals] == [("考勤", "？")]


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        ("√", Mark.PRESENT),
        ("已签到", Mark.PRESENT),
        ("迟到10分钟", Mark.LATE),
        ("严重迟到", Mark.LATE),
        ("早退", Mark.LEFT_EARLY),
        ("请病假", Mark.SICK),
        ("病", Mark.SICK),
        ("事假（家长会）", Mark.PERSONAL),
        ("外出培训", Mark.OFFICIAL),
        ("婚假", Mark.OTHER_LEAVE),
        ("旷会", Mark.ABSENT),
        ("免", Mark.EXEMPT),
        ("未签到", Mark.ABSENT),
        ("请假", None),
        ("！", None),
    ],
)
def test_words_for_marks(typed: str, mark: Mark | None) -> None:
    assert read_mark(typed) is mark
