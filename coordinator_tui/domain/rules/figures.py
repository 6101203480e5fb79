"""Numbers, settings and times in a pack: written out, left open, or another for each level of teacher."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.rules import numbers
from coordinator_tui.domain.rules.pack import ByLevel, SettingRef, SettingType
from coordinator_tui.domain.rules.packerror import PackError, unknown_key
from coordinator_tui.domain.rules.tree import Keyed
from coordinator_tui.domain.rules.values import A_NUMBER, A_TEXT, A_WHOLE_NUMBER, pairs, scalar, unknown, wrong
from coordinator_tui.domain.rules.words import LEVELS_AND_OTHER
from coordinator_tui.domain.vocabulary import Level
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from coordinator_tui.domain.rules.notes import Notes
    from coordinator_tui.domain.rules.tree import Node
    from coordinator_tui.domain.rules.values import Value


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two bounds."""

    least: int | None = None
    most: int | None = None

    def read(self, node: Node, key: str, _notes: Notes) -> int:
        """Return the number."""
        text = scalar(node, key, A_WHOLE_NUMBER).text
        figure = numbers.read_figure(text)
        if not isinstance(figure, int):
            raise wrong(node, key, A_WHOLE_NUMBER)
        check_bounds(figure, self.least, self.most, node, key)
        return figure

    def schema(self) -> dict[str, Any]:
        """Say the bounds."""
        return {"type": "integer"} | _bounds(self.least, self.most)


def check_bounds(figure: float, least: float | None, most: float | None, node: Node, key: str) -> None:
    """Raise PackError when a number lies outside its bounds; None is no bound."""
    if least is not None and most is not None and not least <= figure <= most:
        raise PackError(
            lazy("“{key}” must be between {least} and {most}, not {found}."),
            line=node.line, key=key, found=f"{figure:g}", least=f"{least:g}", most=f"{most:g}",
        )  # fmt: skip
    if least is not None and figure < least:
        raise PackError(
            lazy("“{key}” must be at least {least}, not {found}."),
            line=node.line, key=key, found=f"{figure:g}", least=f"{least:g}",
        )  # fmt: skip


def _bounds(least: float | None, most: float | None) -> dict[str, Any]:
    named = {"minimum": least, "maximum": most}
    return {name: bound for name, bound in named.items() if bound is not None}


COUNTS = frozenset({SettingType.NUMBER})


SHARES = frozenset({SettingType.NUMBER, SettingType.PERCENT})


NOT_A_SHARE = lazy("“{key}” must be a share between 0 and 1, such as 0.9 or 90%, not “{found}”.")


@dataclass(frozen=True, slots=True)
class Open:
    """A value, or `{setting: key}` where the regulation leaves it open."""

    value: Value
    types: frozenset[SettingType]

    def read(self, node: Node, key: str, notes: Notes) -> Any:  # noqa: ANN401 - a setting, or what the value is
        """Return the value or the reference; the notes check later that the setting is there and fits."""
        if isinstance(node, Keyed) and node.get("setting") is not None:
            return reference(node, key, notes, self.types)
        return self.value.read(node, key, notes)

    def schema(self) -> dict[str, Any]:
        """Either."""
        return {"anyOf": [self.value.schema(), {"$ref": "#/$defs/setting_reference"}]}


A_SETTING = lazy("a reference to a setting (setting: …)")


@dataclass(frozen=True, slots=True)
class Asked:
    """`{setting: key}` and nothing else: what only the school can say."""

    types: frozenset[SettingType]

    def read(self, node: Node, key: str, notes: Notes) -> SettingRef:
        """Return the reference."""
        if not isinstance(node, Keyed) or node.get("setting") is None:
            raise wrong(node, key, A_SETTING)
        return reference(node, key, notes, self.types)

    def schema(self) -> dict[str, Any]:
        """Refer to the definition of all references."""
        return {"$ref": "#/$defs/setting_reference"}


def reference(node: Keyed, key: str, notes: Notes, types: frozenset[SettingType]) -> SettingRef:
    """Read `{setting: key}`."""
    names = dict(pairs(node, key, notes))
    for name in names:
        if name.text != "setting":
            raise unknown_key(name.text, name.line, key, ("setting",))
    name = scalar(next(iter(names.values())), "setting", A_TEXT)
    notes.want_setting(name.text.strip(), name.line, types)
    return SettingRef(name.text.strip())


@dataclass(frozen=True, slots=True)
class Plain:
    """A number that is written out."""

    least: float | None = None

    def read(self, node: Node, key: str, _notes: Notes) -> float:
        """Return an int or float."""
        figure = numbers.read_figure(scalar(node, key, A_NUMBER).text)
        if figure is None:
            raise wrong(node, key, A_NUMBER)
        check_bounds(figure, self.least, None, node, key)
        return figure

    def schema(self) -> dict[str, Any]:
        """Say the bound."""
        return {"type": "number"} | _bounds(self.least, None)


