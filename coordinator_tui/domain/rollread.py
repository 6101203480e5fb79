"""From the ways in which a roll line can be read to what it says: one meaning, or questions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from coordinator_tui.domain.people import name_key
from coordinator_tui.domain.rollparse import (
    BreakToken,
    HeadToken,
    Lattice,
    MarkToken,
    NameToken,
    NobodyToken,
    RestToken,
    TailToken,
    Token,
)
from coordinator_tui.domain.rollparts import (
    BRACKET,
    MINUTES,
    MOST_MINUTES,
    NAMESAKES,
    NO_MARK,
    NO_MINUTES,
    NO_NAME,
    NO_NAMES,
    NO_ROW,
    NOT_QUALIFIED,
    REST_MARK,
    REST_NO_MARK,
    REST_TWICE,
    SEVERAL,
    SEVERAL_READINGS,
    TWICE,
    UNKNOWN,
    UNKNOWN_NEAR,
    Entry,
    Problem,
    RollLine,
    Span,
)
from coordinator_tui.domain.rollwords import CANONICAL, Words, plain_char
from coordinator_tui.domain.vocabulary import WITH_MINUTES, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator_tui.domain.rollnames import Names, RollPerson
    from coordinator_tui.domain.rollwords import MarkWord
    from coordinator_tui.text import LazyText

_Said = tuple[int, Mark | None, int | None, str | None]


def written(name: str, entry: Entry) -> str:
    """Write an entry as it would be typed: `张三迟10(堵车)`."""
    minutes = "" if entry.minutes is None else str(entry.minutes)
    note = f"({entry.note})" if entry.note else ""
    return f"{name}{CANONICAL[entry.mark]}{minutes}{note}"


@dataclass(slots=True)
class _Result:
    """What one reading says."""

    entries: list[Entry] = field(default_factory=list)
    rests: list[tuple[Mark, Span]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def key(self) -> tuple[object, ...]:
        """Return what counts of a reading, wherever it was found in the line."""
        said = [(entry.member, entry.mark, entry.minutes, entry.note) for entry in self.entries]
        return (*said, *(mark for mark, _span in self.rests), *((p.span, p.msgid) for p in self.problems))


class Reader:
    """Turns the readings of one line into entries and problems."""

    def __init__(self, text: str, names: Names, words: Words) -> None:
        self.original = text
        kept = [(at, folded) for at, char in enumerate(text) if (folded := plain_char(char))]
        self.places = [at for at, _folded in kept]
        self.text = "".join(folded for _at, folded in kept)
        self.names = names
        self.words = words

    def line(self) -> RollLine:
        """Return what the line says, or asks."""
        cost, readings = Lattice(self.text, self.names, self.words).readings()
        results: dict[tuple[object, ...], tuple[tuple[Token, ...], _Result]] = {}
        for tokens in readings:
            result = _Interpreter(self, tokens).result()
            results.setdefault(result.key(), (tokens, result))
        first = next(iter(results.values()), ((), _Result()))
        result = first[1]
        if len(results) > 1:
            self._several(
                [found for _tokens, found in results.values()], result, certain=not (cost and result.problems)
            )
        else:
            self._overlaps(first[0], result)
        return self._checked(result)

    # spans and words of the line as it was typed

    def span(self, span: Span) -> Span:
        """Return the span in the typed line of a span in the plain one."""
        begin, end = span
        if begin >= len(self.places):
            return len(self.original), len(self.original)
        return self.places[begin], self.places[max(begin, end - 1)] + 1

    def typed(self, span: Span) -> str:
        """Return what was typed there."""
        begin, end = self.span(span)
        return self.original[begin:end].strip()

    def problem(self, span: Span, message: LazyText, people: Iterable[RollPerson] = (), **params: object) -> Problem:
        """Problem about a span of the plain line."""
        text = self.typed(span)
        members = tuple(dict.fromkeys(person.member for person in people))
        return Problem(self.span(span), text, message, {"text": text, **params}, members)

    def shown(self, people: Iterable[RollPerson]) -> str:
        """Names for a sentence, told apart, by row where even that does not help."""
        known = list(people)
        twice = Counter(person.shown for person in known)
        return ", ".join(
            f"{person.number} {person.shown}" if twice[person.shown] > 1 and person.number else person.shown
            for person in known
        )

    # more than one reading

    def _several(self, found: list[_Result], result: _Result, *, certain: bool) -> None:
        """Keep in `result` only what all readings say, and ask about the rest."""
        said = [{(e.member, e.mark, e.minutes, e.note): e for e in one.entries} for one in found]
        common = set.intersection(*(set(entries) for entries in said))
        unclear = [{key: entry for key, entry in entries.items() if key not in common} for entries in said]
        result.entries = [entry for key, entry in said[0].items() if key in common]
        rests = {tuple(mark for mark, _span in one.rests) for one in found}
        if len(rests) > 1:
            result.rests = []
        if certain:
            result.problems.append(self._readings_problem(unclear, found))

    def _readings_problem(self, unclear: list[dict[_Said, Entry]], found: list[_Result]) -> Problem:
        spans = [entry.span for entries in unclear for entry in entries.values()]
        spans = spans or [self.span(span) for one in found for _mark, span in one.rests]
        spans = spans or [problem.span for one in found for problem in one.problems] or [(0, len(self.original))]
        span = (min(begin for begin, _end in spans), max(end for _begin, end in spans))
        one, other = (self._said(entries.values(), result) for entries, result in zip(unclear[:2], found, strict=False))
        text = self.original[span[0] : span[1]]
        members = tuple(dict.fromkeys(entry.member for entries in unclear for entry in entries.values()))
        return Problem(span, text, SEVERAL_READINGS, {"text": text, "one": one, "other": other}, members)

    def _said(self, entries: Iterable[Entry], result: _Result) -> str:
        by_member = {person.member: person for person in self.names.people}
        said = [written(by_member[entry.member].shown, entry) for entry in entries]
        said += [f"其余{CANONICAL[mark]}" for mark, _span in result.rests] if not said else []
        return "“{}”".format(" ".join(said))

    def _overlaps(self, tokens: tuple[Token, ...], result: _Result) -> None:
        """Ask about names that a mark right behind them would make another person's name (王伟公)."""
        for name, after in pairwise(tokens):
            if not isinstance(name, NameToken) or name.kind != "name" or not name.people:
                continue
            if isinstance(after, MarkToken) and after.span[0] == name.span[1]:
                self._overlap(name, after, result)
            elif isinstance(after, NameToken) and after.glued:
                self._glued(name, after, result)

    def _overlap(self, name: NameToken, mark: MarkToken, result: _Result) -> None:
        longer = self.names.longer(self.text, name.span[0], name.span[1], mark.word_end)
        if longer is not None:
            one = f"“{name.people[0].name} {mark.word.text}”"
            self._ask((name.span[0], mark.span[1]), (one, f"“{longer.people[0].name}”"), (name, longer), result)

    def _glued(self, name: NameToken, after: NameToken, result: _Result) -> None:
        """Ask whether 公 in 张三公孙胜病 is a mark or the beginning of a name."""
        words = self.words.get(self.text[after.span[0]], ())
        word = next((word for word in words if self.text.startswith(word.text, after.span[0])), None)
        if word is not None and after.people:
            one = f"“{name.people[0].name} {word.text}”" if name.people else f"“{word.text}”"
            other = f"“{after.people[0].name}”"
            self._ask((name.span[0], after.span[1]), (one, other), (name, after), result)

    def _ask(self, span: Span, readings: tuple[str, str], meant: Iterable[NameToken | object], result: _Result) -> None:
        people = [person for token in meant for person in getattr(token, "people", ())]
        members = {person.member for person in people}
        result.entries = [entry for entry in result.entries if entry.member not in members]
        problem = self.problem(span, SEVERAL_READINGS, people, one=readings[0], other=readings[1])
        result.problems.append(problem)

    # the whole line

    def _checked(self, result: _Result) -> RollLine:
        counts = Counter(entry.member for entry in result.entries)
        by_member = {person.member: person for person in self.names.people}
        problems = list(result.problems)
        for entry in result.entries:
            if counts[entry.member] > 1:
                text = self.original[entry.span[0] : entry.span[1]]
                params = {"text": text, "name": by_member[entry.member].shown}
                problems.append(Problem(entry.span, text, TWICE, params, (entry.member,)))
        if len(result.rests) > 1:
            problems += [self.problem(span, REST_TWICE) for _mark, span in result.rests]
        rest, rest_span = result.rests[0] if len(result.rests) == 1 else (None, None)
        return RollLine(
            tuple(entry for entry in result.entries if counts[entry.member] == 1),
            rest,
            tuple(sorted(problems, key=lambda problem: problem.span)),
            self.span(rest_span) if rest_span else None,
        )


