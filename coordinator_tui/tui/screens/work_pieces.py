"""What is done to one piece of work, wherever it is on screen; and the list of the pieces in one cell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import work
from coordinator_tui.book.members import name_of
from coordinator_tui.domain.vocabulary import title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.going import tried
from coordinator_tui.tui.screens.roll_prompt import RollPrompt, Typing
from coordinator_tui.tui.screens.work_cells import look, sign
from coordinator_tui.tui.screens.work_commands import PIECE_COMMANDS, READ
from coordinator_tui.tui.screens.work_forms import piece_form
from coordinator_tui.tui.widgets.bars import KeyBar, TextLine
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from coordinator_tui.domain.records import Work
    from coordinator_tui.tui.commands import Command
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look


class PieceScreen(CoordinatorScreen):
    """A screen with a piece of work under its cursor, and a line to type on."""

    commands: ClassVar[tuple[Command, ...]] = PIECE_COMMANDS

    def __init__(self) -> None:
        super().__init__()
        self.prompt = RollPrompt()

    # ---- for the screens to say

    def piece(self, *, unchecked: bool) -> Work | None:
        """Return the piece meant, of several the first that is (not) checked; None and a sentence if none is."""
        raise NotImplementedError

    def changed(self, *, go_on: bool = False) -> None:
        """Show what was just changed; `go_on` moves to what comes next."""
        raise NotImplementedError

    # ---- what can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse what belongs to the list while something is typed."""
        if self.prompt.typing is not None and any(command.method == action for command in self.all_commands):
            return False
        return super().check_action(action, parameters)

    def action_grade(self, grade: str) -> None:
        """Note that the piece was looked at."""
        piece = self.piece(unchecked=True)
        if piece is not None:
            work.check(self.book, piece.id, grade or None)
            self.changed(go_on=True)

    def action_return(self) -> None:
        """Type the reason, then give the piece back."""
        piece = self.piece(unchecked=True)
        if piece is None:
            return
        prompt = _(" Give back to {name}, because: ").format(name=name_of(self.book, piece.member))
        placeholder = _("a reason, or nothing; Enter gives it back")
        typing = Typing(
            "return",
            prompt,
            lambda text: self._return(piece, text),
            self.stop_typing,
            placeholder=placeholder,
        )
        self.start_typing(typing, piece.reason or "")

    def _return(self, piece: Work, reason: str) -> None:
        self.stop_typing()
        if tried(self, lambda: work.return_work(self.book, piece.id, reason=reason.strip() or None)):
            self.changed(go_on=True)

    def action_read(self) -> None:
        """Open the piece with its text."""
        from coordinator_tui.tui.screens.work_text import TextScreen

        piece = self.piece(unchecked=True)
        if piece is not None:
            self.app.push_screen(TextScreen(piece.id))

    def action_uncheck(self) -> None:
        """Take the check or return of the piece back."""
        piece = self.piece(unchecked=False)
        if piece is not None:
            work.uncheck(self.book, piece.id)
            self.changed()

    def action_edit(self) -> None:
        """Edit the piece."""
        piece = self.piece(unchecked=True)
        if piece is not None:
            self.ask(piece_form(self.book, piece), lambda values: self.changed() if values else None)

    def action_remove(self) -> None:
        """Remove the piece; undo brings it back."""
        piece = self.piece(unchecked=True)
        if piece is not None:
            work.remove_work(self.book, piece.id)
            self.changed()
            what = _("Removed: {kind} of {name}; u takes it back.")
            self.say(what.format(kind=title(piece.kind), name=name_of(self.book, piece.member)))

    # ---- typing

    def start_typing(self, typing: Typing, value: str = "") -> None:
        """Give the keys to the line for typing."""
        self.prompt.open(typing, value)
        self.set_focus(self.prompt)
        self.update_frame()

    def stop_typing(self) -> None:
        """Give the keys back."""
        self.prompt.close()
        self.set_focus(self.home)
        self.update_frame()

    def update_frame(self) -> None:
        """Show the keys of the line while it is typed on."""
        super().update_frame()
        if self.is_mounted and self.prompt.typing is not None:
            from coordinator_tui.tui.screens.roll_commands import TYPING

            self.query_one(KeyBar).show_commands(TYPING)

    def go_back(self) -> bool:
        """Leave the line."""
        if self.prompt.typing is not None:
            self.prompt.typing.cancel()
            return True
        return False


class PiecesScreen(PieceScreen):
    """The pieces of one cell of the matrix, or all of a member in the term."""

    heading = lazy("Pieces of work")
    about = lazy("Everything handed in at one place of the matrix. A grade is for the piece under the cursor.")
    commands: ClassVar[tuple[Command, ...]] = (*PIECE_COMMANDS[:7], replace(READ, hint=lazy("read")), PIECE_COMMANDS[7])

    def __init__(self, where: str, pieces: Callable[[], Sequence[Work]]) -> None:
        super().__init__()
        self._where = where
        self._pieces = pieces
        columns = [
            Column("date", lazy("date"), 10),
            Column("kind", lazy("kind"), 14),
            Column("title", lazy("title"), 0, least=12),
            Column("words", lazy("words"), 6, "right"),
            Column("state", lazy("state"), 5),
            Column("checker", lazy("checked by"), 12, drop=1),
            Column("note", lazy("reason, note"), 0, drop=2, least=10),
        ]
        self.top = TextLine(((" " + where, "strong"),))
        self.list: LineList[int] = LineList(
            columns, self._cells, marked_column=2, empty=lazy("Nothing handed in here."), on_choose=self._open
        )

    def body(self) -> ComposeResult:
        """Where we are, the pieces, and the line for typing."""
        yield self.top
        yield self.list
        yield self.prompt

    @property
    def home(self) -> Widget | None:
        """What takes the keys."""
        return self.prompt if self.prompt.typing is not None else self.list

    def on_mount(self) -> None:
        """Show the pieces."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:
        """Show the pieces as they are now."""
        del changes
        self.list.set_rows([piece.id for piece in self._pieces()])

    def _cells(self, identity: int) -> Sequence[str | tuple[str, Look]]:
        piece = self.book.work.find(identity)
        if piece is None:
            return ("", "", "", "", "", "", "")
        return (
            piece.date.isoformat(),
            title(piece.kind),
            piece.title or ("–", "quiet"),
            "" if piece.words is None else str(piece.words),
            (sign(piece), look(piece)),
            (piece.checker or "", "quiet"),
            "  ".join(part for part in (piece.reason, piece.note) if part),
        )

    def _open(self, _identity: int) -> None:
        self.action_edit()

    def piece(self, *, unchecked: bool) -> Work | None:
        """Return the piece under the cursor."""
        del unchecked
        here = self.list.cursor_id
        found = None if here is None else self.book.work.find(here)
        if found is None:
            self.say(_("There is no piece of work here."), "quiet")
        return found

    def changed(self, *, go_on: bool = False) -> None:
        """Show the pieces again, and go to the next."""
        self.refresh_book(None)
        if go_on:
            self.list.move_to_index(self.list.cursor + 1)
