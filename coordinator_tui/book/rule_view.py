"""What screens ask of the rules before anything is computed, and the ledger narrowed to what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.rule_gaps import Gap
    from coordinator_tui.book.rule_ledger import LedgerLine
    from coordinator_tui.domain.records import Term
    from coordinator_tui.domain.rules.result import Row

MANY = 200
"""With more members than this the ledger takes so long that it is computed only when somebody asks for it."""


def in_force(book: Book) -> bool:
    """Tell whether any pack is in force, without reading it."""
    return any(pack.text and pack.dropped_on is None for pack in book.packs.mapping().values())


def is_large(book: Book) -> bool:
    """Tell whether computing the ledger is worth a question."""
    return len(book.members) > MANY


def prepare(texts: Iterable[tuple[str, str]]) -> None:
    """Import the engine and read packs (text, id), so that the ledger is computed sooner; touches no book.

    Fit for a thread of its own.
    """
    from coordinator_tui.book.errors import Refused
    from coordinator_tui.book.rule_tasks import due_items  # noqa: F401 - imported to have it ready
    from coordinator_tui.book.rules import read_kept
    from coordinator_tui.domain.rules.engine import Ledger  # noqa: F401 - likewise

    for text, name in texts:
        try:
            read_kept(text, name)
        except Refused:
            continue


def texts_in_force(book: Book) -> list[tuple[str, str]]:
    """Return text and id of the packs in force, for `prepare`."""
    packs = book.packs.mapping().values()
    return [(pack.text, pack.pack) for pack in packs if pack.text and pack.dropped_on is None]


# the ledger's lines, narrowed


def narrowed(
    lines: Iterable[LedgerLine], *, member: int | None = None, owing: bool = False, every: bool = True
) -> list[LedgerLine]:
    """Return the lines with only the rows of a member, or only the rows that are owed.

    Unless `every`, lines without such a row are left out.
    """
    from dataclasses import replace

    found = [replace(line, rows=tuple(_rows(line, member, owing=owing))) for line in lines]
    return [line for line in found if every or line.rows]


def _rows(line: LedgerLine, member: int | None, *, owing: bool) -> Iterable[Row]:
    from coordinator_tui.domain.rules.pack import Each

    for row in line.rows:
        mine = member is None or (row.unit == member and row.each is Each.MEMBER)
        if mine and (row.owes or not owing):
            yield row


def row_of(book: Book, requirement: str, unit: int, label: str, term: Term | None = None) -> Gap | None:
    """Return one row of the ledger with its names; None when the rules do not make it any more."""
    from coordinator_tui.book.rule_gaps import rows_of

    rows = rows_of(book, term=term, requirement=requirement)
    return next((gap for gap in rows if gap.row.unit == unit and gap.row.period.label == label), None)
