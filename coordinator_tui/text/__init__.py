"""Words and widths: translations, pinyin, display cells, safe text. Imports no other room.

A name's module is imported when the name is first asked for: most starts of the program need only translations.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coordinator_tui.text.counting import Counts, count, count_han, count_office
    from coordinator_tui.text.finding import matches
    from coordinator_tui.text.folding import fold
    from coordinator_tui.text.language import (
        LazyText,
        current_language,
        gettext,
        in_language,
        lazy,
        mark,
        ngettext,
        pgettext,
        select_language,
    )
    from coordinator_tui.text.readings import initials, pinyin, sort_key
    from coordinator_tui.text.safe import clean, visible
    from coordinator_tui.text.width import cells, fit, wrap

__all__ = [
    "Counts",
    "LazyText",
    "cells",
    "clean",
    "count",
    "count_han",
    "count_office",
    "current_language",
    "fit",
    "fold",
    "gettext",
    "in_language",
    "initials",
    "lazy",
    "mark",
    "matches",
    "ngettext",
    "pgettext",
    "pinyin",
    "select_language",
    "sort_key",
    "visible",
    "wrap",
]

_MODULES = {
    "counting": ("Counts", "count", "count_han", "count_office"),
    "finding": ("matches",),
    "folding": ("fold",),
    "language": (
        "LazyText",
        "current_language",
        "gettext",
        "in_language",
        "lazy",
        "mark",
        "ngettext",
        "pgettext",
        "select_language",
    ),
    "readings": ("initials", "pinyin", "sort_key"),
    "safe": ("clean", "visible"),
    "width": ("cells", "fit", "wrap"),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
