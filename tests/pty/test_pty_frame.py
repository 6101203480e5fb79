"""The frame in a real terminal: bytes, order, hostile text, signals, lost terminals, faults."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from terminal import LIMIT, Terminal, python

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROGRAM = str(Path(__file__).with_name("program.py"))
PHONE = "13800001234"
Start = "Callable[..., Terminal]"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Start the program in a terminal of its own; `tmp_path` is its home."""
    opened: list[Terminal] = []

    def begin(**options: Any) -> Terminal:
        environment = {"KEPT": str(tmp_path), "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")}
        environment |= options.pop("environment", {})
        terminal = Terminal(python(PROGRAM), environment=environment, **options)
        opened.append(terminal)
        terminal.wait_for("quit")
        terminal.settle()
        return terminal

    yield begin
    for terminal in opened:
        terminal.__exit__()


# ---- bytes


def idle_seconds(terminal: Terminal) -> float:
    """Processor time of the quietest of a few stretches of four seconds in which nothing may be sent.

    One that spins does so in each; only a machine with other work makes one of them dear.
    """
    used: list[float] = []
    while not used or (min(used) > 0.1 and len(used) < 3):
        before = terminal.cpu_seconds()
        assert terminal.settle(8.0, 4.0) == b""
        used.append(terminal.cpu_seconds() - before)
    return min(used)


def test_a_mark_a_move_and_the_palette_cost_few_bytes(start: Callable[..., Terminal]) -> None:
    terminal = start()
    assert len(terminal.data) <= 20_000, "first paint"
    assert max(terminal.cost("down") for _ in range(3)) <= 150
    assert max(terminal.cost("b") for _ in range(3)) <= 150
    assert terminal.cost("ctrl+p") <= 6_000
    assert terminal.cost("q") <= 3_000


def test_nothing_is_sent_and_nothing_done_while_nobody_types(start: Callable[..., Terminal]) -> None:
    terminal = start()
    terminal.press("down")
    terminal.settle(0.9)
    assert idle_seconds(terminal) <= 0.1


def test_a_burst_of_keys_is_applied_in_order_across_screens_that_are_just_opening(
    start: Callable[..., Terminal],
) -> None:
    terminal = start()
    terminal.send("bbb" + ":" + "zs迟10 病\x7f" + "\r" + "\x1b[B" + "b" + "a" + "新人" + "\r" + "1990-01" + "\r")
    terminal.wait_for("得到")
    terminal.settle()
    assert re.search(r"得到 \{'name': '新人', 'birth': '1990-01'\}", terminal.text)
    assert re.search(r"实到 26", terminal.text)
    marked = [line.split()[0] for line in terminal.text.splitlines() if "病" in line and not line.startswith("应到")]
    assert marked[:3] == ["1", "2", "3"]
    assert len(marked) == 4


def test_thirty_keys_sent_before_the_screen_is_there_are_all_kept(tmp_path: Path) -> None:
    with Terminal(python(PROGRAM), environment={"KEPT": str(tmp_path), "HOME": str(tmp_path)}) as terminal:
        terminal.send("b" * 29 + ":" + "好\r")
        terminal.wait_for("行：好")
        terminal.wait_for("实到 1 ")


def test_a_terminal_that_reads_slowly_gets_the_newest_picture_and_the_program_goes_on(
    start: Callable[..., Terminal],
) -> None:
    terminal = start()
    for _ in range(400):
        terminal.send("\x1b[6~\x1b[5~")
    wait_without_reading(terminal)
    before = len(terminal.data)
    terminal.press("b")
    terminal.wait_for("实到 29")
    terminal.settle()
    assert len(terminal.data) - before < 60_000, "frames that nobody saw were not queued"


def wait_without_reading(terminal: Terminal) -> None:
    """Give the program the time that it needs for all keys, while nobody takes what it sends."""
    until = time.monotonic() + LIMIT
    calm = 0
    while calm < 25 and time.monotonic() < until:
        time.sleep(0.02)
        calm = 0 if terminal.is_working() else calm + 1


