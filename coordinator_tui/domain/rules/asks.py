"""What a rule asks of somebody in each period: the rule's number, the fair share of it, and why it is less."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from math import ceil, isfinite
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from coordinator_tui.domain.rules.availability import inside, reasons, span, teaching
from coordinator_tui.domain.rules.pack import ByLevel, PerUnit, SettingRef, Source
from coordinator_tui.domain.rules.periods import year_of, year_span
from coordinator_tui.domain.rules.result import Reason, Row, State, Why
from coordinator_tui.domain.vocabulary import Level
from coordinator_tui.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from coordinator_tui.domain.records import Member
    from coordinator_tui.domain.rules.availability import Binding, Counting, Spans
    from coordinator_tui.domain.rules.evidence import Selector
    from coordinator_tui.domain.rules.pack import Number, Requirement
    from coordinator_tui.domain.rules.periods import DueOn, Stretch
    from coordinator_tui.domain.rules.result import Evidence, Period

_NEARLY = 1e-9


class Ask(NamedTuple):
    """What is asked in one period; `fixed` is the state whatever is done, `share` the least and most share of a base.

    `started` and `past` say on which side of its beginning and its due day today is.
    """

    period: Period
    due: date
    needed: float | None
    full: float | None
    at_most: float | None = None
    reasons: tuple[Reason, ...] = ()
    fixed: State | None = None
    share: tuple[float | None, float | None] | None = None
    started: bool = True
    past: bool = False

    def state(self, gap: float, *, advice: bool) -> State:
        """Return where somebody stands who lacks `gap`."""
        if self.fixed is not None:
            return self.fixed
        if not self.started or (advice and gap > _NEARLY):
            return State.NOT_YET
        if gap <= _NEARLY:
            return State.MET
        return State.OVERDUE if self.past else State.DUE

    def row(self, requirement: Requirement, unit: int, done: float, evidence: tuple[Evidence, ...]) -> Row:
        """Return the row of somebody who did `done` of what is asked."""
        needed, reasons = self.needed, self.reasons
        gap = max(needed - done, 0.0) if needed is not None else 0.0
        state = self.state(gap, advice=requirement.advice)
        if requirement.advice or gap <= _NEARLY:
            gap = 0.0
        if self.at_most is not None and done > self.at_most + _NEARLY and state is not State.SETTING_MISSING:
            reasons = (*reasons, Reason(Why.OVER, (("number", done - self.at_most),)))
        return Row(
            requirement,
            unit,
            self.period,
            needed,
            self.full,
            done,
            gap,
            self.due,
            state,
            evidence,
            reasons,
            self.at_most,
        )


Blank: TypeAlias = tuple[Any, ...]
"""All of a row of somebody who did nothing, but the requirement and the unit: it is the same for many members."""


class Asked(NamedTuple):
    """What is asked in each period, and the rows of those who did nothing."""

    asks: list[Ask | None]
    blanks: list[Blank | None]

    @classmethod
    def of(cls, requirement: Requirement, asks: list[Ask | None], plain: Asked | None = None) -> Asked:
        """Return asks with their blank rows; those of `plain` serve where the ask is the same."""
        if plain is None:
            return cls(asks, [None if ask is None else _blank(requirement, ask) for ask in asks])
        known = zip(asks, plain.asks, plain.blanks, strict=True)
        return cls(asks, [blank if ask is same else ask and _blank(requirement, ask) for ask, same, blank in known])


def _blank(requirement: Requirement, ask: Ask) -> Blank:
    return tuple(ask.row(requirement, 0, 0.0, ()))[2:]


class Numbers(NamedTuple):
    """The rule's numbers for one level; `missing` are settings without an answer; None asks nothing of the level."""

    at_least: float | None = None
    at_most: float | None = None
    share_least: float | None = None
    share_most: float | None = None
    missing: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Rule:
    """A requirement with its settings answered, its periods, and what was already found out about it."""

    index: int
    requirement: Requirement
    answers: Mapping[str, object]
    since: date | None
    stretches: list[Stretch]
    due: DueOn
    selector: Selector
    missing: tuple[str, ...]
    reads: frozenset[str]
    periods: list[Period]
    starts: list[date]
    within_days: float | None = None
    today: int = 0
    shares: bool = False
    cancels: bool = False
    aged: bool = False
    fills_late: bool = False
    binds: object = None
    asks: dict[object, Asked | None] = field(default_factory=dict)
    plain: dict[Numbers, Asked] = field(default_factory=dict)
    numbers: dict[Level | None, Numbers | None] = field(default_factory=dict)

    @property
    def of_events(self) -> bool:
        """Whether the rule counts from session to session or event to event instead of by the calendar."""
        return self.requirement.per.unit in {PerUnit.SESSION, PerUnit.EVENT}

    def numbers_for(self, level: Level | None) -> Numbers | None:
        """Return the numbers for a level; None where the rule asks nothing of it."""
        if level not in self.numbers:
            self.numbers[level] = self._numbers(level)
        return self.numbers[level]

    def _numbers(self, level: Level | None) -> Numbers | None:
        how = self.requirement.how_many
        given = (how.at_least, how.at_most, how.ratio_at_least, how.ratio_at_most)
        found = [answered(number, self.answers, level) for number in given]
        if isinstance(how.at_least, ByLevel) and found[0] is None:
            return None
        missing = tuple(dict.fromkeys((*self.missing, *(one for one in found if isinstance(one, str)))))
        least, most, share_least, share_most = (None if isinstance(one, str) else one for one in found)
        return Numbers(least, most, _as_share(share_least), _as_share(share_most), missing)


