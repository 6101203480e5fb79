"""The format's assessments: how a term's points add up, what is zero, what vetoes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.rules import words as w
from coordinator_tui.domain.rules.figures import Whole, points
from coordinator_tui.domain.rules.format_what import check_counted
from coordinator_tui.domain.rules.pack import Assessment, Bonus, MarkPoints, Part, PartSource, Source, Veto, Zero
from coordinator_tui.domain.rules.packerror import PackError
from coordinator_tui.domain.rules.shape import Found, Shape, Variants, check_order
from coordinator_tui.domain.rules.tree import Keyed, Scalar
from coordinator_tui.domain.rules.values import (
    CLAUSE_ID,
    MISSING_KEY,
    Both,
    Flag,
    Listed,
    Many,
    Named,
    Text,
    Word,
    pairs,
    unknown,
)
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordinator_tui.domain.rules.notes import Notes
    from coordinator_tui.domain.rules.tree import Node
    from coordinator_tui.domain.rules.values import Value


def _mark_points(found: Found) -> dict[str, Any]:
    return dict(found.values)


MARK_POINTS = Shape(
    "points",
    {"points": points(), "from_minutes": Whole(0, 600), "per_minutes": Whole(1, 600)},
    _mark_points,
    needed=("points",),
)


class Marks:
    """Points for marks: a number, or keys with minutes."""

    def read(self, node: Node, key: str, notes: Notes) -> tuple[MarkPoints, ...]:
        """Return the points of each mark named."""
        found: list[MarkPoints] = []
        with notes.whole():
            for name, value in pairs(node, key, notes):
                with notes.going_on():
                    mark = Word(w.MARKS).read(name, key, notes)
                    found.append(MarkPoints(mark=mark, **_points_of(value, name.text, notes)))
        return tuple(found)

    def schema(self) -> dict[str, Any]:
        """Take marks as keys."""
        return {"type": "object", "additionalProperties": {"anyOf": [points().schema(), MARK_POINTS.schema()]}}


def _points_of(node: Node, key: str, notes: Notes) -> dict[str, Any]:
    if isinstance(node, Keyed) and node.get("setting") is None:
        keys: dict[str, Any] = MARK_POINTS.read(node, key, notes)
        return keys
    return {"points": points().read(node, key, notes)}


class GradePoints:
    """Points for each grade."""

    def read(self, node: Node, key: str, notes: Notes) -> dict[str, Any]:
        """Return points by grade."""
        found: dict[str, Any] = {}
        with notes.whole():
            for name, value in pairs(node, key, notes):
                with notes.going_on():
                    found[Word(w.GRADES).read(name, key, notes)] = points().read(value, name.text, notes)
        return found

    def schema(self) -> dict[str, Any]:
        """Take grades as keys."""
        return {"type": "object", "additionalProperties": points().schema()}


ZERO = Shape(
    "zero",
    {"marks": Many(w.MARKS), "count": Whole(1, 1000)},
    lambda found: Zero(**found.values),
    needed=("marks", "count"),
)
BONUS = Shape(
    "bonus",
    {
        "points": points(),
        "kinds": Many(w.ACHIEVEMENT_KINDS, any_=True, plain=True),
        "levels": Many(w.AWARD_LEVELS, plain=True),
        "grades": Listed(Text()),
    },
    lambda found: Bonus(**found.values),
    needed=("points",),
)


def _veto(found: Found) -> Veto:
    if not any(found.values.get(key) for key in ("entries", "marks", "requirements")):
        raise found.refuse(lazy("a veto needs “entries”, “marks” or “requirements” that it looks at."))
    return Veto(**found.values)


VETO = Shape(
    "veto",
    {
        "title": Both(),
        "entries": Many(w.ENTRY_KINDS, plain=True),
        "marks": Many(w.MARKS),
        "requirements": Listed(Named(refers="requirement")),
        "count": Whole(1, 1000),
    },
    _veto,
    needed=("title",),
)


class RequirementSets:
    """Sets of requirements, of which one has to be met as a whole."""

    def read(self, node: Node, key: str, notes: Notes) -> tuple[tuple[str, ...], ...]:
        """Return the ids of each set; a single id is a set of one."""
        one = Listed(Named(refers="requirement"))
        sets: tuple[tuple[str, ...], ...] = Listed(one).read(node, key, notes)
        return sets

    def schema(self) -> dict[str, Any]:
        """List ids, or lists of them."""
        one = Listed(Named()).schema()
        return {"type": "array", "items": one}


class SubParts:
    """Parts of a part, which are added up and capped together."""

    def read(self, node: Node, key: str, notes: Notes) -> tuple[Part, ...]:
        """Return the parts."""
        parts: tuple[Part, ...] = Listed(PART).read(node, key, notes)
        return parts

    def schema(self) -> dict[str, Any]:
        """Refer to all shapes of parts."""
        return Listed(PART).schema()


_COMMON: Mapping[str, Value] = {
    "id": Named(names="part"),
    "title": Both(),
    "source": Word(w.PART_SOURCES),
    "base": points(),
    "least": points(),
    "most": points(),
}
_PER_EACH: Mapping[str, Value] = {"per_each": points()}
_SESSION_KINDS = Many(w.SESSION_KINDS, any_=True, plain=True)
_OWN: Mapping[PartSource, Mapping[str, Value]] = {
    PartSource.ATTENDANCE: {
        "kinds": _SESSION_KINDS,
        "roles": Many(w.ROLES),
        "marks": Marks(),
        "zero": Listed(ZERO),
        "full_week": points(),
    },
    PartSource.REQUIREMENT: {
        "requirement": Named(refers="requirement"),
        "any_of": RequirementSets(),
        "met": points(),
        "per_missing": points(),
        "per_more": points(),
        "late": points(),
        "late_per_day": points(),
        **_PER_EACH,
    },
    PartSource.WORK: {
        "kinds": Many(w.WORK_KINDS, any_=True, plain=True),
        **_PER_EACH,
        "grade_points": GradePoints(),
    },
    PartSource.ACHIEVEMENTS: {
        "kinds": Many(w.ACHIEVEMENT_KINDS, any_=True, plain=True),
        **_PER_EACH,
        "bonuses": Listed(BONUS),
    },
    PartSource.ENTRIES: {"kinds": Many(w.ENTRY_KINDS, any_=True, plain=True), **_PER_EACH, "by_value": Flag()},
    PartSource.PAIRS: {"counted": Word(w.COUNTEDS), **_PER_EACH},
    PartSource.SESSIONS: {"kinds": _SESSION_KINDS, "counted": Word(w.COUNTEDS), **_PER_EACH},
    PartSource.PARTS: {"parts": SubParts()},
}
_NEEDED = {PartSource.ATTENDANCE: ("marks",), PartSource.PARTS: ("parts",)}


def _part(found: Found) -> Part:
    check_order(found, "least", "most")
    source: PartSource = found.values["source"]
    if source is PartSource.REQUIREMENT and ("requirement" in found.values) == ("any_of" in found.values):
        raise found.refuse(lazy("a part with “source: requirement” needs either “requirement” or “any_of”."), "source")
    if "counted" in found.values:
        check_counted(found, Source(source.value))
    return Part(**found.values)


def _part_shape(source: PartSource) -> Shape:
    needed = ("id", "title", "source", *_NEEDED.get(source, ()))
    return Shape(f"part {source}", {**_COMMON, **_OWN[source]}, _part, needed=needed)


PARTS = {source.value: _part_shape(source) for source in PartSource}


def _source_of(node: Keyed, _notes: Notes) -> str:
    written = node.get("source")
    if not isinstance(written, Scalar) or written.empty:
        raise PackError(MISSING_KEY, line=node.line, key="source", place="part")
    known = w.PART_SOURCES.read(written.text)
    if not known:
        unknown(written.text, written.line, "source", w.PART_SOURCES)
    return known[0]


PART = Variants("part", PARTS, _source_of)


def _assessment(found: Found) -> Assessment:
    check_order(found, "least", "most")
    if not found.values["parts"]:
        raise found.refuse(lazy("“{key}” is empty; an assessment adds up at least one part."), "parts")
    if found.values.get("each") == "school":
        raise found.refuse(lazy("“{key}” must be member or group: a school is not assessed by itself."), "each")
    return Assessment(**found.values)


ASSESSMENT = Shape(
    "assessment",
    {
        "id": Named(names="assessment"),
        "title": Both(),
        "clause": Named(CLAUSE_ID, refers="clause"),
        "each": Word(w.EACHES),
        "groups": Many(w.GROUP_KINDS),
        "unit": Both(),
        "base": points(),
        "least": points(),
        "most": points(),
        "parts": Listed(PART),
        "vetoes": Listed(VETO),
        "commend_at_least": points(),
        "commend_share": points(share=True),
    },
    _assessment,
    needed=("id", "title", "parts"),
)
