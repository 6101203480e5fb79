"""Series (recurring sessions): add, edit, and plan the sessions of a term from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from coordinator_tui.book.calendar import unpublished_years
from coordinator_tui.book.errors import DecisionNeeded, NoSuchThing, Refused
from coordinator_tui.book.schedule import clashes
from coordinator_tui.book.settings import time_of_day
from coordinator_tui.book.terms import guard
from coordinator_tui.domain import calendar as planning
from coordinator_tui.domain.codec import to_document
from coordinator_tui.store import key_id
from coordinator_tui.text import clean, fold, lazy, matches

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.collection import Value
    from coordinator_tui.domain.calendar import Clash, PlannedDate
    from coordinator_tui.domain.records import Series, Session, Term
    from coordinator_tui.domain.vocabulary import SessionKind


@dataclass(frozen=True, slots=True)
class PlanPreview:
    """The sessions that planning would add, what they clash with, and the years whose holidays nobody knows yet.

    `skipped` are the dates of the slot on which nothing is planned, `note` names the holiday.
    """

    series: Series
    term: Term
    sessions: tuple[Session, ...]
    skipped: tuple[PlannedDate, ...]
    clashes: tuple[Clash, ...]
    unpublished: tuple[int, ...]


def add_series(
    book: Book,
    name: str,
    *,
    kind: SessionKind,
    weekday: int,
    start: str,
    end: str,
    group: int | None = None,
    **fields: Value,
) -> Series:
    """Return a new series; Refused for a weekday outside 1 to 7 or an end before the start."""
    checked = checked_series({"name": name, "kind": kind, "weekday": weekday, "start": start, "end": end, **fields})
    with book.step("series.add", name=checked["name"]):
        return book.series.add(group=group or book.group.id, **checked)


def edit_series(book: Book, series: int, **fields: Value) -> Series:
    """Change a series; sessions that are planned already stay as they are."""
    now = book.series.get(series)
    checked = checked_series(
        {**{name: getattr(now, name) for name in ("name", "weekday", "start", "end", "every")}, **fields}
    )
    with book.step("series.edit", name=checked["name"]):
        return book.series.update(series, **checked)


def remove_series(book: Book, series: int) -> None:
    """Remove a series; its sessions stay."""
    now = book.series.get(series)
    with book.step("series.remove", name=now.name):
        book.series.remove(series)


def all_series(book: Book, group: int | None = None) -> list[Series]:
    """Every series (of a group), by weekday and time."""
    found = book.series.where(lambda series: group is None or series.group == group)
    return sorted(found, key=lambda series: (series.weekday, series.start, series.name, series.id))


def find_series(book: Book, text: str) -> Series:
    """Return the series meant by an id or its name; NoSuchThing, or DecisionNeeded when several fit."""
    if text.strip().isdecimal() and int(text) in book.series:
        return book.series.get(int(text))
    exact = book.series.where(lambda series: fold(series.name) == fold(text))
    found = exact or book.series.where(lambda series: bool(text.strip()) and matches(text, series.name) is not None)
    if len(found) == 1:
        return found[0]
    if found:
        raise DecisionNeeded(
            lazy("“{text}” may be any of these series: {candidates}."),
            text=text,
            candidates=[(series.id, series.name) for series in found],
        )
    raise NoSuchThing(lazy("There is no series “{text}”."), text=text)


def preview_plan(
    book: Book, series: int, *, term: Term | None = None, from_: date | None = None, until: date | None = None
) -> PlanPreview:
    """Return what planning a term from a series would add; nothing is written. Dates already planned are left out."""
    return preview_series(book, book.series.get(series), term=term, from_=from_, until=until)


def preview_series(
    book: Book, now: Series, *, term: Term | None = None, from_: date | None = None, until: date | None = None
) -> PlanPreview:
    """As `preview_plan`, of a series that need not be in the book yet."""
    within, series = term or book.term, now.id
    days = book.calendar.all()
    existing = book.sessions.where(lambda session: session.series == series)
    planned = planning.plan_sessions(now, within, days, existing=existing, from_=from_, until=until)
    sessions = tuple(_with_key(book, session) for session in planned)
    new = {session.id for session in sessions}
    return PlanPreview(
        series=now,
        term=within,
        sessions=sessions,
        skipped=tuple(planning.skipped_dates(now, within, days, from_=from_, until=until)),
        clashes=tuple(
            clash
            for clash in clashes(book, term=within, more=sessions)
            if any(session.id in new for session in clash.sessions)
        ),
        unpublished=tuple(unpublished_years(book, within)),
    )


def commit_plan(book: Book, preview: PlanPreview) -> list[Session]:
    """Write the sessions of a preview, as one step; those that somebody planned meanwhile are left alone."""
    guard(book, *(session.date for session in preview.sessions))
    new = [session for session in preview.sessions if session.id not in book.sessions]
    if new:
        with book.step("sessions.plan", count=len(new), name=preview.series.name) as writing:
            for session in new:
                writing.set("sessions", session.id, to_document(session))
    return [book.sessions.get(session.id) for session in new]


def _with_key(book: Book, session: Session) -> Session:
    """Return the session under the id that every machine gives it, so that two that plan the same term agree."""
    speaker = book.members.find(session.speaker_member) if session.speaker_member else None
    identity = key_id("session", session.series or 0, session.date.isoformat())
    return replace(session, id=identity, speaker=speaker.name if speaker else session.speaker)


def checked_series(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a series, times as HH:MM; Refused for what cannot be."""
    name = clean(fields["name"] or "").strip()
    if not name:
        raise Refused(lazy("A series needs a name."))
    if not 1 <= int(fields["weekday"]) <= 7:
        raise Refused(
            lazy("A weekday is a number from 1 (Monday) to 7 (Sunday), not {weekday}."), weekday=fields["weekday"]
        )
    if int(fields.get("every", 1)) < 1:
        raise Refused(lazy("A series repeats every week or every few weeks, not every {weeks}."), weeks=fields["every"])
    start, end = time_of_day(fields["start"]), time_of_day(fields["end"])
    if end <= start:
        raise Refused(lazy("The session would end at {end}, before it starts at {start}."), start=start, end=end)
    return {**fields, "name": name, "start": start, "end": end}
