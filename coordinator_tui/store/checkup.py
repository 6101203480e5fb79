"""Looking a book over: every byte of the logs, and whether data.json says the same; and putting right what can be."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from coordinator_tui.store import mending, snapshot
from coordinator_tui.store.clock import Clock
from coordinator_tui.store.engine import Engine, Header
from coordinator_tui.store.errors import LostLogs, NewerFormat, NotAStore
from coordinator_tui.store.files import FileLayer
from coordinator_tui.store.handedit import recorded
from coordinator_tui.store.line import FORMAT, BadLine, Record, decode, operations, stated_hash
from coordinator_tui.store.store import Store, read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordinator_tui.store.log import ReplicaLog

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; `template` with `fields` is the English sentence, `code` is stable."""

    severity: Severity
    code: str
    template: str
    fields: dict[str, object] = field(default_factory=dict)
    where: tuple[str, int] | None = None  # file in the store's folder, line
    readable_until: int | None = None  # lines of that log that can be read

    def __str__(self) -> str:
        return self.template.format(**self.fields)


def doctor(folder: Path, *, repair: bool = False) -> list[Finding]:
    """Check a book; with `repair` set aside what is damaged and keep the readable part. Never raises for damage."""
    folder = Path(folder)
    files = FileLayer()
    try:
        manifest = read_manifest(folder, files)
    except (NotAStore, NewerFormat) as error:
        return [Finding("error", error.code, error.template, error.fields, ("store.json", 1))]
    if manifest["format"] > FORMAT:
        fields = {"folder": str(folder), "found": manifest["format"], "known": FORMAT}
        return [Finding("error", NewerFormat.code, NewerFormat.template, fields, ("store.json", 1))]
    engine = Engine(folder, manifest["store"], files, Clock())
    engine.take_in()
    findings = [*_logs(engine), *_data(engine), *_strays(engine)]
    lost = any(found.code == LostLogs.code for found in findings)
    if repair and not lost and any(found.severity != "note" for found in findings):
        findings += _repair(folder, engine)
    engine.close()
    return findings


def _logs(engine: Engine) -> Iterator[Finding]:
    for log in sorted(engine.by_index, key=lambda log: log.replica):
        damage = log.damage
        if damage is not None:
            text = "{file}, line {line}: {reason}; the {readable} lines of this log before it are whole."
            fields = {"file": damage.file, "line": damage.line, "reason": damage.reason, "readable": damage.readable}
            code, severity = ("torn", "warning") if damage.torn else ("damaged", "error")
            where = (damage.file, damage.line)
            yield Finding(severity, code, text, fields, where, damage.readable)  # type: ignore[arg-type] # one of two literals
        elif log.blocked:
            text = "{count} lines of {replica} wait for lines of other replicas that are not in the folder yet."
            yield Finding("warning", "waiting", text, {"count": log.waiting(), "replica": log.replica})
        elif later := [first for first in log.segments() if first > log.number + 1]:
            text = "log/{replica}: the lines {first} to {last} are missing, later ones wait for them."
            fields = {"replica": log.replica, "first": log.number + 1, "last": later[0] - 1}
            yield Finding("error", "gap", text, fields, (f"log/{log.replica}", 1), log.number)
    for warning in engine.warnings:
        yield Finding("error" if warning.code == "fork" else "warning", warning.code, warning.template, warning.fields)


def _data(engine: Engine) -> Iterator[Finding]:
    where = ("data.json", 1)
    try:
        raw = engine.files.read_bytes(str(engine.folder / "data.json"))
    except FileNotFoundError:
        text = "There is no data.json; it is made from the logs when the book is closed."
        yield Finding("note", "no-data", text, {}, where)
        return
    data = snapshot.parse(raw)
    sync = snapshot.sync_of(data) if data is not None else None
    if data is None or sync is None:
        text = "data.json cannot be read; the book is made from the logs, nothing is lost."
        yield Finding("warning", "data-unreadable", text, {}, where)
    elif not engine.by_index and (lines := sum(head[0] for head in sync["heads"].values())):
        fields = {"folder": str(engine.folder), "lines": lines}
        yield Finding("error", LostLogs.code, LostLogs.template, fields, ("log", 1))
    elif not snapshot.heads_fit(engine, sync):
        text = "data.json was made from lines that the logs here do not hold; a copy is kept when the book is opened."
        yield Finding("warning", "data-ahead", text, {}, where)
    elif not snapshot.untouched(raw):
        text = "data.json was edited by hand; the changes are taken over when the book is opened."
        yield Finding("note", "hand-edit", text, {}, where)
    else:
        yield from _compare(engine, data, sync)


