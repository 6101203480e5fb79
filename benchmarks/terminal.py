"""Prints the terminal's rows of the budget table: start, bytes and time per key, idle; beside bare Textual apps.

Usage: python benchmarks/terminal.py [BOOK] [--runs N]. Without BOOK the small program of the tests stands in for it.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "pty"))

from terminal import Terminal, python  # noqa: E402  # found beside the tests

PROGRAM = python(str(HERE.parent / "tests" / "pty" / "program.py"))

TABLE = """
from textual.app import App
from textual.widgets import DataTable, Footer, Header

class Bare(App):
    BINDINGS = [("b", "mark", "mark")]
    def compose(self):
        yield Header()
        yield DataTable()
        yield Footer()
    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("no", "name", "mark")
        for number in range(30):
            table.add_row(str(number), f"teacher {number}", "", key=str(number))
    def action_mark(self):
        table = self.query_one(DataTable)
        table.update_cell_at((table.cursor_row, 2), "sick", update_width=True)
        table.move_cursor(row=table.cursor_row + 1)
Bare().run(mouse=False)
"""

LINES = """
from rich.segment import Segment
from textual.app import App
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

class Lines(Widget, can_focus=True):
    BINDINGS = [("b", "mark", "mark")]
    marks, at = {}, 0
    def render_line(self, y):
        return Strip([Segment(f"teacher {y:4} {self.marks.get(y, ''):8}".ljust(self.size.width))])
    def action_mark(self):
        self.marks[self.at] = "" if self.marks.get(self.at) else "sick"
        self.refresh(Region(13, self.at, 8, 1))
        self.at = (self.at + 1) % 25

class Bare(App):
    def compose(self):
        yield Lines()
Bare().run(mouse=False)
"""


def main() -> None:
    runs = int(sys.argv[sys.argv.index("--runs") + 1]) if "--runs" in sys.argv else 11
    with tempfile.TemporaryDirectory() as folder:
        table, lines = Path(folder, "table.py"), Path(folder, "lines.py")
        table.write_text(TABLE, encoding="utf-8")
        lines.write_text(LINES, encoding="utf-8")
        environment = {"KEPT": folder, "HOME": folder}
        print_start(runs, python(str(table)), environment)
        print_bytes(environment, python(str(table)))
        print_time(environment, python(str(lines)))


def print_start(runs: int, bare: list[str], environment: dict[str, str]) -> None:
    """Time from the start of the process to the first whole frame, and to the effect of a key typed at once."""

    def started(command: list[str], text: str) -> float:
        with Terminal(command, environment=environment) as terminal:
            terminal.wait_for(text)
            return time.perf_counter() - terminal.started

    # By turns, so that a busy machine is unfair to both.
    pairs = [(started(bare, "teacher 22"), started(PROGRAM, "quit")) for _ in range(runs)]
    theirs, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    row(
        "first frame",
        f"{ours * 1000:.0f} ms",
        f"{theirs * 1000:.0f} ms bare DataTable app",
        f"{ours / theirs:.2f}×",
        "≤ 1.15×",
    )


def print_bytes(environment: dict[str, str], bare: list[str]) -> None:
    """Bytes to the terminal for what is done most."""
    with Terminal(bare, environment=environment) as terminal:
        terminal.wait_for("teacher 22")
        terminal.settle()
        first, moved, marked = len(terminal.data), median_cost(terminal, "down"), median_cost(terminal, "b")
    with Terminal(PROGRAM, environment=environment) as terminal:
        terminal.wait_for("quit")
        terminal.settle()
        row("first paint", f"{len(terminal.data)} B", f"{first} B", "", "≤ 20,000 B")
        row("cursor move", f"{median_cost(terminal, 'down')} B", f"{moved} B", "", "≤ 150 B")
        row("one mark, with counters", f"{median_cost(terminal, 'b')} B", f"{marked} B", "", "≤ 150 B")
        row("palette opened", f"{terminal.cost('ctrl+p')} B", "", "", "≤ 6,000 B")
        terminal.press("escape")
        terminal.settle()
        used, since = terminal.cpu_seconds(), time.monotonic()
        idle = len(terminal.settle(20, 20))
        share = (terminal.cpu_seconds() - used) / (time.monotonic() - since)
        row("idle for 20 s", f"{idle} B, {share:.2%} CPU", "", "", "0 B, < 0.5 %")


def median_cost(terminal: Terminal, key: str) -> int:
    return int(statistics.median(terminal.cost(key) for _ in range(7)))


def print_time(environment: dict[str, str], bare: list[str]) -> None:
    """Time from key to paint, beside a bare Textual line widget."""

    def answers(command: list[str], text: str) -> list[float]:
        with Terminal(command, environment=environment) as terminal:
            terminal.wait_for(text)
            terminal.settle()
            keys = ("b" * 24 + "H") + ("c" * 24 + "H") if command is PROGRAM else "b" * 50
            times = [answer(terminal, "home" if key == "H" else key) for key in keys]
            return [seconds for key, seconds in zip(keys, times, strict=True) if key != "H"]

    theirs, ours = answers(bare, "teacher   20"), answers(PROGRAM, "quit")
    ratio = statistics.median(ours) / statistics.median(theirs)
    row(
        "key to paint, median",
        f"{statistics.median(ours) * 1000:.1f} ms",
        f"{statistics.median(theirs) * 1000:.1f} ms bare line widget",
        f"{ratio:.2f}×",
        "≤ 1.5×",
    )
    row("key to paint, 95 %", f"{percentile(ours) * 1000:.1f} ms", f"{percentile(theirs) * 1000:.1f} ms", "", "≤ 8 ms")


def answer(terminal: Terminal, key: str) -> float:
    while terminal.read(0.06):
        pass
    since = time.perf_counter()
    terminal.press(key)
    assert terminal.read(5), f"no answer to {key!r}"
    return time.perf_counter() - since


def percentile(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def row(what: str, ours: str, beside: str, ratio: str, budget: str) -> None:
    print(f"{what:26} {ours:22} {beside:34} {ratio:8} {budget}")


if __name__ == "__main__":
    main()
