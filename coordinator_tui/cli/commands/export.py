"""`export`: lists as files, the attendance sheet, the sheet to call a roll on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from coordinator_tui.cli.common import (
    command,
    date_option,
    force_option,
    group_named,
    own_group_option,
    session_named,
    term_named,
    term_option,
)
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.files import deliver
from coordinator_tui.cli.shape import Group, argument, option
from coordinator_tui.cli.values import SESSION, ChoiceType, TextType
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from coordinator_tui.book.book import Book


def _legends(_book: Book) -> Iterable[str]:
    from coordinator_tui.book.legends import legends

    return legends()


output_option = option(
    "--output", "-o", metavar="FILE", type=click.Path(), required=True, about=lazy("The file; - is standard output.")
)
legend_option = option(
    "--legend", metavar="NAME", type=TextType(_legends), about=lazy("Attendance legend (default: the book's).")
)


@command(
    "roll",
    lazy("The printed attendance sheet of a term (or a part of it), as xlsx for A4."),
    "coordinator-tui export roll -o 考勤表.xlsx",
    "coordinator-tui export roll --from 2026-09-01 --until 2026-09-30 --public -o 九月考勤.xlsx",
)
@output_option
@own_group_option
@term_option
@date_option("--from", about=lazy("From this day on."))
@date_option("--until", about=lazy("Up to this day."))
@legend_option
@option("--public", is_flag=True, about=lazy("Without minutes and late entries, to hand out."))
@option(
    "--unit", metavar="WORD", type=ChoiceType("session", "day"), default="session", about=lazy("How sums are counted.")
)
@force_option
@pass_call
def export_roll(
    call: Call,
    *,
    output: str,
    group: str | None,
    term: str | None,
    until: date | None,
    legend: str | None,
    public: bool,
    unit: Any,  # noqa: ANN401 - a word of the list
    force: bool,
    **dates: Any,  # noqa: ANN401 - click's
) -> None:
    """Write the attendance sheet."""
    from coordinator_tui.exports.roll_sheet import roll_sheet

    with call.open(read_only=True) as book:
        found = group_named(book, group)
        content = roll_sheet(
            book,
            group=found.id if found else None,
            term=term_named(book, term),
            since=dates["from"],
            until=until,
            legend=legend,
            internal=not public,
            unit=unit,
        )
        deliver(content, output, "xlsx", force=force)


@command(
    "call-sheet",
    lazy("The sheet to call one session's roll on paper; its numbers are those of “roll --line”."),
    "coordinator-tui export call-sheet next -o 点名表.xlsx",
)
@argument(
    "session",
    type=SESSION,
    default="next",
    required=False,
    about=lazy("A number, a date (the one session of that day), today, next or last."),
)
@output_option
@legend_option
@force_option
@pass_call
def export_call_sheet(call: Call, *, session: str, output: str, legend: str | None, force: bool) -> None:
    """Write the call sheet."""
    from coordinator_tui.exports.call_sheet import call_sheet

    with call.open(read_only=True) as book:
        content = call_sheet(book, session_named(book, session).id, legend=legend)
        deliver(content, output, "xlsx", force=force)


COMMAND = Group(
    "export", commands=[export_roll, export_call_sheet], examples=("coordinator-tui export roll -o 考勤表.xlsx",)
)
