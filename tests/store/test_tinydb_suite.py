"""TinyDB's own tests, from its source distribution, pass on a book; only their conftest.py is ours."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
from importlib import metadata
from pathlib import Path

import pytest
from platformdirs import user_cache_path

HERE = Path(__file__).parent

EXCEPTIONS = {
    "test_storages.py::test_json_kwargs": "compares the exact bytes of a JSON file laid out with indent=4",
    "test_tables.py::test_table_repr[memory]": "wants the class names Table and MemoryStorage in a repr",
    "test_tables.py::test_table_repr[json]": "wants the class names Table and JSONStorage in a repr",
}


def _source() -> Path:
    """Return TinyDB's source distribution of the installed version, fetched once into the user's cache."""
    version = metadata.version("tinydb")
    cache = user_cache_path("coordinator-tui", appauthor=False) / "tinydb"
    archive = cache / f"tinydb-{version}.tar.gz"
    if not archive.exists():
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "tinydb"]
        command += ["--retries", "1", "--timeout", "20", "--dest", str(cache), f"tinydb=={version}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if not archive.exists():
            why = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            pytest.skip(f"TinyDB's tests are in its source distribution {version}, which cannot be fetched: {why}")
    return archive


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """TinyDB's tests, unpacked, with our conftest.py."""
    with tarfile.open(_source()) as archive:
        archive.extractall(tmp_path, filter="data")
    (tests,) = tmp_path.glob("tinydb-*/tests")
    target = tmp_path / "suite"
    shutil.copytree(tests, target)
    shutil.copy(HERE / "tinydb_conftest.py", target / "conftest.py")
    return target


def test_tinydbs_own_tests_pass_on_a_book(suite: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", "."]
    command += [f"--deselect={name}" for name in EXCEPTIONS]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1]), "XDG_STATE_HOME": str(suite / "state")}
    environment = {name: value for name, value in environment.items() if not name.startswith("PYTEST_")}
    environment["TMPDIR"] = str(suite)
    done = subprocess.run([*command, "."], cwd=suite, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    counted = {word: int(number) for number, word in re.findall(r"(\d+) (\w+)", done.stdout.splitlines()[-1])}
    assert counted["deselected"] == len(EXCEPTIONS)
    assert counted["passed"] > 200
    assert not {"failed", "skipped", "xfailed", "error", "errors"} & set(counted)
