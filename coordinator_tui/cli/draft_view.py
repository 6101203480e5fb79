"""A draft of a rule pack as it is shown: a table, JSON, and the line that says how a proposal was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.rules.draft_parts import FLAG_TITLES, Sort
from coordinator_tui.text import current_language, lazy
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordinator_tui.domain.rules.draft_parts import Doubt, Draft, DraftClause, Flag, Proposal, Regulation
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


def headers() -> list[str]:
    """Return the headers of the table."""
    return [_("Clause"), _("Line"), _("In the text"), _("Read as"), _("To confirm")]


def table_rows(regulation: Regulation) -> Iterator[tuple[object, ...]]:
    """Return the rows of a regulation: what its clauses propose, and what is doubtful about the clauses themselves."""
    for clause in regulation.clauses:
        for doubt in clause.doubts:
            yield (clause.id, doubt.line, doubt.words, "", FLAG_TITLES[doubt.flag])
        for proposal in clause.proposals:
            words = proposal.words if len(proposal.words) <= 40 else proposal.words[:39] + "…"
            yield (clause.id, proposal.line, words, read_as(proposal), flags_text(proposal.flags))


def removed_text(draft: Draft) -> str:
    """Return what cleaning took out, as one enumeration; "" when there was nothing."""
    comma = "、" if current_language() == "zh" else ", "
    return comma.join(REMOVAL_TITLES[kind].format(count=count) for kind, count in draft.removed.items())


def draft_json(draft: Draft, file: str, written: list[str]) -> dict[str, Any]:
    """Return the JSON value of `rules draft --json`."""
    return {
        "file": file,
        "title": draft.title,
        "removed": dict(draft.removed),
        "regulations": [_regulation(number, each) for number, each in enumerate(draft.regulations, 1)],
        "written": written,
    }


def _regulation(number: int, regulation: Regulation) -> dict[str, Any]:
    return {
        "number": number,
        "title": regulation.title,
        "line": regulation.line,
        "applies": regulation.applies or None,
        "clauses": [_clause(clause) for clause in regulation.clauses],
    }


def _clause(clause: DraftClause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "number": clause.number or None,
        "headings": list(clause.path),
        "line": clause.line,
        "text": clause.text,
        "flags": [_doubt(doubt) for doubt in clause.doubts],
        "proposals": [_proposal(proposal) for proposal in clause.proposals],
    }


def _doubt(doubt: Doubt) -> dict[str, Any]:
    return {"flag": doubt.flag.value, "line": doubt.line, "words": doubt.words}


def _proposal(proposal: Proposal) -> dict[str, Any]:
    thing, per = proposal.thing, proposal.per
    return {
        "id": proposal.id,
        "sort": proposal.sort.value,
        "words": proposal.words,
        "line": proposal.line,
        "least": proposal.least,
        "most": proposal.most,
        "unit": proposal.unit or None,
        "thing": thing.name if thing else None,
        "source": (thing.source or None) if thing else None,
        "kinds": list(thing.kinds) if thing else [],
        "per": per.per if per else None,
        "each": proposal.each,
        "each_unit": proposal.each_unit or None,
        "after": proposal.after or None,
        "within_days": proposal.within,
        "from": proposal.days[0] or None,
        "until": proposal.days[1] or None,
        "who": proposal.bound.name or None,
        "flags": [flag.value for flag in proposal.flags],
    }
