"""The overview of a summary as lines: bars, each with its number, so that nothing rests on length alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.domain.attendance import COUNTED
from coordinator_tui.domain.vocabulary import NOT_TAKEN, Mark, WorkKind, title
from coordinator_tui.exports.summary_text import form
from coordinator_tui.exports.table import percent
from coordinator_tui.exports.words import mark_head
from coordinator_tui.text import cells, fit, ngettext, pgettext
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator_tui.domain.summary import Summary
    from coordinator_tui.tui.styles import Look
    from coordinator_tui.tui.widgets.line import Piece

Line = list["Piece"]
_BAR = 40
_LOOKS: dict[str, Look] = {
    Mark.PRESENT.value: "good",
    Mark.ABSENT.value: "bad",
    Mark.LATE.value: "warn",
    Mark.LEFT_EARLY.value: "warn",
}


def overview_lines(summary: Summary, owed: tuple[int, int], width: int) -> list[Line]:
    """Return the overview: sessions, attendance by mark and by form, work, what is owed (all, overdue)."""
    room = max(10, min(_BAR, width - 34))
    return [
        *_sessions(summary),
        [],
        *_marks(summary, room),
        [],
        *_forms(summary, room),
        [],
        *_work(summary, room),
        [],
        _owed(*owed),
    ]


def _head(text: str) -> Line:
    return [(text, "head")]


def _sessions(summary: Summary) -> list[Line]:
    parts = [
        (pgettext("roll", "to come"), summary.planned - summary.untaken),
        (_("held"), summary.held),
        (_("cancelled"), summary.cancelled),
        (_("roll not taken"), summary.untaken),
    ]
    line: Line = []
    for name, number in parts:
        line += [(f"{name} ", "quiet"), (f"{number}   ", "plain")]
    return [_head(_("Sessions")), line]


def _bars(rows: Iterable[tuple[str, str, float, Look]], room: int) -> list[Line]:
    """Return a line for each (name, number, share of the longest, look)."""
    rows = list(rows)
    names = max((cells(name) for name, *_rest in rows), default=0)
    numbers = max((cells(number) for _name, number, *_rest in rows), default=0)
    lines: list[Line] = []
    for name, number, share, look in rows:
        length = round(share * room)
        bar = "#" * max(length, 1 if share > 0 else 0)
        lines.append(
            [(fit(name, names) + "  ", "plain"), (fit(number, numbers, align="right") + "  ", "strong"), (bar, look)]
        )
    return lines


def _marks(summary: Summary, room: int) -> list[Line]:
    tally = summary.tally
    shown = [key for key in COUNTED if tally.counts[key] or key in {Mark.PRESENT, Mark.ABSENT, NOT_TAKEN}]
    expected = max(tally.expected, 1)
    rows = [
        (mark_head(key), str(tally.counts[key]), tally.counts[key] / expected, _LOOKS.get(key, "plain"))
        for key in shown
    ]
    rate = percent(tally.rate) if tally.rate is not None else "-"
    balance = _("expected {expected} = the sum of all marks and those not taken; attendance {rate}").format(
        expected=tally.expected, rate=rate
    )
    return [_head(_("Attendance by mark")), [(balance, "quiet")], *_bars(rows, room)]


def _forms(summary: Summary, room: int) -> list[Line]:
    rows: list[tuple[str, str, float, Look]] = []
    for kind, one in summary.kinds.items():
        rate = one.tally.rate
        number = ngettext("{count} session, {rate}", "{count} sessions, {rate}", one.sessions).format(
            count=one.sessions, rate=percent(rate) if rate is not None else "-"
        )
        rows.append((form(kind), number, rate or 0.0, "plain"))
    nothing: list[Line] = [[(_("No session has been held yet."), "quiet")]]
    return [_head(_("Attendance by form of session")), *(_bars(rows, room) or nothing)]


def _work(summary: Summary, room: int) -> list[Line]:
    most = max((one.pieces for one in summary.work.values()), default=1) or 1
    rows: list[tuple[str, str, float, Look]] = [
        (title(WorkKind(kind)), _pieces(one.pieces, one.words, one.members), one.pieces / most, "plain")
        for kind, one in summary.work.items()
    ]
    nothing: list[Line] = [[(_("Nothing has been handed in yet."), "quiet")]]
    return [_head(_("Work handed in")), *(_bars(rows, max(room - 16, 8)) or nothing)]


def _pieces(pieces: int, words: int, members: int) -> str:
    text = ngettext("{count} piece", "{count} pieces", pieces).format(count=pieces)
    if words:
        text += _(", {words} words").format(words=words)
    return text + _(", {members} members").format(members=members)


def _owed(owed: int, overdue: int) -> Line:
    if not owed:
        return [(_("Nobody owes anything."), "good")]
    text = ngettext("{count} piece of work is still owed", "{count} pieces of work are still owed", owed)
    late = ngettext("{count} overdue", "{count} overdue", overdue).format(count=overdue)
    return [(text.format(count=owed), "plain"), (f", {late}" if overdue else "", "warn")]