# ---- hostile text and bytes


def test_names_are_shown_as_they_are_written_and_cannot_steer_the_terminal(start: Callable[..., Terminal]) -> None:
    terminal = start()
    for name in (
        "张三[/]",
        "[b]李四",
        "[A]王五",
        "[link=x]赵六",
        "钱七\ufffd]0;owned\ufffd",
        "孙八\ufffd[2J",
        "\ufffd周九",
        "吴十\ufffd31m",
    ):
        assert name in terminal.text
    assert terminal.screen.title != "owned"
    assert b"\x1b]0;owned" not in terminal.data
    assert "\u202e".encode() not in terminal.data


def test_a_byte_that_is_no_utf8_does_no_harm_and_the_next_character_is_understood(
    start: Callable[..., Terminal],
) -> None:
    terminal = start()
    terminal.press(":")
    terminal.send("张三".encode("gbk"))
    terminal.wait_for("UTF-8")
    terminal.send("李四\r")
    terminal.wait_for("行：")
    terminal.settle()
    assert "李四" in terminal.text
    assert terminal.alive()


def test_keys_typed_through_a_chinese_input_method_do_the_same(start: Callable[..., Terminal]) -> None:
    terminal = start()
    terminal.send("ｂ３")
    terminal.wait_for("实到 28")
    terminal.send("：")
    terminal.send("一二\r")
    terminal.wait_for("行：一二")
    terminal.send("？")
    terminal.wait_for("Fictional people")


def test_many_pasted_lines_are_not_lost_in_silence(start: Callable[..., Terminal]) -> None:
    terminal = start()
    terminal.press(":")
    terminal.send("\x1b[200~" + "\n".join(f"教师{n}" for n in range(40)) + "\x1b[201~")
    terminal.wait_for("40 lines")
    terminal.settle()
    assert ": 教师0" in terminal.text
    assert "教师1" not in terminal.text.rpartition("\n: ")[2].splitlines()[0]


# ---- leaving


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_the_session_cleanly(
    start: Callable[..., Terminal], tmp_path: Path, number: signal.Signals
) -> None:
    terminal = start()
    terminal.press("b")
    terminal.settle()
    terminal.signal(number)
    assert terminal.wait() == 128 + number
    assert not terminal.in_alternate_screen
    assert terminal.data.rfind(b"\x1b[?25h") > terminal.data.rfind(b"\x1b[?25l"), "the cursor is back"
    assert termios.tcgetattr(terminal.fd)[3] & termios.ECHO, "typing echoes again"
    assert (tmp_path / "closed").exists(), "the book was closed"