def answered(number: Number | None, answers: Mapping[str, object], level: Level | None = None) -> float | str | None:
    """Return a number with its setting answered, the setting's key where nobody answered it, or None for no number."""
    if isinstance(number, ByLevel):
        number = number.levels.get(level, number.other) if level is not None else number.other
        return answered(number, answers, level)
    if not isinstance(number, SettingRef):
        return number
    value = answers.get(number.key)
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return number.key
    known = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    return value if known and isinstance(value, int | float) else number.key


def _as_share(share: float | None) -> float | None:
    """Read 90 (percent) and 0.9 alike."""
    return share / 100 if share is not None and share > 1 else share


def fair(full: float, available: int, whole: int) -> float:
    """Return the share of `full` for `available` of `whole` days as a whole number; a half goes down."""
    return full if available >= whole else float(max(ceil(full * available / whole - 0.5 - _NEARLY), 0))


# whom a rule binds


def fits(rule: Rule, member: Member) -> bool:
    """Tell whether level, subject and stage of a member are those of the rule."""
    who = rule.requirement.who
    return (
        (not who.levels or member.level in who.levels)
        and (not who.subjects or _among(member.subject, who.subjects))
        and (not who.stages or _among(member.stage, who.stages))
    )


def _among(text: str | None, texts: tuple[str, ...]) -> bool:
    return bool(text) and fold(text or "") in {fold(one) for one in texts}


def has_ages(rule: Rule) -> bool:
    """Tell whether the rule asks for an age or for years at work."""
    who, exempt = rule.requirement.who, rule.requirement.who.exempt
    ages = (who.min_age, who.max_age, who.first_years)
    free = (exempt.from_age, exempt.male_from_age, exempt.female_from_age) if exempt else ()
    return any(age is not None for age in (*ages, *free))


def years_since(text: str | None, day: date) -> int | None:
    """Return the full years from "1985", "1985-03" or "1985-03-12" to a day; what is not known counts as the first."""
    if not text:
        return None
    parts = [int(part) for part in text.split("-") if part.isdigit()]
    if not parts:
        return None
    year, month, number = (*parts, 1, 1)[:3] if len(parts) < 3 else parts[:3]
    return day.year - year - ((day.month, day.day) < (month, number))


def aged(rule: Rule, member: Member, day: date) -> tuple[bool, tuple[Reason, ...], bool]:
    """Return whether the rule binds a member of that age, what there is to say, and whether the age sets them free."""
    who = rule.requirement.who
    if who.first_years is not None and not _is_new(member, who.first_years, day):
        return False, (), False
    if not _has_birth_rule(rule, member):
        return True, (), False
    age = years_since(member.birth, day)
    if age is None:
        return True, (Reason(Why.BIRTH_UNKNOWN),), False
    if (who.min_age is not None and age < who.min_age) or (who.max_age is not None and age > who.max_age):
        return False, (), False
    limit = _age_limit(rule, member)
    free = limit is not None and age >= limit
    return True, (Reason(Why.AGE, (("age", age), ("from_age", limit))),) if free else (), free


