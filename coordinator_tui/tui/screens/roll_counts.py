"""The counters of the roll: 应到 as the sum it is, and every mark with its key and its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.domain.vocabulary import NOT_TAKEN, ON_LEAVE, Mark
from coordinator_tui.text import cells, pgettext
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.screens.roll_marks import MARK_KEYS, long_words, short_words
from coordinator_tui.tui.widgets.bars import TextLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordinator_tui.domain.attendance import Tally
    from coordinator_tui.tui.widgets.line import Piece

_LEAST_ROOM = 2


class CountLine(TextLine):
    """A line of numbers, each in a place of its own: only those that changed are painted."""

    def show(self, *pieces: Piece) -> None:
        """Show these pieces."""
        before = self._pieces
        if [cells(text) for text, _look in before] != [cells(text) for text, _look in pieces]:
            super().show(*pieces)
            return
        self._pieces, x = pieces, 0
        for old, new in zip(before, pieces, strict=True):
            width = cells(new[0])
            if old != new:
                self.refresh_cells(x, 0, width)
            x += width


def balance_pieces(tally: Tally) -> list[Piece]:
    """Return "expected 30 = attended 28 + leave 1 + …", each number in a place of its own."""
    counts, room = tally.counts, _room(tally.expected)
    parts = (
        (pgettext("sum", "attended"), tally.attended),
        (pgettext("sum", "leave"), sum(counts[mark.value] for mark in ON_LEAVE)),
        (pgettext("sum", "absent"), counts[Mark.ABSENT.value]),
        (pgettext("sum", "exempt"), counts[Mark.EXEMPT.value]),
        (pgettext("sum", "not taken"), counts[NOT_TAKEN]),
    )
    pieces: list[Piece] = [(f" {pgettext('sum', 'expected')} ", "quiet"), (f"{tally.expected:<{room}}", "strong")]
    for at, (word, number) in enumerate(parts):
        pieces += [(f" {'+' if at else '='} {word} ", "quiet"), (f"{number:<{room}}", "strong")]
    right = tally.balanced
    pieces.append((" ✓" if right else _("  does not add up!"), "good" if right else "bad"))
    return pieces


def kind_pieces(tally: Tally, width: int) -> list[Piece]:
    """Return key, word and number of every mark, in the longest words that fit into `width` cells."""
    for words in (long_words(), short_words()):
        pieces = _kinds(tally, words)
        room = width - sum(cells(text) for text, _look in pieces)
        if room > 0:
            return [(" ", "plain"), *pieces]
    return pieces


def _kinds(tally: Tally, words: Mapping[Mark, str]) -> list[Piece]:
    room = _room(tally.expected)
    pieces: list[Piece] = []
    for mark, keys in MARK_KEYS.items():
        last = mark is Mark.EXEMPT
        number = str(tally.counts[mark.value])
        pieces += [
            (keys[0], "key"),
            (f"{words[mark]} ", "plain"),
            (number if last else f"{number:<{room}} ", "strong"),
        ]
    return pieces


def _room(expected: int) -> int:
    return max(len(str(expected)), _LEAST_ROOM)
