"""A record that counts as evidence, said in the same few words wherever it is shown: when, who, what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field named `date` would hide the type
from typing import TYPE_CHECKING, Any

from coordinator_tui.book.members import name_of
from coordinator_tui.domain.vocabulary import title
from coordinator_tui.text import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.rules.result import Evidence


@dataclass(frozen=True, slots=True)
class Record:
    """A record in words; `who` is "" where it is nobody's in particular."""

    table: str
    id: int
    date: Date
    who: str
    title: str


def record_of(book: Book, table: str, identity: int) -> Record | None:
    """Return a record in words; None when it is gone or is of a table that is no evidence."""
    if table == "attendance":
        return _attendance(book, identity)
    collection = book.collections.get(table)
    found: Any = collection.find(identity) if collection is not None else None
    if found is None:
        return None
    day = getattr(found, "date", None) or getattr(found, "start", None)
    who = getattr(found, "member", None) or getattr(found, "mentor", None)
    return Record(table, identity, day or Date.min, name_of(book, who) if who else "", _title(book, found))


def records_in_words(book: Book, evidence: Iterable[Evidence], *, most: int, but: str = "") -> str:
    """Return the records that count in one line, the latest `most` first; a name that is `but` goes without saying."""
    known = [each for one in evidence if (each := record_of(book, one.table, one.id)) is not None]
    known.sort(key=lambda each: (each.date, each.title), reverse=True)
    told = (
        " ".join(part for part in (each.date.isoformat(), each.who if each.who != but else "", each.title) if part)
        for each in known[:most]
    )
    return gettext("; ").join(told) + (" …" if len(known) > most else "")


def _title(book: Book, found: Any) -> str:  # noqa: ANN401 - any record
    if found.TABLE == "pairs":
        return f"→ {name_of(book, found.apprentice)}"
    if found.TABLE == "members":
        return str(found.name)
    kind = title(getattr(found, "kind", None) or getattr(found, "form", None))
    text = getattr(found, "title", None) or getattr(found, "topic", None) or getattr(found, "host_school", None) or ""
    return " ".join(part for part in (kind, text) if part)


def _attendance(book: Book, identity: int) -> Record | None:
    document = book.store.document("attendance", identity)
    session = book.sessions.find(document["session"]) if document is not None else None
    if document is None or session is None:
        return None
    return Record("attendance", identity, session.date, name_of(book, document["member"]), session.topic or "")
