"""Blocks of plain data in a clause, for other use cases: eligibility, ranking, quotas and so on."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.rules.figures import reference
from coordinator_tui.domain.rules.numbers import read_figure
from coordinator_tui.domain.rules.pack import SettingType
from coordinator_tui.domain.rules.packerror import unknown_key
from coordinator_tui.domain.rules.tree import Items, Scalar
from coordinator_tui.domain.rules.values import Both, pairs
from coordinator_tui.text import clean

if TYPE_CHECKING:
    from coordinator_tui.domain.rules.notes import Notes
    from coordinator_tui.domain.rules.tree import Node

BLOCKS = (
    "eligibility", "ranking", "quotas", "cooldown", "dates", "forms", "phases", "targets", "checklist", "hours",
)  # fmt: skip
"""Names of the blocks that some use case reads; others are the pack's own notes, kept as they are."""
_AS_GOOD_AS = 0.8

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class Blocks:
    """Named blocks; inside, whatever the use case reads: texts, numbers, lists and keys."""

    def read(self, node: Node, key: str, notes: Notes) -> dict[str, Any]:
        """Return plain data: int, float, bool, str, list and dict, with Words and SettingRef where they are written."""
        found: dict[str, Any] = {}
        with notes.whole():
            for name, value in pairs(node, key, notes):
                with notes.going_on():
                    _check_name(name, key)
                    found[name.text] = plain_data(value, name.text, notes)
        return found

    def schema(self) -> dict[str, Any]:
        """Offer the names; anything may be inside."""
        return {"type": "object", "properties": dict.fromkeys(BLOCKS, True)}


def _check_name(name: Scalar, key: str) -> None:
    """Raise PackError for a name that is nearly one that is read: it would be overlooked."""
    near = get_close_matches(name.text[:40], BLOCKS, n=1, cutoff=_AS_GOOD_AS)
    if near and name.text not in BLOCKS:
        raise unknown_key(name.text, name.line, key, near)


def plain_data(node: Node, key: str, notes: Notes) -> Any:  # noqa: ANN401 - as it is written
    """Return what is written as data; `{zh, en}` as Words, `{setting: key}` as SettingRef."""
    if isinstance(node, Items):
        return [plain_data(part, key, notes) for part in node.nodes]
    if isinstance(node, Scalar):
        return _value(node)
    names = {name.text for name, _value in node.pairs}
    if names == {"setting"}:
        return reference(node, key, notes, frozenset(SettingType))
    if "zh" in names and names <= {"zh", "en"}:
        return Both().read(node, key, notes)
    return {clean(name.text): plain_data(value, name.text, notes) for name, value in pairs(node, key, notes)}


def _value(node: Scalar) -> object:
    """Return a number, true, false or nothing when written without quotation marks, else the text."""
    if node.empty:
        return None
    if node.bare and node.text in {"true", "false"}:
        return node.text == "true"
    if node.bare and _NUMBER.fullmatch(node.text):
        figure = read_figure(node.text)
        return node.text if figure is None else figure
    return clean(node.text, lines=True)
