"""Prints the terminal's rows of the budget table: starts, first paint, bytes per key, idle; beside bare programs.

Usage: python benchmarks/terminal.py [--runs N] [--idle SECONDS]

Makes a book of 30 and a school of 1,000 members with 100,000 documents (a minute), and starts everything by turns in
fresh processes in a pseudo-terminal. Beside each time stands the processor time, which a busy machine changes less.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "pty")]

from roll_program import TODAY, make_book  # noqa: E402  # found through the path set above
from terminal import Terminal, python  # noqa: E402  # likewise

from coordinator_tui.book.book import Book  # noqa: E402
from coordinator_tui.book.marks import attendance_id  # noqa: E402
from coordinator_tui.book.schedule import add_session  # noqa: E402

PAST_SESSIONS = 99
SCREENS = """
import sys
from datetime import date
from pathlib import Path
from coordinator_tui.tui.launch import run_tui
sys.exit(run_tui(Path({book!r}), language="zh", user="li", today=date.fromisoformat({day!r}), first_screen={first!r}))
"""
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


@dataclass
class Program:
    """A program to measure: its command, and a text at the end of its first picture."""

    command: list[str]
    ready: str


@dataclass
class Start:
    """What a start took until its first picture: milliseconds on the wall and of processor, megabytes."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    runs, idle = (_option(name, default) for name, default in (("--runs", 9), ("--idle", 20)))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        os.environ |= {"HOME": folder, "XDG_STATE_HOME": str(home / "state")}
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or what was changed last is compiled again in every run
        table = home / "table.py"
        table.write_text(TABLE, encoding="utf-8")
        bare = Program(python(str(table)), "teacher 22")
        group, school = home / "group.coord", home / "school.coord"
        make_book(group, 30)
        make_school(school)
        print_starts(runs, bare, group, school)
        print_answers(runs)
        print_bytes(bare, screens(group, "roll"), idle)


