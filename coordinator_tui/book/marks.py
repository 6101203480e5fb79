"""The marks of a book by session, read from the raw documents once and then kept up to date mark by mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from coordinator_tui.domain.vocabulary import Mark
from coordinator_tui.store import key_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coordinator_tui.book.book import Book

_MARKS: dict[str, Mark] = {mark.value: mark for mark in Mark}


class Marked(NamedTuple):
    """What a roll says of one member: the mark (None: not taken), its minutes, the note, and the document's id."""

    mark: Mark | None
    minutes: int | None
    note: str | None
    id: int


def attendance_id(session: int, member: int) -> int:
    """Return the id of the attendance of a member at a session, the same on every machine."""
    return key_id("attendance", session, member)


def read_marked(identity: int, document: Mapping[str, Any]) -> Marked:
    """Return the mark that a document holds; a code that this version does not know counts as not taken."""
    minutes = document.get("minutes")
    return Marked(
        _MARKS.get(document.get("mark") or ""),
        minutes if isinstance(minutes, int) else None,
        document.get("note"),
        identity,
    )


@dataclass(slots=True)
class MarkIndex:
    """Marks by session and member. `places` says where each document stands, so that one change moves one entry."""

    sessions: dict[int, dict[int, Marked]]
    places: dict[int, tuple[int, int]]
    marked: dict[int, int]

    def of(self, session: int) -> Mapping[int, Marked]:
        """Return what is known of each member at a session; live, do not change it."""
        return self.sessions.get(session, _NOTHING)

    def count(self, session: int) -> int:
        """How many members were marked at a session."""
        return self.marked.get(session, 0)

    def take_in(self, identity: int, document: Mapping[str, Any] | None) -> None:
        """Bring the index up to date with one document (None: it is gone)."""
        place = self.places.pop(identity, None)
        if place is not None:
            before = self.sessions[place[0]].pop(place[1])
            self.marked[place[0]] -= before.mark is not None
        if document is None:
            return
        session, member = document.get("session"), document.get("member")
        if isinstance(session, int) and isinstance(member, int):
            now = read_marked(identity, document)
            self._put(session, member, now)

    def _put(self, session: int, member: int, now: Marked) -> None:
        roll = self.sessions.setdefault(session, {})
        other = roll.get(member)
        if (
            other is not None
        ):  # two documents of one fact, which only foreign hands make: the one at the right id counts
            if now.id != attendance_id(session, member):
                return
            self.places.pop(other.id)
            self.marked[session] -= other.mark is not None
        roll[member] = now
        self.places[now.id] = (session, member)
        self.marked[session] = self.marked.get(session, 0) + (now.mark is not None)


_NOTHING: dict[int, Marked] = {}


def marks_by_session(book: Book) -> MarkIndex:
    """Return the index of the book's marks; built when first asked for, then kept."""
    return book.index("attendance", "marks", lambda: _build(book), _update)


def _build(book: Book) -> MarkIndex:
    index = MarkIndex({}, {}, {})
    take_in = index.take_in
    for identity, document in book.attendance.documents().items():
        take_in(identity, document)
    return index


def _update(book: Book, index: MarkIndex, ids: Iterable[int]) -> None:
    for identity in ids:
        index.take_in(identity, book.store.document("attendance", identity))