def _is_new(member: Member, years: int, day: date) -> bool:
    worked = years_since(member.joined_work or member.joined_school, day)
    return member.level is Level.NEW if worked is None else worked < years


def _has_birth_rule(rule: Rule, member: Member) -> bool:
    who = rule.requirement.who
    return who.min_age is not None or who.max_age is not None or _age_limit(rule, member) is not None


def _age_limit(rule: Rule, member: Member) -> int | None:
    exempt = rule.requirement.who.exempt
    if exempt is None:
        return None
    own = {"male": exempt.male_from_age, "female": exempt.female_from_age}.get(member.gender or "")
    limits = [age for age in (exempt.from_age, own) if age is not None]
    return min(limits, default=None)


def exempt_level(rule: Rule, member: Member) -> bool:
    """Tell whether the rule lets the member's level go."""
    exempt = rule.requirement.who.exempt
    return exempt is not None and member.level is not None and member.level in exempt.levels


# asks of the calendar


def plain_asks(rule: Rule, numbers: Numbers) -> Asked:
    """Return what the rule asks in each period of somebody who is there all the time."""
    known = rule.plain.get(numbers)
    if known is None:
        asks: list[Ask | None] = [_plain(rule, stretch, numbers) for stretch in rule.stretches]
        known = rule.plain[numbers] = Asked.of(rule.requirement, asks)
    return known


def _plain(rule: Rule, stretch: Stretch, numbers: Numbers) -> Ask:
    ask = make(rule, stretch.period, stretch.due, numbers)
    return ask if stretch.binds else freed(ask, Reason(Why.HOLIDAYS))


def make(rule: Rule, period: Period, due: date, numbers: Numbers) -> Ask:
    """Return the whole number asked in a period, or that a setting is missing."""
    started = period.start.toordinal() <= rule.today
    past = due.toordinal() < rule.today
    if numbers.missing:
        why = tuple(Reason(Why.SETTING, (("key", key),)) for key in numbers.missing)
        return Ask(period, due, None, None, None, why, State.SETTING_MISSING, None, started, past)
    share = (numbers.share_least, numbers.share_most)
    least = max(float(numbers.at_least or 0), 0.0)
    ask = Ask(period, due, least, least, numbers.at_most, (), None, None, started, past)
    if share != (None, None):
        return ask._replace(needed=None, full=None, share=share)
    if numbers.at_least == 0 and isinstance(rule.requirement.how_many.at_least, ByLevel):
        return freed(ask, Reason(Why.LEVEL))
    return ask


def freed(ask: Ask, *why: Reason) -> Ask:
    """Return an ask that asks nothing, with the reasons."""
    return ask._replace(needed=0.0, reasons=why, fixed=State.EXEMPT, share=None)


def shared_asks(rule: Rule, there: Spans, numbers: Numbers, days: Counting) -> Asked:
    """Return what is asked of a group or the school in each period; None where nobody is in it."""
    plain = plain_asks(rule, numbers)
    asks = [
        _since(rule, stretch, ask, days) if ask is not None and inside(there, stretch.first, stretch.last) else None
        for stretch, ask in zip(rule.stretches, plain.asks, strict=True)
    ]
    return Asked.of(rule.requirement, asks, plain)


def _since(rule: Rule, stretch: Stretch, ask: Ask, days: Counting) -> Ask:
    if not stretch.binds or rule.since is None or rule.since <= stretch.period.start or not ask.full:
        return ask
    open_days = days.count(rule.since.toordinal(), stretch.last)
    needed = fair(ask.full, open_days, stretch.teaching)
    why = Reason(Why.ADOPTED, (("date", rule.since.isoformat()),))
    return lessened(ask, needed, (why,))


def lessened(ask: Ask, needed: float, why: tuple[Reason, ...]) -> Ask:
    """Return an ask for less, with the reasons; the same ask where it is not less."""
    if ask.full is None or needed >= ask.full:
        return ask
    return ask._replace(needed=needed, reasons=(*ask.reasons, *why), fixed=None if needed else State.EXEMPT)


