"""Writing a file that was asked for: whole or not at all, and never over another one unless told to."""

from __future__ import annotations

import os
import re
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator_tui.book.errors import NoSuchThing, Refused
from coordinator_tui.book.store_texts import reason_words
from coordinator_tui.text import clean, lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

STDOUT = "-"
_MOST_BYTES = 180
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ufffd]+')
_DASHES = re.compile(r"-{2,}")
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


class FileIsThere(Refused):
    """A file of that name is there already; nothing was written. `path` is the file."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            lazy("{file} is there already and was not touched; use --force to write over it, or choose another name."),
            file=path,
        )
        self.path = path


class NotWritten(Refused):
    """The file could not be written; nothing of it is left. `path` is the file."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(
            lazy("{file} could not be written ({reason}); choose another place with -o."),
            file=path,
            reason=reason_words(error.strerror or type(error).__name__),
        )
        self.path = path


def save(content: bytes, target: str | Path, *, force: bool = False) -> Path | None:
    """Write `content` to the file `target`, or to standard output for "-"; return the path, None for standard output.

    The file appears whole or not at all. Raises FileIsThere when there is one already and `force` is false, NoSuchThing
    when its folder does not exist, NotWritten when the system refuses.
    """
    if str(target) == STDOUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return None
    path = Path(target).expanduser()
    try:
        _save(content, path, force=force)
    except FileExistsError:
        raise FileIsThere(path) from None
    except OSError as error:
        raise NotWritten(path, error) from error
    return path


def _save(content: bytes, path: Path, *, force: bool) -> None:
    real = Path(os.path.realpath(path))
    if not real.parent.is_dir():
        raise NoSuchThing(
            lazy("There is no folder {folder} to write {file} into; make it first, or choose another place with -o."),
            folder=path.parent,
            file=path.name,
        )
    if real.is_dir():
        raise Refused(lazy("{file} is a folder; name a file with -o."), file=path)
    if real.exists() and not real.is_file():
        real.write_bytes(content)
        return
    if not force and os.path.lexists(path):
        raise FileExistsError
    _replace(content, real, force=force)


def _replace(content: bytes, path: Path, *, force: bool) -> None:
    """Write beside the file and rename."""
    beside = path.with_name(f".{secrets.token_hex(6)}.part")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if force or not _linked(beside, path):
            beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _linked(beside: Path, path: Path) -> bool:
    """Give the new file its name unless that is taken (FileExistsError); False where the file system has no links."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError, AttributeError):
        if os.path.lexists(path):
            raise FileExistsError from None
        return False
    return True


def safe_name(text: str) -> str:
    """Return `text` as a file's name (without suffix) that every system takes: no separators, not too long."""
    name = _DASHES.sub("-", _FORBIDDEN.sub("-", clean(text))).strip(" .-")
    name = "".join(_within(name, _MOST_BYTES)).rstrip(" .-")
    return f"{name}_" if name.partition(".")[0].casefold() in _RESERVED else name or "export"


def _within(text: str, most: int) -> Iterator[str]:
    taken = 0
    for char in text:
        taken += len(char.encode())
        if taken > most:
            return
        yield char


def file_name(*parts: str, suffix: str) -> str:
    """Return a file's name made of parts, "考勤表-语文教研组-2026-2027-1.xlsx"; empty parts are left out."""
    return safe_name("-".join(part for part in parts if part)) + suffix
