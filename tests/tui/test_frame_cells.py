"""What the terminal shows is what was meant, whatever changed in which order."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator_tui.text import lazy
from coordinator_tui.tui.app import CoordinatorApp
from coordinator_tui.tui.areas import Area
from coordinator_tui.tui.cellscreen import CellScreen, is_frame
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.sgr import change, on_blank, spelled
from coordinator_tui.tui.widgets.bars import Counters
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from textual.app import ComposeResult

WIDTH, HEIGHT = 24, 8
LOOKS = ["", "1", "31", "1;31", "7", "32;44", "4", "38;5;208", "38;2;1;2;3;48;2;4;5;6", "39;49", "2;97"]
TEXTS = ["a", "ab", "中", "中文", "a中b", "  ", " ", "—…", "阿依·古丽", "é́", "×①", "x" * 30, "张三 李四", "👍ok", "㊣"]


class Terminal:
    """A terminal that has received some bytes."""

    def __init__(self, width: int, height: int) -> None:
        self.screen = pyte.Screen(width, height)
        self.stream = pyte.Stream(self.screen)
        self.stream.feed("\x1b[?7l")  # Textual's driver turns line wrap off

    def rows(self) -> list[list[tuple[Any, ...]]]:
        buffer = self.screen.buffer
        return [[_visible(buffer[y][x]) for x in range(self.screen.columns)] for y in range(self.screen.lines)]


def _visible(char: Any) -> tuple[Any, ...]:
    """Return what can be seen of a cell: ink and weight cannot on a space that is neither reversed nor underlined."""
    seen = (char.data, char.bg, char.reverse, char.underscore, char.strikethrough, char.blink)
    inked = char.data.strip() or char.reverse or char.underscore
    return (*seen, char.fg, char.bold, char.italics) if inked else seen


def frame_of(moves: list[tuple[int, int, str, str]]) -> str:
    """Return a frame in the form in which Textual writes it."""
    return "".join(
        f"\x1b[{y + 1};{x + 1}H" + (f"\x1b[{look}m{text}\x1b[0m" if look else text) for x, y, look, text in moves
    )


def painted_in_full(screen: CellScreen) -> Terminal:
    """Return a terminal that was told everything at once."""
    copy = CellScreen(screen.width, screen.height)
    copy._wanted = [list(row) for row in screen._wanted]
    copy.forget()
    terminal = Terminal(screen.width, screen.height)
    terminal.stream.feed(copy.changes())
    return terminal


moves = st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1), st.sampled_from(LOOKS), st.sampled_from(TEXTS))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(moves, max_size=12), max_size=12))
def test_any_sequence_of_frames_ends_like_painting_everything_at_once(
    frames: list[list[tuple[int, int, str, str]]],
) -> None:
    screen, terminal = CellScreen(WIDTH, HEIGHT), Terminal(WIDTH, HEIGHT)
    screen.changes()
    for frame in frames:
        screen.take(frame_of(frame))
        terminal.stream.feed(screen.changes())
        assert terminal.rows() == painted_in_full(screen).rows()
    assert screen.changes() == ""


@pytest.mark.parametrize("step", [1, 3, 7, -1, -5])
def test_a_scrolled_list_is_moved_on_the_terminal_and_not_sent_again(step: int) -> None:
    lines = [f"{number:3} 张三丰{number} —— 第{number}行的备注 {'中' * (number % 9)}" for number in range(80)]
    screen, terminal = CellScreen(60, 24), Terminal(60, 24)

    def show(top: int) -> str:
        screen.take(frame_of([(0, y + 2, "", f"{lines[top + y]:<50}") for y in range(20)] + [(0, 23, "7", "keys")]))
        return screen.changes()

    terminal.stream.feed(show(30))
    sent = show(30 + step)
    terminal.stream.feed(sent)
    assert terminal.rows() == painted_in_full(screen).rows()
    assert len(sent.encode()) < 120 * abs(step) + 100


def test_a_terminal_of_another_size_is_painted_afresh() -> None:
    screen = CellScreen(WIDTH, HEIGHT)
    screen.take(frame_of([(0, 0, "1", "张三"), (20, 7, "", "中文")]))
    screen.changes()
    screen.resize(21, 9)
    terminal = Terminal(21, 9)
    terminal.stream.feed("rubbish left over" + screen.changes())
    assert terminal.rows() == painted_in_full(screen).rows()
    assert terminal.screen.display[0].startswith("张三")


def test_nothing_is_sent_for_a_frame_that_changes_nothing() -> None:
    screen = CellScreen(WIDTH, HEIGHT)
    frame = frame_of([(3, 2, "1;31", "张三 absent")])
    screen.take(frame)
    screen.changes()
    screen.take(frame)
    assert screen.changes() == ""


def test_a_character_that_some_terminals_draw_wide_does_not_shift_the_next_column() -> None:
    screen = CellScreen(40, 2)
    screen.take(frame_of([(0, 0, "", "阿依·古丽  next")]))
    sent = screen.changes()
    assert sent.endswith("阿依·古丽  \x1b[12Gnext"), "the next column is placed absolutely"


def test_control_sequences_are_not_taken_for_frames() -> None:
    assert not is_frame("\x1b[?1049h")
    assert not is_frame("\x07")
    assert is_frame("\x1b[1;1Hx")


@pytest.mark.parametrize("before", LOOKS)
@pytest.mark.parametrize("after", LOOKS)
def test_every_change_of_look_ends_in_the_look_meant(before: str, after: str) -> None:
    def shown(sequence: str) -> tuple[Any, ...]:
        screen = pyte.Screen(4, 1)
        pyte.Stream(screen).feed(sequence + "x")
        return tuple(screen.buffer[0][0])

    direct = f"\x1b[0;{after}m" if after else ""
    told = f"\x1b[{spelled(before)}m" + change(spelled(before), spelled(after))
    assert shown(told) == shown(direct)


def test_a_space_keeps_only_what_can_be_seen_of_its_look() -> None:
    assert on_blank("1;31") == ""
    assert on_blank(spelled("7;31")) == "7;31"
    assert on_blank("32;44") == "44"


# ---- with the real widgets


class Watched(CoordinatorApp):
    """An app whose frames go to a terminal through the model, without a driver."""

    def __init__(self, areas: tuple[Area, ...], width: int, height: int) -> None:
        super().__init__(areas=areas)
        self.cells, self.terminal = CellScreen(width, height), Terminal(width, height)

    def _display(self, screen: Any, renderable: Any) -> None:
        if renderable is not None and not self._batch_count:
            self.cells.take(renderable.render_segments(self.console))
            self.terminal.stream.feed(self.cells.changes())
        super()._display(screen, None)


class Names(CoordinatorScreen):
    heading = lazy("Members")

    def body(self) -> ComposeResult:
        self.marks: dict[int, str] = {}
        columns = [Column("name", "姓名", 12), Column("mark", "考勤", 8), Column("note", "备注", 0)]
        self.people = LineList(columns, self.row, rows=range(70), marked_column=0)
        yield self.people
        yield Counters(id="counters")

    def row(self, person: int) -> tuple[Any, ...]:
        note = "——“病假”，有条·已批…" * (person % 4)
        return f"欧阳{person}·买买提", (self.marks.get(person, ""), "bad"), (note, "quiet")


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_the_terminal_shows_what_textual_means_after_any_work(size: tuple[int, int]) -> None:
    dice = random.Random(20261121)
    area = Area("members", "1", lazy("Members"), Names)
    app = Watched((area,), *size)
    async with app.run_test(size=size) as pilot:
        for _round in range(12):
            screen = app.screen
            await pilot.press(
                *dice.choices(
                    ["down", "up", "pagedown", "pageup", "end", "home", "question_mark", "escape", "ctrl+p"], k=3
                )
            )
            if isinstance(screen, Names):
                person = dice.randrange(70)
                screen.marks[person] = dice.choice(["病", "事", "迟到 10", "", "√"])
                screen.people.update_row(person)
                screen.query_one(Counters).show_numbers([("应到", 30, "plain"), ("实到", dice.randrange(30), "good")])
            await pilot.pause(0.03)
            meant = ["".join(part.text for part in strip).rstrip() for strip in app.screen._compositor.render_strips()]
            shown = [line.rstrip() for line in app.terminal.screen.display]
            assert shown == meant
