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


def _words(conflict: Conflict, sibling: Sibling) -> str:
    if conflict.field is None:
        return _("remove it") if sibling.deleted else _("keep it")
    return value_words(conflict.table, conflict.field, sibling.value)


def _view(book: Book, conflict: Conflict) -> ConflictView:
    table, field = conflict.table, conflict.field or ""
    return ConflictView(
        conflict,
        thing_title(book, table, conflict.document),
        field_title(table, field),
        tuple(_words(conflict, sibling) for sibling in conflict.values),
    )
