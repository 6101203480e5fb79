"""The reference meaning of a document: a function of all lines that touch it, slow and plain.

A deletion is void when some edit and it did not see each other; a void deletion removes nothing, but as long as no later
line has seen both, the document is flagged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from coordinator_tui.store import leaves as tree
from coordinator_tui.store.leaves import REPLICA_MASK
from coordinator_tui.store.state import Seen, State, Where, covers, edit


@dataclass(slots=True)
class Act:
    """One operation on the document: its line, what its writer had seen (for a deletion: what it covers), its content."""

    dot: int
    seen: Seen
    body: dict[str, Any] | None  # None deletes
    unset: list[Any] | None
    purge: bool = False  # a deletion that is never void


def rebuild(state: State, where: Where, acts: list[Act]) -> None:
    """Put a document into the state as `acts` (in the order of their clocks) make it."""
    name, key = where
    table = state.table(name)
    edits = [act for act in acts if act.body is not None]
    found: tree.Leaves = {}
    alive: list[tuple[int, bool]] = []
    base = 0
    for act in acts:
        alive = [(dot, lives) for dot, lives in alive if not _sees(act, dot)]
        alive.append((act.dot, act.body is not None))
        if act.body is not None:
            base = act.dot
            edit(found, act.body, act.unset, act.dot, _reader(act))
        elif act.purge or all(_sees(act, other.dot) or covers(other.seen, act.dot) for other in edits):
            for path in list(found):
                tree.erase(found, path, _reader(act))
    deletions = [act.dot for act in acts if act.body is None]
    lives = [dot for dot, living in alive if living]
    table.docs.pop(key, None)
    table.contested.pop(key, None)
    table.over.pop(key, None)
    table.split.discard(key)
    if deletions:
        table.graves[key] = tuple({dot & REPLICA_MASK: dot for dot in sorted(deletions)}.values())
    if not lives:
        table.base.pop(key, None)
        return
    doc, over, split = tree.build(found, state.order, base)
    over[None] = lives[0] if len(lives) == 1 else lives
    table.docs[key] = doc
    table.base[key] = base
    table.over[key] = over
    if split:
        table.split.add(key)
    ended = tuple(dot for dot, living in alive if not living)
    if ended:
        table.contested[key] = ended


def _sees(act: Act, dot: int) -> bool:
    return dot == act.dot or covers(act.seen, dot)


def _reader(act: Act) -> tree.Covers:
    return lambda dot: _sees(act, dot)
