"""The registers as tables: achievements (成果登记表), pairs (师徒结对一览表), trainings.

Columns of the first are those that seed S19's register needs (forms 3.11), of the second those that schools use (3.6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.book.achievements import achievement_json, achievements_of
from coordinator_tui.book.history import latest_changes
from coordinator_tui.book.members import name_of
from coordinator_tui.book.pairs import pair_json, pairs_of
from coordinator_tui.book.trainings import relayed, reported, training_json, trainings_of
from coordinator_tui.domain.vocabulary import title
from coordinator_tui.exports.table import Column, Table
from coordinator_tui.exports.words import period
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, pgettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Achievement, Pair, Term, Training

TITLES = {
    "achievements": lazy("Register of achievements"),
    "pairs": lazy("List of mentors and apprentices"),
    "trainings": lazy("List of trainings"),
}
"""What each list is called on paper and as a file."""
_LONG = 30


def achievements_table(book: Book, term: Term | None, group: int | None) -> Table:
    """Return the register of achievements of a term; the score stays empty, since rules give it."""
    columns = (
        Column(_("No."), "number", "number"),
        Column(_("Name"), key="name"),
        Column(_("Achievement"), key="title", width=_LONG),
        Column(pgettext("list head", "Kind"), key="kind"),
        Column(_("Award level"), key="level"),
        Column(_("Award grade"), key="grade"),
        Column(_("Issued or published by"), key="issuer", width=_LONG),
        Column(_("Date"), "date", "date"),
        Column(_("Certificate or issue no."), key="number"),
        Column(_("Original checked"), key="original_checked"),
        Column(_("Archive no."), key="archive"),
        Column(_("Score"), "number", "score"),
        Column(_("Registered by"), key="registered_by"),
    )
    found = list(reversed(_achievements(book, term, group)))
    by = latest_changes(book, "achievements", {one.id for one in found}, "title")
    rows = tuple(
        (
            number,
            name_of(book, one.member),
            one.title,
            title(one.kind),
            title(one.level),
            one.grade,
            one.issuer,
            one.date,
            one.number,
            _yes(known=one.original_checked),
            one.archive,
            None,
            by[one.id].by if one.id in by else None,
        )
        for number, one in enumerate(found, 1)
    )
    return Table(str(TITLES["achievements"]), columns, rows, landscape=True)


def pairs_table(book: Book, term: Term | None, group: int | None) -> Table:
    """Return the list of mentors and apprentices of a term; the agreement is what the note says of it."""
    columns = (
        Column(_("No."), "number", "number"),
        Column(_("Mentor"), key="mentor"),
        Column(pgettext("list head", "Professional title"), key="title"),
        Column(_("Apprentice"), key="apprentice"),
        Column(_("Subject"), key="subject"),
        Column(_("Kind of pair"), key="kind"),
        Column(_("From and until"), key="days"),
        Column(_("Agreement"), key="note", width=_LONG),
    )
    rows = tuple(
        (
            number,
            name_of(book, one.mentor),
            mentor.title if (mentor := book.members.find(one.mentor)) else None,
            name_of(book, one.apprentice),
            apprentice.subject if (apprentice := book.members.find(one.apprentice)) else None,
            one.kind,
            _days(one),
            one.note,
        )
        for number, one in enumerate(reversed(_pairs(book, term, group)), 1)
    )
    return Table(str(TITLES["pairs"]), columns, rows, landscape=True)


def trainings_table(book: Book, term: Term | None, group: int | None) -> Table:
    """Return the trainings of a term."""
    columns = (
        Column(_("No."), "number", "number"),
        Column(_("Name"), key="name"),
        Column(_("Training"), key="title", width=_LONG),
        Column(_("First day"), "date", "start"),
        Column(_("Last day"), "date", "until"),
        Column(_("Credit hours"), "number", "hours"),
        Column(_("Subject area"), key="area"),
        Column(pgettext("training", "Level"), key="level"),
        Column(_("Organiser"), key="organiser", width=_LONG),
        Column(_("Share missed"), "ratio", "missed"),
        Column(pgettext("after a training", "Report"), key="reported"),
        Column(_("Relayed"), key="relayed"),
        Column(pgettext("list head", "Note"), key="note", width=_LONG),
    )
    rows = tuple(
        (
            number,
            name_of(book, one.member),
            one.title,
            one.start,
            one.until or one.start,
            one.hours,
            title(one.area),
            title(one.level),
            one.organiser,
            one.missed,
            _yes(known=one.id in reported(book)),
            _yes(known=one.id in relayed(book)),
            one.note,
        )
        for number, one in enumerate(reversed(_trainings(book, term, group)), 1)
    )
    return Table(str(TITLES["trainings"]), columns, rows, landscape=True)


def register_json(book: Book, what: str, term: Term | None, group: int | None) -> list[dict[str, Any]]:
    """Return a register as JSON objects, as the command that lists the same prints them."""
    if what == "achievements":
        return [achievement_json(book, one) for one in _achievements(book, term, group)]
    if what == "pairs":
        return [pair_json(book, one) for one in _pairs(book, term, group)]
    return [training_json(book, one) for one in _trainings(book, term, group)]


def _achievements(book: Book, term: Term | None, group: int | None) -> Sequence[Achievement]:
    among = _ever_in(book, group)
    return [one for one in achievements_of(book, term=term or book.term) if one.member in among]


def _pairs(book: Book, term: Term | None, group: int | None) -> Sequence[Pair]:
    among = _ever_in(book, group)
    return [one for one in pairs_of(book, term=term or book.term) if {one.mentor, one.apprentice} & among]


def _trainings(book: Book, term: Term | None, group: int | None) -> Sequence[Training]:
    among = _ever_in(book, group)
    return [one for one in trainings_of(book, term=term or book.term) if one.member in among]


def _ever_in(book: Book, group: int | None) -> set[int]:
    """Return who was ever in a group; everybody for None."""
    found: Iterable[int] = book.members.mapping()
    if group is not None:
        found = (membership.member for membership in book.memberships if membership.group == group)
    return set(found)


def _yes(*, known: bool) -> str:
    return _("yes") if known else _("no")


def _days(pair: Pair) -> str:
    if pair.start and pair.until:
        return period(pair.start, pair.until)
    return _("from {day}").format(day=pair.start) if pair.start else str(pair.until or "")
