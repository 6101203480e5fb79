"""The tables of a term summary: marks, kinds of session, sessions, members, work, what is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book.members import name_of
from coordinator_tui.domain.attendance import COUNTED
from coordinator_tui.domain.vocabulary import GRADES, NOT_TAKEN, Mark, WorkKind, title
from coordinator_tui.exports.summary_text import form
from coordinator_tui.exports.table import Column, Table
from coordinator_tui.exports.words import mark_head
from coordinator_tui.text import gettext as _
from coordinator_tui.text import pgettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.pages import Attended
    from coordinator_tui.domain.attendance import Tally
    from coordinator_tui.domain.records import Leave, Reading, Work
    from coordinator_tui.domain.summary import MemberSummary, Summary, WorkSummary
    from coordinator_tui.domain.work import Owed
    from coordinator_tui.exports.table import Value

_NOT_COUNTING = {Mark.EXEMPT.value, NOT_TAKEN}
_TOPIC_WIDTH = 30


def marks_table(tally: Tally) -> Table:
    """How often each mark was given; shares are of those who count, neither exempt nor not taken."""
    rows = tuple(
        (
            mark_head(key),
            tally.counts[key],
            None if key in _NOT_COUNTING or not tally.counting else tally.counts[key] / tally.counting,
        )
        for key in COUNTED
    )
    return Table(
        _("Attendance by mark"),
        (Column(_("Mark"), key="mark"), Column(_("Times"), "number", "times"), Column(_("Share"), "ratio", "share")),
        (*rows, (_("Expected"), tally.expected, None)),
        notes=(_("Shares are of those who count: neither exempt nor not taken."),),
    )


def kinds_table(summary: Summary) -> Table:
    """Attendance by kind of session."""
    rows = tuple((form(kind), one.sessions, *_tally_cells(one.tally)) for kind, one in summary.kinds.items())
    return Table(
        _("Attendance by form of session"),
        (Column(_("Form"), key="kind"), Column(_("Sessions"), "number", "sessions"), *_tally_columns()),
        rows,
        landscape=True,
    )


def sessions_table(summary: Summary) -> Table:
    """Every session that counts, with its attendance."""
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (one.date, one.week, title(one.kind), one.topic, one.tally.expected, one.tally.attended, one.tally.rate)
        for one in summary.sessions
    )
    return Table(
        _("Sessions"),
        (
            Column(_("Date"), "date", "date"),
            Column(_("Week"), "number", "week"),
            Column(_("Form"), key="kind"),
            Column(_("Topic"), key="topic", width=_TOPIC_WIDTH),
            Column(_("Expected"), "number", "expected"),
            Column(_("Attended"), "number", "attended"),
            Column(_("Rate"), "ratio", "rate"),
        ),
        rows,
    )


def members_table(summary: Summary) -> Table:
    """Every member's attendance and work, a row each."""
    kinds = [WorkKind(kind) for kind in summary.work]
    scored = any(row.score is not None for row in summary.members)
    columns = (
        Column(_("No."), "number", "number"),
        Column(_("Name"), key="name"),
        *_tally_columns(),
        *(Column(title(kind), "number", kind.value) for kind in kinds),
        Column(_("Words"), "number", "words"),
        Column(_("Owed"), "number", "owed"),
        *([Column(_("Score"), "number", "score")] if scored else []),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (number, row.name, *_tally_cells(row.tally), *_work_cells(row, kinds), *([row.score] if scored else []))
        for number, row in enumerate(summary.members, 1)
    )
    return Table(
        _("Members"),
        columns,
        rows,
        notes=(_("A member counts for the days on which they belonged to the group."),),
        landscape=True,
    )


def _work_cells(row: MemberSummary, kinds: Iterable[WorkKind]) -> tuple[Value, ...]:
    pieces = [row.work[kind].pieces if kind in row.work else 0 for kind in kinds]
    return (*pieces, sum(one.words for one in row.work.values()), row.owed)


def _tally_columns() -> tuple[Column, ...]:
    return (
        Column(_("Expected"), "number", "expected"),
        Column(_("Attended"), "number", "attended"),
        Column(_("Rate"), "ratio", "rate"),
        *(Column(mark_head(key), "number", key) for key in COUNTED),
    )


def _tally_cells(tally: Tally) -> tuple[Value, ...]:
    return (tally.expected, tally.attended, tally.rate, *(tally.counts[key] for key in COUNTED))


