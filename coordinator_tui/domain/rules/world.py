"""What the engine is given: the records of a book, and the regulations that a school adopted with its answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from coordinator_tui.domain.records import (
        Achievement,
        CalendarDay,
        Entry,
        Group,
        Leave,
        Member,
        Membership,
        Pair,
        Placement,
        Reading,
        Session,
        Term,
        Training,
        Work,
    )
    from coordinator_tui.domain.rules.pack import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Records by id, as they are `today`; live mappings may be handed in, they are read once.

    `attendance` are the raw documents, because a central school has tens of thousands of them. `order` is the printed
    order of members and `group_order` that of groups; whoever is not named there follows by id.
    """

    today: date
    members: Mapping[int, Member] = field(default_factory=dict)
    groups: Mapping[int, Group] = field(default_factory=dict)
    memberships: Mapping[int, Membership] = field(default_factory=dict)
    terms: Mapping[int, Term] = field(default_factory=dict)
    calendar: Mapping[int, CalendarDay] = field(default_factory=dict)
    sessions: Mapping[int, Session] = field(default_factory=dict)
    attendance: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    leaves: Mapping[int, Leave] = field(default_factory=dict)
    work: Mapping[int, Work] = field(default_factory=dict)
    readings: Mapping[int, Reading] = field(default_factory=dict)
    trainings: Mapping[int, Training] = field(default_factory=dict)
    pairs: Mapping[int, Pair] = field(default_factory=dict)
    placements: Mapping[int, Placement] = field(default_factory=dict)
    achievements: Mapping[int, Achievement] = field(default_factory=dict)
    entries: Mapping[int, Entry] = field(default_factory=dict)
    order: Sequence[int] = ()
    group_order: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Adopted:
    """A pack with the answers to its settings; it binds from `since` on (None: always)."""

    pack: Pack
    answers: Mapping[str, object] = field(default_factory=dict)
    since: date | None = None
