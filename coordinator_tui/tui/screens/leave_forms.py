"""The form of a leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book import leaves
from coordinator_tui.book.members import name_of
from coordinator_tui.domain.vocabulary import LeaveStatus, Mark, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, pgettext
from coordinator_tui.tui.screens.day_words import day_check, optional_day, read_day
from coordinator_tui.tui.screens.members_forms import member_check, member_named
from coordinator_tui.tui.widgets.form import Field, FormDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Leave

KINDS = (Mark.PERSONAL, Mark.SICK, Mark.OFFICIAL, Mark.OTHER_LEAVE)
_STATES = (LeaveStatus.APPROVED, LeaveStatus.REQUESTED)


def _fields(book: Book, leave: Leave | None) -> list[Field]:
    check = day_check(book)
    start = str(leave.start if leave else book.today)
    until = str(leave.until) if leave and leave.until != leave.start else ""
    states = [(state.value, title(state)) for state in _STATES]
    return [
        Field(
            "kind", _("Kind"), leave.kind.value if leave else "", choices=[(kind.value, title(kind)) for kind in KINDS]
        ),
        Field("start", pgettext("day", "From"), start, check=check, required=True),
        Field("until", pgettext("day", "Until"), until, check=check, placeholder=lazy("empty: that one day")),
        Field("reason", _("Reason"), (leave.reason or "").replace("\n", " ") if leave else ""),
        Field("status", _("State"), leave.status.value if leave else "", choices=states),
        Field("approved_by", _("Approved by"), (leave.approved_by or "") if leave else ""),
    ]


def _read(book: Book, values: dict[str, str]) -> dict[str, object]:
    start = read_day(book, values["start"])
    status = LeaveStatus(values["status"])
    return {
        "kind": Mark(values["kind"]),
        "start": start,
        "until": optional_day(book, values["until"]) or start,
        "reason": values["reason"].strip() or None,
        "status": status,
        "approved_by": (values["approved_by"].strip() or None) if status is LeaveStatus.APPROVED else None,
    }


def add_leave_form(book: Book, member: int | None, *, done: Callable[[Leave], None]) -> FormDialog:
    """Return the form for a new leave, of `member` or of somebody to be named."""
    name = name_of(book, member)
    who = Field("member", _("Member"), check=member_check(book), required=True, placeholder=lazy("name or pinyin"))

    def save(values: dict[str, str]) -> None:
        person = member if member is not None else member_named(book, values["member"]).id
        done(leaves.add_leave(book, person, **_read(book, values)))  # type: ignore[arg-type]  # one dict for all fields

    heading = _("Leave of {name}").format(name=name) if name else _("New leave")
    return FormDialog(heading, [*([who] if member is None else []), *_fields(book, None)], save)


def edit_leave_form(book: Book, leave: int, *, done: Callable[[Leave], None]) -> FormDialog:
    """Return the form of a leave."""
    now = book.leaves.get(leave)

    def save(values: dict[str, str]) -> None:
        done(leaves.edit_leave(book, leave, **_read(book, values)))

    return FormDialog(_("Leave of {name}").format(name=name_of(book, now.member)), _fields(book, now), save)


def leave_words(leave: Leave) -> str:
    """Return kind and state of a leave."""
    state = "" if leave.status is LeaveStatus.APPROVED else f" ({title(leave.status)})"
    return title(leave.kind) + state
