"""The check of study notes (教师学习笔记检查): what each member was to hand in over a time, and what came of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from coordinator_tui.book.members import in_order, members_of, name_of
from coordinator_tui.book.overlaps import all_overlaps
from coordinator_tui.book.work import assignments_of, works_of
from coordinator_tui.domain.vocabulary import WorkKind, WorkStatus
from coordinator_tui.domain.work import asked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.overlaps import Shared
    from coordinator_tui.domain.records import Member, Term, Work

NOTES = (WorkKind.READING_NOTE, WorkKind.STUDY_NOTE)
"""What the form is about unless other kinds are named."""


@dataclass(frozen=True, slots=True)
class NoteCheck:
    """One member's line of the form.

    `asked_pieces` and `asked_words` are by assignments and rules, whichever asks for more (both mean the same pieces);
    None where nothing is asked. `works` came in and were not given back; `shared` is what has most in common with
    another piece. What no record tells, such as the number of excerpts, is not here.
    """

    member: Member
    name: str
    asked_pieces: int | None
    asked_words: int | None
    works: tuple[Work, ...]
    returned: tuple[Work, ...]
    insights: int
    shared: Shared | None
    topics: tuple[str, ...]

    @property
    def words(self) -> int:
        """The words of all that came in."""
        return sum(work.words or 0 for work in self.works)

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades, in the order in which the pieces came in."""
        return tuple(work.grade for work in self.works if work.grade)

    @property
    def unchecked(self) -> int:
        """How many pieces nobody has looked at."""
        return sum(work.status is WorkStatus.HANDED_IN for work in self.works)

    @property
    def checked_on(self) -> date | None:
        """The day of the last check."""
        return max((work.checked_on for work in self.works if work.checked_on), default=None)

    @property
    def checkers(self) -> tuple[str, ...]:
        """Who checked, each once."""
        return tuple(dict.fromkeys(work.checker for work in self.works if work.checker))


def note_checks(
    book: Book,
    *,
    term: Term | None = None,
    group: int | None = None,
    kinds: Sequence[WorkKind] = NOTES,
    since: date | None = None,
    until: date | None = None,
) -> list[NoteCheck]:
    """Return a line for each member of a group (everybody for None), in printed order.

    What counts is what came in from `since` to `until`, and what was due then: by default from the beginning of the
    term (the current one) up to today.
    """
    within = term or book.term
    time = _Time(since or within.start, until or min(book.today, within.until), tuple(kinds))
    people = members_of(book, group, time.last) if group is not None else in_order(book, book.members.mapping())
    came = [work for work in works_of(book) if time.first <= work.date <= time.last]
    notes = [work for work in came if work.kind in time.kinds]
    insights = Counter(
        work.member for work in came if work.kind is WorkKind.INSIGHT and work.status is not WorkStatus.RETURNED
    )
    shared = {one.work.id: one.found[0] for one in all_overlaps(book, notes)}
    tasks, rules = _by_assignments(book, group, time), _by_rules(book, within, group, time)
    return [
        _line(
            book,
            member,
            [work for work in notes if work.member == member.id],
            shared,
            asked_pieces=max(tasks[member.id][0], rules[member.id][0]) or None,
            asked_words=max(tasks[member.id][1], rules[member.id][1]) or None,
            insights=insights[member.id],
        )
        for member in people
    ]


class _Time(NamedTuple):
    """From when until when, and for which kinds of notes."""

    first: date
    last: date
    kinds: tuple[WorkKind, ...]

    def holds(self, day: date) -> bool:
        """Tell whether a day is in the time."""
        return self.first <= day <= self.last


def _line(
    book: Book, member: Member, notes: Sequence[Work], shared: Mapping[int, Shared], **known: Any  # noqa: ANN401 - numbers
) -> NoteCheck:  # fmt: skip
    counting = [work for work in notes if work.status is not WorkStatus.RETURNED]
    return NoteCheck(
        member=member,
        name=name_of(book, member.id),
        works=tuple(counting),
        returned=tuple(work for work in notes if work.status is WorkStatus.RETURNED),
        shared=max(
            (shared[work.id] for work in counting if work.id in shared), key=lambda one: one.share, default=None
        ),
        topics=_topics(book, counting),
        **known,
    )


def _topics(book: Book, works: Sequence[Work]) -> tuple[str, ...]:
    """Return what the pieces are about: the reading where one is named, else the title."""
    readings = (book.readings.find(work.reading) if work.reading is not None else None for work in works)
    names = (reading.title if reading else work.title for work, reading in zip(works, readings, strict=True))
    return tuple(dict.fromkeys(name for name in names if name))


def _by_assignments(book: Book, group: int | None, time: _Time) -> dict[int, list[int]]:
    """Return how many pieces and words assignments that were due in the time ask of each member."""
    wanted: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    members, memberships = book.members.mapping(), book.memberships.all()
    for task in assignments_of(book, group=group):
        if task.kind in time.kinds and time.holds(task.due):
            for member in asked(task, members, memberships, book.today):
                wanted[member][0] += task.pieces
                wanted[member][1] += task.pieces * (task.words or 0)
    return wanted


def _by_rules(book: Book, term: Term, group: int | None, time: _Time) -> dict[int, list[int]]:
    """Return how many pieces and words the rules in force ask of each member in the time.

    One piece counts for every rule that it fits, so that of several rules the one that asks for most is what is owed.
    """
    from coordinator_tui.book.rule_gaps import rows_of
    from coordinator_tui.domain.rules.pack import Each, Source
    from coordinator_tui.domain.rules.result import State

    by_rule: dict[tuple[int, str], list[float]] = defaultdict(lambda: [0, 0])
    for gap in rows_of(book, term=term, group=group):
        row, what = gap.row, gap.row.requirement.what
        fits = what.source is Source.WORK and row.each is Each.MEMBER and any(kind in time.kinds for kind in what.kinds)
        if fits and row.needed and row.state is not State.EXEMPT and time.holds(row.due):
            for at, amount in enumerate(_amounts(book, gap.pack.id, row)):
                by_rule[row.unit, row.requirement.key][at] += amount
    wanted: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for (member, _key), amounts in by_rule.items():
        wanted[member] = [max(known, round(amount)) for known, amount in zip(wanted[member], amounts, strict=True)]
    return wanted


def _amounts(book: Book, pack: str, row: Any) -> tuple[float, float]:  # noqa: ANN401 - a row of the ledger
    """Return the pieces and words that a row asks for; words are those of each piece where the rule counts pieces."""
    from coordinator_tui.book.rules import find_pack
    from coordinator_tui.domain.rules.asks import answered
    from coordinator_tui.domain.rules.pack import Measure

    what, needed = row.requirement.what, float(row.needed)
    if what.measure is Measure.WORDS:
        return 0, needed
    if what.measure is not Measure.COUNT:
        return 0, 0
    member = book.members.find(row.unit)
    each = answered(what.words_each, find_pack(book, pack).answers, member.level if member else None)
    return needed, needed * each if isinstance(each, (int, float)) else 0
