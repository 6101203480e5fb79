"""Numbers of a pack for a school: what its settings were answered, which are missing, what a number is for a level."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from coordinator_tui.domain.errors import DomainError
from coordinator_tui.domain.rules.pack import ByLevel, SettingRef, SettingType
from coordinator_tui.text import clean, fold, lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from coordinator_tui.domain.rules.pack import Number, Pack, PackSetting
    from coordinator_tui.domain.vocabulary import Level
    from coordinator_tui.text import LazyText

_FIGURE = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_CLOCK = re.compile(r"(\d{1,2})[:.点时](\d{2})?分?")
_DAY = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})[日号]?")
_YES = frozenset({"yes", "y", "true", "是", "对", "有", "√"})
_NO = frozenset({"no", "n", "false", "否", "不", "不是", "无", "×"})
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS = {
    word: day
    for day, (name, character) in enumerate(zip(_DAYS, "一二三四五六日", strict=True), 1)
    for word in (name, name[:3], character, str(day))
} | {"天": 7}
NOT_A_NUMBER = lazy("“{found}” is not a number.")
NOT_A_SHARE = lazy("“{found}” is not a share between 0 and 100 percent; write 15% or 0.15.")
ONE_OF_WHAT = lazy("“{found}” may be 1 percent or all of them; write 1% or 100%.")
NOT_A_WEEKDAY = lazy("“{found}” is not a weekday; write 1 to 7 (1 is Monday), monday or 周一.")
NOT_A_TIME = lazy("“{found}” is not a time of day; write it like 15:30.")
NOT_A_DATE = lazy("“{found}” is not a date; write it like 2026-08-31, or 08-31 for every year.")
NOT_YES_OR_NO = lazy("“{found}” is neither yes nor no.")
NOT_A_CHOICE = lazy("“{found}” is none of the answers; they are: {choices}.")
NO_ANSWER = lazy("An answer is needed.")
TOO_SMALL = lazy("“{found}” is too small; the least is {least}.")
TOO_LARGE = lazy("“{found}” is too large; the most is {most}.")


class SettingMissing(DomainError):  # noqa: N818 - it is no mistake, something has to be asked
    """A number that the regulation leaves open and that nobody answered; `key` names the setting."""

    def __init__(self, key: str) -> None:
        super().__init__(lazy("The setting “{key}” has not been answered."), field=key, key=key)
        self.key = key


def value_of(number: Number | None, answers: Mapping[str, object], level: Level | None = None) -> float | None:
    """Return what `number` is in a school that gave these answers, for a teacher of `level`.

    None where there is no number, or none for that level. Raises SettingMissing for a setting without an answer; an
    answer that is no number (of a damaged book) counts as none.
    """
    if isinstance(number, ByLevel):
        own = number.other if level is None else number.levels.get(level, number.other)
        return value_of(own, answers)
    if isinstance(number, SettingRef):
        answer = answers.get(number.key)
        if isinstance(answer, bool) or not isinstance(answer, int | float):
            raise SettingMissing(number.key)
        return answer
    return number


def settings_in(number: Number | None) -> Iterator[str]:
    """Yield the keys of the settings that a number hangs on, for whatever level."""
    if isinstance(number, SettingRef):
        yield number.key
    elif isinstance(number, ByLevel):
        for each in (*number.levels.values(), number.other):
            yield from settings_in(each)


def missing_settings(pack: Pack, answers: Mapping[str, object]) -> list[PackSetting]:
    """Return the settings that still have to be asked, in the pack's order: not optional, without a valid answer."""
    return [setting for setting in pack.settings if not setting.optional and not _answered(setting, answers)]


def _answered(setting: PackSetting, answers: Mapping[str, object]) -> bool:
    if answers.get(setting.key) is None:
        return False
    try:
        check_answer(setting, answers[setting.key])
    except DomainError:
        return False
    return True


