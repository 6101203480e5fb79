"""Which piece counts for which period: its own, or an earlier one that still lacks; and which for which event."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from coordinator_tui.domain.rules.asks import Ask
    from coordinator_tui.domain.rules.evidence import Item
    from coordinator_tui.domain.rules.result import Period

_NEARLY = 1e-9


def spread(
    items: Sequence[Item], starts: Sequence[date], periods: Sequence[Period]
) -> tuple[list[list[Item]], list[Item]]:
    """Return the items of each period, and those that fall between all of them; `starts` are the periods' first days.

    An item that holds for some time counts in every period that it touches; of items with the same `once` the first.
    """
    found: list[list[Item]] = [[] for _ in periods]
    between: list[Item] = []
    for item in items:
        if item.until is not None:
            for bucket, period in zip(found, periods, strict=True):
                if item.day <= period.until and item.until >= period.start:
                    bucket.append(item)
            continue
        at = bisect_right(starts, item.day) - 1
        if at < 0 or item.day > periods[at].until:
            between.append(item)
        elif item.once is None or all(other.once != item.once for other in found[at]):
            found[at].append(item)
    return found, between


def fill_earlier(found: list[list[Item]], asks: Sequence[Ask | None], between: Sequence[Item], limit: date) -> None:
    """Let pieces beyond what a period needs fill earlier periods that still lack, the oldest first; never later ones.

    Pieces dated between periods (in the holidays) do the same up to `limit`, the day on which the next term begins.
    """
    needs = [ask.needed if ask is not None and ask.needed is not None else 0.0 for ask in asks]
    lacks = [need - sum(item.evidence.amount for item in bucket) for need, bucket in zip(needs, found, strict=True)]
    if not any(lack > _NEARLY for lack in lacks):
        return
    for item, home in _surplus(found, asks, needs, between, limit):
        for at in range(_periods_before(item, home, asks, found)):
            if lacks[at] > _NEARLY:
                lacks[at] -= item.evidence.amount
                found[at].append(item)
                if home is not None:
                    found[home].remove(item)
                break


def _surplus(
    found: list[list[Item]], asks: Sequence[Ask | None], needs: Sequence[float], between: Sequence[Item], limit: date
) -> list[tuple[Item, int | None]]:
    """Return what no period needs, by day, with the period it lies in."""
    loose: list[tuple[Item, int | None]] = [(item, None) for item in between if item.day < limit]
    for at, (ask, bucket) in enumerate(zip(asks, found, strict=True)):
        if ask is None or ask.needed is None:
            continue
        have = 0.0
        for item in bucket:
            if have >= needs[at] - _NEARLY:
                loose.append((item, at))
            have += item.evidence.amount
    return sorted(loose, key=lambda pair: (pair[0].day, pair[0].evidence.id))


def _periods_before(item: Item, home: int | None, asks: Sequence[Ask | None], found: list[list[Item]]) -> int:
    """Return how many periods lie before a piece."""
    if home is not None:
        return home
    return next((at for at, ask in enumerate(asks) if ask is not None and ask.period.start > item.day), len(found))


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
    return need is not None and sum(item.evidence.amount for item in bucket) < need
