"""data.json equals the folded logs, stock TinyDB opens it, and what a hand changes in it comes back as operations."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
from laws_apart import edits, write
from laws_oracle import lines, meaning
from laws_scale import examples
from laws_world import World, canonical, told
from tinydb import TinyDB, where

if TYPE_CHECKING:
    from pathlib import Path

    from coordinator_tui.store import Store

days = st.lists(st.lists(edits, min_size=1, max_size=3), min_size=1, max_size=6)
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=6)
numbers = st.integers(
    -(2**63), 2**64 - 1
)  # beyond these a number in JSON is read as a float here, as in other programs
hand = st.one_of(
    st.tuples(st.just("insert"), st.sampled_from("tu"), st.dictionaries(texts, texts, max_size=2)),
    st.tuples(st.just("update"), st.sampled_from("tu"), st.dictionaries(texts, numbers | texts, max_size=2)),
    st.tuples(st.just("remove"), st.sampled_from("tu"), st.integers(1, 2)),
    st.tuples(st.just("delete field"), st.sampled_from("tu"), st.sampled_from("abc")),
    st.tuples(st.just("drop"), st.sampled_from("tu"), st.none()),
)


def _stock(folder: Path) -> dict[tuple[str, int], dict[str, Any]]:
    with TinyDB(folder / "data.json", encoding="utf-8") as stock:
        names = stock.tables() - {"_sync"}
        return {(name, doc.doc_id): dict(doc) for name in names for doc in stock.table(name)}


def _by_hand(folder: Path, changes: list[Any]) -> None:
    with TinyDB(folder / "data.json", encoding="utf-8", ensure_ascii=False) as stock:
        for kind, name, what in changes:
            table = stock.table(name)
            if kind == "insert":
                table.insert(what)
            elif kind == "update":
                table.update(what)
            elif kind == "remove":
                table.remove(doc_ids=[what])
            elif kind == "delete field":
                table.update(lambda doc, gone=what: doc.pop(gone, None), where(what).exists())
            else:
                stock.drop_table(name)


def _equal(store: Store, documents: dict[tuple[str, int], dict[str, Any]]) -> bool:
    return canonical(told(store).documents) == canonical(documents)


@examples(40)
@given(first=days, second=days, number=st.integers(1, 2))
def test_data_json_is_what_the_logs_say(first: Any, second: Any, number: int) -> None:
    with World(number) as world:
        for machine, day in zip(world.machines * 6, first + second, strict=False):
            world.enter(machine)
            write(machine.store, day)
        world.meet()
        for machine in world.machines:
            world.enter(machine)
            machine.store.close()
            documents = meaning(lines(machine.folder)).documents
            assert canonical(_stock(machine.folder)) == canonical(documents)
            raw = (machine.folder / "data.json").read_bytes()
            assert json.loads(raw)["_sync"]
            assert _equal(world.open(machine), documents)
            assert machine.store.version == 0  # no line was read
            machine.store.compact()
            machine.store.close()
            assert (machine.folder / "data.json").read_bytes() == raw
            world.open(machine)


@examples(60)
@given(day=days, changes=st.lists(hand, min_size=1, max_size=4), how=st.sampled_from(["closed", "open", "elsewhere"]))
def test_edits_by_hand_come_back_as_operations(day: Any, changes: list[Any], how: str) -> None:
    """While the book is closed; while it is open; or on another computer that has the folder."""
    with World(1) as world:
        machine = world.machines[0]
        for part in day:
            write(machine.store, part)
        if how == "open":
            machine.store.write_snapshot()
        else:
            machine.store.close()
        _by_hand(machine.folder, changes)
        edited = _stock(machine.folder)
        if how == "open":
            with machine.store.transaction() as work:
                work.set("meanwhile", 1, {"x": 1})
            edited["meanwhile", 1] = {"x": 1}
            machine.store.write_snapshot()
        elif how == "elsewhere":
            machine.state = world.root / "another computer"
            world.open(machine)
        else:
            world.open(machine)
        store = machine.store
        assert _equal(store, edited)
        assert {warning.code for warning in store.warnings} <= {"hand-edit"}
        store.close()
        assert _equal(world.open(machine), edited)
        assert not machine.store.warnings
        world.kill(machine)
        (machine.folder / "data.json").unlink()
        assert _equal(world.open(machine), edited)


@examples(40)
@given(changes=st.lists(hand, min_size=1, max_size=3), late=days)
def test_edits_by_hand_and_lines_that_came_meanwhile_merge(changes: list[Any], late: Any) -> None:
    """A hand edits data.json; then lines of another machine are laid beside; both machines end up alike."""
    with World(1) as world:
        machine = world.machines[0]
        write(machine.store, [("set", ("t", 1), {"a": 1, "b": {"p": 1}}), ("set", ("u", 2), {"c": [1]})])
        machine.store.write_snapshot()
        other = world.clone(machine, "other")
        world.machines.append(other)
        machine.store.close()
        _by_hand(machine.folder, changes)
        world.enter(other)
        for part in late:
            write(other.store, part)
        shutil.copytree(other.folder / "log", machine.folder / "log", dirs_exist_ok=True)
        world.open(machine)
        assert {w.code for w in machine.store.warnings} <= {"hand-edit"}
        world.meet()
        assert machine.store.digest() == other.store.digest()
        assert _equal(other.store, meaning(lines(other.folder)).documents)
