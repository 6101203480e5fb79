"""`LineInput`: one line of typed text, without a blinking cursor, that loses no pasted line in silence."""

from __future__ import annotations

from inspect import isawaitable
from typing import TYPE_CHECKING, Final

from textual.geometry import Offset

from coordinator_tui.text import cells, clean, visible
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.widgets.line import LineWidget

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from textual import events

    from coordinator_tui.text import LazyText
    from coordinator_tui.tui.widgets.line import Piece

    Told = Callable[[str], Awaitable[None] | None]

_JUMPS: Final = {"home": "home", "end": "end", "ctrl+a": "home", "ctrl+e": "end", "left": "left", "right": "right"}
_REPLACEMENT = "\ufffd"


class LineInput(LineWidget, can_focus=True):
    """A field for one line of text.

    `on_submit(text)` is called by Enter, `on_change(text)` after each change, `on_cancel()` by Esc when given; they may
    be coroutine functions and are called before the next key is looked at. Of a paste of many lines the first is taken
    and the user is told how many were not, unless `on_lines(lines)` takes them all.
    """

    DEFAULT_CSS = "LineInput { height: 1; }"

    def __init__(
        self,
        value: str = "",
        *,
        prompt: LazyText | str = "",
        placeholder: LazyText | str = "",
        on_submit: Told | None = None,
        on_change: Told | None = None,
        on_cancel: Callable[[], Awaitable[None] | None] | None = None,
        on_lines: Callable[[Sequence[str]], Awaitable[None] | None] | None = None,
        id: str | None = None,  # noqa: A002  # Textual's name for it
    ) -> None:
        super().__init__(id=id)
        self._value = clean(value)
        self._at = len(self._value)
        self._first = 0
        self.prompt = prompt
        self.placeholder = placeholder
        self.on_submit = on_submit
        self.on_change = on_change
        self.on_cancel = on_cancel
        self.on_lines = on_lines

    @property
    def value(self) -> str:
        """The text as typed, cleaned of control and invisible characters."""
        return self._value

    @value.setter
    def value(self, value: str) -> None:
        self._value = clean(value)
        self._at = len(self._value)
        self._show()

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002  # Textual's signature
        """Tell Textual that printable keys are text here, not commands."""
        return character is not None and character.isprintable()

    # ---- painting

    def pieces(self, y: int) -> Iterable[Piece]:
        """Return prompt, text and, with the focus, the cursor's cell reversed."""
        if y:
            return
        yield (str(self.prompt), "key")
        if not self._value and self.placeholder:
            yield from self._empty_pieces()
            return
        shown, at = visible(self._value[self._first :]), self._at - self._first
        if not self.has_focus:
            yield (shown, "plain")
            return
        yield (shown[:at], "plain")
        yield (shown[at : at + 1] or " ", "cursor")
        yield (shown[at + 1 :], "plain")

    def _empty_pieces(self) -> Iterable[Piece]:
        if self.has_focus:
            yield (" ", "cursor")
        yield (str(self.placeholder), "quiet")

    def _show(self) -> None:
        """Keep the cursor in view, paint the line, and lead the terminal's own cursor (and input method) there."""
        room = max(self.size.width - cells(str(self.prompt)) - 1, 1)
        self._first = min(self._first, self._at)
        while self.size.width and cells(self._value[self._first : self._at]) > room:
            self._first += 1
        while self._first and cells(self._value[self._first - 1 :]) <= room:
            self._first -= 1
        self.refresh()
        if self.has_focus and self.is_attached:
            x = cells(str(self.prompt)) + cells(self._value[self._first : self._at])
            self.app.cursor_position = self.content_region.offset + Offset(min(x, max(self.size.width - 1, 0)), 0)

    def on_focus(self) -> None:
        """Show the cursor."""
        self._show()

    def on_blur(self) -> None:
        """Hide the cursor; where nobody types, the terminal's own need not be led anywhere."""
        if not isinstance(self.app.focused, LineInput):
            self.app.cursor_position = Offset(0, 0)
        self.refresh()

    def on_resize(self) -> None:
        """Find the cursor's place again."""
        self._show()

    # ---- keys

    async def take_key(self, event: events.Key) -> bool:
        """Edit; Enter submits. Keys that edit nothing are left to the screen's commands."""
        if event.key == "enter" and self.on_submit:
            await _call(self.on_submit(self._value))
        elif event.key == "escape" and self.on_cancel:
            await _call(self.on_cancel())
        elif event.key in _JUMPS:
            self._jump(_JUMPS[event.key])
        elif (edited := self._edited(event)) is not None:
            await self._change(*edited)
        else:
            return False
        return True

    def _edited(self, event: events.Key) -> tuple[str, int] | None:
        """Return text and cursor after an editing key, None when it is not one."""
        text, at = self._value, self._at
        cuts = {"backspace": (at - 1, at), "delete": (at, at + 1), "ctrl+u": (0, at), "ctrl+k": (at, len(text))}
        cuts |= {"ctrl+h": cuts["backspace"], "ctrl+d": cuts["delete"], "ctrl+w": (_word_start(text, at), at)}
        if event.key in cuts:
            start, end = cuts[event.key]
            return text[: max(start, 0)] + text[end:], max(start, 0)
        if not event.is_printable or event.character is None or event.character == _REPLACEMENT:
            return None
        typed = clean(event.character)
        return text[:at] + typed + text[at:], at + len(typed)

    async def _change(self, text: str, at: int) -> None:
        changed = text != self._value
        self._value, self._at = text, at
        self._show()
        if changed and self.on_change:
            await _call(self.on_change(text))

    def _jump(self, where: str) -> None:
        ends = {"home": 0, "end": len(self._value), "left": self._at - 1, "right": self._at + 1}
        self._at = max(0, min(ends[where], len(self._value)))
        self._show()

    async def take_paste(self, text: str) -> bool:
        """Insert pasted text; say what became of further lines."""
        lines = [line for line in clean(text, lines=True).split("\n") if line.strip()]
        if len(lines) > 1 and self.on_lines:
            await _call(self.on_lines(lines))
            return True
        if lines:
            first = clean(lines[0])
            await self._change(self._value[: self._at] + first + self._value[self._at :], self._at + len(first))
        if len(lines) > 1:
            message = _("{count} lines were pasted into a field for one; only the first was taken.")
            self.app.notify(message.format(count=len(lines)), severity="warning")
        return True


def _word_start(text: str, at: int) -> int:
    """Return where the word before `at` begins; a Chinese character is a word of its own."""
    start = at
    while start and text[start - 1].isspace():
        start -= 1
    if start and not text[start - 1].isascii():
        return start - 1
    while start and text[start - 1].isascii() and not text[start - 1].isspace():
        start -= 1
    return start


async def _call(result: Awaitable[None] | None) -> None:
    if isawaitable(result):
        await result
