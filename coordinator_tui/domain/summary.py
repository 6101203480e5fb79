"""A term in numbers: sessions, attendance and work of a group and of each member, in one pass over the documents.

Denominators are honest: those not taken, exempt, not yet or no longer members and everybody at cancelled sessions count
against nobody and are shown apart. Sessions, attendance and work come as the raw JSON documents, because a central
school has tens of thousands of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date as Date  # noqa: N812 - a field named `date` would hide the type
from typing import TYPE_CHECKING, Any, NamedTuple

from coordinator_tui.domain.attendance import COUNTED, Tally, no_counts
from coordinator_tui.domain.people import display_names
from coordinator_tui.domain.terms import week_of
from coordinator_tui.domain.vocabulary import NOT_TAKEN, Mark, SessionKind, SessionStatus, WorkKind, WorkStatus
from coordinator_tui.domain.work import owed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from coordinator_tui.domain.records import Assignment, Group, Member, Membership, Term

    Documents = Mapping[int, Mapping[str, Any]]

_MARKS = frozenset(mark.value for mark in Mark)
_KINDS = frozenset(kind.value for kind in WorkKind)


@dataclass(slots=True)
class WorkSummary:
    """Work of one kind: `pieces` and `words` are without returned work; `members` is how many people it came from."""

    pieces: int = 0
    words: int = 0
    members: int = 0
    checked: int = 0
    returned: int = 0
    grades: dict[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the counts under their names."""
        return {
            "pieces": self.pieces,
            "words": self.words,
            "members": self.members,
            "checked": self.checked,
            "returned": self.returned,
            "grades": dict(sorted(self.grades.items())),
        }

    def add(self, document: Mapping[str, Any]) -> None:
        """Count one piece of work."""
        status = document.get("status")
        if status == WorkStatus.RETURNED:
            self.returned += 1
            return
        self.pieces += 1
        words = document.get("words")
        self.words += words if isinstance(words, int) else 0
        self.checked += status == WorkStatus.CHECKED
        grade = document.get("grade")
        if isinstance(grade, str):
            self.grades[grade] = self.grades.get(grade, 0) + 1

    def merge(self, other: WorkSummary) -> None:
        """Add another member's work."""
        self.pieces += other.pieces
        self.words += other.words
        self.members += 1
        self.checked += other.checked
        self.returned += other.returned
        for grade, count in other.grades.items():
            self.grades[grade] = self.grades.get(grade, 0) + count


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """One session of the term that counts, with its roll."""

    session: int
    date: Date
    week: int
    kind: SessionKind | None
    topic: str | None
    tally: Tally


@dataclass(frozen=True, slots=True)
class KindSummary:
    """All sessions of one kind together."""

    sessions: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class MemberSummary:
    """One member's term; `owed` are pieces overdue or due by now; `score` is None while no scoring rule is in force."""

    member: int
    name: str
    tally: Tally
    work: Mapping[str, WorkSummary]
    owed: int = 0
    score: float | None = None

    @classmethod
    def empty(cls, member: int, name: str = "") -> MemberSummary:
        """Return the row of somebody who was expected nowhere."""
        return cls(member, name, Tally(0, no_counts()), {})

    def to_json(self) -> dict[str, Any]:
        """Return the row as `summary --json` prints it."""
        return {
            "member": self.member,
            "name": self.name,
            "attendance": tally_json(self.tally),
            "work": {kind: work.to_json() for kind, work in self.work.items()},
            "owed": self.owed,
            "score": self.score,
        }


@dataclass(frozen=True, slots=True)
class Summary:
    """The summary of a term.

    `planned`, `held` and `cancelled` are all sessions of the term; `untaken` of the planned ones are past without a
    roll. `tally` rests on every session up to `today` that was not cancelled. `extra` marks are of people who were not
    expected and count nowhere.
    """

    term: str
    group: str
    today: Date
    planned: int
    held: int
    cancelled: int
    untaken: int
    tally: Tally
    kinds: Mapping[str, KindSummary]
    sessions: tuple[SessionSummary, ...]
    work: Mapping[str, WorkSummary]
    members: tuple[MemberSummary, ...]
    extra: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return the summary as `summary --json` prints it."""
        return {
            "term": self.term,
            "group": self.group,
            "date": self.today.isoformat(),
            "sessions": {
                "planned": self.planned,
                "held": self.held,
                "cancelled": self.cancelled,
                "untaken": self.untaken,
            },
            "attendance": tally_json(self.tally) | {"extra": self.extra, "kinds": self._kinds_json()},
            "work": {kind: work.to_json() for kind, work in self.work.items()},
            "members": [member.to_json() for member in self.members],
        }

    def _kinds_json(self) -> dict[str, Any]:
        return {kind: {"sessions": one.sessions} | tally_json(one.tally) for kind, one in self.kinds.items()}


def tally_json(tally: Tally) -> dict[str, Any]:
    """Return a tally as JSON; the rate has four decimals."""
    rate = tally.rate
    return {
        "expected": tally.expected,
        "attended": tally.attended,
        "rate": None if rate is None else round(rate, 4),
        "counts": dict(tally.counts),
    }


@dataclass(slots=True)
class _Roll:
    """One session's roll being counted; `open` are those expected who have no mark yet."""

    session: int
    document: Mapping[str, Any]
    date: Date
    expected: frozenset[int]
    open: set[int]
    counts: dict[str, int]


