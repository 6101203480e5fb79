"""What a row of the roll shows: number, name, mark in sign and word, minutes, late entry, note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator_tui.domain.legends import DEFAULT
from coordinator_tui.domain.vocabulary import LeaveStatus, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.screens.roll_marks import leave_word, look_of, mark_word, sign
from coordinator_tui.tui.screens.sections import room_for
from coordinator_tui.tui.widgets.linelist import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coordinator_tui.book.roll import Entry, RollCall, RollRow
    from coordinator_tui.domain.records import Leave
    from coordinator_tui.domain.vocabulary import Mark
    from coordinator_tui.tui.styles import Look

APART: Final = -1
"""Id of the line between those expected and those who are marked though nobody expects them."""

NAME_COLUMN: Final = 1


def columns(names: Iterable[str] = (), *, late: bool) -> list[Column]:
    """Return the columns of the roll, with room for the names; late entries have one only where there can be some."""
    return [
        Column("number", lazy("no."), 4, "right"),
        Column("name", lazy("name"), 18, most=room_for(names, 18, 32)),
        Column("mark", lazy("mark"), 19),
        Column("minutes", lazy("min"), 4, "right"),
        *([Column("late", "", 10)] if late else []),
        Column("note", lazy("note"), 0, drop=1, least=8),
    ]


class RowCells:
    """Makes the cells of a row; `asking` is (member, digits typed so far) while minutes are being typed."""

    def __init__(self) -> None:
        self.roll: RollCall | None = None
        self.glyphs: Mapping[Mark, str] = DEFAULT.glyphs
        self.entries: dict[int, Entry] = {}
        self.asking: tuple[int, str] | None = None
        self.late = False

    def of(self, member: int) -> tuple[str | tuple[str, Look], ...]:
        """Return the cells of a member's row."""
        if member == APART or self.roll is None:
            return ("", (_("not expected"), "head"), (_("counted nowhere"), "quiet"), "", *self._late(member), "")
        row = self.roll.row(member)
        return (
            str(row.number) if row.number else "-",
            row.name,
            self._mark(row),
            self._minutes(row),
            *self._late(member),
            self._note(row),
        )

    def _mark(self, row: RollRow) -> tuple[str, Look]:
        if row.mark is not None:
            return f"{sign(row.mark, self.glyphs)} {title(row.mark)}", look_of(row.mark)
        if row.leave is not None:
            return "   " + planned(row.leave), "quiet"
        return "   " + mark_word(None), "quiet"

    def _minutes(self, row: RollRow) -> tuple[str, Look]:
        if self.asking is not None and self.asking[0] == row.member:
            return self.asking[1] + "_", "cursor"
        return ("" if row.minutes is None else str(row.minutes)), "plain"

    def _late(self, member: int) -> tuple[str | tuple[str, Look], ...]:
        if not self.late:
            return ()
        entry = self.entries.get(member)
        return ((_("late entry") if entry is not None and entry.late else "", "quiet"),)

    @staticmethod
    def _note(row: RollRow) -> tuple[str, Look]:
        if row.note:
            return row.note, "plain"
        leave = row.leave if row.leave is not None and row.mark in {None, row.leave.kind} else None
        return (leave.reason or "" if leave is not None else ""), "quiet"


def planned(leave: Leave) -> str:
    """Return leave that is known but not confirmed: "leave (sick)", with a question mark while it is not approved."""
    shown = _("leave ({kind})").format(kind=leave_word(leave.kind))
    return shown if leave.status is LeaveStatus.APPROVED else shown + "?"
