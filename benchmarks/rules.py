"""Print what the ledger of a central school costs: 1,000 members × 40 requirements × a term, and after one edit."""

from __future__ import annotations

import random
import statistics
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.records import Attendance, Group, Leave, Member, Membership, Session, Work
from coordinator_tui.domain.rules.engine import Adopted, Ledger, World
from coordinator_tui.domain.rules.pack import (
    Clause,
    Each,
    HowMany,
    Pack,
    Per,
    PerUnit,
    Requirement,
    Source,
    What,
    Who,
    Words,
)
from coordinator_tui.domain.summary import summarise
from coordinator_tui.domain.terms import default_term
from coordinator_tui.domain.vocabulary import Level, Mark, SessionKind, SessionStatus, WorkKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordinator_tui.domain.records import Record

    Edit = tuple[str, int, Record | None, Record | None]

MEMBERS, REQUIREMENTS, WORKS = 1_000, 40, 10_000
MOST_SECONDS, MOST_MILLISECONDS = 1.0, 20.0
TERM = default_term("2026-2027-1")
TODAY = date(2026, 11, 21)
KINDS, PIECES = list(SessionKind), list(WorkKind)


def requirement(at: int) -> Requirement:
    """Of ten requirements two are weekly, three monthly, four are asked each term or year and one of the school."""
    kind, piece = KINDS[at % len(KINDS)].value, PIECES[at % len(PIECES)].value
    attended, work = What(source=Source.SESSIONS, kinds=(kind,)), What(source=Source.WORK, kinds=(piece,))
    shapes = [
        (Who(), attended, HowMany(at_least=1), PerUnit.WEEK),
        (Who(levels=tuple(Level)[:4]), work, HowMany(at_least=1), PerUnit.WEEK),
        (Who(), work, HowMany(at_least=1), PerUnit.MONTH),
        (Who(), attended, HowMany(at_least=2), PerUnit.MONTH),
        (Who(), work, HowMany(at_least=2), PerUnit.MONTH),
        (Who(), work, HowMany(at_least=5), PerUnit.TERM),
        (Who(), What(source=Source.SESSIONS), HowMany(ratio_at_least=0.9), PerUnit.TERM),
        (Who(), What(source=Source.ENTRIES), HowMany(at_least=1), PerUnit.SCHOOL_YEAR),
        (Who(), attended, HowMany(at_least=4), PerUnit.TERM),
        (Who(each=Each.SCHOOL), attended, HowMany(at_least=1), PerUnit.WEEK),
    ]
    who, what, how_many, unit = shapes[at % len(shapes)]
    words = Words(f"要求{at}")
    return Requirement(key=f"p/{at}/r", id="r", title=words, who=who, what=what, how_many=how_many, per=Per(unit=unit))


def pack() -> Pack:
    words = Words("制度")
    clauses = tuple(Clause(id=str(at), text=words, requirements=(requirement(at),)) for at in range(REQUIREMENTS))
    return Pack(id="p", title=words, source=words, applies=words, clauses=clauses)


def school() -> World:
    chance = random.Random(1)
    levels = list(Level)
    members = {at: Member(id=at, name=f"教师{at}", level=chance.choice(levels)) for at in range(1, MEMBERS + 1)}
    memberships = {
        at: Membership(
            id=at, member=at, group=1, start=TERM.start + timedelta(days=chance.randrange(90)) if at % 10 == 0 else None
        )
        for at in members
    }
    days = [TERM.start + timedelta(days=3 * at) for at in range(40)]
    sessions = {
        at: Session(id=at, group=1, date=day, kind=chance.choice(KINDS), status=SessionStatus.HELD)
        for at, day in enumerate(days, 1)
    }
    marks = [*Mark, *([Mark.PRESENT] * 20)]
    attendance: dict[int, dict[str, Any]] = {
        session * 10_000 + member: {"session": session, "member": member, "mark": chance.choice(marks).value}
        for session in sessions
        for member in members
    }
    leaves = {
        at: Leave(id=at, member=at, kind=Mark.SICK, start=date(2026, 10, 12), until=date(2026, 10, 30))
        for at in members
        if at % 50 == 0
    }
    hand, piece = chance.randrange, chance.choice
    work = {
        at: Work(id=at, member=hand(1, MEMBERS + 1), kind=piece(PIECES), date=piece(days), words=800)
        for at in range(1, WORKS + 1)
    }
    return World(
        today=TODAY,
        members=members,
        groups={1: Group(id=1, name="中心校")},
        memberships=memberships,
        terms={1: replace(TERM, id=1)},
        sessions=sessions,
        attendance=attendance,
        leaves=leaves,
        work=work,
        order=list(members),
    )


