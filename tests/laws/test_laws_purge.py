"""Purging a person's data: no byte of it stays anywhere, everyone agrees, and nothing else changes."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from laws_oracle import acts, lines, meaning
from laws_scale import examples
from laws_world import World, canonical, told

from coordinator_tui.store import doctor

if TYPE_CHECKING:
    from laws_world import Machine

places = st.integers(0, 2)
keys = st.integers(1, 3)


class Purged(RuleBasedStateMachine):
    """Three machines write and purge people; the secret of a person is in every value of theirs."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(3, segment_lines=3)
        self.purged: set[int] = set()
        self.written = 0

    def _at(self, place: int) -> Machine:
        machine = self.world.machines[place]
        self.world.enter(machine)
        return machine

    @rule(place=places, key=keys, name=st.sampled_from("ab"), other=st.booleans())
    def write(self, place: int, key: int, name: str, other: bool) -> None:
        self.written += 1
        if key in self.purged:
            return  # who purges a person does not write about them again
        with self._at(place).store.transaction("edit", about=f"secret{key}") as work:
            work.set("people", key, {name: f"secret{key} {self.written}"})
            if other:
                work.set("groups", 1, {name: self.written})

    @rule(place=places, key=keys)
    def delete(self, place: int, key: int) -> None:
        with self._at(place).store.transaction() as work:
            work.delete("people", key)

    @rule(place=places, key=keys)
    def purge(self, place: int, key: int) -> None:
        machine = self._at(place)
        before = canonical(told(machine.store).documents)
        machine.store.purge("people", [key])
        before.pop(("people", key), None)
        assert canonical(told(machine.store).documents) == before
        self.purged.add(key)
        self._no_trace(machine, {key}, own=True)

    @rule(place=places, name=st.sampled_from("ab"), how=st.sampled_from(["kept", "changed", "gone"]))
    def forget_what_a_field_said(self, place: int, name: str, how: str) -> None:
        """Of a group only one field's past is to go; its present value stays, or gives way to another."""
        machine = self._at(place)
        before = {where: dict(doc) for where, doc in told(machine.store).documents.items()}
        group = before.get(("groups", 1), {})
        kinds: dict[str, dict[str, object]] = {"kept": {}, "changed": {name: "cleared"}, "gone": {name: None}}
        values = kinds[how]
        machine.store.forget({}, {("groups", 1): [name, ""]}, {("groups", 1): values} if group else {})
        if group and how == "changed":
            group[name] = "cleared"
        elif how == "gone":
            group.pop(name, None)
        assert canonical(told(machine.store).documents) == canonical(before)
        said = [line for line in lines(machine.folder) if line["r"] == machine.store.replica][:-1]
        for act in acts(said).get(("groups", 1), ()):
            assert name not in (act.sets or {})

    @rule(source=places, to=places)
    def carry(self, source: int, to: int) -> None:
        if source != to:
            one, other = self._at(source), self._at(to)
            self.world.carry(one, other)
            other.store.refresh()

    @rule(place=places)
    def undo(self, place: int) -> None:
        machine = self._at(place)
        machine.store.undo()

    @rule(place=places, how=st.sampled_from(["closed", "killed", "snapshot"]))
    def restart(self, place: int, how: str) -> None:
        machine = self._at(place)
        if how == "snapshot":
            machine.store.write_snapshot()
            return
        if how == "closed":
            machine.store.close()
        self.world.kill(machine)
        self.world.open(machine)

    @staticmethod
    def _no_trace(machine: Machine, keys: set[int], *, own: bool = False) -> None:
        for path in machine.folder.rglob("*"):
            if path.is_file() and (not own or path.parent.name == machine.store.replica):
                content = path.read_text(encoding="utf-8")
                for key in keys:
                    assert f"secret{key} " not in content, (path, content)

    def teardown(self) -> None:
        try:
            for _ in range(3):
                self.world.meet()
            digests = {machine.store.digest() for machine in self.world.machines}
            assert len(digests) == 1
            for machine in self.world.machines:
                self.world.enter(machine)
                machine.store.close()
                assert not [found for found in doctor(machine.folder) if found.severity != "note"]
                shutil.rmtree(machine.folder / "set-aside", ignore_errors=True)
                self.world.open(machine)
                assert machine.store.digest() in digests
                self.world.kill(machine)
                (machine.folder / "data.json").unlink()
                self.world.open(machine)
                assert machine.store.digest() in digests
                for key in self.purged:
                    assert machine.store.document("people", key) is None
                assert canonical(told(machine.store).documents) == canonical(meaning(lines(machine.folder)).documents)
                self._no_trace(machine, self.purged)
                assert all(isinstance(line["o"], list | dict) for line in lines(machine.folder))
        finally:
            self.world.end()


Purged.TestCase.settings = examples(40, steps=20)
TestPurged = Purged.TestCase


def test_what_was_purged_may_be_written_anew(tmp_path: Any) -> None:
    with World(2) as world:
        here, there = world.machines
        with here.store.transaction() as work:
            work.set("people", 1, {"name": "secret"})
        world.meet()
        world.enter(there)
        there.store.purge("people", [1])
        world.meet()
        world.enter(there)
        with there.store.transaction() as work:
            work.set("people", 1, {"name": "new"})
        world.meet()
        world.meet()
        for machine in (here, there):
            assert machine.store.document("people", 1) == {"name": "new"}
            world.enter(machine)
            machine.store.close()
            world.open(machine)
            assert machine.store.document("people", 1) == {"name": "new"}
            assert "secret" not in json.dumps(lines(machine.folder))
