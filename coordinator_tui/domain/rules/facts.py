"""The records of a book, found by whom they are about; kept up to date change by change."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from coordinator_tui.domain.records import Attendance
from coordinator_tui.domain.vocabulary import ATTENDED, Mark, SessionStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coordinator_tui.domain.records import (
        Achievement,
        Entry,
        Group,
        Leave,
        Member,
        Membership,
        Pair,
        Placement,
        Reading,
        Record,
        Session,
        Training,
        Work,
    )
    from coordinator_tui.domain.rules.world import World
    from coordinator_tui.domain.vocabulary import GroupKind

_BY = {
    "memberships": ("member", "group"),
    "sessions": ("group", "speaker_member"),
    "leaves": ("member",),
    "work": ("member", "reading"),
    "readings": (),
    "trainings": ("member",),
    "pairs": ("mentor", "apprentice"),
    "placements": ("member",),
    "achievements": ("member",),
    "entries": ("member", "group", "session", "training", "placement"),
    "members": (),
    "groups": (),
}
"""Fields by which the records of each table are found."""

_MARKS = {mark.value: mark for mark in Mark}
_NOBODY: dict[int, Any] = {}


class Facts:
    """All records by id, and by the fields of `_BY`; marks by member and by session."""

    def __init__(self, world: World) -> None:
        self.tables: dict[str, dict[int, Record]] = {}
        self._by: dict[tuple[str, str], defaultdict[int, dict[int, Record]]] = {}
        for table, names in _BY.items():
            records = self.tables[table] = dict(getattr(world, table))
            for name in names:
                found = self._by[table, name] = defaultdict(dict)
                for identity, record in records.items():
                    key = getattr(record, name)
                    if key is not None:
                        found[key][identity] = record
        self.marks_of: defaultdict[int, dict[int, Mark]] = defaultdict(dict)
        self.marks_at: defaultdict[int, dict[int, Mark]] = defaultdict(dict)
        for document in world.attendance.values():
            said = document.get("mark")
            mark = _MARKS.get(said) if isinstance(said, str) else None
            session, member = document.get("session"), document.get("member")
            if mark is not None and isinstance(session, int) and isinstance(member, int):
                self.marks_of[member][session] = self.marks_at[session][member] = mark
        self._by_day: list[Session] | None = None
        self._spells: dict[int, list[tuple[int, date, date]]] = {}
        self.order = world.order
        self.group_order = world.group_order
        self.today = world.today

    # tables by their types

    @property
    def members(self) -> Mapping[int, Member]:
        """Members by id."""
        return cast("Mapping[int, Member]", self.tables["members"])

    @property
    def groups(self) -> Mapping[int, Group]:
        """Groups by id."""
        return cast("Mapping[int, Group]", self.tables["groups"])

    @property
    def sessions(self) -> Mapping[int, Session]:
        """Sessions by id."""
        return cast("Mapping[int, Session]", self.tables["sessions"])

    @property
    def readings(self) -> Mapping[int, Reading]:
        """Books and articles by id."""
        return cast("Mapping[int, Reading]", self.tables["readings"])

    @property
    def placements(self) -> Mapping[int, Placement]:
        """Placements by id."""
        return cast("Mapping[int, Placement]", self.tables["placements"])

    @property
    def trainings(self) -> Mapping[int, Training]:
        """Trainings by id."""
        return cast("Mapping[int, Training]", self.tables["trainings"])

    def by(self, table: str, name: str, key: int) -> Iterable[Any]:
        """Return the records of `table` whose field `name` is `key`."""
        return self._by[table, name].get(key, _NOBODY).values()

    def index(self, table: str, name: str) -> Mapping[int, Mapping[int, Any]]:
        """Return the records of `table` by their field `name`, to look many up."""
        return self._by[table, name]

    def all(self, table: str) -> Iterable[Any]:
        """Return all records of a table."""
        return self.tables[table].values()

    def memberships_of(self, member: int) -> Iterable[Membership]:
        """Return all memberships of a member."""
        return self.by("memberships", "member", member)

    def memberships_in(self, group: int) -> Iterable[Membership]:
        """Return all memberships in a group."""
        return self.by("memberships", "group", group)

    def leaves_of(self, member: int) -> Iterable[Leave]:
        """Return all leave of a member."""
        return self.by("leaves", "member", member)

    def placements_of(self, member: int) -> Iterable[Placement]:
        """Return all exchange placements of a member."""
        return self.by("placements", "member", member)

    def pairs_of(self, member: int) -> Iterable[Pair]:
        """Return the pairs of a member as mentor or apprentice."""
        return {pair.id: pair for name in ("mentor", "apprentice") for pair in self.by("pairs", name, member)}.values()

    def works_of(self, member: int) -> Iterable[Work]:
        """Return the work of a member."""
        return self.by("work", "member", member)

    def trainings_of(self, member: int) -> Iterable[Training]:
        """Return the trainings of a member."""
        return self.by("trainings", "member", member)

    def achievements_of(self, member: int) -> Iterable[Achievement]:
        """Return the achievements of a member."""
        return self.by("achievements", "member", member)

    def entries_of(self, member: int) -> Iterator[Entry]:
        """Yield the entries of a member: those that name them, and unnamed ones about their training or exchange."""
        yield from self.by("entries", "member", member)
        about = [("training", one.id) for one in self.trainings_of(member)]
        about += [("placement", one.id) for one in self.placements_of(member)]
        found = {entry.id: entry for name, one in about for entry in self.by("entries", name, one)}
        yield from (entry for entry in found.values() if entry.member is None)

    # belonging

    def kind_of(self, group: int) -> GroupKind | None:
        """Return the kind of a group; None for one that is not known."""
        known = self.groups.get(group)
        return known.kind if known else None

    def belongs(self, member: int, group: int, day: date) -> bool:
        """Tell whether an active member belonged to a group on a day."""
        return any(group == own and first <= day <= last for own, first, last in self.spells_of(member))

    def spells_of(self, member: int) -> list[tuple[int, date, date]]:
        """Return the groups that a member was in while active, with the first and the last day."""
        known = self._spells.get(member)
        if known is None:
            person = self.members.get(member)
            known = self._spells[member] = (
                []
                if person is None
                else [
                    (
                        one.group,
                        max(one.start or date.min, person.active_from or date.min),
                        min(one.until or date.max, person.active_until or date.max),
                    )
                    for one in self.memberships_of(member)
                ]
            )
        return known

    def ever_in(self, group: int) -> set[int]:
        """Return all who were ever in a group."""
        return {one.member for one in self.memberships_in(group)}

    # sessions

    def sessions_by_day(self) -> list[Session]:
        """Return all sessions by date; the list is made once for all rules that are compiled from these facts."""
        if self._by_day is None:
            self._by_day = sorted(self.sessions.values(), key=lambda session: (session.date, session.id))
        return self._by_day

    def held(self, session: Session) -> bool:
        """Tell whether a session took place: it says so, or it is past and somebody was marked."""
        if session.status is SessionStatus.HELD:
            return True
        return (
            session.status is not SessionStatus.CANCELLED
            and session.date <= self.today
            and bool(self.marks_at.get(session.id))
        )

    def attended(self, member: int, session: int) -> bool:
        """Tell whether a member was in the room."""
        return self.marks_of.get(member, {}).get(session) in ATTENDED

    # changes

    def change(self, table: str, identity: int, old: Record | None, new: Record | None) -> None:
        """Take one changed record in; `old` None is a new one, `new` None one that is gone."""
        if table == "attendance":
            self._change_mark(old, new)
            return
        known = self.tables[table].pop(identity, None)
        self._by_day = None
        for name in _BY[table]:
            key = getattr(known, name) if known is not None else None
            if key is not None:
                self._by[table, name][key].pop(identity, None)
            key = getattr(new, name) if new is not None else None
            if key is not None and new is not None:
                self._by[table, name][key][identity] = new
        if new is not None:
            self.tables[table][identity] = new
        if table in {"members", "memberships"}:
            for record in (known, old, new):
                self._spells.pop(getattr(record, "member", identity), None)

    def _change_mark(self, old: Record | None, new: Record | None) -> None:
        for record in (old, new):
            if isinstance(record, Attendance):
                self.marks_of[record.member].pop(record.session, None)
                self.marks_at[record.session].pop(record.member, None)
        if isinstance(new, Attendance) and new.mark is not None:
            self.marks_of[new.member][new.session] = self.marks_at[new.session][new.member] = new.mark
