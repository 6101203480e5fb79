"""The program as its users run it: in this process where speed matters, as a process of its own where it counts."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from coordinator_tui.cli.contents import ENTRIES
from coordinator_tui.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

TODAY = "2026-11-20"
"""A Friday in the first term of 2026-2027."""

ROSTER = (
    "姓名,性别,出生年月,任教学科\n张三,女,1985-03,英语\n李四,男,1979-11,英语\n王伟,男,1988-05,语文\n"
    "王伟,男,1990-06,体育\n赵小云,女,1992-02,英语\n"
)


@dataclass
class Answer:
    """What a run of the program gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on stdout."""
        return json.loads(self.out)


@dataclass
class Program:
    """Runs the program; `book` is given to it unless it is None."""

    capture: pytest.CaptureFixture[str]
    folder: Path
    book: Path | None = None
    lang: str = "en"

    def arguments(self, *args: str) -> list[str]:
        """The command line: language, day and book, then what is asked."""
        book = ["--book", str(self.book)] if self.book is not None else []
        return ["--lang", self.lang, "--at", TODAY, *book, *args]

    def __call__(self, *args: str) -> Answer:
        """Run in this process."""
        self.capture.readouterr()
        code = main(self.arguments(*args), prog_name="coordinator-tui")
        printed = self.capture.readouterr()
        return Answer(code, printed.out, printed.err)

    def good(self, *args: str) -> Answer:
        """Run and expect success."""
        answer = self(*args)
        assert answer.code == 0, answer.err
        return answer

    def process(self, *args: str, stdin: bytes = b"", **env: str) -> Answer:
        """Run as a process of its own, with stdin closed or holding `stdin`."""
        done = subprocess.run(
            [sys.executable, "-m", "coordinator_tui", *args],
            input=stdin,
            capture_output=True,
            env={**os.environ, **env},
            cwd=self.folder,
            timeout=120,
            check=False,
        )
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())


def all_commands() -> Iterator[tuple[str, ...]]:
    """Every command as it is typed, subcommands too."""
    for name, entry in ENTRIES.items():
        yield (name,)
        command = importlib.import_module(f"coordinator_tui.cli.commands.{entry.module}").COMMAND
        if isinstance(command, click.Group):
            yield from ((name, sub) for sub in command.commands)
