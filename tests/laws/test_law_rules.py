"""Laws of the ledger: evidence only helps, order says nothing, sums agree, the exempt owe nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from laws_rules import (
    COUNTS,
    EVIDENCE,
    FIRST,
    SECOND,
    Dice,
    School,
    adopted,
    edit,
    ledger,
    record,
    regulation,
    requirement,
    school,
)
from laws_scale import examples

from coordinator_tui.domain.records import Attendance
from coordinator_tui.domain.rules.engine import Ledger
from coordinator_tui.domain.rules.pack import HowMany, Measure, Per, PerUnit, Source, What, Who
from coordinator_tui.domain.rules.result import State
from coordinator_tui.domain.vocabulary import Mark, WorkStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator_tui.domain.rules.engine import Adopted
    from coordinator_tui.domain.rules.result import Row

seeds = st.integers(min_value=0, max_value=2**32).map(Dice)
Key = tuple[str, int, str]


def rows(packs: list[Adopted], there: School) -> dict[Key, Row]:
    found = ledger(packs, there.world()).rows()
    return {(row.requirement.key, row.unit, row.period.label): row for row in found}


@given(seeds)
@examples(60)
def test_the_order_of_records_does_not_matter(dice: Dice) -> None:
    there, packs = school(dice), regulation(dice)
    assert list(ledger(packs, there.world()).rows()) == list(ledger(packs, there.world(dice)).rows())


@given(seeds)
@examples(120)
def test_more_evidence_never_makes_a_gap_larger(dice: Dice) -> None:
    there, packs = school(dice), regulation(dice)
    table = dice.choice(EVIDENCE)
    before = rows(packs, there)
    new = record(dice, table, COUNTS[table] + 1)
    if table == "attendance":  # somebody comes to a session for which they were not yet marked
        session = dice.choice([*there.tables["sessions"].values()])
        if any(one.session == session.id and one.member == new.member for one in there.tables[table].values()):
            return
        identity = (session.id - 1) * 5 + new.member
        new = Attendance(id=identity, session=session.id, member=new.member, mark=Mark.PRESENT)
    if table == "work":
        new = replace(new, status=WorkStatus.CHECKED)
    there.put(table, new)
    after = rows(packs, there)
    for key, row in before.items():
        if _helps(row, table):
            assert after[key].gap <= row.gap + 1e-9, (row, after[key])


def _helps(row: Row, table: str) -> bool:
    """Tell whether such a record can only be evidence for a row, and nothing that the row is measured by."""
    how, what, per = row.requirement.how_many, row.requirement.what, row.requirement.per
    if how.ratio_at_least is not None or how.ratio_at_most is not None:
        return False
    if table == "attendance":
        return per.unit not in {PerUnit.SESSION, PerUnit.EVENT} and what.source is not Source.FIELDS
    if table == "pairs":
        return row.requirement.who.pair_role is None
    return per.event is None or per.event.value != table


@given(seeds)
@examples(60)
def test_who_is_exempt_or_waits_for_a_setting_owes_nothing_and_gaps_are_what_is_missing(dice: Dice) -> None:
    there, packs = school(dice), regulation(dice)
    for row in ledger(packs, there.world()).rows():
        assert row.gap >= 0
        if row.state in {State.EXEMPT, State.SETTING_MISSING, State.MET}:
            assert (row.gap, row.owes) == (0, False)
        if row.needed is None:
            assert (row.state, row.full) == (State.SETTING_MISSING, None)
            continue
        if row.full is None:  # free, whatever the number is that nobody answered
            assert (row.state, row.needed) == (State.EXEMPT, 0)
        else:
            assert 0 <= row.needed <= row.full
        assert row.needed == row.full or row.reasons
        if not row.requirement.advice:
            assert abs(row.gap - max(row.needed - row.done, 0)) < 1e-9
        assert row.owes == (row.gap > 0 and row.state in {State.DUE, State.OVERDUE})


@given(seeds)
@examples(60)
def test_every_piece_counts_once_for_one_period_of_a_rule(dice: Dice) -> None:
    there, packs = school(dice), regulation(dice)
    counted: Counter[tuple[str, int, str, int]] = Counter()
    for row in ledger(packs, there.world()).rows():
        what = row.requirement.what
        if row.requirement.how_many.ratio_at_least is None:
            assert abs(row.done - sum(one.amount for one in row.evidence)) < 1e-9
        if what.source not in {Source.PAIRS, Source.FIELDS}:
            counted.update((row.requirement.key, row.unit, one.table, one.id) for one in row.evidence)
    assert set(counted.values()) <= {1}


@given(seeds, st.sampled_from([Measure.COUNT, Measure.WORDS]))
@examples(60)
def test_months_add_up_to_terms_and_terms_to_the_school_year(dice: Dice, measure: Measure) -> None:
    there = school(dice)
    there.put("terms", SECOND)
    there.tables["work"] = {
        at: one
        for at, one in there.tables["work"].items()
        if any(term.start <= one.date <= term.until for term in (FIRST, SECOND))
    }
    parts = [
        replace(
            requirement(dice, at),
            who=Who(),
            what=What(source=Source.WORK, measure=measure),
            how_many=HowMany(at_least=2),
            per=Per(unit=unit),
        )
        for at, unit in enumerate((PerUnit.MONTH, PerUnit.TERM, PerUnit.SCHOOL_YEAR))
    ]
    whole = Ledger([adopted(*parts)], there.world(), FIRST.start, FIRST.start + timedelta(days=364))
    for member in there.tables["members"]:
        found = [whole.of(requirement=part.key, unit=member) for part in parts]
        if found[2]:
            months, terms, year = (sum(row.done for row in rows) for rows in found)
            assert months == terms == year


@given(seeds, st.integers(min_value=1, max_value=6))
@examples(100)
def test_a_change_gives_the_rows_that_computing_afresh_gives(dice: Dice, edits: int) -> None:
    there, packs = school(dice), regulation(dice)
    kept = ledger(packs, there.world())
    for _ in range(edits):
        before = _by_unit(kept.rows()) if dice.random() < 0.7 else None
        table, identity, old, new = edit(dice, there)
        if dice.random() < 0.1:
            there.today += timedelta(days=dice.randrange(40))
        if dice.random() < 0.1:
            there.order = tuple(dice.sample(range(1, 6), 3))
        told = kept.changed(table, identity, old, new, there.world())
        afresh = ledger(packs, there.world()).rows()
        assert list(kept.rows()) == list(afresh), (table, old, new)
        if before is not None:
            after = _by_unit(afresh)
            assert {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} <= told


def _by_unit(found: Iterable[Row]) -> dict[tuple[str, int], list[Row]]:
    groups: dict[tuple[str, int], list[Row]] = {}
    for row in found:
        groups.setdefault((row.requirement.key, row.unit), []).append(row)
    return groups
