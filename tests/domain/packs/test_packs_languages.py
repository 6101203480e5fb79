"""Every text of every shipped pack stands in both languages, and the English has no Chinese in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from rule_worlds import RULES, shipped

from coordinator_tui.domain.rules.pack import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

CHINESE = re.compile("[\u4e00-\u9fff]")
PACKS = sorted(path.stem for path in RULES.glob("s[0-9]*.yaml"))


def texts(thing: Any) -> Iterator[Words]:
    if isinstance(thing, Words):
        yield thing
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from texts(value)
    elif isinstance(thing, list | tuple):
        for value in thing:
            yield from texts(value)
    elif hasattr(thing, "__slots__") and not isinstance(thing, str):
        for name in thing.__slots__:
            yield from texts(getattr(thing, name))


def test_all_25_regulations_are_shipped() -> None:
    assert [pack for pack in PACKS if re.fullmatch(r"s\d\d", pack)] == [f"s{number:02}" for number in range(1, 26)]


@pytest.mark.parametrize("pack", PACKS)
def test_every_text_stands_in_both_languages(pack: str) -> None:
    found = list(texts(shipped(pack)))
    assert found
    lacking = [each.zh for each in found if not each.zh.strip() or not each.en.strip()]
    assert lacking == []
    assert [each.en for each in found if CHINESE.search(each.en)] == []
    assert [each.zh for each in found if not CHINESE.search(each.zh)] == []
