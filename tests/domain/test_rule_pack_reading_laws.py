"""Whatever stands in a file, it is a pack or there is a sentence that says why not."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coordinator_tui.domain.rules.pack import Pack
from coordinator_tui.domain.rules.reading import PackError, check_pack, read_pack

TEMPLATE = (Path(__file__).parents[2] / "config/rules/template.yaml").read_text(encoding="utf-8")
BARE = "\n".join(line for line in TEMPLATE.splitlines() if not line.lstrip().startswith("#"))
PIECES = [
    "", " ", "\t", ":", ": ", "：", "-", "- ", "[", "]", "{", "}", "'", '"', "#", ",", "~", "null", "true", "1", "-1",
    "0.5", "1e400", ".inf", ".nan", "9" * 30, "any", "*a", "&a ", "!!python/object:x ", "!x ", "---\n", "...\n", "? ",
    "| \n", ">\n", "%YAML 9.9\n", "<<: {}", "\x00", "\ufeff", "\ud800", "\u202e", "\U0001f600", "setting: x",
    "by_level: {}", "骨干", "每月", "2026-02-30", "25:61", "{" * 40, "[" * 400,
]  # fmt: skip


def outcome(text: str) -> str:
    """Read a text both ways, which must agree; whatever is refused has its sentence."""
    errors = check_pack(text, name="any.yaml")
    for error in errors:
        assert isinstance(error, PackError)
        assert str(error)
        assert 0 <= error.line <= text.count("\n") + 2
    if errors:
        with pytest.raises(PackError) as refused:
            read_pack(text, name="any.yaml")
        assert str(refused.value) == str(errors[0])
        return "refused"
    assert isinstance(read_pack(text, name="any.yaml"), Pack)
    return "read"


def changed(text: str, seed: int, times: int) -> str:
    """Return the text with some pieces put in, taken out, exchanged or moved, by lines or by characters."""
    dice = random.Random(seed)
    for _ in range(times):
        lines = text.split("\n")
        here, there = dice.randrange(len(lines)), dice.randrange(len(lines))
        kind = dice.randrange(6)
        if kind == 0:
            del lines[here]
        elif kind == 1:
            lines.insert(here, lines[there])
        elif kind == 2:
            lines[here], lines[there] = lines[there], lines[here]
        elif kind == 3:
            lines[here] = dice.choice(["", " ", "  ", "    "]) + lines[here].removeprefix("  ")
        elif kind == 4:
            at = dice.randrange(len(lines[here]) + 1)
            lines[here] = lines[here][:at] + dice.choice(PIECES) + lines[here][at + dice.randrange(4) :]
        else:
            key, colon, _value = lines[here].partition(": ")
            lines[here] = key + colon + dice.choice(PIECES)
        text = "\n".join(lines)
    return text


@settings(deadline=None, max_examples=150)
@given(seed=st.integers(0, 10**9), times=st.integers(1, 6))
def test_a_pack_changed_at_random_is_a_pack_or_is_refused_with_a_sentence(seed: int, times: int) -> None:
    outcome(changed(BARE, seed, times))


VALUES: list[Any] = [
    None, True, 0, -1, 2.5, 10**30, "", "any", "x", "5", "90%", "骨干", "month", "monthly-note", "lecture", "15:30",
    "05-31", [], ["x"], [[]], [None], {}, {"setting": "notes_per_term"}, {"setting": "nothing"}, {"setting": None},
    {"setting": []}, {"by_level": {"backbone": 2, "other": {"setting": "age_limit"}}}, {"by_level": []}, {"zh": "甲"},
    {"en": "a"}, {"zh": {}}, {"points": 1}, {"at_least": 1}, {"event": "sessions", "kinds": ["book"]}, {"months": 5},
    {"sessions": "any"}, {"fields": ["title"], "of": "member"}, {"marks": ["late"], "count": 1}, {"day": 1},
    {"source": "parts", "parts": []},
]  # fmt: skip
DATA = yaml.safe_load(BARE)


def places(node: Any) -> list[tuple[Any, Any]]:
    """Return every place of a tree of data as its container and its key or index."""
    pairs = list(node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ())
    return [(node, key) for key, _value in pairs] + [place for _key, value in pairs for place in places(value)]


def exchanged(seed: int, times: int) -> str:
    """Return the template with some values replaced, removed, or put under other keys; still good YAML."""
    dice = random.Random(seed)
    data = copy.deepcopy(DATA)
    for _ in range(times):
        container, key = dice.choice(places(data))
        kind = dice.randrange(4)
        if kind == 0:
            del container[key]
        elif kind == 1:
            other, name = dice.choice(places(data))
            container[key] = copy.deepcopy(other[name])
        elif kind == 2 and isinstance(container, dict):
            other, name = dice.choice(places(data))
            container[name if isinstance(other, dict) else str(name)] = container.pop(key)
        else:
            container[key] = copy.deepcopy(dice.choice(VALUES))
    return json.dumps(data, ensure_ascii=False, indent=1)  # JSON is YAML too


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 10**9), times=st.integers(1, 3))
def test_values_that_came_to_a_wrong_place_are_refused_with_a_sentence(seed: int, times: int) -> None:
    outcome(exchanged(seed, times))


@settings(deadline=None, max_examples=100)
@given(text=st.text(max_size=200))
@example("[" * 100_000)
@example("{a: " * 50_000)
@example("- " * 50_000)
@example("a: &a [*a]")
@example("? ? ? x")
@example("\ufeff\ufeffformat: 1")
@example("format: 1\nid: a\ntitle: &t x\nsource: *t")
def test_any_text_at_all_is_refused_with_a_sentence(text: str) -> None:
    assert outcome(text) == "refused"


@pytest.mark.parametrize("piece", PIECES)
def test_no_value_of_any_key_breaks_the_reader(piece: str) -> None:
    lines = BARE.split("\n")
    for number, line in enumerate(lines):
        key, colon, _value = line.partition(": ")
        if colon and number % 10 == PIECES.index(piece) % 10:  # every key meets some, every piece some keys
            outcome("\n".join([*lines[:number], key + colon + piece, *lines[number + 1 :]]))
