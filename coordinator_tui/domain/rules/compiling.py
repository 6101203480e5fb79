"""From packs to rules that can be computed: settings answered, periods laid out, sources found."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from coordinator_tui.domain.rules.asks import Rule, answered, has_ages
from coordinator_tui.domain.rules.evidence import Floors, Selector
from coordinator_tui.domain.rules.pack import Counted, Each, Measure, PerUnit, Source
from coordinator_tui.domain.rules.periods import SchoolCalendar, TeachingDays, due_on, read_day, year_of, year_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator_tui.domain.rules.facts import Facts
    from coordinator_tui.domain.rules.pack import Number, Requirement, Who
    from coordinator_tui.domain.rules.periods import DueOn
    from coordinator_tui.domain.rules.world import Adopted, World

_MOST_YEARS = 10


def school_calendar(packs: Sequence[Adopted], world: World, start: date, until: date) -> SchoolCalendar:
    """Return the terms and teaching days of all the years that any rule can look at from the span."""
    every = [
        requirement.per.every
        for adopted in packs
        for requirement in adopted.pack.requirements
        if requirement.per.unit is PerUnit.SCHOOL_YEAR
    ]
    years = min(max(every, default=1), _MOST_YEARS)
    first, _last = year_span(year_of(start) - years)
    _first, last = year_span(year_of(until) + years)
    terms = tuple(sorted(world.terms.values(), key=lambda term: (term.start, term.code, term.id)))
    special = sorted(world.calendar.values(), key=lambda day: (day.date, day.id))  # of two for one date the same one
    return SchoolCalendar(terms, TeachingDays(terms, special, first, last), start, until)


def compile_rules(packs: Sequence[Adopted], facts: Facts, calendar: SchoolCalendar) -> list[Rule]:
    """Return all requirements of all packs in their order."""
    wanted = [(adopted, requirement) for adopted in packs for requirement in adopted.pack.requirements]
    return [_compile(at, adopted, requirement, facts, calendar) for at, (adopted, requirement) in enumerate(wanted)]


def _compile(index: int, adopted: Adopted, requirement: Requirement, facts: Facts, calendar: SchoolCalendar) -> Rule:
    what, per = requirement.what, requirement.per
    missing: list[str] = []

    def number(given: Number | None) -> float | None:
        found = answered(given, adopted.answers)
        if isinstance(found, str):
            missing.append(found)
            return None
        return found

    floors = Floors(number(what.words_each), number(what.minutes_each), number(what.days_each))
    within = number(per.within_days)
    event = Source.SESSIONS if per.unit is PerUnit.SESSION else per.event
    selector = Selector(facts, what, requirement.who.each, floors, event if _counts_events(requirement) else None)
    due = _due(adopted, requirement, missing)
    stretches = calendar.stretches(per, due, adopted.since)
    how = requirement.how_many
    rule = Rule(
        index=index,
        requirement=requirement,
        answers=adopted.answers,
        since=adopted.since,
        stretches=stretches,
        periods=[one.period for one in stretches],
        starts=[one.period.start for one in stretches],
        due=due,
        selector=selector,
        missing=tuple(missing),
        reads=_reads(requirement, selector.counted),
        within_days=within,
        today=facts.today.toordinal(),
        shares=how.ratio_at_least is not None or how.ratio_at_most is not None,
        cancels=what.source is Source.SESSIONS and not _counts_events(requirement),
    )
    rule.aged = has_ages(rule)
    rule.fills_late = _fills_late(requirement) and not rule.shares
    rule.binds = _binds(requirement.who)
    return rule


def _fills_late(requirement: Requirement) -> bool:
    """Tell whether a late piece may fill an earlier period: work that is counted for weeks and months."""
    return (
        requirement.what.source is Source.WORK
        and requirement.per.unit in {PerUnit.WEEK, PerUnit.MONTH}
        and requirement.who.each is Each.MEMBER
        and requirement.what.measure in {Measure.COUNT, Measure.WORDS}
    )


def _binds(who: Who) -> object:
    """Return what decides when a rule binds a member: rules that agree in it bind them at the same times."""
    return who.groups, who.roles, who.pair_role, who.away, who.exempt.roles if who.exempt else ()


def _due(adopted: Adopted, requirement: Requirement, missing: list[str]) -> DueOn:
    """Return when the requirement is due; a day that the school has to say and did not is missing, unless optional."""
    due = requirement.due
    answer: str | None = None
    if due.date is not None:
        key = due.date.key
        given = adopted.answers.get(key)
        answer = given.isoformat() if isinstance(given, date) else given if isinstance(given, str) else None
        optional = any(setting.key == key and setting.optional for setting in adopted.pack.settings)
        if not optional and (answer is None or read_day(answer) == (None, None)):
            missing.append(key)
    return partial(due_on, due, answer)


def _counts_events(requirement: Requirement) -> bool:
    return requirement.per.unit in {PerUnit.SESSION, PerUnit.EVENT}


_TABLES: dict[Source, frozenset[str]] = {
    Source.SESSIONS: frozenset({"sessions", "attendance"}),
    Source.WORK: frozenset({"work"}),
    Source.READINGS: frozenset({"readings"}),
    Source.TRAININGS: frozenset({"trainings"}),
    Source.PAIRS: frozenset({"pairs"}),
    Source.ACHIEVEMENTS: frozenset({"achievements"}),
    Source.ENTRIES: frozenset({"entries", "trainings", "placements"}),
    Source.PLACEMENTS: frozenset({"placements"}),
    Source.FIELDS: frozenset(),
}


def _reads(requirement: Requirement, counted: Counted) -> frozenset[str]:
    """Return the tables of which one record more or less can change what is done."""
    what, per, who = requirement.what, requirement.per, requirement.who
    tables = set(_TABLES[what.source])
    if what.source is Source.FIELDS:
        tables.add("sessions" if what.of == "session" else "members")
    if what.source is Source.READINGS and counted is not Counted.RECOMMENDED:
        tables.add("work")
    if what.source is Source.ENTRIES and who.each is not Each.MEMBER:
        tables.add("sessions")
    if per.unit is PerUnit.SESSION:
        tables |= {"sessions", "attendance"}
    if per.unit is PerUnit.EVENT and per.event is not None:
        tables |= _TABLES[per.event]
    if who.pair_role:
        tables.add("pairs")
    return frozenset(tables)
