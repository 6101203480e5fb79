"""Plans for rows of marks, work and sessions: whom each row means, what the book says now, what it would say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from coordinator_tui.book.errors import BookError, DecisionNeeded
from coordinator_tui.cli.importing import Counts, Doubt, Plan
from coordinator_tui.cli.output import title
from coordinator_tui.text import fold
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.roll import RollCall
    from coordinator_tui.domain.records import Group, Session, Work
    from coordinator_tui.imports.marks import MarkRow
    from coordinator_tui.imports.sessions import SessionRow
    from coordinator_tui.imports.work import WorkRow


def _refusal(row: int, column: str, value: str, reason: object) -> dict[str, object]:
    return {"row": row, "column": column, "value": value, "reason": str(reason)}


def _whom(book: Book, plan: Plan, row: MarkRow | WorkRow) -> int | None:
    """Return the member that a row means; a doubt or a refusal is noted in the plan."""
    from coordinator_tui.book.members import find_member, name_of

    qualifier = row.subject or row.label
    texts = [f"{row.name}({qualifier})", row.name] if qualifier else [row.name]
    for last, text in enumerate(texts, 1):
        try:
            return find_member(book, text).id
        except DecisionNeeded as error:
            people = tuple((identity, name_of(book, identity)) for identity, _name in error.candidates)
            sentence = _("Row {row}: “{name}” may be any of several members.").format(row=row.row, name=row.name)
            plan.doubts.append(Doubt(row.row, sentence, people))
            return None
        except BookError as error:
            if last == len(texts):
                plan.refused.append(_refusal(row.row, _("Name"), row.name, error))
    return None


@dataclass(slots=True)
class MarksPlan(Plan):
    """Marks for the roll of one session."""

    roll: RollCall | None = None
    rows: list[tuple[int, MarkRow]] = field(default_factory=list)
    open_rows: dict[int, MarkRow] = field(default_factory=dict)

    @classmethod
    def of(cls, book: Book, roll: RollCall, rows: Sequence[MarkRow]) -> MarksPlan:
        """Compare the rows with the roll."""
        plan = cls(roll=roll)
        for row in rows:
            doubts = len(plan.doubts)
            member = _whom(book, plan, row)
            if len(plan.doubts) > doubts:
                plan.open_rows[row.row] = row
            elif member is not None:
                plan.take(member, row)
        return plan

    def take(self, member: int, row: MarkRow) -> None:
        """Note what a row changes; people who are not expected, and rows without a mark, are refused."""
        from coordinator_tui.cli.commands.roll import mark_text

        assert self.roll is not None
        if row.mark is None:
            self.refused.append(_refusal(row.row, _("Mark"), row.note or "", _("The file does not settle the mark.")))
            return
        try:
            now = self.roll.row(member)
        except BookError as error:
            self.refused.append(_refusal(row.row, _("Name"), row.name, error))
            return
        if (now.mark, now.minutes) == (row.mark, row.minutes):
            self.counts.unchanged += 1
            return
        if now.mark is None:
            self.counts.added += 1
        else:
            self.counts.updated += 1
        self.rows.append((member, row))
        after = mark_text(row.mark, row.minutes, row.note)
        self.lines.append(f"{now.name}  {mark_text(now.mark, now.minutes, now.note)} → {after}")

    def commit(self, decisions: Mapping[int, int | str]) -> Counts:
        """Mark everybody, as one step."""
        assert self.roll is not None
        for number, answer in decisions.items():
            if isinstance(answer, int):
                self.take(answer, self.open_rows[number])
        if self.rows:
            with self.roll.book.step("roll.import", count=len(self.rows)):
                for member, row in self.rows:
                    assert row.mark is not None
                    self.roll.mark(member, row.mark, row.minutes, row.note)
        return self.counts


@dataclass(slots=True)
class WorkPlan(Plan):
    """Pieces of work handed in."""

    book: Book | None = None
    rows: list[tuple[int, WorkRow, Work | None]] = field(default_factory=list)
    open_rows: dict[int, WorkRow] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, book: Book, rows: Sequence[WorkRow]) -> WorkPlan:
        """Compare the rows with what was handed in: the same member, kind, day and title is the same piece."""
        plan = cls(book=book)
        for row in rows:
            doubts = len(plan.doubts)
            member = _whom(book, plan, row)
            if len(plan.doubts) > doubts:
                plan.open_rows[row.row] = row
            elif member is not None:
                plan.take(member, row)
        return plan

    def take(self, member: int, row: WorkRow) -> None:
        """Note what a row adds or changes, once for each piece it stands for."""
        from coordinator_tui.book.members import name_of

        assert self.book is not None
        if row.date is not None and len(row.date) != 10:
            reason = _("The date has no day; write it like 2026-09-09.")
            self.refused.append(_refusal(row.row, _("Date"), row.date, reason))
            return
        for _piece in range(row.pieces):
            known = self._known(member, row)
            changes = _work_changes(known, row) if known else {}
            if known and not changes:
                self.counts.unchanged += 1
                continue
            self.rows.append((member, row, known))
            if known:
                self.counts.updated += 1
            else:
                self.counts.added += 1
            told = [name_of(self.book, member), title(row.kind), row.title or "", row.date or "", row.grade or ""]
            sentence = _("change: {told}") if known else _("new: {told}")
            self.lines.append(sentence.format(told=" ".join(word for word in told if word)))

    def _known(self, member: int, row: WorkRow) -> Work | None:
        assert self.book is not None
        day = row.date or self.book.today.isoformat()
        for work in self.book.work:
            same = (work.member, work.kind, work.date.isoformat()) == (member, row.kind, day)
            if same and fold(work.title or "") == fold(row.title or "") and work.id not in self.taken:
                self.taken.add(work.id)
                return work
        return None

    def commit(self, decisions: Mapping[int, int | str]) -> Counts:
        """Write everything, as one step."""
        assert self.book is not None
        for number, answer in decisions.items():
            if isinstance(answer, int):
                self.take(answer, self.open_rows[number])
        if self.rows:
            with self.book.step("work.import", count=len(self.rows)):
                for member, row, known in self.rows:
                    _write_work(self.book, member, row, known)
        return self.counts


def _work_changes(known: Work, row: WorkRow) -> dict[str, Any]:
    """Return what the row says otherwise than the book; what it does not say changes nothing."""
    said = {"words": row.words, "grade": row.grade, "checker": row.checker, "note": row.note}
    changes = {name: value for name, value in said.items() if value is not None and getattr(known, name) != value}
    if row.grade is not None or row.status != "handed_in":
        changes |= {"status": row.status} if known.status != row.status else {}
    return changes


def _write_work(book: Book, member: int, row: WorkRow, known: Work | None) -> None:
    from coordinator_tui.book.work import check, hand_in, return_work

    day = date.fromisoformat(row.date) if row.date else None
    if known is None:
        known = hand_in(book, member, kind=row.kind, date=day, title=row.title, words=row.words, note=row.note)
    else:
        plain = {name: value for name, value in _work_changes(known, row).items() if name in {"words", "note"}}
        if plain:
            from coordinator_tui.book.work import edit_work

            known = edit_work(book, known.id, **plain)
    on = date.fromisoformat(row.checked_on) if row.checked_on and len(row.checked_on) == 10 else day
    if row.status == "checked" and (known.status, known.grade) != (row.status, row.grade):
        check(book, known.id, row.grade, checker=row.checker, on=on)
    elif row.status == "returned" and known.status != row.status:
        return_work(book, known.id, checker=row.checker, on=on)


@dataclass(slots=True)
class SessionsPlan(Plan):
    """Sessions of a term's plan."""

    book: Book | None = None
    group: Group | None = None
    rows: list[tuple[SessionRow, int, Session | None]] = field(default_factory=list)

    @classmethod
    def of(cls, book: Book, rows: Sequence[SessionRow], group: Group | None) -> SessionsPlan:
        """Compare the rows with the schedule: the same group, day and beginning is the same session."""
        plan = cls(book=book, group=group)
        for row in rows:
            plan.take(row)
        return plan

    def take(self, row: SessionRow) -> None:
        """Note what a row adds or changes."""
        assert self.book is not None
        try:
            group = self._group(row)
        except BookError as error:
            self.refused.append(_refusal(row.row, _("Group"), row.group or "", error))
            return
        known = self._known(row, group)
        changes = _session_changes(known, row) if known else {}
        told = " ".join(word for word in (row.date, row.start, row.topic or row.kind_text) if word)
        if known and not changes:
            self.counts.unchanged += 1
            return
        self.rows.append((row, group, known))
        if known is None:
            self.counts.added += 1
            self.lines.append(_("new: {told}").format(told=told))
        else:
            self.counts.updated += 1
            pairs = [f"{name}: {getattr(known, name) or '–'} → {value}" for name, value in changes.items()]
            self.lines.append(f"{told}  {'; '.join(pairs)}")

    def _group(self, row: SessionRow) -> int:
        from coordinator_tui.book.groups import find_group

        assert self.book is not None
        if row.group:
            return find_group(self.book, row.group).id
        return (self.group or self.book.group).id

    def _known(self, row: SessionRow, group: int) -> Session | None:
        assert self.book is not None
        there = [s for s in self.book.sessions if s.group == group and s.date.isoformat() == row.date]
        exact = [s for s in there if row.start and s.start == row.start]
        found = exact or (there if len(there) == 1 and not (row.start and there[0].start) else [])
        return found[0] if found else None

    def commit(self, decisions: Mapping[int, int | str]) -> Counts:  # noqa: ARG002 - sessions raise no doubts
        """Write everything, as one step."""
        from coordinator_tui.book.schedule import add_session, edit_session

        assert self.book is not None
        if not self.rows:
            return self.counts
        with self.book.step("sessions.import", count=len(self.rows)):
            for row, group, known in self.rows:
                if known is None:
                    fields = _session_changes(None, row)
                    add_session(self.book, group=group, date=date.fromisoformat(row.date), **fields)
                else:
                    edit_session(self.book, known.id, **_session_changes(known, row))
        return self.counts


SESSION_FIELDS = ("start", "end", "kind", "topic", "speaker", "host", "recorder", "place", "question", "plan")


def _session_changes(known: Session | None, row: SessionRow) -> dict[str, Any]:
    """Return what the row says otherwise than the book; what it does not say changes nothing."""
    said = {name: getattr(row, name) for name in SESSION_FIELDS}
    return {
        name: value
        for name, value in said.items()
        if value is not None and (not known or getattr(known, name) != value)
    }
