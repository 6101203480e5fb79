"""What the matrix of work shows: the book's matrix for one view, what is owed in each place, whose rows are wanted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from coordinator_tui.book import members, work
from coordinator_tui.domain.vocabulary import WorkKind, WorkStatus, title
from coordinator_tui.domain.work import Cell, Matrix, MatrixRow
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.screens.day_words import month_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.work import By
    from coordinator_tui.domain.records import Group, Term, Work
    from coordinator_tui.domain.work import Column, Owed
    from coordinator_tui.text import LazyText

Only = Literal["all", "owed", "overdue", "unchecked"]

VIEWS: Final[tuple[tuple[By, LazyText], ...]] = (
    ("month", lazy("Months")),
    ("kind", lazy("Kinds")),
    ("assignment", lazy("Assignments")),
)
"""What the columns can be: code and title."""

FILTERS: Final[tuple[tuple[Only, LazyText], ...]] = (
    ("all", lazy("everybody")),
    ("owed", lazy("only who owes something")),
    ("overdue", lazy("only who is overdue")),
    ("unchecked", lazy("only work not checked")),
)
"""Whose rows are shown: code and title."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is handed in: the fields for `hand_in`."""

    kind: WorkKind
    date: date
    assignment: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """The whole matrix in numbers."""

    members: int = 0
    pieces: int = 0
    words: int = 0
    unchecked: int = 0
    owed: int = 0
    overdue: int = 0


