"""One sentence of a pasted regulation: its periods and things, and which of them an amount in it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.rules.draft_figures import FIGURE, cadences, read_figure
from coordinator_tui.domain.rules.draft_parts import Bound, Flag, Proposal, Sort, Thing
from coordinator_tui.domain.rules.draft_words import UNKNOWN, everybody, fits, named_people, things

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordinator_tui.domain.rules.draft_figures import Cadence
    from coordinator_tui.domain.rules.draft_words import Mention

TRAINED = re.compile(
    "(?:参加|外出)[^。;；]{0,24}?(?:培训|学习|考察)[^,，。;；]{0,6}(?:后|归来|回来|回校|结束)"
    "|(?:归来|返校|回校|培训结束)后|外出(?:学习|培训)|(?:参加|参与)[^。;；]{0,16}?培训学习活动"
)
"""Words that speak of a training that somebody was at."""
_HOSTS = re.compile("由([^,，。;；]{2,30}?)轮流主持")
_SERIES = re.compile("固定(?:的)?时间|时间[^,，。]{0,6}固定|轮流(?:主持|发言|主讲)")
_WITHIN = re.compile(rf"后[^,，。]{{0,4}}?({FIGURE})(天|日|个?工作日|个?周|个?星期)(?:之|以)?内")
_LONGEST = 366
_COUNTED_AS = {
    "篇": "work", "字": "work", "万字": "work", "份": "work", "次": "sessions", "场": "sessions", "本": "readings",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount in a sentence, written or missing: where it stands, and how far its thing may be looked for."""

    sort: Sort
    start: int
    end: int
    until: int
    least: float | None = None
    most: float | None = None
    unit: str = ""
    flags: tuple[Flag, ...] = ()


