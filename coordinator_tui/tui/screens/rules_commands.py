"""What can be done on the screen of the rules, with its keys."""

from __future__ import annotations

from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command

COMMANDS = (
    Command(
        name="rules.open",
        title=lazy("Open: the rows of this line, or why a row is as it is"),
        keys=("enter",),
        hint=lazy("open"),
        words="打开 进入 依据 why rows evidence",
        cli="gaps --why",
    ),
    Command(
        name="rules.adopt",
        title=lazy("Rule packs: look, adopt, write one's own"),
        keys=("a",),
        hint=lazy("packs"),
        words="制度包 采用 启用 导入 模板 adopt import template pack",
        cli="rules adopt PACK",
        kept=True,
    ),
    Command(
        name="rules.owing",
        title=lazy("Show only what is owed, or everything"),
        keys=("o",),
        hint=lazy("owed/all"),
        words="只看欠缺 全部 缺项 owed all gaps",
        cli="gaps",
    ),
    Command(
        name="rules.member",
        title=lazy("Show one member only, or everybody"),
        keys=("m", "/"),
        hint=lazy("member"),
        words="成员 老师 按人 member person",
        cli="gaps --member NAME",
    ),
    Command(
        name="rules.answers",
        title=lazy("Answer what the packs leave open"),
        keys=("s",),
        hint=lazy("answers"),
        words="设置项 回答 缺数字 待答 settings answers numbers",
        cli="rules set PACK KEY=VALUE",
    ),
    Command(
        name="rules.tasks",
        title=lazy("Make assignments of what the rules ask for"),
        keys=("w",),
        hint=lazy("assign"),
        words="布置任务 生成任务 assign tasks work",
        cli="work assign --from-rules",
    ),
    Command(
        name="rules.plan",
        title=lazy("Plan the series of this clause"),
        keys=("p",),
        hint=lazy("plan"),
        words="计划 排活动 固定活动 plan series",
        cli="rules plan PACK SERIES",
    ),
    Command(
        name="rules.scores",
        title=lazy("The term's assessment: scores with their reasons"),
        keys=("c",),
        hint=lazy("scores"),
        words="考核 积分 评分 表彰 申诉 assessment scores commendation appeal",
        cli="rules assess",
    ),
    Command(
        name="rules.hours",
        title=lazy("Credit hours of the year and of five years"),
        keys=("h",),
        hint=lazy("hours"),
        words="学时 继续教育 credit hours",
        cli="rules hours",
    ),
    Command(
        name="rules.export",
        title=lazy("Write the ledger as a file"),
        keys=("x",),
        hint=lazy("export"),
        words="导出 落实对照表 打印 export ledger print xlsx",
        cli="rules ledger -o FILE",
    ),
    Command(
        name="rules.edit",
        title=lazy("Edit the school's own copy of this pack"),
        keys=("e",),
        words="编辑 修改 本校 yaml edit copy",
        cli="rules show PACK --yaml",
    ),
    Command(
        name="rules.upgrade",
        title=lazy("What a newer version of this pack changes"),
        keys=("v",),
        words="升级 新版本 差异 upgrade differences version",
        cli="rules upgrade PACK",
    ),
    Command(
        name="rules.drop",
        title=lazy("End this pack"),
        keys=("d",),
        words="停用 取消 drop end remove",
        cli="rules drop PACK",
    ),
    Command(
        name="rules.term",
        title=lazy("Choose the term"),
        keys=("t",),
        words="学期 term",
        cli="rules ledger --term CODE",
    ),
    Command(
        name="rules.side",
        title=lazy("Go to the other side: lines or rows"),
        keys=("tab",),
        words="切换 左右 other side",
    ),
)
