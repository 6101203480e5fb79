"""data.json: the merged documents as an exact TinyDB file, one per line, with the place in the logs they stand for.

It is derived: it may be deleted, and whatever in it does not fit the logs gives way to them.
"""

from __future__ import annotations

import base64
import zlib
from typing import TYPE_CHECKING, Any

import orjson

from coordinator_tui.store import dots
from coordinator_tui.store.leaves import REPLICA_MASK
from coordinator_tui.store.line import FORMAT, digest_of
from coordinator_tui.store.log import ReplicaLog
from coordinator_tui.store.unread import Unread, ids_of

if TYPE_CHECKING:
    from coordinator_tui.store.engine import Engine
    from coordinator_tui.store.leaves import Over
    from coordinator_tui.store.state import Table

_SYNC = b'"_sync":'
_FIRST, _NAMED, _LAST = b"{\n", b":{\n", b"\n},\n"  # what stands before all tables, before and after the lines of one


def dump(engine: Engine) -> bytes:
    """Return data.json for the present state."""
    parts = [_FIRST]
    tables = {name: table for name, table in engine.state.tables.items() if name != "_sync"}
    for name, table in tables.items():
        if not table.empty:
            parts += [orjson.dumps(name), _NAMED, _rows(table), _LAST]
    body = b"".join(parts)
    sync = {
        "format": FORMAT,
        "content": digest_of(body).hex(),
        "clock": f"{engine.clock.latest:016x}",
        "heads": {log.replica: _head(engine, log) for log in engine.by_index},
        "unknown": engine.state.unknown,
        "purged": [[*where, *asked] for where, asked in engine.state.purged.items()],
        "forgotten": [[*where, *asked] for where, asked in engine.state.forgotten.items()],
        "tables": {name: _table(table) for name, table in tables.items() if table.graves or not table.empty},
    }
    return b'%b"_sync":{"1":%b}\n}\n' % (body, orjson.dumps({**sync, "check": _check(sync)}))


def _rows(table: Table) -> bytes:
    if table.unread is not None:
        return table.unread.rows
    return b",\n".join([b'"%d":%b' % (key, orjson.dumps(doc)) for key, doc in table.docs.items()])


def _check(sync: dict[str, Any]) -> str:
    """Return the hash of our record, which no editor of documents changes; the order of its parts counts."""
    return digest_of(orjson.dumps({name: part for name, part in sync.items() if name != "check"})).hex()


def _head(engine: Engine, log: ReplicaLog) -> list[Any]:
    seen = {engine.by_index[index].replica: number for index, number in log.seen.items() if index != log.index}
    return [log.number, log.digest.hex(), log.segment, log.offset, log.user, seen]


def _table(table: Table) -> dict[str, Any]:
    """Return what is known about a table's documents: `base` as packed dots, the rest as deflated JSON."""
    packed = _base(table)
    more = {
        "over": [[key, list(over.items())] for key, over in table.over.items()],
        "graves": sorted(table.graves),
        "contested": list(table.contested.items()),
        "split": sorted(table.split),
    }
    if any(more.values()):
        packed["more"] = base64.b64encode(zlib.compress(orjson.dumps(more), 6)).decode()
    return packed


def _base(table: Table) -> dict[str, Any]:
    if table.unread is not None:
        return {"base": table.unread.base, "tops": table.unread.tops}
    base = list(map(table.base.__getitem__, table.docs))
    return {"base": dots.pack(base), "tops": dots.tops(base, REPLICA_MASK)}


def untouched(raw: bytes) -> bool:
    """Tell whether data.json's documents are as a store wrote them."""
    place = raw.rfind(_SYNC)
    return place > 0 and f'"content":"{digest_of(memoryview(raw)[:place]).hex()}"'.encode() in raw[place:]


def as_written(raw: bytes) -> dict[str, Any] | None:
    """Return data.json with the rows of its tables unparsed; None unless every byte is as a store wrote it."""
    place = raw.rfind(_SYNC)
    if not raw.startswith(_FIRST) or not untouched(raw):
        return None
    data = parse(b"{%b" % raw[place:])
    sync = sync_of(data) if data is not None else None
    if data is None or sync is None:
        return None
    start = len(_FIRST)
    while (end := raw.find(_LAST, start, place)) >= 0:
        rows = raw.find(_NAMED, start, end) + len(_NAMED)
        name = parse_name(raw[start : rows - len(_NAMED)])
        if name not in sync["tables"] or name in data:
            return None
        data[name] = raw[rows:end]
        start = end + len(_LAST)
    return data if start == place else None


