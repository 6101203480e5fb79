"""The parts of an assessment: lines of points from attendance, requirements, work, achievements and the rest."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coordinator_tui.domain.rules.pack import Counted, Each, Part, PartSource
from coordinator_tui.domain.rules.result import Evidence
from coordinator_tui.domain.rules.scoredesk import Sheet, limits
from coordinator_tui.domain.rules.scorelines import LineKind, ScoreLine, summed
from coordinator_tui.domain.rules.scorequotas import requirement_lines
from coordinator_tui.domain.terms import week_of
from coordinator_tui.domain.vocabulary import AchievementKind, AwardLevel, EntryKind, Mark
from coordinator_tui.text import fold, lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from coordinator_tui.domain.records import Achievement, Entry, Work
    from coordinator_tui.domain.rules.pack import Bonus, MarkPoints, Number
    from coordinator_tui.domain.rules.scoredesk import Desk
    from coordinator_tui.domain.rules.scorerecords import MarkRow
    from coordinator_tui.text import LazyText

_FAULTLESS = frozenset({Mark.PRESENT, Mark.OFFICIAL})


def part_lines(desk: Desk, part: Part, path: str = "") -> list[ScoreLine]:
    """Return the lines of a part: where it starts, what its source gives, and what its limits take or give back."""
    sheet = Sheet(desk, part, f"{path}/{part.id}" if path else part.id)
    base = desk.points(part.base)
    lines = [sheet.line(LineKind.BASE, lazy("Starting points"), 1, base)] if base else []
    lines += _SOURCES[part.source](sheet)
    if part.zero:
        lines += _zero(sheet, lines)
    return lines + limits(sheet.line, desk, lines, part.least, part.most)


# attendance


def _attendance(sheet: Sheet) -> list[ScoreLine]:
    part, marks = sheet.part, marks_of(sheet.desk, sheet.part)
    by_rule: dict[int, list[MarkRow]] = defaultdict(list)
    for row in marks:
        rule = _rule_for(row, part.marks)
        if rule is not None:
            by_rule[rule].append(row)
    lines = [line for rule in sorted(by_rule) for line in _mark_lines(sheet, part.marks[rule], by_rule[rule])]
    if part.full_week is not None:
        weeks = _full_weeks(sheet, marks)
        if weeks:
            evidence = [_mark(row) for rows in weeks.values() for row in rows]
            each = sheet.desk.points(part.full_week)
            lines.append(sheet.line(LineKind.FULL_WEEK, lazy("Weeks without a fault"), len(weeks), each, evidence))
    return lines


def marks_of(desk: Desk, part: Part) -> list[MarkRow]:
    """Return the marks that a part of source attendance looks at."""
    return desk.records.marks(desk.unit, part.kinds, desk.assessment.groups, part.roles)


def _rule_for(row: MarkRow, rules: Sequence[MarkPoints]) -> int | None:
    """Return the place of the rule for a mark; of several for more and more minutes the highest that was passed."""
    fits = [
        (rule.from_minutes or 0, place)
        for place, rule in enumerate(rules)
        if rule.mark is row.mark
        and (rule.from_minutes is None or (row.minutes is not None and row.minutes > rule.from_minutes))
    ]
    return max(fits)[1] if fits else None


def _mark_lines(sheet: Sheet, rule: MarkPoints, rows: Sequence[MarkRow]) -> list[ScoreLine]:
    each = sheet.desk.points(rule.points)
    minutes = rule.from_minutes
    what = lazy("{mark}") if minutes is None else lazy("{mark}, more than {minutes} minutes")
    lines = [sheet.line(LineKind.MARK, what, len(rows), each, map(_mark, rows), mark=rule.mark, minutes=minutes)]
    again = [(row, (row.minutes or 0) // rule.per_minutes) for row in rows] if rule.per_minutes else []
    if more := sum(times for _row, times in again):
        what = lazy("{mark}, again for each {minutes} minutes")
        evidence = [Evidence("attendance", row.id, times) for row, times in again if times]
        lines.append(sheet.line(LineKind.MARK, what, more, each, evidence, mark=rule.mark, minutes=rule.per_minutes))
    return lines


def _mark(row: MarkRow) -> Evidence:
    return Evidence("attendance", row.id, 1)


def _full_weeks(sheet: Sheet, marks: Sequence[MarkRow]) -> dict[int, list[MarkRow]]:
    """Return the weeks in which somebody came and nobody was at fault; being away on duty is no fault."""
    weeks: dict[int, list[MarkRow]] = defaultdict(list)
    for row in marks:
        weeks[week_of(sheet.desk.records.term, row.session.date)].append(row)
    return {
        week: rows
        for week, rows in weeks.items()
        if all(row.mark in _FAULTLESS for row in rows) and any(row.mark is Mark.PRESENT for row in rows)
    }


def _zero(sheet: Sheet, lines: Sequence[ScoreLine]) -> list[ScoreLine]:
    """Return the line that makes the part nothing, if there were so many of some marks."""
    total = summed(line.points for line in lines)
    marks = marks_of(sheet.desk, sheet.part)
    for zero in sheet.part.zero:
        rows = [row for row in marks if row.mark in zero.marks]
        if len(rows) >= zero.count and total > 0:
            what = lazy("{marks}: {found} of them, from {count} on this part is nothing")
            values = {"marks": zero.marks, "found": len(rows), "count": zero.count}
            return [sheet.line(LineKind.ZERO, what, 1, -total, map(_mark, rows), **values)]
    return []


# records


def _work(sheet: Sheet) -> list[ScoreLine]:
    part, desk = sheet.part, sheet.desk
    works = [w for w in desk.records.of_people(desk.records.work, desk.unit) if not part.kinds or w.kind in part.kinds]
    lines = []
    for kind in dict.fromkeys(work.kind for work in works) if part.per_each != 0 else ():
        found = [work for work in works if work.kind is kind]
        lines.append(_records(sheet, lazy("{kind}"), found, "work", part.per_each, kind=kind))
    for grade, points in part.grade_points.items():
        found = [work for work in works if work.grade is not None and grade_key(work.grade) == grade_key(grade)]
        if found:
            lines.append(_records(sheet, lazy("Grade {grade}"), found, "work", points, grade=grade))
    return lines


def _records(
    sheet: Sheet,
    what: LazyText,
    found: Sequence[Work | Entry | Achievement],
    table: str,
    points: Number,
    **values: object,
) -> ScoreLine:
    evidence = [Evidence(table, record.id, 1) for record in found]
    return sheet.line(LineKind.RECORDS, what, len(found), sheet.desk.points(points), evidence, **values)


def grade_key(grade: str) -> str:
    """Return the key that is the same for "一等", "一等奖" and "一 等 奖"."""
    key = fold(grade).replace(" ", "")
    return key.removesuffix("奖") or key


def _achievements(sheet: Sheet) -> list[ScoreLine]:
    part, desk = sheet.part, sheet.desk
    found = [
        one
        for one in desk.records.of_people(desk.records.achievements, desk.unit)
        if not part.kinds or one.kind in part.kinds
    ]
    lines = [
        _records(sheet, lazy("{kind}"), own, "achievements", part.per_each, kind=kind)
        for kind in AchievementKind
        if part.per_each != 0 and (own := [one for one in found if one.kind is kind])
    ]
    return lines + _bonus_lines(sheet, found) if part.bonuses else lines


def _bonus_lines(sheet: Sheet, achievements: Sequence[Achievement]) -> list[ScoreLine]:
    bonuses = sheet.part.bonuses
    by_bonus: dict[int | None, list[Achievement]] = defaultdict(list)
    for achievement in achievements:
        by_bonus[_best(sheet.desk, achievement, bonuses)].append(achievement)
    lines = []
    for place, bonus in enumerate(bonuses):
        if found := by_bonus.get(place):
            named = _named(bonus)
            lines.append(_records(sheet, lazy("{named}"), found, "achievements", bonus.points, named=named))
    if found := by_bonus.get(None):
        evidence = [Evidence("achievements", one.id, 1) for one in found]
        what = lazy("Achievements that the rule names no points for")
        lines.append(sheet.line(LineKind.NO_BONUS, what, len(found), 0, evidence))
    return lines


def _best(desk: Desk, achievement: Achievement, bonuses: Sequence[Bonus]) -> int | None:
    """Return the place of the bonus that names most of what the achievement is; of equals, the one with more points."""
    fits = [
        (sum(map(bool, (bonus.kinds, bonus.levels, bonus.grades))), desk.points(bonus.points), -place)
        for place, bonus in enumerate(bonuses)
        if _fits(achievement, bonus)
    ]
    return -max(fits)[2] if fits else None


def _fits(achievement: Achievement, bonus: Bonus) -> bool:
    grades = {grade_key(grade) for grade in bonus.grades}
    return (
        (not bonus.kinds or achievement.kind in bonus.kinds)
        and (not bonus.levels or achievement.level in bonus.levels)
        and (not grades or (achievement.grade is not None and grade_key(achievement.grade) in grades))
    )


def _named(bonus: Bonus) -> tuple[object, ...]:
    """Return the codes of what a bonus is for; the first of several names of one grade."""
    kinds = tuple(AchievementKind(kind) for kind in bonus.kinds)
    levels = tuple(AwardLevel(level) for level in bonus.levels)
    return (*levels, *bonus.grades[:1], *kinds)


def _entries(sheet: Sheet) -> list[ScoreLine]:
    part, desk = sheet.part, sheet.desk
    each = desk.points(part.per_each)
    lines = []
    for kind in map(EntryKind, part.kinds or EntryKind):
        found = desk.records.entries(desk.unit, (kind,))
        amounts = [(entry.value or 0) if part.by_value else 1 for entry in found]
        if found:
            evidence = [Evidence("entries", entry.id, amount) for entry, amount in zip(found, amounts, strict=True)]
            lines.append(sheet.line(LineKind.RECORDS, lazy("{kind}"), summed(amounts), each, evidence, kind=kind))
    return lines


def _pairs(sheet: Sheet) -> list[ScoreLine]:
    part, desk = sheet.part, sheet.desk
    found = desk.records.pairs(desk.unit, part.counted)
    if not found:
        return []
    what = lazy("Pairs as apprentice") if part.counted is Counted.AS_APPRENTICE else lazy("Pairs as mentor")
    evidence = [Evidence("pairs", pair.id, 1) for pair in found]
    return [sheet.line(LineKind.RECORDS, what, len(found), desk.points(part.per_each), evidence)]


_SESSIONS = {
    Counted.HELD: lazy("Sessions held"),
    Counted.ATTENDED: lazy("Sessions attended"),
    Counted.SPOKEN: lazy("Spoke at a session"),
    Counted.HOSTED: lazy("Hosted a session"),
}


def sessions_counted(part: Part, each: Each) -> Counted:
    """Return how a part of source sessions counts: what it says, else attended for members and held for groups."""
    return part.counted or (Counted.ATTENDED if each is Each.MEMBER else Counted.HELD)


def _sessions(sheet: Sheet) -> list[ScoreLine]:
    part, desk = sheet.part, sheet.desk
    counted = sessions_counted(part, desk.unit.each)
    found = [
        session
        for session in desk.records.held(desk.unit, counted, part.kinds)
        if desk.records.group_is(session.group, desk.assessment.groups)
    ]
    if not found:
        return []
    evidence = [Evidence("sessions", session.id, 1) for session in found]
    return [sheet.line(LineKind.RECORDS, _SESSIONS[counted], len(found), desk.points(part.per_each), evidence)]


def _parts(sheet: Sheet) -> list[ScoreLine]:
    return [line for part in sheet.part.parts for line in part_lines(sheet.desk, part, sheet.path)]


_SOURCES: Mapping[PartSource, Callable[[Sheet], list[ScoreLine]]] = {
    PartSource.ATTENDANCE: _attendance,
    PartSource.REQUIREMENT: requirement_lines,
    PartSource.WORK: _work,
    PartSource.ACHIEVEMENTS: _achievements,
    PartSource.ENTRIES: _entries,
    PartSource.PAIRS: _pairs,
    PartSource.SESSIONS: _sessions,
    PartSource.PARTS: _parts,
}
