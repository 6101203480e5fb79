"""The printed attendance sheet (考勤表): a period as a matrix, ready for signatures on A4."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from coordinator_tui.domain.attendance import COUNTED, rate_of
from coordinator_tui.domain.vocabulary import NOT_TAKEN, title
from coordinator_tui.exports.legend import late_sign, legend_line, legend_named
from coordinator_tui.exports.roll_matrix import BY_TIMES, roll_matrix
from coordinator_tui.exports.table import percent
from coordinator_tui.exports.words import BLANK, day_month, mark_head, period, term_words, weekday
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
from coordinator_tui.text import cells
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from openpyxl.worksheet.worksheet import Worksheet

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.legends import Legend
    from coordinator_tui.domain.records import Term
    from coordinator_tui.exports.roll_matrix import RollCell, RollMatrix, RollPerson, Unit
    from coordinator_tui.exports.table import Value

_SESSIONS_A_SHEET = 20
_FIRST_DAY = 4
_HEAD = (4, 6)
_ROW_HEIGHT = 19.0


def roll_sheet(
    book: Book,
    *,
    group: int | None = None,
    term: Term | None = None,
    since: date | None = None,
    until: date | None = None,
    legend: str | None = None,
    internal: bool = True,
    unit: Unit = "session",
) -> bytes:
    """Return the attendance sheet of a group (the book's own) in a term (the current one) or a part of it, as xlsx.

    `legend` names one of config/legends.yaml (the book's setting); `internal` shows minutes and late entries, which a
    copy for outside leaves out; `unit` "day" adds up attendance and leave by days. Raises Unbalanced when a column does
    not add up, Refused when there is nothing to print, NoSuchThing for an unknown legend.
    """
    signs = legend_named(book, legend)
    matrix = roll_matrix(book, group=group, term=term, since=since, until=until, internal=internal)
    return matrix_sheet(matrix, signs, internal=internal, unit=unit)


def matrix_sheet(matrix: RollMatrix, legend: Legend, *, internal: bool = True, unit: Unit = "session") -> bytes:
    """Return a checked matrix as a workbook; many sessions go onto several sheets, the sums onto the last."""
    matrix.check()
    workbook = new_workbook(_title(matrix), matrix.sessions[-1].date)
    parts = _parts(len(matrix.sessions))
    for number, days in enumerate(parts, 1):
        sheet = new_sheet(workbook, " ".join([_("Attendance"), *([str(number)] if len(parts) > 1 else [])]))
        _Sheet(sheet, matrix, legend, days, internal=internal, unit=unit, number=number, of=len(parts)).write()
    return to_bytes(workbook)


def _title(matrix: RollMatrix) -> str:
    return _("{school} {group} attendance sheet").format(school=matrix.school, group=matrix.group).strip()


def _parts(sessions: int) -> list[range]:
    """Share the sessions out over as few sheets as hold them, evenly."""
    sheets = -(-sessions // _SESSIONS_A_SHEET)
    bounds = [sessions * at // sheets for at in range(sheets + 1)]
    return [range(start, end) for start, end in pairwise(bounds)]


class _Sheet:
    """One sheet: the sessions `days` (places in the matrix), and the sums of all of them where it is the last."""

    def __init__(
        self,
        sheet: Worksheet,
        matrix: RollMatrix,
        legend: Legend,
        days: range,
        *,
        internal: bool,
        unit: Unit,
        number: int,
        of: int,
    ) -> None:
        self.sheet = sheet
        self.matrix = matrix
        self.legend = legend
        self.days = days
        self.internal = internal
        self.unit = unit
        self.number, self.of = number, of
        self.sums_at = _FIRST_DAY + len(days)
        self.with_sums = number == of
        self.width = self.sums_at + (len(COUNTED) + 2 if self.with_sums else 1) - 1
        self.widths = self._widths()

    def write(self) -> None:
        self._heading()
        self._head()
        row = _HEAD[1] + 1
        for person in self.matrix.people:
            self._person(row, person)
            row += 1
        row = self._foot(row)
        self._notes(row)
        set_widths(self.sheet, self.widths)
        self.sheet.freeze_panes = self.sheet.cell(_HEAD[1] + 1, _FIRST_DAY).coordinate
        page(self.sheet, landscape=True, repeat=(1, _HEAD[1]), foot=_title(self.matrix))

    # the parts of a sheet

    def _widths(self) -> list[float]:
        longest = max((cells(person.name) for person in self.matrix.people), default=0)
        subject = max((cells(person.subject) for person in self.matrix.people), default=0)
        days = [self._sign_width()] * len(self.days)
        heads = [_("Expected"), *map(self._sum_title, COUNTED)] if self.with_sums else []
        sums = [max(4.6, *(cells(word) * 0.9 for word in text.split())) for text in heads]
        return [
            4.0,
            float(min(max(longest, 6), 22)),
            float(min(max(subject, cells(_("Subject"))), 10)),
            *days,
            *sums,
            self._note_width(),
        ]

    def _sign_width(self) -> float:
        here = {self.matrix.sessions[at].id for at in self.days}
        signs = (self._sign(cell) for (session, _member), cell in self.matrix.cells.items() if session in here)
        widest = max(map(cells, signs), default=0)
        return max(4.6, widest * 0.9)

    def _note_width(self) -> float:
        notes = [cells(self._remark(person)) for person in self.matrix.people]
        return float(min(max([8, *notes]), 22))

    def _heading(self) -> None:
        matrix = self.matrix
        put_title(self.sheet, _title(matrix), self.widths)
        facts = [
            _("Period: {period}").format(period=period(matrix.since, matrix.until)),
            _("Term: {term}").format(term=term_words(matrix.term)),
            _("Group: {group}").format(group=matrix.group),
            _("Sessions: {count}").format(count=len(matrix.sessions)),
        ]
        if self.of > 1:
            facts.append(_("Sheet {number} of {count}").format(number=self.number, count=self.of))
        self._line(2, "        ".join(facts))
        self._line(3, legend_line(self.legend, late_entries=self.internal))

    def _line(self, row: int, text: str) -> None:
        put(self.sheet, row, 1, text, "bare", span=self.width)
        self.sheet.row_dimensions[row].height = LINE_HEIGHT * lines_in(text, sum(self.widths) * 1.05) + 3

    def _head(self) -> None:
        top, bottom = _HEAD
        for column, text in ((1, _("No.")), (2, _("Name")), (3, _("Subject"))):
            self._tall(column, text)
        for column, at in enumerate(self.days, _FIRST_DAY):
            week, day = self.matrix.weeks[at], self.matrix.sessions[at].date
            put(self.sheet, top, column, "" if week is None else _("wk {week}").format(week=week), "small")
            put(self.sheet, top + 1, column, day_month(day), "small")
            put(self.sheet, bottom, column, weekday(day), "small")
        if self.with_sums:
            self._tall(self.sums_at, _("Expected"))
            for column, key in enumerate(COUNTED, self.sums_at + 1):
                self._tall(column, self._sum_title(key))
        self._tall(self.width, _("Notes"))
        for row in range(top, bottom + 1):
            self.sheet.row_dimensions[row].height = 15.5

    def _sum_title(self, key: str) -> str:
        name = mark_head(key)
        return name if self.unit == "session" or key in BY_TIMES else _("{mark} (days)").format(mark=name)

    def _tall(self, column: int, text: str) -> None:
        top, bottom = _HEAD
        for row in range(top, bottom + 1):
            put(self.sheet, row, column, text if row == top else None, "head" if column <= 3 else "tight")
        self.sheet.merge_cells(start_row=top, end_row=bottom, start_column=column, end_column=column)

    def _person(self, row: int, person: RollPerson) -> None:
        put(self.sheet, row, 1, person.number, "center")
        put(self.sheet, row, 2, person.name, "text")
        put(self.sheet, row, 3, person.subject, "small")
        for column, at in enumerate(self.days, _FIRST_DAY):
            cell = self.matrix.cells.get((self.matrix.sessions[at].id, person.member))
            put(self.sheet, row, column, "" if cell is None else self._sign(cell), "faint" if cell is None else "small")
        if self.with_sums:
            self._sums(row, person)
        put(self.sheet, row, self.width, self._remark(person), "small")
        lines = max(lines_in(person.name, self.widths[1]), lines_in(self._remark(person), self.widths[-1]))
        self.sheet.row_dimensions[row].height = max(_ROW_HEIGHT, 13.5 * lines + 2)

    def _sign(self, cell: RollCell) -> str:
        if cell.mark is None:
            return ""
        minutes = str(cell.minutes) if self.internal and cell.minutes else ""
        return f"{self.legend.glyphs[cell.mark]}{minutes}{late_sign() if cell.late and self.internal else ''}"

    def _sums(self, row: int, person: RollPerson) -> None:
        totals = self.matrix.totals(person.member, self.unit)
        put(self.sheet, row, self.sums_at, self.matrix.expected_of(person.member), "center")
        for column, key in enumerate(COUNTED, self.sums_at + 1):
            put(self.sheet, row, column, totals[key] or None, "center")

    def _remark(self, person: RollPerson) -> str:
        """Say which of this sheet's entries were made late, and how many minutes somebody was late in all."""
        if not self.internal:
            return ""
        late = [
            day_month(session.date)
            for session in (self.matrix.sessions[at] for at in self.days)
            if (cell := self.matrix.cells.get((session.id, person.member))) is not None and cell.late
        ]
        if len(late) == len(self.days) > 1:
            return _("Late entry: all")
        return _("Late entry: {days}").format(days=" ".join(late)) if late else ""

    def _foot(self, row: int) -> int:
        for offset, label in enumerate((_("Expected"), _("Attended"))):
            put(self.sheet, row + offset, 1, label, "head", span=3)
            self.sheet.row_dimensions[row + offset].height = _ROW_HEIGHT
        for column, at in enumerate(self.days, _FIRST_DAY):
            put(self.sheet, row, column, self.matrix.tallies[at].expected, "small")
            put(self.sheet, row + 1, column, self._came(at), "small")
        if self.with_sums:
            self._whole(row)
        else:
            put(self.sheet, row, self.width, None, "small")
            put(self.sheet, row + 1, self.width, None, "small")
        return row + 2

    def _came(self, at: int) -> Value:
        """Say how many came; a roll that nobody took is no roll at which nobody came."""
        one = self.matrix.tallies[at]
        return "–" if one.counts[NOT_TAKEN] == one.expected else one.attended

    def _whole(self, row: int) -> None:
        counts = self.matrix.sums()
        put(self.sheet, row, self.sums_at, sum(one.expected for one in self.matrix.tallies), "small")
        for column, key in enumerate(COUNTED, self.sums_at + 1):
            shown = counts[key] if self.unit == "session" or key in BY_TIMES else self._days_of(key)
            put(self.sheet, row, column, shown, "small")
        put(self.sheet, row, self.width, _("Total"), "small")
        rate = rate_of(counts)
        text = _("Attendance {rate} (without exempt and not taken)").format(rate=percent(rate) or "–")
        put(self.sheet, row + 1, self.sums_at, text, "small", span=len(COUNTED) + 2)

    def _days_of(self, key: str) -> int:
        return sum(self.matrix.totals(person.member, "day")[key] for person in self.matrix.people)

    def _notes(self, row: int) -> None:
        for text in (*self._remarks(), _signatures()):
            self._line(row, text)
            row += 1
        self.sheet.row_dimensions[row - 1].height = 34

    def _remarks(self) -> Sequence[str]:
        matrix, found = self.matrix, []
        if self.number == self.of and matrix.cancelled:
            days = " ".join(map(day_month, matrix.cancelled))
            found.append(_("Cancelled, counted for nobody: {days}.").format(days=days))
        here = {matrix.sessions[at].id for at in self.days}
        extra = [
            f"{day_month(session.date)} {name} {title(mark)}"
            for session, name, mark in matrix.extra
            if session.id in here
        ]
        if extra and self.internal:
            found.append(_("Marked but not expected, counted nowhere: {people}.").format(people="; ".join(extra)))
        if self.of > 1 and self.with_sums:
            found.append(_("The sums are those of all sheets."))
        return found


def _signatures() -> str:
    return "                ".join((_("Made by: {blank}"), _("Checked by: {blank}"), _("Date: {blank}"))).format(
        blank=BLANK
    )