def summarise(  # noqa: PLR0917 - a summary rests on all of these tables
    term: Term,
    sessions: Documents,
    attendance: Documents,
    works: Documents,
    members: Iterable[Member],
    memberships: Iterable[Membership],
    assignments: Iterable[Assignment],
    today: Date,
    *,
    group: Group | None = None,
) -> Summary:
    """Summarise `term` as of `today` for `group`, or for everybody when it is None.

    `sessions`, `attendance` and `works` are documents by id, of any term and group. The rows of the result are those
    who belonged to the group at any time of the term, in the order of `members`.
    """
    people = list(members)
    belonging = [one for one in memberships if group is None or one.group == group.id]
    rows = _rows(people, belonging, term, everybody=group is None)
    in_term = _sessions(sessions, term, group)
    rolls = _rolls(in_term, _Belonging(people, belonging), today)
    counts = {member.id: no_counts() for member in rows}
    extra = _count_marks(rolls, attendance, counts)
    own_work = _count_work(works, term, counts.keys())
    debts = _debts(_due(assignments, term, today, group), works, people, belonging, today)
    names = display_names(people)
    statuses = [(document.get("status"), day) for document, day in in_term.values()]
    return Summary(
        term=term.code,
        group=group.name if group else "",
        today=today,
        planned=sum(1 for status, _day in statuses if status not in {SessionStatus.HELD, SessionStatus.CANCELLED}),
        held=sum(1 for status, _day in statuses if status == SessionStatus.HELD),
        cancelled=sum(1 for status, _day in statuses if status == SessionStatus.CANCELLED),
        untaken=sum(1 for roll in rolls.values() if roll.expected and len(roll.open) == len(roll.expected)),
        tally=_total(roll.counts for roll in rolls.values()),
        kinds=_kinds(rolls.values()),
        sessions=tuple(_session_row(roll, term) for roll in _by_date(rolls.values())),
        work=_all_work(own_work),
        members=tuple(
            MemberSummary(
                member.id,
                names[member.id],
                _total([counts[member.id]]),
                _ordered(own_work.get(member.id, {})),
                debts.get(member.id, 0),
            )
            for member in rows
        ),
        extra=extra,
    )


def _rows(people: Sequence[Member], belonging: Sequence[Membership], term: Term, *, everybody: bool) -> list[Member]:
    """Return the members that have a row: who belonged at any time of the term."""
    inside = {
        one.member
        for one in belonging
        if (one.start is None or one.start <= term.until) and (one.until is None or one.until >= term.start)
    }
    return [
        member
        for member in people
        if (everybody or member.id in inside)
        and (member.active_from is None or member.active_from <= term.until)
        and (member.active_until is None or member.active_until >= term.start)
    ]


def _sessions(documents: Documents, term: Term, group: Group | None) -> dict[int, tuple[Mapping[str, Any], Date]]:
    """Return the sessions of the term and group, with their dates."""
    first, last = term.start.isoformat(), term.until.isoformat()
    found = {}
    for identity, document in documents.items():
        day = document.get("date")
        wanted = group is None or document.get("group") == group.id
        if wanted and isinstance(day, str) and first <= day <= last:
            found[identity] = document, Date.fromisoformat(day)
    return found


class _Belonging:
    """Who belongs to which group on a day; a set is made once for all days on which nobody comes or goes."""

    def __init__(self, people: Iterable[Member], memberships: Iterable[Membership]) -> None:
        active = {member.id: (member.active_from, member.active_until) for member in people}
        self._always: dict[int, set[int]] = defaultdict(set)
        self._sometimes: dict[int, list[tuple[int, Date, Date]]] = defaultdict(list)
        for one in memberships:
            if one.member not in active:
                continue
            first = max(filter(None, (one.start, active[one.member][0])), default=Date.min)
            last = min(filter(None, (one.until, active[one.member][1])), default=Date.max)
            if (first, last) == (Date.min, Date.max):
                self._always[one.group].add(one.member)
            else:
                self._sometimes[one.group].append((one.member, first, last))
        self._known: dict[tuple[int, frozenset[int]], frozenset[int]] = {}

    def on(self, group: int, day: Date) -> frozenset[int]:
        """Return the ids of those who belong to `group` on `day`."""
        passing = frozenset(member for member, first, last in self._sometimes.get(group, ()) if first <= day <= last)
        known = self._known.get((group, passing))
        if known is None:
            known = self._known[group, passing] = frozenset(self._always.get(group, ())) | passing
        return known


def _rolls(
    sessions: Mapping[int, tuple[Mapping[str, Any], Date]], belonging: _Belonging, today: Date
) -> dict[int, _Roll]:
    """Return empty rolls of the sessions that count: not cancelled, and past or held."""
    rolls = {}
    for identity, (document, day) in sessions.items():
        status = document.get("status")
        if status != SessionStatus.CANCELLED and (day <= today or status == SessionStatus.HELD):
            there = belonging.on(document.get("group", 0), day)
            rolls[identity] = _Roll(identity, document, day, there, set(there), no_counts())
    return rolls


