"""`Preview`: what will change, old beside new, before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.text import lazy
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator_tui.tui.styles import Look

Change = tuple[str, str, str]
"""What it is about, before, after; "" before is something new, "" after is something that goes."""


class Preview(LineList[int]):
    """A list of changes; each line says in words and signs (+ − ~) what happens to it."""

    def __init__(self, changes: Sequence[Change] = (), *, id: str | None = None) -> None:  # noqa: A002  # Textual's name
        self._changes = list(changes)
        super().__init__(
            [
                Column("sign", "", 1),
                Column("what", lazy("what"), 0),
                Column("before", lazy("before"), 0),
                Column("after", lazy("after"), 0),
            ],
            self._cells_at,
            rows=range(len(self._changes)),
            empty=lazy("Nothing will change."),
            marked_column=1,
            id=id,
        )

    def show(self, changes: Sequence[Change]) -> None:
        """Show other changes."""
        self._changes = list(changes)
        self.set_rows(range(len(self._changes)))

    def _cells_at(self, at: int) -> tuple[str | tuple[str, Look], ...]:
        what, before, after = self._changes[at]
        sign, look = _sign(before, after)
        return (sign, look), what, (before, "quiet"), (after, look)


def _sign(before: str, after: str) -> tuple[str, Look]:
    if before == after:
        return "=", "quiet"
    if not before:
        return "+", "good"
    return ("~", "strong") if after else ("-", "bad")
