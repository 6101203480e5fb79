"""Dates in all the forms in which schools write them, as exact as they were written and never guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from coordinator_tui.imports.messages import BadValue
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordinator_tui.imports.grid import Cell

    MonthHint = Callable[[int], int | None]
    """From the year of an ambiguous date to its month, None where nothing else in the row settles it."""

FIRST_YEAR, LAST_YEAR = 1900, 2100
_SERIALS = range(10000, 80001)
_PIVOT = 30
"""Two-digit years: 30 to 99 are 1930 to 1999, 00 to 29 are 2000 to 2029, as Excel reads them."""

_DIGITS = dict(zip("〇○零一二三四五六七八九", "000123456789", strict=True))
_CHINESE_NUMBER = re.compile("[〇○零一二三四五六七八九十廿卅]+")
_MONTHS = {
    name: place
    for place, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}

_CLOCK = re.compile(
    r"(?:(?<=\d)T|(?<=[\d日号])\s*)(?:[上下]午|am|pm)?\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm|z)?"
    r"(?:\s*[-~至到]\s*(?:[上下]午)?\s*\d{1,2}:\d{2})?$",
    re.IGNORECASE,
)
_BARE_HOUR = re.compile(r"(?<=[\d日号])\s+\d{1,2}:\d{2}(?::\d{2})?$")
_WEEKDAY = re.compile(r"\(?(?:星期|礼拜|周)[一二三四五六日天]\)?|\((?:[一二三四五六日])\)")
_BRACKETED = re.compile(r"\([^)]*\)")
_TAIL = re.compile(r"(?:出生|生人?|左右|前后|起|以来|入职|到校|参加工作)$")
_SEPARATORS = str.maketrans(
    {"。": ".", "·": ".", "・": ".", "•": ".", "–": "-", "—": "-", "―": "-", "－": "-", "\\": "/", "’": "", "'": ""}
)

_NUMERIC = re.compile(
    r"(?P<y>\d{4}|\d{2})\s*(?P<s>[./\-年,、 ])\s*(?P<m>\d{1,2})\s*"
    r"(?:[./\-月,、 ]\s*(?P<d>\d{1,2})\s*[日号]?|月(?:份)?)?[.,]?"
)
_YEAR = re.compile(r"(\d{4}|\d{2}(?=年))年?")
_COMPACT = re.compile(r"\d{6}|\d{8}")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_NO_YEAR = re.compile(r"(\d{1,2})(?:月|[./-])(\d{1,2})[日号]?")
_NAMED = re.compile(
    r"(?:(?P<d>\d{1,2})[\s-]+)?(?P<m>[a-z]{3})[a-z]*\.?[\s,-]+(?:(?P<d2>\d{1,2}),?\s+)?(?P<y>\d{4}|\d{2})"
)
_NOW = re.compile(r"(?:至|到|-|~|—)*\s*(?:今|现在|目前|now|present|to date)$", re.IGNORECASE)
_PERIOD = re.compile(r"\s*(?:至|到|~|--|-|to)\s*")


class Period(NamedTuple):
    """A time from `start` on; `end` is None when it goes on, or when only one date stands there (`single`)."""

    start: str
    end: str | None
    single: bool


class _Ambiguous(Exception):  # noqa: N818 - not an error yet
    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year


def read_date(cell: Cell, *, month: MonthHint | None = None, not_before: date | None = None, offset: int = 0) -> str:
    """Date of a cell as "1985", "1985-03" or "1985-03-12".

    1985.1 may be January or, typed as the number 1985.10, October: `month` may settle it from the rest of the row,
    nothing else does. A month and day without a year are the first such day from `not_before` on. Numbers of five
    digits are date serials (`offset` is the workbook's). Raises BadValue with the reason.
    """
    try:
        return _read(cell, not_before, offset)
    except _Ambiguous as ambiguous:
        settled = month(ambiguous.year) if month else None
        if settled in {1, 10}:
            return f"{ambiguous.year}-{settled:02d}"
        text = lazy(
            "{value} can mean January or October {year} (Excel drops the last 0 of {year}.10). "
            "Write {year}-01 or {year}-10."
        )
        raise BadValue(text, value=cell.text, year=ambiguous.year) from None


def read_period(cell: Cell, *, offset: int = 0) -> Period:
    """Read a date, or a time from one date to another or until now ("2021.9—至今"). Raises BadValue."""
    if not isinstance(cell.value, str):
        return Period(read_date(cell, offset=offset), None, single=True)
    text = _normal(cell.text)
    open_ended = _NOW.search(text)
    if open_ended:
        return Period(read_date(_instead(cell, text[: open_ended.start()])), None, single=False)
    if _is_one_date(text):
        return Period(read_date(cell, offset=offset), None, single=True)
    for between in _PERIOD.finditer(text):
        start, end = text[: between.start()], text[between.end() :]
        if _is_one_date(start) and _is_one_date(end):
            return Period(read_date(_instead(cell, start)), read_date(_instead(cell, end)), single=False)
    return Period(read_date(cell, offset=offset), None, single=True)


def _instead(cell: Cell, text: str) -> Cell:
    return cell._replace(value=text, text=text)


def _is_one_date(text: str) -> bool:
    try:
        _from_text(text, None)
    except _Ambiguous:
        return True
    except BadValue:
        return False
    return True


def _read(cell: Cell, not_before: date | None, offset: int) -> str:
    value = cell.value
    if isinstance(value, datetime):
        return _with_format(value.date(), cell.number_format)
    if isinstance(value, date):
        return _with_format(value, cell.number_format)
    if isinstance(value, (bool, time, timedelta)):
        raise _not_a_date(cell.text)
    if isinstance(value, (int, float)):
        return _from_number(value, cell.text, offset)
    return _from_text(cell.text, not_before)


def _with_format(value: date, number_format: str) -> str:
    """Cut a sheet's date to what its format shows: yyyy"年"m"月" has no day (unless it is not the first)."""
    shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format).lower().split(";")[0]
    if value.year < FIRST_YEAR or value.year > LAST_YEAR:
        raise _bad_year(value.year)
    if "y" not in shown or "d" in shown or value.day != 1:
        return value.isoformat()
    return f"{value:%Y-%m}" if "m" in shown or value.month != 1 else f"{value:%Y}"


