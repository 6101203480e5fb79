"""One mark in the roll: key sent → committed and painted, beside a bare Textual line widget that toggles one cell.

Run `python benchmarks/roll.py [ROUNDS]`. Contenders take turns, each in a fresh process in a pseudo-terminal; one key
at a time is sent, and the time until the last byte of the answer has come is taken. Prints medians and 95th percentiles
in milliseconds, processor time, bytes per mark, and ratios to the bare widget, alone and with the append + fdatasync of
a mark; then whether a burst of keys is applied, and how many keys a roll of thirty takes as one line.
"""

from __future__ import annotations

import os
import select
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "pty")]

from roll_program import TODAY  # noqa: E402  # found through the path set above
from terminal import Terminal  # noqa: E402  # likewise

from coordinator_tui.book.book import Book  # noqa: E402
from coordinator_tui.book.roll import RollCall  # noqa: E402

MARKS = 60
LINE = ":3迟10 8病 12事 21公 其余到\r"
Taken = tuple[float, float, int]
"""Seconds until the answer, seconds of processor, bytes."""
BARE = """
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

class Lines(Widget, can_focus=True):
    on = [False] * 30
    at = 0
    def render_line(self, y):
        text = f"{y + 1:4} row {y:02}  {'x' if y < 30 and self.on[y] else ' '}"
        return Strip([Segment(text.ljust(self.size.width), Style())], self.size.width)
    def key_1(self):
        y = self.at
        self.on[y] = not self.on[y]
        self.at = (y + 1) % 28
        self.refresh(Region(13, y, 1, 1))

class Bare(App):
    def compose(self):
        yield Lines()
    def on_mount(self):
        self.query_one(Lines).focus()

Bare().run(mouse=False)
"""


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    contenders = {
        "bare line widget, one cell": _bare,
        "a mark at 30 members": lambda home: _roll(home, 30),
        "a mark at 1000 members": lambda home: _roll(home, 1000),
    }
    with tempfile.TemporaryDirectory() as folder:
        runs: dict[str, list[list[Taken]]] = {name: [] for name in contenders}
        durable = []
        for _ in range(rounds):
            for name, contender in contenders.items():
                runs[name].append(contender(Path(folder)))
            durable.append(_durable(Path(folder)))
        disk = statistics.median(durable)
        print(f"{'append + fdatasync alone':28} p50 {disk:5.2f} ms")
        bare: tuple[float, float] | None = None
        for name, found in runs.items():
            bare = _report(name, found, bare, disk)
        _print_burst(Path(folder))


def _report(what: str, runs: list[list[Taken]], bare: tuple[float, float] | None, disk: float) -> tuple[float, float]:
    times, used = (sorted(1000 * taken[at] for run in runs for taken in run) for at in (0, 1))
    size = statistics.mean(taken[2] for run in runs for taken in run)
    median, late, cpu = statistics.median(times), times[int(len(times) * 0.95)], statistics.median(used)
    print(f"{what:28} p50 {median:5.2f} ms  p95 {late:5.2f} ms  cpu {cpu:5.2f} ms  {size:4.0f} bytes", end="")
    if bare is None:
        print()
        return median, cpu
    print(
        f"  = {median / bare[0]:.2f} × bare ({cpu / bare[1]:.2f} × cpu), {median / (bare[0] + disk):.2f} × bare + disk"
    )
    print(f"{'':28} budget: p50 ≤ 1.5 × bare, p95 ≤ 8 ms, ≤ 150 bytes")
    return bare


def _print_burst(home: Path) -> None:
    """Print how many of 30 keys sent at once were applied, and how many keys a roll takes as one line."""
    keys, names = "14869" * 6, {"1": "present", "4": "sick", "8": "absent", "6": "official", "9": "exempt"}
    book = home / "burst.coord"
    with _open(home, book, 30) as terminal:
        terminal.send(keys)
        terminal.settle(1.0)
        applied = sum(mark == names[key] for key, mark in zip(keys, _marks(book), strict=True))
        print(f"a burst of 30 keys           {applied} applied in order (budget: 30)")
    book = home / "line.coord"
    with _open(home, book, 30) as terminal:
        terminal.send(LINE)
        terminal.settle(1.0)
        print(
            f"a roll of 30 as one line     {len(LINE)} keys, {sum(map(bool, _marks(book)))} marked (budget: ≤ 40, 30)"
        )


def _marks(folder: Path) -> list[str]:
    with Book.open(folder, today=TODAY, read_only=True, remember=False) as book:
        return [row.mark.value if row.mark else "" for row in RollCall(book, book.sessions.all()[0].id).rows]


def _bare(home: Path) -> list[Taken]:
    program = home / "bare.py"
    program.write_text(BARE, encoding="utf-8")
    os.environ |= {"TEXTUAL_ANIMATIONS": "none"}
    with Terminal([sys.executable, str(program)], environment=_environment(home)) as terminal:
        terminal.wait_for("row 27")
        terminal.settle(1.0)
        return [_key(terminal, "1") for _ in range(MARKS)]


def _open(home: Path, book: Path, people: int) -> Terminal:
    """Start the roll-call of a new book in a terminal, and wait until it is there."""
    program = ROOT / "tests" / "pty" / "roll_program.py"
    command = [sys.executable, str(program), str(book), str(people), "li"]
    terminal = Terminal(command, environment=_environment(home))
    terminal.wait_for("未点", limit=60)
    terminal.settle(1.0)
    return terminal


def _roll(home: Path, people: int) -> list[Taken]:
    with _open(home, home / f"{people}-{time.monotonic_ns()}.coord", people) as terminal:
        taken = []
        for _ in range(MARKS):
            taken.append(_key(terminal, "1"))
            if len(taken) % 29 == 0:  # back to the top, so that a roll of thirty does not end
                terminal.press("home")
                for _row in range(29):
                    terminal.press("0", "down")
                terminal.press("home")
                terminal.settle(0.5)
        return taken


def _key(terminal: Terminal, key: str) -> Taken:
    """Return how long it took until all bytes of the answer to a key had come, its processor time, their number."""
    used, begun = _cpu(terminal.pid), time.perf_counter()
    terminal.press(key)
    size, last = len(terminal.read(2.0)), time.perf_counter()
    while select.select([terminal.fd], [], [], 0.03)[0]:
        size += len(terminal.read(0))
        last = time.perf_counter()
    return last - begun, _cpu(terminal.pid) - used, size


def _cpu(pid: int) -> float:
    """Return the seconds of processor that a process has used (Linux)."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text(encoding="ascii").split()[0]) for task in tasks) / 1e9


def _environment(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "XDG_STATE_HOME": str(home / "state")}


def _durable(home: Path) -> float:
    """Return the median milliseconds until an appended mark is on disk, at a typist's pace."""
    handle = os.open(home / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    times = []
    for _ in range(MARKS):
        time.sleep(0.03)
        begun = time.perf_counter()
        os.write(handle, b"x" * 129 + b"\n")
        os.fdatasync(handle)
        times.append(time.perf_counter() - begun)
    os.close(handle)
    return 1000 * statistics.median(times)


if __name__ == "__main__":
    main()
