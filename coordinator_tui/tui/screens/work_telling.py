"""Doing something outside of a command, where a refusal must still become a sentence in the status line."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from coordinator_tui.tui.frame import is_for_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordinator_tui.tui.screen import CoordinatorScreen

T = TypeVar("T")


def attempt(screen: CoordinatorScreen, do: Callable[[], T]) -> tuple[bool, T | None]:
    """Do something; return (True, what it gave), or say why it was refused and return (False, None)."""
    try:
        return True, do()
    except Exception as error:
        if not is_for_people(error):
            raise
        screen.say(str(error), "bad")
        return False, None
