"""`leave`: list, add, approve, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.cli.common import (
    command,
    date_option,
    done,
    json_option,
    reason_option,
    term_named,
    term_option,
)
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.output import emit_json, emit_table, title
from coordinator_tui.cli.shape import Group, argument, option
from coordinator_tui.cli.values import DATE, MEMBER, TEXT, CodeType
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Leave

KINDS = ("sick", "personal", "official", "other_leave")

leave_argument = argument(
    "leave",
    metavar="LEAVE",
    type=MEMBER,
    about=lazy("The number of the leave, or the member's name if there is only one."),
)


@command("list", lazy("List leave that is known in advance."), "coordinator-tui leave list --member 张三")
@option("--member", "-m", metavar="MEMBER", type=MEMBER, about=lazy("Only this member."))
@term_option
@date_option("--on", about=lazy("Only leave of this day."))
@option("--all", "withdrawn", is_flag=True, about=lazy("Withdrawn leave, too."))
@json_option
@pass_call
def list_leaves(
    call: Call, member: str | None, term: str | None, on: date | None, *, withdrawn: bool, as_json: bool
) -> None:
    """Print leaves, the latest first."""
    from coordinator_tui.book.leaves import leave_json, leaves_of
    from coordinator_tui.book.members import find_member, name_of

    with call.open(read_only=True) as book:
        of = find_member(book, member).id if member else None
        within = None if on else term_named(book, term)
        found = [
            leave
            for leave in leaves_of(book, term=within, member=of, withdrawn=withdrawn)
            if on is None or leave.start <= on <= leave.until
        ]
        if as_json:
            emit_json([leave_json(book, leave) for leave in found])
            return
        lines = [
            (x.id, name_of(book, x.member), title(x.kind), x.start, x.until, title(x.status), x.approved_by, x.reason)
            for x in found
        ]
        headers = [_("Number"), _("Name"), _("Kind"), _("From"), _("Until"), _("State"), _("Approved by"), _("Reason")]
        emit_table(lines, headers, plain=call.plain)


@command(
    "add",
    lazy("Note a leave; it shows at the roll of those days."),
    "coordinator-tui leave add 张三 2026-09-09 --kind sick",
    "coordinator-tui leave add 李四 2026-09-09 2026-09-11 --kind official --reason 外出培训",
)
@argument("member", type=MEMBER, about=lazy("Whose leave."))
@argument("start", metavar="DATE", type=DATE, about=lazy("First day."))
@argument("last", metavar="[DATE]", type=DATE, required=False, about=lazy("Last day (default: the first)."))
@date_option("--until", about=lazy("Last day (default: the first)."))
@option("--kind", metavar="CODE", type=CodeType("Mark", only=KINDS), required=True, about=lazy("Kind of leave."))
@reason_option
@option("--approved-by", metavar="NAME", type=TEXT, about=lazy("Who approved it."))
@option("--requested", is_flag=True, about=lazy("It is asked for, not approved yet."))
@json_option
@pass_call
def add_leave(
    call: Call, *, member: str, start: date, last: date | None, until: date | None, kind: Any, reason: str | None,  # noqa: ANN401 - a code
    approved_by: str | None, requested: bool, as_json: bool,
) -> None:  # fmt: skip
    """Write a leave."""
    from coordinator_tui.book import leaves
    from coordinator_tui.book.members import find_member
    from coordinator_tui.domain.vocabulary import LeaveStatus

    with call.open() as book:
        status = LeaveStatus.REQUESTED if requested else LeaveStatus.APPROVED
        added = leaves.add_leave(
            book, find_member(book, member).id, kind=kind, start=start, until=until or last, reason=reason,
            approved_by=approved_by, status=status,
        )  # fmt: skip
        done(_("Noted: {leave}.").format(leave=_told(book, added)))
        if as_json:
            emit_json(leaves.leave_json(book, added))


def _told(book: Book, leave: Leave) -> str:
    from coordinator_tui.book.members import name_of

    sentence = _("{name}, {kind}, {start} to {until}, {state}")
    return sentence.format(
        name=name_of(book, leave.member),
        kind=title(leave.kind),
        start=leave.start,
        until=leave.until,
        state=title(leave.status),
    )


def _meant(book: Book, text: str, *states: str) -> int:
    """Return the id of the leave that is meant by its number, or by a member who has only one in such a state."""
    from coordinator_tui.book.errors import DecisionNeeded, NoSuchThing
    from coordinator_tui.book.leaves import leaves_of
    from coordinator_tui.book.members import find_member, name_of

    if text.isdecimal():
        return book.leaves.get(int(text)).id
    member = find_member(book, text)
    found = [leave for leave in leaves_of(book, member=member.id) if leave.status.value in states]
    if len(found) == 1:
        return found[0].id
    name = name_of(book, member.id)
    if not found:
        raise NoSuchThing(lazy("{name} has no such leave; “coordinator-tui leave list” shows them all."), name=name)
    raise DecisionNeeded(
        lazy("{name} has several leaves; name one by its number: {candidates}."),
        name=name,
        candidates=[(leave.id, f"{leave.id} {leave.start} {title(leave.kind)}") for leave in found],
    )


@command("approve", lazy("Approve a leave that was asked for."), "coordinator-tui leave approve 张三 --by 王校长")
@leave_argument
@option("--by", metavar="NAME", type=TEXT, about=lazy("Who approves (default: who is acting)."))
@pass_call
def approve(call: Call, leave: str, by: str | None) -> None:
    """Approve a leave."""
    from coordinator_tui.book.leaves import approve_leave

    with call.open() as book:
        done(
            _("Noted: {leave}.").format(leave=_told(book, approve_leave(book, _meant(book, leave, "requested"), by=by)))
        )


@command("withdraw", lazy("Withdraw a leave; marks made from it stay."), "coordinator-tui leave withdraw 张三")
@leave_argument
@pass_call
def withdraw(call: Call, leave: str) -> None:
    """Withdraw a leave."""
    from coordinator_tui.book.leaves import withdraw_leave

    with call.open() as book:
        identity = _meant(book, leave, "requested", "approved")
        done(_("Noted: {leave}.").format(leave=_told(book, withdraw_leave(book, identity))))


COMMAND = Group(
    "leave",
    commands=[list_leaves, add_leave, approve, withdraw],
    examples=("coordinator-tui leave add 张三 2026-09-09 --kind sick",),
)
