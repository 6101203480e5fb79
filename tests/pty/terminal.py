"""A real pseudo-terminal for a real process: keys in, bytes out, and what a terminal would show of them."""

from __future__ import annotations

import fcntl
import math
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

T = TypeVar("T")

KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "backspace": "\x7f", "space": " ", "up": "\x1b[A", "down": "\x1b[B",
    "right": "\x1b[C", "left": "\x1b[D", "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "home": "\x1b[H", "end": "\x1b[F",
    "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f9": "\x1b[20~", "f10": "\x1b[21~",
}  # fmt: skip


# What would make a run depend on the machine that tests; without bytecode each start would compile everything.
_NOT_INHERITED = ("TEXTUAL", "LC_", "SSH", "NO_COLOR", "COLORTERM", "PYTHONDONTWRITEBYTECODE")

LIMIT = 30.0
"""Seconds after which something that has not come never will: far more than the slowest machine takes."""
_STEP = 0.02
_CLEARED = b"\x1b[2J"


class Terminal:
    """A process in a terminal of `columns` × `lines`; `screen` is what it shows, `data` all bytes that came."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 100,
        lines: int = 30,
        term: str = "xterm-256color",
        environment: Mapping[str, str] | None = None,
        cwd: Path | str | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.data = bytearray()
        self.started = time.perf_counter()
        self.first_byte: float | None = None
        self.status: int | None = None
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            if cwd:
                os.chdir(cwd)
            keep = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_INHERITED)}
            keep |= {"TERM": term, "LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8", "LANGUAGE": "", **(environment or {})}
            os.execvpe(command[0], list(command), keep)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    # ---- input

    def send(self, text: str | bytes) -> None:
        """Send text as if it were typed at once."""
        os.write(self.fd, text if isinstance(text, bytes) else text.encode())

    def press(self, *keys: str) -> None:
        """Send keys by name; what is no name is sent as text, "ctrl+x" as its control character."""
        for key in keys:
            if key.startswith("ctrl+"):
                self.send(chr(ord(key[-1].upper()) - 64))
            else:
                self.send(KEYS.get(key, key))

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size."""
        self.screen.resize(lines, columns)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    # ---- output

    def read(self, seconds: float) -> bytes:
        """Return what comes within `seconds`, as soon as something has come."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        if data and self.first_byte is None:
            self.first_byte = time.perf_counter() - self.started
        self.data += data
        self._stream.feed(data)
        return data

    def settle(self, quiet: float = 0.3, limit: float = LIMIT) -> bytes:
        """Read until the program has slept for `quiet` seconds and sent nothing; return all of it.

        Silence alone would not do: on a busy machine a program that still waits for the processor is silent too.
        """
        came, until = b"", time.monotonic() + limit
        calm, enough = 0, math.ceil(quiet / _STEP)
        while calm < enough and time.monotonic() < until:
            if data := self.read(_STEP):
                came += data
            elif not self.alive():
                break
            calm = 0 if data or self.is_working() else calm + 1
        return came

    def wait_until(self, come: Callable[[], object], what: str = "what was waited for", limit: float = LIMIT) -> None:
        """Read until something is so."""
        until = time.monotonic() + limit
        while not come():
            if time.monotonic() > until or (not self.read(_STEP) and not self.alive() and not come()):
                raise AssertionError(f"{what} never came; the screen is:\n{self.text}")

    def wait_for(self, text: str, limit: float = LIMIT) -> None:
        """Read until the screen shows `text`."""
        self.wait_until(lambda: text in self.text, repr(text), limit)

    def soon(self, look: Callable[[], T], wanted: T, limit: float = LIMIT) -> T:
        """Read until `look()` is what is wanted, or for too long; return what it is then."""
        until = time.monotonic() + limit
        while (seen := look()) != wanted and time.monotonic() < until and (self.read(_STEP) or self.alive()):
            pass
        return seen

    def laid_out_anew(self, columns: int, lines: int) -> str:
        """Give the terminal another size; return what it shows when everything has been painted for that."""
        before = len(self.data)
        self.resize(columns, lines)
        self.wait_until(lambda: self.data.find(_CLEARED, before) >= 0, "a picture of another size")
        self.settle()
        return self.text

    def cost(self, *keys: str, quiet: float = 0.25) -> int:
        """Return how many bytes come in answer to keys."""
        self.settle(quiet)
        self.press(*keys)
        return len(self.settle(quiet))

    @property
    def text(self) -> str:
        """The screen's text, line by line."""
        return "\n".join(line.replace("\0", "") for line in self._lines())

    def _lines(self) -> list[str]:
        """Return the lines; pyte keeps an empty cell after each wide character."""
        buffer = self.screen.buffer
        return ["".join(buffer[y][x].data for x in range(self.screen.columns)) for y in range(self.screen.lines)]

    @property
    def in_alternate_screen(self) -> bool:
        """Whether the program still has the alternate screen."""
        return self.data.rfind(b"\x1b[?1049h") > self.data.rfind(b"\x1b[?1049l")

    # ---- the process

    def alive(self) -> bool:
        """Whether the process runs."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is None

    def wait(self, limit: float = LIMIT) -> int:
        """Wait for the end; return the exit code (negative: killed by that signal)."""
        until = time.monotonic() + limit
        while self.alive():
            if time.monotonic() > until:
                raise AssertionError(f"still running; the screen is:\n{self.text}")
            self.read(0.05)
        while self.read(0.05):
            pass
        assert self.status is not None
        return self.status

    def states(self) -> set[str]:
        """Return what the program's threads do, in the letters of proc(5): R, S, D, T …; none where that is unknown."""
        try:
            stats = [file.read_text(encoding="ascii") for file in Path(f"/proc/{self.pid}/task").glob("*/stat")]
        except OSError:
            return set()  # a thread that has just ended
        return {stat.rpartition(")")[2].split()[0] for stat in stats}

    def is_working(self) -> bool:
        """Whether the program runs, or waits for the processor or the disk."""
        return not self.states().isdisjoint("RD")

    def signal(self, number: int) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal as a dropped connection does."""
        os.close(self.fd)
        self.fd = -1

    def cpu_seconds(self) -> float:
        """Return the processor time used so far (Linux)."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.alive():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self.fd >= 0:
            os.close(self.fd)


def python(*arguments: str) -> list[str]:
    """Return the command that runs this Python with `arguments`."""
    return [sys.executable, *arguments]
