"""Laws of scores: sums are the sums of their lines, limits hold, order is nothing, and doing better never costs."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from math import fsum
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rule_worlds import BACKBONE, CHINESE, FIRST, NEW, REGULAR, RULES, Tiny, shipped

from coordinator_tui.domain.records import Membership
from coordinator_tui.domain.rules.assessment import assess
from coordinator_tui.domain.rules.engine import Adopted, Ledger
from coordinator_tui.domain.rules.numbers import value_of
from coordinator_tui.domain.rules.pack import SettingType
from coordinator_tui.domain.vocabulary import AchievementKind, Role

if TYPE_CHECKING:
    from coordinator_tui.domain.rules.scorelines import Score
    from coordinator_tui.domain.rules.world import World

PACKS = sorted(path.stem for path in (*RULES.glob("scoring-*.yaml"), RULES / "hours.yaml"))
MEMBERS = (REGULAR, BACKBONE, NEW)
KINDS = ("lesson_observation", "open_lesson", "paper", "plan", "summary", "essay", "case", "reflection")
MARKS = ("absent", "personal", "sick", "official", "left_early", "late", "present", "exempt")

packs = st.sampled_from(PACKS)
days = st.integers(0, 150).map(lambda number: (FIRST.start + timedelta(days=number)).isoformat())
marks = st.tuples(
    days, st.sampled_from(["policy_study", "group_research", "collective_preparation", "training", "lecture"]),
    st.lists(st.tuples(st.sampled_from(MARKS), st.none() | st.integers(1, 40)), min_size=3, max_size=3),
)  # fmt: skip
works = st.tuples(
    days, st.sampled_from(MEMBERS),
    st.sampled_from(KINDS),
)  # fmt: skip
entries = st.tuples(days, st.sampled_from(MEMBERS), st.sampled_from(["news", "refused_task", "skipped_lesson", "veto"]))
awards = st.tuples(
    days, st.sampled_from(MEMBERS), st.sampled_from(list(AchievementKind)),
    st.sampled_from(["school", "county", "city", "province", "nation", None]),
    st.sampled_from(["一等奖", "二等", "三等奖", "主持", "参与", None]),
)  # fmt: skip


@st.composite
def schools(draw: st.DrawFn) -> Tiny:
    """A term that is over, with a leader, and some of everything."""
    school = Tiny(today=date(2027, 2, 14))
    school.put(Membership(id=BACKBONE + 10, member=BACKBONE, group=CHINESE, role=Role.LEADER))
    for when, kind, called in draw(st.lists(marks, max_size=8)):
        session = school.held(when, kind, speaker_member=REGULAR)
        for member, (mark, minutes) in zip(MEMBERS, called, strict=True):
            school.mark(session, member, mark, minutes if mark in {"late", "left_early"} else None)
    for when, member, kind in draw(st.lists(works, max_size=12)):
        school.work(member, kind, when, words=1600)
    for when, member, kind in draw(st.lists(entries, max_size=5)):
        school.entry(kind, when, member=member, value=2)
    for when, member, achieved, level, grade in draw(st.lists(awards, max_size=5)):
        school.achievement(member, achieved, when, level=level, grade=grade)
    return school


def adopted(pack: str) -> Adopted:
    """Adopt a preset with an answer to everything that it leaves open."""
    given_ = {SettingType.NUMBER: 3, SettingType.PERCENT: 0.5, SettingType.DATE: "09-20", SettingType.YES_NO: True}
    known = shipped(pack)
    answers: dict[str, object] = {each.key: given_[each.type] for each in known.settings if each.key != "cycle_since"}
    answers |= {key: -1 for key in answers if key.startswith("short_")}
    return Adopted(known, answers)


def scores(world: World, pack: Adopted) -> list[Score]:
    return assess(pack, world, Ledger([pack], world, FIRST.start, FIRST.until), FIRST)


def totals(school: Tiny, pack: Adopted) -> dict[tuple[str, int], float]:
    found = {(score.assessment.id, score.unit): score.total for score in scores(school.world(), pack)}
    return {key: total for key, total in found.items() if total is not None}


@settings(max_examples=60, deadline=None)
@given(pack=packs, school=schools())
def test_a_total_is_the_sum_of_its_lines_and_each_line_count_times_points(pack: str, school: Tiny) -> None:
    for score in scores(school.world(), adopted(pack)):
        assert score.total is not None
        assert score.total == pytest.approx(fsum(line.count * line.each for line in score.lines), abs=1e-3)
        assert score.total == pytest.approx(fsum(score.by_part.values()), abs=1e-3)
        assert all(line.text for line in score.lines)


@settings(max_examples=60, deadline=None)
@given(pack=packs, school=schools())
def test_a_score_and_its_parts_stay_within_their_limits(pack: str, school: Tiny) -> None:
    rules = adopted(pack)
    for score in scores(school.world(), rules):
        limited = [("", score.assessment.least, score.assessment.most)]
        limited += [(part.id, part.least, part.most) for part in score.assessment.parts]
        for part, least, most in limited:
            points = score.by_part.get(part, 0.0) if part else score.total or 0.0
            low, high = value_of(least, rules.answers), value_of(most, rules.answers)
            assert low is None or points >= low or score.vetoed
            assert high is None or points <= high


@settings(max_examples=60, deadline=None)
@given(pack=packs, school=schools(), seed=st.integers(0, 999))
def test_the_order_of_records_does_not_matter(pack: str, school: Tiny, seed: int) -> None:
    rules, before = adopted(pack), school.world()
    for table in school.tables:
        mixed = list(school.tables[table].items())
        random.Random(seed).shuffle(mixed)
        school.tables[table] = dict(mixed)
    after = replace(school.world(), order=before.order)
    assert scores(after, rules) == scores(before, rules)


@settings(max_examples=100, deadline=None)
@given(pack=packs, school=schools(), choice=st.randoms(use_true_random=False))
def test_a_better_mark_never_lowers_a_score(pack: str, school: Tiny, choice: random.Random) -> None:
    """Having come is better than anything, having come in part better than being absent (leave differs by school)."""
    rules, before = adopted(pack), totals(school, adopted(pack))
    known: dict[int, dict[str, Any]] = school.tables.get("attendance", {})
    assume(known)
    identity = choice.choice(sorted(known))
    better = ("late", "left_early", "present") if known[identity]["mark"] == "absent" else ("present",)
    known[identity] = {**known[identity], "mark": choice.choice(better), "minutes": None}
    after = totals(school, rules)
    assert all(after[key] >= before[key] for key in before)


@settings(max_examples=100, deadline=None)
@given(pack=packs, school=schools(), when=days, kind=st.sampled_from(KINDS))
def test_one_more_piece_of_work_never_lowers_a_score(pack: str, school: Tiny, when: str, kind: str) -> None:
    rules, before = adopted(pack), totals(school, adopted(pack))
    school.work(BACKBONE, kind, when, words=1600)
    after = totals(school, rules)
    assert all(after[key] >= before[key] for key in before)


@settings(max_examples=60, deadline=None)
@given(pack=packs, school=schools())
def test_an_appeal_changes_nothing_but_is_noted(pack: str, school: Tiny) -> None:
    rules, before = adopted(pack), totals(school, adopted(pack))
    appeal = school.entry("appeal", "2026-11-02", member=REGULAR)
    assert totals(school, rules) == before
    noted = {score.unit: [one.id for one in score.appeals] for score in scores(school.world(), rules)}
    assert noted.get(REGULAR, [appeal]) == [appeal]
    assert not noted.get(NEW)
