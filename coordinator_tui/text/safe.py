"""Text that cannot harm a terminal or hide in a document: control, direction and invisible characters."""

from __future__ import annotations

import re
import unicodedata

_REPLACEMENT = "\ufffd"

_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SURROGATES = "\ud800-\udfff"

_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
# Default-ignorable characters: they take no room, so two different names would look the same, and join emoji in ways
# that each terminal draws as wide as it likes.
_NO_ROOM = (
    "\u00ad\u034f\u115f\u1160\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff"
)
_INVISIBLE = re.compile(f"[{_NO_ROOM}{_DIRECTION}]")
_CONTROL = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_SURROGATES}]")
_UNSAFE_ON_SCREEN = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029{_NO_ROOM}{_DIRECTION}{_SURROGATES}]")


def clean(text: str, *, lines: bool = False) -> str:
    r"""Return `text` as it may enter a document: normal form C, nothing invisible, no control character.

    Line ends become "\n" when `lines` is true, else a space, as tabs do. Characters that take no room (zero-width,
    direction marks, variation selectors) go; other control characters and lone surrogates become U+FFFD, so that
    damage shows.
    """
    text = _LINE_ENDS.sub("\n" if lines else " ", text).replace("\t", " ")
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _CONTROL.sub(_REPLACEMENT, _INVISIBLE.sub("", text)))


def visible(text: str) -> str:
    """Return `text` as a screen can show it: what could steer a terminal, or takes no room, as U+FFFD.

    Its length stays. Text that was cleaned has nothing of the kind; this is for what others wrote into a document.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE_ON_SCREEN.sub(_REPLACEMENT, text)
