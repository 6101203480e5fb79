"""What can be done on the settings screen, with its keys."""

from __future__ import annotations

from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command

PLACES: dict[str, Command] = {
    "terms": Command(
        name="settings.terms",
        title=lazy("Terms"),
        keys=("t",),
        hint=lazy("terms"),
        help=lazy("Add, use, edit and close terms; a closed term cannot be changed any more."),
        words="学期 关闭学期 term close",
        cli="term list",
    ),
    "groups": Command(
        name="settings.groups",
        title=lazy("Groups"),
        keys=("g",),
        hint=lazy("groups"),
        help=lazy("Add, edit and remove groups, and choose the one that screens mean."),
        words="小组 group",
        cli="groups list",
    ),
    "conflicts": Command(
        name="settings.conflicts",
        title=lazy("Conflicts"),
        keys=("c",),
        hint=lazy("conflicts"),
        help=lazy("Values that two people wrote for one thing without seeing each other's: choose which one stays."),
        words="冲突 conflict",
        cli="conflicts list",
    ),
    "history": Command(
        name="settings.history",
        title=lazy("History of the book"),
        keys=("h",),
        hint=lazy("history"),
        help=lazy("Who changed what, when, from what to what: everything since the book was made."),
        words="历史 修改记录 history",
        cli="history",
    ),
    "info": Command(
        name="settings.info",
        title=lazy("About this book"),
        keys=("i",),
        hint=lazy("about"),
        help=lazy("Where it lies and how big it is; look it over for damage; put a copy into a zip file."),
        words="信息 位置 备份 检查 体检 info backup doctor",
        cli="info",
    ),
    "other": Command(
        name="settings.other-book",
        title=lazy("Another book"),
        keys=("o",),
        hint=lazy("other book"),
        help=lazy("Open another book, make a new one, or look at the demo."),
        words="打开 换一本 新建 台账 open book",
        cli="--book DIR",
    ),
}
"""The pages beside the settings, by code."""

COMMANDS = (
    Command(
        name="settings.enter",
        title=lazy("Change or open what is under the cursor"),
        keys=("enter",),
        hint=lazy("change"),
        words="修改 打开 change",
        cli="settings set KEY VALUE",
    ),
    Command(
        name="settings.usual",
        title=lazy("Back to what is usual"),
        keys=("delete", "backspace"),
        words="默认 恢复 default",
        cli="settings set KEY ''",
    ),
    *PLACES.values(),
    Command(
        name="settings.legend",
        title=lazy("Attendance legend, with its glyphs"),
        keys=("l",),
        words="考勤符号 图例 legend glyphs",
        cli="settings set legend NAME",
    ),
)
"""What can be done on the settings."""
