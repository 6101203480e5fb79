"""The forms about work: a piece, an assignment, a reading; each returns a dialog that saves into the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.book import readings, work
from coordinator_tui.book.members import name_of
from coordinator_tui.domain.vocabulary import TITLES, ReadingKind, WorkKind
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.screens.day_words import day_check, optional_day, read_day
from coordinator_tui.tui.screens.work_values import (
    members_check,
    number_check,
    read_members,
    read_number,
)
from coordinator_tui.tui.widgets.form import Field, FormDialog

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Assignment, Group, Reading, Work
    from coordinator_tui.text import LazyText

WORK_KINDS: tuple[tuple[str, LazyText], ...] = tuple((kind.value, TITLES[kind]) for kind in WorkKind)
"""Choices of a kind of work."""

_READING_KINDS: tuple[tuple[str, LazyText], ...] = tuple((kind.value, TITLES[kind]) for kind in ReadingKind)
_NONE = ("", lazy("(none)"))


def piece_form(book: Book, piece: Work) -> FormDialog:
    """Return the form for a piece of work."""

    def save(values: dict[str, str]) -> None:
        work.edit_work(book, piece.id, **_piece_fields(book, values))

    title = _("{name}: a piece of work").format(name=name_of(book, piece.member))
    return FormDialog(title, _piece_form_fields(book, piece), save, start="title")


def _piece_form_fields(book: Book, piece: Work) -> list[Field]:
    tasks = work.assignments_of(book)
    return [
        Field("kind", lazy("kind"), piece.kind.value, choices=WORK_KINDS),
        Field("title", lazy("title"), piece.title or ""),
        Field("words", lazy("words"), _number(piece.words), check=number_check),
        Field("date", lazy("date"), piece.date.isoformat(), check=day_check(book), required=True),
        Field("assignment", lazy("assignment"), _number(piece.assignment), choices=_tasks(tasks)),
        Field("reading", lazy("reading"), _number(piece.reading), choices=_readings(book)),
        Field("note", lazy("note"), piece.note or ""),
    ]


def _piece_fields(book: Book, values: dict[str, str]) -> dict[str, Any]:
    return {
        "kind": WorkKind(values["kind"]),
        "title": values["title"] or None,
        "words": read_number(values["words"]),
        "date": read_day(book, values["date"]),
        "assignment": read_number(values["assignment"]),
        "reading": read_number(values["reading"]),
        "note": values["note"] or None,
    }


def _tasks(tasks: list[Assignment]) -> list[tuple[str, LazyText | str]]:
    return [_NONE, *((str(task.id), f"{task.title} ({task.due:%m-%d})") for task in reversed(tasks))]


def _readings(book: Book) -> list[tuple[str, LazyText | str]]:
    return [_NONE, *((str(reading.id), reading.title) for reading in readings.all_readings(book))]


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


# assignments


def task_form(book: Book, group: Group, task: Assignment | None = None, *, kind: WorkKind | None = None) -> FormDialog:
    """Return the form for an assignment, a new one for None."""

    def save(values: dict[str, str]) -> None:
        fields = _task_fields(book, values, group)
        if task is None:
            work.assign(book, group=group.id, **fields)
        else:
            work.edit_assignment(book, task.id, **fields)

    title = _("New assignment for {group}").format(group=group.name) if task is None else _("Edit the assignment")
    return FormDialog(title, _task_form_fields(book, group, task, kind), save, start="title")


def _task_form_fields(book: Book, group: Group, task: Assignment | None, kind: WorkKind | None) -> list[Field]:
    day = day_check(book)
    known = (task.kind if task else kind) or WorkKind.READING_NOTE
    names = "、".join(name_of(book, member) for member in task.members) if task else ""
    return [
        Field("kind", lazy("kind"), known.value, choices=WORK_KINDS),
        Field("title", lazy("title"), task.title if task else "", required=True),
        Field("due", lazy("due"), _day(task.due if task else None), check=day, required=True, placeholder="2026-12-31"),
        Field(
            "opens",
            lazy("opens"),
            _day(task.opens if task else None),
            check=day,
            placeholder=lazy("empty: at once"),
        ),
        Field("pieces", lazy("pieces"), str(task.pieces if task else 1), check=number_check, required=True),
        Field("words", lazy("words each"), _number(task.words if task else None), check=number_check),
        Field(
            "members",
            lazy("from whom"),
            names,
            check=members_check(book, group.id),
            placeholder=lazy("empty: everybody in the group; or names, parted by 、"),
        ),
        Field("reading", lazy("reading"), _number(task.reading if task else None), choices=_readings(book)),
    ]


def _task_fields(book: Book, values: dict[str, str], group: Group) -> dict[str, Any]:
    return {
        "kind": WorkKind(values["kind"]),
        "title": values["title"],
        "due": read_day(book, values["due"]),
        "opens": optional_day(book, values["opens"]),
        "pieces": read_number(values["pieces"]),
        "words": read_number(values["words"]),
        "members": read_members(book, values["members"], group.id),
        "reading": read_number(values["reading"]),
    }


# readings


def reading_form(
    book: Book,
    group: Group | None,
    reading: Reading | None = None,
    *,
    kind: ReadingKind = ReadingKind.BOOK,
    day: date | None = None,
) -> FormDialog:
    """Return the form for a book or article; for a new one `kind` and `day` (today) are there to begin with."""

    def save(values: dict[str, str]) -> None:
        fields = _reading_fields(book, values)
        if reading is None:
            readings.add_reading(book, **fields)
        else:
            readings.edit_reading(book, reading.id, **fields)

    heading = _("New reading") if reading is None else _("Edit the reading")
    return FormDialog(heading, _reading_form_fields(book, group, reading, kind, day), save, start="title")


def _reading_form_fields(
    book: Book, group: Group | None, reading: Reading | None, kind: ReadingKind, first_day: date | None
) -> list[Field]:
    groups: list[tuple[str, LazyText | str]] = [("", lazy("everybody"))]
    groups += [(str(one.id), one.name) for one in book.groups.all()]
    day = day_check(book)
    owner = reading.group if reading else group.id if group else None
    return [
        Field("kind", lazy("kind"), (reading.kind if reading else kind).value, choices=_READING_KINDS),
        Field("title", lazy("title"), reading.title if reading else "", required=True),
        Field("author", lazy("author"), (reading and reading.author) or ""),
        Field("recommended_by", lazy("recommended by"), (reading and reading.recommended_by) or ""),
        Field("group", lazy("group"), _number(owner), choices=groups),
        Field("date", lazy("date"), _day(reading.date if reading else first_day or book.today), check=day),
        Field("due", lazy("due"), _day(reading.due if reading else None), check=day),
        Field("note", lazy("note"), (reading and reading.note) or ""),
    ]


def _reading_fields(book: Book, values: dict[str, str]) -> dict[str, Any]:
    return {
        "kind": ReadingKind(values["kind"]),
        "title": values["title"],
        "author": values["author"] or None,
        "recommended_by": values["recommended_by"] or None,
        "group": read_number(values["group"]),
        "date": optional_day(book, values["date"]),
        "due": optional_day(book, values["due"]),
        "note": values["note"] or None,
    }
