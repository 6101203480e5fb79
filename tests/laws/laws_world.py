"""Several machines with a copy of one book each, whose log folders are laid side by side by hand.

Every machine has its own folder, its own memory of replicas and its own clock. The names of replicas and the clocks
are the world's, so that a failing example fails again; files are real files, but nobody waits for the disk.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest
from laws_oracle import Meaning, lines, meaning

from coordinator_tui.store import Store
from coordinator_tui.store.files import FileLayer

if TYPE_CHECKING:
    from types import TracebackType

START = 1_790_000_000_000  # 2026-09-21
YEAR = 31_557_600_000


class NoWait(FileLayer):
    """The real file system, without waiting for the disk."""

    def fdatasync(self, fd: int) -> None:
        pass

    def fsync_dir(self, path: str) -> None:
        pass


def shared_memory() -> str | None:
    """Return a folder in memory, if this system has one."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


@dataclass
class Machine:
    """One computer: where its book and its memory of replicas are, how wrong its clock is, and the open store."""

    name: str
    folder: Path
    state: Path
    skew: int = 0
    frozen: int | None = None
    store: Store = field(init=False)


class World:
    """The machines and the time."""

    def __init__(self, number: int, *, segment_lines: int = 4, names: str = "") -> None:
        self.root = Path(tempfile.mkdtemp(prefix="laws-", dir=shared_memory()))
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr("coordinator_tui.store.engine.SEGMENT_LINES", segment_lines)
        letters = names or "mhxbqd"
        fresh = (f"{letters[place % len(letters)]}{place}" for place in count())
        self.patch.setattr("coordinator_tui.store.keeper.new_replica", lambda: next(fresh))
        self.files = NoWait()
        self.ticks = count(START, 7)
        first = self.machine("here0")
        self.enter(first)
        with Store.create(first.folder, "甲组", user="here0", files=self.files, clock=self.clock(first)):
            pass
        self.machines = [first]
        self.open(first)
        for place in range(1, number):
            self.machines.append(self.clone(first, f"here{place}"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """Close what is open and remove every file."""
        for machine in self.machines:
            self.kill(machine)
        self.patch.undo()
        shutil.rmtree(self.root, ignore_errors=True)

    # -- machines -------------------------------------------------------------------------------------------------

    def machine(self, name: str) -> Machine:
        """Return a machine without a book."""
        return Machine(name, self.root / name / "甲组.coord", self.root / name / "state")

    def clock(self, machine: Machine) -> Any:
        """Return a machine's wall clock."""
        return lambda: machine.frozen if machine.frozen is not None else next(self.ticks) + machine.skew

    def enter(self, machine: Machine) -> None:
        """Let what follows run on a machine."""
        self.patch.setenv("XDG_STATE_HOME", str(machine.state))

    def open(self, machine: Machine, **options: Any) -> Store:
        """Open a machine's book."""
        self.enter(machine)
        clock = self.clock(machine)
        machine.store = Store.open(machine.folder, user=machine.name, files=self.files, clock=clock, **options)
        return machine.store

    def kill(self, machine: Machine) -> None:
        """End a machine's session as kill -9 does: nothing is written any more."""
        machine.store.engine.close()
        machine.store.identity.close()

    def clone(self, source: Machine, name: str) -> Machine:
        """Copy a machine's folder as it lies there, onto a machine of its own, and open it."""
        machine = self.machine(name)
        shutil.copytree(source.folder, machine.folder)
        self.open(machine)
        return machine

    # -- carrying -------------------------------------------------------------------------------------------------

    def carry(self, source: Machine, target: Machine, cut: float = 1.0, only: int | None = None) -> None:
        """Lay source's logs beside target's, each cut after a part of its bytes; never target's own log."""
        logs = sorted(path for path in (source.folder / "log").iterdir() if path.name != target.store.replica)
        for log in logs if only is None or not logs else [logs[only % len(logs)]]:
            segments = sorted(log.iterdir(), key=lambda path: int(path.stem))
            room = round(cut * sum(path.stat().st_size for path in segments))
            for segment in segments:
                data = segment.read_bytes()[:room]
                room -= len(data)
                if data or cut >= 1:
                    there = target.folder / "log" / log.name / segment.name
                    there.parent.mkdir(parents=True, exist_ok=True)
                    there.write_bytes(data)

    def meet(self) -> None:
        """Carry everything everywhere and let everyone look; of a log nobody writes any more the longest counts."""
        owners = {machine.store.replica: machine.folder / "log" for machine in self.machines}
        logs = {log.name for machine in self.machines for log in (machine.folder / "log").iterdir()}
        for name in sorted(logs):
            best = owners.get(name) or max((m.folder / "log" for m in self.machines), key=lambda log: _size(log / name))
            for machine in self.machines:
                if machine.folder / "log" != best:
                    shutil.copytree(best / name, machine.folder / "log" / name, dirs_exist_ok=True)
        for machine in self.machines:
            self.enter(machine)
            machine.store.refresh()


def _size(log: Path) -> int:
    return sum(path.stat().st_size for path in log.iterdir()) if log.exists() else -1


def heads(store: Store) -> dict[str, int]:
    """Return how many lines of each replica a store has taken in."""
    return {replica.replica: replica.lines for replica in store.info().replicas}


def told(store: Store) -> Meaning:
    """Return what a store shows, in the words of the oracle."""
    found = Meaning()
    for name in store.tables():
        for key, doc in store.documents(name).items():
            found.documents[name, key] = dict(doc)
    for conflict in store.conflicts():
        path = conflict.path if conflict.field is not None else None
        found.conflicts[conflict.table, conflict.document, path] = set()
    return found


def check_meaning(store: Store, *folders: Path) -> None:
    """A store shows what the lines that it has taken in mean: the same documents, the same conflicts."""
    expected = meaning(lines(store.folder, *folders, heads=heads(store)))
    shown = told(store)
    assert canonical(shown.documents) == canonical(expected.documents)
    assert set(shown.conflicts) == set(expected.conflicts)
    for conflict in store.conflicts():
        where = (conflict.table, conflict.document, conflict.path if conflict.field is not None else None)
        writers = sorted((sibling.replica, sibling.deleted) for sibling in conflict.values)
        wanted = sorted((dot[0], value == "ended") for dot, value in expected.conflicts[where])
        assert writers == wanted


def canonical(documents: dict[tuple[str, int], dict[str, Any]]) -> dict[tuple[str, int], str]:
    """Return documents in a form in which 1, 1.0 and True differ."""
    return {where: json.dumps(doc, sort_keys=True, ensure_ascii=False) for where, doc in documents.items()}
