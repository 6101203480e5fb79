"""How long a text is, in the two ways people mean by 字: Chinese characters, and the word count of WPS and Word."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_HAN = "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
# What Word calls Asian characters: Han, kana, bopomofo, Hangul, CJK and full-width signs, words squeezed into one sign
# (㈱, ㎡). The ideographic space is a space.
_ASIAN = (
    "\u1100-\u11ff\u2e80-\u2fff\u3001-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe4f"
    "\uff01-\uffef\U0001b000-\U0001b16f\U0001f200-\U0001f2ff\U00020000-\U000323af"
)
_SHARED = "·—‘’“”…‥―‧"
"""Signs of Chinese and of Latin text alike; which of the two they are is told by what is next to them."""


class Counts(NamedTuple):
    """The length of a text: `han` Chinese characters (汉字数), `office` as WPS and Word count (字数)."""

    han: int
    office: int


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what is Han, what is Asian, and the runs between Asian characters and spaces."""
    return re.compile(f"[{_HAN}]"), re.compile(f"[{_ASIAN}]"), re.compile(rf"[^{_ASIAN}\s]+")


def count_han(text: str) -> int:
    """Count the Chinese characters of `text`: every Han character is one, nothing else counts."""
    return len(_patterns()[0].findall(text))


def count_office(text: str) -> int:
    """Count `text` as WPS and Word do: every Chinese character and Chinese sign is one, every Latin word or number too.

    Word adds up "Asian characters" (each Han character, kana, Hangul syllable, full-width or CJK sign) and "non-Asian
    words" (what stands between spaces and Asian characters, with the half-width signs in it). Quotation marks, dashes
    and dots that both scripts share count one each next to Chinese text or alone, and belong to a Latin word else.
    """
    _han, asian, runs = _patterns()
    return len(asian.findall(text)) + sum(_run(text, found) for found in runs.finditer(text))


def count(text: str) -> Counts:
    """Count both ways."""
    return Counts(count_han(text), count_office(text))


def _run(text: str, found: re.Match[str]) -> int:
    """Count a run between Asian characters and spaces: the word in it, and the signs around it that are Chinese."""
    run = found[0]
    word = run.strip(_SHARED)
    if not word:
        return len(run)
    lead, tail = len(run) - len(run.lstrip(_SHARED)), len(run) - len(run.rstrip(_SHARED))
    after_chinese = found.start() > 0 and not text[found.start() - 1].isspace()
    before_chinese = found.end() < len(text) and not text[found.end()].isspace()
    return 1 + lead * after_chinese + tail * before_chinese
