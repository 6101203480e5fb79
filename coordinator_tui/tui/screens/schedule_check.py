"""What is in the way of the term's sessions, and what those to come still lack."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import schedule
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.day_words import day_words
from coordinator_tui.tui.screens.going import open_session
from coordinator_tui.tui.screens.sections import Entry, SectionList, columns, heading, line
from coordinator_tui.tui.screens.session_words import clash_words, lacks, what

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coordinator_tui.domain.calendar import Clash
    from coordinator_tui.domain.records import Term
    from coordinator_tui.tui.messages import Changes


class CheckScreen(CoordinatorScreen):
    """Clashes first, then the four haves that are lacking."""

    heading = lazy("Check")
    about = lazy("What is in each other's way, and which sessions lack plan, topic, speaker or form. Enter opens one.")
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="check.open", title=lazy("Open this session"), keys=("enter",), hint=lazy("open"), in_palette=False
        ),
    )

    def __init__(self, term: Term | None) -> None:
        super().__init__()
        self.term = term
        self.lines: SectionList[tuple[str, int, int]] = SectionList(self._make, on_choose=self._open)

    def body(self) -> ComposeResult:
        """Compose the lines."""
        yield self.lines

    def on_mount(self) -> None:
        """Show them."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - only lines that differ are painted
        """Look again."""
        self.lines.rebuild()
        self.update_frame()

    def _make(self, width: int) -> Sequence[Entry[tuple[str, int, int]]]:
        if self.term is None:
            return [line(_("The book has no term yet: F3, then t adds one."), "quiet")]
        clashes = schedule.clashes(self.book, term=self.term)
        rows = [row for row in schedule.gaps(self.book, term=self.term) if row.session.date >= self.book.today]
        lines: list[Entry[tuple[str, int, int]]] = [heading(_("Clashes: {count}").format(count=len(clashes)))]
        lines += [self._clash(at, clash) for at, clash in enumerate(clashes)] or [line(_("none"), "quiet")]
        lines += [Entry(), heading(_("Sessions to come that lack something: {count}").format(count=len(rows)))]
        for row in rows:
            session = row.session
            lines.append(
                columns(
                    [
                        (day_words(session.date, self.book.today), 18, "plain"),
                        (lacks(session), min(44, width // 2), "warn"),
                        (what(session), 0, "plain"),
                    ],
                    ("gap", 0, session.id),
                )
            )
        return lines if rows else [*lines, line(_("none"), "quiet")]

    def _clash(self, at: int, clash: Clash) -> Entry[tuple[str, int, int]]:
        session = clash.sessions[0]
        day = day_words(session.date, self.book.today)
        return columns(
            [(day, 18, "plain"), ("! " + clash_words(self.book, clash), 0, "bad")], ("clash", at, session.id)
        )

    async def _open(self, row: tuple[str, int, int]) -> None:
        await open_session(self, row[2])

    async def action_open(self) -> None:
        """Open the session under the cursor."""
        if self.lines.cursor_id is not None:
            await self._open(self.lines.cursor_id)
