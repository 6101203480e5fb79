"""Files that commands read: `-` is standard input, text may be UTF-8 or GB18030."""

from __future__ import annotations

import sys
from pathlib import Path


def read_text(name: str) -> str:
    """Return the text of a file or of standard input, in UTF-8 or, where it is not that, GB18030."""
    content = read_bytes(name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def read_bytes(name: str) -> bytes:
    """Return the bytes of a file; - is standard input."""
    return sys.stdin.buffer.read() if name == "-" else Path(name).expanduser().read_bytes()
