"""What the rules make due, on screens about something else: computed when nothing else is to be done, never before."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal

from coordinator_tui.book import rule_view
from coordinator_tui.book.errors import BookError

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.worker import Worker

    from coordinator_tui.book.rule_gaps import Gap
    from coordinator_tui.book.rule_owing import Owing
    from coordinator_tui.tui.screen import CoordinatorScreen

_PAUSE = 0.15
"""Seconds without a change before computing."""


class RulesOwed:
    """The gaps that a screen shows. `find` computes them, `show` is called when they are known.

    Nothing is computed while no pack is in force, while the screen is covered, or in a large book before somebody asks.
    """

    def __init__(self, screen: CoordinatorScreen, find: Callable[[], list[Gap]], show: Callable[[], None]) -> None:
        self.gaps: list[Gap] = []
        self.state: Literal["none", "large", "waiting", "known"] = "none"
        self._screen, self._find, self._show = screen, find, show
        self._asked = False
        self._late = False
        self._prepared: list[tuple[str, str]] = []

    @property
    def owing(self) -> list[Owing]:
        """What is owed, requirement by requirement."""
        from coordinator_tui.book.rule_owing import by_requirement

        return by_requirement(self.gaps)

    def refresh(self, *, anew: bool = False) -> None:
        """Note that something changed; what is known stays on screen until it is computed again, unless `anew`."""
        book = self._screen.book
        if anew:
            self.gaps, self.state = [], "none"
        if not rule_view.in_force(book):
            self.gaps, self.state = [], "none"
        elif rule_view.is_large(book) and not self._asked:
            self.gaps, self.state = [], "large"
        else:
            self.state = "known" if self.state == "known" else "waiting"
            self._screen.call_after_refresh(self._start)

    def ask(self) -> None:
        """Compute also in a large book, from now on."""
        self._asked = True
        self.refresh()
        self._show()

    def resume(self) -> None:
        """Compute what could not be while the screen was covered."""
        if self._late:
            self._start()

    def _start(self) -> None:
        self._late = False
        _worker: Worker[bool] = self._screen.run_worker(self._work, name="rules", group="rules", exclusive=True)

    async def _work(self) -> bool:
        """Wait, read the packs beside everything else, then compute if the screen is still the one on top."""
        await asyncio.sleep(_PAUSE)
        texts = rule_view.texts_in_force(self._screen.book)
        if texts != self._prepared:
            await asyncio.to_thread(rule_view.prepare, texts)
            self._prepared = texts
        if self._screen.app.screen is self._screen:  # what Textual calls current may be covered
            self.compute()
        else:
            self._late = True
        return not self._late

    def compute(self) -> None:
        """Compute and show."""
        try:
            self.gaps = self._find() if rule_view.in_force(self._screen.book) else []
        except BookError:  # a book without a term owes nothing yet
            self.gaps = []
        self.state = "known"
        self._show()
