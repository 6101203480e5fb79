"""What the rules make due and no assignment asks for: gap by gap, and requirement by requirement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.rule_gaps import Gap
    from coordinator_tui.domain.records import Term


@dataclass(frozen=True, slots=True)
class Owing:
    """What is owed by one requirement: its gaps, overdue ones first, those due sooner before later ones."""

    requirement: str
    title: str
    gaps: tuple[Gap, ...]

    @property
    def overdue(self) -> int:
        """How many of the gaps are past their due date."""
        return sum(1 for gap in self.gaps if gap.overdue)

    @property
    def due(self) -> date:
        """The next due date, or the latest of those that are past."""
        coming = [gap.row.due for gap in self.gaps if not gap.overdue]
        return min(coming) if coming else max(gap.row.due for gap in self.gaps)

    @property
    def who(self) -> tuple[str, ...]:
        """Names of those who owe, each once."""
        return tuple(dict.fromkeys(gap.who for gap in self.gaps))


def owed_by_rules(
    book: Book, *, group: int | None = None, member: int | None = None, term: Term | None = None
) -> list[Gap]:
    """Return what the rules make due and no assignment asks for, overdue first, then by due date."""
    from coordinator_tui.book.rule_tasks import due_items

    found = [item.gap for item in due_items(book, group=group, member=member, term=term) if item.gap is not None]
    return sorted(found, key=lambda gap: (not gap.overdue, gap.row.due))


def by_requirement(gaps: Iterable[Gap]) -> list[Owing]:
    """Return what is owed requirement by requirement: those with something overdue first, the most owed first."""
    found: dict[str, list[Gap]] = {}
    for gap in gaps:
        found.setdefault(gap.row.requirement.key, []).append(gap)
    owing = [Owing(key, each[0].title, tuple(each)) for key, each in found.items()]
    return sorted(owing, key=_urgency)


def _urgency(owing: Owing) -> tuple[int, int, int]:
    return (not owing.overdue, -owing.overdue, owing.due.toordinal())
