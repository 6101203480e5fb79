"""The hybrid logical clock: 48 bits of milliseconds, 16 bits of counter, written as 16 hex digits.

A new reading is greater than every reading seen, whatever the wall clock says, so order follows cause; a wrong wall
clock can therefore never block anything.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

DAY_MS = 86_400_000
_LAST_MS = (1 << 47) - 1  # leaves room above, so that a clock gone mad can still be followed by larger readings
_YEAR_9999 = 253_402_300_799


def system_ms() -> int:
    """Return the wall clock in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


class Clock:
    """Gives readings (integers: milliseconds << 16 | counter) that only grow."""

    __slots__ = ("_now", "latest")

    def __init__(self, now: Callable[[], int] = system_ms) -> None:
        self._now = now
        self.latest = 0

    def now_ms(self) -> int:
        """Return the wall clock in milliseconds."""
        return self._now()

    def next(self, wall_ms: int) -> int:
        """Return the reading for a new line written at wall time `wall_ms`; the caller commits it by `saw`."""
        reading = min(max(wall_ms, 0), _LAST_MS) << 16
        return reading if reading > self.latest else self.latest + 1

    def saw(self, reading: int) -> None:
        """Take in a reading from a line, own or other."""
        self.latest = max(self.latest, reading)


def wall_text(ms: int) -> str:
    """Return a wall time as ISO 8601 UTC with seconds, e.g. 2026-09-25T08:14:03Z."""
    return datetime.fromtimestamp(min(max(ms // 1000, 0), _YEAR_9999), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def wall_time(reading: int, written: str | None) -> datetime:
    """Return when a line was written: its `w` when it has one, else the physical part of its clock."""
    if written is not None:
        try:
            return datetime.fromisoformat(written)
        except ValueError:
            pass
    try:
        return datetime.fromtimestamp((reading >> 16) / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime.max.replace(tzinfo=UTC)
