"""What an upgrade of a pack changes: clauses, requirements, settings and the like that came, went, or say otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.rules.pack import ByLevel, SettingRef, Words
from coordinator_tui.text import current_language, lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordinator_tui.domain.rules.pack import Pack
    from coordinator_tui.text import LazyText


class Change(StrEnum):
    """What became of a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Thing(StrEnum):
    """What a pack is made of."""

    PACK = "pack"
    SETTING = "setting"
    CLAUSE = "clause"
    REQUIREMENT = "requirement"
    CADENCE = "cadence"
    ASSESSMENT = "assessment"
    PART = "part"


THING_TITLES: dict[Thing, LazyText] = {
    Thing.PACK: lazy("pack"),
    Thing.SETTING: lazy("setting"),
    Thing.CLAUSE: lazy("clause"),
    Thing.REQUIREMENT: lazy("requirement"),
    Thing.CADENCE: lazy("cadence"),
    Thing.ASSESSMENT: lazy("assessment"),
    Thing.PART: lazy("part"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: of a whole thing (`field` ""), or of one of its fields as the format writes it ("how_many.at_least").

    `id` is the key of a setting, "assessment/part" of a part, the id of the rest; `clause` tells where a requirement or
    cadence stands. `title` is the new one, or the old one of what was removed. `old` and `new` are plain values (texts,
    numbers, lists, groups of keys), None where nothing stood.
    """

    change: Change
    thing: Thing
    id: str
    title: Words
    clause: str = ""
    field: str = ""
    old: Any = None
    new: Any = None

    def __str__(self) -> str:
        """One line in the language in force."""
        name = {"thing": THING_TITLES[self.thing], "id": self.id, "title": self.title.say(current_language())}
        if self.change is Change.ADDED:
            return lazy("new {thing} {id} “{title}”").format(**name)
        if self.change is Change.REMOVED:
            return lazy("{thing} {id} “{title}” is gone").format(**name)
        values = {"field": self.field, "old": _said(self.old), "new": _said(self.new)}
        if self.thing is Thing.PACK:
            return lazy("{field}: {old} → {new}").format(**values)
        return lazy("{thing} {id}: {field}: {old} → {new}").format(**name, **values)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One thing of a pack with what is compared of it."""

    thing: Thing
    id: str
    title: Words
    clause: str
    values: Mapping[str, Any]


def differences(old: Pack, new: Pack) -> list[Difference]:
    """Return what is different, kind by kind in the order of the new pack; what was removed ends its kind.

    A requirement that moved to another clause is changed ("clause"), not removed and added; order alone is no change.
    """
    before, after = _pieces(old), _pieces(new)
    found: list[Difference] = []
    for thing in Thing:
        was = {piece.id: piece for piece in before if piece.thing is thing}
        now = {piece.id: piece for piece in after if piece.thing is thing}
        for key, piece in now.items():
            found += _changed(was[key], piece) if key in was else [_whole(Change.ADDED, piece)]
        found += [_whole(Change.REMOVED, piece) for key, piece in was.items() if key not in now]
    return found


def _said(value: Any) -> str:  # noqa: ANN401 - any plain value
    """Return a value as one line shows it: texts in the language in force, lists and keys as YAML writes them."""
    if value is None:
        return "—"
    if isinstance(value, Mapping) and "zh" in value:
        return Words(value["zh"], value.get("en", "")).say(current_language())
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_said(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_said(inner) for inner in value) + "]"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _whole(change: Change, piece: _Piece) -> Difference:
    values = dict(piece.values)
    old, new = (values, None) if change is Change.REMOVED else (None, values)
    return Difference(change, piece.thing, piece.id, piece.title, piece.clause, old=old, new=new)


def _changed(was: _Piece, now: _Piece) -> list[Difference]:
    keys = dict.fromkeys((*now.values, *was.values))
    pairs = ((key, was.values.get(key), now.values.get(key)) for key in keys)
    return [
        Difference(Change.CHANGED, now.thing, now.id, now.title, now.clause, key, old, new)
        for key, old, new in pairs
        if old != new
    ]


def _pieces(pack: Pack) -> list[_Piece]:
    return [
        _Piece(Thing.PACK, "", pack.title, "", _values(pack, leave=("settings", "clauses", "assessments", "id"))),
        *(_Piece(Thing.SETTING, one.key, one.title, "", _values(one, leave=("key",))) for one in pack.settings),
        *_of_clauses(pack),
        *_of_assessments(pack),
    ]


def _of_clauses(pack: Pack) -> Iterator[_Piece]:
    for clause in pack.clauses:
        own = _values(clause, leave=("id", "requirements", "cadences"))
        yield _Piece(Thing.CLAUSE, clause.id, clause.text, clause.id, own)
        for requirement in clause.requirements:
            values = _values(requirement, leave=("key", "id")) | {"clause": clause.id}
            yield _Piece(Thing.REQUIREMENT, requirement.id, requirement.title, clause.id, values)
        for cadence in clause.cadences:
            values = _values(cadence, leave=("id",)) | {"clause": clause.id}
            yield _Piece(Thing.CADENCE, cadence.id, cadence.title, clause.id, values)


def _of_assessments(pack: Pack) -> Iterator[_Piece]:
    for assessment in pack.assessments:
        own = _values(assessment, leave=("id", "parts"))
        yield _Piece(Thing.ASSESSMENT, assessment.id, assessment.title, assessment.clause or "", own)
        for part in assessment.parts:
            values = _values(part, leave=("id",))
            yield _Piece(Thing.PART, f"{assessment.id}/{part.id}", part.title, assessment.clause or "", values)


def _values(thing: Any, *, leave: tuple[str, ...]) -> dict[str, Any]:  # noqa: ANN401 - any structure of a pack
    """Return the fields that hold something, those of inner groups by dotted names."""
    flat: dict[str, Any] = {}
    for one in fields(thing):
        value = getattr(thing, one.name)
        if one.name in leave or value is None or value in ((), {}):
            continue
        if is_dataclass(value) and not isinstance(value, Words | SettingRef | ByLevel):
            flat |= {f"{one.name}.{name}": inner for name, inner in _values(value, leave=()).items()}
        else:
            flat[one.name] = _plain(value)
    return flat


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a pack
    """Return a value as the format writes it."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return _written(value) if is_dataclass(value) else value.value if isinstance(value, StrEnum) else value


def _written(value: Any) -> Any:  # noqa: ANN401 - any structure of a pack
    """Return a structure as the format writes it."""
    if isinstance(value, Words):
        return {"zh": value.zh, "en": value.en} if value.en else value.zh
    if isinstance(value, SettingRef):
        return {"setting": value.key}
    if isinstance(value, ByLevel):
        levels: dict[str, Any] = {level.value: _plain(number) for level, number in value.levels.items()}
        return {"by_level": levels if value.other is None else levels | {"other": _plain(value.other)}}
    return _values(value, leave=())
