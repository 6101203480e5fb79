"""The forms of the registers: a training, a pair, a placement, an achievement, another line; and how they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from coordinator_tui.book import achievements, entries, groups, pairs, placements, trainings
from coordinator_tui.book.errors import BookError
from coordinator_tui.book.members import name_of
from coordinator_tui.book.registers import figure_words, read_figure, read_share, share_words
from coordinator_tui.book.schedule import find_session
from coordinator_tui.domain.vocabulary import (
    AchievementKind,
    AwardLevel,
    EntryKind,
    PlacementForm,
    TrainingArea,
    title,
)
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, pgettext
from coordinator_tui.tui.screens.day_words import day_check, optional_day, read_day
from coordinator_tui.tui.screens.members_forms import member_check, member_named
from coordinator_tui.tui.screens.work_values import number_check, read_number
from coordinator_tui.tui.widgets.form import Field, FormDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from enum import StrEnum

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Achievement, Entry, Pair, Placement, Training

R = TypeVar("R")

_DAYS = frozenset({"start", "until", "date", "due", "done_on"})
_PEOPLE = frozenset({"member", "mentor", "apprentice"})
_FIGURES = frozenset({"hours", "value", "before"})
_CODES: dict[str, type[StrEnum]] = {"area": TrainingArea, "level": AwardLevel, "form": PlacementForm}


# reading what was typed


def _read(book: Book, name: str, text: str) -> Any:  # noqa: ANN401 - as the field's record types it
    """Return the value of a field; None for nothing."""
    text = text.strip()
    if not text:
        return None
    if name in _DAYS:
        return read_day(book, text)
    if name in _PEOPLE:
        return member_named(book, text).id
    if name in _FIGURES:
        return read_figure(text)
    if name in _CODES:
        return _CODES[name](text)
    readers: dict[str, Callable[[str], Any]] = {
        "missed": read_share,
        "count": read_number,
        "group": int,
        "session": lambda typed: find_session(book, _iso(book, typed)).id,
        "original_checked": lambda typed: typed == "yes",
    }
    return readers.get(name, str)(text)


def _checked(read: Callable[[str], object]) -> Callable[[str], str | None]:
    """Return a field's check made of what reads it: the sentence that it refuses with, or None."""

    def check(text: str) -> str | None:
        try:
            read(text)
        except BookError as error:
            return str(error)
        return None

    return check


def _form(
    book: Book,
    heading: str,
    fields: Sequence[Field],
    save: Callable[..., R],
    done: Callable[[R], None],
    *,
    only_changed: bool,
    start: str = "",
) -> FormDialog:
    """Return a form that hands what is typed (or only what is changed) to `save`, and what that made to `done`."""
    first = {field.name: field.value.strip() for field in fields}

    def saved(values: dict[str, str]) -> None:
        read = {
            name: _read(book, name, text)
            for name, text in values.items()
            if not only_changed or text.strip() != first[name]
        }
        if read or not only_changed:
            done(save(**read))

    return FormDialog(heading, fields, saved, start=start)


def _text(record: object, name: str) -> str:
    """Return a field of a record as a form shows it."""
    value = getattr(record, name, None) if record is not None else None
    return "" if value is None else str(value).replace("\n", " ")


def _who(book: Book, record: object, name: str, label: str, *, required: bool = True) -> Field:
    member = getattr(record, name, None) if record is not None else None
    hint = lazy("name or pinyin")
    return Field(name, label, name_of(book, member), check=member_check(book), required=required, placeholder=hint)


def _choices(kinds: Iterable[StrEnum], *, none: bool = True) -> list[tuple[str, str]]:
    return [*([("", _("not said"))] if none else []), *((kind.value, title(kind)) for kind in kinds)]


def _days(book: Book, record: object, *, until: str) -> list[Field]:
    start = _text(record, "start") if record is not None else str(book.today)
    check = day_check(book)
    return [
        Field("start", pgettext("day", "From"), start, check=check, required=True),
        Field("until", pgettext("day", "Until"), _text(record, "until"), check=check, placeholder=until),
    ]


# trainings