def member_asks(rule: Rule, member: Member, binding: Binding, days: Counting) -> Asked | None:
    """Return what the rule asks of a member in each period (None where it does not bind them); None for nothing."""
    numbers = rule.numbers_for(member.level)
    if numbers is None:
        return None
    plain = plain_asks(rule, numbers)
    share = partial(_share, binding=binding, days=days)
    asks = [
        ask and _member_ask(rule, member, stretch, ask, share)
        for stretch, ask in zip(rule.stretches, plain.asks, strict=True)
    ]
    return Asked.of(rule.requirement, asks, plain)


def _member_ask(
    rule: Rule, member: Member, stretch: Stretch, ask: Ask, share: Callable[[Rule, Stretch, Ask], Ask]
) -> Ask | None:
    bound, said, free = aged(rule, member, stretch.period.start) if rule.aged else (True, (), False)
    if not bound:
        return None
    if not stretch.binds:
        return ask
    if free or exempt_level(rule, member):
        return freed(ask, *(said if free else (Reason(Why.LEVEL),)))
    return share(rule, stretch, ask._replace(reasons=(*ask.reasons, *said)) if said else ask)


def _share(rule: Rule, stretch: Stretch, ask: Ask, binding: Binding, days: Counting) -> Ask:
    """Return the fair share of an ask for the days on which a member can be asked."""
    per = rule.requirement.per
    if per.unit is PerUnit.SCHOOL_YEAR and per.every > 1:
        return _whole_years(rule, stretch, ask, binding, days)
    first = stretch.first if rule.since is None else max(stretch.first, rule.since.toordinal())
    available = teaching(binding.free, first, stretch.last, days)
    if available >= stretch.teaching:
        return ask
    why = _why_less(rule, stretch, binding, days)
    if ask.full is None:
        return (
            ask if available else ask._replace(needed=0.0, reasons=(*ask.reasons, *why), fixed=State.EXEMPT, share=None)
        )
    if not available:
        return freed(ask, *why)
    return lessened(ask, fair(ask.full, available, stretch.teaching), why)


def _why_less(rule: Rule, stretch: Stretch, binding: Binding, days: Counting) -> tuple[Reason, ...]:
    why = reasons(rule.requirement.who, binding, stretch.first, stretch.last, days)
    if rule.since is not None and rule.since > stretch.period.start:
        why = (Reason(Why.ADOPTED, (("date", rule.since.isoformat()),)), *why)
    return why


def _whole_years(rule: Rule, stretch: Stretch, ask: Ask, binding: Binding, days: Counting) -> Ask:
    """Return the share for whole school years: one counts where the rule binds for more than half of its days."""
    if ask.full is None:
        return ask
    every = rule.requirement.per.every
    first = year_of(stretch.period.start)
    counted = 0
    for year in range(first, first + every):
        start, end = span(*year_span(year))
        counted += teaching(binding.bound, start, end, days) * 2 > days.count(start, end)
    why = reasons(rule.requirement.who, binding._replace(leaves=(), away=()), stretch.first, stretch.last, days)
    return lessened(ask, fair(ask.full, counted, every), why)


def event_ask(rule: Rule, member: Member | None, binding: Binding | None, period: Period, due: date) -> Ask | None:
    """Return what an event or a session asks; None where it does not bind; nothing of who is away all the time."""
    numbers = rule.numbers_for(member.level if member else None)
    if numbers is None:
        return None
    ask = make(rule, period, due, numbers)
    if member is None or binding is None:
        return ask
    bound, said, free = aged(rule, member, period.start)
    first, last = period.start.toordinal(), period.until.toordinal()
    if not bound or not inside(binding.bound, first, last):
        return None
    if free or exempt_level(rule, member):
        return freed(ask, *(said if free else (Reason(Why.LEVEL),)))
    ask = ask._replace(reasons=(*ask.reasons, *said))
    end = max(due.toordinal(), last)
    if rule.requirement.per.event is Source.PLACEMENTS or inside(binding.free, first, end):
        return ask
    return freed(ask, *_away_reasons(rule, binding, first, end))


def _away_reasons(rule: Rule, binding: Binding, first: int, last: int) -> tuple[Reason, ...]:
    """Say why somebody is away from `first` to `last`, teaching days or not."""
    return reasons(rule.requirement.who, binding, first, last, EVERY_DAY)


class _EveryDay:
    """Counts every day, where an event may also fall into holidays."""

    @staticmethod
    def count(first: int, last: int) -> int:
        return max(last - first + 1, 0)


EVERY_DAY = _EveryDay()
