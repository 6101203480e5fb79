"""Text that no spreadsheet takes for a formula."""

from __future__ import annotations

import re

# A minus sign alone is a dash; a number is data. Wide signs count: East Asian spreadsheets read them as narrow ones.
_NUMBER = re.compile(r"-\d+(?:\.\d+)?%?")
_FORMULA = re.compile(r"'*\s*(?:[=+@＝＋＠]|[-－](?=.)|(?<=[\t\r\n]))", re.DOTALL)


def dangerous(text: str) -> bool:
    """Tell whether a spreadsheet might compute `text`: it begins with = + - @, or with a tab or line end.

    Such text behind apostrophes counts too, so that taking one apostrophe away always restores what was meant.
    """
    return bool(_FORMULA.match(text)) and not _NUMBER.fullmatch(text)


def neutral(text: str) -> str:
    """Return `text` as it may stand in a CSV file: with an apostrophe before what might be computed."""
    return f"'{text}" if dangerous(text) else text


def restored(text: str) -> str:
    """Return the text that `neutral` was given."""
    return text[1:] if text.startswith("'") and dangerous(text[1:]) else text
