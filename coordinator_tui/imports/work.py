"""Work handed in, out of lists of names, kinds, titles, dates, words and grades."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from coordinator_tui.domain.vocabulary import GRADES, WorkKind, WorkStatus
from coordinator_tui.imports.header import Wanted
from coordinator_tui.imports.tabular import Reading, read_record_date, read_record_name, read_rows, refuse
from coordinator_tui.imports.vocabulary import word
from coordinator_tui.text import fold, lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from coordinator_tui.imports.grid import Progress
    from coordinator_tui.imports.reader import Source
    from coordinator_tui.imports.table import Record, Table

_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*(万|千|k)?")
_FACTORS = {"万": 10_000, "千": 1_000, "k": 1_000}
_BRACKETED = re.compile(r"[(（][^)）]*[)）]")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """A piece of work as the file has it; dates as exact as they were written, None for what it does not say.

    `pieces` is how many such pieces the row stands for. `key` is the folded name, `label` what tells namesakes apart.
    """

    row: int
    name: str
    key: str
    kind: WorkKind
    title: str | None = None
    date: str | None = None
    words: int | None = None
    pieces: int = 1
    status: WorkStatus = WorkStatus.HANDED_IN
    grade: str | None = None
    checker: str | None = None
    checked_on: str | None = None
    note: str | None = None
    label: str | None = None
    subject: str | None = None


def read_work(
    source: Source,
    *,
    kind: WorkKind | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    encoding: str | None = None,
    not_before: date | None = None,
    progress: Progress | None = None,
) -> Reading[WorkRow]:
    """Read handed-in work; `kind` stands in where the file has no column for it.

    A date without a year is the first such day from `not_before` (the term's start) on. Raises ImportRefused when the
    file cannot be understood as a whole.
    """
    wanted = Wanted("work", "name", mapping or {})
    maker = partial(_maker, kind, not_before)
    return read_rows(source, wanted, maker, sheet=sheet, encoding=encoding, progress=progress)


def _maker(default: WorkKind | None, not_before: date | None, table: Table) -> Callable[[Record], WorkRow]:
    def make(record: Record) -> WorkRow:
        name = read_record_name(record)
        grade = _grade(record)
        return WorkRow(
            row=record.row,
            name=name.name,
            key=name.key,
            kind=_kind(record, default),
            title=record.text("title") or None,
            date=read_record_date(table, record, "date", not_before),
            words=_amount(record, "words"),
            pieces=_amount(record, "pieces") or 1,
            status=_status(record, grade),
            grade=grade,
            checker=record.text("checker") or None,
            checked_on=read_record_date(table, record, "checked_on", not_before),
            note=record.text("note") or None,
            label=name.label,
            subject=name.subject,
        )

    return make


def _kind(record: Record, default: WorkKind | None) -> WorkKind:
    text = record.text("kind")
    if text:
        code = word("work_kinds", text) or word("work_kinds", _BRACKETED.sub("", text))
        if code:
            return WorkKind(code)
        raise refuse(
            record, "kind", lazy("“{value}” is not a kind of work. Write 读书笔记, 学习笔记, 反思, 论文 or the like.")
        )
    if default is None:
        raise refuse(
            record, "kind", lazy("The kind of work is missing. Write 读书笔记, 学习笔记, 反思, 论文 or the like.")
        )
    return default


def _amount(record: Record, name: str) -> int | None:
    """Read the number in a cell: 812, 约800字, 1.2万."""
    text = unicodedata.normalize("NFKC", record.text(name)).replace(",", "")
    if not text:
        return None
    match = _AMOUNT.search(text)
    if match is None:
        raise refuse(record, name, lazy("“{value}” is not a number."))
    return round(float(match[1]) * _FACTORS.get(match[2] or "", 1))


def _grade(record: Record) -> str | None:
    text = record.text("grade")
    if not text:
        return None
    folded = fold(_BRACKETED.sub("", text)).removesuffix("等").removesuffix("级")
    grade = folded.upper() if folded.upper() in GRADES else word("grades", folded) or word("grades", text)
    if grade is None:
        raise refuse(record, "grade", lazy("“{value}” is not a grade. Write A, B or C (or 优, 良, 合格)."))
    return grade


def _status(record: Record, grade: str | None) -> WorkStatus:
    code = word("work_statuses", record.text("status"))
    if code:
        return WorkStatus(code)
    checked = grade or record.text("checked_on") or record.text("checker")
    return WorkStatus.CHECKED if checked else WorkStatus.HANDED_IN
