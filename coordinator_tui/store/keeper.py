"""Opening and leaving a store: whose replica we are, what data.json may tell, torn ends, and writing data.json."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any

from coordinator_tui.store import handedit, mending, purging, snapshot
from coordinator_tui.store.errors import DamagedStore, LostLogs, WriteFailed
from coordinator_tui.store.ids import new_replica
from coordinator_tui.store.line import FORMAT
from coordinator_tui.store.unread import making_many

if TYPE_CHECKING:
    from pathlib import Path

    from coordinator_tui.store.engine import Engine
    from coordinator_tui.store.identity import Remembered
    from coordinator_tui.store.log import ReplicaLog
    from coordinator_tui.store.store import Store


def open_store(store: Store) -> None:
    """Bring a new Store to the present state of its folder."""
    _decide_read_only(store)
    engine = store.engine
    remembered = store.identity.load()
    raw = _read_data(engine)
    trusted = raw is not None and _stat(engine) == remembered.data
    with making_many(len(raw or b"")):
        edited = _load(store, raw, trusted=trusted)
    if engine.by_index:
        store.snapshot_lines = engine.lines
    _take_in(store)
    _check_damage(store, remembered)
    _take_identity(store, remembered.replica, remembered.number, remembered.digest)
    engine.unsaid_from_logs()
    if store.read_only and edited is not None:
        text = "data.json was edited by hand; the changes wait until the book is opened for writing."
        engine.warn("hand-edit-waits", "", text)
    if not store.read_only:
        purging.recall(engine)
        if engine.purges:
            purging.obey(store)
        if edited is not None:
            _take_edits(store, edited)
            if store.edits_taken != (0, 0, 0):
                write_snapshot(store)
    engine.state.touched = {}


def _take_in(store: Store) -> None:
    """Take in the logs' tails; a reader of a book with a damaged log is shown what the logs say up to the damage."""
    try:
        store.engine.take_in()
    except DamagedStore:
        if not store.read_only:
            raise
        store.engine.reset()
        store.engine.take_in()


def _decide_read_only(store: Store) -> None:
    if store.format > FORMAT:
        store.read_only = True
        text = "{folder} has format {found}, this program knows {known}: it is shown, and cannot be changed."
        fields = {"folder": str(store.folder), "found": store.format, "known": FORMAT}
        store.engine.warn("newer-format", "", text, **fields)
    elif not store.read_only and not _writable(store.folder):
        store.read_only = True
        store.read_only_reason = "the folder cannot be written"
        store.engine.warn(
            "read-only", "", "{folder} cannot be written: it is shown, and cannot be changed.", folder=str(store.folder)
        )


def _writable(folder: Path) -> bool:
    lock = folder / "lock"
    return os.access(folder, os.W_OK) and (not lock.exists() or os.access(lock, os.W_OK))


def data_path(engine: Engine) -> str:
    """Return where data.json is."""
    return str(engine.folder / "data.json")


def _read_data(engine: Engine) -> bytes | None:
    try:
        return engine.files.read_bytes(data_path(engine))
    except FileNotFoundError:
        return None


def _stat(engine: Engine) -> tuple[int, int, int]:
    try:
        stat = engine.files.stat(data_path(engine))
    except FileNotFoundError:
        return (0, 0, 0)
    return (stat.st_size, stat.st_mtime_ns, stat.st_ino)


def _load(store: Store, raw: bytes | None, *, trusted: bool) -> bytes | None:
    """Load data.json when it fits the logs; returns its bytes when a hand has edited it since a store wrote it."""
    engine = store.engine
    if raw is None:
        return None
    written = snapshot.as_written(raw)
    data = snapshot.parse(raw) if written is None else written
    sync = snapshot.sync_of(data) if data is not None else None
    if data is None or sync is None:
        reason = "it is not JSON" if data is None else "its table _sync is missing or of another format"
        if data is not None and snapshot.is_ours(data):
            reason = "its table _sync is damaged"
        _ignore_data(store, raw, reason)
        return None
    if not snapshot.heads_fit(engine, sync):
        _refuse_without_logs(engine, sync)
        _ignore_data(store, raw, "the logs do not hold the lines it was made from")
        return None
    if written is None and not trusted and not snapshot.untouched(raw):
        return raw
    try:
        snapshot.load(engine, data, sync)
    except (ValueError, KeyError, TypeError):
        engine.reset()
        _ignore_data(store, raw, "its table _sync is damaged")
    return None


def _refuse_without_logs(engine: Engine, sync: dict[str, Any]) -> None:
    """Raise LostLogs rather than go on with an empty book where nothing is left of what data.json stands for."""
    lines = sum(int(head[0]) for head in sync["heads"].values())
    if lines and next((engine.folder / "log").glob("*/*.jsonl"), None) is None:
        raise LostLogs(folder=str(engine.folder), lines=lines)


