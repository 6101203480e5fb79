"""Display cells: how wide text is on a terminal, and how it is made to fit."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal

Align = Literal["left", "right", "center"]

# Kinsoku (GB/T 15834-2011, 5.1): closing marks never begin a line, opening marks never end one.
_CLOSING = re.escape("，。、；：？！）》〉」』】〕〗｝］”’％‰℃·～…—,.;:?!)]}%")
_OPENING = re.escape("（《〈「『【〔〖｛［“‘￥＄([{")
# Letters and digits up to where wide scripts begin; stops and signs inside a word (1.5, 8:30, don't) do not end it.
_LETTERS = rf"[^\s\u2e80-\U0010ffff{_CLOSING}{_OPENING}]+"
_TOKENS = (
    rf"(?P<space>\s+)|(?P<word>{_LETTERS}(?:[,.:;?!%’]+{_LETTERS})*)"
    rf"|(?P<closing>[{_CLOSING}]+)|(?P<opening>[{_OPENING}])|(?P<one>(?s:.))"
)
_NO_CELLS = {"Mn", "Mc", "Me", "Cc", "Cf", "Zl", "Zp"}
# Where the general rule, or the Unicode data of older Pythons, fall short: symbols that Unicode 16 made wide, format
# characters that are drawn, and letters that only colour or complete the one before them.
_WIDE = re.compile("[☰-☷⚊-⚏䷀-䷿\U0001d300-\U0001d376\U00020000-\U0003fffd]")
_NARROW = re.compile("[\u00ad\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
_NOTHING = re.compile("[\u1160-\u11ff\u3164\ud7b0-\ud7ff\uffa0\U0001f3fb-\U0001f3ff]")


@lru_cache(maxsize=8192)
def _char_cells(char: str) -> int:
    if _NOTHING.match(char):
        return 0
    if _WIDE.match(char):
        return 2
    category = unicodedata.category(char)
    if category in _NO_CELLS and not _NARROW.match(char):
        return 0
    return 2 if category != "Cn" and unicodedata.east_asian_width(char) in {"W", "F"} else 1


@lru_cache(maxsize=8192)
def _cells(text: str) -> int:
    return sum(map(_char_cells, text))


def cells(text: str) -> int:
    """Return how many terminal cells `text` takes: Chinese two, Latin one, combining and control characters none.

    Characters of ambiguous width (— … “ ” ① ×) count one, as they do in the screens' own tables.
    """
    return len(text) if text.isascii() and text.isprintable() else _cells(text)


def fit(text: str, width: int, *, align: Align = "left", ellipsis: str = "…") -> str:
    """Return `text` in exactly `width` cells: padded with spaces, or cut with `ellipsis`; no character is halved."""
    width = max(width, 0)
    if cells(text) > width:
        mark = ellipsis if cells(ellipsis) <= width else ""
        text = _head(text, width - cells(mark)) + mark
    gap = width - cells(text)
    left = {"left": 0, "right": gap, "center": gap // 2}[align]
    return " " * left + text + " " * (gap - left)


def wrap(text: str, width: int) -> list[str]:
    r"""Return `text` broken into lines of at most `width` cells (at least 2).

    Chinese breaks between any two characters, but no line begins with a closing mark (，。》) or ends with an opening
    one (《（) as long as there is room; Latin words stay whole where they fit. Each "\n" in `text` starts a new line.
    """
    return [line for paragraph in text.split("\n") for line in _wrap_paragraph(paragraph, max(width, 2))]


def _head(text: str, width: int) -> str:
    """Return the longest beginning of `text` that takes at most `width` cells, its combining marks included."""
    taken = 0
    for index, char in enumerate(text):
        taken += _char_cells(char)
        if taken > width:
            return text[:index]
    return text


def _wrap_paragraph(text: str, width: int) -> list[str]:
    if cells(text) <= width:
        return [text.rstrip()]
    lines, line = [], ""
    for unit in _units(text):
        if cells(line) + cells(unit.rstrip()) <= width:
            line += unit
            continue
        if line.strip():
            lines.append(line.rstrip())
        *full, line = _pieces(unit.lstrip(), width)
        lines += full
    return [*lines, line.rstrip()]


def _pieces(unit: str, width: int) -> list[str]:
    """Cut a unit that may be longer than a line."""
    pieces = []
    while cells(unit.rstrip()) > width:
        head = _head(unit, width)
        pieces.append(head)
        unit = unit[len(head) :]
    return [*pieces, unit]


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile(_TOKENS)  # costs milliseconds, which only those who wrap text shall pay


def _units(text: str) -> list[str]:
    """Return the stretches of `text` between which a line may break; spaces stay with the stretch before them."""
    units: list[str] = []
    joined = False
    for token in _tokens().finditer(text):
        kind = token.lastgroup
        sticks = kind in {"space", "closing"} and not (kind == "closing" and units and units[-1][-1].isspace())
        if units and (joined or sticks):
            units[-1] += token[0]
        else:
            units.append(token[0])
        joined = kind == "opening"
    return units
