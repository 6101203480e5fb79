"""The people of one roll, found in the middle of a typed line by name, pinyin, initials or row number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from coordinator_tui.domain.people import given_name, name_key, split_qualifier, typed_keys
from coordinator_tui.text import fold, matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_JOINERS = frozenset("·'’")
_MOST_NEAR = 4
_PADDED = 2


@dataclass(frozen=True, slots=True)
class RollPerson:
    """Somebody expected at the session: `number` is the row on the sheet, `label` the name told apart, 王伟(数学)."""

    member: int
    name: str
    number: int | None = None
    subject: str | None = None
    label: str | None = None

    @property
    def shown(self) -> str:
        """The name that tells this person from all others, as far as it is known."""
        if self.label:
            return self.label
        return f"{self.name}({self.subject})" if self.subject else self.name

    def qualifies(self, qualifier: str) -> bool:
        """Tell whether a bracket after the name means this person: the subject or what the label says, or its start."""
        key = fold(qualifier)
        own = (self.subject or "", split_qualifier(self.label or "")[1], self.name)
        return any(fold(text).startswith(key) for text in own)


class Found(NamedTuple):
    """People that the text up to `end` may mean; `written` is the name itself, not pinyin or initials."""

    end: int
    people: tuple[RollPerson, ...]
    written: bool


class _Key(NamedTuple):
    text: str
    people: tuple[RollPerson, ...]
    written: bool
    spaced: bool


class Names:
    """Index of the people of one roll."""

    def __init__(self, people: Iterable[RollPerson]) -> None:
        self.people = tuple(people)
        self._written: dict[str, list[_Key]] = {}
        by_name: dict[str, list[RollPerson]] = {}
        for person in self.people:
            by_name.setdefault(name_key(person.name), []).append(person)
        for given, called in _by_given_name(self.people).items():
            by_name.setdefault(given, called)
        self._exact = by_name
        self._near: dict[str, tuple[RollPerson, ...]] = {}
        for name, called in by_name.items():
            if name:
                latin = is_letter(name[0]) or is_letter(name[-1])
                self._written.setdefault(name[0], []).append(_Key(name, tuple(called), written=True, spaced=latin))
        self.numbers = {person.number: person for person in self.people if person.number is not None}

    @cached_property
    def _typed(self) -> dict[str, list[_Key]]:
        """Pinyin and initials; a name that is written so goes before them."""
        keys: dict[str, list[RollPerson]] = {}
        for person in self.people:
            for key in typed_keys(person.name):
                keys.setdefault(key, []).append(person)
        index: dict[str, list[_Key]] = {}
        for key, called in keys.items():
            if key not in self._exact:
                spaced = len(key) > max(len(name_key(person.name)) for person in called)
                index.setdefault(key[0], []).append(_Key(key, tuple(called), written=False, spaced=spaced))
        return index

    def at(self, text: str, start: int, *, padded: bool) -> Iterator[Found]:
        """Yield who may be named at `start` of the plain `text`; `padded` allows 张 三 for a name of two characters."""
        first = text[start]
        keys = list(self._written.get(first, ()))
        if is_letter(first):
            keys += self._typed.get(first, ())
        for key in keys:
            spaced = key.spaced or (padded and len(key.text) == _PADDED)
            end = _spelled(text, start, key.text, spaced=spaced)
            if end is not None and is_edge(text, start) and is_edge(text, end):
                yield Found(end, key.people, key.written)

    def longer(self, text: str, start: int, end: int, latest: int) -> Found | None:
        """Return a written name at `start` that ends after `end` but not after `latest`."""
        if start >= len(text):
            return None
        names = (found for found in self.at(text, start, padded=False) if found.written)
        return next((found for found in names if end < found.end <= latest), None)

    def near(self, text: str) -> tuple[RollPerson, ...]:
        """Return whom somebody may have meant who typed `text`, the likeliest first."""
        known = self._near.get(text)
        if known is None:
            known = self._near[text] = self._find_near(text)
        return known

    def _find_near(self, text: str) -> tuple[RollPerson, ...]:
        ranked = [
            (rank, at) for at, person in enumerate(self.people) if (rank := matches(text, person.name)) is not None
        ]
        if not ranked:
            key = name_key(text)
            ranked = [(0, at) for at, person in enumerate(self.people) if _alike(key, name_key(person.name))]
        return tuple(self.people[at] for _rank, at in sorted(ranked)[:_MOST_NEAR])


def _by_given_name(people: Iterable[RollPerson]) -> dict[str, list[RollPerson]]:
    called: dict[str, list[RollPerson]] = {}
    for person in people:
        if given := given_name(person.name):
            called.setdefault(given, []).append(person)
    return called


def _alike(one: str, other: str) -> bool:
    """Tell whether one name begins the other, or one character of a name is another."""
    if min(len(one), len(other)) < _PADDED:
        return False
    if one.startswith(other) or other.startswith(one):
        return True
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _spelled(text: str, start: int, key: str, *, spaced: bool) -> int | None:
    """Return where `key` ends if it stands at `start`; dots inside a name do not count, nor blanks if `spaced`."""
    at = start
    for char in key:
        while at > start and at < len(text) and (text[at] in _JOINERS or (spaced and text[at] == " ")):
            at += 1
        if at >= len(text) or text[at] != char:
            return None
        at += 1
    return at


def is_letter(char: str) -> bool:
    """Tell whether `char` is of an alphabet whose words have spaces between them (not Chinese)."""
    return char.isalpha() and char < "\u2e80"


def is_edge(text: str, at: int) -> bool:
    """Tell whether a word may begin or end at `at`: not inside a run of letters or of digits."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    return not ((is_letter(before) and is_letter(after)) or (before.isdigit() and after.isdigit()))


@lru_cache(maxsize=8)
def names_of(people: Sequence[RollPerson]) -> Names:
    """Return the index of `people` (a tuple), kept for the lines that are typed for one session."""
    return Names(people)
