"""What someone changed in data.json with an editor or stock TinyDB, brought back as ordinary operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.store import mending, snapshot
from coordinator_tui.store.clock import Clock
from coordinator_tui.store.engine import Engine
from coordinator_tui.store.leaves import same

if TYPE_CHECKING:
    from coordinator_tui.store.line import Record
    from coordinator_tui.store.log import ReplicaLog
    from coordinator_tui.store.store import Store
    from coordinator_tui.store.transaction import Transaction

USER = "hand edit"


def take(store: Store, raw: bytes) -> bool:
    """Commit the differences between data.json and the state that it recorded; returns whether there were any."""
    engine = store.engine
    data = snapshot.parse(raw)
    sync = snapshot.sync_of(data) if data is not None else None
    if data is None or sync is None or not snapshot.heads_fit(engine, sync):
        kept = mending.set_aside(engine, "data.json", raw)
        text = "data.json was edited by hand, but cannot be compared with what it was; a copy is kept as {kept}."
        engine.warn("hand-edit-lost", kept, text, kept=kept)
        return False
    past = recorded(engine, sync)
    user, store.user = store.user, USER
    lines = engine.lines
    try:
        with store.transaction("hand edit") as work:
            for name in set(past) | set(data):
                if name != "_sync":
                    _compare(store, work, name, past.get(name, {}), data.get(name, {}))
    finally:
        store.user = user
    if engine.lines != lines:
        engine.warn("hand-edit", str(lines), "data.json was edited by hand; the changes were taken over.")
    return engine.lines != lines


def recorded(engine: Engine, sync: dict[str, Any]) -> dict[str, dict[int, dict[str, Any]]]:
    """Return the documents at the heads that data.json recorded."""
    past = Engine(engine.folder, engine.store_id, engine.files, Clock())
    heads = {replica: head[0] for replica, head in sync["heads"].items()}

    def until(log: ReplicaLog, record: Record, digest: bytes) -> bool:
        return record["n"] <= heads.get(log.replica, 0) and past.deliver(log, record, digest)

    past.take_in(until)
    return {name: table.docs for name, table in past.state.tables.items()}


def _compare(
    store: Store, work: Transaction, name: str, before: dict[int, dict[str, Any]], after: dict[str, Any]
) -> None:
    seen: set[int] = set()
    for text, doc in after.items():
        if not text.lstrip("-").isdecimal() or not isinstance(doc, dict):
            warning = "data.json, table {table}: {id} is not a document with a number for a name, and was passed over."
            store.engine.warn("hand-edit-odd", f"{name}/{text}", warning, table=name, id=text)
            continue
        key = int(text)
        seen.add(key)
        old = before.get(key)
        if old != doc or old is None:
            _change(work, name, key, old or {}, doc)
    for key in before:
        if key not in seen:
            work.delete(name, key)


def _change(work: Transaction, name: str, key: int, old: dict[str, Any], new: dict[str, Any]) -> None:
    changed = {field: value for field, value in new.items() if field not in old or not same(old[field], value)}
    if changed or not old:
        work.set(name, key, changed)
    work.unset(name, key, [field for field in old if field not in new])
