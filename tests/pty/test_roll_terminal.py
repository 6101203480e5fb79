"""The roll-call in a real terminal: what it costs on the line, order, other people, and every way of being cut off."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from roll_program import TODAY
from terminal import Terminal, python

from coordinator_tui.book.book import Book
from coordinator_tui.book.roll import RollCall

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROGRAM = str(Path(__file__).with_name("roll_program.py"))


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Terminal]]:
    """Open the roll-call of a book in a terminal of its own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    opened: list[Terminal] = []

    def begin(*, people: int = 30, user: str = "li", wait: bool = True, **options: Any) -> Terminal:
        command = python(PROGRAM, str(tmp_path / "group.coord"), str(people), user)
        environment = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")}
        terminal = Terminal(command, environment=environment, **options)
        opened.append(terminal)
        if wait:
            terminal.wait_for("未点")
            terminal.settle()
        return terminal

    yield begin
    for terminal in opened:
        terminal.__exit__()


def marks(folder: Path) -> list[str]:
    """The marks on disk, in printed order."""
    with Book.open(folder, today=TODAY, read_only=True, remember=False) as book:
        roll = RollCall(book, book.sessions.all()[0].id)
        return [row.mark.value if row.mark else "" for row in roll.rows]


def row(terminal: Terminal, number: int) -> str:
    """The line of a row number on the screen, "" when it is not seen."""
    people = terminal.text.splitlines()[5:-3]
    return next((line for line in people if line.lstrip("> ").split()[:1] == [str(number)]), "")


@pytest.mark.parametrize("people", [30, 1000])
@pytest.mark.parametrize("size", [(100, 30), (80, 24)])
def test_first_paint_marks_and_moves_cost_few_bytes(
    start: Callable[..., Terminal], people: int, size: tuple[int, int]
) -> None:
    terminal = start(people=people, columns=size[0], lines=size[1])
    assert len(terminal.data) <= 20_000, "first paint"
    assert max(terminal.cost(key, quiet=0.1) for key in ("down", "down", "up")) <= 150
    costs = {key: terminal.cost(key, quiet=0.1) for key in ("1", "4", "8", "p", "2", "0", "9")}
    assert max(costs.values()) <= 150, costs


def test_marks_down_the_whole_list_cost_few_bytes_scrolling_included(start: Callable[..., Terminal]) -> None:
    terminal = start(columns=80, lines=24)
    costs = [terminal.cost("1", quiet=0.1) for _ in range(29)]
    assert sum(costs) / len(costs) <= 150, costs


def test_thirty_keys_at_once_are_all_applied_in_order(start: Callable[..., Terminal], tmp_path: Path) -> None:
    terminal = start()
    keys = "14869" * 6
    terminal.send(keys)
    names = {"1": "present", "4": "sick", "8": "absent", "6": "official", "9": "exempt"}
    wanted = [names[key] for key in keys]
    assert terminal.soon(lambda: marks(tmp_path / "group.coord"), wanted) == wanted
    terminal.settle()
    assert "旷" in row(terminal, 28)


def test_keys_typed_before_the_first_picture_are_marks_too(start: Callable[..., Terminal], tmp_path: Path) -> None:
    terminal = start(wait=False)
    terminal.wait_until(lambda: terminal.data, "the first word")
    assert "未点" not in terminal.text
    terminal.send("211\r48")
    terminal.wait_for("未点")
    wanted = ["late", "sick", "absent", ""]
    assert terminal.soon(lambda: marks(tmp_path / "group.coord")[:4], wanted) == wanted
    terminal.settle()
    assert marks(tmp_path / "group.coord")[:4] == wanted


def test_nothing_is_lost_when_the_process_is_killed_in_the_middle(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    terminal = start()
    terminal.send("148" * 3)
    terminal.wait_until(lambda: "旷" in row(terminal, 9), "the last mark")
    terminal.signal(signal.SIGKILL)
    terminal.wait()
    assert marks(tmp_path / "group.coord")[:10] == [*["present", "sick", "absent"] * 3, ""]
    again = start()
    assert "病" in row(again, 2)
    again.send("6")
    tenth = again.soon(lambda: marks(tmp_path / "group.coord")[9], "official")
    assert tenth == "official", "it goes on where the roll was left"


def test_a_lost_line_leaves_every_mark_on_disk_and_the_terminal_clean(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    terminal = start()
    terminal.send("1148")
    terminal.wait_until(lambda: "旷" in row(terminal, 4), "the last mark")
    terminal.signal(signal.SIGHUP)
    assert terminal.wait() == 128 + signal.SIGHUP
    assert not terminal.in_alternate_screen
    assert marks(tmp_path / "group.coord")[:5] == ["present", "present", "sick", "absent", ""]


def test_two_people_on_one_book_see_each_others_marks_without_doing_anything(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    mine = start(user="li")
    theirs = start(user="李静")
    theirs.send("/20\r")
    theirs.settle()
    theirs.send("448")
    mine.wait_for("李静")
    mine.wait_until(lambda: "病" in row(mine, 20), "their mark")
    theirs.settle()
    theirs.press("home")
    mine.send("1")
    theirs.wait_until(lambda: "✓" in row(theirs, 1), "my mark")
    assert marks(tmp_path / "group.coord")[0] == "present"
    assert marks(tmp_path / "group.coord")[19:22] == ["sick", "sick", "absent"]


def test_a_chinese_input_method_marks_and_types_a_whole_line(start: Callable[..., Terminal], tmp_path: Path) -> None:
    terminal = start()
    terminal.send("１４")
    terminal.send("：１迟１０，其余到")
    terminal.wait_for("→")
    terminal.settle()
    terminal.press("enter")
    wanted = ["late", "sick", "present"]
    assert terminal.soon(lambda: marks(tmp_path / "group.coord")[:3], wanted) == wanted
    assert "" not in marks(tmp_path / "group.coord")


def test_bytes_that_are_not_utf8_do_not_end_the_roll(start: Callable[..., Terminal], tmp_path: Path) -> None:
    terminal = start()
    terminal.send(b"1\xd5\xc5\xc8\xfd8")
    assert terminal.soon(lambda: marks(tmp_path / "group.coord")[0], "present") == "present"
    terminal.settle(0.5)
    assert terminal.alive()


@pytest.mark.parametrize("term", ["xterm", "xterm-256color", "screen"])
def test_marks_are_words_in_every_colour_depth(start: Callable[..., Terminal], term: str) -> None:
    terminal = start(term=term, columns=80, lines=24)
    terminal.send("18")
    terminal.wait_until(lambda: "旷" in row(terminal, 2), "the last mark")
    assert "✓" in row(terminal, 1)