def _compare(engine: Engine, data: dict[str, Any], sync: dict[str, Any]) -> Iterator[Finding]:
    truth = recorded(engine, sync)
    for name in sorted((set(truth) | set(data)) - {"_sync"}):
        shown = {int(key): doc for key, doc in data.get(name, {}).items() if key.lstrip("-").isdecimal()}
        wrong = [key for key in set(shown) | set(truth.get(name, {})) if shown.get(key) != truth.get(name, {}).get(key)]
        if wrong:
            text = "data.json differs from the logs in {count} documents of table {table}; the logs count."
            yield Finding("error", "data-differs", text, {"count": len(wrong), "table": name}, ("data.json", 1))


def _strays(engine: Engine) -> Iterator[Finding]:
    for path in sorted(engine.folder.rglob("*")):
        name = path.relative_to(engine.folder).as_posix()
        if name.startswith(f"{mending.ASIDE}/"):
            yield Finding("note", "set-aside", "{file} keeps bytes that were taken out of use.", {"file": name})
        elif path.is_file() and not _known(name):
            text = "{file} does not belong to the book; it is left alone."
            yield Finding("note", "stray", text, {"file": name})


def _known(name: str) -> bool:
    parts = name.split("/")
    if len(parts) == 3 and parts[0] == "log":
        return parts[2].removesuffix(".jsonl").isdecimal()
    return name in ("store.json", "data.json", "lock")


def _repair(folder: Path, engine: Engine) -> list[Finding]:
    """Cut damaged logs at the damage, say again what can still be read after it, and make data.json anew."""
    done: list[Finding] = []
    rescued: list[Any] = []
    with engine.locked():
        _unreadable_data(engine, done)
        for log in engine.by_index:
            if log.damage is None:
                continue
            after = [] if log.damage.torn or _others_know(engine, log) else _after(engine, log)
            rescued += after
            fields = {"file": log.damage.file, "kept": ", ".join(mending.cut(engine, log)), "count": len(after)}
            text = "{file} was cut at the damage; everything from there is kept as {kept}."
            if after:
                text = "{file} was cut at the damage and kept as {kept}; {count} changes after it were said again."
            done.append(Finding("note", "repaired", text, fields, (str(fields["file"]), 1)))
    with Store.open(folder, user="doctor") as store:
        if rescued:
            with store.exclusive():
                store.append(rescued, Header("doctor", "repair", {"z": 0}))
        store.compact()
    return done


def _unreadable_data(engine: Engine, done: list[Finding]) -> None:
    path = str(engine.folder / "data.json")
    try:
        raw = engine.files.read_bytes(path)
    except FileNotFoundError:
        return
    data = snapshot.parse(raw)
    sync = snapshot.sync_of(data) if data is not None else None
    if data is None or sync is None or any(f.severity != "note" for f in _compare_if_fits(engine, raw, data, sync)):
        kept = mending.set_aside(engine, "data.json", raw)
        engine.files.unlink(path)
        text = "data.json was made anew from the logs; the old one is kept as {kept}."
        done.append(Finding("note", "repaired", text, {"kept": kept}, ("data.json", 1)))


def _compare_if_fits(engine: Engine, raw: bytes, data: dict[str, Any], sync: dict[str, Any]) -> list[Finding]:
    if snapshot.untouched(raw) and snapshot.heads_fit(engine, sync):
        return list(_compare(engine, data, sync))
    return []


def _others_know(engine: Engine, log: ReplicaLog) -> bool:
    """Tell whether others saw lines after the damage: then a whole copy of the log is somewhere, and will come."""
    return any(other is not log and other.blocked for other in engine.by_index)


def _after(engine: Engine, log: ReplicaLog) -> list[Any]:
    """Return the operations of the lines after the damage that fit the hash of the line before them."""
    ops: list[Any] = []
    previous = b""
    for first in log.segments():
        if first < log.segment:
            continue
        data = engine.files.read_bytes(log.path(first))
        start = log.offset if first == log.segment else 0
        for raw in data[start:].split(b"\n"):
            record = _fitting(raw, previous)
            if record is not None:
                ops += [op for op in operations(record) if type(op) is list and len(op) >= 3]
            previous = stated_hash(raw)
    return ops


def _fitting(raw: bytes, previous: bytes) -> Record | None:
    try:
        return decode(raw, previous)[0] if previous else None
    except BadLine:
        return None