class WorkTable:
    """The matrix as it is now; `load()` reads it again. `group` and `term` None are the book's own."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.by: By = "month"
        self.only: Only = "all"
        self.kind: WorkKind | None = None
        self.chosen_term: Term | None = None
        self.chosen_group: Group | None = None
        self.matrix = Matrix((), ())
        self.rows: dict[int, MatrixRow] = {}
        self.numbers: dict[int, int] = {}
        self.owed: dict[tuple[int, str], list[Owed]] = {}
        self.owed_by: dict[int, list[Owed]] = {}

    @property
    def term(self) -> Term:
        """The term shown, as it is now; NoSuchThing in a book that has none."""
        if self.chosen_term is not None:
            return self.book.terms.find(self.chosen_term.id) or self.book.term
        return self.book.term

    @property
    def group(self) -> Group:
        """The group shown; NoSuchThing in a book that has none."""
        if self.chosen_group is not None:
            return self.book.groups.find(self.chosen_group.id) or self.book.group
        return self.book.group

    def load(self) -> None:
        """Read the book; NoSuchThing when it has no term or group yet."""
        term, group = self.term, self.group
        self.matrix = work.matrix(self.book, by=self.by, term=term, group=group.id, kind=self.kind)
        self.rows = {row.member: row for row in self.matrix.rows}
        self.numbers = {row.member: at for at, row in enumerate(self.matrix.rows, 1)}
        self._load_owed(work.owed(self.book, term=term, group=group.id))

    def load_member(self, member: int) -> bool:
        """Read one row again; return whether that will do (False: there are other columns now, or other rows)."""
        if member not in self.rows:
            return False
        term, group = self.term, self.group.id
        alone = work.matrix(self.book, by=self.by, term=term, group=group, kind=self.kind, member=member)
        cells = dict(zip((column.key for column in alone.columns), alone.rows[0].cells, strict=True))
        if not cells.keys() <= {column.key for column in self.columns}:
            return False
        known = tuple(cells.get(column.key, Cell()) for column in self.columns)
        self.rows[member] = MatrixRow(member, known, alone.rows[0].total)
        self._load_owed(work.owed(self.book, term=term, group=group))
        return True

    def _load_owed(self, owed: Sequence[Owed]) -> None:
        places: dict[tuple[int, str], list[Owed]] = defaultdict(list)
        by_member: dict[int, list[Owed]] = defaultdict(list)
        for item in owed:
            if self.kind is None or item.assignment.kind is self.kind:
                places[item.member, self._key(item)].append(item)
                by_member[item.member].append(item)
        self.owed, self.owed_by = dict(places), dict(by_member)

    def _key(self, item: Owed) -> str:
        keys = {"month": f"{item.due:%Y-%m}", "kind": item.assignment.kind.value, "assignment": str(item.assignment.id)}
        return keys[self.by]

    def clear(self) -> None:
        """Show nothing."""
        self.matrix, self.rows, self.numbers, self.owed, self.owed_by = Matrix((), ()), {}, {}, {}, {}

    # ---- what stands where

    @property
    def columns(self) -> Sequence[Column]:
        """The columns, without the total."""
        return self.matrix.columns

    def titles(self) -> list[str]:
        """Return the columns' titles."""
        return [column_title(column) for column in self.columns]

    def members(self) -> list[int]:
        """Return the members whose rows are wanted, in printed order."""
        return [row.member for row in self.rows.values() if self._wanted(row)]

    def _wanted(self, row: MatrixRow) -> bool:
        if self.only == "all":
            return True
        if self.only == "unchecked":
            return any(piece.status is WorkStatus.HANDED_IN for piece in self.pieces(row.member, None))
        owed = self.owed_by.get(row.member, ())
        return any(item.overdue for item in owed) if self.only == "overdue" else bool(owed)

    def name(self, member: int) -> str:
        """Return a member's name."""
        return members.name_of(self.book, member)

    def cell(self, member: int, at: int) -> Cell:
        """Return a cell; the total for the column after the last."""
        row = self.rows.get(member)
        if row is None:
            return Cell()
        return row.cells[at] if at < len(row.cells) else row.total

    def pieces(self, member: int, at: int | None) -> list[Work]:
        """Return the pieces of a cell, by date; of all columns for None."""
        cell = self.cell(member, len(self.columns) if at is None else at)
        return [piece for one in cell.works if (piece := self.book.work.find(one)) is not None]

    def owed_at(self, member: int, at: int) -> list[Owed]:
        """Return what a member owes in a column; everything for the total."""
        if at >= len(self.columns):
            return self.owed_by.get(member, [])
        return self.owed.get((member, self.columns[at].key), [])

    def filled(self, member: int, at: int) -> bool:
        """Whether an assignment's cell is empty because work handed in without naming it counts for it."""
        if self.by != "assignment" or at >= len(self.columns):
            return False
        task, cell = self.columns[at].assignment, self.cell(member, at)
        asked = task is not None and (not task.members or member in task.members)
        return asked and not cell.works and not cell.missing

    def counts(self) -> Counts:
        """Return the numbers of everybody in the matrix."""
        totals = [row.total for row in self.matrix.rows]
        owed = [item for member in self.rows for item in self.owed_by.get(member, ())]
        pieces = sum(total.pieces for total in totals)
        return Counts(
            members=len(totals),
            pieces=pieces,
            words=sum(total.words for total in totals),
            unchecked=pieces - sum(total.checked for total in totals),
            owed=sum(item.missing for item in owed),
            overdue=sum(item.missing for item in owed if item.overdue),
        )

    # ---- where the next piece goes

    def place(self, member: int, at: int) -> Place | str:
        """Return where a piece that is handed in at a cell belongs, or the sentence why it belongs nowhere."""
        if at >= len(self.columns):
            return _("Move to a month, a kind or an assignment to hand something in.")
        column, owed = self.columns[at], self.owed_at(member, at)
        day = min(max(self.book.today, self.term.start), self.term.until)
        if column.assignment is not None:
            return Place(column.assignment.kind, day, column.assignment.id)
        task = owed[0].assignment if owed else None
        if column.kind is not None:
            return Place(column.kind, day, task.id if task else None)
        month = day_in(column.key, self.book.today)
        if month is None:
            return _("{month} is still to come.").format(month=column_title(column))
        kind = task.kind if task else self.kind or WorkKind.READING_NOTE
        return Place(kind, month, task.id if task else None)


def day_in(month: str, today: date) -> date | None:
    """Return today if it lies in the month ("2026-10"), the last day of a month gone by; None for one to come."""
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return None if first > today else min(last, today)


def column_title(column: Column) -> str:
    """Return what stands over a column."""
    if column.assignment is not None:
        return f"{column.assignment.due:%m-%d} {column.assignment.title}"
    if column.kind is not None:
        return title(column.kind)
    return month_name(int(column.key.rpartition("-")[2]))
