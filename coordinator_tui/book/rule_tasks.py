"""What the rules make due, in one list with what people assigned; assignments and series made from rules."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from coordinator_tui.book.errors import NoSuchThing, Refused
from coordinator_tui.book.members import members_of, name_of
from coordinator_tui.book.rule_gaps import Gap, gaps, rows_of
from coordinator_tui.book.rules import PackInBook, find_pack, say
from coordinator_tui.book.series import checked_series, commit_plan, preview_series
from coordinator_tui.book.work import owed
from coordinator_tui.domain import records
from coordinator_tui.domain.codec import field_names, from_document
from coordinator_tui.domain.rules.pack import Each, Measure, PerUnit, SettingRef, Source
from coordinator_tui.domain.rules.result import State
from coordinator_tui.domain.vocabulary import WorkKind
from coordinator_tui.store import key_id
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, timedelta

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.series import PlanPreview
    from coordinator_tui.domain.records import Assignment, Session, Term
    from coordinator_tui.domain.rules.pack import Cadence
    from coordinator_tui.domain.work import Owed


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something a member (or the group, or the school) still owes: by an assignment, or by a rule."""

    who: str
    member: int | None
    title: str
    needed: float
    done: float
    due: date
    overdue: bool
    gap: Gap | None = None
    owed: Owed | None = None


def due_items(
    book: Book, *, group: int | None = None, member: int | None = None, term: Term | None = None
) -> list[DueItem]:
    """Return all that is owed by now, by due date; what assignments ask for already of a rule stands once."""
    tasks = owed(book, group=group, member=member, term=term)
    asked = _still_asked(book, group, tasks)
    items = [_of_task(book, item) for item in tasks]
    items += [
        _of_gap(gap)
        for gap in gaps(book, group=group, member=member, term=term)
        if not asked.by_rule(gap) and asked.pieces(gap) < gap.row.gap
    ]
    return sorted(items, key=lambda item: item.due)


def _still_asked(book: Book, group: int | None, tasks: Iterable[Owed]) -> _Asked:
    """Return what assignments still wait for, those that have not opened yet among them."""
    asked = _Asked(book, group)
    for item in tasks:
        asked.add(item.member, item.assignment, item.needed - item.done)
    asked.add_coming()
    return asked


def _of_task(book: Book, item: Owed) -> DueItem:
    name = name_of(book, item.member)
    return DueItem(name, item.member, item.assignment.title, item.needed, item.done, item.due, item.overdue, owed=item)


def _of_gap(gap: Gap) -> DueItem:
    row = gap.row
    return DueItem(gap.who, gap.member, gap.title, row.needed or 0, row.done, row.due, gap.overdue, gap=gap)


# assignments from rules


class _Asked:
    """What assignments (of one group, or of all) ask of each member: how many pieces of which kind, due when."""

    def __init__(self, book: Book, group: int | None) -> None:
        self._book = book
        self._tasks = [task for task in book.assignments.all() if group in {None, task.group}]
        self._people: dict[int, frozenset[int]] = {}
        self._found: dict[tuple[int, WorkKind], list[tuple[date, float]]] = {}
        self._made: set[tuple[int | None, str]] = set()

    def add(self, member: int, task: Assignment, pieces: float) -> None:
        """Take in that a task still asks a member for so many pieces."""
        self.more(member, task.kind, task.due, pieces)
        if task.requirement:
            self._made.add((member, task.requirement))

    def more(self, member: int, kind: WorkKind, due: date, pieces: float) -> None:
        """Take in pieces that are asked for."""
        self._found.setdefault((member, kind), []).append((due, pieces))

    def add_all(self) -> None:
        """Take in all assignments, done or not."""
        for task in self._tasks:
            for member in self._asked(task):
                self.add(member, task, task.pieces)

    def add_coming(self) -> None:
        """Take in the assignments that have not opened yet."""
        for task in self._tasks:
            if task.opens is not None and task.opens > self._book.today:
                for member in self._asked(task):
                    self.more(member, task.kind, task.due, task.pieces)

    def _asked(self, task: Assignment) -> Iterable[int]:
        if task.members:
            return task.members
        if task.group not in self._people:
            today = members_of(self._book, task.group, self._book.today)
            self._people[task.group] = frozenset(member.id for member in today)
        return self._people[task.group]

    def by_rule(self, gap: Gap) -> bool:
        """Tell whether a task was made from just this requirement and period."""
        return (gap.member, task_key(gap)) in self._made

    def pieces(self, gap: Gap) -> float:
        """Return how many of the pieces that a rule wants are asked for in its period already."""
        period, what, member = gap.row.period, gap.row.requirement.what, gap.member
        if what.source is not Source.WORK or member is None:
            return 0
        return sum(
            pieces
            for kind in what.kinds
            for due, pieces in self._found.get((member, WorkKind(kind)), ())
            if period.start <= due <= period.until
        )


