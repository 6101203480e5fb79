"""What the domain refuses, as a sentence that can be translated and the values that stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coordinator_tui.text import LazyText


class DomainError(ValueError):
    """A value that the field's rules refuse; `str()` is the sentence in the language in force.

    `message` is the message id, `params` fills its placeholders, `field` names the field where that is known.
    """

    def __init__(self, message: LazyText, *, field: str | None = None, **params: object) -> None:
        super().__init__(message.message)
        self.message = message
        self.field = field
        self.params = params

    def __str__(self) -> str:
        return self.message.format(**self.params)
