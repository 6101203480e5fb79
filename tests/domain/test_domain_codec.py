"""Records to JSON documents and back, also from documents that somebody else wrote."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator_tui.domain import records, vocabulary
from coordinator_tui.domain.codec import field_names, from_document, to_document
from coordinator_tui.domain.records import Attendance, Leave, Member, Record, Session, Work
from coordinator_tui.domain.vocabulary import (
    TITLES,
    AchievementKind,
    AwardLevel,
    Level,
    Mark,
    Scope,
    SessionStatus,
    WorkKind,
    WorkStatus,
    title,
)

KINDS = [kind for kind in vars(records).values() if isinstance(kind, type) and issubclass(kind, Record) and kind.TABLE]
DATES = st.dates(date(1990, 1, 1), date(2040, 1, 1))


@given(
    st.builds(Member, id=st.integers(1, 2**53), name=st.text(), level=st.none() | st.sampled_from(Level),
              honours=st.lists(st.text()).map(tuple), active_from=st.none() | DATES),
    st.builds(Attendance, id=st.integers(1), session=st.integers(), member=st.integers(),
              mark=st.none() | st.sampled_from(Mark), minutes=st.none() | st.integers()),
)  # fmt: skip
def test_a_record_comes_back_from_its_document(member: Member, attendance: Attendance) -> None:
    for record in (member, attendance):
        document = json.loads(json.dumps(to_document(record)))
        assert from_document(type(record), record.id, document) == record


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.TABLE)
@given(st.data())
def test_a_damaged_document_still_gives_a_record(kind: type[Record], data: st.DataObject) -> None:
    junk = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.lists(st.integers(), max_size=2)
    document: dict[str, Any] = data.draw(st.dictionaries(st.sampled_from(field_names(kind)), junk))
    record = from_document(kind, 5, document)
    assert record.id == 5
    assert from_document(kind, 5, to_document(record)) == record


def test_what_cannot_be_read_is_unknown() -> None:
    session = from_document(
        Session, 1, {"group": 3, "date": "someday", "status": "on fire", "future": True, "start": 9}
    )
    assert (session.date, session.status, session.start) == (date.min, SessionStatus.PLANNED, None)
    work = from_document(Work, 1, {"member": "li", "kind": "hologram", "words": "many", "status": "checked"})
    assert (work.member, work.words, work.status) == (0, None, WorkStatus.CHECKED)
    assert title(work.kind) == ""
    assert from_document(Leave, 1, {"start": "2026-09-01"}).start == date(2026, 9, 1)


def test_every_code_has_a_title() -> None:
    kinds = [kind for kind in vars(vocabulary).values() if isinstance(kind, type) and issubclass(kind, StrEnum)]
    codes = [code for kind in kinds for code in kind]
    assert len(TITLES) == len(codes)
    assert all(title(code) for code in codes)


def test_codes_that_two_lists_share_have_the_title_of_their_own_list() -> None:
    assert [title(code) for code in (WorkKind.PAPER, AchievementKind.PAPER)] == ["Paper", "Published or awarded paper"]
    assert [title(code) for code in (Scope.SCHOOL, AwardLevel.SCHOOL)] == ["Inside the school", "School level"]
