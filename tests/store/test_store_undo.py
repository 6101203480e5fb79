"""Undo and redo of what a user did."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from coordinator_tui.store import Store

if TYPE_CHECKING:
    from pathlib import Path

Carry = Callable[[Store, Store], None]
Twins = Callable[[dict[int, dict[str, object]]], tuple[Store, Store]]


def _name(book: Store, number: int = 1) -> object:
    return (book.document("members", number) or {}).get("name")


def test_undo_and_redo_walk_the_steps_of_the_user(book: Store) -> None:
    for name in ("一", "二", "三"):
        with book.transaction("rename", to=name) as work:
            work.set("members", 1, {"name": name})
    assert [book.undo() is not None and _name(book) for _ in range(3)] == ["二", "一", None]
    assert book.document("members", 1) is None
    assert book.undo() is None
    assert [book.redo() is not None and _name(book) for _ in range(3)] == ["一", "二", "三"]
    assert book.redo() is None
    step = book.undo()
    assert step is not None
    assert (step.step, step.details, step.skipped) == ("rename", {"to": "三"}, [])


def test_a_new_step_ends_redoing(book: Store) -> None:
    for name in ("一", "二"):
        with book.transaction() as work:
            work.set("members", 1, {"name": name})
    book.undo()
    with book.transaction() as work:
        work.set("members", 1, {"name": "三"})
    assert book.peek_redo() is None
    book.undo()
    assert _name(book) == "一"


def test_undo_survives_a_restart(book: Store, folder: Path) -> None:
    for name in ("一", "二"):
        with book.transaction("rename") as work:
            work.set("members", 1, {"name": name})
    book.undo()
    book.close()
    with Store.open(folder, user="li") as again:
        assert again.peek_redo() is not None
        again.undo()
        assert again.document("members", 1) is None
    with Store.open(folder, user="li") as third:
        third.redo()
        third.redo()
        assert _name(third) == "二"


def test_a_deleted_document_comes_back_whole(book: Store) -> None:
    whole = {"name": "张三", "tags": ["a"], "more": {"x": {"y": 1}}}
    with book.transaction() as work:
        work.set("members", 1, whole)
    with book.transaction("remove") as work:
        work.delete("members", 1)
    book.undo()
    assert book.document("members", 1) == whole


def test_removed_and_added_fields_are_put_back(book: Store) -> None:
    with book.transaction() as work:
        work.set("members", 1, {"name": "张三", "more": {"a": 1, "b": 2}, "old": None})
    with book.transaction() as work:
        work.set("members", 1, {"new": 1, "more": {"b": 3}})
        work.unset("members", 1, ["old"])
    book.undo()
    assert book.document("members", 1) == {"name": "张三", "more": {"a": 1, "b": 2}, "old": None}
    book.redo()
    assert book.document("members", 1) == {"name": "张三", "more": {"b": 3}, "new": 1}


def test_a_value_that_someone_else_changed_since_is_left_and_reported(twins: Twins, carry: Carry) -> None:
    here, there = twins({1: {"name": "张三", "level": "一般"}})
    with here.transaction("edit") as work:
        work.set("members", 1, {"name": "李四", "level": "骨干"})
    carry(here, there)
    with there.transaction() as work:
        work.set("members", 1, {"level": "特级"})
    carry(there, here)
    step = here.undo()
    assert step is not None
    assert [(skipped.table, skipped.document, skipped.field) for skipped in step.skipped] == [("members", 1, "level")]
    assert here.document("members", 1) == {"name": "张三", "level": "特级"}


def test_a_document_that_someone_else_went_on_with_is_not_unmade(twins: Twins, carry: Carry) -> None:
    here, there = twins({1: {"name": "张三"}})
    with here.transaction("add") as work:
        work.set("members", 2, {"name": "李四"})
    carry(here, there)
    with there.transaction() as work:
        work.set("members", 2, {"level": "骨干"})
    carry(there, here)
    step = here.undo()
    assert step is not None
    assert [skipped.field for skipped in step.skipped] == [None]
    assert here.document("members", 2) == {"name": "李四", "level": "骨干"}
    assert here.peek_undo() is None or here.peek_undo() != step


def test_each_user_of_a_machine_has_their_own_steps(book: Store) -> None:
    with book.transaction("of li") as work:
        work.set("members", 1, {"name": "一"})
    book.user = "wang"
    assert book.peek_undo() is None
    with book.transaction("of wang") as work:
        work.set("members", 2, {"name": "二"})
    book.user = "li"
    step = book.undo()
    assert step is not None
    assert step.step == "of li"
    assert list(book.documents("members")) == [2]


def test_steps_of_another_session_of_mine_are_mine(book: Store, folder: Path) -> None:
    with book.transaction("here") as work:
        work.set("members", 1, {"name": "一"})
    with Store.open(folder, user="li") as other, other.transaction("there") as work:
        work.set("members", 2, {"name": "二"})
    book.refresh()
    step = book.peek_undo()
    assert step is not None
    assert step.step == "there"


def test_a_step_of_many_documents_is_undone_at_once(book: Store) -> None:
    with book.transaction("import") as work:
        for number in range(1, 200):
            work.set("members", number, {"name": str(number)})
    book.undo()
    assert len(book.documents("members")) == 0
    book.redo()
    assert len(book.documents("members")) == 199


def test_nothing_is_undone_inside_a_block_that_fails(book: Store) -> None:
    with book.transaction() as work:
        work.set("members", 1, {"name": "一"})
    with contextlib.suppress(RuntimeError), book.transaction():
        book.undo()
        raise RuntimeError
    assert _name(book) == "一"
