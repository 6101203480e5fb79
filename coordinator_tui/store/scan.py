"""Reading the logs again for a few documents: all lines that touch them, with what each writer had seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from coordinator_tui.store import refold
from coordinator_tui.store.leaves import REPLICA_BITS
from coordinator_tui.store.line import Record, annotation, names_document, operations, stated_hash
from coordinator_tui.store.state import PURGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coordinator_tui.store.engine import Engine
    from coordinator_tui.store.log import ReplicaLog
    from coordinator_tui.store.state import Seen, Where

Order: TypeAlias = "tuple[int, str, int]"
_FEW = 64  # up to so many documents, lines are chosen by looking for the ids in their bytes


@dataclass(slots=True)
class Line:
    """One line taken in, with what the parts before it in its log say: user, and `seen` when asked for."""

    log: ReplicaLog
    number: int
    reading: int
    user: str
    record: Record
    seen: Seen

    @property
    def order(self) -> Order:
        """What puts lines of all replicas in an order that follows cause."""
        return self.reading, self.log.replica, self.number

    @property
    def step(self) -> str:
        """The name of the user's step."""
        return str(self.record.get("s", ""))

    def ops(self) -> Iterator[tuple[str, int, dict[str, Any] | None, Any]]:
        """Yield the operations that we understand: table, id, fields set (None deletes), fields unset or vector.

        A purge is a deletion whose vector is PURGE.
        """
        for op in operations(self.record):
            if type(op) is list and 3 <= len(op) <= 4 and type(op[0]) is str and type(op[1]) is int:
                body, more = op[2], op[3] if len(op) == 4 else None
                if body == PURGE and len(op) == 3:
                    yield op[0], op[1], None, PURGE
                elif body is None or (type(body) is dict and (more is None or type(more) is list)):
                    yield op[0], op[1], body, more

    def details(self) -> dict[str, Any]:
        """Return the details of the user's step."""
        return annotation(self.record)


def lines(engine: Engine, ids: Iterable[int] | None = None) -> list[Line]:
    """Return the lines taken in that may touch a document in `ids` (None: all lines), in the order of their clocks."""
    wanted = None if ids is None else set(ids)
    needles = None if wanted is None or len(wanted) > _FEW else [b",%d," % number for number in wanted]
    found = [line for log in engine.by_index for line in _of_log(engine, log, needles)]
    found.sort(key=lambda line: line.order)
    return found


def newest(engine: Engine, count: int) -> tuple[Order | None, set[int]]:
    """Return where the newest `count` lines begin, and the documents that they touch."""
    tails = [
        ((int(record["t"], 16), log.replica, record["n"]), record)
        for log in engine.by_index
        for record in (log.records(max(log.number - count + 1, 1)) if log.number else ())
    ]
    tails = sorted(tails, key=lambda pair: pair[0])[-count:]
    ops = (op for _, record in tails for op in operations(record))
    touched = {op[1] for op in ops if names_document(op)}
    return (tails[0][0] if tails else None), touched


def _of_log(engine: Engine, log: ReplicaLog, needles: list[bytes] | None) -> Iterator[Line]:
    user = ""
    seen: Seen = {}
    previous = log.root
    for first, data in log.raw_segments():
        if needles is not None and b',"v":{' not in data and not any(needle in data for needle in needles):
            previous = stated_hash(data[:-1])
            continue  # each segment's first line names its user
        for place, raw in enumerate(data.split(b"\n")[:-1]):
            wanted = needles is None or any(needle in raw for needle in needles)
            before, previous = previous, stated_hash(raw)
            if not wanted and b',"v":{' not in raw and b',"u":"' not in raw:
                continue
            record = log.checked(raw, before, first + place)
            user = record.get("u", user)
            for replica, head in record.get("v", {}).items():
                seen[engine.logs[replica].index] = head[0]
            if wanted:
                number = first + place
                seen[log.index] = number
                yield Line(log, number, int(record["t"], 16), user, record, dict(seen))


def rebuild(engine: Engine, keys: set[Where]) -> None:
    """Put the documents `keys` into the state as all their lines make them."""
    acts: dict[Where, list[refold.Act]] = {where: [] for where in keys}
    for line in lines(engine, {key for _, key in keys}):
        dot = line.number << REPLICA_BITS | line.log.index
        for name, key, body, more in line.ops():
            if (name, key) in acts:
                seen = line.seen if body is not None else engine.state.cover(line.seen, more)
                acts[name, key].append(refold.Act(dot, seen, body, more if body is not None else None, more == PURGE))
    for where, found in acts.items():
        refold.rebuild(engine.state, where, found)
