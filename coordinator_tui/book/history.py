"""Who changed what, when, from what to what; undo and redo in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coordinator_tui.book.damage import unusable
from coordinator_tui.book.errors import TABLE_TITLES
from coordinator_tui.book.fields import field_title, value_words
from coordinator_tui.book.steps import step_title
from coordinator_tui.domain.attendance import late_entry
from coordinator_tui.domain.vocabulary import SessionStatus
from coordinator_tui.store import MISSING
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from coordinator_tui.book.book import Book
    from coordinator_tui.store import Change, Step, Transaction
    from coordinator_tui.store.undo import Skipped


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One field of one thing changed. `before` and `after` are JSON values, None for no value.

    `field` None: the whole thing was removed. `step` is the title of the step it was part of; `thing` names what was
    changed; `late` tells a late entry (补记) at a roll.
    """

    at: datetime
    by: str
    replica: str
    n: int
    what: str
    id: int
    field: str | None
    before: Any
    after: Any
    step: str
    thing: str
    late: bool = False

    def sentence(self) -> str:
        """Return the change in words: “张三: mark: Late → Present”."""
        if self.field is None:
            return _("{thing} removed").format(thing=self.thing)
        title = field_title(self.what, self.field)
        return _("{thing}: {field}: {before} → {after}").format(
            thing=self.thing, field=title, before=self.words(self.before), after=self.words(self.after)
        )

    def words(self, value: Any) -> str:  # noqa: ANN401 - any JSON
        """Return a value of the changed field in words, in the language in force."""
        return value_words(self.what, self.field or "", value)

    def to_json(self) -> dict[str, Any]:
        """Return the line as `history --json` prints it."""
        return {
            "at": self.at.isoformat(),
            "by": self.by,
            "replica": self.replica,
            "what": self.what,
            "id": self.id,
            "field": self.field,
            "from": self.before,
            "to": self.after,
            "step": self.step,
            "thing": self.thing,
            "late_entry": self.late,
        }


@dataclass(frozen=True, slots=True)
class StepReport:
    """What undo or redo did: a sentence, and one for each part that was left because somebody changed it since."""

    sentence: str
    skipped: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join((self.sentence, *self.skipped))


def history(book: Book, table: str | None, identity: int | None, *, limit: int | None = None) -> list[HistoryLine]:
    """Return changes newest first: of everything, of a table, or of one thing."""
    with unusable(book.folder):
        return [_line(book, change) for change in book.store.history(table, identity, limit=limit)]


def history_of(book: Book, things: Iterable[tuple[str, int]], *, limit: int | None = None) -> list[HistoryLine]:
    """Return changes of several things together, newest first."""
    wanted = set(things)
    found: list[Change] = []
    with unusable(book.folder):
        for table in sorted({table for table, _id in wanted}):
            ids = {identity for name, identity in wanted if name == table}
            one = next(iter(ids)) if len(ids) == 1 else None
            found += (change for change in book.store.history(table, one) if change.id in ids)
    found.sort(key=lambda change: (change.at, change.replica, change.n), reverse=True)
    return [_line(book, change) for change in found[:limit]]


def history_of_member(book: Book, member: int, *, limit: int | None = None) -> list[HistoryLine]:
    """Everything that changed about a member: their entry, memberships, marks, leaves and work, newest first."""
    from coordinator_tui.book.merging import references

    own = [(reference.table, reference.id) for reference in references(book, member) if reference.field == "member"]
    return history_of(book, [("members", member), *own], limit=limit)


def latest_changes(book: Book, table: str, ids: set[int], field: str) -> dict[int, Change]:
    """Return the last change of a field of each of these documents."""
    latest: dict[int, Change] = {}
    with unusable(book.folder):
        for change in book.store.history(table):
            if change.field == field and change.id in ids and change.id not in latest:
                latest[change.id] = change
                if len(latest) == len(ids):
                    break
    return latest


def undo(book: Book) -> StepReport | None:
    """Take back the last step of this user on this machine, and say what that was."""
    return _travel(book, forward=False)


