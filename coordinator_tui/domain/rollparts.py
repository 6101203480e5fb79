"""What is understood of a typed roll line, and the sentences about what is not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordinator_tui.domain.vocabulary import Mark
    from coordinator_tui.text import LazyText

Span = tuple[int, int]
"""Begin and end of a piece of the line, counted in characters of what was typed."""

MOST_CHARACTERS = 4000
MOST_MINUTES = 600


@dataclass(frozen=True, slots=True)
class Entry:
    """What the line says of one member; `mark` None clears. `span` is (begin, end) of its name and mark in the line."""

    member: int
    mark: Mark | None
    minutes: int | None = None
    note: str | None = None
    span: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Problem:
    """A piece of the line that somebody has to write more clearly; `candidates` are ids of members it may mean."""

    span: Span
    text: str
    message: LazyText
    params: Mapping[str, object] = field(default_factory=dict)
    candidates: tuple[int, ...] = ()

    @property
    def msgid(self) -> str:
        """Message id of the sentence, with placeholders for `params`."""
        return self.message.message

    @property
    def sentence(self) -> str:
        """What was found and what would be right, in the language in force."""
        return self.message.format(**self.params)

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class RollLine:
    """A line as it was understood: entries in its order, the mark for everybody else, and what is unclear."""

    entries: tuple[Entry, ...] = ()
    rest: Mark | None = None
    problems: tuple[Problem, ...] = ()
    rest_span: Span | None = None

    @property
    def clear(self) -> bool:
        """Whether nothing in the line is open to question."""
        return not self.problems


UNKNOWN = lazy("“{text}” is nobody expected here; write a full name, pinyin or the row number of the sheet.")
UNKNOWN_NEAR = lazy("“{text}” is nobody expected here; did you mean {names}? Write the full name or the row number.")
NO_ROW = lazy("There is no row {number} on this sheet; the rows go from {first} to {last}.")
SEVERAL = lazy("“{text}” fits {names}; write the full name, add the subject in brackets, or use the row number.")
NAMESAKES = lazy("“{text}” is the name of {names}; add the subject in brackets, or use the row number.")
NOT_QUALIFIED = lazy("“{text}”: nobody of that name goes with “{qualifier}”, only {names}; a note goes after the mark.")
SEVERAL_READINGS = lazy("“{text}” can be read as {one} or as {other}; put a space or 、 where you mean it.")
NO_MARK = lazy("“{text}” has no mark; write one after it, such as 迟10, 病, 事, 公, 旷 or 到.")
NO_NAME = lazy("“{text}” has no name before it; write the name first, and one mark for each person.")
NO_NAMES = lazy("No name follows “{text}”; write the names after it, or 无 for nobody.")
TWICE = lazy("{name} is named more than once in this line; keep one mark for each person.")
REST_TWICE = lazy("Everybody else is named more than once in this line; keep one, such as 其余到.")
REST_NO_MARK = lazy("“{text}” needs a mark; write 其余到 for everybody else present.")
REST_MARK = lazy("“{text}” cannot be taken for everybody else; write 其余到, or name those who are meant.")
MINUTES = lazy("“{text}” has {minutes} minutes; write from 1 to {most}.")
NO_MINUTES = lazy("“{text}” has minutes, which only late and left early can have; put it into brackets as a note.")
BRACKET = lazy("A bracket is not closed after “{text}”; write the note as 公(开会).")
TOO_LONG = lazy("The line has {length} characters; write at most {most} in one line.")