def _count_marks(rolls: Mapping[int, _Roll], attendance: Documents, members: Mapping[int, dict[str, int]]) -> int:
    """Count every mark for its session and its member; return how many belong to nobody who was expected."""
    extra = 0
    for document in attendance.values():
        roll = rolls.get(document.get("session", 0))
        mark = document.get("mark")
        if roll is None or mark not in _MARKS:
            continue
        member = document.get("member", 0)
        if member in roll.open:
            roll.open.remove(member)
            roll.counts[mark] += 1
            members[member][mark] += 1
        elif member not in roll.expected:
            extra += 1
    for roll in rolls.values():
        roll.counts[NOT_TAKEN] = len(roll.open)
        for member in roll.open:
            members[member][NOT_TAKEN] += 1
    return extra


def _count_work(works: Documents, term: Term, members: Iterable[int]) -> dict[int, dict[str, WorkSummary]]:
    """Count the work of the term by member and kind."""
    first, last = term.start.isoformat(), term.until.isoformat()
    found: dict[int, dict[str, WorkSummary]] = {member: {} for member in members}
    for document in works.values():
        kinds = found.get(document.get("member", 0))
        kind = document.get("kind")
        day = document.get("date")
        if kinds is None or kind not in _KINDS or not isinstance(day, str) or not first <= day <= last:
            continue
        own = kinds.get(kind)
        if own is None:
            own = kinds[kind] = WorkSummary(members=1)
        own.add(document)
    return found


def _all_work(own: Mapping[int, Mapping[str, WorkSummary]]) -> dict[str, WorkSummary]:
    total: dict[str, WorkSummary] = {}
    for kinds in own.values():
        for kind, work in kinds.items():
            total.setdefault(kind, WorkSummary()).merge(work)
    return _ordered(total)


def _ordered(work: Mapping[str, WorkSummary]) -> dict[str, WorkSummary]:
    return {kind.value: work[kind] for kind in WorkKind if kind in work}


def _total(counts: Iterable[Mapping[str, int]]) -> Tally:
    total = no_counts()
    for one in counts:
        for key in COUNTED:
            total[key] += one[key]
    return Tally(sum(total.values()), total)


def _kinds(rolls: Iterable[_Roll]) -> dict[str, KindSummary]:
    """Return the tally of each kind of session, in the order of the kinds; "" for sessions without one."""
    by_kind: dict[str, list[_Roll]] = defaultdict(list)
    for roll in rolls:
        by_kind[_kind(roll) or ""].append(roll)
    keys = [key for key in (*SessionKind, "") if key in by_kind]
    return {str(key): KindSummary(len(by_kind[key]), _total(roll.counts for roll in by_kind[key])) for key in keys}


def _kind(roll: _Roll) -> SessionKind | None:
    code = roll.document.get("kind")
    return SessionKind(code) if code in set(SessionKind) else None


def _by_date(rolls: Iterable[_Roll]) -> list[_Roll]:
    return sorted(rolls, key=lambda roll: (roll.date, roll.document.get("start") or "", roll.session))


def _session_row(roll: _Roll, term: Term) -> SessionSummary:
    topic = roll.document.get("topic")
    return SessionSummary(
        roll.session, roll.date, week_of(term, roll.date), _kind(roll), topic, Tally(len(roll.expected), roll.counts)
    )


class _Piece(NamedTuple):
    """What of a piece of work says for which assignment it counts."""

    id: int
    member: int
    kind: WorkKind
    date: Date
    status: WorkStatus
    assignment: int | None
    reading: int | None


def _pieces(works: Documents, kinds: Iterable[str]) -> Iterator[_Piece]:
    wanted = frozenset(kinds)
    for identity, document in works.items():
        kind, day, status = document.get("kind"), document.get("date"), document.get("status")
        if kind in wanted and isinstance(day, str):
            state = WorkStatus.RETURNED if status == WorkStatus.RETURNED else WorkStatus.HANDED_IN
            yield _Piece(
                identity,
                document.get("member", 0),
                WorkKind(kind),
                Date.fromisoformat(day),
                state,
                document.get("assignment"),
                document.get("reading"),
            )


def _debts(
    tasks: Sequence[Assignment],
    works: Documents,
    people: Iterable[Member],
    memberships: Iterable[Membership],
    today: Date,
) -> dict[int, int]:
    """Count the pieces that each member still owes of `tasks`."""
    if not tasks:
        return {}
    pieces = list(_pieces(works, {task.kind.value for task in tasks}))
    missing: dict[int, int] = defaultdict(int)
    for item in owed(tasks, pieces, {member.id: member for member in people}, memberships, today):
        missing[item.member] += item.missing
    return missing


def _due(assignments: Iterable[Assignment], term: Term, today: Date, group: Group | None) -> list[Assignment]:
    """Return the assignments of the term and group that are due by `today`."""
    return [
        task
        for task in assignments
        if term.start <= task.due <= min(term.until, today) and (group is None or task.group == group.id)
    ]
