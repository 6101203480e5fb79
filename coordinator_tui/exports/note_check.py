"""The form on which study notes are checked (教师学习笔记检查登记表), filled from the records.

Columns as schools print them; what no record tells (the number of excerpts) stays empty for the hand. Whether a piece
is a copy is not judged: the form shows the highest percentage, and with whose piece.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book.note_checks import NOTES, note_checks
from coordinator_tui.book.overlaps import percent
from coordinator_tui.exports.formats import SUFFIXES, dumped, render
from coordinator_tui.exports.save import file_name
from coordinator_tui.exports.table import Column, Table
from coordinator_tui.exports.words import period
from coordinator_tui.text import gettext as _
from coordinator_tui.text import ngettext, pgettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.note_checks import NoteCheck
    from coordinator_tui.domain.records import Term
    from coordinator_tui.domain.vocabulary import WorkKind
    from coordinator_tui.exports.formats import Format
    from coordinator_tui.exports.table import Value

_LONG = 30


def note_check_file(
    book: Book,
    fmt: Format,
    *,
    term: Term | None = None,
    group: int | None = None,
    kinds: Sequence[WorkKind] = NOTES,
    since: date | None = None,
    until: date | None = None,
) -> bytes:
    """Return the form as a file's bytes, for a group (the book's own) and a time (the term up to today)."""
    within, where = term or book.term, book.group.id if group is None else group
    first, last = since or within.start, until or min(book.today, within.until)
    lines = note_checks(book, term=within, group=where, kinds=kinds, since=first, until=last)
    if fmt == "json":
        return dumped([_json(line) for line in lines]).encode()
    table = note_check_table(lines)
    if fmt != "xlsx":
        return render(table, fmt)
    from coordinator_tui.exports.sheets import titled_sheet
    from coordinator_tui.exports.workbook import new_workbook, to_bytes

    head = (
        (_("School"), book.school),
        (_("Group"), book.groups.get(where).name),
        (_("Term"), within.code),
        (_("Checked"), period(first, last)),
    )
    made = new_workbook(table.title, last)
    titled_sheet(made, table, "    ".join(f"{label}：{value}" for label, value in head if value))
    return to_bytes(made)


def note_check_name(book: Book, fmt: Format, *, term: Term | None = None, group: int | None = None) -> str:
    """Return the usual name of the file."""
    who = book.group if group is None else book.groups.get(group)
    return file_name(_("Check of study notes"), who.name, (term or book.term).code, suffix=SUFFIXES[fmt])


def note_check_table(lines: Sequence[NoteCheck]) -> Table:
    """Return the form as a table."""
    columns = (
        Column(_("No."), "number", "number"),
        Column(_("Name"), key="name"),
        Column(_("Subject"), key="subject"),
        Column(_("Book or topic"), key="topics", width=_LONG),
        Column(_("Pieces due"), "number", "asked_pieces"),
        Column(_("Pieces in"), "number", "pieces"),
        Column(_("Words due"), "number", "asked_words"),
        Column(_("Words in"), "number", "words"),
        Column(_("Excerpts"), "number", "excerpts"),
        Column(_("Insights"), "number", "insights"),
        Column(_("Overlap"), key="overlap", width=_LONG),
        Column(_("Grade A/B/C"), key="grades"),
        Column(_("Checked on"), "date", "checked_on"),
        Column(_("Checker"), key="checkers"),
        Column(pgettext("list head", "Note"), key="note", width=_LONG),
    )
    return Table(
        _("Check of study notes"),
        columns,
        tuple((number, *_row(line)) for number, line in enumerate(lines, 1)),
        footer=(_("Checker") + "：", _("Group leader") + "：", _("Teaching-research office") + "："),
        landscape=True,
    )


def _row(line: NoteCheck) -> tuple[Value, ...]:
    return (
        line.name,
        line.member.subject,
        "、".join(line.topics),
        line.asked_pieces,
        len(line.works),
        line.asked_words,
        line.words,
        None,
        line.insights,
        f"{percent(line.shared.share)} {line.shared.name}" if line.shared else None,
        " ".join(line.grades),
        line.checked_on,
        "、".join(line.checkers),
        _note(line),
    )


def _note(line: NoteCheck) -> str:
    said = []
    if line.unchecked:
        said.append(ngettext("{count} not checked", "{count} not checked", line.unchecked).format(count=line.unchecked))
    if line.returned:
        reasons = "、".join(dict.fromkeys(work.reason for work in line.returned if work.reason))
        text = ngettext("{count} returned", "{count} returned", len(line.returned)).format(count=len(line.returned))
        said.append(f"{text} ({reasons})" if reasons else text)
    return "; ".join(said)


def _json(line: NoteCheck) -> dict[str, object]:
    return {
        "member": line.member.id,
        "name": line.name,
        "subject": line.member.subject,
        "topics": list(line.topics),
        "asked_pieces": line.asked_pieces,
        "pieces": len(line.works),
        "asked_words": line.asked_words,
        "words": line.words,
        "insights": line.insights,
        "overlap": round(line.shared.share, 4) if line.shared else None,
        "overlap_with": line.shared.name if line.shared else None,
        "grades": list(line.grades),
        "unchecked": line.unchecked,
        "returned": len(line.returned),
        "checked_on": line.checked_on.isoformat() if line.checked_on else None,
        "checkers": list(line.checkers),
    }
