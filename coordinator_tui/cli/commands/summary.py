"""`summary`: the term's summary of a group or a member, in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.cli.common import (
    command,
    force_option,
    group_named,
    json_option,
    own_group_option,
    term_named,
    term_option,
)
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.files import deliver, format_of
from coordinator_tui.cli.shape import option
from coordinator_tui.cli.values import MEMBER, PATH, ChoiceType
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from coordinator_tui.exports.formats import Format

FORMATS = ("text", "md", "csv", "xlsx", "json")


@command(
    "summary",
    lazy("The term's summary of a group or a member."),
    "coordinator-tui summary",
    "coordinator-tui summary -o 学期总结.xlsx",
    "coordinator-tui summary --member 张三 -f md",
    "coordinator-tui summary --term 2026-2027-1 --json",
)
@term_option
@own_group_option
@option("--member", "-m", metavar="MEMBER", type=MEMBER, about=lazy("Of this member instead of the group."))
@option(
    "--format",
    "-f",
    "fmt",
    metavar="FORMAT",
    type=ChoiceType(*FORMATS),
    about=lazy("Format (default: the file's, else text)."),
)
@option(
    "--output",
    "-o",
    metavar="FILE",
    type=PATH,
    default="-",
    about=lazy("Write to a file; - is standard output."),
)
@force_option
@json_option
@pass_call
def COMMAND(  # noqa: N802 - handed on by this name
    call: Call,
    *,
    term: str | None,
    group: str | None,
    member: str | None,
    fmt: Format | None,
    output: str,
    force: bool,
    as_json: bool,
) -> None:
    """Write the summary."""
    from coordinator_tui.book.members import find_member
    from coordinator_tui.exports.summary import summary_file

    chosen = "json" if as_json else format_of(fmt, output, "text")
    with call.open(read_only=True) as book:
        found = group_named(book, group)
        content = summary_file(
            book,
            chosen,
            term=term_named(book, term),
            group=found.id if found else None,
            member=find_member(book, member).id if member else None,
        )
        deliver(content, output, chosen, force=force)
