"""The pile of work that nobody has looked at: what one needs to know to check a piece, and checking many at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coordinator_tui.book.errors import Refused
from coordinator_tui.book.members import in_order, name_of
from coordinator_tui.book.overlaps import all_overlaps, overlaps_of
from coordinator_tui.book.texts import counts_of
from coordinator_tui.book.work import check, read_grade, work_json, works_of
from coordinator_tui.domain.vocabulary import WorkStatus
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.overlaps import Overlaps
    from coordinator_tui.domain.records import Term, Work
    from coordinator_tui.domain.vocabulary import WorkKind
    from coordinator_tui.text import Counts


@dataclass(frozen=True, slots=True)
class Waiting:
    """A piece with what one wants to know of it to check it.

    `counts` is its length both ways and `overlaps` what it shares with others, None where no text was kept; `needed` is
    the number of words asked of it; `earlier` the member's last piece of the kind that got a grade.
    """

    work: Work
    name: str
    counts: Counts | None
    needed: int | None
    earlier: Work | None
    overlaps: Overlaps | None

    @property
    def short(self) -> int:
        """How many words are missing; 0 where enough, or nothing is known."""
        return max((self.needed or 0) - self.work.words, 0) if self.work.words is not None else 0


def pile(
    book: Book,
    *,
    kind: WorkKind | None = None,
    assignment: int | None = None,
    group: int | None = None,
    term: Term | None = None,
) -> list[Work]:
    """Return the pieces of a term (the current one) that nobody has looked at, by date, then in printed order."""
    found = works_of(book, term=term or book.term, group=group, kind=kind, status=WorkStatus.HANDED_IN)
    place = {member.id: at for at, member in enumerate(in_order(book, book.members.mapping()))}
    wanted = [work for work in found if assignment is None or work.assignment == assignment]
    return sorted(wanted, key=lambda work: (work.date, place.get(work.member, -1), work.id))


def waiting(book: Book, work: int) -> Waiting:
    """Return a piece with what one wants to know of it."""
    return _waiting(book, book.work.get(work), overlaps_of(book, work))


def waiting_all(book: Book, works: Iterable[Work]) -> list[Waiting]:
    """Return many pieces with what one wants to know of them."""
    pieces = list(works)
    found = {overlaps.work.id: overlaps for overlaps in all_overlaps(book, pieces)}
    return [_waiting(book, work, found.get(work.id)) for work in pieces]


def check_all(
    book: Book,
    works: Iterable[Work],
    grade: str | None = None,
    *,
    short: str | None = None,
    checker: str | None = None,
    on: date | None = None,
) -> list[Work]:
    """Check many pieces in one step. Those shorter than what is asked of them get the grade `short`, if there is one.

    Refused for a grade that there is none of, and in a closed term; nothing is checked then.
    """
    pieces = list(works)
    if short is not None and grade is None:
        raise Refused(lazy("A grade for short pieces needs a grade for the others."))
    with book.step("work.check_pile", count=len(pieces), grade=grade):
        return [check(book, work.id, grade_for(book, work, grade, short), checker=checker, on=on) for work in pieces]


def grade_for(book: Book, work: Work, grade: str | None, short: str | None) -> str | None:
    """Return the grade of a piece in a pile: `short` where it has fewer words than are asked of it."""
    grade, short = read_grade(grade), read_grade(short)
    if short is None:
        return grade
    needed = needed_words(book, work)
    return short if needed is not None and work.words is not None and work.words < needed else grade


def needed_words(book: Book, work: Work) -> int | None:
    """Return how many words are asked of a piece: by its assignment, else by the rules in force; None for no number."""
    task = book.assignments.find(work.assignment) if work.assignment is not None else None
    if task is not None and task.words:
        return task.words
    return _ruled_words(book, work)


def _ruled_words(book: Book, work: Work) -> int | None:
    """Return the most words that a rule in force asks of each piece of the kind, where it binds the member."""
    from coordinator_tui.book.rules import packs
    from coordinator_tui.domain.rules.asks import answered
    from coordinator_tui.domain.rules.pack import Each, Source

    member = book.members.find(work.member)
    asked: list[float] = []
    for each in packs(book):
        for requirement in each.pack.requirements:
            what = requirement.what
            fits = what.source is Source.WORK and (not what.kinds or work.kind in what.kinds)
            if not fits or what.words_each is None or requirement.who.each is not Each.MEMBER:
                continue
            number = answered(what.words_each, each.answers, member.level if member else None)
            if isinstance(number, (int, float)) and _binds(book, requirement.key, work.member):
                asked.append(number)
    return int(max(asked)) if asked else None


def _binds(book: Book, requirement: str, member: int) -> bool:
    from coordinator_tui.book.rule_gaps import rows_of
    from coordinator_tui.domain.rules.result import State

    rows = rows_of(book, member=member, requirement=requirement)
    return any(gap.row.state is not State.EXEMPT for gap in rows)


def waiting_json(book: Book, one: Waiting) -> dict[str, Any]:
    """Return a piece as `work pile --json` prints it."""
    overlaps = one.overlaps.found if one.overlaps else ()
    return {
        **work_json(book, one.work),
        "han": one.counts.han if one.counts else None,
        "office": one.counts.office if one.counts else None,
        "needed": one.needed,
        "short": one.short,
        "earlier": one.earlier.grade if one.earlier else None,
        "overlap": round(one.overlaps.share, 4) if one.overlaps else None,
        "overlaps": [
            {
                "work": each.other.id,
                "name": each.name,
                "date": each.other.date.isoformat(),
                "share": round(each.share, 4),
            }
            for each in overlaps
        ],
    }


def _waiting(book: Book, work: Work, overlaps: Overlaps | None) -> Waiting:
    return Waiting(
        work=work,
        name=name_of(book, work.member),
        counts=counts_of(book, work.id),
        needed=needed_words(book, work),
        earlier=_earlier(book, work),
        overlaps=overlaps,
    )


def _earlier(book: Book, work: Work) -> Work | None:
    """Return the member's last piece of the kind before this one that got a grade."""
    graded = [
        other
        for other in book.work
        if other.member == work.member
        and other.kind is work.kind
        and other.grade
        and other.id != work.id
        and (other.date, other.id) < (work.date, work.id)
    ]
    return max(graded, key=lambda other: (other.date, other.id), default=None)
