"""Merging two entries of the same person: everything that names the one comes to name the other."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import fields as fields_of
from typing import TYPE_CHECKING, Any

from coordinator_tui.book.errors import Refused
from coordinator_tui.book.members import name_of
from coordinator_tui.domain.codec import to_document
from coordinator_tui.store import key_id
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Attendance, Member, Membership, Placement, Record

PLACES: tuple[tuple[str, str], ...] = (
    ("memberships", "member"),
    ("attendance", "member"),
    ("leaves", "member"),
    ("work", "member"),
    ("trainings", "member"),
    ("placements", "member"),
    ("achievements", "member"),
    ("entries", "member"),
    ("pairs", "mentor"),
    ("pairs", "apprentice"),
    ("sessions", "speaker_member"),
    ("members", "spouse"),
    ("series", "speakers"),
    ("assignments", "members"),
)
"""Every table and field that names a member (the last two name several)."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that names a member, and in which field."""

    table: str
    id: int
    field: str


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge did: who is kept, how many things were moved, and marks of the same session that differed."""

    member: Member
    moved: int
    differing: tuple[tuple[Attendance, Attendance], ...]


def references(book: Book, member: int) -> list[Reference]:
    """Every document that names a member."""
    found = []
    for table, field in PLACES:
        for identity, document in book.collections[table].documents().items():
            value = document.get(field)
            if value == member or (isinstance(value, list) and member in value):
                found.append(Reference(table, identity, field))
    return found


def merge_members(book: Book, keep: int, other: int) -> MergeReport:
    """Make two entries of one person one, as one step: what is unknown of `keep` is taken from `other`, which goes.

    Where both were marked at the same session the mark of `keep` stays, and the report names both.
    """
    if keep == other:
        raise Refused(lazy("A member cannot be merged with themselves."))
    kept, gone = book.members.get(keep), book.members.get(other)
    differing: list[tuple[Attendance, Attendance]] = []
    moved = references(book, other)
    with book.step("members.merge", name=name_of(book, keep), other=name_of(book, other)):
        book.members.update(keep, **_filled(kept, gone))
        for reference in moved:
            record: Any = book.collections[reference.table].find(reference.id)
            if record is None:
                continue  # the pair of the two entries, which went with its other field
            if reference.table == "attendance":
                differing += _move_mark(book, record, keep)
            elif reference.table == "memberships":
                _move_membership(book, record, keep)
            elif reference.table == "placements":
                _move_placement(book, record, keep)
            elif reference.table == "pairs" and keep in {record.mentor, record.apprentice}:
                book.pairs.remove(record.id)
            else:
                _rename(book, reference, record, keep, other)
        book.members.remove(other)
    return MergeReport(book.members.get(keep), len(moved), tuple(differing))


def _filled(kept: Member, gone: Member) -> dict[str, Any]:
    """Fields that only the other entry knows."""
    known = to_document(kept)
    names = [part.name for part in fields_of(gone) if part.name not in {"id", "name", "active_until"}]
    new = {name: getattr(gone, name) for name in names if name not in known}
    return {name: value for name, value in new.items() if value not in {None, (), kept.id}}


def _move_mark(book: Book, mark: Attendance, keep: int) -> list[tuple[Attendance, Attendance]]:
    identity = key_id("attendance", mark.session, keep)
    now = book.attendance.find(identity)
    book.attendance.remove(mark.id)
    if now is not None and now.mark is not None:
        return [(now, mark)] if mark.mark not in (None, now.mark) else []
    if now is not None:
        book.attendance.remove(identity)
    book.attendance.add(
        identity, session=mark.session, member=keep, mark=mark.mark, minutes=mark.minutes, note=mark.note
    )
    return []


def _move_membership(book: Book, membership: Membership, keep: int) -> None:
    from coordinator_tui.book.members import join_group

    book.memberships.remove(membership.id)
    join_group(book, keep, membership.group, role=membership.role, start=membership.start, until=membership.until)


def _move_placement(book: Book, placement: Placement, keep: int) -> None:
    """Write a placement under the id that the other name would have given it, and let entries name it there."""
    from coordinator_tui.book.placements import placement_id

    identity = placement_id(book, keep, placement.start)
    book.placements.remove(placement.id)
    fields = {part.name: getattr(placement, part.name) for part in fields_of(placement) if part.name != "id"}
    book.placements.add(identity, **{**fields, "member": keep})
    for entry in book.entries.where(lambda entry: entry.placement == placement.id):
        book.entries.update(entry.id, placement=identity)


def _rename(book: Book, reference: Reference, record: Record, keep: int, other: int) -> None:
    value = getattr(record, reference.field)
    if isinstance(value, tuple):
        renamed = tuple(dict.fromkeys(keep if member == other else member for member in value))
        book.collections[reference.table].update(reference.id, **{reference.field: renamed})
    elif not (reference.table == "members" and reference.id == keep):
        book.collections[reference.table].update(reference.id, **{reference.field: keep})
    else:
        book.members.update(keep, spouse=None)
