"""`history`: who changed what, when, from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from coordinator_tui.cli.common import command, json_option
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.output import emit, emit_json
from coordinator_tui.cli.shape import argument, option
from coordinator_tui.cli.values import MEMBER, ChoiceType
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.book.history import HistoryLine

TABLES = (
    "members", "groups", "memberships", "terms", "calendar", "series", "sessions", "attendance", "leaves",
    "assignments", "work", "readings", "settings",
)  # fmt: skip
IDS = frozenset({"session", "member", "group", "series", "assignment", "reading", "speaker_member"})
"""Fields that hold the id of another thing: the list leaves them out, JSON has them."""
SPARE = 4
"""How many times as many changes are read as are to be listed."""


@command(
    "history",
    lazy("Show who changed what, newest first."),
    "coordinator-tui history",
    "coordinator-tui history 张三",
    "coordinator-tui history 2026-09-09 --json",
)
@argument(
    "thing",
    required=False,
    type=MEMBER,
    about=lazy("A member, a session (date, today, next, last), or a number."),
)
@option("--what", metavar="TABLE", type=ChoiceType(*TABLES), about=lazy("Only this table."))
@option(
    "--limit",
    "-n",
    metavar="N",
    type=click.IntRange(1),
    default=50,
    about=lazy("At most so many changes (default: 50)."),
)
@json_option
@pass_call
def COMMAND(call: Call, thing: str | None, what: str | None, limit: int, *, as_json: bool) -> None:  # noqa: N802 - handed on by this name
    """Print changes."""
    with call.open(read_only=True) as book:
        most = limit if as_json else limit * SPARE  # what the list leaves out must not make it shorter
        lines = _of(book, thing, most) if thing else book.history(what, limit=most)
        if thing and what:
            lines = [line for line in lines if line.what == what]
        if as_json:
            emit_json([line.to_json() for line in lines])
            return
        _print([line for line in lines if line.field not in IDS][:limit])


def _print(lines: list[HistoryLine]) -> None:
    """Print the changes below the step that made them."""
    step = None
    for line in lines:
        if (line.replica, line.n) != step:
            step = (line.replica, line.n)
            emit(f"{line.at.astimezone():%Y-%m-%d %H:%M:%S}  {line.by}  {line.step}")
        emit(f"  {line.sentence()}" + (_(" (late entry)") if line.late else ""))


def _of(book: Book, text: str, limit: int) -> list[HistoryLine]:
    """Return the history of the thing that is meant: a number, a session, or a member."""
    from coordinator_tui.book.history import history_of_member
    from coordinator_tui.book.members import find_member
    from coordinator_tui.book.roll import RollCall
    from coordinator_tui.cli.common import session_named
    from coordinator_tui.cli.context import UnreadableDateError, read_date

    if text.isdecimal() and len(text) > 4:
        for table, collection in book.collections.items():
            if int(text) in collection and table not in {"members", "sessions"}:
                return book.history(table, int(text), limit=limit)
        if int(text) in book.sessions:
            return RollCall(book, int(text)).history()[:limit]
    if text not in {"next", "last"}:
        try:
            read_date(text, book.today)
        except UnreadableDateError:
            return history_of_member(book, find_member(book, text).id, limit=limit)
    return RollCall(book, session_named(book, text).id).history()[:limit]
