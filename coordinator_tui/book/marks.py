"""The marks of a book by session, read from the raw documents once and then kept up to date mark by mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from coordinator_tui.domain.vocabulary import Mark
from coordinator_tui.store import key_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from collections.abc import Set as AbstractSet

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


class MarkIndex:
    """Marks by session and member.

    At first only the ids of each session's documents are gathered, in one cheap pass; a session's marks are read when
    they are first asked for and then kept up to date one by one. Who was marked is found for all sessions in a second
    pass, when somebody asks it of one that was not read. `places` says where each document that was read is.
    """

    def __init__(self, documents: Callable[[], Mapping[int, Mapping[str, Any]]]) -> None:
        self._documents = documents
        self._waiting: dict[int, list[int]] = {}
        self._sessions: dict[int, dict[int, Marked]] = {}
        self._marked: dict[int, set[int]] = {}
        self._passed = False
        self.places: dict[int, tuple[int, int]] = {}
        waiting = self._waiting
        for identity, document in documents().items():
            session = document.get("session")
            if type(session) is int:
                if session in waiting:
                    waiting[session].append(identity)
                else:
                    waiting[session] = [identity]

    def of(self, session: int) -> Mapping[int, Marked]:
        """Return what is known of each member at a session; live, do not change it."""
        if session in self._waiting:
            self._read(session)
        return self._sessions.get(session, _NOTHING)

    def marked(self, session: int) -> AbstractSet[int]:
        """Return the members who were marked at a session; live."""
        if session not in self._marked and session in self._waiting and not self._passed:
            self._passed = True
            self._find_all_marked()
        known = self._marked.get(session)
        if known is None:
            known = self._marked[session] = self._find_marked(session)
        return known

    def count(self, session: int) -> int:
        """How many members were marked at a session."""
        return len(self.marked(session))

    def take_in(self, identity: int, document: Mapping[str, Any] | None) -> None:
        """Bring the index up to date with one document (None: it is gone)."""
        place = self.places.pop(identity, None)
        if place is not None:
            del self._sessions[place[0]][place[1]]
            self._marked[place[0]].discard(place[1])
        else:  # it may have been gathered for a session that nobody has read yet
            for unread in self._waiting.keys() & self._marked.keys():
                del self._marked[unread]
        session = None if document is None else document.get("session")
        if document is None or type(session) is not int:
            return
        if session in self._waiting:
            self._waiting[session].append(identity)
            self._marked.pop(session, None)
        else:
            self._put(session, identity, document)

    def _find_all_marked(self) -> None:
        """Note who was marked at sessions that nobody has read, in the order in which the documents lie in memory."""
        marks: dict[int, dict[Any, Any]] = {session: {} for session in self._waiting if session not in self._marked}
        try:
            for document in self._documents().values():
                session = document.get("session")
                if type(session) is int and session in marks:
                    marks[session][document.get("member")] = document.get("mark")
            for session, found in marks.items():
                if len(found) == len(self._waiting[session]) and {*map(type, found)} <= {int}:
                    self._marked[session] = {member for member, mark in found.items() if mark in _MARKS}
        except TypeError:  # a member or mark that is none: those sessions are looked at one by one
            return

    def _find_marked(self, session: int) -> set[int]:
        """Return who was marked, straight from the documents where nobody needs more of them yet."""
        ids = dict.fromkeys(self._waiting.get(session, ()))
        there = [document for document in map(self._documents().get, ids) if document is not None]
        try:
            marks = {each["member"]: each.get("mark") for each in there if each["session"] == session}
        except (KeyError, TypeError):
            marks = {}
        if session in self._waiting and (len(marks) < len(ids) or {*map(type, marks)} != {int}):
            self._read(session)  # not one document for each: that takes a closer look
            return self._marked[session]
        return {member for member, mark in marks.items() if mark in _MARKS}

    def _read(self, session: int) -> None:
        """Read the marks of a session; documents that were gathered for it may be gone by now, or elsewhere."""
        documents = self._documents()
        self._marked[session] = set()
        for identity in dict.fromkeys(self._waiting.pop(session)):
            document = documents.get(identity)
            if document is not None and document.get("session") == session:
                self._put(session, identity, document)

    def _put(self, session: int, identity: int, document: Mapping[str, Any]) -> None:
        member = document.get("member")
        if type(member) is not int:
            return
        roll = self._sessions.setdefault(session, {})
        other = roll.get(member)
        if other is not None:  # two documents of one fact, which only foreign hands make: that with the right id counts
            if identity != attendance_id(session, member):
                return
            self.places.pop(other.id)
        now = roll[member] = read_marked(identity, document)
        self.places[identity] = (session, member)
        marked = self._marked.setdefault(session, set())
        if now.mark is None:
            marked.discard(member)
        else:
            marked.add(member)


_NOTHING: dict[int, Marked] = {}


def marks_by_session(book: Book) -> MarkIndex:
    """Return the index of the book's marks; built when first asked for, then kept."""
    return book.index("attendance", "marks", lambda: MarkIndex(book.attendance.documents), _update)


def _update(book: Book, index: MarkIndex, ids: Iterable[int]) -> None:
    for identity in ids:
        index.take_in(identity, book.store.document("attendance", identity))
