"""Trainings: who studied where and for how many hours, whether they reported and relayed it to the group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.book.entries import add_entry
from coordinator_tui.book.errors import Refused
from coordinator_tui.book.members import name_of
from coordinator_tui.book.registers import (
    check_not_negative,
    check_span,
    check_title,
    figure_words,
    find_record,
    within,
)
from coordinator_tui.book.terms import guard
from coordinator_tui.domain.vocabulary import AwardLevel, EntryKind, TrainingArea, WorkKind, WorkStatus
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.collection import Value
    from coordinator_tui.domain.records import Entry, Term, Training, Work


def add_training(
    book: Book, member: int, title: str, *, start: date | None = None, until: date | None = None, **fields: Value
) -> Training:
    """Note that a member studied away from the group, from `start` (today) to `until` (one day, if None).

    `fields`: hours, area, level, organiser, missed (the share that was missed, 0 to 1), note. Refused in a closed term.
    """
    name = name_of(book, book.members.get(member).id)
    title = check_title(title, _NO_TITLE)
    first = start or book.today
    guard(book, first, until)
    _check(first, until, fields)
    with book.step("trainings.add", name=name, title=title):
        return book.trainings.add(member=member, title=title, start=first, until=until, **fields)


def edit_training(book: Book, training: int, **fields: Value) -> Training:
    """Change a training; None takes a field away."""
    now = book.trainings.get(training)
    guard(book, now.start, now.until, fields.get("start"), fields.get("until"))
    if "title" in fields:
        fields["title"] = check_title(fields["title"], _NO_TITLE)
    if fields.get("member") is not None:
        book.members.get(fields["member"])
    _check(fields.get("start") or now.start, fields.get("until", now.until), fields)
    name = name_of(book, fields.get("member") or now.member)
    with book.step("trainings.edit", name=name, title=fields.get("title", now.title)):
        return book.trainings.update(training, **fields)


def remove_training(book: Book, training: int) -> None:
    """Remove a training entered by mistake; reports and entries about it stay, without it."""
    now = book.trainings.get(training)
    guard(book, now.start, now.until)
    with book.step("trainings.remove", name=name_of(book, now.member), title=now.title):
        for piece in book.work.where(lambda piece: piece.training == training):
            book.work.update(piece.id, training=None)
        for entry in book.entries.where(lambda entry: entry.training == training):
            book.entries.update(entry.id, training=None)
        book.trainings.remove(training)


def relay_training(
    book: Book, training: int, *, date: date | None = None, session: int | None = None, **fields: Value
) -> Entry:
    """Note that a member told the group what they had learned, on `date` (that of the session, else today)."""
    now = book.trainings.get(training)
    meeting = book.sessions.get(session) if session is not None else None
    day = date or (meeting.date if meeting else book.today)
    if day < now.start:
        raise Refused(
            lazy("{title} began on {start}; it cannot be relayed on {day}."), title=now.title, start=now.start, day=day
        )
    with book.step("trainings.relay", name=name_of(book, now.member), title=now.title):
        return add_entry(book, EntryKind.RELAY, date=day, title=now.title, training=training, session=session, **fields)


def report_training(book: Book, training: int, *, date: date | None = None, **fields: Value) -> Work:
    """Hand in the report of a training for its member."""
    from coordinator_tui.book.work import hand_in

    now = book.trainings.get(training)
    fields.setdefault("title", now.title)
    return hand_in(book, now.member, kind=WorkKind.TRAINING_REPORT, date=date, training=training, **fields)


def trainings_of(
    book: Book,
    *,
    term: Term | None = None,
    member: int | None = None,
    area: TrainingArea | None = None,
    first: date | None = None,
    last: date | None = None,
) -> list[Training]:
    """Return trainings, the latest first: that touch a term, of a member, of an area, that touch some days."""
    found = book.trainings.where(
        lambda one: (
            (member is None or one.member == member)
            and (area is None or one.area is area)
            and (term is None or within(one.start, one.until, term.start, term.until))
            and within(one.start, one.until, first, last)
        )
    )
    return sorted(found, key=lambda one: (one.start, one.until or one.start, one.id), reverse=True)


def reported(book: Book) -> set[int]:
    """Return the trainings of which a report is handed in; one that was given back does not count."""
    return book.derived("reported trainings", ("work",), lambda: _reported(book))


def relayed(book: Book) -> set[int]:
    """Return the trainings that were relayed to the group."""
    return book.derived(
        "relayed trainings",
        ("entries",),
        lambda: {one.training for one in book.entries if one.kind is EntryKind.RELAY and one.training is not None},
    )


def without_report(book: Book, member: int) -> list[Training]:
    """Return the trainings of a member that still lack a report, the latest first."""
    return [one for one in trainings_of(book, member=member) if one.id not in reported(book)]


def training_words(book: Book, training: Training) -> str:
    """Return a training in a few words."""
    return f"{name_of(book, training.member)} {training.start} {training.title}"


def find_training(book: Book, text: str) -> Training:
    """Return the training meant by its number, its title or the member; NoSuchThing, or DecisionNeeded."""
    return find_record(
        book,
        "trainings",
        text,
        trainings_of(book),
        people=lambda one: (one.member,),
        words=lambda one: training_words(book, one),
    )


def training_json(book: Book, training: Training) -> dict[str, Any]:
    """Return a training as `trainings list --json` prints it."""
    return {
        "id": training.id,
        "member": training.member,
        "name": name_of(book, training.member),
        "title": training.title,
        "start": training.start.isoformat(),
        "until": training.until.isoformat() if training.until else None,
        "hours": training.hours,
        "area": training.area.value if training.area else None,
        "level": training.level.value if training.level else None,
        "organiser": training.organiser,
        "missed": training.missed,
        "reported": training.id in reported(book),
        "relayed": training.id in relayed(book),
        "note": training.note,
    }


_NO_TITLE = lazy("A training needs a title.")


def _reported(book: Book) -> set[int]:
    return {
        piece.training for piece in book.work if piece.training is not None and piece.status is not WorkStatus.RETURNED
    }


def _check(start: date, until: date | None, fields: dict[str, Any]) -> None:
    check_span(start, until)
    check_not_negative(fields, "hours", lazy("{figure} hours cannot be right."))
    missed = fields.get("missed")
    if missed is not None and not 0 <= missed <= 1:
        raise Refused(
            lazy("{figure} of a training cannot have been missed; the share lies between 0 and 1."),
            figure=figure_words(missed),
        )
    for name, kind in (("area", TrainingArea), ("level", AwardLevel)):
        if fields.get(name) is not None:
            fields[name] = kind(fields[name])
