"""A terminal that changes its size at any moment shows the whole picture in the end."""

from __future__ import annotations

import random
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from terminal import Terminal, python

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
# Stops in the middle of a frame where there is a file "hold", until there is one "go on".
HELD = """
import sys, time
from pathlib import Path
sys.path.insert(0, {here!r})
from program import make
from coordinator_tui.tui import launch
launch.prepare_environment()
from coordinator_tui.tui.cellscreen import CellScreen

def change_row(self, *line, whole=CellScreen._change_row):
    whole(self, *line)
    hold = Path({folder!r}, "hold")
    if hold.exists():
        hold.rename(hold.with_name("held"))
        while not hold.with_name("go on").exists():
            time.sleep(0.01)

CellScreen._change_row = change_row
sys.exit(launch.show(make))
"""


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    program = HELD.format(here=str(HERE), folder=str(tmp_path))
    environment = {"KEPT": str(tmp_path), "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")}
    with Terminal(python("-c", program), environment=environment) as opened:
        opened.wait_for("quit")
        opened.settle()
        yield opened


def hold_a_frame(terminal: Terminal, folder: Path) -> None:
    """Have a mark made and its picture held when half of it is done."""
    (folder / "hold").touch()
    terminal.press("b")
    terminal.wait_until((folder / "held").exists, "a frame")


@pytest.mark.parametrize("size", [(40, 30), (100, 20), (60, 12)])
def test_a_size_that_changed_and_changed_back_while_the_program_worked_loses_nothing(
    terminal: Terminal, tmp_path: Path, size: tuple[int, int]
) -> None:
    picture = terminal.text
    terminal.press("z")
    terminal.wait_until((tmp_path / "busy").exists, "the work")
    terminal.resize(*size)
    terminal.resize(100, 30)
    assert terminal.text != picture, "a terminal that keeps what it cannot show proves nothing"
    assert terminal.soon(lambda: terminal.text, picture) == picture


def test_a_window_that_is_dragged_ends_in_a_whole_picture(terminal: Terminal) -> None:
    picture, dice = terminal.text, random.Random(20261121)
    for _round in range(8):
        for _step in range(dice.randrange(1, 8)):
            terminal.resize(dice.randrange(60, 120), dice.randrange(12, 40))
            terminal.read(dice.choice((0, 0.002, 0.01, 0.03)))
        terminal.resize(100, 30)
        assert terminal.soon(lambda: terminal.text, picture) == picture


def test_a_size_that_changes_in_the_middle_of_a_frame_leaves_no_half_of_it(terminal: Terminal, tmp_path: Path) -> None:
    hold_a_frame(terminal, tmp_path)
    terminal.resize(110, 30)
    (tmp_path / "go on").touch()
    terminal.wait_for("实到 29")
    terminal.settle()
    shown = terminal.text
    terminal.laid_out_anew(100, 30)
    assert terminal.laid_out_anew(110, 30) == shown


def test_a_suspension_in_the_middle_of_a_frame_leaves_no_half_of_it(terminal: Terminal, tmp_path: Path) -> None:
    hold_a_frame(terminal, tmp_path)
    terminal.signal(signal.SIGTSTP)
    (tmp_path / "go on").touch()
    terminal.wait_until(lambda: terminal.states() == {"T"}, "the suspension")
    terminal.signal(signal.SIGCONT)
    terminal.wait_for("实到 29")
    terminal.settle()
    shown = terminal.text
    terminal.laid_out_anew(110, 30)
    assert terminal.laid_out_anew(100, 30) == shown
