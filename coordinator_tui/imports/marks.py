"""Attendance out of sign-in sheets, DingTalk's daily statistics, meeting participants and pasted 接龙."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from coordinator_tui.domain.vocabulary import WITH_MINUTES, Mark
from coordinator_tui.imports.dates import read_times
from coordinator_tui.imports.header import Wanted
from coordinator_tui.imports.messages import ImportRefused
from coordinator_tui.imports.synonyms import values
from coordinator_tui.imports.tabular import Reading, read_cell, read_record_date, read_record_name, read_rows, refuse
from coordinator_tui.imports.vocabulary import word
from coordinator_tui.text import fold, lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from coordinator_tui.imports.grid import Progress
    from coordinator_tui.imports.reader import Source
    from coordinator_tui.imports.table import Record, Table

_DAILY = ("late_count", "absent_days", "attended_days", "result_in")
"""Columns that only DingTalk's 每日统计 has."""

_MINUTES = re.compile(r"(\d{1,3})\s*(?:分钟|分|min|mins|minutes|')", re.IGNORECASE)
_HOURS = re.compile(r"(\d{1,2})(?:\.(\d))?\s*(?:小时|时|h|hours?)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}")
_DAY_LABEL = re.compile(
    r"^\d{1,2}(?:月|[./-])\d{1,2}[日号]?(?!\d)|^(?:19|20)\d{2}[-./年]\d|^第?[\d一二三四五六七八九十]{1,3}[周次]"
)
_LEAVE = re.compile("请假|休假|^假$")
_APPROVED = (
    ("病假", Mark.SICK),
    ("事假", Mark.PERSONAL),
    ("出差", Mark.OFFICIAL),
    ("外出", Mark.OFFICIAL),
    ("公", Mark.OFFICIAL),
)
_BAD_MARK = lazy("“{value}” is not a mark. Write 到, 迟到10分钟, 早退, 病假, 事假, 公假, 其他假, 旷会 or 免.")
_WHICH_LEAVE = lazy("“{value}” does not say which leave. Write 病假, 事假, 公假 or 其他假.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRow:
    """One person's attendance as the file has it.

    `mark` is None where the file does not settle it (only one of two punches is there). `minutes` go with late and left
    early. `date` is "2026-09-09", `time` the "HH:MM" of signing in, where the file has them; `attended` the minutes
    in a meeting. `key` is the folded name, `label` what tells namesakes apart.
    """

    row: int
    name: str
    key: str
    mark: Mark | None = None
    minutes: int | None = None
    note: str | None = None
    date: str | None = None
    time: str | None = None
    attended: int | None = None
    label: str | None = None
    subject: str | None = None


def read_marks(
    source: Source,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    encoding: str | None = None,
    on: date | None = None,
    progress: Progress | None = None,
) -> Reading[MarkRow]:
    """Read marks from a file (Path), pasted text (str) or standard input (bytes).

    In a list of people who signed in, everybody is present whose remark says nothing else. With `on`, rows of other
    dates are left out. Raises ImportRefused when the file cannot be understood as a whole.
    """
    wanted = Wanted("marks", "name", mapping or {})
    return read_rows(source, wanted, partial(_maker, on), sheet=sheet, encoding=encoding, progress=progress)


def _refuse_days_side_by_side(table: Table) -> None:
    """Refuse a sheet with a column for each day of which none was chosen. Raises ImportRefused."""
    days = tuple(label for label in table.header.unknown if _DAY_LABEL.search(fold(label)))
    if days and "mark" not in table.header.columns:
        text = lazy("{file} has a column for each day: {days}. Choose the one to import with --map mark={first}.")
        raise ImportRefused("several-days", text, file=table.grid.source, days=days, first=days[0])


def _maker(on: date | None, table: Table) -> Callable[[Record], MarkRow | None]:
    _refuse_days_side_by_side(table)
    daily = sum(name in table.header.columns for name in _DAILY) > 1
    judge = _daily_mark if daily else _plain_mark
    seen: set[tuple[str, str | None, str | None]] = set()

    def make(record: Record) -> MarkRow | None:
        name = read_record_name(record)
        day = read_record_date(table, record, "date") or _day_of_time(table, record)
        if on is not None and day is not None and day != on.isoformat():
            return None
        mark, minutes, note = judge(record)
        if daily and _rested(record) and mark is None:
            table.grid.notes.add(lazy("Rows of people who had a day off were left out: {rows}."), record.row)
            return None
        if (name.key, name.label, day) in seen and mark is Mark.PRESENT:
            table.grid.notes.add(lazy("People who signed in twice were counted once (rows {rows})."), record.row)
            return None
        seen.add((name.key, name.label, day))
        return MarkRow(
            row=record.row,
            name=name.name,
            key=name.key,
            mark=mark,
            minutes=minutes,
            note=note,
            date=day,
            time=_time(record),
            attended=_duration(record.text("attended")),
            label=name.label,
            subject=name.subject,
        )

    return make


def _day_of_time(table: Table, record: Record) -> str | None:
    """Date in a column of date and time, as attendance machines write it; None where the column has times only."""
    text = record.text("time")
    if not re.search(r"\d{4}|\d{2}[-./年]\d{1,2}[-./月]\d{1,2}", text):
        return None
    return read_record_date(table, record, "time")


def _time(record: Record) -> str | None:
    for name in ("time", "time_in"):
        cell = record.cells.get(name)
        times = read_cell(record, name, partial(read_times, cell)) if cell is not None else []
        if times:
            return times[0]
    return None


def _plain_mark(record: Record) -> tuple[Mark | None, int | None, str | None]:
    """Mark of a sign-in row: what its column says, else the remark, else present as they are on the list."""
    text = record.text("mark")
    note = record.text("note") or None
    if text:
        mark = read_mark(text)
        if mark is None:
            raise refuse(record, "mark", _WHICH_LEAVE if _LEAVE.search(text) else _BAD_MARK)
    else:
        mark = read_mark(note) if note else Mark.PRESENT
        if mark is None and note and _LEAVE.search(note):
            raise refuse(record, "note", _WHICH_LEAVE)
        mark = mark or Mark.PRESENT
    minutes = _minutes(record, f"{text} {note or ''}") if mark in WITH_MINUTES else None
    return mark, minutes, note


def read_mark(text: str) -> Mark | None:
    """Mark out of what schools write: √, 迟到10分钟, 请病假, 公出（开会）; None when it says none of the nine."""
    folded = re.sub(r"[\s。.,，!！~]", "", fold(text))
    code = word("marks", folded)
    if code is None:
        bare = re.sub(r"\([^)]*\)|\d+(?:分钟?|min|小时|')?|^请|^因", "", folded)
        code = word("marks", bare) or _contained(bare)
    return Mark(code) if code else None


def _contained(text: str) -> str | None:
    """Return the mark whose word of two or more characters stands in the text, the longest word first."""
    known = sorted(values("marks").items(), key=lambda pair: -len(pair[0]))
    return next((code for key, code in known if len(key) > 1 and not key.isascii() and key in text), None)


def _minutes(record: Record, text: str) -> int | None:
    own = record.text("minutes")
    plain = unicodedata.normalize("NFKC", own or text)
    match = _MINUTES.search(plain) or (_NUMBER.search(plain) if own or re.search(r"[迟退到]\s*\d", plain) else None)
    return int(match[1] if match.re is _MINUTES else match[0]) if match else None


def _duration(text: str) -> int | None:
    """Minutes of a length such as 1小时5分钟, 65分钟, 01:05:30."""
    plain = unicodedata.normalize("NFKC", text)
    clock = re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2})?", plain)
    if clock:
        return int(clock[1]) * 60 + int(clock[2])
    hours, minutes = _HOURS.search(plain), _MINUTES.search(plain)
    if not hours and not minutes:
        return int(plain) if plain.isdecimal() else None
    whole = int(hours[1]) * 60 + int(hours[2] or 0) * 6 if hours else 0
    return whole + (int(minutes[1]) if minutes else 0)


