"""Putting right what a crash or a bad disk left: bytes taken out of use are always kept in a file beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.store.clock import wall_text
from coordinator_tui.store.ids import new_replica

if TYPE_CHECKING:
    from coordinator_tui.store.engine import Engine
    from coordinator_tui.store.log import ReplicaLog

ASIDE = "set-aside"


def set_aside(engine: Engine, name: str, data: bytes) -> str:
    """Keep bytes that are taken out of use in a file beside; returns its path in the store's folder."""
    stamp = wall_text(engine.clock.now_ms()).replace(":", "").replace("-", "")
    place = f"{ASIDE}/{stamp}-{new_replica()[:4]}-{name.replace('/', '_')}"
    engine.files.mkdir(str(engine.folder / ASIDE))
    engine.files.replace(str(engine.folder / place), data)
    return place


def mend_tail(engine: Engine, own: ReplicaLog) -> None:
    """Set aside what is unfinished at the end of our own log: it was never acknowledged. The lock is held."""
    damage = own.damage
    if damage is None:
        return
    if not damage.torn:
        raise damage.error()
    path = str(engine.folder / damage.file)
    torn = engine.files.read_bytes(path, damage.offset)
    kept = set_aside(engine, damage.file, torn)
    fd = engine.files.open_append(path)
    try:
        engine.files.ftruncate(fd, damage.offset)
        engine.files.fdatasync(fd)
    finally:
        engine.files.close(fd)
    own.damage = None
    text = "{file} ended in an unfinished line, which was not yet saved; its {size} bytes are kept as {kept}."
    engine.warn("torn", kept, text, file=damage.file, size=len(torn), kept=kept)


def cut(engine: Engine, log: ReplicaLog) -> list[str]:
    """Keep the readable part of a damaged log in place, and everything after it aside; returns the files kept."""
    damage = log.damage
    assert damage is not None
    kept: list[str] = []
    for first in reversed(log.segments()):
        path = log.path(first)
        data = engine.files.read_bytes(path)
        if first > log.segment:
            kept.append(set_aside(engine, f"log/{log.replica}/{first}.jsonl", data))
            engine.files.unlink(path)
        elif first == log.segment:
            kept.append(set_aside(engine, f"log/{log.replica}/{first}.jsonl", data))
            engine.files.replace(path, data[: damage.offset])
    engine.files.fsync_dir(log.folder)
    log.damage = None
    return kept
