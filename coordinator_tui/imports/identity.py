"""Identity numbers, which are recognised in order to be left out, and telephone numbers."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coordinator_tui.imports.grid import Cell

_EIGHTEEN = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![0-9A-Za-z])")
_FIFTEEN = re.compile(r"(?<!\d)[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")
_MASKED = re.compile(r"(?<!\d)\d{3,6}[*＊xX●]{6,12}\d{2,4}[\dXx]?(?!\d)")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?1[4-7]")
_RUINED_FROM, _RUINED_TO = 1e14, 1e18

_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_MASKED_PHONE = re.compile(r"(?<!\d)1[3-9]\d[*＊xX]{4,6}\d{2,4}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(?:0\d{2,3}-?)?[2-9]\d{6,7}(?!\d)")


def _plain(text: str) -> str:
    return re.sub(r"[\s'’`]", "", unicodedata.normalize("NFKC", text))


def holds_identity(cell: Cell) -> bool:
    """Whether a cell, whatever its column is called, holds an identity number, whole, masked or ruined by Excel."""
    if len(cell.text) < 15 and not _SCIENTIFIC.search(cell.text):
        return False
    text = _plain(cell.text)
    if _masked_identity(text) or ruined(cell):
        return True
    return any(_birth(match[0]) for match in (_EIGHTEEN.search(text), _FIFTEEN.search(text)) if match)


def _masked_identity(text: str) -> bool:
    match = _MASKED.search(text)
    return match is not None and len(match[0]) >= 15


def ruined(cell: Cell) -> bool:
    """Whether Excel took the number for a quantity and lost its last digits (1.101011985100112e+17)."""
    if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
        return _RUINED_FROM <= cell.value < _RUINED_TO
    return _SCIENTIFIC.fullmatch(_plain(cell.text)) is not None


def identity_month(cell: Cell, year: int) -> int | None:
    """Month of birth in an identity number if the year agrees, None otherwise.

    Excel keeps 15 digits of a number, so that a ruined one still has its month; its text "1.1E+17" has not.
    """
    number = cell.value
    text = str(int(number)) if isinstance(number, float) and number < _RUINED_TO else _plain(cell.text)
    for pattern in (_EIGHTEEN, _FIFTEEN):
        match = pattern.search(text)
        born = _birth(match[0]) if match else None
        if born is not None and born.year == year:
            return born.month
    return None


def _birth(number: str) -> date | None:
    digits = number[6:14] if len(number) == 18 else f"19{number[6:12]}"
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def read_phone(cell: Cell) -> str | None:
    """Return the first telephone number of a cell, without spaces and country code; None when none can be read."""
    text = re.sub(r"^(?:\+|00)?86-?(?=1)", "", _plain(cell.text).replace("—", "-"))
    joined = re.sub(r"(?<=\d)[-.](?=\d)", "", text)
    for pattern, candidate in ((_MOBILE, joined), (_MASKED_PHONE, joined), (_MOBILE, text), (_LANDLINE, text)):
        match = pattern.search(candidate)
        if match:
            return match[0]
    return None
