"""Members and their memberships: add, edit, join, leave, find, list."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from coordinator_tui.book.errors import DecisionNeeded, NoSuchThing, Refused
from coordinator_tui.domain import people
from coordinator_tui.domain.vocabulary import GroupKind, Role
from coordinator_tui.store import key_id
from coordinator_tui.text import clean, lazy, matches, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.collection import Value
    from coordinator_tui.domain.records import Group, Member, Membership

_KINDS = {kind: place for place, kind in enumerate(GroupKind)}
PEOPLE = ("members", "memberships", "groups")
"""The tables that say who is who."""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member as lists show them on one day; `name` tells namesakes apart; `role` is the highest there."""

    member: Member
    name: str
    groups: tuple[Group, ...] = ()
    role: Role | None = None
    active: bool = True

    def to_json(self) -> dict[str, Any]:
        """Return the row as `members list --json` prints it."""
        member = self.member
        return {
            "id": member.id,
            "name": member.name,
            "gender": member.gender,
            "birth": member.birth,
            "subject": member.subject,
            "groups": [group.name for group in self.groups],
            "role": self.role.value if self.role else None,
            "active": self.active,
            "stage": member.stage,
            "title": member.title,
            "level": member.level.value if member.level else None,
            "honours": list(member.honours),
            "joined_school": member.joined_school,
            "joined_work": member.joined_work,
            "phone": member.phone,
            "note": member.note,
        }


@dataclass(slots=True)
class _Belonging:
    """Memberships by member and by group, built once for each state of the table."""

    by_member: dict[int, list[Membership]] = field(default_factory=dict)
    by_group: dict[int, list[Membership]] = field(default_factory=dict)


# people as they are


def names(book: Book) -> Mapping[int, str]:
    """Return the name of every member by id, with the subject in brackets where two people share a name."""
    return book.derived("names", ("members",), lambda: dict(people.display_names(book.members.all())))


def name_of(book: Book, member: int | None) -> str:
    """Return the name of a member, "?" for one that is not in the book any more."""
    return "" if member is None else names(book).get(member, "?")


def in_order(book: Book, members: Iterable[int]) -> list[Member]:
    """Return the members of these ids in the printed order: by pinyin of the name, then by what tells them apart."""
    order = book.derived("order", ("members",), lambda: _order(book))
    everyone = book.members.mapping()
    return [everyone[member] for member in sorted((m for m in members if m in everyone), key=order.__getitem__)]


def members_of(book: Book, group: int, on: date | None = None) -> list[Member]:
    """Who belongs to a group on a day (today), in the printed order."""
    day = on or book.today
    return book.derived(
        ("members of", group, day),
        PEOPLE,
        lambda: in_order(book, people.members_on(book.memberships.all(), book.members.mapping(), group, day)),
    )


def memberships_of(book: Book, member: int) -> list[Membership]:
    """Return the memberships of a member, past ones too, earliest first."""
    return list(_belonging(book).by_member.get(member, ()))


def member_rows(
    book: Book, *, group: int | None = None, on: date | None = None, everyone: bool = False, query: str = ""
) -> list[MemberRow]:
    """Members for a list, in the printed order, or best match first when `query` is given.

    `group` keeps those who belong to it on the day; without it all that are active on the day; `everyone` adds those
    who have left. `query` is a piece of a name, pinyin, initials, or a subject.
    """
    day = on or book.today
    if group is not None and not everyone:
        members = members_of(book, group, day)
    elif group is not None:
        members = in_order(book, {membership.member for membership in _belonging(book).by_group.get(group, ())})
    else:
        members = [m for m in in_order(book, book.members.mapping()) if everyone or people.active_on(m, day)]
    rows = [_row(book, member, group, day) for member in members]
    if not query.strip():
        return rows
    ranked = [(rank, row) for row in rows if (rank := matches(query, row.name, row.member.subject or "")) is not None]
    return [row for _rank, row in sorted(ranked, key=lambda pair: pair[0])]


def search(book: Book, query: str, *, group: int | None = None) -> list[MemberRow]:
    """Members that a query finds, best first, those who have left too."""
    return member_rows(book, group=group, everyone=True, query=query)


