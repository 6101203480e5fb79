"""Taking documents out of the logs for good, without breaking the hash chain of what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.store.leaves import REPLICA_BITS, REPLICA_MASK
from coordinator_tui.store.line import names_document, operations, purge_payload, stated_hash
from coordinator_tui.store.state import PURGE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator_tui.store.engine import Engine
    from coordinator_tui.store.log import ReplicaLog
    from coordinator_tui.store.state import Where
    from coordinator_tui.store.store import Store


def purge(store: Store, table: str, ids: Iterable[int]) -> int:
    """Delete documents, ask every replica to forget them, and take them out of our own log; returns lines changed."""
    wanted = sorted(set(ids))
    if not wanted:
        return 0
    with store.transaction("purge", table=table) as work:
        work.extra = {"z": 0}
        work.more.extend([table, key, PURGE] for key in wanted)
    return obey(store)


def recall(engine: Engine) -> None:
    """Note the purges that our own log may not have obeyed: those after its last line, or in it."""
    own = engine.own
    if own is None:
        return
    for where, asked in engine.state.purged.items():
        for dot in asked:
            index, number = dot & REPLICA_MASK, dot >> REPLICA_BITS
            if number > own.seen.get(index, 0) or (index == own.index and number == own.number):
                engine.state.purges.add(where)


def obey(store: Store) -> int:
    """Take out of our own log what purges that we know of name; returns how many lines changed."""
    engine = store.engine
    where, engine.state.purges = engine.state.purges, set()
    own = engine.own
    if own is None or not where:
        return 0
    with engine.locked():
        engine.release()
        upto = {one: max(_last_unseen(engine, own, dot) for dot in engine.state.purged[one]) for one in where}
        try:
            changed = sum(_purge_segment(own, first, upto) for first in own.segments() if first <= own.number)
        except OSError as error:
            engine.state.purges |= where
            text = "What a purge names could not be taken out of the log yet ({reason})."
            engine.warn("purge-waits", "", text, reason=error.strerror or str(error))
            changed = 1
        if changed:
            own.locate()
            store.snapshot_lines = -1
            store.write_snapshot()
    return changed


def _last_unseen(engine: Engine, own: ReplicaLog, dot: int) -> int:
    """Return our last line that had not seen a purge: later ones begin a new life of the document."""
    index, number = dot & REPLICA_MASK, dot >> REPLICA_BITS
    if index == own.index:
        return number - 1
    if own.seen.get(index, 0) < number:
        return own.number
    replica = engine.by_index[index].replica
    knowing = (record["n"] for record in own.records(1) if record.get("v", {}).get(replica, [0])[0] >= number)
    return next(knowing, own.number + 1) - 1


def _purge_segment(own: ReplicaLog, first: int, upto: dict[Where, int]) -> int:
    data = own.files.read_bytes(own.path(first))
    lines = data.split(b"\n")
    changed = 0
    for place, raw in enumerate(lines[:-1]):
        where = {one for one, last in upto.items() if first + place <= last and b",%d," % one[1] in raw}
        if not where:
            continue
        before = stated_hash(lines[place - 1]) if place else b""
        ops = operations(own.checked(raw, before, first + place) if place else next(own.records(first)))
        kept = [op for op in ops if not _holds(op, where)]
        if len(kept) != len(ops):
            lines[place] = purge_payload(raw, [op for op in kept if not _details(op)])
            changed += 1
    if changed:
        own.files.replace(own.path(first), b"\n".join(lines))
    return changed


def _holds(op: Any, where: set[Where]) -> bool:  # noqa: ANN401 - an operation may be anything
    return names_document(op) and type(op[2]) is dict and (op[0], op[1]) in where


def _details(op: Any) -> bool:  # noqa: ANN401 - an operation may be anything
    return type(op) is list and len(op) == 1
