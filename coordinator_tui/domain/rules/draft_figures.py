"""Figures as regulations write them: Chinese and Arabic numbers, bounds, units, periods and dates within a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coordinator_tui.domain.rules.draft_parts import Period

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "半": 0.5}
_TENS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_CN = "零〇一二两三四五六七八九十百千万"
FIGURE = rf"(?:\d+(?:\.\d+)?(?:万|千)?|[{_CN}]{{1,12}}|半)"
_RANGE = r"\s*(?:[-－—–~～]+|至|到)\s*"
UNITS = (
    "个小时|小时|学时|课时|分钟|周岁|岁|%|个百分点|万字|字|篇|节次|节|人次|次|本|册|部|份|堂|场|期|门|种|项|名|位|人|条|遍|轮(?![流岗换训])|天|日|个月|个学期|学期|"
    "个学年|学年|年度|年|星期|周|个工作日|个|届"
)
_AT_LEAST = "至少|不少于|不得少于|不能少于|不低于|不得低于|最少|起码|应达到|达到|达|满|须满|≥"
_AT_MOST = "不超过|不得超过|至多|最多|不多于|不得多于|不高于|≤"
_ABOUT = "约|大约|近"


def read_figure(text: str) -> float | None:
    """Return the number that a figure means: "12", "1.5万", "十二", "两", "半"; None when it is none."""
    text = text.strip()
    arabic = re.fullmatch(r"(\d+(?:\.\d+)?)([万千]?)", text)
    if arabic:
        return _plain(float(arabic[1]) * _TENS.get(arabic[2], 1))
    if not text or any(char not in _DIGITS and char not in _TENS for char in text):
        return None
    if not any(char in _TENS for char in text) and len(text) > 1:
        return _plain(float("".join(str(int(_DIGITS[char])) for char in text))) if "半" not in text else None
    return _plain(_chinese(text))


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value


def _chinese(text: str) -> float:
    total, section, digit = 0.0, 0.0, 0.0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char == "万":
            total, section, digit = total + (section + digit) * 10000, 0.0, 0.0
        else:
            section, digit = section + (digit or 1) * _TENS[char], 0.0
    return total + section + digit


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its unit in a sentence: where it stands, its bounds, and how it is bounded."""

    start: int
    end: int
    least: float | None
    most: float | None
    unit: str
    ambiguous: bool
    bounded: bool


_COUNT = re.compile(
    rf"(?P<bound>{_AT_LEAST}|{_AT_MOST}|{_ABOUT})?\s*(?:为|是|在)?\s*"
    rf"(?P<one>{FIGURE})(?P<percent>%)?(?:{_RANGE}(?P<two>{FIGURE}))?\s*(?P<unit>{UNITS})"
    r"(?P<after>\s*(?:[(（]含[)）]|含)?及?(?:以上|以下|以内|左右|上下|之内)(?:[(（]含[^()（）]{0,8}[)）])?)?"
)
_NO_UNIT = re.compile(
    "年级|年龄|年轻|年内|年来|年青|年度考核|日常|日记|人人|人才|人员|人民|人文|人生|人际|人事|人格|字当|次要|次性|位置|条件|项目|本校|本人|本职|本学|节约|门课|期间|期末|期待|期望|个人|个体|个性|个别|部分|部门|周边|周围|周密|场所|场地|场景|种类|名师|名校|份额"
)
_PROSE = re.compile("[第每同统唯单专惟]$")


def counts(sentence: str) -> list[Count]:
    """Find all numbers with a unit; "第三次" and "三年级" are none, and bounds in words count: 至少, 不超过, 以上."""
    found = []
    for match in _COUNT.finditer(sentence):
        least, most = read_figure(match["one"]), read_figure(match["two"] or "")
        if least is None or _PROSE.search(sentence[: match.start("one")]) or _is_word(sentence, match):
            continue
        found.append(_bounded(match, least, most))
    return found


def _is_word(sentence: str, match: re.Match[str]) -> bool:
    """Whether the unit is the beginning of a word: 年级, 人员; after a bound in words (以上) it is not."""
    return not match["after"] and bool(_NO_UNIT.match(sentence, match.start("unit")))


def _bounded(match: re.Match[str], least: float, most: float | None) -> Count:
    bound, after = match["bound"] or "", (match["after"] or "").strip()
    at_most = bool(re.fullmatch(_AT_MOST, bound) or re.search("以下|以内|之内", after))
    about = bool(re.fullmatch(_ABOUT, bound) or re.search("左右|上下", after))
    inclusive = "含" in after or "及以" in after
    ambiguous = about or (bool(after) and not inclusive)
    double = most is not None and bool(bound) and not about
    unit = match["unit"] if not (match["percent"] and match["unit"] != "%") else "%"
    if at_most and most is None:
        least, most = 0, least
    return Count(
        match.start(),
        match.end(),
        None if at_most and least == 0 else least,
        most,
        unit,
        ambiguous or double,
        bool(bound or after or most),
    )


