"""`members`: list, show, add, edit, leave, back, merge, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from coordinator_tui.cli.commands.member_page import member_argument, purge_member, show_member
from coordinator_tui.cli.common import (
    command,
    date_option,
    decide,
    done,
    given,
    group_named,
    group_option,
    json_option,
    note_option,
    yes_option,
)
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.output import emit_json, emit_table, say, title
from coordinator_tui.cli.shape import Decorator, Group, argument, option
from coordinator_tui.cli.values import GENDER, GROUP, MEMBER, PARTIAL_DATE, TEXT, CodeType
from coordinator_tui.text import fold, lazy, ngettext
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.members import MemberRow

FIELDS: tuple[Decorator, ...] = (
    option("--gender", metavar="CODE", type=GENDER, about=lazy("Gender.")),
    option("--birth", metavar="DATE", type=PARTIAL_DATE, about=lazy("Birth: 1985, 1985-03 or 1985-03-12.")),
    option("--subject", metavar="TEXT", type=TEXT, about=lazy("Subject taught.")),
    option("--stage", metavar="TEXT", type=TEXT, about=lazy("Stage, such as primary.")),
    option("--title", metavar="TEXT", type=TEXT, about=lazy("Professional title.")),
    option("--level", metavar="CODE", type=CodeType("Level"), about=lazy("Level of the teacher.")),
    option("--honour", "honours", metavar="TEXT", multiple=True, type=TEXT, about=lazy("An honour; may be repeated.")),
    option("--joined-school", metavar="DATE", type=PARTIAL_DATE, about=lazy("Since when at this school.")),
    option("--joined-work", metavar="DATE", type=PARTIAL_DATE, about=lazy("Since when at work.")),
    option("--phone", metavar="TEXT", type=TEXT, about=lazy("Phone.")),
    note_option,
)
"""Options for the fields of a member."""


def _fields(function: Callable[..., Any]) -> Callable[..., Any]:
    for decorate in reversed(FIELDS):
        function = decorate(function)
    return function


@command(
    "list",
    lazy("List the members."),
    "coordinator-tui members list --group 英语教研组",
    "coordinator-tui members list zhang --json",
)
@argument("query", required=False, type=TEXT, about=lazy("A piece of a name, pinyin, initials or a subject."))
@group_option
@date_option("--on", about=lazy("Who belongs on this day (default: today)."))
@option("--all", "everyone", is_flag=True, about=lazy("Those who have left, too."))
@json_option
@pass_call
def list_members(
    call: Call, query: str | None, group: str | None, on: date | None, *, everyone: bool, as_json: bool
) -> None:
    """Print the members."""
    from coordinator_tui.book.members import member_rows

    with call.open(read_only=True) as book:
        found = group_named(book, group)
        rows = member_rows(book, group=found.id if found else None, on=on, everyone=everyone, query=query or "")
        if as_json:
            emit_json([row.to_json() for row in rows])
        else:
            _print_rows(call, rows)


def _print_rows(call: Call, rows: list[MemberRow]) -> None:
    lines = [
        (
            number,
            row.name,
            row.member.subject,
            _(", ").join(group.name for group in row.groups),
            title(row.role),
            title(row.member.level),
            "" if row.active else _("left"),
        )
        for number, row in enumerate(rows, 1)
    ]
    headers = [_("No."), _("Name"), _("Subject"), _("Groups"), _("Role"), _("Level"), _("State")]
    emit_table(lines, headers, plain=call.plain)
    say(ngettext("{count} member.", "{count} members.", len(rows)).format(count=len(rows)))


@command(
    "add",
    lazy("Add a member."),
    "coordinator-tui members add 张三 --subject 英语 --group 英语教研组",
    "coordinator-tui members add 李四 --birth 1985-03 --role recorder",
)
@argument("name", type=TEXT, about=lazy("Full name."))
@option("--group", "-g", metavar="GROUP", type=GROUP, about=lazy("The group to join (default: the book's)."))
@option("--role", metavar="CODE", type=CodeType("Role"), default="member", about=lazy("Role in the group."))
@date_option("--from", about=lazy("First day in the group (default: always)."))
@_fields
@yes_option
@json_option
@pass_call
def add_member(call: Call, name: str, group: str | None, role: Any, *, yes: bool, as_json: bool, **fields: Any) -> None:  # noqa: ANN401 - click's
    """Write a new member; another one of the same name is asked about."""
    from coordinator_tui.book import members

    with call.open() as book:
        start = fields.pop("from")
        if not _unknown_name(book, name, yes=yes):
            return
        joins = group_named(book, group) or _own_group(book)
        added = members.add_member(
            book, name, group=joins.id if joins else None, role=role, start=start, **given(**fields)
        )
        done(_("Added {name}.").format(name=members.name_of(book, added.id)))
        if as_json:
            emit_json(_row(book, added.id).to_json())


def _own_group(book: Book) -> Any:  # noqa: ANN401 - a group or nothing
    return book.group if len(book.groups) else None


def _unknown_name(book: Book, name: str, *, yes: bool) -> bool:
    from coordinator_tui.book.members import name_of

    same = book.members.where(lambda member: fold(member.name) == fold(name))
    if not same:
        return True
    known = _(", ").join(name_of(book, member.id) for member in same)
    question = _("There is {known} in the book already. Add another person of this name?").format(known=known)
    return decide(question, yes=yes)


def _row(book: Book, identity: int) -> MemberRow:
    from coordinator_tui.book.members import member_rows

    return next(row for row in member_rows(book, everyone=True) if row.member.id == identity)


@command(
    "edit",
    lazy("Change what the book says of a member; an empty value takes it away."),
    "coordinator-tui members edit 张三 --subject 数学 --phone ''",
)
@member_argument
@option("--name", metavar="NAME", type=TEXT, about=lazy("Full name."))
@option("--spouse", metavar="MEMBER", type=MEMBER, about=lazy("Husband or wife in the book."))
@_fields
@pass_call
def edit_member(call: Call, member: str, spouse: str | None, **fields: Any) -> None:  # noqa: ANN401 - click's
    """Write changed fields of a member."""
    from coordinator_tui.book import members

    with call.open() as book:
        now = members.find_member(book, member)
        changes = given(**fields)
        if spouse is not None:
            changes["spouse"] = members.find_member(book, spouse).id if spouse else None
        if not changes:
            raise click.UsageError(_("Nothing to change: name a field, such as --subject"))
        members.edit_member(book, now.id, **changes)
        done(_("Changed {name}.").format(name=members.name_of(book, now.id)))


@command(
    "leave",
    lazy("Let a member leave the school, or one group of it; what they did stays."),
    "coordinator-tui members leave 张三 --until 2026-11-20",
    "coordinator-tui members leave 张三 --group 英语教研组",
)
@member_argument
@date_option("--until", about=lazy("The last day (default: today)."))
@option("--group", "-g", metavar="GROUP", type=GROUP, about=lazy("Leave this group only."))
@pass_call
def leave(call: Call, member: str, until: date | None, group: str | None) -> None:
    """End a membership, or everything."""
    from coordinator_tui.book import members

    with call.open() as book:
        now = members.find_member(book, member)
        name, last = members.name_of(book, now.id), (until or book.today).isoformat()
        found = group_named(book, group)
        if found is not None:
            members.leave_group(book, now.id, found.id, until=until)
            done(_("{name} leaves {group}; the last day is {day}.").format(name=name, group=found.name, day=last))
        else:
            members.deactivate(book, now.id, until=until)
            done(_("{name} leaves the school; the last day is {day}.").format(name=name, day=last))


@command("back", lazy("Take back that a member left the school."), "coordinator-tui members back 张三")
@member_argument
@pass_call
def back(call: Call, member: str) -> None:
    """Make a member active again."""
    from coordinator_tui.book import members

    with call.open() as book:
        now = members.reactivate(book, members.find_member(book, member).id)
        done(_("{name} is back.").format(name=members.name_of(book, now.id)))


@command(
    "merge",
    lazy("Make two entries of one person one: everything of the second goes to the first."),
    "coordinator-tui members merge '王伟(数学)' 王玮",
)
@argument("keep", type=MEMBER, about=lazy("The entry that stays."))
@argument("other", type=MEMBER, about=lazy("The entry that goes."))
@yes_option
@pass_call
def merge(call: Call, keep: str, other: str, *, yes: bool) -> None:
    """Merge two members."""
    from coordinator_tui.book.members import find_member, name_of
    from coordinator_tui.book.merging import merge_members, references

    with call.open() as book:
        kept, gone = find_member(book, keep), find_member(book, other)
        names = {"keep": name_of(book, kept.id), "other": name_of(book, gone.id)}
        count = len(references(book, gone.id))
        question = _("Merge {other} into {keep}: {count} entries move, {other} is removed. Continue?")
        if not decide(question.format(count=count, **names), yes=yes):
            return
        report = merge_members(book, kept.id, gone.id)
        done(_("Merged {other} into {keep}; {count} entries moved.").format(count=report.moved, **names))
        for stayed, lost in report.differing:
            sentence = _("At one session both were marked: {stayed} stays, {lost} is dropped (session {session}).")
            done(sentence.format(stayed=title(stayed.mark), lost=title(lost.mark), session=stayed.session))


@command(
    "remove",
    lazy("Remove a member entered by mistake, of whom nothing is recorded."),
    "coordinator-tui members remove 张三",
)
@member_argument
@yes_option
@pass_call
def remove(call: Call, member: str, *, yes: bool) -> None:
    """Remove a member."""
    from coordinator_tui.book.members import find_member, name_of, remove_member

    with call.open() as book:
        now = find_member(book, member)
        name = name_of(book, now.id)
        if decide(_("Remove {name} from the book?").format(name=name), yes=yes):
            remove_member(book, now.id)
            done(_("Removed {name}.").format(name=name))


COMMAND = Group(
    "members",
    commands=[list_members, show_member, add_member, edit_member, leave, back, merge, remove, purge_member],
    examples=("coordinator-tui members list", "coordinator-tui members show 张三"),
)
