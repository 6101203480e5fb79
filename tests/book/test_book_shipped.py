"""Shipped files are found by the name they have in the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from coordinator_tui.book.shipped import shipped

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("folder", ["config", "data"])
def test_in_a_checkout_the_checkouts_own_files_are_used(folder: str) -> None:
    assert shipped(folder) == ROOT / folder


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-legend"):
        shipped("config/no-such-legend.yaml")
