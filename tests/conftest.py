"""Keeps the suite away from the books and settings of whoever runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# A slow or busy machine finds no fault that a quick one does not.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(scope="session", autouse=True)
def away_from_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Point what the program remembers outside of books to a folder of the suite's own."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            patch.setenv(variable, str(home / variable))
        # Programs that tests start would compile every module anew where byte code may not be kept.
        for variable in ("COORDINATOR_BOOK", "LANGUAGE", "NO_COLOR", "PYTHONDONTWRITEBYTECODE"):
            patch.delenv(variable, raising=False)
        yield
