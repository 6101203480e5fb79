"""Credit hours (学时): what a teacher has of a school year and of five, line by line, by the numbers of a rule pack."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from coordinator_tui.domain.errors import DomainError
from coordinator_tui.domain.rules.asks import years_since
from coordinator_tui.domain.rules.numbers import SettingMissing, read_date
from coordinator_tui.domain.rules.pack import SettingRef
from coordinator_tui.domain.rules.result import Evidence, Period, State
from coordinator_tui.domain.rules.scorelines import spoken, summed
from coordinator_tui.domain.vocabulary import TrainingArea
from coordinator_tui.text import fold, lazy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coordinator_tui.domain.records import Entry, Member, Training
    from coordinator_tui.domain.rules.world import Adopted, World
    from coordinator_tui.text import LazyText

_ROUNDED = 0.005  # a third is entered as 0.33 or 33%


class OptOut(NamedTuple):
    """Who may opt out from what age, and by what entry: of this kind, with one of the words in its title or outcome."""

    male_from_age: float | None
    female_from_age: float | None
    entry: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursRule:
    """The numbers of the `hours` block of a pack; `starts` is month and day on which the year of registration begins.

    `cycle_since` is None where the cycle is the years up to the one looked at. Of a course, `no_credit_from` is the
    share missed from which it gives nothing.
    """

    per_year: float
    per_cycle: float | None = None
    cycle_years: int = 5
    cycle_since: int | None = None
    starts: tuple[int, int] = (9, 1)
    professional: float | None = None
    no_credit_from: float | None = None
    opt_out: OptOut | None = None
    assessment: str | None = None
    assessment_counts: bool = False

    def year(self, first: int, years: int = 1) -> Period:
        """Return the school years from the one that begins in `first` on."""
        start, after = date(first, *self.starts), date(first + years, *self.starts)
        return Period(f"{first}-{first + years}", start, after - timedelta(days=1))

    def year_of(self, day: date) -> int:
        """Return the year in which the school year of a day begins."""
        return day.year if (day.month, day.day) >= self.starts else day.year - 1

    def cycle(self, first: int) -> Period:
        """Return the cycle that a school year lies in."""
        since = self.cycle_since
        if since is None or since > first:
            since = first - self.cycle_years + 1
        return self.year(first - (first - since) % self.cycle_years, self.cycle_years)


@dataclass(frozen=True, slots=True)
class HoursLine:
    """One line: what it is about, how many hours it gives (none, if it only explains), the records it rests on."""

    what: LazyText
    hours: float = 0
    area: TrainingArea | None = None
    values: tuple[tuple[str, Any], ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def text(self) -> str:
        """The line's words in the language in force."""
        return self.what.format(**{name: spoken(value) for name, value in self.values})


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursRow:
    """Credit hours of one member: of the school year `year`, and of the `cycle` that it lies in.

    `counted` is the sum of the lines. `needed` is what is fair to ask (`full` is the rule's number), `professional` how
    many of them have to be professional (None: no rule). `school_based` are hours of the school's own study, None while
    they were not handed in; they are part of `counted` where the school says so.
    """

    member: int
    year: Period
    needed: float
    full: float
    counted: float
    cycle: Period
    cycle_needed: float | None
    cycle_counted: float
    by_area: Mapping[TrainingArea | None, float]
    professional: float | None = None
    school_based: float | None = None
    opted_out: int | None = None
    state: State = State.DUE
    lines: tuple[HoursLine, ...] = field(default=())

    @property
    def gap(self) -> float:
        """Hours still missing of the year's, never below 0."""
        return summed((max(0.0, self.needed - self.counted),))

    @property
    def cycle_gap(self) -> float:
        """Hours still missing until the end of the cycle, never below 0."""
        return summed((max(0.0, (self.cycle_needed or 0) - self.cycle_counted),))

    @property
    def professional_gap(self) -> float:
        """Professional hours still missing of the year's, never below 0."""
        done = self.by_area.get(TrainingArea.PROFESSIONAL, 0.0)
        return summed((max(0.0, (self.professional or 0) - done),))


