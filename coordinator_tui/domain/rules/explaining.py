"""Every number of a row explained in sentences: what the rule says, why less is fair, what counts, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.domain import vocabulary
from coordinator_tui.domain.rules.phrases import measured
from coordinator_tui.domain.rules.result import STATE_TITLES, State, Why
from coordinator_tui.text import LazyText, gettext, lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordinator_tui.domain.rules.pack import Requirement
    from coordinator_tui.domain.rules.result import Reason, Row

REASONS: dict[Why, LazyText] = {
    Why.JOINED: lazy("joined on {date}"),
    Why.LEFT: lazy("there until {date}"),
    Why.LEAVE: lazy("on leave from {from} to {until} (teaching days: {days})"),
    Why.EXCHANGE: lazy("on exchange from {from} to {until}"),
    Why.HOLIDAYS: lazy("mostly holidays: too few teaching days to ask for it"),
    Why.CANCELLED: lazy("the session of {date} was cancelled: {reason}"),
    Why.AGE: lazy("{age} years old, exempt from {from_age}"),
    Why.ROLE: lazy("not in the role that the rule binds"),
    Why.LEVEL: lazy("the rule does not ask this of the member's level"),
    Why.NOT_BOUND: lazy("the rule does not bind here"),
    Why.BIRTH_UNKNOWN: lazy("the date of birth is unknown, so the age was not looked at"),
    Why.OVER: lazy("{number} more than the rule's upper limit"),
    Why.SETTING: lazy("the setting “{key}” is unanswered"),
    Why.NOTHING_TO_COUNT: lazy("nothing to count in this period"),
    Why.ADOPTED: lazy("in force since {date}"),
    Why.SHARE: lazy("{percent}% of {base}"),
}


_SPANS: dict[Why, tuple[LazyText, LazyText, LazyText, LazyText]] = {
    Why.EXCHANGE: (
        lazy("on exchange from {from} to {until}"),
        lazy("on exchange since {from}"),
        lazy("on exchange until {until}"),
        lazy("on exchange"),
    ),
    Why.ROLE: (
        lazy("in the role from {from} to {until} only"),
        lazy("in the role since {from}"),
        lazy("in the role until {until}"),
        lazy("not in the role that the rule binds"),
    ),
    Why.NOT_BOUND: (
        lazy("in the pair from {from} to {until} only"),
        lazy("in the pair since {from}"),
        lazy("in the pair until {until}"),
        lazy("the rule does not bind here"),
    ),
}
"""What is said of a stretch of time: with both ends, with its first or its last day alone, and with neither."""

_ONLY_AWAY = (
    lazy("asked while on exchange only, from {from} to {until}"),
    lazy("asked while on exchange only, since {from}"),
    lazy("asked while on exchange only, until {until}"),
    lazy("asked while on exchange only"),
)


def say_reason(reason: Reason, settings: Mapping[str, str] | None = None) -> str:
    """Return a reason as a phrase in the language in force; `settings` are titles of the pack's settings by key."""
    values = {name: _spoken(name, value) for name, value in reason.values}
    if settings and values.get("key") in settings:
        values["key"] = gettext("{title} ({key})").format(title=settings[values["key"]], key=values["key"])
    return str(_phrase(reason)).format_map(values)


def _phrase(reason: Reason) -> LazyText:
    """Choose the phrase for what the reason knows."""
    known = {name for name, value in reason.values if value is not None}
    if "roles" in known:
        return _BY_ROLE
    if reason.why is Why.LEAVE and "days" not in known:
        return _LEAVE
    spans = _ONLY_AWAY if "only" in known else _SPANS.get(reason.why)
    if spans is None:
        return REASONS[reason.why]
    return spans[("from" not in known) * 2 + ("until" not in known)]


_BY_ROLE = lazy("exempt by role: {roles}")
_LEAVE = lazy("on leave from {from} to {until}")


def explain(row: Row, settings: Mapping[str, str] | None = None) -> list[str]:
    """Return sentences that explain a row's numbers, such as "Needed 3 of 4: joined on 2026-10-12".

    `settings` are titles of the pack's settings by key, for naming one that is unanswered.
    """
    reasons = gettext("; ").join(say_reason(reason, settings) for reason in row.reasons)
    if row.needed is None:
        return [gettext("Cannot be computed: {reasons}.").format(reasons=reasons)]
    measure = row.requirement.what.measure
    needed, full, got, gap = (
        measured(f"{round(number, 2):.15g}", measure) for number in (row.needed, row.full or 0, row.done, row.gap)
    )
    nothing = row.state is State.EXEMPT and not row.full
    sentences = [
        gettext("Nothing is asked: {reasons}.").format(reasons=reasons) if nothing else _needed(needed, full, reasons)
    ]
    done = gettext("Done {done} by {count} records; missing {gap}; due {due}; {state}.")
    sentences.append(
        done.format(
            done=got,
            count=len(row.evidence),
            gap=gap,
            due=row.due.isoformat(),
            state=standing(row.state, row.requirement),
        )
    )
    return sentences


def standing(state: State, requirement: Requirement) -> str:
    """Return a state in words; what is only advised is never called not yet due."""
    if requirement.advice and state is State.NOT_YET:
        return gettext("advice")
    return str(STATE_TITLES[state])


def _needed(needed: str, full: str, reasons: str) -> str:
    if needed == full:
        told = gettext("Needed {needed}, as the rule says").format(needed=needed)
    else:
        told = gettext("Needed {needed} of {full}").format(needed=needed, full=full)
    return gettext("{told}: {reasons}.").format(told=told, reasons=reasons) if reasons else told + gettext(".")


def _spoken(name: str, value: Any) -> Any:  # noqa: ANN401 - values of a reason are of any kind
    if value is None or value == "":
        return "—"
    if name == "roles":
        return gettext(", ").join(vocabulary.title(vocabulary.Role(role)) for role in value)
    return f"{value:g}" if isinstance(value, float) else value
