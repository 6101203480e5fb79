"""One mark in the roll: key sent → committed and painted, beside a bare Textual line widget that toggles one cell.

Run `python benchmarks/roll.py [ROUNDS]`. Contenders take turns, each in a fresh process in a pseudo-terminal; one key
at a time is sent, and the time until the last byte of the answer has come is taken. Prints medians and 95th percentiles
in milliseconds, bytes per mark, and ratios to the bare widget, alone and with the append + fdatasync of a mark.
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

from terminal import Terminal  # noqa: E402  # found through the path set above

MARKS = 60
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
        runs: dict[str, list[list[tuple[float, int]]]] = {name: [] for name in contenders}
        durable = []
        for _ in range(rounds):
            for name, contender in contenders.items():
                runs[name].append(contender(Path(folder)))
            durable.append(_durable(Path(folder)))
        disk = statistics.median(durable)
        print(f"{'append + fdatasync alone':28} p50 {disk:5.2f} ms")
        bare = None
        for name, found in runs.items():
            bare = _report(name, found, bare, disk)


def _report(what: str, runs: list[list[tuple[float, int]]], bare: float | None, disk: float) -> float:
    times = sorted(1000 * taken for run in runs for taken, _bytes in run)
    sizes = [size for run in runs for _taken, size in run]
    median, late = statistics.median(times), times[int(len(times) * 0.95)]
    ratio = "" if bare is None else f"  = {median / bare:.2f} × bare, {median / (bare + disk):.2f} × (bare + disk)"
    print(f"{what:28} p50 {median:5.2f} ms  p95 {late:5.2f} ms  {statistics.mean(sizes):4.0f} bytes{ratio}")
    return bare or median


def _bare(home: Path) -> list[tuple[float, int]]:
    program = home / "bare.py"
    program.write_text(BARE, encoding="utf-8")
    os.environ |= {"TEXTUAL_ANIMATIONS": "none"}
    with Terminal([sys.executable, str(program)], environment=_environment(home)) as terminal:
        terminal.wait_for("row 27")
        terminal.settle(1.0)
        return [_key(terminal, "1") for _ in range(MARKS)]


def _roll(home: Path, people: int) -> list[tuple[float, int]]:
    book = home / f"{people}-{time.monotonic_ns()}.coord"
    program = ROOT / "tests" / "pty" / "roll_program.py"
    with Terminal(
        [sys.executable, str(program), str(book), str(people), "li"], environment=_environment(home)
    ) as terminal:
        terminal.wait_for("未点", limit=60)
        terminal.settle(1.0)
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


def _key(terminal: Terminal, key: str) -> tuple[float, int]:
    """Return how long it took until all bytes of the answer to a key had come, and how many there were."""
    begun = time.perf_counter()
    terminal.press(key)
    size, last = len(terminal.read(2.0)), time.perf_counter()
    while select.select([terminal.fd], [], [], 0.03)[0]:
        size += len(terminal.read(0))
        last = time.perf_counter()
    return last - begun, size


def _environment(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "XDG_STATE_HOME": str(home / "state")}


def _durable(home: Path) -> float:
    handle = os.open(home / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    times = []
    for _ in range(200):
        begun = time.perf_counter()
        os.write(handle, b"x" * 129 + b"\n")
        os.fdatasync(handle)
        times.append(time.perf_counter() - begun)
    os.close(handle)
    return 1000 * statistics.median(times)


if __name__ == "__main__":
    main()