def _from_number(value: float, text: str, offset: int) -> str:
    whole = int(value)
    if whole in _SERIALS and (value == whole or len(str(whole)) == 5):
        return (date(1899, 12, 30) + timedelta(days=whole + offset)).isoformat()
    return _from_text(text, None)


@lru_cache(maxsize=8192)
def _normal(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_SEPARATORS).strip()
    return _CHINESE_NUMBER.sub(_arabic, _WEEKDAY.sub("", text)).strip()


@lru_cache(maxsize=8192)
def _from_text(text: str, not_before: date | None) -> str:
    shown, text = text, _normal(text)
    for noise in (_BRACKETED, _CLOCK, _BARE_HOUR, _TAIL):
        text = noise.sub("", text).strip()
    for read in (_numeric, _year_alone, _compact, _named_month, _day_first):
        found = read(text)
        if found is not None:
            return found
    return _without_year(text, shown, not_before)


def _numeric(text: str) -> str | None:
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return None
    year, month, day = match["y"], match["m"], match["d"]
    if day is None and len(year) == 2 and match["s"] in "/- ,、":
        return None
    if day is None and match["s"] == "." and month == "1":
        raise _Ambiguous(_full_year(year))
    if day is None and match["s"] in ",、 ":
        return None
    return _checked(_full_year(year), int(month), int(day) if day else None)


def _year_alone(text: str) -> str | None:
    match = _YEAR.fullmatch(text)
    if match is None:
        return None
    year = _full_year(match[1])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _bad_year(year)
    return f"{year:04d}"


def _compact(text: str) -> str | None:
    """19850301, 198503, 850301; and 31321, the serial of a date that lost its format."""
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text) and int(text[:5]) in _SERIALS:
        return (date(1899, 12, 30) + timedelta(days=int(text[:5]))).isoformat()
    if not _COMPACT.fullmatch(text):
        return None
    if len(text) == 8:
        return _checked(int(text[:4]), int(text[4:6]), int(text[6:]))
    year, month = int(text[:4]), int(text[4:])
    if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12:
        return _checked(year, month, None)
    return _checked(_full_year(text[:2]), int(text[2:4]), int(text[4:]))


