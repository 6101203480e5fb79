"""The merged state: documents as they are shown, and just enough about where each value came from to merge more lines.

The state is a function of the set of lines taken in, whatever their order. One case needs more than what is kept
here, an edit whose writer had not seen everything of a document that was ever deleted: such documents are named in
`refold`, and `refold.py`, which also says what is meant, computes them again from all their lines.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from coordinator_tui.store import leaves as tree
from coordinator_tui.store.dots import LazyDots
from coordinator_tui.store.leaves import REPLICA_BITS, REPLICA_MASK, Key, Over, Sibling

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordinator_tui.store.unread import Unread

Seen: TypeAlias = "dict[int, int]"  # replica index -> number of its last line seen
Where: TypeAlias = "tuple[str, int]"  # table, document
Touched: TypeAlias = "dict[str, set[int]]"
Forgotten: TypeAlias = "tuple[int, tuple[str, ...]]"  # the line that asked for it, and the fields

_READING = Lock()
PURGE = "purge"  # in the place of fields: delete, and let the owners of lines take the values out of them


class Table:
    """One table: `docs` as shown; `base`, `over`, `graves`, `contested` and `split` say where they came from."""

    __slots__ = ("_base", "_docs", "contested", "graves", "over", "split", "unread")

    def __init__(self) -> None:
        self._docs: dict[int, dict[str, Any]] = {}
        self._base = LazyDots()
        self.unread: Unread | None = None  # documents that are still as data.json has them
        self.over: dict[int, Over] = {}  # fields written since, several values, and the document's last edits (None)
        self.graves: set[int] = set()  # documents that were ever deleted
        self.contested: dict[int, tuple[int, ...]] = {}  # documents kept although deleted: those deletions
        self.split: set[int] = set()  # documents with different values in a field

    @property
    def docs(self) -> dict[int, dict[str, Any]]:
        """The documents by id, as shown; read when first asked for."""
        if self.unread is not None:
            self._read()
        return self._docs

    @property
    def base(self) -> LazyDots:
        """The line that each whole document came from."""
        if self.unread is not None:
            self._read()
        return self._base

    @property
    def empty(self) -> bool:
        """Whether there is no document; nothing is read to know it."""
        return self.unread is None and not self._docs

    def _read(self) -> None:
        with _READING:
            if self.unread is not None:
                self._docs, self._base = self.unread.read()
                self.unread = None

    def forget(self, key: int) -> None:
        """Drop a document and all that is known about it, except that it was once deleted."""
        self.docs.pop(key, None)
        self.base.pop(key, None)
        self.over.pop(key, None)
        self.contested.pop(key, None)
        self.split.discard(key)

    def dots(self, key: int) -> set[int]:
        """Return every line that the document's present values come from."""
        found = {self.base[key]}
        for known in self.over.get(key, {}).values():
            if type(known) is int:
                found.add(known)
            else:
                found.update(s if type(s) is int else s[0] for s in known)
        return found

    def dot(self, key: int, field: Key) -> int | list[Sibling]:
        """Return the line that a field's value comes from, or its siblings."""
        known: int | list[Sibling] | None = self.over.get(key, {}).get(field)
        return self.base[key] if known is None else known


class Write(NamedTuple):
    """One operation with its line and what its writer had seen (None: everything taken in so far)."""

    name: str
    key: int
    body: Any  # fields set; None or PURGE ends the document
    more: Any  # fields unset, or the vector that a deletion saw
    dot: int
    seen: Seen | None


