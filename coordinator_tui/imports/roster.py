"""Rosters: from a file or pasted text to clean typed rows, refusals for the bad ones, and questions about namesakes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.roster import RosterRow
from coordinator_tui.domain.vocabulary import Role
from coordinator_tui.imports.dates import read_date, read_period
from coordinator_tui.imports.header import Wanted
from coordinator_tui.imports.identity import holds_identity, identity_month, read_phone, ruined
from coordinator_tui.imports.messages import BadValue, Message, Notes, Refusal
from coordinator_tui.imports.reader import open_grid
from coordinator_tui.imports.table import GROUP_FIELDS, Record, Table, read_table
from coordinator_tui.imports.tabular import convert, read_cell, read_record_name, refuse, require_rows
from coordinator_tui.imports.vocabulary import (
    Honour,
    highest,
    honour_level,
    read_honours,
    read_level,
    read_role,
    read_scope,
    read_stage,
    read_subjects,
    read_title,
    split_list,
    word,
    yes_or_no,
)
from coordinator_tui.text import fold, lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coordinator_tui.imports.dates import MonthHint
    from coordinator_tui.imports.grid import Cell, Progress
    from coordinator_tui.imports.names import NameReading
    from coordinator_tui.imports.reader import Source

EXTRA_FIELDS = ("grade", "title_date", "education", "establishment", "spouse", "staff_number", "email", "school")
"""Fields that are read as text and kept beside the row; the sensitive ones that nobody needs here are not."""

_LEFT_OUT = ("politics", "ethnicity", "native_place", "address", "age", "signature")


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntry(RosterRow):
    """A row of a roster as its file has it: what the book takes in, and what helps to tell people apart.

    `name` is as typed (a minority name keeps its dot), `key` is folded for comparison. `label` is what the file itself
    tells namesakes apart by ("数" of 王伟(数), "2" of 王伟2). `role` is the role of somebody whose
    group the file does not name. `typed` holds the file's own words where a value was normalised.
    """

    key: str = ""
    label: str | None = None
    concurrent: bool = False
    role: Role | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    extras: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """Rows of one name.

    `kind` is "repeated" (they say the same, or one says more), "groups" (only the group differs) or "namesakes"
    (something tells them apart: `differ` names the fields).
    """

    kind: str
    name: str
    rows: tuple[int, ...]
    differ: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    @property
    def message(self) -> Message:
        """The question as a sentence."""
        texts = {
            "repeated": lazy("{name} stands in rows {rows} with nothing that differs: one person or namesakes?"),
            "groups": lazy(
                "{name} stands in rows {rows} with different groups: one person in several groups or namesakes?"
            ),
            "namesakes": lazy("{name} stands in rows {rows}; they differ in: {columns}."),
        }
        return Message(texts[self.kind], {"name": self.name, "rows": self.rows, "columns": self.labels})


@dataclass(frozen=True, slots=True)
class RosterReading:
    """What was read: the good rows, the refused ones, what was noted and what has to be asked.

    `header_row` is the last row of labels (0 for a bare list of names), `columns` maps field to label,
    `unknown_columns` are labels that mean nothing to us, `unused_columns` those that are known and not imported.
    """

    file: str
    encoding: str
    sheet: str | None
    header_row: int
    columns: Mapping[str, str]
    unknown_columns: tuple[str, ...]
    unused_columns: tuple[str, ...]
    rows: tuple[RosterEntry, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[Message, ...]
    questions: tuple[Question, ...]


def read_roster(
    source: Source,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    encoding: str | None = None,
    progress: Progress | None = None,
) -> RosterReading:
    """Read a roster from a file (Path), pasted text (str) or standard input (bytes).

    `mapping` gives field → label (or column letters) for headers that are not understood. `progress(done, total)` is
    called while reading. Raises ImportRefused (WrongUsage, NoSuchFile, SheetQuestion) when the file cannot be
    understood as a whole.
    """
    grid, header = open_grid(
        source, Wanted("members", "name", mapping or {}), sheet=sheet, encoding=encoding, progress=progress
    )
    reader = _RosterReader(read_table(grid, header, "members"))
    reader.run()
    require_rows(grid, header, len(reader.rows) + len(reader.refusals))
    columns = {name: column.label for name, column in header.columns.items()}
    return RosterReading(
        file=grid.source,
        encoding=grid.encoding,
        sheet=grid.sheet,
        header_row=header.row,
        columns=columns,
        unknown_columns=header.unknown,
        unused_columns=tuple(columns[name] for name in (*_LEFT_OUT, "identity") if name in columns),
        rows=tuple(reader.rows),
        refusals=tuple(reader.refusals),
        notes=grid.notes.messages(),
        questions=find_questions(reader.rows, columns),
    )


class _RosterReader:
    """Reads the records of one table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.notes: Notes = table.grid.notes
        self.rows: list[RosterEntry] = []
        self.refusals: list[Refusal] = []

    def run(self) -> None:
        """Fill `rows` and `refusals`."""
        self._note_columns()
        self.rows, self.refusals = convert(self.table, self._entry)

    def _note_columns(self) -> None:
        header = self.table.header
        if "identity" in header.columns:
            text = lazy("The column {column} holds identity numbers, which are never imported.")
            self.notes.add(text, column=header.columns["identity"].label)
        for column in header.repeated:
            if column.field != "identity":
                text = lazy(
                    "Two columns mean the same: {used} was read, {column} was not. Choose with --map {field}=HEADER."
                )
                self.notes.add(text, used=self.table.label(column.field), column=column.label, field=column.field)

    def _entry(self, record: Record) -> RosterEntry:
        record = self._without_identity(record)
        name = read_record_name(record)
        values: dict[str, Any] = {"gender": self._gender(record, name)}
        typed: dict[str, str] = {}
        self._teaching(record, name, values, typed)
        self._standing(record, values, typed)
        self._dates(record, values, typed)
        values["phone"] = self._phone(record)
        values["groups"], values["role"], remark = self._groups(record, name)
        remarks = [name.note, remark]
        values["note"] = "；".join(each for each in remarks if each) or None
        extras = {field_name: record.text(field_name) for field_name in EXTRA_FIELDS if field_name in record.cells}
        return RosterEntry(
            row=record.row,
            name=name.name,
            key=name.key,
            label=name.label,
            concurrent=name.concurrent,
            typed=typed,
            extras=extras,
            **values,
        )

    def _without_identity(self, record: Record) -> Record:
        """Drop cells that hold an identity number under another label.

        The column of identity numbers stays, for the month of an ambiguous birth, and goes nowhere else.
        """
        own_columns = {"identity", "name"}
        found = [name for name, cell in record.cells.items() if name not in own_columns and holds_identity(cell)]
        for name in found:
            text = lazy("Identity numbers in the column {column} were left out (rows {rows}).")
            self.notes.add(text, record.row, column=self.table.label(name))
        own = record.cells.get("identity")
        if own is not None and ruined(own):
            text = lazy(
                "Excel has ruined the identity numbers in rows {rows} (their last digits are lost); none is imported."
            )
            self.notes.add(text, record.row)
        if not found:
            return record
        return Record(record.row, {n: c for n, c in record.cells.items() if n not in found}, record.group_line)

    def _gender(self, record: Record, name: NameReading) -> str | None:
        text = record.text("gender")
        if not text:
            return name.gender
        code = word("gender", text)
        if code is None:
            raise refuse(record, "gender", lazy("“{value}” is not a gender. Write 男 or 女, or leave the cell empty."))
        return code

    def _teaching(self, record: Record, name: NameReading, values: dict[str, Any], typed: dict[str, str]) -> None:
        text = record.text("subject")
        subjects, implied = read_subjects(text) if text else ((), None)
        values["subject"] = "、".join(subjects) or name.subject
        _keep_typed(typed, "subject", text, values["subject"])
        stage = record.text("stage")
        values["stage"] = (read_stage(stage) or stage) if stage else read_stage(record.text("grade")) or implied
        _keep_typed(typed, "stage", stage, values["stage"])

    def _standing(self, record: Record, values: dict[str, Any], typed: dict[str, str]) -> None:
        text = record.text("title")
        if text:
            values["title"], known = read_title(text)
            _keep_typed(typed, "title", text, values["title"])
            if not known:
                self.notes.add(
                    lazy("The title “{title}” is not known and stays as it is (rows {rows})."), record.row, title=text
                )
        honours = read_honours(record.text("honours")) if record.text("honours") else ()
        backbone = self._backbone(record)
        level_text = record.text("level")
        level = read_level(level_text) if level_text else None
        if level_text and level is None:
            note = lazy("The level “{level}” is not known and was left out (rows {rows}).")
            self.notes.add(note, record.row, level=level_text)
        every = tuple(dict.fromkeys((*honours, *backbone)))
        values["honours"] = tuple(honour.text for honour in every)
        values["level"] = highest((level, *(honour_level(honour) for honour in every)))
        _keep_typed(typed, "honours", record.text("honours"), "、".join(values["honours"]))

    def _backbone(self, record: Record) -> tuple[Honour, ...]:
        """Honours of the column 骨干, in which 市级, √ and 市级骨干 all occur."""
        text = record.text("backbone")
        if not text or yes_or_no(text) is False:
            return ()
        scope = read_scope(text)
        if scope:
            return (Honour(f"{scope}骨干教师", scope, "骨干教师"),)
        if yes_or_no(text):
            note = lazy("The column {column} does not say of which level: counted as the school's (rows {rows}).")
            self.notes.add(note, record.row, column=self.table.label("backbone"))
            return (Honour("骨干教师", None, "骨干教师"),)
        return read_honours(text)

    def _dates(self, record: Record, values: dict[str, Any], typed: dict[str, str]) -> None:
        offset = self.table.grid.serial_offset
        birth = record.cells.get("birth")
        if birth is not None:
            month = _month_from(record.cells.get("identity"))
            values["birth"] = read_cell(record, "birth", partial(read_date, birth, month=month, offset=offset))
            _keep_typed(typed, "birth", birth.text, values["birth"])
        for name in ("joined_work", "joined_school"):
            cell = record.cells.get(name)
            if cell is not None:
                values[name] = read_cell(record, name, partial(_since, cell, offset))
                _keep_typed(typed, name, cell.text, values[name])

    def _phone(self, record: Record) -> str | None:
        cell = record.cells.get("phone")
        if cell is None:
            return None
        phone = read_phone(cell)
        if phone is None:
            text = lazy(
                "The telephone numbers in rows {rows} cannot be read (Excel may have ruined them) and were left out."
            )
            self.notes.add(text, record.row)
        return phone

    def _groups(
        self, record: Record, name: NameReading
    ) -> tuple[tuple[tuple[str, Role], ...], Role | None, str | None]:
        """Return groups with the role in them, the role without a group, and what is left for the note (班主任)."""
        named = {field: split_list(record.text(field)) for field in GROUP_FIELDS}
        if not any(named.values()) and record.group_line:
            named["group"] = [record.group_line]
        names = list(dict.fromkeys(each for column in named.values() for each in column))
        office, remark = record.text("role"), record.text("note")
        if not office and word("roles", remark) in {"leader", "deputy", "recorder"}:
            office, remark = remark, ""
        role = Role((read_role(office) if office else None) or name.role or "member")
        where = _group_of_office(office, named, names)
        if len(names) > 1 and role is not Role.MEMBER:
            text = lazy(
                "Who is in several groups has the role only in the one it names, else in the first (rows {rows})."
            )
            self.notes.add(text, record.row)
        told = bool(names) and read_role(office) is not None
        left = "；".join(each for each in ("" if told or read_role(office) == "member" else office, remark) if each)
        pairs = tuple((each, role if each == where else Role.MEMBER) for each in names)
        return pairs, None if names or role is Role.MEMBER else role, left or None