# --- periods -------------------------------------------------------------------------------------------------------

_DONE = "(?=不少于|至少|不低于|不得少于|要?[完写听上读交])"
_NEAR = r"[^,，。;；]{0,12}?[\d一二两三四五六七八九十]+[篇次节本场]"
_PERIODS: tuple[tuple[str, str], ...] = (
    (
        "two_weeks",
        "(?:每(?:个)?|一)?(?:两|二|2|双)(?:个)?(?:周|星期)(?![岁年末])(?=一次|.{0,6}[一1]次)|每(?:两|二|2|双)(?:个)?(?:周|星期)|[双隔]周",
    ),
    ("week", "每(?:个|一|1)?(?:周|星期|礼拜)(?![岁年末])|周周|一周(?=[一二两三四五六\\d]+[节次])"),
    ("first_term", "(?:每学年)?的?(?:第一|上)(?:个)?学期"),
    ("second_term", "(?:每学年)?的?(?:第二|下)(?:个)?学期"),
    ("term", f"每(?:个|一)?学期|(?<![第后])[一1](?:个)?学期(?:内|{_DONE})|本学期(?={_NEAR})"),
    (
        "school_year",
        f"每(?:个|一)?(?:学年|年)度?(?![级龄轻度])|(?<![第后满])[一1](?:个)?学?年(?:内|{_DONE})|本学?年度?(?={_NEAR})",
    ),
    ("month", f"[每逐](?:个|一)?月|月月|[一1]个?月{_DONE}"),
)
_SPAN = re.compile(
    rf"(?<![第后])(?:每|在)?(?P<n>{FIGURE})\s*(?P<unit>年|个月|周)(?:之?内|一个?周期|为(?:一个?)?周期|(?=累计|完成|达到))"
)
_EACH = re.compile(rf"每(?P<n>{FIGURE})\s*(?P<unit>年|个月|个?月|周|个星期|星期)(?!级)")
_PERIOD = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PERIODS))
_LONG = {3: "three_years", 5: "five_years"}


@dataclass(frozen=True, slots=True)
class Cadence:
    """A period in a sentence and where it stands."""

    start: int
    end: int
    period: Period


def cadences(sentence: str) -> list[Cadence]:
    """Find all periods: 每周, 周周, 每两周, 每学期, 第二学期, 每学年, 三年内 …, those of several units first."""
    found: list[Cadence] = []
    for pattern in (_EACH, _SPAN):
        for match in pattern.finditer(sentence):
            per = _of_several(read_figure(match["n"]), match["unit"])
            if per and not _within(match.start(), found):
                found.append(Cadence(match.start(), match.end(), Period(per, match[0])))
    for match in _PERIOD.finditer(sentence):
        if not _within(match.start(), found) and match.lastgroup:
            found.append(Cadence(match.start(), match.end(), Period(match.lastgroup, match[0])))
    return sorted(found, key=lambda each: each.start)


def _within(at: int, found: list[Cadence]) -> bool:
    return any(each.start <= at < each.end for each in found)


def _of_several(number: float | None, unit: str) -> str | None:
    if number is None or number != int(number) or number < 1:
        return None
    count = int(number)
    if unit == "年":
        return _LONG.get(count) or ("school_year" if count == 1 else f"{{years: {count}}}" if count <= 10 else None)
    if unit in {"个月", "月"}:
        return "month" if count == 1 else f"{{months: {count}}}" if 12 % count == 0 else None
    return {1: "week", 2: "two_weeks"}.get(count) or (f"{{weeks: {count}}}" if count <= 4 else None)


# --- dates ---------------------------------------------------------------------------------------------------------

_DATE = re.compile(
    r"(?<!\d)(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号]|(?P<part>份|初|上旬|中旬|中下旬|下旬|底|末))"
)
_PARTS = {
    "初": (1, 10),
    "上旬": (1, 10),
    "中旬": (11, 20),
    "中下旬": (11, 31),
    "下旬": (21, 31),
    "底": (21, 31),
    "末": (21, 31),
}


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day or part of a month in a sentence: the last day meant as "05-31", the first ("" for a day by itself)."""

    start: int
    end: int
    first: str
    last: str


def year_days(sentence: str) -> list[YearDay]:
    """Find dates without regard to their year: 5月31日前, 6月份, 7月中旬."""
    found = []
    for match in _DATE.finditer(sentence):
        month, longest = int(match["month"]), _days(int(match["month"]))
        if match["day"] is None:
            first, last = _PARTS.get(match["part"], (1, 31))
            days = (f"{month:02}-{first:02}", f"{month:02}-{min(last, longest):02}")
            found.append(YearDay(match.start(), match.end(), *days))
        elif int(match["day"]) <= longest:
            found.append(YearDay(match.start(), match.end(), "", f"{month:02}-{int(match['day']):02}"))
    return found


def _days(month: int) -> int:
    """Days that a month has in every year."""
    return 28 if month == 2 else 30 if month in {4, 6, 9, 11} else 31
