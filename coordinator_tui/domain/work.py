"""Work that is due and work that was handed in: who owes what, how it spreads over months and kinds."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, Protocol

from coordinator_tui.domain.lightclass import dataclass
from coordinator_tui.domain.people import members_on
from coordinator_tui.domain.vocabulary import WorkKind, WorkStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from coordinator_tui.domain.records import Assignment, Member, Membership, Term, Work

_LONGEST_OPEN = timedelta(days=183)


class Piece(Protocol):
    """What of a piece of work decides for which assignment it counts; a `Work` has it all."""

    @property
    def id(self) -> int:
        """Id of the document."""

    @property
    def member(self) -> int:
        """Who handed it in."""

    @property
    def kind(self) -> WorkKind:
        """What it is."""

    @property
    def date(self) -> date:
        """When it came in."""

    @property
    def status(self) -> WorkStatus:
        """What became of it."""

    @property
    def assignment(self) -> int | None:
        """The assignment it names."""

    @property
    def reading(self) -> int | None:
        """What was read for it."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What one member still owes of one assignment: `done` of `needed` pieces came in by now."""

    member: int
    assignment: Assignment
    needed: int
    done: int
    due: date
    overdue: bool

    @property
    def missing(self) -> int:
        """Pieces still to come."""
        return self.needed - self.done


def owed(
    assignments: Iterable[Assignment],
    works: Iterable[Piece],
    members: Mapping[int, Member],
    memberships: Iterable[Membership],
    today: date,
) -> list[Owed]:
    """Return who owes what on `today`, by due date, then in the order of `members`.

    An assignment asks everybody who belongs to its group on its due date (today, while that is to come), or the members
    it names; one that has not opened asks nobody yet. Returned work is not done.
    """
    known = list(memberships)
    tasks = [task for task in assignments if task.opens is None or task.opens <= today]
    done = pieces_done(tasks, works)
    place = {member: at for at, member in enumerate(members)}
    found = [
        Owed(member, task, task.pieces, done.get((member, task.id), 0), task.due, task.due < today)
        for task in tasks
        for member in asked(task, members, known, today)
        if done.get((member, task.id), 0) < task.pieces
    ]
    return sorted(found, key=lambda item: (item.due, item.assignment.id, place.get(item.member, -1)))


def asked(
    assignment: Assignment, members: Mapping[int, Member], memberships: Iterable[Membership], today: date
) -> list[int]:
    """Return the ids of those whom an assignment asks for work."""
    if assignment.members:
        return [member for member in dict.fromkeys(assignment.members) if member in members]
    return members_on(memberships, members, assignment.group, min(assignment.due, today))


def pieces_done(assignments: Sequence[Assignment], works: Iterable[Piece]) -> dict[tuple[int, int], int]:
    """Count the pieces that came in for each (member, assignment id).

    Work that names its assignment counts there. Other work of the same kind fills what is still missing: first an
    assignment in whose time it was handed in, else the earliest that it is late for. Each piece counts once.
    """
    done: dict[tuple[int, int], int] = defaultdict(int)
    known = {task.id for task in assignments}
    loose: list[Piece] = []
    for work in works:
        if work.status is WorkStatus.RETURNED:
            continue
        if work.assignment is None:
            loose.append(work)
        elif work.assignment in known:
            done[work.member, work.assignment] += 1
    by_kind: dict[tuple[int, WorkKind], list[Assignment]] = defaultdict(list)
    for task in sorted(assignments, key=lambda task: (task.due, task.id)):
        by_kind[task.group, task.kind].append(task)
    _fill(done, sorted(loose, key=lambda work: (work.date, work.id)), by_kind)
    return dict(done)


def _fill(
    done: dict[tuple[int, int], int],
    loose: list[Piece],
    by_kind: Mapping[tuple[int, WorkKind], list[Assignment]],
) -> None:
    """Count loose work for the assignments of its kind; work in time goes before work that is late."""
    tasks_of: dict[WorkKind, list[Assignment]] = defaultdict(list)
    for (_group, kind), tasks in by_kind.items():
        tasks_of[kind] += tasks
    late = [work for work in loose if not _count(done, work, _in_time(tasks_of.get(work.kind, ()), work))]
    for work in late:
        _count(done, work, [task for task in tasks_of.get(work.kind, ()) if work.date > task.due])


def _in_time(tasks: Iterable[Assignment], work: Piece) -> list[Assignment]:
    """Return the tasks in whose time the work came in; one without a beginning has been open for half a year."""
    return [task for task in tasks if (task.opens or task.due - _LONGEST_OPEN) <= work.date <= task.due]


