"""A teacher's name out of a cell: padding, stars, brackets and numbers around it are not part of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from coordinator_tui.imports.grid import tidy
from coordinator_tui.imports.messages import BadValue
from coordinator_tui.imports.synonyms import values
from coordinator_tui.text import fold, lazy

DOTS = "·•．‧・.․∙⋅･"
"""What stands for the middle dot of minority names: U+00B7 is right, the others are what people type."""

_HAN = r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\ue000-\uf8ff]"
_OPEN, _CLOSE = r"(（\[［【〔「", r")）\]］】〕」"
_BRACKET = re.compile(rf"[{_OPEN}]([^{_OPEN}{_CLOSE}]*)[{_CLOSE}]")
_STARS = re.compile(r"^[*＊★☆※#△▲●◆\s]+|[*＊★☆※#△▲●◆\s]+$")
_NUMBER = re.compile(rf"(?<={_HAN})\s*([0-9０-９]{{1,2}}|[ⅠⅡⅢ①②③④])$")
_PADDED = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")
_SEVERAL = re.compile(r"[、，,;；/]")
_LETTER = re.compile(r"[^\W\d_]")
_OUTER_DOTS = re.compile(rf"^[{re.escape(DOTS)}\s]+|(?<={_HAN})[{re.escape(DOTS)}\s]+$")
_LONGEST = 60

_LONG_SURNAMES = re.compile(
    "欧阳|上官|司马|诸葛|夏侯|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|长孙|宇文|端木|独孤|南宫|司空|申屠|轩辕|拓跋|闻人|呼延|"
    "东郭|百里|西门|淳于|单于|太史|公冶|濮阳|赫连|澹台|钟离|完颜|纳兰|耶律"
)
_CONCURRENT = frozenset({"兼", "兼职", "兼任", "兼课"})


@dataclass(frozen=True, slots=True)
class NameReading:
    """What a name's cell says: the name as typed (`name`) and folded for comparison (`key`), and what stood beside it.

    `role` is a code of the roles, `gender` a code, `subject` the usual word, `label` what tells namesakes apart ("数",
    "2"), `concurrent` that the person is only partly of the group (兼), `note` any other remark in brackets.
    """

    name: str
    key: str
    role: str | None = None
    gender: str | None = None
    subject: str | None = None
    label: str | None = None
    concurrent: bool = False
    note: str | None = None


def read_name(text: str) -> NameReading:
    """Read the cell of one person's name. Raises BadValue when it holds no name, or the names of several people."""
    shown = tidy(text)
    remarks = [tidy(inside) for inside in _BRACKET.findall(shown)]
    bare = _stripped(_BRACKET.sub(" ", shown))
    number = _NUMBER.search(bare)
    if number:
        bare = bare[: number.start()]
    name = _joined(bare, shown)
    if not _LETTER.search(name) or len(name) > _LONGEST:
        raise BadValue(lazy("“{value}” is not a name."), value=shown[:_LONGEST])
    found = _remarks(remarks)
    label = found.pop("label", None) or (number and unicodedata.normalize("NFKC", number[1])) or None
    return NameReading(name, fold(name), label=label, **found)


def _stripped(text: str) -> str:
    before = None
    while before != text:
        before = text
        text = _OUTER_DOTS.sub("", _STARS.sub("", text)).strip()
    return text


def _joined(bare: str, shown: str) -> str:
    """Return the name without the spaces that pad it; two names side by side are refused."""
    parts = bare.split()
    crowd = _SEVERAL.search(bare) is not None
    if len(parts) > 1 and all(re.fullmatch(rf"{_HAN}{{2,4}}", part) for part in parts):
        crowd = crowd or len(parts) > 2 or not _LONG_SURNAMES.fullmatch(parts[0])
    if crowd:
        text = lazy(
            "“{value}” looks like several names. Write one person in each row (and · between the parts of one name)."
        )
        raise BadValue(text, value=shown)
    joined = _PADDED.sub("", " ".join(parts))
    if re.search(_HAN, joined):
        joined = re.sub(rf"\s*([{re.escape(DOTS)}])\s*", r"\1", joined)
    return joined


def _remarks(remarks: list[str]) -> dict[str, Any]:
    """Fields of a NameReading out of what stood in brackets."""
    found: dict[str, Any] = {}
    other: list[str] = []
    for remark in remarks:
        key = fold(remark)
        kind, value = _remark(key)
        if kind:
            found.setdefault(kind, value)
        elif remark:
            other.append(remark)
        if kind == "subject":
            found.setdefault("label", remark)
    if other:
        found["note"] = "；".join(other)
    return found


def _remark(key: str) -> tuple[str, object]:
    if key in _CONCURRENT:
        return "concurrent", True
    if re.fullmatch(r"\d{1,2}|[a-z]", key) and key not in {"f", "m"}:
        return "label", key
    for kind, words in (("role", "roles"), ("gender", "gender"), ("subject", "subjects")):
        if key in values(words):
            return kind, values(words)[key]
    return "", None
