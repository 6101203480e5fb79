"""How a draft of a rule pack is told: what each proposal was read as, why one has to look, what cleaning took out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.domain.rules.draft_parts import FLAG_TITLES, Sort
from coordinator_tui.text import current_language, lazy
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from coordinator_tui.domain.rules.draft_parts import Draft, Flag, Proposal
    from coordinator_tui.text import LazyText

SORT_TITLES: dict[Sort, LazyText] = {
    Sort.QUOTA: lazy("amount"),
    Sort.SHARE: lazy("share"),
    Sort.AGE: lazy("age"),
    Sort.SERVICE: lazy("years of service"),
    Sort.DURATION: lazy("length"),
    Sort.COOLDOWN: lazy("waiting time"),
    Sort.DEADLINE: lazy("date"),
    Sort.FIELDS: lazy("what every session states"),
}
REMOVAL_TITLES: dict[str, LazyText] = {
    "pinyin": lazy("pinyin in brackets: {count}"),
    "traditional": lazy("lines in Traditional characters: {count}"),
    "boilerplate": lazy("sentences of the site: {count}"),
    "counter": lazy("page counters: {count}"),
    "repeated": lazy("repeated titles: {count}"),
    "blank": lazy("blank lines: {count}"),
    "width": lazy("lines with full-width digits: {count}"),
    "invisible": lazy("lines with invisible characters: {count}"),
}
_PERIODS: dict[str, LazyText] = {
    "week": lazy("per week"),
    "two_weeks": lazy("every two weeks"),
    "month": lazy("per month"),
    "term": lazy("per term"),
    "first_term": lazy("in the first term"),
    "second_term": lazy("in the second term"),
    "school_year": lazy("per school year"),
    "three_years": lazy("in three years"),
    "five_years": lazy("in five years"),
}
_EVENTS: dict[str, LazyText] = {"trainings": lazy("after each training"), "sessions": lazy("after each session")}


def read_as(proposal: Proposal) -> str:
    """Return how a proposal was read, on one line: when, how many, what, who."""
    parts = [_when(proposal), _amount(proposal), _each(proposal), _what(proposal), proposal.bound.name]
    return " · ".join(part for part in parts if part)


def _each(proposal: Proposal) -> str:
    if proposal.each is None:
        return ""
    return _("each at least {least} {unit}").format(least=f"{proposal.each:g}", unit=proposal.each_unit)


def _when(proposal: Proposal) -> str:
    if proposal.after:
        event = str(_EVENTS[proposal.after])
        if proposal.within is None:
            return event
        return _("{event}, within {days} days").format(event=event, days=proposal.within)
    if proposal.sort is Sort.DEADLINE:
        first, last = proposal.days
        return f"{first} – {last}" if first else last
    if proposal.per is None:
        return ""
    known = _PERIODS.get(proposal.per.per)
    return str(known) if known else proposal.per.words


def _amount(proposal: Proposal) -> str:
    least, most, unit = proposal.least, proposal.most, proposal.unit
    if proposal.sort in {Sort.DURATION, Sort.COOLDOWN} and least is not None and most is None:
        return f"{least:g} {unit}"
    if least is not None and most is not None:
        return _("{least} to {most} {unit}").format(least=f"{least:g}", most=f"{most:g}", unit=unit).strip()
    if least is not None:
        return _("at least {least} {unit}").format(least=f"{least:g}", unit=unit).strip()
    if most is not None:
        return _("at most {most} {unit}").format(most=f"{most:g}", unit=unit).strip()
    return "" if proposal.sort is Sort.DEADLINE else f"? {unit}".strip()


def _what(proposal: Proposal) -> str:
    return proposal.thing.name if proposal.thing else str(SORT_TITLES[proposal.sort])


def flags_text(flags: tuple[Flag, ...]) -> str:
    """Return the sentences of flags."""
    return ("；" if current_language() == "zh" else "; ").join(str(FLAG_TITLES[flag]) for flag in flags)


def removed_text(draft: Draft) -> str:
    """Return what cleaning took out, as one enumeration; "" when there was nothing."""
    comma = "、" if current_language() == "zh" else ", "
    return comma.join(REMOVAL_TITLES[kind].format(count=count) for kind, count in draft.removed.items())
