"""Leave that is known in advance: add, approve, withdraw, list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.book.errors import Refused, not_a_leave
from coordinator_tui.book.members import in_order, name_of
from coordinator_tui.book.terms import guard
from coordinator_tui.domain.vocabulary import ON_LEAVE, LeaveStatus, Mark, title
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.collection import Value
    from coordinator_tui.domain.records import Leave, Term


def add_leave(
    book: Book,
    member: int,
    *,
    kind: Mark,
    start: date,
    until: date | None = None,
    reason: str | None = None,
    approved_by: str | None = None,
    status: LeaveStatus = LeaveStatus.APPROVED,
) -> Leave:
    """Note a leave from `start` to `until` (the same day, if None). It shows at the roll, and becomes a mark there.

    Refused for a kind that is no leave, an end before the start, or a member who has leave of the same days already.
    """
    name = name_of(book, book.members.get(member).id)
    until = until or start
    _check(book, member, kind, start, until)
    with book.step("leaves.add", name=name, start=start, until=until):
        return book.leaves.add(
            member=member, kind=kind, start=start, until=until, reason=reason, approved_by=approved_by, status=status
        )


def edit_leave(book: Book, leave: int, **fields: Value) -> Leave:
    """Change kind, days, reason or approval of a leave."""
    now = book.leaves.get(leave)
    kind, start, until = (fields.get(name, getattr(now, name)) for name in ("kind", "start", "until"))
    guard(book, now.start, now.until)
    _check(book, now.member, kind, start, until, but=leave)
    with book.step("leaves.edit", name=name_of(book, now.member)):
        return book.leaves.update(leave, **fields)


def approve_leave(book: Book, leave: int, *, by: str | None = None) -> Leave:
    """Approve a leave that was requested; `by` (the user) is kept with it."""
    return _set_status(book, leave, "leaves.approve", status=LeaveStatus.APPROVED, approved_by=by or book.user)


def withdraw_leave(book: Book, leave: int) -> Leave:
    """Withdraw a leave; marks made from it stay as they are."""
    return _set_status(book, leave, "leaves.withdraw", status=LeaveStatus.WITHDRAWN)


def remove_leave(book: Book, leave: int) -> None:
    """Remove a leave entered by mistake."""
    now = book.leaves.get(leave)
    guard(book, now.start, now.until)
    with book.step("leaves.remove", name=name_of(book, now.member)):
        book.leaves.remove(leave)


def leaves_of(
    book: Book, *, term: Term | None = None, member: int | None = None, withdrawn: bool = False
) -> list[Leave]:
    """Leaves that touch a term (all for None), of a member or of everybody, the latest first."""
    found = book.leaves.where(
        lambda leave: (
            (member is None or leave.member == member)
            and (withdrawn or leave.status is not LeaveStatus.WITHDRAWN)
            and (term is None or (leave.start <= term.until and leave.until >= term.start))
        )
    )
    return sorted(found, key=lambda leave: (leave.start, leave.until, leave.id), reverse=True)


def on_leave(book: Book, day: date | None = None) -> list[Leave]:
    """Leaves that are on a day (today) and not withdrawn, by the members' printed order."""
    when = day or book.today
    found = [leave for leave in leaves_of(book) if leave.start <= when <= leave.until]
    order = {member.id: place for place, member in enumerate(in_order(book, {leave.member for leave in found}))}
    return sorted(found, key=lambda leave: (order.get(leave.member, -1), leave.start, leave.id))


def leave_json(book: Book, leave: Leave) -> dict[str, Any]:
    """Return a leave as `leave list --json` prints it."""
    return {
        "id": leave.id,
        "member": leave.member,
        "name": name_of(book, leave.member),
        "kind": leave.kind.value,
        "start": leave.start.isoformat(),
        "until": leave.until.isoformat(),
        "reason": leave.reason,
        "approved_by": leave.approved_by,
        "status": leave.status.value,
    }


def _set_status(book: Book, leave: int, code: str, **fields: Value) -> Leave:
    now = book.leaves.get(leave)
    guard(book, now.start, now.until)
    with book.step(code, name=name_of(book, now.member), start=now.start, until=now.until):
        return book.leaves.update(leave, **fields)


def _check(book: Book, member: int, kind: Mark, start: date, until: date, *, but: int | None = None) -> None:
    if kind not in ON_LEAVE:
        raise not_a_leave(kind)
    if until < start:
        raise Refused(lazy("The leave would end ({until}) before it begins ({start})."), start=start, until=until)
    guard(book, start, until)
    for other in leaves_of(book, member=member):
        if other.id != but and other.start <= until and start <= other.until:
            raise Refused(
                lazy("{name} has leave from {start} to {until} already ({kind})."),
                name=name_of(book, member),
                start=other.start,
                until=other.until,
                kind=title(other.kind),
            )
