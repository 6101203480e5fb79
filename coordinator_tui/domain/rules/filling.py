"""Which piece counts for which period: its own, or an earlier one that still lacks; and which for which event."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from coordinator_tui.domain.rules.asks import Ask
    from coordinator_tui.domain.rules.evidence import Item
    from coordinator_tui.domain.rules.result import Period

_NEARLY = 1e-9

Buckets: TypeAlias = "dict[int, list[Item]]"
"""Items by the index of the period for which they count."""


def spread(items: Sequence[Item], starts: Sequence[date], periods: Sequence[Period]) -> tuple[Buckets, list[Item]]:
    """Return the items by the index of their period, and those between periods; `starts` are the periods' first days.

    An item that holds for some time counts in every period that it touches; of items with the same `once` the first.
    """
    found: Buckets = {}
    between: list[Item] = []
    for item in items:
        if item.until is not None:
            for at, period in enumerate(periods):
                if item.day <= period.until and item.until >= period.start:
                    found.setdefault(at, []).append(item)
            continue
        at = bisect_right(starts, item.day) - 1
        if at < 0 or item.day > periods[at].until:
            between.append(item)
        elif at not in found:
            found[at] = [item]
        elif item.once is None or all(other.once != item.once for other in found[at]):
            found[at].append(item)
    return found, between


def fill_earlier(found: Buckets, asks: Sequence[Ask | None], between: Sequence[Item], limit: date) -> None:
    """Let pieces beyond what a period needs fill earlier periods that still lack, the oldest first; never later ones.

    Pieces dated between periods (in the holidays) do the same up to `limit`, the day on which the next term begins.
    """
    loose = _surplus(found, asks, between, limit)
    if not loose:
        return
    lacks = [(ask.needed or 0.0) - _amount(found.get(at, ())) if ask else 0.0 for at, ask in enumerate(asks)]
    for item, home in loose:
        for at in range(_periods_before(item, home, asks)):
            if lacks[at] > _NEARLY:
                lacks[at] -= item.evidence.amount
                found.setdefault(at, []).append(item)
                if home is not None:
                    found[home].remove(item)
                break


def _amount(items: Sequence[Item]) -> float:
    return sum(item.evidence.amount for item in items)


def _surplus(
    found: Buckets, asks: Sequence[Ask | None], between: Sequence[Item], limit: date
) -> list[tuple[Item, int | None]]:
    """Return what no period needs, by day, with the period it lies in."""
    loose: list[tuple[Item, int | None]] = [(item, None) for item in between if item.day < limit]
    for at, bucket in found.items():
        ask = asks[at]
        if ask is None or ask.needed is None:
            continue
        have = 0.0
        for item in bucket:
            if have >= ask.needed - _NEARLY:
                loose.append((item, at))
            have += item.evidence.amount
    return sorted(loose, key=lambda pair: (pair[0].day, pair[0].evidence.id))


def _periods_before(item: Item, home: int | None, asks: Sequence[Ask | None]) -> int:
    """Return how many periods lie before a piece."""
    if home is not None:
        return home
    return next((at for at, ask in enumerate(asks) if ask is not None and ask.period.start > item.day), len(asks))


def spread_events(
    items: Sequence[Item], events: Sequence[Period], asks: Sequence[Ask | None], *, only: bool
) -> list[list[Item]]:
    """Return the items of each event; `events` are in order, their labels are the ids that items may name.

    What names an event counts for it. What names none counts for the last event that had begun on its day (with `only`
    just on the event's own days); of several that began together, for the first that still lacks.
    """
    found: list[list[Item]] = [[] for _ in events]
    place = {period.label: at for at, period in enumerate(events)}
    loose = []
    for item in items:
        if item.event is None:
            loose.append(item)
        elif (at := place.get(str(item.event))) is not None:
            found[at].append(item)
    starts = [period.start for period in events]
    for item in loose:
        last = bisect_right(starts, item.day) - 1
        if last < 0 or (only and item.day > events[last].until):
            continue
        together = range(bisect_left(starts, starts[last]), last + 1)
        found[next((at for at in together if _lacks(asks[at], found[at])), last)].append(item)
    return found


def _lacks(ask: Ask | None, bucket: Sequence[Item]) -> bool:
    need = ask.needed if ask is not None else None
    return need is not None and _amount(bucket) < need
