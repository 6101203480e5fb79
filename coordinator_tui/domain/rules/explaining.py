"""Every number of a row explained in sentences: what the rule says, why less is fair, what counts, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.domain import vocabulary
from coordinator_tui.domain.rules.pack import Measure
from coordinator_tui.domain.rules.phrases import MEASURE_TITLES
from coordinator_tui.domain.rules.result import STATE_TITLES, Why
from coordinator_tui.text import LazyText, gettext, lazy

if TYPE_CHECKING:
    from coordinator_tui.domain.rules.result import Reason, Row

REASONS: dict[Why, LazyText] = {
    Why.JOINED: lazy("joined on {date}"),
    Why.LEFT: lazy("there until {date}"),
    Why.LEAVE: lazy("on leave from {from} to {until}"),
    Why.EXCHANGE: lazy("on exchange from {from} to {until}"),
    Why.HOLIDAYS: lazy("mostly holidays: too few teaching days to ask for it"),
    Why.CANCELLED: lazy("the session of {date} was cancelled: {reason}"),
    Why.AGE: lazy("{age} years old, exempt from {from_age}"),
    Why.ROLE: lazy("exempt by role: {roles}"),
    Why.LEVEL: lazy("the rule does not ask this of the member's level"),
    Why.NOT_BOUND: lazy("the rule does not bind here"),
    Why.BIRTH_UNKNOWN: lazy("the date of birth is unknown, so the age was not looked at"),
    Why.OVER: lazy("{number} more than the rule's upper limit"),
    Why.SETTING: lazy("the setting “{key}” is unanswered"),
    Why.NOTHING_TO_COUNT: lazy("nothing to count in this period"),
    Why.ADOPTED: lazy("in force since {date}"),
    Why.SHARE: lazy("{percent}% of {base}"),
}


def say_reason(reason: Reason) -> str:
    """Return a reason as a phrase in the language in force."""
    values = {name: _spoken(name, value) for name, value in reason.values}
    return str(REASONS[reason.why]).format_map(values)


def explain(row: Row) -> list[str]:
    """Return sentences that explain a row's numbers, such as "Needed 3 of 4: joined on 2026-10-12"."""
    reasons = gettext("; ").join(say_reason(reason) for reason in row.reasons)
    if row.needed is None:
        return [gettext("Cannot be computed: {reasons}.").format(reasons=reasons)]
    unit = "" if row.requirement.what.measure is Measure.COUNT else f" {MEASURE_TITLES[row.requirement.what.measure]}"
    needed, full = f"{row.needed:g}{unit}", f"{row.full or 0:g}{unit}"
    sentences = [_needed(needed, full, reasons)]
    done = gettext("Done {done} by {count} records; missing {gap}; due {due}; {state}.")
    sentences.append(
        done.format(
            done=f"{row.done:g}{unit}",
            count=len(row.evidence),
            gap=f"{row.gap:g}{unit}",
            due=row.due.isoformat(),
            state=STATE_TITLES[row.state],
        )
    )
    return sentences


def _needed(needed: str, full: str, reasons: str) -> str:
    if needed == full:
        told = gettext("Needed {needed}, as the rule says").format(needed=needed)
    else:
        told = gettext("Needed {needed} of {full}").format(needed=needed, full=full)
    return gettext("{told}: {reasons}.").format(told=told, reasons=reasons) if reasons else f"{told}{gettext('.')}"


def _spoken(name: str, value: Any) -> Any:  # noqa: ANN401 - values of a reason are of any kind
    if value is None or value == "":
        return "—"
    if name == "roles":
        return gettext(", ").join(vocabulary.title(vocabulary.Role(role)) for role in value)
    return f"{value:g}" if isinstance(value, float) else value
