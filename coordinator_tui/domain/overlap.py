"""What texts have in common: passages that stand in two of them, whatever signs, spaces and widths are between.

Nothing is judged here. Passages are found by anchors: stretches of `_ANCHOR` characters that begin at multiples of
`_STEP` in the one text, and anywhere in the other. Whatever both share over `LEAST` characters holds one of them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

LEAST = 12
"""Characters (Latin words count as one), signs and spaces apart, from which on two texts share a passage."""
_ANCHOR = 8
_STEP = LEAST - _ANCHOR + 1
_REPEATS = 32
"""How often a text may repeat an anchor before further places are left out: nobody writes so, but a key gets stuck."""
Anchors: TypeAlias = "dict[int, list[tuple[int, int]]]"
"""Where anchors (by their hashes) stand: keys of texts, and places in them."""
_QUOTES = {"“": "”", "「": "」", "『": "』", "‘": "’"}


class Passage(NamedTuple):
    """A stretch that stands in two texts: from `start` to `end` in the one, `other_start` to `other_end` in the other.

    `size` is its length without signs and spaces; `quoted` that it stands in quotation marks in the first.
    """

    start: int
    end: int
    other_start: int
    other_end: int
    size: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of a text (`share` of its characters, 0 to 1) stands in the text `other` too, in which passages.

    `quoted` is the share that stands in quotation marks. Passages are in the order of the text.
    """

    other: int
    share: float
    quoted: float
    passages: tuple[Passage, ...]


class Match(NamedTuple):
    """A passage of bare texts: where it begins in both, and its length. Longer in neither direction."""

    start: int
    other_start: int
    size: int


class _Folding(dict[int, str]):
    """What a character is compared as: letters, digits and Chinese characters in one width and case, signs as a space.

    Kept by code point, as `str.translate` wants it, for the characters that were met.
    """

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code)).casefold()
        self[code] = "".join(filter(str.isalnum, folded)) or " "
        return self[code]


class _Words(dict[str, str]):
    """A character of its own for each Latin word or number, of those that Unicode leaves to whoever wants them."""

    def __missing__(self, word: str) -> str:
        number = len(self) if len(self) < _FREE else hash(word) % _FREE
        self[word] = chr(_FIRST_FREE + number)
        return self[word]


_FIRST_FREE, _FREE = 0xF0000, 0x20000 - 2
_FOLDING, _WORDS = _Folding(), _Words()
_WORD = re.compile("[^\\W\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U000323af]+")


def bare(text: str) -> str:
    """Return a text as it is compared: without signs, spaces, case and width; a Latin word or number is one character.

    So "characters" are the same here as in the word count of WPS and Word, signs apart.
    """
    folded = text.translate(_FOLDING)
    return _WORD.sub(lambda word: _WORDS[word[0]], folded).replace(" ", "")


def places_of(text: str) -> list[tuple[int, int]]:
    """Return for each character of the bare text from where to where it stands in the text itself."""
    folded = [(one, place) for place, char in enumerate(text) for one in _FOLDING[ord(char)]]
    line = "".join(one for one, _place in folded)
    places: list[tuple[int, int]] = []
    at = 0
    while at < len(line):
        word = _WORD.match(line, at)
        end = word.end() if word else at + 1
        if line[at] != " ":
            places.append((folded[at][1], folded[end - 1][1] + 1))
        at = end
    return places


