"""How the six screens look on the demo on a fixed day, in both languages and both sizes.

GOLDEN=write .venv/bin/python -m pytest tests/tui/test_golden_screens.py makes the pictures anew: look at what changed
in them before you commit it.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from keyboard import at_program
from rounds import TODAY

from coordinator_tui.book.book import Book
from coordinator_tui.book.demo import write_demo
from coordinator_tui.text import select_language
from coordinator_tui.tui.areas import AREAS

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN = Path(__file__).parent / "golden"
SIZES = {"zh": (100, 30), "en": (80, 24)}


@pytest.fixture(scope="module", params=["zh", "en"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The demo in a language, its times in one time zone wherever the tests run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "UTC")
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        time.tzset()
        folder = write_demo(tmp_path_factory.mktemp("demo") / "demo.coord", language=request.param, today=TODAY)
        yield request.param, folder
    time.tzset()
    select_language("en")


@pytest.mark.parametrize("area", [area.name for area in AREAS if area.key])
async def test_the_screens_look_as_they_did(demo: tuple[str, Path], area: str) -> None:
    language, folder = demo
    select_language(language)
    with Book.open(folder, user="li", today=TODAY, remember=False) as book:
        async with at_program(book, area, size=SIZES[language], today=TODAY) as keys:
            await keys.rest()
            picture = keys.text + "\n"
    golden = GOLDEN / f"{area}.{language}.txt"
    if os.environ.get("GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(picture, encoding="utf-8")
    assert picture == golden.read_text(encoding="utf-8"), f"if it is meant to look so: GOLDEN=write pytest {__file__}"