def _count(record: Record, *names: str) -> float:
    total = 0.0
    for name in names:
        match = re.search(r"\d+(?:\.\d+)?", record.text(name))
        total += float(match[0]) if match else 0.0
    return total


def _rested(record: Record) -> bool:
    return _count(record, "rest_days") > 0 or "休息" in record.text("shift") + record.text("result_in")


def _daily_mark(record: Record) -> tuple[Mark | None, int | None, str | None]:
    """Mark of a row of 每日统计: approved leave goes before absence, absence before late, late before early."""
    approval = record.text("approval")
    leave = next((mark for text, mark in _APPROVED if text in approval), None)
    if approval and leave is None and re.search("假|调休", approval):
        leave = Mark.OTHER_LEAVE
    if leave is None and _count(record, "trip", "outing"):
        leave = Mark.OFFICIAL
    if leave is not None:
        return leave, None, approval or None
    return _punched(record)


def _punched(record: Record) -> tuple[Mark | None, int | None, str | None]:
    if _count(record, "absent_days", "absent_late_count"):
        return Mark.ABSENT, None, None
    if _count(record, "late_count", "severely_late_count"):
        minutes = int(_count(record, "late_minutes", "severely_late_minutes"))
        return Mark.LATE, minutes or None, None
    if _count(record, "early_count"):
        return Mark.LEFT_EARLY, int(_count(record, "early_minutes")) or None, None
    results = {record.text("result_in"), record.text("result_out")} - {""}
    if _count(record, "missing_in", "missing_out") or results & {"缺卡", "未打卡"}:
        return None, None, "、".join(sorted(results)) or None
    if results or _count(record, "attended_days"):
        return Mark.PRESENT, None, None
    return None, None, None
