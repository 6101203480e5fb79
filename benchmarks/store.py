"""Print what the database costs beside what it is measured against: run `python benchmarks/store.py [documents ...]`.

Contenders take turns in small blocks, so that a busy machine is as busy for each of them; numbers are medians.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from tinydb import TinyDB

from coordinator_tui.store import Store, key_id
from coordinator_tui.store.files import FileLayer

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordinator_tui.store.tables import StoreTable

SIZES = (1_000, 10_000, 100_000)
MARKS = ("present", "late", "sick", "personal", "official", "absent")


def documents(count: int) -> dict[int, dict[str, object]]:
    """Attendance of `count` members and sessions, as the product stores it."""
    chance = random.Random(7)
    made: dict[int, dict[str, object]] = {}
    for number in range(count):
        session, member = key_id("s", number // 40), key_id("m", number % 40)
        made[key_id("a", number)] = {
            "session": session,
            "member": member,
            "mark": chance.choice(MARKS),
            "minutes": None,
        }
    return made


def medians(contenders: dict[str, Callable[[int], object]], rounds: int, block: int = 20) -> dict[str, float]:
    """Return each contender's median time in seconds over `rounds` blocks of `block` calls, taken in turns."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds):
        for name, call in contenders.items():
            for step in range(block):
                start = time.perf_counter()
                call(turn * block + step)
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(found) for name, found in times.items()}


def once(call: Callable[[], object]) -> float:
    """Return the time of one call in seconds."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def row(what: str, value: float, unit: str, budget: float | None) -> None:
    """Print one line of the table."""
    verdict = "" if budget is None else f"  budget {budget:g}{unit}  {'ok' if value <= budget else 'OVER'}"
    print(f"  {what:<62} {value:9.2f}{unit}{verdict}")


class Unsynced(FileLayer):
    """A disk that promises nothing, to see what the software costs alone."""

    def fdatasync(self, fd: int) -> None:
        """Return at once."""


def make_book(folder: Path, made: dict[int, dict[str, object]]) -> Store:
    """Return a new book with the documents, closed once and opened again."""
    with Store.create(folder, "bench", user="li") as store:
        items = list(made.items())
        for start in range(0, len(items), 500):
            with store.transaction("import") as work:
                for key, doc in items[start : start + 500]:
                    work.set("attendance", key, doc)
    return Store.open(folder, user="li")


def sqlite(path: Path, made: dict[int, dict[str, object]]) -> sqlite3.Connection:
    """Return a WAL database, synchronous=FULL, with the documents as JSON by id."""
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("pragma journal_mode=wal")
    base.execute("pragma synchronous=full")
    base.execute("create table attendance(id integer primary key, body text)")
    base.execute("begin")
    base.executemany("insert into attendance values(?, ?)", ((key, json.dumps(doc)) for key, doc in made.items()))
    base.execute("commit")
    return base


def writing(place: Path, store: Store, made: dict[int, dict[str, object]]) -> float:
    """Measure durable inserts and updates; returns the median of an update in microseconds of software."""
    table: StoreTable = store.table("attendance")
    keys = list(made)
    base = sqlite(place / "beside.sqlite", made)
    raw = os.open(place / "beside.log", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    line = b"x" * 125 + b"\n"

    def append(_: int) -> None:
        os.write(raw, line)
        os.fdatasync(raw)

    def insert(step: int) -> None:
        table.insert({"session": 1, "member": step, "mark": "sick", "minutes": None})

    fresh = itertools.count()

    def update(step: int) -> None:
        table.update({"mark": f"{next(fresh)}"}, doc_ids=[keys[step % len(keys)]])

    def sql_insert(step: int) -> None:
        body = json.dumps({"session": 1, "member": step, "mark": "sick", "minutes": None})
        base.execute("insert into attendance(body) values(?)", (body,))

    def sql_update(step: int) -> None:
        body = json.dumps({**made[keys[step % len(keys)]], "mark": f"{step}"})
        base.execute("update attendance set body=? where id=?", (body, keys[step % len(keys)]))

    calls: dict[str, Callable[[int], object]] = {
        "raw": append,
        "insert": insert,
        "update": update,
        "sql insert": sql_insert,
        "sql update": sql_update,
    }
    found = medians(calls, rounds=30)
    row("append + fdatasync of the same bytes", found["raw"] * 1e6, " µs", None)
    row("durable insert / append + fdatasync", found["insert"] / found["raw"], "×", 1.5)
    row("durable update / append + fdatasync", found["update"] / found["raw"], "×", 1.5)
    row("durable insert / SQLite WAL FULL", found["insert"] / found["sql insert"], "×", 1.2)
    row("durable update / SQLite WAL FULL", found["update"] / found["sql update"], "×", 1.2)
    store.engine.files = Unsynced()
    alone = medians({"insert": insert, "update": update}, rounds=50)
    store.engine.files = FileLayer()
    row("insert, our software alone", alone["insert"] * 1e6, " µs", 40)
    row("update, our software alone", alone["update"] * 1e6, " µs", 40)
    before = store.info().log_bytes
    with store.transaction("roll.mark") as work:
        work.set("attendance", keys[0], {"mark": "present"})
    row("one mark in the log", store.info().log_bytes - before, " B", 130)
    os.close(raw)
    base.close()
    return alone["update"] * 1e6


def reading(store: Store, made: dict[int, dict[str, object]]) -> None:
    """Measure reading one document and asking for news."""
    table = store.table("attendance")
    keys = list(made)
    found = medians(
        {
            "get": lambda step: table.get(doc_id=keys[step % len(keys)]),
            "document": lambda step: store.document("attendance", keys[step % len(keys)]),
            "refresh": lambda _: store.refresh(),
        },
        rounds=50,
    )
    row("get by id", found["get"] * 1e6, " µs", 15)
    row("document by id (the fast face)", found["document"] * 1e6, " µs", None)
    row("refresh with nothing new", found["refresh"] * 1e6, " µs", 100)


def opening(folder: Path, made: dict[int, dict[str, object]]) -> None:
    """Measure opening beside parsing, with and without a look into the one big table, and the size of data.json."""
    path = folder / "data.json"
    kept: list[object] = []
    times: dict[str, list[float]] = {"open": [], "parse": [], "look": []}
    for _ in range(11):
        times["parse"].append(once(lambda: kept.append(orjson.loads(path.read_bytes()))))
        kept.clear()
        start = time.perf_counter()
        store = Store.open(folder, user="li", read_only=True)
        times["open"].append(time.perf_counter() - start)
        store.document("attendance", 1)
        times["look"].append(time.perf_counter() - start)
        store.engine.close()
        del store
    opened, parsed, looked = (statistics.median(times[name]) for name in ("open", "parse", "look"))
    budget = 1.3 if len(made) >= 100_000 else None
    row("open / orjson parsing the same bytes", opened / parsed, "×", budget)
    row("open and look into the big table / the same", looked / parsed, "×", budget)
    row("open", opened * 1e3, " ms", None)
    bare = sum(len(orjson.dumps(doc)) for doc in made.values())
    row("data.json / the documents as bare JSON", path.stat().st_size / bare, "×", 1.3)


def stock(place: Path, made: dict[int, dict[str, object]], ours: float) -> None:
    """Measure stock TinyDB's update for comparison."""
    (place / "stock.json").write_bytes(orjson.dumps({"attendance": {str(key): doc for key, doc in made.items()}}))
    keys = list(made)
    times = []
    with TinyDB(place / "stock.json") as base:
        table = base.table("attendance")
        for step in range(3):
            start = time.perf_counter()
            table.update({"mark": f"{step}"}, doc_ids=[keys[step]])
            times.append(time.perf_counter() - start)
    found = statistics.median(times)
    row("stock TinyDB update, in place of ours", found * 1e3, " ms", None)
    row("how many of our updates (software) fit into it", found * 1e6 / ours, "×", None)


