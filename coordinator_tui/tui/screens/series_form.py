"""The form of a series."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from coordinator_tui.book import groups, series
from coordinator_tui.book.errors import BookError, Refused
from coordinator_tui.book.members import name_of
from coordinator_tui.domain.vocabulary import SessionKind, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, pgettext
from coordinator_tui.tui.screens.day_words import WEEKDAYS, day_check, optional_day, time_check
from coordinator_tui.tui.screens.members_forms import member_named
from coordinator_tui.tui.widgets.form import Field, FormDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Series

_SEPARATORS = re.compile(r"[、,，;；]+|\s{2,}")


def series_form(book: Book, row: int | None, *, done: Callable[[Series], None]) -> FormDialog:
    """Return the form of a series, or of a new one for None."""
    now = book.series.get(row) if row is not None else None

    def save(values: dict[str, str]) -> None:
        fields = _read(book, values)
        if now is None:
            done(series.add_series(book, **fields))
        else:
            done(series.edit_series(book, now.id, **{k: v for k, v in fields.items() if v != getattr(now, k)}))

    heading = _("Edit {name}").format(name=now.name) if now else _("New series")
    return FormDialog(heading, _fields(book, now), save)


def _fields(book: Book, now: Series | None) -> list[Field]:
    def value(name: str, usual: str = "") -> str:
        found = getattr(now, name) if now else usual
        return str(found or "")

    usual, check = book.settings, day_check(book)
    days = [(str(number), str(name)) for number, name in enumerate(WEEKDAYS, 1)]
    kinds = [(kind.value, title(kind)) for kind in SessionKind]
    there = [(str(each.id), each.name) for each in groups.all_groups(book)]
    speakers = "、".join(name_of(book, member) for member in now.speakers) if now else ""
    turn = lazy("several names, with 、; empty: nobody yet")
    return [
        Field(
            "name",
            pgettext("thing", "Name"),
            value("name"),
            required=True,
            placeholder=lazy("such as Wednesday research meeting"),
        ),
        Field("weekday", _("Weekday"), value("weekday", "3"), choices=days),
        Field("start", _("Begins"), value("start", usual.text("session_start")), check=time_check, required=True),
        Field("end", _("Ends"), value("end", usual.text("session_end")), check=time_check, required=True),
        Field("every", _("Every … weeks"), value("every", "1"), check=_weeks_problem, required=True),
        Field("kind", _("Form"), now.kind.value if now else SessionKind.GROUP_RESEARCH.value, choices=kinds),
        Field("place", _("Place"), value("place", usual.text("place"))),
        Field("hosts", _("Hosts in turn"), "、".join(now.hosts) if now else "", placeholder=turn),
        Field("speakers", _("Speakers in turn"), speakers, check=_speakers_check(book), placeholder=turn),
        Field(
            "from_date",
            pgettext("day", "From"),
            value("from_date"),
            check=check,
            placeholder=lazy("empty: the whole term"),
        ),
        Field(
            "until_date",
            pgettext("day", "Until"),
            value("until_date"),
            check=check,
            placeholder=lazy("empty: the whole term"),
        ),
        *(
            [Field("group", _("Group"), str(now.group if now else book.group.id), choices=there)]
            if len(there) > 1
            else []
        ),
    ]


def _read(book: Book, values: dict[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {name: values[name].strip() for name in ("name", "start", "end")}
    fields |= {name: int(values[name]) for name in ("weekday", "every")}
    fields |= {"kind": SessionKind(values["kind"]), "place": values["place"].strip() or None}
    fields |= {"hosts": tuple(_parts(values["hosts"])), "speakers": _speakers(book, values["speakers"])}
    fields |= {name: optional_day(book, values[name]) for name in ("from_date", "until_date")}
    return fields | ({"group": int(values["group"])} if "group" in values else {})


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def _speakers(book: Book, text: str) -> tuple[int, ...]:
    return tuple(member_named(book, part).id for part in _parts(text))


def _speakers_check(book: Book) -> Callable[[str], str | None]:
    def check(text: str) -> str | None:
        try:
            _speakers(book, text)
        except BookError as error:
            return str(error)
        return None

    return check


def _weeks_problem(text: str) -> str | None:
    if text.strip().isdecimal() and 1 <= int(text) <= 26:
        return None
    return str(Refused(lazy("“{text}” is not a number of weeks from 1 to 26."), text=text))
