"""`pairs`: list, add, edit, end, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.cli.common import (
    command,
    date_option,
    day_text,
    decide,
    done,
    given,
    json_option,
    note_option,
    yes_option,
)
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.output import emit_json, emit_table
from coordinator_tui.cli.register_parts import (
    changes_of,
    member_filter,
    member_id,
    only_term,
    term_filter,
    with_options,
)
from coordinator_tui.cli.shape import Decorator, Group, argument, option
from coordinator_tui.cli.values import MEMBER, TEXT
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from datetime import date

FIELDS: tuple[Decorator, ...] = (
    date_option("--from", "start", about=lazy("First day (default: today).")),
    date_option("--until", about=lazy("Last day, where it is agreed.")),
    option("--kind", metavar="TEXT", type=TEXT, about=lazy("Kind of pair, as the school calls it.")),
    note_option,
)
pair_argument = argument("pair", type=MEMBER, about=lazy("Its number, or the mentor or the apprentice."))
other_argument = argument(
    "other", metavar="[MEMBER]", type=MEMBER, required=False, about=lazy("The other one, where there are several.")
)


@command(
    "list",
    lazy("List pairs of mentor and apprentice."),
    "coordinator-tui pairs list",
    "coordinator-tui pairs list --all --member 张三 --json",
)
@member_filter
@term_filter
@date_option("--on", about=lazy("The pairs of this day (default: today)."))
@option("--all", "ended", is_flag=True, about=lazy("Those that have ended, too."))
@json_option
@pass_call
def list_pairs(
    call: Call, member: str | None, term: str | None, on: date | None, *, ended: bool, as_json: bool
) -> None:
    """Print pairs, the latest first."""
    from coordinator_tui.book.members import name_of
    from coordinator_tui.book.pairs import pair_json, pairs_of

    with call.open(read_only=True) as book:
        day = on or (None if ended or term else book.today)
        found = pairs_of(book, member=member_id(book, member), term=only_term(book, term), on=day)
        if as_json:
            emit_json([pair_json(book, pair) for pair in found])
            return
        lines = [
            (
                x.id, name_of(book, x.mentor), name_of(book, x.apprentice), x.kind, day_text(x.start),
                day_text(x.until), x.note,
            )
            for x in found
        ]  # fmt: skip
        headers = [_("Number"), _("Mentor"), _("Apprentice"), _("Kind"), _("From"), _("Until"), _("Note")]
        emit_table(lines, headers, plain=call.plain)


@command("add", lazy("Make two members a pair."), "coordinator-tui pairs add 张三 李四 --kind 入门式 --from 2026-09-01")
@argument("mentor", type=MEMBER, about=lazy("Who leads."))
@argument("apprentice", type=MEMBER, about=lazy("Who learns."))
@with_options(FIELDS)
@json_option
@pass_call
def add_pair(call: Call, mentor: str, apprentice: str, *, as_json: bool, **fields: Any) -> None:  # noqa: ANN401 - click's
    """Write a pair."""
    from coordinator_tui.book import pairs
    from coordinator_tui.book.members import find_member

    with call.open() as book:
        one, other = find_member(book, mentor).id, find_member(book, apprentice).id
        added = pairs.add_pair(book, one, other, **given(**fields))
        done(_("Noted: {thing}.").format(thing=pairs.pair_words(book, added)))
        if as_json:
            emit_json(pairs.pair_json(book, added))


@command(
    "edit",
    lazy("Change a pair; an empty value takes it away."),
    "coordinator-tui pairs edit 李四 --kind 提高式",
)
@pair_argument
@other_argument
@with_options(FIELDS)
@pass_call
def edit_pair(call: Call, pair: str, other: str | None, **fields: Any) -> None:  # noqa: ANN401 - click's
    """Write changed fields of a pair."""
    from coordinator_tui.book import pairs

    with call.open() as book:
        changes = changes_of("--kind", **fields)
        changed = pairs.edit_pair(book, pairs.find_pair(book, pair, other).id, **changes)
        done(_("Changed {name}.").format(name=pairs.pair_words(book, changed)))


@command(
    "end",
    lazy("End a pair; what was done stays counted."),
    "coordinator-tui pairs end 张三 李四 --until 2027-01-15",
)
@pair_argument
@other_argument
@date_option("--until", about=lazy("Last day (default: today)."))
@pass_call
def end_pair(call: Call, pair: str, other: str | None, until: date | None) -> None:
    """End a pair."""
    from coordinator_tui.book import pairs

    with call.open() as book:
        ended = pairs.end_pair(book, pairs.find_pair(book, pair, other, running=True).id, until=until)
        done(_("Noted: {thing}.").format(thing=pairs.pair_words(book, ended)))


@command("remove", lazy("Remove a pair entered by mistake."), "coordinator-tui pairs remove 张三 李四")
@pair_argument
@other_argument
@yes_option
@pass_call
def remove_pair(call: Call, pair: str, other: str | None, *, yes: bool) -> None:
    """Remove a pair."""
    from coordinator_tui.book import pairs

    with call.open() as book:
        found = pairs.find_pair(book, pair, other)
        name = pairs.pair_words(book, found)
        if decide(_("Remove {name} from the book?").format(name=name), yes=yes):
            pairs.remove_pair(book, found.id)
            done(_("Removed {name}.").format(name=name))


COMMAND = Group(
    "pairs",
    commands=[list_pairs, add_pair, edit_pair, end_pair, remove_pair],
    examples=("coordinator-tui pairs add 张三 李四",),
)
