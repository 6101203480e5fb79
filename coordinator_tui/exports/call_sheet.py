"""The empty sheet for calling a roll on paper, numbered as the screen is, so that `3迟10` can be typed from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book.errors import Refused
from coordinator_tui.book.roll import RollCall
from coordinator_tui.domain.vocabulary import LeaveStatus, title
from coordinator_tui.exports.legend import legend_line, legend_named
from coordinator_tui.exports.words import BLANK, full_day
from coordinator_tui.exports.workbook import (
    LINE_HEIGHT,
    lines_in,
    new_sheet,
    new_workbook,
    page,
    put,
    put_title,
    set_widths,
    to_bytes,
)
from coordinator_tui.text import cells, lazy
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.roll import RollRow

_ONE_COLUMN = 32
_GAP = 1.0
_PAGE_CELLS = 84.0
_ROWS_HEIGHT = 570.0


def call_sheet(book: Book, session: int, *, legend: str | None = None) -> bytes:
    """Return the sheet for calling the roll of a session on paper as xlsx, empty but for leave known in advance.

    The numbers are those of the roll. Raises NoSuchThing for an unknown session or legend, Refused when nobody is
    expected.
    """
    signs = legend_named(book, legend)
    call = RollCall(book, session)
    if not call.rows:
        raise Refused(
            lazy("Nobody is expected on {day}, so there is no sheet to call the roll on."),
            day=call.session.date.isoformat(),
        )
    workbook = new_workbook(_title(call), call.session.date)
    sheet = new_sheet(workbook, _("Roll"))
    blocks = _blocks(call.rows)
    block = _block_widths(call.rows, len(blocks))
    widths = [*block, *(width for _block in blocks[1:] for width in (_GAP, *block))]
    top = _heading(sheet, call, legend_line(signs, matrix=False), widths)
    lefts = range(1, len(widths) + 1, len(block) + 1)
    bottom = max(_block(sheet, rows, top, left, call) for left, rows in zip(lefts, blocks, strict=True))
    _foot(sheet, bottom, widths, len(call.rows))
    set_widths(sheet, widths)
    sheet.freeze_panes = f"A{top + 1}"
    page(sheet, landscape=False, repeat=(1, top), foot=_title(call))
    return to_bytes(workbook)


def _title(call: RollCall) -> str:
    group = call.book.groups.find(call.session.group)
    name = group.name if group else ""
    return _("{school} {group} roll").format(school=call.book.school, group=name).strip()


def _blocks(rows: list[RollRow]) -> list[list[RollRow]]:
    """Set many people in two columns, page by page being the printer's business, number after number downwards."""
    if len(rows) <= _ONE_COLUMN:
        return [rows]
    half = -(-len(rows) // 2)
    return [rows[:half], rows[half:]]


def _block_widths(rows: list[RollRow], blocks: int) -> tuple[float, ...]:
    """Return the widths of one block's columns; what names leave of the page is for signs and notes."""
    name = float(min(max(10, *(cells(row.name) for row in rows)), 22))
    rest = _PAGE_CELLS / blocks - 4 - name - 8
    return (4.0, name, 8.0, max(6.0, rest / 3), max(9.0, rest * 2 / 3 - 4))


def _heading(sheet: Worksheet, call: RollCall, legend: str, widths: list[float]) -> int:
    """Write what stands over the rows; return the row of the column heads."""
    session = call.session
    put_title(sheet, _title(call), widths)
    times = "–".join(filter(None, (session.start, session.end)))
    when = " ".join(filter(None, (full_day(session.date), times, session.place)))
    topic = " ".join(filter(None, (title(session.kind), session.topic)))
    lines = [
        _("Time and place: {when}").format(when=when),
        _("Topic: {topic}").format(topic=topic or BLANK),
        legend,
        _("Only exceptions need a sign; typed by number afterwards: “3 late 10, 7 sick, rest present”."),
    ]
    for row, text in enumerate(lines, 2):
        _line(sheet, row, text, widths)
    return len(lines) + 2


def _line(sheet: Worksheet, row: int, text: str, widths: list[float]) -> None:
    put(sheet, row, 1, text, "bare", span=len(widths))
    sheet.row_dimensions[row].height = LINE_HEIGHT * lines_in(text, sum(widths)) + 3


def _block(sheet: Worksheet, rows: list[RollRow], top: int, left: int, call: RollCall) -> int:
    """Write one column of people; return the row after them."""
    heads = (_("No."), _("Name"), _("Subject"), _("Mark"), _("Notes"))
    for column, text in enumerate(heads, left):
        put(sheet, top, column, text, "head")
    for at, row in enumerate(rows, top + 1):
        member = call.book.members.get(row.member)
        put(sheet, at, left, row.number, "center")
        put(sheet, at, left + 1, row.name, "text")
        put(sheet, at, left + 2, member.subject, "small")
        put(sheet, at, left + 3, None, "center")
        put(sheet, at, left + 4, _known_leave(row), "small")
        sheet.row_dimensions[at].height = min(max(_ROWS_HEIGHT / len(rows), 17.0), 24.0)
    return top + 1 + len(rows)


def _known_leave(row: RollRow) -> str | None:
    if row.leave is None:
        return None
    kind = title(row.leave.kind)
    return kind if row.leave.status is LeaveStatus.APPROVED else _("{leave} (not approved)").format(leave=kind)


def _foot(sheet: Worksheet, row: int, widths: list[float], expected: int) -> None:
    counts = _("Expected: {count}").format(count=expected)
    blanks = (_("Attended: {blank}"), _("Called by: {blank}"), _("Date: {blank}"))
    text = "        ".join((counts, *(blank.format(blank=BLANK) for blank in blanks)))
    _line(sheet, row, text, widths)
    sheet.row_dimensions[row].height = 34