class State:
    """All tables; `apply` takes in one line whose causes are all taken in already."""

    def __init__(self, reading: Callable[[int], int]) -> None:
        self.tables: dict[str, Table] = {}
        self.replicas: list[str] = []
        self.heads: list[int] = []
        self.refold: set[Where] = set()
        self.touched: Touched = {}
        self.purged: dict[Where, tuple[int, ...]] = {}  # documents that were purged, and the lines that asked for it
        self.forgotten: dict[Where, tuple[Forgotten, ...]] = {}  # documents of which fields were purged
        self.purges: set[Where] = set()  # those of both that our own log may still have to obey
        self.unknown = 0
        self._reading = reading

    def table(self, name: str) -> Table:
        """Return a table, new if need be."""
        table = self.tables.get(name)
        if table is None:
            table = self.tables[name] = Table()
        return table

    def order(self, dot: int) -> tuple[int, str, int]:
        """Return what orders the values of a field: the greatest is shown."""
        return self._reading(dot), self.replicas[dot & REPLICA_MASK], dot >> REPLICA_BITS

    def sees_all(self, seen: Seen) -> bool:
        """Tell whether a line with this context has seen everything taken in."""
        for index, head in enumerate(self.heads):  # a loop, since this runs for every line of others  # noqa: SIM110
            if seen.get(index, 0) < head:
                return False
        return True

    def apply(self, index: int, number: int, seen: Seen, ops: list[Any]) -> None:
        """Take in line `number` of replica `index`, whose writer had seen `seen` (its own lines included)."""
        dot = number << REPLICA_BITS | index
        everything = len(self.heads) == 1 or self.sees_all(seen)
        seen[index] = number
        self.heads[index] = number
        for op in ops:
            shape = len(op) if type(op) is list else 0
            if shape < 3 or type(op[0]) is not str or type(op[1]) is not int:
                self.unknown += not (shape == 1 and type(op[0]) is dict)
                continue
            more = op[3] if shape == 4 else None
            write = Write(op[0], op[1], op[2], more, dot, None if everything else seen)
            if type(write.body) is dict and shape <= 4 and (more is None or type(more) is list):
                self._edit(write)
            elif (write.body is None and shape <= 4) or (write.body == PURGE and shape == 3):
                self._delete(write)
            elif write.body == PURGE and shape == 4 and type(more) is list:
                self._forget(write)
            else:
                self.unknown += 1

    def _note(self, name: str, key: int) -> None:
        keys = self.touched.get(name)
        if keys is None:
            self.touched[name] = {key}
        else:
            keys.add(key)

    def _edit(self, write: Write) -> None:
        """Set and unset fields."""
        name, key, body, _, dot, seen = write
        table = self.tables.get(name) or self.table(name)
        self._note(name, key)
        if seen is not None and self.purged and not self._after_purges(name, key, seen):
            return
        if self.refold and (name, key) in self.refold:
            return
        if seen is not None and key in table.graves:
            self.refold.add((name, key))
            return
        doc = table.docs.get(key)
        if doc is None:
            table.docs[key] = body
            table.base[key] = dot
            return
        if seen is None and table.contested:
            table.contested.pop(key, None)
        over = table.over.get(key)
        if over is None:
            over = table.over[key] = {}
        if self._quick(table, over, doc, write):
            _overwrite(over, doc, write)
        elif _flat(over, doc, write):
            self._beside(table, over, doc, write)
        else:
            over = self._merge(table, over, write)
        self._presence(table, over, write)

    def _after_purges(self, name: str, key: int, seen: Seen) -> bool:
        """Tell whether a writer had seen every purge of a document; what was written beside a purge is void."""
        return all(covers(seen, dot) for dot in self.purged.get((name, key), ()))

    def _quick(self, table: Table, over: Over, doc: dict[str, Any], write: Write) -> bool:
        """Tell whether the edit simply replaces top-level values that its writer had seen."""
        body, unset, seen = write.body, write.more, write.seen
        for field in body if not unset else [*body, *unset]:
            if type(field) is not str or type(doc.get(field)) is dict or type(body.get(field)) is dict:
                return False
            known = over.get(field)
            if type(known) is list:
                return False
            if seen is not None and (known is not None or field in doc):
                seen_it = self._covers_base(table, write) if known is None else covers(seen, known)
                if not seen_it:
                    return False
        return True

    @staticmethod
    def _covers_base(table: Table, write: Write) -> bool:
        """Tell whether the writer had seen the line that the whole document came from; unpacks no dots if possible."""
        seen, base = write.seen, table.base
        assert seen is not None
        if write.key in base or not base.packed:
            return covers(seen, base[write.key])
        writer = write.dot & REPLICA_MASK
        if writer in base.seen_by:
            return True
        if all(covers(seen, top) for top in base.tops):
            base.seen_by.add(writer)  # what a replica has seen only grows
            return True
        return covers(seen, base[write.key])

    def _beside(self, table: Table, over: Over, doc: dict[str, Any], write: Write) -> None:
        """Put plain values beside those that the writer had not seen, where there is one value so far."""
        assert write.seen is not None
        for field, value in write.body.items():
            known = over.get(field)
            if field not in doc or (self._covers_base(table, write) if known is None else covers(write.seen, known)):
                doc[field], over[field] = value, write.dot
                continue
            siblings = [(table.base[write.key] if known is None else known, doc[field]), (write.dot, value)]
            siblings.sort(key=lambda sibling: self.order(sibling[0]), reverse=True)
            doc[field], over[field] = siblings[0][1], siblings
            if tree.differ(siblings):
                table.split.add(write.key)

    def _merge(self, table: Table, over: Over, write: Write) -> Over:
        """Take in an edit of any kind, by way of the document's leaves; returns the new `over`."""
        key, seen = write.key, write.seen
        found = tree.expand(table.docs[key], over)
        base_seen = seen is None or self._covers_base(table, write)

        def seen_by_writer(other: int) -> bool:
            return seen is None or (base_seen if other == 0 else covers(seen, other))

        edit(found, write.body, write.more, write.dot, seen_by_writer)
        base = 0
        if _names_base(found):
            base = table.base[key]  # only now, since it may have to be unpacked
            for siblings in found.values():
                siblings[:] = [(base if d == 0 else d, value) for d, value in siblings]
        doc, fresh, split = tree.build(found, self.order, base)
        if None in over:
            fresh[None] = over[None]
        table.docs[key] = doc
        table.over[key] = fresh
        (table.split.add if split else table.split.discard)(key)
        return fresh

    def _presence(self, table: Table, over: Over, write: Write) -> None:
        seen = write.seen
        if seen is not None and not (None not in over and self._covers_base(table, write)):
            rest = [d for d in self._alive(table, write.key) if not covers(seen, d)]
            if rest:
                over[None] = [*rest, write.dot]
                return
        over[None] = write.dot

    @staticmethod
    def _alive(table: Table, key: int) -> list[int]:
        known = table.over.get(key, {}).get(None)
        if known is None:
            return [table.base[key]]
        return [known] if type(known) is int else known

    def _delete(self, write: Write) -> None:
        """End a document as far as the writer had seen it; `more` repeats what it saw of this document."""
        name, key, _, more, dot, seen = write
        table = self.table(name)
        self._note(name, key)
        table.graves.add(key)
        if write.body == PURGE:
            self._purge(table, write)
            return
        if (name, key) in self.refold or key not in table.docs:
            return
        if seen is not None:
            cover = self.cover(seen, more)
            rest = [d for d in self._alive(table, key) if not covers(cover, d)]
            if rest:
                table.over.setdefault(key, {})[None] = rest[0] if len(rest) == 1 else rest
                table.contested[key] = (*(d for d in table.contested.get(key, ()) if not covers(cover, d)), dot)
                return
        table.forget(key)

    def _purge(self, table: Table, write: Write) -> None:
        """Drop a document: nothing that was taken in of it so far had seen this purge."""
        where, seen = (write.name, write.key), write.seen
        others = () if seen is None else (d for d in self.purged.get(where, ()) if not covers(seen, d))
        self.purged[where] = (*others, write.dot)
        self.purges.add(where)
        self.refold.discard(where)
        table.forget(write.key)

    def _forget(self, write: Write) -> None:
        """Note that fields of a document are to be taken out of the logs; what the document says stays as it is."""
        where = (write.name, write.key)
        fields = tuple(field for field in write.more if type(field) is str)
        self.forgotten[where] = (*self.forgotten.get(where, ()), (write.dot, fields))
        self.purges.add(where)

    def asked(self) -> set[Where]:
        """Return every document that a purge names, as a whole or in part."""
        return {*self.purged, *self.forgotten}

    def cover(self, seen: Seen, vector: object) -> Seen:
        """Return a deletion's context together with the vector that it carries."""
        cover = dict(seen)
        if type(vector) is dict:
            for replica, number in vector.items():
                if replica in self.replicas and type(number) is int:
                    index = self.replicas.index(replica)
                    cover[index] = max(cover.get(index, 0), number)
        return cover


