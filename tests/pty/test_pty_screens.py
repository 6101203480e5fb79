"""The program itself with the demo in terminals of every kind: six screens, few colours, and no harm from a book."""

from __future__ import annotations

import re
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest
from terminal import Terminal, python

from coordinator_tui.book.book import Book
from coordinator_tui.book.demo import write_demo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TODAY = "2026-11-20"
SCREENS = (("1", "15:30–17:00"), ("2", "邓青槐"), ("3", "2026年11月"), ("4", "应到"), ("5", "待查"), ("6", "出勤率"))
HARM = ("\x1b]0;owned\x07", "\x1b[2J\x9b31m", "\u202e倒写", "[/]", "👨‍👩‍👧‍👦", "שלום", "\u200b", "长" * 30)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        return write_demo(
            tmp_path_factory.mktemp("demo") / "demo.coord", language="zh", today=date.fromisoformat(TODAY)
        )


def opened(book: Path, home: Path, **environment: str) -> Terminal:
    """Start the program with a book, as its user does."""
    command = python("-m", "coordinator_tui", "--lang", "zh", "--at", TODAY, "--book", str(book))
    return Terminal(command, environment={"HOME": str(home), "XDG_STATE_HOME": str(home / "state"), **environment})


def harm(folder: Path) -> None:
    """Write texts into a book that want to steer a terminal, as another program could."""
    fields = (("members", "name"), ("members", "note"), ("sessions", "topic"), ("groups", "name"))
    with (
        Book.open(folder, user="li", today=date.fromisoformat(TODAY), remember=False) as book,
        book.store.transaction("elsewhere") as transaction,
    ):
        for table, field in fields:
            for at, identity in enumerate(book.store.documents(table)):
                transaction.set(table, identity, {field: HARM[at % len(HARM)]})


@pytest.mark.parametrize(
    "environment",
    [{"TERM": "xterm"}, {"TERM": "xterm-256color"}, {"TERM": "screen"}, {"TERM": "linux"}, {"NO_COLOR": "1"}],
    ids=lambda environment: " ".join(environment.values()),
)
def test_the_six_screens_work_in_every_terminal(demo: Path, tmp_path: Path, environment: Mapping[str, str]) -> None:
    shutil.copytree(demo, tmp_path / "demo.coord")
    with opened(tmp_path / "demo.coord", tmp_path, **environment) as terminal:
        for key, shown in SCREENS:
            terminal.press(f"f{key}" if int(key) <= 4 else {"5": "\x1b[15~", "6": "\x1b[17~"}[key])
            terminal.wait_for(shown)
        terminal.press("q")
        assert terminal.wait() == 0
        assert not re.search(rb"\x1b\[[\d;]*[34]8[;:]", terminal.data), "only the terminal's own sixteen colours"
        for mode in (
            b"\x1b[>",
            b"\x1b[=",
            b"\x1b[?1000h",
            b"\x1b[?1003h",
            b"\x1b[?1004h",
            b"\x1b[?2048h",
            b"\x1b[?12h",
        ):
            assert mode not in terminal.data, "no keyboard protocol, mouse, focus reports or blinking unless asked for"
        if "NO_COLOR" in environment:
            assert not re.search(rb"\x1b\[(?:\d+;)*(?:3[0-7]|9[0-7]|4[0-7])(?:;\d+)*m", terminal.data)


def test_a_book_from_elsewhere_cannot_steer_the_terminal_on_any_screen(demo: Path, tmp_path: Path) -> None:
    shutil.copytree(demo, tmp_path / "demo.coord")
    harm(tmp_path / "demo.coord")
    with opened(tmp_path / "demo.coord", tmp_path) as terminal:
        terminal.wait_for("owned")
        for key in ("\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1bOQ", "enter"):
            terminal.press(key)
            terminal.settle(0.2)
        terminal.wait_for("\ufffd]0;owned\ufffd")
        assert terminal.screen.title != "owned"
        for raw in (b"\x1b]0;", "\x9b".encode(), "\u202e".encode(), "\u200d".encode(), "\u200b".encode()):
            assert raw not in terminal.data
        assert terminal.alive()
