"""A transaction: documents as they will be, and the operations that make them so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from coordinator_tui.store.leaves import REPLICA_BITS, REPLICA_MASK, plain, same

if TYPE_CHECKING:
    from types import TracebackType

    from coordinator_tui.store.state import Table
    from coordinator_tui.store.store import Store

Document = dict[str, Any]
_NOTHING: dict[int, Document] = {}


class Transaction:
    """What one `with store.transaction()` block collects; documents that are None are to be deleted."""

    __slots__ = ("_joined", "_state", "_store", "details", "extra", "forced", "more", "pending", "step")

    def __init__(self, store: Store, step: str, details: dict[str, object]) -> None:
        self._store = store
        self._state = store.engine.state
        self._joined = False
        self.step = step
        self.details = details
        self.extra: dict[str, Any] | None = None  # more header fields; with them even an empty line is written
        self.more: list[Any] = []  # operations beside those that pending documents ask for
        self.pending: dict[str, dict[int, Document | None]] = {}
        self.forced: dict[tuple[str, int], set[str]] = {}

    def __enter__(self) -> Transaction:  # noqa: PYI034 - inside another block it is the outer one
        outer = self._store.begin(self)
        self._joined = outer is not self
        return outer

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.end(self, joined=self._joined, failed=kind is not None)

    def committed(self, table: str) -> dict[int, Document]:
        """Return the documents as they are without this transaction."""
        known = self._state.tables.get(table)
        return known.docs if known is not None else _NOTHING

    def document(self, table: str, id: int) -> Document | None:  # noqa: A002 - the store's word for it
        """Return a document as this transaction will leave it."""
        changed = self.pending.get(table)
        if changed is not None and id in changed:
            return changed[id]
        return self.committed(table).get(id)

    def _open(self, table: str, key: int) -> Document:
        """Return a document of this transaction's own, to be changed."""
        changed = self.pending.setdefault(table, {})
        doc = changed.get(key)
        if doc is None:
            before = None if key in changed else self.committed(table).get(key)
            doc = changed[key] = {} if before is None else plain(before)
        return doc

    def set(self, table: str, id: int, fields: Mapping[str, object]) -> None:  # noqa: A002
        """Create or update just these fields; None is an ordinary JSON null."""
        self._open(table, id).update(fields)
        known = self._state.tables.get(table)
        if known is not None and id in known.over:
            several = {name for name in fields if type(known.over[id].get(name)) is list}
            if several or id in known.contested:  # writing the value that is shown decides the conflict
                self.forced.setdefault((table, id), set()).update(several)

    def unset(self, table: str, id: int, fields: Iterable[str]) -> None:  # noqa: A002
        """Remove fields; those that are not there are passed over."""
        if self.document(table, id) is None:
            return
        doc = self._open(table, id)
        for field in fields:
            doc.pop(field, None)

    def delete(self, table: str, id: int) -> None:  # noqa: A002
        """Remove a document; one that is not there is passed over."""
        if self.document(table, id) is not None:
            self.pending.setdefault(table, {})[id] = None

    def put(self, table: str, key: int, doc: Document | None) -> None:
        """Replace a whole document (None removes it); it must not be changed afterwards."""
        self.pending.setdefault(table, {})[key] = doc

    def operations(self) -> list[Any]:
        """Return what a line must say; empty when nothing changes."""
        ops: list[Any] = []
        for name, changed in self.pending.items():
            table = self._state.tables.get(name)
            docs = self.committed(name)
            for key, doc in changed.items():
                before = docs.get(key)
                if before is None:
                    if doc is not None:
                        ops.append([name, key, doc])
                elif doc is None:
                    assert table is not None
                    ops.append([name, key, None, self._vector(table, key)])
                else:
                    op = _difference(name, key, before, doc, self.forced.get((name, key)))
                    if op is not None:
                        ops.append(op)
        return ops + self.more

    def _vector(self, table: Table, key: int) -> dict[str, int]:
        """Return the last line of each replica that the present values of a document come from."""
        state = self._state
        if len(state.replicas) == 1:
            return {state.replicas[0]: state.heads[0]}
        vector: dict[str, int] = {}
        for dot in table.dots(key):
            replica, number = state.replicas[dot & REPLICA_MASK], dot >> REPLICA_BITS
            vector[replica] = max(number, vector.get(replica, 0))
        return vector


