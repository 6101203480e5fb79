"""What the engine says of a rule: for each who and when, what is needed, done and missing, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.domain.rules.pack import Each, Requirement
    from coordinator_tui.text import LazyText


class State(StrEnum):
    """Where a requirement stands for somebody in a period."""

    MET = "met"
    DUE = "due"
    OVERDUE = "overdue"
    NOT_YET = "not_yet"
    EXEMPT = "exempt"
    SETTING_MISSING = "setting_missing"


STATE_TITLES: dict[State, LazyText] = {
    State.MET: lazy("Met"),
    State.DUE: lazy("Still due"),
    State.OVERDUE: lazy("Overdue"),
    State.NOT_YET: lazy("Not yet"),
    State.EXEMPT: lazy("Exempt"),
    State.SETTING_MISSING: lazy("Setting missing"),
}


class Why(StrEnum):
    """Why less (or nothing) is needed than the rule's number, or what else should be known."""

    JOINED = "joined"
    LEFT = "left"
    LEAVE = "leave"
    EXCHANGE = "exchange"
    HOLIDAYS = "holidays"
    CANCELLED = "cancelled"
    AGE = "age"
    ROLE = "role"
    LEVEL = "level"
    NOT_BOUND = "not_bound"
    BIRTH_UNKNOWN = "birth_unknown"
    OVER = "over"
    SETTING = "setting"
    NOTHING_TO_COUNT = "nothing_to_count"
    ADOPTED = "adopted"
    SHARE = "share"


class Reason(NamedTuple):
    """One reason with what it needs to be said: dates as ISO text, numbers, names of settings."""

    why: Why
    values: tuple[tuple[str, Any], ...] = ()


class Period(NamedTuple):
    """A stretch of time; `label` is "2026-W09", "2026-10", "2026-2027-1", "2026-2027", "2026-2029" or the event's id.

    Both days belong to it.
    """

    label: str
    start: date
    until: date


class Evidence(NamedTuple):
    """One record that counts: its table, its id, and how much it counts for."""

    table: str
    id: int
    amount: float


class Row(NamedTuple):
    """One requirement × who × period. `unit` is the id of the member or group, 0 for the school.

    `needed` is what is fair to ask after `reasons`; `full` what the rule's number says; both None while a setting is
    missing (only `full` for who is free whatever the number). `gap` is what is missing of `needed`, never below 0.
    `at_most` is the upper limit, if there is one.
    A tuple, because a central school has hundreds of thousands of them.
    """

    requirement: Requirement
    unit: int
    period: Period
    needed: float | None
    full: float | None
    done: float
    gap: float
    due: date
    state: State
    evidence: tuple[Evidence, ...] = ()
    reasons: tuple[Reason, ...] = ()
    at_most: float | None = None

    @property
    def each(self) -> Each:
        """Whether `unit` is a member, a group or the school."""
        return self.requirement.who.each

    @property
    def owes(self) -> bool:
        """Whether something is missing by now: due in a period that has begun, or overdue."""
        return self.state in {State.DUE, State.OVERDUE}