def training_form(book: Book, training: Training | None, *, done: Callable[[Training], None]) -> FormDialog:
    """Return the form of a training, of a new one for None."""
    fields = [
        _who(book, training, "member", _("Member")),
        Field("title", _("Training"), _text(training, "title"), required=True),
        *_days(book, training, until=_("empty: that one day")),
        Field(
            "hours", _("Credit hours"), figure_words(training.hours) if training else "", check=_checked(read_figure)
        ),
        Field("area", _("Subject area"), _text(training, "area"), choices=_choices(TrainingArea)),
        Field("level", pgettext("training", "Level"), _text(training, "level"), choices=_choices(AwardLevel)),
        Field("organiser", _("Organiser"), _text(training, "organiser")),
        Field(
            "missed", _("Share missed"), share_words(training.missed) if training else "", check=_checked(read_share),
            placeholder=lazy("such as 25% or 1/3; empty: none"),
        ),
        Field("note", _("Note"), _text(training, "note")),
    ]  # fmt: skip
    if training is None:
        return _form(
            book, _("New training"), fields, lambda **typed: trainings.add_training(book, **typed), done,
            only_changed=False,
        )  # fmt: skip
    number = training.id
    return _form(
        book, _("Edit the training"), fields, lambda **typed: trainings.edit_training(book, number, **typed), done,
        only_changed=True, start="title",
    )  # fmt: skip


def relay_form(book: Book, training: Training, *, done: Callable[[Entry], None]) -> FormDialog:
    """Return the form that notes that a training was relayed to the group."""
    fields = [
        Field(
            "session", _("Session"), check=_checked(lambda typed: find_session(book, _iso(book, typed))),
            placeholder=lazy("its date, today or last; empty: at none"),
        ),
        Field(
            "date", _("Date"), check=day_check(book), placeholder=lazy("empty: the session's day, else today"),
        ),
        Field("note", _("Note")),
    ]  # fmt: skip

    def save(values: dict[str, str]) -> None:
        session = find_session(book, _iso(book, values["session"])).id if values["session"].strip() else None
        day = optional_day(book, values["date"])
        note = values["note"].strip() or None
        done(trainings.relay_training(book, training.id, date=day, session=session, note=note))

    heading = _("{name} relays: {title}").format(name=name_of(book, training.member), title=training.title)
    return FormDialog(heading, fields, save)


def report_form(book: Book, training: Training, *, done: Callable[[], None]) -> FormDialog:
    """Return the form that hands in the report of a training."""
    fields = [
        Field("title", _("Title"), training.title),
        Field("words", _("Words"), check=number_check, placeholder=lazy("a number, if it is known")),
        Field("date", _("Handed in on"), str(book.today), check=day_check(book), required=True),
        Field("note", _("Note")),
    ]

    def save(values: dict[str, str]) -> None:
        trainings.report_training(
            book, training.id, date=read_day(book, values["date"]), title=values["title"].strip() or None,
            words=read_number(values["words"]), note=values["note"].strip() or None,
        )  # fmt: skip
        done()

    heading = _("{name} reports: {title}").format(name=name_of(book, training.member), title=training.title)
    return FormDialog(heading, fields, save)


def _iso(book: Book, text: str) -> str:
    """Return a day however it is typed as the date that sessions are found by; other words as they are."""
    if text.strip().isdecimal():
        return text
    try:
        return read_day(book, text).isoformat()
    except BookError:
        return text


# pairs and placements


def pair_form(book: Book, pair: Pair | None, *, done: Callable[[Pair], None]) -> FormDialog:
    """Return the form of a pair, of a new one for None."""
    fields = [
        _who(book, pair, "mentor", _("Mentor")),
        _who(book, pair, "apprentice", _("Apprentice")),
        *_days(book, pair, until=_("empty: not agreed yet")),
        Field("kind", _("Kind of pair"), _text(pair, "kind"), placeholder=lazy("as the school calls it")),
        Field("note", _("Note"), _text(pair, "note")),
    ]
    if pair is None:
        return _form(
            book, _("New pair"), fields, lambda **typed: pairs.add_pair(book, **typed), done, only_changed=False
        )
    number = pair.id
    return _form(
        book, _("Edit the pair"), fields, lambda **typed: pairs.edit_pair(book, number, **typed), done,
        only_changed=True, start="until",
    )  # fmt: skip


def placement_form(book: Book, placement: Placement | None, *, done: Callable[[Placement], None]) -> FormDialog:
    """Return the form of a placement, of a new one for None."""
    home = _text(placement, "home_school") if placement else book.school
    fields = [
        *([_who(book, None, "member", _("Member"))] if placement is None else []),
        Field("host_school", _("Host school"), _text(placement, "host_school"), required=True),
        Field("form", _("Form of exchange"), _text(placement, "form"), choices=_choices(PlacementForm)),
        *_days(book, placement, until=_("empty: not agreed yet")),
        Field("home_school", _("Home school"), home),
        Field("note", _("Note"), _text(placement, "note")),
    ]
    if placement is None:
        return _form(
            book, _("New placement"), fields, lambda **typed: placements.place_member(book, **typed), done,
            only_changed=False,
        )  # fmt: skip
    number = placement.id
    return _form(
        book, _("Placement of {name}").format(name=name_of(book, placement.member)), fields,
        lambda **typed: placements.edit_placement(book, number, **typed), done, only_changed=True,
    )  # fmt: skip


