"""What a newer pack changes is listed before anything is taken over."""

from __future__ import annotations

from pathlib import Path

import pytest

from coordinator_tui.domain.rules.reading import read_pack
from coordinator_tui.domain.rules.upgrade import Change, Difference, Thing, differences
from coordinator_tui.text import select_language

TEMPLATE = (Path(__file__).parents[2] / "config/rules/template.yaml").read_text(encoding="utf-8")


def upgrade(*changes: tuple[str, str]) -> list[Difference]:
    text = TEMPLATE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return differences(read_pack(TEMPLATE), read_pack(text))


def test_the_same_pack_differs_in_nothing() -> None:
    assert upgrade() == []


def test_a_changed_number_is_named_with_the_old_one_and_the_new_one() -> None:
    [found] = upgrade(("{backbone: 2, other: 1}", "{backbone: 3, other: 1}"))
    assert (found.change, found.thing, found.id, found.clause) == (
        Change.CHANGED, Thing.REQUIREMENT, "monthly-note", "2",
    )  # fmt: skip
    assert found.field == "how_many.at_least"
    assert (found.old["by_level"]["backbone_city"], found.new["by_level"]["backbone_city"]) == (2, 3)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("version: 1 ", "version: 2 ", "version: 1 → 2"),
        ("    most: 60 ", "    most: 40 ", "setting notes_per_term: most: 60 → 40"),
        ("words_each: 800", "words_each: 1000", "requirement monthly-note: what.words_each: 800 → 1000"),
        ("due: {day: 25}", "due: {day: 28}", "requirement monthly-note: due.day: 25 → 28"),
        ("away: excused", "away: counted", "requirement monthly-note: who.away: excused → counted"),
        ("hosts: [政教处, 教导处]", "hosts: [教导处]", "cadence weekly-slot: hosts: [政教处, 教导处] → [教导处]"),
        ("commend_at_least: 90", "commend_at_least: 85", "assessment diligence: commend_at_least: 90 → 85"),
        ("per_missing: -2", "per_missing: -3", "part diligence/notes: per_missing: -2 → -3"),
        (
            "- 无特殊原因不改变学习时间。",
            "- 时间固定。",
            "clause 1: remind: [无特殊原因不改变学习时间。] → [时间固定。]",
        ),
    ],
)
def test_every_kind_of_change_is_one_readable_line(old: str, new: str, line: str) -> None:
    [found] = upgrade((old, new))
    assert str(found) == line


def test_what_came_and_what_went_is_named_with_its_title() -> None:
    relay = TEMPLATE[TEMPLATE.index("      - id: training-relay") : TEMPLATE.index("      - id: survey-after")]
    gone = upgrade((relay, ""))
    assert [(each.change, each.id, each.field) for each in gone] == [(Change.REMOVED, "training-relay", "")]
    assert str(gone[0]) == "requirement training-relay “培训后在组内传达” is gone"
    came = differences(read_pack(TEMPLATE.replace(relay, "")), read_pack(TEMPLATE))
    assert str(came[0]) == "new requirement training-relay “培训后在组内传达”"
    assert came[0].new["how_many.at_least"] == 1


def test_a_requirement_that_moved_to_another_clause_has_moved_and_is_not_new() -> None:
    found = upgrade(('- id: "3"', '- id: "3a"'))
    by_thing = {(each.thing, each.change) for each in found}
    assert (Thing.REQUIREMENT, Change.ADDED) not in by_thing
    assert {(each.field, each.old, each.new) for each in found if each.thing is Thing.REQUIREMENT} == {
        ("clause", "3", "3a")
    }


def test_titles_are_said_in_the_language_of_the_reader() -> None:
    old = read_pack(TEMPLATE)
    new = read_pack(TEMPLATE.replace("title: 每学期读一至两本专著", "title: {zh: 读书, en: Books to read}"))
    [found] = differences(old, new)
    assert str(found) == "requirement books: title: 每学期读一至两本专著 → Books to read"
    select_language("zh")
    assert "→ 读书" in str(found)
