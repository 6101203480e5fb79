"""What depends on a record: which rules have to be computed anew, and for whom, when it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.rules.pack import Counted, Each, PerUnit, Source
from coordinator_tui.domain.vocabulary import SessionStatus
from coordinator_tui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coordinator_tui.domain.records import Record
    from coordinator_tui.domain.rules.asks import Rule
    from coordinator_tui.domain.rules.facts import Facts


_WHOM: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "members": (("id",), ()),
    "groups": ((), ("id",)),
    "memberships": (("member",), ("group",)),
    "pairs": (("mentor", "apprentice"), ()),
}
"""Fields of members and of groups that a record of the table is about; elsewhere it is `member`."""


def touched(
    facts: Facts, rules: Sequence[Rule], table: str, old: Record | None, new: Record | None
) -> Iterator[tuple[int, int]]:
    """Yield (index of rule, unit) of all that a change of a record from `old` to `new` can reach."""
    for record in (old, new):
        if record is None:
            continue
        if table in {"sessions", "attendance"}:
            yield from _of_session(facts, rules, table, record)
        else:
            members, groups = _about(facts, table, record)
            for rule in rules:
                if _concerns(rule, table, record):
                    yield from ((rule.index, unit) for unit in _units(facts, rule, table, members, groups))


def _concerns(rule: Rule, table: str, record: Record) -> bool:
    """Tell whether a rule looks at such a record at all."""
    each = rule.requirement.who.each
    if table in {"members", "memberships"}:
        return True
    if table == "leaves":
        return each is Each.MEMBER
    if table == "placements" and each is Each.MEMBER:
        return True
    if table not in rule.reads:
        return False
    what = rule.requirement.what
    if table == "work" and what.source is Source.WORK and what.kinds:
        return getattr(record, "kind", None) in what.kinds
    return True


def _units(facts: Facts, rule: Rule, table: str, members: set[int], groups: set[int]) -> Iterator[int]:
    each = rule.requirement.who.each
    if each is Each.MEMBER:
        yield from members
    elif each is Each.GROUP:
        yield from groups
        if table != "memberships":
            for member in members:
                yield from (one.group for one in facts.memberships_of(member))
    elif table != "memberships":
        yield 0


def _about(facts: Facts, table: str, record: Any) -> tuple[set[int], set[int]]:  # noqa: ANN401 - any record
    """Return the members and groups that a record is about."""
    if table == "readings":
        return _of_reading(facts, record)
    if table == "entries":
        return _of_entry(facts, record)
    members, groups = _WHOM.get(table, (("member",), ()))
    return {getattr(record, name) for name in members}, {getattr(record, name) for name in groups}


def _of_reading(facts: Facts, reading: Any) -> tuple[set[int], set[int]]:  # noqa: ANN401 - a Reading
    members = {work.member for work in facts.by("work", "reading", reading.id)}
    called = fold(reading.recommended_by or "")
    if called:
        members |= {member.id for member in facts.members.values() if fold(member.name) == called}
    return members, set(facts.groups) if reading.group is None else {reading.group}


def _of_entry(facts: Facts, entry: Any) -> tuple[set[int], set[int]]:  # noqa: ANN401 - an Entry
    members = {entry.member} if entry.member is not None else set()
    training = facts.trainings.get(entry.training) if entry.training is not None else None
    placement = facts.placements.get(entry.placement) if entry.placement is not None else None
    members |= {one.member for one in (training, placement) if one is not None}
    session = facts.sessions.get(entry.session) if entry.session is not None else None
    groups = {entry.group} if entry.group is not None else set()
    return members, groups | ({session.group} if session is not None else set())


def _of_session(facts: Facts, rules: Sequence[Rule], table: str, record: Any) -> Iterator[tuple[int, int]]:  # noqa: ANN401
    """Yield what a session, or the mark of somebody at it, reaches."""
    identity = record.id if table == "sessions" else record.session
    session = facts.sessions.get(identity) if table == "attendance" else record
    marks = facts.marks_at.get(identity, {})
    for rule in rules:
        if table not in rule.reads or not _kind_concerns(rule, session):
            continue
        each = rule.requirement.who.each
        if each is Each.MEMBER:
            whom = _at_session(facts, rule, session, marks)
            yield from ((rule.index, member) for member in whom)
            if table == "attendance":
                yield rule.index, record.member
        else:
            yield rule.index, 0 if each is Each.SCHOOL or session is None else session.group


def view(facts: Facts, rule: Rule, identity: int) -> object:
    """Return all of a session that rows rest on; while it is the same, only the row of whom is marked can change."""
    session = facts.sessions.get(identity)
    event = None
    if session is not None and (rule.of_events or rule.requirement.what.source is Source.ENTRIES):
        cancelled = session.status is SessionStatus.CANCELLED
        event = session.group, session.date, session.until, session.kind, cancelled, facts.held(session)
    return rule.selector.view(identity), event


def _kind_concerns(rule: Rule, session: Any) -> bool:  # noqa: ANN401 - a Session or None
    what, per = rule.requirement.what, rule.requirement.per
    if session is None or what.source is Source.ENTRIES:
        return True
    counted = rule.selector.about_sessions and (not what.kinds or session.kind in what.kinds)
    event = per.unit is PerUnit.SESSION or per.event is Source.SESSIONS
    return counted or (event and (not per.kinds or session.kind in per.kinds))


def _at_session(facts: Facts, rule: Rule, session: Any, marks: dict[int, Any]) -> set[int]:  # noqa: ANN401 - as above
    """Return the members whose rows a session as such can change."""
    whom = set(marks)
    if session is None:
        return whom
    if session.speaker_member is not None:
        whom.add(session.speaker_member)
    called = fold(session.host or "")
    if called and rule.selector.counted is Counted.HOSTED:
        whom |= {member.id for member in facts.members.values() if fold(member.name) == called}
    expects = rule.requirement.per.unit is PerUnit.SESSION or rule.selector.counted is Counted.HELD
    if expects or session.status is SessionStatus.CANCELLED:
        whom |= facts.ever_in(session.group)
    return whom
