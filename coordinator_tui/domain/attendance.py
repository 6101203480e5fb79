"""Who was expected and what the marks add up to: 应到 is always the sum of all marks and of those not taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.domain.lightclass import dataclass
from coordinator_tui.domain.people import members_on
from coordinator_tui.domain.vocabulary import ATTENDED, NOT_TAKEN, Mark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from coordinator_tui.domain.records import Member, Membership, Session

COUNTED = (*(mark.value for mark in Mark), NOT_TAKEN)
"""Keys of every count of marks, in the order in which they are shown."""

_ATTENDED = tuple(mark.value for mark in Mark if mark in ATTENDED)


def expected(session: Session, memberships: Iterable[Membership], members: Mapping[int, Member]) -> list[int]:
    """Return the ids of those who should come to `session`: who belonged to its group on its day, as it was then."""
    return members_on(memberships, members, session.group, session.date)


@dataclass(frozen=True, slots=True)
class Tally:
    """Marks of one or many rolls added up.

    `counts` has every mark and `not_taken`, and sums to `expected`; `attended` were in the room; `rate` is a share from
    0 to 1, None while nobody counts; `extra` are the ids of those marked who were not expected.
    """

    expected: int
    counts: dict[str, int]
    extra: tuple[int, ...] = ()

    @property
    def attended(self) -> int:
        """实到: present, late and left early."""
        return attended_of(self.counts)

    @property
    def counting(self) -> int:
        """Those whom the rate rests on: expected, without the exempt and those not taken."""
        return self.expected - self.counts[Mark.EXEMPT.value] - self.counts[NOT_TAKEN]

    @property
    def rate(self) -> float | None:
        """`attended` as a share of `counting`."""
        return rate_of(self.counts)

    @property
    def balanced(self) -> bool:
        """Whether 应到 equals the sum of all counts."""
        return sum(self.counts.values()) == self.expected


def no_counts() -> dict[str, int]:
    """Return a count of nothing, with every key."""
    return dict.fromkeys(COUNTED, 0)


def attended_of(counts: Mapping[str, int]) -> int:
    """Return 实到 of counts of marks."""
    return sum(counts[mark] for mark in _ATTENDED)


def rate_of(counts: Mapping[str, int]) -> float | None:
    """Return the share of those who attended among those who count (neither exempt nor not taken), or None."""
    counting = sum(counts.values()) - counts[Mark.EXEMPT.value] - counts[NOT_TAKEN]
    return attended_of(counts) / counting if counting else None


def tally(marks: Mapping[int, Mark | None], expected_ids: Collection[int]) -> Tally:
    """Add up the marks (by member id) of those expected; None or no entry is not taken."""
    counts = no_counts()
    everybody = dict.fromkeys(expected_ids)
    for member in everybody:
        mark = marks.get(member)
        counts[NOT_TAKEN if mark is None else mark.value] += 1
    extra = tuple(member for member, mark in marks.items() if mark is not None and member not in everybody)
    return Tally(len(everybody), counts, extra)


def late_entry(session_date: date, at: date, days: int) -> bool:
    """Tell whether an entry made on `at` is a late entry (补记): more than `days` days after the session."""
    return (at - session_date).days > days
