"""A draft of a rule pack as the command line shows it: a table, and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.book.draft_words import flags_text, read_as
from coordinator_tui.domain.rules.draft_parts import FLAG_TITLES
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordinator_tui.domain.rules.draft_parts import Doubt, Draft, DraftClause, Proposal, Regulation


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
