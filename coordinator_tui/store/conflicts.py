"""Values written for one field, none of whose writers had seen the other: listed for people, and settled by them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coordinator_tui.store.clock import wall_time
from coordinator_tui.store.leaves import REPLICA_BITS, REPLICA_MASK, differ

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from coordinator_tui.store.engine import Engine
    from coordinator_tui.store.state import Table
    from coordinator_tui.store.store import Store


@dataclass(frozen=True, slots=True)
class Sibling:
    """One of the values of a conflict and who wrote it when; `deleted` marks a deletion, which has no value."""

    value: Any
    by: str
    replica: str
    at: datetime
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field with several values, the shown one first; field None: the document was deleted there and edited here."""

    id: str
    table: str
    document: int
    field: str | None  # the top-level field
    values: list[Sibling]
    path: tuple[str, ...] = ()  # the whole path, when the field is inside a dict


def find(engine: Engine) -> list[Conflict]:
    """Return all conflicts, ordered by table, document and field."""
    found: list[Conflict] = []
    for name, table in sorted(engine.state.tables.items()):
        for key in sorted(table.split | set(table.contested)):
            found.extend(_of_document(engine, name, table, key))
    return found


def _of_document(engine: Engine, name: str, table: Table, key: int) -> Iterator[Conflict]:
    over = table.over.get(key, {})
    if key in table.contested:
        alive = over.get(None, table.base[key])
        lives = sorted([alive] if isinstance(alive, int) else alive, key=engine.state.order, reverse=True)
        ended = sorted(table.contested[key], key=engine.state.order, reverse=True)
        whole = _ordered(table.docs[key])
        values = [_sibling(engine, dot, whole) for dot in lives]
        values += [_sibling(engine, dot, None, deleted=True) for dot in ended]
        yield Conflict(f"{name}/{key}", name, key, None, values)
    several = [((k,) if isinstance(k, str) else k, s) for k, s in over.items() if k is not None and type(s) is list]
    for path, siblings in sorted(several, key=lambda pair: pair[0]):
        if differ(siblings):
            shown = _at(table.docs[key], path)
            values = [
                _sibling(engine, dot, shown if value == {} and isinstance(shown, dict) else value)
                for dot, value in siblings
            ]
            yield Conflict(f"{name}/{key}/{'/'.join(path)}", name, key, path[0], values, path)


def _at(value: Any, path: tuple[str, ...]) -> Any:  # noqa: ANN401 - any JSON value
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _ordered(value: object) -> Any:  # noqa: ANN401 - any JSON value
    """Return a copy of a value with keys in order, so that every machine lists the very same conflicts."""
    if isinstance(value, dict):
        return {name: _ordered(inner) for name, inner in sorted(value.items())}
    return [_ordered(inner) for inner in value] if isinstance(value, list) else value


def _sibling(engine: Engine, dot: int, value: object, *, deleted: bool = False) -> Sibling:
    log = engine.by_index[dot & REPLICA_MASK]
    number = dot >> REPLICA_BITS
    record = log.record(number) or {"t": "0"}
    at = wall_time(int(record["t"], 16), record.get("w"))
    return Sibling(_ordered(value), log.user_at(number), log.replica, at, deleted)


def resolve(store: Store, conflict: Conflict, value: object) -> None:
    """Write the value that a person chose, having seen all of them."""
    with store.transaction("resolve", field=conflict.field) as work:
        if work.document(conflict.table, conflict.document) is None:
            return
        if conflict.field is None:
            if value is False:
                work.delete(conflict.table, conflict.document)
            else:
                work.more.append([conflict.table, conflict.document, {}])
            return
        for name in reversed(conflict.path):
            value = {name: value}
        work.more.append([conflict.table, conflict.document, value])
