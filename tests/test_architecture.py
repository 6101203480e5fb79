"""The house keeps its plan: rooms, what each may load, where files lie, how long functions are."""

from __future__ import annotations

import ast
import json
import pkgutil
import statistics
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "coordinator_tui"
SOURCES = sorted(PACKAGE.rglob("*.py"))

MAY_USE = {
    "text": set[str](),
    "domain": {"text"},
    "store": set[str](),
    "book": {"text", "domain", "store"},
    "imports": {"text", "domain", "book", "store"},
    "exports": {"text", "domain", "book", "store"},
    "sync": {"store"},
    "cli": {"text", "domain", "store", "book", "imports", "exports", "sync"},
}
SCREENS = {"textual", "rich"}
HEAVY = {"openpyxl", "docx", "psycopg", "pypinyin", "babel", "plotext", "matplotlib"}
# Files of the checkout that tools, not people, look for at the top.
TOP_LEVEL = {
    "coordinator_tui", "config", "data", "tests", "benchmarks", "docs", "pyproject.toml", "README.md", "LICENSE",
    "CHANGELOG.md", ".ci", ".gitignore",
}  # fmt: skip
LONGEST_FUNCTION = 60
MEDIAN_FUNCTION = 10


def loaded_by(program: str, *arguments: str) -> set[str]:
    """Run a program in a fresh interpreter and return the modules it had loaded at its end."""
    tail = "\nimport json, sys\nsys.stderr.write('\\n' + json.dumps(sorted(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", program + tail, *arguments], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stderr.splitlines()[-1]))


def modules_of(room: str) -> list[str]:
    package = f"coordinator_tui.{room}"
    below = pkgutil.walk_packages([str(PACKAGE / room)], f"{package}.")
    return [package, *(module.name for module in below if not module.name.endswith("__main__"))]


def rooms_in(modules: set[str]) -> set[str]:
    parts = (module.split(".") for module in modules)
    return {names[1] for names in parts if names[0] == "coordinator_tui" and len(names) > 1 and names[1][0] != "_"}


def libraries_in(modules: set[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


@pytest.mark.parametrize("room", MAY_USE)
def test_a_room_uses_only_the_rooms_below_it_and_none_of_the_screens_libraries(room: str) -> None:
    loaded = loaded_by("\n".join(f"import {module}" for module in modules_of(room)))
    assert rooms_in(loaded) - {room} <= MAY_USE[room]
    assert not libraries_in(loaded) & SCREENS


@pytest.mark.parametrize("room", MAY_USE)
def test_opening_a_room_loads_no_heavy_library(room: str) -> None:
    whole_room = room in {"text", "domain", "store", "book"}  # others have modules that are opened for one kind of file
    loaded = loaded_by(
        "\n".join(f"import {name}" for name in (modules_of(room) if whole_room else modules_of(room)[:1]))
    )
    assert not libraries_in(loaded) & HEAVY


@pytest.mark.parametrize("room", ["text", "domain"])
def test_words_and_rules_know_no_database(room: str) -> None:
    loaded = loaded_by("\n".join(f"import {module}" for module in modules_of(room)))
    assert "tinydb" not in libraries_in(loaded)


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_asking_for_version_or_help_starts_neither_screens_nor_database(option: str) -> None:
    program = (
        "from coordinator_tui.cli.main import run\ntry:\n    run()\nexcept SystemExit as end:\n    assert not end.code"
    )
    loaded = loaded_by(program, option)
    assert "coordinator_tui.cli.main" in loaded
    assert not libraries_in(loaded) & (SCREENS | HEAVY | {"tinydb"})


LATE = {
    "hashlib", "zipfile", "tinydb", "yaml", "pypinyin", "openpyxl", "textual.widgets._data_table",
    "coordinator_tui.domain.rollline", "coordinator_tui.domain.summary", "coordinator_tui.book.history",
    "coordinator_tui.store.archive", "coordinator_tui.store.checkup", "coordinator_tui.store.history",
    "coordinator_tui.store.undo", "coordinator_tui.store.tables", "coordinator_tui.text.po",
}  # fmt: skip
"""What the first picture of a roll does not need; together it would cost more than half of what Textual costs."""


MAKE_A_ROLL = """
import sys
from coordinator_tui.book.book import Book
from coordinator_tui.book.schedule import add_session
with Book.create(sys.argv[1], group="语文组", term="2026-2027-1", remember=False) as book:
    add_session(book, date=book.today)
"""
SHOW_THE_ROLL = """
import asyncio, sys
from coordinator_tui.book.book import Book
from coordinator_tui.text import select_language
select_language("zh")
book = Book.open(sys.argv[1], remember=False)
from coordinator_tui.tui import driver, place
from coordinator_tui.tui.app import CoordinatorApp

async def see():
    async with CoordinatorApp(book, first="roll").run_test() as pilot:
        await pilot.pause()
        assert pilot.app.screen.roll is not None

asyncio.run(see())
"""


def test_the_first_picture_of_a_roll_loads_nothing_that_only_later_keys_need(tmp_path: Path) -> None:
    assert loaded_by(MAKE_A_ROLL, str(tmp_path / "a.coord"))
    loaded = loaded_by(SHOW_THE_ROLL, str(tmp_path / "a.coord"))
    assert not loaded & LATE
    screens = {name.rpartition(".")[2] for name in loaded if name.startswith("coordinator_tui.tui.screens.")}
    assert {name for name in screens if not name.startswith("roll")} <= {"sections"}


def test_everything_has_its_place_at_the_top() -> None:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    if listing.returncode:
        pytest.skip("not a git checkout")
    assert {line.partition("/")[0] for line in listing.stdout.splitlines()} == TOP_LEVEL


def test_the_rooms_are_those_of_the_plan() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders == {*MAY_USE, "tui"}


def only_hands_on(statement: ast.stmt) -> bool:
    """Tell whether a statement of an `__init__` merely passes names on (or loads them late)."""
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant(value=str())):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=body, orelse=[]):
            return all(map(only_hands_on, body))
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name.startswith("_")
        case ast.FunctionDef(name=name):
            return name in {"__getattr__", "__dir__"}
    return False


@pytest.mark.parametrize(
    "file", [path for path in SOURCES if path.name == "__init__.py"], ids=lambda path: path.parent.name
)
def test_a_folder_hands_names_on_and_nothing_else(file: Path) -> None:
    offending = [ast.unparse(one) for one in ast.parse(file.read_text(encoding="utf-8")).body if not only_hands_on(one)]
    assert offending == []


@pytest.mark.parametrize(
    "source", ["def helper(): ...", "class Thing: ...", "print(1)", "LIMIT = 3", "if LIMIT:\n    import os"]
)
def test_code_in_a_folders_init_is_noticed(source: str) -> None:
    assert not all(map(only_hands_on, ast.parse(source).body))


def function_lengths() -> dict[str, int]:
    return {
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_functions_are_short() -> None:
    lengths = function_lengths()
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}
    assert statistics.median(lengths.values()) < MEDIAN_FUNCTION


@pytest.mark.parametrize("room", [*MAY_USE, "tui"])
def test_every_module_says_what_it_is_for(room: str) -> None:
    assert find_spec(f"coordinator_tui.{room}") is not None
    unsaid = [
        str(file.relative_to(ROOT))
        for file in (PACKAGE / room).rglob("*.py")
        if "TODO" in (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "TODO")
    ]
    assert unsaid == []
