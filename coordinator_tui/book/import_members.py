"""Taking a roster into the book: what would be added, updated, asked about; then all of it in one step."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from coordinator_tui.book.collection import cleaned
from coordinator_tui.book.errors import DecisionNeeded
from coordinator_tui.book.groups import names_in_the_book, short_group_name
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
    "name", "gender", "birth", "subject", "stage", "title", "level", "honours", "joined_school", "joined_work", "phone",
    "note",
)  # fmt: skip
"""The fields of a member that a roster can tell."""

Decision = int | Literal["new", "same", "skip"]
"""The answer to a question: the id of the member meant, somebody new, the same as the earlier row, or leave it out."""

_TWICE = lazy("An earlier row of the roster has this name, and nothing tells the two apart.")
_SEVERAL = lazy("Several members have this name, and the roster does not say which is meant.")
_DIFFERS = lazy("A member of this name is in the book, and something differs.")

_GROUP_KINDS: tuple[tuple[str, GroupKind], ...] = (
    ("备课", GroupKind.LESSON_PREPARATION),
    ("教研", GroupKind.TEACHING_RESEARCH),
    ("学科", GroupKind.SUBJECT),
    ("年级", GroupKind.GRADE),
    ("级部", GroupKind.GRADE),
    ("交流", GroupKind.EXCHANGE),
    ("领导", GroupKind.LEADING),
    ("组", GroupKind.TEACHING_RESEARCH),
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
    """A row that may be any of several members, or nobody yet; `reason` says why it was not decided.

    `earlier` is the number of the row that may be the same person.
    """

    row: RosterRow
    candidates: tuple[Member, ...]
    reason: LazyText
    earlier: int | None = None


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
        parts = [part.groups for part in self.added] + [part.groups for part in self.updated]
        named = [
            name for groups in (*parts, *(question.row.groups for question in self.questions)) for name, _ in groups
        ]
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
class _Part:
    """A row on its way into the plan; `member` None for somebody new."""

    row: RosterRow
    member: Member | None
    changes: dict[str, FieldChange]
    groups: dict[tuple[str, Role], None]


@dataclass(slots=True)
class _Sorter:
    """Sorts rows into the parts of a plan."""

    book: Book
    group: int | None
    by_name: dict[str, list[Member]]
    memberships: dict[tuple[int, str], Role]
    parts: list[_Part] = field(default_factory=list)
    known: dict[int, _Part] = field(default_factory=dict)
    persons: dict[tuple[str, ...], _Part] = field(default_factory=dict)
    called: dict[str, list[_Part]] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    refused: list[RowRefusal] = field(default_factory=list)

    def take(self, row: RosterRow, member: Member | None) -> _Part:
        """Take a row in as a member, or as somebody new."""
        changes = {} if member is None else _changes(row, member)
        part = _Part(row, member, changes, _new_groups(self, row, member))
        self.parts.append(part)
        self.called.setdefault(name_key(row.name), []).append(part)
        self.persons |= dict.fromkeys(_person_keys(row), part)
        if member is not None:
            self.known[member.id] = part
        return part

    def join(self, part: _Part, row: RosterRow) -> None:
        """Add another row of the same person: what it says first, and its groups."""
        part.groups |= _new_groups(self, row, part.member)
        if part.member is not None:
            part.changes = {**_changes(row, part.member), **part.changes}

    def ask(
        self, row: RosterRow, reason: LazyText, candidates: Iterable[Member] = (), earlier: int | None = None
    ) -> None:
        """Leave a row to a person."""
        self.questions.append(Question(row, tuple(candidates), reason, earlier))

    def additions(self) -> tuple[Addition, ...]:
        """Return the rows that become members."""
        return tuple(Addition(part.row, tuple(part.groups)) for part in self.parts if part.member is None)

    def updates(self) -> tuple[Update, ...]:
        """Return the rows that change members."""
        return tuple(
            Update(part.row, part.member, tuple(part.changes.values()), tuple(part.groups))
            for part in self.parts
            if part.member is not None and (part.changes or part.groups)
        )

    def unchanged(self) -> tuple[Member, ...]:
        """Return the members of whom the roster says nothing new."""
        parts = (part for part in self.parts if not part.changes and not part.groups)
        return tuple(part.member for part in parts if part.member is not None)


def plan_import(
    book: Book, rows: Iterable[RosterRow], *, group: int | None = None, start: date | None = None
) -> ImportPlan:
    """Compare a roster with the book. `group` (None: none) is joined by rows that name no group, from `start`.

    A row is a known member if the name fits (however it is written) and birth, the phone's last four digits or the
    subject agree with exactly one of that name, or if there is one of that name and nothing disagrees. Anything else
    that fits by name is a question, never a guess. What a roster does not say is never taken away.
    """
    sorter = _Sorter(book, group, _by_name(book), _roles(book))
    called = names_in_the_book(book)
    for row in rows:
        _sort(sorter, _with_known_groups(row, called))
    return ImportPlan(
        book,
        sorter.additions(),
        sorter.updates(),
        sorter.unchanged(),
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
    sorter, skipped = _decided(plan, answers)
    added, updated = sorter.additions(), sorter.updates()
    if added or updated:
        with plan.book.step("members.import", added=len(added), updated=len(updated)) as writing:
            groups = _Groups(plan.book, writing)
            for addition in added:
                _add(plan, writing, groups, addition)
            for update in updated:
                _update(plan, writing, groups, update)
    same = len(plan.unchanged) + len(sorter.unchanged())
    return ImportResult(len(added), len(updated), same, skipped, plan.refused)


# sorting


def _sort(sorter: _Sorter, row: RosterRow) -> None:
    if not clean(row.name).strip():
        sorter.refused.append(RowRefusal(row.row, "name", row.name, lazy("A member needs a name.")))
        return
    earlier = next((sorter.persons[key] for key in _person_keys(row) if key in sorter.persons), None)
    if earlier is not None:
        sorter.join(earlier, row)
        return
    namesakes = sorter.by_name.get(name_key(row.name), [])
    match = _match(row, namesakes)
    if match is not None and match.id in sorter.known:
        sorter.ask(row, _TWICE, (match,), sorter.known[match.id].row.row)
    elif match is not None:
        sorter.take(row, match)
    elif namesakes and not _is_somebody_else(row, namesakes):
        sorter.ask(row, _SEVERAL if len(namesakes) > 1 else _DIFFERS, namesakes)
    else:
        _sort_new(sorter, row)


def _sort_new(sorter: _Sorter, row: RosterRow) -> None:
    """Take in somebody whom the book does not know, unless an earlier row of the roster may be the same person."""
    twins = [part for part in sorter.called.get(name_key(row.name), ()) if not _rows_differ(part.row, row)]
    if twins:
        sorter.ask(row, _TWICE, earlier=twins[0].row.row)
    else:
        sorter.take(row, None)


def _person_keys(row: RosterRow) -> list[tuple[str, ...]]:
    """Return what tells a person among those of one name: an exact birth, the last four digits of the phone."""
    key = name_key(row.name)
    births = [(key, "birth", row.birth)] if row.birth and len(row.birth) > len("1985") else []
    return [*births, *([(key, "phone", _last_four(row.phone))] if row.phone else [])]


def _rows_differ(one: RosterRow, other: RosterRow) -> bool:
    """Tell whether two rows of one name are certainly two people: both say something, and not the same."""
    pairs = (
        (one.birth, other.birth),
        (_last_four(one.phone), _last_four(other.phone)),
        (fold(one.subject or ""), fold(other.subject or "")),
        (one.gender, other.gender),
    )
    return any(first and second and first != second for first, second in pairs)


def _match(row: RosterRow, namesakes: Sequence[Member]) -> Member | None:
    """Return the one member that the row certainly is."""
    agreeing = [member for member in namesakes if not _disagrees(row, member)]
    for agrees in (_same_phone, _same_birth, _same_subject):
        found = [member for member in agreeing if agrees(row, member)]
        if len(found) == 1:
            return found[0]
    alone = agreeing[0] if len(agreeing) == 1 and len(namesakes) == 1 else None
    return alone if alone is not None and not (row.subject and alone.subject) else None


def _disagrees(row: RosterRow, member: Member) -> bool:
    """Tell whether something that does not change in a person differs; a phone or a subject may change."""
    births = bool(row.birth and member.birth) and not _same_birth(row, member)
    return births or bool(row.gender and member.gender and row.gender != member.gender)


def _is_somebody_else(row: RosterRow, namesakes: Sequence[Member]) -> bool:
    """Tell whether the row is certainly none of those of its name: born in another year than each of them.

    Another month of the same year is more often a slip of the pen than another person, so that is asked about.
    """
    return all(row.birth and member.birth and row.birth[:4] != member.birth[:4] for member in namesakes)


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


def _changes(row: RosterRow, member: Member) -> dict[str, FieldChange]:
    """Return what the row says otherwise; a less exact birth, or another way to write a name, says nothing new."""
    found = {}
    for name in FIELDS:
        new, old = cleaned(name, getattr(row, name)), to_json(getattr(member, name)) or None
        if new is None or new == old:
            continue
        if name == "birth" and old and str(old).startswith(str(new)):
            continue
        if name == "name" and name_key(str(old)) == name_key(str(new)):
            continue
        found[name] = FieldChange(name, old, new)
    return found


def _with_known_groups(row: RosterRow, called: Mapping[str, str]) -> RosterRow:
    groups = tuple((called.get(short_group_name(name), name), role) for name, role in row.groups)
    return row if groups == row.groups else replace(row, groups=groups)


def _new_groups(sorter: _Sorter, row: RosterRow, member: Member | None) -> dict[tuple[str, Role], None]:
    wanted = {(clean(name).strip(), role): None for name, role in row.groups if clean(name).strip()}
    if not wanted and sorter.group is not None:
        wanted = {(sorter.book.groups.get(sorter.group).name, Role.MEMBER): None}
    if member is None:
        return wanted
    return {
        (name, role): None
        for name, role in wanted
        if (now := sorter.memberships.get((member.id, fold(name)))) is None or (role is not Role.MEMBER and now != role)
    }


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
                lazy("Row {row}, {name}: {reason} Decide with --decide {row}=new, same, skip or an ID: {candidates}"),
                row=question.row.row,
                name=question.row.name,
                reason=question.reason,
                candidates=[
                    (member.id, f"{member.id} {name_of(plan.book, member.id)}") for member in question.candidates
                ],
            )


def _decided(plan: ImportPlan, answers: Mapping[int, Decision]) -> tuple[_Sorter, int]:
    """Return the plan's rows with the answered ones among them, and how many rows were left out."""
    sorter = _Sorter(plan.book, plan.group, {}, _roles(plan.book))
    for addition in plan.added:
        sorter.parts.append(_Part(addition.row, None, {}, dict.fromkeys(addition.groups)))
    for update in plan.updated:
        changes = {change.field: change for change in update.changes}
        sorter.parts.append(_Part(update.row, update.member, changes, dict.fromkeys(update.groups)))
    rows = {part.row.row: part for part in sorter.parts}
    skipped = 0
    for question in plan.questions:
        answer = answers[question.row.row]
        if answer == "skip":
            skipped += 1
        elif answer == "same" and question.earlier in rows:
            sorter.join(rows[question.earlier], question.row)
        elif answer in {"new", "same"}:
            rows[question.row.row] = sorter.take(question.row, None)
        else:
            rows[question.row.row] = sorter.take(question.row, plan.book.members.get(int(answer)))
    return sorter, skipped
