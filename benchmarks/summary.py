"""Print what the summary of a central school's term costs: 1,000 members, 40 sessions, 40,000 marks, 10,000 works."""

from __future__ import annotations

import gc
import random
import resource
import statistics
import sys
import time
import tracemalloc
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.records import Assignment, Group, Member, Membership
from coordinator_tui.domain.summary import summarise
from coordinator_tui.domain.terms import default_term
from coordinator_tui.domain.vocabulary import Mark, SessionKind, WorkKind, WorkStatus

if TYPE_CHECKING:
    from coordinator_tui.domain.summary import Summary

MEMBERS, SESSIONS, WORKS = 1_000, 40, 10_000
MOST_MILLISECONDS, MOST_MEGABYTES = 200, 60
TERM = default_term("2026-2027-1")
TODAY = TERM.until

Documents = dict[int, dict[str, Any]]


def school() -> tuple[list[Member], list[Membership], list[Assignment]]:
    chance = random.Random(1)
    members = [Member(id=at, name=f"教师{at}", subject="语文") for at in range(1, MEMBERS + 1)]
    memberships = [
        Membership(
            id=10_000 + member.id,
            member=member.id,
            group=1,
            start=TERM.start + timedelta(days=chance.randrange(60)) if member.id % 10 == 0 else None,
        )
        for member in members
    ]
    assignments = [
        Assignment(id=at, group=1, kind=WorkKind.READING_NOTE, title=f"{at}", due=TERM.start + timedelta(days=30 * at))
        for at in range(1, 5)
    ]
    return members, memberships, assignments


def term_documents() -> tuple[Documents, Documents, Documents]:
    chance = random.Random(2)
    marks, kinds, works = list(Mark), list(SessionKind), list(WorkKind)
    days = [TERM.start + timedelta(days=3 * at) for at in range(SESSIONS)]
    sessions: Documents = {
        at: {"group": 1, "date": day.isoformat(), "status": "held", "kind": chance.choice(kinds).value}
        for at, day in enumerate(days, 1)
    }
    rolls = [(session, member) for session in sessions for member in range(1, MEMBERS + 1)]
    attendance: Documents = {
        at: {"session": session, "member": member, "mark": chance.choice(marks).value}
        for at, (session, member) in enumerate(rolls, 1)
    }
    handed_in: Documents = {
        at: {
            "member": chance.randrange(1, MEMBERS + 1),
            "kind": chance.choice(works).value,
            "date": chance.choice(days).isoformat(),
            "words": chance.randrange(300, 1500),
            "status": chance.choice(list(WorkStatus)).value,
            "grade": chance.choice("ABC"),
        }
        for at in range(1, WORKS + 1)
    }
    return sessions, attendance, handed_in


def main() -> int:
    people, documents = school(), term_documents()
    group = Group(id=1, name="中心校")

    def run() -> Summary:
        return summarise(TERM, *documents, *people, TODAY, group=group)

    run().to_json()
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = []
    for _ in range(15):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1000)
    resident = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    tracemalloc.start()
    result = run()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    milliseconds, megabytes = statistics.median(times), max(peak / 1e6, resident)
    print(f"summary of {len(result.members):,} members × {SESSIONS} sessions × {WORKS:,} works")
    print(f"  time    {milliseconds:7.1f} ms   (most {MOST_MILLISECONDS} ms; {milliseconds / MOST_MILLISECONDS:.2f}×)")
    print(f"  memory  {megabytes:7.1f} MB   (most {MOST_MEGABYTES} MB; {megabytes / MOST_MEGABYTES:.2f}×)")
    return int(milliseconds > MOST_MILLISECONDS or megabytes > MOST_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