class _Interpreter:
    """Walks through the tokens of one reading: names wait for their mark."""

    def __init__(self, reader: Reader, tokens: tuple[Token, ...]) -> None:
        self._reader = reader
        self._tokens = tokens
        self._waiting: list[NameToken] = []
        self._head: HeadToken | None = None
        self._named = False
        self._found = _Result()

    def result(self) -> _Result:
        """Return what the tokens say."""
        for token in self._tokens:
            self._take(token)
        self._end()
        return self._found

    def _take(self, token: Token) -> None:
        match token:
            case NameToken():
                self._name(token)
            case MarkToken():
                self._mark(token)
            case TailToken():
                self._tail(token)
            case NobodyToken():
                self._named = True
            case HeadToken():
                self._end()
                self._head = token
            case RestToken():
                self._end()
                self._rest(token)
            case BreakToken():
                self._end()

    def _problem(self, span: Span, message: LazyText, people: Iterable[RollPerson] = (), **params: object) -> None:
        self._found.problems.append(self._reader.problem(span, message, people, **params))

    def _name(self, token: NameToken) -> None:
        if token.fresh:
            self._end()
        if self._head is not None:
            self._write()
        self._waiting.append(token)

    def _write(self, minutes: str | None = None, note: Span | None = None, end: int | None = None) -> None:
        """Give the name under a head its mark."""
        if self._head is not None and self._waiting:
            self._named = True
            last = self._waiting[-1].span[1] if end is None else end
            self._give(self._head.word, minutes, note, (self._waiting[0].span[0], last))

    def _tail(self, token: TailToken) -> None:
        self._write(token.minutes, token.note, token.span[1])

    def _mark(self, token: MarkToken) -> None:
        if not self._waiting:
            self._problem(token.span, NO_NAME)
        self._give(token.word, token.minutes, token.note, token.span)

    def _rest(self, token: RestToken) -> None:
        if token.word is None:
            self._problem(token.span, REST_NO_MARK)
        elif token.word.mark is None or token.word.note:
            self._problem(token.span, REST_MARK)
        else:
            self._found.rests.append((token.word.mark, token.span))

    def _end(self) -> None:
        """Close a list of names: what still waits has no mark."""
        if self._head is not None:
            self._write()
            if not self._named:
                self._problem(self._head.span, NO_NAMES)
        for name in self._waiting:
            self._identified(name)
            if name.people:
                self._problem(name.span, NO_MARK, name.people)
        self._waiting = []
        self._head = None
        self._named = False

    def _give(self, word: MarkWord, minutes: str | None, note: Span | None, span: Span) -> None:
        """Give the mark to all names that wait."""
        names, self._waiting = self._waiting, []
        people = [(name, person) for name in names if (person := self._identified(name)) is not None]
        refused = self._refused(word, minutes, span)
        if refused:
            return
        text = ": ".join(filter(None, (word.note, self._reader.typed(note) if note else None))) or None
        for name, person in people:
            place = self._reader.span((name.span[0], span[1] if name is names[-1] else name.span[1]))
            self._found.entries.append(Entry(person.member, word.mark, int(minutes) if minutes else None, text, place))

    def _refused(self, word: MarkWord, minutes: str | None, span: Span) -> bool:
        """Tell whether the word and its minutes cannot be taken, and say why."""
        before = len(self._found.problems)
        if word.refusal is not None:
            self._problem(span, word.refusal)
        elif minutes is not None and word.mark not in WITH_MINUTES:
            self._problem(span, NO_MINUTES)
        elif minutes is not None and not 1 <= int(minutes[:9]) <= MOST_MINUTES:
            self._problem(span, MINUTES, minutes=minutes, most=MOST_MINUTES)
        return len(self._found.problems) > before

    def _identified(self, token: NameToken) -> RollPerson | None:
        """Return the one person a name fits; a problem otherwise."""
        if token.qualifier is not None and token.people:
            params = {"qualifier": token.qualifier, "names": self._reader.shown(token.people)}
            self._problem(token.span, NOT_QUALIFIED, token.people, **params)
        elif len(token.people) == 1:
            return token.people[0]
        elif token.people:
            in_full = name_key(self._reader.typed(token.span)) == name_key(token.people[0].name)
            message = NAMESAKES if in_full else SEVERAL
            self._problem(token.span, message, token.people, names=self._reader.shown(token.people))
        elif token.kind == "row" and self._reader.names.numbers:
            self._no_row(token)
        else:
            self._unknown(token)
        return None

    def _no_row(self, token: NameToken) -> None:
        rows = self._reader.names.numbers
        self._problem(token.span, NO_ROW, number=self._reader.typed(token.span), first=min(rows), last=max(rows))

    def _unknown(self, token: NameToken) -> None:
        text = self._reader.text[slice(*token.span)]
        if "(" in text.replace("(", "", text.count(")")):
            self._problem(token.span, BRACKET)
            return
        near = self._reader.names.near(text)
        if near:
            self._problem(token.span, UNKNOWN_NEAR, near, names=self._reader.shown(near))
        else:
            self._problem(token.span, UNKNOWN)
