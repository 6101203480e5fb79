"""What a use case says when it cannot do what it was asked: one sentence, and the exit code that goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.text import LazyText, lazy

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coordinator_tui.domain.vocabulary import Mark

FAILED, REFUSED, NO_SUCH_THING, DECISION_NEEDED, UNUSABLE = 1, 3, 4, 5, 6
"""Exit codes of the commands (1 is our own fault, 3 the input's)."""


class BookError(Exception):
    """A sentence for the user. `msgid` is the English sentence with named placeholders, `params` fill them.

    `str()` speaks the language in force. `exit_code` is what a command ends with.
    """

    exit_code = FAILED

    def __init__(self, message: LazyText | str, **params: object) -> None:
        self.text = message if isinstance(message, LazyText) else LazyText(message)
        self.params = params
        super().__init__(self.text.message)

    @property
    def msgid(self) -> str:
        """The English sentence before its placeholders are filled."""
        return self.text.message

    def __str__(self) -> str:
        return self.text.format(**self.params)


class Refused(BookError):  # noqa: N818 - what happened is its name
    """What was asked for cannot be; nothing was written."""

    exit_code = REFUSED


class NoSuchThing(BookError):  # noqa: N818 - what happened is its name
    """There is no such member, session, term ..."""

    exit_code = NO_SUCH_THING


class DecisionNeeded(BookError):  # noqa: N818 - what happened is its name
    """Several things fit, or an answer is needed; `candidates` pairs each id with the words that tell it apart."""

    exit_code = DECISION_NEEDED

    def __init__(
        self, message: LazyText | str, *, candidates: Sequence[tuple[int, str]] = (), **params: object
    ) -> None:
        self.candidates = tuple(candidates)
        super().__init__(message, candidates=", ".join(name for _id, name in self.candidates), **params)


class BookUnusable(BookError):  # noqa: N818 - what happened is its name
    """The book cannot be used as asked: damaged, newer, locked, not a book, disk full ...; `code` is the store's."""

    exit_code = UNUSABLE

    def __init__(self, message: LazyText | str, *, code: str = "", **params: object) -> None:
        self.code = code
        super().__init__(message, **params)


def no_such_id(table: str, identity: int) -> NoSuchThing:
    """Return the error for an id that the table does not hold."""
    return NoSuchThing(lazy("There is no {thing} with the number {id}."), thing=TABLE_TITLES[table], id=identity)


def no_book(folder: Path) -> BookUnusable:
    """Return the error for a folder in which there is no book."""
    return BookUnusable(
        lazy("There is no book at {folder}. Make one with “coordinator-tui init DIR”, or see “coordinator-tui demo”."),
        code="not-a-store",
        folder=folder,
    )


def not_a_leave(kind: Mark) -> Refused:
    """Return the error for a leave whose kind is not one of leave."""
    from coordinator_tui.domain.vocabulary import title

    return Refused(lazy("“{kind}” is not a kind of leave: sick, personal, official or other leave."), kind=title(kind))


TABLE_TITLES: dict[str, LazyText] = {
    "members": lazy("member"),
    "groups": lazy("group"),
    "memberships": lazy("membership"),
    "terms": lazy("term"),
    "calendar": lazy("calendar day"),
    "series": lazy("series"),
    "sessions": lazy("session"),
    "attendance": lazy("attendance"),
    "leaves": lazy("leave"),
    "assignments": lazy("assignment"),
    "work": lazy("piece of work"),
    "readings": lazy("reading"),
    "settings": lazy("setting"),
    "trainings": lazy("training"),
    "pairs": lazy("mentor pair"),
    "placements": lazy("exchange placement"),
    "achievements": lazy("achievement"),
    "entries": lazy("register entry"),
    "packs": lazy("rule pack"),
    "texts": lazy("text of a piece of work"),
}
"""Title of each table in the middle of a sentence."""
