"""Folders copied, put back from a backup, or copied with the memory of their replica: nothing acknowledged is lost."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from laws_apart import Apart, machines, write
from laws_oracle import lines
from laws_scale import examples
from laws_world import Machine, World

from coordinator_tui.store import Store, StoreError
from coordinator_tui.store.identity import Identity


class Copied(Apart):
    """The machines of the merging laws, and people who copy whole folders and put old copies back."""

    expected_warnings = Apart.expected_warnings | {"older-copy"}  # said until something is written

    @precondition(lambda self: 1 < len(self.world.machines) < 4)
    @rule(place=machines)
    def copy_the_folder_to_a_new_machine(self, place: int) -> None:
        self.world.machines.append(self.world.clone(self._at(place), f"clone{len(self.world.machines)}"))

    @rule(place=machines)
    def keep_a_copy(self, place: int) -> None:
        machine = self._at(place)
        kept = machine.folder.parent / "kept"
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(machine.folder, kept)

    @rule(place=machines, inside=st.booleans())
    def put_the_old_copy_back(self, place: int, inside: bool) -> None:
        """Either the folder is replaced, or the files inside it are."""
        machine = self._at(place)
        kept = machine.folder.parent / "kept"
        if not kept.exists():
            return
        self.world.kill(machine)
        if inside:
            for path in machine.folder.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            shutil.copytree(kept, machine.folder, dirs_exist_ok=True)
        else:
            shutil.rmtree(machine.folder)
            shutil.copytree(kept, machine.folder)
        self.world.open(machine)
        there = {(line["r"], line["n"]) for line in lines(*(other.folder for other in self.world.machines))}
        self.acknowledged = [entry for entry in self.acknowledged if entry[:2] in there]


Copied.TestCase.settings = examples(40, steps=20)
TestCopied = Copied.TestCase


def _twin(world: World) -> tuple[Machine, Machine]:
    """Two machines that both believe to be the same replica: a computer's image was copied with everything in it."""
    here = world.machines[0]
    write(here.store, [("set", ("t", 1), {"a": 0})])
    here.store.close()
    there = world.machine("twin")
    shutil.copytree(here.folder, there.folder)
    world.enter(there)
    identity = Identity(there.folder, here.store.store_id)
    identity.path.parent.mkdir(parents=True)
    shutil.copy(next(here.state.rglob("*.json")), identity.path)
    world.machines.append(there)
    for machine in (here, there):
        world.open(machine)
    assert here.store.replica == there.store.replica
    return here, there


def test_two_machines_with_one_name_are_never_merged_silently() -> None:
    """Both write; then one's log is laid over the other's. Nobody is shown a mixture without being told."""
    with World(1) as world:
        here, there = _twin(world)
        for machine in (here, there):
            world.enter(machine)
            write(machine.store, [("set", ("t", 2), {"by": machine.name, "number": len(machine.name)})])
            machine.store.close()
        shutil.copytree(here.folder / "log", there.folder / "log", dirs_exist_ok=True)
        store = world.open(there)
        assert {"older-copy", "data-ignored"} <= {warning.code for warning in store.warnings}
        assert store.document("t", 2) == {"by": "here0", "number": 5}
        kept = [path.read_text(encoding="utf-8") for path in (there.folder / "set-aside").iterdir()]
        assert any('"by":"twin"' in text for text in kept)
        old = here.store.replica
        write(store, [("set", ("t", 3), {"x": 1})])
        assert store.replica != old


def test_a_log_that_is_replaced_under_an_open_book_is_noticed() -> None:
    with World(1) as world:
        here, there = _twin(world)
        for machine in (here, there):
            world.enter(machine)
            write(machine.store, [("set", ("t", 2), {"by": machine.name})])
        shutil.rmtree(there.folder / "log")
        shutil.copytree(here.folder / "log", there.folder / "log")
        world.enter(there)
        there.store.refresh()
        assert there.store.document("t", 2) == {"by": "twin"}
        with pytest.raises(StoreError, match="replaced"):
            write(there.store, [("set", ("t", 3), {"x": 1})])
        assert there.store.document("t", 3) is None


def test_a_third_machine_that_hears_of_both_reports_the_fork() -> None:
    """A line that saw the twin's version of a log waits, and says for what, where the other version lies."""
    with World(1) as world:
        here, there = _twin(world)
        third = world.clone(here, "third")
        world.machines.append(third)
        for machine in (here, there):
            world.enter(machine)
            write(machine.store, [("set", ("t", 2), {"by": machine.name})])
        world.carry(there, third)
        world.enter(third)
        third.store.refresh()
        write(third.store, [("set", ("t", 2), {"by": "third"})])
        world.enter(here)
        world.carry(third, here)
        here.store.refresh()
        assert "fork" in {warning.code for warning in here.store.warnings}
        assert here.store.document("t", 2) == {"by": "here0"}
        assert here.store.info().waiting == 1


@pytest.mark.parametrize("how", ["renamed", "moved to another folder", "memory lost"])
def test_a_folder_that_moves_keeps_every_value_and_may_write(how: str) -> None:
    with World(1) as world:
        machine = world.machines[0]
        write(machine.store, [("set", ("t", 1), {"a": 1})])
        machine.store.close()
        if how == "memory lost":
            shutil.rmtree(machine.state)
        else:
            target = machine.folder.with_name("乙组.coord")
            target = world.root / "elsewhere" / target.name if how.startswith("moved") else target
            target.parent.mkdir(exist_ok=True)
            shutil.move(machine.folder, target)
            machine.folder = target
        store: Store = world.open(machine)
        assert not store.warnings
        write(store, [("set", ("t", 1), {"b": 2})])
        assert store.document("t", 1) == {"a": 1, "b": 2}
        assert not store.conflicts()


def test_a_memory_that_was_set_back_is_no_reason_for_a_new_name(tmp_path: Any) -> None:
    """The state folder comes from last night's backup, the book is of today: it is still ours."""
    with World(1) as world:
        machine = world.machines[0]
        write(machine.store, [("set", ("t", 1), {"a": 1})])
        machine.store.close()
        shutil.copytree(machine.state, tmp_path / "backup")
        store = world.open(machine)
        replica = store.replica
        write(store, [("set", ("t", 1), {"a": 2})])
        store.close()
        shutil.rmtree(machine.state)
        shutil.copytree(tmp_path / "backup", machine.state)
        assert world.open(machine).replica == replica
        assert not machine.store.warnings


def test_another_book_in_the_very_same_folder_is_another_book() -> None:
    """The folder is emptied and a new book made in it: the memory of the old one does not count."""
    with World(1) as world:
        machine = world.machines[0]
        write(machine.store, [("set", ("t", 1), {"a": 1})])
        old = machine.store.replica
        machine.store.close()
        for path in machine.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        Store.create(machine.folder, "乙组", user="li").close()
        store = world.open(machine)
        write(store, [("set", ("t", 1), {"b": 1})])
        assert store.replica != old
        assert not store.warnings
        assert store.document("t", 1) == {"b": 1}