def median(run: Callable[[], object], times: int) -> float:
    """Return the median processor time in milliseconds: nothing here waits for anything."""
    found = []
    for _ in range(times):
        start = time.process_time()
        run()
        found.append((time.process_time() - start) * 1000)
    return statistics.median(found)


def edits(world: World) -> list[Edit]:
    piece = next(one for one in world.work.values() if one.kind is PIECES[2])
    person, leave = world.members[7], world.leaves[50]
    mark = Attendance(id=30_005, session=3, member=5, mark=Mark.PRESENT)
    session = world.sessions[3]
    return [
        ("attendance", mark.id, mark, replace(mark, mark=Mark.ABSENT)),
        ("work", piece.id, piece, None),
        ("leaves", leave.id, leave, replace(leave, until=date(2026, 11, 6))),
        ("members", person.id, person, replace(person, level=Level.BACKBONE_CITY)),
        ("memberships", 9, world.memberships[9], replace(world.memberships[9], start=date(2026, 10, 12))),
        ("sessions", session.id, session, replace(session, topic="整本书阅读")),
        ("sessions", session.id, session, replace(session, status=SessionStatus.CANCELLED, reason="停电")),
    ]


def change(ledger: Ledger, world: World, edit: Edit) -> tuple[float, float, int]:
    """Return how long a change takes, how long reading what it touched again takes, and how many lines that is."""
    table, identity, old, new = edit
    took, again, touched = [], [], set()
    for before, after in ((old, new), (new, old)) * 6:
        start = time.process_time()
        touched = ledger.changed(table, identity, before, after, world)
        told = time.process_time()
        for key, unit in touched:
            ledger.of(requirement=key, unit=unit)
        took.append((told - start) * 1000)
        again.append((time.process_time() - told) * 1000)
    return statistics.median(took), statistics.median(again), len(touched)


def main() -> int:
    world, packs = school(), [Adopted(pack())]

    def run() -> Ledger:
        ledger = Ledger(packs, world, TERM.start, TERM.until)
        ledger.rows()
        return ledger

    documents = {at: {"group": 1, "date": one.date.isoformat(), "status": "held"} for at, one in world.sessions.items()}
    pieces = {
        at: {"member": one.member, "kind": one.kind.value, "date": one.date.isoformat(), "words": one.words}
        for at, one in world.work.items()
    }
    people = world.members.values(), world.memberships.values()

    def beside() -> object:
        return summarise(TERM, documents, world.attendance, pieces, *people, [], TERM.until)

    ledger = run()
    whole, summary = median(run, 5), median(beside, 5)
    print(f"ledger of {MEMBERS:,} members × {REQUIREMENTS} requirements × a term: {len(ledger.rows()):,} rows")
    print(f"  whole       {whole:7.1f} ms   (most {MOST_SECONDS * 1000:.0f} ms; {whole / summary:.1f}× the summary)")
    worst = 0.0
    for table, identity, old, new in edits(world):
        took, again, touched = change(ledger, world, (table, identity, old, new))
        worst = max(worst, took)
        print(
            f"  one of {table:<12} {took:7.2f} ms   (most {MOST_MILLISECONDS:.0f} ms; {took / whole:.4f}× the whole)"
            f"   {touched:6,} lines touched, read again in {again:7.2f} ms"
        )
    return int(whole > MOST_SECONDS * 1000 or worst > MOST_MILLISECONDS)


if __name__ == "__main__":
    sys.exit(main())
