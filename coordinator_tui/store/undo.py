"""Undo and redo of a user's steps, from the log alone, so that they survive a restart.

A line that undoes our line k says so in its header (`"z":k`), one that does it again says `"y":k`; `"z":0` marks a line
that is no step of a user. A field is only put
back when its value still comes from the step: values that someone else has written since are left and reported.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coordinator_tui.store import scan
from coordinator_tui.store.errors import DamagedStore
from coordinator_tui.store.leaves import same
from coordinator_tui.store.line import annotation, names_document, operations
from coordinator_tui.store.replay import Replay

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator_tui.store.line import Record
    from coordinator_tui.store.state import Where
    from coordinator_tui.store.store import Store
    from coordinator_tui.store.transaction import Transaction

REACH = 5_000  # so many of our last lines are looked at for steps to undo


@dataclass(frozen=True, slots=True)
class Skipped:
    """A field that was not put back, because someone changed it since; field None stands for the whole document."""

    table: str
    document: int
    field: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """A user's step: its name and details, its lines' numbers, what undoing it left, the documents it touched."""

    step: str
    details: dict[str, Any]
    lines: list[int]
    skipped: list[Skipped] = field(default_factory=list)
    touched: dict[str, set[int]] = field(default_factory=dict)


@dataclass(slots=True)
class Stacks:
    """For each user the numbers of lines to undo and to redo, as far as our own log was read."""

    upto: int = 0
    user: str = ""
    replica: str = ""
    undo: dict[str, list[int]] = field(default_factory=dict)
    redo: dict[str, list[int]] = field(default_factory=dict)


def _stacks(store: Store) -> Stacks:
    own = store.engine.own
    stacks = store.undo_stacks
    if own is None:
        return Stacks()
    if stacks.replica != own.replica:
        stacks = store.undo_stacks = Stacks(upto=max(0, own.number - REACH), replica=own.replica)
        stacks.user = _user_at(store, stacks.upto)
    try:
        for record in own.records(stacks.upto + 1) if own.number > stacks.upto else ():
            _learn(stacks, record)
    except DamagedStore as error:  # nothing can be taken back safely; everything else goes on
        store.engine.warn(error.code, str(error.fields["file"]), error.template, **error.fields)
        return Stacks()
    return stacks


def _user_at(store: Store, number: int) -> str:
    own = store.engine.own
    assert own is not None
    return own.user_at(number) if number else ""


def _learn(stacks: Stacks, record: Record) -> None:
    stacks.upto = record["n"]
    stacks.user = record.get("u", stacks.user)
    undone, done = stacks.redo.setdefault(stacks.user, []), stacks.undo.setdefault(stacks.user, [])
    if record.get("z") == 0:
        return  # not a step that can be undone
    if "z" in record:
        _move(record["z"], done, undone)
    elif "y" in record:
        _move(record["y"], undone, done)
    else:
        done.append(record["n"])
        undone.clear()


def _move(number: int, source: list[int], target: list[int]) -> None:
    if number in source:
        source.remove(number)
    target.append(number)


def peek(store: Store, *, redo: bool) -> Step | None:
    """Return the step that would be undone or redone next, without doing it."""
    number = _next(store, redo=redo)
    if number is None or store.engine.own is None:
        return None
    record = store.engine.own.record(number)
    return _step(record) if _whole(record) and record is not None else None


def _whole(record: Record | None) -> bool:
    """Tell whether a line still says all that it said; a purge leaves nothing that could be put back."""
    return record is not None and type(record.get("o")) is list


def _next(store: Store, *, redo: bool) -> int | None:
    stacks = _stacks(store)
    found = (stacks.redo if redo else stacks.undo).get(store.user)
    return found[-1] if found else None


def _step(record: Record, skipped: Iterable[Skipped] = ()) -> Step:
    touched: dict[str, set[int]] = {}
    for op in operations(record):
        if names_document(op):
            touched.setdefault(op[0], set()).add(op[1])
    return Step(str(record.get("s", "")), annotation(record), [record["n"]], list(skipped), touched)


def undo(store: Store) -> Step | None:
    """Put back what the last step of this user on this replica changed."""
    return _turn(store, redo=False)


def redo(store: Store) -> Step | None:
    """Do again what was undone last."""
    return _turn(store, redo=True)


def _turn(store: Store, *, redo: bool) -> Step | None:
    with store.transaction() as work:
        number = _next(store, redo=redo)
        own = store.engine.own
        record = own.record(number) if own is not None and number is not None else None
        if record is None or own is None or number is None or not _whole(record):
            return None
        replay = Replay(own.replica)
        ids = {op[1] for op in record["o"] if names_document(op)} if type(record["o"]) is list else set()
        for line in scan.lines(store.engine, ids):
            replay.play(line)
        skipped: list[Skipped] = []
        for where in replay.touched_by(number):
            _put_back(work, replay, where, number, skipped, redo=redo)
        work.step, work.details = str(record.get("s", "")), annotation(record)
        work.extra = {"y" if redo else "z": number}
        return _step(record, skipped)


def _put_back(
    work: Transaction, replay: Replay, where: Where, number: int, skipped: list[Skipped], *, redo: bool
) -> None:
    """Bring one document from how the step left it to how it was before (or, for redo, the other way round)."""
    doc = replay.documents[where]
    moment = doc.moments[number]
    target = moment.after if redo else moment.before
    expected = moment.origin_before if redo else moment.origin_after
    source = moment.before if redo else moment.after
    table, key = where
    now = work.document(table, key)
    if source is None or target is None:  # the step made or removed the document
        if (now is None) != (source is None) or (now is not None and doc.origin != expected):
            skipped.append(Skipped(table, key, None))
        elif target is None:
            work.delete(table, key)
        else:
            work.set(table, key, target)
        return
    if now is None:
        skipped.append(Skipped(table, key, None))
        return
    for name in sorted({*source, *target}):
        if name in source and name in target and same(source[name], target[name]):
            continue
        if doc.origin.get(name) != expected.get(name):
            skipped.append(Skipped(table, key, name))
        elif name in target:
            work.set(table, key, {name: target[name]})
        else:
            work.unset(table, key, [name])
