"""Making, opening, writing and reading a book."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coordinator_tui.store import (
    MISSING,
    NewerFormat,
    NotAStore,
    Store,
    StoreExists,
    StoreLocked,
    StoreReadOnly,
    key_id,
    new_id,
)


def test_what_was_written_is_there_after_reopening(book: Store, folder: Path) -> None:
    with book.transaction("add member") as work:
        work.set("members", 1, {"name": "张　三", "tags": ["骨干"], "more": {"stage": "初中"}, "left": None})
    book.close()
    with Store.open(folder, user="li") as again:
        assert again.document("members", 1) == {
            "name": "张　三",
            "tags": ["骨干"],
            "more": {"stage": "初中"},
            "left": None,
        }
        assert again.name == "甲组"
        assert not again.warnings


def test_a_session_that_was_killed_loses_nothing(book: Store, folder: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from coordinator_tui.store import Store\n"
        "store = Store.open(Path(sys.argv[1]), user='li')\n"
        "for number in range(1, 6):\n"
        "    with store.transaction() as work: work.set('members', number, {'name': 'x'})\n"
        "os._exit(9)\n"
    )
    book.close()
    subprocess.run([sys.executable, "-c", program, str(folder)], check=False, env={**os.environ, "PYTHONPATH": "."})
    with Store.open(folder, user="li") as again:
        assert len(again.documents("members")) == 5


def test_a_block_that_raises_writes_nothing(book: Store) -> None:
    with contextlib.suppress(RuntimeError), book.transaction() as work:
        work.set("members", 1, {"name": "张三"})
        raise RuntimeError
    assert book.document("members", 1) is None
    assert book.info().lines == 0


def test_a_block_that_changes_nothing_writes_nothing(book: Store) -> None:
    with book.transaction() as work:
        work.set("members", 1, {"name": "张三"})
    with book.transaction("rename") as work:
        work.set("members", 1, {"name": "张三"})
        work.unset("members", 1, ["nothing"])
        work.delete("members", 2)
    assert book.info().lines == 1


def test_a_whole_block_is_one_line_and_reading_inside_shows_it(book: Store) -> None:
    with book.transaction("roll", session=7) as work:
        work.set("attendance", 1, {"mark": "sick"})
        assert book.document("attendance", 1) == {"mark": "sick"}
        assert dict(book.documents("attendance")) == {1: {"mark": "sick"}}
        with book.transaction("inner") as inner:
            inner.set("attendance", 2, {"mark": "late"})
        assert len(book.documents("attendance")) == 2
        work.delete("attendance", 2)
        assert list(book.documents("attendance")) == [1]
        assert 2 not in book.documents("attendance")
    info = book.info()
    assert (info.lines, info.documents, info.tables) == (1, 1, {"attendance": 1})
    assert [(change.step, change.details) for change in book.history()] == [("roll", {"session": 7})]


def test_one_mark_costs_at_most_130_bytes(book: Store) -> None:
    first, second = key_id("s", 1, "m", 1), key_id("s", 1, "m", 2)
    with book.transaction("roll.mark") as work:
        work.set("attendance", first, {"mark": "present"})
    before = book.info().log_bytes
    with book.transaction("roll.mark") as work:
        work.set("attendance", second, {"mark": "present"})
    assert book.info().log_bytes - before <= 130


def test_only_what_changed_is_written(book: Store, folder: Path) -> None:
    with book.transaction() as work:
        work.set("members", 1, {"name": "张三", "more": {"a": 1, "b": 2}, "gone": 1})
    with book.transaction() as work:
        work.set("members", 1, {"name": "张三", "more": {"a": 1, "c": 3}})
        work.unset("members", 1, ["gone"])
    last = json.loads(_lines(folder)[-1])
    assert last["o"] == [["members", 1, {"more": {"c": 3}}, [["more", "b"], "gone"]]]


def _lines(folder: Path) -> list[str]:
    (log,) = (folder / "log").iterdir()
    segments = sorted(log.iterdir(), key=lambda path: int(path.stem))
    return [line for segment in segments for line in segment.read_text(encoding="utf-8").splitlines()]


def test_numbers_and_truth_values_are_different_values(book: Store) -> None:
    for value in (1, 1.0, True, "1", None, [1], [1.0]):
        with book.transaction() as work:
            work.set("members", 1, {"x": value})
    assert book.info().lines == 7


@pytest.mark.parametrize("value", [{1, 2}, object(), float("nan"), [float("inf")], 2**70, "\ud800"])
def test_what_json_cannot_hold_is_refused_and_nothing_changes(book: Store, value: object) -> None:
    with pytest.raises((TypeError, ValueError)), book.transaction() as work:
        work.set("members", 1, {"x": value, "y": None})
    assert book.document("members", 1) is None
    with book.transaction() as work:
        work.set("members", 1, {"x": 1})
    assert book.document("members", 1) == {"x": 1}


def test_a_later_change_of_a_callers_list_does_not_reach_the_book(book: Store) -> None:
    tags = ["骨干"]
    with book.transaction() as work:
        work.set("members", 1, {"tags": tags})
    tags.append("not mine")
    assert book.document("members", 1) == {"tags": ["骨干"]}


def test_a_long_log_rolls_into_segments_that_open_as_one(book: Store, folder: Path) -> None:
    for number in range(1, 2101):
        with book.transaction() as work:
            work.set("members", number % 50, {"n": number})
    digest = book.digest()
    book.close()
    (log,) = (folder / "log").iterdir()
    assert sorted(int(path.stem) for path in log.iterdir()) == [1, 1001, 2001]
    (folder / "data.json").unlink()
    with Store.open(folder, user="li") as again:
        assert (again.digest(), again.info().lines) == (digest, 2100)
    with Store.open(folder, user="li") as from_data:
        assert from_data.digest() == digest


def test_two_sessions_of_one_user_see_each_other(book: Store, folder: Path) -> None:
    with Store.open(folder, user="li") as other:
        with other.transaction() as work:
            work.set("members", 1, {"name": "张三"})
        changes = book.refresh()
        assert changes.touched == {"members": {1}}
        with book.transaction() as work:
            work.set("members", 2, {"name": "李四"})
        assert other.refresh().touched == {"members": {2}}
        assert not other.refresh()
        assert book.replica == other.replica
        assert book.digest() == other.digest()


def test_two_processes_writing_at_once_lose_nothing(book: Store, folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from coordinator_tui.store import Store\n"
        "with Store.open(Path(sys.argv[1]), user='li') as store:\n"
        "    for number in range(100):\n"
        "        store.table('count').update(lambda doc: doc.update(n=doc['n'] + 1), doc_ids=[1])\n"
    )
    with book.transaction() as work:
        work.set("count", 1, {"n": 0})
    command = [sys.executable, "-c", program, str(folder)]
    running = [subprocess.Popen(command, env={**os.environ, "PYTHONPATH": "."}) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    book.refresh()
    assert book.document("count", 1) == {"n": 200}
    assert len(book.info().replicas) == 1


def test_the_history_says_who_changed_what_when(book: Store) -> None:
    with book.transaction("add") as work:
        work.set("members", 1, {"name": "张三"})
    book.user = "wang"
    with book.transaction("rename", reason="typo") as work:
        work.set("members", 1, {"name": "张珊"})
    with book.transaction("remove") as work:
        work.delete("members", 1)
    removed, renamed, added = book.history("members", 1)
    assert (added.by, added.before, added.after, added.step) == ("li", MISSING, "张三", "add")
    assert (renamed.by, renamed.field, renamed.before, renamed.after) == ("wang", "name", "张三", "张珊")
    assert renamed.details == {"reason": "typo"}
    assert (removed.field, removed.before, removed.after) == (None, {"name": "张珊"}, MISSING)
    assert added.at.tzinfo is not None
    assert added.at <= renamed.at <= removed.at
    assert book.history(limit=1) == [removed]
    assert book.history(limit=2) == book.history()[:2]
    assert book.history(limit=99) == book.history()


def test_opening_what_is_no_book_says_so(tmp_path: Path, book: Store, folder: Path) -> None:
    with pytest.raises(NotAStore, match="no such folder"):
        Store.open(tmp_path / "nothing", user="li")
    with pytest.raises(NotAStore, match=r"no store\.json"):
        Store.open(tmp_path, user="li")
    (tmp_path / "file").touch()
    with pytest.raises(NotAStore, match="folder"):
        Store.open(tmp_path / "file", user="li")
    with pytest.raises(StoreExists, match="already"):
        Store.create(folder, "乙组", user="li")
    (folder / "store.json").write_text("{", encoding="utf-8")
    with pytest.raises(NotAStore, match="not JSON"):
        Store.open(folder, user="li")


def test_a_book_of_a_newer_format_is_shown_and_not_changed(book: Store, folder: Path) -> None:
    with book.transaction() as work:
        work.set("members", 1, {"name": "张三"})
    book.close()
    manifest = json.loads((folder / "store.json").read_text(encoding="utf-8"))
    (folder / "store.json").write_text(json.dumps({**manifest, "format": 2}), encoding="utf-8")
    with Store.open(folder, user="li") as newer:
        assert newer.document("members", 1) == {"name": "张三"}
        assert [warning.code for warning in newer.warnings] == ["newer-format"]
        with pytest.raises(NewerFormat, match="format 2"), newer.transaction():
            pass


def test_a_read_only_opening_leaves_every_byte(book: Store, folder: Path) -> None:
    with book.transaction() as work:
        work.set("members", 1, {"name": "张三"})
    book.engine.close()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with Store.open(folder, user="li", read_only=True) as shown:
        assert shown.document("members", 1) == {"name": "张三"}
        with pytest.raises(StoreReadOnly, match="reading only"), shown.transaction():
            pass
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_operations_of_a_newer_program_are_kept_and_passed_over(book: Store, folder: Path) -> None:
    with book.transaction() as work:
        work.more = [["members", 1, {"name": "张三"}], ["members", 1, ["increment"]], ["?"], ["members", 2, {}, [], 5]]
    with book.transaction() as work:
        work.extra = {"future": {"x": 1}}
        work.set("members", 1, {"age": 3})
    assert book.info().unknown == 2 + 1
    book.close()
    assert '["increment"]' in _lines(folder)[0]
    with Store.open(folder, user="li") as again:
        assert again.document("members", 1) == {"name": "张三", "age": 3}
        assert again.info().unknown == 3


def test_a_clock_of_the_year_2070_blocks_nothing(folder: Path) -> None:
    now = [3_155_760_000_000]
    with Store.create(folder, "甲组", user="li", clock=lambda: now[0]) as book:
        with book.transaction() as work:
            work.set("members", 1, {"name": "first"})
        now[0] = 1_790_000_000_000
        with book.transaction() as work:
            work.set("members", 1, {"name": "second"})
        assert book.document("members", 1) == {"name": "second"}
        second, first = book.history("members", 1)
        assert (first.at.year, second.at.year) == (2070, 2026)


def test_ids_are_53_bits_and_natural_keys_agree_everywhere() -> None:
    assert all(0 < new_id() < 2**53 for _ in range(100))
    assert key_id("attendance", 5, 7) == key_id("attendance", 5, 7)
    assert len({key_id(5, 7), key_id("5", 7), key_id(57), key_id(7, 5)}) == 4
    assert key_id("attendance", 5, 7) == 3300411409763929


def test_the_room_does_not_load_tinydb_before_it_is_asked_for() -> None:
    program = "import sys, coordinator_tui.store; print([m for m in ('tinydb', 'textual', 'rich') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_the_check_of_a_log_that_the_format_page_shows_works(book: Store, folder: Path) -> None:
    for number in range(3):
        with book.transaction("名字", note='a "quoted" text') as work:
            work.set("members", number, {"name": "张三"})
    page = Path("docs/data-format.md").read_text(encoding="utf-8")
    program = page.split("```python\n")[1].split("```")[0]
    lines = [line.encode() for line in _lines(folder)]
    exec(program, {"store_id": book.store_id, "replica": book.replica, "lines": lines})
    with pytest.raises(AssertionError):
        exec(program, {"store_id": "another book", "replica": book.replica, "lines": lines})


@pytest.mark.parametrize("wall", [-(10**15), 0, 10**16, 2**62])
def test_a_clock_far_outside_the_calendar_blocks_nothing(folder: Path, wall: int) -> None:
    now = [wall]
    with Store.create(folder, "甲组", user="li", clock=lambda: now[0]) as book:
        for value, time in ((1, wall), (2, 1_790_000_000_000), (3, -5)):
            now[0] = time
            with book.transaction() as work:
                work.set("members", 1, {"n": value})
        assert len(book.history()) == 3
    with Store.open(folder, user="li") as again:
        assert again.document("members", 1) == {"n": 3}


def test_a_state_folder_that_cannot_be_written_only_costs_the_replicas_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "state").write_text("a file where the folder should be", encoding="utf-8")
    with Store.create(folder, "甲组", user="li") as book:
        assert [warning.code for warning in book.warnings] == ["state-folder"]
        with book.transaction() as work:
            work.set("members", 1, {"name": "张三"})
        first = book.replica
    with Store.open(folder, user="li") as again:
        assert again.document("members", 1) == {"name": "张三"}
        with again.transaction() as work:
            work.set("members", 2, {"name": "李四"})
        assert again.replica != first
        assert again.digest() != ""


def test_a_state_folder_that_cannot_map_files_still_remembers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import mmap

    def refuse(*_: object) -> None:
        raise OSError(19, "no such device")

    monkeypatch.setattr(mmap, "mmap", refuse)
    names = set()
    for number in (1, 2):
        opened = Store.open(folder, user="li") if folder.exists() else Store.create(folder, "甲组", user="li")
        with opened as book:
            with book.transaction() as work:
                work.set("members", number, {"name": "张三"})
            names.add(book.replica)
            assert not book.warnings
    assert len(names) == 1


def test_a_lock_that_another_program_keeps_is_reported(
    book: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    from coordinator_tui.store import engine

    monkeypatch.setattr(engine, "LOCK_SECONDS", 0.05)
    with (folder / "lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(StoreLocked, match="another program"), book.transaction() as work:
            work.set("members", 1, {"name": "张三"})
    with book.transaction() as work:
        work.set("members", 1, {"name": "张三"})
    assert book.info().lines == 1
