"""Undo and redo: back is as before, again is as after, and nobody else's later change is trampled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from laws_apart import edits, values, write
from laws_scale import examples
from laws_world import World, canonical, told

if TYPE_CHECKING:
    from laws_world import Machine

    from coordinator_tui.store import Store


def _shown(store: Store) -> dict[tuple[str, int], str]:
    return canonical(told(store).documents)


class Walk(RuleBasedStateMachine):
    """One user walks back and forth through their steps, over restarts; a model keeps every state passed."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(1)
        self.machine = self.world.machines[0]
        self.past: list[dict[tuple[str, int], str]] = []
        self.future: list[dict[tuple[str, int], str]] = []

    @rule(changes=st.lists(edits, min_size=1, max_size=3))
    def step(self, changes: list[Any]) -> None:
        store = self.machine.store
        before, version = _shown(store), store.version
        write(store, changes)
        if store.version != version:
            self.past.append(before)
            self.future.clear()

    @rule()
    def back(self) -> None:
        now, done = _shown(self.machine.store), self.machine.store.undo()
        assert (done is not None) == bool(self.past)
        if done is not None:
            assert done.skipped == []
            assert _shown(self.machine.store) == self.past.pop()
            self.future.append(now)

    @rule()
    def again(self) -> None:
        now, done = _shown(self.machine.store), self.machine.store.redo()
        assert (done is not None) == bool(self.future)
        if done is not None:
            assert done.skipped == []
            assert _shown(self.machine.store) == self.future.pop()
            self.past.append(now)

    @rule(closed=st.booleans())
    def restart(self, closed: bool) -> None:
        if closed:
            self.machine.store.close()
        self.world.kill(self.machine)
        self.world.open(self.machine)

    @rule()
    def another_user_works_elsewhere(self) -> None:
        store = self.machine.store
        store.user = "wang"
        write(store, [("set", ("elsewhere", 1), {"n": store.version})])
        store.user = "here0"
        for state in (*self.past, *self.future):
            state["elsewhere", 1] = _shown(store)["elsewhere", 1]

    def teardown(self) -> None:
        while self.past:
            self.back()
        self.world.end()


class Trample(RuleBasedStateMachine):
    """Two machines that see each other after every act; what one wrote last, the other's undo must not touch."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(2)
        self.owner: dict[tuple[str, int, str], tuple[int, Any]] = {}  # who wrote a field last, and what

    def _act(self, place: int) -> Machine:
        machine = self.world.machines[place]
        self.world.enter(machine)
        return machine

    @rule(place=st.integers(0, 1), table=st.just("t"), key=st.integers(1, 2), name=st.sampled_from("ab"), value=values)
    def set(self, place: int, table: str, key: int, name: str, value: Any) -> None:
        store = self._act(place).store
        version = store.version
        write(store, [("set", (table, key), {name: value})])
        if store.version != version:
            self.owner[table, key, name] = (place, value)
        self.world.meet()

    @rule(place=st.integers(0, 1), redo=st.booleans())
    def turn(self, place: int, redo: bool) -> None:
        store = self._act(place).store
        before = {where: dict(doc) for where, doc in told(store).documents.items()}
        step = store.redo() if redo else store.undo()
        self.world.meet()
        after = told(store).documents
        for (table, key, name), (who, _) in self.owner.items():
            old = before.get((table, key), {})
            if who != place and name in old:
                assert (table, key) in after, (step, self.owner)
                assert name in after[table, key]
                assert repr(after[table, key][name]) == repr(old[name])
        if step is not None:
            for table, key, name in list(self.owner):
                fresh = after.get((table, key), {})
                old = before.get((table, key), {})
                if (name in fresh) != (name in old) or repr(fresh.get(name)) != repr(old.get(name)):
                    self.owner.pop((table, key, name))

    def teardown(self) -> None:
        assert self.world.machines[0].store.digest() == self.world.machines[1].store.digest()
        assert not self.world.machines[0].store.conflicts()
        self.world.end()


Walk.TestCase.settings = examples(40, steps=25)
Trample.TestCase.settings = examples(40, steps=20)
TestWalk = Walk.TestCase
TestTrample = Trample.TestCase
