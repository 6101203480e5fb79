"""`groups`: list, show, add, edit, join, leave, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from coordinator_tui.cli.common import command, date_option, decide, done, given, json_option, note_option, yes_option
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.output import emit_json, emit_table, title
from coordinator_tui.cli.shape import Group, argument, option
from coordinator_tui.cli.values import GROUP, MEMBER, TEXT, CodeType
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.groups import GroupRow

group_argument = argument("group", type=GROUP, about=lazy("The group's name, a piece of it, or its pinyin."))
members_argument = argument("members", type=MEMBER, nargs=-1, required=True, about=lazy("One member or several."))


@command("list", lazy("List the groups."), "coordinator-tui groups list --json")
@json_option
@pass_call
def list_groups(call: Call, *, as_json: bool) -> None:
    """Print the groups."""
    from coordinator_tui.book.groups import group_rows

    with call.open(read_only=True) as book:
        rows = group_rows(book)
        if as_json:
            emit_json([_json(row) for row in rows])
            return
        lines = [
            (row.group.name, title(row.group.kind), row.members, "、".join(leader.name for leader in row.leaders))
            for row in rows
        ]
        emit_table(lines, [_("Group"), _("Kind"), _("Members"), _("Leader")], plain=call.plain)


def _json(row: GroupRow) -> dict[str, object]:
    return {
        "id": row.group.id,
        "name": row.group.name,
        "kind": row.group.kind.value,
        "members": row.members,
        "leaders": [leader.name for leader in row.leaders],
        "note": row.group.note,
    }


@command("show", lazy("Show who is in a group, with role and time."), "coordinator-tui groups show 英语教研组")
@group_argument
@json_option
@pass_call
def show_group(call: Call, group: str, *, as_json: bool) -> None:
    """Print the memberships of a group, past ones too."""
    from coordinator_tui.book.groups import find_group
    from coordinator_tui.book.members import name_of

    with call.open(read_only=True) as book:
        found = find_group(book, group)
        within = [(name_of(book, m.member), m) for m in book.memberships.where(lambda m: m.group == found.id)]
        if as_json:
            emit_json(
                [
                    {"member": m.member, "name": name, "role": m.role.value, "from": m.start, "until": m.until}
                    for name, m in within
                ]
            )
            return
        lines = [(name, title(m.role), m.start, m.until) for name, m in within]
        emit_table(lines, [_("Name"), _("Role"), _("From"), _("Until")], plain=call.plain)


@command(
    "add",
    lazy("Add a group."),
    "coordinator-tui groups add 英语教研组",
    "coordinator-tui groups add 三年级组 --kind grade",
)
@argument("name", type=TEXT, about=lazy("The group's name."))
@option("--kind", metavar="CODE", type=CodeType("GroupKind"), default="teaching_research", about=lazy("Kind of group."))
@note_option
@pass_call
def add_group(call: Call, name: str, kind: Any, note: str | None) -> None:  # noqa: ANN401 - a code
    """Write a new group."""
    from coordinator_tui.book import groups

    with call.open() as book:
        added = groups.add_group(book, name, kind=kind, note=note)
        done(_("Added {name}.").format(name=added.name))


@command("edit", lazy("Change name, kind or note of a group."), "coordinator-tui groups edit 英语教研组 --name 英语组")
@group_argument
@option("--name", metavar="NAME", type=TEXT, about=lazy("The group's name."))
@option("--kind", metavar="CODE", type=CodeType("GroupKind"), about=lazy("Kind of group."))
@note_option
@pass_call
def edit_group(call: Call, group: str, **fields: Any) -> None:  # noqa: ANN401 - click's
    """Write changed fields of a group."""
    from coordinator_tui.book import groups

    with call.open() as book:
        changes = given(**fields)
        if not changes:
            raise click.UsageError(_("Nothing to change: name a field, such as --name"))
        changed = groups.edit_group(book, groups.find_group(book, group).id, **changes)
        done(_("Changed {name}.").format(name=changed.name))


@command(
    "join",
    lazy("Let members join a group, or change their role in it."),
    "coordinator-tui groups join 英语教研组 张三 李四 --from 2026-09-01",
    "coordinator-tui groups join 英语教研组 张三 --role leader",
)
@group_argument
@members_argument
@option("--role", metavar="CODE", type=CodeType("Role"), default="member", about=lazy("Role in the group."))
@date_option("--from", about=lazy("First day in the group (default: always)."))
@date_option("--until", about=lazy("Last day in the group."))
@pass_call
def join(call: Call, group: str, members: tuple[str, ...], role: Any, until: date | None, **dates: Any) -> None:  # noqa: ANN401 - click's
    """Write memberships, all in one step."""
    from coordinator_tui.book.groups import find_group
    from coordinator_tui.book.members import find_member, join_group, name_of

    with call.open() as book:
        found = find_group(book, group)
        people = [find_member(book, member) for member in members]
        names = "、".join(name_of(book, member.id) for member in people)
        with book.step("memberships.add", name=names, group=found.name):
            for member in people:
                join_group(book, member.id, found.id, role=role, start=dates["from"], until=until)
        done(_("{names}: {role} in {group}.").format(names=names, role=title(role), group=found.name))


@command(
    "leave", lazy("Let members leave a group; what they did stays."), "coordinator-tui groups leave 英语教研组 张三"
)
@group_argument
@members_argument
@date_option("--until", about=lazy("The last day (default: today)."))
@pass_call
def leave(call: Call, group: str, members: tuple[str, ...], until: date | None) -> None:
    """End memberships, all in one step."""
    from coordinator_tui.book.groups import find_group
    from coordinator_tui.book.members import find_member, leave_group, name_of

    with call.open() as book:
        found = find_group(book, group)
        people = [find_member(book, member) for member in members]
        names = "、".join(name_of(book, member.id) for member in people)
        with book.step("memberships.leave", name=names, group=found.name):
            for member in people:
                leave_group(book, member.id, found.id, until=until)
        last = (until or book.today).isoformat()
        done(_("{name} leaves {group}; the last day is {day}.").format(name=names, group=found.name, day=last))


@command(
    "remove",
    lazy("Remove a group entered by mistake, which nothing refers to."),
    "coordinator-tui groups remove 三年级组",
)
@group_argument
@yes_option
@pass_call
def remove(call: Call, group: str, *, yes: bool) -> None:
    """Remove an empty group."""
    from coordinator_tui.book.groups import find_group, remove_group

    with call.open() as book:
        found = find_group(book, group)
        if decide(_("Remove {name} from the book?").format(name=found.name), yes=yes):
            remove_group(book, found.id)
            done(_("Removed {name}.").format(name=found.name))


COMMAND = Group(
    "groups",
    commands=[list_groups, show_group, add_group, edit_group, join, leave, remove],
    examples=("coordinator-tui groups list", "coordinator-tui groups join 英语教研组 张三 --role leader"),
)
