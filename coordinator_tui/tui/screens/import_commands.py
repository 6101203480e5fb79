"""What can be done while a roster is imported, with its keys."""

from __future__ import annotations

from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command

COMMANDS = (
    Command(
        name="import.write", title=lazy("Write it, as one step"), keys=("f2", "ctrl+s"), hint=lazy("write"),
        words="写入 确认 导入 commit", cli="import members FILE",
    ),
    Command(
        name="import.next-question", title=lazy("Go to the next question"), keys=("tab",), hint=lazy("next ?"),
        words="下一个问题 question",
    ),
    Command(
        name="import.new", title=lazy("It is somebody new"), keys=("n",), hint=lazy("new person"), words="新人",
    ),
    Command(
        name="import.same", title=lazy("It is the same person as in the earlier row"), keys=("s",),
        words="同一个人",
    ),
    Command(
        name="import.skip", title=lazy("Leave this row out"), keys=("x",), hint=lazy("leave out"), words="跳过",
    ),
    Command(name="import.undecide", title=lazy("Take the answer back"), keys=("delete", "backspace"), words="撤回"),
    Command(
        name="import.group", title=lazy("The group of those whose row names none"), keys=("g",),
        hint=lazy("group"), words="小组 教研组 group", cli="import members FILE --group GROUP",
    ),
    Command(
        name="import.start", title=lazy("The first day in the group of those who join"), keys=("d",),
        words="入组日期 第一天 first day", cli="import members FILE --from DATE",
    ),
    *(
        Command(
            name=f"import.answer-{number}", title=lazy("It is the member with this number"), keys=(str(number),),
            action="answer", arguments=(number,), in_palette=False,
        )
        for number in range(1, 10)
    ),
)  # fmt: skip
