"""`exchange`: place, list, edit, end, remove the placements of teachers at other schools."""

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
from coordinator_tui.cli.output import emit_json, emit_table, title
from coordinator_tui.cli.register_parts import (
    changes_of,
    member_filter,
    member_id,
    only_term,
    term_filter,
    with_options,
)
from coordinator_tui.cli.shape import Decorator, Group, argument, option
from coordinator_tui.cli.values import MEMBER, TEXT, CodeType
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from datetime import date

FORM = CodeType("PlacementForm")
FIELDS: tuple[Decorator, ...] = (
    option("--form", metavar="CODE", type=FORM, about=lazy("Form of exchange.")),
    date_option("--from", "start", about=lazy("First day (default: today).")),
    date_option("--until", about=lazy("Last day, where it is agreed.")),
    option("--home", "home_school", metavar="SCHOOL", type=TEXT, about=lazy("Home school (default: the book's).")),
    note_option,
)
placement_argument = argument("placement", type=MEMBER, about=lazy("Its number, or the member."))


@command(
    "place",
    lazy("Note that a member teaches at another school for a time."),
    "coordinator-tui exchange place 张三 河湾小学 --form two_way --from 2026-09-01 --until 2027-07-10",
)
@argument("member", type=MEMBER, about=lazy("Who goes."))
@argument("school", type=TEXT, about=lazy("The host school."))
@with_options(FIELDS)
@json_option
@pass_call
def place(call: Call, member: str, school: str, *, as_json: bool, **fields: Any) -> None:  # noqa: ANN401 - click's
    """Write a placement."""
    from coordinator_tui.book import placements
    from coordinator_tui.book.members import find_member

    with call.open() as book:
        added = placements.place_member(book, find_member(book, member).id, host_school=school, **given(**fields))
        done(_("Noted: {thing}.").format(thing=placements.placement_words(book, added)))
        if as_json:
            emit_json(placements.placement_json(book, added))


@command(
    "list",
    lazy("List who teaches at another school, the latest first."),
    "coordinator-tui exchange list",
    "coordinator-tui exchange list --on today --json",
)
@member_filter
@option("--form", metavar="CODE", type=FORM, about=lazy("Only this form."))
@term_filter
@date_option("--on", about=lazy("Only placements of this day."))
@json_option
@pass_call
def list_placements(call: Call, member: str | None, term: str | None, *, as_json: bool, **filters: Any) -> None:  # noqa: ANN401 - click's
    """Print placements."""
    from coordinator_tui.book.members import name_of
    from coordinator_tui.book.placements import placement_json, placements_of

    with call.open(read_only=True) as book:
        found = placements_of(book, member=member_id(book, member), term=only_term(book, term), **filters)
        if as_json:
            emit_json([placement_json(book, placement) for placement in found])
            return
        lines = [
            (
                x.id, name_of(book, x.member), title(x.form), x.start, day_text(x.until), x.home_school, x.host_school,
                x.note,
            )
            for x in found
        ]  # fmt: skip
        headers = [
            _("Number"), _("Name"), _("Form of exchange"), _("From"), _("Until"), _("Home school"), _("Host school"),
            _("Note"),
        ]  # fmt: skip
        emit_table(lines, headers, plain=call.plain)


@command(
    "edit",
    lazy("Change a placement; an empty value takes it away."),
    "coordinator-tui exchange edit 张三 --until 2027-01-15",
)
@placement_argument
@option("--school", "host_school", metavar="SCHOOL", type=TEXT, about=lazy("The host school."))
@with_options(FIELDS)
@pass_call
def edit_placement(call: Call, placement: str, **fields: Any) -> None:  # noqa: ANN401 - click's
    """Write changed fields of a placement."""
    from coordinator_tui.book import placements

    with call.open() as book:
        changes = changes_of("--until", **fields)
        changed = placements.edit_placement(book, placements.find_placement(book, placement).id, **changes)
        done(_("Changed {name}.").format(name=placements.placement_words(book, changed)))


@command("end", lazy("End a placement: the member is back."), "coordinator-tui exchange end 张三 --until 2027-01-15")
@placement_argument
@date_option("--until", about=lazy("Last day (default: today)."))
@pass_call
def end(call: Call, placement: str, until: date | None) -> None:
    """End a placement."""
    from coordinator_tui.book import placements

    with call.open() as book:
        ended = placements.end_placement(book, placements.find_placement(book, placement, running=True).id, until=until)
        done(_("Noted: {thing}.").format(thing=placements.placement_words(book, ended)))


@command("remove", lazy("Remove a placement entered by mistake."), "coordinator-tui exchange remove 张三")
@placement_argument
@yes_option
@pass_call
def remove_placement(call: Call, placement: str, *, yes: bool) -> None:
    """Remove a placement."""
    from coordinator_tui.book import placements

    with call.open() as book:
        found = placements.find_placement(book, placement)
        name = placements.placement_words(book, found)
        if decide(_("Remove {name} from the book?").format(name=name), yes=yes):
            placements.remove_placement(book, found.id)
            done(_("Removed {name}.").format(name=name))


COMMAND = Group(
    "exchange",
    commands=[place, list_placements, edit_placement, end, remove_placement],
    examples=("coordinator-tui exchange place 张三 河湾小学 --form mutual",),
)
