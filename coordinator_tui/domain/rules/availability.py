"""When somebody is bound by a rule and can be asked: belonging, roles, pairs, leave and exchange as spans of days."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from coordinator_tui.domain.rules.pack import Away
from coordinator_tui.domain.rules.result import Reason, Why
from coordinator_tui.domain.vocabulary import LeaveStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from coordinator_tui.domain.records import Leave, Member, Membership, Pair, Placement
    from coordinator_tui.domain.rules.pack import Who
    from coordinator_tui.domain.vocabulary import GroupKind

Span: TypeAlias = tuple[int, int]
"""Ordinals of the first and the last day; both belong to it."""

Spans: TypeAlias = tuple[Span, ...]
"""Spans in order that do not touch each other."""

FIRST, LAST = date.min.toordinal(), date.max.toordinal()


def span(start: date | None, until: date | None) -> Span:
    """Return the span between two days, open where one is None."""
    return (FIRST if start is None else start.toordinal(), LAST if until is None else until.toordinal())


def union(spans: Iterable[Span]) -> Spans:
    """Return the days that are in any of `spans`."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if last < first:
            continue
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return tuple(found)


def common(these: Spans, those: Spans) -> Spans:
    """Return the days that are in both."""
    return union(
        (max(first, start), min(last, end))
        for first, last in these
        for start, end in those
        if start <= last and first <= end
    )


def without(these: Spans, those: Spans) -> Spans:
    """Return the days of `these` that are not in `those`."""
    for start, end in those:
        these = tuple(
            piece
            for first, last in these
            for piece in ((first, min(last, start - 1)), (max(first, end + 1), last))
            if piece[0] <= piece[1]
        )
    return these


class Binding(NamedTuple):
    """When one rule binds one member.

    `there`: active and in a group that the rule binds; `bound`: that, and with the role, in the pair or on exchange
    that the rule speaks of; `free`: bound and neither on leave nor excused. The rest is kept to say why.
    """

    there: Spans
    bound: Spans
    free: Spans
    leaves: Spans = ()
    away: Spans = ()
    relieved: Spans = ()


ALWAYS: Spans = ((FIRST, LAST),)


class Counting(Protocol):
    """Says how many days count between two ordinals; `TeachingDays` does."""

    def count(self, first: int, last: int) -> int:
        """Return how many days count, both ends included."""


def bind(  # noqa: PLR0917 - what a member's time consists of
    who: Who,
    member: Member,
    memberships: Iterable[Membership],
    kind_of: Callable[[int], GroupKind | None],
    leaves: Iterable[Leave],
    placements: Iterable[Placement],
    pairs: Iterable[Pair],
) -> Binding:
    """Return when `who` binds `member`.

    A rule that names no groups binds those in any group while they are in one, and those in none while they are active.
    One for those on exchange binds them while they are away, also where they have left the groups at home.
    """
    mine = [one for one in memberships if not who.groups or kind_of(one.group) in who.groups]
    there = union([span(member.active_from, member.active_until)])
    if who.groups or (mine and who.away is not Away.REQUIRED):
        there = common(there, union(span(one.start, one.until) for one in mine))
    away = union(span(one.start, one.until) for one in placements)
    bound = _bound(who, member.id, there, mine, pairs, away)
    off = union(span(one.start, one.until) for one in leaves if one.status is LeaveStatus.APPROVED)
    relieved: Spans = ()
    if who.exempt is not None and who.exempt.roles:
        relieved = union(span(one.start, one.until) for one in mine if one.role in who.exempt.roles)
    excused = away if who.away is Away.EXCUSED else ()
    free = without(bound, (*off, *relieved, *excused))
    return Binding(there, bound, free, off, away if who.away is not Away.COUNTED else (), relieved)


def _bound(  # noqa: PLR0917 - as above
    who: Who, member: int, there: Spans, mine: list[Membership], pairs: Iterable[Pair], away: Spans
) -> Spans:
    bound = there
    if who.roles:
        bound = common(bound, union(span(one.start, one.until) for one in mine if one.role in who.roles))
    if who.pair_role:
        apprentice = who.pair_role == "apprentice"
        own = [one for one in pairs if (one.apprentice if apprentice else one.mentor) == member]
        bound = common(bound, union(span(one.start, one.until) for one in own))
    return common(bound, away) if who.away is Away.REQUIRED else bound


def inside(spans: Spans, first: int, last: int) -> Spans:
    """Return the part of `spans` between two ordinals."""
    if spans == ALWAYS:
        return ((first, last),)
    return tuple((max(start, first), min(end, last)) for start, end in spans if start <= last and end >= first)


def teaching(spans: Spans, first: int, last: int, days: Counting) -> int:
    """Return the teaching days of `spans` between two ordinals."""
    total = 0
    for start, end in spans:
        if start <= last and end >= first:
            total += days.count(max(start, first), min(end, last))
    return total


def reasons(who: Who, binding: Binding, first: int, last: int, days: Counting) -> tuple[Reason, ...]:
    """Say why fewer days than all between two ordinals can be asked for."""
    found = list(_joining(binding.there, first, last))
    if teaching(binding.bound, first, last, days) < teaching(binding.there, first, last, days):
        found += _narrowing(who, inside(binding.bound, first, last))
    if who.away is Away.EXCUSED:
        found += [Reason(Why.EXCHANGE, _dates(one)) for one in _touching(binding.away, binding, first, last, days)]
    for one in _touching(binding.leaves, binding, first, last, days):
        taken = teaching(inside(binding.bound, *one), first, last, days)
        found.append(Reason(Why.LEAVE, (*_dates(one), ("days", taken))))
    if _touching(binding.relieved, binding, first, last, days) and who.exempt is not None:
        found.append(Reason(Why.ROLE, (("roles", tuple(role.value for role in who.exempt.roles)),)))
    return tuple(found)


def _joining(there: Spans, first: int, last: int) -> Iterable[Reason]:
    here = inside(there, first, last)
    if not here:
        later = [start for start, _end in there if start > last]
        if later:
            yield _on(Why.JOINED, later[0])
        elif there:
            yield _on(Why.LEFT, there[-1][1])
        return
    if here[0][0] > first:
        yield _on(Why.JOINED, here[0][0])
    for before, after in pairwise(here):
        yield _on(Why.LEFT, before[1])
        yield _on(Why.JOINED, after[0])
    if here[-1][1] < last:
        yield _on(Why.LEFT, here[-1][1])


def _narrowing(who: Who, here: Spans) -> list[Reason]:
    """Say what else than belonging narrows the time: exchange, a pair, or a role."""
    if who.away is Away.REQUIRED:
        spans = [(*_dates(one), ("only", True)) for one in here] or [(("only", True),)]
        return [Reason(Why.EXCHANGE, values) for values in spans]
    why = Why.NOT_BOUND if who.pair_role else Why.ROLE
    return [Reason(why, _dates(one)) for one in here] or [Reason(why)]


def _touching(spans: Spans, binding: Binding, first: int, last: int, days: Counting) -> list[Span]:
    return [one for one in spans if teaching(inside(binding.bound, *one), first, last, days)]


def _on(why: Why, day: int) -> Reason:
    return Reason(why, (("date", date.fromordinal(day).isoformat()),))


def _dates(one: Span) -> tuple[tuple[str, str | None], ...]:
    first, last = one
    return (
        ("from", None if first == FIRST else date.fromordinal(first).isoformat()),
        ("until", None if last == LAST else date.fromordinal(last).isoformat()),
    )
