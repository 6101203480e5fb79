"""Which records count for whom: the source, the kinds and all that narrows them down, and how much each counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from coordinator_tui.domain.people import belongs_on
from coordinator_tui.domain.rules.pack import Counted, Each, Measure, Source
from coordinator_tui.domain.rules.result import Evidence
from coordinator_tui.domain.vocabulary import ATTENDED, Mark, SessionStatus, WorkStatus
from coordinator_tui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coordinator_tui.domain.records import Reading, Record, Session
    from coordinator_tui.domain.rules.facts import Facts
    from coordinator_tui.domain.rules.pack import What

_OUT_OF_BASE = frozenset({Mark.OFFICIAL, Mark.EXEMPT})
_OWN_TABLE = {
    Source.WORK: "work",
    Source.TRAININGS: "trainings",
    Source.ACHIEVEMENTS: "achievements",
    Source.ENTRIES: "entries",
    Source.PLACEMENTS: "placements",
}
_NOTHING: dict[int, dict[int, Any]] = {}
_NAMED_BY = {Source.TRAININGS: "training", Source.SESSIONS: "session", Source.PLACEMENTS: "placement"}


class Item(NamedTuple):
    """One record that counts: on `day`, or all the time from `day` to `until` where that is given.

    `event` is what it names, for rules about events; of items with the same `once` only the first of a period counts.
    """

    day: date
    evidence: Evidence
    until: date | None = None
    event: int | None = None
    once: int | None = None


class Floors(NamedTuple):
    """The least that one record must reach to count, with settings answered."""

    words: float | None = None
    minutes: float | None = None
    days: float | None = None


def by_day(item: Item) -> tuple[date, str, int]:
    """Order items by day, whatever order the records came in."""
    return item.day, item.evidence.table, item.evidence.id


class Selector:
    """What counts for one rule, for any member, group or the school."""

    def __init__(self, facts: Facts, what: What, each: Each, floors: Floors, event: Source | None = None) -> None:
        self._facts = facts
        self.what = what
        self.each = each
        self.floors = floors
        self._names = _NAMED_BY.get(event) if event else None
        self.counted = what.counted or _usual(what.source, each)
        self._by_marks = each is Each.MEMBER and self.counted is Counted.ATTENDED
        self._fields = tuple(_FIELD_NAMES.get(name, name) for name in what.complete)
        self._own = facts.index(_OWN_TABLE[what.source], "member") if what.source in _OWN_TABLE else _NOTHING
        self._kinds = frozenset(what.kinds) if what.source in {Source.WORK, Source.ACHIEVEMENTS} else frozenset()
        self.matched: dict[int, Item] = {}
        self.wide: dict[int, Session] = {}
        self.gone: dict[int, tuple[Session, float]] = {}
        if self.about_sessions:
            for session in facts.sessions_by_day():
                self._look(session)

    @property
    def about_sessions(self) -> bool:
        """Whether the records are sessions."""
        return self.what.source is Source.SESSIONS or (self.what.source is Source.FIELDS and self.what.of == "session")

    def items(self, unit: int) -> list[Item]:
        """Return what counts for `unit`, by day."""
        source = self.what.source
        if self.about_sessions:
            found = self._session_items(unit)
            if self._by_marks:
                return found  # they are kept by day
        elif source is Source.READINGS:
            found = list(self._reading_items(unit))
        elif source is Source.PAIRS:
            found = list(self._pair_items(unit))
        elif source is Source.FIELDS:
            found = list(self._member_items(unit))
        else:
            found = self._record_items(unit)
        if len(found) > 1:
            found.sort(key=by_day)
        return found

    def _record_items(self, unit: int) -> list[Item]:
        table = _OWN_TABLE[self.what.source]
        if self.each is not Each.MEMBER or table == "entries":
            records = self._records(table, unit)
        else:
            own = self._own.get(unit)
            if not own:
                return []
            records = own.values()
            kinds = self._kinds
            if kinds:
                records = [record for record in records if record.kind in kinds]
        return [self._item(table, record) for record in records if self._fits(record)]

    def base(self, unit: int) -> list[date] | None:
        """Return the days of all that the kinds alone take in, for a share; None where it is a share of people."""
        source = self.what.source
        if self.about_sessions:
            return self._session_base(unit)
        if self.of_people:
            return None
        records = self._records(_OWN_TABLE[source], unit)
        return [record.date for record in records if self._kind_fits(record) and not _returned(record)]

    @property
    def of_people(self) -> bool:
        """Whether a share is one of people: who has such a record, of all who are there."""
        return not self.about_sessions and not (
            self.what.source in {Source.WORK, Source.ACHIEVEMENTS, Source.ENTRIES} and self._narrowed
        )

    @property
    def _narrowed(self) -> bool:
        what = self.what
        return bool(what.checked or what.grades or what.complete or what.levels or any(self.floors))

    # sessions

    def refresh(self, identity: int) -> None:
        """Look again at one session, which may have changed or got its first mark."""
        for known in (self.matched, self.wide, self.gone):
            known.pop(identity, None)
        session = self._facts.sessions.get(identity)
        if session is not None:
            self._look(session)
        if identity in self.matched:
            self.matched = dict(sorted(self.matched.items(), key=lambda pair: by_day(pair[1])))

    def _look(self, session: Session) -> None:
        identity = session.id
        if not self._session_kind_fits(session):
            return
        if session.status is SessionStatus.CANCELLED and (session.reason or "").strip():
            self.gone[identity] = session, session_amount(session, self.what.measure)
        if self.what.source is Source.FIELDS:
            counts = session.status is not SessionStatus.CANCELLED
        else:
            counts = self._facts.held(session)
        if not counts:
            return
        self.wide[identity] = session
        if self._session_fits(session):
            evidence = Evidence("sessions", identity, session_amount(session, self.what.measure))
            self.matched[identity] = Item(session.date, evidence, event=identity)

    def _session_kind_fits(self, session: Session) -> bool:
        what = self.what
        return (not what.kinds or session.kind in what.kinds) and (
            not what.group_kinds or self._facts.kind_of(session.group) in what.group_kinds
        )

    def _session_fits(self, session: Session) -> bool:
        what, floors = self.what, self.floors
        return (
            (not what.cross_subject or session.cross_subject)
            and (not what.scopes or session.scope in what.scopes)
            and self._is_complete(session)
            and (floors.minutes is None or session_amount(session, Measure.MINUTES) >= floors.minutes)
            and (floors.days is None or session_amount(session, Measure.DAYS) >= floors.days)
        )

    def _session_items(self, unit: int) -> list[Item]:
        matched = self.matched
        if self._by_marks:
            marks = self._facts.marks_of.get(unit)
            if not marks or not matched:
                return []
            return [item for one, item in matched.items() if marks.get(one) in ATTENDED]
        return [item for one in self._sessions_of(unit) if (item := matched.get(one.id)) and self._counts(one, unit)]

    def _counts(self, session: Session, unit: int) -> bool:
        """Tell whether a session counts for `unit` in the way that the rule counts (but attended)."""
        member = self.each is Each.MEMBER
        if self.counted is Counted.SPOKEN:
            return session.speaker_member == unit if member else bool(session.speaker or session.speaker_member)
        if self.counted is Counted.HOSTED:
            return self._is_called(session.host, unit) if member else bool(session.host)
        return not member or self._facts.belongs(unit, session.group, session.date)

    def _is_called(self, text: str | None, member: int) -> bool:
        known = self._facts.members.get(member)
        return bool(text) and known is not None and fold(text or "") == fold(known.name)

    def _sessions_of(self, unit: int) -> Iterable[Session]:
        """Return the sessions among which those of `unit` are."""
        facts = self._facts
        if self.each is Each.GROUP:
            return facts.by("sessions", "group", unit)
        if self.each is Each.SCHOOL or self.counted is Counted.HOSTED:
            return facts.sessions.values()
        if self.counted is Counted.SPOKEN:
            return facts.by("sessions", "speaker_member", unit)
        groups = {one.group for one in facts.memberships_of(unit)}
        return [session for group in groups for session in facts.by("sessions", "group", group)]

    def _session_base(self, unit: int) -> list[date]:
        if not self._by_marks:
            whole = self.each is not Each.MEMBER
            return [
                one.date
                for one in self._sessions_of(unit)
                if one.id in self.wide and (whole or self._facts.belongs(unit, one.group, one.date))
            ]
        marks = self._facts.marks_of.get(unit)
        if not marks:
            return []
        there = [session for one, session in self.wide.items() if marks.get(one, Mark.EXEMPT) not in _OUT_OF_BASE]
        spells = self._facts.spells_of(unit)
        if len(spells) == 1:
            ((group, first, last),) = spells
            return [one.date for one in there if one.group == group and first <= one.date <= last]
        return [one.date for one in there if self._facts.belongs(unit, one.group, one.date)]

    def cancelled(self, unit: int) -> list[tuple[Session, float]]:
        """Return the cancelled sessions with a reason that would have counted for `unit`, with how much."""
        if not self.gone:
            return []
        found = [pair for pair in self.gone.values() if self._would_count(pair[0], unit)]
        return sorted(found, key=lambda pair: (pair[0].date, pair[0].id))

    def _would_count(self, session: Session, unit: int) -> bool:
        if self.each is Each.MEMBER:
            attended = self.counted is Counted.ATTENDED
            return attended and self._facts.belongs(unit, session.group, session.date)
        return self.each is Each.SCHOOL or session.group == unit

    def view(self, identity: int) -> object:
        """Return all that decides how a session counts: while it is the same, nobody's rows can have changed."""
        session = self.wide.get(identity)
        whose = None if session is None else (session.group, session.date, session.speaker_member, session.host)
        gone = self.gone.get(identity)
        lost = None if gone is None else (gone[0].group, gone[0].date, gone[0].reason, gone[1])
        return self.matched.get(identity), whose, lost

    # records of members

    def _records(self, table: str, unit: int) -> Iterable[Any]:
        facts = self._facts
        if self.each is Each.SCHOOL:
            return facts.all(table)
        if self.each is Each.MEMBER:
            return facts.entries_of(unit) if table == "entries" else facts.by(table, "member", unit)
        return self._entries_of_group(unit) if table == "entries" else self._of_members(table, unit)

    def _of_members(self, table: str, group: int) -> list[Any]:
        """Return what members of a group did while they belonged to it."""
        facts = self._facts
        found = {
            record.id: record
            for one in facts.memberships_in(group)
            for record in (
                facts.entries_of(one.member) if table == "entries" else facts.by(table, "member", one.member)
            )
            if belongs_on(one, day_of(record))
        }
        return list(found.values())

    def _entries_of_group(self, group: int) -> list[Any]:
        """Return the entries that name the group, and of those that name none its members' and its sessions'."""
        facts = self._facts
        found = {one.id: one for one in facts.by("entries", "group", group)}
        found |= {one.id: one for one in self._of_members("entries", group) if one.group is None}
        for session in facts.by("sessions", "group", group):
            for one in facts.by("entries", "session", session.id):
                if one.group is None and one.member is None and one.training is None:
                    found[one.id] = one
        return list(found.values())

    def _kind_fits(self, record: Any) -> bool:  # noqa: ANN401 - a record of any of the tables
        kinds = self.what.kinds
        if not kinds:
            return True
        if self.what.source is Source.TRAININGS:
            return record.area in kinds or record.level in kinds
        return (record.form if self.what.source is Source.PLACEMENTS else record.kind) in kinds

    def _fits(self, record: Any) -> bool:  # noqa: ANN401 - as above
        if not self._kind_fits(record) or _returned(record):
            return False
        what, floors = self.what, self.floors
        return (
            (not what.levels or getattr(record, "level", None) in what.levels)
            and (not what.areas or getattr(record, "area", None) in what.areas)
            and (not what.grades or getattr(record, "grade", None) in what.grades)
            and (not what.checked or _checked(record))
            and (not self._fields or self._is_complete(record))
            and (floors.words is None or (getattr(record, "words", None) or 0) >= floors.words)
            and (floors.days is None or _days(record, self._facts.today) >= floors.days)
        )

    def _is_complete(self, record: Record) -> bool:
        return all(_filled(record, name) for name in self._fields)

    def _item(self, table: str, record: Any) -> Item:  # noqa: ANN401 - as above
        amount = _amount(record, self.what.measure, self._facts.today)
        event = getattr(record, self._names, None) if self._names else None
        return Item(day_of(record), Evidence(table, record.id, amount), event=event)

    # readings, pairs, fields of members

    def _reading_items(self, unit: int) -> Iterator[Item]:
        if self.counted is Counted.RECOMMENDED:
            for reading in self._facts.readings.values():
                if reading.date is not None and self._reading_fits(reading) and self._recommends(reading, unit):
                    yield Item(reading.date, Evidence("readings", reading.id, 1))
            return
        readings = self._facts.readings
        for work in self._records("work", unit):
            known = readings.get(work.reading) if work.reading is not None else None
            if known is not None and not _returned(work) and self._reading_fits(known):
                yield Item(work.date, Evidence("work", work.id, 1), event=work.training, once=known.id)

    def _reading_fits(self, reading: Reading) -> bool:
        return (not self.what.kinds or reading.kind in self.what.kinds) and self._is_complete(reading)

    def _recommends(self, reading: Reading, unit: int) -> bool:
        if self.each is Each.MEMBER:
            return self._is_called(reading.recommended_by, unit)
        return self.each is Each.SCHOOL or reading.group in {None, unit}

    def _pair_items(self, unit: int) -> Iterator[Item]:
        apprentice = self.counted is Counted.AS_APPRENTICE
        facts = self._facts
        pairs = facts.pairs_of(unit) if self.each is Each.MEMBER else facts.all("pairs")
        inside = facts.ever_in(unit) if self.each is Each.GROUP else set()
        for pair in pairs:
            whose = pair.apprentice if apprentice else pair.mentor
            mine = self.each is Each.SCHOOL or (whose in inside if self.each is Each.GROUP else whose == unit)
            if mine and (not self.what.kinds or pair.kind in self.what.kinds):
                start, until = pair.start or date.min, pair.until or date.max
                yield Item(start, Evidence("pairs", pair.id, 1), until=until)

    def _member_items(self, unit: int) -> Iterator[Item]:
        facts = self._facts
        whom: Iterable[int] = (unit,) if self.each is Each.MEMBER else facts.ever_in(unit)
        for identity in facts.members if self.each is Each.SCHOOL else whom:
            known = facts.members.get(identity)
            if known is not None and self._is_complete(known):
                yield Item(date.min, Evidence("members", identity, 1), until=date.max)


