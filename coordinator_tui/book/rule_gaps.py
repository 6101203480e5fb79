"""Who still owes what by the rules in force, by when, and why just so much (缺项)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from coordinator_tui.book.errors import DecisionNeeded, NoSuchThing
from coordinator_tui.book.evidence import record_of
from coordinator_tui.book.groups import all_groups
from coordinator_tui.book.members import in_order, members_of, name_of
from coordinator_tui.book.rule_ledger import ledger
from coordinator_tui.book.rules import packs, say
from coordinator_tui.domain.rules.explaining import explain
from coordinator_tui.domain.rules.pack import Each, PerUnit, Source
from coordinator_tui.domain.rules.result import State
from coordinator_tui.text import fold, lazy
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Term
    from coordinator_tui.domain.rules.pack import Clause, Pack, Requirement
    from coordinator_tui.domain.rules.result import Row


_WEEKS = re.compile(r"-w(\d\d)(?:-(\d\d))?$")
_MONTHS = re.compile(r"(\d{4}-\d\d)\.\.(\d{4}-\d\d)$")
_RANKS = (Each.SCHOOL, Each.GROUP, Each.MEMBER)


@dataclass(frozen=True, slots=True)
class Gap:
    """One row of the ledger with the names that people read; `who` is a member, a group or the school.

    `period` is what people call it: "2026-10", "week 9", "weeks 1 to 2", the session or training that it is about.
    """

    row: Row
    pack: Pack
    clause: Clause
    who: str
    period: str

    @property
    def member(self) -> int | None:
        """The member who owes it, if it is a member's."""
        return self.row.unit if self.row.each is Each.MEMBER else None

    @property
    def title(self) -> str:
        """The requirement in the language in force."""
        return say(self.row.requirement.title)

    def reasons(self) -> list[str]:
        """Every number explained, sentence by sentence."""
        titles = {setting.key: say(setting.title) for setting in self.pack.settings}
        return [str(sentence) for sentence in explain(self.row, titles)]

    @property
    def overdue(self) -> bool:
        """Whether the due date is past."""
        return self.row.state is State.OVERDUE

    def to_json(self) -> dict[str, Any]:
        """Return the gap as `gaps --json` prints it."""
        row = self.row
        return {
            "member": self.member,
            "name": self.who,
            "each": row.each.value,
            "requirement": row.requirement.key,
            "title": self.title,
            "clause": self.clause.id,
            "pack": self.pack.id,
            "period": row.period.label,
            "needed": plain(row.needed),
            "done": plain(row.done),
            "gap": plain(row.gap),
            "due": row.due.isoformat(),
            "state": row.state.value,
        }


def plain(number: float | None) -> float | int | None:
    """Return a whole number without its point."""
    return int(number) if number is not None and number == int(number) else number


def rows_of(
    book: Book,
    *,
    term: Term | None = None,
    member: int | None = None,
    group: int | None = None,
    requirement: str | None = None,
) -> list[Gap]:
    """Return rows of the ledger with names, whatever their state: of a member, a requirement, or for a group.

    A group's are those of its members (today's), its own, and the school's.
    """
    if not packs(book):
        return []
    found = _named(book)
    rows = ledger(book, term).of(requirement=requirement, unit=member, each=Each.MEMBER if member else None)
    inside = {each.id for each in members_of(book, group, book.today)} if group is not None else set()
    wanted = (row for row in rows if group is None or _concerns(row, group, inside))
    return [Gap(row, *found[row.requirement.key], who_of(book, row), period_of(book, row)) for row in wanted]


def gaps(
    book: Book,
    *,
    term: Term | None = None,
    member: int | None = None,
    group: int | None = None,
    requirement: str | None = None,
    overdue: bool = False,
) -> list[Gap]:
    """Return what is owed by now, by due date: DUE and OVERDUE rows; only the overdue ones if asked."""
    found = rows_of(book, term=term, member=member, group=group, requirement=requirement)
    owing = [gap for gap in found if gap.row.owes and (gap.overdue or not overdue)]
    return sorted(owing, key=lambda gap: (gap.row.due, gap.row.requirement.key))


