"""The term summary of a group or a member: the domain computes it, the book feeds it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coordinator_tui.book.members import PEOPLE, in_order
from coordinator_tui.domain import summary as rules

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Term
    from coordinator_tui.domain.summary import MemberSummary, Summary

TABLES = (*PEOPLE, "terms", "sessions", "attendance", "work", "assignments", "leaves")
"""The tables that a summary rests on."""


def group_summary(book: Book, *, term: Term | None = None, group: int | None = None, scored: bool = False) -> Summary:
    """Return the summary of a term (the current one) for a group (the book's own); 0 means everybody in the book.

    `.to_json()` is what `summary --json` prints. Kept until something it rests on changes. With `scored` each member
    has the score of the first assessment of members in points that is in force; a large school waits for that longer.
    """
    within = term or book.term
    where = book.group.id if group is None else group
    found = book.derived(("summary", within.code, where, book.today), TABLES, lambda: _summarise(book, within, where))
    return _with_scores(book, found, within) if scored and len(book.packs) else found


def member_summary(
    book: Book, member: int, *, term: Term | None = None, group: int | None = None, scored: bool = False
) -> MemberSummary:
    """One member's row of the summary of everything they were expected at; NoSuchThing for an unknown member."""
    book.members.get(member)
    found = group_summary(book, term=term, group=group or 0, scored=scored)
    return next((row for row in found.members if row.member == member), rules.MemberSummary.empty(member))


def _with_scores(book: Book, summary: rules.Summary, term: Term) -> rules.Summary:
    from coordinator_tui.book.rule_scores import assessments, scores
    from coordinator_tui.domain.rules.pack import Each

    chosen = next(((pack, one) for pack, one in assessments(book) if one.each is Each.MEMBER and not one.unit), None)
    if chosen is None:
        return summary
    known = scores(book, term=term, assessment=f"{chosen[0].id}/{chosen[1].id}")
    points = {scored.member: scored.score.total for scored in known}
    return replace(summary, members=tuple(replace(row, score=points.get(row.member)) for row in summary.members))


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
