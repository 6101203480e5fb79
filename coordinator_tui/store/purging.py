"""Taking documents out of the logs for good, without breaking the hash chain of what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from coordinator_tui.store.leaves import REPLICA_BITS, REPLICA_MASK
from coordinator_tui.store.line import names_document, operations, purge_payload, stated_hash
from coordinator_tui.store.state import PURGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coordinator_tui.store.engine import Engine
    from coordinator_tui.store.log import ReplicaLog
    from coordinator_tui.store.state import Where
    from coordinator_tui.store.store import Store
    from coordinator_tui.store.transaction import Transaction

_FEW = 8  # numbers that are looked for in a line's bytes before it is parsed


class Wish(NamedTuple):
    """What a purge wants of our own log: up to line `upto`, the document (`fields` None) or only some fields of it."""

    where: Where
    fields: frozenset[str] | None
    upto: int


def purge(store: Store, table: str, ids: Iterable[int]) -> int:
    """Delete documents, ask every replica to forget them, and take them out of our own log; returns lines changed."""
    return forget(store, {table: ids}, {}, {})


def forget(
    store: Store,
    documents: Mapping[str, Iterable[int]],
    fields: Mapping[Where, Iterable[str]],
    values: Mapping[Where, Mapping[str, object]],
) -> int:
    """Purge documents, and of other documents the values that some fields had until now; returns lines changed.

    A field "" stands for the details of the steps that touched the document. `values` is what is written in place of
    present values (None takes a field away); a forgotten field that is not among them keeps the value that is shown.
    """
    gone = [[table, key, PURGE] for table, ids in sorted(documents.items()) for key in sorted(set(ids))]
    part = [[*where, PURGE, sorted(names)] for where, names in sorted(fields.items())]
    if not gone and not part:
        return 0
    with store.transaction("purge") as work:
        work.extra = {"z": 0}
        for where in {**values, **fields}:
            _rewrite(work, where, fields.get(where, ()), values.get(where, {}))
        work.more.extend([*gone, *part])
    return obey(store)


def _rewrite(work: Transaction, where: Where, fields: Iterable[str], changed: Mapping[str, object]) -> None:
    """Write what a document says from now on, also what stays as it was: the lines that said so are to forget it."""
    now = work.document(*where)
    if now is None:
        return
    said = {name: now[name] for name in fields if name in now} | {n: v for n, v in changed.items() if v is not None}
    said = {name: value for name, value in said.items() if changed.get(name, value) is not None}
    if said:
        work.set(*where, said)
        work.forced.setdefault(where, set()).update(said)
    work.unset(*where, [name for name, value in changed.items() if value is None])


def recall(engine: Engine) -> None:
    """Note the purges that our own log may not have obeyed: those after its last line, or in it."""
    own, state = engine.own, engine.state
    if own is None:
        return

    def waits(dot: int) -> bool:
        index, number = dot & REPLICA_MASK, dot >> REPLICA_BITS
        return number > own.seen.get(index, 0) or (index == own.index and number == own.number)

    state.purges.update(where for where, asked in state.purged.items() if any(map(waits, asked)))
    state.purges.update(where for where, asked in state.forgotten.items() if any(waits(dot) for dot, _ in asked))


def obey(store: Store) -> int:
    """Take out of our own log what purges that we know of name; returns how many lines changed."""
    engine = store.engine
    where, engine.state.purges = engine.state.purges, set()
    own = engine.own
    if own is None or not where:
        return 0
    with engine.locked():
        engine.release()
        try:
            wishes = [wish for one in where for wish in _wishes(engine, own, one)]
            changed = sum(_purge_segment(own, first, wishes) for first in own.segments() if first <= own.number)
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


def obey_for_others(store: Store) -> int:
    """Take what purges name out of the other replicas' logs in this folder too; returns how many lines changed.

    Only for logs that nobody writes any more, here or on another computer: a log has one writer.
    """
    store.refuse_if_read_only()
    engine = store.engine
    changed = 0
    with engine.locked():
        engine.release()
        for log in engine.by_index:
            if log is not engine.own:
                wishes = [wish for one in engine.state.asked() for wish in _wishes(engine, log, one)]
                changed += sum(_purge_segment(log, first, wishes) for first in log.segments() if first <= log.number)
                log.locate()
        if changed:
            store.snapshot_lines = -1
            store.write_snapshot()
    return changed


def _wishes(engine: Engine, own: ReplicaLog, where: Where) -> Iterator[Wish]:
    asked = engine.state.purged.get(where, ())
    if asked:
        yield Wish(where, None, max(_last_unseen(engine, own, dot) for dot in asked))
    for dot, fields in engine.state.forgotten.get(where, ()):
        yield Wish(where, frozenset(fields), _last_seen(engine, own, dot))


def _last_seen(engine: Engine, own: ReplicaLog, dot: int) -> int:
    """Return our last line that a purge of fields had seen: what was written beside it stands."""
    index, number = dot & REPLICA_MASK, dot >> REPLICA_BITS
    if index == own.index:
        return number - 1
    seen = 0
    for record in engine.by_index[index].records(1):
        seen = record.get("v", {}).get(own.replica, [seen])[0]
        if record["n"] >= number:
            break
    return seen


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


def _purge_segment(own: ReplicaLog, first: int, wishes: list[Wish]) -> int:
    data = own.files.read_bytes(own.path(first))
    lines = data.split(b"\n")
    needles = {b",%d," % wish.where[1] for wish in wishes}
    changed = 0
    for place, raw in enumerate(lines[:-1]):
        if len(needles) <= _FEW and not any(needle in raw for needle in needles):
            continue
        before = stated_hash(lines[place - 1]) if place else b""
        ops = operations(own.checked(raw, before, first + place) if place else next(own.records(first)))
        kept = _kept(ops, _wanted(ops, wishes, first + place))
        if kept != ops:
            lines[place] = purge_payload(raw, kept)
            changed += 1
    if changed:
        own.files.replace(own.path(first), b"\n".join(lines))
    return changed


def _wanted(ops: list[Any], wishes: list[Wish], number: int) -> list[Wish]:
    named = {(op[0], op[1]) for op in ops if names_document(op)}
    return [wish for wish in wishes if number <= wish.upto and wish.where in named]


def _kept(ops: list[Any], wishes: list[Wish]) -> list[Any]:
    """Return what stays of a line's operations: no purged document, no forgotten field, and then no details.

    A line that only deleted such a document loses its details too: they may say what it was.
    """
    if not wishes:
        return ops
    gone = {wish.where for wish in wishes if wish.fields is None}
    fields: dict[Where, frozenset[str]] = {}
    for wish in wishes:
        fields[wish.where] = fields.get(wish.where, frozenset()) | (wish.fields or frozenset())
    kept = [_without(op, fields) for op in ops if not _holds(op, gone)]
    if kept == ops and not gone and not any("" in names for names in fields.values()):
        return ops
    return [op for op in kept if not _details(op)]


def _without(op: Any, fields: Mapping[Where, frozenset[str]]) -> Any:  # noqa: ANN401 - an operation may be anything
    """Return an operation that sets fields without those to be forgotten."""
    names = fields.get((op[0], op[1])) if names_document(op) else None
    if not names or type(op[2]) is not dict:
        return op
    return [*op[:2], {name: value for name, value in op[2].items() if name not in names}, *op[3:]]


def _holds(op: Any, where: set[Where]) -> bool:  # noqa: ANN401 - an operation may be anything
    return names_document(op) and type(op[2]) is dict and (op[0], op[1]) in where


def _details(op: Any) -> bool:  # noqa: ANN401 - an operation may be anything
    return type(op) is list and len(op) == 1
