"""Going through the draft of a pack: proposal by proposal a person decides, and what was decided becomes the pack."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from coordinator_tui.domain.rules.draft_blocks import block_of, is_open
from coordinator_tui.domain.rules.draft_figures import read_figure
from coordinator_tui.domain.rules.draft_parts import Flag, Sort
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coordinator_tui.domain.rules.draft_parts import Draft, DraftClause, Proposal, Regulation
    from coordinator_tui.text import LazyText

_LARGEST = 1_000_000


class Answer(Enum):
    """What a person said about a proposal, or that it was only looked at."""

    WAITING = "waiting"
    TAKEN = "taken"
    SET = "set"
    SKIPPED = "skipped"
    SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to look at: a proposal, or (None) a clause that proposes nothing and has something doubtful in it."""

    id: str
    clause: DraftClause
    proposal: Proposal | None


@dataclass(slots=True)
class Review:
    """What was decided so far about one regulation of a draft; `part` counts from 1.

    `kept` tells that the decisions, as they are, stand in a pack of the book or in a file.
    """

    draft: Draft
    part: int
    answers: dict[str, Answer] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)
    kept: bool = False

    @property
    def regulation(self) -> Regulation:
        """The regulation that is gone through."""
        return self.draft.regulations[self.part - 1]

    def steps(self) -> list[Step]:
        """Return all that is to be looked at, in the order of the text."""
        return list(_steps(self.regulation))

    def clause_id(self, step: Step) -> str:
        """Return the clause's id as the pack has it, without the number of the regulation."""
        return step.clause.id.removeprefix(f"{self.part}-" if len(self.draft.regulations) > 1 else "")

    def answer(self, step: Step) -> Answer:
        """Return what was said."""
        return self.answers.get(step.id, Answer.WAITING)

    def number(self, step: Step) -> float | None:
        """Return the number that a person set."""
        return self.numbers.get(step.id)

    def take(self, step: Step, number: float | None = None) -> None:
        """Take a proposal over as it was read, or with the number that a person set; a bare clause was seen."""
        self.undecide(step)
        if step.proposal is None:
            self.answers[step.id] = Answer.SEEN
        elif number is None:
            self.answers[step.id] = Answer.TAKEN
        else:
            self.answers[step.id], self.numbers[step.id] = Answer.SET, number

    def skip(self, step: Step) -> None:
        """Leave a proposal out: it stays a comment in the pack."""
        self.undecide(step)
        self.answers[step.id] = Answer.SEEN if step.proposal is None else Answer.SKIPPED

    def undecide(self, step: Step) -> None:
        """Take back what was said."""
        self.numbers.pop(step.id, None)
        self.answers.pop(step.id, None)
        self.kept = False

    def waiting(self) -> list[Step]:
        """Return what nothing was said about yet."""
        return [step for step in self.steps() if step.id not in self.answers]

    def accepted(self) -> dict[str, float | None]:
        """Return the proposals that become part of the pack, with the numbers that were set."""
        taken = {Answer.TAKEN, Answer.SET}
        return {step: self.numbers.get(step) for step, answer in self.answers.items() if answer in taken}

    def text(self, *, id: str | None = None, title: str | None = None) -> str:  # noqa: A002 - as a pack calls it
        """Return the pack as it was decided; Refused where it could not be read."""
        return pack_text(self.draft, self.accepted(), self.part, id=id, title=title)


def _steps(regulation: Regulation) -> Iterator[Step]:
    for clause in regulation.clauses:
        for proposal in clause.proposals:
            yield Step(proposal.id, clause, proposal)
        if clause.doubts and not clause.proposals:
            yield Step(f"{clause.id}!", clause, None)


def pack_text(
    draft: Draft,
    accepted: Mapping[str, float | None],
    part: int,
    *,
    id: str | None = None,  # noqa: A002 - as a pack calls it
    title: str | None = None,
    name: str = "",
) -> str:
    """Return the pack of one regulation (from 1) as YAML; Refused where it could not be adopted."""
    from coordinator_tui.book.rules import read
    from coordinator_tui.domain.rules.draft_yaml import to_yaml

    text = to_yaml(draft, accepted, part, id=id, title=title)
    read(text, name)
    return text


def usual_id(draft: Draft, part: int) -> str:
    """Return the id that the pack of one regulation gets unless a person gives it another."""
    from coordinator_tui.domain.rules.draft_yaml import pack_id

    return pack_id(draft.id if len(draft.regulations) == 1 else f"{draft.id}-{part}")


def typed_number(text: str, proposal: Proposal) -> float | None:
    """Return the number that was typed for a proposal; None for what cannot be one there."""
    number = read_figure(text.strip().removesuffix("%").removesuffix(proposal.unit or "%").strip())
    if number is None or number > _LARGEST or (proposal.unit == "%" and number > 100):
        return None
    if _section(proposal, number) == "remind" != _section(proposal, None):
        return None  # half a lesson
    return number


def takes_number(proposal: Proposal) -> bool:
    """Whether a number that a person sets would stand in the pack."""
    return proposal.sort is not Sort.DEADLINE and _section(proposal, 1) != "remind"


def is_asked(proposal: Proposal) -> bool:
    """Whether a proposal that is taken over without a number leaves a question to be answered later."""
    return is_open(proposal, None) and bool(block_of(proposal, None, "r", '""').setting)


def _section(proposal: Proposal, number: float | None) -> str:
    return block_of(proposal, number, "r", '""').section


_RULE = lazy("a rule that is computed")
_ADVICE = lazy("advice: it is shown, and nobody owes it")
_DATA = lazy("data of the pack: it is kept, and nobody owes it")
_REMINDER = lazy("a reminder: nothing here can be counted, so nobody owes it")
_SETTING = lazy("an open question: the program asks for the answer when the pack is in force, and makes none up")


def becomes(proposal: Proposal, number: float | None = None) -> LazyText:
    """Return what a proposal is in the pack when it is taken over, as it was read or with a number that was set."""
    section = _section(proposal, number)
    if section == "remind":
        return _REMINDER
    if number is None and is_asked(proposal):
        return _SETTING
    if section != "requirements":
        return _DATA
    return _ADVICE if Flag.UNKNOWN_PEOPLE in proposal.flags else _RULE
