"""The format's settings: what a document leaves open, and how it is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.errors import DomainError
from coordinator_tui.domain.rules import words as w
from coordinator_tui.domain.rules.figures import Plain, Share
from coordinator_tui.domain.rules.numbers import check_answer
from coordinator_tui.domain.rules.pack import PackSetting, SettingType
from coordinator_tui.domain.rules.packerror import Phrase
from coordinator_tui.domain.rules.shape import Found, Shape, check_order
from coordinator_tui.domain.rules.tree import Keyed, Scalar
from coordinator_tui.domain.rules.values import A_TEXT, Both, Flag, Named, Word, pairs, scalar
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from coordinator_tui.domain.rules.notes import Notes
    from coordinator_tui.domain.rules.pack import Words
    from coordinator_tui.domain.rules.tree import Node


class Choices:
    """The answers of a choice: a word for the answer and its text."""

    def read(self, node: Node, key: str, notes: Notes) -> tuple[tuple[str, Words], ...]:
        """Return code and text of each answer."""
        found = []
        with notes.whole():
            for name, value in pairs(node, key, notes):
                with notes.going_on():
                    found.append((name.text, Both().read(value, name.text, notes)))
        return tuple(found)

    def schema(self) -> dict[str, Any]:
        """Any words as keys, texts as values."""
        return {"type": "object", "minProperties": 1, "additionalProperties": Both().schema()}


class Anything:
    """One value that is judged when the rest is known."""

    def read(self, node: Node, key: str, _notes: Notes) -> Scalar:
        """Return it as it stands."""
        return scalar(node, key, A_TEXT)

    def schema(self) -> dict[str, Any]:
        """One value."""
        return {"type": ["string", "number", "boolean"]}


def _setting(found: Found) -> PackSetting:
    type_: SettingType = found.values["type"]
    if type_ is SettingType.CHOICE and not found.values.get("choices"):
        raise found.refuse(lazy("a setting of type choice needs “{key}” with its answers."), "choices")
    if type_ is not SettingType.CHOICE and "choices" in found.values:
        raise found.refuse(lazy("“{key}” belongs to a setting of type choice, not {found}."), "choices", found=type_)
    numeric = Share() if type_ is SettingType.PERCENT else Plain()
    with found.notes.whole():
        for key in ("least", "most"):
            if key in found.values:
                with found.notes.going_on():
                    found.values[key] = _bound(found, key, numeric if type_ in NUMERIC else None)
    check_order(found, "least", "most")
    suggest = found.values.pop("suggest", None)
    setting = PackSetting(key="", **found.values)
    return setting if suggest is None else replace(setting, suggest=_suggestion(setting, found))


NUMERIC = frozenset({SettingType.NUMBER, SettingType.PERCENT})


def _bound(found: Found, key: str, value: Plain | Share | None) -> float:
    if value is None:
        kind = found.values["type"]
        raise found.refuse(
            lazy("“{key}” belongs to a setting of type number or percent, not {found}."), key, found=kind
        )
    return value.read(found.nodes[key], key, found.notes)


def _suggestion(setting: PackSetting, found: Found) -> object:
    """Return what is suggested, as an answer would be kept; a share is written like every share of a pack."""
    node = found.nodes["suggest"]
    assert isinstance(node, Scalar)
    percent = setting.type is SettingType.PERCENT
    typed = Share().read(node, "suggest", found.notes) if percent else node.text
    try:
        return check_answer(setting, typed)
    except DomainError as error:
        cause = Phrase(error.message, error.params)
        raise found.refuse(lazy("“{key}” is no answer to this setting: {cause}"), "suggest", cause=cause) from None


SETTING = Shape(
    "setting",
    {
        "title": Both(), "why": Both(), "type": Word(w.SETTING_TYPES), "choices": Choices(), "suggest": Anything(),
        "least": Anything(), "most": Anything(), "optional": Flag(),
    },
    _setting,
    needed=("title", "why", "type"),
)  # fmt: skip


class Settings:
    """The settings of a pack by their keys."""

    def read(self, node: Node, key: str, notes: Notes) -> tuple[PackSetting, ...]:
        """Return the settings; their keys and types are noted even where something else is wrong with them."""
        found = []
        with notes.whole():
            for name, value in pairs(node, key, notes):
                notes.settings[name.text] = _type_of(value)
                with notes.going_on():
                    Named().read(name, "settings", notes)
                    found.append(replace(SETTING.read(value, name.text, notes), key=name.text))
        return tuple(found)

    def schema(self) -> dict[str, Any]:
        """Any ids as keys."""
        return {"type": "object", "additionalProperties": SETTING.schema()}


def _type_of(node: Node) -> SettingType | None:
    written = node.get("type") if isinstance(node, Keyed) else None
    known = w.SETTING_TYPES.read(written.text) if isinstance(written, Scalar) else ()
    return SettingType(known[0]) if known else None