def _difference(name: str, key: int, before: Document, after: Document, forced: set[str] | None) -> list[Any] | None:
    changes: Document = {}
    gone: list[Any] = []
    for field, value in after.items():
        old = before.get(field, _NOTHING)
        if old is _NOTHING:
            changes[field] = value
        elif old is not value and not same(old, value):  # most values of a copied document are the very same object
            changes[field] = _nested(old, value, (field,), gone)
    if len(after) - len(before) < len(changes):
        gone.extend(field for field in before if field not in after)
    if forced is not None:
        changes.update((field, after[field]) for field in forced if field in after)
    if not changes and not gone and forced is None:
        return None
    return [name, key, changes, gone] if gone else [name, key, changes]


def _nested(old: object, new: object, path: tuple[str, ...], gone: list[Any]) -> object:
    """Return what is new in a changed value: dicts key by key (keys that went are noted), all else as a whole."""
    if type(old) is not dict or type(new) is not dict:
        return new
    gone.extend([*path, name] for name in old if name not in new)
    return {
        name: _nested(old.get(name), value, (*path, name), gone)
        for name, value in new.items()
        if name not in old or not same(old[name], value)
    }


class View(Mapping[int, Mapping[str, Any]]):
    """A table as the running transaction will leave it, read-only."""

    __slots__ = ("_table", "_transaction")

    def __init__(self, transaction: Transaction, table: str) -> None:
        self._transaction = transaction
        self._table = table

    def __getitem__(self, key: int) -> Mapping[str, Any]:
        doc = self._transaction.document(self._table, key)
        if doc is None:
            raise KeyError(key)
        return doc

    def __iter__(self) -> Iterator[int]:
        changed = self._transaction.pending.get(self._table, {})
        docs = self._transaction.committed(self._table)
        for key in docs:
            if key not in changed or changed[key] is not None:
                yield key
        for key, doc in changed.items():
            if doc is not None and key not in docs:
                yield key

    def __len__(self) -> int:
        changed = self._transaction.pending.get(self._table, {})
        docs = self._transaction.committed(self._table)
        return len(docs) + sum((doc is not None) - (key in docs) for key, doc in changed.items())

    def __contains__(self, key: object) -> bool:
        return isinstance(key, int) and self._transaction.document(self._table, key) is not None


class Overlay(MutableMapping[int, Document]):
    """A table that TinyDB code may change freely: documents are copied when touched, `touched` tells which."""

    __slots__ = ("_docs", "touched")

    def __init__(self, docs: Mapping[int, Mapping[str, Any]]) -> None:
        self._docs = docs
        self.touched: dict[int, Document | None] = {}

    def __contains__(self, key: object) -> bool:
        if key in self.touched:
            return self.touched[key] is not None
        return key in self._docs

    def __getitem__(self, key: int) -> Document:
        if key in self.touched:
            doc = self.touched[key]
            if doc is None:
                raise KeyError(key)
            return doc
        copy: Document = plain(self._docs[key])
        self.touched[key] = copy
        return copy

    def __setitem__(self, key: int, doc: Document) -> None:
        self.touched[key] = doc

    def __delitem__(self, key: int) -> None:
        if key not in self:
            raise KeyError(key)
        self.touched[key] = None

    def __iter__(self) -> Iterator[int]:
        touched = self.touched
        yield from [key for key in self._docs if key not in touched or touched[key] is not None]
        yield from [key for key, doc in touched.items() if doc is not None and key not in self._docs]

    def __len__(self) -> int:
        return len(self._docs) + sum((doc is not None) - (key in self._docs) for key, doc in self.touched.items())

    def clear(self) -> None:
        """Remove every document."""
        self.touched = dict.fromkeys([*self._docs, *self.touched])