def parse(raw: bytes) -> dict[str, Any] | None:
    """Return data.json parsed, or None when it is not JSON or not in the form of TinyDB."""
    try:
        data = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
    return data if isinstance(data, dict) and all(isinstance(table, dict) for table in data.values()) else None


def parse_name(raw: bytes) -> str:
    """Return a table's name; "" when it is none."""
    try:
        name = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return ""
    return name if isinstance(name, str) else ""


def sync_of(data: dict[str, Any]) -> dict[str, Any] | None:
    """Return the store's own record inside data.json, or None when it is not there or not ours."""
    if not is_ours(data):
        return None
    sync: dict[str, Any] = data["_sync"]["1"]
    return sync if sync.get("check") == _check(sync) else None


def is_ours(data: dict[str, Any]) -> bool:
    """Tell whether data.json has a record of ours, be it damaged."""
    sync = data.get("_sync", {}).get("1")
    return isinstance(sync, dict) and sync.get("format") == FORMAT


def heads_fit(engine: Engine, sync: dict[str, Any]) -> bool:
    """Tell whether the logs on disk still hold the lines that data.json stands for (a purge may have moved them)."""
    try:
        return all(_fits(engine, replica, *head[:4]) for replica, head in sync["heads"].items())
    except (TypeError, ValueError):
        return False


def _fits(engine: Engine, replica: str, number: int, digest: str, *place: int) -> bool:
    segment, offset = place
    log = ReplicaLog(engine.files, engine.folder / "log" / replica, replica, 0, bytes.fromhex(digest))
    log.number, log.segment, log.offset = number, segment, offset
    return number == 0 or log.stands() or log.locate()


def load(engine: Engine, data: dict[str, Any], sync: dict[str, Any]) -> None:
    """Make a new engine stand where data.json stands; raises ValueError, KeyError or TypeError when it cannot.

    Tables in `data` are parsed, or the bytes of their rows.
    """
    for replica, (number, digest, segment, offset, user, _) in sync["heads"].items():
        log = engine.log(replica)
        log.number = log.since = number
        log.digest, log.segment, log.offset, log.user = bytes.fromhex(digest), segment, offset, user
        if number and not log.stands():
            log.locate()
        engine.state.heads[log.index] = number
    for replica, head in sync["heads"].items():
        log = engine.logs[replica]
        log.seen = {engine.logs[other].index: number for other, number in head[5].items()} | {log.index: head[0]}
    engine.state.unknown = sync["unknown"]
    engine.state.purged = {(name, key): tuple(asked) for name, key, *asked in sync["purged"]}
    engine.state.forgotten = {
        (name, key): tuple((dot, tuple(fields)) for dot, fields in asked) for name, key, *asked in sync["forgotten"]
    }
    engine.clock.saw(int(sync["clock"], 16))
    for name, packed in sync["tables"].items():
        _load_table(engine.state.table(name), data.get(name, {}), packed)


def _load_table(table: Table, docs: dict[str, Any] | bytes, packed: dict[str, Any]) -> None:
    if isinstance(docs, bytes):
        table.unread = Unread(docs, packed["base"], packed["tops"])
    else:
        ids = ids_of(docs)
        table.docs.update(zip(ids, docs.values(), strict=True))
        table.base.load(packed["base"], ids, packed["tops"])
    if "more" in packed:
        more = orjson.loads(zlib.decompress(base64.b64decode(packed["more"])))
        table.over = {key: _over(pairs) for key, pairs in more["over"]}
        table.graves = set(more["graves"])
        table.contested = {key: tuple(found) for key, found in more["contested"]}
        table.split = set(more["split"])


def _over(pairs: list[list[Any]]) -> Over:
    over: Over = {}
    for key, known in pairs:
        path = tuple(key) if isinstance(key, list) else key
        over[path] = [tuple(s) if isinstance(s, list) else s for s in known] if isinstance(known, list) else known
    return over
