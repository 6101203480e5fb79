"""The counters of the roll: 应到 as the sum it is, and every mark with its key and its number."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from coordinator_tui.domain.vocabulary import NOT_TAKEN, ON_LEAVE, Mark
from coordinator_tui.text import cells, current_language, pgettext
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.screens.roll_marks import MARK_KEYS, long_words, short_words
from coordinator_tui.tui.widgets.bars import TextLine

if TYPE_CHECKING:
    from coordinator_tui.domain.attendance import Tally
    from coordinator_tui.tui.widgets.line import Piece

_LEAST_ROOM = 2


class CountLine(TextLine):
    """A line of numbers, each in a place of its own: only those that changed are painted."""

    def show(self, *pieces: Piece) -> None:
        """Show these pieces."""
        before = self._pieces
        changed = [at for at, (old, new) in enumerate(zip(before, pieces, strict=False)) if old != new]
        if len(before) != len(pieces) or any(cells(before[at][0]) != cells(pieces[at][0]) for at in changed):
            super().show(*pieces)
            return
        self._pieces = pieces
        for at in changed:
            self.refresh_cells(sum(cells(text) for text, _look in pieces[:at]), 0, cells(pieces[at][0]))


def balance_pieces(tally: Tally) -> list[Piece]:
    """Return "expected 30 = attended 28 + leave 1 + …", each number in a place of its own."""
    counts, room = tally.counts, _room(tally.expected)
    on_leave = sum(counts[mark.value] for mark in ON_LEAVE)
    numbers = (
        tally.expected,
        tally.attended,
        on_leave,
        counts[Mark.ABSENT.value],
        counts[Mark.EXEMPT.value],
        counts[NOT_TAKEN],
    )
    pieces: list[Piece] = []
    for word, number in zip(_sum_words(current_language()), numbers, strict=True):
        pieces += [(word, "quiet"), (f"{number:<{room}}", "strong")]
    right = tally.balanced
    pieces.append((" ✓" if right else _("  does not add up!"), "good" if right else "bad"))
    return pieces


@lru_cache(maxsize=2)
def _sum_words(_language: str) -> tuple[str, ...]:
    """Return the words of the balance with their signs; kept, because they are asked for with every key."""
    words = (
        pgettext("sum", "expected"),
        pgettext("sum", "attended"),
        pgettext("sum", "leave"),
        pgettext("sum", "absent"),
        pgettext("sum", "exempt"),
        pgettext("sum", "not taken"),
    )
    signs = (" ", " = ", *[" + "] * 4)
    return tuple(f"{sign}{word} " for sign, word in zip(signs, words, strict=True))


def kind_pieces(tally: Tally, width: int) -> list[Piece]:
    """Return key, word and number of every mark, in the longest words that fit into `width` cells."""
    room = _room(tally.expected)
    lead, words = _kind_words(current_language(), room, width)
    pieces: list[Piece] = [(lead, "plain")]
    for (mark, keys), word in zip(MARK_KEYS.items(), words, strict=True):
        number = tally.counts[mark.value]
        pieces += [(keys[0], "key"), (word, "plain"), (f"{number:<{room}}", "strong"), (" ", "plain")]
    return pieces[:-1]


@lru_cache(maxsize=8)
def _kind_words(_language: str, room: int, width: int) -> tuple[str, tuple[str, ...]]:
    """Return what stands before the first mark, and the marks' words."""
    words: tuple[str, ...] = ()
    for known in (long_words(), short_words()):
        words = tuple(f"{known[mark]} " for mark in MARK_KEYS)
        left = width - sum(cells(word) for word in words) - len(words) * (room + 2) + 1
        if left >= 0:
            return " " * min(left, 1), words
    return "", words


def _room(expected: int) -> int:
    return max(len(str(expected)), _LEAST_ROOM)
