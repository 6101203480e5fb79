"""Words in cells to codes: gender, subjects, titles, levels, honours, roles, kinds, marks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from coordinator_tui.domain.vocabulary import Level
from coordinator_tui.imports.grid import tidy
from coordinator_tui.imports.synonyms import values
from coordinator_tui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_BRACKETED = re.compile(r"[(（][^)）]*[)）]")
_LIST = re.compile(r"[、，,;；/\n|]+|\s{2,}")
_TITLE_TAIL = re.compile(
    r"(?:\(.*?\)|专技|专业技术|岗位)?(?:[一二三四五六七八九十]{1,3}|\d{1,2})级(?:岗位|岗)?$|\(.*?\)|(?:19|20)\d{2}.*$|[-—/].*$"
)
_GRADE = re.compile(
    r"^(?:小学|初中|高中|初|高)?(?:[一二三四五六七八九]|[1-9])年级|^[初高小][一二三123]年?级?|^[一二三四五六七八九1-9]\s*\(?\d{0,2}\)?班|\(?\d{1,2}\)?班"
)
_GRADE_STAGE = (
    (re.compile(r"高[一二三123]|高中"), "高中"),
    (re.compile(r"初[一二三123]|初中|[七八九789]年级"), "初中"),
    (re.compile(r"小学|[一二三四五六1-6]年级|^小[语数英]"), "小学"),
    (re.compile(r"[大中小托]班|幼儿|学前"), "幼儿园"),
)
_SCOPE_LEVEL = {
    "国家级": Level.BACKBONE_PROVINCE,
    "省级": Level.BACKBONE_PROVINCE,
    "市级": Level.BACKBONE_CITY,
    "县级": Level.BACKBONE_COUNTY,
    "区级": Level.BACKBONE_COUNTY,
    "镇级": Level.BACKBONE_SCHOOL,
    "校级": Level.BACKBONE_SCHOOL,
}
_KIND_LEVEL = {"学科带头人": Level.SUBJECT_LEADER, "特级教师": Level.SPECIAL_GRADE}
_LEVELS = list(Level)


class Honour(NamedTuple):
    """One honour: its usual text ("市级骨干教师"), and scope and kind where they are known."""

    text: str
    scope: str | None
    kind: str | None


def word(list_name: str, text: str) -> str | None:
    """Code of a word in one list of values, None when the list does not know it."""
    return values(list_name).get(fold(text))


def split_list(text: str) -> list[str]:
    """Return the entries of a cell that holds several, parted by 、 commas, semicolons, strokes or ends of lines."""
    return [part for part in (tidy(each) for each in _LIST.split(text)) if part]


def yes_or_no(text: str) -> bool | None:
    """Return True or False for what schools tick with, None for any other text."""
    code = word("yes_no", text)
    return None if code is None else code == "yes"


@lru_cache(maxsize=4096)
def read_subjects(text: str) -> tuple[tuple[str, ...], str | None]:
    """Subjects of a cell in their usual words, and the stage that the cell implies (小语, 七年级数学)."""
    folded = fold(text)
    stage = next((stage for pattern, stage in _GRADE_STAGE if pattern.search(folded)), None)
    subjects = [_subject(part) for part in split_list(text)]
    return tuple(dict.fromkeys(subject for subject in subjects if subject)), stage


def _subject(text: str) -> str:
    known = word("subjects", text)
    if known:
        return known
    bare = _GRADE.sub("", fold(_BRACKETED.sub("", text)))
    return word("subjects", bare) or word("subjects", bare.removesuffix("教师").removesuffix("老师")) or tidy(text)


@lru_cache(maxsize=1024)
def read_stage(text: str) -> str | None:
    """Stage of a cell in its usual word, also out of a grade (三年级); None when it says none."""
    known = word("stages", text)
    return known or next((stage for pattern, stage in _GRADE_STAGE if pattern.search(fold(text))), None)


@lru_cache(maxsize=4096)
def read_title(text: str) -> tuple[str, bool]:
    """Title in its usual word and whether it was known; an unknown one stays as typed."""
    for candidate in _title_forms(fold(text)):
        known = values("titles").get(candidate)
        if known:
            return known, True
    return tidy(text), False


def _title_forms(folded: str) -> list[str]:
    """Return the text, also without grade of post, date and 教师: 中小学一级教师(十级), 一级教师/2015.12."""
    bare = _TITLE_TAIL.sub("", folded)
    forms = [folded, bare, bare.replace("职称", "")]
    return [form for text in forms for form in (text, text.removesuffix("老师"), text.removesuffix("教师")) if form]


@lru_cache(maxsize=4096)
def read_honours(text: str) -> tuple[Honour, ...]:
    """Honours of a cell: "市级骨干教师、县学科带头人" and the like; what is not known stays as typed."""
    found: list[Honour] = []
    for part in split_list(text):
        pieces = part.split(" ") if all(_honour(piece).kind for piece in part.split(" ")) else [part]
        found.extend(_honour(piece) for piece in pieces)
    return tuple(dict.fromkeys(found))


def _honour(text: str) -> Honour:
    typed = unicodedata.normalize("NFKC", tidy(text))
    folded = re.sub(r"^(?:19|20)\d{2}年?(?:度)?", "", fold(_BRACKETED.sub("", typed)))
    kinds, scopes = values("honour_kinds"), values("scopes")
    for start in range(len(folded)):
        kind = kinds.get(folded[start:])
        if kind is None:
            continue
        scope = scopes.get(folded[:start])
        if scope or not start:
            return Honour((scope or "") + kind, scope, kind)
        return Honour(typed, _scope_at_end(folded[:start]), kind)
    return Honour(typed, None, None)


def _scope_at_end(text: str) -> str | None:
    """Scope of an honour that names its place: 颍上县骨干教师 is one of the county."""
    return values("scopes").get(text.removesuffix("级")[-1:])


def honour_level(honour: Honour) -> Level | None:
    """Level of teacher that an honour gives, None for none; a backbone teacher of no scope counts as the school's."""
    if honour.kind == "骨干教师":
        return _SCOPE_LEVEL[honour.scope or "校级"]
    return _KIND_LEVEL.get(honour.kind or "")


def read_scope(text: str) -> str | None:
    """Scope of a cell that says only 市级 or 校."""
    return word("scopes", text)


def read_level(text: str) -> Level | None:
    """Level of a cell of the column 教师层级, None when it is not known."""
    code = word("level_words", text)
    if code:
        return Level(code)
    return highest(honour_level(honour) for honour in read_honours(text))


def highest(levels: Iterable[Level | None]) -> Level | None:
    """Return the highest of some levels; None when there is none among them."""
    found = [level for level in levels if level is not None]
    return max(found, key=_LEVELS.index, default=None)


@lru_cache(maxsize=256)
def read_role(text: str) -> str | None:
    """Role in a group (leader, deputy, recorder, member); None for offices of other kinds (班主任, 校长)."""
    for part in split_list(text):
        known = word("roles", part) or word("roles", _BRACKETED.sub("", part))
        if known:
            return known
        folded = fold(part)
        if folded.endswith("副组长"):
            return "deputy"
        if folded.endswith("组长"):
            return "leader"
    return None
