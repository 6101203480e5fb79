"""The plan of a roster's import as the command line shows and asks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from coordinator_tui.cli.importing import Counts, Doubt, Plan
from coordinator_tui.cli.output import title
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordinator_tui.book.import_members import Addition, Decision, ImportPlan, Question, Update


@dataclass(slots=True)
class RosterPlan(Plan):
    """Members to add and to update."""

    plan: ImportPlan | None = None

    @classmethod
    def of(cls, plan: ImportPlan, columns: Mapping[str, str]) -> RosterPlan:
        """Put the book's plan into lines, doubts and refusals; `columns` are the labels of the fields in the file."""
        lines = [_added(addition) for addition in plan.added]
        lines += [line for update in plan.updated for line in _updated(update)]
        lines += [_("new group: {name}").format(name=name) for name in plan.new_groups]
        refused: list[dict[str, object]] = [
            {**refusal.to_json(), "column": columns.get(refusal.column, refusal.column)} for refusal in plan.refused
        ]
        counts = Counts(len(plan.added), len(plan.updated), len(plan.unchanged))
        return cls(lines, [_doubt(plan, question) for question in plan.questions], refused, counts, plan)

    def commit(self, decisions: Mapping[int, int | str]) -> Counts:
        """Write the roster, as one step."""
        from coordinator_tui.book.import_members import commit_import

        assert self.plan is not None
        result = commit_import(self.plan, cast("Mapping[int, Decision]", decisions))
        return Counts(result.added, result.updated, result.unchanged)


def _added(addition: Addition) -> str:
    row = addition.row
    told = [row.name, row.subject, row.birth, _(", ").join(_group(name, role) for name, role in addition.groups)]
    return _("new: {told}").format(told=" ".join(part for part in told if part))


def _group(name: str, role: Any) -> str:  # noqa: ANN401 - a code
    return name if role == "member" else f"{name}({title(role)})"


def _updated(update: Update) -> list[str]:
    from coordinator_tui.book.fields import field_title, value_words

    lines = []
    for change in update.changes:
        old, new = (value_words("members", change.field, value) for value in (change.old, change.new))
        lines.append(f"{update.member.name}  {field_title('members', change.field)}: {old} → {new}")
    for name, role in update.groups:
        lines.append(_("{name} joins {group}").format(name=update.member.name, group=_group(name, role)))
    return lines


def _doubt(plan: ImportPlan, question: Question) -> Doubt:
    from coordinator_tui.book.members import name_of

    sentence = _("Row {row}, {name}: {reason}").format(
        row=question.row.row, name=question.row.name, reason=question.reason
    )
    candidates = tuple((member.id, _who(name_of(plan.book, member.id), member)) for member in question.candidates)
    words = ("new", "skip") if question.earlier is None else ("same", "new", "skip")
    return Doubt(question.row.row, sentence, candidates, words)


def _who(name: str, member: Any) -> str:  # noqa: ANN401 - a member
    return " ".join(part for part in (name, member.subject, member.birth) if part)
