"""One replica's change log on disk: where we are in it, reading on, and appending when it is our own."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import orjson

from coordinator_tui.store.errors import DamagedStore
from coordinator_tui.store.line import BadLine, Record, decode, stated_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coordinator_tui.store.files import FileLayer

SEGMENT_BYTES = 256_000
SEGMENT_LINES = 1_000
_CLOCKS = re.compile(rb'^\{"n":(\d+),"t":"([0-9a-f]{16})"', re.MULTILINE)

Deliver: TypeAlias = "Callable[[ReplicaLog, Record, bytes], bool]"


@dataclass(frozen=True, slots=True)
class Damage:
    """Where a log stops being readable; `torn` when only the end of its last segment is concerned."""

    replica: str
    file: str
    line: int  # 1 is the first line of the file
    offset: int
    readable: int  # number of lines of this replica before it
    reason: str
    torn: bool

    def error(self) -> DamagedStore:
        """Return it as the exception that opening raises."""
        return DamagedStore(file=self.file, line=self.line, reason=self.reason, readable=self.readable)


class ReplicaLog:
    """A position in a replica's log: number and hash of the last line taken in, and the bytes it ends at."""

    def __init__(self, files: FileLayer, folder: Path, replica: str, index: int, root: bytes) -> None:
        self.files = files
        self.folder = str(folder)
        self.replica = replica
        self.index = index
        self.number = 0
        self.digest = self.root = root
        self.segment = 0  # first number of the segment that the position is in; 0 = before the first
        self.offset = 0
        self.user = ""
        self.seen: dict[int, int] = {}
        self.since = 0  # `times` and `digests` hold the lines after this number
        self.times = array("Q")
        self.digests: list[bytes] = []
        self.damage: Damage | None = None
        self.blocked = False  # the next line waits for lines of others
        self._older: dict[int, int] = {}  # clocks of lines from before the snapshot, a segment at a time
        self._tried = -1  # size of the segment at the last reading that brought nothing more

    def path(self, first: int) -> str:
        """Return the path of the segment that begins with line `first`."""
        return f"{self.folder}/{first}.jsonl"

    def stepped(self, number: int, digest: bytes, reading: int) -> None:
        """Remember a line that was taken in or written."""
        self.number = number
        self.digest = digest
        self.times.append(reading)
        self.digests.append(digest)

    def time_of(self, number: int) -> int:
        """Return the clock of a line taken in; 0 when it cannot be found."""
        place = number - self.since - 1
        if 0 <= place < len(self.times):
            return self.times[place]
        if number not in self._older:
            starts = [start for start in self.segments() if start <= number]
            data = self.files.read_bytes(self.path(starts[-1])) if starts else b""
            self._older.update((int(n), int(t, 16)) for n, t in _CLOCKS.findall(data))
        return self._older.get(number, 0)

    def drain(self, deliver: Deliver) -> int:
        """Take in every line that is there and whose causes are; returns how many."""
        total = 0
        while True:
            total += self._drain_segment(deliver)
            if self.damage is not None or self.blocked or not self._step():
                return total

    def grown(self, *, retry: bool) -> bool:
        """Tell by file sizes whether there may be something new; with `retry` also whether a line waits for others."""
        try:
            if self.segment and self.files.stat(self.path(self.segment)).st_size != max(self._tried, self.offset):
                return True
        except FileNotFoundError:
            return False
        return (self.blocked and retry) or self._exists(self.number + 1)

    def _exists(self, first: int) -> bool:
        try:
            self.files.stat(self.path(first))
        except FileNotFoundError:
            return False
        return True

    def _step(self) -> bool:
        """Go on to the segment that begins with the next line."""
        following = self.number + 1
        if following == self.segment or not self._exists(following):
            return False
        self.segment, self.offset, self._tried = following, 0, -1
        return True

    def _drain_segment(self, deliver: Deliver) -> int:
        if not self.segment:
            return 0
        try:
            if self.offset and not self.stands() and not self.locate():
                self._damaged("the log is not the one that was read before", last=False)
                self._tried = self.files.stat(self.path(self.segment)).st_size
                return 0
            data = self.files.read_bytes(self.path(self.segment), self.offset)
        except FileNotFoundError:
            return 0
        self.blocked, self.damage, self._tried = False, None, self.offset + len(data)
        start = total = 0
        while (end := data.find(b"\n", start)) >= 0:
            try:
                delivered = deliver(self, *decode(data[start:end], self.digest, self.number + 1))
            except BadLine as error:
                self._damaged(str(error), last=end + 1 >= len(data))
                return total
            if not delivered:
                self.blocked = True
                return total
            self.offset += end + 1 - start
            start = end + 1
            total += 1
        if start < len(data):
            self._damaged("the line is not finished", last=True)
        return total

    def _damaged(self, reason: str, *, last: bool) -> None:
        sealed = any(first > self.segment for first in self.segments())
        self.damage = Damage(
            replica=self.replica,
            file=f"log/{self.replica}/{self.segment}.jsonl",
            line=self.number - self.segment + 2,
            offset=self.offset,
            readable=self.number,
            reason=reason,
            torn=last and not sealed,
        )

    def segments(self) -> list[int]:
        """Return the first numbers of the segments on disk, ascending."""
        try:
            names = self.files.listdir(self.folder)
        except (FileNotFoundError, NotADirectoryError):
            return []
        return sorted(int(n[:-6]) for n in names if n.endswith(".jsonl") and n[:-6].isdecimal())

    def begin(self) -> None:
        """Stand before the first line."""
        if self._exists(1):
            self.segment = 1

    def raw_lines(self, first: int = 1) -> Iterator[bytes]:
        """Yield the lines taken in from number `first` on, as written, without newline."""
        segments = self.segments()
        for place, start in enumerate(segments):
            if start > self.number or (place + 1 < len(segments) and segments[place + 1] <= first):
                continue
            lines = self.files.read_bytes(self.path(start)).split(b"\n")[:-1]
            yield from lines[max(first - start, 0) : max(self.number - start + 1, 0)]

    def raw_segments(self) -> Iterator[tuple[int, bytes]]:
        """Yield each segment's first number and the bytes taken in of it."""
        for start in self.segments():
            if start < self.segment:
                yield start, self.files.read_bytes(self.path(start))
            elif start == self.segment:
                yield start, self.files.read_bytes(self.path(start))[: self.offset]

    def checked(self, raw: bytes, previous: bytes, number: int) -> Record:
        """Return a line read again, parsed, after the line with the hash `previous`; raises DamagedStore."""
        try:
            return decode(raw, previous, number)[0]
        except BadLine as error:
            start = max((first for first in self.segments() if first <= number), default=1)
            file = f"log/{self.replica}/{start}.jsonl"
            raise DamagedStore(file=file, line=number - start + 1, reason=str(error), readable=number - 1) from error

    def records(self, first: int) -> Iterator[Record]:
        """Yield the lines taken in from number `first` on, parsed; raises DamagedStore at one that was changed."""
        previous = self.root
        for number, raw in enumerate(self.raw_lines(max(first - 1, 1)), max(first - 1, 1)):
            if number >= first:
                yield self.checked(raw, previous, number)
            previous = stated_hash(raw)

    def record(self, number: int) -> Record | None:
        """Return one line taken in, parsed; None when it can no longer be read."""
        try:
            return next(self.records(number), None) if 0 < number <= self.number else None
        except DamagedStore:
            return None

    def user_at(self, number: int) -> str:
        """Return who wrote a line taken in; the first line of every segment names its user."""
        starts = [start for start in self.segments() if start <= number]
        if not starts:
            return ""
        lines = self.files.read_bytes(self.path(starts[-1])).split(b"\n")[: number - starts[-1] + 1]
        for raw in reversed(lines):
            if b',"u":"' in raw and (user := _user_of(raw)) is not None:
                return user
        return ""

    def stands(self) -> bool:
        """Tell whether the line taken in last still ends where it did."""
        try:
            fd = self.files.open_read(self.path(self.segment))
        except OSError:
            return False
        try:
            return self.files.pread(fd, 19, max(self.offset - 19, 0)) == self.digest.hex().encode() + b'"}\n'
        finally:
            self.files.close(fd)

    def locate(self) -> bool:
        """Find the position again after the segment was rewritten by a purge; False when our line is not in it."""
        if not self.segment or self.number < self.segment:
            return True
        try:
            data = self.files.read_bytes(self.path(self.segment))
        except FileNotFoundError:
            return False
        lines = data.split(b"\n")[: self.number - self.segment + 1]
        if len(lines) <= self.number - self.segment or lines[-1][-18:-2] != self.digest.hex().encode():
            return False
        self.offset = sum(map(len, lines)) + len(lines)
        self._tried = -1
        return True

    def digest_at(self, number: int) -> bytes | None:
        """Return the hash of a line taken in."""
        place = number - self.since - 1
        if 0 <= place < len(self.digests):
            return self.digests[place]
        return stated_hash(next(self.raw_lines(number), b"")) or None if 0 < number <= self.number else None

    def waiting(self) -> int:
        """Count the lines on disk that were not taken in."""
        count = 0
        for start in self.segments():
            if start >= self.segment:
                data = self.files.read_bytes(self.path(start), self.offset if start == self.segment else 0)
                count += data.count(b"\n")
        return count


def _user_of(raw: bytes) -> str | None:
    try:
        found = orjson.loads(raw).get("u")
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, str) else None
