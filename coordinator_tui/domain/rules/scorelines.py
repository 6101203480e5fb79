"""A score (积分) and its lines: each says what was counted, how often, for how many points, and from which records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import fsum
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.rules.pack import Words
from coordinator_tui.domain.vocabulary import title
from coordinator_tui.text import current_language, lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator_tui.domain.records import Entry
    from coordinator_tui.domain.rules.pack import Assessment
    from coordinator_tui.domain.rules.result import Evidence
    from coordinator_tui.text import LazyText

_EXACT = 4  # digits kept: points of regulations have two at most, and sums must not show the noise of binary fractions


def summed(points: Iterable[float]) -> float:
    """Add up points without the noise of binary fractions."""
    return round(fsum(points), _EXACT) + 0.0


class LineKind(StrEnum):
    """What a line of a score says."""

    BASE = "base"
    MARK = "mark"
    FULL_WEEK = "full_week"
    ZERO = "zero"
    DONE = "done"
    MET = "met"
    MISSING = "missing"
    MORE = "more"
    LATE = "late"
    LATE_DAYS = "late_days"
    RECORDS = "records"
    NO_BONUS = "no_bonus"
    LEAST = "least"
    MOST = "most"
    VETO = "veto"


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One line: `count` × `each` = `points`, with the records that it rests on.

    `part` is the id of the part, of nested parts joined by "/", "" for the assessment as a whole; `title` is the part's
    title. `what` is the message with `values` for its placeholders; `text` says it in the language in force.
    """

    part: str
    title: Words
    kind: LineKind
    what: LazyText
    count: float
    each: float
    values: tuple[tuple[str, Any], ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def points(self) -> float:
        """What the line adds to the score."""
        return summed((self.count * self.each,))

    @property
    def text(self) -> str:
        """The line's words in the language in force."""
        return self.what.format(**{name: spoken(value) for name, value in self.values})


@dataclass(frozen=True, slots=True)
class Score:
    """What an assessment comes to for a member, a group, or the school (`unit` is the id, 0 for the school).

    `total` is the sum of the lines; None while `missing` names settings that nobody answered. `provisional` says that
    the term runs, or that something of it is not due yet. `appeals` are noted beside it and change nothing.
    """

    assessment: Assessment
    unit: int
    total: float | None
    lines: tuple[ScoreLine, ...]
    vetoed: bool = False
    missing: tuple[str, ...] = ()
    appeals: tuple[Entry, ...] = ()
    provisional: bool = False

    @property
    def by_part(self) -> dict[str, float]:
        """Points of each part of the assessment, "" for what belongs to none, in the order of the lines."""
        found: dict[str, list[float]] = {}
        for line in self.lines:
            found.setdefault(line.part.partition("/")[0], []).append(line.points)
        return {part: summed(points) for part, points in found.items()}


def spoken(value: object) -> object:
    """Return a line's value as people read it: codes and texts of packs in the language in force, lists joined."""
    if isinstance(value, tuple):
        return str(lazy(", ")).join(str(spoken(each)) for each in value)
    if isinstance(value, Words):
        return value.say("en" if current_language() == "en" else "zh")
    if isinstance(value, StrEnum):
        return title(value)
    return f"{value:g}" if isinstance(value, float) else value