def merging(place: Path, folder: Path, made: dict[int, dict[str, object]], edits: int, budget: float | None) -> None:
    """Measure taking in `edits` lines of another machine that were written beside as many of ours."""
    other_folder = place / f"other-{edits}.coord"
    mine_folder = place / f"mine-{edits}.coord"
    shutil.copytree(folder, other_folder)
    shutil.copytree(folder, mine_folder)
    keys = list(made)
    times = []
    disk = Unsynced()
    with Store.open(other_folder, user="wang", files=disk) as other:
        for store in (other, Store.open(mine_folder, user="li", files=disk)):
            chance = random.Random(store.user)
            for step in range(edits):
                with store.transaction() as work:
                    work.set("attendance", chance.choice(keys), {"mark": f"{store.user}{step}"})
            store.close()
    for _ in range(5):
        mine = Store.open(mine_folder, user="li", read_only=True)
        mine.document("attendance", 1)  # reads the table, as any screen has done by then
        shutil.copytree(other_folder / "log", mine_folder / "log", dirs_exist_ok=True)
        times.append(once(mine.refresh))
        mine.engine.close()
        shutil.rmtree(mine_folder / "log" / other.replica)
    row(f"merge of {edits:,} edits beside {edits:,} of our own", statistics.median(times) * 1e3, " ms", budget)


def measure(count: int) -> float:
    """Print the table for one size; returns the software cost of an update in microseconds."""
    print(f"{count:,} documents")
    made = documents(count)
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as name:
        place = Path(name)
        os.environ["XDG_STATE_HOME"] = str(place / "state")
        folder = place / "book.coord"
        make_book(folder, made).close()
        opening(folder, made)
        if count >= 10_000:
            merging(place, folder, made, 1_000, 10)
        if count >= 100_000:
            merging(place, folder, made, 10_000, 80)
        with Store.open(folder, user="li") as store:
            reading(store, made)
            ours = writing(place, store, made)
        stock(place, made, ours)
    return ours


def main() -> None:
    """Measure the sizes given as arguments, or the usual three."""
    sizes = [int(argument.replace("_", "").replace(",", "")) for argument in sys.argv[1:]] or list(SIZES)
    costs = {size: measure(size) for size in sizes}
    if len(costs) > 1:
        small, large = min(costs), max(costs)
        print(f"{large:,} beside {small:,} documents")
        row("update, our software alone", costs[large] / costs[small], "×", 1.1)


if __name__ == "__main__":
    main()