def _ignore_data(store: Store, raw: bytes, reason: str) -> None:
    if store.read_only:
        text = "data.json was not used because {reason}; what is shown is made from the logs."
        store.engine.warn("data-ignored", "", text, reason=reason)
        return
    kept = mending.set_aside(store.engine, "data.json", raw)
    text = "data.json was not used because {reason}; it is made anew from the logs, and a copy is kept as {kept}."
    store.engine.warn("data-ignored", "", text, reason=reason, kept=kept)


def _check_damage(store: Store, remembered: Remembered) -> None:
    """Refuse damage in the middle of a log (a read-only opening shows what is before it); pass over unfinished ends.

    An end that holds lines which we know were saved is damage too.
    """
    for log in store.engine.by_index:
        saved = log.replica == remembered.replica and log.number < remembered.number
        if log.damage is None or (log.damage.torn and not saved):
            continue
        if not store.read_only:
            raise log.damage.error()
        text = "{file}, line {line}: {reason}; shown are the {readable} lines of this log before it."
        damage = log.damage
        fields = {"file": damage.file, "line": damage.line, "reason": damage.reason, "readable": damage.readable}
        store.engine.warn("damaged", damage.file, text, **fields)


def _take_identity(store: Store, replica: str, number: int, digest: str) -> None:
    """Decide which log is ours; a new name when we have none, or when our log is not what we left."""
    engine = store.engine
    if replica and replica in engine.logs and _is_ours(engine.logs[replica], number, digest):
        engine.own = engine.logs[replica]
        if not store.read_only and engine.own.damage is not None:
            with contextlib.suppress(WriteFailed), engine.locked():
                pass  # which mends it, or leaves that to the first write
        return
    if replica and number:
        text = (
            "This folder is an older copy of the book (our line {number} is not in it), so it goes on as a new replica."
        )
        engine.warn("older-copy", replica, text, number=number)
    if not store.identity.try_write() and not store.read_only:
        text = "{folder} cannot be written, so this session is a replica of its own."
        engine.warn("state-folder", "", text, folder=str(store.identity.path.parent))
    name = replica if replica and not number and replica not in engine.logs else new_replica()
    while name in engine.logs:
        name = new_replica()
    engine.own = None
    store.new_replica = name


def _is_ours(log: ReplicaLog, number: int, digest: str) -> bool:
    if log.number < number:
        return False
    known = log.digest_at(number) if number else None
    return not number or (known is not None and known.hex() == digest)


def claim(store: Store) -> None:
    """Make sure that we have a log of our own, before the first write; the lock is held.

    Another session of this user may have begun one since we looked: then it is ours too.
    """
    engine = store.engine
    remembered = store.identity.load()
    if remembered.replica:
        engine.take_in()
        log = engine.logs.get(remembered.replica)
        if log is not None and log.damage is None and _is_ours(log, remembered.number, remembered.digest):
            engine.own = log
    if engine.own is None:
        engine.own = engine.log(store.new_replica)
        store.identity.keep_line(store.new_replica, 0, engine.own.digest)
    engine.unsaid_from_logs()


def write_snapshot(store: Store) -> bool:
    """Write data.json when it is stale; edits by hand since we last looked are taken in first."""
    engine = store.engine
    if store.read_only or store.snapshot_lines == engine.lines:
        return False
    with engine.locked():
        raw = _read_data(engine)
        changed = raw is not None and _stat(engine) not in (store.identity.load().data, store.edits_taken)
        if raw is not None and changed and not snapshot.untouched(raw):
            _take_edits(store, raw)
            if _stat(engine) != store.edits_taken:
                return False
        try:
            engine.files.replace(data_path(engine), snapshot.dump(engine))
        except OSError as error:
            text = "data.json could not be written ({reason}); nothing is lost, the logs have everything."
            engine.warn("data-not-written", "", text, reason=error.strerror or str(error))
            return False
        store.snapshot_lines = engine.lines
        store.identity.keep_data(_stat(engine))
    return True


def _take_edits(store: Store, raw: bytes) -> None:
    """Take in edits by hand, once."""
    looked_at = _stat(store.engine)
    try:
        handedit.take(store, raw)
    except WriteFailed as error:
        text = "data.json was edited by hand; the changes wait, since nothing can be saved ({reason})."
        store.engine.warn("hand-edit-waits", "", text, reason=error.fields["reason"])
    else:
        store.edits_taken = looked_at


def compact(store: Store) -> None:
    """Write data.json anew and remove leftovers of interrupted writes."""
    store.refuse_if_read_only()
    with store.engine.locked():
        for name in store.engine.files.listdir(str(store.folder)):
            if name.endswith(".tmp"):
                store.engine.files.unlink(str(store.folder / name))
        store.snapshot_lines = -1
        write_snapshot(store)