def find_member(book: Book, text: str, *, group: int | None = None) -> Member:
    """Return the one member meant by a full name, pinyin, initials, `王伟(数学)`, or an id.

    NoSuchThing when nobody fits; DecisionNeeded with the candidates when several do. Never a guess.
    """
    by_id = book.members.find(int(text)) if text.strip().isdecimal() else None
    if by_id is not None:
        return by_id
    among = book.members.all() if group is None else members_of(book, group)
    match = people.find_member(text, among, groups=_group_names(book))
    if match.one is not None:
        return match.one
    if match.candidates:
        raise DecisionNeeded(
            lazy("“{text}” may be any of these: {candidates}."),
            text=text,
            candidates=[(member.id, name_of(book, member.id)) for member in match.candidates],
        )
    if match.near:
        near = ", ".join(name_of(book, member.id) for member in match.near)
        raise NoSuchThing(lazy("There is no member “{text}”; perhaps one of these: {near}."), text=text, near=near)
    raise NoSuchThing(lazy("There is no member “{text}”. “coordinator-tui members list” shows everybody."), text=text)


# changing them


def add_member(
    book: Book,
    name: str,
    *,
    group: int | None = None,
    role: Role = Role.MEMBER,
    start: date | None = None,
    **fields: Value,
) -> Member:
    """Return a new member, who joins `group` (if given) from `start`. People may share a name."""
    name = _name(name)
    _check_fields(fields)
    with book.step("members.add", name=name):
        member = book.members.add(name=name, **fields)
        if group is not None:
            join_group(book, member.id, group, role=role, start=start)
    return member


def edit_member(book: Book, member: int, **fields: Value) -> Member:
    """Change fields of a member; None takes one away. A spouse is linked on both sides."""
    now = book.members.get(member)
    if "name" in fields:
        fields["name"] = _name(fields["name"])
    _check_fields(fields)
    with book.step("members.edit", name=fields.get("name", now.name)):
        if "spouse" in fields and fields["spouse"] != now.spouse:
            _link_spouses(book, now, fields["spouse"])
        return book.members.update(member, **fields)


def remove_member(book: Book, member: int) -> None:
    """Remove a member entered by mistake, with their memberships; Refused when attendance or work refers to them."""
    from coordinator_tui.book.merging import references

    now = book.members.get(member)
    if any(reference.table != "memberships" for reference in references(book, member)):
        raise Refused(
            lazy(
                "{name} has attendance, work, leaves or entries; let them leave with “coordinator-tui members leave”."
            ),
            name=name_of(book, member),
        )
    with book.step("members.remove", name=now.name):
        for membership in memberships_of(book, member):
            book.memberships.remove(membership.id)
        book.members.remove(member)


def join_group(
    book: Book,
    member: int,
    group: int,
    *,
    role: Role = Role.MEMBER,
    start: date | None = None,
    until: date | None = None,
) -> Membership:
    """Make a member belong to a group from `start` (always, if None); if they do already, the role changes."""
    book.members.get(member)
    now = book.groups.get(group)
    for membership in memberships_of(book, member):
        if membership.group == group and _overlap(membership, start, until):
            return edit_membership(book, membership.id, role=role)
    identity = key_id("membership", member, group)
    if identity in book.memberships:
        identity = key_id("membership", member, group, start.isoformat() if start else "")
    with book.step("memberships.add", name=name_of(book, member), group=now.name):
        return book.memberships.add(identity, member=member, group=group, role=role, start=start, until=until)


def edit_membership(book: Book, membership: int, **fields: Value) -> Membership:
    """Change role, start or until of a membership."""
    now = book.memberships.get(membership)
    start, until = fields.get("start", now.start), fields.get("until", now.until)
    if start and until and until < start:
        raise Refused(lazy("The membership would end ({until}) before it begins ({start})."), start=start, until=until)
    with book.step("memberships.edit", name=name_of(book, now.member), group=_group_name(book, now.group)):
        return book.memberships.update(membership, **fields)


def leave_group(book: Book, member: int, group: int, *, until: date | None = None) -> Membership:
    """End a member's membership; `until` (today) is the last day of it. Refused if they do not belong to the group."""
    last = until or book.today
    for membership in memberships_of(book, member):
        if membership.group == group and _overlap(membership, last, last):
            _check_last_day(book, membership.start, last, member)
            with book.step("memberships.leave", name=name_of(book, member), group=_group_name(book, group)):
                return book.memberships.update(membership.id, until=last)
    raise Refused(
        lazy("{name} does not belong to {group} on {day}."),
        name=name_of(book, member),
        group=_group_name(book, group),
        day=last,
    )