def test_a_signal_that_comes_while_the_program_works_counts_afterwards(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    terminal = start()
    terminal.press("z")
    terminal.wait_until((tmp_path / "busy").exists)
    terminal.signal(signal.SIGHUP)
    assert terminal.wait() == 129
    assert (tmp_path / "closed").exists()


def test_a_terminal_that_goes_away_ends_the_program_even_if_nobody_tells_it(tmp_path: Path) -> None:
    # In a session of its own it gets no signal when the terminal goes, only the end of its input.
    command = ["sh", "-c", 'trap "" HUP; exec setsid --wait "$@"', "sh", *python(PROGRAM)]
    with Terminal(command, environment={"KEPT": str(tmp_path), "HOME": str(tmp_path)}) as terminal:
        terminal.wait_for("quit")
        terminal.settle()
        terminal.hang_up()
        until = time.monotonic() + LIMIT
        while terminal.alive() and time.monotonic() < until:
            time.sleep(0.05)
        assert not terminal.alive(), "it must not live on and spin"
        assert (tmp_path / "closed").exists()


def test_a_fault_leaves_one_line_without_anybodys_data_and_a_private_log(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    terminal = start()
    before = len(terminal.data)
    terminal.press("x")
    assert terminal.wait() == 1
    said = terminal.data[before:].decode().rpartition("\x1b[?1049l")[2]
    assert "fault" in said
    assert "Traceback" not in said
    assert PHONE not in said
    assert "张三" not in said
    (log,) = (tmp_path / "state").rglob("fault-*.log")
    text = log.read_text(encoding="utf-8")
    assert "RuntimeError" in text
    assert "action_crash" in text
    assert PHONE not in text
    assert "张三" not in text
    assert log.stat().st_mode & 0o077 == 0


def test_q_leaves_with_nothing_left_behind(start: Callable[..., Terminal]) -> None:
    terminal = start()
    terminal.press("q")
    assert terminal.wait() == 0
    assert not terminal.in_alternate_screen
    assert termios.tcgetattr(terminal.fd)[3] & termios.ECHO


def test_the_screen_comes_back_after_a_suspension(start: Callable[..., Terminal]) -> None:
    terminal = start()
    terminal.press("b")
    terminal.settle()
    picture = terminal.text
    terminal.signal(signal.SIGTSTP)
    terminal.wait_until(lambda: terminal.states() == {"T"}, "the suspension")
    terminal.settle()
    assert not terminal.in_alternate_screen
    terminal.signal(signal.SIGCONT)
    assert terminal.soon(lambda: (terminal.in_alternate_screen, terminal.text), (True, picture)) == (True, picture)
    terminal.settle()
    assert terminal.text == picture
    terminal.press("b")
    terminal.wait_for("实到 28")


def test_being_told_to_go_on_without_having_been_stopped_changes_nothing(start: Callable[..., Terminal]) -> None:
    terminal = start()
    picture, before = terminal.text, len(terminal.data)
    terminal.signal(signal.SIGCONT)
    terminal.wait_until(lambda: len(terminal.data) > before, "the picture sent again")
    terminal.settle()
    assert terminal.text == picture
    terminal.press("b")
    terminal.wait_for("实到 29")


def test_another_size_is_filled_at_once_and_again(start: Callable[..., Terminal]) -> None:
    terminal = start()
    for columns, lines in ((80, 24), (120, 40), (60, 20), (100, 30)):
        rows = terminal.laid_out_anew(columns, lines).splitlines()
        assert "Members" in rows[0]
        assert "quit" in rows[-1] or columns < 80
        assert "应到" in rows[-4]


# ---- surroundings


@pytest.mark.parametrize(
    "environment", [{"TERM": "linux"}, {"TERM": "screen"}, {"NO_COLOR": "1"}, {"COLORTERM": "truecolor"}]
)
def test_it_works_at_every_depth_of_colour(start: Callable[..., Terminal], environment: dict[str, str]) -> None:
    terminal = start(environment=environment)
    terminal.press("b")
    terminal.wait_for("实到 29")
    assert b"38;2;" not in terminal.data
    assert b"48;2;" not in terminal.data
    if "NO_COLOR" in environment:
        assert not re.search(rb"\x1b\[(?:\d+;)*(?:3[0-7]|9[0-7])m", bytes(terminal.data))


def test_without_a_terminal_it_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, PROGRAM],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        env={"KEPT": str(tmp_path), "LANG": "C.UTF-8"},
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "terminal" in done.stderr


def test_a_terminal_that_is_not_utf8_is_told_so_before_anything_is_shown(tmp_path: Path) -> None:
    plain = {"KEPT": str(tmp_path), "LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    with Terminal(python(PROGRAM), environment=plain) as terminal:
        assert terminal.wait() == 2
        assert "LANG=zh_CN.UTF-8" in terminal.text
        assert b"\x1b[?1049h" not in terminal.data


def test_what_others_wrote_appears_by_itself(start: Callable[..., Terminal], tmp_path: Path) -> None:
    terminal = start()
    terminal.press("end")
    (tmp_path / "news").touch()
    terminal.wait_for("news")
    terminal.press("2")
    terminal.wait_for("今天没有活动")
    terminal.press("1")
    terminal.wait_for("news")
