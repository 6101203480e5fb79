"""Groups: add, edit, find, list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coordinator_tui.book.errors import DecisionNeeded, NoSuchThing, Refused
from coordinator_tui.domain.lightclass import dataclass
from coordinator_tui.domain.vocabulary import GroupKind, Role
from coordinator_tui.text import clean, fold, lazy, matches, sort_key

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.collection import Value
    from coordinator_tui.domain.records import Group, Member

_KIND_WORDS = re.compile("(教研|学科)?组$")


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group with its size and its leaders on the day."""

    group: Group
    members: int
    leaders: tuple[Member, ...]


def add_group(
    book: Book, name: str, *, kind: GroupKind = GroupKind.TEACHING_RESEARCH, note: str | None = None
) -> Group:
    """Return a new group; Refused when there is one of that name or the name is empty."""
    name = clean(name).strip()
    _check_name(book, name)
    with book.step("groups.add", name=name):
        return book.groups.add(name=name, kind=kind, note=note)


def edit_group(book: Book, group: int, **fields: Value) -> Group:
    """Change name, kind or note of a group."""
    now = book.groups.get(group)
    if "name" in fields:
        fields["name"] = clean(fields["name"] or "").strip()
        _check_name(book, fields["name"], but=group)
    with book.step("groups.edit", name=fields.get("name", now.name)):
        return book.groups.update(group, **fields)


def remove_group(book: Book, group: int) -> None:
    """Remove a group that nothing refers to; Refused otherwise."""
    now = book.groups.get(group)
    used = (
        any(membership.group == group for membership in book.memberships)
        or any(session.group == group for session in book.sessions)
        or any(assignment.group == group for assignment in book.assignments)
        or any(series.group == group for series in book.series)
    )
    if used:
        raise Refused(lazy("{group} has members, sessions or tasks; it cannot be removed."), group=now.name)
    with book.step("groups.remove", name=now.name):
        book.groups.remove(group)


def short_group_name(name: str) -> str:
    """Return what remains of the name of a subject's group when the words for "group" are left out, to compare by.

    Schools write 语文组, 语文教研组 and 语文学科组 for one group; 语文备课组 is another.
    """
    return _KIND_WORDS.sub("", fold(name)) or fold(name)


def names_in_the_book(book: Book) -> dict[str, str]:
    """Return the name in full of each group that its short name alone already means; ambiguous ones are left out."""
    short: dict[str, list[str]] = {}
    for group in book.groups.all():
        short.setdefault(short_group_name(group.name), []).append(group.name)
    return {key: names[0] for key, names in short.items() if len(names) == 1}


def find_group(book: Book, text: str) -> Group:
    """Return the group meant by an id, its name, a piece of it, or its pinyin.

    NoSuchThing when none fits, DecisionNeeded when several do equally well.
    """
    by_id = book.groups.find(int(text)) if text.strip().isdecimal() else None
    if by_id is not None:
        return by_id
    exact = book.groups.where(lambda group: fold(group.name) == fold(text))
    found = exact or book.groups.where(lambda group: bool(text.strip()) and matches(text, group.name) is not None)
    if len(found) == 1:
        return found[0]
    if not found:
        names = ", ".join(group.name for group in all_groups(book))
        raise NoSuchThing(lazy("There is no group “{text}”; there are: {names}."), text=text, names=names or "-")
    raise DecisionNeeded(
        lazy("“{text}” may be any of these groups: {candidates}."),
        text=text,
        candidates=[(group.id, group.name) for group in found],
    )


def all_groups(book: Book) -> list[Group]:
    """Every group, by the pinyin of its name."""
    return sorted(book.groups.all(), key=lambda group: (sort_key(group.name), group.id))


def group_rows(book: Book, on: date | None = None) -> list[GroupRow]:
    """Every group with how many members it has, and who leads it, on a day (today)."""
    from coordinator_tui.book.members import members_of

    day = on or book.today
    rows = []
    for group in all_groups(book):
        members = members_of(book, group.id, day)
        leading = {m.member for m in book.memberships if m.group == group.id and m.role == Role.LEADER}
        rows.append(GroupRow(group, len(members), tuple(member for member in members if member.id in leading)))
    return rows


def _check_name(book: Book, name: str, but: int | None = None) -> None:
    if not name:
        raise Refused(lazy("A group needs a name."))
    if any(fold(group.name) == fold(name) and group.id != but for group in book.groups):
        raise Refused(lazy("There is a group named {name} already."), name=name)
