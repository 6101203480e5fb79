"""The ledger of a book (落实对照表): the packs in force run over its records, kept up to date edit by edit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from coordinator_tui.book.groups import all_groups
from coordinator_tui.book.members import in_order
from coordinator_tui.book.rules import find_pack, packs, say
from coordinator_tui.domain.rules.result import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Term
    from coordinator_tui.domain.rules.engine import Adopted, Ledger, World
    from coordinator_tui.domain.rules.pack import Cadence, Clause, Pack, Requirement, Words
    from coordinator_tui.domain.rules.result import Evidence, Row

FRAME = ("packs", "terms", "calendar")
"""Tables whose change makes the ledger anew: what the rules are, and when is when."""

RECORDS = (
    "members", "memberships", "groups", "sessions", "attendance", "leaves", "work", "readings", "trainings", "pairs",
    "placements", "achievements", "entries",
)  # fmt: skip
"""Tables whose records a ledger rests on; a change of one recomputes only what depends on it."""

RULES = (*FRAME, *RECORDS)
"""Every table that a ledger rests on."""

_MANY = 200  # so many changes at once cost more one by one than a new start


def world(book: Book) -> World:
    """Return the records of a book as the engine reads them; the mappings are live."""
    from coordinator_tui.domain.rules.engine import World

    tables: dict[str, Any] = {
        table: book.collections[table].mapping() for table in (*RECORDS, *FRAME) if table not in {"packs", "attendance"}
    }
    order = tuple(member.id for member in in_order(book, book.members.mapping()))
    groups = tuple(group.id for group in all_groups(book))
    return World(today=book.today, attendance=book.attendance.documents(), order=order, group_order=groups, **tables)


def adopted(book: Book) -> list[Adopted]:
    """Return the packs in force as the engine takes them."""
    from coordinator_tui.domain.rules.engine import Adopted

    return [Adopted(pack=each.pack, answers=each.answers, since=None) for each in packs(book)]


class _Keeper:
    """The ledger of one term of one book; it hears of every change and takes it in when it is next asked."""

    def __init__(self, book: Book, term: Term) -> None:
        from coordinator_tui.domain.rules.engine import Ledger

        self._dirty: set[tuple[str, int]] = set()
        self.stale = False
        self._known = {table: dict(book.collections[table].mapping()) for table in RECORDS if table != "attendance"}
        self.ledger = Ledger(adopted(book), world(book), term.start, term.until)
        book.watch(self.hear)

    def hear(self, table: str, ids: Iterable[int] | None) -> None:
        """Note what changed."""
        if table not in RECORDS:
            return
        if ids is None:
            self.stale = True
        else:
            self._dirty.update((table, identity) for identity in ids)
            self.stale = self.stale or len(self._dirty) > _MANY

    def take_in(self, book: Book) -> None:
        """Recompute what rests on the records that changed."""
        dirty, self._dirty = self._dirty, set()
        if dirty:
            now = world(book)
            for table, identity in dirty:
                self._take_in_one(book, table, identity, now)

    def _take_in_one(self, book: Book, table: str, identity: int, now: World) -> None:
        known = self._known.get(table)
        if known is None:
            self._take_in_mark(book, identity, now)
            return
        old, new = known.pop(identity, None), book.collections[table].find(identity)
        if new is not None:
            known[identity] = new
        self.ledger.changed(table, identity, old, new, now)

    def _take_in_mark(self, book: Book, identity: int, now: World) -> None:
        new = book.attendance.find(identity)
        if new is None:  # whose it was is gone with it, and rolls are cleared mark by mark, not by deleting
            self.stale = True
        else:
            self.ledger.changed("attendance", identity, replace(new, mark=None), new, now)


class _Kept:
    """The keeper under its key; a stale one is put aside."""

    def __init__(self, keeper: _Keeper) -> None:
        self.keeper = keeper


def ledger(book: Book, term: Term | None = None) -> Ledger:
    """Return the ledger of a term (the current one), up to date."""
    within = term or book.term
    kept = book.derived(("rules", within.code, book.today), FRAME, lambda: _Kept(_Keeper(book, within)))
    kept.keeper.take_in(book)
    if kept.keeper.stale:
        kept.keeper = _Keeper(book, within)
    return kept.keeper.ledger


# the table: clause → requirement → evidence → gap


LineKind = Literal["requirement", "cadence", "remind", "text"]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of the ledger: a requirement of a clause, a series to plan, a reminder, or a clause that is text only.

    `rows` are its rows in the term; the counts are of them: those whom it binds, met, owing, overdue, exempt.
    """

    kind: LineKind
    pack: Pack
    clause: Clause
    requirement: Requirement | None = None
    cadence: Cadence | None = None
    remind: Words | None = None
    rows: tuple[Row, ...] = ()
    today: date = date.max

    @property
    def title(self) -> str:
        """What the line is about, in the language in force."""
        words = self.requirement or self.cadence
        return say(words.title) if words else say(self.remind or self.clause.text)

    def count(self, *states: State) -> int:
        """How many of the rows of periods that have begun are in one of these states."""
        return sum(1 for row in self.begun if row.state in states)

    @property
    def bound(self) -> int:
        """How many rows of periods that have begun ask for something."""
        return sum(1 for row in self.begun if row.state is not State.EXEMPT)

    @property
    def begun(self) -> tuple[Row, ...]:
        """Rows of periods that have begun."""
        return tuple(row for row in self.rows if row.period.start <= self.today)

    @property
    def needed(self) -> float:
        """What is needed of all together, in periods that have begun, as far as it is known."""
        return sum(row.needed or 0 for row in self.begun)

    @property
    def known(self) -> bool:
        """Whether it is known what is needed: not while a setting that the number hangs on is unanswered."""
        rows = self.begun or self.rows
        return not rows or any(row.needed is not None for row in rows)

    @property
    def done(self) -> float:
        """What was done of it."""
        return sum(row.done for row in self.begun)

    @property
    def gap(self) -> float:
        """What is missing of it by now."""
        return sum(row.gap for row in self.rows if row.owes)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The records that count, each once."""
        found = {(each.table, each.id): each for row in self.begun for each in row.evidence}
        return tuple(found.values())

    @property
    def state(self) -> State | None:
        """The worst that stands in the rows of periods that have begun, or in all where none has; None without rows.

        Where not everybody has done what is only advised, NOT_YET: nobody owes it.
        """
        states = {row.state for row in self.begun or self.rows}
        return next((state for state in _WORST if state in states), None)

    def to_json(self) -> dict[str, Any]:
        """Return the line as `rules ledger --json` prints it."""
        return {
            "pack": self.pack.id,
            "clause": self.clause.id,
            "kind": self.kind,
            "requirement": self.requirement.key if self.requirement else None,
            "title": self.title,
            "state": self.state.value if self.state else None,
            "bound": self.bound,
            "met": self.count(State.MET),
            "owing": self.count(State.DUE, State.OVERDUE),
            "overdue": self.count(State.OVERDUE),
            "exempt": self.count(State.EXEMPT),
            "needed": self.needed if self.known else None,
            "done": self.done,
            "gap": self.gap,
            "evidence": [{"table": each.table, "id": each.id} for each in self.evidence],
        }


_WORST = (State.SETTING_MISSING, State.OVERDUE, State.DUE, State.NOT_YET, State.MET, State.EXEMPT)


def ledger_lines(book: Book, *, term: Term | None = None, pack: str | None = None) -> list[LedgerLine]:
    """Return the ledger of a term (the current one), of all packs in force or of one, clause by clause."""
    chosen = [find_pack(book, pack)] if pack else packs(book)
    rows: dict[str, list[Row]] = {}
    for row in ledger(book, term).rows() if chosen else ():
        rows.setdefault(row.requirement.key, []).append(row)
    return [
        line for each in chosen for clause in each.pack.clauses for line in _lines(each.pack, clause, rows, book.today)
    ]


def _lines(pack: Pack, clause: Clause, rows: dict[str, list[Row]], today: date) -> Sequence[LedgerLine]:
    lines = [
        LedgerLine("requirement", pack, clause, requirement, rows=tuple(rows.get(requirement.key, ())), today=today)
        for requirement in clause.requirements
    ]
    lines += [LedgerLine("cadence", pack, clause, cadence=cadence) for cadence in clause.cadences]
    lines += [LedgerLine("remind", pack, clause, remind=words) for words in clause.remind]
    return lines or [LedgerLine("text", pack, clause)]
