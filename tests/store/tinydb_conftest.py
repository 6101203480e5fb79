"""The conftest.py that TinyDB's own tests get here: wherever they make a TinyDB, they get a book.

A database in memory is a book in a temporary folder; a database in a file is a book in a folder of that name. Code
that uses TinyDB's own storage classes directly (without a TinyDB) still tests TinyDB's own code.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tinydb
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import JSONStorage, MemoryStorage, Storage

from coordinator_tui.store import Store
from coordinator_tui.store.tables import StoreDB, StoreStorage

if TYPE_CHECKING:
    from collections.abc import Iterator


class BookInMemory(StoreStorage, MemoryStorage):
    """What tests that ask for a MemoryStorage get."""

    def __init__(self) -> None:
        folder = Path(tempfile.mkdtemp()) / "memory.coord"
        super().__init__(Store.create(folder, "memory", user="tinydb"), sequential_ids=True)


class _Handle:
    """What is left of JSONStorage's file handle: whether it was closed."""

    closed = False


class BookInFile(StoreStorage, JSONStorage):
    """What tests that ask for a JSONStorage get."""

    def __init__(self, path: str, access_mode: str = "r+", **_: Any) -> None:
        folder = Path(path)
        self._handle = _Handle()
        if (folder / "store.json").exists():
            store = Store.open(folder, user="tinydb", read_only=access_mode == "r")
        elif access_mode == "r" or not folder.parent.is_dir():
            raise FileNotFoundError(path)
        else:
            store = Store.create(folder, folder.stem, user="tinydb")
        super().__init__(store, sequential_ids=True)

    def close(self) -> None:
        super().close()
        self._handle.closed = True


_BOOKS: dict[object, type[Storage]] = {JSONStorage: BookInFile, MemoryStorage: BookInMemory}


class TinyDB(StoreDB):
    """A TinyDB whose storage is a book, bare or inside the middleware that a test puts around it."""

    def __init__(self, *args: Any, storage: Any = JSONStorage, **options: Any) -> None:
        inside = getattr(storage, "_storage_cls", None)
        if inside in _BOOKS:
            storage._storage_cls = _BOOKS[inside]
        super().__init__(*args, storage=_BOOKS.get(storage, storage), **options)


tinydb.TinyDB = TinyDB  # type: ignore[misc] # the tests import it from here


@pytest.fixture(params=["memory", "json"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TinyDB]:
    database = TinyDB(tmp_path / "test.db") if request.param == "json" else TinyDB(storage=MemoryStorage)
    database.drop_tables()
    database.insert_multiple({"int": 1, "char": char} for char in "abc")
    yield database
    database.close()


@pytest.fixture
def storage() -> Any:
    """TinyDB's own: these tests write what is no table into it, and look at its attribute `memory`."""
    return CachingMiddleware(MemoryStorage)()  # type: ignore[no-untyped-call] # TinyDB has no types here
