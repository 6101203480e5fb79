"""The term's assessment (学期考核): what each member or group scores, line by line, and who may be commended for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.domain.errors import DomainError
from coordinator_tui.domain.rules.numbers import SettingMissing, settings_in, value_of
from coordinator_tui.domain.rules.pack import ByLevel, Counted, Each, PartSource, Source, Words
from coordinator_tui.domain.rules.result import Evidence, State
from coordinator_tui.domain.rules.scoredesk import Desk, limits, numbers_of
from coordinator_tui.domain.rules.scorelines import LineKind, Score, ScoreLine, spoken, summed
from coordinator_tui.domain.rules.scoreparts import part_lines, sessions_counted
from coordinator_tui.domain.rules.scorequotas import settled
from coordinator_tui.domain.rules.scorerecords import Records, Unit
from coordinator_tui.domain.vocabulary import EntryKind
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from coordinator_tui.domain.records import Term
    from coordinator_tui.domain.rules.engine import Ledger
    from coordinator_tui.domain.rules.pack import Assessment, Number, Pack, Part, Requirement, Veto
    from coordinator_tui.domain.rules.world import Adopted, World
    from coordinator_tui.text import LazyText

_NO_TITLE = Words("")


def assess(adopted: Adopted, world: World, ledger: Ledger, term: Term) -> list[Score]:
    """Score everybody for a term by the assessments of a pack: in their order, then in printed order.

    `ledger` must span the term (a ledger of its school year will do). What is not due yet is not held against anybody;
    marks not taken, cancelled sessions, the exempt and the time before joining count neither for nor against.
    """
    records = Records(world, term)
    return [
        _score(Desk(adopted, records, ledger, assessment, unit, set(unanswered)))
        for assessment, unanswered in ((each, _unanswered(adopted, each)) for each in adopted.pack.assessments)
        for unit in _units(assessment, records)
    ]


def _units(assessment: Assessment, records: Records) -> Iterator[Unit]:
    """Yield whom an assessment is for: who is there in the term, in groups of its kinds, in roles of its parts."""
    world = records.world
    if assessment.each is Each.SCHOOL:
        yield Unit(Each.SCHOOL, 0)
    elif assessment.each is Each.GROUP:
        for group in _ordered(world.group_order, world.groups):
            unit = Unit(Each.GROUP, group)
            if records.group_is(group, assessment.groups) and records.people_of(unit):
                yield unit
    else:
        order = _ordered(world.order, world.members)
        yield from (Unit(Each.MEMBER, member) for member in order if _concerns(assessment, member, records))


def _ordered(printed: Iterable[int], known: Collection[int]) -> list[int]:
    """Return what is known in printed order; what is not named there follows by id."""
    return [one for one in dict.fromkeys((*printed, *sorted(known))) if one in known]


def _concerns(assessment: Assessment, member: int, records: Records) -> bool:
    if not records.here(member):
        return False
    groups = records.groups_of.get(member, ())
    if assessment.groups and not any(records.group_is(group, assessment.groups) for group in groups):
        return False
    leaves = list(_leaves(assessment.parts))
    if not leaves or not all(part.roles for part in leaves):
        return True
    return any(records.held_role(member, part.roles) for part in leaves)


def _leaves(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts that are made of no others."""
    for part in parts:
        if part.source is PartSource.PARTS:
            yield from _leaves(part.parts)
        else:
            yield part


def _score(desk: Desk) -> Score:
    assessment = desk.assessment
    base = desk.points(assessment.base)
    lines = [_line(LineKind.BASE, lazy("Starting points"), 1, base)] if base else []
    for part in assessment.parts:
        lines += part_lines(desk, part)
    vetoes = _vetoes(desk, lines)
    lines += vetoes
    lines += limits(_line, desk, lines, assessment.least, assessment.most)
    records = desk.records
    return Score(
        assessment=assessment,
        unit=desk.unit.id,
        total=None if desk.missing else summed(line.points for line in lines),
        lines=tuple(lines),
        vetoed=bool(vetoes),
        missing=tuple(sorted(desk.missing)),
        appeals=tuple(records.entries(desk.unit, (EntryKind.APPEAL,))),
        provisional=desk.provisional or records.world.today <= records.term.until,
    )


def _unanswered(adopted: Adopted, assessment: Assessment) -> set[str]:
    """Return the settings without an answer, so that what one score waits for, all wait for."""
    own = (assessment.base, assessment.least, assessment.most)
    numbers = (*own, *(number for part in assessment.parts for number in numbers_of(part)))
    optional = {setting.key for setting in adopted.pack.settings if setting.optional}
    keys = {key for number in numbers for key in settings_in(number)} - optional
    return {key for key in keys if not isinstance(adopted.answers.get(key), int | float)}


def _line(
    kind: LineKind, what: LazyText, count: float, each: float, evidence: Iterable[Evidence] = (), /, **values: object
) -> ScoreLine:
    """Make a line of the assessment as a whole."""
    return ScoreLine("", _NO_TITLE, kind, what, count, each, tuple(values.items()), tuple(evidence))


