"""The marks as the roll-call shows and takes them: their keys, their short words, their signs, their looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator_tui.domain.legends import DEFAULT
from coordinator_tui.domain.vocabulary import TITLES, Mark
from coordinator_tui.text import cells, fit, pgettext
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.commands import Command

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordinator_tui.tui.styles import Look

MARK_KEYS: Final[dict[Mark, tuple[str, ...]]] = {
    Mark.PRESENT: ("1", "p", "d"),
    Mark.LATE: ("2", "l", "c"),
    Mark.LEFT_EARLY: ("3", "e", "t"),
    Mark.SICK: ("4", "b", "i"),
    Mark.PERSONAL: ("5", "v"),
    Mark.OFFICIAL: ("6", "o", "g"),
    Mark.OTHER_LEAVE: ("7", "j"),
    Mark.ABSENT: ("8", "a", "k", "x"),
    Mark.EXEMPT: ("9", "m"),
}
"""A digit for everybody; beside it initials of English (present, late, early, ill, pri(v)ate, official, absent) and of
pinyin (到 迟 退 病 公 假 旷 免). "s" would be sick to one and 事假 to another, so it is neither."""

LOOKS: Final[dict[Mark | None, Look]] = {
    Mark.PRESENT: "good",
    Mark.LATE: "warn",
    Mark.LEFT_EARLY: "warn",
    Mark.ABSENT: "bad",
    Mark.EXEMPT: "quiet",
    None: "quiet",
}

_WORDS: Final[dict[Mark, str]] = {
    Mark.PRESENT: "到 出勤 到会 present here",
    Mark.LATE: "迟 迟到 late",
    Mark.LEFT_EARLY: "退 早退 left early",
    Mark.SICK: "病 病假 sick ill",
    Mark.PERSONAL: "事 事假 私事 personal private",
    Mark.OFFICIAL: "公 公假 official duty",
    Mark.OTHER_LEAVE: "假 其他假 产假 other maternity",
    Mark.ABSENT: "旷 旷会 缺席 absent",
    Mark.EXEMPT: "免 exempt excused",
}
# Signs that some terminals draw two cells wide, shown as their neighbours of one certain width.
_CERTAIN: Final = str.maketrans({"√": "✓", "×": "✗"})


def mark_commands() -> tuple[Command, ...]:
    """Return a command for each mark: its keys put it on the person under the cursor."""
    return tuple(
        Command(
            name=f"roll.mark-{mark.value.replace('_', '-')}",
            title=TITLES[mark],
            keys=keys,
            words=_WORDS[mark],
            cli="roll --line",
            action="mark",
            arguments=(mark.value,),
        )
        for mark, keys in MARK_KEYS.items()
    )


def mark_word(mark: Mark | None) -> str:
    """Return a mark within a sentence: "late"; "not taken" for none."""
    return long_words()[mark] if mark is not None else pgettext("mark", "not taken")


def long_words() -> dict[Mark, str]:
    """Return the words for marks within a sentence, and where there is room."""
    return {
        Mark.PRESENT: pgettext("mark", "present"),
        Mark.LATE: pgettext("mark", "late"),
        Mark.LEFT_EARLY: pgettext("mark", "left early"),
        Mark.SICK: pgettext("mark", "sick"),
        Mark.PERSONAL: pgettext("mark", "personal"),
        Mark.OFFICIAL: pgettext("mark", "official"),
        Mark.OTHER_LEAVE: pgettext("mark", "other leave"),
        Mark.ABSENT: pgettext("mark", "absent"),
        Mark.EXEMPT: pgettext("mark", "exempt"),
    }


def short_words() -> dict[Mark, str]:
    """Return the words for where there are four cells for each."""
    return {
        Mark.PRESENT: pgettext("counter", "pres"),
        Mark.LATE: pgettext("counter", "late"),
        Mark.LEFT_EARLY: pgettext("counter", "early"),
        Mark.SICK: pgettext("counter", "sick"),
        Mark.PERSONAL: pgettext("counter", "pers"),
        Mark.OFFICIAL: pgettext("counter", "offl"),
        Mark.OTHER_LEAVE: pgettext("counter", "other"),
        Mark.ABSENT: pgettext("counter", "abs"),
        Mark.EXEMPT: pgettext("counter", "ex"),
    }


def leave_word(kind: Mark) -> str:
    """Return the kind of a leave, after the word that it is one: "sick"."""
    words = {
        Mark.SICK: pgettext("leave", "sick"),
        Mark.PERSONAL: pgettext("leave", "private"),
        Mark.OFFICIAL: pgettext("leave", "duty"),
        Mark.OTHER_LEAVE: pgettext("leave", "other"),
    }
    return words.get(kind) or mark_word(kind)


def with_minutes(mark: Mark | None, minutes: int | None) -> str:
    """Return a mark with its minutes: "late 10 min"."""
    word = mark_word(mark)
    return word if minutes is None else _("{mark} {minutes} min").format(mark=word, minutes=minutes)


def sign(mark: Mark, glyphs: Mapping[Mark, str]) -> str:
    """Return the legend's sign for a mark in two cells."""
    glyph = glyphs.get(mark, DEFAULT.glyphs[mark]).translate(_CERTAIN)
    return glyph if cells(glyph) == 2 else fit(glyph, 2)


def look_of(mark: Mark | None) -> Look:
    """Return the look of a mark."""
    return LOOKS.get(mark, "strong")