def take_out(book: Book, membership: int) -> None:
    """Remove a membership that was entered by mistake, as if it had never been."""
    now = book.memberships.get(membership)
    with book.step("memberships.remove", name=name_of(book, now.member), group=_group_name(book, now.group)):
        book.memberships.remove(membership)


def deactivate(book: Book, member: int, *, until: date | None = None) -> Member:
    """Return a member leaves the school: expected nowhere after `until` (today), and everything they did stays."""
    now = book.members.get(member)
    last = until or book.today
    _check_last_day(book, now.active_from, last, member)
    with book.step("members.deactivate", name=now.name, day=last + timedelta(days=1)):
        return book.members.update(member, active_until=last)


def reactivate(book: Book, member: int) -> Member:
    """Return a member who had left is back, as if they had never left."""
    now = book.members.get(member)
    with book.step("members.reactivate", name=now.name):
        return book.members.update(member, active_until=None)


# parts


def _order(book: Book) -> dict[int, int]:
    ranked = sorted(book.members.all(), key=lambda m: (sort_key(m.name), m.name, m.subject or "", m.birth or "", m.id))
    return {member.id: place for place, member in enumerate(ranked)}


def _belonging(book: Book) -> _Belonging:
    def build() -> _Belonging:
        found = _Belonging()
        for membership in sorted(
            book.memberships.all(), key=lambda m: (m.start is not None, m.start or book.today, m.id)
        ):
            found.by_member.setdefault(membership.member, []).append(membership)
            found.by_group.setdefault(membership.group, []).append(membership)
        return found

    return book.derived("belonging", ("memberships",), build)


def _group_names(book: Book) -> dict[int, list[str]]:
    """Return the names of the groups of each member, past ones too, for brackets such as 王伟(数学组)."""
    called: dict[int, list[str]] = {}
    for membership in book.memberships.all():
        called.setdefault(membership.member, []).append(_group_name(book, membership.group))
    return called


def _row(book: Book, member: Member, group: int | None, day: date) -> MemberRow:
    current = [m for m in memberships_of(book, member.id) if _overlap(m, day, day)]
    groups = sorted((found for m in current if (found := book.groups.find(m.group)) is not None), key=_in_order)
    roles = [m.role for m in current if group is None or m.group == group]
    role = min(roles, key=list(Role).index, default=None)
    return MemberRow(member, name_of(book, member.id), tuple(groups), role, people.active_on(member, day))


def _in_order(group: Group) -> tuple[int, object, int]:
    """Order groups by kind, the research group first, then by the pinyin of their names."""
    return _KINDS.get(group.kind, len(_KINDS)), sort_key(group.name), group.id


def _overlap(membership: Membership, start: date | None, until: date | None) -> bool:
    begins = membership.start is None or until is None or membership.start <= until
    return begins and (membership.until is None or start is None or start <= membership.until)


def _link_spouses(book: Book, member: Member, spouse: int | None) -> None:
    if spouse == member.id:
        raise Refused(lazy("Nobody is their own spouse."))
    for former in (member.spouse, book.members.get(spouse).spouse if spouse is not None else None):
        if former is not None and former in book.members:
            book.members.update(former, spouse=None)
    if spouse is not None:
        book.members.update(spouse, spouse=member.id)


def _name(text: str | None) -> str:
    name = clean(text or "").strip()
    if not name:
        raise Refused(lazy("A member needs a name."))
    return name


def _check_fields(fields: Mapping[str, Any]) -> None:
    start, until = fields.get("active_from"), fields.get("active_until")
    if start and until and until < start:
        raise Refused(lazy("The last day ({until}) would come before the first ({start})."), start=start, until=until)


def _check_last_day(book: Book, start: date | None, last: date, member: int) -> None:
    if start is not None and last < start:
        raise Refused(
            lazy("{name} begins on {start}; the last day cannot be {until}."),
            name=name_of(book, member),
            start=start,
            until=last,
        )


def _group_name(book: Book, group: int) -> str:
    found = book.groups.find(group)
    return found.name if found else "?"
