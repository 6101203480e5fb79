"""The sessions of a book: add, edit, move, cancel, restore, find, and what they still lack."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from coordinator_tui.book.errors import DecisionNeeded, NoSuchThing, Refused
from coordinator_tui.book.registers import check_span
from coordinator_tui.book.settings import time_of_day
from coordinator_tui.book.terms import guard, week_of_day
from coordinator_tui.domain import calendar as planning
from coordinator_tui.domain.completeness import four_haves
from coordinator_tui.domain.lightclass import dataclass
from coordinator_tui.domain.vocabulary import Scope, SessionKind, SessionStatus, title
from coordinator_tui.store import new_id
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.collection import Value
    from coordinator_tui.domain.calendar import Clash
    from coordinator_tui.domain.records import Session, Term
    from coordinator_tui.text import LazyText

LIVE = frozenset({SessionStatus.PLANNED, SessionStatus.MOVED, SessionStatus.HELD})
"""Statuses of sessions that take place or took place."""

_WORDS = {"today": "today", "今天": "today", "next": "next", "下次": "next", "last": "last", "上次": "last"}


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as lists show it: its school week, and whether anybody was marked."""

    session: Session
    week: int | None
    marks: int
    missing: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the row as `schedule list --json` prints it."""
        session = self.session
        return {
            "id": session.id,
            "date": session.date.isoformat(),
            "start": session.start,
            "end": session.end,
            "week": self.week,
            "kind": session.kind.value if session.kind else None,
            "topic": session.topic,
            "speaker": session.speaker,
            "host": session.host,
            "place": session.place,
            "status": session.status.value,
            "group": session.group,
            "recorder": session.recorder,
            "plan": session.plan,
            "question": session.question,
            "minutes": session.minutes,
            "reason": session.reason,
            "moved_from": session.moved_from.isoformat() if session.moved_from else None,
            "marks": self.marks,
            "missing": list(self.missing),
            "until": session.until.isoformat() if session.until else None,
            "scope": session.scope.value if session.scope else None,
            "cross_subject": session.cross_subject,
        }


# reading


def session_rows(
    book: Book, *, term: Term | None = None, group: int | None = None, cancelled: bool = True
) -> list[SessionRow]:
    """Sessions by date and time: of a term (the current one), of one group or of all."""
    return [
        SessionRow(session, week_of_day(book, session.date), marks_of(book, session.id), missing(session))
        for session in sessions_of(book, term or book.term, group)
        if cancelled or session.status in LIVE
    ]


def sessions_of(book: Book, term: Term | None = None, group: int | None = None) -> list[Session]:
    """Return the sessions of a term (of all for None) and a group (of all for None), by date and time."""
    return [
        session
        for session in _by_date(book)
        if (group is None or session.group == group) and (term is None or term.start <= session.date <= term.until)
    ]


def sessions_on(book: Book, day: date, group: int | None = None) -> list[Session]:
    """Return the sessions of a day that were not cancelled."""
    return [s for s in sessions_of(book, None, group) if s.date == day and s.status is not SessionStatus.CANCELLED]


def marks_of(book: Book, session: int) -> int:
    """How many members were marked at a session."""
    from coordinator_tui.book.marks import marks_by_session

    return marks_by_session(book).count(session)


def session_title(session: Session) -> str:
    """Return a session in a few words: date, time, topic or kind."""
    what = session.topic or (title(session.kind) if session.kind else "")
    return " ".join(part for part in (session.date.isoformat(), session.start, what) if part)


def next_session(book: Book, group: int | None = None) -> Session | None:
    """Return the first session from today on that is not cancelled and whose roll was not taken."""
    coming = (s for s in sessions_of(book, None, group) if s.date >= book.today and s.status in LIVE)
    return next((session for session in coming if session.date > book.today or not marks_of(book, session.id)), None)


def last_session(book: Book, group: int | None = None) -> Session | None:
    """Return the latest session up to today that was not cancelled."""
    gone = [s for s in sessions_of(book, None, group) if s.date <= book.today and s.status in LIVE]
    return gone[-1] if gone else None


def find_session(book: Book, text: str, *, group: int | None = None) -> Session:
    """Return the session meant by an id, a date (its one session), `today`, `next` or `last`.

    NoSuchThing when there is none; DecisionNeeded with the candidates when the day has several. Of several the one of
    the book's own group is meant if it is the only one of that group.
    """
    word = text.strip().lower()
    if word.isdecimal() and int(word) in book.sessions:
        return book.sessions.get(int(word))
    which = _WORDS.get(word)
    if which == "next":
        return _there(next_session(book, group), lazy("No session is planned from {day} on."), book.today)
    if which == "last":
        return _there(last_session(book, group), lazy("There was no session up to {day}."), book.today)
    return _session_on(book, book.today if which else _day(text), group)


def missing(session: Session) -> tuple[str, ...]:
    """Return what a session lacks of the four haves: codes among "plan", "topic", "speaker", "form"."""
    return () if session.status is SessionStatus.CANCELLED else tuple(four_haves(session))


def gaps(book: Book, *, term: Term | None = None, group: int | None = None) -> list[SessionRow]:
    """Sessions of the term that lack one of the four haves, by date."""
    return [row for row in session_rows(book, term=term, group=group) if row.missing]


def clashes(book: Book, *, term: Term | None = None, more: Iterable[Session] = ()) -> list[Clash]:
    """Return what overlaps in people, group or place, or hits a holiday, in the term (and `more`, not yet written)."""
    live = [session for session in sessions_of(book, term or book.term) if session.status in LIVE]
    return planning.clashes([*live, *more], book.memberships.all(), book.calendar.all())


# changing


def add_session(book: Book, *, group: int | None = None, date: date, **fields: Value) -> Session:
    """Return a new planned session; times may be written as people do. Refused in a closed term."""
    guard(book, date)
    fields = _checked(book, fields)
    check_span(date, fields.get("until"))
    with book.step("sessions.add", date=date, topic=fields.get("topic")):
        return book.sessions.add(
            new_id(), group=group or book.group.id, date=date, status=SessionStatus.PLANNED, **fields
        )


def edit_session(book: Book, session: int, **fields: Value) -> Session:
    """Change fields of a session. To move or cancel it there are use cases that keep the reason."""
    now = book.sessions.get(session)
    guard(book, now.date, fields.get("date"))
    fields = _checked(book, fields, now)
    check_span(fields.get("date") or now.date, fields.get("until", now.until))
    with book.step("sessions.edit", date=now.date, topic=fields.get("topic", now.topic)):
        return book.sessions.update(session, **fields)


def move_session(
    book: Book, session: int, to: date, *, start: str | None = None, end: str | None = None, reason: str | None = None
) -> Session:
    """Move a session to another day (and time); the first date it had is kept. Refused once its roll was taken."""
    now = book.sessions.get(session)
    guard(book, now.date, to)
    if marks_of(book, session):
        raise Refused(lazy("The roll of {session} was taken already; it cannot be moved."), session=session_title(now))
    if now.status is SessionStatus.CANCELLED:
        raise Refused(lazy("{session} is cancelled; restore it first."), session=session_title(now))
    origin = now.moved_from or now.date
    fields = _checked(book, {"start": start or now.start, "end": end or now.end}, now)
    back = to == origin
    with book.step("sessions.move", date=now.date, to=to, topic=now.topic):
        return book.sessions.update(
            session,
            date=to,
            status=SessionStatus.PLANNED if back else SessionStatus.MOVED,
            moved_from=None if back else origin,
            reason=None if back else reason,
            until=now.until and now.until + (to - now.date),
            **fields,
        )


def cancel_session(book: Book, session: int, *, reason: str | None = None) -> Session:
    """Cancel a session: it counts against nobody. Refused once its roll was taken."""
    now = book.sessions.get(session)
    guard(book, now.date)
    if marks_of(book, session):
        raise Refused(
            lazy("The roll of {session} was taken already; clear its marks before cancelling it."),
            session=session_title(now),
        )
    with book.step("sessions.cancel", date=now.date, topic=now.topic):
        return book.sessions.update(session, status=SessionStatus.CANCELLED, reason=reason)


def restore_session(book: Book, session: int) -> Session:
    """Return a cancelled session takes place after all."""
    now = book.sessions.get(session)
    guard(book, now.date)
    if now.status is not SessionStatus.CANCELLED:
        raise Refused(lazy("{session} is not cancelled."), session=session_title(now))
    with book.step("sessions.restore", date=now.date, topic=now.topic):
        return book.sessions.update(session, status=resting_status(now), reason=None)


def remove_session(book: Book, session: int) -> None:
    """Remove a session entered by mistake; Refused once its roll was taken."""
    now = book.sessions.get(session)
    guard(book, now.date)
    if marks_of(book, session):
        raise Refused(
            lazy("The roll of {session} was taken already; it cannot be removed."), session=session_title(now)
        )
    with book.step("sessions.remove", date=now.date, topic=now.topic):
        book.sessions.remove(session)


def resting_status(session: Session) -> SessionStatus:
    """Return the status of a session that is neither held nor cancelled."""
    return SessionStatus.MOVED if session.moved_from else SessionStatus.PLANNED


# parts


def _by_date(book: Book) -> list[Session]:
    def order() -> list[Session]:
        return sorted(book.sessions.all(), key=lambda s: (s.date, s.start or "", s.end or "", s.id))

    return book.derived("sessions by date", ("sessions",), order)


def _checked(book: Book, fields: dict[str, Any], now: Session | None = None) -> dict[str, Any]:
    checked: dict[str, Any] = {
        key: time_of_day(value) if key in {"start", "end"} and value else value for key, value in fields.items()
    }
    if checked.get("group") is not None:
        book.groups.get(checked["group"])
    if checked.get("kind") is not None:
        checked["kind"] = SessionKind(checked["kind"])
    if checked.get("scope") is not None:
        checked["scope"] = Scope(checked["scope"])
    if "cross_subject" in checked:
        checked["cross_subject"] = checked["cross_subject"] or None  # no is the same as not said
    if checked.get("speaker_member") is not None and not checked.get("speaker"):
        checked["speaker"] = book.members.get(checked["speaker_member"]).name
    start = checked.get("start", now.start if now else None)
    end = checked.get("end", now.end if now else None)
    if start and end and end <= start:
        raise Refused(lazy("The session would end at {end}, before it starts at {start}."), start=start, end=end)
    return checked


def _session_on(book: Book, day: date, group: int | None) -> Session:
    found = sessions_on(book, day, group)
    if len(found) > 1 and group is None:
        own = [session for session in found if session.group == book.group.id]
        found = own if len(own) == 1 else found
    if not found:
        raise _no_session_on(book, day, group)
    if len(found) > 1:
        raise DecisionNeeded(
            lazy("There are several sessions on {day}; name one by its number: {candidates}."),
            day=day,
            candidates=[(session.id, f"{session.id} {session_title(session)}") for session in found],
        )
    return found[0]


def _no_session_on(book: Book, day: date, group: int | None) -> NoSuchThing:
    """Return the error for a day without a session, which tells of one that was cancelled or moved away."""
    for session in sessions_of(book, None, group):
        if session.date == day:  # what takes place was looked for before, so this one does not
            return NoSuchThing(
                lazy("{session} is cancelled; “coordinator-tui schedule restore {day}” lets it take place."),
                session=session_title(session),
                day=day,
            )
        if session.moved_from == day:
            return NoSuchThing(
                lazy("The session of {day} was moved to {to}; name it by that date."), day=day, to=session.date
            )
    return NoSuchThing(lazy("There is no session on {day}. “coordinator-tui schedule list” shows them all."), day=day)


def _day(text: str) -> date:
    plain = text.strip()
    try:
        return date.fromisoformat(plain)
    except ValueError:
        raise NoSuchThing(
            lazy("There is no session “{text}”; name it by its number, its date (2026-09-09), today, next or last."),
            text=plain,
        ) from None


def _there(session: Session | None, message: LazyText, day: date) -> Session:
    if session is None:
        raise NoSuchThing(message, day=day)
    return session