_FIELD_NAMES = {"form": "kind"}


def _usual(source: Source, each: Each) -> Counted:
    if source is Source.READINGS:
        return Counted.READ if each is Each.MEMBER else Counted.RECOMMENDED
    if source is Source.PAIRS:
        return Counted.AS_MENTOR
    if source is Source.SESSIONS and each is Each.MEMBER:
        return Counted.ATTENDED
    return Counted.HELD


def _filled(record: Record, name: str) -> bool:
    value = getattr(record, name, None)
    if name == "speaker":
        value = value or getattr(record, "speaker_member", None)
    return bool(value.strip() if isinstance(value, str) else value)


def _returned(record: object) -> bool:
    return getattr(record, "status", None) is WorkStatus.RETURNED


def _checked(record: object) -> bool:
    return getattr(record, "status", None) is WorkStatus.CHECKED or bool(getattr(record, "original_checked", False))


def day_of(record: Any) -> date:  # noqa: ANN401 - a record of any of the tables
    """Return the day by which a record belongs to a period: its date, or its first day."""
    day: date = record.start if hasattr(record, "start") else record.date
    return day


def _days(record: Any, today: date) -> int:  # noqa: ANN401 - as above
    start = day_of(record)
    until = getattr(record, "until", None) or (max(today, start) if hasattr(record, "form") else start)
    return (until - start).days + 1


def _amount(record: Any, measure: Measure, today: date) -> float:  # noqa: ANN401 - as above
    if measure is Measure.COUNT:
        return 1
    if measure is Measure.WORDS:
        return getattr(record, "words", None) or 0
    if measure is Measure.DAYS:
        return _days(record, today)
    hours: float = getattr(record, "hours", None) or 0
    return hours if measure is Measure.HOURS else hours * 60


def session_amount(session: Session, measure: Measure) -> float:
    """Return how much a session counts; its length is unknown (0) without a beginning and an end."""
    if measure is Measure.COUNT:
        return 1
    if measure is Measure.DAYS:
        return ((session.until or session.date) - session.date).days + 1
    if measure is Measure.WORDS:
        return 0
    minutes = max(_clock(session.end) - _clock(session.start), 0) if session.start and session.end else 0
    return minutes / 60 if measure is Measure.HOURS else minutes


def _clock(text: str | None) -> int:
    """Return a time of day in minutes; 0 for what is none."""
    hours, _colon, minutes = (text or "").partition(":")
    return int(hours) * 60 + int(minutes) if hours.isdigit() and minutes.isdigit() else 0
