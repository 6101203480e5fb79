"""Taking a roster into the book: what would be added, updated, asked about; then all of it in one step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from coordinator_tui.book.collection import cleaned
from coordinator_tui.book.errors import DecisionNeeded
from coordinator_tui.book.members import name_of
from coordinator_tui.domain.codec import to_json
from coordinator_tui.domain.people import name_key
from coordinator_tui.domain.vocabulary import GroupKind, Role
from coordinator_tui.store import key_id, new_id
from coordinator_tui.text import LazyText, clean, fold, lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from coordinator_tui.book.book import Book, Writing
    from coordinator_tui.domain.records import Member
    from coordinator_tui.domain.roster import RosterRow

FIELDS = (
    "name", "gender", "birth", "subject", "stage", "title", "level", "honours", "joined_school", "joined_work", "phone", "note",
)  # fmt: skip
"""The fields of a member that a roster can tell."""

Decision = int | Literal["new", "skip"]
"""The answer to a question: the id of the member meant, a new member, or leave the row out."""

_GROUP_KINDS: tuple[tuple[str, GroupKind], ...] = (
    ("备课", GroupKind.LESSON_PREPARATION),
    ("教研", GroupKind.TEACHING_RESEARCH),
    ("学科", GroupKind.SUBJECT),
    ("年级", GroupKind.GRADE),
    ("级部", GroupKind.GRADE),
    ("交流", GroupKind.EXCHANGE),
    ("领导", GroupKind.LEADING),
)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that the roster says otherwise than the book (JSON values)."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Addition:
    """A row that becomes a new member."""

    row: RosterRow
    groups: tuple[tuple[str, Role], ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """A row that changes a member: fields old → new, and the groups to join (or the role there to change)."""

    row: RosterRow
    member: Member
    changes: tuple[FieldChange, ...]
    groups: tuple[tuple[str, Role], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A row that may be any of several members, or nobody yet; `reason` says why it was not decided."""

    row: RosterRow
    candidates: tuple[Member, ...]
    reason: LazyText


