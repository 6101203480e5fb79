"""The form to hand in a piece of work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from coordinator_tui.book import work
from coordinator_tui.book.errors import Refused
from coordinator_tui.book.members import name_of
from coordinator_tui.book.trainings import without_report
from coordinator_tui.domain.vocabulary import WorkKind, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.screens.day_words import day_check, read_day
from coordinator_tui.tui.screens.members_forms import member_check, member_named
from coordinator_tui.tui.widgets.form import Field, FormDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Assignment, Work


def hand_in_form(
    book: Book,
    member: int | None,
    *,
    task: Assignment | None = None,
    kind: WorkKind | None = None,
    done: Callable[[Work], None],
) -> FormDialog:
    """Return the form for a piece of work of `member` (or of somebody to be named), for `task` if it is one.

    `kind` is what a rule asks for where there is no task.
    """
    who = Field("member", _("Member"), check=member_check(book), required=True, placeholder=lazy("name or pinyin"))
    kinds = [(each.value, title(each)) for each in WorkKind]
    first = task.kind if task else kind

    def save(values: dict[str, str]) -> None:
        person = member if member is not None else member_named(book, values["member"]).id
        done(
            work.hand_in(
                book,
                person,
                kind=WorkKind(values["kind"]),
                date=read_day(book, values["date"]),
                assignment=task.id if task else None,
                title=values["title"].strip() or None,
                words=int(values["words"]) if values["words"].strip() else None,
                note=values["note"].strip() or None,
                training=int(values["training"]) if values.get("training") else None,
                **_text_of(values["file"]),
            )
        )

    fields = [
        *([who] if member is None else []),
        Field("kind", _("Kind"), first.value if first else "", choices=kinds),
        Field("title", _("Title"), task.title if task else ""),
        Field("words", _("Words"), check=_number_problem, placeholder=lazy("a number, if it is known")),
        Field("date", _("Handed in on"), str(book.today), check=day_check(book), required=True),
        Field("note", _("Note")),
        *_training_fields(book, member),
        Field("file", _("Its text"), placeholder=lazy("name of a .docx, .txt or .md; its words are counted")),
    ]
    heading = _("{name} hands in").format(name=name_of(book, member)) if member is not None else _("Hand in work")
    return FormDialog(heading, fields, save)


def _text_of(name: str) -> dict[str, Any]:
    """Return the text of the file that is named, and the file's name; nothing where none is named."""
    if not name:
        return {}
    from coordinator_tui.imports.piece_text import read_piece

    return read_piece(Path(name.strip("\"'")))._asdict()


def _training_fields(book: Book, member: int | None) -> list[Field]:
    """Return the field for the training that is reported on, where one of the member is without a report."""
    waiting = without_report(book, member) if member is not None else []
    choices = [("", _("none")), *((str(one.id), f"{one.start} {one.title}") for one in waiting)]
    return [Field("training", _("Report on training"), "", choices=choices)] if waiting else []


def edit_work_form(book: Book, work_id: int, *, done: Callable[[], None]) -> FormDialog:
    """Return the form of a piece of work that is there."""
    now = book.work.get(work_id)
    fields = [
        Field("title", _("Title"), now.title or ""),
        Field("words", _("Words"), str(now.words or ""), check=_number_problem),
        Field("date", _("Handed in on"), str(now.date), check=day_check(book), required=True),
        Field("note", _("Note"), (now.note or "").replace("\n", " ")),
    ]

    def save(values: dict[str, str]) -> None:
        fields: dict[str, object] = {name: values[name].strip() or None for name in ("title", "note")}
        if fields["note"] == (now.note or "").replace("\n", " "):
            del fields["note"]
        words = int(values["words"]) if values["words"].strip() else None
        work.edit_work(book, work_id, words=words, date=read_day(book, values["date"]), **fields)
        done()

    heading = f"{name_of(book, now.member)}: {title(now.kind)}"
    return FormDialog(heading, fields, save)


def _number_problem(text: str) -> str | None:
    if text.strip().isdecimal() and len(text.strip()) <= 7:
        return None
    return str(Refused(lazy("“{text}” is not a number of words."), text=text))
