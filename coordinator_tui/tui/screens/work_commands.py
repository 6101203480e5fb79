"""What can be done on the screens of work, with its keys."""

from __future__ import annotations

from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command

PIECE_COMMANDS = (
    Command(
        name="work.grade-a",
        title=lazy("Checked, grade A"),
        keys=("a",),
        hint=lazy("/b/c grade"),
        words="检查 等第 优 grade check",
        cli="work check NAME A",
        action="grade",
        arguments=("A",),
    ),
    Command(
        name="work.grade-b",
        title=lazy("Checked, grade B"),
        keys=("b",),
        words="检查 等第 良 grade check",
        cli="work check NAME B",
        action="grade",
        arguments=("B",),
    ),
    Command(
        name="work.grade-c",
        title=lazy("Checked, grade C"),
        keys=("c",),
        words="检查 等第 grade check",
        cli="work check NAME C",
        action="grade",
        arguments=("C",),
    ),
    Command(
        name="work.check",
        title=lazy("Checked, without a grade"),
        keys=("k",),
        words="检查 已查 check",
        cli="work check",
        action="grade",
        arguments=("",),
    ),
    Command(
        name="work.return",
        title=lazy("Give back, with a reason"),
        keys=("r",),
        hint=lazy("return"),
        words="退回 返还 return",
        cli="work return",
    ),
    Command(
        name="work.uncheck",
        title=lazy("Take the check or return back"),
        keys=("x",),
        words="取消检查 uncheck",
    ),
    Command(
        name="work.edit",
        title=lazy("Edit the piece: title, words, date, note"),
        keys=("e",),
        hint=lazy("edit"),
        words="修改 编辑 edit",
    ),
    Command(
        name="work.remove",
        title=lazy("Remove a piece entered by mistake"),
        keys=("d", "delete"),
        words="删除 remove delete",
    ),
)
"""What can be done to one piece of work, in the matrix and in the list of a cell's pieces."""

READ = Command(
    name="work.read",
    title=lazy("Read the text: its length, what it shares with others"),
    keys=("s",),
    words="正文 字数 雷同 看 read text",
    cli="work text",
)
"""Opening the piece under the cursor with its text."""

COMMANDS = (
    Command(
        name="work.enter",
        title=lazy("Hand in what is missing; else list the pieces"),
        keys=("enter",),
        hint=lazy("hand in/list"),
        words="上交 列表 打开 open",
    ),
    Command(
        name="work.hand-in",
        title=lazy("Hand in a piece here"),
        keys=("h",),
        hint=lazy("hand in"),
        words="上交 提交 交材料 hand in",
        cli="work add",
    ),
    *PIECE_COMMANDS[:5],
    Command(
        name="work.pile",
        title=lazy("The pile: what nobody has looked at, one piece after the other"),
        keys=("p",),
        hint=lazy("pile"),
        words="批阅 一叠 未检查 逐篇 pile check",
        cli="work pile",
    ),
    Command(
        name="work.view",
        title=lazy("Months, kinds or assignments"),
        keys=("tab", "v"),
        hint=lazy("view"),
        words="切换 按月 按种类 按任务 view",
    ),
    Command(
        name="work.missing",
        title=lazy("Only who owes something; who is overdue; what is not checked; everybody"),
        keys=("m",),
        hint=lazy("missing"),
        words="缺交 未交 逾期 未检查 missing overdue",
        cli="work due",
    ),
    Command(
        name="work.hand-in-text",
        title=lazy("Hand in a piece here with its text, typed or from a file"),
        keys=("n",),
        words="录入 正文 粘贴 文件 hand in text file",
        cli="work add --file",
    ),
    READ,
    *PIECE_COMMANDS[5:],
    Command(
        name="work.owed",
        title=lazy("Who owes what"),
        keys=("o",),
        hint=lazy("owed"),
        words="欠交 谁没交 owed due",
        cli="work due",
    ),
    Command(
        name="work.tasks",
        title=lazy("Assignments"),
        keys=("w",),
        hint=lazy("assignments"),
        words="任务 布置 assignments tasks",
        cli="work assign",
    ),
    Command(
        name="work.readings",
        title=lazy("Readings: books and articles"),
        keys=("l",),
        hint=lazy("readings"),
        words="书目 读物 推荐 readings books",
        cli="readings list",
    ),
    Command(name="work.find", title=lazy("Go to a member"), keys=("/",), words="查找 跳到 find"),
    Command(
        name="work.kind",
        title=lazy("Show one kind of work only"),
        keys=("f",),
        words="种类 筛选 filter kind",
        cli="work list --kind",
    ),
    Command(name="work.group", title=lazy("Choose the group"), keys=("g",), words="小组 group"),
    Command(name="work.term", title=lazy("Choose the term"), keys=("t",), words="学期 term"),
    Command(name="work.view-back", title=lazy("The view before"), keys=("shift+tab",), words="", in_palette=False),
)
"""What can be done on the matrix."""
