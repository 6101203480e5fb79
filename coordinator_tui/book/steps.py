"""The titles of the steps a user can take, as undo and history tell them.

The log keeps the code and the details; the words are chosen when they are shown, in the language in force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.domain import vocabulary
from coordinator_tui.text import LazyText, gettext, lazy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

STEPS: dict[str, LazyText] = {
    "book.create": lazy("Make the book"),
    "setting.set": lazy("Set {key} to “{value}”"),
    "members.add": lazy("Add member {name}"),
    "members.edit": lazy("Edit member {name}"),
    "members.remove": lazy("Remove member {name}"),
    "members.deactivate": lazy("{name} leaves the school from {day}"),
    "members.reactivate": lazy("{name} is back"),
    "members.merge": lazy("Merge {other} into {name}"),
    "members.import": lazy("Import members: {added} added, {updated} updated"),
    "memberships.add": lazy("{name} joins {group}"),
    "memberships.edit": lazy("Change {name} in {group}"),
    "memberships.leave": lazy("{name} leaves {group}"),
    "memberships.remove": lazy("Take {name} out of {group}"),
    "groups.add": lazy("Add group {name}"),
    "groups.edit": lazy("Edit group {name}"),
    "groups.remove": lazy("Remove group {name}"),
    "terms.add": lazy("Add term {code}"),
    "terms.edit": lazy("Edit term {code}"),
    "terms.use": lazy("Use term {code}"),
    "terms.close": lazy("Close term {code}"),
    "terms.reopen": lazy("Reopen term {code}"),
    "calendar.load": lazy("Load the school calendar of {year}"),
    "calendar.set": lazy("Calendar: {date} {name}"),
    "calendar.clear": lazy("Calendar: {date} is an ordinary day"),
    "sessions.add": lazy("Add session {date} {topic}"),
    "sessions.edit": lazy("Edit session {date} {topic}"),
    "sessions.move": lazy("Move session {topic} from {date} to {to}"),
    "sessions.cancel": lazy("Cancel session {date} {topic}"),
    "sessions.restore": lazy("Restore session {date} {topic}"),
    "sessions.remove": lazy("Remove session {date} {topic}"),
    "sessions.import": lazy("Import sessions: {count}"),
    "sessions.plan": lazy("Plan {count} sessions of {name}"),
    "series.add": lazy("Add series {name}"),
    "series.edit": lazy("Edit series {name}"),
    "series.remove": lazy("Remove series {name}"),
    "roll.mark": lazy("Mark {name}: {mark}"),
    "roll.clear": lazy("Clear the mark of {name}"),
    "roll.note": lazy("Note about {name}"),
    "roll.rest": lazy("Rest present: {count} marked"),
    "roll.import": lazy("Import marks: {count}"),
    "roll.line": lazy("Roll line “{line}”"),
    "leaves.add": lazy("Leave of {name}, {start} to {until}"),
    "leaves.edit": lazy("Edit leave of {name}"),
    "leaves.approve": lazy("Approve leave of {name}, {start} to {until}"),
    "leaves.withdraw": lazy("Withdraw leave of {name}, {start} to {until}"),
    "leaves.remove": lazy("Remove leave of {name}"),
    "work.import": lazy("Import work: {count} pieces"),
    "work.hand_in": lazy("{name} hands in: {kind}"),
    "work.edit": lazy("Edit work of {name}: {kind}"),
    "work.check": lazy("Check work of {name}: {kind} {grade}"),
    "work.return": lazy("Return work of {name}: {kind}"),
    "work.uncheck": lazy("Take back the check of {name}: {kind}"),
    "work.remove": lazy("Remove work of {name}: {kind}"),
    "work.text": lazy("Text of {name}: {kind}"),
    "work.drop_text": lazy("Take away the text of {name}: {kind}"),
    "work.recount": lazy("Count the words of {count} pieces of work anew"),
    "work.check_pile": lazy("Check {count} pieces of work {grade}"),
    "assignments.add": lazy("Assign {title}"),
    "assignments.edit": lazy("Edit assignment {title}"),
    "assignments.remove": lazy("Remove assignment {title}"),
    "readings.add": lazy("Add reading {title}"),
    "readings.edit": lazy("Edit reading {title}"),
    "readings.remove": lazy("Remove reading {title}"),
    "packs.adopt": lazy("Adopt the rule pack {pack}"),
    "packs.edit": lazy("Edit the rule pack {pack}"),
    "packs.drop": lazy("Drop the rule pack {pack}"),
    "packs.answer": lazy("Rule setting {setting}: {value}"),
    "packs.upgrade": lazy("Upgrade the rule pack {pack}"),
    "assignments.from_rules": lazy("Assign what the rules ask for: {count}"),
    "roll.minutes": lazy("Minutes of {name}"),
    "trainings.add": lazy("Add training of {name}: {title}"),
    "trainings.edit": lazy("Edit training of {name}: {title}"),
    "trainings.remove": lazy("Remove training of {name}: {title}"),
    "trainings.relay": lazy("{name} relays to the group: {title}"),
    "pairs.add": lazy("Pair mentor {mentor} with apprentice {apprentice}"),
    "pairs.edit": lazy("Edit the pair of {mentor} and {apprentice}"),
    "pairs.end": lazy("End the pair of {mentor} and {apprentice}"),
    "pairs.remove": lazy("Remove the pair of {mentor} and {apprentice}"),
    "placements.add": lazy("Place {name} at {school}"),
    "placements.edit": lazy("Edit the placement of {name} at {school}"),
    "placements.end": lazy("End the placement of {name} at {school}"),
    "placements.remove": lazy("Remove the placement of {name} at {school}"),
    "achievements.add": lazy("Add achievement of {name}: {title}"),
    "achievements.edit": lazy("Edit achievement of {name}: {title}"),
    "achievements.remove": lazy("Remove achievement of {name}: {title}"),
    "entries.add": lazy("Add to the register: {entry} {title}"),
    "entries.edit": lazy("Edit in the register: {entry} {title}"),
    "entries.remove": lazy("Remove from the register: {entry} {title}"),
    "resolve": lazy("Resolve a conflict"),
    "purge": lazy("Forget for good"),
    "hand edit": lazy("Edit data.json by hand"),
    "undo": lazy("Undo"),
    "redo": lazy("Redo"),
}
"""Every step's title; placeholders are the details of the step."""

_CODES: dict[str, type[StrEnum]] = {
    "kind": vocabulary.WorkKind,
    "mark": vocabulary.Mark,
    "entry": vocabulary.EntryKind,
}


class _Details(dict[str, str]):
    """Details of a step; one that an older version did not write shows as nothing."""

    def __missing__(self, key: str) -> str:
        return ""


def step_title(code: str, details: Mapping[str, Any]) -> str:
    """Return the step in words, in the language in force; an unknown code (of a newer version) shows as it is."""
    title = STEPS.get(code)
    if title is None:
        return code or gettext("Change")
    words = _Details({name: _word(name, value) for name, value in details.items()})
    return " ".join(str(title).format_map(words).split())


def _word(name: str, value: Any) -> str:  # noqa: ANN401 - any JSON
    kind = _CODES.get(name)
    if kind is not None:
        try:
            return vocabulary.title(kind(value))
        except ValueError:
            pass
    return str(value)