def task_key(gap: Gap) -> str:
    """Return what an assignment made from a rule names: the requirement and the period."""
    return f"{gap.row.requirement.key}@{gap.row.period.label}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An assignment that a rule asks for in one period: so many pieces of `kind` from these members, by `due`."""

    requirement: str
    title: str
    kind: WorkKind
    pieces: int
    opens: date
    due: date
    members: tuple[int, ...]


_PERIODS = {PerUnit.WEEK, PerUnit.MONTH, PerUnit.TERM, PerUnit.FIRST_TERM, PerUnit.SECOND_TERM, PerUnit.SCHOOL_YEAR}


def proposals(book: Book, *, group: int | None = None, coming: bool = False) -> list[Proposal]:
    """Return the assignments that the rules in force ask for now (or with `coming` in all periods of the term).

    Only pieces of work that each member owes, not what is only advised. A piece counts for one assignment: what others
    ask for in the same time already, of the same rule for a shorter period or of another rule, is not asked for again.
    """
    asked, waited_for = _Asked(book, group), _still_asked(book, group, owed(book, group=group))
    asked.add_all()
    rows = [gap for gap in rows_of(book, group=group) if _is_work(gap) and _is_open(gap, coming=coming)]
    found: dict[tuple[str, float], list[Gap]] = {}
    for gap in sorted(rows, key=_shortest):
        wanted, missing = (gap.row.needed or 0) - asked.pieces(gap), gap.row.gap - waited_for.pieces(gap)
        if wanted > 0 and missing > 0 and not asked.by_rule(gap):
            found.setdefault((task_key(gap), wanted), []).append(gap)
            asked.more(gap.row.unit, _kind(gap), gap.row.due, wanted)
            waited_for.more(gap.row.unit, _kind(gap), gap.row.due, missing)
    return sorted((_proposal(key, wanted, rows) for (key, wanted), rows in found.items()), key=lambda made: made.due)


def _is_open(gap: Gap, *, coming: bool) -> bool:
    return gap.row.owes or (coming and gap.row.state is State.NOT_YET and not gap.row.requirement.advice)


def _shortest(gap: Gap) -> tuple[timedelta, float]:
    """Order shorter periods first, in one period the most wanted first."""
    return gap.row.period.until - gap.row.period.start, -(gap.row.needed or 0)


def _kind(gap: Gap) -> WorkKind:
    return WorkKind(gap.row.requirement.what.kinds[0])


def _is_work(gap: Gap) -> bool:
    requirement = gap.row.requirement
    return (
        requirement.what.source is Source.WORK
        and requirement.who.each is Each.MEMBER
        and requirement.what.measure is Measure.COUNT
        and requirement.per.unit in _PERIODS
        and bool(requirement.what.kinds)
    )


def _proposal(key: str, needed: float, rows: list[Gap]) -> Proposal:
    first = rows[0]
    return Proposal(
        requirement=key,
        title=f"{first.title} {first.period}",
        kind=_kind(first),
        pieces=ceil(needed),
        opens=first.row.period.start,
        due=first.row.due,
        members=tuple(gap.row.unit for gap in rows),
    )


