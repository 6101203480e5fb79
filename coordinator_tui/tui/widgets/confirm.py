"""`Confirm`: asks before something that cannot simply be undone, and names what will happen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import Dialog
from coordinator_tui.tui.widgets.bars import Sentence, TextLine
from coordinator_tui.tui.widgets.line import LineWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.app import ComposeResult

    from coordinator_tui.text import LazyText
    from coordinator_tui.tui.widgets.line import Piece


class Confirm(Dialog[bool]):
    """A question; True for yes, False or None for no. No is what Enter does unless one moves to yes."""

    heading = lazy("Please confirm")
    commands: ClassVar[tuple[Command, ...]] = (
        Command(name="confirm.yes", title=lazy("Yes, do it"), keys=("y",), hint=lazy("yes"), in_palette=False),
        Command(name="confirm.no", title=lazy("No, leave it as it is"), keys=("n",), hint=lazy("no"), in_palette=False),
    )

    def __init__(self, what: str, *, yes: LazyText | str = "", details: Iterable[str] = ()) -> None:
        super().__init__()
        self.what = what
        self.details = tuple(details)
        self._yes = yes or lazy("Yes")

    def body(self) -> ComposeResult:
        """Say what will happen, then the two answers."""
        yield TextLine(empty_line())
        yield Sentence(((f"  {self.what}", "strong"),))
        for detail in self.details:
            yield Sentence(((f"  {detail}", "plain"),))
        yield TextLine(empty_line())
        yield Answers(str(self._yes), self.dismiss)
        yield TextLine(empty_line())

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(True)

    def action_no(self) -> None:
        """Answer no."""
        self.dismiss(False)


def empty_line() -> tuple[Piece, ...]:
    """Return an empty line."""
    return ((" ", "plain"),)


class Answers(LineWidget, can_focus=True):
    """No and yes side by side; arrows move, Enter takes."""

    DEFAULT_CSS = "Answers { height: 1; }"

    def __init__(self, yes: str, take: object) -> None:
        super().__init__()
        self._words = (_("No"), yes)
        self._take = take
        self._at = 0

    def pieces(self, y: int) -> Iterable[Piece]:
        """Return both answers, the one that Enter takes reversed and marked."""
        for at, word in () if y else enumerate(self._words):
            here = at == self._at
            yield ("  ", "plain")
            yield (f"{'>' if here else ' '} {word} ", "cursor" if here else "plain")

    async def take_key(self, event: events.Key) -> bool:
        """Move or take."""
        if event.key in {"left", "right", "tab", "shift+tab", "up", "down"}:
            self._at = 1 - self._at
            self.refresh()
        elif event.key == "enter":
            assert callable(self._take)
            self._take(bool(self._at))
        else:
            return False
        return True
