"""What is printed: data to stdout, narration to stderr, nothing that a name could steer a terminal with."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from coordinator_tui.text import cells, fit, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from enum import StrEnum

YES = frozenset({"y", "yes", "是", "好"})
"""What a person types to agree."""

BOLD, FAINT, RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def prepare_streams() -> None:
    """Make both streams print every character: what their encoding lacks is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def is_terminal(stream: IO[str] | None) -> bool:
    """Whether a person looks at (or types into) the stream."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def safe_lines(text: str) -> str:
    """Text with every control character shown as a mark, its line ends kept."""
    return "\n".join(visible(line) for line in text.split("\n"))


def say(text: str) -> None:
    """Narrate one line to stderr."""
    print(safe_lines(text), file=sys.stderr)  # noqa: T201 - this module is where printing happens


def emit(text: str) -> None:
    """Print data to stdout, with a line end."""
    print(safe_lines(text))  # noqa: T201 - this module is where printing happens


def emit_bytes(content: bytes) -> None:
    """Write a file's bytes to stdout as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def emit_json(value: object) -> None:
    """Print one JSON value; characters that stdout's encoding lacks are escaped, so that it stays JSON."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2, default=_json_default)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, ensure_ascii=True, indent=2, default=_json_default)
    print(text)  # noqa: T201 - this module is where printing happens


def _json_default(value: object) -> Any:  # noqa: ANN401 - JSON is any of its kinds
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if isoformat is not None else str(value)


def decorated(*, plain: bool) -> bool:
    """Whether stdout may carry colour and rules: a terminal, no --plain, no NO_COLOR."""
    return not plain and is_terminal(sys.stdout) and not os.environ.get("NO_COLOR")


def emit_table(rows: Iterable[Sequence[object]], headers: Sequence[str], *, plain: bool) -> None:
    """Print rows in columns of display cells; on a terminal the headers stand above a rule."""
    body = [[_cell(value) for value in row] for row in rows]
    widths = [max(cells(line[column]) for line in [list(headers), *body]) for column in range(len(headers))]
    numeric = [bool(body) and all(_is_number(line[column]) for line in body) for column in range(len(headers))]
    head, *lines = [_join(line, widths, numeric) for line in [list(headers), *body]]
    if decorated(plain=plain):
        rule = "  ".join("─" * width for width in widths)
        print(f"{BOLD}{head}{RESET}\n{FAINT}{rule}{RESET}")  # noqa: T201 - this module is where printing happens
    else:
        emit(head)
    for line in lines:
        emit(line)


def _join(line: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    parts = [
        fit(value, width, align="right" if right else "left")
        for value, width, right in zip(line, widths, numeric, strict=True)
    ]
    return "  ".join(parts).rstrip()


def _cell(value: object) -> str:
    return "" if value is None else visible(str(value).replace("\n", " "))


def _is_number(text: str) -> bool:
    return not text or text.removeprefix("-").removesuffix("%").replace(".", "", 1).isdigit()


def emit_facts(facts: Iterable[tuple[str, object]]) -> None:
    """Print labelled values, one on a line, the values below each other."""
    known = [(label, _cell(value)) for label, value in facts if value not in (None, "", ())]
    width = max((cells(label) for label, _value in known), default=0)
    for label, value in known:
        emit(f"{fit(label, width)}  {value}")


def title(code: StrEnum | None) -> str:
    """Title of a code in the language in force; nothing for None."""
    if code is None:
        return ""
    from coordinator_tui.domain.vocabulary import title as vocabulary_title

    return vocabulary_title(code)


def confirm(question: str, *, yes: bool) -> bool:
    """Ask on the terminal; `yes` was given on the command line. Without a terminal the answer is no."""
    if yes:
        return True
    if not is_terminal(sys.stdin):
        return False
    return ask(f"{question} [y/N] ").strip().casefold() in YES


def ask(prompt: str) -> str:
    """Read one line from the terminal; the question goes to stderr."""
    print(safe_lines(prompt), end="", file=sys.stderr, flush=True)  # noqa: T201 - this module is where printing happens
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\n")


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Yield `report(done, total)`, which draws a bar on stderr when that is a terminal and else does nothing."""
    if not is_terminal(sys.stderr):
        yield lambda _done, _total: None
        return
    last = -1

    def report(done: int, total: int) -> None:
        nonlocal last
        percent = 100 * done // total if total else 100
        if percent != last:
            last = percent
            bar = "█" * (percent // 5) + "·" * (20 - percent // 5)
            print(f"\r{label} {bar} {percent:3d} %", end="", file=sys.stderr, flush=True)  # noqa: T201 - as above

    try:
        yield report
    finally:
        if last >= 0:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)  # noqa: T201 - as above
