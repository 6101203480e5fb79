"""What can be done while a draft is gone through, with its keys."""

from __future__ import annotations

from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command

COMMANDS = (
    Command(
        name="draft.take",
        title=lazy("Take it over; what is to be confirmed stays an open question"),
        keys=("enter", "y"),
        hint=lazy("take over"),
        words="采用 接受 保留 accept keep",
    ),
    Command(
        name="draft.skip",
        title=lazy("Leave it out: it stands in the pack as a comment"),
        keys=("s", "x"),
        hint=lazy("leave it out"),
        words="跳过 不采用 skip",
    ),
    Command(
        name="draft.number",
        title=lazy("Set the number; a digit begins it at once"),
        keys=("n",),
        hint=lazy("set number"),
        words="填数字 设置数字 number set",
        arguments=("",),
    ),
    Command(
        name="draft.previous",
        title=lazy("Back to the one before"),
        keys=("b", "backspace"),
        hint=lazy("one back"),
        words="上一条 返回 previous back",
    ),
    Command(
        name="draft.next",
        title=lazy("On to the next that waits"),
        keys=("tab",),
        hint=lazy("next waiting"),
        words="下一条 未决 next waiting",
    ),
    Command(
        name="draft.pack",
        title=lazy("Show the pack, to adopt it or save it"),
        keys=("f2", "p", "ctrl+s"),
        hint=lazy("pack"),
        words="制度包 预览 完成 采用 preview pack yaml adopt save",
        kept=True,
    ),
    Command(
        name="draft.rest",
        title=lazy("Take over all that waits"),
        keys=("a",),
        hint=lazy("take all"),
        words="全部采用 其余 all rest",
        cli="rules draft FILE -o PACK --yes",
    ),
    Command(
        name="draft.undecide",
        title=lazy("Take the last decision back"),
        keys=("u", "delete"),
        hint=lazy("take back"),
        words="撤回 undo",
    ),
    Command(name="draft.down", title=lazy("Scroll the clause"), keys=("+",), words="滚动 scroll"),
    Command(name="draft.up", title=lazy("Scroll back"), keys=("-",), words="滚动 scroll"),
    *(
        Command(
            name=f"draft.digit-{digit}",
            title=lazy("Set the number; a digit begins it at once"),
            keys=(digit,),
            action="number",
            arguments=(digit,),
            in_palette=False,
        )
        for digit in "0123456789"
    ),
)

PACK_COMMANDS = (
    Command(
        name="drafted.adopt",
        title=lazy("Adopt this pack into the book"),
        keys=("a", "f2"),
        hint=lazy("adopt"),
        words="采用 启用 adopt",
        cli="rules adopt FILE",
        kept=True,
    ),
    Command(
        name="drafted.save",
        title=lazy("Save this pack as a file"),
        keys=("x", "ctrl+s"),
        hint=lazy("save as file"),
        words="保存 导出 文件 save export yaml file",
        cli="rules draft FILE -o PACK",
    ),
)
