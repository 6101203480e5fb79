"""A byte that is torn off, flipped, doubled or lost, at every place of a small book: never a wrong value.

Opening gives exactly the lines before the damage, or the whole book (where the damaged file is derived), or an error
of the store that says so; the doctor finds it and puts it right.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws_oracle import Meaning, lines, meaning
from laws_scale import SCALE, examples
from laws_world import World, canonical, heads, told

from coordinator_tui.store import Store, StoreError, doctor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Damage = "Callable[[bytes, int], bytes]"

KINDS: dict[str, Callable[[bytes, int], bytes]] = {
    "cut here": lambda data, place: data[:place],
    "bit flipped": lambda data, place: data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :],
    "digit changed": lambda data, place: data[:place] + (b"7" if data[place] != 55 else b"3") + data[place + 1 :],
    "byte lost": lambda data, place: data[:place] + data[place + 1 :],
    "byte doubled": lambda data, place: data[: place + 1] + data[place:],
    "zeros from here": lambda data, place: data[:place] + bytes(len(data) - place),
}


class Book:
    """A closed book of two replicas with a conflict and a deletion, and what it means at every stage."""

    def __init__(self) -> None:
        self.world = World(2, segment_lines=3)
        self.folder = self.world.machines[0].folder
        self._write()
        self.files = {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        self.whole = meaning(lines(self.folder))
        self.lines = {log.name: len(log_lines) for log, log_lines in self._logs()}

    def _write(self) -> None:
        here, there = self.world.machines
        for number in range(1, 5):
            with here.store.transaction("edit") as work:
                work.set("members", number % 3, {"n": number, "name": "张三", "more": {"a": number}})
        self.world.meet()
        with there.store.transaction() as work:
            work.set("members", 1, {"n": "there"})
            work.delete("members", 2)
        with here.store.transaction() as work:
            work.set("members", 1, {"n": "here"})
            work.set("members", 2, {"name": "李四"})
        with there.store.transaction() as work:
            work.set("groups", 7, {"name": "数学组"})
        self.world.meet()
        self.conflicts = len(here.store.conflicts())
        self.digest = here.store.digest()
        self.replica = here.store.replica
        for machine in (here, there):
            machine.store.close()

    def _logs(self) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
        for log in (self.folder / "log").iterdir():
            yield log, [line for line in lines(self.folder) if line["r"] == log.name]

    def restore(self) -> None:
        """Put every byte back."""
        shutil.rmtree(self.folder / "set-aside", ignore_errors=True)
        for path in self.folder.rglob("*"):
            if path.is_file() and path not in self.files:
                path.unlink()
        for log in (self.folder / "log").iterdir():
            if log.name not in self.lines:
                log.rmdir()
        for path, data in self.files.items():
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)

    def close(self) -> None:
        self.world.end()


@pytest.fixture(scope="module")
def whole() -> Iterator[Book]:
    book = Book()
    yield book
    book.close()


@pytest.fixture(params=["remembered", "forgotten"])
def book(whole: Book, request: pytest.FixtureRequest) -> Iterator[Book]:
    """The whole book, on the machine that wrote it or on one that never saw it."""
    assert whole.conflicts == 2
    machine = whole.world.machines[0]
    state = machine.state if request.param == "remembered" else whole.world.root / "elsewhere"
    whole.world.patch.setenv("XDG_STATE_HOME", str(state))
    kept = {path: path.read_bytes() for path in state.rglob("*.json")}
    yield whole
    for path, data in kept.items():
        path.write_bytes(data)
    whole.restore()


def _open(book: Book, *, read_only: bool) -> tuple[Store | None, str]:
    try:
        return Store.open(book.folder, user="li", read_only=read_only), ""
    except StoreError as error:
        return None, str(error)


def _check_shown(book: Book, store: Store, *, damaged: bool) -> None:
    """What is shown are the first lines of each log, and if those are not all, somebody was told."""
    found = heads(store)
    expected = meaning(_first(book, found))
    shown = told(store)
    assert canonical(shown.documents) == canonical(expected.documents)
    assert set(shown.conflicts) == set(expected.conflicts)
    if damaged and {name: number for name, number in found.items() if number} != book.lines and not _cut_cleanly(book):
        assert [finding for finding in doctor(book.folder) if finding.severity != "note"]


def _cut_cleanly(book: Book) -> bool:
    """Tell whether the logs end after whole lines, so that nobody can know that more was there."""
    return all(whole.startswith(path.read_bytes()) for path, whole in book.files.items() if path.suffix == ".jsonl")


def _first(book: Book, found: dict[str, int]) -> list[dict[str, Any]]:
    book_lines: dict[Path, bytes] = {path: data for path, data in book.files.items() if path.suffix == ".jsonl"}
    whole = book.world.root / "whole"
    if not whole.exists():
        for path, data in book_lines.items():
            there = whole / path.relative_to(book.folder)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(data)
    return lines(whole, heads=found)


def _targets(book: Book) -> list[Path]:
    return sorted(path for path in book.files if path.suffix == ".jsonl")


@pytest.mark.parametrize("kind", KINDS)
def test_a_log_damaged_at_any_byte_gives_the_lines_before_or_says_so(book: Book, kind: str) -> None:
    step = 1 if SCALE > 1 else 11
    (book.folder / "data.json").unlink()
    for path in _targets(book):
        whole = book.files[path]
        for place in range(list(KINDS).index(kind), len(whole), step):
            path.write_bytes(KINDS[kind](whole, place))
            store, _ = _open(book, read_only=True)
            assert store is not None  # damage never keeps anyone from looking
            _check_shown(book, store, damaged=True)
            store.engine.close()
            path.write_bytes(whole)


@pytest.mark.parametrize("kind", KINDS)
def test_writing_goes_on_or_is_refused_but_no_whole_line_is_lost(book: Book, kind: str) -> None:
    step = 5 if SCALE > 1 else 61
    for path in _targets(book):
        whole = book.files[path]
        for place in range(list(KINDS).index(kind), len(whole), step):
            path.write_bytes(KINDS[kind](whole, place))
            store, _ = _open(book, read_only=False)
            if store is not None:
                _check_shown(book, store, damaged=True)
                with store.transaction() as work:
                    work.set("after", 1, {"x": 1})
                assert store.document("after", 1) == {"x": 1}
                store.close()
                with Store.open(book.folder, user="li") as again:
                    assert again.document("after", 1) == {"x": 1}
            else:
                assert [found for found in doctor(book.folder) if found.severity == "error"]
                doctor(book.folder, repair=True)
                with Store.open(book.folder, user="li") as again:
                    assert set(canonical(told(again).documents).values()) <= _ever(book)
            book.restore()


def _ever(book: Book) -> set[str]:
    """Every form that a document ever had, as text, in any choice of lines."""
    found: set[str] = set()
    all_lines = _first(book, {}) or _first(book, book.lines)
    for here in range(len(all_lines) + 1):
        for there in range(len(all_lines) + 1):
            names = sorted(book.lines)
            part = [x for x in all_lines if x["n"] <= (here if x["r"] == names[0] else there)]
            found |= set(canonical(meaning(part).documents).values())
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_data_json_never_shows_a_wrong_value_unsaid(book: Book, kind: str) -> None:
    step = 1 if SCALE > 1 else 7
    path = book.folder / "data.json"
    whole = book.files[path]
    for place in range(list(KINDS).index(kind), len(whole), step):
        path.write_bytes(KINDS[kind](whole, place))
        store, error = _open(book, read_only=True)
        assert store is not None, (place, error)
        assert store.digest() == book.digest or store.warnings, (place, whole[max(place - 40, 0) : place + 10])
        assert heads(store) == book.lines, (place, whole[max(place - 40, 0) : place + 10])
        check = Meaning()
        check.documents = told(store).documents
        if not store.warnings:
            assert canonical(check.documents) == canonical(book.whole.documents)
        store.engine.close()
        path.write_bytes(whole)


@examples(40)
@given(data=st.data())
def test_several_damages_at_once(data: st.DataObject) -> None:
    book = Book()
    try:
        for _ in range(data.draw(st.integers(1, 3))):
            path = data.draw(st.sampled_from(sorted(book.files)))
            whole = path.read_bytes()
            if whole and path.name != "store.json":
                place = data.draw(st.integers(0, len(whole) - 1))
                path.write_bytes(KINDS[data.draw(st.sampled_from(sorted(KINDS)))](whole, place))
        book.world.enter(book.world.machines[0])
        store, _ = _open(book, read_only=data.draw(st.booleans()))
        if store is not None:
            if not [w for w in store.warnings if w.code.startswith("hand-edit")]:
                _check_shown(book, store, damaged=True)
            store.close()
        doctor(book.folder)
        doctor(book.folder, repair=True)
        with Store.open(book.folder, user="li") as again, again.transaction() as work:
            work.set("after", 1, {"x": 1})
        errors = {found.code for found in doctor(book.folder) if found.severity == "error"}
        assert errors <= {"gap"}  # lines that are gone altogether may still come from another machine
    finally:
        book.close()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe{}", b'{"format":1}', b'{"format":"x"}', b"null"])
def test_a_damaged_store_json_is_told_in_a_sentence(book: Book, content: bytes) -> None:
    (book.folder / "store.json").write_bytes(content)
    store, error = _open(book, read_only=False)
    assert store is None
    assert error.endswith(".")
    assert doctor(book.folder)[0].severity == "error"
