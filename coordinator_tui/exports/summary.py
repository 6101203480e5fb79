"""The term summary of a group or a member in every format: what a leader can hand in, and what a script can read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.book.members import members_of
from coordinator_tui.book.pages import member_page
from coordinator_tui.book.readings import all_readings
from coordinator_tui.book.summary import group_summary, member_summary
from coordinator_tui.book.work import owed as owed_in
from coordinator_tui.domain.summary import tally_json
from coordinator_tui.domain.vocabulary import SessionStatus, WorkKind, title
from coordinator_tui.exports import summary_tables as tables
from coordinator_tui.exports import summary_text as text
from coordinator_tui.exports.formats import dumped, render
from coordinator_tui.exports.table import Report, Section
from coordinator_tui.exports.words import BLANK, term_words
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.pages import MemberPage
    from coordinator_tui.domain.records import Group, Reading, Term
    from coordinator_tui.domain.summary import Summary
    from coordinator_tui.exports.formats import Format
    from coordinator_tui.exports.table import Table


def summary_file(
    book: Book, fmt: Format, *, term: Term | None = None, group: int | None = None, member: int | None = None
) -> bytes:
    """Return the summary of a term (the current one) for a group (the book's own) or one member, as a file's bytes.

    Raises NoSuchThing for an unknown group or member, Refused for an unknown format.
    """
    if fmt == "json":
        return dumped(summary_json(book, term=term, group=group, member=member)).encode()
    if member is not None:
        return render(member_report(book, member, term=term), fmt)
    return render(group_report(book, term=term, group=group), fmt)


def summary_json(
    book: Book, *, term: Term | None = None, group: int | None = None, member: int | None = None
) -> dict[str, Any]:
    """Return the summary as `summary --json` prints it; of a member, with their own numbers and one row."""
    if member is None:
        return group_summary(book, term=term, group=group, scored=True).to_json()
    row = member_summary(book, member, term=term, group=group, scored=True)
    page = member_page(book, member, term)
    taken = [part.session.status is SessionStatus.HELD for part in page.sessions]
    return {
        "term": page.term.code,
        "group": book.groups.get(group).name if group else "",
        "date": book.today.isoformat(),
        "sessions": {"planned": taken.count(False), "held": taken.count(True), "cancelled": 0},
        "attendance": tally_json(row.tally),
        "work": {kind: work.to_json() for kind, work in row.work.items()},
        "members": [row.to_json()],
    }


# a group


def group_report(book: Book, *, term: Term | None = None, group: int | None = None) -> Report:
    """Return the term summary of a group (the book's own) with the sections that schools expect.

    Numbers come from the records; problems, measures and what the book does not know are blanks.
    """
    within = term or book.term
    where = book.groups.get(group) if group is not None else book.group
    summary = group_summary(book, term=within, group=where.id, scored=True)
    return Report(
        title=_("{group} term summary").format(group=where.name),
        head=_head(book, within, where.name, summary.today),
        sections=(
            _members_section(book, within, where, summary),
            Section(
                _("2. Sessions"),
                text.sessions_sentences(summary),
                _full(tables.marks_table(summary.tally), tables.kinds_table(summary), tables.sessions_table(summary)),
            ),
            _study_section(book, within, where, summary),
            Section(_("4. Lessons observed and opened"), (text.counted_sentence(summary.work, text.LESSONS),)),
            Section(_("5. Mentoring pairs"), (text.blank(),)),
            Section(_("6. Exchange"), (text.blank(),)),
            Section(
                _("7. Results"),
                (text.counted_sentence(summary.work, text.RESULTS), text.blank(_("Projects, awards, publications: "))),
            ),
            Section(_("8. Problems"), (text.blank(), text.blank())),
            Section(_("9. Measures and plans for the next term"), (text.blank(), text.blank())),
        ),
        day=summary.today,
        footer=_signatures(),
        notes=(_basis(),),
    )


def _head(book: Book, term: Term, name: str, day: date) -> tuple[tuple[str, str], ...]:
    upto = min(day, term.until)
    return (
        (_("School"), book.school or BLANK),
        (_("Group"), name),
        (_("Term"), term_words(term.code)),
        (
            _("Based on"),
            _("the book's records from {since} to {until}").format(
                since=term.start.isoformat(), until=upto.isoformat()
            ),
        ),
    )


def _basis() -> str:
    return _(
        "How it was counted: expected are those who belonged to the group on the session's day. Cancelled sessions, "
        "the exempt, those not taken and those not yet or no longer members count against nobody."
    )


def _signatures() -> tuple[str, ...]:
    return (_("Leader: {blank}").format(blank=BLANK), _("Date: {blank}").format(blank=BLANK))


def _members_section(book: Book, term: Term, group: Group, summary: Summary) -> Section:
    people = members_of(book, group.id, _last_day(book, term))
    return Section(
        _("1. The group"),
        text.members_sentences(people, _came_and_went(book, term, group.id, summary)),
        _full(tables.members_table(summary)),
    )


def _last_day(book: Book, term: Term) -> date:
    return max(term.start, min(book.today, term.until))


def _came_and_went(book: Book, term: Term, group: int, summary: Summary) -> tuple[int, int]:
    """Count who was not there on the term's first day, and who is not there any more on its last (or today)."""
    last = _last_day(book, term)
    first = {member.id for member in members_of(book, group, term.start)}
    now = {member.id for member in members_of(book, group, last)}
    begun = {one.member for one in book.memberships.all() if one.group == group and (one.start or last) <= last}
    rows = begun & {row.member for row in summary.members}
    return len(rows - first), len(rows - now)


def _study_section(book: Book, term: Term, group: Group, summary: Summary) -> Section:
    owed = owed_in(book, term=term, group=group.id)
    readings = _readings(book, term, group.id)
    return Section(
        _("3. Reading and study"),
        text.study_sentences(summary.work, len(summary.members), readings, owed),
        _full(tables.work_table(dict(summary.work)), tables.readings_table(readings), tables.owed_table(book, owed)),
    )


def _readings(book: Book, term: Term, group: int) -> list[Reading]:
    """Return what was recommended in the term, earliest first."""
    every = [one for one in all_readings(book, group) if one.date is None or term.start <= one.date <= term.until]
    return sorted(every, key=lambda one: (one.date or term.start, one.title))


# a member


def member_report(book: Book, member: int, *, term: Term | None = None) -> Report:
    """Return one member's term: attendance session by session, work, leave, what is owed; NoSuchThing if unknown."""
    page = member_page(book, member, term)
    past = [part for part in page.sessions if part.session.date <= book.today]
    return Report(
        title=_("{name} term summary").format(name=page.name),
        head=_member_head(book, page),
        sections=(
            Section(_("1. Attendance"), text.attendance_sentences(page.tally), _full(tables.attended_table(past))),
            _work_section(book, page),
            Section(_("3. Leave"), _none_said(page.leaves), _full(tables.leaves_table(page.leaves))),
            Section(_("4. Notes of the leader"), (text.blank(),)),
        ),
        day=book.today,
        footer=_signatures(),
        notes=(_basis(),),
    )


def _member_head(book: Book, page: MemberPage) -> tuple[tuple[str, str], ...]:
    groups = _(", ").join(dict.fromkeys(group.name for _one, group in page.groups))
    return (
        *_head(book, page.term, groups, book.today),
        (_("Name"), page.name),
        *([(_("Subject"), page.member.subject)] if page.member.subject else []),
    )


def _work_section(book: Book, page: MemberPage) -> Section:
    row = member_summary(book, page.member.id, term=page.term, scored=True)
    counts = [(title(WorkKind(kind)), one.pieces) for kind, one in row.work.items()]
    words = sum(one.words for one in row.work.values())
    said = _("{list}; {words} words in all.").format(list=text.listed(counts), words=words)
    return Section(
        _("2. Work"),
        (said if counts else _("No work has been handed in."),),
        _full(tables.pieces_table(page.work), tables.owed_table(book, page.owed, names=False)),
    )


def _none_said(things: tuple[object, ...]) -> tuple[str, ...]:
    return () if things else (_("None."),)


def _full(*found: Table) -> tuple[Table, ...]:
    """Return the tables that have any row."""
    return tuple(table for table in found if table.rows)
