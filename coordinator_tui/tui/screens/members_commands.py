"""What can be done with people, with its keys: in the list, and on a person's page."""

from __future__ import annotations

from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command

PERSON = (
    Command(
        name="members.edit",
        title=lazy("Edit this person"),
        keys=("e",),
        hint=lazy("edit"),
        words="编辑 修改 edit change",
        cli="members edit NAME",
    ),
    Command(
        name="members.absence",
        title=lazy("Add leave for this person"),
        keys=("l",),
        hint=lazy("leave"),
        words="请假 请假条 leave absence",
        cli="leave add NAME DATE",
    ),
    Command(
        name="members.hand-in",
        title=lazy("Hand in work of this person"),
        keys=("n",),
        hint=lazy("hand in"),
        words="交材料 读书笔记 hand in work note",
        cli="work add NAME",
    ),
    Command(
        name="members.join",
        title=lazy("Join a group"),
        keys=("j",),
        hint=lazy("join"),
        words="加入小组 进组 join group",
        cli="groups join GROUP NAME",
    ),
    Command(
        name="members.out",
        title=lazy("Leave a group"),
        keys=("o",),
        words="离开小组 退组 leave group",
        cli="groups leave GROUP NAME",
    ),
    Command(
        name="members.history",
        title=lazy("Who changed what about this person"),
        keys=("h",),
        hint=lazy("history"),
        words="历史 修改记录 history",
        cli="history NAME",
    ),
    Command(
        name="members.left",
        title=lazy("Leaves the school, or is back"),
        keys=("d",),
        hint=lazy("left/back"),
        words="离校 调离 停用 恢复 deactivate left back",
        cli="members leave NAME",
    ),
    Command(
        name="members.merge",
        title=lazy("Merge two entries of one person"),
        keys=("m",),
        words="合并 重复 merge duplicate",
        cli="members merge KEEP OTHER",
    ),
    Command(
        name="members.remove",
        title=lazy("Remove an entry made by mistake"),
        keys=("delete",),
        words="删除 remove delete",
        cli="members remove NAME",
    ),
)

LIST = (
    Command(
        name="members.search",
        title=lazy("Search"),
        keys=("/", "f"),
        hint=lazy("search"),
        words="查找 搜索 find search",
        cli="members list QUERY",
    ),
    Command(
        name="members.add",
        title=lazy("Add a member"),
        keys=("a",),
        hint=lazy("add"),
        words="添加 新增 new add",
        cli="members add NAME",
    ),
    Command(
        name="members.import",
        title=lazy("Import a roster file"),
        keys=("i",),
        hint=lazy("import"),
        words="导入 花名册 表格 import roster file",
        cli="import members FILE",
        action="take_in",
    ),
    Command(
        name="members.paste",
        title=lazy("Paste a list of names"),
        keys=("p",),
        hint=lazy("paste"),
        words="粘贴 名单 接龙 paste names",
        cli="import members -",
    ),
    Command(
        name="members.groups",
        title=lazy("Groups: which one is shown, and their names"),
        keys=("g",),
        hint=lazy("groups"),
        words="小组 教研组 备课组 group filter",
        cli="groups list",
    ),
    Command(
        name="members.everyone",
        title=lazy("Show those who left, or hide them"),
        keys=("t",),
        words="已离开 离校 全部 everyone left all",
        cli="members list --all",
    ),
    Command(
        name="members.page",
        title=lazy("This person's term on one page"),
        keys=("enter",),
        words="个人 学期 page person term",
        cli="members show NAME",
    ),
    Command(
        name="members.select",
        title=lazy("Select several, to let them join a group together"),
        keys=("space",),
        words="选择 多选 select",
    ),
)

PAGE = (
    Command(
        name="person.term",
        title=lazy("Another term"),
        keys=("t",),
        words="学期 term",
        cli="members show NAME --term TERM",
    ),
    Command(name="person.previous", title=lazy("The person before"), keys=("[",), words="上一个 previous"),
    Command(name="person.next", title=lazy("The next person"), keys=("]",), words="下一个 next"),
)
