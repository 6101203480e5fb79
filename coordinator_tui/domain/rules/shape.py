"""A group of keys in a pack: which there are, which must be there, what each holds, and what is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.rules.packerror import PackError, unknown_key
from coordinator_tui.domain.rules.tree import Keyed, Scalar
from coordinator_tui.domain.rules.values import KEYS, MISSING_KEY, pairs, wrong
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coordinator_tui.domain.rules.notes import Notes
    from coordinator_tui.domain.rules.tree import Node
    from coordinator_tui.domain.rules.values import Value
    from coordinator_tui.text import LazyText


@dataclass(slots=True)
class Found:
    """What was read of one group of keys: values by key, and where they stand."""

    place: str
    line: int
    notes: Notes
    values: dict[str, Any] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)

    def line_of(self, key: str) -> int:
        """Line of a key's value; the group's own where the key is not there."""
        node = self.nodes.get(key)
        return self.line if node is None else node.line

    def refuse(self, problem: LazyText, key: str = "", **values: Any) -> PackError:  # noqa: ANN401 - of a sentence
        """Return a mistake at the key's line."""
        return PackError(problem, line=self.line_of(key), key=key, **values)


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys of one place in a pack; `make` builds what they mean and refuses what does not go together."""

    name: str
    keys: Mapping[str, Value]
    make: Callable[[Found], Any]
    needed: tuple[str, ...] = ()

    def read(self, node: Node, key: str, notes: Notes) -> Any:  # noqa: ANN401 - whatever `make` makes
        """Return what was made; every mistake inside is noted."""
        found = Found(self.name, node.line, notes)
        with notes.whole():
            guessed = self._read_keys(node, key, found)
            for missing in self.needed:
                if missing not in found.nodes and missing not in guessed:
                    notes.add(PackError(MISSING_KEY, line=found.line, key=missing, place=self.name))
        return self.make(found)

    def _read_keys(self, node: Node, key: str, found: Found) -> set[str]:
        """Fill `found`; return the keys that unknown ones were probably meant to be, so that those do not lack."""
        guessed = set()
        for name, value in pairs(node, key, found.notes):
            known = self.keys.get(name.text)
            if known is None:
                error = unknown_key(name.text, name.line, self.name, self.keys)
                guessed.add(error.nearest)
                found.notes.add(error)
            elif not (isinstance(value, Scalar) and value.empty):
                found.nodes[name.text] = value
                with found.notes.going_on():
                    found.values[name.text] = known.read(value, name.text, found.notes)
        return guessed

    @property
    def ref(self) -> str:
        """Name of its definition in the schema."""
        return self.name.replace(" ", "_")

    def schema(self) -> dict[str, Any]:
        """Refer to this shape's definition."""
        return {"$ref": f"#/$defs/{self.ref}"}

    def definition(self) -> dict[str, Any]:
        """JSON Schema of the group; a key without a value counts as not written, unless it is needed."""
        return {
            "type": "object",
            "properties": {
                key: value.schema() if key in self.needed else {"anyOf": [value.schema(), {"type": "null"}]}
                for key, value in self.keys.items()
            },
            "required": list(self.needed),
            "additionalProperties": False,
        }


@dataclass(frozen=True, slots=True)
class Variants:
    """Several shapes for one place, told apart by what `choose` finds in the group."""

    name: str
    shapes: Mapping[str, Shape]
    choose: Callable[[Keyed, Notes], str]

    def read(self, node: Node, key: str, notes: Notes) -> Any:  # noqa: ANN401 - whatever the shape makes
        """Read as the shape that the group is."""
        if not isinstance(node, Keyed):
            raise wrong(node, key, KEYS)
        return self.shapes[self.choose(node, notes)].read(node, key, notes)

    def schema(self) -> dict[str, Any]:
        """Any of the shapes."""
        return {"anyOf": [shape.schema() for shape in self.shapes.values()]}


def one_of(node: Keyed, names: Mapping[str, object], place: str) -> str:
    """Return the one key of a group that is in `names`; PackError when there is none, or more than one."""
    present = [name for name, _value in node.pairs if name.text in names]
    if len(present) == 1:
        return present[0].text
    if present:
        raise PackError(
            lazy("“{place}” has {first} and {found}; it may have only one of them."),
            line=present[1].line, key=place, found=present[1].text, first=present[0].text, place=place,
        )  # fmt: skip
    for name, _value in node.pairs:
        error = unknown_key(name.text, name.line, place, names)
        if error.nearest:
            raise error
    raise PackError(
        lazy("“{place}” needs one of these keys: {names}."),
        line=node.line,
        key=place,
        place=place,
        names=", ".join(names),
    )


MORE_THAN = lazy("“{key}” ({found}) is more than “{other}” ({most}).")


def check_order(found: Found, least: str, most: str) -> None:
    """Raise PackError when the smaller of two numbers is larger; settings are not known yet and pass."""
    low, high = found.values.get(least), found.values.get(most)
    if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
        raise found.refuse(MORE_THAN, least, found=f"{low:g}", other=most, most=f"{high:g}")
