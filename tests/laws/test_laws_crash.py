"""A crash at any moment loses nothing that was acknowledged, and a disk that refuses changes nothing.

Durability, atomic lines, full and failing disks.
"""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws_disk import Picture, RecordingDisk, everything, holed, only_synced, torn
from laws_scale import examples
from laws_world import World, shared_memory

from coordinator_tui.store import Store, StoreError, WriteFailed, doctor
from coordinator_tui.store.files import FileLayer

PICTURES = [
    (everything, True), (torn, True), (holed, True), (only_synced, True), (only_synced, False), (everything, False),
]  # fmt: skip


def _work(store: Store, number: int, kind: str) -> None:
    """One step of a working day, which writes `number` somewhere."""
    if kind == "undo":
        with store.transaction() as work:
            work.set("other", 1, {"n": number})
        store.undo()
        store.redo()
    elif kind == "compact":
        store.compact()
    elif kind == "purge":
        with store.transaction() as work:
            work.set("secret", 9, {"name": "张三"})
        store.purge("secret", [9])
    elif kind == "many":
        with store.transaction() as work:
            for place in range(3):
                work.set("many", place, {"n": number})
    with store.transaction() as work:
        work.set("members", number, {"n": number, "text": "某" * (number % 7)})


def _check(folder: Path, promised: int, begun: int) -> None:
    """Everything up to `promised` is there, nothing half, and the book can be written again."""
    with Store.open(folder, user="li") as book:
        found = sorted(book.documents("members"))
        assert found[:promised] == list(range(1, promised + 1))
        assert len(found) <= begun
        assert found == list(range(1, len(found) + 1))
        assert all(doc == {"n": key, "text": "某" * (key % 7)} for key, doc in book.documents("members").items())
        assert len({doc["n"] for doc in book.documents("many").values()}) <= 1  # a line is there or not
        with book.transaction() as work:
            work.set("after", 1, {"x": promised})
        digest = book.digest()
    (folder / "data.json").unlink()
    with Store.open(folder, user="li") as book:
        assert book.digest() == digest
    assert not [found for found in doctor(folder) if found.severity == "error"]


kinds = st.lists(
    st.sampled_from(["edit", "edit", "snapshot", "many", "undo", "compact", "purge", "reopen"]), min_size=2, max_size=6
)


@examples(6)
@given(steps=kinds, memory=st.booleans())
def test_a_crash_at_any_moment_loses_nothing_acknowledged(steps: list[str], memory: bool) -> None:
    """With and without the memory of our replica that a crash may also have set back."""
    with World(0 + 1, segment_lines=3) as world:
        machine = world.machines[0]
        shutil.rmtree(machine.folder)
        disk = RecordingDisk()
        store = Store.create(machine.folder, "甲组", user="li", files=disk)
        promises = [(len(disk.acts), 0)]
        for number, kind in enumerate(steps, 1):
            if kind == "reopen":
                store.close()
                store = Store.open(machine.folder, user="li", files=disk)
            if kind == "snapshot":
                store.write_snapshot()
            _work(store, number, kind)
            promises.append((len(disk.acts), number))
        store.close()
        created = promises[0][0]
        target = world.root / "crashed" / "甲组.coord"
        picture = Picture(machine.folder)
        for moment, act in enumerate(disk.acts, 1):
            picture.play(act)
            if moment < created:
                continue
            promised = max(number for when, number in promises if when <= moment)
            for bytes_of, names in PICTURES:
                picture.lay(target, bytes_of, names=names)
                if not memory:
                    shutil.rmtree(world.root / "here0" / "state", ignore_errors=True)
                _check(target, promised, promised + 1)


