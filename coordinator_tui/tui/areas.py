"""The program's areas: which screen stands under which key. Each is imported when it is first opened."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from coordinator_tui.text import LazyText, lazy

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordinator_tui.tui.screen import CoordinatorScreen


@dataclass(frozen=True, slots=True)
class Area:
    """One top-level screen; `key` "" keeps it out of the tabs. `words` help to find it in the palette."""

    name: str
    key: str
    title: LazyText
    make: Callable[[], CoordinatorScreen]
    words: str = ""
    keys: tuple[str, ...] = ()


def screen_maker(module: str, name: str) -> Callable[[], CoordinatorScreen]:
    """Return a factory for the screen class `name` of `tui/screens/<module>.py`."""

    def make() -> CoordinatorScreen:
        made: Any = getattr(import_module(f"coordinator_tui.tui.screens.{module}"), name)
        screen: CoordinatorScreen = made()
        return screen

    return make


AREAS = (
    Area("today", "1", lazy("Today"), screen_maker("today", "TodayScreen"), "今日 今天 jinri today home", ("1", "f1")),
    Area(
        "members",
        "2",
        lazy("Members"),
        screen_maker("members", "MembersScreen"),
        "成员 名单 老师 teachers people",
        ("2", "f2"),
    ),
    Area(
        "schedule",
        "3",
        lazy("Schedule"),
        screen_maker("schedule", "ScheduleScreen"),
        "日程 活动 计划 sessions calendar",
        ("3", "f3"),
    ),
    Area(
        "roll",
        "4",
        lazy("Roll"),
        screen_maker("roll", "RollScreen"),
        "点名 考勤 签到 roll-call attendance",
        ("4", "f4"),
    ),
    Area(
        "work",
        "5",
        lazy("Reading & work"),
        screen_maker("work", "WorkScreen"),
        "阅读 材料 笔记 读书笔记 notes papers",
        ("5", "f5"),
    ),
    Area(
        "summary",
        "6",
        lazy("Summary"),
        screen_maker("summary", "SummaryScreen"),
        "总结 学期总结 统计 report statistics",
        ("6", "f6"),
    ),
    Area(
        "rules",
        "7",
        lazy("Rules"),
        screen_maker("rules", "RulesScreen"),
        "制度 规章 条款 缺项 落实 对照表 考核 学时 regulation packs ledger gaps",
        ("7", "f7"),
    ),
    Area(
        "registers",
        "8",
        lazy("Registers"),
        screen_maker("registers", "RegistersScreen"),
        "登记 成果 培训 师徒 交流 轮岗 调查 trainings pairs exchange achievements",
        ("8", "f8"),
    ),
    Area(
        "settings",
        "",
        lazy("Settings"),
        screen_maker("settings", "SettingsScreen"),
        "设置 选项 options preferences",
        (",", "f9"),
    ),
)

WELCOME = Area("welcome", "", lazy("Welcome"), screen_maker("welcome", "WelcomeScreen"), "欢迎 开始 start")
"""What is opened when there is no book."""