def _named_month(text: str) -> str | None:
    match = _NAMED.fullmatch(text.lower())
    if match is None or match["m"] not in _MONTHS:
        return None
    day = match["d"] or match["d2"]
    return _checked(_full_year(match["y"]), _MONTHS[match["m"]], int(day) if day else None)


def _day_first(text: str) -> str | None:
    """1/9/2021: the year last, and day or month first; read only where one of them cannot be a month."""
    match = _DAY_FIRST.fullmatch(text)
    if match is None:
        return None
    first, second, year = (int(part) for part in match.groups())
    if first <= 12 and second <= 12 and first != second:
        raise BadValue(lazy("{value} can be read in two ways. Write year-month-day, like 2021-09-01."), value=text)
    month, day = (second, first) if first > 12 else (first, second)
    return _checked(year, month, day)


def _without_year(text: str, shown: str, not_before: date | None) -> str:
    match = _NO_YEAR.fullmatch(text)
    if match is None or ("月" not in text and not_before is None):
        raise _not_a_date(shown)
    if not_before is None:
        raise BadValue(lazy("{value} has no year. Write it like 2026-09-09."), value=shown)
    month, day = int(match[1]), int(match[2])
    for year in range(not_before.year, not_before.year + 8):
        found = _date_or_none(year, month, day)
        if found is not None and found >= not_before:
            return found.isoformat()
    raise _no_such_day(shown)


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (1900 if year >= _PIVOT else 2000)


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _checked(year: int, month: int, day: int | None) -> str:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _bad_year(year)
    found = _date_or_none(year, month, 1 if day is None else day)
    if found is None:
        raise _no_such_day("-".join(str(part) for part in (year, month, day) if part is not None))
    return found.isoformat() if day is not None else f"{found:%Y-%m}"


def _arabic(match: re.Match[str]) -> str:
    """一九八五 is 1985, 十二 is 12, 二十 is 20, 廿一 is 21, 三十一 is 31."""
    text = match[0].replace("廿", "二十").replace("卅", "三十")
    if "十" not in text:
        return "".join(_DIGITS[char] for char in text)
    tens, _, ones = text.partition("十")
    digits = "".join(_DIGITS.get(char, "") for char in tens) or "1"
    return digits + ("".join(_DIGITS.get(char, "") for char in ones) or "0")


def _not_a_date(value: str) -> BadValue:
    return BadValue(lazy("“{value}” is not a date. Write it like 2021-09 or 2021-09-01."), value=value)


def _no_such_day(value: str) -> BadValue:
    return BadValue(lazy("There is no day {value} in the calendar. Write it like 2021-09 or 2021-09-01."), value=value)


def _bad_year(year: int) -> BadValue:
    text = lazy("The year {year} cannot be right. Write the date like 2021-09 or 2021-09-01.")
    return BadValue(text, year=year)


def read_times(cell: Cell) -> list[str]:
    """Read times of day in a cell, as "HH:MM": none, one, or start and end ("下午3点半-5点"). Raises BadValue."""
    value = cell.value
    if isinstance(value, datetime):
        return [value.strftime("%H:%M")] if value.time() != time() else []
    if isinstance(value, time):
        return [value.strftime("%H:%M")]
    if isinstance(value, float) and 0 < value < 1:
        minutes = round(value * 1440)
        return [f"{minutes // 60:02d}:{minutes % 60:02d}"]
    return _times_of_text(cell.text)


def _times_of_text(shown: str) -> list[str]:
    text = _CHINESE_NUMBER.sub(_arabic, unicodedata.normalize("NFKC", shown).lower())
    found: list[str] = []
    afternoon = False
    for match in re.finditer(
        r"(上午|下午|晚上?|中午|am|pm)?\s*(\d{1,2})\s*[:时点]\s*(半|整|\d{1,2})?(?::\d{2})?分?\s*(am|pm)?", text
    ):
        half = match[1] or match[4] or ""
        afternoon = half in {"下午", "晚", "晚上", "pm"} or (afternoon and not half)
        hour, minute = int(match[2]), {"半": 30, "整": 0, None: 0}.get(match[3])
        minute = int(match[3]) if minute is None else minute
        hour += 12 if afternoon and hour < 12 else 0
        if hour > 23 or minute > 59:
            raise BadValue(lazy("“{value}” is not a time of day. Write it like 15:30."), value=shown)
        found.append(f"{hour:02d}:{minute:02d}")
    return found
