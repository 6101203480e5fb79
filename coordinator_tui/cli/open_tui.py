"""The one door from the command line to the screens, opened when somebody walks through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from coordinator_tui.cli.context import Call


def open_screens(call: Call, folder: Path | None = None, first: str | None = None) -> int:
    """Open the screens on a book (`folder`, else the one meant, else the welcome); return the exit code."""
    from coordinator_tui.tui.launch import run_tui

    path = folder or _meant(call)
    return run_tui(path, language=call.lang, user=call.user, today=call.at, first_screen=first)


def _meant(call: Call) -> Path | None:
    from coordinator_tui.book.errors import NoSuchThing

    try:
        return call.folder
    except NoSuchThing:
        return None
