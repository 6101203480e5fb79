"""What the frame tells its screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet


class Changes(Protocol):
    """What came into the book: touched ids by table. It is what `Book.refresh()` returns."""

    @property
    def touched(self) -> Mapping[str, AbstractSet[int]]:
        """Ids of the documents that changed, by table name."""


class BookChanged(Message):
    """Other sessions' or replicas' changes have arrived; sent to the screen on top."""

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        self.changes = changes
