"""What is left of a fault of ours: one plain line for the user, and a private log without anybody's data."""

from __future__ import annotations

import os
import sys
import time
import traceback
from typing import TYPE_CHECKING

from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from pathlib import Path

_MODE = 0o600
_FRAMES = 20


class Fault(Exception):  # noqa: N818  # a fault of ours, as opposed to errors meant for people
    """Stands for an unexpected exception towards Textual, and prints as one sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __rich__(self) -> object:
        """Return what Textual prints after it has restored the terminal."""
        from rich.text import Text

        return Text(self.sentence)


def report(error: BaseException) -> str:
    """Write the private log and return the sentence that tells of it; it never raises."""
    try:
        path = _write(error)
    except OSError:
        path = None
    lost = _("The program stopped because of a fault of its own; everything that was entered is kept.")
    where = _("A description without personal data is in {path}.").format(path=path) if path else ""
    return f"{lost} {where}".strip()


def describe(error: BaseException) -> str:
    """Return kinds and places of an exception and its causes: no message, no value, no source line."""
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        parts.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        frames = [
            f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(seen.__traceback__)
        ]
        parts += frames if len(frames) <= 2 * _FRAMES else [*frames[:_FRAMES], "  ...", *frames[-_FRAMES:]]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(parts) + "\n"


def _write(error: BaseException) -> Path:
    from platformdirs import user_state_path

    folder = user_state_path("coordinator-tui", ensure_exists=True)
    path = folder / f"fault-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
    from importlib.metadata import version

    head = f"coordinator-tui {version('coordinator-tui')}, Python {sys.version.split()[0]}, {sys.platform}\n"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _MODE), "w", encoding="utf-8") as file:
        file.write(head + describe(error))
    return path
