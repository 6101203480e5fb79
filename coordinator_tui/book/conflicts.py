"""Conflicts: two values written for one field, neither having seen the other; shown in words, resolved in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.book.damage import unusable
from coordinator_tui.book.errors import NoSuchThing
from coordinator_tui.book.fields import field_title, value_words
from coordinator_tui.book.history import thing_title
from coordinator_tui.domain.lightclass import dataclass
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.store import Conflict, Sibling


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A conflict as people see it: what it is about, and who wrote which value when."""

    conflict: Conflict
    thing: str
    field: str
    values: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the conflict as `conflicts list --json` prints it."""
        conflict = self.conflict
        return {
            "id": conflict.id,
            "what": conflict.table,
            "document": conflict.document,
            "thing": self.thing,
            "field": conflict.field,
            "values": [
                {
                    "value": sibling.value,
                    "by": sibling.by,
                    "replica": sibling.replica,
                    "at": sibling.at.isoformat(),
                    "deleted": sibling.deleted,
                }
                for sibling in conflict.values
            ],
        }


def all_conflicts(book: Book) -> list[ConflictView]:
    """Every conflict that waits for a decision."""
    with unusable(book.folder):
        return [_view(book, conflict) for conflict in book.store.conflicts()]


def find_conflict(book: Book, text: str) -> ConflictView:
    """Return the conflict with that id (or the beginning of it); NoSuchThing otherwise."""
    found = [view for view in all_conflicts(book) if view.conflict.id == text.strip()]
    found = found or [
        view for view in all_conflicts(book) if text.strip() and view.conflict.id.startswith(text.strip())
    ]
    if len(found) == 1:
        return found[0]
    raise NoSuchThing(lazy("There is no conflict “{text}”; “conflicts list” shows them."), text=text)


def resolve(book: Book, view: ConflictView, choice: int) -> None:
    """Decide for the value number `choice` (from 1) of a conflict, for everybody. NoSuchThing for another number."""
    values = view.conflict.values
    if not 1 <= choice <= len(values):
        raise NoSuchThing(lazy("The conflict has values 1 to {most}, not {choice}."), most=len(values), choice=choice)
    chosen = values[choice - 1]
    keeps = view.conflict.field is None  # a document edited here and deleted there: it stays, or it goes
    with unusable(book.folder):
        book.store.resolve(view.conflict, not chosen.deleted if keeps else chosen.value)
    book.synchronise()


def _words(book: Book, conflict: Conflict, sibling: Sibling) -> str:
    if conflict.field is None:
        return _("remove it") if sibling.deleted else _("keep it")
    said = _of_pack(book, conflict, sibling) if conflict.table == "packs" else None
    return said if said is not None else value_words(conflict.table, conflict.field, sibling.value)


def _of_pack(book: Book, conflict: Conflict, sibling: Sibling) -> str | None:
    """Return what one place's copy of a rule pack, or its answer, has that the other places' have not."""
    from coordinator_tui.book.pack_words import answer_in_words, pack_words

    if len(conflict.path) > 1:
        return answer_in_words(book, conflict.document, conflict.path[-1], sibling.value)
    others = [each.value for each in conflict.values if each is not sibling]
    return pack_words(book, conflict.document, conflict.field or "", sibling.value, others)


def _field(book: Book, conflict: Conflict) -> str:
    if conflict.table == "packs" and len(conflict.path) > 1:
        from coordinator_tui.book.pack_words import setting_title

        return setting_title(book, conflict.document, conflict.path[-1])
    return field_title(conflict.table, conflict.field or "")


def _view(book: Book, conflict: Conflict) -> ConflictView:
    return ConflictView(
        conflict,
        thing_title(book, conflict.table, conflict.document),
        _field(book, conflict),
        tuple(_words(book, conflict, sibling) for sibling in conflict.values),
    )
