"""The book's lists as files: members, sessions, attendance, work, registers and others; import knows the heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from coordinator_tui.book.errors import Refused
from coordinator_tui.book.marks import marks_by_session
from coordinator_tui.book.members import in_order, member_rows, memberships_of, name_of
from coordinator_tui.book.readings import all_readings
from coordinator_tui.book.schedule import session_rows
from coordinator_tui.book.work import assignments_of, work_json, works_of
from coordinator_tui.domain.codec import to_document
from coordinator_tui.domain.people import belongs_on
from coordinator_tui.domain.vocabulary import GRADES, Mark, Role, title
from coordinator_tui.exports import register_lists as registers
from coordinator_tui.exports.formats import dumped, render
from coordinator_tui.exports.table import Column, Table
from coordinator_tui.exports.words import weekday
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, pgettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.members import MemberRow
    from coordinator_tui.domain.records import Assignment, Member, Term
    from coordinator_tui.exports.formats import Format
    from coordinator_tui.exports.table import Value

ListName = Literal[
    "members", "sessions", "attendance", "work", "assignments", "readings", "trainings", "pairs", "achievements"
]
LISTS: tuple[ListName, ...] = get_args(ListName)
LIST_TITLES = {
    "members": lazy("Member list"),
    "sessions": lazy("Session list"),
    "attendance": lazy("Attendance list"),
    "work": lazy("Work list"),
    "assignments": lazy("Assignment list"),
    "readings": lazy("Reading list"),
    **registers.TITLES,
}
_LONG = 30
_ROLES = list(Role)


def list_file(book: Book, what: ListName, fmt: Format, *, term: Term | None = None, group: int | None = None) -> bytes:
    """Return a list as a file's bytes; `group` None is the whole book, `term` None is the current one.

    CSV and xlsx begin with their heads in the first row and can be imported again; JSON has the shapes of the `--json`
    of the command that lists the same. Raises Refused for a list or format that there is none of.
    """
    if what not in LISTS:
        raise Refused(lazy("There is no list “{name}”; there are: {names}."), name=what, names=", ".join(LISTS))
    if fmt == "json":
        return dumped(list_json(book, what, term=term, group=group)).encode()
    return render(list_table(book, what, term=term, group=group), fmt)


def list_table(book: Book, what: ListName, *, term: Term | None = None, group: int | None = None) -> Table:
    """Return a list as a table; members are those of today, everything else is that of the term."""
    makers: dict[ListName, Callable[[Book, Term | None, int | None], Table]] = {
        "members": _members,
        "sessions": _sessions,
        "attendance": _attendance,
        "work": _work,
        "assignments": _assignments,
        "readings": _readings,
        "trainings": registers.trainings_table,
        "pairs": registers.pairs_table,
        "achievements": registers.achievements_table,
    }
    return makers[what](book, term, group)


def list_json(
    book: Book, what: ListName, *, term: Term | None = None, group: int | None = None
) -> list[dict[str, Any]]:
    """Return a list as JSON objects, as the command that lists the same prints them."""
    if what == "members":
        return [row.to_json() for row in member_rows(book, group=group)]
    if what == "sessions":
        return [row.to_json() for row in session_rows(book, term=term, group=group)]
    if what == "work":
        return [work_json(book, work) for work in works_of(book, term=term or book.term, group=group)]
    if what in {"assignments", "readings"}:
        tasks = what == "assignments"
        found = assignments_of(book, term=term or book.term, group=group) if tasks else all_readings(book, group)
        return [_document(one) for one in found]
    if what in registers.TITLES:
        return registers.register_json(book, what, term, group)
    return [row._asdict() for row in _marked(book, term, group)]


def _document(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any record
    return {"id": record.id, **to_document(record)}


# members


def _members(book: Book, _term: Term | None, group: int | None) -> Table:
    columns = (
        Column(_("No."), "number", "number"),
        Column(_("Name"), key="name"),
        Column(_("Gender"), key="gender"),
        Column(_("Birth"), key="birth"),
        Column(_("Subject"), key="subject"),
        Column(_("Stage"), key="stage"),
        Column(pgettext("list head", "Professional title"), key="title"),
        Column(_("Level"), key="level"),
        Column(_("Honours"), key="honours", width=_LONG),
        Column(_("Joined work"), key="joined_work"),
        Column(_("Joined school"), key="joined_school"),
        Column(_("Phone"), key="phone"),
        Column(_("Groups"), key="group"),
        Column(_("Role"), key="role"),
        Column(_("Further groups"), key="further_groups", width=_LONG),
        Column(pgettext("list head", "Note"), key="note", width=_LONG),
    )
    rows = member_rows(book, group=group)
    return Table(
        str(LIST_TITLES["members"]),
        columns,
        tuple((number, *_member(book, row, group)) for number, row in enumerate(rows, 1)),
        landscape=True,
    )


def _member(book: Book, row: MemberRow, group: int | None) -> tuple[Value, ...]:
    one = row.member
    role, groups, further = _belonging(book, one, group)
    genders = {"female": _("female"), "male": _("male")}
    return (
        one.name,
        genders.get(one.gender or "", ""),
        one.birth,
        one.subject,
        one.stage,
        one.title,
        title(one.level),
        "、".join(one.honours),
        one.joined_work,
        one.joined_school,
        one.phone,
        groups,
        role,
        further,
        one.note,
    )


def _belonging(book: Book, member: Member, group: int | None) -> tuple[str, str, str]:
    """Return the role, the groups in which the member has it, and the others with the role there.

    A roster has one role for all groups of a row, so that only those go into its column for which that is true.
    """
    every = [one for one in memberships_of(book, member.id) if belongs_on(one, book.today)]
    own = [one for one in every if one.group == group] or every
    role = min((one.role for one in own), key=_ROLES.index, default=Role.MEMBER)
    same = [one for one in every if one.role is role and (group is None or one.group == group)]
    other = [one for one in every if one not in same]
    names = {one.id: known.name for one in every if (known := book.groups.find(one.group)) is not None}
    return (
        title(role) if same else "",
        "、".join(names.get(one.id, "") for one in same),
        "、".join(f"{names.get(one.id, '')}（{title(one.role)}）" for one in other),
    )


# sessions and attendance


def _sessions(book: Book, term: Term | None, group: int | None) -> Table:
    columns = (
        Column(_("Date"), "date", "date"),
        Column(_("Weekday"), key="weekday"),
        Column(_("Start"), key="start"),
        Column(_("End"), key="end"),
        Column(_("Week"), "number", "week"),
        Column(_("Form"), key="kind"),
        Column(_("Topic"), key="topic", width=_LONG),
        Column(_("Speaker"), key="speaker"),
        Column(_("Host"), key="host"),
        Column(_("Recorder"), key="recorder"),
        Column(_("Place"), key="place"),
        Column(_("Question"), key="question", width=_LONG),
        Column(pgettext("list head", "Plan"), key="plan", width=_LONG),
        Column(_("Group"), key="group"),
        Column(pgettext("list head", "Status"), key="status"),
        Column(pgettext("list head", "Note"), key="note"),
    )
    rows = tuple(
        (
            (one := row.session).date,
            weekday(one.date),
            one.start,
            one.end,
            row.week,
            title(one.kind),
            one.topic,
            one.speaker,
            one.host,
            one.recorder,
            one.place,
            one.question,
            one.plan,
            _group_name(book, one.group),
            title(one.status),
            one.reason,
        )
        for row in session_rows(book, term=term, group=group)
    )
    return Table(str(LIST_TITLES["sessions"]), columns, rows, landscape=True)


def _group_name(book: Book, group: int) -> str:
    known = book.groups.find(group)
    return known.name if known else ""


class _Marked(NamedTuple):
    """One mark with what it belongs to; the field names are those of JSON."""

    session: int
    date: str
    member: int
    name: str
    mark: str | None
    minutes: int | None
    note: str | None


def _marked(book: Book, term: Term | None, group: int | None) -> list[_Marked]:
    """Return every mark of the term by session and then in the printed order."""
    found = []
    for row in session_rows(book, term=term, group=group):
        marks = marks_by_session(book).of(row.session.id)
        found += [
            _Marked(
                row.session.id,
                row.session.date.isoformat(),
                member.id,
                name_of(book, member.id),
                mark.value if (mark := marks[member.id].mark) else None,
                marks[member.id].minutes,
                marks[member.id].note,
            )
            for member in in_order(book, marks)
            if marks[member.id].mark or marks[member.id].note
        ]
    return found


def _attendance(book: Book, term: Term | None, group: int | None) -> Table:
    columns = (
        Column(_("Date"), "date", "date"),
        Column(_("Topic"), key="topic", width=_LONG),
        Column(_("Name"), key="name"),
        Column(_("Attendance"), key="mark"),
        Column(_("Minutes"), "number", "minutes"),
        Column(pgettext("list head", "Note"), key="note", width=_LONG),
    )
    rows = tuple(
        (
            session.date,
            session.topic or title(session.kind),
            row.name,
            title(Mark(row.mark)) if row.mark else None,
            row.minutes,
            row.note,
        )
        for row in _marked(book, term, group)
        for session in (book.sessions.get(row.session),)
    )
    return Table(str(LIST_TITLES["attendance"]), columns, rows)


# work, assignments, readings


def _work(book: Book, term: Term | None, group: int | None) -> Table:
    columns = (
        Column(_("Name"), key="name"),
        Column(pgettext("list head", "Kind"), key="kind"),
        Column(pgettext("list head", "Title"), key="title", width=_LONG),
        Column(_("Date"), "date", "date"),
        Column(_("Words"), "number", "words"),
        Column(pgettext("list head", "Status"), key="status"),
        Column(_("Grade"), key="grade"),
        Column(_("Checker"), key="checker"),
        Column(_("Checked on"), "date", "checked_on"),
        Column(pgettext("list head", "Note"), key="note", width=_LONG),
    )
    rows = tuple(
        (
            name_of(book, one.member),
            title(one.kind),
            one.title,
            one.date,
            one.words,
            title(one.status),
            one.grade if one.grade in GRADES else None,
            one.checker,
            one.checked_on,
            one.note or one.reason,
        )
        for one in works_of(book, term=term or book.term, group=group)
    )
    return Table(str(LIST_TITLES["work"]), columns, rows, landscape=True)


def _assignments(book: Book, term: Term | None, group: int | None) -> Table:
    columns = (
        Column(_("Group"), key="group"),
        Column(pgettext("list head", "Kind"), key="kind"),
        Column(_("Task"), key="title", width=_LONG),
        Column(_("Pieces"), "number", "pieces"),
        Column(_("Words each"), "number", "words"),
        Column(_("Opens"), "date", "opens"),
        Column(_("Due"), "date", "due"),
        Column(_("Who"), key="members", width=_LONG),
    )
    rows = tuple(
        (
            _group_name(book, one.group),
            title(one.kind),
            one.title,
            one.pieces,
            one.words,
            one.opens,
            one.due,
            _asked(book, one),
        )
        for one in assignments_of(book, term=term or book.term, group=group)
    )
    return Table(str(LIST_TITLES["assignments"]), columns, rows, landscape=True)


def _asked(book: Book, assignment: Assignment) -> str:
    return "、".join(name_of(book, member) for member in assignment.members) or _("the whole group")


def _readings(book: Book, _term: Term | None, group: int | None) -> Table:
    columns = (
        Column(pgettext("list head", "Title"), key="title", width=_LONG),
        Column(pgettext("list head", "Kind"), key="kind"),
        Column(_("Author"), key="author"),
        Column(_("Group"), key="group"),
        Column(_("Recommended by"), key="recommended_by"),
        Column(_("Date"), "date", "date"),
        Column(_("Due"), "date", "due"),
        Column(pgettext("list head", "Note"), key="note", width=_LONG),
    )
    rows = tuple(
        (
            one.title,
            title(one.kind),
            one.author,
            _group_name(book, one.group) if one.group else "",
            one.recommended_by,
            one.date,
            one.due,
            one.note,
        )
        for one in all_readings(book, group)
    )
    return Table(str(LIST_TITLES["readings"]), columns, rows, landscape=True)
