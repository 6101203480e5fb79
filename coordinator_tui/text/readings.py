"""How Chinese text is read: pinyin, its initials, and the order of names."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import islice, product
from typing import NamedTuple

from coordinator_tui.text.folding import fold

# Surnames whose reading is not the first that the dictionary gives for the character.
_SURNAMES = {
    "乐": "yuè", "乜": "niè", "仇": "qiú", "令": "líng", "任": "rén", "佴": "nài", "单": "shàn",
    "卜": "bǔ", "区": "ōu", "华": "huà", "占": "zhān", "召": "shào", "句": "gōu", "员": "yùn",
    "哈": "hǎ", "宁": "nìng", "折": "shé", "撒": "sǎ", "曾": "zēng", "朴": "piáo", "查": "zhā",
    "洗": "xiǎn", "燕": "yān", "相": "xiàng", "盖": "gě", "祭": "zhài", "秘": "bì", "种": "chóng",
    "粘": "nián", "繁": "pó", "纪": "jǐ", "缪": "miào", "翟": "zhái", "葛": "gě", "覃": "qín",
    "解": "xiè", "过": "guō", "那": "nā", "郇": "xún", "都": "dū", "重": "chóng", "长": "cháng",
}  # fmt: skip
# Two-character surnames with a reading of their own.
_DOUBLE_SURNAMES = {
    "万俟": "mò qí", "尉迟": "yù chí", "单于": "chán yú", "长孙": "zhǎng sūn", "澹台": "tán tái", "皇甫": "huáng fǔ",
    "令狐": "líng hú", "宰父": "zǎi fǔ", "鲜于": "xiān yú", "濮阳": "pú yáng", "夏侯": "xià hóu", "宿六": "sù liù",
}  # fmt: skip
_TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
_PARTS = re.compile(r"[0-9]+|[a-zß-öø-ÿ]+|[^\W_]")
_ENTRY = re.compile(rb'"([0-9]+)": "([^"]*)"')
_MOST_READINGS = 12


class _Dictionary:
    """pypinyin's data file as text, one character per line in the order of code points: `"24352": "zhāng",`.

    Lines are looked up where they lie. Parsing all 42,000 would cost 20 ms and 8 MB, for the few hundred characters
    that names need; importing pypinyin, six times as much.
    """

    def __init__(self, text: bytes) -> None:
        self._text = text.strip(b"{}\n")

    def get(self, point: int) -> str:
        """Return the readings of a code point, with commas between, the usual first; "" when it has none."""
        text = self._text
        first, last = 0, len(text)
        while first < last:
            start = max(first, text.rfind(b"\n", first, (first + last) // 2) + 1)
            line = _ENTRY.match(text, start)
            if line is None:
                return ""
            if int(line[1]) == point:
                return line[2].decode()
            if int(line[1]) > point:
                last = start
            else:
                first = text.find(b"\n", line.end(), last) + 1 or last
        return ""


@cache
def _dictionary() -> _Dictionary:
    from importlib.util import find_spec
    from pathlib import Path

    package = find_spec("pypinyin")
    data = Path(package.origin).parent / "pinyin_dict.json" if package and package.origin else None
    if data is not None and data.exists():
        return _Dictionary(data.read_bytes())
    return _Dictionary(b"")


@cache
def _whole_dictionary() -> dict[int, str]:
    """Return everything that pypinyin knows."""
    from pypinyin.pinyin_dict import pinyin_dict

    return dict(pinyin_dict)


@lru_cache(maxsize=4096)
def _char_readings(char: str) -> tuple[str, ...]:
    """Return the readings of one character with tone marks, the usual one first; () when it has none."""
    if len(char) != 1 or char < "\u2e80":  # what Latin text needs must not load the dictionary
        return ()
    readings = _dictionary().get(ord(char))
    if not readings and "\u4e00" <= char <= "\u9fa5":  # these are all read: the file is not what we take it for
        readings = _whole_dictionary().get(ord(char), "")
    return tuple(filter(None, readings.split(",")))


class Syllable(NamedTuple):
    """One character (or Latin word, or number) of a text, folded, with its readings, the likeliest first."""

    text: str
    readings: tuple[str, ...]


@lru_cache(maxsize=8192)
def syllables(text: str) -> tuple[Syllable, ...]:
    """Return what of `text` is read aloud, with tone marks; spaces and punctuation are left out.

    At the beginning of `text` a surname's reading leads.
    """
    parts = _PARTS.findall(" ".join(map(fold, text.split())))
    leading = _surname_readings("".join(parts[:2]))
    found = []
    for index, part in enumerate(parts):
        readings = tuple(dict.fromkeys((*leading[index : index + 1], *_char_readings(part))))
        found.append(Syllable(part, readings or (part,)))
    return tuple(found)


def _surname_readings(beginning: str) -> list[str]:
    double = _DOUBLE_SURNAMES.get(beginning)
    single = _SURNAMES.get(beginning[:1])
    return double.split() if double else [single] if single else []


@lru_cache(maxsize=8192)
def toneless(syllable: str) -> str:
    """Return a syllable as it is typed: "lǚ" → "lv", "zhāng" → "zhang"."""
    plain = "".join(char for char in unicodedata.normalize("NFD", syllable.replace("ê", "e")) if char not in _TONES)
    return unicodedata.normalize("NFC", plain).replace("ü", "v")


def pinyin(text: str) -> tuple[str, ...]:
    """Return the full readings of `text` as typed, the likeliest first: "单明" → ("shanming", "danming", …)."""
    options = [dict.fromkeys(map(toneless, syllable.readings)) for syllable in syllables(text)]
    return tuple(dict.fromkeys("".join(choice) for choice in islice(product(*options), _MOST_READINGS)))


def initials(text: str) -> str:
    """Return the first letters of the likeliest reading: "张三" → "zs", "买买提·吐尔逊" → "mmttex"."""
    return "".join(toneless(syllable.readings[0])[0] for syllable in syllables(text))


def sort_key(name: str) -> tuple[tuple[str, int, str], ...]:
    """Return a key that orders names by pinyin, then tone, then character; Latin names fall in among them."""
    return (*[(*_heard(spoken.readings[0]), spoken.text) for spoken in syllables(name)], ("", 0, name))


@lru_cache(maxsize=8192)
def _heard(syllable: str) -> tuple[str, int]:
    return toneless(syllable), _tone(syllable)


def _tone(syllable: str) -> int:
    """Return 1 to 4, or 5 for a syllable without a tone mark."""
    return next((_TONES[mark] for mark in unicodedata.normalize("NFD", syllable) if mark in _TONES), 5)
