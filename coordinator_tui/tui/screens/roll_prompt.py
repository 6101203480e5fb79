"""`RollPrompt`: the one line under the roll: about the person under the cursor, or being typed into."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from textual.geometry import Offset

from coordinator_tui.text import visible
from coordinator_tui.tui.widgets.lineinput import LineInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual import events

    from coordinator_tui.tui.styles import Look
    from coordinator_tui.tui.widgets.line import Piece


@dataclass(frozen=True, slots=True)
class Typing:
    """What is typed on the line: its name, what stands before it, and who is told what."""

    name: str
    prompt: str
    submit: Callable[[str], None]
    cancel: Callable[[], None]
    change: Callable[[str], None] | None = None
    step: Callable[[int], None] | None = None
    lines: Callable[[Sequence[str]], None] | None = None
    placeholder: str = ""


class RollPrompt(LineInput):
    """Shows `tell()` until `open()` makes it a field; `spans` are the pieces of the text that are not understood."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name for it
        super().__init__(id=id)
        self.typing: Typing | None = None
        self.spans: tuple[tuple[int, int], ...] = ()
        self._told: tuple[Piece, ...] = ()
        self._suffix = ""

    def tell(self, *pieces: Piece) -> None:
        """Show these pieces while nothing is being typed."""
        if pieces != self._told:
            self._told = pieces
            if self.typing is None:
                self.refresh()

    def open(self, typing: Typing, value: str = "") -> None:
        """Become a field for `typing`."""
        self.typing = typing
        self.prompt, self.placeholder = typing.prompt, typing.placeholder
        self.on_submit, self.on_cancel = typing.submit, typing.cancel
        self.on_change, self.on_lines = typing.change, typing.lines
        self.spans, self._suffix = (), ""
        self.value = value

    def close(self) -> None:
        """Be no field any more."""
        self.typing = None
        self.spans, self._suffix = (), ""
        self.on_submit = self.on_cancel = self.on_change = self.on_lines = None
        self.refresh()
        self.app.cursor_position = Offset(0, 0)

    def annotate(self, suffix: str = "", spans: Iterable[tuple[int, int]] = ()) -> None:
        """Show a few quiet words behind the text, and mark pieces of it."""
        self._suffix, self.spans = suffix, tuple(spans)
        self.refresh()

    async def take_key(self, event: events.Key) -> bool:
        """Edit while something is typed; Up and Down go to the other people found."""
        if self.typing is None:
            return False
        if self.typing.step is not None and event.key in {"up", "down"}:
            self.typing.step(1 if event.key == "down" else -1)
            return True
        return await super().take_key(event)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Tell Textual that keys are text only while something is typed."""
        return self.typing is not None and super().check_consume_key(key, character)

    def pieces(self, y: int) -> Iterable[Piece]:
        """Return what is told, or prompt and text with the pieces that are not understood in red."""
        if self.typing is None:
            yield from () if y else self._told
            return
        if not self._value and self.placeholder:
            yield from super().pieces(y)
            return
        yield (str(self.prompt), "key")
        yield from self._text()
        if self._suffix:
            yield (f"  {self._suffix}", "quiet")

    def _text(self) -> Iterable[Piece]:
        shown = visible(self._value)[self._first :] + " "
        looks = [self._look_at(at) for at in range(self._first, self._first + len(shown))]
        at = 0
        for look, run in groupby(looks):
            size = len(list(run))
            yield (shown[at : at + size], look)
            at += size

    def _look_at(self, at: int) -> Look:
        if at == self._at:
            return "cursor"
        return "bad" if any(start <= at < max(end, start + 1) for start, end in self.spans) else "plain"
