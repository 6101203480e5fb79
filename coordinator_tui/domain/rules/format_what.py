"""The format's "what": which records are evidence, told by exactly one source key with its kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.domain.rules import words as w
from coordinator_tui.domain.rules.figures import number
from coordinator_tui.domain.rules.pack import Counted, Each, Measure, Source, What
from coordinator_tui.domain.rules.packerror import PackError, hint
from coordinator_tui.domain.rules.shape import Shape, Variants, one_of
from coordinator_tui.domain.rules.values import All, Flag, Later, Listed, Many, Text, Word
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coordinator_tui.domain.rules.shape import Found
    from coordinator_tui.domain.rules.values import Value

_KINDS: Mapping[Source, Value] = {
    Source.SESSIONS: Many(w.SESSION_KINDS, any_=True, plain=True),
    Source.WORK: Many(w.WORK_KINDS, any_=True, plain=True),
    Source.READINGS: Many(w.READING_KINDS, any_=True, plain=True),
    Source.TRAININGS: All(),
    Source.PAIRS: All(),
    Source.ACHIEVEMENTS: Many(w.ACHIEVEMENT_KINDS, any_=True, plain=True),
    Source.ENTRIES: Many(w.ENTRY_KINDS, any_=True, plain=True),
    Source.PLACEMENTS: Many(w.PLACEMENT_FORMS, any_=True, plain=True),
    Source.FIELDS: Later(),
}
COUNTED: Mapping[Source, tuple[Counted, ...]] = {
    Source.SESSIONS: (Counted.HELD, Counted.ATTENDED, Counted.SPOKEN, Counted.HOSTED),
    Source.READINGS: (Counted.RECOMMENDED, Counted.READ),
    Source.PAIRS: (Counted.AS_MENTOR, Counted.AS_APPRENTICE),
}
"""Ways of counting that a source knows; the others know none."""
_MEASURES: Mapping[Source, tuple[Measure, ...]] = {
    Source.SESSIONS: (Measure.COUNT, Measure.MINUTES, Measure.HOURS, Measure.DAYS),
    Source.WORK: (Measure.COUNT, Measure.WORDS),
    Source.TRAININGS: (Measure.COUNT, Measure.HOURS, Measure.DAYS),
    Source.PLACEMENTS: (Measure.COUNT, Measure.DAYS),
}
_MORE: Mapping[Source, Mapping[str, Value]] = {
    Source.SESSIONS: {
        "complete": Many(w.SESSION_FIELDS, plain=True),
        "group_kinds": Many(w.GROUP_KINDS),
        "cross_subject": Flag(),
        "scopes": Many(w.SCOPES, plain=True),
        "minutes_each": number(0),
        "days_each": number(0),
    },
    Source.WORK: {
        "complete": Many(w.WORK_FIELDS, plain=True),
        "checked": Flag(),
        "grades": Many(w.GRADES),
        "words_each": number(0),
    },
    Source.TRAININGS: {
        "complete": Many(w.TRAINING_FIELDS, plain=True),
        "levels": Many(w.AWARD_LEVELS, plain=True),
        "areas": Many(w.AREAS, plain=True),
        "days_each": number(0),
    },
    Source.ACHIEVEMENTS: {
        "complete": Many(w.ACHIEVEMENT_FIELDS, plain=True),
        "levels": Many(w.AWARD_LEVELS, plain=True),
        "checked": Flag(),
        "grades": Listed(Text()),
    },
    Source.ENTRIES: {"complete": Many(w.ENTRY_FIELDS, plain=True)},
    Source.PLACEMENTS: {"complete": Many(w.PLACEMENT_FIELDS, plain=True), "days_each": number(0)},
    Source.FIELDS: {
        "of": Word(w.THINGS),
        "kinds": Many(w.SESSION_KINDS, any_=True, plain=True),
        "group_kinds": Many(w.GROUP_KINDS),
    },
}


def default_counted(source: Source, each: Each) -> Counted | None:
    """Return how records of a source count where a pack does not say: as done by whoever owes."""
    if source is Source.SESSIONS:
        return Counted.ATTENDED if each is Each.MEMBER else Counted.HELD
    if source is Source.READINGS:
        return Counted.READ if each is Each.MEMBER else Counted.RECOMMENDED
    return Counted.AS_MENTOR if source is Source.PAIRS else None


def check_counted(found: Found, source: Source) -> None:
    """Raise PackError for a way of counting that the source does not know."""
    counted = found.values.get("counted")
    if counted is not None and counted not in COUNTED[source]:
        raise _not_of(found, "counted", counted, COUNTED[source], source)


def _not_of(found: Found, key: str, code: str, valid: tuple[str, ...], source: Source) -> PackError:
    near, tail = hint(code, valid)
    return found.refuse(
        lazy("“{key}: {found}” has no meaning for {source}; {hint}"),
        key, found=code, nearest=near, source=source.value, hint=tail,
    )  # fmt: skip


def _maker(source: Source) -> Callable[[Found], What]:
    def make(found: Found) -> What:
        values = dict(found.values)
        kinds = values.pop(source.value)
        check_counted(found, source)
        measure = values.get("measure", Measure.COUNT)
        if measure not in _MEASURES.get(source, (Measure.COUNT,)):
            raise _not_of(found, "measure", measure, _MEASURES.get(source, (Measure.COUNT,)), source)
        if source is Source.FIELDS:
            return What(source=source, complete=_fields(found), **values)
        return What(source=source, kinds=kinds, **values)

    return make


def _fields(found: Found) -> tuple[str, ...]:
    """Return the fields that have to be filled, of whichever thing it is."""
    of = found.values.get("of", "session")
    if of == "member" and "kinds" in found.values:
        raise found.refuse(lazy("members have no kinds of session; leave “{key}” out."), "kinds")
    names = w.MEMBER_FIELDS if of == "member" else w.SESSION_FIELDS
    fields: tuple[str, ...] = Many(names, plain=True).read(found.nodes["fields"], "fields", found.notes)
    if not fields:
        raise found.refuse(lazy("“{key}” names no field."), "fields")
    return fields


def _shape(source: Source) -> Shape:
    counted: dict[str, Value] = {"counted": Word(w.COUNTEDS)} if source in COUNTED else {}
    keys = {source.value: _KINDS[source], **counted, "measure": Word(w.MEASURES), **_MORE.get(source, {})}
    return Shape(f"what {source}", keys, _maker(source), needed=(source.value,))


SOURCES = {source.value: _shape(source) for source in Source}
WHAT = Variants("what", SOURCES, lambda node, _notes: one_of(node, SOURCES, "what"))
