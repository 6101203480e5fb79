"""What can be done on the roll screen, with its keys."""

from __future__ import annotations

from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screens.roll_marks import mark_commands

COMMANDS = (
    Command(
        name="roll.line",
        title=lazy("Type the roll by exception"),
        keys=(":", ";"),
        hint=lazy("by line"),
        words="一行点名 例外 line exception",
        cli="roll --line",
    ),
    Command(
        name="roll.rest",
        title=lazy("Mark the rest present"),
        keys=("r", "="),
        hint=lazy("rest present"),
        words="其余到 全到 rest all present",
        cli="roll --line 其余到",
    ),
    Command(
        name="roll.find",
        title=lazy("Go to a person"),
        keys=("/", "f"),
        hint=lazy("find"),
        words="查找 跳到 find jump",
    ),
    Command(name="roll.note", title=lazy("Note about this person"), keys=("n",), hint=lazy("note"), words="备注"),
    Command(
        name="roll.clear",
        title=lazy("Back to not taken"),
        keys=("0", "w", "delete"),
        hint=lazy("clear"),
        words="未点 清除 clear",
    ),
    Command(
        name="roll.sessions",
        title=lazy("Choose another session"),
        keys=("tab",),
        hint=lazy("sessions"),
        words="活动 选择 补点 sessions",
        cli="schedule list",
    ),
    Command(
        name="roll.history",
        title=lazy("Who changed this person's mark"),
        keys=("h",),
        hint=lazy("history"),
        words="历史 修改记录 history",
        cli="history",
    ),
    Command(
        name="roll.confirm",
        title=lazy("As planned: present, or the leave that was approved"),
        keys=("space",),
        words="确认 confirm",
    ),
    Command(name="roll.next", title=lazy("Go to the next person not taken"), keys=("enter",), words="下一个 未点 next"),
    Command(
        name="roll.backspace",
        title=lazy("Take back the mark just made"),
        keys=("backspace",),
        in_palette=False,
    ),
    *mark_commands(),
    Command(
        name="roll.which-s",
        title=lazy("No mark: s would be sick to one and 事假 to another"),
        keys=("s",),
        in_palette=False,
    ),
    Command(
        name="roll.session-history",
        title=lazy("Who changed what at this session"),
        keys=("H",),
        words="历史 修改记录 history",
        cli="history",
    ),
    Command(name="roll.previous-session", title=lazy("The session before this one"), keys=("[",), words="上次"),
    Command(name="roll.next-session", title=lazy("The session after this one"), keys=("]",), words="下次"),
)

ON_A_ROLL = frozenset({
    "mark", "which_s", "confirm", "clear", "backspace", "note", "rest", "line", "find", "next", "history",
    "session_history", "previous_session", "next_session",
})  # fmt: skip
"""Actions that need a roll on screen, and nothing being typed."""

_LEAVE = Command(name="shown.back", title=lazy("Back"), keys=("escape",), hint=lazy("back"))

TYPING = (Command(name="shown.enter", title=lazy("Take what is typed"), keys=("enter",), hint=lazy("accept")), _LEAVE)
"""What the key line says while something is typed."""

CHOOSING = (
    Command(name="shown.open", title=lazy("Take this roll"), keys=("enter",), hint=lazy("take the roll")),
    _LEAVE,
    Command(name="shown.help", title=lazy("Help"), keys=("?",), hint=lazy("help")),
    Command(name="shown.palette", title=lazy("All commands"), keys=("ctrl+p",), hint=lazy("commands")),
)
"""What the key line says over the list of sessions."""
