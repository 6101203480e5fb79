"""A disk that writes down everything done to it, and can be put back as a crash would have left it.

What a crash leaves: names (created, renamed, removed) are kept in order up to some moment, and bytes up to some other
moment, but nothing that was synced before the crash is lost. Three pictures of every moment are tried: everything
that was done is there; of the bytes that were not synced nothing is there; of them only a part is there, torn.
Names that were not synced are there or not, too.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator_tui.store.files import FileLayer

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Act:
    """One call: its name, the path (under the folder watched), bytes or size or new path."""

    call: str
    path: str
    data: bytes = b""
    size: int = 0
    to: str = ""


class RecordingDisk(FileLayer):
    """The real file system, recorded, under one folder."""

    def __init__(self) -> None:
        self.acts: list[Act] = []
        self._paths: dict[int, str] = {}

    def open_append(self, path: str, *, create: bool = False) -> int:
        fd = super().open_append(path, create=create)
        self._paths[fd] = path
        if create:
            self.acts.append(Act("create", path))
        return fd

    def open_new(self, path: str) -> int:
        fd = super().open_new(path)
        self._paths[fd] = path
        self.acts.append(Act("create", path))
        return fd

    def write(self, fd: int, data: bytes) -> int:
        taken = super().write(fd, data)
        self.acts.append(Act("write", self._paths[fd], bytes(data[:taken])))
        return taken

    def fdatasync(self, fd: int) -> None:
        self.acts.append(Act("sync", self._paths[fd]))

    def ftruncate(self, fd: int, size: int) -> None:
        super().ftruncate(fd, size)
        self.acts.append(Act("truncate", self._paths[fd], size=size))

    def mkdir(self, path: str) -> None:
        super().mkdir(path)
        self.acts.append(Act("mkdir", path))

    def rename(self, old: str, new: str) -> None:
        super().rename(old, new)
        self.acts.append(Act("rename", old, to=new))

    def unlink(self, path: str) -> None:
        super().unlink(path)
        self.acts.append(Act("unlink", path))

    def fsync_dir(self, path: str) -> None:
        self.acts.append(Act("sync names", path))


@dataclass
class _File:
    data: bytearray = field(default_factory=bytearray)
    safe: bytes = b""  # as of the last sync


class Picture:
    """The files as they are in memory and as they are safe on the disk, after some acts."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.names: dict[str, _File] = {}  # what programs see
        self.safe: dict[str, _File] = {}  # which names are on the disk for sure

    def play(self, act: Act) -> None:
        """Do one act."""
        if act.call == "create":
            self.names[act.path] = _File()
        elif act.call == "write":
            self.names[act.path].data += act.data
        elif act.call == "truncate":
            del self.names[act.path].data[act.size :]
        elif act.call == "sync":
            self.names[act.path].safe = bytes(self.names[act.path].data)
        elif act.call == "rename":
            self.names[act.to] = self.names.pop(act.path)
        elif act.call == "unlink":
            self.names.pop(act.path, None)
        elif act.call == "sync names":
            for known in (self.names, self.safe):
                for path in [path for path in known if str(Path(path).parent) == act.path]:
                    if path in self.names:
                        self.safe[path] = self.names[path]
                    else:
                        self.safe.pop(path, None)

    def lay(self, target: Path, bytes_of: Callable[[_File], bytes], *, names: bool) -> None:
        """Write a picture into an empty folder: with all names or only the safe ones, bytes as `bytes_of` says."""
        shutil.rmtree(target, ignore_errors=True)
        (target / "log").mkdir(parents=True)
        for path, content in (self.names if names else self.safe).items():
            there = target / os.path.relpath(path, self.folder)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(bytes_of(content))


def everything(content: _File) -> bytes:
    """All bytes came to the disk."""
    return bytes(content.data)


def only_synced(content: _File) -> bytes:
    """Of what was not synced, nothing came to the disk."""
    return content.safe


def torn(content: _File) -> bytes:
    """Of what was not synced, the first half came to the disk."""
    safe, whole = content.safe, bytes(content.data)
    if not whole.startswith(safe):
        return whole
    return whole[: len(safe) + (len(whole) - len(safe)) // 2]


def holed(content: _File) -> bytes:
    """What was not synced has its length on the disk, but its bytes are zeros."""
    safe, whole = content.safe, bytes(content.data)
    if not whole.startswith(safe):
        return whole
    return safe + bytes(len(whole) - len(safe))
