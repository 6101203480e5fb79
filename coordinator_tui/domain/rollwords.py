"""The words of a typed roll line: marks, what stands for everybody else, and words that say too little."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from coordinator_tui.domain.vocabulary import Mark
from coordinator_tui.text import fold, lazy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coordinator_tui.text import LazyText


@dataclass(frozen=True, slots=True)
class MarkWord:
    """A word that stands for a mark.

    `mark` None clears (back to not taken); `note` is what it says beyond the mark (产假 is more than other leave);
    `refusal` is why the word cannot be taken, a message with the placeholder {text}.
    """

    text: str
    mark: Mark | None = None
    note: str | None = None
    refusal: LazyText | None = None


_WHICH_LEAVE = lazy("“{text}” does not say which leave: write 病 (sick), 事 (personal), 公 (official) or 假 (other).")
_WHY_AWAY = lazy(
    "“{text}” may be a leave, an absence or a roll not taken: write 病, 事, 公 or 假 for leave, 旷 for absent, "
    "未点 to clear."
)
_WHICH_S = lazy("“{text}” may be sick or 事假: write sick or 病, personal or 事.")
_WHICH_GLYPH = lazy("“{text}” has several meanings in these symbols: write a word such as 迟.")

CANONICAL: dict[Mark | None, str] = {
    Mark.PRESENT: "到",
    Mark.LATE: "迟",
    Mark.LEFT_EARLY: "退",
    Mark.SICK: "病",
    Mark.PERSONAL: "事",
    Mark.OFFICIAL: "公",
    Mark.OTHER_LEAVE: "假",
    Mark.ABSENT: "旷",
    Mark.EXEMPT: "免",
    None: "未点",
}
"""The word that a line is written with, for each mark and for clearing."""

# A space that belongs to a word is written "_".
_WORDS: dict[Mark | None, str] = {
    Mark.PRESENT: "到 到会 到场 到岗 到了 已到 出勤 出席 √ ✓ ✔ ☑ present here p d cq",
    Mark.LATE: "迟 迟到 迟到了 晚 晚到 late l c cd",
    Mark.LEFT_EARLY: "退 早退 早退了 早 early left_early t e zt",
    Mark.SICK: "病 病假 请病假 因病 因病请假 sick sick_leave ill b i bj",
    Mark.PERSONAL: "事 事假 请事假 因事 因事请假 私 私事 personal personal_leave private v sj",
    Mark.OFFICIAL: "公 公假 请公假 因公 公差 公出 出差 official official_leave on_duty g o gj",
    Mark.OTHER_LEAVE: "假 其他假 其它假 other other_leave j",
    Mark.ABSENT: "旷 旷会 旷课 旷工 缺 缺席 缺勤 × ✗ ✘ x absent a k kh",
    Mark.EXEMPT: "免 免到 免点 免会 exempt excused m",
    None: "未 未点 清 清除 clear not_taken w",
}
_LEAVES_WITH_A_NAME = "产 产假 陪产假 婚假 丧假 年假 探亲假 育儿假 哺乳假 护理假 工伤假 maternity maternity_leave"
_REFUSED: dict[LazyText, str] = {
    _WHICH_LEAVE: "请假 请假了 leave on_leave qj",
    _WHY_AWAY: "未到 没到 没来 不到 不来 未来 away missing",
    _WHICH_S: "s",
}


def _split(words: str) -> list[str]:
    return [word.replace("_", " ") for word in words.split()]


def _entries() -> Iterator[MarkWord]:
    for mark, words in _WORDS.items():
        yield from (MarkWord(word, mark) for word in _split(words))
    for word in _split(_LEAVES_WITH_A_NAME):
        yield MarkWord(word, Mark.OTHER_LEAVE, note="产假" if word == "产" else word)
    for refusal, words in _REFUSED.items():
        yield from (MarkWord(word, refusal=refusal) for word in _split(words))


def plain(text: str) -> str:
    """Return `text` folded character by character, so that every character keeps its place."""
    return "".join(plain_char(char) for char in text)


@lru_cache(maxsize=4096)
def plain_char(char: str) -> str:
    """Return one character without case and width; a blank for any space, "" for what cannot be seen."""
    if char == "\n":
        return char
    if char.isspace():
        return " "
    folded = fold(char)
    return folded if len(folded) <= 1 else char


Words = dict[str, tuple[MarkWord, ...]]
"""Mark words by their first character, the longest first."""


@lru_cache(maxsize=64)
def word_table(glyphs: tuple[tuple[str, tuple[Mark, ...]], ...] = ()) -> Words:
    """Return all mark words, with the glyphs of a legend added.

    A glyph that stands for two marks, or that is the word of another mark, is refused when it is met.
    """
    words = {word.text: word for word in _entries()}
    for glyph, marks in glyphs:
        key = plain(glyph).strip()
        if key and not key.isdigit():
            known = words.get(key)
            meanings = {*marks} | ({known.mark} if known and not known.refusal else set())
            words[key] = MarkWord(key, marks[0]) if len(meanings) == 1 else MarkWord(key, refusal=_WHICH_GLYPH)
    table: dict[str, list[MarkWord]] = {}
    for word in sorted(words.values(), key=lambda word: (-len(word.text), word.text)):
        table.setdefault(word.text[0], []).append(word)
    return {first: tuple(known) for first, known in table.items()}


def glyph_table(glyphs: Mapping[str, Mark] | Mapping[Mark, str]) -> tuple[tuple[str, tuple[Mark, ...]], ...]:
    """Return a legend's glyphs in the form of `word_table`, whichever way round the mapping is."""
    found: dict[str, list[Mark]] = {}
    for key, value in glyphs.items():
        glyph, mark = (str(value), key) if isinstance(key, Mark) else (str(key), Mark(value))
        found.setdefault(glyph, []).append(mark)
    return tuple((glyph, tuple(marks)) for glyph, marks in found.items())


_REST = re.compile(
    r"(?:(?:其余|其他|其它|余下|剩下|剩余|余)(?:的|人|人员|老师|教师|成员|同志|者)*[ ]*(?:都|全部|全|皆|均|一律)?"
    r"|全部|全体|全员|全|都|皆|均)[ ]*"
    r"|(?:the )?(?:rest|others|all others|everyone else|everybody else)(?: are| is)? +"
    r"|all +|qy(?=[a-z]| )[ ]*"
)
_BARE = re.compile(r"其余|余下|剩下|剩余|rest(?![a-z])")
_ONLY_PRESENT = re.compile(r"(?:余|全部|全体|全员|全|都|皆|均|all)[ 都全皆均]*")


def rest_words(text: str, at: int) -> re.Match[str] | None:
    """Return the match of what stands for everybody else at `at` of the plain `text`, before its mark."""
    return _REST.match(text, at)


def bare_rest(text: str, at: int) -> re.Match[str] | None:
    """Return the match of a word for everybody else that needs a mark after it."""
    return _BARE.match(text, at)


def fits_rest(words: str, word: MarkWord) -> bool:
    """Tell whether the mark may follow these words for everybody else.

    余 is a surname and 都 an adverb: alone they only stand before a word for present. 其他假 is a mark of its own.
    """
    if word.text in {"假", "产", "产假"}:
        return False
    return word.mark is Mark.PRESENT or not _ONLY_PRESENT.fullmatch(words.strip())
