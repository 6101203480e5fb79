"""Records to JSON documents and back, field by field.

A document may come from another machine, a newer version or a text editor: a value that cannot be read counts as
unknown, and fields that this version does not know are left alone (updates write only the fields that change).
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from coordinator_tui.domain import records

if TYPE_CHECKING:
    from collections.abc import Callable

R = TypeVar("R", bound=records.Record)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _figure(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError
    return value


def _keyed(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return dict(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _many(value: object) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError
    return tuple(value)


def _any(value: object) -> object:
    return value


_READERS: dict[Any, Callable[[Any], Any]] = {
    str: _text,
    int: _number,
    float: _figure,
    bool: _flag,
    date: date.fromisoformat,
    object: _any,
}
_REQUIRED = {str: "", int: 0, date: date.min}


def _reader(hint: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - a type hint has no type of its own
    """Conversion from JSON for a field of type `hint`; it raises TypeError or ValueError for what it cannot read."""
    if isinstance(hint, types.UnionType):
        return _reader(next(option for option in typing.get_args(hint) if option is not types.NoneType))
    if typing.get_origin(hint) is tuple:
        return _many
    if typing.get_origin(hint) is dict:
        return _keyed
    if hint in _READERS:
        return _READERS[hint]
    kind: type[StrEnum] = hint
    return kind


def _default(hint: Any, field_default: Any) -> Any:  # noqa: ANN401 - any field's default
    if typing.get_origin(hint) is dict:
        return types.MappingProxyType({})
    return _REQUIRED.get(hint) if field_default is MISSING else field_default


_PLANS: dict[type[records.Record], tuple[tuple[str, Callable[[Any], Any], Any], ...]] = {}


def _plan(kind: type[records.Record]) -> tuple[tuple[str, Callable[[Any], Any], Any], ...]:
    """Name, reader and default of every field of `kind` but the id."""
    known = _PLANS.get(kind)
    if known is None:
        hints = typing.get_type_hints(kind)
        known = _PLANS[kind] = tuple(
            (field.name, _reader(hints[field.name]), _default(hints[field.name], field.default))
            for field in fields(kind)
            if field.name != "id"
        )
    return known


def from_document(kind: type[R], identity: int, document: Mapping[str, Any]) -> R:
    """Record of class `kind` from the document with that id; unreadable values become the field's default."""
    values: dict[str, Any] = {"id": identity}
    for name, read, default in _plan(kind):
        value = document.get(name)
        if value is None:
            values[name] = default
        else:
            try:
                values[name] = read(value)
            except (TypeError, ValueError):
                values[name] = default
    return kind(**values)


def to_json(value: object) -> Any:  # noqa: ANN401 - JSON is any of its kinds
    """JSON form of one field's value."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_json(part) for part in value]
    if isinstance(value, Mapping):
        return {key: to_json(part) for key, part in value.items()}
    return value


def to_document(record: records.Record) -> dict[str, Any]:
    """Document of a record: every field that is known, without the id."""
    pairs = ((field.name, getattr(record, field.name)) for field in fields(record) if field.name != "id")
    return {name: to_json(value) for name, value in pairs if value is not None and value != ()}


def field_names(kind: type[records.Record]) -> tuple[str, ...]:
    """Names of the fields of `kind`, without the id."""
    return tuple(name for name, _read, _default_value in _plan(kind))
