"""What people install is whole: the wheel alone, away from the checkout, has its settings, its demo and its Chinese."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    finished = subprocess.run(
        [str(part) for part in command],
        capture_output=True, text=True, check=False, cwd=cwd, env={**os.environ, **environment},
    )  # fmt: skip
    assert finished.returncode == 0, finished.stderr + finished.stdout
    return finished.stdout


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the source archive, a wheel from it, and unpack that wheel alone into a folder."""
    folder = tmp_path_factory.mktemp("release")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    (archive,) = folder.glob("*.tar.gz")
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    run(*pip, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "-w", folder, archive, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    run(*pip, "install", "--no-deps", "--no-index", "--target", folder / "site", wheel, cwd=folder)
    return folder / "site"


def ask(installed: Path, expression: str, **environment: str) -> object:
    """Evaluate an expression where only the installed package can be found, and return its JSON."""
    program = (
        "import json, coordinator_tui; from pathlib import Path\n"
        "from coordinator_tui.book.shipped import shipped; from coordinator_tui.text import gettext\n"
        f"assert Path(coordinator_tui.__file__).is_relative_to({str(installed)!r}), coordinator_tui.__file__\n"
        f"print(json.dumps({expression}))"
    )
    return json.loads(
        run(sys.executable, "-c", program, cwd=installed.parent, PYTHONPATH=str(installed), **environment)
    )


@pytest.mark.parametrize("folder", ["config", "data"])
def test_settings_and_sample_data_come_with_the_wheel(installed: Path, folder: str) -> None:
    listing = "sorted(str(file.relative_to(top)) for file in top.rglob('*') if file.is_file())"
    found = ask(installed, f"(lambda top: {listing})(shipped({folder!r}))")
    top = ROOT / folder
    assert found == sorted(str(file.relative_to(top)) for file in top.rglob("*") if file.is_file())
    assert found


def test_an_installed_program_speaks_chinese(installed: Path) -> None:
    assert ask(installed, "gettext('Late')", LC_ALL="zh_CN.UTF-8") == "迟到"
    assert ask(installed, "gettext('Late')", LC_ALL="en_US.UTF-8") == "Late"


def test_only_what_runs_is_in_the_wheel(installed: Path) -> None:
    suffixes = {file.suffix for file in (installed / "coordinator_tui").rglob("*") if file.is_file()}
    assert ".po" not in suffixes
    assert {".py", ".mo"} <= suffixes
    assert not (installed / "tests").exists()


def test_the_readme_has_one_command_for_the_demo_and_one_for_the_tests() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = dict(re.findall(r"<!-- (\w+)-command -->\n```sh\n(.+)\n```", readme))
    assert commands.keys() == {"demo", "test"}
    assert commands["demo"].endswith("coordinator-tui demo")
    assert "pytest" in commands["test"]
