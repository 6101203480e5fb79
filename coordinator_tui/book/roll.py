"""Taking the roll of a session: who is expected, what each is marked, and what it adds up to."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from coordinator_tui.book.errors import NoSuchThing, Refused
from coordinator_tui.book.legends import legend_in_force
from coordinator_tui.book.marks import Marked, attendance_id, marks_by_session
from coordinator_tui.book.members import PEOPLE, in_order, name_of, names
from coordinator_tui.book.schedule import resting_status, session_title
from coordinator_tui.book.terms import guard
from coordinator_tui.domain import attendance
from coordinator_tui.domain.attendance import Tally, late_entry, no_counts
from coordinator_tui.domain.leaves import planned_marks
from coordinator_tui.domain.lightclass import dataclass
from coordinator_tui.domain.vocabulary import NOT_TAKEN, WITH_MINUTES, LeaveStatus, Mark, SessionStatus
from coordinator_tui.text import clean, lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coordinator_tui.book.book import Book, Writing
    from coordinator_tui.book.history import HistoryLine
    from coordinator_tui.domain.records import Leave, Session
    from coordinator_tui.domain.rollline import Problem
    from coordinator_tui.domain.rollnames import RollPerson

UNMARKED = Marked(None, None, None, 0)
_MOST_MINUTES = 600


@dataclass(frozen=True, slots=True)
class RollRow:
    """One member at the roll.

    `number` is the row on the printed sheet, 0 for somebody marked who is not expected (any more). `mark` None means
    not taken; `leave` is what is known in advance, and no mark until it is confirmed.
    """

    number: int
    member: int
    name: str
    mark: Mark | None
    minutes: int | None = None
    note: str | None = None
    leave: Leave | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a line would do to one member: the row as it is, and the mark (None clears), minutes and note it says.

    `note` None leaves a note as it is; `named` is false for those whom only "the rest" means.
    """

    row: RollRow
    mark: Mark | None
    minutes: int | None
    note: str | None
    named: bool = True

    def fields(self) -> dict[str, Any]:
        """Return the fields to write."""
        fields = {"mark": self.mark.value if self.mark else None, "minutes": self.minutes}
        return fields if self.note is None else {**fields, "note": clean(self.note, lines=True).strip() or None}


@dataclass(frozen=True, slots=True)
class LinePreview:
    """What a typed line would do: changes in printed order, the tally afterwards, and what could not be understood.

    It may be committed if there is no problem. `rest` is how many the line's "rest" marks, those on leave included.
    """

    text: str
    changes: tuple[Change, ...]
    tally: Tally
    problems: tuple[Problem, ...]
    rest: int = 0

    @property
    def ready(self) -> bool:
        """Whether it can be committed: nothing is unclear and the balance holds."""
        return not self.problems and self.tally.balanced


@dataclass(frozen=True, slots=True)
class Entry:
    """Who entered a member's present mark, when (UTC), and whether that was a late entry (补记)."""

    by: str
    at: Any
    late: bool


