"""A store: the folder of one book, opened. Everything else in this room is behind it."""

from __future__ import annotations

import contextlib
import threading
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Any, Self

import orjson

from coordinator_tui.store import keeper, purging
from coordinator_tui.store.clock import Clock, system_ms, wall_text
from coordinator_tui.store.engine import Engine, Header
from coordinator_tui.store.errors import (
    LostManifest,
    NewerFormat,
    NotAStore,
    StoreError,
    StoreExists,
    StoreReadOnly,
    StoreWarning,
)
from coordinator_tui.store.files import FileLayer
from coordinator_tui.store.identity import Identity
from coordinator_tui.store.line import FORMAT
from coordinator_tui.store.transaction import Transaction, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from coordinator_tui.store import undo as turning
    from coordinator_tui.store.conflicts import Conflict
    from coordinator_tui.store.history import Change
    from coordinator_tui.store.state import Where
    from coordinator_tui.store.summary import StoreInfo
    from coordinator_tui.store.tables import StoreDB, StoreTable


@dataclass(frozen=True, slots=True)
class Changes:
    """What a refresh took in: the documents that lines touched."""

    touched: dict[str, set[int]]

    def __bool__(self) -> bool:
        return bool(self.touched)


class Store:
    """One open book; use `Store.create` or `Store.open`. Not to be shared with a forked process."""

    def __init__(self, folder: Path, manifest: dict[str, Any], *, user: str, files: FileLayer, clock: Clock) -> None:
        self.folder = folder
        self.manifest = manifest
        self.name = str(manifest["name"])
        self.store_id = str(manifest["store"])
        self.format = int(manifest["format"])
        self.user = user
        self.read_only = False
        self.read_only_reason = "it was opened so"
        self.identity = Identity(folder, self.store_id)
        self.engine = Engine(folder, self.store_id, files, clock)
        self.new_replica = ""  # the name that our log will have, when there is none yet
        self.edits_taken = (0, 0, 0)  # data.json (size, time, inode) whose edits by hand are in the logs already
        self._undo_stacks: turning.Stacks | None = None
        self.snapshot_lines = -1  # value of engine.lines that data.json stands for; -1 = not known
        self._transaction: Transaction | None = None
        self._pending_views = 0
        self._database: StoreDB | None = None
        self._closed = False
        self._guard = threading.RLock()

    # -- opening and closing ------------------------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        folder: Path,
        name: str,
        *,
        user: str,
        files: FileLayer | None = None,
        clock: Callable[[], int] = system_ms,
    ) -> Self:
        """Make a new store in `folder` (made if need be) and open it; raises StoreExists, OSError."""
        layer = files or FileLayer()
        folder = Path(folder)
        if (folder / "store.json").exists():
            raise StoreExists(folder=str(folder))
        if has_logs(folder):  # a new book over them would take them for damaged
            raise LostManifest(folder=str(folder), reason="the folder has no store.json")
        layer.mkdir(str(folder))
        layer.mkdir(str(folder / "log"))
        manifest = {"format": FORMAT, "store": str(uuid.uuid4()), "name": name, "created": wall_text(clock())}
        layer.replace(str(folder / "store.json"), orjson.dumps(manifest) + b"\n")
        layer.fsync_dir(str(folder.resolve().parent))
        return cls.open(folder, user=user, files=layer, clock=clock)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        user: str,
        read_only: bool = False,
        files: FileLayer | None = None,
        clock: Callable[[], int] = system_ms,
    ) -> Self:
        """Open a store; raises NotAStore, NewerFormat, DamagedStore, StoreLocked. Look at `warnings` afterwards."""
        layer = files or FileLayer()
        folder = Path(folder)
        store = cls(folder, read_manifest(folder, layer), user=user, files=layer, clock=Clock(clock))
        store.read_only = read_only
        try:
            keeper.open_store(store)
        except BaseException:
            store.engine.close()
            store.identity.close()
            raise
        return store

    def close(self) -> None:
        """Write data.json when it is stale, and close every file. Closing twice is fine."""
        with self._guard:
            if self._closed:
                return
            try:
                with contextlib.suppress(StoreError):  # data.json can be made again at any time
                    self.write_snapshot()
            finally:
                self._closed = True
                self.engine.close()
                self.identity.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def replica(self) -> str:
        """This machine's and user's name for its own log."""
        return self.engine.own.replica if self.engine.own is not None else ""

    @property
    def warnings(self) -> list[StoreWarning]:
        """What the user should know; grows while the store is open."""
        return self.engine.warnings

    def write_snapshot(self) -> bool:
        """Bring data.json up to date when it is stale; returns whether it was written. Failing leaves the old one."""
        with self._guard:
            return keeper.write_snapshot(self)

    # -- reading ------------------------------------------------------------------------------------------------

    @property
    def version(self) -> int:
        """Grows with every line taken in, own or other."""
        return self.engine.lines

    @property
    def view_version(self) -> int:
        """Grows with every change of what reading shows, those of a running transaction included."""
        return self.engine.lines + self._pending_views

    @property
    def database(self) -> StoreDB:
        """The store as a TinyDB."""
        if self._database is None:
            from coordinator_tui.store.tables import StoreDB

            self._database = StoreDB(self)
        return self._database

    def table(self, name: str) -> StoreTable:
        """Return a table as TinyDB knows it."""
        from typing import cast

        return cast("StoreTable", self.database.table(name))

    def tables(self) -> list[str]:
        """Return the names of the tables that hold a document."""
        names = [name for name, table in self.engine.state.tables.items() if not table.empty]
        if self._transaction is not None:
            names = [*dict.fromkeys([*names, *self._transaction.pending])]
            names = [name for name in names if self.documents(name)]
        return names

    def document(self, table: str, id: int) -> Mapping[str, Any] | None:  # noqa: A002 - the room's word for it
        """Return a document, read-only and not copied: do not keep it across writes."""
        if self._transaction is not None:
            return self._transaction.document(table, id)
        known = self.engine.state.tables.get(table)
        return known.docs.get(id) if known is not None else None

    def documents(self, table: str) -> Mapping[int, Mapping[str, Any]]:
        """Return a table as a live read-only view by id, not copied."""
        if self._transaction is not None and table in self._transaction.pending:
            return View(self._transaction, table)
        return MappingProxyType(self.engine.state.table(table).docs)

    def refresh(self) -> Changes:
        """Take in what other sessions and replicas wrote since; a few file sizes are all it costs when nothing came."""
        with self._guard:
            if self._transaction is not None:
                return Changes({})
            touched: dict[str, set[int]] = {}
            self.engine.state.touched = touched
            self.engine.take_in()
            if self.engine.purges and not self.read_only:
                purging.obey(self)
            return Changes(touched)

    # -- writing ------------------------------------------------------------------------------------------------

    def transaction(self, step: str = "", /, **details: object) -> Transaction:
        """Collect changes in a `with` block and commit them as one line at its end; nothing is written when it raises.

        A block inside a block joins the outer one. Raises StoreReadOnly, StoreLocked, WriteFailed, and TypeError or
        ValueError for what JSON cannot hold.
        """
        return Transaction(self, step, details)

    def begin(self, work: Transaction) -> Transaction:
        """Enter a transaction's block; returns the transaction that collects: the outer one, when there is one."""
        self._guard.acquire()
        try:
            if self._transaction is not None:
                return self._transaction
            if self.read_only or self._closed:
                self.refuse_if_read_only()
            self.engine.lock()
        except BaseException:
            self._guard.release()
            raise
        self._transaction = work
        if self.engine.purges:
            self._obey()
        self._pending_views += 1
        return work

    def _obey(self) -> None:
        """Take out of our log what a purge that just came names, before we say that we saw it."""
        work, self._transaction = self._transaction, None
        try:
            purging.obey(self)
        finally:
            self._transaction = work

    def end(self, work: Transaction, *, joined: bool, failed: bool) -> None:
        """Leave a transaction's block."""
        if joined:
            self._guard.release()
            return
        try:
            if not failed:
                self._commit(work)
        finally:
            self._transaction = None
            self._pending_views += 1
            self.engine.unlock()
            self._guard.release()

    def _commit(self, work: Transaction) -> None:
        ops = work.operations()
        if not ops and work.extra is None:
            return
        if work.details:
            ops.append([work.details])
        self.append(ops, Header(self.user, work.step, work.extra))

    def append(self, ops: list[Any], header: Header) -> None:
        """Write operations as one line of our own log; the lock must be held (`exclusive`)."""
        engine = self.engine
        if engine.own is None:
            keeper.claim(self)
        number = engine.append(ops, header)
        own = engine.own
        assert own is not None
        self.identity.keep_line(own.replica, number, own.digest)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the lock of this host, so that no process writes meanwhile."""
        with self._guard, self.engine.locked():
            yield

    def refuse_if_read_only(self) -> None:
        """Raise StoreReadOnly (or NewerFormat) when nothing may be written."""
        if self.format > FORMAT:
            raise NewerFormat(folder=str(self.folder), found=self.format, known=FORMAT)
        if self.read_only or self._closed:
            reason = "it was closed" if self._closed else self.read_only_reason
            raise StoreReadOnly(folder=str(self.folder), reason=reason)

    # -- what the log tells -------------------------------------------------------------------------------------

    @property
    def undo_stacks(self) -> turning.Stacks:
        """What can be undone and redone, as far as our own log was read."""
        if self._undo_stacks is None:
            from coordinator_tui.store.undo import Stacks

            self._undo_stacks = Stacks()
        return self._undo_stacks

    @undo_stacks.setter
    def undo_stacks(self, stacks: turning.Stacks) -> None:
        self._undo_stacks = stacks

    def undo(self) -> turning.Step | None:
        """Take back the last step of this user on this replica; None when there is none."""
        from coordinator_tui.store import undo as turning

        return turning.undo(self)

    def redo(self) -> turning.Step | None:
        """Do again the step undone last; None when there is none."""
        from coordinator_tui.store import undo as turning

        return turning.redo(self)

    def peek_undo(self) -> turning.Step | None:
        """Return the step that `undo` would take back."""
        from coordinator_tui.store import undo as turning

        return turning.peek(self, redo=False)

    def peek_redo(self) -> turning.Step | None:
        """Return the step that `redo` would do again."""
        from coordinator_tui.store import undo as turning

        return turning.peek(self, redo=True)

    def history(
        self,
        table: str | None = None,
        id: int | None = None,  # noqa: A002 - likewise
        *,
        limit: int | None = None,
    ) -> list[Change]:
        """Return who changed what, newest first: of the book, a table or a document."""
        from coordinator_tui.store.history import changes

        with self._guard:
            return changes(self.engine, table, id, limit)

    def conflicts(self) -> list[Conflict]:
        """Return the fields with several values, and documents edited here and deleted there; the same everywhere."""
        from coordinator_tui.store.conflicts import find

        with self._guard:
            return find(self.engine)

    def resolve(self, conflict: Conflict, value: object) -> None:
        """Settle a conflict on a value; for a deleted document True keeps it and False deletes it."""
        from coordinator_tui.store.conflicts import resolve

        resolve(self, conflict, value)

    def digest(self) -> str:
        """Return a hash of the merged state, siblings included: equal on machines that hold the same lines."""
        from coordinator_tui.store.summary import digest

        return digest(self.engine.state)

    def info(self) -> StoreInfo:
        """Return numbers about the store."""
        from coordinator_tui.store.summary import info

        with self._guard:
            return info(self)

    def compact(self) -> None:
        """Tidy the folder: data.json up to date, leftovers of interrupted writes gone. No line is ever dropped."""
        with self._guard:
            keeper.compact(self)

    def purge(self, table: str, ids: Iterable[int]) -> int:
        """Remove documents and every value they ever had from the logs; returns how many of our lines changed.

        Lines of other replicas are purged by their owners when they next open the book and have seen this.
        """
        return purging.purge(self, table, ids)

    def forget(
        self,
        documents: Mapping[str, Iterable[int]],
        fields: Mapping[Where, Iterable[str]],
        values: Mapping[Where, Mapping[str, object]],
    ) -> int:
        """Purge documents and the past values of some fields of others, as one line; see `purging.forget`."""
        return purging.forget(self, documents, fields, values)

    def forget_for_others(self) -> int:
        """Take what purges name out of the logs of replicas used no more; returns how many lines changed."""
        with self._guard:
            return purging.obey_for_others(self)

    def said(self) -> Iterator[tuple[str, int, Mapping[str, Any], Mapping[str, Any]]]:
        """Yield everything that lines ever set: table, document, fields, and the details of the step."""
        from coordinator_tui.store.scan import lines

        with self._guard:
            found = lines(self.engine)
        for line in found:
            details = line.details()
            for table, key, body, _more in line.ops():
                yield table, key, body or {}, details

    def authors(self) -> set[str]:
        """Return who ever wrote: the names that lines carry, which nothing takes out of them."""
        from coordinator_tui.store.scan import lines

        with self._guard:
            return {line.user for line in lines(self.engine)}


def has_logs(folder: Path) -> bool:
    """Tell whether a folder holds anything in the place of a book's logs."""
    return next((folder / "log").glob("*/*.jsonl"), None) is not None


def read_manifest(folder: Path, files: FileLayer) -> dict[str, Any]:
    """Return store.json; raises NotAStore, or NewerFormat when even the form of it is unknown."""
    try:
        manifest = orjson.loads(files.read_bytes(str(folder / "store.json")))
    except FileNotFoundError:
        if has_logs(folder):
            raise LostManifest(folder=str(folder), reason="the folder has no store.json") from None
        reason = "the folder has no store.json" if folder.is_dir() else "there is no such folder"
        raise NotAStore(folder=str(folder), reason=reason) from None
    except NotADirectoryError:
        raise NotAStore(folder=str(folder), reason="it is a file, a book is a folder") from None
    except orjson.JSONDecodeError as error:
        raise NotAStore(folder=str(folder), reason=f"its store.json is not JSON ({error})") from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int):
        raise NotAStore(folder=str(folder), reason="its store.json has no format number")
    if not isinstance(manifest.get("store"), str) or not isinstance(manifest.get("name"), str):
        if manifest["format"] > FORMAT:
            raise NewerFormat(folder=str(folder), found=manifest["format"], known=FORMAT)
        raise NotAStore(folder=str(folder), reason="its store.json has no store id or name")
    return manifest
