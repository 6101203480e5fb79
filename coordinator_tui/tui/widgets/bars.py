"""The lines around a screen: title with tabs above, status and keys below, and a line of counters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator_tui.text import cells, fit, wrap
from coordinator_tui.tui.widgets.line import LineWidget

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.geometry import Size

    from coordinator_tui.tui.commands import Command
    from coordinator_tui.tui.styles import Look
    from coordinator_tui.tui.widgets.line import Piece

_APART = 2


class TextLine(LineWidget):
    """One line of pieces, set as a whole; setting what is there already paints nothing."""

    DEFAULT_CSS = "TextLine { height: 1; }"

    def __init__(self, pieces: Sequence[Piece] = (), *, fill: Look = "plain", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.fill = fill
        self._pieces: tuple[Piece, ...] = tuple(pieces)

    def show(self, *pieces: Piece) -> None:
        """Show these pieces."""
        if pieces != self._pieces:
            self._pieces = pieces
            self.refresh()

    @property
    def plain(self) -> str:
        """The text without looks."""
        return "".join(text for text, _look in self._pieces)

    def pieces(self, y: int) -> Iterable[Piece]:
        """Return the pieces."""
        return () if y else self._pieces


class Sentence(TextLine):
    """Text of one look on as many lines as it needs; further lines begin where the first does."""

    DEFAULT_CSS = "Sentence { height: auto; }"

    def show(self, *pieces: Piece) -> None:
        """Show this piece, with more or fewer lines than before where it needs them."""
        before = self._lines(self.size.width)
        if pieces != self._pieces:
            self._pieces = pieces
            self.refresh(layout=len(self._lines(self.size.width)) != len(before))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Textual's
        """Return how many lines it takes at this width; an empty one keeps its place."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[str]:
        text = self.plain
        if cells(text) <= width:
            return [text]
        indent = len(text) - len(text.lstrip(" "))
        return [" " * indent + part for part in wrap(text[indent:], max(width - indent - 1, 8))]

    def pieces(self, y: int) -> Iterable[Piece]:
        """Return line `y` of it."""
        lines = self._lines(self.painted_width)
        return ((lines[y], self._pieces[0][1]),) if self._pieces and y < len(lines) else ()


class Counters(TextLine):
    """Named numbers on one line ("应到 30  实到 28"), each in its own place, so that a change paints digits only."""

    DEFAULT_CSS = "Counters { height: 1; }"

    def show_numbers(self, numbers: Iterable[tuple[str, int | str, Look]]) -> None:
        """Show (name, number, look); a number keeps room for three digits."""
        pieces: list[Piece] = []
        for name, number, look in numbers:
            pieces += [(name + " ", "quiet"), (fit(str(number), max(3, cells(str(number)))), look)]
        self.show(*pieces)


class TitleLine(TextLine):
    """The screens as numbered tabs at the left, and where one is (group, term, week, date) at the right."""

    DEFAULT_CSS = "TitleLine { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[tuple[str, str], ...], str, tuple[str, ...]] = ((), "", ())

    def show_title(self, tabs: Sequence[tuple[str, str]], current: str, place: Sequence[str]) -> None:
        """Show tabs (key, title), the current one's title, and the parts of the place."""
        shown = (tuple(tabs), current, tuple(place))
        if shown != self._shown:
            self._shown = shown
            self.refresh()

    @property
    def plain(self) -> str:
        """The text as it is laid out."""
        return "".join(text for text, _look in self.pieces(0))

    def pieces(self, y: int) -> Iterable[Piece]:
        """Return what there is room for.

        Where it is narrow the parts of the place go first: the term, the week, the group or else all but the date; then
        the second space between tabs and all but the first words of other tabs' titles, the date with them if it must
        be; then other tabs' titles.
        """
        if y:
            return
        tabs, current, place = self._shown
        ways = (place, (*place[:1], *place[2:]), (*place[:1], *place[3:]), place[-1:])
        for pieces, parts in (
            (_tab_pieces(tabs, current, form), parts)
            for form in _FORMS
            for parts in (ways if form in {"full", "key"} else (*ways, ()))
        ):
            room = self.painted_width - sum(cells(text) for text, _look in pieces) - 1
            if cells("  ".join(parts)) <= room:
                break
        yield from pieces
        yield (fit("  ".join(parts), max(room, 0), align="right"), "plain")


_FORMS: Final = ("full", "tight", "word", "key")
"""How tabs are written, the widest first; the one that is open always has its whole title between two spaces."""


def _tab_pieces(tabs: Sequence[tuple[str, str]], current: str, form: str) -> list[Piece]:
    pieces: list[Piece] = []
    for key, title in tabs:
        if title == current:
            pieces.append((f" {key} {title} ", "bar"))
        else:
            pieces.append((_tab(key, title, form), "plain"))
    if current not in {title for _key, title in tabs}:
        pieces.append((f" {current} ", "bar"))
    return pieces


def _tab(key: str, title: str, form: str) -> str:
    if form == "key":
        return f" {key} "
    if form == "full":
        return f" {key} {title} "
    return f" {key} {title.split(maxsplit=1)[0] if form == 'word' else title}"


class KeyBar(LineWidget):
    """The keys that work here, on one line; those that there is no room for are in the help."""

    DEFAULT_CSS = "KeyBar { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._commands: tuple[Command, ...] = ()

    def show_commands(self, commands: Iterable[Command]) -> None:
        """Show these commands' keys and hints, in this order."""
        wanted = tuple(command for command in commands if command.hint is not None and command.keys)
        if wanted != self._commands:
            self._commands = wanted
            self.refresh()

    @property
    def commands(self) -> tuple[Command, ...]:
        """The commands shown, as far as there is room."""
        return self._fitting()

    def _fitting(self) -> tuple[Command, ...]:
        left = self.size.width + _APART - sum(_room(command) for command in self._commands if command.kept)
        shown: set[str] = set()
        for command in self._commands:
            left -= 0 if command.kept else _room(command)
            if left < 0:
                break
            shown.add(command.name)
        return tuple(command for command in self._commands if command.kept or command.name in shown)

    def pieces(self, y: int) -> Iterable[Piece]:
        """Return key and hint of each command."""
        for at, command in enumerate(() if y else self._fitting()):
            yield (" " * _APART if at else "", "plain")
            yield (command.key_shown, "key")
            yield (_hint(command), "plain")


def _hint(command: Command) -> str:
    """Return what follows the key; a hint that names more keys ("/b/c grade") joins it."""
    hint = str(command.hint)
    return hint if hint.startswith("/") else f" {hint}"


def _room(command: Command) -> int:
    return _APART + cells(command.key_shown) + cells(_hint(command))
