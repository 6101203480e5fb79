"""Who entered each mark that there is now, and when: read from the log once, then kept up to date mark by mark."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from coordinator_tui.book.history import latest_changes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from coordinator_tui.book.book import Book

_FEW = 24
"""So many marks of other people are looked up one by one; more of them are worth reading the whole log."""


class Author(NamedTuple):
    """Who entered a mark (the code it had then), and when (UTC)."""

    mark: str
    by: str
    at: datetime


@dataclass(slots=True)
class Authors:
    """The author of each mark by the id of its document; `unknown` are those that somebody else changed since."""

    known: dict[int, Author]
    unknown: set[int] = field(default_factory=set)

    def take_in(self, book: Book, ids: Iterable[int]) -> None:
        """Note that documents changed: by us now, or by somebody to be looked up when asked for."""
        for identity in ids:
            document = book.store.document("attendance", identity) or {}
            mark, before = document.get("mark"), self.known.get(identity)
            if mark is None:
                self.known.pop(identity, None)
                self.unknown.discard(identity)
            elif not book.is_writing:
                self.unknown.add(identity)
            elif identity not in self.unknown and (before is None or before.mark != mark):
                self.known[identity] = Author(mark, book.user, book.now)

    def settle(self, book: Book) -> None:
        """Look up those who are unknown."""
        for identity in self.unknown if len(self.unknown) <= _FEW else ():
            self._learn(book, {identity})
        if len(self.unknown) > _FEW:
            self._learn(book, self.unknown)
        self.unknown = set()

    def _learn(self, book: Book, ids: set[int]) -> None:
        for identity, change in latest_changes(book, "attendance", ids, "mark").items():
            if isinstance(change.after, str):
                self.known[identity] = Author(change.after, change.by, change.at)


def authors(book: Book) -> Authors:
    """Return who entered each mark of the book; the first call reads the log, later ones only what is new."""
    found = book.index("attendance", "authors", lambda: _build(book), _update)
    found.settle(book)
    return found


def _build(book: Book) -> Authors:
    found = Authors({})
    marked = {identity for identity, document in book.attendance.documents().items() if document.get("mark")}
    for identity, change in latest_changes(book, "attendance", marked, "mark").items():
        if isinstance(change.after, str):
            found.known[identity] = Author(change.after, change.by, change.at)
    return found


def _update(book: Book, found: Authors, ids: Iterable[int]) -> None:
    found.take_in(book, ids)
