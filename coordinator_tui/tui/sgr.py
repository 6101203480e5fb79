"""Looks as terminals are told of them (SGR, ECMA-48 8.3.117): one spelling for each, and the shortest changes."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

RESET = ""
"""The look of nothing set."""

_COLOUR_WORDS = {"2": 5, "5": 3}
_INKS = frozenset({*range(30, 40), *range(90, 98)})
_PAPERS = frozenset({*range(40, 50), *range(100, 108)})
_NO_INK, _NO_PAPER = 39, 49
_ON_BLANK = frozenset({"4", "5", "6", "7", "9", "21", "53"})


class _Parts(NamedTuple):
    """Attributes, foreground and background; "" is the terminal's own colour."""

    attributes: frozenset[str]
    ink: str
    paper: str


@lru_cache(maxsize=4096)
def spelled(parameters: str) -> str:
    """Return the one spelling of the look that `parameters` set from nothing."""
    return _joined(_parts(parameters))


@lru_cache(maxsize=4096)
def on_blank(look: str) -> str:
    """Return the look with what cannot be seen on a space left out."""
    parts = _parts(look)
    attributes = parts.attributes & _ON_BLANK
    return _joined(_Parts(attributes, parts.ink if attributes else "", parts.paper))


@lru_cache(maxsize=4096)
def change(before: str, after: str) -> str:
    """Return the shortest sequence that leads from one look to another."""
    if before == after:
        return ""
    if not after:
        return "\x1b[m"
    old, new = _parts(before), _parts(after)
    afresh = f"\x1b[{';'.join(['0'] * bool(before) + [after])}m"
    if old.attributes - new.attributes or (old.ink and not new.ink) or (old.paper and not new.paper):
        return afresh
    added = [*sorted(new.attributes - old.attributes)]
    added += [colour for colour, known in ((new.ink, old.ink), (new.paper, old.paper)) if colour != known]
    return min(afresh, f"\x1b[{';'.join(added)}m", key=len)


@lru_cache(maxsize=8192)
def _parts(parameters: str) -> _Parts:
    """Take the parameters one after the other, as a terminal does."""
    attributes: set[str] = set()
    ink = paper = ""
    words = parameters.split(";")
    while words:
        word = _next_word(words)
        number = int(word.partition(";")[0] or 0)
        if number == 0:
            attributes.clear()
            ink = paper = ""
        elif number in _INKS:
            ink = "" if number == _NO_INK else word
        elif number in _PAPERS:
            paper = "" if number == _NO_PAPER else word
        else:
            attributes.add(word)
    return _Parts(frozenset(attributes), ink, paper)


def _next_word(words: list[str]) -> str:
    """Take one parameter off the list, with all numbers of a colour of 256 or of red, green and blue."""
    count = 1
    if words[0] in {"38", "48"} and len(words) > 1:
        count = _COLOUR_WORDS.get(words[1], 1)
    taken, words[:] = words[:count], words[count:]
    return ";".join(taken)


def _joined(parts: _Parts) -> str:
    return ";".join([*sorted(parts.attributes), *(colour for colour in (parts.ink, parts.paper) if colour)])
