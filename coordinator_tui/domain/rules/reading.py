"""A rule pack's YAML to a Pack; whatever is wrong is said in one sentence with its line and the nearest valid word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.domain.rules.notes import EnoughError, Notes
from coordinator_tui.domain.rules.packerror import PackError
from coordinator_tui.domain.rules.tree import Scalar, tree
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from coordinator_tui.domain.rules.pack import Pack

__all__ = ["PackError", "check_pack", "read_pack"]


def read_pack(text: str, *, name: str = "") -> Pack:
    """Return the pack that a YAML text describes (docs/rule-packs.md); `name` is the file's, for messages.

    Raises PackError with the first mistake. The text is data and nothing else: nothing in it is run or looked up.
    """
    pack, errors = _read(text, name)
    if pack is None or errors:
        raise errors[0]
    return pack


def check_pack(text: str, *, name: str = "") -> list[PackError]:
    """Return everything that is wrong with a pack's text, in the order of its lines; nothing when it can be read."""
    return _read(text, name)[1]


def _read(text: str, name: str) -> tuple[Pack | None, list[PackError]]:
    notes = Notes()
    pack: Pack | None = None
    try:
        with notes.going_on():
            pack = _pack(text, notes)
        notes.check_references()
    except EnoughError:
        pack = None
    for error in notes.errors:
        error.put_in(name)
    return pack, sorted(notes.errors, key=lambda error: error.line)


def _pack(text: str, notes: Notes) -> Pack:
    from coordinator_tui.domain.rules.format_pack import PACK

    root = tree(text)
    if isinstance(root, Scalar) and root.empty:
        raise PackError(lazy("there is nothing in it."), line=0)
    pack: Pack = PACK.read(root, "pack", notes)
    return pack