class RollCall:
    """The roll of one session, live: changes of other people appear in it after `book.refresh()`.

    One mark is one step, committed when the call returns. Rows and tally are kept up to date mark by mark. Refused
    when the session is cancelled or its term closed; marks can always be read.
    """

    def __init__(self, book: Book, session: int) -> None:
        self.book = book
        self.session: Session = book.sessions.get(session)
        self._stale = True
        self._place: dict[int, int] = {}
        self._member_of: dict[int, int] = {}
        self._rows: list[RollRow] = []
        self._extra: dict[int, RollRow] = {}
        self._counts: dict[str, int] = no_counts()
        self._changed: set[int] = set()
        book.watch(self._on_change)

    # what there is

    @property
    def title(self) -> str:
        """The session in a few words."""
        return session_title(self.session)

    @property
    def rows(self) -> list[RollRow]:
        """Everybody expected on the session's day, in printed order; live, do not change it."""
        self._ensure()
        return self._rows

    @property
    def extra(self) -> list[RollRow]:
        """Those who are marked but not expected (any more): shown apart, counted nowhere."""
        self._ensure()
        return list(self._extra.values())

    @property
    def tally(self) -> Tally:
        """应到, every kind of mark and those not taken; a snapshot."""
        self._ensure()
        return Tally(len(self._rows), dict(self._counts), tuple(m for m, row in self._extra.items() if row.mark))

    @property
    def late_entry(self) -> bool:
        """Whether what is entered now is a late entry (补记)."""
        return late_entry(self.session.date, self.book.today, self.book.settings.number("late_entry_days"))

    @property
    def next_open(self) -> int | None:
        """The member of the first row that is not taken; None when the roll is complete."""
        return next((row.member for row in self.rows if row.mark is None), None)

    def row(self, member: int) -> RollRow:
        """Return the row of a member; NoSuchThing if they are neither expected nor marked."""
        self._ensure()
        place = self._place.get(member)
        row = self._extra.get(member) if place is None else self._rows[place]
        if row is None:
            raise NoSuchThing(
                lazy("{name} does not belong to the group on {day}."),
                name=name_of(self.book, member),
                day=self.session.date,
            )
        return row

    def changed(self) -> set[int]:
        """Members whose row changed since this was last asked, by us or by others; all of them after a rebuild."""
        self._ensure()
        changed, self._changed = self._changed, set()
        return changed

    # marking

    def mark(self, member: int, mark: Mark, minutes: int | None = None, note: str | None = None) -> RollRow:
        """Mark a member, in one step; `minutes` only where late or left early; a note is added, never taken away."""
        row = self.row(member)
        fields: dict[str, Any] = {"mark": mark.value, "minutes": _minutes(mark, minutes)}
        if note is not None:
            fields["note"] = clean(note, lines=True).strip() or None
        self._check()
        with self.book.step("roll.mark", name=row.name, mark=mark) as writing:
            self._write(writing, row, fields)
        return self.row(member)

    def set_minutes(self, member: int, minutes: int | None) -> RollRow:
        """How many minutes somebody was late or left early; Refused for other marks."""
        row = self.row(member)
        if row.mark not in WITH_MINUTES:
            raise Refused(lazy("Minutes go with late and left early; {name} is neither."), name=row.name)
        self._check()
        with self.book.step("roll.minutes", name=row.name) as writing:
            self._write(writing, row, {"minutes": _minutes(row.mark, minutes)})
        return self.row(member)

    def clear(self, member: int) -> RollRow:
        """Take a mark back to not taken; a note stays. The last mark cleared, the session is not held any more."""
        row = self.row(member)
        self._check()
        with self.book.step("roll.clear", name=row.name) as writing:
            self._write(writing, row, {"mark": None, "minutes": None})
        return self.row(member) if member in self._place or member in self._extra else row

    def set_note(self, member: int, note: str | None) -> RollRow:
        """Note something about a member at this session; None or "" takes the note away."""
        row = self.row(member)
        self._check()
        with self.book.step("roll.note", name=row.name) as writing:
            self._write(writing, row, {"note": clean(note or "", lines=True).strip() or None})
        return self.row(member)

    def rest_present(self) -> int:
        """Mark everybody not taken yet: those on approved leave with their leave, the others present. One step.

        Never touches a mark already set. Returns how many were marked.
        """
        self._check()
        with self.book.step("roll.rest", count=self.tally.counts[NOT_TAKEN]) as writing:
            open_rows = [row for row in self.rows if row.mark is None]  # as the step finds them
            for row in open_rows:
                self._write(writing, row, {"mark": _rest_mark(row, Mark.PRESENT).value, "minutes": None})
        return len(open_rows)

    # a line by exception

    def preview_line(self, text: str) -> LinePreview:
        """Return what a typed line such as `张三迟10 李四病 王五公(开会) 其余到` would do; nothing is written."""
        from coordinator_tui.domain import rollline

        line = rollline.parse_roll_line(clean(text), self._people(), glyphs=legend_in_force(self.book).glyphs)
        marks = {row.member: row.mark for row in self.rows}
        leaves = {row.member: row.leave.kind for row in self.rows if row.leave is not None and _approved(row.leave)}
        shown = rollline.balance(line, marks, list(self._place), leaves=leaves if line.rest is Mark.PRESENT else None)
        changes = tuple(
            Change(self.row(row.member), row.after, row.minutes, row.note, named=row.named) for row in shown.changed
        )
        rest = sum(not change.named for change in changes)
        return LinePreview(text, changes, shown.tally, tuple(line.problems), rest)

    def commit_line(self, preview: LinePreview) -> int:
        """Write what a preview showed, as one step; how many rows changed. Refused while the line has a problem."""
        if preview.problems:
            raise Refused(
                lazy("The line “{line}” has a problem: {problem}"), line=preview.text, problem=preview.problems[0]
            )
        self._check()
        written = 0
        with self.book.step("roll.line", line=" ".join(clean(preview.text).split())) as writing:
            for change in preview.changes:
                row = self.row(change.row.member)
                if change.named or row.mark is None:  # "the rest" leaves alone whom somebody marked meanwhile
                    self._write(writing, row, change.fields())
                    written += 1
        return written

    # who wrote what

    def history(self, member: int | None = None) -> list[HistoryLine]:
        """Who changed what at this session, newest first; of one member, or of all and of the session itself."""
        from coordinator_tui.book.history import history_of

        if member is not None:
            return history_of(self.book, [("attendance", attendance_id(self.session.id, member))])
        ids = [("attendance", marked.id) for marked in marks_by_session(self.book).of(self.session.id).values()]
        return history_of(self.book, [("sessions", self.session.id), *ids])

    def entries(self) -> dict[int, Entry]:
        """Who entered each mark there is now, when, and whether late, by member."""
        from coordinator_tui.book.authors import authors

        known = authors(self.book).known
        days = self.book.settings.number("late_entry_days")
        return {
            member: Entry(author.by, author.at, late_entry(self.session.date, author.at.astimezone().date(), days))
            for member, marked in marks_by_session(self.book).of(self.session.id).items()
            if marked.mark is not None and (author := known.get(marked.id)) is not None
        }

    def to_json(self) -> dict[str, Any]:
        """Return the roll as `roll S --show --json` prints it."""
        entries = self.entries()
        return {
            "session": self.session.id,
            "date": self.session.date.isoformat(),
            "expected": len(self.rows),
            "counts": dict(self._counts),
            "marks": [_json(row, entries.get(row.member)) for row in self.rows],
            "extra": [_json(row, entries.get(row.member)) for row in self.extra],
        }

    # parts

    def _check(self) -> None:
        self.book.sessions.get(self.session.id)
        guard(self.book, self.session.date)
        if self.session.status is SessionStatus.CANCELLED:
            raise Refused(lazy("{session} is cancelled; restore it first."), session=self.title)

    def _write(self, writing: Writing, row: RollRow, fields: Mapping[str, Any]) -> None:
        """Write fields (the store leaves out what does not differ), and hold the session with its first mark."""
        identity = attendance_id(self.session.id, row.member)
        now = self.book.store.document("attendance", identity)
        known: Mapping[str, Any] = now or {}
        kept = {name: value for name, value in fields.items() if value is not None}
        gone = [name for name, value in fields.items() if value is None and known.get(name) is not None]
        if kept:
            whole = kept if now is not None else {"session": self.session.id, "member": row.member, **kept}
            writing.set("attendance", identity, whole)
        if gone:
            writing.unset("attendance", identity, gone)
        self._hold(writing, cleared="mark" in fields and fields["mark"] is None and "mark" in gone)

    def _hold(self, writing: Writing, *, cleared: bool) -> None:
        status = self.session.status
        any_mark = marks_by_session(self.book).count(self.session.id) > 0
        if any_mark and status is not SessionStatus.HELD and self.session.date <= self.book.today:
            writing.set("sessions", self.session.id, {"status": SessionStatus.HELD.value})
        elif cleared and not any_mark and status is SessionStatus.HELD:
            writing.set("sessions", self.session.id, {"status": resting_status(self.session).value})

    def _people(self) -> list[RollPerson]:
        from coordinator_tui.domain.rollnames import RollPerson

        everyone = self.book.members.mapping()
        return [
            RollPerson(
                member=row.member,
                name=everyone[row.member].name,
                number=row.number,
                subject=everyone[row.member].subject,
                label=row.name,
            )
            for row in self.rows
        ]

    def _on_change(self, table: str, ids: Iterable[int] | None) -> None:
        if table == "attendance" and ids is not None and not self._stale:
            for identity in ids:
                place = marks_by_session(self.book).places.get(identity)
                self._take_in(identity, None if place is None or place[0] != self.session.id else place[1])
        elif table == "sessions":
            self._session_changed()
        elif table in {*PEOPLE, "leaves", "attendance"}:
            self._stale = True

    def _session_changed(self) -> None:
        now = self.book.sessions.find(self.session.id)
        if now is not None:
            self._stale = self._stale or (now.date, now.group) != (self.session.date, self.session.group)
            self.session = now

    def _take_in(self, identity: int, member: int | None) -> None:
        """Bring one row up to date; `member` None when the document is gone or belongs to another session."""
        member = self._member_of.get(identity) if member is None else member
        if member is None:
            return
        self._member_of[identity] = member
        marked = marks_by_session(self.book).of(self.session.id).get(member, UNMARKED)
        self._changed.add(member)
        place = self._place.get(member)
        if place is None:
            self._set_extra(member, marked)
            return
        before = self._rows[place]
        self._counts[before.mark or NOT_TAKEN] -= 1
        self._counts[marked.mark or NOT_TAKEN] += 1
        self._rows[place] = RollRow(
            before.number, member, before.name, marked.mark, marked.minutes, marked.note, before.leave
        )

    def _set_extra(self, member: int, marked: Marked) -> None:
        if marked.mark is None and not marked.note:
            self._extra.pop(member, None)
        else:
            self._extra[member] = RollRow(
                0, member, name_of(self.book, member), marked.mark, marked.minutes, marked.note
            )

    def _ensure(self) -> None:
        self.book.synchronise()
        if self._stale:
            self._stale = False
            self._build()

    def _build(self) -> None:
        members = expected_at(self.book, self.session)
        marks = marks_by_session(self.book).of(self.session.id)
        called = names(self.book)
        leave = planned_leave(self.book, self.session, members)
        self._place = {member: place for place, member in enumerate(members)}
        self._member_of = {marked.id: member for member, marked in marks.items()}
        self._counts = no_counts()
        self._rows = []
        for number, member in enumerate(members, 1):
            mark, minutes, note, _id = marks.get(member, UNMARKED)
            self._counts[mark or NOT_TAKEN] += 1
            self._rows.append(RollRow(number, member, called[member], mark, minutes, note, leave.get(member)))
        self._extra = {}
        strangers = [member for member in marks if member not in self._place]
        known = [member.id for member in in_order(self.book, strangers)]
        for member in dict.fromkeys([*known, *strangers]):
            self._set_extra(member, marks[member])
        self._changed = {*self._place, *self._extra}


