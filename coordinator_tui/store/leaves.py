"""A document as the set of its written values: the general, slow form of merging.

Leaves map a path (tuple of keys) to the values written there that no later line has replaced; each is a pair (dot,
value). A dot names the line: number << 12 | index of the replica; dot 0 stands for the line that the whole document
came from. A dict at a path is a leaf `{}` plus the leaves below it, so dicts merge by key and lists are atomic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Path: TypeAlias = "tuple[str, ...]"
Key: TypeAlias = (
    "str | Path | None"  # how `over` names a path: a top-level field by its name, None = the document's presence
)
Sibling: TypeAlias = "tuple[int, Any]"
Leaves: TypeAlias = "dict[Path, list[Sibling]]"
Over: TypeAlias = "dict[Key, Any]"  # int dot; list of siblings; for None an int dot or list of dots
Covers: TypeAlias = "Callable[[int], bool]"
Order: TypeAlias = "Callable[[int], Any]"

REPLICA_BITS = 12
REPLICA_MASK = (1 << REPLICA_BITS) - 1


def key_of(path: Path) -> Key:
    """Return how `over` names a path."""
    return path[0] if len(path) == 1 else path


def expand(doc: dict[str, Any], over: Over) -> Leaves:
    """Return the leaves of a shown document and what is known about its fields."""
    leaves: Leaves = {}
    for key, known in over.items():
        if key is not None and type(known) is list:
            leaves[(key,) if isinstance(key, str) else key] = list(known)
    _walk(doc, (), over, leaves)
    return leaves


def _walk(node: dict[str, Any], prefix: Path, over: Over, leaves: Leaves) -> None:
    for name, value in node.items():
        path = (*prefix, name)
        nested = type(value) is dict
        if path not in leaves:
            dot = over.get(key_of(path), 0)
            leaves[path] = [(dot, {} if nested else value)]
        if nested:
            _walk(value, path, over, leaves)


def write(leaves: Leaves, path: Path, value: object, dot: int, covers: Covers) -> None:
    """Put one value at a path, replacing what the writer had seen there."""
    if type(value) is dict:
        leaves[path] = [*(s for s in leaves.get(path, ()) if not covers(s[0])), (dot, {})]
        for name, inner in value.items():
            write(leaves, (*path, name), inner, dot, covers)
        return
    erase(leaves, path, covers)
    leaves[path] = [*leaves.get(path, ()), (dot, value)]


def erase(leaves: Leaves, path: Path, covers: Covers) -> None:
    """Remove what the writer had seen at a path and below it."""
    depth = len(path)
    for other in [p for p in leaves if p[:depth] == path]:
        rest = [s for s in leaves[other] if not covers(s[0])]
        if rest:
            leaves[other] = rest
        else:
            del leaves[other]


def build(leaves: Leaves, order: Order, base: int) -> tuple[dict[str, Any], Over, bool]:
    """Return the shown document, what `over` must remember beside `base`, and whether any path has different values."""
    tree: dict[Path, list[str]] = {}
    for path in leaves:
        for depth in range(len(path)):
            names = tree.setdefault(path[:depth], [])
            if path[depth] not in names:
                names.append(path[depth])
    over: Over = {}
    split = False
    for siblings in leaves.values():
        if len(siblings) > 1:
            siblings.sort(key=lambda s: order(s[0]), reverse=True)
            split = split or differ(siblings)
    doc = _assemble((), tree, leaves, over)
    for path, siblings in leaves.items():  # hidden under a scalar that won, or several: remembered with their values
        key = key_of(path)
        if len(siblings) > 1 or key not in over:
            over[key] = siblings
    return doc, {key: dot for key, dot in over.items() if dot not in (0, base)}, split


def _assemble(prefix: Path, tree: dict[Path, list[str]], leaves: Leaves, over: Over) -> dict[str, Any]:
    node: dict[str, Any] = {}
    for name in tree.get(prefix, ()):
        path = (*prefix, name)
        siblings = leaves.get(path)
        dot, value = siblings[0] if siblings else (0, {})
        node[name] = _assemble(path, tree, leaves, over) if type(value) is dict else value
        over[key_of(path)] = dot
    return node


def same(one: object, other: object) -> bool:
    """Tell whether two JSON values are the same, types included (1, 1.0 and True differ)."""
    if type(one) is not type(other):
        return False
    if type(one) is dict and type(other) is dict:
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if type(one) is list and type(other) is list:
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def differ(siblings: list[Sibling]) -> bool:
    """Tell whether there is more than one value among siblings."""
    first = siblings[0][1]
    return any(not same(first, value) for _, value in siblings[1:])


def plain(value: object) -> Any:  # noqa: ANN401 - any JSON value
    """Return a copy of a JSON value that shares no dict or list with it."""
    if type(value) is dict:
        copy = value.copy()
        for key, inner in value.items():
            if type(inner) in _CONTAINERS:
                copy[key] = plain(inner)
        return copy
    if type(value) is list:
        return [plain(inner) if type(inner) in _CONTAINERS else inner for inner in value]
    return value


_CONTAINERS = frozenset({dict, list})
