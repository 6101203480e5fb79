"""`export`: lists as files, the attendance sheet, the sheet to call a roll on, the form to check notes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.cli.common import (
    command,
    date_option,
    force_option,
    group_named,
    group_option,
    own_group_option,
    session_named,
    term_named,
    term_option,
)
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.files import deliver, format_of
from coordinator_tui.cli.shape import Group, argument, option
from coordinator_tui.cli.values import PATH, SESSION, ChoiceType, CodeType, TextType
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import click

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.vocabulary import WorkKind
    from coordinator_tui.exports.formats import Format
    from coordinator_tui.exports.lists import ListName
    from coordinator_tui.text import LazyText


def _legends(_book: Book) -> Iterable[str]:
    from coordinator_tui.book.legends import legends

    return legends()


output_option = option(
    "--output", "-o", metavar="FILE", type=PATH, required=True, about=lazy("The file; - is standard output.")
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


@command(
    "note-check",
    lazy("The form on which reading and study notes are checked, filled from the records."),
    "coordinator-tui export note-check -o 教师学习笔记检查登记表.xlsx",
    "coordinator-tui export note-check --from 2026-11-01 --until 2026-11-30 --kind reading_note -f csv -o -",
)
@option(
    "--format",
    "-f",
    "fmt",
    metavar="FORMAT",
    type=ChoiceType("text", "md", "csv", "xlsx", "json"),
    about=lazy("Format (default: the file's, else xlsx)."),
)
@output_option
@own_group_option
@term_option
@option(
    "--kind", "-k", "kinds", metavar="CODE", multiple=True, type=CodeType("WorkKind"),
    about=lazy("Notes of this kind (default: reading_note and study_note)."),
)  # fmt: skip
@date_option("--from", about=lazy("From this day on."))
@date_option("--until", about=lazy("Up to this day."))
@force_option
@pass_call
def export_note_check(
    call: Call,
    *,
    fmt: Format | None,
    output: str,
    group: str | None,
    term: str | None,
    kinds: tuple[WorkKind, ...],
    until: date | None,
    force: bool,
    **dates: Any,  # noqa: ANN401 - click's
) -> None:
    """Write the form."""
    from coordinator_tui.book.note_checks import NOTES
    from coordinator_tui.exports.note_check import note_check_file

    chosen = format_of(fmt, output, "xlsx")
    with call.open(read_only=True) as book:
        found = group_named(book, group)
        content = note_check_file(
            book,
            chosen,
            term=term_named(book, term),
            group=found.id if found else None,
            kinds=kinds or NOTES,
            since=dates["from"],
            until=until,
        )
        deliver(content, output, chosen, force=force)


def _list(what: ListName, about: LazyText, example: str) -> click.Command:
    """Make the command that writes one of the book's lists."""

    @command(what, about, f"coordinator-tui export {what} -o {example}", f"coordinator-tui export {what} -f json -o -")
    @option(
        "--format",
        "-f",
        "fmt",
        metavar="FORMAT",
        type=ChoiceType("csv", "xlsx", "json"),
        about=lazy("Format (default: the file's, else csv)."),
    )
    @output_option
    @group_option
    @term_option
    @force_option
    @pass_call
    def write(call: Call, *, fmt: Format | None, output: str, group: str | None, term: str | None, force: bool) -> None:
        from coordinator_tui.exports.lists import list_file

        chosen = format_of(fmt, output, "csv")
        with call.open(read_only=True) as book:
            found = group_named(book, group)
            within = term_named(book, term) if term else None
            content = list_file(book, what, chosen, term=within, group=found.id if found else None)
            deliver(content, output, chosen, force=force)

    return write


LISTS: tuple[tuple[ListName, LazyText, str], ...] = (
    ("members", lazy("The members, as a list that can be imported again."), "成员.xlsx"),
    ("sessions", lazy("The sessions of a term."), "活动.xlsx"),
    ("attendance", lazy("Every mark of a term."), "考勤.csv"),
    ("work", lazy("The work handed in during a term."), "材料.xlsx"),
    ("assignments", lazy("The tasks of a term."), "任务.csv"),
    ("readings", lazy("What is recommended to read."), "书目.csv"),
    ("trainings", lazy("The trainings of a term."), "外出培训.xlsx"),
    ("pairs", lazy("The mentors and apprentices of a term."), "师徒结对一览表.xlsx"),
    ("achievements", lazy("The register of a term's achievements."), "成果登记表.xlsx"),
)

COMMAND = Group(
    "export",
    commands=[*(_list(*entry) for entry in LISTS), export_roll, export_call_sheet, export_note_check],
    examples=("coordinator-tui export members -f csv -o 成员.csv", "coordinator-tui export roll -o 考勤表.xlsx"),
)
