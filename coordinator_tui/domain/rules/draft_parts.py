"""What a pasted regulation was read as: regulations, clauses, what each seems to ask for, and what is doubtful."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordinator_tui.text import LazyText


class Sort(StrEnum):
    """What a proposal is about."""

    QUOTA = "quota"
    SHARE = "share"
    AGE = "age"
    SERVICE = "service"
    DURATION = "duration"
    COOLDOWN = "cooldown"
    DEADLINE = "deadline"
    FIELDS = "fields"


class Flag(StrEnum):
    """Why a person has to look: nothing of this kind is ever decided by the program."""

    LOST_DIGITS = "lost_digits"
    LOST_NUMBER = "lost_number"
    NO_FREQUENCY = "no_frequency"
    NO_SHARE = "no_share"
    VAGUE = "vague"
    IMPLIED = "implied"
    AMBIGUOUS = "ambiguous"
    NO_PERIOD = "no_period"
    UNKNOWN_THING = "unknown_thing"
    UNKNOWN_PEOPLE = "unknown_people"
    EMPTY = "empty"
    TRUNCATED = "truncated"
    GARBLED = "garbled"


FLAG_TITLES: dict[Flag, LazyText] = {
    Flag.LOST_DIGITS: lazy("A number is missing here"),
    Flag.LOST_NUMBER: lazy("The clause's number is missing"),
    Flag.NO_FREQUENCY: lazy("Regularly, but not how often"),
    Flag.NO_SHARE: lazy("A share, but not how large"),
    Flag.VAGUE: lazy("An amount without a number"),
    Flag.IMPLIED: lazy("No number is written; at least once is meant"),
    Flag.AMBIGUOUS: lazy("The bound can be read in two ways"),
    Flag.NO_PERIOD: lazy("A number, but not in what time"),
    Flag.UNKNOWN_THING: lazy("What is counted is not known here"),
    Flag.UNKNOWN_PEOPLE: lazy("Whom it binds cannot be told here"),
    Flag.EMPTY: lazy("A heading without text"),
    Flag.TRUNCATED: lazy("The text breaks off"),
    Flag.GARBLED: lazy("Characters are damaged here"),
}
"""The sentence of each flag, for lists."""

ADVISORY = frozenset({Flag.UNKNOWN_THING})
"""Flags of proposals that no setting can answer: they are kept as reminders."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the cleaned text with the number that it had in the pasted one."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Thing:
    """What is counted: its Chinese name, and the pack's source with the codes of its kinds ("" : none fits)."""

    name: str
    source: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """In what time: the value of `per` in a pack (its unit, or a mapping as text), and the words it was read from."""

    per: str
    words: str


@dataclass(frozen=True, slots=True)
class Bound:
    """Who is bound: the name as written, and the entries of a pack's `who` in order."""

    name: str = ""
    who: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A number, cadence, date or bound that was found in a clause. None of it holds before a person says so.

    `id` is the clause's id and a number, "6:2"; it is unique in the draft. `words` stand in the cleaned text as they
    are here, `line` is where the pasted text has them. `least` and `most` are in `unit` (篇, 次, 字, 小时), None where
    there is none. `days` are the first ("" : any time before) and the last day of the year, as "05-31". `after` is the
    event that it follows ("trainings", "sessions") `within` days, `each` piece or session has at least so many
    `each_unit`, `hosts` take turns, `series` is a fixed time.
    """

    id: str
    clause: str
    sort: Sort
    words: str
    line: int
    sentence: str
    least: float | None = None
    most: float | None = None
    unit: str = ""
    thing: Thing | None = None
    per: Period | None = None
    bound: Bound = Bound()
    each: float | None = None
    each_unit: str = ""
    after: str = ""
    within: int | None = None
    days: tuple[str, str] = ("", "")
    hosts: tuple[str, ...] = ()
    series: bool = False
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A flag on a clause itself, with the words that it is about."""

    flag: Flag
    line: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftClause:
    """A clause: an id that is unique in its regulation, its number as written ("" : none), headings above, text."""

    id: str
    number: str
    path: tuple[str, ...]
    text: str
    line: int
    proposals: tuple[Proposal, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Every flag in the clause, each once."""
        own = [doubt.flag for doubt in self.doubts]
        return tuple(dict.fromkeys([*own, *(flag for proposal in self.proposals for flag in proposal.flags)]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """One regulation of the text: its title, the line of it, whom it says it applies to, its clauses."""

    title: str
    line: int
    applies: str = ""
    clauses: tuple[DraftClause, ...] = ()

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """All proposals in the order of the text."""
        return tuple(proposal for clause in self.clauses for proposal in clause.proposals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text read as one regulation or several; `title` is that of the whole, `preface` what stands before them.

    Where there are several, the ids of clauses begin with the number of the regulation: "19-6". `removed` counts what
    cleaning took out.
    """

    id: str
    title: str
    regulations: tuple[Regulation, ...]
    preface: str = ""
    removed: Mapping[str, int] = field(default_factory=dict)

    @property
    def clauses(self) -> tuple[DraftClause, ...]:
        """All clauses of all regulations."""
        return tuple(clause for regulation in self.regulations for clause in regulation.clauses)

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """All proposals of all regulations."""
        return tuple(proposal for regulation in self.regulations for proposal in regulation.proposals)
