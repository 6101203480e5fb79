"""Who is meant by a name, who belongs to a group on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator_tui.domain.people import display_names, find_member, members_on, split_qualifier
from coordinator_tui.domain.records import Member, Membership

ZHANG = Member(id=1, name="张三", subject="语文")
MATHS = Member(id=2, name="王伟", subject="数学", phone="13800001234")
CHINESE = Member(id=3, name="王伟", subject="语文", phone="13800005678")
WEI = Member(id=4, name="王维", subject="英语")
UYGHUR = Member(id=5, name="买买提·吐尔逊")
EVERYBODY = [ZHANG, MATHS, CHINESE, WEI, UYGHUR]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("张三", ZHANG),
        ("张　三", ZHANG),
        ("zhangsan", ZHANG),
        ("Zhang San", ZHANG),
        ("zs", ZHANG),
        ("王伟(数学)", MATHS),
        ("王伟（语）", CHINESE),
        ("ww（数）", MATHS),
        ("王伟(5678)", CHINESE),
        ("王维", WEI),
        ("买买提•吐尔逊", UYGHUR),
        ("买买提吐尔逊", UYGHUR),
        ("王伟(二年级组)", CHINESE),
    ],
)
def test_a_member_is_found_as_people_write_the_name(typed: str, meant: Member) -> None:
    assert find_member(typed, EVERYBODY, groups={3: ["二年级组"]}).one == meant


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [("王伟", [MATHS, CHINESE]), ("wangwei", [MATHS, CHINESE, WEI]), ("ww", [MATHS, CHINESE, WEI])],
)
def test_a_name_of_several_is_never_decided(typed: str, candidates: list[Member]) -> None:
    found = find_member(typed, EVERYBODY)
    assert found.one is None
    assert found.ambiguous
    assert list(found.candidates) == candidates


@pytest.mark.parametrize("typed", ["李四", "", "王伟(体育)", "张", "()"])
def test_nobody_is_found_for_a_name_that_fits_nobody(typed: str) -> None:
    found = find_member(typed, EVERYBODY)
    assert (found.one, found.candidates) == (None, ())


def test_those_whom_a_piece_of_a_name_may_mean_are_offered() -> None:
    assert find_member("买买", EVERYBODY).near == (UYGHUR,)
    assert find_member("zhangs", EVERYBODY).near[0] == ZHANG


def test_the_part_before_the_dot_is_enough_where_it_fits_one() -> None:
    assert find_member("买买提", EVERYBODY).one == UYGHUR


def test_a_name_that_itself_has_brackets_is_found() -> None:
    odd = Member(id=9, name="王伟(大)")
    assert find_member("王伟（大）", [*EVERYBODY, odd]).one == odd
    assert split_qualifier("王伟（数） ") == ("王伟", "数")


def test_namesakes_are_told_apart_by_what_differs() -> None:
    assert display_names([ZHANG, MATHS, CHINESE]) == {1: "张三", 2: "王伟(数学)", 3: "王伟(语文)"}
    twins = [Member(id=at, name="张敏", subject="数学", birth=birth) for at, birth in ((7, "1980"), (6, "1991"))]
    assert display_names(twins) == {7: "张敏(1980)", 6: "张敏(1991)"}
    assert display_names([Member(id=8, name="张敏"), Member(id=6, name="张敏")]) == {6: "张敏(1)", 8: "张敏(2)"}


members = st.builds(
    Member,
    id=st.integers(1, 10**6),
    name=st.sampled_from(["王伟", "王 伟", "张敏", "李娜"]),
    subject=st.sampled_from([None, "语文", "数学"]),
    birth=st.sampled_from([None, "1980", "1981-02"]),
)


@given(st.lists(members, unique_by=lambda member: member.id, max_size=12))
def test_every_display_name_is_unique(group: list[Member]) -> None:
    names = display_names(group)
    assert set(names) == {member.id for member in group}
    assert len(set(names.values())) == len(group)


DAYS = st.dates(date(2026, 9, 1), date(2026, 9, 30))


@given(
    st.lists(st.builds(Membership, id=st.integers(1, 99), member=st.integers(1, 3), group=st.integers(1, 2),
                       start=st.none() | DAYS, until=st.none() | DAYS), max_size=8),
    DAYS,
    st.none() | DAYS,
)  # fmt: skip
def test_who_belonged_on_the_day_counts_once(memberships: list[Membership], day: date, left: date | None) -> None:
    everybody = {at: Member(id=at, name=f"教师{at}", active_until=left if at == 1 else None) for at in (1, 2)}
    found = members_on(memberships, everybody, 1, day)
    assert len(found) == len(set(found))
    for member in (1, 2, 3):
        holds = any(
            one.member == member and one.group == 1 and (one.start or date.min) <= day <= (one.until or date.max)
            for one in memberships
        )
        gone = member == 3 or (member == 1 and left is not None and left < day)
        assert (member in found) == (holds and not gone)


def test_the_first_and_the_last_day_belong_to_a_membership() -> None:
    first, last = date(2026, 9, 7), date(2026, 9, 11)
    memberships = [Membership(id=1, member=1, group=1, start=first, until=last)]
    days = [first - timedelta(days=1), first, last, last + timedelta(days=1)]
    assert [members_on(memberships, {1: ZHANG}, 1, day) for day in days] == [[], [1], [1], []]


def test_the_subject_in_brackets_decides_also_where_a_group_of_the_other_begins_so() -> None:
    groups = {MATHS.id: ["语文教研组"], CHINESE.id: ["语文教研组"]}
    assert find_member("王伟(语文)", EVERYBODY, groups=groups).one == CHINESE
    assert find_member("王伟(语文教研组)", EVERYBODY, groups=groups).ambiguous
