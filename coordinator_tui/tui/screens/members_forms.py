"""The forms about people: somebody's fields, joining and leaving a group, leaving the school."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from coordinator_tui.book import groups, members
from coordinator_tui.book.errors import BookError, DecisionNeeded, NoSuchThing, Refused
from coordinator_tui.domain.people import name_key
from coordinator_tui.domain.vocabulary import Level, Role, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.screens.day_words import day_check, month_check, month_of, optional_day, read_day
from coordinator_tui.tui.widgets.form import Field, FormDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Member, Membership

_SEPARATORS = re.compile(r"[、,，;；/]+")
_NO_GROUP = ""


# people by name


def member_named(book: Book, text: str) -> Member:
    """Return the one member meant by what is typed: a name, pinyin, initials. A sentence for the form otherwise."""
    try:
        return members.find_member(book, text)
    except NoSuchThing as error:
        near = error.params.get("near")
        if near:
            raise NoSuchThing(
                lazy("There is no member “{text}”; perhaps one of these: {near}."), text=text, near=near
            ) from None
        raise NoSuchThing(lazy("There is no member “{text}”."), text=text) from None
    except DecisionNeeded as error:
        names = ", ".join(words for _id, words in error.candidates)
        raise DecisionNeeded(
            lazy("“{text}” may be any of these: {names}."), text=text, names=names, candidates=error.candidates
        ) from None


def member_check(book: Book) -> Callable[[str], str | None]:
    """Return a field's check: the sentence that says why no one member is meant, or None."""

    def check(text: str) -> str | None:
        try:
            member_named(book, text)
        except BookError as error:
            return str(error)
        return None

    return check


# somebody's fields


def _detail_fields(book: Book, member: Member | None) -> list[Field]:
    def now(name: str) -> str:
        value = getattr(member, name) if member else None
        return "" if value is None else str(value)

    levels = [("", _("not said")), *((level.value, title(level)) for level in Level)]
    spouse = members.name_of(book, member.spouse) if member and member.spouse else ""
    month = lazy("1985, 1985-03 or 1985-03-12")
    return [
        Field("name", _("Name"), now("name"), required=True),
        Field("subject", _("Subject"), now("subject")),
        Field("gender", _("Gender"), now("gender"), choices=genders()),
        Field("birth", _("Birth"), now("birth"), check=month_check, placeholder=month),
        Field("stage", _("Stage"), now("stage"), placeholder=lazy("such as primary or junior")),
        Field("title", _("Professional title"), now("title")),
        Field("level", _("Level"), member.level.value if member and member.level else "", choices=levels),
        Field(
            "honours", _("Honours"), "、".join(member.honours) if member else "", placeholder=lazy("several: with 、")
        ),
        Field("joined_school", _("Joined the school"), now("joined_school"), check=month_check, placeholder=month),
        Field("joined_work", _("Began to work"), now("joined_work"), check=month_check, placeholder=month),
        Field("spouse", _("Spouse"), spouse, check=member_check(book), placeholder=lazy("a member's name")),
        Field("phone", _("Phone"), now("phone")),
        Field("note", _("Note"), now("note").replace("\n", " ")),
    ]


def genders() -> list[tuple[str, str]]:
    """Return what can be said of somebody's gender."""
    return [("", _("not said")), ("female", _("female")), ("male", _("male"))]


def _read(book: Book, name: str, text: str) -> Any:  # noqa: ANN401 - as the field's record types it
    if name in {"birth", "joined_school", "joined_work"}:
        return month_of(text) or None
    if name == "honours":
        return tuple(part.strip() for part in _SEPARATORS.split(text) if part.strip())
    if name == "spouse":
        return member_named(book, text).id if text.strip() else None
    if name == "level":
        return Level(text) if text else None
    return text.strip() or None


def edit_form(book: Book, member: int, start: str = "", *, done: Callable[[], None]) -> FormDialog:
    """Return the form of somebody's fields; only what is changed in it is written."""
    fields = _detail_fields(book, book.members.get(member))
    first = {field.name: field.value for field in fields}

    def save(values: dict[str, str]) -> None:
        changed = {name: _read(book, name, text) for name, text in values.items() if text.strip() != first[name]}
        if changed:
            members.edit_member(book, member, **changed)
            done()

    return FormDialog(_("Edit {name}").format(name=members.name_of(book, member)), fields, save, start=start)


