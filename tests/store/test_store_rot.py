"""Bytes that rotted in the logs while data.json still tells the whole book: work goes on, nothing wrong is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coordinator_tui.store import DamagedStore, Store, doctor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def rotten(book: Store, folder: Path) -> Path:
    """A closed book whose first line was changed after data.json was written."""
    for name in ("张三", "张珊", "张山"):
        with book.transaction("rename") as work:
            work.set("members", 1, {"name": name})
    book.close()
    (log,) = (folder / "log").glob("*/*.jsonl")
    log.write_bytes(log.read_bytes().replace("张三".encode(), "李三".encode(), 1))
    return folder


def test_the_book_shows_and_takes_values_as_before(rotten: Path) -> None:
    with Store.open(rotten, user="li") as book:
        assert book.document("members", 1) == {"name": "张山"}
        with book.transaction() as work:
            work.set("members", 1, {"level": "骨干"})
    with Store.open(rotten, user="li") as book:
        assert book.document("members", 1) == {"name": "张山", "level": "骨干"}


def test_history_names_the_line_instead_of_telling_what_nobody_wrote(rotten: Path) -> None:
    with Store.open(rotten, user="li") as book, pytest.raises(DamagedStore, match=r"1\.jsonl, line 1"):
        book.history("members", 1)


def test_undo_does_nothing_and_says_why(rotten: Path) -> None:
    with Store.open(rotten, user="li") as book:
        assert book.peek_undo() is None
        assert book.undo() is None
        assert [warning.code for warning in book.warnings] == ["damaged"]
        assert book.document("members", 1) == {"name": "张山"}


def test_the_doctor_finds_it_and_keeps_what_is_whole(rotten: Path) -> None:
    assert [found.code for found in doctor(rotten) if found.severity == "error"] == ["damaged", "data-differs"]
    doctor(rotten, repair=True)
    with Store.open(rotten, user="li") as book:
        assert book.document("members", 1) == {"name": "张山"}
    assert not [found for found in doctor(rotten) if found.severity == "error"]


def test_a_reader_is_shown_something_even_when_a_merge_needs_the_rotten_line(
    twins: Callable[[dict[int, dict[str, object]]], tuple[Store, Store]], carry: Callable[[Store, Store], None]
) -> None:
    here, there = twins({1: {"name": "张三"}, 2: {"name": "李四"}})
    with here.transaction() as work:
        work.delete("members", 1)
    here.close()
    first = next((here.folder / "log").glob("*/1.jsonl"))
    first.write_bytes(first.read_bytes().replace("李四".encode(), "王四".encode(), 1))
    with there.transaction() as work:
        work.set("members", 1, {"level": "骨干"})
    new = here.folder / "log" / there.replica
    new.mkdir()
    (new / "1.jsonl").write_bytes((there.folder / "log" / there.replica / "1.jsonl").read_bytes())
    with pytest.raises(DamagedStore):
        Store.open(here.folder, user="li")
    with Store.open(here.folder, user="li", read_only=True) as shown:
        assert "damaged" in [warning.code for warning in shown.warnings]


def test_an_operation_of_a_newer_program_may_name_its_document_otherwise(book: Store) -> None:
    with book.transaction("add") as work:
        work.set("members", 1, {"name": "张三"})
        work.more = [["members", "x", {}], [["members"], 1, {}], ["members", [1], {"name": "x"}]]
    step = book.undo()
    assert step is not None
    assert step.touched == {"members": {1}}
    assert book.document("members", 1) is None
    assert len(book.history()) == 2
    assert book.purge("members", [1]) == 1
