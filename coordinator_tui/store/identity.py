"""This computer's and user's replica name for a folder, remembered outside the folder.

A folder that is copied with its name inside would let two machines write as one; so the name lives in the state
folder of the user, under a key made of machine, user, real path and inode. What we last wrote is remembered too: when
the log of our own replica turns out shorter or different, the folder is an old copy, and a new name is taken.
"""

from __future__ import annotations

import contextlib
import getpass
import mmap
import os
import uuid
from dataclasses import dataclass
from pathlib import Path

import orjson

from coordinator_tui.store.line import digest_of

_PART = (
    256  # the file has two parts of this size, each JSON padded with spaces: the replica, and data.json as we left it
)


@dataclass(slots=True)
class Remembered:
    """What the state folder knows: replica name, number and hash of its last line, data.json's size, time and inode."""

    replica: str = ""
    number: int = 0
    digest: str = ""
    data: tuple[int, int, int] = (0, 0, 0)


class Identity:
    """The file that remembers; when the state folder cannot be written `writable` turns false and nothing is kept."""

    def __init__(self, folder: Path, store_id: str) -> None:
        self.path = state_folder() / f"{_key(folder)}.json"
        self.writable = True
        self._store = store_id
        self._map: mmap.mmap | None = None

    def load(self) -> Remembered:
        """Return what is remembered of this folder; nothing when it was another book."""
        try:
            raw = self.path.read_bytes()
            head = orjson.loads(raw[:_PART])
            if head["store"] != self._store:
                return Remembered()
            data = orjson.loads(raw[_PART:] or b"[0,0,0]")
            return Remembered(str(head["replica"]), int(head["n"]), str(head["h"]), (data[0], data[1], data[2]))
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return Remembered()

    def keep_line(self, replica: str, number: int, digest: bytes) -> None:
        """Remember our last line. Not synced: after a power cut the log is the same or longer."""
        text = f'{{"replica":"{replica}","store":"{self._store}","n":{number},"h":"{digest.hex()}"}}'
        self._put(0, text.encode())

    def keep_data(self, data: tuple[int, int, int]) -> None:
        """Remember how data.json looks after we wrote it."""
        self._put(_PART, b"[%d,%d,%d]" % data)

    def _put(self, offset: int, data: bytes) -> None:
        if self._map is None and not self._open():
            return
        part = data.ljust(_PART - 1) + b"\n"
        if self._map is None:
            self._write_through(offset, part)
        else:
            self._map[offset : offset + _PART] = part

    def _write_through(self, offset: int, part: bytes) -> None:
        """Write on a file system that cannot map files."""
        try:
            with self.path.open("r+b", buffering=0) as target:
                target.seek(offset)
                target.write(part)
        except OSError:
            self.writable = False

    def _open(self) -> bool:
        """Map the file into memory: a store through the map costs no system call and no entry in the disk's journal."""
        if not self.writable:
            return False
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                if os.fstat(fd).st_size != 2 * _PART:
                    os.ftruncate(fd, 0)
                    os.pwrite(fd, (b"{}".ljust(_PART - 1) + b"\n") + (b"[0,0,0]".ljust(_PART - 1) + b"\n"), 0)
                with contextlib.suppress(OSError, ValueError):
                    self._map = mmap.mmap(fd, 2 * _PART)
            finally:
                os.close(fd)
        except OSError:
            self.writable = False
        return self.writable

    def try_write(self) -> bool:
        """Tell whether the state folder can be written."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            return False
        return os.access(self.path.parent, os.W_OK)

    def close(self) -> None:
        """Close the file."""
        if self._map is not None:
            self._map.close()
            self._map = None


def state_folder() -> Path:
    """Return the folder that remembers replicas: $XDG_STATE_HOME, or what this system has for it."""
    chosen = os.environ.get("XDG_STATE_HOME")
    if chosen:
        return Path(chosen) / "coordinator-tui" / "replicas"
    from platformdirs import user_state_path

    return user_state_path("coordinator-tui", appauthor=False) / "replicas"


def _key(folder: Path) -> str:
    real = folder.resolve()
    stat = real.stat()
    return digest_of(f"{_machine()}\x1f{_user()}\x1f{real}\x1f{stat.st_ino}".encode("utf-8", "surrogateescape")).hex()


def _machine() -> str:
    for place in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            return Path(place).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            continue
    return f"{uuid.getnode():x}"


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return str(os.getuid())
