"""Real processes: killed with kill -9 at any moment, and two at once on one book."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import laws_scale
import pytest

from coordinator_tui.store import Store, doctor

HERE = Path(__file__).parent
PROGRAM = HERE / "laws_writer.py"
PATIENCE = 60
"""Seconds after which something that has not come never will."""


def _start(folder: Path, user: str, mode: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    command = [sys.executable, str(PROGRAM), str(folder), user, mode]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    first = b""
    # Byte by byte: what a buffer had taken as well would not be among what communicate() returns.
    while not first.endswith(b"\n") and (byte := os.read(process.stdout.fileno(), 1)):
        first += byte
    if first != b"ready\n":
        pytest.fail(process.communicate()[1])
    return process


def _said(process: subprocess.Popen[str]) -> set[int]:
    """End a process with kill -9; returns the numbers it said were saved."""
    process.kill()
    out, error = process.communicate()
    assert not error, error
    return {int(line) for line in out.splitlines(keepends=True) if line.endswith("\n")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Store.create(tmp_path / "甲组.coord", "甲组", user="li").close()
    return tmp_path / "甲组.coord"


def test_killing_a_writer_at_any_moment_loses_nothing_it_said_was_saved(folder: Path) -> None:
    chance = random.Random(laws_scale.SCALE)
    acknowledged: set[int] = set()
    rounds = 20 if laws_scale.SCALE == 1 else 400
    for number in itertools.count():
        if number >= rounds and len(acknowledged) > 20:
            break
        assert number < 2 * rounds
        writer = _start(folder, "li", "count")
        time.sleep(chance.uniform(0.0, 0.12) * (1 if number < rounds else 10))  # a slow machine saves little in that
        acknowledged |= _said(writer)
        with Store.open(folder, user="li") as book:
            found = book.documents("li")
            assert acknowledged <= set(found)
            assert all(doc == {"n": key, "text": "某" * (key % 50)} for key, doc in found.items())
            assert sorted(found) == list(range(1, len(found) + 1))
            assert {warning.code for warning in book.warnings} <= {"torn"}
            assert len(book.info().replicas) == 1
            digest = book.digest()
    assert not [found for found in doctor(folder) if found.severity != "note"]
    (folder / "data.json").unlink()
    with Store.open(folder, user="li") as book:
        assert book.digest() == digest


def test_two_writers_at_once_and_one_killed_now_and_then_lose_nothing(folder: Path) -> None:
    chance = random.Random(7)
    saved: dict[str, set[int]] = {"li": set(), "wang": set()}
    steady = _start(folder, "li", "add")
    for _ in range(5 if laws_scale.SCALE == 1 else 100):
        other = _start(folder, "wang", "add")
        time.sleep(chance.uniform(0.02, 0.2))
        saved["wang"] |= _said(other)
    saved["li"] |= _said(steady)
    with Store.open(folder, user="li") as book:
        for user, numbers in saved.items():
            assert numbers <= set(book.documents(user))
        written = sum(len(book.documents(user)) for user in saved)
        assert (book.document("count", 1) or {})["n"] == written  # no increase was lost
        assert len(book.info().replicas) == 1
        assert not book.conflicts()
    assert not [found for found in doctor(folder) if found.severity != "note"]


def test_each_of_two_processes_sees_the_others_change_without_being_told(folder: Path) -> None:
    with Store.open(folder, user="other") as book:
        watcher = _start(folder, "li", "watch")
        for number in range(1, 6):
            with book.transaction() as work:
                work.set("other", number, {"n": number})
            time.sleep(0.3)
        out, error = watcher.communicate(timeout=PATIENCE)
        assert not error
        assert out.split()[-1] == "5"
        writer = _start(folder, "li", "count")
        until = time.monotonic() + PATIENCE
        while not book.documents("li") and time.monotonic() < until:
            book.refresh()
            time.sleep(0.05)
        assert book.documents("li")
        _said(writer)


def test_a_reader_beside_a_busy_writer_never_sees_half_a_line(folder: Path) -> None:
    writer = _start(folder, "li", "add")
    read, written, until = 0, 0, time.monotonic() + PATIENCE
    try:
        while read < (30 if laws_scale.SCALE == 1 else 1000) or (not written and time.monotonic() < until):
            with Store.open(folder, user="zhang", read_only=True) as shown:
                written = len(shown.documents("li"))
                assert (shown.document("count", 1) or {"n": 0})["n"] == written
                assert not shown.warnings
            read += 1
            time.sleep(0.005)
    finally:
        assert _said(writer)
