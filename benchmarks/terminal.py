"""Prints the terminal's rows of the budget table: start, bytes and time per key, idle; beside bare Textual apps.

Usage: python benchmarks/terminal.py [BOOK] [--runs N]

With BOOK (a book with a session today, such as the demo; it is copied first) the roll-call is measured, durable marks
included; without it the frame alone, through the small program of the tests.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "pty"))

from terminal import Terminal, python  # noqa: E402  # found beside the tests

ROLL = """
import sys
from pathlib import Path
from coordinator_tui.tui.launch import run_tui
sys.exit(run_tui(Path({book!r}), language="zh", first_screen="roll"))
"""


@dataclass
class Subject:
    """A program to measure: its command, a text that shows that it is ready, and the keys that mark and unmark."""

    command: list[str]
    ready: str
    marks: tuple[str, str]
    rows: int


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
    arguments = sys.argv[1:]
    runs = int(arguments.pop(arguments.index("--runs") + 1)) if "--runs" in arguments else 11
    books = [argument for argument in arguments if not argument.startswith("--")]
    with tempfile.TemporaryDirectory() as folder:
        ours = subject(Path(folder), Path(books[0]) if books else None)
        table, lines = Path(folder, "table.py"), Path(folder, "lines.py")
        table.write_text(TABLE, encoding="utf-8")
        lines.write_text(LINES, encoding="utf-8")
        environment = {"KEPT": folder, "HOME": folder, "XDG_STATE_HOME": folder}
        print_start(runs, ours, Subject(python(str(table)), "teacher 22", ("b", "b"), 25), environment)
        print_bytes(ours, Subject(python(str(table)), "teacher 22", ("b", "b"), 25), environment)
        print_time(ours, Subject(python(str(lines)), "teacher   20", ("b", "b"), 25), environment)
        row("append + fdatasync", "", f"{synced(Path(folder)) * 1000:.1f} ms on this disk", "", "")


def subject(folder: Path, book: Path | None) -> Subject:
    """Return what is measured: the roll of a copy of the book, or the frame's small program."""
    if book is None:
        return Subject(python(str(HERE.parent / "tests" / "pty" / "program.py")), "quit", ("b", "c"), 22)
    copy = shutil.copytree(book, folder / book.name)
    return Subject(python("-c", ROLL.format(book=str(copy))), "^P", ("4", "1"), 18)


def print_start(runs: int, ours: Subject, bare: Subject, environment: dict[str, str]) -> None:
    """Print the time from the start of the process to the first whole frame."""

    def started(program: Subject) -> float:
        with Terminal(program.command, environment=environment) as terminal:
            terminal.wait_for(program.ready)
            return time.perf_counter() - terminal.started

    started(bare), started(ours)  # the first run compiles
    # By turns, so that a busy machine is unfair to both.
    pairs = [(started(bare), started(ours)) for _ in range(runs)]
    theirs, mine = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
    row("first frame", f"{mine:.0f} ms", f"{theirs:.0f} ms bare DataTable app", f"{mine / theirs:.2f}×", "≤ 1.15×")


def print_bytes(ours: Subject, bare: Subject, environment: dict[str, str]) -> None:
    """Print the bytes to the terminal for what is done most, and what happens when nothing is done."""
    with Terminal(bare.command, environment=environment) as terminal:
        terminal.wait_for(bare.ready)
        terminal.settle()
        first, moved, marked = len(terminal.data), median_cost(terminal, "down"), median_cost(terminal, bare.marks[0])
    with Terminal(ours.command, environment=environment) as terminal:
        terminal.wait_for(ours.ready)
        terminal.settle()
        row("first paint", f"{len(terminal.data)} B", f"{first} B", "", "≤ 20,000 B")
        row("cursor move", f"{median_cost(terminal, 'down')} B", f"{moved} B", "", "≤ 150 B")
        row("one mark, with counters", f"{median_cost(terminal, ours.marks[0])} B", f"{marked} B", "", "≤ 150 B")
        row("palette opened", f"{terminal.cost('ctrl+p')} B", "", "", "≤ 6,000 B")
        terminal.press("escape")
        terminal.settle()
        used, since = terminal.cpu_seconds(), time.monotonic()
        idle = len(terminal.settle(20, 20))
        share = (terminal.cpu_seconds() - used) / (time.monotonic() - since)
        row("idle for 20 s", f"{idle} B, {share:.2%} CPU", "", "", "0 B, < 0.5 %")


def median_cost(terminal: Terminal, key: str) -> int:
    return int(statistics.median(terminal.cost(key) for _ in range(7)))


def print_time(ours: Subject, bare: Subject, environment: dict[str, str]) -> None:
    """Print the time from key to paint, by turns with a bare Textual line widget."""
    mine: list[float] = []
    theirs: list[float] = []
    with (
        Terminal(ours.command, environment=environment) as one,
        Terminal(bare.command, environment=environment) as other,
    ):
        one.wait_for(ours.ready)
        other.wait_for(bare.ready)
        for round_ in range(4):
            one.press("home")
            for _ in range(ours.rows):
                mine.append(answer(one, ours.marks[round_ % 2]))
                theirs.append(answer(other, bare.marks[0]))
    my, their = statistics.median(mine) * 1000, statistics.median(theirs) * 1000
    row("key to paint, median", f"{my:.1f} ms", f"{their:.1f} ms bare line widget", f"{my / their:.2f}×", "≤ 1.5×")
    row("key to paint, 95 %", f"{percentile(mine) * 1000:.1f} ms", f"{percentile(theirs) * 1000:.1f} ms", "", "≤ 8 ms")


def answer(terminal: Terminal, key: str) -> float:
    while terminal.read(0.06):
        pass
    since = time.perf_counter()
    terminal.press(key)
    assert terminal.read(5), f"no answer to {key!r}"
    return time.perf_counter() - since


def synced(folder: Path) -> float:
    """Return the median seconds that appending 130 bytes takes to be on the disk, at a typist's pace."""
    file = os.open(folder / "appended", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    times = []
    for _ in range(40):
        time.sleep(0.06)
        since = time.perf_counter()
        os.write(file, b"x" * 130)
        os.fdatasync(file)
        times.append(time.perf_counter() - since)
    os.close(file)
    return statistics.median(times)


def percentile(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def row(what: str, ours: str, beside: str, ratio: str, budget: str) -> None:
    print(f"{what:26} {ours:22} {beside:34} {ratio:8} {budget}")


if __name__ == "__main__":
    main()
