"""The text of a piece of work on screen: its length both ways, and what it shares with others, marked in the text."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book.pile import waiting
from coordinator_tui.book.texts import set_text, text_of
from coordinator_tui.domain.vocabulary import title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, wrap
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screens.going import closes_when_gone
from coordinator_tui.tui.screens.text_form import TextForm
from coordinator_tui.tui.screens.work_cells import look, piece_words, sign
from coordinator_tui.tui.screens.work_commands import PIECE_COMMANDS
from coordinator_tui.tui.screens.work_pieces import PieceScreen
from coordinator_tui.tui.widgets.bars import Sentence, TextLine
from coordinator_tui.tui.widgets.textpage import TextPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from coordinator_tui.book.pile import Waiting
    from coordinator_tui.domain.records import Work
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.screen import CoordinatorScreen
    from coordinator_tui.tui.styles import Look
    from coordinator_tui.tui.widgets.line import Piece

_SHOWN = 3
"""Other pieces named in the line about overlaps; all of them are on the page of passages."""

TEXT_COMMANDS = (
    Command(
        name="work.overlap",
        title=lazy("What it shares with other pieces, side by side"),
        keys=("o",),
        hint=lazy("passages"),
        words="雷同 重复 抄 比较 overlap compare",
        cli="work overlap",
    ),
    Command(
        name="work.write",
        title=lazy("Type the text, or take it from a file"),
        keys=("y",),
        hint=lazy("type text"),
        words="录入 正文 粘贴 文件 text file paste",
        cli="work text --file",
    ),
)
"""What can be done where the text of a piece is shown."""


class MarkedPage(TextPage):
    """A text to read, with the passages underlined that stand in other texts too."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._marked: list[bool] = []

    def show_text(self, text: str, spans: Iterable[tuple[int, int]]) -> None:
        """Show a text from its beginning; `spans` (from, up to) are marked."""
        self._text, self._marked = text, [False] * len(text)
        for start, end in spans:
            self._marked[start:end] = [True] * (end - start)
        self.show(text.split("\n"))

    def _laid_out(self) -> list[Sequence[Piece]]:
        if self._width != self.size.width:
            self._width = self.size.width
            self._lines = list(self._marked_lines(max(self._width - 2, 8)))
        return self._lines

    def _marked_lines(self, width: int) -> Iterable[Sequence[Piece]]:
        begins = 0
        for paragraph in self._text.split("\n"):
            at = begins
            for part in wrap(paragraph, width):
                at = max(self._text.find(part, at), at)
                yield self._pieces_of(part, at)
                at += len(part)
            begins += len(paragraph) + 1

    def _pieces_of(self, part: str, at: int) -> Sequence[Piece]:
        looks: list[Look] = ["link" if self._marked[at + place] else "plain" for place in range(len(part))]
        pieces: list[Piece] = []
        place = 0
        for one, run in groupby(looks):
            size = len(list(run))
            pieces.append((part[place : place + size], one))
            place += size
        return pieces


class PieceTextScreen(PieceScreen):
    """A screen that shows one piece with its text; a subclass says which."""

    def __init__(self) -> None:
        super().__init__()
        self.top, self.facts, self.shared = TextLine(), Sentence(), Sentence()
        self.page = MarkedPage()

    def body(self) -> ComposeResult:
        """Whose piece, its length, what it shares with others, the text, and the line for typing."""
        yield self.top
        yield self.facts
        yield self.shared
        yield self.page
        yield self.prompt

    @property
    def home(self) -> Widget | None:
        """What takes the keys."""
        return self.prompt if self.prompt.typing is not None else self.page

    def current(self) -> Work | None:
        """Return the piece that is shown."""
        raise NotImplementedError

    def lead(self) -> Sequence[Piece]:
        """Return what stands before the name."""
        return ()

    def piece(self, *, unchecked: bool) -> Work | None:
        """Return the piece that is shown."""
        del unchecked
        return self.current()

    def show_piece(self) -> None:
        """Show the piece as it is now."""
        piece = self.current()
        if piece is None:
            return
        one = waiting(self.book, piece.id)
        self.top.show(*self.lead(), *_headline(one))
        self.facts.show((" " + "   ".join(facts(one)), "warn" if one.short else "plain"))
        self.shared.show((" " + shared_words(one), "strong" if one.overlaps and one.overlaps.found else "quiet"))
        kept = text_of(self.book, piece.id)
        found = one.overlaps.found if one.overlaps else ()
        spans = [(passage.start, passage.end) for shared in found for passage in shared.passages]
        self.page.show_text(kept.text if kept else "", spans)
        self.update_frame()

    def action_overlap(self) -> None:
        """Show the passages that the piece shares with others."""
        from coordinator_tui.tui.screens.work_overlap import OverlapScreen

        piece = self.current()
        if piece is None:
            return
        if text_of(self.book, piece.id) is None:
            self.say(_("No text of it is kept: y types it or takes it from a file."), "quiet")
            return
        self.app.push_screen(OverlapScreen(piece.id))

    def action_write(self) -> None:
        """Type the text of the piece."""
        piece = self.current()
        if piece is not None:
            write_text(self, piece)