def _vetoes(desk: Desk, lines: Sequence[ScoreLine]) -> list[ScoreLine]:
    """Return a line for each veto that applies; the first of them makes the assessment nothing."""
    found: list[ScoreLine] = []
    for veto in desk.assessment.vetoes:
        evidence = _vetoing(desk, veto)
        if evidence is not None:
            left = 0.0 if found else max(0.0, summed(line.points for line in lines))
            found.append(_line(LineKind.VETO, lazy("Veto: {title}"), 1, 0.0 - left, evidence, title=veto.title))
    return found


def _vetoing(desk: Desk, veto: Veto) -> list[Evidence] | None:
    """Return the records that a veto rests on (none where something is missing), or None if it does not apply."""
    records, unit = desk.records, desk.unit
    entries = records.entries(unit, veto.entries)
    if veto.entries and len(entries) >= veto.count:
        return [Evidence("entries", entry.id, 1) for entry in entries]
    marks = [row for row in records.marks(unit, (), desk.assessment.groups, ()) if row.mark in veto.marks]
    if veto.marks and len(marks) >= veto.count:
        return [Evidence("attendance", row.id, 1) for row in marks]
    rows = [row for name in veto.requirements for row in settled(desk, name)]
    return [] if any(row.state is State.OVERDUE for row in rows) else None


# commendation


def commended(scores: Iterable[Score], assessment: Assessment, adopted: Adopted) -> list[Score]:
    """Return those who may be commended, best first: with enough points, and in the top share with all ties.

    Whoever is vetoed, or not fully scored, is not among them. Raises DomainError where the assessment names neither
    points nor a share, where their settings are unanswered, and where it rests on attendance alone.
    """
    if not counts_more_than_attendance(adopted, assessment):
        raise DomainError(
            lazy("“{title}” rests on attendance alone; nobody is ranked or commended by attendance alone."),
            title=spoken(assessment.title),
        )
    least = _said_number(assessment.commend_at_least, adopted)
    share = _said_number(assessment.commend_share, adopted)
    if least is None and share is None:
        raise DomainError(
            lazy("“{title}” does not say who is commended: it needs a number of points or a share."),
            title=spoken(assessment.title),
        )
    own = [score for score in scores if score.assessment.id == assessment.id and score.total is not None]
    order = sorted((score for score in own if not score.vetoed), key=lambda score: -(score.total or 0))  # stable
    return [score for score in order if _enough(score, least) and _on_top(score, order, share, len(own))]


def _said_number(number: Number | None, adopted: Adopted) -> float | None:
    """Return a number of the pack, None for an optional setting without an answer."""
    try:
        return value_of(number, adopted.answers)
    except SettingMissing as error:
        if any(setting.key == error.key and setting.optional for setting in adopted.pack.settings):
            return None
        raise


def _enough(score: Score, least: float | None) -> bool:
    return least is None or (score.total or 0) >= least


def _on_top(score: Score, order: Sequence[Score], share: float | None, scored: int) -> bool:
    """Tell whether a score reaches that of the last place; a share of the scored makes places, at least one."""
    if share is None:
        return True
    places = max(1, int(scored * share + 1e-9))
    return (score.total or 0) >= (order[min(places, len(order)) - 1].total or 0)


def counts_more_than_attendance(adopted: Adopted, assessment: Assessment) -> bool:
    """Tell whether anything but coming to sessions can change the score."""
    vetoing = {name for veto in assessment.vetoes for name in veto.requirements}
    return _beyond_attendance(adopted.pack, vetoing) or any(
        _more_than_attendance(adopted, part, assessment.each) for part in _leaves(assessment.parts)
    )


def _more_than_attendance(adopted: Adopted, part: Part, each: Each) -> bool:
    if part.source is PartSource.ATTENDANCE:
        return False
    points = (part.per_each, part.per_missing, part.per_more, part.late, part.late_per_day, part.met)
    bonuses = (bonus.points for bonus in part.bonuses)
    if not any(_weighs(number, adopted) for number in (*points, *part.grade_points.values(), *bonuses)):
        return False
    if part.source is PartSource.SESSIONS:
        return sessions_counted(part, each) is not Counted.ATTENDED
    names = {part.requirement, *(name for names in part.any_of for name in names)} - {None}
    return part.source is not PartSource.REQUIREMENT or _beyond_attendance(adopted.pack, names)


def _weighs(number: Number, adopted: Adopted) -> bool:
    try:
        return bool(_said_number(number, adopted)) or isinstance(number, ByLevel)
    except SettingMissing:
        return True


def _beyond_attendance(pack: Pack, names: Collection[str | None]) -> bool:
    """Tell whether any of these requirements asks for more than coming to sessions."""
    return any(not _is_attendance(each) for each in pack.requirements if each.id in names or each.key in names)


def _is_attendance(asked: Requirement) -> bool:
    usual = Counted.ATTENDED if asked.who.each is Each.MEMBER else Counted.HELD
    return asked.what.source is Source.SESSIONS and (asked.what.counted or usual) is Counted.ATTENDED
