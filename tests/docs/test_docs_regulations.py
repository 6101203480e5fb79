"""The README's table of regulations, and the packs: neither has what the other lacks."""

from __future__ import annotations

import re
from pathlib import Path

from coordinator_tui.book import rules

ROOT = Path(__file__).parents[2]


def test_the_readme_lists_every_regulation_under_its_title() -> None:
    lines = re.findall(
        r"^\| (S\d\d) \| ([^|]+) \| ([^|]+) \|$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    titles = {name.lower(): title for name, title, _what in lines}
    shipped = {name: rules.shipped_title(name).zh for name in rules.shipped_texts() if re.fullmatch(r"s\d\d", name)}
    assert titles == shipped
    assert len(shipped) == 25


def test_the_title_of_a_pack_is_found_without_reading_all_of_it() -> None:
    for name in rules.shipped_texts():
        assert rules.shipped_title(name) == rules.shipped_pack(name).title
