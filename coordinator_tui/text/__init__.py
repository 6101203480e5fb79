"""Words and widths: translations, pinyin, display cells, safe text. Imports no other room."""

from coordinator_tui.text.finding import matches
from coordinator_tui.text.folding import fold
from coordinator_tui.text.language import (
    LazyText,
    current_language,
    gettext,
    lazy,
    ngettext,
    pgettext,
    select_language,
)
from coordinator_tui.text.readings import initials, pinyin, sort_key
from coordinator_tui.text.safe import clean, visible
from coordinator_tui.text.width import cells, fit, wrap

__all__ = [
    "LazyText",
    "cells",
    "clean",
    "current_language",
    "fit",
    "fold",
    "gettext",
    "initials",
    "lazy",
    "matches",
    "ngettext",
    "pgettext",
    "pinyin",
    "select_language",
    "sort_key",
    "visible",
    "wrap",
]
