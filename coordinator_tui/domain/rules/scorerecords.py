"""The records of one term as scoring needs them: by member and by group, with who belonged where and when."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from coordinator_tui.domain.people import active_on, belongs_on, name_key
from coordinator_tui.domain.rules.pack import Counted, Each
from coordinator_tui.domain.vocabulary import ATTENDED, Mark, SessionStatus, WorkStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from coordinator_tui.domain.records import Achievement, Entry, Membership, Pair, Session, Term, Work
    from coordinator_tui.domain.rules.world import World
    from coordinator_tui.domain.vocabulary import GroupKind, Role

    R = TypeVar("R", Work, Achievement, Entry)

_AUGUST = 8
_MARKS = {mark.value: mark for mark in Mark if mark is not Mark.EXEMPT}  # the exempt count neither for nor against


class MarkRow(NamedTuple):
    """One mark of somebody who was expected: its id, the session, who, what, and the minutes where they are known."""

    id: int
    session: Session
    member: int
    mark: Mark
    minutes: int | None


class Unit(NamedTuple):
    """Whom a score is of: a member, a group, or the school (id 0)."""

    each: Each
    id: int


def reach(term: Term, terms: Iterable[Term]) -> tuple[date, date]:
    """Return the days that a term is scored for: to the day before the next term, at most to 31 August.

    What is done in the holidays counts for the term before them, so that nothing is lost or counted twice.
    """
    opens_year = term.start.month >= _AUGUST
    summer = date(term.start.year + opens_year, 8, 31)
    later = min((other.start for other in terms if other.start > term.start), default=None)
    if later is not None:
        return term.start, max(term.until, min(later - timedelta(days=1), summer))
    return term.start, term.until if opens_year else max(term.until, summer)


class Records:
    """The records of a stretch of time by whom they concern; cancelled sessions and returned work are left out."""

    def __init__(self, world: World, term: Term) -> None:
        self.world = world
        self.term = term
        self.start, self.until = reach(term, world.terms.values())
        self._belonging: dict[tuple[int, int], list[Membership]] = defaultdict(list)
        self.members_of: dict[int, list[int]] = defaultdict(list)
        self.groups_of: dict[int, list[int]] = defaultdict(list)
        self._read_memberships()
        self.sessions = {
            session.id: session
            for session in sorted(world.sessions.values(), key=lambda session: (session.date, session.id))
            if self.in_time(session.date) and session.status is not SessionStatus.CANCELLED
        }
        self._marked: set[int] = set()
        self._rows = self._read_attendance()
        self.work = self._by_member(w for w in world.work.values() if w.status is not WorkStatus.RETURNED)
        self.achievements = self._by_member(world.achievements.values())

    def in_time(self, day: date) -> bool:
        """Tell whether a day is scored in this term."""
        return self.start <= day <= self.until

    def _read_memberships(self) -> None:
        for membership in sorted(self.world.memberships.values(), key=lambda each: each.id):
            self._belonging[membership.member, membership.group].append(membership)
            if self._in_term(membership.start, membership.until):
                _put(self.members_of[membership.group], membership.member)
                _put(self.groups_of[membership.member], membership.group)

    def _in_term(self, start: date | None, until: date | None) -> bool:
        return (start is None or start <= self.term.until) and (until is None or until >= self.term.start)

    def here(self, member: int) -> bool:
        """Tell whether somebody is an active member at any time of the term."""
        known = self.world.members.get(member)
        return known is not None and self._in_term(known.active_from, known.active_until)

    def people_of(self, unit: Unit) -> list[int]:
        """Return the members whom a unit consists of in this term, in the order of their ids."""
        if unit.each is Each.MEMBER:
            return [unit.id]
        known = self.world.members if unit.each is Each.SCHOOL else self.members_of.get(unit.id, ())
        return sorted(member for member in known if self.here(member))

    def belongs(self, member: int, group: int, day: date, roles: Sequence[Role] = ()) -> bool:
        """Tell whether somebody was an active member of a group on a day, in one of the roles if any are given."""
        known = self.world.members.get(member)
        return (
            known is not None
            and active_on(known, day)
            and any(
                belongs_on(each, day) and (not roles or each.role in roles)
                for each in self._belonging.get((member, group), ())
            )
        )

    def held_role(self, member: int, roles: Sequence[Role]) -> bool:
        """Tell whether somebody has one of the roles in any group at any time of the term."""
        return any(
            each.role in roles and self._in_term(each.start, each.until)
            for group in self.groups_of.get(member, ())
            for each in self._belonging[member, group]
        )

    def of_unit(self, member: int | None, day: date, unit: Unit) -> bool:
        """Tell whether what a member did on a day counts for a unit."""
        if member is None or unit.each is Each.SCHOOL:
            return unit.each is Each.SCHOOL
        return member == unit.id if unit.each is Each.MEMBER else self.belongs(member, unit.id, day)

    def _read_attendance(self) -> list[MarkRow]:
        """Return the marks of those who were expected: guests, and people before they joined, are not scored."""
        rows = filter(None, (self._row(identity, each) for identity, each in self.world.attendance.items()))
        return sorted(rows, key=lambda row: (row.session.date, row.session.id, row.id))

    @cached_property
    def _rows_of_members(self) -> dict[int, list[MarkRow]]:
        found: dict[int, list[MarkRow]] = defaultdict(list)
        for row in self._rows:
            found[row.member].append(row)
        return found

    @cached_property
    def _rows_of_groups(self) -> dict[int, list[MarkRow]]:
        found: dict[int, list[MarkRow]] = defaultdict(list)
        for row in self._rows:
            found[row.session.group].append(row)
        return found

    def _all_marks(self, unit: Unit) -> Sequence[MarkRow]:
        if unit.each is Each.SCHOOL:
            return self._rows
        rows = self._rows_of_members if unit.each is Each.MEMBER else self._rows_of_groups
        return rows.get(unit.id, ())

    def _row(self, identity: int, document: Mapping[str, Any]) -> MarkRow | None:
        session = self.sessions.get(_whole(document.get("session")) or 0)
        mark, member = document.get("mark"), _whole(document.get("member")) or 0
        if session is None or not isinstance(mark, str) or mark not in _MARKS:
            return None
        self._marked.add(session.id)
        expected = self.belongs(member, session.group, session.date)
        return MarkRow(identity, session, member, _MARKS[mark], _whole(document.get("minutes"))) if expected else None

    def marks(
        self, unit: Unit, kinds: Sequence[str], groups: Sequence[GroupKind], roles: Sequence[Role]
    ) -> list[MarkRow]:
        """Return the marks of a unit, by date; of these kinds of session, groups, and roles (empty: any)."""
        return [
            row
            for row in self._all_marks(unit)
            if (not kinds or row.session.kind in kinds)
            and self.group_is(row.session.group, groups)
            and (not roles or self.belongs(row.member, row.session.group, row.session.date, roles))
        ]

    def group_is(self, group: int, kinds: Sequence[GroupKind]) -> bool:
        """Tell whether a group is of one of the kinds (empty: any)."""
        return not kinds or ((known := self.world.groups.get(group)) is not None and known.kind in kinds)

    def _by_member(self, records: Iterable[R]) -> dict[int, list[R]]:
        found: dict[int, list[R]] = defaultdict(list)
        for record in sorted(records, key=lambda record: (record.date, record.id)):
            if record.member is not None and self.in_time(record.date):
                found[record.member].append(record)
        return found

    def of_people(self, records: Mapping[int, Sequence[R]], unit: Unit) -> list[R]:
        """Return the records of the unit's people, each from the time in which they belonged to it."""
        return [
            record
            for member in self.people_of(unit)
            for record in records.get(member, ())
            if self.of_unit(member, record.date, unit)
        ]

    @cached_property
    def _entries(self) -> list[Entry]:
        found = [entry for entry in self.world.entries.values() if self.in_time(entry.date)]
        return sorted(found, key=lambda entry: (entry.date, entry.id))

    def entries(self, unit: Unit, kinds: Sequence[str]) -> list[Entry]:
        """Return the lines of the register that name the unit or one of its people, by date."""
        return [
            entry
            for entry in self._entries
            if entry.kind in kinds
            and (
                self.of_unit(entry.member, entry.date, unit)
                or (unit.each is Each.GROUP and entry.group == unit.id and entry.member is None)
            )
        ]

    def pairs(self, unit: Unit, counted: Counted | None) -> list[Pair]:
        """Return the pairs of the term in which one of the unit's people is mentor (or apprentice)."""
        people = set(self.people_of(unit))
        found = [pair for pair in self.world.pairs.values() if self._in_term(pair.start, pair.until)]
        return sorted(
            (
                pair
                for pair in found
                if (pair.apprentice if counted is Counted.AS_APPRENTICE else pair.mentor) in people
            ),
            key=lambda pair: pair.id,
        )

    def held(self, unit: Unit, counted: Counted, kinds: Sequence[str]) -> list[Session]:
        """Return the sessions that took place and count for a unit: held, attended, spoken or hosted by its people."""
        return [session for session in self._counting(unit, counted) if not kinds or session.kind in kinds]

    def _counting(self, unit: Unit, counted: Counted) -> Iterable[Session]:
        if counted is Counted.ATTENDED:
            came = {row.session.id: row.session for row in self._all_marks(unit) if row.mark in ATTENDED}
            return [session for session in came.values() if self._took_place(session)]
        if counted is Counted.SPOKEN:
            return self._by_people(self._spoken, unit)
        if counted is Counted.HOSTED:
            return self._by_people(self._hosted, unit)
        own = () if unit.each is Each.MEMBER else self.sessions.values()
        return [s for s in own if self._took_place(s) and (unit.each is Each.SCHOOL or s.group == unit.id)]

    def _took_place(self, session: Session) -> bool:
        if session.status is SessionStatus.HELD:
            return True
        return session.date <= self.world.today and session.id in self._marked

    def _by_people(self, sessions: Mapping[int, Sequence[Session]], unit: Unit) -> list[Session]:
        found = [
            session
            for member in self.people_of(unit)
            for session in sessions.get(member, ())
            if self.of_unit(member, session.date, unit)
        ]
        return sorted(found, key=lambda session: (session.date, session.id))

    @cached_property
    def _spoken(self) -> dict[int, list[Session]]:
        return self._people_of_sessions(lambda session: (session.speaker_member, session.speaker))

    @cached_property
    def _hosted(self) -> dict[int, list[Session]]:
        return self._people_of_sessions(lambda session: (None, session.host))

    def _people_of_sessions(
        self, named: Callable[[Session], tuple[int | None, str | None]]
    ) -> dict[int, list[Session]]:
        """Return the sessions of each member who is linked to them, or named there in full and no namesake."""
        found: dict[int, list[Session]] = defaultdict(list)
        for session in self.sessions.values():
            if self._took_place(session):
                linked, text = named(session)
                member = linked if linked is not None else self._only(text, session)
                if member is not None:
                    found[member].append(session)
        return found

    def _only(self, text: str | None, session: Session) -> int | None:
        called = self._called.get(name_key(text), ()) if text else ()
        fits = [member for member in called if self.belongs(member, session.group, session.date)]
        return fits[0] if len(fits) == 1 else None

    @cached_property
    def _called(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for member in self.world.members.values():
            found[name_key(member.name)].append(member.id)
        return found


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _put(into: list[int], value: int) -> None:
    if value not in into:
        into.append(value)
