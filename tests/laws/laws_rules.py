"""Random small schools, random regulations, and random edits of both terms' records; all from one seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.records import (
    Achievement,
    Attendance,
    CalendarDay,
    Entry,
    Group,
    Leave,
    Member,
    Membership,
    Pair,
    Placement,
    Reading,
    Session,
    Term,
    Training,
    Work,
)
from coordinator_tui.domain.rules.engine import Adopted, Ledger, World
from coordinator_tui.domain.rules.pack import (
    Away,
    ByLevel,
    Clause,
    Counted,
    Due,
    Each,
    Exempt,
    HowMany,
    Measure,
    Pack,
    Per,
    PerUnit,
    Requirement,
    SettingRef,
    Source,
    What,
    Who,
    Words,
)
from coordinator_tui.domain.terms import default_term
from coordinator_tui.domain.vocabulary import (
    AchievementKind,
    AwardLevel,
    DayKind,
    EntryKind,
    GroupKind,
    LeaveStatus,
    Level,
    Mark,
    PlacementForm,
    ReadingKind,
    Role,
    Scope,
    SessionKind,
    SessionStatus,
    TrainingArea,
    WorkKind,
    WorkStatus,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator_tui.domain.records import Record

FIRST = replace(default_term("2026-2027-1"), id=1)
SECOND = replace(default_term("2026-2027-2"), id=2)
TODAY = date(2026, 11, 21)
WORK, SESSIONS = list(WorkKind)[:3], list(SessionKind)[:3]
ENTRIES = [EntryKind.SURVEY, EntryKind.RELAY, EntryKind.EVALUATION]
MEMBERS, GROUPS = range(1, 6), range(1, 4)
TABLES = (
    "members", "groups", "memberships", "terms", "calendar", "sessions", "attendance", "leaves", "work", "readings",
    "trainings", "pairs", "placements", "achievements", "entries",
)  # fmt: skip
EVIDENCE = ("work", "entries", "readings", "pairs", "achievements", "attendance")


class Dice(random.Random):
    """Chance with the choices that a school has."""

    def day(self) -> date:
        return date(2026, 8, 20) + timedelta(days=self.randrange(330))

    def maybe(self, value: Any, share: float = 0.5) -> Any:
        return value if self.random() < share else None

    def some(self, values: Iterable[Any], share: float = 0.3) -> tuple[Any, ...]:
        return tuple(value for value in values if self.random() < share)

    def span(self) -> tuple[date, date]:
        start = self.day()
        return start, start + timedelta(days=self.choice((0, 0, 2, 20, 120)))


@dataclass
class School:
    """Records by table and id."""

    tables: dict[str, dict[int, Any]] = field(default_factory=lambda: {name: {} for name in TABLES})
    today: date = TODAY
    order: tuple[int, ...] = ()

    def world(self, dice: Dice | None = None) -> World:
        """Return the records as the engine takes them, in any order with `dice`."""
        tables: dict[str, Any] = {}
        for name, records in self.tables.items():
            items = list(records.items())
            if dice is not None:
                dice.shuffle(items)
            tables[name] = dict(items)
        tables["attendance"] = {
            at: {"session": one.session, "member": one.member, "mark": one.mark}
            for at, one in tables["attendance"].items()
        }
        return World(today=self.today, order=self.order, **tables)

    def put(self, table: str, record: Record) -> Record | None:
        """Take in a record; return the one that it replaces."""
        old: Record | None = self.tables[table].get(record.id)
        self.tables[table][record.id] = record
        return old


def record(dice: Dice, table: str, identity: int) -> Any:
    """Return a random record of a table."""
    start, until = dice.span()
    member, day = dice.choice(MEMBERS), dice.day()
    makers: dict[str, Any] = {
        "members": lambda: Member(
            id=identity,
            name=f"老师{identity}",
            level=dice.maybe(dice.choice(list(Level))),
            birth=dice.maybe(dice.choice(("1980", "1981-10", "1999-01-05"))),
            gender=dice.choice(("male", "female")),
            joined_work=dice.maybe(dice.choice(("2024-08", "2001"))),
            subject=dice.choice(("语文", "数学")),
            title=dice.maybe("一级教师"),
            active_from=dice.maybe(day, 0.1),
            active_until=dice.maybe(dice.day(), 0.1),
        ),
        "groups": lambda: Group(id=identity, name=f"组{identity}", kind=dice.choice(list(GroupKind)[:2])),
        "memberships": lambda: Membership(
            id=identity,
            member=member,
            group=dice.choice(GROUPS),
            role=dice.choice(list(Role)),
            start=dice.maybe(day, 0.3),
            until=dice.maybe(dice.day(), 0.2),
        ),
        "calendar": lambda: CalendarDay(id=identity, date=day, kind=dice.choice(list(DayKind))),
        "sessions": lambda: Session(
            id=identity,
            group=dice.choice(GROUPS),
            date=day,
            start="15:00",
            end=dice.maybe("16:30", 0.8),
            kind=dice.choice(SESSIONS),
            topic=dice.maybe("题"),
            speaker_member=dice.maybe(member),
            host=dice.maybe(f"老师{dice.choice(MEMBERS)}"),
            status=dice.choice(list(SessionStatus)),
            reason=dice.maybe("停电"),
            until=dice.maybe(day + timedelta(days=3), 0.2),
            scope=dice.maybe(Scope.REGION),
            cross_subject=dice.random() < 0.5,
        ),
        "attendance": lambda: Attendance(
            id=identity,
            session=(identity - 1) // len(MEMBERS) + 1,
            member=(identity - 1) % len(MEMBERS) + 1,
            mark=dice.choice([*Mark, Mark.PRESENT, Mark.PRESENT, None]),
        ),
        "leaves": lambda: Leave(
            id=identity, member=member, kind=Mark.SICK, start=start, until=until, status=dice.choice(list(LeaveStatus))
        ),
        "work": lambda: Work(
            id=identity,
            member=member,
            kind=dice.choice(WORK),
            date=day,
            words=dice.maybe(dice.randrange(1500)),
            status=dice.choice(list(WorkStatus)),
            grade=dice.maybe(dice.choice("ABC")),
            session=dice.maybe(dice.randrange(1, 9), 0.3),
            reading=dice.maybe(dice.randrange(1, 4), 0.3),
            training=dice.maybe(dice.randrange(1, 5), 0.3),
        ),
        "readings": lambda: Reading(
            id=identity,
            title="书",
            kind=dice.choice(list(ReadingKind)),
            group=dice.maybe(dice.choice(GROUPS)),
            recommended_by=dice.maybe(f"老师{member}"),
            date=day,
        ),
        "trainings": lambda: Training(
            id=identity,
            member=member,
            title="培训",
            start=start,
            until=dice.maybe(until),
            hours=dice.maybe(dice.randrange(40)),
            area=dice.maybe(TrainingArea.PUBLIC),
            level=dice.maybe(AwardLevel.CITY),
        ),
        "pairs": lambda: Pair(
            id=identity, mentor=member, apprentice=member % 5 + 1, start=dice.maybe(start), until=dice.maybe(until)
        ),
        "placements": lambda: Placement(
            id=identity, member=member, form=dice.choice(list(PlacementForm)[:2]), start=start, until=dice.maybe(until)
        ),
        "achievements": lambda: Achievement(
            id=identity,
            member=member,
            title="成果",
            kind=dice.choice(list(AchievementKind)[:2]),
            date=day,
            level=dice.maybe(AwardLevel.CITY),
            original_checked=dice.random() < 0.5,
        ),
        "entries": lambda: Entry(
            id=identity,
            kind=dice.choice(ENTRIES),
            date=day,
            member=dice.maybe(member),
            group=dice.maybe(dice.choice(GROUPS), 0.3),
            session=dice.maybe(dice.randrange(1, 9), 0.3),
            training=dice.maybe(dice.randrange(1, 5), 0.3),
            placement=dice.maybe(dice.randrange(1, 4), 0.2),
            done_on=dice.maybe(day),
        ),
    }
    return makers[table]()


COUNTS = {
    "members": 5, "groups": 3, "memberships": 7, "calendar": 12, "sessions": 8, "attendance": 40, "leaves": 3,
    "work": 18, "readings": 3, "trainings": 4, "pairs": 2, "placements": 3, "achievements": 4, "entries": 8,
}  # fmt: skip


def school(dice: Dice) -> School:
    """Return a random school of five in three groups."""
    found = School(order=tuple(dice.sample(MEMBERS, 3)))
    for table, count in COUNTS.items():
        for identity in range(1, count + 1):
            if table != "attendance" or dice.random() < 0.6:  # the id is that of a session and a member
                found.put(table, record(dice, table, identity))
    found.put("terms", FIRST)
    if dice.random() < 0.7:
        found.put("terms", SECOND)
    return found


def _number(dice: Dice) -> Any:
    return dice.choice((1, 1, 2, 4, SettingRef("open"), SettingRef("answered")))


def _kinds(dice: Dice, source: Source) -> tuple[str, ...]:
    known: dict[Source, Any] = {Source.WORK: WORK, Source.SESSIONS: SESSIONS, Source.ENTRIES: ENTRIES}
    return tuple(kind.value for kind in dice.some(known.get(source, ()), 0.5))


def what(dice: Dice, each: Each) -> What:
    """Return random evidence; what the record of a source has."""
    source = dice.choice(list(Source))
    usual = {
        Source.SESSIONS: [None, Counted.HELD, Counted.ATTENDED, Counted.SPOKEN, Counted.HOSTED],
        Source.READINGS: [None, Counted.RECOMMENDED, Counted.READ],
        Source.PAIRS: [None, Counted.AS_MENTOR, Counted.AS_APPRENTICE],
    }
    measures = {
        Source.SESSIONS: [Measure.COUNT, Measure.MINUTES, Measure.DAYS],
        Source.WORK: [Measure.COUNT, Measure.COUNT, Measure.WORDS],
        Source.TRAININGS: [Measure.COUNT, Measure.HOURS, Measure.DAYS],
    }
    of = dice.choice(("session", "member"))
    fields = ("title",) if of == "member" else ("topic", "form", "speaker")
    return What(
        source=source,
        kinds=_kinds(dice, source),
        counted=dice.choice(usual.get(source, [None])),
        measure=dice.choice(measures.get(source, [Measure.COUNT])),
        complete=fields if source is Source.FIELDS else (),
        of=of,
        cross_subject=source is Source.SESSIONS and dice.random() < 0.2,
        checked=source in {Source.WORK, Source.ACHIEVEMENTS} and dice.random() < 0.2,
        words_each=dice.choice((300, SettingRef("open"))) if source is Source.WORK and dice.random() < 0.1 else None,
        group_kinds=dice.some(list(GroupKind)[:2], 0.1) if source is Source.SESSIONS and each is Each.SCHOOL else (),
    )


def who(dice: Dice) -> Who:
    """Return whom a random rule binds."""
    each = dice.choice([Each.MEMBER, Each.MEMBER, Each.MEMBER, Each.GROUP, Each.SCHOOL])
    if each is not Each.MEMBER:
        return Who(each=each, groups=dice.some(list(GroupKind)[:2], 0.2) if each is Each.GROUP else ())
    exempt = Exempt(
        from_age=dice.maybe(45), levels=dice.some(Level, 0.1), roles=dice.some([Role.LEADER, Role.DEPUTY], 0.3)
    )
    return Who(
        roles=dice.some(Role, 0.1),
        levels=dice.some(Level, 0.7) if dice.random() < 0.2 else (),
        groups=dice.some(list(GroupKind)[:2], 0.2),
        subjects=dice.some(["语文"], 0.1),
        max_age=dice.maybe(46, 0.1),
        first_years=dice.maybe(3, 0.1),
        pair_role=dice.maybe(dice.choice(("mentor", "apprentice")), 0.1),
        away=dice.choice(list(Away)),
        exempt=dice.maybe(exempt, 0.3),
    )


def _per(dice: Dice) -> Per:
    unit = dice.choice(list(PerUnit))
    if unit is PerUnit.EVENT:
        event = dice.choice([Source.TRAININGS, Source.SESSIONS, Source.ACHIEVEMENTS, Source.PLACEMENTS])
        kinds = _kinds(dice, event) if event is Source.SESSIONS else ()
        return Per(unit=unit, event=event, kinds=kinds, within_days=dice.choice((None, 7, SettingRef("open"))))
    every = {PerUnit.WEEK: (1, 2), PerUnit.MONTH: (1, 1, 3), PerUnit.SCHOOL_YEAR: (1, 3)}.get(unit, (1,))
    return Per(
        unit=unit, every=dice.choice(every), kinds=_kinds(dice, Source.SESSIONS) if unit is PerUnit.SESSION else ()
    )


def _how_many(dice: Dice) -> HowMany:
    number = _number(dice)
    if dice.random() < 0.2:
        number = ByLevel({level: _number(dice) for level in dice.some(Level)}, dice.maybe(1))
    if dice.random() < 0.2:
        return HowMany(ratio_at_least=dice.choice((0.5, 0.9, 1)), ratio_at_most=dice.maybe(0.9, 0.2))
    return HowMany(at_least=number, at_most=dice.maybe(3, 0.2))


def requirement(dice: Dice, at: int) -> Requirement:
    """Return a random requirement."""
    whom = who(dice)
    due = dice.choice(
        (Due(), Due(), Due(day=20), Due(month_day=(10, 15)), Due(shift_days=-3), Due(date=SettingRef("day")))
    )
    return Requirement(
        key=f"own/1/{at}",
        id=str(at),
        title=Words("要求"),
        who=whom,
        what=what(dice, whom.each),
        how_many=_how_many(dice),
        per=_per(dice),
        due=due,
        advice=dice.random() < 0.1,
    )


def adopted(*requirements: Requirement, since: date | None = None) -> Adopted:
    """Return a pack of these rules, with what is answered of its settings."""
    words = Words("制度")
    clause = Clause(id="1", text=words, requirements=requirements)
    pack = Pack(id="own", title=words, source=words, applies=words, clauses=(clause,))
    return Adopted(pack, {"answered": 3, "day": "10-20"}, since)


def regulation(dice: Dice, count: int = 12) -> list[Adopted]:
    """Return two random packs."""
    rules = [requirement(dice, at) for at in range(count)]
    return [adopted(*rules[::2]), adopted(*rules[1::2], since=dice.maybe(dice.day(), 0.3))]


def ledger(packs: list[Adopted], world: World, term: Term = FIRST) -> Ledger:
    """Return the ledger of a term."""
    return Ledger(packs, world, term.start, term.until)


def edit(dice: Dice, there: School) -> tuple[str, int, Record | None, Record | None]:
    """Change, add or take away one record, mostly of those that change often."""
    table = dice.choice([*TABLES, "work", "attendance", "sessions", "entries", "leaves", "trainings", "memberships"])
    records = there.tables[table]
    if table == "terms":
        return _edit_term(dice, there)
    identity = dice.randrange(1, COUNTS[table] + (1 if table == "attendance" else 3))
    old = records.get(identity)
    if old is not None and dice.random() < 0.25:
        del records[identity]
        return table, identity, old, None
    new = record(dice, table, identity)
    if table == "sessions" and old is not None and dice.random() < 0.5:
        changed = dice.choice(("status", "reason", "topic", "date", "speaker_member", "host", "kind", "group", "end"))
        new = replace(old, **{changed: getattr(new, changed)})
    if table == "attendance" and old is not None:
        new = replace(old, mark=new.mark)
    there.put(table, new)
    return table, identity, old, new


def _edit_term(dice: Dice, there: School) -> tuple[str, int, Record | None, Record | None]:
    new = replace(SECOND, until=SECOND.until + timedelta(days=dice.randrange(10)))
    return "terms", new.id, there.put("terms", new), new
