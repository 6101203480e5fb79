"""The rows of an import's preview: what is asked, what is refused, what is new, what changes from what to what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from coordinator_tui.book.fields import field_title, value_words
from coordinator_tui.book.members import name_of
from coordinator_tui.domain.vocabulary import Role, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.screens.sections import joined, listed
from coordinator_tui.tui.widgets.linelist import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.import_members import Addition, Decision, ImportPlan, Question, Update
    from coordinator_tui.domain.records import Group, Member
    from coordinator_tui.domain.roster import RosterRow
    from coordinator_tui.imports.roster import RosterReading
    from coordinator_tui.tui.styles import Look

RowId: TypeAlias = tuple[str, int]
"""("question", row of the file), ("refused", number), ("new", number), ("change", number), ("note", number)."""

COLUMNS = (
    Column("sign", "", 1),
    Column("row", lazy("row"), 5, "right"),
    Column("name", lazy("name"), 12),
    Column("what", lazy("what"), 14),
    Column("before", lazy("before"), 8),
    Column("after", lazy("after"), 0, least=26),
)
NAME = 2

_ANSWERS = {"new": lazy("somebody new"), "same": lazy("the same as row {row}"), "skip": lazy("left out")}


@dataclass(slots=True)
class Shown:
    """A line of the preview: sign, row of the file, name, what it is about, before, after; and the whole sentence."""

    sign: str
    look: Look
    row: str
    name: str
    what: str
    before: str
    after: str
    sentence: str


@dataclass
class PreviewRows:
    """All lines of a preview in the order in which they matter, and what was decided."""

    book: Book
    plan: ImportPlan
    reading: RosterReading
    decisions: dict[int, Decision] = field(default_factory=dict)
    lines: dict[RowId, Shown] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.questions = {question.row.row: question for question in self.plan.questions}
        refusals = [(r.row, r.column, r.value, str(r.reason), r.who) for r in self.reading.refusals]
        labels = self.reading.columns
        refusals += [(r.row, labels.get(r.column, r.column), r.value, str(r.reason), "") for r in self.plan.refused]
        self.refusals = sorted(refusals)
        for row in self.questions:
            self.lines["question", row] = self.question_line(row)
        self.lines |= {("refused", at): _refused(*refusal) for at, refusal in enumerate(self.refusals)}
        self.lines |= {("note", at): _note(text) for at, text in enumerate(self._notes())}
        self.lines |= {("new", at): _new(addition) for at, addition in enumerate(self.plan.added)}
        changes = [change for update in self.plan.updated for change in _changes(self.book, update)]
        self.lines |= {("change", at): change for at, change in enumerate(changes)}

    @property
    def undecided(self) -> list[int]:
        """Rows of the file whose question has no answer yet."""
        return [row for row in self.questions if row not in self.decisions]

    def _notes(self) -> Iterable[str]:
        yield from (_("new group: {name}").format(name=name) for name in self.plan.new_groups)
        yield from (str(note) for note in self.reading.notes)
        if self.reading.unknown_columns:
            yield _("Columns that were not understood, and are left out: {columns}").format(
                columns=listed(self.reading.unknown_columns)
            )

    # ---- questions

    def decide(self, row: int, answer: Decision | None) -> None:
        """Note an answer, or take it back."""
        if answer is None:
            self.decisions.pop(row, None)
        else:
            self.decisions[row] = answer
        self.lines["question", row] = self.question_line(row)

    def options(self, row: int) -> list[tuple[Decision, str]]:
        """Return what can be answered, each in words; the candidates first."""
        question = self.questions[row]
        options: list[tuple[Decision, str]] = [(each.id, self._who(each)) for each in question.candidates]
        if question.earlier is not None:
            options.append(("same", _ANSWERS["same"].format(row=question.earlier)))
        return [*options, ("new", str(_ANSWERS["new"])), ("skip", str(_ANSWERS["skip"]))]

    def _who(self, member: Member) -> str:
        groups = [group.name for group in self._groups(member.id)]
        told = joined((name_of(self.book, member.id), member.subject, member.birth, listed(groups)), " ")
        return _("this one: {who}").format(who=told)

    def _groups(self, member: int) -> list[Group]:
        from coordinator_tui.book.members import memberships_of

        found = (self.book.groups.find(m.group) for m in memberships_of(self.book, member))
        return [group for group in found if group is not None]

    def question_line(self, row: int) -> Shown:
        """Return the line of a question: what is asked, or how it was answered."""
        question = self.questions[row]
        answer = self.decisions.get(row)
        words = dict(self.options(row)).get(answer, "") if answer is not None else ""
        return Shown(
            sign="✓" if answer is not None else "?",
            look="good" if answer is not None else "warn",
            row=str(row),
            name=question.row.name,
            what=_("decided") if answer is not None else _("who is it?"),
            before=said(question.row),
            after=words or str(question.reason),
            sentence=_asked(question),
        )


def _asked(question: Question) -> str:
    return _("Row {row}, {name}: {reason}").format(row=question.row.row, name=question.row.name, reason=question.reason)


def said(row: RosterRow) -> str:
    """Return what a row of the roster says of somebody, in a few words."""
    groups = listed(_group(name, role) for name, role in row.groups)
    return joined((row.subject, row.birth, row.title, row.phone and row.phone[-4:], groups), " ")


def _group(name: str, role: Role) -> str:
    return name if role is Role.MEMBER else f"{name} ({title(role)})"


def _refused(row: int, column: str, value: str, reason: str, who: str) -> Shown:
    sentence = _("Row {row}, {column}: “{value}”: {reason}").format(row=row, column=column, value=value, reason=reason)
    what = _("refused: {column}").format(column=column)
    return Shown("!", "bad", str(row), who, what, value, reason, sentence)


def _note(text: str) -> Shown:
    return Shown("i", "quiet", "", _("mind"), "", "", text, text)


def _new(addition: Addition) -> Shown:
    row = addition.row
    groups = listed(_group(name, role) for name, role in addition.groups)
    told = joined((row.subject, row.birth, row.title, groups), " ")
    sentence = joined((row.name, row.subject, row.birth, row.title, title(row.level), listed(row.honours), groups))
    return Shown("+", "good", str(row.row), row.name, _("new"), "", told, sentence)


def _changes(book: Book, update: Update) -> list[Shown]:
    name = name_of(book, update.member.id)
    row = str(update.row.row)
    lines = []
    for change in update.changes:
        old, new = (value_words("members", change.field, value) for value in (change.old, change.new))
        what = field_title("members", change.field)
        lines.append(Shown("~", "strong", row, name, what, old, new, f"{name}  {what}: {old} → {new}"))
    for group, role in update.groups:
        joins = _group(group, role)
        sentence = _("{name} joins {group}").format(name=name, group=joins)
        lines.append(Shown("~", "strong", row, name, _("joins a group"), "–", joins, sentence))
    return lines


def cells_of(shown: Shown) -> Sequence[str | tuple[str, Look]]:
    """Return the cells of a line."""
    return (
        (shown.sign, shown.look),
        (shown.row, "quiet"),
        shown.name,
        (shown.what, "quiet"),
        (shown.before, "quiet"),
        (shown.after, shown.look),
    )
