"""Leave that is known in advance, as it concerns one day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.domain.vocabulary import LeaveStatus

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from coordinator_tui.domain.records import Leave
    from coordinator_tui.domain.vocabulary import Mark


def covers(leave: Leave, day: date) -> bool:
    """Tell whether the leave holds on `day`: not withdrawn, and its first and last day belong to it."""
    return leave.status is not LeaveStatus.WITHDRAWN and leave.start <= day <= leave.until


def planned_marks(leaves: Iterable[Leave], session_date: date, member_ids: Iterable[int]) -> dict[int, Leave]:
    """Return the leave of each of `member_ids` who has one on `session_date`, in their order.

    `status` of the leave tells approved from requested. Of several, an approved one counts before a requested one,
    then the one that began last.
    """
    found: dict[int, Leave] = {}
    for leave in leaves:
        if covers(leave, session_date):
            known = found.get(leave.member)
            if known is None or _weight(leave) > _weight(known):
                found[leave.member] = leave
    return {member: found[member] for member in dict.fromkeys(member_ids) if member in found}


def _weight(leave: Leave) -> tuple[bool, date, int]:
    return leave.status is LeaveStatus.APPROVED, leave.start, leave.id


def approved_marks(planned: dict[int, Leave]) -> dict[int, Mark]:
    """Return the marks that approved leave of `planned_marks` stands for, by member."""
    return {member: leave.kind for member, leave in planned.items() if leave.status is LeaveStatus.APPROVED}
