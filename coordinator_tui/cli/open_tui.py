"""The one door from the command line to the screens, opened when somebody walks through it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from coordinator_tui.cli.errors import USAGE, CommandError
from coordinator_tui.cli.output import is_terminal
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from pathlib import Path

    from coordinator_tui.cli.context import Call


def open_screens(call: Call, folder: Path | None = None) -> None:
    """Open the screens on a book (`folder`, else the one the call means; the welcome when there is none)."""
    raise NotImplementedError