def end_form(book: Book, heading: str, end: Callable[..., R], *, done: Callable[[R], None]) -> FormDialog:
    """Return the form that asks for the last day of a pair or placement."""
    fields = [Field("until", _("Last day"), str(book.today), check=day_check(book), required=True)]
    return _form(book, heading, fields, end, done, only_changed=False)


# achievements and other lines


def achievement_form(book: Book, achievement: Achievement | None, *, done: Callable[[Achievement], None]) -> FormDialog:
    """Return the form of an achievement, of a new one for None."""
    seen = "yes" if achievement and achievement.original_checked else ""
    fields = [
        _who(book, achievement, "member", _("Member")),
        Field("title", _("Achievement"), _text(achievement, "title"), required=True),
        Field("kind", _("Kind"), _text(achievement, "kind"), choices=_choices(AchievementKind, none=False)),
        Field("level", _("Award level"), _text(achievement, "level"), choices=_choices(AwardLevel)),
        Field("grade", _("Award grade"), _text(achievement, "grade"), placeholder=lazy("such as a first prize")),
        Field("issuer", _("Issued or published by"), _text(achievement, "issuer")),
        Field(
            "date", _("Date"), _text(achievement, "date") if achievement else str(book.today), check=day_check(book),
            required=True,
        ),
        Field("number", _("Certificate or issue no."), _text(achievement, "number")),
        Field("original_checked", _("Original checked"), seen, choices=[("", _("no")), ("yes", _("yes"))]),
        Field("archive", _("Archive no."), _text(achievement, "archive")),
        Field("note", _("Note"), _text(achievement, "note")),
    ]  # fmt: skip
    if achievement is None:
        return _form(
            book, _("New achievement"), fields, lambda **typed: achievements.add_achievement(book, **typed), done,
            only_changed=False,
        )  # fmt: skip
    number = achievement.id
    return _form(
        book, _("Edit the achievement"), fields,
        lambda **typed: achievements.edit_achievement(book, number, **typed), done, only_changed=True, start="title",
    )  # fmt: skip


def entry_form(book: Book, entry: Entry | None, kind: EntryKind | None, *, done: Callable[[Entry], None]) -> FormDialog:
    """Return the form of a line of the register, of a new one (of `kind`, if one is shown) for None."""
    if entry is None:
        return _form(
            book, _("New line in the register"), _entry_fields(book, None, kind),
            lambda **typed: entries.add_entry(book, **typed), done, only_changed=False,
        )  # fmt: skip
    number = entry.id
    return _form(
        book, _("Edit the line"), _entry_fields(book, entry, None),
        lambda **typed: entries.edit_entry(book, number, **typed), done, only_changed=True, start="title",
    )  # fmt: skip


def _entry_fields(book: Book, entry: Entry | None, kind: EntryKind | None) -> list[Field]:
    day = day_check(book)
    known = entry.kind if entry else kind or EntryKind.SURVEY
    session = book.sessions.find(entry.session) if entry and entry.session is not None else None
    there = [("", _("not said")), *((str(group.id), group.name) for group in groups.all_groups(book))]
    figure = _checked(read_figure)
    return [
        Field("kind", _("Kind"), known.value if known else "", choices=_choices(EntryKind, none=False)),
        Field("date", _("Date"), _text(entry, "date") if entry else str(book.today), check=day, required=True),
        Field("title", _("Title"), _text(entry, "title")),
        _who(book, entry, "member", _("Member"), required=False),
        Field("group", _("Group"), _text(entry, "group"), choices=there),
        Field(
            "session", _("Session"), str(session.id if session else ""),
            check=_checked(lambda typed: find_session(book, _iso(book, typed))),
            placeholder=lazy("its date, today or last; empty: at none"),
        ),
        Field(
            "value", _("Figure"), figure_words(entry.value) if entry else "", check=figure,
            placeholder=lazy("such as the satisfaction in percent"),
        ),
        Field("before", _("Figure before"), figure_words(entry.before) if entry else "", check=figure),
        Field("count", _("Of how many"), _text(entry, "count"), check=number_check),
        Field("due", _("Due"), _text(entry, "due"), check=day),
        Field("done_on", _("Done on"), _text(entry, "done_on"), check=day),
        Field("outcome", _("Outcome"), _text(entry, "outcome")),
        Field("note", _("Note"), _text(entry, "note")),
    ]  # fmt: skip
