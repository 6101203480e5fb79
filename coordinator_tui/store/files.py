"""Every action on a file that the store takes, in one small class that tests can replace to record or to fail."""

from __future__ import annotations

import contextlib
import fcntl
import os
from pathlib import Path

_sync = getattr(os, "fdatasync", os.fsync)  # macOS has only fsync


class FileLayer:
    """The real file system. Paths are strings; descriptors are integers; errors are OSError."""

    def open_append(self, path: str, *, create: bool = False) -> int:
        """Open a log segment for appending and reading; with `create` it must not exist yet."""
        flags = os.O_RDWR | os.O_APPEND | os.O_CLOEXEC | (os.O_CREAT | os.O_EXCL if create else 0)
        return os.open(path, flags, 0o644)

    def open_read(self, path: str) -> int:
        """Open a file for reading."""
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    def open_lock(self, path: str) -> int:
        """Open, or create, the lock file."""
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)

    def open_new(self, path: str) -> int:
        """Open a temporary file for writing, emptying what an interrupted run may have left."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)

    def write(self, fd: int, data: bytes) -> int:
        """Write once; returns the number of bytes taken."""
        return os.write(fd, data)

    def fdatasync(self, fd: int) -> None:
        """Return when the file's bytes and size are on the disk."""
        _sync(fd)

    def ftruncate(self, fd: int, size: int) -> None:
        """Cut an open file."""
        os.ftruncate(fd, size)

    def fstat(self, fd: int) -> os.stat_result:
        """Look at an open file."""
        return os.fstat(fd)

    def pread(self, fd: int, size: int, offset: int) -> bytes:
        """Read some bytes of an open file."""
        return os.pread(fd, size, offset)

    def close(self, fd: int) -> None:
        """Close a descriptor."""
        os.close(fd)

    def lock(self, fd: int, *, wait: bool) -> None:
        """Take the lock for this process; without `wait` raises BlockingIOError when another has it."""
        fcntl.flock(fd, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)

    def unlock(self, fd: int) -> None:
        """Give the lock back."""
        fcntl.flock(fd, fcntl.LOCK_UN)

    def stat(self, path: str) -> os.stat_result:
        """Look at a path; FileNotFoundError when there is none."""
        return os.stat(path)  # noqa: PTH116 - a path object would cost as much as the call

    def listdir(self, path: str) -> list[str]:
        """Return the names in a folder."""
        return os.listdir(path)  # noqa: PTH208 - likewise

    def read_bytes(self, path: str, offset: int = 0) -> bytes:
        """Return a file's bytes from `offset` to its end."""
        with open(path, "rb", buffering=0) as source:  # noqa: PTH123 - likewise
            if offset:
                source.seek(offset)
            return source.read()

    def mkdir(self, path: str) -> None:
        """Make one folder; an existing one is fine."""
        Path(path).mkdir(parents=True, exist_ok=True)

    def rename(self, old: str, new: str) -> None:
        """Put a file in another's place, atomically."""
        Path(old).replace(new)

    def unlink(self, path: str) -> None:
        """Remove a file; one that is not there is fine."""
        Path(path).unlink(missing_ok=True)

    def fsync_dir(self, path: str) -> None:
        """Return when a folder's entries are on the disk."""
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    def write_all(self, fd: int, data: bytes) -> None:
        """Write until everything is taken."""
        view = memoryview(data)
        while view:
            view = view[self.write(fd, view.tobytes() if len(view) != len(data) else data) :]

    def replace(self, path: str, data: bytes) -> None:
        """Put `data` in a file's place: temporary file, fsync, rename, folder fsync; the old file stays on failure."""
        temporary = f"{path}.tmp"
        try:
            fd = self.open_new(temporary)
            try:
                self.write_all(fd, data)
                self.fdatasync(fd)
            finally:
                self.close(fd)
            self.rename(temporary, path)
        except OSError:
            with contextlib.suppress(OSError):
                self.unlink(temporary)
            raise
        self.fsync_dir(str(Path(path).parent))