def check_answer(setting: PackSetting, value: object) -> object:
    """Return an answer as it is kept and computed with; a DomainError's sentence says what would be right.

    Number: int or float. Percent: the share as float, 0 to 1 ("15%" and 15 are 0.15). Choice: the answer's code.
    Date: "2026-08-31", or "08-31" of every year. Weekday: 1 (Monday) to 7. Time: "15:30". Text: not blank. Yes or no:
    bool. What it returns, it takes again.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        raise DomainError(NO_ANSWER, field=setting.key)
    if setting.type is SettingType.CHOICE:
        return _choice(setting, value)
    answer = _READERS[setting.type](value)
    if answer is None:
        raise DomainError(_REFUSALS[setting.type], field=setting.key, found=value)
    if isinstance(answer, int | float) and setting.type in {SettingType.NUMBER, SettingType.PERCENT}:
        _within(setting, answer, value)
    return answer


def _choice(setting: PackSetting, value: object) -> str:
    wanted = fold(str(value))
    for code, words in setting.choices:
        if wanted in {fold(code), fold(words.zh), fold(words.en)}:
            return code
    named = ", ".join(f"{code} ({words.zh})" for code, words in setting.choices)
    raise DomainError(NOT_A_CHOICE, field=setting.key, found=value, choices=named)


def _within(setting: PackSetting, answer: float, typed: object) -> None:
    if setting.least is not None and answer < setting.least:
        raise DomainError(TOO_SMALL, field=setting.key, found=typed, least=_bound(setting, setting.least))
    if setting.most is not None and answer > setting.most:
        raise DomainError(TOO_LARGE, field=setting.key, found=typed, most=_bound(setting, setting.most))


def _bound(setting: PackSetting, bound: float) -> str:
    return f"{bound * 100:g}%" if setting.type is SettingType.PERCENT else f"{bound:g}"


def plain(text: str) -> str:
    """Return a typed text in half width, its minus sign that of the keyboard, without blanks around it."""
    return unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-").strip()


def read_figure(value: object) -> int | float | None:
    """Return an int or float typed or stored, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str):
        text = plain(value)
        if len(text) > 15 or not _FIGURE.fullmatch(text):
            return None
        value = float(text)
        return int(value) if value.is_integer() and "." not in text else value
    return value if abs(value) < 1e15 else None  # neither endless nor not a number


def read_share(value: object) -> float | None:
    """Return a share between 0 and 1: of "15%", "百分之15", 15 or 0.15; DomainError for "1", which may be either."""
    text = plain(value) if isinstance(value, str) else ""
    bare = text.removeprefix("百分之").removesuffix("%").strip()
    figure = read_figure(bare if text else value)
    if figure is None:
        return None
    if bare != text:
        share = figure / 100
    elif text and figure == 1:
        raise DomainError(ONE_OF_WHAT, found=value)
    else:
        share = figure / 100 if figure > 1 else float(figure)
    return round(share, 6) if 0 <= share <= 1 else None


def read_weekday(value: object) -> int | None:
    """Return 1 (Monday) to 7 of 1, "monday", "Mon", "周一", "星期一" or "一"."""
    word = fold(str(value)).removeprefix("每")
    for prefix in ("星期", "礼拜", "周"):
        word = word.removeprefix(prefix)
    return _WEEKDAYS.get(word)


def read_time(value: object) -> str | None:
    """Return "HH:MM" of "15:30", "15.30", "15点30分" or "9点"; None for what is no time of day."""
    typed = plain(value) if isinstance(value, str) else ""
    found = _CLOCK.fullmatch(typed)
    if not found or (not found[2] and typed[-1] not in "点时"):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def read_date(value: object) -> str | None:
    """Return "2026-08-31", or "08-31" where no year was written, of the ways that people write dates."""
    found = _DAY.fullmatch(plain(value) if isinstance(value, str) else str(value))
    if not found:
        return None
    try:
        day = date(int(found[1] or 2001), int(found[2]), int(found[3]))  # a day that every year has
    except ValueError:
        return None
    return day.isoformat() if found[1] else f"{day:%m-%d}"


def read_yes_no(value: object) -> bool | None:
    """Return True or False of true, yes, 是, √ and their opposites."""
    word = fold(str(value))
    return True if word in _YES else False if word in _NO else None


def _text(value: object) -> str | None:
    return clean(value).strip() or None if isinstance(value, str) else None


_READERS: dict[SettingType, Callable[[object], object]] = {
    SettingType.NUMBER: read_figure,
    SettingType.PERCENT: read_share,
    SettingType.DATE: read_date,
    SettingType.WEEKDAY: read_weekday,
    SettingType.TIME: read_time,
    SettingType.TEXT: _text,
    SettingType.YES_NO: read_yes_no,
}
_REFUSALS: dict[SettingType, LazyText] = {
    SettingType.NUMBER: NOT_A_NUMBER,
    SettingType.PERCENT: NOT_A_SHARE,
    SettingType.DATE: NOT_A_DATE,
    SettingType.WEEKDAY: NOT_A_WEEKDAY,
    SettingType.TIME: NOT_A_TIME,
    SettingType.TEXT: NO_ANSWER,
    SettingType.YES_NO: NOT_YES_OR_NO,
}
