"""What keys paint directly: the same picture that a whole layout paints, without a frame of Textual's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from terminal import Terminal, python

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
# Counts the frames that come the long way, through Textual's compositor.
COUNTING = """
import sys
from pathlib import Path
sys.path.insert(0, {here!r})
from roll_program import TODAY, make_book
from coordinator_tui.tui import driver, launch

def counted(self, data, write=driver.CellDriver.write):
    if driver.is_frame(data):
        with Path({count!r}).open("a") as count:
            count.write("f")
    write(self, data)

book = Path({book!r})
make_book(book, 40)
launch.prepare_environment()
driver.CellDriver.write = counted
sys.exit(launch.run_tui(book, language="zh", user="li", today=TODAY, first_screen="roll"))
"""


@pytest.fixture
def roll(tmp_path: Path) -> Iterator[Terminal]:
    program = COUNTING.format(here=str(HERE), count=str(tmp_path / "frames"), book=str(tmp_path / "group.coord"))
    environment = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")}
    with Terminal(python("-c", program), environment=environment) as terminal:
        terminal.wait_for("未点")
        terminal.settle()
        yield terminal


def press(terminal: Terminal, *keys: str) -> None:
    for key in keys:
        terminal.press(key)
        # Escape and a key right after it would be another key.
        terminal.settle(0.3 if key == "escape" else 0.08)


@pytest.mark.parametrize(
    "keys",
    [
        ("1", "4", "8", "down", "up", "0"),
        ("2", "1", "5", "enter", "3", "down", "6"),
        ("end", "1", "home", "pagedown", "4", "4", "pagedown", "9", "pageup"),
        ("1", "u", "4", "u", "u"),
        ("/", "2", "0", "enter", "4", ":", "1", "迟", "escape"),
        ("1", "?", "escape", "4", "ctrl+p", "escape", "8"),
    ],
)
def test_what_keys_painted_is_what_a_whole_layout_paints(roll: Terminal, keys: tuple[str, ...]) -> None:
    press(roll, *keys)
    roll.settle()
    painted = roll.text
    roll.laid_out_anew(110, 30)
    assert roll.laid_out_anew(100, 30) == painted


def test_marks_and_moves_take_no_detour(roll: Terminal, tmp_path: Path) -> None:
    def detours() -> int:
        before = len((tmp_path / "frames").read_text())
        press(roll, "1", "4", "down", "2", "5", "8", "up", "up", "0")
        return len((tmp_path / "frames").read_text()) - before

    # What others wrote is looked for once a second: a key that comes just then is painted with what that paints.
    assert 0 in (detours() for _round in range(3))
    assert "旷" in roll.text
