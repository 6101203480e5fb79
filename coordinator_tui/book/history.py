"""Who changed what, when, from what to what; undo and redo in words."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as hidden_field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from coordinator_tui.book.damage import unusable
from coordinator_tui.book.errors import TABLE_TITLES
from coordinator_tui.book.fields import field_title, value_words
from coordinator_tui.book.steps import step_title
from coordinator_tui.domain.attendance import late_entry
from coordinator_tui.domain.vocabulary import SessionStatus
from coordinator_tui.store import MISSING
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from coordinator_tui.book.book import Book
    from coordinator_tui.store import Change, Step, Transaction
    from coordinator_tui.store.undo import Skipped

Gone: TypeAlias = "dict[tuple[str, int], Mapping[str, Any]]"
"""Documents that are not in the book any more, by table and id."""
NAMED = {
    "group": "groups",
    "member": "members",
    "members": "members",
    "spouse": "members",
    "speaker_member": "members",
    "speakers": "members",
    "session": "sessions",
    "series": "series",
    "reading": "readings",
    "assignment": "assignments",
    "mentor": "members",
    "apprentice": "members",
    "training": "trainings",
    "placement": "placements",
    "work": "work",
}
"""Fields that hold ids, and the table in which these are."""
_LABELS = ("topic", "title", "code", "name", "host_school")
"""Fields that a thing is called by; the first that it has."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One field of one thing changed. `before` and `after` are JSON values, None for no value.

    `field` None: the whole thing was removed. `step` is the title of the step it was part of; `thing` names what was
    changed; `late` tells a late entry (补记) at a roll; `named` names what an id stands for, in fields that hold ids;
    `told` says what a value has that the other has not, where both are long.
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
    named: Callable[[int], str] | None = hidden_field(default=None, repr=False, compare=False)
    told: Callable[[Any, list[Any]], str | None] | None = hidden_field(default=None, repr=False, compare=False)

    def sentence(self) -> str:
        """Return the change in words: “张三: mark: Late → Present”."""
        if self.field is None:
            return _("{thing} removed").format(thing=self.thing)
        title = field_title(self.what, self.field)
        return _("{thing}: {field}: {before} → {after}").format(
            thing=self.thing, field=title, before=self.words(self.before), after=self.words(self.after)
        )

    def words(self, value: Any) -> str:  # noqa: ANN401 - any JSON
        """Return a value of the changed field in words, in the language in force; ids as what they stand for."""
        ids = value if isinstance(value, list) else [value]
        if self.named and ids and all(isinstance(one, int) for one in ids):
            return _(", ").join(map(self.named, ids))
        said = self.told(value, [self.after if value is self.before else self.before]) if self.told else None
        if said is not None:
            return said
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
        return _lines(book, book.store.history(table, identity, limit=limit))


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
    return _lines(book, found[:limit])


def history_of_member(book: Book, member: int, *, limit: int | None = None) -> list[HistoryLine]:
    """Everything that changed about a member: entry, memberships, marks, leaves, work, registers; newest first."""
    from coordinator_tui.book.merging import references
    from coordinator_tui.book.registers import PERSON_FIELDS

    own = [(found.table, found.id) for found in references(book, member) if found.field in PERSON_FIELDS]
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


def _lines(book: Book, changes: Sequence[Change]) -> list[HistoryLine]:
    """Put changes (newest first) into words; what was removed since is named as it was when it went."""
    gone: Gone = {}
    for change in changes:
        if change.field is None and isinstance(change.before, dict):
            gone.setdefault((change.table, change.id), change.before)
    return [_line(book, change, gone) for change in changes]


def _line(book: Book, change: Change, gone: Gone) -> HistoryLine:
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
        step=_step_words(change),
        thing=thing_title(book, change.table, change.id, gone),
        late=_late(book, change),
        named=partial(thing_title, book, table, gone=gone) if (table := NAMED.get(change.field or "")) else None,
        told=partial(_pack_words, book, change.id, change.field or "") if change.table == "packs" else None,
    )


def _pack_words(book: Book, identity: int, field: str, value: object, others: list[object]) -> str | None:
    from coordinator_tui.book.pack_words import pack_words

    return pack_words(book, identity, field, value, others)


def _step_words(change: Change) -> str:
    step = step_title(change.step, change.details)
    if change.turn == "undo":
        return _("Undo: {step}").format(step=step)
    return _("Redo: {step}").format(step=step) if change.turn == "redo" else step


def _late(book: Book, change: Change) -> bool:
    if change.table != "attendance" or change.field not in {"mark", "minutes"}:
        return False
    document = book.store.document("attendance", change.id) or {}
    session = book.sessions.find(document.get("session") or 0)
    days = book.settings.number("late_entry_days")
    return session is not None and late_entry(session.date, change.at.astimezone().date(), days)


def thing_title(book: Book, table: str, identity: int, gone: Gone | None = None) -> str:
    """Return a thing in a few words: a member's name, a session's date and topic.

    `gone` holds documents that are not in the book any more; one that is in neither is named by its kind and number.
    """
    document = book.store.document(table, identity) or (gone or {}).get((table, identity))
    words = "" if document is None else _title_words(book, table, identity, document, gone or {})
    return words or f"{TABLE_TITLES.get(table, table)} {identity}"


def _title_words(book: Book, table: str, identity: int, document: Mapping[str, Any], gone: Gone) -> str:
    if table == "members":
        return _name(book, identity, gone)
    if table == "settings":
        return str(document.get("key") or "")
    if table == "packs":
        from coordinator_tui.book.pack_words import pack_title

        return pack_title(book, identity)
    people = (document.get(field) for field in ("member", "mentor", "apprentice"))
    name = " → ".join(_name(book, member, gone) for member in people if isinstance(member, int))
    if table == "texts":
        return thing_title(book, "work", document.get("work") or 0, gone)
    parts = (name, _day_words(book, table, document, gone), *_label_words(book, table, document, gone))
    return " ".join(part for part in parts if part)


def _day_words(book: Book, table: str, document: Mapping[str, Any], gone: Gone) -> str:
    if table == "attendance":
        session = book.store.document("sessions", document.get("session") or 0)
        session = session or gone.get(("sessions", document.get("session") or 0)) or {}
        return str(session.get("date") or "")
    if table in {"sessions", "calendar", "work", "achievements", "entries"}:
        return str(document.get("date") or "")
    return str(document.get("start") or "") if table in {"leaves", "trainings", "pairs", "placements"} else ""


def _label_words(book: Book, table: str, document: Mapping[str, Any], gone: Gone) -> Iterable[str]:
    if table in {"work", "leaves", "entries"}:
        yield value_words(table, "kind", document.get("kind"))
    if table == "memberships":
        group = document.get("group") or 0
        named = book.store.document("groups", group) or gone.get(("groups", group)) or {}
        yield str(named.get("name") or "")
    elif table not in {"attendance", "leaves"}:
        yield next((str(document[field]) for field in _LABELS if document.get(field)), "")


def _name(book: Book, member: int, gone: Gone) -> str:
    from coordinator_tui.book.members import name_of

    if member not in book.members and ("members", member) in gone:
        return str(gone["members", member].get("name") or "?")
    return name_of(book, member)
