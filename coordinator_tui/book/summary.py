"""The term summary of a group or a member: the domain computes it, the book feeds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book.members import PEOPLE, in_order
from coordinator_tui.domain import summary as rules

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Term
    from coordinator_tui.domain.summary import MemberSummary, Summary

TABLES = (*PEOPLE, "terms", "sessions", "attendance", "work", "assignments", "leaves")
"""The tables that a summary rests on."""


def group_summary(book: Book, *, term: Term | None = None, group: int | None = None) -> Summary:
    """Return the summary of a term (the current one) for a group (the book's own); 0 means everybody in the book.

    `.to_json()` is what `summary --json` prints. Kept until something it rests on changes.
    """
    within = term or book.term
    where = book.group.id if group is None else group
    return book.derived(("summary", within.code, where, book.today), TABLES, lambda: _summarise(book, within, where))


def member_summary(book: Book, member: int, *, term: Term | None = None, group: int | None = None) -> MemberSummary:
    """One member's row of the summary of everything they were expected at; NoSuchThing for an unknown member."""
    book.members.get(member)
    found = group_summary(book, term=term, group=group or 0)
    return next((row for row in found.members if row.member == member), rules.MemberSummary.empty(member))


def _summarise(book: Book, term: Term, group: int) -> Summary:
    return rules.summarise(
        term,
        book.sessions.documents(),
        book.attendance.documents(),
        book.work.documents(),
        in_order(book, book.members.mapping()),
        book.memberships.all(),
        book.assignments.all(),
        book.today,
        group=book.groups.find(group),
    )