def assign_from_rules(book: Book, chosen: list[Proposal], *, group: int | None = None) -> list[Assignment]:
    """Make assignments of proposals, as one step; two machines that do the same make the same ones."""
    where = group or book.group.id
    made = []
    with book.step("assignments.from_rules", count=len(chosen)):
        for each in chosen:
            identity = key_id("assignment", each.requirement, where, each.pieces)
            if identity not in book.assignments:
                fields: dict[str, Any] = {name: getattr(each, name) for name in each.__slots__}
                made.append(book.assignments.add(identity, group=where, **fields))
    return made


# series from cadences


def find_cadence(book: Book, pack: str, text: str) -> tuple[PackInBook, Cadence]:
    """Return a cadence of a pack in force by its id, or the only one of a clause; NoSuchThing with what there is."""
    adopted = find_pack(book, pack)
    known = [(clause.id, cadence) for clause in adopted.pack.clauses for cadence in clause.cadences]
    found = [cadence for clause, cadence in known if text in {cadence.id, clause}]
    if len(found) == 1:
        return adopted, found[0]
    raise NoSuchThing(
        lazy("The rule pack “{pack}” has no series “{text}”; it has: {series}."),
        pack=adopted.pack.id,
        text=text,
        series=", ".join(cadence.id for _clause, cadence in known) or "—",
    )


def series_fields(adopted: PackInBook, cadence: Cadence) -> dict[str, Any]:
    """Return what a cadence says of a series to add; what the school has not answered yet is missing in it."""
    fields: dict[str, Any] = {
        "name": say(cadence.title),
        "kind": cadence.kind,
        "every": cadence.every,
        "hosts": cadence.hosts,
    }
    for name in ("weekday", "start", "end"):
        value = getattr(cadence, name)
        given = adopted.answers.get(value.key) if isinstance(value, SettingRef) else value
        if given is not None:
            fields[name] = given
    if "end" not in fields and "start" in fields and cadence.minutes:
        fields["end"] = _later(fields["start"], cadence.minutes)
    return fields


def _later(start: str, minutes: int) -> str:
    hours, past = divmod(int(start[:2]) * 60 + int(start[3:]) + minutes, 60)
    if hours > 23:
        raise Refused(
            lazy("A session from {start} of {minutes} minutes would end after midnight."), start=start, minutes=minutes
        )
    return f"{hours:02}:{past:02}"


def preview_cadence(
    book: Book,
    adopted: PackInBook,
    cadence: Cadence,
    *,
    group: int,
    term: Term | None = None,
    from_: date | None = None,
    **given: object,
) -> PlanPreview:
    """Return the sessions that planning a cadence would add, those before `from_` left out; nothing is written.

    `given` (weekday, start, end) goes before what the pack and the school's answers say; Refused when one is missing.
    A series that was made of the same cadence for the group before is planned on.
    """
    fields = {**series_fields(adopted, cadence), **given}
    if "end" not in fields and "start" in fields and cadence.minutes:
        fields["end"] = _later(str(fields["start"]), cadence.minutes)
    missing = [name for name in ("weekday", "start", "end") if name not in fields]
    if missing:
        raise Refused(
            lazy("Nobody said {missing} of “{series}”; give it, or answer the pack's settings."),
            missing=", ".join(missing),
            series=say(cadence.title),
        )
    identity = key_id("series", adopted.pack.id, cadence.id, group)
    series = from_document(records.Series, identity, {**checked_series(fields), "group": group})
    return preview_series(book, book.series.find(identity) or series, term=term, from_=from_)


def plan_cadence(book: Book, preview: PlanPreview) -> list[Session]:
    """Make the series of a preview, if it is not there, and its sessions, as one step."""
    series = preview.series
    with book.step("sessions.plan", count=len(preview.sessions), name=series.name):
        if series.id not in book.series:
            book.series.add(series.id, **{name: getattr(series, name) for name in field_names(records.Series)})
        return commit_plan(book, preview)
