"""Who is meant and who belongs: members of a group on a day, members found by what people type, names told apart."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from coordinator_tui.domain.lightclass import dataclass
from coordinator_tui.text import fold, initials, matches, pinyin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from coordinator_tui.domain.records import Member, Membership

_MOST_NEAR = 6
_BRACKETED = re.compile(r"^(.+?)[(（]([^()（）]*)[)）]$")


def active_on(member: Member, day: date) -> bool:
    """Tell whether `day` lies in the time from `active_from` to `active_until`, both included."""
    return not (
        (member.active_from is not None and day < member.active_from)
        or (member.active_until is not None and day > member.active_until)
    )


def belongs_on(membership: Membership, day: date) -> bool:
    """Tell whether the membership holds on `day`; its first and its last day belong to it."""
    return not (
        (membership.start is not None and day < membership.start)
        or (membership.until is not None and day > membership.until)
    )


def members_on(memberships: Iterable[Membership], members: Mapping[int, Member], group: int, day: date) -> list[int]:
    """Return the ids of the active members of `group` on `day`, each once, in the order of `memberships`."""
    return list(
        dict.fromkeys(
            membership.member
            for membership in memberships
            if membership.group == group
            and belongs_on(membership, day)
            and (member := members.get(membership.member)) is not None
            and active_on(member, day)
        )
    )


def groups_on(memberships: Iterable[Membership], member: int, day: date) -> list[Membership]:
    """Return the memberships that `member` holds on `day`."""
    return [membership for membership in memberships if membership.member == member and belongs_on(membership, day)]


@dataclass(frozen=True, slots=True)
class Match:
    """What a typed name fits: exactly one member, several (`candidates`), or nobody (`near` are worth offering)."""

    one: Member | None
    candidates: tuple[Member, ...] = ()
    near: tuple[Member, ...] = ()

    @property
    def ambiguous(self) -> bool:
        """Whether somebody has to decide between `candidates`."""
        return len(self.candidates) > 1


def name_key(text: str) -> str:
    """Return the key that is the same for all ways of writing one name: folded, without middle dots and apostrophes."""
    return fold(text).replace("·", "").replace("'", "").replace("’", "")


def typed_keys(name: str) -> frozenset[str]:
    """Return what may be typed for `name` without writing it: its full readings and the initials of each."""
    return frozenset((*pinyin(name), initials(name))) - {name_key(name), ""}


def given_name(name: str) -> str:
    """Return the part before the first dot of a name such as 阿依努尔·买合木提, by which people are called; else ""."""
    given, dot, _family = fold(name).partition("·")
    return given if dot and len(given) > 1 else ""


def split_qualifier(text: str) -> tuple[str, str]:
    """Split `王伟（数）` into ("王伟", "数"); the qualifier is "" where no bracket ends the text."""
    found = _BRACKETED.match(text.strip())
    return (found[1].strip(), found[2].strip()) if found else (text.strip(), "")


def find_member(text: str, members: Iterable[Member], *, groups: Mapping[int, Sequence[str]] | None = None) -> Match:
    """Return the member that `text` names by full name (or its part before the dot), else by pinyin or initials.

    A bracket narrows by subject; by stage, group, birth or the end of the phone number where no one subject fits;
    `groups` gives the names of the groups of each member id, for brackets such as `王伟(数学组)`. Nothing is decided
    for a text that fits several.
    """
    everybody = list(members)
    found = _called(text, everybody)
    if not found:
        name, qualifier = split_qualifier(text)
        called = _called(name, everybody) if qualifier else []
        found = [m for m in called if _begins(m.subject, qualifier)]  # the subject is what names are told apart by
        if len(found) != 1:
            found = [m for m in called if _qualifies(m, qualifier, groups or {})]
    if len(found) == 1:
        return Match(found[0], (found[0],))
    return Match(None, tuple(found), () if found else _near(text, everybody))


def _called(text: str, members: list[Member]) -> list[Member]:
    key = name_key(text)
    if not key:
        return []
    exact = [member for member in members if name_key(member.name) == key]
    by_given = exact or [member for member in members if given_name(member.name) == key]
    return by_given or [member for member in members if key in typed_keys(member.name)]


def _qualifies(member: Member, qualifier: str, groups: Mapping[int, Sequence[str]]) -> bool:
    texts = (member.subject, member.stage, member.birth, *groups.get(member.id, ()))
    if any(_begins(text, qualifier) for text in texts):
        return True
    key = fold(qualifier)
    return bool(member.phone and len(key) >= 4 and fold(member.phone).endswith(key))


def _begins(text: str | None, qualifier: str) -> bool:
    return bool(text) and fold(text).startswith(fold(qualifier))


def _near(text: str, members: list[Member]) -> tuple[Member, ...]:
    name, _qualifier = split_qualifier(text)
    ranked = [(rank, member.id, member) for member in members if (rank := matches(name, member.name)) is not None]
    return tuple(member for _rank, _id, member in sorted(ranked, key=lambda entry: entry[:2])[:_MOST_NEAR])


def display_names(members: Iterable[Member]) -> dict[int, str]:
    """Return the name of each member id, unique among `members`: namesakes carry what tells them apart, `王伟(数学)`.

    Tried in turn: subject, stage, birth, the last four digits of the phone; a number where nothing tells them apart.
    """
    namesakes: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        namesakes[name_key(member.name)].append(member)
    names: dict[int, str] = {}
    for called in namesakes.values():
        names |= {called[0].id: called[0].name} if len(called) == 1 else _told_apart(called)
    return names


def _told_apart(namesakes: list[Member]) -> dict[int, str]:
    for choose in (_subject, _subject_stage, _birth, _phone_end):
        marks = [choose(member) for member in namesakes]
        if all(marks) and len(set(marks)) == len(marks):
            return {member.id: f"{member.name}({mark})" for member, mark in zip(namesakes, marks, strict=True)}
    ordered = sorted(namesakes, key=lambda member: member.id)
    return {member.id: f"{member.name}({_subject(member)}{at})" for at, member in enumerate(ordered, 1)}


def _subject(member: Member) -> str:
    return member.subject or ""


def _subject_stage(member: Member) -> str:
    return " ".join(filter(None, (member.subject, member.stage)))


def _birth(member: Member) -> str:
    return member.birth or ""


def _phone_end(member: Member) -> str:
    return (member.phone or "")[-4:]
