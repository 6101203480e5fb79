"""The forms about sessions: fields, moving, cancelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.book import groups, schedule
from coordinator_tui.book.errors import BookError, NoSuchThing
from coordinator_tui.book.members import find_member
from coordinator_tui.domain.vocabulary import Scope, SessionKind, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.screens.day_words import day_check, read_day, time_check
from coordinator_tui.tui.widgets.form import Field, FormDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Session

LONG = ("plan", "question", "minutes")
"""Fields that may have many lines."""

_REACH: dict[str, Callable[[Book, str], object]] = {
    "until": read_day,
    "scope": lambda _book, text: Scope(text),
    "cross_subject": lambda _book, text: text == "yes",
}
"""How the fields of activities that reach further are read."""

_PLAIN = ("start", "end", "topic", "host", "recorder", "place", "plan", "question")


def speaker_fields(book: Book, text: str) -> dict[str, Any]:
    """Return the speaker as typed, linked where it is a member; DecisionNeeded where it may be several."""
    text = text.strip()
    if not text:
        return {"speaker": None, "speaker_member": None}
    try:
        member = find_member(book, text)
    except NoSuchThing:
        return {"speaker": text, "speaker_member": None}
    return {"speaker": member.name, "speaker_member": member.id}


def _speaker_check(book: Book) -> Callable[[str], str | None]:
    def check(text: str) -> str | None:
        try:
            speaker_fields(book, text)
        except BookError as error:
            return str(error)
        return None

    return check


def _fields(book: Book, now: Session | None, day: date, group: int | None) -> list[Field]:
    def value(name: str, usual: str = "") -> str:
        found = getattr(now, name) if now else usual
        return str(found or "").replace("\n", " ")

    settings = book.settings
    kinds = [("", _("not said")), *((kind.value, title(kind)) for kind in SessionKind)]
    there = [(str(each.id), each.name) for each in groups.all_groups(book)]
    clock = lazy("such as 15:30")
    return [
        Field("date", _("Date"), str(day), check=day_check(book), required=True),
        Field(
            "start", _("Begins"), value("start", settings.text("session_start")), check=time_check, placeholder=clock
        ),
        Field("end", _("Ends"), value("end", settings.text("session_end")), check=time_check, placeholder=clock),
        Field("kind", _("Form"), now.kind.value if now and now.kind else "", choices=kinds),
        Field("topic", _("Topic"), value("topic")),
        Field(
            "speaker",
            _("Speaker"),
            value("speaker"),
            check=_speaker_check(book),
            placeholder=lazy("a member or anybody"),
        ),
        Field("host", _("Host"), value("host")),
        Field("recorder", _("Recorder"), value("recorder")),
        Field("place", _("Place"), value("place", settings.text("place"))),
        Field("plan", _("Plan"), value("plan"), placeholder=lazy("what is to be done, in a sentence or two")),
        Field("question", _("Question"), value("question"), placeholder=lazy("the question to discuss")),
        *([Field("group", _("Group"), str(now.group if now else group), choices=there)] if len(there) > 1 else []),
        *_reach_fields(book, now),
    ]


def _reach_fields(book: Book, now: Session | None) -> list[Field]:
    """Return the fields of activities that reach further than an hour of one group."""
    scopes = [("", _("not said")), *((scope.value, title(scope)) for scope in Scope)]
    across = "yes" if now and now.cross_subject else ""
    last = str(now.until or "") if now else ""
    return [
        Field("until", _("Last day"), last, check=day_check(book), placeholder=lazy("empty: that one day")),
        Field("scope", _("Scope"), now.scope.value if now and now.scope else "", choices=scopes),
        Field("cross_subject", _("Across subjects"), across, choices=[("", _("no")), ("yes", _("yes"))]),
    ]


def _read(book: Book, name: str, text: str) -> dict[str, Any]:
    text = text.strip()
    if name == "date":
        return {"date": read_day(book, text)}
    if name == "speaker":
        return speaker_fields(book, text)
    if name == "group":
        return {"group": int(text)}
    if name == "kind":
        return {"kind": SessionKind(text) if text else None}
    if name in _REACH:
        return {name: _REACH[name](book, text) if text else None}
    return {name: text or None}


def add_form(book: Book, day: date, group: int | None, *, done: Callable[[Session], None]) -> FormDialog:
    """Return the form for a new session."""
    where = group if group is not None else book.group.id

    def save(values: dict[str, str]) -> None:
        fields: dict[str, Any] = {}
        for name, text in values.items():
            fields |= _read(book, name, text)
        done(schedule.add_session(book, **{"group": where, **{k: v for k, v in fields.items() if v is not None}}))

    return FormDialog(_("New session"), _fields(book, None, day, where), save)


def edit_form(book: Book, session: int, start: str = "", *, done: Callable[[], None]) -> FormDialog:
    """Return the form of a session; only what is changed in it is written. The day is changed by moving."""
    now = book.sessions.get(session)
    fields = [field for field in _fields(book, now, now.date, now.group) if field.name != "date"]
    first = {field.name: field.value for field in fields}

    def save(values: dict[str, str]) -> None:
        changed: dict[str, Any] = {}
        for name, text in values.items():
            if text.strip() != first[name].strip():
                changed |= _read(book, name, text)
        if changed:
            schedule.edit_session(book, session, **changed)
            done()

    return FormDialog(_("Edit: {session}").format(session=schedule.session_title(now)), fields, save, start=start)


def move_form(book: Book, session: int, *, done: Callable[[Session], None]) -> FormDialog:
    """Return the form to move a session."""
    now = book.sessions.get(session)

    def save(values: dict[str, str]) -> None:
        day = read_day(book, values["date"])
        times = {name: values[name].strip() or None for name in ("start", "end")}
        done(schedule.move_session(book, session, day, reason=values["reason"].strip() or None, **times))

    fields = [
        Field("date", _("To"), str(now.date), check=day_check(book), required=True),
        Field("start", _("Begins"), now.start or "", check=time_check),
        Field("end", _("Ends"), now.end or "", check=time_check),
        Field("reason", _("Reason"), now.reason or "", placeholder=lazy("why it is moved")),
    ]
    return FormDialog(_("Move: {session}").format(session=schedule.session_title(now)), fields, save)


def cancel_form(book: Book, session: int, *, done: Callable[[], None]) -> FormDialog:
    """Return the form to cancel a session with its reason."""
    now = book.sessions.get(session)

    def save(values: dict[str, str]) -> None:
        schedule.cancel_session(book, session, reason=values["reason"].strip() or None)
        done()

    fields = [Field("reason", _("Reason"), placeholder=lazy("why it does not take place"))]
    heading = _("Cancel: {session}; it counts against nobody").format(session=schedule.session_title(now))
    return FormDialog(heading, fields, save)
