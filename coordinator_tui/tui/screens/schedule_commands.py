"""What can be done in the schedule beyond one session, with its keys."""

from __future__ import annotations

from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command

COMMANDS = (
    Command(
        name="schedule.add",
        title=lazy("Add a session"),
        keys=("a",),
        hint=lazy("add"),
        words="添加 新增 活动 new session",
        cli="schedule add DATE",
    ),
    Command(
        name="schedule.plan",
        title=lazy("Plan a term from a series"),
        keys=("p",),
        hint=lazy("plan term"),
        words="排课 计划 固定活动 每周 plan series weekly",
        cli="schedule plan SERIES",
    ),
    Command(
        name="schedule.week",
        title=lazy("Week or month"),
        keys=("w",),
        hint=lazy("by week"),
        words="周 月 视图 week month view",
    ),
    Command(
        name="schedule.calendar",
        title=lazy("Holidays and moved workdays"),
        keys=("d",),
        hint=lazy("calendar"),
        words="校历 放假 调休 节假日 calendar holidays",
        cli="schedule days",
    ),
    Command(
        name="schedule.absences",
        title=lazy("Leave requests"),
        keys=("l",),
        hint=lazy("leave"),
        words="请假 请假条 leave absence",
        cli="leave list",
    ),
    Command(
        name="schedule.clashes",
        title=lazy("Clashes, and what sessions lack"),
        keys=("k",),
        words="冲突 撞车 缺项 clashes gaps check",
        cli="schedule gaps",
    ),
    Command(
        name="schedule.groups",
        title=lazy("Sessions of one group, or of all"),
        keys=("g",),
        words="小组 教研组 group filter",
        cli="schedule list --group GROUP",
    ),
    Command(
        name="schedule.term",
        title=lazy("Another term, or a new one"),
        keys=("t",),
        words="学期 term new",
        cli="term add CODE",
    ),
    Command(
        name="schedule.page",
        title=lazy("Everything about this session"),
        keys=("enter",),
        words="活动 详情 page minutes",
        cli="schedule show DATE",
    ),
    Command(name="schedule.before", title=lazy("The week or month before"), keys=("left", "["), words="上周 上月"),
    Command(name="schedule.after", title=lazy("The next week or month"), keys=("right", "]"), words="下周 下月"),
    Command(name="schedule.now", title=lazy("Go to today"), keys=(".",), words="今天 today now"),
)
