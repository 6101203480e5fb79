"""The events that rules count from: trainings, sessions, achievements and placements, each with its due day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.rules.pack import Each, PerUnit, Source
from coordinator_tui.domain.rules.periods import shifted
from coordinator_tui.domain.rules.result import Period
from coordinator_tui.domain.vocabulary import SessionStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coordinator_tui.domain.records import Achievement, Placement, Session, Training
    from coordinator_tui.domain.rules.asks import Rule
    from coordinator_tui.domain.rules.facts import Facts


def events_of(facts: Facts, rule: Rule, unit: int) -> list[tuple[Period, date]]:
    """Return the events that concern `unit` with the days on which they are due, in order; labels are their ids."""
    per = rule.requirement.per
    if per.unit is PerUnit.SESSION:
        found = _sessions(facts, rule, unit)
    elif per.event is Source.SESSIONS:
        found = _held(facts, rule, unit)
    elif per.event is Source.TRAININGS:
        found = ((one.id, one.start, one.until or one.start) for one in _trainings(facts, rule, unit))
    elif per.event is Source.ACHIEVEMENTS:
        found = ((one.id, one.date, one.date) for one in _achievements(facts, rule, unit))
    else:
        found = ((one.id, one.start, one.until or date.max) for one in _placements(facts, rule, unit))
    ordered = sorted(found, key=lambda event: (event[1], event[0]))
    periods = [Period(str(identity), start, until) for identity, start, until in ordered]
    return [(period, _due(rule, period)) for period in periods]


def _due(rule: Rule, period: Period) -> date:
    if period.until == date.max:
        return date.max
    if rule.requirement.per.unit is PerUnit.SESSION and rule.within_days is None:
        return rule.due(period)
    return shifted(period.until, int(rule.within_days or 0) + rule.requirement.due.shift_days)


def _sessions(facts: Facts, rule: Rule, unit: int) -> Iterator[tuple[int, date, date]]:
    for session in _of_unit(facts, rule, unit):
        if session.status is not SessionStatus.CANCELLED and _mine(facts, rule, session, unit):
            yield session.id, session.date, session.until or session.date


def session_kinds(rule: Rule) -> tuple[str, ...]:
    """Return the kinds of session that a rule per session looks at: those of its period, else those of what counts."""
    per, what = rule.requirement.per, rule.requirement.what
    counts_sessions = what.source is Source.SESSIONS or (what.source is Source.FIELDS and what.of == "session")
    return per.kinds or (what.kinds if per.unit is PerUnit.SESSION and counts_sessions else ())


def _of_unit(facts: Facts, rule: Rule, unit: int) -> Iterator[Session]:
    """Yield the sessions of the rule's kinds that can concern a unit."""
    each, kinds = rule.requirement.who.each, session_kinds(rule)
    if each is Each.SCHOOL:
        found: Iterable[Session] = facts.sessions.values()
    elif each is Each.GROUP:
        found = facts.by("sessions", "group", unit)
    else:
        groups = {one.group for one in facts.memberships_of(unit)}
        found = (session for group in groups for session in facts.by("sessions", "group", group))
    group_kinds = rule.requirement.what.group_kinds
    for session in found:
        if (not kinds or session.kind in kinds) and (not group_kinds or facts.kind_of(session.group) in group_kinds):
            yield session


def _mine(facts: Facts, rule: Rule, session: Session, unit: int) -> bool:
    return rule.requirement.who.each is not Each.MEMBER or facts.belongs(unit, session.group, session.date)


def _held(facts: Facts, rule: Rule, unit: int) -> Iterator[tuple[int, date, date]]:
    """Yield the sessions that were held; for members those at which they were."""
    if rule.requirement.who.each is Each.MEMBER:
        marked = (facts.sessions.get(one) for one in facts.marks_of.get(unit, {}) if facts.attended(unit, one))
        kinds = rule.requirement.per.kinds
        sessions: Iterable[Session] = (one for one in marked if one is not None and (not kinds or one.kind in kinds))
    else:
        sessions = _of_unit(facts, rule, unit)
    for session in sessions:
        if facts.held(session):
            yield session.id, session.date, session.until or session.date


def _trainings(facts: Facts, rule: Rule, unit: int) -> Iterator[Training]:
    kinds = rule.requirement.per.kinds
    for one in _records(facts, rule, unit, "trainings"):
        if not kinds or one.area in kinds or one.level in kinds:
            yield one


def _achievements(facts: Facts, rule: Rule, unit: int) -> Iterator[Achievement]:
    kinds = rule.requirement.per.kinds
    yield from (one for one in _records(facts, rule, unit, "achievements") if not kinds or one.kind in kinds)


def _placements(facts: Facts, rule: Rule, unit: int) -> Iterator[Placement]:
    kinds = rule.requirement.per.kinds
    yield from (one for one in _records(facts, rule, unit, "placements") if not kinds or one.form in kinds)


def _records(facts: Facts, rule: Rule, unit: int, table: str) -> Iterable[Any]:
    each = rule.requirement.who.each
    if each is Each.SCHOOL:
        return facts.all(table)
    if each is Each.MEMBER:
        return facts.by(table, "member", unit)
    return [
        one
        for member in facts.ever_in(unit)
        for one in facts.by(table, "member", member)
        if facts.belongs(member, unit, one.date if table == "achievements" else one.start)
    ]
