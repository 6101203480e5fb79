"""How many examples the laws get: a few in every run, many in the campaign `python -m pytest -m soak tests/laws`."""

from __future__ import annotations

from pathlib import Path

import laws_scale
import pytest
from hypothesis import HealthCheck, settings

from coordinator_tui.store import unread

HERE = Path(__file__).parent

settings.register_profile(
    "laws",
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    database=None,
    report_multiple_bugs=False,
)


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("markexpr") == "soak":
        laws_scale.SCALE = 100
    settings.load_profile("laws")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In a campaign every law takes part, not only what is marked as a campaign of its own."""
    if laws_scale.SCALE > 1:
        for item in items:
            if HERE in item.path.parents:
                item.add_marker("soak")


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the laws' few documents be read in several pieces."""
    monkeypatch.setattr(unread, "PIECE", 60)


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