def has_hours(adopted: Adopted) -> bool:
    """Tell whether a pack says anything about credit hours."""
    return any("hours" in clause.data for clause in adopted.pack.clauses)


def hours_rule(adopted: Adopted) -> HoursRule:
    """Return the numbers of a pack's `hours` block with the school's answers; optional settings may be unanswered.

    Raises DomainError for a pack without that block, or where a number of it is none; SettingMissing for an answer that
    is needed.
    """
    block = next((clause.data["hours"] for clause in adopted.pack.clauses if "hours" in clause.data), None)
    if not isinstance(block, dict):
        raise DomainError(lazy("The rule pack “{pack}” says nothing about credit hours."), pack=adopted.pack.id)
    read = _Block(adopted, block)
    missed, out, own = read.block("no_credit_from_missed"), read.block("opt_out"), read.block("school_based")
    part, whole, per_year = missed.number("part"), missed.number("of"), read.number("per_year")
    if per_year is None:
        raise _bad(adopted, "per_year", None)
    since = read.number("cycle_since")
    return HoursRule(
        per_year=per_year,
        per_cycle=read.number("per_cycle"),
        cycle_years=max(1, int(read.number("cycle_years") or 5)),
        cycle_since=None if since is None else int(since),
        starts=read.day("year_starts"),
        professional=read.number("professional_at_least"),
        no_credit_from=part / whole if part and whole else None,
        opt_out=_opt_out(out) if out else None,
        assessment=own.text("assessment"),
        assessment_counts=own.value("counts") is True,
    )


def _opt_out(block: _Block) -> OptOut:
    words = block.value("words")
    return OptOut(
        block.number("male_from_age"),
        block.number("female_from_age"),
        block.text("entry") or "decision",
        tuple(map(str, words)) if isinstance(words, list) else (),
    )


class _Block:
    """A block of plain data, read key by key; settings become their answers."""

    def __init__(self, adopted: Adopted, data: Mapping[str, Any]) -> None:
        self._adopted, self._data = adopted, data

    def __bool__(self) -> bool:
        return bool(self._data)

    def value(self, key: str) -> object:
        """Return what stands there, None for a setting that the school does without."""
        found = self._data.get(key)
        if not isinstance(found, SettingRef):
            return found
        answer = self._adopted.answers.get(found.key)
        if answer is None and not self._adopted.pack.setting(found.key).optional:
            raise SettingMissing(found.key)
        return answer

    def number(self, key: str) -> float | None:
        """Return a number, None where there is none."""
        found = self.value(key)
        if found is not None and (isinstance(found, bool) or not isinstance(found, int | float)):
            raise _bad(self._adopted, key, found)
        return found

    def text(self, key: str) -> str | None:
        """Return a text, None where there is none."""
        found = self.value(key)
        return found if isinstance(found, str) else None

    def day(self, key: str) -> tuple[int, int]:
        """Return month and day, 1 September where nothing stands."""
        found = self.value(key)
        day = read_date("09-01" if found is None else found)
        if day is None or day[-5:] == "02-29":
            raise _bad(self._adopted, key, found)
        return int(day[-5:-3]), int(day[-2:])

    def block(self, key: str) -> _Block:
        """Return a block inside, an empty one where there is none."""
        found = self._data.get(key)
        return _Block(self._adopted, found if isinstance(found, dict) else {})


def _bad(adopted: Adopted, key: str, found: object) -> DomainError:
    return DomainError(
        lazy("The rule pack “{pack}”: “{key}” of the credit hours cannot be “{found}”."),
        pack=adopted.pack.id,
        key=key,
        found="" if found is None else found,
    )


def hours_of(
    member: int, adopted: Adopted, world: World, day: date, school_based: Mapping[int, float] | None = None
) -> HoursRow:
    """Return the hours of a member in the school year of `day`, and in its cycle.

    `school_based` are the hours of the school's own study by the year in which a school year begins: the totals of the
    pack's assessment, both terms together. Raises as `hours_rule`, KeyError for an unknown member.
    """
    rule = hours_rule(adopted)
    return _Reckoning(rule, world, world.members[member], school_based or {}).row(rule.year_of(day))