def add_form(book: Book, group: int | None, *, done: Callable[[Member], None]) -> FormDialog:
    """Return the form for a new member; a name that is there already is asked about by refusing it once."""
    name, subject, *rest = _detail_fields(book, None)
    fields = [
        name,
        subject,
        *(membership_fields(book, group) if len(book.groups) else ()),
        *(field for field in rest if field.name != "spouse"),
    ]
    asked: set[str] = set()

    def save(values: dict[str, str]) -> None:
        _ask_about_namesakes(book, values["name"], asked)
        fields = {key: _read(book, key, values[key]) for key in values if key not in {"name", "group", "role", "start"}}
        where = int(values["group"]) if values.get("group") else None
        start = optional_day(book, values.get("start", ""))
        role = Role(values.get("role") or Role.MEMBER)
        known = {key: value for key, value in fields.items() if value}
        done(members.add_member(book, values["name"], group=where, role=role, start=start, **known))

    return FormDialog(_("New member"), fields, save)


def _ask_about_namesakes(book: Book, name: str, asked: set[str]) -> None:
    key = name_key(name)
    same = [member for member in book.members.all() if name_key(member.name) == key]
    if same and key not in asked:
        asked.add(key)
        there = ", ".join(" ".join(filter(None, (member.name, member.subject, member.birth))) for member in same)
        raise Refused(
            lazy("In the book already: {there}. Save once more if this is another person of that name."), there=there
        )


# groups


def membership_fields(book: Book, group: int | None, membership: Membership | None = None) -> list[Field]:
    """Return the fields of belonging to a group; with a membership its own, without the group."""
    first = str((membership.start if membership else usual_start(book)) or "")
    role = membership.role if membership else Role.MEMBER
    own = [
        Field("role", _("Role"), role.value, choices=[(each.value, title(each)) for each in Role]),
        Field("start", _("First day"), first, check=day_check(book), placeholder=lazy("empty: always")),
    ]
    if membership:
        last = str(membership.until or "")
        return [
            *own,
            Field("until", _("Last day"), last, check=day_check(book), placeholder=lazy("empty: still there")),
        ]
    choices = [(str(each.id), each.name) for each in groups.all_groups(book)]
    here = str(group if group is not None else book.group.id)
    return [Field("group", _("Group"), here, choices=[*choices, (_NO_GROUP, _("none"))]), *own]


def usual_start(book: Book) -> date | None:
    """Return the first day offered to those who join: none before any roll was taken, else today.

    Who joins in the middle of a term was not expected before, and must not make complete rolls look half taken.
    """
    return book.today if len(book.attendance) else None


def join_form(book: Book, who: Sequence[int], group: int | None, *, done: Callable[[str], None]) -> FormDialog:
    """Return the form to make people join a group."""

    def save(values: dict[str, str]) -> None:
        if not values["group"]:
            raise Refused(lazy("Choose a group."))
        joined = book.groups.get(int(values["group"]))
        with book.step("memberships.add", name=called(book, who), group=joined.name):
            for member in who:
                start = optional_day(book, values["start"])
                members.join_group(book, member, joined.id, role=Role(values["role"]), start=start)
        done(joined.name)

    heading = _("{name} joins a group").format(name=called(book, who))
    return FormDialog(heading, membership_fields(book, group), save)


def membership_form(book: Book, membership: int, *, done: Callable[[], None]) -> FormDialog:
    """Return the form of a membership."""
    now = book.memberships.get(membership)

    def save(values: dict[str, str]) -> None:
        start, until = (optional_day(book, values[name]) for name in ("start", "until"))
        members.edit_membership(book, membership, role=Role(values["role"]), start=start, until=until)
        done()

    group = book.groups.find(now.group)
    heading = _("{name} in {group}").format(name=members.name_of(book, now.member), group=group.name if group else "?")
    return FormDialog(heading, membership_fields(book, None, now), save)


def leave_group_form(book: Book, member: int, *, done: Callable[[str], None]) -> FormDialog | None:
    """Return the form to leave a group; None for somebody who is in none today."""
    today = [
        (str(group.id), group.name)
        for m in members.memberships_of(book, member)
        if (m.until is None or m.until >= book.today) and (group := book.groups.find(m.group)) is not None
    ]
    if not today:
        return None

    def save(values: dict[str, str]) -> None:
        members.leave_group(book, member, int(values["group"]), until=read_day(book, values["until"]))
        done(book.groups.get(int(values["group"])).name)

    fields = [
        Field("group", _("Group"), choices=today),
        Field("until", _("Last day"), str(book.today), check=day_check(book), required=True),
    ]
    return FormDialog(_("{name} leaves a group").format(name=members.name_of(book, member)), fields, save)


def called(book: Book, who: Sequence[int]) -> str:
    """Return whom it is about: a name, or how many."""
    if len(who) == 1:
        return members.name_of(book, who[0])
    return _("{count} people").format(count=len(who))
