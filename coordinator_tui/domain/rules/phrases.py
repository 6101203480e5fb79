"""A requirement said in one line: who, what, how many, per when; for lists, screens and printed ledgers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.domain import vocabulary
from coordinator_tui.domain.rules.numbers import SettingMissing, value_of
from coordinator_tui.domain.rules.pack import Away, ByLevel, Counted, Each, Measure, PerUnit, SettingRef, Source
from coordinator_tui.text import LazyText, gettext, lazy, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import StrEnum

    from coordinator_tui.domain.rules.pack import HowMany, Number, Per, Requirement, What, Who

EACH_TITLES: dict[Each, LazyText] = {
    Each.MEMBER: lazy("each member"),
    Each.GROUP: lazy("each group"),
    Each.SCHOOL: lazy("the school"),
}
SOURCE_TITLES: dict[Source, LazyText] = {
    Source.SESSIONS: lazy("sessions"),
    Source.WORK: lazy("work handed in"),
    Source.READINGS: lazy("reading list"),
    Source.TRAININGS: lazy("trainings"),
    Source.PAIRS: lazy("mentor pairs"),
    Source.ACHIEVEMENTS: lazy("achievements"),
    Source.ENTRIES: lazy("register entries"),
    Source.PLACEMENTS: lazy("exchange placements"),
    Source.FIELDS: lazy("fields filled in"),
}
COUNTED_TITLES: dict[Counted, LazyText] = {
    Counted.HELD: lazy("held"),
    Counted.ATTENDED: lazy("attended"),
    Counted.SPOKEN: lazy("spoken at"),
    Counted.HOSTED: lazy("hosted"),
    Counted.RECOMMENDED: lazy("recommended"),
    Counted.READ: lazy("read"),
    Counted.AS_MENTOR: lazy("as mentor"),
    Counted.AS_APPRENTICE: lazy("as apprentice"),
}
PER_TITLES: dict[PerUnit, LazyText] = {
    PerUnit.SESSION: lazy("per session"),
    PerUnit.WEEK: lazy("per week"),
    PerUnit.MONTH: lazy("per month"),
    PerUnit.TERM: lazy("per term"),
    PerUnit.FIRST_TERM: lazy("in the first term"),
    PerUnit.SECOND_TERM: lazy("in the second term"),
    PerUnit.SCHOOL_YEAR: lazy("per school year"),
    PerUnit.EVENT: lazy("after each one"),
}
_EVERY: dict[PerUnit, LazyText] = {
    PerUnit.WEEK: lazy("every {count} weeks"),
    PerUnit.MONTH: lazy("every {count} months"),
    PerUnit.SCHOOL_YEAR: lazy("within {count} school years"),
}
_KINDS: dict[Source, type[StrEnum]] = {
    Source.SESSIONS: vocabulary.SessionKind,
    Source.WORK: vocabulary.WorkKind,
    Source.READINGS: vocabulary.ReadingKind,
    Source.ACHIEVEMENTS: vocabulary.AchievementKind,
    Source.ENTRIES: vocabulary.EntryKind,
    Source.PLACEMENTS: vocabulary.PlacementForm,
    Source.FIELDS: vocabulary.SessionKind,
}


def describe(requirement: Requirement, answers: Mapping[str, object]) -> str:
    """Return the requirement in one line, "each member · Reading note, Essay · at least 1 · per month".

    A setting without an answer stands as "?"; the language is the one in force.
    """
    parts = (
        _who(requirement.who),
        _what(requirement.what),
        _how_many(requirement.how_many, requirement.what.measure, answers),
        _per(requirement.per, answers),
        gettext("advice") if requirement.advice else "",
    )
    return " · ".join(part for part in parts if part)


def _who(who: Who) -> str:
    narrowed = [*who.roles, *who.levels, *who.groups]
    parts = [str(EACH_TITLES[who.each]), *_titles(narrowed), *who.subjects, *who.stages]
    if who.pair_role:
        parts.append(gettext("mentors") if who.pair_role == "mentor" else gettext("apprentices"))
    if who.away is Away.REQUIRED:
        parts.append(gettext("on exchange"))
    if who.min_age is not None:
        parts.append(gettext("from {age} years of age").format(age=who.min_age))
    if who.max_age is not None:
        parts.append(gettext("up to {age} years of age").format(age=who.max_age))
    return parts[0] + (" (" + gettext(", ").join(parts[1:]) + ")" if len(parts) > 1 else "")


def _what(what: What) -> str:
    if what.source is Source.FIELDS:
        return gettext("{number} fields filled in").format(number=len(what.complete))
    kinds = gettext(", ").join(_titles(_codes(what))) or str(SOURCE_TITLES[what.source])
    return f"{kinds} ({COUNTED_TITLES[what.counted]})" if what.counted and what.counted is not Counted.HELD else kinds


def _codes(what: What) -> list[StrEnum]:
    kind = _KINDS.get(what.source)
    known = {each.value for each in kind} if kind is not None else set()
    return [kind(code) for code in what.kinds if kind is not None and code in known]


def _titles(codes: Iterable[StrEnum]) -> list[str]:
    return [vocabulary.title(code) for code in codes]


def _how_many(how_many: HowMany, measure: Measure, answers: Mapping[str, object]) -> str:
    least, most = _number(how_many.at_least, answers), _number(how_many.at_most, answers)
    if how_many.ratio_at_least is not None:
        return gettext("at least {number}").format(number=_percent(how_many.ratio_at_least, answers))
    if how_many.ratio_at_most is not None:
        return gettext("at most {number}").format(number=_percent(how_many.ratio_at_most, answers))
    if least and most:
        return measured(gettext("{least} to {most}").format(least=least, most=most), measure)
    if most:
        return gettext("at most {number}").format(number=measured(most, measure))
    return gettext("at least {number}").format(number=measured(least, measure)) if least else ""


def measured(number: str, measure: Measure) -> str:
    """Return a number with what it counts: "120 minutes", "1 day"; the number alone where records are counted."""
    many = 1 if number == "1" else 2
    match measure:
        case Measure.MINUTES:
            return ngettext("{number} minute", "{number} minutes", many).format(number=number)
        case Measure.HOURS:
            return ngettext("{number} hour", "{number} hours", many).format(number=number)
        case Measure.DAYS:
            return ngettext("{number} day", "{number} days", many).format(number=number)
        case Measure.WORDS:
            return ngettext("{number} word", "{number} words", many).format(number=number)
    return number


def _number(number: Number | None, answers: Mapping[str, object]) -> str:
    if number is None:
        return ""
    if isinstance(number, ByLevel):
        return gettext("as many as the level asks")
    try:
        value = value_of(number, answers)
    except SettingMissing:
        return "?"
    return f"{value:g}" if value is not None else ""


def _percent(number: Number, answers: Mapping[str, object]) -> str:
    if isinstance(number, SettingRef | int | float):
        try:
            value = value_of(number, answers)
        except SettingMissing:
            return "?"
        return f"{100 * (value or 0):g}%"
    return _number(number, answers)


def _per(per: Per, answers: Mapping[str, object]) -> str:
    if per.unit is PerUnit.EVENT:
        days = _number(per.within_days, answers)
        after = gettext("after each of the {events}").format(events=SOURCE_TITLES[per.event or Source.TRAININGS])
        within = ngettext("within {days} day", "within {days} days", 2).format(days=days) if days else ""
        return gettext(", ").join(part for part in (after, within) if part)
    if per.every > 1 and per.unit in _EVERY:
        return _EVERY[per.unit].format(count=per.every)
    return str(PER_TITLES[per.unit])
