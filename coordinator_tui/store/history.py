"""Who changed what, when, from what to what: the log read as a list of changes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from coordinator_tui.store import scan
from coordinator_tui.store.clock import wall_time
from coordinator_tui.store.leaves import same
from coordinator_tui.store.replay import applied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from coordinator_tui.store.engine import Engine
    from coordinator_tui.store.state import Where


class Missing(Enum):
    """The value of a field that is not there, which is not null."""

    MISSING = "missing"

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing.MISSING


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one document changed by one line; field None: the whole document was deleted (or made empty)."""

    at: datetime  # aware, UTC; by the wall clock of the writer
    by: str
    replica: str
    n: int
    table: str
    id: int
    field: str | None
    before: Any
    after: Any
    step: str
    details: dict[str, Any]
    turn: str = ""  # "undo" or "redo" where the line took a step back or did it again


def changes(engine: Engine, table: str | None, key: int | None, limit: int | None) -> list[Change]:
    """Return the changes of the book, a table or a document, newest first."""
    wanted = None if key is None else {key}
    since = None
    if limit is not None and wanted is None and table is None:
        since, wanted = scan.newest(engine, limit)
    found = _replayed(scan.lines(engine, wanted), table, key, since)
    if since is not None and len(found) < (limit or 0):
        found = _replayed(scan.lines(engine), table, key, None)  # some lines had changed nothing
    found.reverse()
    return found[:limit]


def _replayed(lines: list[scan.Line], table: str | None, key: int | None, since: scan.Order | None) -> list[Change]:
    """Return the changes that lines made, oldest first; of lines before `since` only the values are followed."""
    found: list[Change] = []
    values: dict[Where, dict[str, Any] | None] = {}
    for line in lines:
        told = since is None or line.order >= since
        details = line.details() if told else {}
        for name, number, body, more in line.ops():
            if (table is None or name == table) and (key is None or number == key):
                before = values.get((name, number))
                after = values[name, number] = applied(before, body, more)
                if told:
                    found.extend(_compare(line, (name, number), before, after, details))
    return found


def _compare(
    line: scan.Line,
    where: Where,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    details: dict[str, Any],
) -> Iterator[Change]:
    def change(field: str | None, old: object, new: object) -> Change:
        at = wall_time(line.reading, line.record.get("w"))
        return Change(
            at, line.user, line.log.replica, line.number, *where, field, old, new, line.step, details, _turn(line)
        )

    if after is None:
        if before is not None:
            yield change(None, before, MISSING)
        return
    if before is None and not after:
        yield change(None, MISSING, {})
    old = before or {}
    for field in [*after, *(name for name in old if name not in after)]:
        was, now = old.get(field, MISSING), after.get(field, MISSING)
        if not same(was, now):
            yield change(field, was, now)


def _turn(line: scan.Line) -> str:
    return "redo" if "y" in line.record else "undo" if line.record.get("z") else ""
