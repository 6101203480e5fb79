"""What a piece of work shares with others: each passage as it stands in both, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book.members import name_of
from coordinator_tui.book.overlaps import overlaps_of, percent
from coordinator_tui.domain.vocabulary import title
from coordinator_tui.text import fit, lazy, wrap
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.going import closes_when_gone
from coordinator_tui.tui.screens.sections import Entry, SectionList, heading, line, paragraph
from coordinator_tui.tui.widgets.bars import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coordinator_tui.book.overlaps import Overlaps, Shared
    from coordinator_tui.tui.messages import Changes

_BETWEEN = " | "


class OverlapScreen(CoordinatorScreen):
    """The passages of a piece, with those of the other pieces beside them; Enter opens the other piece."""

    heading = lazy("Passages in common")
    about = lazy(
        "At the left the piece, at the right the other one. A passage is 12 characters or more in a row, signs and "
        "spaces apart. Nothing is judged: what comes from a book that all read, and who wrote first, is for people "
        "to say."
    )

    def __init__(self, work: int) -> None:
        super().__init__()
        self._work = work
        self._overlaps: Overlaps | None = None
        self.top = Sentence()
        self.list: SectionList[int] = SectionList(self._lines, on_choose=self._open)

    def body(self) -> ComposeResult:
        """Whose piece it is, and the passages."""
        yield self.top
        yield self.list

    def on_mount(self) -> None:
        """Compare."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:
        """Compare anew."""
        del changes
        self._overlaps = overlaps_of(self.book, self._work) if self._work in self.book.work else None
        if self._overlaps is None:
            closes_when_gone(self, _("That piece of work is not in the book any more."))
            return
        work = self._overlaps.work
        said = _("{name}, {piece}, {date}: {percent} stands in other pieces too").format(
            name=name_of(self.book, work.member),
            piece=work.title or title(work.kind),
            date=work.date,
            percent=percent(self._overlaps.share),
        )
        self.top.show((" " + said, "strong"))
        self.list.rebuild()

    def _lines(self, width: int) -> Sequence[Entry[int]]:
        if self._overlaps is None or not self._overlaps.found:
            return [line(_("It shares no passage with another piece."), "quiet")]
        entries: list[Entry[int]] = []
        for shared in self._overlaps.found:
            entries += self._of_one(shared, width)
        return entries

    def _of_one(self, shared: Shared, width: int) -> list[Entry[int]]:
        entries: list[Entry[int]] = [heading(shared.name)] if not shared.other.title else []
        if shared.other.title:
            entries.append(heading(f"{shared.name}  {shared.other.title}"))
        entries += paragraph(shared.sentence, width, row=shared.other.id)
        half = max((width - len(_BETWEEN)) // 2, 8)
        for here, there in shared.pairs():
            left, right = wrap(" ".join(here.split()), half), wrap(" ".join(there.split()), half)
            for at in range(max(len(left), len(right))):
                mine = fit(left[at] if at < len(left) else "", half)
                theirs = right[at] if at < len(right) else ""
                entries.append(Entry(((mine, "plain"), (_BETWEEN, "quiet"), (theirs, "plain"))))
            entries.append(Entry())
        return entries

    def _open(self, work: int) -> None:
        from coordinator_tui.tui.screens.work_text import TextScreen

        self.app.push_screen(TextScreen(work))