@dataclass(frozen=True, slots=True)
class RowRefusal:
    """A row that cannot go in: in which column (a field's name), what was found, and why (`str(reason)` translates)."""

    row: int
    column: str
    value: str
    reason: LazyText

    def to_json(self) -> dict[str, Any]:
        """Return the refusal as `import --json` prints it."""
        return {"row": self.row, "column": self.column, "value": self.value, "reason": str(self.reason)}


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do. Nothing is written until `commit_import`; questions need a decision each."""

    book: Book
    added: tuple[Addition, ...]
    updated: tuple[Update, ...]
    unchanged: tuple[Member, ...]
    questions: tuple[Question, ...]
    refused: tuple[RowRefusal, ...]
    group: int | None = None
    start: date | None = None

    @property
    def new_groups(self) -> tuple[str, ...]:
        """Names of the groups that the book does not have yet."""
        known = {fold(group.name) for group in self.book.groups}
        named = [name for part in (*self.added, *self.updated) for name, _role in part.groups]
        named += [name for question in self.questions for name, _role in question.row.groups]
        return tuple(dict.fromkeys(name for name in named if fold(name) not in known))


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, in numbers."""

    added: int
    updated: int
    unchanged: int
    skipped: int
    refused: tuple[RowRefusal, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the numbers as `import --json` prints them (the reader adds file, encoding, header_row)."""
        return {
            "added": self.added,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "skipped": self.skipped,
            "refused": [refusal.to_json() for refusal in self.refused],
        }


@dataclass(slots=True)
class _Sorter:
    """Sorts rows into the parts of a plan."""

    book: Book
    group: int | None
    by_name: dict[str, list[Member]]
    memberships: dict[tuple[int, str], Role]
    taken: dict[int, RosterRow] = field(default_factory=dict)
    seen: dict[tuple[Any, ...], int] = field(default_factory=dict)
    added: list[Addition] = field(default_factory=list)
    updated: list[Update] = field(default_factory=list)
    unchanged: list[Member] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    refused: list[RowRefusal] = field(default_factory=list)


def plan_import(
    book: Book, rows: Iterable[RosterRow], *, group: int | None = None, start: date | None = None
) -> ImportPlan:
    """Compare a roster with the book. `group` (None: none) is joined by rows that name no group, from `start`.

    A row is a known member if the name fits (however it is written) and birth, the phone's last four digits or the
    subject agree with exactly one of that name, or if there is one of that name and nothing disagrees. Anything else
    that fits by name is a question, never a guess. What a roster does not say is never taken away.
    """
    sorter = _Sorter(book, group, _by_name(book), _roles(book))
    for row in rows:
        _sort(sorter, row)
    return ImportPlan(
        book,
        tuple(sorter.added),
        tuple(sorter.updated),
        tuple(sorter.unchanged),
        tuple(sorter.questions),
        tuple(sorter.refused),
        group,
        start,
    )


def commit_import(plan: ImportPlan, decisions: Mapping[int, Decision] | None = None) -> ImportResult:
    """Write a plan, as one step. `decisions` answers each question by the row's number.

    DecisionNeeded when a question has no answer; nothing is written then.
    """
    answers = dict(decisions or {})
    _check_answers(plan, answers)
    decided_new, decided_updates, skipped = _decided(plan, answers)
    added, updated = [*plan.added, *decided_new], [*plan.updated, *decided_updates]
    changed = [update for update in updated if update.changes or update.groups]
    if added or changed:
        with plan.book.step("members.import", added=len(added), updated=len(changed)) as writing:
            groups = _Groups(plan.book, writing)
            for addition in added:
                _add(plan, writing, groups, addition)
            for update in changed:
                _update(plan, writing, groups, update)
    same = len(plan.unchanged) + len(updated) - len(changed)
    return ImportResult(len(added), len(changed), same, skipped, plan.refused)


# sorting


def _sort(sorter: _Sorter, row: RosterRow) -> None:
    name = clean(row.name).strip()
    if not name:
        sorter.refused.append(RowRefusal(row.row, "name", row.name, lazy("A member needs a name.")))
        return
    same = (name_key(name), row.birth, fold(row.subject or ""), _last_four(row.phone))
    first = sorter.seen.setdefault(same, row.row)
    namesakes = sorter.by_name.get(name_key(name), [])
    if first != row.row and not namesakes:
        _ask_or_join(sorter, row)
        return
    match = _match(row, namesakes)
    if match is None:
        candidates = [member for member in namesakes if not _disagrees(row, member)]
        if candidates:
            reason = lazy("Several members have this name, and the roster does not say which is meant.")
            sorter.questions.append(Question(row, tuple(candidates), reason))
        elif namesakes and not _told_apart(row, namesakes):
            reason = lazy("A member of this name is in the book, and something differs: is it the same person?")
            sorter.questions.append(Question(row, tuple(namesakes), reason))
        else:
            sorter.added.append(Addition(row, _new_groups(sorter, row, None)))
        return
    if match.id in sorter.taken:
        reason = lazy("Another row of the roster is this member already.")
        sorter.questions.append(Question(row, (match,), reason))
        return
    sorter.taken[match.id] = row
    _sort_known(sorter, row, match)


def _sort_known(sorter: _Sorter, row: RosterRow, member: Member) -> None:
    changes, groups = _changes(row, member), _new_groups(sorter, row, member)
    if changes or groups:
        sorter.updated.append(Update(row, member, changes, groups))
    else:
        sorter.unchanged.append(member)


def _ask_or_join(sorter: _Sorter, row: RosterRow) -> None:
    """Return a row that says the same as an earlier one: another group of the same person, or a second person."""
    reason = lazy("The roster has this row twice: is it the same person, or two people of one name?")
    sorter.questions.append(Question(row, (), reason))


def _match(row: RosterRow, namesakes: Sequence[Member]) -> Member | None:
    """Return the one member that the row certainly is."""
    agreeing = [member for member in namesakes if not _disagrees(row, member)]
    for agrees in (_same_phone, _same_birth, _same_subject):
        found = [member for member in agreeing if agrees(row, member)]
        if len(found) == 1:
            return found[0]
    return agreeing[0] if len(agreeing) == 1 and len(namesakes) == 1 else None


def _disagrees(row: RosterRow, member: Member) -> bool:
    """Whether something that does not change in a person differs; a phone or a subject may change."""
    births = bool(row.birth and member.birth) and not _same_birth(row, member)
    genders = bool(row.gender and member.gender) and row.gender != member.gender
    return births or genders


def _told_apart(row: RosterRow, namesakes: Sequence[Member]) -> bool:
    """Whether the row is certainly somebody else than everyone of that name: another birth, and another phone if known."""
    return all(
        row.birth and member.birth and len(row.birth) >= 7 and len(member.birth) >= 7 and not _same_birth(row, member)
        and not _same_phone(row, member)
        for member in namesakes
    )  # fmt: skip


def _same_birth(row: RosterRow, member: Member) -> bool:
    if not (row.birth and member.birth):
        return False
    return row.birth.startswith(member.birth) or member.birth.startswith(row.birth)


def _same_phone(row: RosterRow, member: Member) -> bool:
    return bool(row.phone and member.phone) and _last_four(row.phone) == _last_four(member.phone)


def _same_subject(row: RosterRow, member: Member) -> bool:
    return bool(row.subject and member.subject) and fold(row.subject or "") == fold(member.subject or "")


def _last_four(phone: str | None) -> str:
    return (phone or "")[-4:]


def _changes(row: RosterRow, member: Member) -> tuple[FieldChange, ...]:
    """Return what the row says otherwise than the book; a less exact birth, or another way to write a name, says nothing new."""
    found = []
    for name in FIELDS:
        new, old = cleaned(name, getattr(row, name)), to_json(getattr(member, name)) or None
        if new is None or new == old:
            continue
        if name == "birth" and old and str(old).startswith(str(new)):
            continue
        if name == "name" and name_key(str(old)) == name_key(str(new)):
            continue
        found.append(FieldChange(name, old, new))
    return tuple(found)


def _new_groups(sorter: _Sorter, row: RosterRow, member: Member | None) -> tuple[tuple[str, Role], ...]:
    wanted = [(clean(name).strip(), role) for name, role in row.groups if clean(name).strip()]
    if not wanted and sorter.group is not None:
        wanted = [(sorter.book.groups.get(sorter.group).name, Role.MEMBER)]
    if member is None:
        return tuple(dict.fromkeys(wanted))
    return tuple(
        (name, role)
        for name, role in dict.fromkeys(wanted)
        if (now := sorter.memberships.get((member.id, fold(name)))) is None or (role is not Role.MEMBER and now != role)
    )


def _by_name(book: Book) -> dict[str, list[Member]]:
    found: dict[str, list[Member]] = {}
    for member in book.members.mapping().values():
        found.setdefault(name_key(member.name), []).append(member)
    return found


def _roles(book: Book) -> dict[tuple[int, str], Role]:
    called = {group.id: fold(group.name) for group in book.groups}
    today = book.today
    return {
        (membership.member, called[membership.group]): membership.role
        for membership in book.memberships.mapping().values()
        if membership.group in called and (membership.until is None or membership.until >= today)
    }


# writing


class _Groups:
    """Groups by name, made when a roster names one that is not there."""

    def __init__(self, book: Book, writing: Writing) -> None:
        self._writing = writing
        self._ids = {fold(group.name): group.id for group in book.groups}

    def id_of(self, name: str) -> int:
        key = fold(name)
        if key not in self._ids:
            kind = next((kind for part, kind in _GROUP_KINDS if part in name), GroupKind.OTHER)
            self._ids[key] = new_id()
            self._writing.set("groups", self._ids[key], {"name": name, "kind": kind.value})
        return self._ids[key]


def _add(plan: ImportPlan, writing: Writing, groups: _Groups, addition: Addition) -> None:
    identity = new_id()
    fields = {name: value for name in FIELDS if (value := cleaned(name, getattr(addition.row, name))) is not None}
    writing.set("members", identity, fields)
    _join(plan, writing, groups, identity, addition.groups)


def _update(plan: ImportPlan, writing: Writing, groups: _Groups, update: Update) -> None:
    if update.changes:
        writing.set("members", update.member.id, {change.field: change.new for change in update.changes})
    _join(plan, writing, groups, update.member.id, update.groups)


def _join(plan: ImportPlan, writing: Writing, groups: _Groups, member: int, wanted: Iterable[tuple[str, Role]]) -> None:
    for name, role in wanted:
        group = groups.id_of(name)
        identity = key_id("membership", member, group)
        now = plan.book.store.document("memberships", identity)
        if now is not None and now.get("until") is not None:  # they had left: a new time begins
            identity = key_id("membership", member, group, plan.start.isoformat() if plan.start else "")
            now = plan.book.store.document("memberships", identity)
        fields: dict[str, Any] = {"role": role.value}
        if now is None:
            fields |= {"member": member, "group": group}
            fields |= {"start": plan.start.isoformat()} if plan.start else {}
        writing.set("memberships", identity, fields)


def _check_answers(plan: ImportPlan, answers: Mapping[int, Decision]) -> None:
    for question in plan.questions:
        answer = answers.get(question.row.row)
        if answer is None or (isinstance(answer, int) and answer not in plan.book.members):
            raise DecisionNeeded(
                lazy(
                    "Row {row}, {name}: {reason} Decide with --decide {row}=new, {row}=skip or {row}=NUMBER; {candidates}"
                ),
                row=question.row.row,
                name=question.row.name,
                reason=question.reason,
                candidates=[
                    (member.id, f"{member.id} {name_of(plan.book, member.id)}") for member in question.candidates
                ],
            )


def _decided(plan: ImportPlan, answers: Mapping[int, Decision]) -> tuple[list[Addition], list[Update], int]:
    sorter = _Sorter(plan.book, plan.group, {}, _roles(plan.book))
    skipped = 0
    for question in plan.questions:
        answer = answers[question.row.row]
        if answer == "skip":
            skipped += 1
        elif answer == "new":
            sorter.added.append(Addition(question.row, _new_groups(sorter, question.row, None)))
        else:
            member = plan.book.members.get(int(answer))
            groups = _new_groups(sorter, question.row, member)
            sorter.updated.append(Update(question.row, member, _changes(question.row, member), groups))
    return sorter.added, sorter.updated, skipped