def work_table(work: dict[str, WorkSummary]) -> Table:
    """Work by kind: pieces, words, from how many members, checks and grades."""
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            title(WorkKind(kind)),
            one.pieces,
            one.words,
            one.members,
            one.checked,
            *(one.grades.get(grade, 0) for grade in GRADES),
            one.returned,
        )
        for kind, one in work.items()
    )
    return Table(
        _("Work by kind"),
        (
            Column(_("Kind"), key="kind"),
            Column(_("Pieces"), "number", "pieces"),
            Column(_("Words"), "number", "words"),
            Column(_("Members"), "number", "members"),
            Column(_("Checked"), "number", "checked"),
            *(Column(grade, "number", grade) for grade in GRADES),
            Column(_("Returned"), "number", "returned"),
        ),
        rows,
        notes=(_("Returned work is not among the pieces."),),
    )


def owed_table(book: Book, owed: Iterable[Owed], *, names: bool = True) -> Table:
    """Who still owes what, by when."""
    columns = (
        *([Column(_("Name"), key="name")] if names else []),
        Column(_("Kind"), key="kind"),
        Column(_("Task"), key="title", width=_TOPIC_WIDTH),
        Column(_("Needed"), "number", "needed"),
        Column(_("Done"), "number", "done"),
        Column(_("Due"), "date", "due"),
        Column(_("State"), key="state"),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            *([name_of(book, one.member)] if names else []),
            title(one.assignment.kind),
            one.assignment.title,
            one.needed,
            one.done,
            one.due,
            _("overdue") if one.overdue else _("not due yet"),
        )
        for one in owed
    )
    return Table(_("Still owed"), columns, rows)


def readings_table(readings: Iterable[Reading]) -> Table:
    """Return what was recommended to read."""
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (one.title, one.author, title(one.kind), one.recommended_by, one.date) for one in readings
    )
    return Table(
        _("Readings"),
        (
            Column(pgettext("list head", "Title"), key="title", width=_TOPIC_WIDTH),
            Column(_("Author"), key="author"),
            Column(_("Kind"), key="kind"),
            Column(_("Recommended by"), key="recommended_by"),
            Column(_("Date"), "date", "date"),
        ),
        rows,
    )


# one member


def attended_table(sessions: Iterable[Attended]) -> Table:
    """One member's sessions with what the roll says."""
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            one.session.date,
            title(one.session.kind),
            one.session.topic,
            title(one.mark) if one.mark else mark_head(NOT_TAKEN),
            one.minutes,
            one.note,
        )
        for one in sessions
    )
    return Table(
        _("Attendance"),
        (
            Column(_("Date"), "date", "date"),
            Column(_("Form"), key="kind"),
            Column(_("Topic"), key="topic", width=_TOPIC_WIDTH),
            Column(_("Mark"), key="mark"),
            Column(_("Minutes"), "number", "minutes"),
            Column(_("Notes"), key="note"),
        ),
        rows,
    )


def pieces_table(works: Iterable[Work]) -> Table:
    """One member's work, piece by piece."""
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (one.date, title(one.kind), one.title, one.words, title(one.status), one.grade, one.checker, one.checked_on)
        for one in works
    )
    return Table(
        _("Work"),
        (
            Column(_("Date"), "date", "date"),
            Column(_("Kind"), key="kind"),
            Column(pgettext("list head", "Title"), key="title", width=_TOPIC_WIDTH),
            Column(_("Words"), "number", "words"),
            Column(_("State"), key="status"),
            Column(_("Grade"), key="grade"),
            Column(_("Checker"), key="checker"),
            Column(_("Checked on"), "date", "checked_on"),
        ),
        rows,
    )


def leaves_table(leaves: Iterable[Leave]) -> Table:
    """One member's leave."""
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (title(one.kind), one.start, one.until, one.reason, title(one.status), one.approved_by) for one in leaves
    )
    return Table(
        _("Leave"),
        (
            Column(_("Kind"), key="kind"),
            Column(_("From"), "date", "start"),
            Column(_("Until"), "date", "until"),
            Column(_("Reason"), key="reason", width=_TOPIC_WIDTH),
            Column(_("State"), key="status"),
            Column(_("Approved by"), key="approved_by"),
        ),
        rows,
    )
