"""The term in numbers: sums agree, denominators are honest."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from coordinator_tui.domain.records import Assignment, Group, Member, Membership
from coordinator_tui.domain.summary import MemberSummary, Summary, summarise
from coordinator_tui.domain.terms import default_term
from coordinator_tui.domain.vocabulary import Mark, SessionKind, WorkKind, WorkStatus

TERM = default_term("2026-2027-1")
TODAY = date(2026, 11, 21)
GROUP = Group(id=1, name="语文组")
MEMBERS = [
    Member(id=1, name="张三"),
    Member(id=2, name="王伟", subject="数学"),
    Member(id=3, name="王伟", subject="语文"),
]
MEMBERSHIPS = [
    Membership(id=11, member=1, group=1),
    Membership(id=12, member=2, group=1),
    Membership(id=13, member=3, group=1, start=date(2026, 10, 1)),
]
Documents = dict[int, dict[str, Any]]


def held(day: str, **fields: Any) -> dict[str, Any]:
    return {"group": 1, "date": day, "status": "held", "kind": "lecture", **fields}


def mark(session: int, member: int, code: str | None) -> dict[str, Any]:
    return {"session": session, "member": member, "mark": code}


def summary(
    sessions: Documents,
    attendance: Documents,
    works: Documents | None = None,
    *,
    tasks: tuple[Assignment, ...] = (),
    group: Group | None = GROUP,
) -> Summary:
    return summarise(TERM, sessions, attendance, works or {}, MEMBERS, MEMBERSHIPS, tasks, TODAY, group=group)


SESSIONS: Documents = {
    21: held("2026-09-09", topic="大单元"),
    22: held("2026-10-14", kind="seminar"),
    23: held("2026-10-21", status="cancelled"),
    24: held("2026-11-11", status="planned"),
    25: held("2026-12-09", status="planned"),
    26: held("2026-08-19"),
    27: held("2026-09-16", group=2),
}
ATTENDANCE: Documents = {
    31: mark(21, 1, "present"),
    32: mark(21, 2, "late"),
    33: mark(21, 3, "present"),  # not a member yet
    34: mark(22, 1, "sick"),
    35: mark(22, 2, "exempt"),
    36: mark(23, 1, "absent"),
    37: mark(26, 1, "absent"),
    38: mark(22, 3, "from a newer version"),
    39: mark(22, 99, "present"),
}


def test_attendance_counts_against_nobody_who_was_not_expected_or_not_taken() -> None:
    found = summary(SESSIONS, ATTENDANCE)
    assert (found.planned, found.held, found.cancelled, found.untaken) == (2, 2, 1, 1)
    counts = {key: count for key, count in found.tally.counts.items() if count}
    assert counts == {"present": 1, "late": 1, "sick": 1, "exempt": 1, "not_taken": 4}
    assert (found.tally.expected, found.tally.attended, found.tally.rate) == (8, 2, 2 / 3)
    assert found.extra == 2
    assert [row.name for row in found.members] == ["张三", "王伟(数学)", "王伟(语文)"]
    assert [row.tally.expected for row in found.members] == [3, 3, 2]
    assert found.members[2].tally.rate is None


def test_attendance_by_kind_and_by_session() -> None:
    found = summary(SESSIONS, ATTENDANCE)
    assert {kind: (one.sessions, one.tally.attended) for kind, one in found.kinds.items()} == {
        "lecture": (2, 2),
        "seminar": (1, 0),
    }
    rows = [(one.session, one.week, one.topic, one.tally.attended) for one in found.sessions]
    assert rows == [(21, 2, "大单元", 2), (22, 7, None, 0), (24, 11, None, 0)]


def test_work_is_summed_by_kind_without_what_was_returned() -> None:
    works: Documents = {
        41: {
            "member": 1,
            "kind": "reading_note",
            "date": "2026-09-20",
            "words": 800,
            "status": "checked",
            "grade": "A",
        },
        42: {"member": 1, "kind": "reading_note", "date": "2026-10-20", "words": 700, "status": "handed_in"},
        43: {"member": 2, "kind": "reading_note", "date": "2026-10-20", "words": 500, "status": "returned"},
        44: {"member": 2, "kind": "essay", "date": "2026-08-20", "words": 500},
        45: {"member": 9, "kind": "essay", "date": "2026-09-20", "words": 500},
        46: {"member": 2, "kind": "hologram", "date": "2026-09-20"},
    }
    found = summary({}, {}, works)
    assert found.work["reading_note"].to_json() == {
        "pieces": 2, "words": 1500, "members": 2, "checked": 1, "returned": 1, "grades": {"A": 1},
    }  # fmt: skip
    assert list(found.work) == ["reading_note"]
    assert found.members[0].work["reading_note"].words == 1500
    assert found.members[1].work["reading_note"].pieces == 0


def test_pieces_due_by_today_that_did_not_come_in_are_owed() -> None:
    tasks = tuple(
        Assignment(id=at, group=group, kind=WorkKind.READING_NOTE, title="笔记", due=date(2026, month, 28))
        for at, month, group in ((51, 9, 1), (52, 10, 1), (53, 12, 1), (54, 9, 2))
    )
    works: Documents = {41: {"member": 1, "kind": "reading_note", "date": "2026-09-20"}}
    assert [row.owed for row in summary({}, {}, works, tasks=tasks).members] == [1, 2, 1]


def test_the_json_has_the_promised_shape() -> None:
    found = summary(SESSIONS, ATTENDANCE, {41: {"member": 1, "kind": "essay", "date": "2026-09-20", "words": 800}})
    told = json.loads(json.dumps(found.to_json(), ensure_ascii=False))
    assert (told["term"], told["group"]) == ("2026-2027-1", "语文组")
    assert {"planned", "held", "cancelled"} <= told["sessions"].keys()
    assert told["attendance"]["rate"] == 0.6667
    assert {"expected", "attended", "rate", "counts"} <= told["attendance"].keys()
    assert told["work"]["essay"]["pieces"] == told["work"]["essay"]["members"] == 1
    assert {"member", "name", "attendance", "work", "score"} <= told["members"][0].keys()
    assert told["members"][0]["score"] is None
    assert MemberSummary.empty(5).to_json()["attendance"]["expected"] == 0


def test_without_a_group_everybody_and_every_group_counts() -> None:
    found = summary(SESSIONS, ATTENDANCE, group=None)
    assert (found.group, found.held, len(found.members)) == ("", 3, 3)


DAYS = st.integers(0, 150).map(lambda at: (TERM.start + timedelta(days=at)).isoformat())
STATUSES = st.sampled_from(["planned", "held", "cancelled", "moved"])
KINDS = st.sampled_from([None, "?", *(kind.value for kind in SessionKind)])


@st.composite
def terms(draw: st.DrawFn) -> tuple[Documents, Documents, Documents]:
    session = st.fixed_dictionaries({"group": st.integers(1, 2), "date": DAYS, "status": STATUSES, "kind": KINDS})
    sessions = dict(enumerate(draw(st.lists(session, max_size=6)), 1))
    code = st.sampled_from([None, "?", *(mark.value for mark in Mark)])
    one = st.fixed_dictionaries({"session": st.integers(1, 7), "member": st.integers(1, 4), "mark": code})
    attendance = dict(enumerate(draw(st.lists(one, max_size=30)), 100))
    piece = st.fixed_dictionaries(
        {
            "member": st.integers(1, 4),
            "kind": st.sampled_from([kind.value for kind in WorkKind]),
            "date": DAYS,
            "words": st.none() | st.integers(0, 3000),
            "status": st.sampled_from([status.value for status in WorkStatus]),
        }
    )
    return sessions, attendance, dict(enumerate(draw(st.lists(piece, max_size=15)), 200))


@given(terms())
def test_the_members_the_kinds_and_the_sessions_all_add_up_to_the_whole(
    documents: tuple[Documents, Documents, Documents],
) -> None:
    sessions, attendance, works = documents
    found = summary(sessions, attendance, works)
    assert found.tally.balanced
    for parts in (found.members, found.sessions, found.kinds.values()):
        total: Counter[str] = Counter()
        for part in parts:
            assert part.tally.balanced
            total.update(part.tally.counts)
        assert total == Counter(found.tally.counts)
    assert found.planned + found.held + found.cancelled == sum(1 for one in sessions.values() if one["group"] == 1)
    pieces = [one for one in works.values() if one["member"] <= 3 and one["status"] != "returned"]
    assert sum(work.pieces for work in found.work.values()) == len(pieces)
    assert sum(work.words for work in found.work.values()) == sum(one["words"] or 0 for one in pieces)
    by_member = [work for row in found.members for work in row.work.values()]
    assert sum(work.pieces for work in by_member) == len(pieces)
