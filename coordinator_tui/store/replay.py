"""Documents line by line: what each line found and left, for undo and history.

Values follow the order of the clocks, as the book showed them; where lines did not see each other, the later clock
wins, which is also what the merged state shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coordinator_tui.store.leaves import plain
from coordinator_tui.store.state import PURGE

if TYPE_CHECKING:
    from coordinator_tui.store.scan import Line
    from coordinator_tui.store.state import Where

Origin = dict[
    str, tuple[str, int]
]  # field -> (replica, number) of the line that its value comes from, undone lines apart


@dataclass(slots=True)
class Moment:
    """A document before and after one of our own lines; None is a document that is not there."""

    before: dict[str, Any] | None
    after: dict[str, Any] | None
    origin_before: Origin
    origin_after: Origin


@dataclass(slots=True)
class Life:
    """A document while lines are played."""

    value: dict[str, Any] | None = None
    origin: Origin = field(default_factory=dict)
    moments: dict[int, Moment] = field(default_factory=dict)


class Replay:
    """Plays lines in the order of their clocks; keeps the moments of the replica `own`."""

    def __init__(self, own: str) -> None:
        self.own = own
        self.documents: dict[Where, Life] = {}

    def touched_by(self, number: int) -> list[Where]:
        """Return the documents that our line `number` touched."""
        return [where for where, life in self.documents.items() if number in life.moments]

    def play(self, line: Line) -> None:
        """Apply one line."""
        own = line.log.replica == self.own
        undoes = line.record.get("z") if own else None
        redoes = line.record.get("y") if own else None
        source = (line.log.replica, line.number)
        for name, key, body, more in line.ops():
            life = self.documents.setdefault((name, key), Life())
            if more == PURGE:
                life.moments.clear()  # nothing from before it comes back
            before, origin = life.value, life.origin
            life.value = applied(before, body, more)
            turned = life.moments.get(undoes or redoes or 0)
            life.origin = self._origin(before, life, source, turned, redo=redoes is not None)
            if own:
                earlier = life.moments.get(line.number)
                life.moments[line.number] = Moment(
                    earlier.before if earlier else before,
                    life.value,
                    earlier.origin_before if earlier else origin,
                    life.origin,
                )

    @staticmethod
    def _origin(
        before: dict[str, Any] | None, life: Life, source: tuple[str, int], turned: Moment | None, *, redo: bool
    ) -> Origin:
        """Return where each field comes from now; an undone step gives back the origins that it had found."""
        given = {} if turned is None else turned.origin_after if redo else turned.origin_before
        origin: Origin = {}
        for name, value in (life.value or {}).items():
            if before is not None and name in before and before[name] is value:
                origin[name] = life.origin.get(name, source)
            else:
                origin[name] = given.get(name, source)
        return origin


def applied(before: dict[str, Any] | None, body: dict[str, Any] | None, unset: object) -> dict[str, Any] | None:
    """Return a document after one operation, as a new dict; untouched values are the same objects."""
    if body is None:
        return None
    after = dict(before or {})
    for path in unset if isinstance(unset, list) else ():
        _remove(after, path)
    for name, value in body.items():
        after[name] = _joined(after.get(name), value)
    return after


def _remove(after: dict[str, Any], path: object) -> None:
    if isinstance(path, str):
        after.pop(path, None)
    elif isinstance(path, list) and path and path[0] in after:
        node = after[path[0]] = plain(after[path[0]])
        for name in path[1:-1]:
            node = node.get(name) if isinstance(node, dict) else None
        if isinstance(node, dict) and len(path) > 1:
            node.pop(path[-1], None)


def _joined(old: object, new: object) -> object:
    """Return `new` put onto `old`: dicts key by key."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    joined = dict(old)
    for name, value in new.items():
        joined[name] = _joined(old.get(name), value)
    return joined