class FailingDisk(FileLayer):
    """A disk whose call number `failing` fails; with `short` a write takes only half of the bytes."""

    CALLS = (
        "open_append", "open_new", "write", "fdatasync", "ftruncate", "mkdir", "rename", "unlink", "fsync_dir",
    )  # fmt: skip

    def __init__(self) -> None:
        self.count = 0
        self.failing = range(0)
        self.error = errno.ENOSPC
        self.short = False

    def _may_fail(self, call: str) -> bool:
        self.count += 1
        if self.count in self.failing:
            if self.short and call == "write":
                return True
            raise OSError(self.error, "made to fail")
        return False

    def open_append(self, path: str, *, create: bool = False) -> int:
        self._may_fail("open_append")
        return super().open_append(path, create=create)

    def open_new(self, path: str) -> int:
        self._may_fail("open_new")
        return super().open_new(path)

    def write(self, fd: int, data: bytes) -> int:
        return super().write(fd, data[: len(data) // 2] if self._may_fail("write") else data)

    def fdatasync(self, fd: int) -> None:
        self._may_fail("fdatasync")

    def ftruncate(self, fd: int, size: int) -> None:
        self._may_fail("ftruncate")
        super().ftruncate(fd, size)

    def mkdir(self, path: str) -> None:
        self._may_fail("mkdir")
        super().mkdir(path)

    def rename(self, old: str, new: str) -> None:
        self._may_fail("rename")
        super().rename(old, new)

    def unlink(self, path: str) -> None:
        self._may_fail("unlink")
        super().unlink(path)

    def fsync_dir(self, path: str) -> None:
        self._may_fail("fsync_dir")


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*.jsonl")}


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EROFS, "short"])
@pytest.mark.parametrize("length", [1, 2, 3])
@pytest.mark.parametrize("lines_before", [0, 1, 3])
def test_a_disk_that_refuses_any_call_leaves_disk_and_memory_as_before(
    tmp_path: Path, error: Any, length: int, lines_before: int
) -> None:
    """Each call of a commit fails in turn, alone or with those after it; then the same commit is tried again."""
    with World(1, segment_lines=3):
        for first in range(1, 12):
            folder = Path(shared_memory() or tmp_path) / f"refuse-{tmp_path.name}"
            shutil.rmtree(folder, ignore_errors=True)
            disk = FailingDisk()
            disk.error, disk.short = (errno.ENOSPC, True) if error == "short" else (error, False)
            book = Store.create(folder, "甲组", user="li", files=disk)
            for number in range(lines_before):
                with book.transaction() as work:
                    work.set("members", number, {"n": number})
            before, digest, version, warned = _files(folder), book.digest(), book.version, len(book.warnings)
            disk.failing = range(disk.count + first, disk.count + first + length)
            failed = False
            try:
                with book.transaction() as work:
                    work.set("members", 100, {"n": 100})
            except WriteFailed:
                failed = True
            disk.failing = range(0)
            if failed:
                assert (book.digest(), book.version) == (digest, version)
                assert book.document("members", 100) is None
                if len(book.warnings) == warned:  # else the disk refused to take back what it had taken, and we said so
                    assert _files(folder) == before
            with book.transaction() as work:
                work.set("members", 200, {"n": 200})
            wanted = [*range(lines_before), *([] if failed else [100]), 200]
            if len(book.warnings) > warned and 100 in book.documents("members"):
                wanted.insert(-1, 100)  # a line that could not be taken back may turn out to be saved, whole
            assert sorted(book.documents("members")) == wanted
            book.engine.close()
            book.identity.close()
            with Store.open(folder, user="li") as again:
                assert sorted(again.documents("members")) == wanted
            shutil.rmtree(folder)
            if not failed and disk.count < first:
                break


@pytest.mark.parametrize("length", [1, 2, 99])
@pytest.mark.parametrize("action", ["snapshot", "compact", "purge", "close", "hand edit", "undo"])
def test_a_disk_that_refuses_while_tidying_loses_nothing(tmp_path: Path, action: str, length: int) -> None:
    for first in range(1, 25):
        folder = Path(shared_memory() or tmp_path) / f"tidy-{tmp_path.name}"
        shutil.rmtree(folder, ignore_errors=True)
        disk = FailingDisk()
        book = Store.create(folder, "甲组", user="li", files=disk)
        for number in range(3):
            with book.transaction() as work:
                work.set("members", number, {"n": number})
        if action in ("hand edit", "compact"):
            book.write_snapshot()
        if action == "hand edit":
            text = (folder / "data.json").read_text(encoding="utf-8")
            (folder / "data.json").write_text(text.replace('"n":1}', '"n":11}'), encoding="utf-8")
            with book.transaction() as work:
                work.set("members", 2, {"m": 2})
        disk.failing = range(disk.count + first, disk.count + first + length)
        try:
            if action in ("snapshot", "hand edit"):
                book.write_snapshot()
            elif action == "purge":
                book.purge("members", [0])
            elif action == "undo":
                book.undo()
            else:
                getattr(book, action)()
        except (StoreError, OSError):
            pass
        disk.failing = range(0)
        if action != "close":
            with book.transaction() as work:
                work.set("after", 1, {"x": 1})
        book.engine.close()
        book.identity.close()
        with Store.open(folder, user="li") as again:
            shown = again.documents("members")
            assert shown[1]["n"] in (1, 11)
            assert 2 in shown or action == "undo"
            assert 0 in shown or action == "purge"
            assert action == "close" or again.document("after", 1) == {"x": 1}
            if action == "hand edit":
                assert shown[1]["n"] == 11
        shutil.rmtree(folder)
