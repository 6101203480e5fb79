"""The lines of a person's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from coordinator_tui.book import members
from coordinator_tui.book.errors import NoSuchThing
from coordinator_tui.book.pages import member_page
from coordinator_tui.book.terms import week_of_day
from coordinator_tui.domain.vocabulary import WITH_MINUTES, WorkStatus, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import pgettext
from coordinator_tui.tui.screens.day_words import day_words, span_words
from coordinator_tui.tui.screens.leave_forms import leave_words
from coordinator_tui.tui.screens.members_forms import genders
from coordinator_tui.tui.screens.roll_counts import balance_pieces
from coordinator_tui.tui.screens.sections import Entry, columns, heading, joined, line, paragraph

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.book.pages import Attended, MemberPage
    from coordinator_tui.domain.records import Group, Leave, Member, Membership, Term, Work
    from coordinator_tui.domain.work import Owed
    from coordinator_tui.tui.screens.rules_owed import RulesOwed
    from coordinator_tui.tui.styles import Look

Row: TypeAlias = tuple[str, int | str]
"""What a line stands for: ("session", id), ("field", name) ..."""
Lines: TypeAlias = list[Entry[Row]]

_DAY = 16
_LABEL = 20


def page_lines(book: Book, member: int, term: Term | None, width: int, owed: RulesOwed) -> Lines:
    """Return all lines of the page, for `width` cells; `owed` is what the rules add, once it is known."""
    lines = _facts(book, book.members.get(member), width)
    lines += _groups(book, member)
    try:
        page = member_page(book, member, term)
    except NoSuchThing:
        return [*lines, Entry(), *paragraph(_("The book has no term yet: F3, then t adds one."), width)]
    lines += [*_owed(book, page), *_by_rules(book, owed, width)]
    return [*lines, *_attendance(book, page), *_work(book, page), *_leaves(book, page, width)]


def _facts(book: Book, member: Member, width: int) -> Lines:
    spouse = members.name_of(book, member.spouse) if member.spouse else None
    since = [
        _("joined the school {month}").format(month=member.joined_school) if member.joined_school else None,
        _("at work since {month}").format(month=member.joined_work) if member.joined_work else None,
    ]
    gender = dict(genders()).get(member.gender or "") if member.gender else None
    rows = (
        ("gender", joined((gender, member.birth and _("born {month}").format(month=member.birth)), "  ")),
        ("subject", joined((member.subject, member.stage))),
        ("title", joined((member.title, title(member.level) or None))),
        ("honours", _(", ").join(member.honours)),
        ("joined_school", joined(since)),
        ("spouse", _("Spouse: {name}").format(name=spouse) if spouse else ""),
        ("phone", _("Phone: {number}").format(number=member.phone) if member.phone else ""),
        ("note", member.note or ""),
    )
    name: Row = ("field", "name")
    lines: Lines = [Entry(((members.name_of(book, member.id), "strong"), (_left(member), "warn")), name)]
    for field, text in rows:
        if text:
            lines += paragraph(text, width, row=("field", field))
    return lines


def _left(member: Member) -> str:
    return "  " + _("left on {day}").format(day=member.active_until) if member.active_until else ""


def _groups(book: Book, member: int) -> Lines:
    pairs = [(m, book.groups.find(m.group)) for m in members.memberships_of(book, member)]
    lines = [_group(book, membership, group) for membership, group in pairs if group is not None]
    return [Entry(), heading(_("Groups")), *(lines or [line(_("none: j joins one"), "quiet")])]


def _group(book: Book, membership: Membership, group: Group) -> Entry[Row]:
    over = membership.until is not None and membership.until < book.today
    start = _("from {day}").format(day=membership.start) if membership.start else None
    until = _("until {day}").format(day=membership.until) if membership.until else None
    look: Look = "quiet" if over else "plain"
    parts: list[tuple[str, int, Look]] = [
        (group.name, 28, look),
        (title(membership.role), 14, look),
        (joined((start, until)), 0, "quiet"),
    ]
    return columns(parts, ("membership", membership.id))


def _owed(book: Book, page: MemberPage) -> Lines:
    if not page.owed:
        return []
    count = _("Owed: {count}").format(count=len(page.owed))
    return [Entry(), heading(count), *(owed_line(book, item) for item in page.owed)]


def _by_rules(book: Book, owed: RulesOwed, width: int) -> Lines:
    if owed.state == "none":
        return []
    from coordinator_tui.tui.screens.rules_owed_lines import page_section

    return page_section(book, owed, width)


def owed_line(book: Book, item: Owed) -> Entry[Row]:
    """Return what is owed of a task."""
    late = pgettext("task owed", "overdue") if item.overdue else pgettext("task owed", "due")
    parts: list[tuple[str, int, Look]] = [
        (day_words(item.due, book.today), _DAY, "plain"),
        (late, 8, "bad" if item.overdue else "quiet"),
        (_("{done} of {needed}").format(done=item.done, needed=item.needed), 10, "plain"),
        (item.assignment.title, 0, "plain"),
    ]
    return columns(parts, ("owed", item.assignment.id))


def _attendance(book: Book, page: MemberPage) -> Lines:
    told: Entry[Row] = heading(_("Attendance {term}").format(term=page.term.code))
    if not page.sessions:
        return [Entry(), told, line(_("no session yet at which this person is expected"), "quiet")]
    rate = "" if page.tally.rate is None else f"  {page.tally.rate:.0%}"
    balance: Entry[Row] = Entry((*balance_pieces(page.tally), (rate, "strong")))
    return [Entry(), told, balance, *(_attended(book, part) for part in page.sessions)]


def _attended(book: Book, part: Attended) -> Entry[Row]:
    session = part.session
    week = week_of_day(book, session.date)
    mark, look = _mark(book, part)
    parts: list[tuple[str, int, Look]] = [
        (day_words(session.date, book.today), _DAY, "plain"),
        (_("w{number}").format(number=week) if week else "", 7, "quiet"),
        (mark, _LABEL, look),
        (joined((session.topic or title(session.kind), part.note)), 0, "plain"),
    ]
    return columns(parts, ("session", session.id))


def _mark(book: Book, part: Attended) -> tuple[str, Look]:
    if part.mark is None:
        return (_("to come"), "quiet") if part.session.date > book.today else (_("not taken"), "warn")
    minutes = ""
    if part.mark in WITH_MINUTES and part.minutes:
        minutes = " " + _("{minutes} min").format(minutes=part.minutes)
    return title(part.mark) + minutes, "good" if part.mark == "present" else "plain"


def _work(book: Book, page: MemberPage) -> Lines:
    lines = [_piece(book, work) for work in page.work] or [line(_("nothing yet: n hands in"), "quiet")]
    return [Entry(), heading(_("Work handed in: {count}").format(count=len(page.work))), *lines]


def _piece(book: Book, work: Work) -> Entry[Row]:
    state = title(work.status) if work.status is not WorkStatus.HANDED_IN else ""
    words = _("{count} words").format(count=work.words) if work.words else None
    parts: list[tuple[str, int, Look]] = [
        (day_words(work.date, book.today), _DAY, "plain"),
        (title(work.kind), _LABEL, "plain"),
        (joined((state, work.grade), " "), 12, "warn" if work.status is WorkStatus.RETURNED else "good"),
        (joined((work.title, words)), 0, "plain"),
    ]
    return columns(parts, ("work", work.id))


def _leaves(book: Book, page: MemberPage, width: int) -> Lines:
    lines = [_leave(book, leave, width) for leave in page.leaves] or [line(_("none: l adds one"), "quiet")]
    return [Entry(), heading(_("Leave")), *lines]


def _leave(book: Book, leave: Leave, width: int) -> Entry[Row]:
    parts: list[tuple[str, int, Look]] = [
        (span_words(leave.start, leave.until, book.today), min(40, width // 2), "plain"),
        (leave_words(leave), _LABEL, "plain"),
        (leave.reason or "", 0, "plain"),
    ]
    return columns(parts, ("leave", leave.id))
