"""Which line each whole document came from, kept packed until the first question that needs it."""

from __future__ import annotations

import base64
import sys
import zlib
from array import array
from itertools import accumulate
from operator import sub
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class LazyDots(dict[int, int]):
    """Document id to dot; what a snapshot knew is unpacked at the first miss."""

    def __init__(self) -> None:
        super().__init__()
        self._packed = ""
        self.tops: list[int] = []
        self.seen_by: set[int] = set()  # replicas known to have seen everything up to `tops`
        self._ids: list[int] = []

    def load(self, packed: str, ids: list[int], tops: list[int]) -> None:
        """Take a snapshot's packed dots of `ids` (in that order), unpacking later; `tops` are the last per replica."""
        self._packed, self._ids, self.tops = packed, ids, tops

    @property
    def packed(self) -> bool:
        """Whether something is still packed."""
        return bool(self._packed)

    def __missing__(self, key: int) -> int:
        if not self._packed:
            raise KeyError(key)
        self.unpack()
        return self[key]

    def unpack(self) -> None:
        """Unpack what is still packed, under what was learnt since."""
        if self._packed:
            fresh = dict(self)
            self.clear()
            self.update(zip(self._ids, unpack(self._packed), strict=True))
            self.update(fresh)
            self._packed, self._ids = "", []


def tops(dots: Iterable[int], mask: int) -> list[int]:
    """Return the greatest dot of each replica, which is what `mask` tells apart."""
    found: dict[int, int] = {}
    for dot in dots:
        if dot > found.get(dot & mask, 0):
            found[dot & mask] = dot
    return list(found.values())


def pack(dots: Iterable[int]) -> str:
    """Return integers as text: differences, little-endian 64 bits, deflated, base 64."""
    numbers = list(dots)
    deltas = array("q", map(sub, numbers, [0, *numbers[:-1]]))
    if sys.byteorder == "big":
        deltas.byteswap()
    return base64.b64encode(zlib.compress(deltas.tobytes(), 1)).decode()


def unpack(text: str) -> list[int]:
    """Return the integers that `pack` was given; raises ValueError for anything else."""
    try:
        deltas = array("q", zlib.decompress(base64.b64decode(text, validate=True)))
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if sys.byteorder == "big":
        deltas.byteswap()
    return list(accumulate(deltas))
