"""The reference meaning of a document: a function of all lines that touch it, slow and plain.

Every line that touches a document either lets it live or ends it, and replaces what its writer had seen of that. The
document is there while some line that lets it live has not been replaced; lines that ended it and have not been
replaced either are the conflict "deleted there, edited here". An ending takes no values away, so that a document that
lives on is whole; but an edit whose writer saw the document dead begins a new life, without the values that its
writer had seen. A purge ends the document and all that was written by those who had not seen the purge: whether
their owners have taken it out of their logs yet or not, it means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coordinator_tui.store import leaves as tree
from coordinator_tui.store.state import Seen, State, Where, covers, edit

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(slots=True)
class Act:
    """One operation on the document: its line, what its writer had seen, its content (None ends the document)."""

    dot: int
    seen: Seen
    body: dict[str, Any] | None
    unset: list[Any] | None
    purge: bool = False

    def sees(self, dot: int) -> bool:
        """Tell whether the writer had seen a line, or wrote it."""
        return dot == self.dot or covers(self.seen, dot)


def rebuild(state: State, where: Where, acts: list[Act]) -> None:
    """Put a document into the state as `acts` (in the order of their clocks) make it."""
    name, key = where
    purges = [act.dot for act in acts if act.purge]
    acts = [act for act in acts if act.body is None or all(act.sees(dot) for dot in purges)]
    table = state.table(name)
    table.forget(key)
    if any(act.body is None for act in acts):
        table.graves.add(key)
    last = standing(acts)
    lives = [act.dot for act in last if act.body is not None]
    if not lives:
        return
    found = _leaves(acts)
    base = max(act.dot for act in acts if act.body is not None)
    doc, over, split = tree.build(found, state.order, base)
    over[None] = lives[0] if len(lives) == 1 else lives
    table.docs[key], table.base[key], table.over[key] = doc, base, over
    if split:
        table.split.add(key)
    ended = tuple(act.dot for act in last if act.body is None)
    if ended:
        table.contested[key] = ended


def standing(acts: Sequence[Act]) -> list[Act]:
    """Return the acts that no other act has replaced; of one line's acts the last."""
    last: list[Act] = []
    for act in acts:
        last = [other for other in last if not act.sees(other.dot)]
        last.append(act)
    return last


def _leaves(acts: list[Act]) -> tree.Leaves:
    found: tree.Leaves = {}
    for place, act in enumerate(acts):
        view = [other for other in acts[:place] if act.sees(other.dot)]
        if act.body is not None and not any(other.body is not None for other in standing(view)):
            for path in list(found):
                if path in found:
                    tree.erase(found, path, act.sees)
        if act.body is not None:
            edit(found, act.body, act.unset, act.dot, act.sees)
    return found
