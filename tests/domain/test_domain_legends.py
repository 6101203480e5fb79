"""Legends are views: every mark has its glyph, and what a glyph may mean is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from coordinator_tui.domain.completeness import HAVE_TITLES, Have, four_haves
from coordinator_tui.domain.errors import DomainError
from coordinator_tui.domain.legends import DEFAULT, Legend, legend_from, legends_from
from coordinator_tui.domain.records import Session
from coordinator_tui.domain.vocabulary import Mark, SessionKind
from coordinator_tui.text import select_language

SHIPPED = Path(__file__).parents[2] / "config" / "legends.yaml"


def shipped() -> dict[str, Legend]:
    content: dict[str, Any] = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    return legends_from(content)


@pytest.mark.parametrize("legend", shipped().values(), ids=list(shipped()))
def test_every_shipped_legend_prints_every_mark(legend: Legend) -> None:
    assert list(legend.glyphs) == list(Mark)
    assert all(glyph == glyph.strip() != "" for glyph in legend.glyphs.values())
    assert {"zh", "en"} <= set(legend.titles)
    assert legend.glyph(None) == ""


def test_the_shipped_default_is_the_one_built_in_and_cannot_be_misread() -> None:
    legends = shipped()
    assert dict(legends["default"].glyphs) == dict(DEFAULT.glyphs)
    assert not DEFAULT.ambiguous
    assert len(legends) >= 10
    select_language("zh")
    assert legends["default"].title.startswith("一字符号")


def test_the_same_sign_means_something_else_in_each_school() -> None:
    meanings = {name: legend.meaning("△") for name, legend in shipped().items() if legend.meaning("△")}
    assert len(set(meanings.values())) >= 4
    assert shipped()["triangle_circle"].ambiguous == {
        "△": (Mark.LATE, Mark.LEFT_EARLY),
        "〇": (Mark.SICK, Mark.PERSONAL),
    }


def test_what_a_legend_leaves_open_prints_as_in_the_default() -> None:
    own = legend_from("own", {"glyphs": {"late": "L"}})
    assert (own.glyph(Mark.LATE), own.glyph(Mark.SICK), own.complete) == ("L", "病", False)
    assert own.title == "own"


@pytest.mark.parametrize("glyphs", [{"asleep": "Z"}, {"late": 5}, {"late": " "}])
def test_a_legend_with_a_mistake_is_refused_with_its_place(glyphs: dict[str, Any]) -> None:
    with pytest.raises(DomainError, match="Legend “own”"):
        legend_from("own", {"glyphs": glyphs})


def test_the_four_haves_of_a_session() -> None:
    bare = Session(id=1, group=1, date=date(2026, 9, 9))
    assert four_haves(bare) == [Have.PLAN, Have.TOPIC, Have.SPEAKER, Have.FORM]
    known = Session(
        id=1, group=1, date=date(2026, 9, 9), plan="见附件", topic=" ", speaker_member=5, kind=SessionKind.LECTURE
    )
    assert four_haves(known) == [Have.TOPIC]
    assert set(HAVE_TITLES) == set(Have)
