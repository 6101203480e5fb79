"""The logs of all replicas and the state they make: taking lines in causally, and appending our own durably."""

from __future__ import annotations

import errno
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import isfinite
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import orjson

from coordinator_tui.store import mending, scan
from coordinator_tui.store.clock import DAY_MS, Clock, wall_text
from coordinator_tui.store.errors import StoreLocked, StoreReadOnly, StoreReplaced, StoreWarning, WriteFailed
from coordinator_tui.store.leaves import REPLICA_BITS, REPLICA_MASK
from coordinator_tui.store.line import BadLine, Record, encode, operations, root_of
from coordinator_tui.store.log import SEGMENT_BYTES, SEGMENT_LINES, Deliver, ReplicaLog
from coordinator_tui.store.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coordinator_tui.store.files import FileLayer

LOCK_SECONDS = 20.0


@dataclass(slots=True)
class Header:
    """What a new line says beside its operations; `extra` is more header fields."""

    user: str
    step: str = ""
    extra: dict[str, Any] | None = None


class Engine:
    """Logs, clock and state of one folder."""

    def __init__(self, folder: Path, store_id: str, files: FileLayer, clock: Clock) -> None:
        self.folder = folder
        self.store_id = store_id
        self.files = files
        self.clock = clock
        self.state = State(self._reading)
        self.logs: dict[str, ReplicaLog] = {}
        self.by_index: list[ReplicaLog] = []
        self.own: ReplicaLog | None = None
        self.warnings: list[StoreWarning] = []
        self.lines = 0  # lines taken in by this engine: grows with every one
        self._unsaid: set[int] = set()  # replicas with lines that our own log has not yet said it saw
        self._fd = -1
        self._fd_segment = 0
        self._lock_fd = -1
        self._depth = 0
        self._settled = -1  # `lines` when we last looked: lines that wait need not be tried again before it grows
        self._warned: set[tuple[str, str]] = set()

    @property
    def purges(self) -> set[tuple[str, int]]:
        """Documents whose purge came in a line of another replica and was not yet obeyed."""
        return self.state.purges

    def reset(self) -> None:
        """Forget everything read, as before the first line."""
        self.state = State(self._reading)
        self.logs.clear()
        self.by_index.clear()
        self.own = None
        self.lines = 0

    # -- reading ------------------------------------------------------------------------------------------------

    def log(self, replica: str) -> ReplicaLog:
        """Return a replica's log, standing before its first line when it is new to us."""
        log = self.logs.get(replica)
        if log is None:
            index = len(self.by_index)
            folder = self.folder / "log" / replica
            log = ReplicaLog(self.files, folder, replica, index, root_of(self.store_id, replica))
            self.logs[replica] = log
            self.by_index.append(log)
            self.state.replicas.append(replica)
            self.state.heads.append(0)
        return log

    def find_replicas(self) -> None:
        """Notice the logs of replicas that are new."""
        try:
            names = self.files.listdir(str(self.folder / "log"))
        except FileNotFoundError:
            return  # a folder that vanished for a while deletes nothing
        for name in names:
            if name not in self.logs and name.isalnum() and len(self.by_index) < REPLICA_MASK:
                self.log(name)

    def take_in(self, deliver: Deliver | None = None) -> int:
        """Take in everything that has come to the logs; returns the number of lines."""
        self.find_replicas()
        total = 0
        retry = self.lines != self._settled
        while True:
            came = 0
            for log in self.by_index:
                if not log.segment:
                    log.begin()
                if log.grown(retry=retry):
                    came += log.drain(deliver or self.deliver)
            if not came:
                break
            total += came
            retry = True
        self._settled = self.lines
        self.settle()
        return total

    def deliver(self, log: ReplicaLog, record: Record, digest: bytes) -> bool:
        """Take in one verified line, unless it waits for lines that it saw and we have not."""
        seen = record.get("v")
        if seen is not None and not self._has_seen(log, seen):
            return False
        try:
            reading = int(record["t"], 16)
        except ValueError as error:
            raise BadLine("the clock is not a number") from error
        if not 0 <= reading < 1 << 63:
            raise BadLine("the clock is not a number")
        log.stepped(record["n"], digest, reading)
        log.user = record.get("u", log.user)
        self.state.apply(log.index, record["n"], log.seen, operations(record))
        self.lines += 1
        if log is not self.own:
            self._unsaid.add(log.index)
        if reading > self.clock.latest:
            self.clock.saw(reading)
            if log is not self.own and (reading >> 16) > self.clock.now_ms() + DAY_MS:
                self._warn_clock(log, reading)
        return True

    def _has_seen(self, log: ReplicaLog, seen: object) -> bool:
        if not isinstance(seen, dict):
            raise BadLine("what the line saw is not readable")
        news: dict[int, int] = {}
        for replica, head in seen.items():
            if type(head) is not list or len(head) < 2 or type(head[0]) is not int:
                raise BadLine("what the line saw is not readable")
            other = self.logs.get(replica)
            if other is None or other.number < head[0]:
                return False
            known = other.digest_at(head[0])
            if known is None or known.hex() != head[1]:
                self._warn_fork(log, replica, head[0])
                return False
            news[other.index] = head[0]
        log.seen.update(news)
        return True

    def _warn_clock(self, log: ReplicaLog, reading: int) -> None:
        text = "The clock of {replica} ({user}) is ahead of this computer's: it wrote at {time}."
        wall = wall_text(reading >> 16)
        self.warn("clock-ahead", log.replica, text, replica=log.replica, user=log.user, time=wall)

    def _warn_fork(self, log: ReplicaLog, replica: str, number: int) -> None:
        text = "{replica} saw another line {number} of {other} than the one here; its later lines wait (run doctor)."
        self.warn("fork", f"{log.replica}/{replica}", text, replica=log.replica, other=replica, number=number)

    def warn(self, code: str, about: str, text: str, **fields: object) -> None:
        """Add a warning, once for each code and subject."""
        if (code, about) not in self._warned:
            self._warned.add((code, about))
            self.warnings.append(StoreWarning(code, text, fields))

    def settle(self) -> None:
        """Compute again, from all their lines, the documents where a deletion and an edit did not see each other."""
        if self.state.refold:
            keys, self.state.refold = self.state.refold, set()
            scan.rebuild(self, keys)

    def _reading(self, dot: int) -> int:
        log = self.by_index[dot & REPLICA_MASK]
        return log.time_of(dot >> REPLICA_BITS)

    def unsaid_from_logs(self) -> None:
        """Find out what our own log has not yet said it saw."""
        seen = self.own.seen if self.own is not None else {}
        self._unsaid = {
            log.index for log in self.by_index if log is not self.own and log.number > seen.get(log.index, 0)
        }

    # -- writing ------------------------------------------------------------------------------------------------

    def lock(self) -> None:
        """Take the lock of this host, and in everything that was written as our replica."""
        if self._depth:
            self._depth += 1
            return
        self._take_lock()
        self._depth = 1
        own = self.own
        if own is None:
            return
        try:
            self._catch_up(own)
            if own.damage is not None:
                self._mend(own)
        except BaseException:
            self.unlock()
            raise

    def _mend(self, own: ReplicaLog) -> None:
        try:
            mending.mend_tail(self, own)
        except OSError as error:
            raise self._failed(own.path(own.segment), error) from error

    def unlock(self) -> None:
        """Give the lock back."""
        self._depth -= 1
        if self._depth == 0 and self._lock_fd >= 0:
            self.files.unlock(self._lock_fd)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock of this host, with everything of our own replica taken in."""
        self.lock()
        try:
            yield
        finally:
            self.unlock()

    def _take_lock(self) -> None:
        if self._lock_fd < 0:
            try:
                self._lock_fd = self.files.open_lock(str(self.folder / "lock"))
            except OSError as error:
                raise StoreReadOnly(folder=str(self.folder), reason=error.strerror or str(error)) from error
        end = 0.0
        while True:
            try:
                self.files.lock(self._lock_fd, wait=False)
                return
            except BlockingIOError:
                now = monotonic()
                end = end or now + LOCK_SECONDS
                if now > end:
                    raise StoreLocked(folder=str(self.folder), seconds=int(LOCK_SECONDS)) from None
                sleep(0.002)
            except OSError as error:
                if error.errno not in (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS):
                    raise
                text = "This file system has no locks: let only one program write {folder} at a time."
                self.warn("no-locks", "", text, folder=str(self.folder))
                return

    def _catch_up(self, own: ReplicaLog) -> None:
        """Take in what another process wrote as this replica."""
        if self._fd >= 0 and self._fd_segment == own.segment:
            stat = self.files.fstat(self._fd)
            if stat.st_size == own.offset and stat.st_nlink:
                return
            if not stat.st_nlink:  # another process purged it, or it was replaced while we had it open
                self._close_fd()
                if not own.locate():
                    raise StoreReplaced(folder=str(self.folder))
        self.take_in()

    def append(self, ops: list[Any], header: Header) -> int:
        """Write one line and apply it; returns its number. The lock must be held. Raises WriteFailed, TypeError."""
        own = self.own
        assert own is not None
        payload = orjson.dumps(ops)
        if b"null" in payload:
            _refuse_nan(ops)
        opened = self._segment(own)
        wall = self.clock.now_ms()
        reading = self.clock.next(wall)
        head = self._header(own, header, reading, wall, opened=opened)
        line, digest = encode(head, payload, own.digest)
        self._put(own, line, opened=opened)
        if self._unsaid:
            own.seen.update((index, self.state.heads[index]) for index in self._unsaid)
            self._unsaid.clear()
        self.clock.latest = reading
        number = own.number + 1
        own.stepped(number, digest, reading)
        own.user = header.user
        self.state.apply(own.index, number, own.seen, orjson.loads(payload))
        own.offset += len(line)
        self.lines += 1
        return number

    def _header(self, own: ReplicaLog, header: Header, reading: int, wall: int, *, opened: bool) -> bytes:
        head = b'{"n":%d,"t":"%016x"' % (own.number + 1, reading)
        if (reading >> 16) // 1000 != wall // 1000:
            head += b',"w":"%b"' % wall_text(wall).encode()
        if opened or header.user != own.user:
            head += b',"u":%b' % orjson.dumps(header.user)
        if self._unsaid:
            news = {self.by_index[i].replica: self._head(self.by_index[i]) for i in sorted(self._unsaid)}
            head += b',"v":%b' % orjson.dumps(news)
        if header.step:
            head += b',"s":%b' % orjson.dumps(header.step)
        if header.extra:
            head += b"," + orjson.dumps(header.extra)[1:-1]
        return head

    @staticmethod
    def _head(log: ReplicaLog) -> list[Any]:
        return [log.number, log.digest.hex()]

    def _segment(self, own: ReplicaLog) -> bool:
        """Make ready the segment to append to; returns whether a new one was begun."""
        lines = own.number - own.segment + 1
        if own.segment and own.offset < SEGMENT_BYTES and lines < SEGMENT_LINES:
            if self._fd_segment != own.segment:
                self._close_fd()
                self._fd = self.files.open_append(own.path(own.segment))
                self._fd_segment = own.segment
            return own.offset == 0
        return self._begin_segment(own)

    def _begin_segment(self, own: ReplicaLog) -> bool:
        self._close_fd()
        first = own.number + 1
        try:
            if first == 1:
                self.files.mkdir(own.folder)
                self.files.fsync_dir(str(self.folder / "log"))
            self._fd = self.files.open_append(own.path(first), create=True)
        except OSError as error:
            raise self._failed(own.path(first), error) from error
        self._fd_segment = first
        return True

    def _put(self, own: ReplicaLog, line: bytes, *, opened: bool) -> None:
        """Bring the bytes to the disk, or leave it as it was and raise WriteFailed."""
        fresh = self._fd_segment != own.segment
        end = 0 if fresh else own.offset
        try:
            self._write(line, own.folder if opened else "")
        except OSError as error:
            self._undo_write(own, end, fresh=fresh)
            raise self._failed(own.path(self._fd_segment or own.number + 1), error) from error
        if fresh:
            own.segment, own.offset = self._fd_segment, 0

    def _write(self, line: bytes, folder: str) -> None:
        if self.files.write(self._fd, line) != len(line):
            raise OSError(errno.ENOSPC, "the disk is full")
        self.files.fdatasync(self._fd)
        if folder:
            self.files.fsync_dir(folder)

    def _undo_write(self, own: ReplicaLog, end: int, *, fresh: bool) -> None:
        path = own.path(self._fd_segment)
        try:
            self.files.ftruncate(self._fd, end)
            self.files.fdatasync(self._fd)
        except OSError:
            text = "{file} may end in an unfinished line; the next opening sets it aside."
            self.warn("torn", path, text, file=path)
        if fresh:
            self._close_fd()
            with suppress(OSError):
                self.files.unlink(path)

    def _failed(self, path: str, error: OSError) -> WriteFailed:
        return WriteFailed(file=path, errno=error.errno or 0, reason=error.strerror or str(error))

    def release(self) -> None:
        """Close the log of our own, so that it can be rewritten."""
        self._close_fd()

    def _close_fd(self) -> None:
        if self._fd >= 0:
            self.files.close(self._fd)
        self._fd, self._fd_segment = -1, 0

    def close(self) -> None:
        """Close every descriptor."""
        self._close_fd()
        if self._lock_fd >= 0:
            self.files.close(self._lock_fd)
            self._lock_fd = -1


def _refuse_nan(value: object) -> None:
    """Refuse what JSON cannot hold and the encoder would turn into null."""
    if isinstance(value, float) and (not isfinite(value)):
        raise ValueError(f"{value} is not a JSON number")
    if isinstance(value, dict):
        for inner in value.values():
            _refuse_nan(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _refuse_nan(inner)
