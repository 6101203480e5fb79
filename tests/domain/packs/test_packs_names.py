"""No real school, town or person of the documents behind the packs is named in any pack.

The names stand here as hashes, so that this file does not name them either.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from pathlib import Path

import pytest

RULES = Path(__file__).parents[3] / "config" / "rules"
NAMES = frozenset(
    [
        "0f435557836d",
        "142fe7380d3d",
        "19f1f5ee13b8",
        "38bfbc4900a2",
        "40956b639f0e",
        "489be0428e92",
        "496efb9b6256",
        "4ce11ac5fe94",
        "6b90ab80c9de",
        "6ffae0b56de6",
        "711d8984042d",
        "75aa0584afc0",
        "7d7066b4cdfa",
        "8a8eade8bd3f",
        "8f5e678ba7aa",
        "9f531e18d00b",
        "aea01609e667",
        "d186c0ff2812",
        "d7583afa947c",
        "dbf24002673b",
        "e499c70759b1",
        "fae803ca0dff",
        "fbfadf3f8894",
    ]
)
LENGTHS = (2, 3, 4, 6)
CHINESE_TEXT = re.compile("[\u4e00-\u9fff]+")


def hashed(name: str) -> str:
    return blake2b(name.encode(), digest_size=6).hexdigest()


def named(text: str, names: frozenset[str]) -> list[str]:
    runs = set(CHINESE_TEXT.findall(text))
    pieces = {run[at : at + length] for run in runs for length in LENGTHS for at in range(len(run) - length + 1)}
    return sorted(piece for piece in pieces if hashed(piece) in names)


@pytest.mark.parametrize("path", sorted(RULES.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_pack_names_a_real_school_town_or_person(path: Path) -> None:
    assert not named(path.read_text(encoding="utf-8"), NAMES)


def test_a_name_in_the_middle_of_a_sentence_would_be_found() -> None:
    assert named("请与桃花庄小学联系", frozenset({hashed("桃花庄")})) == ["桃花庄"]
