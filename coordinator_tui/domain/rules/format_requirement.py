"""The format's requirements: whom they bind, how many, per when and due when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.rules import words as w
from coordinator_tui.domain.rules.figures import Asked, MonthDay, Whole, number, points
from coordinator_tui.domain.rules.format_what import WHAT, default_counted
from coordinator_tui.domain.rules.pack import (
    ByLevel,
    Due,
    Exempt,
    HowMany,
    Measure,
    Per,
    PerUnit,
    Requirement,
    SettingType,
    Source,
    Who,
)
from coordinator_tui.domain.rules.shape import Found, Shape, Variants, check_order, one_of
from coordinator_tui.domain.rules.tree import Keyed, Scalar
from coordinator_tui.domain.rules.values import (
    A_TEXT,
    A_WHOLE_NUMBER,
    Both,
    Flag,
    Later,
    Listed,
    Many,
    Named,
    Text,
    Word,
    scalar,
    unknown,
    wrong,
)
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordinator_tui.domain.rules.notes import Notes
    from coordinator_tui.domain.rules.tree import Node

AGE = Whole(0, 120)

# Who


def _exempt(found: Found) -> Exempt:
    return Exempt(**found.values)


EXEMPT = Shape(
    "exempt",
    {"from_age": AGE, "male_from_age": AGE, "female_from_age": AGE, "roles": Many(w.ROLES), "levels": Many(w.LEVELS)},
    _exempt,
)


def _who(found: Found) -> Who:
    check_order(found, "min_age", "max_age")
    return Who(**found.values)


WHO = Shape(
    "who",
    {
        "each": Word(w.EACHES),
        "roles": Many(w.ROLES),
        "levels": Many(w.LEVELS),
        "groups": Many(w.GROUP_KINDS),
        "subjects": Listed(Text()),
        "stages": Listed(Text()),
        "min_age": AGE,
        "max_age": AGE,
        "first_years": Whole(1, 60),
        "pair_role": Word(w.PAIR_ROLES),
        "away": Word(w.AWAYS),
        "exempt": EXEMPT,
    },
    _who,
)


# How many, per, due

_RATIOS = ("ratio_at_least", "ratio_at_most")
_COUNTS = ("at_least", "at_most")


def _how_many(found: Found) -> HowMany:
    if not found.values:
        raise found.refuse(
            lazy("“{key}” says no number; write at_least, at_most, ratio_at_least or ratio_at_most."), "how_many"
        )
    if any(key in found.values for key in _RATIOS) and any(key in found.values for key in _COUNTS):
        raise found.refuse(lazy("“{key}” has a number and a ratio; it may have only one of them."), "how_many")
    check_order(found, *_COUNTS)
    check_order(found, *_RATIOS)
    return HowMany(**found.values)


HOW_MANY_KEYS = Shape(
    "how_many",
    {key: number(0) for key in _COUNTS} | {key: number(share=True) for key in _RATIOS},
    _how_many,
)


class Amount:
    """How many: keys, or a bare number as the least."""

    def read(self, node: Node, key: str, notes: Notes) -> HowMany:
        """Return the limits; `{setting: …}` and `{by_level: …}` alone are the least too."""
        if isinstance(node, Keyed) and not any(name.text in {"setting", "by_level"} for name, _value in node.pairs):
            limits: HowMany = HOW_MANY_KEYS.read(node, key, notes)
            return limits
        return HowMany(at_least=number(0).read(node, key, notes))

    def schema(self) -> dict[str, Any]:
        """Either."""
        return {"anyOf": [number(0).schema(), HOW_MANY_KEYS.schema()]}


def _weeks(found: Found) -> Per:
    return Per(unit=PerUnit.WEEK, every=found.values["weeks"])


def _months(found: Found) -> Per:
    every = found.values["months"]
    if 12 % every:
        raise found.refuse(
            lazy("a school year cannot be divided into periods of {found} months; write 1, 2, 3, 4, 6 or 12."),
            "months", found=str(every),
        )  # fmt: skip
    return Per(unit=PerUnit.MONTH, every=every)


def _years(found: Found) -> Per:
    return Per(unit=PerUnit.SCHOOL_YEAR, every=found.values["years"], since=found.values.get("since"))


_EVENT_KINDS = {"sessions": w.SESSION_KINDS, "achievements": w.ACHIEVEMENT_KINDS, "placements": w.PLACEMENT_FORMS}


def _event(found: Found) -> Per:
    event = found.values["event"]
    node = found.nodes.get("kinds")
    kinds: tuple[str, ...] = ()
    if node is not None:
        if event not in _EVENT_KINDS:
            raise found.refuse(lazy("{found} have no kinds; leave “{key}” out."), "kinds", found=event)
        kinds = Many(_EVENT_KINDS[event], any_=True, plain=True).read(node, "kinds", found.notes)
    return Per(unit=PerUnit.EVENT, event=Source(event), kinds=kinds, within_days=found.values.get("within_days"))


PER_SHAPES = {
    "weeks": Shape("per weeks", {"weeks": Whole(1, 4)}, _weeks, needed=("weeks",)),
    "months": Shape("per months", {"months": Whole(1, 12)}, _months, needed=("months",)),
    "years": Shape("per years", {"years": Whole(1, 10), "since": Whole(1950, 2100)}, _years, needed=("years",)),
    "event": Shape(
        "per event",
        {"event": Word(w.EVENTS), "kinds": Later(), "within_days": points(0)},
        _event,
        needed=("event",),
    ),
}  # fmt: skip
PER_KEYS = Variants("per", PER_SHAPES, lambda node, _notes: one_of(node, PER_SHAPES, "per"))
PERIODS: Mapping[str, Per] = {
    "two_weeks": Per(unit=PerUnit.WEEK, every=2),
    "three_years": Per(unit=PerUnit.SCHOOL_YEAR, every=3),
    "five_years": Per(unit=PerUnit.SCHOOL_YEAR, every=5),
}


class Period:
    """Per when: a word, or keys."""

    def read(self, node: Node, key: str, notes: Notes) -> Per:
        """Return the period."""
        if isinstance(node, Keyed):
            per: Per = PER_KEYS.read(node, key, notes)
            return per
        text = scalar(node, key, A_TEXT).text.strip()
        found = w.PERIODS.read(text)
        if not found:
            unknown(text, node.line, key, w.PERIODS)
        return PERIODS.get(found[0]) or Per(unit=PerUnit(found[0]))

    def schema(self) -> dict[str, Any]:
        """Either."""
        return {"anyOf": [Word(w.PERIODS).schema(), PER_KEYS.schema()]}


def _due(found: Found) -> Due:
    days = [key for key in ("day", "month_day", "date") if key in found.values]
    if len(days) > 1:
        raise found.refuse(
            lazy("“{key}” says the day twice, with {found} and {other}; it may have only one of them."),
            "due",
            found=days[0],
            other=days[1],
        )
    return Due(**found.values)


DUE_KEYS = Shape(
    "due",
    {
        "day": Whole(1, 31),
        "month_day": MonthDay(),
        "date": Asked(frozenset({SettingType.DATE})),
        "shift_days": Whole(-366, 366),
    },
    _due,
)


class Deadline:
    """Due when: "end", or keys."""

    def read(self, node: Node, key: str, notes: Notes) -> Due:
        """Return it; "end" is the end of the period."""
        if isinstance(node, Keyed):
            due: Due = DUE_KEYS.read(node, key, notes)
            return due
        Word(w.DUE_WORDS).read(node, key, notes)
        return Due()

    def schema(self) -> dict[str, Any]:
        """Either."""
        return {"anyOf": [Word(w.DUE_WORDS).schema(), DUE_KEYS.schema()]}


# Requirements

WHOLE_ONLY = frozenset({Measure.COUNT, Measure.WORDS, Measure.MINUTES})


def _check_whole(found: Found, limits: HowMany) -> None:
    """Raise PackError for half a piece: only hours and days can be parted."""
    for limit in (limits.at_least, limits.at_most):
        for one in (*limit.levels.values(), limit.other) if isinstance(limit, ByLevel) else (limit,):
            if isinstance(one, float):
                raise wrong(Scalar(f"{one:g}", found.line_of("how_many"), bare=True), "how_many", A_WHOLE_NUMBER)


def _requirement(found: Found) -> Requirement:
    requirement = Requirement(key="", who=found.values.pop("who", Who()), **found.values)
    if requirement.what.measure in WHOLE_ONLY:
        _check_whole(found, requirement.how_many)
    what = requirement.what
    counted = what.counted or default_counted(what.source, requirement.who.each)
    return replace(requirement, what=replace(what, counted=counted))


REQUIREMENT = Shape(
    "requirement",
    {
        "id": Named(names="requirement"),
        "title": Both(),
        "who": WHO,
        "what": WHAT,
        "how_many": Amount(),
        "per": Period(),
        "due": Deadline(),
        "advice": Flag(),
    },
    _requirement,
    needed=("id", "title", "what", "how_many", "per"),
)
