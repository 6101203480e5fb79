"""Terms, weeks and the dates of recurring sessions."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from coordinator_tui.domain.calendar import ClashKind, clashes, plan_dates, plan_sessions, skipped_dates
from coordinator_tui.domain.errors import DomainError
from coordinator_tui.domain.records import CalendarDay, Membership, Series, Session, Term
from coordinator_tui.domain.terms import (
    default_term,
    first_monday,
    monday_of,
    next_term_code,
    parse_term_code,
    school_year,
    term_code_on,
    term_of,
    week_of,
    weeks_of,
)
from coordinator_tui.domain.vocabulary import DayKind, SessionKind, SessionStatus

TERM = default_term("2026-2027-1")
SHIPPED = Path(__file__).parents[2] / "config" / "calendars" / "cn-2026.yaml"


def shipped_days() -> list[CalendarDay]:
    content: dict[str, Any] = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    found = []
    for entry in content["holidays"]:
        for at in range((entry["until"] - entry["from"]).days + 1):
            day = entry["from"] + timedelta(days=at)
            found.append(CalendarDay(id=0, date=day, kind=DayKind.HOLIDAY, name=entry["name"]))
    found += [
        CalendarDay(id=0, date=entry["date"], kind=DayKind.WORKDAY, name=entry["name"], weekday=entry["weekday"])
        for entry in content["workdays"]
    ]
    return found


def series(weekday: int, **fields: Any) -> Series:
    plain = {"group": 1, "name": "教研", "kind": SessionKind.GROUP_RESEARCH, "start": "15:30", "end": "17:00"}
    return Series(id=9, weekday=weekday, **{**plain, **fields})


# terms


def test_a_term_code_names_the_school_year_and_the_term() -> None:
    assert parse_term_code(" 2026-2027-1 ") == (2026, 1)
    assert next_term_code("2026-2027-1") == "2026-2027-2"
    assert next_term_code("2026-2027-2") == "2027-2028-1"


@pytest.mark.parametrize("code", ["", "2026-1", "2026-2028-1", "2026-2027-3", "2026-2027-1x", "第一学期"])
def test_anything_else_is_refused_with_what_would_be_right(code: str) -> None:
    with pytest.raises(DomainError, match="write it like 2026-2027-1"):
        parse_term_code(code)


def test_the_usual_dates_of_terms() -> None:
    second = default_term("2026-2027-2")
    assert (TERM.start, TERM.until, TERM.first_monday) == (date(2026, 9, 1), date(2027, 1, 31), date(2026, 8, 31))
    assert (second.start, second.until, second.first_monday) == (
        date(2027, 2, 15),
        date(2027, 7, 10),
        date(2027, 2, 15),
    )
    assert first_monday(date(2024, 9, 1)) == date(2024, 9, 2)  # a Sunday: school begins the next day
    assert weeks_of(TERM) == 22


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_every_day_lies_in_the_week_of_its_number(first: date, day: date) -> None:
    term = Term(id=1, code="2026-2027-1", start=first, until=first, first_monday=first - timedelta(first.weekday()))
    monday = monday_of(term, week_of(term, day))
    assert monday <= day < monday + timedelta(days=7)
    assert week_of(term, term.first_monday) == 1
    assert week_of(term, day + timedelta(days=7)) == week_of(term, day) + 1


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_a_day_belongs_to_the_term_and_school_year_of_its_code(day: date) -> None:
    year, number = parse_term_code(term_code_on(day))
    if day.month != 8:
        assert school_year(day) == f"{year}-{year + 1}"
    assert number == (1 if day.month in {8, 9, 10, 11, 12, 1} else 2)


def test_a_day_finds_its_term() -> None:
    terms = [TERM, default_term("2026-2027-2")]
    assert term_of(terms, date(2027, 1, 31)) == TERM
    assert term_of(terms, date(2027, 2, 1)) is None


# dates of a series


def test_a_friday_slot_vanishes_on_a_holiday_and_a_moved_workday_carries_its_weekday() -> None:
    fridays = [planned.date for planned in plan_dates(series(5), TERM, shipped_days())]
    assert date(2026, 9, 4) in fridays
    assert not {date(2026, 9, 25), date(2026, 10, 2)} & set(fridays)
    wednesdays = plan_dates(series(3), TERM, shipped_days())
    moved = next(planned for planned in wednesdays if planned.date == date(2026, 10, 10))
    assert (moved.week, moved.note) == (6, "国庆节调休")
    skipped = skipped_dates(series(3), TERM, shipped_days())
    assert [(one.date, one.note) for one in skipped] == [(date(2026, 10, 7), "国庆节")]


def test_every_second_week_counts_from_week_one_or_from_the_series_own_start() -> None:
    even = plan_dates(series(3, every=2), TERM, [], until=date(2026, 9, 30))
    assert [planned.week for planned in even] == [1, 3, 5]
    own = plan_dates(series(3, every=2, from_date=date(2026, 9, 9)), TERM, [], until=date(2026, 9, 30))
    assert [planned.week for planned in own] == [2, 4]
    later = plan_dates(series(3, every=2), TERM, [], from_=date(2026, 9, 10), until=date(2026, 9, 30))
    assert [planned.week for planned in later] == [3, 5]


DAYS = st.lists(
    st.builds(
        CalendarDay,
        id=st.just(0),
        date=st.dates(date(2026, 9, 1), date(2026, 12, 1)),
        kind=st.sampled_from(DayKind),
        weekday=st.none() | st.integers(1, 7),
    ),
    unique_by=lambda day: day.date,
    max_size=30,
)


@given(DAYS, st.integers(1, 7), st.integers(1, 3), st.dates(date(2026, 8, 1), date(2026, 12, 31)))
def test_planned_dates_are_never_on_a_holiday(days: list[CalendarDay], weekday: int, every: int, from_: date) -> None:
    planned = plan_dates(series(weekday, every=every), TERM, days, from_=from_)
    dates = [one.date for one in planned]
    assert dates == sorted(set(dates))
    special = {day.date: day for day in days}
    for one in planned:
        assert max(TERM.start, from_) <= one.date <= TERM.until
        assert (one.week - 1) % every == 0
        assert one.week == week_of(TERM, one.date)
        known = special.get(one.date)
        if known is None:
            assert one.date.isoweekday() == weekday
        else:
            assert known.kind is DayKind.WORKDAY
            assert (known.weekday or one.date.isoweekday()) == weekday
    skipped = {one.date for one in skipped_dates(series(weekday, every=every), TERM, days, from_=from_)}
    assert not skipped & set(dates)
    everything = (max(TERM.start, from_) + timedelta(at) for at in range(200))
    for day in everything:
        if day <= TERM.until and day.isoweekday() == weekday and (week_of(TERM, day) - 1) % every == 0:
            assert (day in skipped) != (day in dates)


# sessions of a series


def test_hosts_and_speakers_take_turns_and_go_on_after_those_there_are() -> None:
    plan = series(3, hosts=("甲", "乙", "丙"), speakers=(1, 2))
    first = plan_sessions(plan, TERM, [], until=date(2026, 9, 16))
    assert [(one.date.day, one.host, one.speaker_member) for one in first] == [
        (2, "甲", 1),
        (9, "乙", 2),
        (16, "丙", 1),
    ]
    cancelled = Session(id=5, group=1, date=date(2026, 9, 23), series=9, host="甲", status=SessionStatus.CANCELLED)
    more = plan_sessions(plan, TERM, [], existing=[*first, cancelled], until=date(2026, 10, 7))
    assert [(one.date.day, one.host, one.speaker_member) for one in more] == [(30, "甲", 2), (7, "乙", 1)]


def test_planning_again_adds_nothing_and_a_moved_session_is_not_doubled() -> None:
    plan = series(3)
    first = plan_sessions(plan, TERM, shipped_days())
    assert plan_sessions(plan, TERM, shipped_days(), existing=first) == []
    moved = Session(id=1, group=1, date=date(2026, 9, 10), moved_from=date(2026, 9, 9), series=9)
    again = plan_sessions(plan, TERM, [], existing=[moved], until=date(2026, 9, 16))
    assert [one.date.day for one in again] == [2, 16]


# clashes


def session(at: int, group: int, start: str | None, end: str | None = None, **fields: Any) -> Session:
    return Session(id=at, group=group, date=date(2026, 9, 9), start=start, end=end, **fields)


MEMBERSHIPS = [
    Membership(id=1, member=7, group=1),
    Membership(id=2, member=7, group=2),
    Membership(id=3, member=8, group=3),
]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (session(1, 1, "15:30", "17:00"), session(2, 1, "16:00", "17:00"), ClashKind.GROUP),
        (session(1, 1, "15:30", "17:00", place="会议室 1"), session(2, 3, "16:00", place="会议室1"), ClashKind.PLACE),
        (session(1, 1, "15:30", "17:00"), session(2, 2, "16:00", "18:00"), ClashKind.MEMBER),
        (session(1, 1, "15:30", "17:00"), session(2, 3, "16:00", speaker_member=7), ClashKind.MEMBER),
        (session(1, 1, "15:30", "17:00"), session(2, 3, "16:00"), None),
        (session(1, 1, "15:30", "17:00"), session(2, 1, "17:00", "18:00"), None),
        (session(1, 1, None), session(2, 1, None), None),
        (session(1, 1, "15:30"), session(2, 1, "15:30"), ClashKind.GROUP),
        (session(1, 1, "15:30", "17:00"), session(2, 1, "16:00", status=SessionStatus.CANCELLED), None),
    ],
)
def test_sessions_that_cannot_both_take_place(one: Session, other: Session, kind: ClashKind | None) -> None:
    assert [clash.kind for clash in clashes([one, other], MEMBERSHIPS)] == ([kind] if kind else [])
    assert [clash.kind for clash in clashes([other, one], MEMBERSHIPS)] == ([kind] if kind else [])


def test_a_session_on_a_holiday_is_told_with_the_holiday() -> None:
    there = Session(id=1, group=1, date=date(2026, 10, 2))
    found = clashes([there], [], shipped_days())
    assert [(clash.kind, clash.name) for clash in found] == [(ClashKind.HOLIDAY, "国庆节")]


# what is shipped


def test_the_shipped_calendar_has_the_published_days() -> None:
    days = {day.date: day for day in shipped_days()}
    off = [day for day in days.values() if day.kind is DayKind.HOLIDAY]
    assert len(off) == 33
    for day in days.values():
        if day.kind is DayKind.WORKDAY:
            assert day.date.isoweekday() > 5
            assert day.weekday is not None
            assert 1 <= day.weekday <= 5
    assert len(days) - len(off) == 6
