"""What crashes, full disks, flipped bytes and people's editors do to the files of a book."""

from __future__ import annotations

import contextlib
import errno
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import orjson
import pytest
from tinydb import TinyDB, where
from tinydb.table import Document

from coordinator_tui.store import ArchiveError, DamagedStore, Store, StoreExists, WriteFailed, backup, doctor, restore
from coordinator_tui.store.files import FileLayer

if TYPE_CHECKING:
    from pathlib import Path

Carry = Callable[[Store, Store], None]
Twins = Callable[[dict[int, dict[str, object]]], tuple[Store, Store]]


class FailingDisk(FileLayer):
    """A disk that fails the call named `failing` with `error`."""

    failing = ""
    error = errno.ENOSPC

    def _may_fail(self, call: str) -> None:
        if call == self.failing:
            raise OSError(self.error, "made to fail")

    def write(self, fd: int, data: bytes) -> int:
        if self.failing == "half a write":
            return super().write(fd, data[: len(data) // 2])
        self._may_fail("write")
        return super().write(fd, data)

    def fdatasync(self, fd: int) -> None:
        self._may_fail("fdatasync")
        super().fdatasync(fd)

    def fsync_dir(self, path: str) -> None:
        self._may_fail("fsync_dir")
        super().fsync_dir(path)

    def rename(self, old: str, new: str) -> None:
        self._may_fail("rename")
        super().rename(old, new)


def _files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _log(folder: Path) -> Path:
    (path,) = (folder / "log").glob("*/1.jsonl")
    return path


@pytest.mark.parametrize("failing", ["write", "half a write", "fdatasync"])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_refuses_leaves_book_and_files_as_they_were(folder: Path, failing: str, error: int) -> None:
    disk = FailingDisk()
    with Store.create(folder, "甲组", user="li", files=disk) as book:
        with book.transaction() as work:
            work.set("members", 1, {"name": "张三"})
        before, digest, version = _files(folder), book.digest(), book.version
        disk.failing, disk.error = failing, error
        with pytest.raises(WriteFailed, match="as it was before") as failed, book.transaction() as work:
            work.set("members", 1, {"name": "李四"})
        disk.failing = ""
        assert failed.value.errno == (errno.ENOSPC if failing == "half a write" else error)
        assert (_files(folder), book.digest(), book.version) == (before, digest, version)
        with book.transaction() as work:
            work.set("members", 1, {"name": "王五"})
    with Store.open(folder, user="li") as again:
        assert again.document("members", 1) == {"name": "王五"}


@pytest.mark.parametrize("failing", ["write", "fdatasync", "fsync_dir"])
def test_a_disk_that_refuses_the_very_first_line(folder: Path, failing: str) -> None:
    disk = FailingDisk()
    with Store.create(folder, "甲组", user="li", files=disk) as book:
        disk.failing = failing
        with pytest.raises(WriteFailed), book.transaction() as work:
            work.set("members", 1, {"name": "李四"})
        disk.failing = ""
        assert book.document("members", 1) is None
        with book.transaction() as work:
            work.set("members", 1, {"name": "王五"})
        assert book.info().lines == 1


def test_when_data_json_cannot_be_written_the_old_one_stays_and_nothing_is_lost(folder: Path) -> None:
    disk = FailingDisk()
    book = Store.create(folder, "甲组", user="li", files=disk)
    with book.transaction() as work:
        work.set("members", 1, {"name": "张三"})
    book.write_snapshot()
    old = (folder / "data.json").read_bytes()
    with book.transaction() as work:
        work.set("members", 1, {"name": "李四"})
    for call in ("fdatasync", "rename"):
        disk.failing = call
        assert not book.write_snapshot()
    assert (folder / "data.json").read_bytes() == old
    assert [warning.code for warning in book.warnings] == ["data-not-written"]
    disk.failing = ""
    book.close()
    with Store.open(folder, user="li") as again:
        assert again.document("members", 1) == {"name": "李四"}


@pytest.fixture
def three_lines(folder: Path) -> Path:
    """A closed book of three lines, without data.json."""
    with Store.create(folder, "甲组", user="li") as book:
        for number in (1, 2, 3):
            with book.transaction() as work:
                work.set("members", number, {"name": "张三"})
    (folder / "data.json").unlink()
    return folder


def test_a_line_torn_at_any_byte_is_set_aside_and_work_goes_on(three_lines: Path) -> None:
    whole = _log(three_lines).read_bytes()
    start = whole.rstrip(b"\n").rindex(b"\n") + 1
    state = next((three_lines.parent / "state").rglob("*.json"))
    for size in range(start + 1, len(whole), 5):
        remembered = state.read_bytes()
        _log(three_lines).write_bytes(whole[:size])
        _pretend_unacknowledged(state, whole[:start])
        with Store.open(three_lines, user="li") as book:
            assert sorted(book.documents("members")) == [1, 2]
            (warning,) = book.warnings
            assert warning.code == "torn"
            assert (three_lines / str(warning.fields["kept"])).read_bytes() == whole[start:size]
        assert _log(three_lines).read_bytes() == whole[:start]
        (three_lines / "data.json").unlink(missing_ok=True)
        state.write_bytes(remembered)


def _pretend_unacknowledged(state: Path, log: bytes) -> None:
    """Make the memory of our last line what it was before the torn line, as it is after a crash."""
    last = json.loads(log.splitlines()[-1])
    raw = state.read_bytes()
    kept = {**json.loads(raw[:256]), "n": last["n"], "h": last["h"]}
    state.write_bytes(json.dumps(kept).encode().ljust(255) + b"\n" + raw[256:])


def test_a_byte_flipped_anywhere_gives_the_lines_before_it_or_is_reported(three_lines: Path) -> None:
    whole = _log(three_lines).read_bytes()
    ends = [place for place, byte in enumerate(whole) if byte == 10]
    for place in range(0, len(whole), 3):
        flipped = bytearray(whole)
        flipped[place] ^= 0x01
        _log(three_lines).write_bytes(flipped)
        before = sum(end < place for end in ends)
        with Store.open(three_lines, user="li", read_only=True) as shown:
            assert len(shown.documents("members")) == before
            assert shown.warnings
        with pytest.raises(DamagedStore, match=r"1\.jsonl, line") as damage:
            Store.open(three_lines, user="li")
        assert damage.value.fields["readable"] == before
    _log(three_lines).write_bytes(whole)


def test_the_doctor_finds_a_flipped_byte_and_keeps_what_can_be_read(three_lines: Path) -> None:
    whole = _log(three_lines).read_bytes()
    _log(three_lines).write_bytes(whole.replace("张三".encode(), "张五".encode(), 1))
    finding = next(found for found in doctor(three_lines) if found.severity == "error")
    assert finding.code == "damaged"
    assert finding.readable_until == 0
    assert finding.where == (f"log/{_log(three_lines).parent.name}/1.jsonl", 1)
    assert "line 1" in str(finding)
    doctor(three_lines, repair=True)
    with Store.open(three_lines, user="li") as book:
        assert sorted(book.documents("members")) == [2, 3]
    assert not [found for found in doctor(three_lines) if found.severity != "note"]
    assert whole.replace("张三".encode(), "张五".encode(), 1) in _files(three_lines).values()


def test_the_doctor_has_nothing_to_say_about_a_healthy_book(three_lines: Path) -> None:
    with Store.open(three_lines, user="li"):
        pass
    assert doctor(three_lines) == []


def test_the_doctor_names_missing_lines_and_strange_files(three_lines: Path) -> None:
    log = _log(three_lines)
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(lines[0])
    (log.parent / "3.jsonl").write_bytes(lines[2])
    (log.parent / "1 (copy).jsonl").write_bytes(lines[0])
    codes = {found.code: str(found) for found in doctor(three_lines)}
    assert "lines 2 to 2 are missing" in codes["gap"]
    assert "(copy)" in codes["stray"]
    assert doctor(three_lines.parent)[0].code == "not-a-store"


def test_a_data_json_that_says_something_else_than_the_logs_is_found(three_lines: Path) -> None:
    with Store.open(three_lines, user="li"):
        pass
    data = (three_lines / "data.json").read_bytes()
    from coordinator_tui.store.line import digest_of

    body, mark, rest = data.replace("张三".encode(), "李四".encode(), 1).partition(b'"_sync":')
    sync = {**json.loads(b"{" + mark + rest)["_sync"]["1"], "content": digest_of(body).hex()}
    del sync["check"]
    sync["check"] = digest_of(orjson.dumps(sync)).hex()
    (three_lines / "data.json").write_bytes(body + mark + b'{"1":%b}\n}\n' % orjson.dumps(sync))
    assert [found.code for found in doctor(three_lines)] == ["data-differs"]
    doctor(three_lines, repair=True)
    assert not [found for found in doctor(three_lines) if found.severity != "note"]
    assert (three_lines / "data.json").read_bytes().count("张三".encode()) == 3


# -- data.json ------------------------------------------------------------------------------------------------------


@pytest.fixture
def closed(folder: Path) -> Path:
    with Store.create(folder, "甲组", user="li") as book, book.transaction() as work:
        work.set("members", 1, {"name": "张三", "tags": ["a"]})
        work.set("members", 2, {"name": "李四"})
        work.set("groups", 7, {"name": "数学组"})
    return folder


def test_data_json_is_a_tinydb_file_with_one_document_per_line(closed: Path) -> None:
    stock = TinyDB(closed / "data.json", encoding="utf-8")
    assert stock.table("members").get(doc_id=1) == {"name": "张三", "tags": ["a"]}
    assert stock.tables() == {"members", "groups", "_sync"}
    assert '"2":{"name":"李四"}' in (closed / "data.json").read_text(encoding="utf-8").splitlines()


def test_changes_made_with_stock_tinydb_come_back_as_operations(closed: Path) -> None:
    stock = TinyDB(closed / "data.json", encoding="utf-8")
    stock.table("members").update({"name": "张珊"}, doc_ids=[1])
    stock.table("members").remove(doc_ids=[2])
    added = stock.table("members").insert({"name": "王五"})
    stock.drop_table("groups")
    stock.close()
    with Store.open(closed, user="li") as book:
        assert book.documents("members") == {1: {"name": "张珊", "tags": ["a"]}, added: {"name": "王五"}}
        assert len(book.documents("groups")) == 0
        assert {change.by for change in book.history(limit=3)} == {"hand edit"}
        assert [warning.code for warning in book.warnings] == ["hand-edit"]
    with Store.open(closed, user="li") as again:
        assert not again.warnings
        assert again.document("members", added) == {"name": "王五"}


def test_an_edit_by_hand_while_the_book_is_open_is_taken_in_before_it_is_overwritten(closed: Path) -> None:
    with Store.open(closed, user="li") as book:
        with book.transaction() as work:
            work.set("members", 1, {"level": "骨干"})
        text = (closed / "data.json").read_text(encoding="utf-8")
        (closed / "data.json").write_text(text.replace("李四", "李斯"), encoding="utf-8")
        book.write_snapshot()
        assert book.document("members", 2) == {"name": "李斯"}
        assert book.document("members", 1) == {"name": "张三", "tags": ["a"], "level": "骨干"}


def test_a_touched_or_copied_data_json_is_not_an_edit(closed: Path) -> None:
    raw = (closed / "data.json").read_bytes()
    (closed / "data.json").unlink()
    (closed / "data.json").write_bytes(raw)
    with Store.open(closed, user="li") as book:
        assert not book.warnings
        assert book.version == 0
        assert len(book.documents("members")) == 2


@pytest.mark.parametrize("content", ["", "{", "[]", '{"members": 3}', "{}", '{"_sync": {"1": {"format": 9}}}'])
def test_a_data_json_that_cannot_be_read_is_kept_aside_and_made_anew(closed: Path, content: str) -> None:
    good = (closed / "data.json").read_bytes()
    (closed / "data.json").write_text(content, encoding="utf-8")
    with Store.open(closed, user="li") as book:
        assert len(book.documents("members")) == 2
        (warning,) = book.warnings
        assert (closed / str(warning.fields["kept"])).read_text(encoding="utf-8") == content
    assert json.loads((closed / "data.json").read_bytes())["members"] == json.loads(good)["members"]


def test_a_reader_who_cannot_use_data_json_is_not_told_of_a_copy_that_nobody_made(closed: Path) -> None:
    (closed / "data.json").write_text("{", encoding="utf-8")
    before = _files(closed)
    with Store.open(closed, user="li", read_only=True) as shown:
        assert len(shown.documents("members")) == 2
        (warning,) = shown.warnings
        assert "kept" not in str(warning)
        assert "made from the logs" in str(warning)
    assert _files(closed) == before


def test_without_data_json_the_book_opens_from_the_logs(closed: Path) -> None:
    with Store.open(closed, user="li") as book:
        digest = book.digest()
    (closed / "data.json").unlink()
    with Store.open(closed, user="li") as book:
        assert (book.digest(), book.warnings) == (digest, [])
    assert (closed / "data.json").exists()


def test_conflicts_and_deletions_survive_in_data_json(twins: Twins, carry: Carry) -> None:
    here, there = twins({1: {"name": "张三", "more": {"a": 1}}, 2: {"name": "李四"}, 3: {"name": "王五"}})
    for book, value in ((here, {"a": 2}), (there, 5)):
        with book.transaction() as work:
            work.set("members", 1, {"name": str(value), "more": value})
    with here.transaction() as work:
        work.delete("members", 2)
        work.delete("members", 3)
    with there.transaction() as work:
        work.set("members", 2, {"level": "骨干"})
    carry(there, here)
    digest, found = here.digest(), here.conflicts()
    assert len(found) == 3
    here.close()
    with Store.open(here.folder, user="li") as again:
        assert again.version == 0
        assert (again.digest(), again.conflicts()) == (digest, found)
        carry(again, there)
        assert there.digest() == digest


def test_an_edit_by_hand_waits_when_the_disk_is_full(closed: Path) -> None:
    path = closed / "data.json"
    edited = path.read_text(encoding="utf-8").replace("李四", "李斯")
    path.write_text(edited, encoding="utf-8")
    disk = FailingDisk()
    disk.failing = "write"
    with Store.open(closed, user="li", files=disk) as book:
        assert [warning.code for warning in book.warnings] == ["hand-edit-waits"]
    assert path.read_text(encoding="utf-8") == edited
    with Store.open(closed, user="li") as book:
        assert book.document("members", 2) == {"name": "李斯"}


# -- purge, compaction, archive -------------------------------------------------------------------------------------


def test_a_purge_takes_every_trace_out_and_breaks_nothing(folder: Path, carry: Carry, tmp_path: Path) -> None:
    with Store.create(folder, "甲组", user="li") as book:
        with book.transaction("add", names=["张三", "李四"]) as work:
            work.set("members", 1, {"name": "张三"})
            work.set("members", 2, {"name": "李四"})
        with book.transaction() as work:
            work.set("members", 1, {"name": "张三丰"})
        with book.transaction() as work:
            work.delete("members", 2)
        assert book.purge("members", [1]) == 2
        digest = book.digest()
        assert book.peek_undo() is not None
        with book.transaction() as work:
            work.set("members", 3, {"name": "王五"})
    assert not any("张三".encode() in content for content in _files(folder).values())
    assert not [found for found in doctor(folder) if found.severity != "note"]
    (folder / "data.json").unlink()
    with Store.open(folder, user="li") as again:
        assert again.documents("members") == {3: {"name": "王五"}}
        with again.transaction() as work:
            work.delete("members", 3)
        assert again.digest() == digest


def test_the_owner_of_a_line_obeys_a_purge_that_comes_from_elsewhere(twins: Twins, carry: Carry) -> None:
    here, there = twins({1: {"name": "张三"}, 2: {"name": "李四"}})
    there.purge("members", [1])
    carry(there, here)
    here.close()
    with Store.open(here.folder, user="li") as again:
        assert again.document("members", 1) is None
        assert again.digest() == there.digest()
    assert not any("张三".encode() in content for content in _files(here.folder).values())
    carry(here, there)
    assert not any("张三".encode() in path.read_bytes() for path in (there.folder / "log").rglob("*.jsonl"))
    there.close()
    with Store.open(there.folder, user="wang") as again:
        assert (again.warnings, list(again.documents("members"))) == ([], [2])


def test_compacting_changes_no_digest(closed: Path) -> None:
    (closed / "data.json.tmp").write_text("left by a crash", encoding="utf-8")
    with Store.open(closed, user="li") as book:
        before = book.digest()
        book.compact()
        assert book.digest() == before
    assert not (closed / "data.json.tmp").exists()


def test_a_backup_comes_back_as_a_new_replica(closed: Path, tmp_path: Path, carry: Carry) -> None:
    backup(closed, tmp_path / "甲组.zip")
    restore(tmp_path / "甲组.zip", tmp_path / "again.coord")
    with Store.open(closed, user="li") as book, Store.open(tmp_path / "again.coord", user="li") as again:
        assert again.digest() == book.digest()
        for one in (book, again):
            with one.transaction() as work:
                work.set("members", 1, {"by": one.replica})
        carry(book, again)
        assert len(again.conflicts()) == 1


def test_restoring_refuses_what_would_overwrite_or_is_no_book(closed: Path, tmp_path: Path) -> None:
    import zipfile

    backup(closed, tmp_path / "甲组.zip")
    with pytest.raises(StoreExists):
        restore(tmp_path / "甲组.zip", closed)
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as evil:
        evil.writestr("store.json", "{}")
        evil.writestr("../outside", "x")
    for name in ("evil.zip", "nothing.zip"):
        with pytest.raises(ArchiveError, match=name):
            restore(tmp_path / name, tmp_path / "new.coord")
    assert not (tmp_path / "outside").exists()
    assert not (tmp_path / "new.coord").exists()


# -- TinyDB ---------------------------------------------------------------------------------------------------------


def test_ordinary_tinydb_code_runs_on_the_book(book: Store, folder: Path) -> None:
    members = book.table("members")
    number = members.insert({"name": "张三", "tags": ["a"]})
    members.insert_multiple([{"name": "李四"}, {"name": "王五"}])
    members.update({"level": "骨干"}, where("name") == "张三")
    members.upsert({"name": "赵六", "level": "一般"}, where("name") == "赵六")
    assert members.remove(where("name") == "王五") != []
    assert members.get(doc_id=number) == {"name": "张三", "tags": ["a"], "level": "骨干"}
    assert {found["name"] for found in members.search(where("level").exists())} == {"张三", "赵六"}
    assert members.count(where("name") == "李四") == 1
    assert len(members) == 3
    assert {change.by for change in book.history()} == {"li"}
    book.close()
    with Store.open(folder, user="li") as again:
        assert len(again.table("members")) == 3


def test_tinydbs_own_documents_carry_their_id_in(book: Store) -> None:
    members = book.table("members")
    assert members.insert(Document({"name": "张三"}, doc_id=7)) == 7
    assert members.upsert(Document({"level": "骨干"}, doc_id=7)) == [7]
    with pytest.raises(ValueError, match="already exists"):
        members.insert(Document({"name": "李四"}, doc_id=7))
    assert book.documents("members") == {7: {"name": "张三", "level": "骨干"}}


def test_what_tinydb_returns_is_a_copy(book: Store) -> None:
    members = book.table("members")
    number = members.insert({"tags": ["a"], "more": {"x": [1]}})
    found = members.get(doc_id=number)
    assert found is not None
    assert not isinstance(found, list)
    found["tags"].append("b")
    found["more"]["x"].append(2)
    assert book.document("members", number) == {"tags": ["a"], "more": {"x": [1]}}


def test_a_cached_search_sees_what_others_wrote(book: Store, folder: Path) -> None:
    members = book.table("members")
    query = where("name") == "张三"
    assert members.search(query) == []
    with Store.open(folder, user="li") as other:
        other.table("members").insert({"name": "张三"})
    book.refresh()
    assert len(members.search(query)) == 1
    with contextlib.suppress(RuntimeError), book.transaction() as work:
        work.set("members", 5, {"name": "张三"})
        assert len(members.search(query)) == 2
        raise RuntimeError
    assert len(members.search(query)) == 1


def test_an_update_that_fails_in_the_middle_changes_nothing(book: Store) -> None:
    members = book.table("members")
    members.insert_multiple([{"n": 1}, {"n": "x"}, {"n": 3}])

    def increase(doc: object) -> None:
        assert isinstance(doc, dict)
        doc["n"] += 1

    with book.transaction("outer") as work:
        work.set("members", 1, {"n": 10})
        with pytest.raises(TypeError):
            members.update(increase)
    assert sorted(str(doc["n"]) for doc in members.all()) == ["1", "10", "3", "x"]
