"""What the lines of a book mean, said a second time: declaratively, slowly, and without the store's code.

A line is known by its dot (replica, number). A value stands when no line whose writer had seen it wrote over it; a
document is there when an edit of it stands that nobody who had seen it replaced. No order of lines plays a part, but
for the choice of the value that is shown.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Dot: TypeAlias = tuple[str, int]
Where: TypeAlias = tuple[str, int]
Place: TypeAlias = tuple[str, ...]


@dataclass
class Act:
    """What one line says about one document; `sets` None ends it."""

    dot: Dot
    clock: str
    seen: dict[str, int]
    sets: dict[str, Any] | None
    unsets: list[Place] = field(default_factory=list)
    purge: bool = False

    @property
    def order(self) -> tuple[str, str, int]:
        return (self.clock, *self.dot)

    def saw(self, other: Act) -> bool:
        replica, number = other.dot
        return other.dot != self.dot and self.seen.get(replica, 0) >= number

    def leaves(self) -> list[tuple[Place, Any]]:
        """Every path that the act writes, with its value; a dict is written as {} with its keys below."""
        found: list[tuple[Place, Any]] = []

        def walk(path: Place, value: Any) -> None:
            found.append((path, {} if isinstance(value, dict) else value))
            for name, inner in value.items() if isinstance(value, dict) else ():
                walk((*path, name), inner)

        for name, value in (self.sets or {}).items():
            walk((name,), value)
        return found

    def wipes(self, path: Place) -> bool:
        """Tell whether the act replaces what it saw at a path."""
        if any(path[: len(gone)] == gone for gone in self.unsets):
            return True
        return any(
            path == written or (not isinstance(value, dict) and path[: len(written)] == written)
            for written, value in self.leaves()
        )


@dataclass
class Meaning:
    """A book: documents, and the conflicts as (table, id, path) -> the values with their lines (path None: deleted)."""

    documents: dict[Where, dict[str, Any]] = field(default_factory=dict)
    conflicts: dict[tuple[str, int, Place | None], set[tuple[Dot, str]]] = field(default_factory=dict)


def lines(*folders: Path, heads: dict[str, int] | None = None) -> list[dict[str, Any]]:
    """Return the whole lines in the logs of folders (up to `heads`), each with "r" (replica) and "seen" (closed).

    Of a log that lies in several folders the longest counts: a half copied one is no truth.
    """
    longest: dict[str, list[dict[str, Any]]] = {}
    for folder in folders:
        for log in (folder / "log").iterdir():
            found = _log(log)
            if len(found) > len(longest.get(log.name, [])):
                longest[log.name] = found
    return [
        line for name in sorted(longest) for line in longest[name] if heads is None or line["n"] <= heads.get(name, 0)
    ]


def _log(log: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for segment in sorted((path for path in log.iterdir() if path.suffix == ".jsonl"), key=lambda p: int(p.stem)):
        if int(segment.stem) != len(found) + 1:
            break
        for raw in segment.read_bytes().split(b"\n")[:-1]:
            line = json.loads(raw)
            seen.update({replica: head[0] for replica, head in line.get("v", {}).items()})
            seen[log.name] = line["n"]
            found.append({**line, "r": log.name, "seen": dict(seen)})
    return found


def acts(found: Iterable[dict[str, Any]]) -> dict[Where, list[Act]]:
    """Return what lines say, by document."""
    by_document: dict[Where, list[Act]] = {}
    for line in found:
        ops = line["o"]["kept"] if isinstance(line["o"], dict) else line["o"]
        for op in ops:
            if not (isinstance(op, list) and 3 <= len(op) <= 4 and isinstance(op[0], str) and type(op[1]) is int):
                continue
            act = Act((line["r"], line["n"]), line["t"], line["seen"], None)
            more = op[3] if len(op) == 4 else None
            if isinstance(op[2], dict) and (more is None or isinstance(more, list)):
                act.sets = op[2]
                act.unsets = [(gone,) if isinstance(gone, str) else tuple(gone) for gone in more or ()]
            elif op[2] == "purge" and len(op) == 3:
                act.purge = True
            elif op[2] is not None:
                continue
            by_document.setdefault((op[0], op[1]), []).append(act)
    return by_document


def meaning(found: Iterable[dict[str, Any]]) -> Meaning:
    """Return what a set of lines means, whatever their order."""
    result = Meaning()
    for where, story in acts(found).items():
        _document(result, where, story)
    return result


def _document(result: Meaning, where: Where, story: list[Act]) -> None:
    purges = [act for act in story if act.purge]  # what did not see every purge is void
    story = [act for act in story if act.sets is None or all(act.saw(purge) for purge in purges)]
    last = [act for act in story if not any(other.saw(act) for other in story)]
    if not any(act.sets is not None for act in last):
        return
    births = [act for act in story if act.sets is not None and not _alive([o for o in story if act.saw(o)])]
    standing: dict[Place, list[tuple[Act, Any]]] = {}
    for act in story:
        for path, value in act.leaves():
            if not any(o.saw(act) and (o in births or o.wipes(path)) for o in story):
                standing.setdefault(path, []).append((act, value))
    for values in standing.values():
        values.sort(key=lambda pair: pair[0].order, reverse=True)
    result.documents[where] = _shown((), standing)
    for path, values in standing.items():
        texts = {json.dumps(value, sort_keys=True) for _, value in values}
        if len(texts) > 1:
            found = {(act.dot, "{}" if isinstance(value, dict) else json.dumps(value)) for act, value in values}
            result.conflicts[*where, path] = found
    if any(act.sets is None for act in last):
        result.conflicts[*where, None] = {(act.dot, "alive" if act.sets is not None else "ended") for act in last}


def _alive(story: list[Act]) -> bool:
    return any(act.sets is not None and not any(other.saw(act) for other in story) for act in story)


def _shown(prefix: Place, standing: dict[Place, list[tuple[Act, Any]]]) -> dict[str, Any]:
    depth = len(prefix)
    node: dict[str, Any] = {}
    for name in {path[depth] for path in standing if len(path) > depth and path[:depth] == prefix}:
        values = standing.get((*prefix, name))
        if values is None or isinstance(values[0][1], dict):
            node[name] = _shown((*prefix, name), standing)
        else:
            node[name] = values[0][1]
    return node
