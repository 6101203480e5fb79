"""Numbers about a store, and the digest that two machines compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from coordinator_tui.store.blake import blake2b
from coordinator_tui.store.leaves import REPLICA_BITS, REPLICA_MASK

if TYPE_CHECKING:
    from coordinator_tui.store.state import State, Table
    from coordinator_tui.store.store import Store


@dataclass(frozen=True, slots=True)
class ReplicaInfo:
    """One replica's log: lines taken in, bytes, the last user, lines on disk that wait for others' lines."""

    replica: str
    lines: int
    bytes: int
    user: str
    waiting: int
    own: bool


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """A store in numbers; `unknown` counts operations of newer programs, kept but not shown."""

    name: str
    store_id: str
    format: int
    created: str
    tables: dict[str, int]
    documents: int
    lines: int
    log_bytes: int
    data_bytes: int
    replicas: list[ReplicaInfo]
    waiting: int
    unknown: int
    conflicts: int
    digest: str


def info(store: Store) -> StoreInfo:
    """Return the numbers of a store."""
    engine = store.engine
    tables = {name: len(table.docs) for name, table in sorted(engine.state.tables.items()) if not table.empty}
    replicas = [
        ReplicaInfo(
            log.replica,
            log.number,
            sum(engine.files.stat(log.path(first)).st_size for first in log.segments()),
            log.user,
            log.waiting(),
            log is engine.own,
        )
        for log in sorted(engine.by_index, key=lambda log: log.replica)
    ]
    try:
        data_bytes = engine.files.stat(str(engine.folder / "data.json")).st_size
    except FileNotFoundError:
        data_bytes = 0
    return StoreInfo(
        name=store.name,
        store_id=store.store_id,
        format=store.format,
        created=str(store.manifest.get("created", "")),
        tables=tables,
        documents=sum(tables.values()),
        lines=sum(replica.lines for replica in replicas),
        log_bytes=sum(replica.bytes for replica in replicas),
        data_bytes=data_bytes,
        replicas=replicas,
        waiting=sum(replica.waiting for replica in replicas),
        unknown=engine.state.unknown,
        conflicts=len(store.conflicts()),
        digest=digest(engine.state),
    )


def digest(state: State) -> str:
    """Return a 128-bit hash of all documents, and of the values and deletions that wait for a decision."""
    found = blake2b(digest_size=16)
    for name, table in sorted(state.tables.items()):
        if table.empty:
            continue
        found.update(orjson.dumps(name))
        for key in sorted(table.docs):
            found.update(b"\n%d" % key)
            found.update(orjson.dumps(table.docs[key], option=orjson.OPT_SORT_KEYS))
            if key in table.over or key in table.contested:
                _waiting(found, state, table, key)
    return found.hexdigest()


def _waiting(found: blake2b, state: State, table: Table, key: int) -> None:
    lists: list[Any] = []
    for path, known in table.over.get(key, {}).items():
        if path is not None and type(known) is list:
            lists.append([[path] if isinstance(path, str) else path, [[_name(state, dot), v] for dot, v in known]])
    if lists:
        lists.sort(key=lambda pair: pair[0] if isinstance(pair[0], list) else list(pair[0]))
        found.update(orjson.dumps(lists, option=orjson.OPT_SORT_KEYS))
    if key in table.contested:
        found.update(orjson.dumps(sorted(_name(state, dot) for dot in table.contested[key])))


def _name(state: State, dot: int) -> str:
    return f"{state.replicas[dot & REPLICA_MASK]}:{dot >> REPLICA_BITS}"