def person_by_person(book: Book, found: Iterable[Gap]) -> list[Gap]:
    """Return gaps in the order in which names are printed: the school's, the groups', each member's, by due date."""
    order = {member.id: at for at, member in enumerate(in_order(book, book.members.mapping()))}
    groups = {group.id: at for at, group in enumerate(all_groups(book))}

    def place(gap: Gap) -> tuple[int, int, date]:
        places = order if gap.row.each is Each.MEMBER else groups
        return _RANKS.index(gap.row.each), places.get(gap.row.unit, 0), gap.row.due

    return sorted(found, key=place)


def gathered(found: Iterable[Gap], by: Literal["requirement", "member"]) -> list[list[Gap]]:
    """Return gaps requirement by requirement, or person by person (groups and the school among them).

    Those with something overdue come first, then those due sooner.
    """
    sets: dict[object, list[Gap]] = {}
    for gap in found:
        row = gap.row
        sets.setdefault(row.requirement.key if by == "requirement" else (row.each, row.unit), []).append(gap)
    return sorted(sets.values(), key=lambda gaps: (-sum(gap.overdue for gap in gaps), next_due(gaps)))


def next_due(found: Sequence[Gap]) -> date:
    """Return the next due date of gaps, or the latest of those that are past."""
    coming = [gap.row.due for gap in found if not gap.overdue]
    return min(coming) if coming else max(gap.row.due for gap in found)


def find_requirement(book: Book, text: str) -> Requirement:
    """Return the requirement in force meant by its key ("s19/6/monthly-note"), its id, its clause or its title."""
    known = [requirement for pack in packs(book) for requirement in pack.pack.requirements]
    wanted = text.strip().lower()
    for fits in (
        [each for each in known if each.key == wanted],
        [each for each in known if wanted in {each.id, each.key.rpartition("/")[0]}],
        [each for each in known if fold(text) in {fold(each.title.zh), fold(each.title.en)}],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise DecisionNeeded(
                lazy("“{text}” may be any of these requirements: {candidates}."),
                text=text,
                candidates=[(0, each.key) for each in fits],
            )
    raise NoSuchThing(lazy("There is no requirement “{text}” in force; “rules ledger” lists them."), text=text)


def who_of(book: Book, row: Row) -> str:
    """Return the name of whoever a row is about."""
    if row.each is Each.MEMBER:
        return name_of(book, row.unit)
    if row.each is Each.GROUP:
        group = book.groups.find(row.unit)
        return group.name if group else _("a group that is gone")
    return book.school or _("the school")


def period_of(book: Book, row: Row) -> str:
    """Return a period as people call it: a week by its number, a session or event by its record, else its label."""
    label = row.period.label
    if label.isdecimal() and row.requirement.per.unit in {PerUnit.SESSION, PerUnit.EVENT}:
        tables = (row.requirement.per.event or Source.SESSIONS,)
        for table in tables:
            known = record_of(book, table.value, int(label))
            if known is not None:
                return " ".join(part for part in (known.date.isoformat(), known.title) if part)
    return _called(label)


def _called(label: str) -> str:
    weeks, months = _WEEKS.search(label), _MONTHS.match(label)
    if weeks and weeks[2]:
        return _("weeks {first} to {last}").format(first=int(weeks[1]), last=int(weeks[2]))
    if weeks:
        return _("week {number}").format(number=int(weeks[1]))
    return _("{first} to {last}").format(first=months[1], last=months[2]) if months else label


def _concerns(row: Row, group: int, inside: set[int]) -> bool:
    if row.each is Each.MEMBER:
        return row.unit in inside
    return row.each is Each.SCHOOL or row.unit == group


def _named(book: Book) -> dict[str, tuple[Pack, Clause]]:
    return {
        requirement.key: (each.pack, clause)
        for each in packs(book)
        for clause in each.pack.clauses
        for requirement in clause.requirements
    }