@dataclass(slots=True)
class Sentence:
    """A sentence that is being read. `context` are the things spoken of before, `used` periods that have an amount.

    `amounts` are the places of all amounts. `counted` remembers what was counted in each unit, for what follows in the
    same unit without its name: "每月写一篇笔记，每学期不少于篇".
    """

    clause: str
    text: str
    line: int
    context: tuple[Thing, ...] = ()
    mentions: list[Mention] = field(init=False)
    cadences: list[Cadence] = field(init=False)
    amounts: tuple[int, ...] = ()
    used: set[int] = field(default_factory=set)
    counted: dict[str, Thing] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.mentions = things(self.text)
        self.cadences = cadences(self.text)

    def make(self, sort: Sort, start: int, end: int, **values: Any) -> Proposal:  # noqa: ANN401 - fields of a proposal
        """Make a proposal of the words between two places, and what is known of it."""
        words = self.text[max(0, start) : end].strip(" \n")
        proposal = Proposal(
            id="", clause=self.clause, sort=sort, words=words, line=self.line, sentence=self.text.strip(" \n")
        )
        return replace(proposal, **values)

    def comma(self, at: int) -> int:
        """Return where the part of the sentence ends that begins at, or goes on from, this place."""
        found = re.search("[,，]", self.text[at:])
        return at + found.start() if found else len(self.text)

    def part(self, at: int) -> int:
        """Return where the part of the sentence begins that this place is in."""
        return max(self.text.rfind(sign, 0, at) for sign in ",，") + 1

    def governing(self, at: int) -> Cadence | None:
        """Return the period that an amount at this place is for: the last one before it."""
        before = [each for each in self.cadences if each.start <= at]
        if before:
            self.used.add(before[-1].start)
        return before[-1] if before else None

    def quota(self, amount: Amount) -> Proposal:
        """Propose an amount of something in a period, or after an event."""
        cadence = self.governing(amount.start)
        mention = self._mention(amount, cadence)
        thing = mention.thing if mention else self.counted.get(amount.unit) or self._remembered(amount.unit)
        if thing:
            self.counted[amount.unit] = thing
        trained = self._trained(thing, cadence, amount.start)
        cadence = None if trained else cadence
        places = [amount.start, *(each.start for each in (trained, mention) if each and each.start < amount.start)]
        if cadence and not self._parted(cadence, min(places)):
            places.append(cadence.start)
        people = self.bound(thing, amount.start)
        flags = dict.fromkeys([*amount.flags, *_missing(amount, thing, people, known=bool(cadence or trained))])
        return self.make(
            amount.sort,
            min(places),
            max(amount.end, mention.end if mention else 0),
            least=amount.least,
            most=amount.most,
            unit=amount.unit,
            thing=thing,
            per=cadence.period if cadence else None,
            after="trainings" if trained else "",
            bound=known_people(people),
            within=self._within() if trained else None,
            hosts=self.hosts(thing),
            series=thing is not None and thing.source == "sessions" and bool(_SERIES.search(self.text)),
            flags=tuple(flags),
        )

    def _mention(self, amount: Amount, cadence: Cadence | None) -> Mention | None:
        """Return what is counted: named around the amount, after it in its part, before it, or later on."""
        start, end, comma = amount.start, amount.end, self.comma(amount.end)
        begin = cadence.end if cadence and cadence.end <= start else 0
        fitting = [each for each in self.mentions if fits(each.thing, amount.unit)]
        around = [each for each in fitting if each.start < end and start < each.end]
        before = [each for each in fitting if begin <= each.start and each.end <= start]
        beside = [each for each in before if not self.text[each.end : start].strip(" 的各")]
        after = [each for each in fitting if end <= each.start < min(amount.until, comma)]
        later = [each for each in fitting if comma <= each.start < amount.until]
        choice = around or beside[-1:] or after[:1] or before[-1:] or later[:1]
        return choice[0] if choice else None

    def _remembered(self, unit: str) -> Thing | None:
        """Return what was spoken of before, the last thing that can be counted in such a unit."""
        if unit in {"%", "个百分点"}:
            return None
        source = _COUNTED_AS.get(unit)
        known = [thing for thing in self.context if thing.source and source in {None, thing.source}]
        if unit in {"节", "节次"}:
            known = [thing for thing in known if thing.name.endswith("课")]
        return known[-1] if known else None

    def _trained(self, thing: Thing | None, cadence: Cadence | None, at: int) -> _Place | None:
        """Return where a training is spoken of that an amount follows: "参加培训后要上交一篇学习心得"."""
        found = [match for match in TRAINED.finditer(self.text) if match.start() < at]
        if not found or thing is None or thing.source not in {"work", "entries"}:
            return None
        last = found[-1]
        nearer = cadence is None or cadence.start < last.start()
        after = "后" in self.text[last.start() : at]
        return _Place(last.start()) if nearer and after else None

    def bound(self, thing: Thing | None, at: int) -> Bound:
        """Return who is bound: those named nearest before the amount, else in its part, else everybody."""
        part = self.text[self.part(at) : self.comma(at)]
        for text in (self.text[self.part(at) : at], part, self.text[:at]):
            named = named_people(text, thing)
            if named:
                return named
        return everybody(self.text[: self.comma(at)], thing)

    def _within(self) -> int | None:
        """Return the days within which something is handed in after an event; None where none are written."""
        found = _WITHIN.search(self.text)
        days = read_figure(found[1]) if found else None
        if found is None or days is None or days != int(days) or days > _LONGEST:
            return None
        return int(days) * (7 if found[2] in {"周", "个周", "星期", "个星期"} else 1)

    def _parted(self, cadence: Cadence, at: int) -> bool:
        """Whether another amount stands between a period and this place."""
        return any(cadence.end <= amount < at for amount in self.amounts)

    def hosts(self, thing: Thing | None) -> tuple[str, ...]:
        """Return the departments that host meetings in turns."""
        found = _HOSTS.search(self.text) if thing and thing.source == "sessions" else None
        return tuple(name for name in re.split("[、和与及]", found[1]) if name) if found else ()


def known_people(people: Bound) -> Bound:
    """Return who is bound as far as a pack can say it."""
    return replace(people, who=tuple(pair for pair in people.who if pair != UNKNOWN))


@dataclass(frozen=True, slots=True)
class _Place:
    start: int


def _missing(amount: Amount, thing: Thing | None, people: Bound, *, known: bool) -> Iterator[Flag]:
    if UNKNOWN in people.who:
        yield Flag.UNKNOWN_PEOPLE
    if thing is None or not thing.source:
        yield Flag.UNKNOWN_THING
    attended = amount.sort is Sort.SHARE and thing is not None and thing.source == "sessions"
    if not known and (amount.sort is Sort.QUOTA or attended):
        yield Flag.NO_PERIOD