@dataclass(slots=True)
class Texts:
    """The texts that one is compared with, by key.

    One text is looked for by running over all others, which costs no memory; who asks about all of them makes the
    `anchors()` first.
    """

    texts: dict[int, str] = field(default_factory=dict)
    bare: dict[int, str] = field(default_factory=dict)

    def put(self, key: int, text: str) -> None:
        """Take in a text, in place of the one that had the key."""
        self.texts[key], self.bare[key] = text, bare(text)

    def drop(self, key: int) -> None:
        """Take a text out, if it is there."""
        self.texts.pop(key, None)
        self.bare.pop(key, None)

    def anchors(self) -> Anchors:
        """Return where each anchor stands, for many questions about the texts as they are now."""
        found: Anchors = {}
        for key, plain in self.bare.items():
            for place in range(0, len(plain) - _ANCHOR + 1, _STEP):
                found.setdefault(hash(plain[place : place + _ANCHOR]), []).append((key, place))
        return found

    def matches(
        self, text: str, among: Collection[int] | None = None, anchors: Anchors | None = None
    ) -> dict[int, list[Match]]:
        """Return for each text that has something in common with `text` all that they share, in the order of `text`.

        `among` limits which are looked at.
        """
        mine = bare(text)
        places: dict[int, list[int]] = {}
        for place in range(len(mine) - _ANCHOR + 1):
            places.setdefault(hash(mine[place : place + _ANCHOR]), []).append(place)
        found: dict[int, list[Match]] = defaultdict(list)
        last: dict[tuple[int, int], Match] = {}
        wanted = self.bare.keys() if among is None else among
        for key, place, other in self._meetings(places, wanted) if anchors is None else _known(places, wanted, anchors):
            known = last.get((key, place - other))
            if known is not None and known.start <= place < known.start + known.size:
                continue
            match = last[key, place - other] = _grown(mine, self.bare[key], place, other)
            if match.size >= LEAST:
                found[key].append(match)
        return {key: sorted(set(matches)) for key, matches in found.items()}

    def _meetings(self, places: Mapping[int, list[int]], wanted: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        """Yield where an anchor of another text stands in this one: key, place here, place there."""
        for key in wanted:
            plain = self.bare.get(key, "")
            for other in range(0, len(plain) - _ANCHOR + 1, _STEP):
                if here := places.get(hash(plain[other : other + _ANCHOR])):
                    for place in here[:_REPEATS]:
                        yield key, place, other

    def overlaps(
        self, text: str, among: Collection[int] | None = None, anchors: Anchors | None = None
    ) -> list[Overlap]:
        """Return how much of `text` stands in each other text, the most first."""
        matches = self.matches(text, among, anchors)
        if not matches:
            return []
        places = places_of(text)
        quoted = _quoted(text, places)
        found = [_overlap(key, places, quoted, self.texts[key], shared) for key, shared in matches.items()]
        return sorted(found, key=lambda overlap: (-overlap.share, overlap.other))


def _known(
    places: Mapping[int, list[int]], wanted: Collection[int], anchors: Anchors
) -> Iterator[tuple[int, int, int]]:
    for anchor, here in places.items():
        for key, other in anchors.get(anchor, ()):
            if key in wanted:
                for place in here[:_REPEATS]:
                    yield key, place, other


def share_of(text: str, overlaps: Iterable[Overlap]) -> float:
    """Return the share of a text that stands in any of the others."""
    places = places_of(text)
    spans = _merged([(passage.start, passage.end) for overlap in overlaps for passage in overlap.passages])
    return sum(_within(spans, start) for start, _end in places) / len(places) if places else 0.0


def _grown(mine: str, theirs: str, place: int, other: int) -> Match:
    """Return the whole match around `place` and `other`."""
    back, ahead = 0, 0
    while back < min(place, other) and mine[place - back - 1] == theirs[other - back - 1]:
        back += 1
    most = min(len(mine) - place, len(theirs) - other)
    while ahead < most and mine[place + ahead] == theirs[other + ahead]:
        ahead += 1
    return Match(place - back, other - back, back + ahead)


def _overlap(key: int, places: list[tuple[int, int]], quoted: int, their_text: str, matches: list[Match]) -> Overlap:
    """Return the overlap with one text, of the longest passages that together cover what is shared.

    Sets of places are bits of a number here: a text may be shared with a thousand others.
    """
    covered, chosen = 0, []
    for match in sorted(matches, key=lambda match: (-match.size, match)):
        span = _bits(match)
        if span & ~covered:
            chosen.append(match)
            covered |= span
    theirs = places_of(their_text)
    return Overlap(
        other=key,
        share=covered.bit_count() / len(places),
        quoted=(covered & quoted).bit_count() / len(places),
        passages=tuple(_passage(places, quoted, theirs, match) for match in sorted(chosen)),
    )


def _bits(match: Match) -> int:
    return ((1 << match.size) - 1) << match.start


def _passage(places: list[tuple[int, int]], quoted: int, theirs: list[tuple[int, int]], match: Match) -> Passage:
    last, other_last = match.start + match.size - 1, match.other_start + match.size - 1
    return Passage(
        places[match.start][0],
        places[last][1],
        theirs[match.other_start][0],
        theirs[other_last][1],
        match.size,
        not _bits(match) & ~quoted,
    )


def _quoted(text: str, places: list[tuple[int, int]]) -> int:
    """Return which characters of the bare text stand between quotation marks that are closed, as bits."""
    spans = []
    for opening, closing in _QUOTES.items():
        at = text.find(opening)
        while at >= 0 and (end := text.find(closing, at + 1)) >= 0:
            spans.append((at, end))
            at = text.find(opening, end + 1)
    marks = _merged(spans)
    return sum(1 << number for number, (place, _end) in enumerate(places) if _within(marks, place)) if marks else 0


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans (from, up to) in order, those that touch as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _within(spans: list[tuple[int, int]], place: int) -> bool:
    at = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return at >= 0 and place < spans[at][1]
