"""`register`: list, add, edit, remove the lines that no other register holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from coordinator_tui.cli.common import (
    command,
    date_option,
    day_text,
    decide,
    done,
    given,
    group_named,
    json_option,
    note_option,
    session_named,
    yes_option,
)
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.output import emit_json, emit_table, title
from coordinator_tui.cli.register_parts import (
    changes_of,
    first_filter,
    last_filter,
    member_filter,
    member_id,
    member_option,
    only_term,
    term_filter,
    title_option,
    with_options,
)
from coordinator_tui.cli.shape import Decorator, Group, argument, option
from coordinator_tui.cli.values import FIGURE, GROUP, MEMBER, SESSION, TEXT, TRAINING, CodeType
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Entry
    from coordinator_tui.domain.vocabulary import EntryKind

KIND = CodeType("EntryKind")
FIELDS: tuple[Decorator, ...] = (
    member_option,
    option("--group", "-g", metavar="GROUP", type=GROUP, about=lazy("The group it is about.")),
    option("--session", metavar="SESSION", type=SESSION, about=lazy("The session it is about.")),
    option("--training", metavar="TRAINING", type=TRAINING, about=lazy("The training it is about.")),
    option("--placement", metavar="MEMBER", type=MEMBER, about=lazy("The exchange placement it is about.")),
    date_option("--date", about=lazy("When (default: today).")),
    option("--value", metavar="N", type=FIGURE, about=lazy("A figure, such as the satisfaction in percent.")),
    option("--before", metavar="N", type=FIGURE, about=lazy("The figure it is compared with.")),
    option("--count", metavar="N", type=click.IntRange(0), about=lazy("Of how many people, or how many pieces.")),
    date_option("--due", about=lazy("What follows from it is due by then.")),
    date_option("--done-on", about=lazy("What was to follow was done then.")),
    option("--outcome", metavar="TEXT", type=TEXT, about=lazy("What came of it.")),
    note_option,
)
entry_argument = argument(
    "entry", type=TEXT, about=lazy("Its number, its title or a piece of it, or the member if there is only one.")
)
kind_filter = option("--kind", "-k", metavar="CODE", type=KIND, about=lazy("Only this kind."))


@command(
    "list",
    lazy("List the register's lines, the latest first."),
    "coordinator-tui register list --kind survey",
    "coordinator-tui register list --member 张三 --json",
)
@kind_filter
@member_filter
@term_filter
@first_filter
@last_filter
@json_option
@pass_call
def list_entries(call: Call, member: str | None, term: str | None, *, as_json: bool, **filters: Any) -> None:  # noqa: ANN401 - click's
    """Print lines of the register."""
    from coordinator_tui.book.entries import entries_of, entry_json

    with call.open(read_only=True) as book:
        found = entries_of(book, member=member_id(book, member), term=only_term(book, term), **filters)
        if as_json:
            emit_json([entry_json(book, entry) for entry in found])
        else:
            _print(call, book, found)


def _print(call: Call, book: Book, entries: Sequence[Entry]) -> None:
    from coordinator_tui.book.members import name_of
    from coordinator_tui.book.registers import figure_words

    lines = [
        (
            x.id, x.date, title(x.kind), x.title, name_of(book, x.member), figure_words(x.value),
            figure_words(x.before), x.count, day_text(x.due), day_text(x.done_on), x.outcome, x.note,
        )
        for x in entries
    ]  # fmt: skip
    headers = [
        _("Number"), _("Date"), _("Kind"), _("Title"), _("Name"), _("Figure"), _("Figure before"), _("Of how many"),
        _("Due"), _("Done on"), _("Outcome"), _("Note"),
    ]  # fmt: skip
    emit_table(lines, headers, plain=call.plain)


def _linked(book: Book, fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields with the ids of what was named; an empty text stays one, and takes the field away."""
    from coordinator_tui.book.placements import find_placement
    from coordinator_tui.book.trainings import find_training

    linked = dict(fields)
    if fields["member"]:
        linked["member"] = member_id(book, fields["member"])
    if group := group_named(book, fields["group"]):
        linked["group"] = group.id
    if fields["session"]:
        linked["session"] = session_named(book, fields["session"]).id
    if fields["training"]:
        linked["training"] = find_training(book, fields["training"]).id
    if fields["placement"]:
        linked["placement"] = find_placement(book, fields["placement"]).id
    return linked


@command(
    "add",
    lazy("Write a line into the register."),
    "coordinator-tui register add 阅读讲座满意度 --kind survey --session 2026-11-04 --value 92 --count 28",
    "coordinator-tui register add 向全组转达 --kind relay --training 统编教材培训",
)
@argument("title", metavar="[TITLE]", type=TEXT, required=False, about=lazy("Title."))
@option("--kind", "-k", metavar="CODE", type=KIND, required=True, about=lazy("What it says."))
@with_options(FIELDS)
@json_option
@pass_call
def add_entry(call: Call, title: str | None, kind: EntryKind, *, as_json: bool, **fields: Any) -> None:  # noqa: ANN401 - click's
    """Write a line."""
    from coordinator_tui.book import entries

    with call.open() as book:
        added = entries.add_entry(book, kind, **given(title=title, **_linked(book, fields)))
        done(_("Noted: {thing}.").format(thing=entries.entry_words(book, added)))
        if as_json:
            emit_json(entries.entry_json(book, added))


@command(
    "edit",
    lazy("Change a line of the register; an empty value takes it away."),
    "coordinator-tui register edit 阅读讲座满意度 --done-on 2026-11-18 --outcome 增加讨论时间",
)
@entry_argument
@option("--kind", "-k", metavar="CODE", type=KIND, about=lazy("What it says."))
@title_option
@with_options(FIELDS)
@pass_call
def edit_entry(call: Call, entry: str, **fields: Any) -> None:  # noqa: ANN401 - click's
    """Write changed fields of a line."""
    from coordinator_tui.book import entries

    with call.open() as book:
        changes = changes_of("--outcome", **_linked(book, fields))
        changed = entries.edit_entry(book, entries.find_entry(book, entry).id, **changes)
        done(_("Changed {name}.").format(name=entries.entry_words(book, changed)))


@command("remove", lazy("Remove a line entered by mistake."), "coordinator-tui register remove 阅读讲座满意度")
@entry_argument
@kind_filter
@yes_option
@pass_call
def remove_entry(call: Call, entry: str, kind: EntryKind | None, *, yes: bool) -> None:
    """Remove a line."""
    from coordinator_tui.book import entries

    with call.open() as book:
        found = entries.find_entry(book, entry, kind=kind)
        name = entries.entry_words(book, found)
        if decide(_("Remove {name} from the book?").format(name=name), yes=yes):
            entries.remove_entry(book, found.id)
            done(_("Removed {name}.").format(name=name))


COMMAND = Group(
    "register",
    commands=[list_entries, add_entry, edit_entry, remove_entry],
    examples=("coordinator-tui register list",),
)
