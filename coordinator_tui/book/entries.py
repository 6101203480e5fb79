"""The register's other lines: surveys, relays, awards, contacts, appeals and what else no other table holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.book.errors import Refused
from coordinator_tui.book.members import name_of
from coordinator_tui.book.registers import check_not_negative, find_record
from coordinator_tui.book.terms import guard
from coordinator_tui.domain.vocabulary import EntryKind, title
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.collection import Value
    from coordinator_tui.domain.records import Entry, Term

_THINGS = {
    "member": "members",
    "group": "groups",
    "session": "sessions",
    "training": "trainings",
    "placement": "placements",
}
"""What an entry may name, and the table in which it is."""
_TELLING = (*_THINGS, "title", "value", "outcome", "note")
"""An entry without any of these would say nothing."""


def add_entry(book: Book, kind: EntryKind, *, date: date | None = None, **fields: Value) -> Entry:
    """Write a line into the register, of today unless `date` says otherwise.

    Whoever is named by a training or placement is its member, and a session's group is the entry's. Refused in a
    closed term, for a figure below nothing, and for an entry that says nothing.
    """
    day = date or book.today
    guard(book, day)
    fields = _filled(book, fields)
    _check(book, fields)
    if not any(fields.get(name) not in {None, ""} for name in _TELLING):
        raise Refused(lazy("Such an entry says nothing: give it a title, a member, a session or a figure."))
    kind = EntryKind(kind)
    with book.step("entries.add", entry=kind, title=_told(book, fields)):
        return book.entries.add(kind=kind, date=day, **fields)


def edit_entry(book: Book, entry: int, **fields: Value) -> Entry:
    """Change a line of the register; None takes a field away."""
    now = book.entries.get(entry)
    guard(book, now.date, fields.get("date"))
    _check(book, fields)
    kind = EntryKind(fields.get("kind") or now.kind)
    known = {"title": now.title, "member": now.member}
    with book.step("entries.edit", entry=kind, title=_told(book, {**known, **fields})):
        return book.entries.update(entry, **fields)


def remove_entry(book: Book, entry: int) -> None:
    """Remove a line of the register that was entered by mistake."""
    now = book.entries.get(entry)
    guard(book, now.date)
    with book.step("entries.remove", entry=now.kind, title=_told(book, {"title": now.title, "member": now.member})):
        book.entries.remove(entry)


def entries_of(
    book: Book,
    *,
    kind: EntryKind | None = None,
    term: Term | None = None,
    member: int | None = None,
    first: date | None = None,
    last: date | None = None,
) -> list[Entry]:
    """Return lines of the register, the latest first: of a kind, of a term, of a member, of some days."""
    found = book.entries.where(
        lambda one: (
            (kind is None or one.kind is kind)
            and (member is None or one.member == member)
            and (term is None or term.start <= one.date <= term.until)
            and (first is None or one.date >= first)
            and (last is None or one.date <= last)
        )
    )
    return sorted(found, key=lambda one: (one.date, one.id), reverse=True)


def entry_words(book: Book, entry: Entry) -> str:
    """Return a line of the register in a few words."""
    parts = (str(entry.date), title(entry.kind), name_of(book, entry.member), entry.title)
    return " ".join(part for part in parts if part)


def find_entry(book: Book, text: str, *, kind: EntryKind | None = None) -> Entry:
    """Return the line meant by its number, its title or the member; NoSuchThing, or DecisionNeeded."""
    return find_record(
        book,
        "entries",
        text,
        entries_of(book, kind=kind),
        people=lambda one: (one.member,),
        words=lambda one: entry_words(book, one),
    )


def entry_json(book: Book, entry: Entry) -> dict[str, Any]:
    """Return a line as `register list --json` prints it."""
    return {
        "id": entry.id,
        "kind": entry.kind.value if entry.kind else None,
        "date": entry.date.isoformat(),
        "title": entry.title,
        "member": entry.member,
        "name": name_of(book, entry.member) if entry.member is not None else None,
        "group": entry.group,
        "session": entry.session,
        "training": entry.training,
        "placement": entry.placement,
        "value": entry.value,
        "before": entry.before,
        "count": entry.count,
        "due": entry.due.isoformat() if entry.due else None,
        "done_on": entry.done_on.isoformat() if entry.done_on else None,
        "outcome": entry.outcome,
        "note": entry.note,
    }


def _filled(book: Book, fields: dict[str, Any]) -> dict[str, Any]:
    """Add the member whom a training or placement is about, and the group of a session, where none is named."""
    filled = dict(fields)
    for name in ("training", "placement"):
        if filled.get(name) is not None and filled.get("member") is None:
            filled["member"] = book.collections[_THINGS[name]].get(filled[name]).member
    if filled.get("session") is not None and filled.get("group") is None:
        filled["group"] = book.sessions.get(filled["session"]).group
    return filled


def _check(book: Book, fields: dict[str, Any]) -> None:
    for name, table in _THINGS.items():
        if fields.get(name) is not None:
            book.collections[table].get(fields[name])
    for name in ("value", "before", "count"):
        check_not_negative(fields, name, lazy("{figure} cannot be right: a figure is not below nothing."))


def _told(book: Book, fields: dict[str, Any]) -> str:
    """Return what a step about an entry names: whom, and the title."""
    parts = (name_of(book, fields.get("member")), fields.get("title"))
    return " ".join(part for part in parts if part)