def _option(name: str, default: int) -> int:
    return int(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv else default


def screens(book: Path, first: str) -> Program:
    return Program(python("-c", SCREENS.format(book=str(book), day=TODAY.isoformat(), first=first)), "退出")


def make_school(folder: Path) -> None:
    """Write a book of 1,000 members and 99 full rolls: 100,000 documents."""
    make_book(folder, 1000)
    with Book.open(folder, user="li", today=TODAY, remember=False) as book:
        for number in range(PAST_SESSIONS):
            session = add_session(book, date=TODAY - timedelta(days=number + 1), topic=f"第{number + 1}次").id
            with book.step("roll.rest", count=1000) as writing:
                for member in book.members.mapping():
                    fields = {"session": session, "member": member, "mark": "present"}
                    writing.set("attendance", attendance_id(session, member), fields)


def print_starts(runs: int, bare: Program, group: Path, school: Path) -> None:
    """Print the time from the start of the process to the first whole picture."""
    programs = {
        "bare DataTable app": bare,
        "first frame, roll": screens(group, "roll"),
        "first frame, today": screens(group, "today"),
        "  100,000 documents, roll": screens(school, "roll"),
        "  100,000 documents, today": screens(school, "today"),
    }
    found: dict[str, list[Start]] = {name: [] for name in programs}
    for program in programs.values():
        started(program)  # the first run compiles
    for _ in range(runs):  # by turns, so that a busy machine is unfair to all of them
        for name, program in programs.items():
            found[name].append(started(program))
    medians = {
        name: Start(
            *(statistics.median(getattr(start, what) for start in starts) for what in ("wall", "cpu", "memory"))
        )
        for name, starts in found.items()
    }
    beside = medians["bare DataTable app"]
    for name, own in medians.items():
        ratio = f"{own.wall / beside.wall:.2f}× ({own.cpu / beside.cpu:.2f}× cpu)"
        budget = "" if own is beside else "≤ 1.5×" if "documents" in name else "≤ 1.15×"
        row(name, f"{own.wall:.0f} ms, cpu {own.cpu:.0f} ms", f"{own.memory:.0f} MB", ratio, budget)


def started(program: Program) -> Start:
    with Terminal(program.command, environment=dict(os.environ), cwd=ROOT) as terminal:
        ready = program.ready.encode()
        while ready not in terminal.data and terminal.alive():
            terminal.read(0.05)
        wall = time.perf_counter() - terminal.started
        return Start(1000 * wall, cpu_of(terminal.pid), memory_of(terminal.pid))


def cpu_of(pid: int) -> float:
    """Return the milliseconds of processor that a process has used (Linux)."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text(encoding="ascii").split()[0]) for task in tasks) / 1e6


def memory_of(pid: int) -> float:
    """Return the megabytes of memory that a process holds (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def print_answers(runs: int) -> None:
    """Print what it takes to answer --version and --help beside a Python that does nothing."""
    programs = {
        "python -c pass": python("-c", "pass"),
        "--version": python("-m", "coordinator_tui", "--version"),
        "--lang en --help": python("-m", "coordinator_tui", "--lang", "en", "--help"),
        "--lang zh --help": python("-m", "coordinator_tui", "--lang", "zh", "--help"),
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
    for _ in range(2 * runs):
        for name, command in programs.items():
            found[name].append(answered(command))
    nothing = 0.0
    for name, times in found.items():
        wall, cpu = (statistics.median(column) for column in zip(*times, strict=True))
        nothing = nothing or wall
        more = "" if name == "python -c pass" else f"+ {wall - nothing:.0f} ms"
        row(name, f"{wall:.0f} ms, cpu {cpu:.0f} ms", "", more, more and "≤ + 60 ms")


def answered(command: list[str]) -> tuple[float, float]:
    """Return milliseconds on the wall and of processor until a command has ended."""
    before, since = getrusage(RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, cwd=ROOT, check=True)
    wall, after = time.perf_counter() - since, getrusage(RUSAGE_CHILDREN)
    return 1000 * wall, 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def print_bytes(bare: Program, ours: Program, idle: int) -> None:
    """Print the bytes to the terminal for what is done most, and what happens when nothing is done."""
    with Terminal(bare.command, environment=dict(os.environ)) as terminal:
        terminal.wait_for(bare.ready)
        terminal.settle()
        first, moved, marked = len(terminal.data), median_cost(terminal, "down"), median_cost(terminal, "b")
    with Terminal(ours.command, environment=dict(os.environ), cwd=ROOT) as terminal:
        terminal.wait_for(ours.ready)
        terminal.settle()
        row("first paint, 100×30", f"{len(terminal.data)} B", f"{first} B DataTable", "", "≤ 20,000 B")
        row("cursor move", f"{median_cost(terminal, 'down')} B", f"{moved} B DataTable", "", "≤ 150 B")
        row("one mark, with counters", f"{median_cost(terminal, '4')} B", f"{marked} B DataTable", "", "≤ 150 B")
        row("palette opened", f"{terminal.cost('ctrl+p')} B", "", "", "≤ 6,000 B")
        terminal.press("escape")
        terminal.settle()
        used, since = cpu_of(terminal.pid), time.monotonic()
        sent = len(terminal.settle(idle, idle))
        share = (cpu_of(terminal.pid) - used) / 1000 / (time.monotonic() - since)
        row(f"idle for {idle} s", f"{sent} B, {share:.2%} CPU", "", "", "0 B, < 0.5 %")


def median_cost(terminal: Terminal, key: str) -> int:
    return int(statistics.median(terminal.cost(key) for _ in range(7)))


def row(what: str, ours: str, beside: str, ratio: str, budget: str) -> None:
    print(f"{what:28} {ours:24} {beside:18} {ratio:22} {budget}", flush=True)


if __name__ == "__main__":
    main()
