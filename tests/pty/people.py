"""The screens of the small program: a list with hostile names, a line to type in, a form, a fault."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.widgets.bars import Counters
from coordinator_tui.tui.widgets.form import Field, FormDialog
from coordinator_tui.tui.widgets.lineinput import LineInput
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from textual.app import ComposeResult

HOSTILE = [
    "张三[/]", "[b]李四", "[A]王五", "[link=x]赵六", "钱七\x1b]0;owned\x07", "孙八\x1b[2J", "\u202e周九", "吴十\x9b31m",
    "a='b'][",
]  # fmt: skip
PHONE = "13800001234"


class People(CoordinatorScreen):
    heading = lazy("Members")
    about = "Fictional people with names that do harm."
    commands = (
        Command(name="people.add", title=lazy("Add a member"), keys=("a",), hint=lazy("add"), words="添加"),
        Command(name="people.sick", title=lazy("sick"), keys=("b", "3"), hint=lazy("sick"), words="病假"),
        Command(name="people.clear", title=lazy("clear"), keys=("c",), words="未点"),
        Command(name="people.line", title=lazy("Exception line"), keys=(":",), hint=lazy("line")),
        Command(name="people.crash", title=lazy("Crash"), keys=("x",)),
        Command(name="people.busy", title=lazy("Busy"), keys=("z",)),
    )

    def body(self) -> ComposeResult:
        self.marks: dict[int, str] = {}
        self.names = HOSTILE + [f"教师{number:02}" for number in range(30 - len(HOSTILE))]
        columns = [Column("number", "序", 3, "right"), Column("name", "姓名", 16), Column("mark", "考勤", 8)]
        self.people = LineList(columns, self.row, rows=range(30), marked_column=1)
        yield self.people
        yield Counters(id="counters")
        yield LineInput(prompt=": ", on_submit=self.typed, on_cancel=self.leave_line, id="line")

    def on_mount(self) -> None:
        super().on_mount()
        self.count()

    def row(self, person: int) -> tuple[Any, ...]:
        return str(person + 1), self.names[person], (self.marks.get(person, ""), "bad")

    def count(self) -> None:
        sick = sum(mark == "病" for mark in self.marks.values())
        self.query_one(Counters).show_numbers([("应到", 30, "plain"), ("实到", 30 - sick, "good"), ("病", sick, "bad")])

    def refresh_book(self, changes: Any) -> None:
        self.marks[29] = f"news {sorted(changes.touched)}" if changes else "again"
        self.people.update_all()

    def action_sick(self) -> None:
        self.mark("病")

    def action_clear(self) -> None:
        self.mark("")

    def mark(self, mark: str) -> None:
        person = self.people.cursor_id
        assert person is not None
        self.marks[person] = mark
        self.people.update_row(person)
        self.count()
        self.people.move_to_index(self.people.cursor + 1)

    def action_add(self) -> None:
        fields = [Field("name", "姓名", required=True), Field("birth", "出生年月", placeholder="1985-03")]
        self.ask(FormDialog("新成员", fields), lambda values: self.say(f"得到 {values}"))

    def action_line(self) -> None:
        self.set_focus(self.query_one("#line"))

    def leave_line(self) -> None:
        self.set_focus(self.people)

    def typed(self, text: str) -> None:
        self.say(f"行：{text}")
        self.leave_line()

    def action_crash(self) -> None:
        raise RuntimeError(f"张三 {PHONE}")

    def action_busy(self) -> None:
        Path(os.environ["KEPT"], "busy").touch()
        time.sleep(1)


class Today(CoordinatorScreen):
    heading = lazy("Today")

    def body(self) -> ComposeResult:
        yield LineList([Column("x", "事项")], lambda row: (str(row),), rows=["今天没有活动"])