@dataclass(frozen=True, slots=True)
class Share:
    """A share between 0 and 1; "90%" will do."""

    def read(self, node: Node, key: str, _notes: Notes) -> float:
        """Return the share."""
        text = numbers.plain(scalar(node, key, A_NUMBER).text)
        if text.endswith("%") or text.startswith("百分之"):
            share = numbers.read_share(text)
        else:
            share = numbers.read_figure(text)
        if share is None or not 0 <= share <= 1:
            raise PackError(NOT_A_SHARE, line=node.line, key=key, found=text)
        return share

    def schema(self) -> dict[str, Any]:
        """Take a number, or a text with the sign."""
        return {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string", "pattern": "%$|^百分之"}]}


@dataclass(frozen=True, slots=True)
class ForLevels:
    """A number or setting; or `{by_level: {new: 2, backbone: 3, other: 1}}`, one for each level."""

    one: Open

    def read(self, node: Node, key: str, notes: Notes) -> Any:  # noqa: ANN401 - Number
        """Return a Number; a level named itself wins over "backbone", "other" stands for the rest."""
        by_level = node.get("by_level") if isinstance(node, Keyed) else None
        if not isinstance(node, Keyed) or by_level is None:
            return self.one.read(node, key, notes)
        for name, _value in pairs(node, key, notes):
            if name.text != "by_level":
                raise unknown_key(name.text, name.line, key, ("by_level",))
        return self._levels(by_level, notes)

    def _levels(self, node: Node, notes: Notes) -> ByLevel:
        single: dict[str, Any] = {}
        shared: dict[str, Any] = {}
        with notes.whole():
            for name, value in pairs(node, "by_level", notes):
                with notes.going_on():
                    found = LEVELS_AND_OTHER.read(name.text)
                    if not found:
                        unknown(name.text, name.line, "by_level", LEVELS_AND_OTHER)
                    number = self.one.read(value, name.text, notes)
                    (single if len(found) == 1 else shared).update(dict.fromkeys(found, number))
        numbered = shared | single
        other = numbered.pop("other", None)
        return ByLevel({Level(code): number for code, number in numbered.items()}, other)

    def schema(self) -> dict[str, Any]:
        """Either."""
        levels = {"type": "object", "additionalProperties": self.one.schema(), "minProperties": 1}
        keyed = {
            "type": "object",
            "properties": {"by_level": levels},
            "required": ["by_level"],
            "additionalProperties": False,
        }
        return {"anyOf": [self.one.schema(), keyed]}


def number(least: float | None = None, *, share: bool = False) -> ForLevels:
    """Return the value of a number that may be a setting, and another for each level."""
    return ForLevels(points(least, share=share))


def points(least: float | None = None, *, share: bool = False) -> Open:
    """Return the value of a number that may be a setting."""
    return Open(Share(), SHARES) if share else Open(Plain(least), COUNTS)


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week."""

    def read(self, node: Node, key: str, _notes: Notes) -> int:
        """Return 1 (Monday) to 7."""
        text = scalar(node, key, A_TEXT).text
        day = numbers.read_weekday(text)
        if day is None:
            raise PackError(numbers.NOT_A_WEEKDAY, line=node.line, key=key, found=text)
        return day

    def schema(self) -> dict[str, Any]:
        """Take a number or a name."""
        return {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 7}, {"type": "string"}]}


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day."""

    def read(self, node: Node, key: str, _notes: Notes) -> str:
        """Return "HH:MM"."""
        text = scalar(node, key, A_TEXT).text
        time = numbers.read_time(text)
        if time is None:
            raise PackError(numbers.NOT_A_TIME, line=node.line, key=key, found=text)
        return time

    def schema(self) -> dict[str, Any]:
        """Old YAML reads 15:30 as a number of minutes."""
        return {"type": ["string", "integer"]}


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of every year."""

    def read(self, node: Node, key: str, _notes: Notes) -> tuple[int, int]:
        """Return month and day."""
        text = scalar(node, key, A_TEXT).text
        day = numbers.read_date(text)
        if day is None or len(day) != len("08-31"):
            raise PackError(
                lazy("“{key}”: “{found}” is no day of every year; write month and day, such as 05-31."),
                line=node.line, key=key, found=text,
            )  # fmt: skip
        return int(day[:2]), int(day[3:])

    def schema(self) -> dict[str, Any]:
        """Month and day as text."""
        return {"type": "string"}
