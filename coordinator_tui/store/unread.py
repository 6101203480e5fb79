"""The documents of one table as data.json has them, parsed when somebody asks for the first of them."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import orjson

from coordinator_tui.store.dots import LazyDots

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE = 100_000  # bytes; what is thrown away of one piece is used again for the next, and never leaves the cache
MANY = 500_000  # bytes of documents


class Unread:
    """Lines `"ID":{...}` with a comma and a newline between, and the lines of logs they came from, packed."""

    __slots__ = ("base", "rows", "tops")

    def __init__(self, rows: bytes, base: str, tops: list[int]) -> None:
        self.rows = rows
        self.base = base
        self.tops = tops

    def read(self) -> tuple[dict[int, dict[str, Any]], LazyDots]:
        """Return the documents, and the line that each came from; raises ValueError for what a store never wrote."""
        with making_many(len(self.rows)):
            docs = documents(self.rows)
            base = LazyDots()
            base.load(self.base, list(docs), self.tops)
        return docs, base


def documents(rows: bytes) -> dict[int, dict[str, Any]]:
    """Return the documents of a table by id."""
    docs: dict[int, dict[str, Any]] = {}
    start = 0
    while start < len(rows):
        end = rows.find(b",\n", start + PIECE)
        part = orjson.loads(b"{%b}" % rows[start : end if end >= 0 else len(rows)])
        docs.update(zip(ids_of(part), part.values(), strict=True))
        start = end + 2 if end >= 0 else len(rows)
    return docs


def ids_of(docs: dict[str, Any]) -> list[int]:
    """Return documents' ids as integers, in a third of the time that int() takes for each."""
    ids: list[int] = orjson.loads(f"[{','.join(docs)}]")
    return ids


@contextmanager
def making_many(size: int) -> Iterator[None]:
    """Make documents of so many bytes: a hundred thousand new objects, none of them garbage."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if size > MANY:
            gc.freeze()  # or every full collection would look at all of them: 50 ms and more, in the middle of typing
        if collecting:
            gc.enable()
