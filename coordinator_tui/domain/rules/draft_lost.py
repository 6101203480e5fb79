"""Where a pasted regulation lost something: digits before a unit, numbers of clauses, whole characters, the end."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNIT = "篇次|篇|节次|节|人次|次|本|字|万字|小时|学时|课时|分钟|天|份|场|项|%|周岁|名|人|分"
_HOLE = r"(?:[_＿□■×✕*＊○◯…]{1,12}|[xX]{1,4}|[-—]{2,8}|[(（]\s*[)）]|\ufffd+| )"
_BOUNDS = "不少于|不得少于|不低于|不得低于|至少|最少|不超过|不得超过|不多于|至多|达到|占|累计|共计"
_ENDS = r"(?=[,，。;；、:：)）!！?？\s]|$|以上|以下|以内|左右|的?[读听学教论心随反案公示研业笔备集讲]|之间|为)"
_GAPS = (
    re.compile(rf"(?:{_BOUNDS})\s*{_HOLE}?\s*(?P<unit>{_UNIT})(?!人|学[期年]|校|年|月|周){_ENDS}"),
    re.compile(rf"(?<=[\u4e00-\u9fff]){_HOLE}\s*(?P<unit>{_UNIT}){_ENDS}"),
    re.compile(r"(?<=[课记文得思笔动议会座]) ?(?P<unit>篇|节|次|字)(?=(?:以上|以下|以内|左右)(?:[,，。;；、]|$))"),
    re.compile(r"(?<![\d.])(?P<unit>%)"),
    re.compile(rf"(?:男|女|满|未满)\s*{_HOLE}?\s*(?P<unit>周岁)"),
    re.compile(rf"(?:任教|工作|服务)满\s*{_HOLE}?\s*(?P<unit>年)(?!级|度)"),
    re.compile(rf"(?<!\d)\s*{_HOLE}?月\s*{_HOLE}?(?P<unit>日)(?=[之以]?前|止|为|起|[,，。])"),
)


@dataclass(frozen=True, slots=True)
class Gap:
    """A number that is missing in a sentence: where, and the unit that it had."""

    start: int
    end: int
    unit: str


def gaps(sentence: str) -> list[Gap]:
    """Find units without their number: 不少于篇, 听课__节, 占%, 男周岁以下, 月日前."""
    found: list[Gap] = []
    for pattern in _GAPS:
        for match in pattern.finditer(sentence):
            if not any(match.start() < each.end and each.start < match.end() for each in found):
                found.append(Gap(match.start(), match.end(), match["unit"]))
    return sorted(found, key=lambda gap: gap.start)


_GARBLED = re.compile(
    "\ufffd+|(?<=[\u4e00-\u9fff])\\?[;,.:；！，。：、“”‘’（）]|(?<=[\u4e00-\u9fff])\\?!(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])\\?[A-Z@](?=[\u4e00-\u9fff])"
    "|[\u4e00-\u9fff]\\?[\u4e00-\u9fff]{1,3}[A-Za-z@](?=[\u4e00-\u9fff、，。,])|锟斤拷|烫烫烫|[\u4e00-\u9fff]\\?(?=[\u4e00-\u9fff]{1,12}[,，、;；])"
)
_QUESTION = re.compile("[吗呢么什怎何哪谁几否多]")


def garbled(text: str) -> list[tuple[int, str]]:
    """Find characters that were damaged on the way: place and the words around it."""
    found = []
    for match in _GARBLED.finditer(text):
        if "?" in match[0] and _QUESTION.search(text[max(0, match.start() - 12) : match.start() + 1]):
            continue
        found.append((match.start(), text[max(0, match.start() - 4) : match.end() + 6].replace("\n", " ")))
    return found


_COMPLETE = re.compile("(?:[。！!？?；;:：][”’」』》)）\"']*|[”’」』》)）])$")
_TEASER = re.compile(r"(?:\.{3,}|…+|。{2,})$")


def breaks_off(text: str) -> bool:
    """Whether a text ends in the middle of a sentence."""
    text = text.rstrip()
    return bool(_TEASER.search(text)) or (len(text) > 8 and not _COMPLETE.search(text))