def hours_ledger(
    adopted: Adopted, world: World, day: date, school_based: Mapping[int, Mapping[int, float]] | None = None
) -> list[HoursRow]:
    """Return the hours of all who are there in the school year of `day`, in printed order; see `hours_of`."""
    rule, own = hours_rule(adopted), school_based or {}
    first = rule.year_of(day)
    order = [member for member in dict.fromkeys((*world.order, *sorted(world.members))) if member in world.members]
    reckonings = (_Reckoning(rule, world, world.members[member], own.get(member, {})) for member in order)
    return [one.row(first) for one in reckonings if one.days(rule.year(first))]


@dataclass(slots=True)
class _Reckoning:
    """One member's hours being reckoned."""

    rule: HoursRule
    world: World
    member: Member
    school_based: Mapping[int, float]

    def row(self, first: int) -> HoursRow:
        rule, year, cycle = self.rule, self.rule.year(first), self.rule.cycle(first)
        lines = [*self._lines(year), *self._own(first)]
        out = self._opted_out(year)
        needed = 0.0 if out else self._fair(year)
        counted = summed(line.hours for line in lines)
        explained = [*self._part_of_year(year, needed if not out else None), *self._opting(year, out), *lines]
        done = self.trainings(cycle)
        own = [hours for begun, hours in self.school_based.items() if cycle.start.year <= begun < cycle.until.year]
        return HoursRow(
            member=self.member.id,
            year=year,
            needed=needed,
            full=rule.per_year,
            counted=counted,
            cycle=cycle,
            cycle_needed=self._cycle_needed(cycle),
            cycle_counted=summed((*(self.credit(one) for one in done), *(own if rule.assessment_counts else ()))),
            by_area=_by_area(lines),
            professional=0.0 if out and rule.professional is not None else rule.professional,
            school_based=self.school_based.get(first),
            opted_out=None if out is None else out.id,
            state=_state(year, needed, counted, self.world.today),
            lines=tuple(explained),
        )

    def trainings(self, period: Period) -> list[Training]:
        """Return the trainings that began in a period, by date."""
        found = [one for one in self.world.trainings.values() if one.member == self.member.id]
        return sorted(
            (one for one in found if period.start <= one.start <= period.until), key=lambda one: (one.start, one.id)
        )

    def credit(self, training: Training) -> float:
        """Return the hours that a training gives: all of them, or none where too much was missed."""
        return 0.0 if self._missed_too_much(training) else training.hours or 0.0

    def _missed_too_much(self, training: Training) -> bool:
        limit = self.rule.no_credit_from
        return limit is not None and training.missed is not None and training.missed >= limit - _ROUNDED

    def _lines(self, year: Period) -> Iterator[HoursLine]:
        for one in self.trainings(year):
            hours, values = self.credit(one), (("title", one.title), ("date", one.start.isoformat()))
            evidence = (Evidence("trainings", one.id, hours),)
            if self._missed_too_much(one):
                share = round((one.missed or 0) * 100, 1)
                what = lazy("{title} ({date}): no credit, {percent}% was missed")
                yield HoursLine(what, 0, one.area, (*values, ("percent", share)), evidence)
            elif one.hours is None:
                yield HoursLine(lazy("{title} ({date}): no hours are entered"), 0, one.area, values, evidence)
            else:
                yield HoursLine(lazy("{title} ({date})"), hours, one.area, values, evidence)

    def _own(self, first: int) -> Iterator[HoursLine]:
        """Yield the line of school-based study: counted, or only told."""
        hours = self.school_based.get(first)
        if hours is None:
            return
        if self.rule.assessment_counts:
            yield HoursLine(lazy("School-based study"), hours)
        else:
            what = lazy("School-based study: {hours} hours, registered apart")
            yield HoursLine(what, values=(("hours", float(hours)),))

    # what is fair to ask

    def days(self, period: Period) -> int:
        """Return on how many days of a period the member is there."""
        first = max(period.start, self.member.active_from or period.start)
        last = min(period.until, self.member.active_until or period.until)
        return max(0, (last - first).days + 1)

    def _fair(self, year: Period) -> float:
        """Return the year's hours for the days that the member is there, halves rounded down."""
        whole = (year.until - year.start).days + 1
        days = self.days(year)
        if days == whole:
            return self.rule.per_year
        return float(ceil(self.rule.per_year * days / whole - 0.5))

    def _part_of_year(self, year: Period, needed: float | None) -> Iterator[HoursLine]:
        if needed is None or needed == self.rule.per_year:
            return
        known = (("needed", needed), ("full", float(self.rule.per_year)))
        for day, what in (
            (self.member.active_from, lazy("Needed {needed} of {full}: joined on {date}")),
            (self.member.active_until, lazy("Needed {needed} of {full}: left on {date}")),
        ):
            if day is not None and year.start <= day <= year.until:
                yield HoursLine(what, values=(*known, ("date", day.isoformat())))

    def _cycle_needed(self, cycle: Period) -> float | None:
        """Return the hours of the cycle for the years of it in which the member is mostly there and did not opt out."""
        if self.rule.per_cycle is None:
            return None
        years = [self.rule.year(first) for first in range(cycle.start.year, cycle.until.year)]
        bound = [
            one
            for one in years
            if self.days(one) * 2 > (one.until - one.start).days + 1 and self._opted_out(one) is None
        ]
        return summed((self.rule.per_cycle * len(bound) / len(years),))

    # opting out

    def _claims(self, year: Period) -> list[Entry]:
        """Return the member's own papers of opting out, up to the end of a school year, by date."""
        rule = self.rule.opt_out
        if rule is None:
            return []
        words = [fold(word) for word in rule.words]
        found = [
            entry
            for entry in self.world.entries.values()
            if entry.kind == rule.entry and entry.member == self.member.id and entry.date <= year.until
        ]
        said = [one for one in found if not words or any(word in fold(f"{one.title} {one.outcome}") for word in words)]
        return sorted(said, key=lambda entry: (entry.date, entry.id))

    def _old_enough(self, day: date) -> bool:
        rule = self.rule.opt_out
        limits = {"male": rule.male_from_age, "female": rule.female_from_age} if rule else {}
        limit, age = limits.get(self.member.gender or ""), years_since(self.member.birth, day)
        return limit is not None and age is not None and age >= limit

    def _opted_out(self, year: Period) -> Entry | None:
        return next((entry for entry in self._claims(year) if self._old_enough(entry.date)), None)

    def _opting(self, year: Period, out: Entry | None) -> Iterator[HoursLine]:
        """Yield what there is to say of opting out: since when, or why a paper does not count."""
        for entry in (out,) if out else self._claims(year):
            values = (("date", entry.date.isoformat()), ("age", years_since(self.member.birth, entry.date)))
            evidence = (Evidence("entries", entry.id, 1),)
            if out:
                yield HoursLine(lazy("Opted out in writing on {date}, aged {age}"), values=values, evidence=evidence)
            elif self.member.gender is None or values[1][1] is None:
                what = lazy("Opting out on {date} does not count: gender or date of birth is unknown")
                yield HoursLine(what, values=values, evidence=evidence)
            else:
                what = lazy("Opting out on {date} does not count: {age} years is too young")
                yield HoursLine(what, values=values, evidence=evidence)


def _by_area(lines: list[HoursLine]) -> dict[TrainingArea | None, float]:
    areas = dict.fromkeys(line.area for line in lines if line.hours)
    return {area: summed(line.hours for line in lines if line.area is area) for area in areas}


def _state(year: Period, needed: float, counted: float, today: date) -> State:
    if not needed:
        return State.EXEMPT
    if counted >= needed:
        return State.MET
    if today < year.start:
        return State.NOT_YET
    return State.OVERDUE if today > year.until else State.DUE
