"""Whatever stands in a file, it is a pack or there is a sentence that says why not."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
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
