"""One member's term on one page: attendance, work, leave, groups, what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordinator_tui.book.leaves import leaves_of
from coordinator_tui.book.marks import marks_by_session
from coordinator_tui.book.members import memberships_of, name_of
from coordinator_tui.book.roll import UNMARKED
from coordinator_tui.book.schedule import LIVE, sessions_of
from coordinator_tui.book.work import owed, works_of
from coordinator_tui.domain import people
from coordinator_tui.domain.attendance import Tally, no_counts
from coordinator_tui.domain.vocabulary import NOT_TAKEN, Mark

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Group, Leave, Member, Membership, Session, Term, Work
    from coordinator_tui.domain.work import Owed


@dataclass(frozen=True, slots=True)
class Attended:
    """A session at which the member was expected, and what the roll says; `mark` None is not taken."""

    session: Session
    mark: Mark | None
    minutes: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class MemberPage:
    """Everything about a member in a term; `sessions` by date, up to today in the tally, and those to come."""

    member: Member
    name: str
    term: Term
    groups: tuple[tuple[Membership, Group], ...]
    sessions: tuple[Attended, ...]
    tally: Tally
    work: tuple[Work, ...]
    owed: tuple[Owed, ...]
    leaves: tuple[Leave, ...]
    spouse: Member | None


def member_page(book: Book, member: int, term: Term | None = None) -> MemberPage:
    """One page of a member's term (the current one); NoSuchThing for an unknown member."""
    who, within = book.members.get(member), term or book.term
    sessions = tuple(_attended(book, session, member) for session in _expected(book, member, within))
    groups = ((membership, book.groups.find(membership.group)) for membership in memberships_of(book, member))
    return MemberPage(
        member=who,
        name=name_of(book, member),
        term=within,
        groups=tuple((membership, group) for membership, group in groups if group is not None),
        sessions=sessions,
        tally=_tally([part for part in sessions if part.session.date <= book.today]),
        work=tuple(works_of(book, term=within, member=member)),
        owed=tuple(owed(book, term=within, member=member)),
        leaves=tuple(leaves_of(book, term=within, member=member)),
        spouse=book.members.find(who.spouse) if who.spouse else None,
    )


def _expected(book: Book, member: int, term: Term) -> list[Session]:
    who = book.members.get(member)
    belonging = memberships_of(book, member)
    return [
        session
        for session in sessions_of(book, term)
        if session.status in LIVE
        and people.active_on(who, session.date)
        and any(m.group == session.group and people.belongs_on(m, session.date) for m in belonging)
    ]


def _attended(book: Book, session: Session, member: int) -> Attended:
    marked = marks_by_session(book).of(session.id).get(member, UNMARKED)
    return Attended(session, marked.mark, marked.minutes, marked.note)


def _tally(sessions: list[Attended]) -> Tally:
    counts = no_counts()
    for part in sessions:
        counts[part.mark or NOT_TAKEN] += 1
    return Tally(len(sessions), counts)
