"""Two machines that wrote apart: what the merged book shows, and what it asks people about."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.store import Conflict, Store

if TYPE_CHECKING:
    from pathlib import Path

Carry = Callable[[Store, Store], None]
Twins = Callable[[dict[int, dict[str, object]]], tuple[Store, Store]]


def _meet(here: Store, there: Store, carry: Carry) -> list[Conflict]:
    carry(here, there)
    carry(there, here)
    assert here.digest() == there.digest()
    found = here.conflicts()
    assert [(c.id, [(v.value, v.by, v.deleted) for v in c.values]) for c in found] == [
        (c.id, [(v.value, v.by, v.deleted) for v in c.values]) for c in there.conflicts()
    ]
    return found


def test_different_fields_merge_without_a_word(twins: Twins, carry: Carry) -> None:
    here, there = twins({1: {"name": "张三", "more": {"a": 1}}})
    with here.transaction() as work:
        work.set("members", 1, {"level": "骨干", "more": {"a": 1, "b": 2}})
    with there.transaction() as work:
        work.set("members", 1, {"subject": "数学", "more": {"a": 1, "c": 3}})
        work.set("members", 2, {"name": "李四"})
    assert _meet(here, there, carry) == []
    assert here.document("members", 1) == {
        "name": "张三",
        "level": "骨干",
        "subject": "数学",
        "more": {"a": 1, "b": 2, "c": 3},
    }
    assert here.document("members", 2) == {"name": "李四"}


def test_two_values_for_one_field_are_shown_to_both_and_settled_once(twins: Twins, carry: Carry) -> None:
    here, there = twins({1: {"mark": "present"}})
    with here.transaction() as work:
        work.set("members", 1, {"mark": "late"})
    with there.transaction() as work:
        work.set("members", 1, {"mark": "sick"})
    (conflict,) = _meet(here, there, carry)
    assert (conflict.table, conflict.document, conflict.field) == ("members", 1, "mark")
    assert {(v.value, v.by) for v in conflict.values} == {("late", "li"), ("sick", "wang")}
    assert here.document("members", 1) == {"mark": conflict.values[0].value}
    here.resolve(conflict, "sick")
    assert _meet(here, there, carry) == []
    assert there.document("members", 1) == {"mark": "sick"}


def test_writing_the_shown_value_again_settles_it_too(twins: Twins, carry: Carry) -> None:
    here, there = twins({1: {"mark": "present"}})
    for book, mark in ((here, "late"), (there, "sick")):
        with book.transaction() as work:
            work.set("members", 1, {"mark": mark})
    (conflict,) = _meet(here, there, carry)
    with here.transaction() as work:
        work.set("members", 1, {"mark": conflict.values[0].value})
    assert _meet(here, there, carry) == []


def test_the_same_value_twice_is_no_conflict(twins: Twins, carry: Carry) -> None:
    here, there = twins({1: {"mark": "present"}})
    for book in (here, there):
        with book.transaction() as work:
            work.set("members", 1, {"mark": "sick"})
            work.set("members", 9, {"session": 1})
    assert _meet(here, there, carry) == []
    assert here.documents("members") == {1: {"mark": "sick"}, 9: {"session": 1}}


def test_an_edit_beside_a_deletion_keeps_the_whole_document_and_asks(twins: Twins, carry: Carry) -> None:
    here, there = twins({1: {"name": "张三", "level": "骨干"}})
    with here.transaction() as work:
        work.delete("members", 1)
    with there.transaction() as work:
        work.set("members", 1, {"level": "学科带头人"})
    (conflict,) = _meet(here, there, carry)
    assert here.document("members", 1) == {"name": "张三", "level": "学科带头人"}
    assert conflict.field is None
    assert [(v.by, v.deleted) for v in conflict.values] == [("wang", False), ("li", True)]
    assert conflict.values[0].value == {"name": "张三", "level": "学科带头人"}


@pytest.mark.parametrize("keep", [True, False])
def test_that_question_has_two_answers(twins: Twins, carry: Carry, keep: bool) -> None:
    here, there = twins({1: {"name": "张三"}})
    with here.transaction() as work:
        work.delete("members", 1)
    with there.transaction() as work:
        work.set("members", 1, {"level": "骨干"})
    (conflict,) = _meet(here, there, carry)
    there.resolve(conflict, keep)
    assert _meet(here, there, carry) == []
    assert (here.document("members", 1) is not None) is keep


def test_a_deletion_that_everyone_saw_stays(twins: Twins, carry: Carry) -> None:
    here, there = twins({1: {"name": "张三"}, 2: {"name": "李四"}})
    with here.transaction() as work:
        work.delete("members", 1)
    _meet(here, there, carry)
    with there.transaction() as work:
        work.set("members", 1, {"level": "new life"})
    assert _meet(here, there, carry) == []
    assert here.document("members", 1) == {"level": "new life"}


def test_lines_wait_for_the_lines_that_they_saw(twins: Twins, carry: Carry, tmp_path: Path) -> None:
    here, there = twins({1: {"name": "张三"}})
    with here.transaction() as work:
        work.set("members", 1, {"name": "李四"})
    carry(here, there)
    with there.transaction() as work:
        work.set("members", 1, {"name": "王五"})
    third_folder = tmp_path / "third.coord"
    shutil.copytree(here.folder, third_folder)
    shutil.rmtree(third_folder / "log" / here.replica)
    (third_folder / "data.json").unlink()
    shutil.copytree(there.folder / "log" / there.replica, third_folder / "log" / there.replica)
    with Store.open(third_folder, user="zhao") as third:
        assert third.info().waiting == 1
        assert third.document("members", 1) is None
        shutil.copytree(here.folder / "log" / here.replica, third_folder / "log" / here.replica)
        assert third.refresh().touched == {"members": {1}}
        assert third.document("members", 1) == {"name": "王五"}
        assert third.info().waiting == 0


def test_a_log_that_comes_byte_by_byte_is_taken_in_line_by_line(twins: Twins) -> None:
    here, there = twins({1: {"n": 0}})
    for number in range(1, 4):
        with here.transaction() as work:
            work.set("members", 1, {"n": number})
    source = (here.folder / "log" / here.replica / "1.jsonl").read_bytes()
    target = there.folder / "log" / here.replica / "1.jsonl"
    shown = []
    for size in range(target.stat().st_size, len(source) + 1, 7):
        target.write_bytes(source[:size])
        there.refresh()
        shown.append((there.document("members", 1) or {})["n"])
    target.write_bytes(source)
    there.refresh()
    assert shown == sorted(shown)
    assert there.document("members", 1) == {"n": 3}
    assert not there.warnings


def test_an_empty_folder_deletes_nothing(twins: Twins, carry: Carry) -> None:
    here, there = twins({1: {"name": "张三"}})
    with here.transaction() as work:
        work.set("members", 2, {"name": "李四"})
    carry(here, there)
    shutil.move(there.folder / "log", there.folder / "unmounted")
    there.refresh()
    assert len(there.documents("members")) == 2
    shutil.move(there.folder / "unmounted", there.folder / "log")
    there.refresh()
    assert there.digest() == here.digest()


def test_a_copied_folder_is_a_replica_of_its_own(twins: Twins) -> None:
    here, there = twins({1: {"name": "张三"}})
    for book in (here, there):
        with book.transaction() as work:
            work.set("members", 1, {"name": book.user})
    assert here.replica != there.replica


def test_going_on_from_an_older_copy_does_not_lose_an_edit(book: Store, folder: Path, carry: Carry) -> None:
    with book.transaction() as work:
        work.set("members", 1, {"name": "one"})
    book.close()
    (log,) = (folder / "log").iterdir()
    older = (log / "1.jsonl").read_bytes()
    with Store.open(folder, user="li") as later, later.transaction() as work:
        work.set("members", 2, {"name": "two"})
    newer = (log / "1.jsonl").read_bytes()
    (log / "1.jsonl").write_bytes(older)
    with Store.open(folder, user="li") as again:
        assert "older-copy" in [warning.code for warning in again.warnings]
        with again.transaction() as work:
            work.set("members", 3, {"name": "three"})
        assert again.replica != log.name
        (log / "1.jsonl").write_bytes(newer)
        again.refresh()
        assert set(again.documents("members")) == {1, 2, 3}


def test_a_line_that_saw_another_history_is_reported_and_not_merged(twins: Twins, carry: Carry) -> None:
    here, there = twins({1: {"name": "张三"}})
    with here.transaction() as work:
        work.set("members", 1, {"name": "here"})
    carry(here, there)
    with there.transaction() as work:
        work.set("members", 1, {"name": "there"})
    log = here.folder / "log" / there.replica
    shutil.copytree(there.folder / "log" / there.replica, log)
    line = (log / "1.jsonl").read_bytes()
    number = here.info().replicas[0].lines
    head = here.engine.logs[here.replica].digest.hex().encode()
    assert b'[%d,"%b"]' % (number, head) in line
    from coordinator_tui.store.line import encode, root_of

    header, _, rest = line.partition(b',"o":')
    forged, _ = encode(
        header.replace(head, b"0" * 16), rest[: rest.rindex(b',"h"')], root_of(here.store_id, there.replica)
    )
    (log / "1.jsonl").write_bytes(forged)
    here.refresh()
    assert here.document("members", 1) == {"name": "here"}
    assert [warning.code for warning in here.warnings] == ["fork"]


def test_a_peer_whose_clock_is_ahead_is_named_once(tmp_path: Path, carry: Carry) -> None:
    with Store.create(tmp_path / "a", "甲组", user="li") as first, first.transaction() as work:
        work.set("members", 1, {"name": "张三"})
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    here = Store.open(tmp_path / "a", user="li")
    there = Store.open(tmp_path / "b", user="wang", clock=lambda: 4_000_000_000_000)
    for number in (1, 2):
        with there.transaction() as work:
            work.set("members", number, {"name": "王五"})
    carry(there, here)
    (warning,) = here.warnings
    assert "wang" in str(warning)
    assert "2096" in str(warning)
    with here.transaction() as work:
        work.set("members", 1, {"name": "赵六"})
    carry(here, there)
    assert there.document("members", 1) == {"name": "赵六"}
