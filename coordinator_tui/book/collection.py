"""One table of a book as typed records, cached until the table changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from coordinator_tui.book.errors import Refused, no_such_id
from coordinator_tui.domain.codec import field_names, from_document, to_json
from coordinator_tui.domain.records import Record
from coordinator_tui.store import new_id
from coordinator_tui.text import clean, lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from coordinator_tui.book.book import Book

R = TypeVar("R", bound=Record)
Value: TypeAlias = Any
"""Any value of a record's field, as its record class types it."""

MANY_LINES = frozenset({"minutes", "note", "outcome", "plan", "question", "reason", "shipped", "text"})
"""Fields whose text may have several lines."""


def cleaned(field: str, value: object) -> Any:  # noqa: ANN401 - JSON is any of its kinds
    """JSON form of a field's value as it may enter a document: clean text, no empty text, sorted nothing."""
    value = to_json(value)
    if isinstance(value, str):
        return clean(value, lines=field in MANY_LINES).strip() or None
    if isinstance(value, list):
        return [cleaned(field, part) for part in value] or None
    return value


class Collection(Generic[R]):
    """The records of one table.

    Reading never writes. Every write is part of the book's open step, or becomes a step of its own. Records are built
    when first asked for and kept; a change to the table drops only the records it touched.
    """

    def __init__(self, book: Book, kind: type[R]) -> None:
        self._book = book
        self._kind = kind
        self.table = kind.TABLE
        self._records: dict[int, R] = {}
        self._complete = False

    # reading

    def find(self, identity: int) -> R | None:
        """Return the record with that id, or None."""
        self._book.synchronise()
        record = self._records.get(identity)
        if record is None and not self._complete:
            document = self._book.store.document(self.table, identity)
            if document is not None:
                record = self._records[identity] = from_document(self._kind, identity, document)
        return record

    def get(self, identity: int) -> R:
        """Return the record with that id; NoSuchThing if there is none."""
        record = self.find(identity)
        if record is None:
            raise no_such_id(self.table, identity)
        return record

    def mapping(self) -> Mapping[int, R]:
        """All records by id; live, do not change it and do not keep it across writes."""
        self._book.synchronise()
        if not self._complete:
            known = self._records
            self._records = {
                identity: known.get(identity) or from_document(self._kind, identity, document)
                for identity, document in self.documents().items()
            }
            self._complete = True
        return self._records

    def all(self) -> list[R]:
        """All records in the order in which the book holds them."""
        return list(self.mapping().values())

    def where(self, fits: Callable[[R], bool]) -> list[R]:
        """Return the records that fit."""
        return [record for record in self.mapping().values() if fits(record)]

    def documents(self) -> Mapping[int, Mapping[str, Any]]:
        """Return the raw JSON documents by id (live, read-only): for one pass over very many."""
        return self._book.store.documents(self.table)

    def __len__(self) -> int:
        return len(self.documents())

    def __iter__(self) -> Iterator[R]:
        return iter(self.all())

    def __contains__(self, identity: int) -> bool:
        return self._book.store.document(self.table, identity) is not None

    # writing

    def add(self, identity: int | None = None, **fields: object) -> R:
        """Write a new record; an id is made unless its natural key gives one. Refused for unknown fields."""
        self._check(fields)
        new = new_id() if identity is None else identity
        values = {name: value for name, given in fields.items() if (value := cleaned(name, given)) is not None}
        with self._book.step(f"{self.table}.add") as writing:
            writing.set(self.table, new, values)
        return self.get(new)

    def update(self, identity: int, **fields: object) -> R:
        """Write the fields that differ from what the record holds; None takes a field away."""
        self._check(fields)
        now = self._book.store.document(self.table, identity)
        if now is None:
            raise no_such_id(self.table, identity)
        values = {name: cleaned(name, given) for name, given in fields.items()}
        kept = {name: value for name, value in values.items() if value is not None}
        gone = [name for name, value in values.items() if value is None and now.get(name) is not None]
        if kept or gone:  # the store writes only what differs, and settles a conflict on what was chosen
            with self._book.step(f"{self.table}.edit") as writing:
                if kept:
                    writing.set(self.table, identity, kept)
                if gone:
                    writing.unset(self.table, identity, gone)
        return self.get(identity)

    def remove(self, identity: int) -> None:
        """Delete the record; NoSuchThing if there is none."""
        if identity not in self:
            raise no_such_id(self.table, identity)
        with self._book.step(f"{self.table}.remove") as writing:
            writing.delete(self.table, identity)

    def _check(self, fields: Iterable[str]) -> None:
        unknown = sorted(set(fields) - set(field_names(self._kind)))
        if unknown:
            raise Refused(lazy("There is no field named {field}."), field=", ".join(unknown))

    # cache

    def touch(self, ids: Iterable[int]) -> None:
        """Bring what is cached of these records up to date."""
        for identity in ids:
            document = self._book.store.document(self.table, identity)
            if document is None:
                self._records.pop(identity, None)
            elif self._complete or identity in self._records:
                self._records[identity] = from_document(self._kind, identity, document)

    def forget(self) -> None:
        """Forget everything cached."""
        self._records = {}
        self._complete = False
