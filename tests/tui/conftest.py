"""The demo with a conflict in it, made once for all rounds through the screens."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from rounds import REGULATION, ROSTER, TODAY, demo_with_a_conflict

from coordinator_tui.book.book import Book
from coordinator_tui.text import select_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def busy_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo in Chinese, where two machines disagree; copy it before changing it."""
    return demo_with_a_conflict(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of one's own with a roster and a regulation in it; English afterwards."""
    for name in ("HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "regulation.txt").write_text(REGULATION, encoding="utf-8")
    yield tmp_path
    select_language("en")


@pytest.fixture
def busy_book(busy_demo: Path, at_home: Path) -> Iterator[Book]:
    """The demo, anew, in a home of its own."""
    shutil.copytree(busy_demo, at_home / "demo.coord")
    with Book.open(at_home / "demo.coord", user="li", today=TODAY, remember=False) as opened:
        yield opened
