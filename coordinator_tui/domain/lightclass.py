"""Frozen data classes that cost next to nothing until the first object of them is made.

`dataclasses` compiles six functions for each class, most of a millisecond. Some sixty classes are loaded before the
first picture is on screen, half of them without an object: this `dataclass` compiles `__init__` when it is first
called, and shares the other functions. Everything else is as the standard library's, which type checkers take it for.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, FrozenInstanceError, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["dataclass"]

T = TypeVar("T")


def _light(cls: type[T], *, kw_only: bool) -> type[T]:
    made: Any = dataclasses.dataclass(cls, init=False, repr=False, eq=False, slots=True, kw_only=kw_only)
    made.__init__ = _first_init(made)
    made.__repr__ = _repr
    made.__eq__, made.__hash__ = _comparing(made)
    made.__setattr__, made.__delattr__ = _refuse_to_set, _refuse_to_delete
    made.__getstate__, made.__setstate__ = _state, _set_state
    return made  # type: ignore[no-any-return]  # methods cannot be given to a class that is typed


def _first_init(cls: Any) -> Callable[..., None]:  # noqa: ANN401 - a class whose `__init__` is put in its place
    def first(self: object, *values: object, **named: object) -> None:
        cls.__init__ = _init(cls)
        cls.__init__(self, *values, **named)

    return first


def _init(cls: Any) -> Callable[..., None]:  # noqa: ANN401 - dataclasses have no type of their own
    """Return the `__init__` that `dataclasses` would have made."""
    known: dict[str, Any] = {"_put": object.__setattr__, "_missing": MISSING}
    parts, body = ["self"], []
    for field in sorted(fields(cls), key=lambda field: bool(field.kw_only)):
        name = value = field.name
        if field.kw_only and "*" not in parts:
            parts.append("*")
        if field.default is not MISSING:
            known[f"_{name}"] = field.default
            parts.append(f"{name}=_{name}")
        elif field.default_factory is not MISSING:
            known[f"_{name}"] = field.default_factory
            parts.append(f"{name}=_missing")
            value = f"_{name}() if {name} is _missing else {name}"
        else:
            parts.append(name)
        body.append(f"    _put(self, {name!r}, {value})\n")
    exec(f"def __init__({', '.join(parts)}):\n{''.join(body) or '    pass'}", known)  # noqa: S102 - names of fields only
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _comparing(cls: Any) -> tuple[Callable[[Any, object], Any], Callable[[Any], int]]:  # noqa: ANN401 - likewise
    """Return `__eq__` and `__hash__`."""
    names = [field.name for field in fields(cls)]
    values: Callable[[Any], Any] = attrgetter(*names) if len(names) > 1 else _state

    def equal(self: Any, other: object) -> Any:  # noqa: ANN401 - or NotImplemented
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return equal, lambda self: hash(tuple(values(self)))


def _repr(self: Any) -> str:  # noqa: ANN401 - likewise
    known = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self))
    return f"{self.__class__.__qualname__}({known})"


def _refuse_to_set(_self: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:  # noqa: ANN401 - likewise
    """Return the values of all fields: what copies and pickles are made from."""
    return [getattr(self, field.name) for field in fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:  # noqa: ANN401 - likewise
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool, kw_only: bool = False) -> Callable[[type[T]], type[T]]:
        """Make a class a frozen data class with slots; of what `field` may say only the default counts."""
        assert frozen
        assert slots
        return lambda cls: _light(cls, kw_only=kw_only)
