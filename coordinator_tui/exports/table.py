"""What goes out, before it has a format: a table with typed columns, and a report made of sections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Value = str | int | float | date | None
"""A cell: text, a number, a date; a ratio is a share from 0 to 1; None is empty."""

Kind = Literal["text", "number", "date", "ratio"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, what its cells hold, its key in JSON (the header if empty), its width in display cells."""

    header: str
    kind: Kind = "text"
    key: str = ""
    width: int | None = None

    @property
    def name(self) -> str:
        """Name of the column in JSON."""
        return self.key or self.header


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under typed columns. `notes` stand below the rows, `footer` is the line for signatures on paper."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    landscape: bool = False

    def dates(self) -> list[date]:
        """All dates in the cells."""
        return [value for row in self.rows for value in row if isinstance(value, date)]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: what it says in sentences, and the tables that it rests on."""

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A document to hand in: title, head (label and value), sections, signatures; `day` is the date of its data."""

    title: str
    head: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    day: date
    footer: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def share(value: float) -> float:
    """Return a ratio rounded to a tenth of a percent; only what is whole becomes 1, only what is nothing becomes 0."""
    rounded = round(value, 3)
    if 0 < value < 1:
        return min(max(rounded, 0.001), 0.999)
    return rounded


def percent(value: float | None) -> str:
    """Return a ratio as people read it, "96.7%"; "" where there is none."""
    return "" if value is None else f"{share(value) * 100:.1f}%"