def expected_at(book: Book, session: Session) -> list[int]:
    """Who is expected at a session: who belonged to its group on its day, by pinyin, as the sheet is printed."""

    def build() -> list[int]:
        ids = attendance.expected(session, book.memberships.all(), book.members.mapping())
        return [member.id for member in in_order(book, ids)]

    era = bisect_right(_eras(book), session.date)
    return book.derived(("expected", session.group, era), PEOPLE, build)


def _eras(book: Book) -> list[date]:
    """Return the days on which somebody comes or has gone; between two of them the same people are expected."""

    def build() -> list[date]:
        spans = [
            *((membership.start, membership.until) for membership in book.memberships.all()),
            *((member.active_from, member.active_until) for member in book.members.all()),
        ]
        first = {day for day, _until in spans if day is not None}
        after = {until + timedelta(days=1) for _day, until in spans if until is not None and until < date.max}
        return sorted(first | after)

    return book.derived("eras", PEOPLE, build)


def planned_leave(book: Book, session: Session, members: Iterable[int]) -> dict[int, Leave]:
    """Leave that is known in advance for the day of a session, by member; requested leave is not approved yet."""
    return dict(planned_marks(book.leaves.all(), session.date, list(members)))


def _rest_mark(row: RollRow, rest: Mark) -> Mark:
    return row.leave.kind if rest is Mark.PRESENT and row.leave is not None and _approved(row.leave) else rest


def _approved(leave: Leave) -> bool:
    return leave.status is LeaveStatus.APPROVED


def _minutes(mark: Mark, minutes: int | None) -> int | None:
    if mark not in WITH_MINUTES or minutes is None:
        return None
    if not 0 < minutes <= _MOST_MINUTES:
        raise Refused(lazy("{minutes} minutes cannot be right."), minutes=minutes)
    return minutes


def _json(row: RollRow, entry: Entry | None) -> dict[str, Any]:
    return {
        "member": row.member,
        "name": row.name,
        "mark": row.mark.value if row.mark else None,
        "minutes": row.minutes,
        "note": row.note,
        "by": entry.by if entry else None,
        "at": entry.at.isoformat() if entry else None,
        "number": row.number,
        "late_entry": bool(entry and entry.late),
        "leave": row.leave.kind.value if row.leave else None,
    }
