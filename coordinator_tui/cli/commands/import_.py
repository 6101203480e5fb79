"""`import`: members, marks, work, sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.cli.common import (
    command,
    date_option,
    group_named,
    group_option,
    json_option,
    own_group_option,
    session_named,
    yes_option,
)
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.shape import Group, argument, option
from coordinator_tui.cli.values import PATH, SESSION, TEXT, CodeType
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from coordinator_tui.book.import_members import ImportPlan
    from coordinator_tui.cli.importing import Wish
    from coordinator_tui.domain.vocabulary import WorkKind

MORE = lazy(
    "xlsx, csv, tsv, text and .xls that is HTML or tab-separated are understood, in UTF-8, UTF-16 and GB18030. The"
    " preview shows old and new before anything is written. A bad row is refused with row, column, value and reason;"
    " the good ones go in with --only-good. Importing again updates, it never doubles."
)

OPTIONS = (
    argument("file", type=PATH, about=lazy("The file; - is standard input.")),
    option("--dry-run", is_flag=True, about=lazy("Only show what would be written.")),
    option("--only-good", is_flag=True, about=lazy("Leave bad rows out and take the good ones.")),
    option("--sheet", metavar="NAME", type=TEXT, about=lazy("The sheet of a workbook.")),
    option("--map", "mapping", metavar="FIELD=HEADER", multiple=True, type=TEXT, about=lazy("Where a field is.")),
    option("--encoding", metavar="NAME", about=lazy("The file's encoding, if it is not recognised.")),
    option(
        "--decide", metavar="ROW=ANSWER", multiple=True, type=TEXT, about=lazy("The answer to a question about a row.")
    ),
    yes_option,
    json_option,
)


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    for decorate in reversed(OPTIONS):
        function = decorate(function)
    return function


def _wish(
    *, file: str, dry_run: bool, only_good: bool, sheet: str | None, mapping: tuple[str, ...], encoding: str | None,
    decide: tuple[str, ...], yes: bool, as_json: bool,
) -> Wish:  # fmt: skip
    from coordinator_tui.cli.importing import Wish, decided, mapped

    return Wish(
        file=file,
        dry_run=dry_run,
        only_good=only_good,
        as_json=as_json,
        yes=yes,
        sheet=sheet,
        encoding=encoding,
        mapping=mapped(mapping),
        decisions=decided(decide),
    )


@command(
    "members",
    lazy("Take in a roster."),
    "coordinator-tui import members 教师花名册.xlsx --dry-run",
    "coordinator-tui import members 花名册.csv --group 英语教研组 --only-good",
    "coordinator-tui import members 名单.xlsx --map subject=任课 --decide 12=new --json",
    more=MORE,
)
@_options
@own_group_option
@date_option("--from", about=lazy("First day in the group (default: always)."))
@pass_call
def import_members(call: Call, *, group: str | None, **rest: Any) -> None:  # noqa: ANN401 - click's
    """Read a roster and write it."""
    from coordinator_tui.book.import_members import plan_import
    from coordinator_tui.cli.import_roster import RosterPlan
    from coordinator_tui.cli.importing import carry_out
    from coordinator_tui.imports.roster import read_roster

    start = rest.pop("from")
    wish = _wish(**rest)
    with call.open(read_only=wish.dry_run) as book:
        reading = wish.read(read_roster)
        found = group_named(book, group) or (book.group if len(book.groups) else None)
        plan: ImportPlan = plan_import(book, reading.rows, group=found.id if found else None, start=start)
        carry_out(wish, reading, RosterPlan.of(plan, reading.columns))


@command(
    "marks",
    lazy("Take in who attended a session: sign-in sheets, DingTalk, meeting participants, pasted names."),
    "coordinator-tui import marks 签到.xlsx --session 2026-09-09",
    "pbpaste | coordinator-tui import marks - --session today --dry-run",
    more=MORE,
)
@_options
@option(
    "--session", "-s", metavar="SESSION", type=SESSION, default="today", about=lazy("The session (default: today's).")
)
@group_option
@pass_call
def import_marks(call: Call, *, session: str, group: str | None, **rest: Any) -> None:  # noqa: ANN401 - click's
    """Read marks and write them into one roll."""
    from coordinator_tui.book.roll import RollCall
    from coordinator_tui.cli.import_rows import MarksPlan
    from coordinator_tui.cli.importing import carry_out
    from coordinator_tui.imports.marks import read_marks

    wish = _wish(**rest)
    with call.open(read_only=wish.dry_run) as book:
        roll = RollCall(book, session_named(book, session, group).id)
        reading = wish.read(read_marks, on=roll.session.date)
        carry_out(wish, reading, MarksPlan.of(book, roll, reading.rows))


@command(
    "work",
    lazy("Take in a list of work handed in."),
    "coordinator-tui import work 读书笔记登记.xlsx --kind reading_note",
    more=MORE,
)
@_options
@option(
    "--kind", "-k", metavar="CODE", type=CodeType("WorkKind"), about=lazy("Kind where the file has no column for it.")
)
@pass_call
def import_work(call: Call, *, kind: WorkKind | None, **rest: Any) -> None:  # noqa: ANN401 - click's
    """Read pieces of work and write them."""
    from coordinator_tui.cli.import_rows import WorkPlan
    from coordinator_tui.cli.importing import carry_out
    from coordinator_tui.imports.work import read_work

    wish = _wish(**rest)
    with call.open(read_only=wish.dry_run) as book:
        reading = wish.read(read_work, kind=kind, not_before=_term_start(book))
        carry_out(wish, reading, WorkPlan.of(book, reading.rows))


@command(
    "sessions",
    lazy("Take in a term's plan of sessions."),
    "coordinator-tui import sessions 教研活动安排.xlsx --dry-run",
    more=MORE,
)
@_options
@own_group_option
@pass_call
def import_sessions(call: Call, *, group: str | None, **rest: Any) -> None:  # noqa: ANN401 - click's
    """Read sessions and write them."""
    from coordinator_tui.cli.import_rows import SessionsPlan
    from coordinator_tui.cli.importing import carry_out
    from coordinator_tui.imports.sessions import read_sessions

    wish = _wish(**rest)
    with call.open(read_only=wish.dry_run) as book:
        reading = wish.read(read_sessions, not_before=_term_start(book))
        carry_out(wish, reading, SessionsPlan.of(book, reading.rows, group_named(book, group)))


def _term_start(book: Any) -> date | None:  # noqa: ANN401 - a book
    return book.term.start if len(book.terms) else None


COMMAND = Group(
    "import",
    commands=[import_members, import_marks, import_work, import_sessions],
    examples=("coordinator-tui import members 教师花名册.xlsx --dry-run",),
)
