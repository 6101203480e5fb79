"""What can be done on the screen of the registers, with its keys."""

from __future__ import annotations

from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command

COMMANDS = (
    Command(
        name="registers.section",
        title=lazy("The next register"),
        keys=("tab", "v"),
        hint=lazy("register"),
        words="切换 培训 师徒 交流 成果 登记 next register",
    ),
    Command(
        name="registers.add",
        title=lazy("Add to this register"),
        keys=("a", "n"),
        hint=lazy("add"),
        words="添加 新增 登记 new add",
        cli="achievements add NAME TITLE",
    ),
    Command(
        name="registers.edit",
        title=lazy("Edit this line"),
        keys=("e", "enter"),
        hint=lazy("edit"),
        words="修改 编辑 edit",
    ),
    Command(
        name="registers.report",
        title=lazy("Hand in the report of this training"),
        keys=("h",),
        hint=lazy("report"),
        words="汇报 培训汇报 report hand in",
        cli="work add NAME --training TITLE",
    ),
    Command(
        name="registers.relay",
        title=lazy("This training was relayed to the group"),
        keys=("r",),
        hint=lazy("relayed"),
        words="转达 传达 二次培训 relay",
        cli="trainings relay TITLE",
    ),
    Command(
        name="registers.original",
        title=lazy("The original was held in hand, or not yet"),
        keys=("o",),
        hint=lazy("original"),
        words="原件 查验 交验 original",
        cli="achievements edit TITLE --original",
    ),
    Command(
        name="registers.end",
        title=lazy("It ends: ask for the last day"),
        keys=("x",),
        hint=lazy("end"),
        words="结束 期满 返回 end",
        cli="pairs end NAME",
    ),
    Command(
        name="registers.remove",
        title=lazy("Remove a line entered by mistake"),
        keys=("d", "delete"),
        hint=lazy("remove"),
        words="删除 remove delete",
    ),
    Command(
        name="registers.find",
        title=lazy("Find by name, title or pinyin"),
        keys=("/",),
        hint=lazy("find"),
        words="查找 搜索 find search",
        cli="search TEXT",
    ),
    Command(
        name="registers.kind",
        title=lazy("Show one kind only"),
        keys=("f",),
        hint=lazy("kind"),
        words="种类 类别 筛选 filter kind",
        cli="register list --kind CODE",
    ),
    Command(
        name="registers.member",
        title=lazy("Show one member only"),
        keys=("m",),
        hint=lazy("member"),
        words="成员 筛选 filter member",
        cli="achievements list --member NAME",
    ),
    Command(
        name="registers.person",
        title=lazy("This person's term on one page"),
        keys=("p",),
        words="个人 学期 person page",
        cli="members show NAME",
    ),
    Command(
        name="registers.term",
        title=lazy("Only this term, or all"),
        keys=("t",),
        words="学期 全部 term all",
        cli="trainings list --term TERM",
    ),
    Command(
        name="registers.section-back",
        title=lazy("The register before"),
        keys=("shift+tab",),
        in_palette=False,
    ),
)
