"""TinyDB on the store: ordinary TinyDB code reads and writes the merged documents, at a cost flat in their number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from coordinator_tui.store.ids import new_id
from coordinator_tui.store.leaves import plain
from coordinator_tui.store.transaction import Overlay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, MutableMapping

    from tinydb.queries import QueryLike

    from coordinator_tui.store.store import Store

_CONTAINERS = frozenset({dict, list})


class _AnyDocument(type):
    """Lets TinyDB take its own documents, which carry an id, for ours."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, Document)


class StoreDocument(Document, metaclass=_AnyDocument):
    """A TinyDB document that shares no dict or list with the store."""

    def __init__(self, value: Mapping[str, Any], doc_id: int) -> None:
        super().__init__(value, doc_id)
        for key, inner in self.items():
            if type(inner) in _CONTAINERS:
                self[key] = plain(inner)


class StoreStorage(Storage):
    """The store as TinyDB's storage: `read` gives all tables, `write` commits the differences."""

    def __init__(self, store: Store, *, sequential_ids: bool = False) -> None:
        self.store = store
        self.sequential_ids = sequential_ids
        self.empty: set[str] = set()  # tables that TinyDB code made without a document; they live as long as we do

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return a copy of all tables by integer id, which the caller may change and write; None when empty."""
        tables = {
            name: {key: plain(doc) for key, doc in self.store.documents(name).items()} for name in self.store.tables()
        }
        found: dict[str, Any] = {**{name: {} for name in self.empty}, **tables}
        return cast("dict[str, dict[str, Any]]", found) or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Make the store hold exactly `data`, in one transaction."""
        self.empty = {name for name, docs in data.items() if not docs}
        with self.store.transaction() as work:
            for name in set(self.store.tables()) | set(data):
                wanted = {int(key): doc for key, doc in data.get(name, {}).items()}
                for key in [key for key in self.store.documents(name) if key not in wanted]:
                    work.delete(name, key)
                for key, doc in wanted.items():
                    work.put(name, key, doc if isinstance(doc, dict) else dict(doc))

    def close(self) -> None:
        """Close the store."""
        self.store.close()


class StoreTable(Table):
    """A TinyDB table whose documents live in a store; over any other storage it is TinyDB's own table."""

    document_class = StoreDocument

    def __init__(
        self,
        storage: Storage,
        name: str,
        cache_size: int = Table.default_query_cache_capacity,
        persist_empty: bool = False,  # noqa: FBT001, FBT002 - TinyDB's signature
    ) -> None:
        self._face = storage if isinstance(storage, StoreStorage) else None
        self._version = -1
        super().__init__(storage, name, cache_size, persist_empty)
        if persist_empty and self._face is not None:
            self._face.empty.add(name)

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        if self._face is None:
            return super()._read_table()
        return cast("dict[str, Mapping[str, Any]]", self._face.store.documents(self.name))

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        if self._face is None:
            super()._update_table(updater)
            return
        store = self._face.store
        with store.transaction() as work:
            overlay = Overlay(store.documents(self.name))
            updater(cast("dict[int, Mapping[str, Any]]", overlay))
            for key, doc in overlay.touched.items():
                work.put(self.name, key, doc)
        self.clear_cache()

    def search(self, cond: QueryLike) -> list[Document]:
        """Return the documents that match; results are cached until anything in the store changes."""
        if self._face is not None and self._version != self._face.store.view_version:
            self.clear_cache()
            self._version = self._face.store.view_version
        return super().search(cond)

    def get(  # type: ignore[override] # TinyDB overloads by which argument is given
        self, cond: QueryLike | None = None, doc_id: int | None = None, doc_ids: list[int] | None = None
    ) -> Document | list[Document] | None:
        """Return one document by condition or id (None when there is none), or those of a list of ids."""
        if self._face is None or (doc_id is None and doc_ids is None):
            return cast("Document | list[Document] | None", super().get(cond, doc_id, doc_ids))  # type: ignore[arg-type] # TinyDB's overloads are narrower than its code
        if doc_id is not None:
            doc = self._face.store.document(self.name, _as_id(doc_id))
            return None if doc is None else self.document_class(doc, doc_id)
        docs = self._face.store.documents(self.name)
        wanted = {_as_id(key) for key in doc_ids or ()}
        return [self.document_class(docs[key], key) for key in (wanted if len(wanted) < 99 else docs) if key in docs]

    def _matching(self, cond: QueryLike) -> list[int]:
        """Return the ids of the documents that match, without copying any."""
        assert self._face is not None
        return [key for key, doc in self._face.store.documents(self.name).items() if cond(doc)]

    def update(
        self,
        fields: Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None],
        cond: QueryLike | None = None,
        doc_ids: Iterable[int] | None = None,
    ) -> list[int]:
        """Update the documents that match, or all; returns their ids."""
        if self._face is None or cond is None or doc_ids is not None:
            return super().update(fields, cond, doc_ids)
        with self._face.store.transaction():
            return super().update(fields, doc_ids=self._matching(cond))

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Remove the documents that match; returns their ids."""
        if self._face is None or cond is None or doc_ids is not None:
            return super().remove(cond, doc_ids)
        with self._face.store.transaction():
            return super().remove(doc_ids=self._matching(cond))

    def _get_next_id(self) -> int:
        if self._face is None or self._face.sequential_ids:
            return cast("int", super()._get_next_id())  # type: ignore[no-untyped-call] # TinyDB has no types here
        docs = self._face.store.documents(self.name)
        while (found := new_id()) in docs:
            pass
        return found


def _as_id(key: object) -> int:
    """Return a document id as the integer it means; TinyDB also takes its text."""
    return int(key) if isinstance(key, str) and key.lstrip("-").isdecimal() else cast("int", key)


class StoreDB(TinyDB):
    """TinyDB on a store. `StoreDB(store)` or, for any other storage, exactly as TinyDB."""

    table_class = StoreTable

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - TinyDB's signature
        if args and hasattr(args[0], "transaction"):
            kwargs.setdefault("storage", StoreStorage)
        super().__init__(*args, **kwargs)

    def drop_table(self, name: str) -> None:
        """Remove a table with its documents."""
        storage = self.storage
        if not isinstance(storage, StoreStorage):
            super().drop_table(name)
            return
        self._tables.pop(name, None)
        storage.empty.discard(name)
        with storage.store.transaction() as work:
            for key in list(storage.store.documents(name)):
                work.delete(name, key)

    def tables(self) -> set[str]:
        """Return the names of the tables."""
        storage = self.storage
        if not isinstance(storage, StoreStorage):
            return super().tables()
        return set(storage.store.tables()) | storage.empty


def open_tinydb(folder: str, *, user: str = "", sequential_ids: bool = False) -> StoreDB:
    """Open the book in a folder, or make one, and return it as a TinyDB; closing it closes the book."""
    from pathlib import Path

    from coordinator_tui.store.store import Store

    path = Path(folder)
    store = Store.open(path, user=user) if (path / "store.json").exists() else Store.create(path, path.stem, user=user)
    return StoreDB(store, sequential_ids=sequential_ids)
