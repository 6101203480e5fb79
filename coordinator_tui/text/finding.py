"""Finding a thing by what a person types: its text, its pinyin, its initials."""

from __future__ import annotations

import re
from functools import lru_cache

from coordinator_tui.text.folding import fold
from coordinator_tui.text.readings import syllables, toneless

# A query without any of these is wholly Chinese, and found as a piece of the text or not at all.
_TYPED = re.compile("[a-z0-9]")
# Ranks, lower is better; a reading that is not the usual one comes after all that are.
_EXACT, _PREFIX, _INSIDE = 0, 1, 2
_WHOLE_READING, _ALL_INITIALS, _READING_BEGINS, _READING_INSIDE = 3, 4, 5, 6
_RARE = 4


def matches(query: str, *texts: str) -> int | None:
    """Return how well `query` fits the best of `texts`, or None when it fits none; lower is better, 0 is exact.

    A query is a piece of the text itself, or pinyin in which every syllable may be cut short: "zhangsan", "zs", "zhs",
    "zsan" and "张s" all find 张三. Case, width, spaces and kinds of middle dot do not count. An empty query fits all.
    """
    key = fold(query)
    if not key:
        return _EXACT
    return min((rank for text in texts if (rank := _rank(key, text)) is not None), default=None)


def _rank(key: str, text: str) -> int | None:
    folded = fold(text)
    if key == folded:
        return _EXACT
    if (at := folded.find(key)) >= 0:
        return _INSIDE if at else _PREFIX
    return _reading_rank(key.replace("ü", "v").replace("·", ""), text)


def _reading_rank(key: str, text: str) -> int | None:
    if not _TYPED.search(key):
        return None
    usual, every = _typed(text)
    rank = _rank_among(key, usual)
    if rank is None and (rank := _rank_among(key, every)) is not None:
        rank += _RARE
    return rank


Options = tuple[tuple[str, ...], ...]


@lru_cache(maxsize=8192)
def _typed(text: str) -> tuple[Options, Options]:
    """Return per syllable what may be typed for it: the character or its usual reading; then also any other."""
    every = tuple((spoken.text, *_spellings(spoken.readings)) for spoken in syllables(text))
    return tuple(options[:2] for options in every), every


def _spellings(readings: tuple[str, ...]) -> dict[str, None]:
    plain = [toneless(reading) for reading in readings]
    passport = [form for form in plain if "v" in form]
    return dict.fromkeys([*plain, *(form.replace("v", u) for form in passport for u in ("u", "yu"))])


def _rank_among(key: str, options: Options) -> int | None:
    if _spelled_out(key, options):
        return _WHOLE_READING
    if len(key) == len(options) and all(_begins(letter, forms) for letter, forms in zip(key, options, strict=True)):
        return _ALL_INITIALS
    if _cut_short(key, options, 0):
        return _READING_BEGINS
    if any(_cut_short(key, options, start) for start in range(1, len(options))):
        return _READING_INSIDE
    return None


def _begins(letter: str, forms: tuple[str, ...]) -> bool:
    return any(form.startswith(letter) for form in forms)


def _spelled_out(key: str, options: Options) -> bool:
    """Tell whether `key` is one whole form of every syllable, in order."""
    if not options:
        return not key
    return any(key.startswith(form) and _spelled_out(key[len(form) :], options[1:]) for form in options[0])


def _cut_short(key: str, options: Options, at: int) -> bool:
    """Tell whether `key` is made of beginnings of the syllables from number `at` on, none of them skipped."""
    if not key or at == len(options):
        return not key
    return any(_begun(key, form, options, at) for form in options[at] if form[0] == key[0])


def _begun(key: str, form: str, options: Options, at: int) -> bool:
    size = 1
    while key[:size] == form[:size]:
        if _cut_short(key[size:], options, at + 1):
            return True
        if size == len(form):
            break
        size += 1
    return False
