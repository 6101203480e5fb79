"""`LinesInput`: text of many lines, typed and pasted; `TextDialog` asks for one."""

from __future__ import annotations

from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual.geometry import Offset

from coordinator_tui.text import cells, clean, lazy, visible
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.frame import is_for_people
from coordinator_tui.tui.screen import Dialog
from coordinator_tui.tui.widgets.bars import Sentence
from coordinator_tui.tui.widgets.line import LineWidget

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from textual import events
    from textual.app import ComposeResult

    from coordinator_tui.tui.widgets.line import Piece


class Row(NamedTuple):
    """One line on screen: which characters of the whole text it shows."""

    start: int
    end: int


def rows_of(text: str, width: int) -> list[Row]:
    """Return the lines on screen of a text, broken where `width` cells are full and at each line end."""
    rows, start, used = [], 0, 0
    for at, char in enumerate(text):
        wide = cells(char)
        if char == "\n" or used + wide > width:
            rows.append(Row(start, at))
            start, used = (at + 1, 0) if char == "\n" else (at, 0)
        if char != "\n":
            used += wide
    rows.append(Row(start, len(text)))
    return rows


class LinesInput(LineWidget, can_focus=True):
    """A field of many lines, without a blinking cursor. Enter begins a new line; a paste keeps all its lines."""

    DEFAULT_CSS = "LinesInput { height: 1fr; }"

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._value = clean(value, lines=True)
        self._at = len(self._value)
        self._top = 0
        self._placeholder = placeholder
        self._broken: tuple[str, int, list[Row]] = ("", 0, [])

    @property
    def value(self) -> str:
        """The text as typed, cleaned of control and invisible characters."""
        return self._value

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002  # Textual's signature
        """Tell Textual that printable keys are text here, not commands."""
        return character is not None and character.isprintable()

    # ---- where the cursor is

    def _rows(self) -> list[Row]:
        """Return the lines on screen; a long text is broken anew only when it changed."""
        width = max(self.size.width - 3, 8)
        text, known, rows = self._broken
        if known != width or text is not self._value:
            rows = rows_of(self._value, width)
            self._broken = (self._value, width, rows)
        return rows

    def go_to_line(self, number: int) -> None:
        """Put the cursor at the beginning of a line, counted from 1."""
        lines = self._value.split("\n")[: max(number - 1, 0)]
        self._at = min(sum(len(line) + 1 for line in lines), len(self._value))
        if self.is_attached:
            self._show()

    def _row_of(self, rows: list[Row], at: int) -> int:
        return max(number for number, row in enumerate(rows) if row.start <= at or number == 0)

    def _vertical(self, step: int) -> int:
        """Return the place `step` lines away, in the same column as far as there is one."""
        rows = self._rows()
        now = self._row_of(rows, self._at)
        column = cells(self._value[rows[now].start : self._at])
        target = rows[max(0, min(now + step, len(rows) - 1))]
        at = target.start
        while at < target.end and cells(self._value[target.start : at + 1]) <= column:
            at += 1
        return at

    # ---- painting

    def pieces(self, y: int) -> Iterable[Piece]:
        """Return a line of the visible part, the cursor's cell reversed."""
        rows = self._rows()
        number = self._top + y
        if not self._value and y == 0:
            yield ("  ", "plain")
            yield (" ", "cursor")
            yield (self._placeholder, "quiet")
            return
        if number >= len(rows):
            return
        row = rows[number]
        text = visible(self._value[row.start : row.end])
        yield ("  ", "plain")
        if self._row_of(rows, self._at) != number:
            yield (text, "plain")
            return
        at = self._at - row.start
        yield (text[:at], "plain")
        yield (text[at : at + 1] or " ", "cursor")
        yield (text[at + 1 :], "plain")

    def _show(self) -> None:
        rows = self._rows()
        now = self._row_of(rows, self._at)
        height = max(self.size.height, 1)
        self._top = max(min(self._top, now), now - height + 1)
        self.refresh()
        if self.has_focus and self.is_attached:
            x = 2 + cells(self._value[rows[now].start : self._at])
            self.app.cursor_position = self.content_region.offset + Offset(x, now - self._top)

    def on_focus(self) -> None:
        """Lead the terminal's own cursor, and the input method, here."""
        self._show()

    def on_resize(self) -> None:
        """Break the lines again."""
        self._show()

    # ---- keys

    async def take_key(self, event: events.Key) -> bool:
        """Edit; keys that edit nothing are left to the dialog's commands."""
        if (jump := self._jump(event.key)) is not None:
            self._at = max(0, min(jump, len(self._value)))
            self._show()
            return True
        return self._edit(event)

    def _jump(self, key: str) -> int | None:
        page = max(self.size.height - 1, 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        if key in steps:
            return self._vertical(steps[key])
        if key in {"left", "right"}:
            return self._at + (1 if key == "right" else -1)
        if key in {"home", "end", "ctrl+a", "ctrl+e"}:
            rows = self._rows()
            row = rows[self._row_of(rows, self._at)]
            return row.start if key in {"home", "ctrl+a"} else row.end
        return {"ctrl+home": 0, "ctrl+end": len(self._value)}.get(key)

    def _edit(self, event: events.Key) -> bool:
        at = self._at
        if event.key == "enter":
            self._replace(at, at, "\n")
        elif event.key in {"backspace", "ctrl+h"}:
            self._replace(max(at - 1, 0), at, "")
        elif event.key in {"delete", "ctrl+d"}:
            self._replace(at, at + 1, "")
        elif event.key == "ctrl+u":
            self._replace(self._value.rfind("\n", 0, at) + 1, at, "")
        elif event.is_printable and event.character is not None and event.character != "\ufffd":
            self._replace(at, at, clean(event.character))
        else:
            return False
        return True

    def _replace(self, start: int, end: int, text: str) -> None:
        self._value = self._value[:start] + text + self._value[end:]
        self._at = start + len(text)
        self._show()

    async def take_paste(self, text: str) -> bool:
        """Insert all of the pasted lines."""
        self._replace(self._at, self._at, clean(text, lines=True))
        return True


class TextDialog(Dialog[str]):
    """Asks for a text of many lines. `save(text)` may raise an error meant for people: it is shown, nothing is lost."""

    commands: ClassVar[tuple[Command, ...]] = (
        Command(name="text.save", title=lazy("Save"), keys=("ctrl+s", "f2"), hint=lazy("save"), in_palette=False),
    )
    DEFAULT_CSS = """
    TextDialog > #box { width: 96; }
    TextDialog LinesInput { height: 15; }
    """

    def __init__(
        self, title: str, value: str = "", *, save: Callable[[str], Awaitable[Any] | Any], placeholder: str = ""
    ) -> None:
        super().__init__()
        self._title_text = title
        self._first = clean(value, lines=True)
        self._save = save
        self._asked: str | None = None
        self.text = LinesInput(value, placeholder=placeholder)
        self.problem = Sentence()

    def title_text(self) -> str:
        """Return what is asked for."""
        return self._title_text

    def body(self) -> ComposeResult:
        """Compose the field and a line for what is wrong."""
        yield self.text
        yield self.problem

    @property
    def home(self) -> LinesInput:
        """The field."""
        return self.text

    async def action_save(self) -> None:
        """Save what is typed."""
        try:
            result = self._save(self.text.value)
            if isawaitable(result):
                await result
        except Exception as error:
            if not is_for_people(error):
                raise
            self.problem.show((f"  {error}", "bad"))
            return
        self.dismiss(self.text.value)

    def go_back(self) -> bool:
        """Leave; what was typed and not saved is given up only when Esc comes twice."""
        if self.text.value in {self._first, self._asked}:
            return super().go_back()
        self._asked = self.text.value
        self.problem.show(("  " + _("Not saved yet: F2 saves; Esc once more gives it up."), "warn"))
        return True