def _count(done: dict[tuple[int, int], int], work: Piece, tasks: Iterable[Assignment]) -> bool:
    for task in tasks:
        wanted = not task.members or work.member in task.members
        fits = task.reading is None or work.reading in {None, task.reading}
        if wanted and fits and done[work.member, task.id] < task.pieces:
            done[work.member, task.id] += 1
            return True
    return False


By = Literal["month", "kind", "assignment"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the matrix; `key` is "2026-10", a code of WorkKind, or the id of an assignment as text."""

    key: str
    kind: WorkKind | None = None
    assignment: Assignment | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one member did in one column; `pieces` and `words` are without returned work, `works` are ids by date."""

    pieces: int = 0
    words: int = 0
    checked: int = 0
    returned: int = 0
    grades: tuple[str, ...] = ()
    missing: int = 0
    works: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One member across the columns, and all of them together."""

    member: int
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, slots=True)
class Matrix:
    """Members × months, kinds or assignments."""

    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]

    def cell(self, member: int, key: str) -> Cell:
        """Return the cell of a member in the column `key`; an empty one where there is none."""
        at = next((at for at, column in enumerate(self.columns) if column.key == key), None)
        row = next((row for row in self.rows if row.member == member), None)
        return Cell() if at is None or row is None else row.cells[at]


def matrix(
    members: Iterable[Member],
    works: Iterable[Work],
    *,
    by: By = "month",
    term: Term | None = None,
    assignments: Iterable[Assignment] = (),
) -> Matrix:
    """Spread `works` over `members` (rows, in their order) and months of `term`, kinds or assignments (columns).

    `missing` counts what assignments still want: in the month they are due in, under their kind, or under themselves;
    work without an assignment fills them as in `pieces_done`. Returned work is counted apart.
    """
    people, pieces, tasks = list(members), list(works), list(assignments)
    columns = _columns(by, pieces, tasks, term)
    done = pieces_done(tasks, pieces)
    buckets: dict[tuple[int, str], list[Work]] = defaultdict(list)
    for work in sorted(pieces, key=lambda work: (work.date, work.title or "", work.words or 0, work.id)):
        buckets[work.member, _key(by, work)].append(work)
    lacking: dict[tuple[int, str], int] = defaultdict(int)
    for task in tasks:
        for member in people:
            if not task.members or member.id in task.members:
                lacking[member.id, _task_key(by, task)] += max(0, task.pieces - done.get((member.id, task.id), 0))
    rows = []
    for member in people:
        places = [(member.id, column.key) for column in columns]
        cells = tuple(_cell(buckets.get(place, ()), lacking.get(place, 0)) for place in places)
        everything = [work for place in places for work in buckets.get(place, ())]
        rows.append(MatrixRow(member.id, cells, _cell(everything, sum(cell.missing for cell in cells))))
    return Matrix(tuple(columns), tuple(rows))


def _cell(works: Sequence[Work], missing: int) -> Cell:
    if not works:
        return Cell(missing=missing)
    counting = [work for work in works if work.status is not WorkStatus.RETURNED]
    return Cell(
        pieces=len(counting),
        words=sum(work.words or 0 for work in counting),
        checked=sum(1 for work in works if work.status is WorkStatus.CHECKED),
        returned=len(works) - len(counting),
        grades=tuple(work.grade for work in counting if work.grade),
        missing=missing,
        works=tuple(work.id for work in works),
    )


def _key(by: By, work: Work) -> str:
    if by == "month":
        return f"{work.date:%Y-%m}"
    return (work.kind or "") if by == "kind" else str(work.assignment or "")


def _task_key(by: By, task: Assignment) -> str:
    if by == "month":
        return f"{task.due:%Y-%m}"
    return task.kind if by == "kind" else str(task.id)


def _columns(by: By, works: Sequence[Work], tasks: Sequence[Assignment], term: Term | None) -> list[Column]:
    if by == "assignment":
        return [Column(str(task.id), task.kind, task) for task in sorted(tasks, key=lambda task: (task.due, task.id))]
    used = {_key(by, work) for work in works} | {_task_key(by, task) for task in tasks}
    if by == "kind":
        return [Column(kind, kind) for kind in WorkKind if kind in used]
    return [Column(month) for month in sorted(used | set(_months(term)))]


def _months(term: Term | None) -> Iterator[str]:
    """Yield the months of a term, "2026-09" and so on."""
    if term is not None:
        for month in range(term.start.year * 12 + term.start.month - 1, term.until.year * 12 + term.until.month):
            yield f"{month // 12}-{month % 12 + 1:02}"
