"""`TextForm` asks for the text of a piece of work: typed, pasted, or read from a file; its length shows meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.text import count, lazy
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.frame import is_for_people
from coordinator_tui.tui.screen import Dialog
from coordinator_tui.tui.screens.lines_input import LinesInput
from coordinator_tui.tui.widgets.bars import Sentence, TextLine
from coordinator_tui.tui.widgets.lineinput import LineInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult


class CountedLines(LinesInput):
    """A field of many lines that tells when its text changed."""

    def __init__(self, value: str, *, placeholder: str, on_change: Callable[[], None]) -> None:
        super().__init__(value, placeholder=placeholder)
        self._changed = on_change

    async def take_key(self, event: events.Key) -> bool:
        """Edit."""
        before = self.value
        used = await super().take_key(event)
        if self.value != before:
            self._changed()
        return used

    async def take_paste(self, text: str) -> bool:
        """Insert all of the pasted lines."""
        used = await super().take_paste(text)
        self._changed()
        return used

    def on_resize(self) -> None:
        """Break the lines again, with as much text in view as there is room for."""
        self._top = 0
        super().on_resize()

    async def put(self, text: str) -> None:
        """Put a text in place of what is there."""
        self._replace(0, len(self.value), "")
        await self.take_paste(text)


class TextForm(Dialog[str]):
    """Asks for a text. `save(text, file)` may raise an error meant for people: it is shown, and nothing is lost.

    `file` is the name of the file that the text was read from, None where it was typed.
    """

    commands: ClassVar[tuple[Command, ...]] = (
        Command(name="text.save", title=lazy("Save"), keys=("ctrl+s", "f2"), hint=lazy("save"), in_palette=False),
        Command(
            name="text.switch",
            title=lazy("From the text to the file's name and back"),
            keys=("tab", "shift+tab"),
            hint=lazy("text/file"),
            in_palette=False,
        ),
    )
    DEFAULT_CSS = """
    TextForm > #box { width: 96; }
    TextForm CountedLines { height: 13; }
    """

    def __init__(
        self, title: str, value: str = "", *, file: str | None = None, save: Callable[[str, str | None], object]
    ) -> None:
        super().__init__()
        self._title_text = title
        self._first = value
        self._file = file
        self._save = save
        self._asked: str | None = None
        self.text = CountedLines(value, placeholder=_("Type or paste the text here."), on_change=self._count)
        self.file = LineInput(
            prompt="  " + _("File: "),
            placeholder=_("or name a .docx, .txt or .md here; Enter reads it"),
            on_submit=self._read,
        )
        self.counts = TextLine()
        self.problem = Sentence()

    def title_text(self) -> str:
        """Return what is asked for."""
        return self._title_text

    def body(self) -> ComposeResult:
        """Compose the text, its length, the file's name, and a line for what is wrong."""
        yield self.text
        yield self.counts
        yield self.file
        yield self.problem

    def on_mount(self) -> None:
        """Show the length."""
        super().on_mount()
        self._count()

    @property
    def home(self) -> LinesInput:
        """The text."""
        return self.text

    def _count(self) -> None:
        han, office = count(self.text.value)
        text = _("Chinese characters {han} · WPS/Word word count {office}").format(han=han, office=office)
        self.counts.show(("  " + text, "strong"))

    async def _read(self, name: str) -> None:
        from coordinator_tui.imports.piece_text import read_piece

        if not name.strip():
            return
        try:
            found = read_piece(Path(name.strip().strip("\"'")))
        except Exception as error:
            if not is_for_people(error):
                raise
            self.problem.show((f"  {error}", "bad"))
            return
        self._file = found.file
        await self.text.put(found.text)
        self.problem.show()
        self.set_focus(self.text)

    def action_switch(self) -> None:
        """Go to the file's name, or back to the text."""
        self.set_focus(self.file if self.focused is self.text else self.text)

    async def action_save(self) -> None:
        """Save what is typed, or what is in the file that is named."""
        if self.file.value.strip() and not self.text.value.strip():
            await self._read(self.file.value)
        try:
            self._save(self.text.value, self._file)
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
