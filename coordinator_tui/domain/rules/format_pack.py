"""The format's outermost keys: the pack itself, its clauses, and the series that they ask for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.rules import words as w
from coordinator_tui.domain.rules.data import Blocks
from coordinator_tui.domain.rules.figures import Open, Time, Weekday, Whole
from coordinator_tui.domain.rules.format_assessment import ASSESSMENT
from coordinator_tui.domain.rules.format_requirement import REQUIREMENT
from coordinator_tui.domain.rules.format_settings import Settings
from coordinator_tui.domain.rules.pack import Assessment, Cadence, Clause, Pack, Part, SettingType
from coordinator_tui.domain.rules.packerror import PackError
from coordinator_tui.domain.rules.shape import MORE_THAN, Shape
from coordinator_tui.domain.rules.values import (
    A_WHOLE_NUMBER,
    CLAUSE_ID,
    PACK_ID,
    Both,
    Listed,
    Many,
    Named,
    Text,
    Word,
    scalar,
)
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from coordinator_tui.domain.rules.notes import Notes
    from coordinator_tui.domain.rules.shape import Found
    from coordinator_tui.domain.rules.tree import Node

FORMAT = 1
"""The version of the format that this program reads."""

_A_TIME = Open(Time(), frozenset({SettingType.TIME}))


def _cadence(found: Found) -> Cadence:
    start, end = found.values.get("start"), found.values.get("end")
    if isinstance(start, str) and isinstance(end, str) and start >= end:
        raise found.refuse(MORE_THAN, "start", found=start, other="end", most=end)
    return Cadence(**found.values)


CADENCE = Shape(
    "cadence",
    {
        "id": Named(names="cadence"), "title": Both(), "kind": Word(w.SESSION_KINDS), "every": Whole(1, 20),
        "weekday": Open(Weekday(), frozenset({SettingType.WEEKDAY})), "start": _A_TIME, "end": _A_TIME,
        "minutes": Whole(1, 1440), "hosts": Listed(Text()), "speakers": Word(w.SPEAKERS), "per_month": Whole(1, 4),
        "group_kinds": Many(w.GROUP_KINDS),
    },
    _cadence,
    needed=("id", "title", "kind"),
)  # fmt: skip
CLAUSE = Shape(
    "clause",
    {
        "id": Named(CLAUSE_ID, names="clause"), "text": Both(), "requirements": Listed(REQUIREMENT),
        "cadences": Listed(CADENCE), "remind": Listed(Both()), "data": Blocks(),
    },
    lambda found: Clause(**found.values),
    needed=("id", "text"),
)  # fmt: skip


class Version:
    """The format's version."""

    def read(self, node: Node, key: str, _notes: Notes) -> int:
        """Return it; PackError when it is not the one that this program reads."""
        text = scalar(node, key, A_WHOLE_NUMBER).text.strip()
        if text != str(FORMAT):
            raise PackError(
                lazy("“{key}” is {found}; this version of the program reads format {known} only."),
                line=node.line, key=key, found=text, known=FORMAT,
            )  # fmt: skip
        return FORMAT

    def schema(self) -> dict[str, Any]:
        """Name the one number."""
        return {"const": FORMAT}


def _pack(found: Found) -> Pack:
    values = {key: value for key, value in found.values.items() if key != "format"}
    pack = Pack(**values)
    if not pack.clauses and not pack.assessments:
        raise found.refuse(lazy("the pack has neither clauses nor assessments; write at least one."))
    keyed = tuple(_with_keys(pack.id, clause) for clause in pack.clauses)
    keys = {requirement.id: requirement.key for clause in keyed for requirement in clause.requirements}
    return replace(pack, clauses=keyed, assessments=tuple(_linked(each, keys) for each in pack.assessments))


def _with_keys(pack: str, clause: Clause) -> Clause:
    """Give a clause's requirements their keys, which are unique among all packs."""
    return replace(
        clause,
        requirements=tuple(
            replace(requirement, key=f"{pack}/{clause.id}/{requirement.id}") for requirement in clause.requirements
        ),
    )


def _linked(assessment: Assessment, keys: dict[str, str]) -> Assessment:
    """Let parts and vetoes name their requirements by key; an unknown id is in the notes already."""
    vetoes = (
        replace(veto, requirements=tuple(keys.get(each, each) for each in veto.requirements))
        for veto in assessment.vetoes
    )
    return replace(assessment, parts=tuple(_linked_part(part, keys) for part in assessment.parts), vetoes=tuple(vetoes))


def _linked_part(part: Part, keys: dict[str, str]) -> Part:
    return replace(
        part,
        requirement=keys.get(part.requirement, part.requirement) if part.requirement else None,
        any_of=tuple(tuple(keys.get(each, each) for each in group) for group in part.any_of),
        parts=tuple(_linked_part(sub, keys) for sub in part.parts),
    )


PACK = Shape(
    "pack",
    {
        "format": Version(),
        "id": Named(PACK_ID),
        "title": Both(),
        "source": Both(),
        "applies": Both(),
        "version": Whole(1, 100_000),
        "settings": Settings(),
        "clauses": Listed(CLAUSE),
        "assessments": Listed(ASSESSMENT),
    },
    _pack,
    needed=("format", "id", "title", "source", "applies"),
)
