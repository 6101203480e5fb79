"""A program with a state of its own, the demo made once, and a small book of five teachers."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest
from cli_program import ROSTER, TODAY, Program

from coordinator_tui.book.demo import write_demo
from coordinator_tui.text import select_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VARIABLES = (("XDG_STATE_HOME", "state"), ("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache"))


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep what the program remembers in the test's own folder, and English after it."""
    for variable, folder in VARIABLES:
        monkeypatch.setenv(variable, str(tmp_path / folder))
    for variable in ("COORDINATOR_BOOK", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "NO_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    yield
    select_language("en")


@pytest.fixture
def program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Program:
    """The program without a book."""
    return Program(capsys, tmp_path)


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo in English, made once for all tests; copy it before changing it."""
    with pytest.MonkeyPatch.context() as patch:
        for variable, folder in VARIABLES:
            patch.setenv(variable, str(tmp_path_factory.mktemp(folder)))
        return write_demo(
            tmp_path_factory.mktemp("demo") / "demo.coord", language="en", today=date.fromisoformat(TODAY)
        )


@pytest.fixture
def demo(program: Program, demo_folder: Path, tmp_path: Path) -> Program:
    """The program on a demo of the test's own."""
    program.book = tmp_path / "demo.coord"
    shutil.copytree(demo_folder, program.book)
    return program


@pytest.fixture
def school(program: Program, tmp_path: Path) -> Program:
    """The program on a book with a group of five (two of one name), a term, and sessions on Fridays from 6 November."""
    program.good("init", "school", "--school", "春风小学", "--group", "英语教研组", "--term", "2026-2027-1")
    program.book = tmp_path / "school.coord"
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    program.good("import", "members", str(roster))
    program.good("schedule", "plan", "教研活动", "--weekday", "5", "--from", "2026-11-01", "--yes")
    return program
