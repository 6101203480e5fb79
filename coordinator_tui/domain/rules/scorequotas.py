"""Lines for what a requirement asks: done, missing, more than asked, late, and points for the whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coordinator_tui.domain.rules.pack import PerUnit, Words
from coordinator_tui.domain.rules.packerror import Phrase
from coordinator_tui.domain.rules.result import Evidence, State, Why
from coordinator_tui.domain.rules.scorelines import LineKind, ScoreLine, summed
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from coordinator_tui.domain.rules.pack import Number
    from coordinator_tui.domain.rules.result import Row
    from coordinator_tui.domain.rules.scoredesk import Desk, Sheet
    from coordinator_tui.text import LazyText

_WEEKS = re.compile(r"-w(\d+)(?:-(\d+))?$")


def requirement_lines(sheet: Sheet) -> list[ScoreLine]:
    """Return the lines of a part of source requirement."""
    part = sheet.part
    lines: list[ScoreLine] = []
    if part.requirement is not None:
        lines += _quota_lines(sheet, settled(sheet.desk, part.requirement))
    lists = part.any_of or (((part.requirement,),) if part.requirement else ())
    each = sheet.desk.points(part.met)
    return lines + _met_lines(sheet, lists, each) if each else lines


def settled(desk: Desk, name: str) -> list[Row]:
    """Return the rows of a requirement that can be scored; notes what is missing, and what is still open."""
    found = desk.rows(name)
    for row in found:
        if row.state is State.SETTING_MISSING:
            for reason in row.reasons:
                if reason.why is Why.SETTING:
                    desk.lacks(str(next(iter(dict(reason.values).values()))))
        elif row.state in {State.DUE, State.NOT_YET} and not row.requirement.advice:
            desk.provisional = True
    return [row for row in found if row.state is not State.SETTING_MISSING]


def _quota_lines(sheet: Sheet, rows: Sequence[Row]) -> list[ScoreLine]:
    part, title = sheet.part, _title_of(sheet.desk, sheet.part.requirement)
    needed = summed(row.needed or 0 for row in rows)
    evidence = [each for row in rows for each in row.evidence]
    done = summed(min(row.done, row.needed or 0) for row in rows)
    each = sheet.desk.points(part.per_each)
    lines = []
    if (needed or evidence) and (part.met == 0 or each):
        what = lazy("“{title}”: {done} of {needed} done")
        lines.append(sheet.line(LineKind.DONE, what, done, each, evidence, title=title, done=done, needed=needed))
    missing = [row for row in rows if row.state is State.OVERDUE and row.gap > 0]
    lines += _quota_line(sheet, LineKind.MISSING, lazy("“{title}”: missing ({periods})"), part.per_missing, missing)
    more = [row for row in rows if _more(row) > 0]
    lines += _quota_line(sheet, LineKind.MORE, lazy("“{title}”: more than asked ({periods})"), part.per_more, more)
    return lines + _late_lines(sheet, rows)


def _quota_line(sheet: Sheet, kind: LineKind, what: LazyText, points: Number, rows: Sequence[Row]) -> list[ScoreLine]:
    if not rows or points == 0:
        return []
    amounts = [row.gap if kind is LineKind.MISSING else _more(row) for row in rows]
    periods = tuple(_called(row) for row in {row.period: row for row in rows}.values())
    evidence = () if kind is LineKind.MISSING else [each for row in rows for each in row.evidence]
    title = _title_of(sheet.desk, sheet.part.requirement)
    each = sheet.desk.points(points)
    return [sheet.line(kind, what, summed(amounts), each, evidence, title=title, periods=periods)]


def _called(row: Row) -> str | Phrase:
    """Return a period as people call it: a week by its number, an event by its day, others by their label."""
    if row.requirement.per.unit in {PerUnit.SESSION, PerUnit.EVENT}:
        return row.period.start.isoformat()
    found = _WEEKS.search(row.period.label)
    if found is None:
        return row.period.label
    weeks = "–".join(str(int(number)) for number in found.groups() if number)
    return Phrase(lazy("week {number}"), {"number": weeks})


def _more(row: Row) -> float:
    """Return what was done beyond the rule's own number: nobody gains from having been asked for less."""
    return 0 if row.full is None else max(0.0, row.done - max(row.full, row.needed or 0))


def _late_lines(sheet: Sheet, rows: Sequence[Row]) -> list[ScoreLine]:
    part, found = sheet.part, []
    if part.late == 0 and part.late_per_day == 0:
        return []
    for row in rows:
        found += [(evidence, days) for evidence, days in _late(sheet.desk, row) if days > 0]
    title = _title_of(sheet.desk, part.requirement)
    lines = []
    if found and part.late != 0:
        what, each = lazy("“{title}”: after the due date"), sheet.desk.points(part.late)
        evidence = [one for one, _days in found]
        lines.append(sheet.line(LineKind.LATE, what, len(found), each, evidence, title=title))
    if found and part.late_per_day != 0:
        what, each = lazy("“{title}”: days after the due date"), sheet.desk.points(part.late_per_day)
        evidence = [Evidence(one.table, one.id, days) for one, days in found]
        lines.append(
            sheet.line(LineKind.LATE_DAYS, what, sum(days for _one, days in found), each, evidence, title=title)
        )
    return lines


def _late(desk: Desk, row: Row) -> Iterator[tuple[Evidence, int]]:
    """Yield what fills the requirement, first what came first, and how many days after the due date each came."""
    dated = [(day, one) for one in row.evidence if (day := _date_of(desk, one)) is not None]
    filled: float = 0
    for day, one in sorted(dated, key=lambda pair: (pair[0], pair[1].table, pair[1].id)):
        if filled >= (row.needed or 0):
            return
        filled += one.amount
        yield one, (day - row.due).days


def _date_of(desk: Desk, evidence: Evidence) -> date | None:
    """Return the day of a record that the ledger names."""
    world = desk.records.world
    if evidence.table == "attendance":
        session = world.sessions.get(world.attendance.get(evidence.id, {}).get("session", 0))
        return None if session is None else session.date
    record = getattr(world, evidence.table, {}).get(evidence.id)
    found: date | None = getattr(record, "date", None) or getattr(record, "start", None)
    return found


def _met_lines(sheet: Sheet, lists: Sequence[Sequence[str]], each: float) -> list[ScoreLine]:
    """Return the points for the whole, given for the first list of requirements that is met throughout."""
    open_lists: list[tuple[Words, ...]] = []
    for names in lists:
        rows = {name: settled(sheet.desk, name) for name in names}
        undone = [name for name in names if not all(_is_met(row) for row in rows[name]) or not rows[name]]
        if not undone:
            titles = tuple(_title_of(sheet.desk, name) for name in names)
            evidence = [one for name in names for row in rows[name] for one in row.evidence]
            return [sheet.line(LineKind.MET, lazy("All done: {titles}"), 1, each, evidence, titles=titles)]
        open_lists.append(tuple(_title_of(sheet.desk, name) for name in undone))
    return [
        sheet.line(LineKind.MET, lazy("Not all done, missing: {titles}"), 0, each, titles=titles)
        for titles in open_lists
    ]


def _is_met(row: Row) -> bool:
    return row.state is State.MET or (row.state is State.EXEMPT and not row.gap)


def _title_of(desk: Desk, name: str | None) -> Words:
    requirements = desk.adopted.pack.requirements
    return next((each.title for each in requirements if name in {each.id, each.key}), Words(name or ""))