def redo(book: Book) -> StepReport | None:
    """Do again the step taken back last, and say what that was."""
    return _travel(book, forward=True)


def undo_title(book: Book) -> str | None:
    """Return what undo would take back, in words; None when there is nothing."""
    step = book.store.peek_undo()
    return None if step is None else _described(step)


def redo_title(book: Book) -> str | None:
    """Return what redo would do again, in words; None when there is nothing."""
    step = book.store.peek_redo()
    return None if step is None else _described(step)


def _travel(book: Book, *, forward: bool) -> StepReport | None:
    store = book.store
    if (store.peek_redo() if forward else store.peek_undo()) is None:
        return None
    with book.turning() as (transaction, touched):
        step = store.redo() if forward else store.undo()
        if step is not None:
            touched.update(step.touched)
            _keep_held(book, transaction, touched.get("sessions", set()))
    if step is None:
        return None
    sentence = _("Done again: {step}.") if forward else _("Undone: {step}.")
    left = dict.fromkeys(_skipped(book, part) for part in step.skipped)
    return StepReport(sentence.format(step=_described(step)), tuple(left))


def _keep_held(book: Book, transaction: Transaction, sessions: set[int]) -> None:
    """Keep sessions held at which somebody else's marks remain, although the step that held them is taken back."""
    resting = {SessionStatus.PLANNED.value, SessionStatus.MOVED.value, None}
    for session in sessions:
        document = book.store.document("sessions", session) or {}
        past = document.get("date", "~") <= book.today.isoformat()
        if past and document.get("status") in resting and _is_marked(book, session):
            transaction.set("sessions", session, {"status": SessionStatus.HELD.value})


def _is_marked(book: Book, session: int) -> bool:
    documents = book.attendance.documents().values()
    return any(document.get("session") == session and document.get("mark") for document in documents)


def _described(step: Step) -> str:
    return step_title(step.step, step.details)


def _skipped(book: Book, part: Skipped) -> str:
    thing = thing_title(book, part.table, part.document)
    return _("{thing} was left as it is: somebody has changed it since.").format(thing=thing)


def _line(book: Book, change: Change) -> HistoryLine:
    return HistoryLine(
        at=change.at,
        by=change.by,
        replica=change.replica,
        n=change.n,
        what=change.table,
        id=change.id,
        field=change.field,
        before=None if change.before is MISSING else change.before,
        after=None if change.after is MISSING else change.after,
        step=step_title(change.step, change.details),
        thing=thing_title(book, change.table, change.id),
        late=_late(book, change),
    )


def _late(book: Book, change: Change) -> bool:
    if change.table != "attendance" or change.field not in {"mark", "minutes"}:
        return False
    document = book.store.document("attendance", change.id) or {}
    session = book.sessions.find(document.get("session") or 0)
    days = book.settings.number("late_entry_days")
    return session is not None and late_entry(session.date, change.at.astimezone().date(), days)


def thing_title(book: Book, table: str, identity: int) -> str:
    """Return a thing in a few words: a member's name, a session's date and topic; its kind and number if it is gone."""
    document = book.store.document(table, identity)
    if document is None:
        return f"{TABLE_TITLES.get(table, table)} {identity}"
    words = _title_words(book, table, identity, document)
    return words or f"{TABLE_TITLES.get(table, table)} {identity}"


def _title_words(book: Book, table: str, identity: int, document: Mapping[str, Any]) -> str:
    from coordinator_tui.book.members import name_of

    if table == "members":
        return name_of(book, identity)
    name = name_of(book, document["member"]) if isinstance(document.get("member"), int) else ""
    day = str(document.get("date") or document.get("start") or document.get("due") or "")
    if table == "attendance":
        session = book.sessions.find(document.get("session") or 0)
        day = session.date.isoformat() if session else ""
    if table == "memberships":
        group = book.groups.find(document.get("group") or 0)
        day = group.name if group else ""
    if table == "settings":
        return str(document.get("key") or "")
    label = document.get("topic") or document.get("title") or document.get("code") or document.get("name") or ""
    return " ".join(
        part for part in (name, day if table not in {"series", "groups", "terms"} else "", str(label)) if part
    )
