"""The lines of the Today screen: what the day asks for, each line leading to where it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from coordinator_tui.book.members import name_of
from coordinator_tui.book.roll import expected_at
from coordinator_tui.book.schedule import marks_of
from coordinator_tui.domain.vocabulary import SessionStatus, title
from coordinator_tui.text import cells, ngettext, pgettext
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.screens.day_words import day_words, span_words, time_words, weekday
from coordinator_tui.tui.screens.leave_forms import leave_words
from coordinator_tui.tui.screens.sections import Entry, columns, heading, joined, line, paragraph, room_for
from coordinator_tui.tui.screens.session_words import clash_words, lacks, what

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.schedule import SessionRow
    from coordinator_tui.book.today import TodayView
    from coordinator_tui.domain.calendar import Clash
    from coordinator_tui.domain.records import Leave, Session
    from coordinator_tui.domain.work import Owed
    from coordinator_tui.tui.screens.rules_owed import RulesOwed
    from coordinator_tui.tui.styles import Look

Row: TypeAlias = tuple[str, int, int]
"""What a line leads to: ("roll", session, 0), ("owed", member, assignment), ("go", 0, 0) ..."""
Lines: TypeAlias = list[Entry[Row]]

MOST = {"rolls": 6, "owed": 8, "owed beside rules": 4, "leaves": 6, "gaps": 5, "clashes": 4}
"""Lines of a section before the rest is counted."""
_DAY = 18


def today_lines(book: Book, view: TodayView, width: int, owed: RulesOwed) -> Lines:
    """Return everything that the day asks for, for `width` cells; `owed` is what the rules add, once it is known."""
    lines: Lines = [_date(view), *_warnings(view, width)]
    start = _beginning(book, view)
    begin: Lines = [Entry(), heading(_("To begin")), *start] if start else []
    return [
        *lines,
        *begin,
        *([] if start else _sessions(book, view)),
        *_rolls(book, view),
        *_owed(book, view, "owed" if owed.state == "none" else "owed beside rules"),
        *_by_rules(book, owed),
        *_leaves(book, view),
        *_gaps(book, view),
        *_in_the_way(book, view, width),
    ]


def _date(view: TodayView) -> Entry[Row]:
    week = _("week {number}").format(number=view.week) if view.week else None
    people = ngettext("{count} member", "{count} members", view.members).format(count=view.members)
    told = joined((week, view.term.code if view.term else None, view.group.name if view.group else None))
    date = f"{view.date} {weekday(view.date)}"
    return Entry(((date, "strong"), ("  " + told, "plain"), ("  " + people if view.group else "", "quiet")))


def _warnings(view: TodayView, width: int) -> Lines:
    lines: Lines = []
    for warning in view.warnings:
        lines += paragraph("! " + warning, width, look="warn")
    return lines


# an empty book


def _beginning(book: Book, view: TodayView) -> Lines:
    """Return what there is to do first in a book that has not everything yet; nothing once it has."""
    lines: Lines = []
    if view.group is None:
        lines.append(line(_("Add a group: Members (2), then g and a"), row=("groups", 0, 0)))
    if view.term is None:
        lines.append(line(_("Add the term: Schedule (3), then t"), row=("term", 0, 0)))
    if not len(book.members):
        lines.append(line(_("Take in the members: i imports a roster file, p a pasted list"), row=("import", 0, 0)))
        lines.append(line(_("Add one member: Members (2), then a"), row=("members", 0, 0)))
    if not len(book.sessions) and view.term is not None:
        lines.append(line(_("Plan the term: Schedule (3), then p"), row=("plan", 0, 0)))
    return lines


# sessions and rolls


def _sessions(book: Book, view: TodayView) -> Lines:
    lines: Lines = []
    if view.today:
        lines += [Entry(), heading(_("Today"))]
        lines += _sessions_told(book, view.today)
    coming = view.next if view.next not in view.today else None
    if coming is not None:
        lines += [Entry(), heading(_("Next session")), *_sessions_told(book, [coming])]
    if not view.today and coming is None:
        lines += [
            Entry(),
            heading(_("Next session")),
            line(_("None is planned: n adds one, Schedule (3) plans a term")),
        ]
    return lines


def _sessions_told(book: Book, sessions: Sequence[Session]) -> Lines:
    whens = [_when(book, session) for session in sessions]
    room = max(map(cells, whens))
    return [
        entry for session, when in zip(sessions, whens, strict=True) for entry in _session(book, session, when, room)
    ]


def _when(book: Book, session: Session) -> str:
    day = None if session.date == book.today else day_words(session.date, book.today)
    return joined((day, time_words(session.start, session.end))) or _("no time")


def _session(book: Book, session: Session, when: str, room: int) -> Lines:
    """Return a session with topic, speaker, place, and what it lacks; Enter opens its roll on the day."""
    today = session.date == book.today
    row: Row = ("roll" if today else "session", session.id, 0)
    lines: Lines = [columns([(when, room + 1, "strong"), (what(session), 0, "strong")], row)]
    speaker = _("speaker {name}").format(name=session.speaker) if session.speaker else None
    kind = title(session.kind) if session.topic and session.kind else None
    told = joined((kind, speaker, session.place))
    if told:
        lines.append(line(" " * (room + 2) + told, "quiet"))
    lack = lacks(session)
    if lack:
        lines.append(line(" " * (room + 2) + "! " + lack, "warn"))
    if today:
        lines.append(line(" " * (room + 2) + _roll_state(book, session), "warn"))
    return lines


def _roll_state(book: Book, session: Session) -> str:
    marks, expected = marks_of(book, session.id), len(expected_at(book, session))
    if session.status is SessionStatus.CANCELLED:
        return _("cancelled")
    if not marks:
        return _("roll not taken: Enter takes it ({count} expected)").format(count=expected)
    if marks < expected:
        return _("roll: {marks} of {count} taken, Enter goes on").format(marks=marks, count=expected)
    return _("roll taken")


def _rolls(book: Book, view: TodayView) -> Lines:
    rows = [(session, _("not taken")) for session in view.untaken if session not in view.today]
    for session, missing in view.half_taken:
        text = ngettext("{count} not marked", "{count} not marked", missing).format(count=missing)
        rows.append((session, text))
    if not rows:
        return []
    rows.sort(key=lambda pair: pair[0].date)
    lines: Lines = [
        columns(
            [(day_words(session.date, book.today), _DAY, "plain"), (state, 16, "warn"), (what(session), 0, "plain")],
            ("roll", session.id, 0),
        )
        for session, state in rows[: MOST["rolls"]]
    ]
    return [
        Entry(),
        heading(_("Rolls to take: {count}").format(count=len(rows))),
        *lines,
        *_rest(len(rows), "rolls", "rolls"),
    ]


def _rest(count: int, section: str, leads: str) -> Lines:
    """Return the line that counts what is not listed."""
    more = count - MOST[section]
    return [line(_("… and {count} more").format(count=more), "quiet", (leads, 0, 0))] if more > 0 else []


# people


def _owed(book: Book, view: TodayView, section: str) -> Lines:
    if not view.owed:
        return []
    order = sorted(view.owed, key=lambda item: (not item.overdue, item.due))
    late = _("{count} overdue").format(count=view.overdue) if view.overdue else ""
    told: Entry[Row] = Entry(
        ((_("Work owed: {count}").format(count=len(order)), "head"), ("  " + late if late else "", "bad"))
    )
    lines = [_owes(book, item) for item in order[: MOST[section]]]
    return [Entry(), told, *lines, *_rest(len(order), section, "work")]


def _owes(book: Book, item: Owed) -> Entry[Row]:
    state = pgettext("task owed", "overdue") if item.overdue else pgettext("task owed", "due")
    look: Look = "bad" if item.overdue else "quiet"
    done = "" if item.needed == 1 else _("{done} of {needed}").format(done=item.done, needed=item.needed)
    parts: Sequence[tuple[str, int, Look]] = [
        (name_of(book, item.member), _DAY, "plain"),
        (state, 8, look),
        (day_words(item.due, book.today), 16, "plain"),
        (joined((item.assignment.title, done)), 0, "plain"),
    ]
    return columns(parts, ("owed", item.member, item.assignment.id))


def _by_rules(book: Book, owed: RulesOwed) -> Lines:
    if owed.state == "none":
        return []
    from coordinator_tui.tui.screens.rules_owed_lines import today_section

    return today_section(book, owed)


def _leaves(book: Book, view: TodayView) -> Lines:
    if not view.leaves:
        return []
    shown = view.leaves[: MOST["leaves"]]
    room = room_for(map(leave_words, shown), 10, 28)
    lines = [_away(book, leave, room) for leave in shown]
    told: Entry[Row] = heading(_("On leave today: {count}").format(count=len(view.leaves)))
    return [Entry(), told, *lines, *_rest(len(view.leaves), "leaves", "leaves")]


def _away(book: Book, leave: Leave, room: int) -> Entry[Row]:
    parts: Sequence[tuple[str, int, Look]] = [
        (name_of(book, leave.member), _DAY, "plain"),
        (leave_words(leave), room, "plain"),
        (joined((span_words(leave.start, leave.until, book.today), leave.reason)), 0, "plain"),
    ]
    return columns(parts, ("member", leave.member, leave.id))


# what is not as it should be


def _gaps(book: Book, view: TodayView) -> Lines:
    shown = {session.id for session in view.today} | ({view.next.id} if view.next else set())
    rows = [row for row in view.gaps if row.session.id not in shown]
    if not rows:
        return []
    lines = [_gap(book, row) for row in rows[: MOST["gaps"]]]
    told: Entry[Row] = heading(_("Not complete, in the next two weeks: {count}").format(count=len(rows)))
    return [Entry(), told, *lines, *_rest(len(rows), "gaps", "check")]


def _gap(book: Book, row: SessionRow) -> Entry[Row]:
    parts: Sequence[tuple[str, int, Look]] = [
        (day_words(row.session.date, book.today), _DAY, "plain"),
        ("! " + lacks(row.session), 32, "warn"),
        (what(row.session), 0, "plain"),
    ]
    return columns(parts, ("session", row.session.id, 1))


def _in_the_way(book: Book, view: TodayView, width: int) -> Lines:
    lines: Lines = [_clash(book, at, clash) for at, clash in enumerate(view.clashes[: MOST["clashes"]])]
    lines += _rest(len(view.clashes), "clashes", "check")
    if view.conflicts:
        text = ngettext(
            "{count} value was written differently on two machines: Enter decides",
            "{count} values were written differently on two machines: Enter decides",
            view.conflicts,
        )
        lines.append(line("! " + text.format(count=view.conflicts), "bad", ("conflicts", 0, 0)))
    for year in view.unpublished:
        text = _("The holidays of {year} are not in the book: Enter opens the calendar").format(year=year)
        lines += paragraph("! " + text, width, look="warn", row=("calendar", year, 0))
    return [Entry(), heading(_("In the way")), *lines] if lines else []


def _clash(book: Book, at: int, clash: Clash) -> Entry[Row]:
    session = clash.sessions[0]
    parts: Sequence[tuple[str, int, Look]] = [
        (day_words(session.date, book.today), _DAY, "plain"),
        ("! " + clash_words(book, clash), 0, "bad"),
    ]
    return columns(parts, ("session", session.id, 2 + at))
