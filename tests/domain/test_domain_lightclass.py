"""A light data class does what the standard library's does, and only its `__init__` comes later."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field
from typing import Any, ClassVar

import pytest

from coordinator_tui.domain import lightclass
from coordinator_tui.domain.records import Member, Record


@lightclass.dataclass(frozen=True, slots=True)
class Place:
    """A place."""

    KIND: ClassVar[str] = "place"
    room: str
    floor: int = 1
    tags: tuple[str, ...] = ()


@lightclass.dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A booking."""

    id: int
    notes: dict[str, object] = field(default_factory=dict)


@lightclass.dataclass(frozen=True, slots=True)
class Hall(Place):
    """A place with seats."""

    seats: int = 30


@lightclass.dataclass(frozen=True, slots=True)
class One:
    """One value."""

    value: object


@lightclass.dataclass(frozen=True, slots=True)
class Nothing:
    """No value."""


@dataclasses.dataclass(frozen=True, slots=True)
class StandardPlace:
    """The same as `Place`."""

    room: str
    floor: int = 1
    tags: tuple[str, ...] = ()


def test_values_are_given_by_place_or_by_name() -> None:
    assert Place("201", 2) == Place(room="201", floor=2, tags=()) == Place("201", floor=2)
    assert Hall("201", 2, (), 40).seats == 40
    assert Hall("201").seats == 30


@pytest.mark.parametrize(
    ("values", "named"), [((), {}), (("201", 1, (), 0), {}), (("201",), {"wing": "east"}), (("201",), {"room": "202"})]
)
def test_wrong_values_are_refused_in_the_same_words(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError) as standard:
        StandardPlace(*values, **named)
    for _ in range(2):
        with pytest.raises(TypeError) as found:
            Place(*values, **named)
        assert str(found.value).replace("Place", "StandardPlace") == str(standard.value)


def test_names_may_be_required() -> None:
    made: Any = Booking
    with pytest.raises(TypeError):
        made(1)
    with pytest.raises(TypeError):
        made()
    assert Booking(id=1).id == 1


def test_every_object_gets_a_default_of_its_own() -> None:
    assert Booking(id=1).notes == {}
    assert Booking(id=1).notes is not Booking(id=1).notes
    assert Booking(id=1, notes={"a": 1}).notes == {"a": 1}


@pytest.mark.parametrize("made", [Place("201"), One("x"), Nothing(), Booking(id=1), Member(id=1, name="张三")])
def test_nothing_can_be_changed(made: Any) -> None:
    for name in ("room", "value", "name", "id", "wing"):
        with pytest.raises(FrozenInstanceError, match="cannot assign to field"):
            setattr(made, name, 1)
        with pytest.raises(FrozenInstanceError, match="cannot delete field"):
            delattr(made, name)
    assert not hasattr(made, "__dict__")


def test_equal_means_the_same_class_with_equal_values() -> None:
    assert Place("201") == Place("201", 1)
    assert Place("201") != Place("201", 2)
    assert Place("201") != Hall("201")
    assert One("a") == One("a") != One("b")
    assert Nothing() == Nothing()
    assert {Place("201"), Place("201"), Hall("201"), One("a"), One("a"), Nothing(), Nothing()} == {
        Place("201"), Hall("201"), One("a"), Nothing(),
    }  # fmt: skip
    assert hash(Place("201", 2)) == hash(StandardPlace("201", 2))
    with pytest.raises(TypeError):
        hash(Booking(id=1))


def test_it_shows_itself_as_it_is_written() -> None:
    assert repr(Place("201")) == "Place(room='201', floor=1, tags=())"
    assert repr(Nothing()) == "Nothing()"


def test_copies_and_pickles_are_equal() -> None:
    for made in (Hall("201", 3), Booking(id=1, notes={"a": [1]}), Nothing(), One("x")):
        assert copy.copy(made) == copy.deepcopy(made) == pickle.loads(pickle.dumps(made)) == made


def test_the_standard_functions_for_data_classes_know_it() -> None:
    assert dataclasses.replace(Hall("201"), seats=5) == Hall("201", seats=5)
    assert dataclasses.asdict(Place("201")) == {"room": "201", "floor": 1, "tags": ()}
    assert [each.name for each in dataclasses.fields(Hall)] == ["room", "floor", "tags", "seats"]
    assert issubclass(Member, Record)
    match Place("201", 4):
        case Place(_, floor):
            assert floor == 4
