"""What many screens do alike: go to a roll or a person, ask before doing, turn a refusal into a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.tui.frame import is_for_people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from coordinator_tui.text import LazyText
    from coordinator_tui.tui.screen import CoordinatorScreen


def tried(screen: CoordinatorScreen, action: Callable[[], object]) -> bool:
    """Do it, and return whether it was done; a refusal becomes a sentence in the status line."""
    try:
        action()
    except Exception as error:
        if not is_for_people(error):
            raise
        screen.say(str(error), "bad")
        return False
    return True


def confirmed(
    screen: CoordinatorScreen,
    what: str,
    action: Callable[[], object],
    said: str,
    *,
    yes: LazyText | str = "",
    details: Iterable[str] = (),
) -> None:
    """Ask whether to do it, do it, show it and say so."""
    from coordinator_tui.tui.widgets.confirm import Confirm

    def answered(answer: bool | None) -> None:  # noqa: FBT001 - a dialog's answer
        if answer and tried(screen, action):
            screen.refresh_book(None)
            screen.say(said, "good")

    screen.ask(Confirm(what, yes=yes, details=details), answered)


async def push(screen: CoordinatorScreen, other: CoordinatorScreen) -> None:
    """Open a screen on top of this one; it is ready for keys afterwards."""
    await screen.app.push_screen(other)


async def open_roll(screen: CoordinatorScreen, session: int) -> None:
    """Take the roll of a session; Esc comes back here."""
    from coordinator_tui.tui.screens.roll import RollScreen

    roll = RollScreen()
    await push(screen, roll)
    roll.open_session(session)


async def open_member(screen: CoordinatorScreen, member: int) -> None:
    """Show a person's term."""
    from coordinator_tui.tui.screens.members_page import MemberScreen

    await push(screen, MemberScreen(member))


async def open_session(screen: CoordinatorScreen, session: int) -> None:
    """Show everything about a session."""
    from coordinator_tui.tui.screens.session_page import SessionScreen

    await push(screen, SessionScreen(session))


def closes_when_gone(screen: CoordinatorScreen, said: str) -> None:
    """Leave a screen whose subject is not in the book any more."""
    if screen.is_current:
        screen.app.pop_screen()
    screen.say(said, "warn")
