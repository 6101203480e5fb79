"""Machines that write apart and meet by hand, in any order, in pieces, with restarts and with wrong clocks.

Convergence, join as a fold of the union, reading one's own writes, no silent loss, conflicts as a function of the
lines, deletions that cover only what they saw, unknown things kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from laws_oracle import acts, lines
from laws_world import YEAR, Machine, World, check_meaning

if TYPE_CHECKING:
    from coordinator_tui.store import Store

machines = st.integers(0, 2)
fields = st.sampled_from("abc")
scalars = st.one_of(st.none(), st.booleans(), st.integers(0, 3), st.sampled_from([1.0, "一", "x", ""]))
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.sampled_from("pq"), inner, max_size=2)),
    max_leaves=4,
)
documents = st.tuples(st.sampled_from(["t", "u"]), st.integers(1, 2))
edits = st.one_of(
    st.tuples(st.just("set"), documents, st.dictionaries(fields, values, max_size=3)),
    st.tuples(st.just("set"), documents, st.dictionaries(fields, values, max_size=3)),
    st.tuples(st.just("unset"), documents, st.lists(fields, min_size=1, max_size=2)),
    st.tuples(st.just("delete"), documents, st.none()),
)
SKEWS = st.sampled_from([0, 10 * YEAR, -10 * YEAR, -60_000, 3_600_000])
UNKNOWN = [["t", 1, ["increment"]], ["t", 1, {}, [], 5], ["?"], 7, ["t", "x", {}], {"a": 1}]


def write(store: Store, changes: list[tuple[str, tuple[str, int], Any]], step: str = "edit") -> None:
    """Commit some changes as one line."""
    with store.transaction(step) as work:
        for kind, (table, key), what in changes:
            if kind == "set":
                work.set(table, key, what)
            elif kind == "unset":
                work.unset(table, key, what)
            else:
                work.delete(table, key)


class Apart(RuleBasedStateMachine):
    """Three machines."""

    expected_warnings = frozenset({"clock-ahead", "torn"})

    def __init__(self) -> None:
        super().__init__()
        self.world = World(0 + 1)
        self.acknowledged: list[tuple[str, int, str, int, str, Any]] = []

    @initialize(number=st.integers(2, 3), changes=st.lists(edits, min_size=1, max_size=3))
    def begin(self, number: int, changes: list[Any]) -> None:
        first = self.world.machines[0]
        self._written(first, changes)
        first.store.write_snapshot()
        for place in range(1, number):
            self.world.machines.append(self.world.clone(first, f"here{place}"))

    def _at(self, place: int) -> Machine:
        machine = self.world.machines[place % len(self.world.machines)]
        self.world.enter(machine)
        return machine

    def _written(self, machine: Machine, changes: list[Any]) -> None:
        store = machine.store
        version = store.version
        write(store, changes)
        wanted: dict[tuple[str, int], dict[str, Any] | None] = {}
        for kind, where, what in changes:
            now = wanted.get(where, {})
            if kind == "delete":
                wanted[where] = None
            elif kind == "set":
                wanted[where] = {**(now or {}), **what}
            elif now is not None:
                wanted[where] = {name: value for name, value in now.items() if name not in what}
        for where, doc in wanted.items():
            shown = store.document(*where)
            if doc is None:
                assert shown is None
            else:
                for name, value in doc.items():
                    assert repr((shown or {})[name]) == repr(value) or (shown or {})[name] == value
        if store.version != version:
            last = max((line for line in lines(store.folder) if line["r"] == store.replica), key=lambda line: line["n"])
            for where, (act,) in acts([last]).items():  # a value that was there already is not written again
                for name in act.sets or ():
                    value = (store.document(*where) or {})[name]
                    self.acknowledged.append((store.replica, last["n"], *where, name, value))

    @rule(place=machines, changes=st.lists(edits, min_size=1, max_size=3))
    def write(self, place: int, changes: list[Any]) -> None:
        self._written(self._at(place), changes)

    @rule(place=machines, changes=st.lists(edits, min_size=1, max_size=2), unknown=st.sampled_from(UNKNOWN))
    def write_as_a_newer_program(self, place: int, changes: list[Any], unknown: Any) -> None:
        machine = self._at(place)
        with machine.store.transaction() as work:
            work.more.append(unknown)
            work.extra = {"future": [1]}
        self._written(machine, changes)

    @rule(
        source=machines, to=machines, cut=st.sampled_from([0.0, 0.3, 0.5, 0.77, 0.95, 1.0]),
        only=st.none() | st.integers(0, 3), look=st.booleans(),
    )  # fmt: skip
    def carry(self, source: int, to: int, cut: float, only: int | None, look: bool) -> None:
        one, other = self._at(source), self._at(to)
        if one is not other:
            self.world.carry(one, other, cut, only)
            if look:
                other.store.refresh()

    @rule(place=machines)
    def look(self, place: int) -> None:
        self._at(place).store.refresh()

    @rule(place=machines, how=st.sampled_from(["closed", "killed", "killed without data.json", "snapshot"]))
    def restart(self, place: int, how: str) -> None:
        machine = self._at(place)
        if how == "snapshot":
            machine.store.write_snapshot()
            return
        if how == "closed":
            machine.store.close()
        self.world.kill(machine)
        if how.endswith("json"):
            (machine.folder / "data.json").unlink(missing_ok=True)
        self.world.open(machine)

    @rule(place=machines, skew=SKEWS, frozen=st.booleans())
    def turn_the_clock(self, place: int, skew: int, frozen: bool) -> None:
        machine = self._at(place)
        machine.skew = skew
        machine.frozen = 1_790_000_000_000 + skew if frozen else None

    @rule(place=machines, redo=st.booleans())
    def undo(self, place: int, redo: bool) -> None:
        store = self._at(place).store
        _ = store.redo() if redo else store.undo()

    @precondition(lambda self: any(machine.store.conflicts() for machine in self.world.machines))
    @rule(data=st.data())
    def resolve(self, data: st.DataObject) -> None:
        asked = [m for m in self.world.machines if m.store.conflicts()]
        machine = data.draw(st.sampled_from(asked))
        self.world.enter(machine)
        conflict = data.draw(st.sampled_from(machine.store.conflicts()))
        if data.draw(st.booleans()):  # writing what is shown settles it as well
            shown = machine.store.document(conflict.table, conflict.document) or {}
            name = conflict.field if conflict.field is not None and conflict.field in shown else next(iter(shown), "a")
            write(machine.store, [("set", (conflict.table, conflict.document), {name: shown.get(name, 0)})])
            left = {(c.table, c.document, c.path) for c in machine.store.conflicts()}
            assert (conflict.table, conflict.document, (name,)) not in left
            assert conflict.field is not None or (conflict.table, conflict.document, ()) not in left
            return
        choices = [True, False] if conflict.field is None else [v.value for v in conflict.values] + ["new"]
        value = data.draw(st.sampled_from(choices))
        machine.store.resolve(conflict, value)
        assert conflict.id not in {left.id for left in machine.store.conflicts()}

    @invariant()
    def every_machine_shows_what_its_lines_mean(self) -> None:
        folders = [machine.folder for machine in self.world.machines]
        for machine in self.world.machines:
            check_meaning(machine.store, *folders)

    def teardown(self) -> None:
        try:
            self.meet()
        finally:
            self.world.end()

    def meet(self) -> None:
        """Everyone gets everything; what they show is the same, also afresh, also in one go from the logs alone."""
        self.world.meet()
        stores = [machine.store for machine in self.world.machines]
        assert len({store.digest() for store in stores}) == 1
        assert len({repr(store.conflicts()) for store in stores}) == 1
        assert {store.info().waiting for store in stores} == {0}
        for machine in self.world.machines:
            check_meaning(machine.store)
            digest = machine.store.digest()
            self.world.enter(machine)
            machine.store.write_snapshot()
            self.world.kill(machine)
            assert self.world.open(machine).digest() == digest
            self.world.kill(machine)
            (machine.folder / "data.json").unlink()
            assert self.world.open(machine).digest() == digest
            assert {warning.code for warning in machine.store.warnings} <= self.expected_warnings
        self.nothing_acknowledged_was_lost(stores[0])

    def nothing_acknowledged_was_lost(self, store: Store) -> None:
        """Every value is shown, or one of several, or was written over by one who had seen it."""
        written = lines(store.folder)
        by_document = acts(written)
        there = {(line["r"], line["n"]) for line in written}
        waiting = {(c.table, c.document, c.path[0]): c.values for c in store.conflicts() if c.field is not None}
        for replica, number, table, key, name, value in self.acknowledged:
            assert (replica, number) in there
            shown = store.document(table, key)
            if shown is not None and name in shown and shown[name] == value:
                continue
            if any(sibling.value == value for sibling in waiting.get((table, key, name), ())):
                continue
            later = [act for act in by_document[table, key] if act.seen.get(replica, 0) >= number]
            later = [act for act in later if act.dot != (replica, number)]
            below = isinstance(value, dict)  # parts of it may have been written over, or be among several
            assert later or below or (table, key, name) in waiting, (replica, number, table, key, name, value)