class TextScreen(PieceTextScreen):
    """One piece of work with its text."""

    heading = lazy("A piece of work")
    about = lazy(
        "The text as it was handed in. Underlined is what stands in another piece too, in passages of 12 characters or "
        "more; o shows them side by side. Nothing is judged."
    )
    commands: ClassVar[tuple[Command, ...]] = (*PIECE_COMMANDS[:7], *TEXT_COMMANDS, PIECE_COMMANDS[7])

    def __init__(self, work: int) -> None:
        super().__init__()
        self._work = work

    def current(self) -> Work | None:
        """Return the piece."""
        return self.book.work.find(self._work)

    def on_mount(self) -> None:
        """Show the piece."""
        super().on_mount()
        self.show_piece()

    def refresh_book(self, changes: Changes | None) -> None:
        """Show the piece as it is now; leave when it is gone."""
        del changes
        if self.current() is None:
            closes_when_gone(self, _("That piece of work is not in the book any more."))
        else:
            self.show_piece()

    def changed(self, *, go_on: bool = False) -> None:
        """Show what was just changed, and say so after a check: the screen stays."""
        self.refresh_book(None)
        piece = self.current()
        if go_on and piece is not None:
            self.say(piece_words(piece, kind=True), look(piece))


def write_text(screen: CoordinatorScreen, piece: Work) -> None:
    """Ask for the text of a piece that is there."""
    from coordinator_tui.book.members import name_of

    book, kept = screen.book, text_of(screen.book, piece.id)
    heading = f"{name_of(book, piece.member)}: {piece.title or title(piece.kind)}"
    form = TextForm(
        heading,
        kept.text if kept else "",
        file=kept.file if kept else None,
        save=lambda text, file: set_text(book, piece.id, text, file),
    )
    screen.ask(form, lambda text: screen.refresh_book(None) if text is not None else None)


def facts(one: Waiting) -> list[str]:
    """Return the length of a piece both ways, what is asked of it, and the grade before."""
    said = []
    if one.counts is not None:
        said += [
            _("Chinese characters {count}").format(count=one.counts.han),
            _("WPS/Word {count}").format(count=one.counts.office),
        ]
    elif one.work.words is not None:
        said.append(_("words {count}").format(count=one.work.words))
    if one.needed is not None:
        said.append(_("needed {count}").format(count=one.needed))
    if one.short:
        said.append(_("{count} too few").format(count=one.short))
    if one.earlier is not None:
        said.append(_("earlier grade {grade} ({date})").format(grade=one.earlier.grade, date=one.earlier.date))
    return said or [_("Its length is not known.")]


def shared_words(one: Waiting) -> str:
    """Return in words what a piece shares with others."""
    if one.overlaps is None:
        return _("No text of it is kept: y types it or takes it from a file.")
    if not one.overlaps.found:
        return _("It shares no passage with another piece.")
    said = [shared.sentence for shared in one.overlaps.found[:_SHOWN]]
    more = len(one.overlaps.found) - _SHOWN
    return "; ".join(said) + (" " + _("and {count} more").format(count=more) if more > 0 else "")


def _headline(one: Waiting) -> Sequence[Piece]:
    work = one.work
    reason = f" ({work.reason})" if work.reason else ""
    words = "  ".join(part for part in (title(work.kind), f"{work.date:%m-%d}", work.title) if part)
    return (f" {one.name}  ", "strong"), (f"{sign(work)}{reason}  ", look(work)), (words, "plain")
