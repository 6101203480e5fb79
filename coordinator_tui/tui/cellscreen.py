"""`CellScreen`: what the screen should show beside what the terminal does show, and the bytes that make them one.

Two grids of cells are kept. `take()` reads Textual's frames (moves, looks, text; nothing else) into the wanted grid;
`changes()` compares it with the shown one and returns what to send: cursor moves, changes of look, text, erased line
ends, and moved blocks of lines where a list was scrolled. A cell is (text, look); the second cell of a wide character
has the text "".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rich.cells import get_character_cell_size, split_graphemes

from coordinator_tui.tui.sgr import RESET, change, on_blank, spelled

if TYPE_CHECKING:
    from collections.abc import Iterable

Cell = tuple[str, str]
Row = list[Cell]

BLANK: Final[Cell] = (" ", RESET)
UNKNOWN: Final[Cell] = ("\0", RESET)

_TOKENS = re.compile(
    r"\x1b\[(?P<move>\d+;\d+)H|\x1b\[(?P<look>[\d;]*)m|\x1b\](?:[^\x07\x1b])*(?:\x07|\x1b\\)|(?P<text>[^\x1b\n]+)|\n"
)
_FRAME = re.compile(r"\x1b\[\d+;\d+H")
_JOINERS = re.compile("[\u0300-\u036f\u200b-\u200f\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
_LONGEST_COPY = 4
_LEAST_ERASE = 4
_LEAST_SCROLL = 4
_SOMEWHERE = -1


def is_frame(data: str) -> bool:
    """Whether this output is a frame of cells (it begins with a cursor move) and not another control sequence."""
    return _FRAME.match(data) is not None


class CellScreen:
    """A screen of `width` × `height` cells; the terminal is taken to be blank at first."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._wanted: list[Row] = [[BLANK] * width for _ in range(height)]
        self._shown: list[Row] = [[BLANK] * width for _ in range(height)]
        self._touched: dict[int, tuple[int, int]] = {}
        self._look = RESET
        self._at: tuple[int, int] | None = None
        self._cursor = (0, 0)
        self._must_clear = True

    # ---- what should be shown

    def resize(self, width: int, height: int) -> None:
        """Take another size; what the terminal shows now is anybody's guess."""
        rows = [(row + [BLANK] * (width - len(row)))[:width] for row in self._wanted[:height]]
        self._wanted = rows + [[BLANK] * width for _ in range(height - len(rows))]
        self.width, self.height = width, height
        self.forget()

    def forget(self) -> None:
        """Send everything again next time, after clearing the terminal."""
        self._must_clear = True
        self._at = None
        self._shown = [[BLANK] * self.width for _ in range(self.height)]
        self._touched = dict.fromkeys(range(self.height), (0, self.width))

    def take(self, frame: str) -> None:
        """Read a frame as Textual writes it into the wanted grid."""
        x = y = 0
        look = RESET
        for token in _TOKENS.finditer(frame):
            kind = token.lastgroup
            if kind == "text":
                x = self._put(x, y, token[0], look)
            elif kind == "look":
                look = spelled(token["look"])
            elif kind == "move":
                row, column = token["move"].split(";")
                x, y = int(column) - 1, int(row) - 1
        self.put_cursor(x, y)

    def put_line(self, x: int, y: int, pieces: Iterable[tuple[str, str]]) -> None:
        """Take one line of (text, SGR parameters) from `x` on into the wanted grid."""
        cells: list[Cell] = []
        for text, parameters in pieces:
            cells += _cells_of(text, spelled(parameters))
        self._put_cells(x, y, cells)

    def put_cursor(self, x: int, y: int) -> None:
        """Leave the terminal's cursor there; (0, 0) means that nobody types."""
        self._cursor = (min(x, self.width - 1), min(y, self.height - 1))

    def _put(self, x: int, y: int, text: str, look: str) -> int:
        return self._put_cells(x, y, _cells_of(text, look))

    def _put_cells(self, x: int, y: int, cells: list[Cell]) -> int:
        end = x + len(cells)
        if not 0 <= y < self.height or x >= self.width:
            return end
        row = self._wanted[y]
        if x and row[x][0] == "":
            row[x - 1] = BLANK  # the first half of a wide character whose second half goes
        if end < self.width and row[end][0] == "":
            row[end] = BLANK
        row[x:end] = cells[: self.width - x]
        if end > self.width and cells[self.width - x][0] == "":
            row[-1] = BLANK
        first, last = self._touched.get(y, (x, end))
        self._touched[y] = (max(min(first, x - 1), 0), min(max(last, end + 1), self.width))
        return end

    # ---- what to send

    def changes(self) -> str:
        """Return what makes the terminal show the wanted grid, "" when it does already."""
        out: list[str] = []
        if self._must_clear:
            out.append("\x1b[m\x1b[H\x1b[2J")
            self._look, self._at, self._must_clear = RESET, (0, 0), False
        rows = [y for y in sorted(self._touched) if self._wanted[y] != self._shown[y]]
        if len(rows) >= _LEAST_SCROLL:
            self._scroll(rows, out)
        for y in rows:
            self._change_row(y, *self._touched[y], out)
        self._touched.clear()
        self._park(out)
        return "".join(out)

    def _park(self, out: list[str]) -> None:
        """Leave the cursor where an input method looks for it; (0, 0) means that nobody types."""
        if self._cursor not in {(0, 0), self._at}:
            self._move(*self._cursor, out)

    def _move(self, x: int, y: int, out: list[str]) -> None:
        if self._at == (x, y):
            return
        if self._at is not None and self._at[1] == y:
            out.append("\r" if x == 0 else f"\x1b[{x + 1}G")
        else:
            out.append(f"\x1b[{y + 1}H" if x == 0 else f"\x1b[{y + 1};{x + 1}H")
        self._at = (x, y)

    def _turn(self, look: str, out: list[str]) -> None:
        if look != self._look:
            out.append(change(self._look, look))
            self._look = look

    def _change_row(self, y: int, x: int, end: int, out: list[str]) -> None:
        wanted, shown = self._wanted[y], self._shown[y]
        blank_from = _blank_from(wanted)
        while x < end:
            if wanted[x] == shown[x]:
                x += 1
            elif wanted[x][0] == "":
                x -= 1
                shown[x] = UNKNOWN  # a wide character is sent whole
            elif x >= blank_from and self._worth_erasing(shown, x):
                self._erase(x, y, out)
                break
            else:
                x = self._send_run(x, y, end, out)

    def _worth_erasing(self, shown: Row, x: int) -> bool:
        return sum(cell != BLANK for cell in shown[x:]) >= _LEAST_ERASE

    def _erase(self, x: int, y: int, out: list[str]) -> None:
        self._move(x, y, out)
        self._turn(RESET, out)
        out.append("\x1b[K")
        self._shown[y][x:] = [BLANK] * (self.width - x)

    def _send_run(self, x: int, y: int, end: int, out: list[str]) -> int:
        """Send changed cells from `x` on, and the few unchanged ones between them that are shorter than a move.

        After a character that some terminals draw wider than we think, the next word is placed absolutely.
        """
        wanted, shown = self._wanted[y], self._shown[y]
        self._move(x, y, out)
        drifted = gap = False
        while x < end:
            text, look = wanted[x]
            if (wanted[x] == shown[x] and not self._worth_copying(y, x, end)) or (gap and text != " "):
                break
            wide = 2 if x + 1 < self.width and wanted[x + 1][0] == "" else 1
            self._turn(look, out)
            out.append(text)
            shown[x : x + wide] = wanted[x : x + wide]
            x += wide
            drifted = drifted or not _is_certain(text)
            gap = drifted and text == " "
        self._at = (_SOMEWHERE if drifted or x >= self.width else x, y)
        return x

    def _worth_copying(self, y: int, x: int, end: int) -> bool:
        wanted, shown = self._wanted[y], self._shown[y]
        for ahead in range(x, min(x + _LONGEST_COPY, end)):
            if wanted[ahead] != shown[ahead]:
                return wanted[ahead][0] != ""
            if not wanted[ahead][0].isascii() or wanted[ahead][0] == "" or wanted[ahead][1] != self._look:
                return False
        return False

    # ---- scrolled lists

    def _scroll(self, rows: list[int], out: list[str]) -> None:
        """Move a block of lines on the terminal where most of the changed lines are there already, some lines away."""
        first, last = rows[0], rows[-1]
        step = self._best_step(first, last)
        if not step:
            return
        first, last = self._moved_block(first, last, step)
        count = abs(step)
        out.append(f"\x1b[{first + 1};{last + 1}r")
        self._turn(RESET, out)
        out.append(f"\x1b[{first + 1}H\x1b[{count if count > 1 else ''}{'M' if step > 0 else 'L'}\x1b[r")
        self._at = None
        block, fresh = self._shown[first : last + 1], [[BLANK] * self.width for _ in range(count)]
        self._shown[first : last + 1] = block[count:] + fresh if step > 0 else fresh + block[:-count]
        for y in range(first, last + 1):
            self._touched[y] = (0, self.width)
        rows[:] = [y for y in sorted({*rows, *range(first, last + 1)}) if self._wanted[y] != self._shown[y]]

    def _moved_block(self, first: int, last: int, step: int) -> tuple[int, int]:
        """Return the lines that move, without changed ones above and below that only happen to be sent with them."""
        moved = [
            y for y in range(first, last + 1) if first <= y + step <= last and self._wanted[y] == self._shown[y + step]
        ]
        ends = [end for y in moved for end in (y, y + step) if any(cell != BLANK for cell in self._wanted[y])]
        return min(ends), max(ends)

    def _best_step(self, first: int, last: int) -> int:
        """Return by how many lines the block moved (positive: up), 0 when moving would not save much."""
        places = {tuple(self._shown[y]): y for y in range(first, last + 1)}
        votes: dict[int, int] = {}
        for y in range(first, last + 1):
            row = self._wanted[y]
            at = places.get(tuple(row))
            if at is not None and at != y and any(cell != BLANK for cell in row):
                votes[at - y] = votes.get(at - y, 0) + 1
        step, count = max(votes.items(), key=lambda vote: vote[1], default=(0, 0))
        return step if count >= max(_LEAST_SCROLL, (last - first) // 3) else 0


@lru_cache(maxsize=4096)
def _cells_of(text: str, look: str) -> list[Cell]:
    """Return the cells of a text; do not change them."""
    blank = (" ", on_blank(look))
    if text.isascii():
        return [blank if char == " " else (char, look) for char in text]
    cells: list[Cell] = []
    for part, width in _graphemes(text):
        if width:
            cells.append(blank if part == " " else (part, look))
            cells += [("", look)] * (width - 1)
        elif cells:
            _join(cells, part, look)
    return cells


def _join(cells: list[Cell], mark: str, look: str) -> None:
    """Add a mark without width to the character before it."""
    at = len(cells) - 1
    while at and cells[at][0] == "":
        at -= 1
    cells[at] = (cells[at][0] + mark, look)


def _graphemes(text: str) -> list[tuple[str, int]]:
    if _JOINERS.search(text):
        return [(text[start:end], width) for start, end, width in split_graphemes(text)[0]]
    return [(char, get_character_cell_size(char)) for char in text]


@lru_cache(maxsize=4096)
def _is_certain(text: str) -> bool:
    """Whether every terminal moves its cursor as we think; not for ambiguous widths, emoji and clusters."""
    if text.isascii():
        return True
    return len(text) == 1 and unicodedata.east_asian_width(text) in {"W", "F", "Na", "H", "N"} and text < "\U0001f000"


def _blank_from(row: Row) -> int:
    """Return from where on the row is blank in the terminal's own colours."""
    at = len(row)
    while at and row[at - 1] == BLANK:
        at -= 1
    return at
