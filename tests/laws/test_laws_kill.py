"""Real processes: killed with kill -9 at any moment, and two at once on one book."""

from __future__ import annotations

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


def _start(folder: Path, user: str, mode: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    command = [sys.executable, str(PROGRAM), str(folder), user, mode]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    first = process.stdout.readline()
    if first != "ready\n":
        pytest.fail(process.communicate()[1])
    return process


def _said(process: subprocess.Popen[str]) -> dict[int, float]:
    """End a process with kill -9; returns the numbers it said were saved, and when."""
    process.kill()
    out, error = process.communicate()
    assert not error, error
    return {int(line.split()[0]): float(line.split()[1]) for line in out.splitlines() if line.count(" ") == 1}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Store.create(tmp_path / "甲组.coord", "甲组", user="li").close()
    return tmp_path / "甲组.coord"


def test_killing_a_writer_at_any_moment_loses_nothing_it_said_was_saved(folder: Path) -> None:
    chance = random.Random(laws_scale.SCALE)
    acknowledged: set[int] = set()
    for _ in range(20 if laws_scale.SCALE == 1 else 400):
        writer = _start(folder, "li", "count")
        time.sleep(chance.uniform(0.0, 0.12))
        acknowledged |= set(_said(writer))
        with Store.open(folder, user="li") as book:
            found = book.documents("li")
            assert acknowledged <= set(found)
            assert all(doc == {"n": key, "text": "某" * (key % 50)} for key, doc in found.items())
            assert sorted(found) == list(range(1, len(found) + 1))
            assert {warning.code for warning in book.warnings} <= {"torn"}
            assert len(book.info().replicas) == 1
            digest = book.digest()
    assert len(acknowledged) > 20
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
        saved["wang"] |= set(_said(other))
    saved["li"] |= set(_said(steady))
    with Store.open(folder, user="li") as book:
        for user, numbers in saved.items():
            assert numbers <= set(book.documents(user))
        written = sum(len(book.documents(user)) for user in saved)
        assert (book.document("count", 1) or {})["n"] == written  # no increase was lost
        assert len(book.info().replicas) == 1
        assert not book.conflicts()
    assert not [found for found in doctor(folder) if found.severity != "note"]


def test_each_of_two_processes_sees_the_others_change_within_a_second(folder: Path) -> None:
    with Store.open(folder, user="other") as book:
        watcher = _start(folder, "li", "watch")
        written: dict[int, float] = {}
        for number in range(1, 6):
            with book.transaction() as work:
                work.set("other", number, {"n": number})
            written[number] = time.time()
            time.sleep(0.3)
        time.sleep(0.8)
        seen = _said(watcher)
        assert 5 in seen
        for number, when in seen.items():
            assert when - written[number] < 1.0
        writer = _start(folder, "li", "count")
        time.sleep(0.2)
        deadline = time.monotonic() + 1.0
        while not book.documents("li") and time.monotonic() < deadline:
            book.refresh()
            time.sleep(0.05)
        assert book.documents("li")
        _said(writer)


def test_a_reader_beside_a_busy_writer_never_sees_half_a_line(folder: Path) -> None:
    writer = _start(folder, "li", "add")
    try:
        for _ in range(30 if laws_scale.SCALE == 1 else 1000):
            with Store.open(folder, user="zhang", read_only=True) as shown:
                assert (shown.document("count", 1) or {"n": 0})["n"] == len(shown.documents("li"))
                assert not shown.warnings
            time.sleep(0.005)
    finally:
        assert _said(writer)
