"""What is wrong in a pack's text, as one sentence: file, line, what was found, what would be right, nearest word."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING

from coordinator_tui.domain.errors import DomainError
from coordinator_tui.text import LazyText, clean, fold, lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LONGEST_QUOTE = 40
_MOST_NAMED = 12
_MOST_COMPARED = 400  # comparing costs time, and no pack has more of one thing


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a sentence with its values, translated when the whole sentence is."""

    message: LazyText
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message.format(**self.values)


class PackError(DomainError):
    """One thing wrong in the text of a rule pack; `str()` is the whole sentence, place first.

    `file` is the name that the reader was given, `line` counts from 1 (0: the text as a whole), `key` is the key whose
    value is wrong, `found` what stands there (cut short), `nearest` the valid word most like it ("" if none is).
    """

    def __init__(
        self,
        problem: LazyText,
        *,
        line: int,
        file: str = "",
        key: str = "",
        found: str = "",
        nearest: str = "",
        **values: object,
    ) -> None:
        values |= {"key": key, "found": quoted(found), "nearest": nearest}
        self.phrase = Phrase(problem, values)
        self.file = file
        self.line = line
        self.key = key
        self.found = quoted(found)
        self.nearest = nearest
        super().__init__(self._placed(), field=key or None, file=file, line=line, problem=self.phrase)

    def _placed(self) -> LazyText:
        if not self.line:
            return lazy("{file}: {problem}") if self.file else lazy("{problem}")
        return lazy("{file}, line {line}: {problem}") if self.file else lazy("Line {line}: {problem}")

    def put_in(self, file: str) -> None:
        """Say in which file it is."""
        self.file = file
        self.message = self._placed()
        self.params["file"] = file

    @property
    def problem(self) -> str:
        """The sentence without its place."""
        return str(self.phrase)


class NotedError(Exception):
    """Something in here is wrong, and has been noted already."""


def quoted(text: str) -> str:
    """Return what was found as a sentence can quote it: one line, harmless, cut short."""
    one = clean(text[: 4 * _LONGEST_QUOTE]).strip()
    return one if len(one) <= _LONGEST_QUOTE else one[:_LONGEST_QUOTE] + "…"


def nearest(text: str, words: Iterable[str]) -> str:
    """Return the word most like `text`, "" when none is like it; case, width, spaces and _ or - do not matter."""
    keys = {_key(word): word for word in islice(words, _MOST_COMPARED)}
    wanted = _key(text[:_LONGEST_QUOTE])
    close = get_close_matches(wanted, keys, n=1, cutoff=0.6)
    if close:
        return keys[close[0]]
    inside = [word for key, word in keys.items() if len(key) > 1 and (key in wanted or (wanted and wanted in key))]
    return min(inside, key=len, default="")


def _key(text: str) -> str:
    return fold(text).replace("-", "_")


def hint(text: str, words: Iterable[str]) -> tuple[str, Phrase]:
    """Return the nearest of the valid words and the end of the sentence: it, or the words that there are."""
    valid = tuple(words)
    near = nearest(text, valid)
    if near:
        return near, Phrase(lazy("did you mean “{nearest}”?"), {"nearest": near})
    if not valid:
        return "", Phrase(lazy("there is none at all."))
    named = ", ".join(valid[:_MOST_NAMED]) + ("…" if len(valid) > _MOST_NAMED else "")
    return "", Phrase(lazy("what may stand here: {words}."), {"words": named})


def unknown_key(found: str, line: int, place: str, valid: Iterable[str]) -> PackError:
    """Return the mistake of a key that a place of the pack does not have."""
    near, tail = hint(found, valid)
    return PackError(
        lazy("“{found}” is no key of “{place}”; {hint}"), line=line, found=found, nearest=near, place=place, hint=tail
    )