def _group_of_office(office: str, named: Mapping[str, list[str]], names: list[str]) -> str | None:
    """Group that an office belongs to: 备课组长 leads the lesson-preparation group; the first where it does not say."""
    column = "preparation_group" if "备课" in office else "grade_group" if "年级" in office else "group"
    return next(iter(named[column] or names), None)


def _since(cell: Cell, offset: int) -> str:
    """Start of a time: the date itself, or what stands before 至今; a time that has ended is no start."""
    period = read_period(cell, offset=offset)
    if period.end is not None:
        text = lazy("“{value}” is a time from one date to another; one date is expected here, like 2021-09.")
        raise BadValue(text, value=cell.text)
    return period.start


def _month_from(identity: Cell | None) -> MonthHint | None:
    if identity is None:
        return None
    return lambda year: identity_month(identity, year)


def _keep_typed(typed: dict[str, str], name: str, text: str, value: str | None) -> None:
    if text and text != value:
        typed[name] = text


_COMPARED = ("gender", "birth", "subject", "stage", "title", "level", "joined_school", "joined_work", "phone", "label")


def find_questions(rows: Iterable[RosterEntry], columns: Mapping[str, str]) -> tuple[Question, ...]:
    """Return a question for each name that stands in several rows; `columns` gives the labels of fields."""
    by_key: dict[str, list[RosterEntry]] = defaultdict(list)
    for entry in rows:
        by_key[entry.key].append(entry)
    return tuple(_question(entries, columns) for entries in by_key.values() if len(entries) > 1)


def _question(entries: list[RosterEntry], columns: Mapping[str, str]) -> Question:
    differ = tuple(
        name
        for name in _COMPARED
        if len({getattr(entry, name) for entry in entries if getattr(entry, name) is not None}) > 1
    )
    groups = len({frozenset(fold(group) for group, _role in entry.groups) for entry in entries}) > 1
    kind = "namesakes" if differ else "groups" if groups else "repeated"
    labels = dict.fromkeys(columns.get(name, columns.get("name", name)) for name in differ)
    return Question(kind, entries[0].name, tuple(entry.row for entry in entries), differ, tuple(labels))
