"""`conflicts`: list, show, resolve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from coordinator_tui.cli.common import command, done, json_option
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.output import emit_facts, emit_json, emit_table
from coordinator_tui.cli.shape import Group, argument
from coordinator_tui.cli.values import TextType
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator_tui.book.book import Book


def _ids(book: Book) -> Iterable[str]:
    from coordinator_tui.book.conflicts import all_conflicts

    return [view.conflict.id for view in all_conflicts(book)]


conflict_argument = argument(
    "conflict", metavar="ID", type=TextType(_ids), about=lazy("The conflict's id, or the beginning of it.")
)


@command("list", lazy("List what was written differently in two places."), "coordinator-tui conflicts list --json")
@json_option
@pass_call
def list_conflicts(call: Call, *, as_json: bool) -> None:
    """Print the conflicts."""
    from coordinator_tui.book.conflicts import all_conflicts

    with call.open(read_only=True) as book:
        views = all_conflicts(book)
        if as_json:
            emit_json([view.to_json() for view in views])
            return
        rows = [(view.conflict.id, view.thing, view.field, " / ".join(view.values)) for view in views]
        emit_table(rows, [_("Conflict"), _("Of"), _("Field"), _("Values")], plain=call.plain)


@command("show", lazy("Show one conflict: who wrote which value, and when."), "coordinator-tui conflicts show 3f2a")
@conflict_argument
@json_option
@pass_call
def show_conflict(call: Call, conflict: str, *, as_json: bool) -> None:
    """Print one conflict."""
    from coordinator_tui.book.conflicts import find_conflict

    with call.open(read_only=True) as book:
        view = find_conflict(book, conflict)
        if as_json:
            emit_json(view.to_json())
            return
        emit_facts([(_("Conflict"), view.conflict.id), (_("Of"), view.thing), (_("Field"), view.field)])
        rows = [
            (number, words, sibling.by, sibling.at.astimezone().strftime("%Y-%m-%d %H:%M:%S"), sibling.replica)
            for number, (words, sibling) in enumerate(zip(view.values, view.conflict.values, strict=True), 1)
        ]
        emit_table(rows, [_("No."), _("Value"), _("By"), _("When"), _("Replica")], plain=call.plain)


@command("resolve", lazy("Decide a conflict, for everybody."), "coordinator-tui conflicts resolve 3f2a 1")
@conflict_argument
@argument(
    "choice", metavar="N", type=click.IntRange(1), about=lazy("Number of the value, as “conflicts show” counts them.")
)
@pass_call
def resolve_conflict(call: Call, conflict: str, choice: int) -> None:
    """Write the decision."""
    from coordinator_tui.book.conflicts import find_conflict, resolve

    with call.open() as book:
        view = find_conflict(book, conflict)
        resolve(book, view, choice)
        sentence = _("{thing}: {field} is “{value}” now, for everybody.")
        done(sentence.format(thing=view.thing, field=view.field, value=view.values[choice - 1]))


COMMAND = Group(
    "conflicts",
    commands=[list_conflicts, show_conflict, resolve_conflict],
    examples=("coordinator-tui conflicts list",),
)
