"""A term's plan of activities, out of lists of dates, times, kinds, topics and speakers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from coordinator_tui.domain.vocabulary import SessionKind
from coordinator_tui.imports.dates import read_times
from coordinator_tui.imports.header import Wanted
from coordinator_tui.imports.tabular import Reading, read_cell, read_record_date, read_rows, refuse
from coordinator_tui.imports.vocabulary import word
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from coordinator_tui.imports.grid import Progress
    from coordinator_tui.imports.reader import Source
    from coordinator_tui.imports.table import Record, Table

_BRACKETED = re.compile(r"[(（][^)）]*[)）]")
_DAY = "0000-00-00"
_TEXTS = ("topic", "speaker", "host", "recorder", "place", "question", "plan", "group", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A planned activity as the file has it: `date` "2026-09-09", times "HH:MM", None for what it does not say.

    `kind_text` is the file's own word where it is none of the glossary's kinds; then `kind` is None.
    """

    row: int
    date: str
    start: str | None = None
    end: str | None = None
    week: int | None = None
    kind: SessionKind | None = None
    kind_text: str | None = None
    topic: str | None = None
    speaker: str | None = None
    host: str | None = None
    recorder: str | None = None
    place: str | None = None
    question: str | None = None
    plan: str | None = None
    group: str | None = None
    note: str | None = None


def read_sessions(
    source: Source,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    encoding: str | None = None,
    not_before: date | None = None,
    progress: Progress | None = None,
) -> Reading[SessionRow]:
    """Read a plan of activities.

    A date without a year is the first such day from `not_before` (the term's start) on. Raises ImportRefused when the
    file cannot be understood as a whole.
    """
    wanted = Wanted("sessions", "date", mapping or {})
    return read_rows(source, wanted, partial(_maker, not_before), sheet=sheet, encoding=encoding, progress=progress)


def _maker(not_before: date | None, table: Table) -> Callable[[Record], SessionRow]:
    def make(record: Record) -> SessionRow:
        day = read_record_date(table, record, "date", not_before)
        if day is None:
            raise refuse(record, "date", lazy("The date is missing. Write it like 2026-09-09, or delete the row."))
        if len(day) != len(_DAY):
            raise refuse(record, "date", lazy("“{value}” has no day. Write the date like 2026-09-09."))
        start, end = _times(record)
        kind = _kind(record)
        texts = {name: record.text(name) or None for name in _TEXTS}
        kind_text = record.text("kind") or None
        return SessionRow(
            row=record.row,
            date=day,
            start=start,
            end=end,
            week=_week(record),
            kind=kind,
            kind_text=None if kind else kind_text,
            **texts,
        )

    return make


def _times(record: Record) -> tuple[str | None, str | None]:
    """Start and end, from their own columns, from one column for both, or beside the date."""
    found: list[str] = []
    for name in ("start", "end", "clock", "date"):
        cell = record.cells.get(name)
        if cell is None or (name in {"clock", "date"} and found):
            continue
        found.extend(read_cell(record, name, partial(read_times, cell))[:2])
    if "start" not in record.cells and "end" in record.cells and len(found) == 1:
        return None, found[0]
    start, end = (*found, None, None)[:2]
    if start and end and end <= start:
        column = "end" if "end" in record.cells else "clock" if "clock" in record.cells else "date"
        raise refuse(
            record, column, lazy("The activity would end ({end}) before it begins ({start})."), start=start, end=end
        )
    return start, end


def _week(record: Record) -> int | None:
    match = re.search(r"\d{1,2}", record.text("week"))
    return int(match[0]) if match else None


def _kind(record: Record) -> SessionKind | None:
    text = record.text("kind")
    code = word("session_kinds", text) or word("session_kinds", _BRACKETED.sub("", text)) if text else None
    return SessionKind(code) if code else None
