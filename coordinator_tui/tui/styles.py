"""The few looks of text, in the terminal's own sixteen colours so that every depth and theme shows them."""

from __future__ import annotations

from typing import Final, Literal

from rich.style import Style

Look = Literal["plain", "strong", "quiet", "good", "warn", "bad", "link", "key", "cursor", "head", "bar"]
"""Name of a look. Colour never carries the meaning alone: the text says it too."""

STYLES: Final[dict[Look, Style]] = {
    "plain": Style(),
    "strong": Style(bold=True),
    "quiet": Style(color="bright_black"),
    "good": Style(color="green"),
    "warn": Style(color="yellow"),
    "bad": Style(color="red", bold=True),
    "link": Style(underline=True),
    "key": Style(color="cyan", bold=True),
    "cursor": Style(reverse=True),
    "head": Style(bold=True, underline=True),
    "bar": Style(reverse=True),
}

PLAIN: Final = STYLES["plain"]
