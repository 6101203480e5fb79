"""What all tests of screens share: the demo with a conflict in it, made once, and patience with a busy machine."""

from __future__ import annotations

import asyncio
import shutil
import time
from typing import TYPE_CHECKING, cast

import pytest
import textual.app
import textual.pilot
from rounds import REGULATION, ROSTER, TODAY, demo_with_a_conflict

from coordinator_tui.book.book import Book
from coordinator_tui.text import select_language

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Iterator
    from pathlib import Path

_NAP = 0.02
_IDLE = 0.001
_LONG = 1.0
_LIMIT = 30.0


async def wait_for_idle(min_sleep: float = _NAP, max_sleep: float = _LONG) -> None:
    """Wait until nothing is left to do that is due.

    Textual's own waits until a nap takes hardly any processor time, for a second at most: on a busy machine, where a
    program that has much to do gets none, that comes too soon.
    """
    ready = cast("deque[object]", asyncio.get_running_loop()._ready)  # type: ignore[attr-defined]  # asked of nobody else
    start = time.monotonic()
    waited, used = 0.0, _IDLE
    while waited < _LIMIT and (ready or waited <= min_sleep or (used >= _IDLE and waited < max_sleep)):
        before = time.process_time()
        await asyncio.sleep(_NAP)
        waited, used = time.monotonic() - start, time.process_time() - before


@pytest.fixture(scope="session", autouse=True)
def patient() -> Iterator[None]:
    """Have the pilot wait for what is to be done, however long that takes."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (textual.app, textual.pilot):
            patch.setattr(module, "wait_for_idle", wait_for_idle)
        yield


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