def _flat(over: Over, doc: dict[str, Any], write: Write) -> bool:
    """Tell whether an edit by someone who had not seen everything sets plain values of fields with one plain value."""
    return (
        write.seen is not None
        and not write.more
        and not any(
            type(value) is dict or type(doc.get(field)) is dict or type(over.get(field)) is list
            for field, value in write.body.items()
        )
    )


def _names_base(found: tree.Leaves) -> bool:
    """Tell whether the document's own line may have to be named: among several values, or below them."""
    if all(len(siblings) == 1 for siblings in found.values()):
        return False
    return any(d == 0 for path, s in found.items() if len(s) > 1 or len(path) > 1 for d, _ in s)


def covers(seen: Seen, dot: int) -> bool:
    """Tell whether a context includes a line."""
    return seen.get(dot & REPLICA_MASK, 0) >= dot >> REPLICA_BITS


def edit(found: tree.Leaves, body: dict[str, Any], unset: list[Any] | None, dot: int, seen: tree.Covers) -> None:
    """Apply one edit to leaves: unset paths go, set values come."""

    def replaced(other: int) -> bool:
        return other == dot or seen(other)

    for field in unset or ():
        path = (field,) if isinstance(field, str) else tuple(field) if isinstance(field, list) else ()
        if path:
            tree.erase(found, path, replaced)
    for field, value in body.items():
        tree.write(found, (field,), value, dot, replaced)


def _overwrite(over: Over, doc: dict[str, Any], write: Write) -> None:
    for field in write.more or ():
        doc.pop(field, None)
        over.pop(field, None)
    dot = write.dot
    for field, value in write.body.items():
        doc[field] = value
        over[field] = dot
