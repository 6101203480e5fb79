"""All the ways in which a roll line can be read, and those of them that leave the fewest mistakes.

The line is read from left to right as a lattice: at every position each name, row number, mark and word for the rest
that may stand there leads on. A reading costs nothing while everything in it is understood; an unknown name, a mark
without a name and a name without a mark cost. All readings of the least cost are returned, so that the caller can see
whether there is more than one: which of them was meant is never decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from coordinator_tui.domain.rollnames import is_edge, is_letter
from coordinator_tui.domain.rollwords import bare_rest, fits_rest, rest_words
from coordinator_tui.domain.vocabulary import WITH_MINUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordinator_tui.domain.rollnames import Names, RollPerson
    from coordinator_tui.domain.rollparts import Span
    from coordinator_tui.domain.rollwords import MarkWord, Words


_MISTAKE = 1000
_MOST_READINGS = 8
_LONGEST_NAME = 24
_BLANK = " ·"
_LISTED = "、,&/+"
_AND = ("和", "与", "及", "跟", "and ")
_BREAKS = ";。\n|"
_INSIDE = "=-—–~→"
_TIES = f":{_INSIDE}"
_SEPARATORS = f"{_BLANK}{_LISTED}{_BREAKS}:"
_UNITS = ("分钟", "分", "minutes", "minute", "mins", "min", "'", "m")
_TITLES = ("老师", "主任", "校长", "组长", "同志")
_NOBODY = ("无", "没有", "none", "-", "—")


class NameToken(NamedTuple):
    """A name in the line: `people` it fits (nobody: unknown); `kind` is "name", "row" or "unknown".

    `qualifier` is a bracket that fits none of them; `glued` to the name before; `fresh`: the names before are left
    without a mark.
    """

    span: Span
    people: tuple[RollPerson, ...]
    kind: str
    glued: bool = False
    fresh: bool = False
    qualifier: str | None = None


class MarkToken(NamedTuple):
    """A mark after its names, with its minutes (as typed) and note; `word_end` is where the bare word ends."""

    span: Span
    word: MarkWord
    word_end: int
    minutes: str | None = None
    note: Span | None = None


class HeadToken(NamedTuple):
    """A mark before its names, `病假：张三、李四`."""

    span: Span
    word: MarkWord


class TailToken(NamedTuple):
    """Minutes and note after a name under a head, `迟到：张三10(堵车)`."""

    span: Span
    minutes: str | None = None
    note: Span | None = None


class RestToken(NamedTuple):
    """Everybody else; `word` None where no mark follows."""

    span: Span
    word: MarkWord | None


class BreakToken(NamedTuple):
    """An end of what belongs together."""

    span: Span


class NobodyToken(NamedTuple):
    """The word that nobody stands under a head."""

    span: Span


Token = NameToken | MarkToken | HeadToken | TailToken | RestToken | BreakToken | NobodyToken


class _State(NamedTuple):
    """What decides how a reading may go on.

    `names`: "" none wait for a mark, "glued" a name ended right here, "spaced" or "listed" something came after it.
    """

    names: str = ""
    kind: str = ""
    head: bool = False


@dataclass(slots=True)
class _Reading:
    cost: int
    before: _Reading | None = None
    token: Token | None = None

    def tokens(self) -> tuple[Token, ...]:
        found: list[Token] = []
        reading: _Reading | None = self
        while reading is not None:
            if reading.token is not None:
                found.append(reading.token)
            reading = reading.before
        return tuple(reversed(found))


class _Step(NamedTuple):
    end: int
    state: _State
    cost: int = 0
    token: Token | None = None


class Lattice:
    """One line (plain text) against the people of a roll and the words for marks."""

    def __init__(self, text: str, names: Names, words: Words) -> None:
        self.text = text
        self._names = names
        self._words = words
        self._notes = dict(_brackets(text))
        self._words_known: dict[int, list[tuple[int, MarkWord]]] = {}
        self._begins: dict[int, bool] = {}
        written = {char for known in words.values() for word in known for char in word.text}
        self._separators = frozenset(f"{_LISTED}{_BREAKS}{_TIES}") - written | frozenset(_BLANK)

    def readings(self) -> tuple[int, list[tuple[Token, ...]]]:
        """Return the least cost, and the tokens of the readings that have it (at most eight)."""
        cells: list[dict[_State, list[_Reading]]] = [{} for _ in range(len(self.text) + 1)]
        cells[0][_State()] = [_Reading(0)]
        for at in range(len(self.text)):
            for state, readings in cells[at].items():
                for step in self._steps(at, state):
                    cell = cells[step.end].setdefault(step.state, [])
                    for reading in readings:
                        _keep(cell, reading, step)
            cells[at].clear()
        return self._best(cells[-1])

    @staticmethod
    def _best(cell: dict[_State, list[_Reading]]) -> tuple[int, list[tuple[Token, ...]]]:
        ended = [
            (reading.cost + (_MISTAKE if state.names and not state.head else 0), reading)
            for state, readings in cell.items()
            for reading in readings
        ]
        least = min((cost for cost, _reading in ended), default=0)
        return least, [reading.tokens() for cost, reading in ended if cost == least][:_MOST_READINGS]

    # what may come at a position

    def _steps(self, at: int, state: _State) -> Iterator[_Step]:
        yield from self._separated(at, state)
        yield from self._rests(at, state)
        yield from self._known_names(at, state)
        yield from self._unknown_names(at, state)
        yield from self._heads(at, state)
        if state.head:
            yield from self._tails(at, state)
        else:
            yield from self._marks(at, state)

    def _separated(self, at: int, state: _State) -> Iterator[_Step]:
        char = self.text[at]
        waiting = bool(state.names) and not state.head
        if char in _BLANK:
            yield _Step(at + 1, state._replace(names="spaced") if state.names == "glued" else state)
        elif char not in self._separators:
            pass
        elif char in _BREAKS:
            yield _Step(at + 1, _State(), _MISTAKE if waiting else 0, BreakToken((at, at + 1)))
        elif char in _LISTED:
            yield _Step(at + 1, state._replace(names="listed" if state.names else ""))
        elif state.names or char == ":":
            yield _Step(at + 1, state._replace(names="spaced" if state.names else ""))
        if state.names in {"glued", "spaced"}:
            for word in _AND:
                if self.text.startswith(word, at) and is_edge(self.text, at):
                    yield _Step(at + len(word), state._replace(names="listed"))

    def _words_at(self, at: int) -> list[tuple[int, MarkWord]]:
        """Return the marks that may begin at `at`, each with its end."""
        known = self._words_known.get(at)
        if known is None:
            known = self._words_known[at] = self._words_from(at) if is_edge(self.text, at) else []
        return known

    def _words_from(self, at: int) -> list[tuple[int, MarkWord]]:
        words = self._words.get(self.text[at], ()) if at < len(self.text) else ()
        ends = ((_phrase_end(self.text, at, word.text), word) for word in words)
        return [(end, word) for end, word in ends if end is not None and is_edge(self.text, end)]

    def _marks(self, at: int, state: _State) -> Iterator[_Step]:
        """Yield marks for the names that wait; without any, a mark is a mistake."""
        cost = 0 if state.names else _MISTAKE
        for word_end, word in self._words_at(at):
            for minutes_end, minutes in self._minutes(word_end, word):
                end, note = self._note(minutes_end)
                yield _Step(end, _State(), cost, MarkToken((at, end), word, word_end, minutes, note))

    def _minutes(self, at: int, word: MarkWord) -> Iterator[tuple[int, str | None]]:
        """Yield the minutes after a mark: digits right behind it are, after a blank they may be a row."""
        start = self._skip(at, " ")
        end = _digits_end(self.text, start)
        if word.mark not in WITH_MINUTES or end == start or self.text.startswith("号", end):
            yield at, None
            return
        unit_end = next((end + len(unit) for unit in _UNITS if _unit_at(self.text, end, unit)), None)
        spaced_unit = self._skip(end, " ")
        if unit_end is None and spaced_unit > end:
            unit_end = next((spaced_unit + len(u) for u in _UNITS[:6] if _unit_at(self.text, spaced_unit, u)), None)
        if start > at and unit_end is None:
            yield at, None
        yield unit_end or end, self.text[start:end]

    def _note(self, at: int) -> tuple[int, Span | None]:
        start = self._skip(at, " ")
        end = self._notes.get(start)
        return (at, None) if end is None else (end, (start + 1, end - 1))

    def _heads(self, at: int, state: _State) -> Iterator[_Step]:
        if state.names and not state.head:
            return
        for word_end, word in self._words_at(at):
            colon = self._skip(word_end, " ")
            if self.text.startswith(":", colon):
                yield _Step(colon + 1, _State(head=True), 0, HeadToken((at, colon + 1), word))

    def _tails(self, at: int, state: _State) -> Iterator[_Step]:
        """Yield minutes and a note for the name that ended here, or the word for nobody."""
        if not state.names:
            for word in _NOBODY:
                if self.text.startswith(word, at) and is_edge(self.text, at + len(word)):
                    yield _Step(at + len(word), state, 0, NobodyToken((at, at + len(word))))
        elif state.names != "listed":
            end = _digits_end(self.text, at) if state.kind == "name" else at
            minutes = self.text[at:end] or None
            unit = next((len(unit) for unit in _UNITS if minutes and _unit_at(self.text, end, unit)), 0)
            note_end, note = self._note(end + unit)
            if minutes or note is not None:
                yield _Step(note_end, _State(head=True), 0, TailToken((at, note_end), minutes, note))

    def _rests(self, at: int, state: _State) -> Iterator[_Step]:
        cost = _MISTAKE if state.names and not state.head else 0
        if not is_edge(self.text, at):
            return
        words = rest_words(self.text, at)
        if words:
            start = self._skip(words.end(), " :")
            for end, word in self._words_from(start):
                if fits_rest(words[0], word):
                    yield _Step(end, _State(), cost, RestToken((at, end), word))
        bare = bare_rest(self.text, at)
        if bare:
            yield _Step(bare.end(), _State(), cost + _MISTAKE, RestToken((at, bare.end()), None))

    # names

    def _known_names(self, at: int, state: _State) -> Iterator[_Step]:
        if state == _State("glued", "unknown", state.head):
            return
        for end, people in self._rows(at):
            yield from self._name(at, end, people, "row", state)
        padded = (at == 0 or self.text[at - 1] in _SEPARATORS) and not self._words_at(at)
        for found in self._names.at(self.text, at, padded=padded):
            yield from self._name(at, found.end, found.people, "name", state)

    def _rows(self, at: int) -> Iterator[tuple[int, tuple[RollPerson, ...]]]:
        end = _digits_end(self.text, at)
        if end == at or not is_edge(self.text, at):
            return
        person = self._names.numbers.get(int(self.text[at:end][:9]))
        suffix = 1 if self.text.startswith("号", end) else 0
        yield end + suffix, (person,) if person else ()

    def _name(self, at: int, end: int, people: tuple[RollPerson, ...], kind: str, state: _State) -> Iterator[_Step]:
        """Yield the name with what may follow it: a form of address, and a bracket that says which one is meant."""
        # Without 、 between them, names and row numbers do not make one list.
        fresh = state.names in {"glued", "spaced"} and state.kind not in {kind, "unknown"}
        if fresh and state.head:
            return  # 迟到：张三 5 has five minutes, not row 5
        end = next((end + len(word) for word in _TITLES if self.text.startswith(word, end)), end)
        token = NameToken((at, end), people, kind, glued=state.names == "glued", fresh=fresh)
        cost = (0 if people else _MISTAKE) + (_MISTAKE if fresh else 0)
        after = _State("glued", kind, state.head)
        bracket_start = self._skip(end, " ")
        bracket_end = self._notes.get(bracket_start)
        if bracket_end is None:
            yield _Step(end, after, cost, token)
            return
        qualifier = self.text[bracket_start + 1 : bracket_end - 1].strip()
        meant = tuple(person for person in people if qualifier and person.qualifies(qualifier))
        if state.head and not meant:
            yield _Step(end, after, cost, token)
            return
        token = token._replace(span=(at, bracket_end), people=meant or people, qualifier=None if meant else qualifier)
        yield _Step(bracket_end, after, cost, token)

    def _unknown_names(self, at: int, state: _State) -> Iterator[_Step]:
        """Yield what stands where a name should, up to each place where it may end; never a part of a known word."""
        if state.names == "glued" or not is_edge(self.text, at) or self._parts(at):
            return
        for end in self._unknown_ends(at):
            token = NameToken((at, end), (), "unknown")
            yield _Step(end, _State("glued", "unknown", state.head), _MISTAKE + end - at, token)

    def _unknown_ends(self, at: int) -> Iterator[int]:
        """Yield where marks, digits or the rest begin after `at`, and the end of the whole run without a separator."""
        here = at
        while here < len(self.text) and not self._parts(here):
            if here > at and here - at <= _LONGEST_NAME and is_edge(self.text, here) and self._word_begins(here):
                yield here
            here = self._notes.get(here, here + 1)
        yield here

    def _parts(self, at: int) -> bool:
        """Tell whether the character separates names wherever it stands."""
        return self.text[at] in self._separators and self.text[at] not in _INSIDE

    def _word_begins(self, at: int) -> bool:
        known = self._begins.get(at)
        if known is None:
            rest = rest_words(self.text, at) or bare_rest(self.text, at)
            known = self._begins[at] = self.text[at].isdigit() or bool(rest) or bool(self._words_at(at))
        return known

    def _skip(self, at: int, chars: str) -> int:
        while at < len(self.text) and self.text[at] in chars:
            at += 1
        return at


def _keep(cell: list[_Reading], reading: _Reading, step: _Step) -> None:
    """Lengthen `reading` by `step` in `cell`, which holds only the cheapest readings."""
    cost = reading.cost + step.cost
    if cell and cell[0].cost < cost:
        return
    if cell and cell[0].cost > cost:
        cell.clear()
    if len(cell) < _MOST_READINGS:
        cell.append(_Reading(cost, reading, step.token))


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each outer bracket of `text` begins and ends (behind it)."""
    depth = start = 0
    for at, char in enumerate(text):
        if char == "(":
            start = start if depth else at
            depth += 1
        elif char == ")" and depth:
            depth -= 1
            if not depth:
                yield start, at + 1


def _digits_end(text: str, at: int) -> int:
    while at < len(text) and "0" <= text[at] <= "9":
        at += 1
    return at


def _phrase_end(text: str, at: int, phrase: str) -> int | None:
    """Return where `phrase` ends at `at`; one blank in it stands for any number of them."""
    first, *others = phrase.split(" ")
    if not text.startswith(first, at):
        return None
    at += len(first)
    for word in others:
        start = at
        while text.startswith(" ", at):
            at += 1
        if at == start or not text.startswith(word, at):
            return None
        at += len(word)
    return at


def _unit_at(text: str, at: int, unit: str) -> bool:
    return text.startswith(unit, at) and (not is_letter(unit[-1]) or is_edge(text, at + len(unit)))
