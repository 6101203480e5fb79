"""The columns and rows of the list of members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book.members import member_rows
from coordinator_tui.domain.vocabulary import Level, Role, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.screens.sections import room_for
from coordinator_tui.tui.widgets.linelist import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.members import MemberRow
    from coordinator_tui.tui.styles import Look


def columns(names: Iterable[str] = (), *, everyone: bool) -> list[Column]:
    """Return the columns, as wide as names and language need them; the state only where those who left are shown."""
    names = tuple(names)
    return [
        Column("number", lazy("no."), 4, "right"),
        Column("name", lazy("name"), room_for(names, 10, 18), most=room_for(names, 10, 32)),
        Column("subject", lazy("subject"), 10, drop=3),
        Column("groups", lazy("groups"), 0, least=14),
        Column("role", lazy("role"), room_for((title(role) for role in Role if role is not Role.MEMBER), 6, 13)),
        Column("level", lazy("level"), room_for((title(level) for level in Level), 8, 21), drop=4),
        *([Column("state", lazy("state"), 16, drop=2)] if everyone else []),
    ]


NAME = 1


def rows_of(book: Book, *, group: int | None, everyone: bool, query: str) -> list[MemberRow]:
    """Return the members to list."""
    return member_rows(book, group=group, everyone=everyone, query=query)


def cells_of(number: int, row: MemberRow, *, everyone: bool) -> Sequence[str | tuple[str, Look]]:
    """Return the cells of a member's row."""
    member = row.member
    told: Look = "plain" if row.active else "quiet"
    role = "" if row.role in {None, Role.MEMBER} else title(row.role)
    left = _("left {day}").format(day=member.active_until) if not row.active and member.active_until else ""
    state = left or ("" if row.active else _("not there"))
    return (
        (str(number), "quiet"),
        (row.name, told),
        (member.subject or "", told),
        (_(", ").join(group.name for group in row.groups), told),
        (role, told),
        (title(member.level), told),
        *([(state, told)] if everyone else []),
    )
