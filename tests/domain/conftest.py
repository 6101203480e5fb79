"""Sentences of the domain are compared in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coordinator_tui.text import select_language

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    select_language("en")
    yield
    select_language(None)
