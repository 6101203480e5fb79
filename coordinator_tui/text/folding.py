"""The matching key of a text: what stays the same however it was typed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# What files hold where a minority name has its middle dot (U+00B7); NFKC maps only the full-width stop among them.
_DOTS = re.compile("[·•．‧・.․∙⋅・]")
_DROPPED = re.compile(
    "[\\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Return `text` without case, width, spaces of any kind, invisible characters; all middle dots and stops as "·"."""
    while (folded := _fold_once(text)) != text:
        text = folded
    return text


def _fold_once(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    return _DROPPED.sub("", _DOTS.sub("·", text))
