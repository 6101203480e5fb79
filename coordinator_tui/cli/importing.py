"""What every import does: read, preview old → new, ask about doubts, refuse bad rows, write in one step."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coordinator_tui.cli.errors import DECISION_NEEDED, REFUSED, CommandError
from coordinator_tui.cli.output import YES, ask, emit_json, is_terminal, progress, say
from coordinator_tui.text import cells, fit, ngettext
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from coordinator_tui.imports.reader import Source

MOST_SHOWN = 40
"""Lines of a preview that are printed; the rest is counted."""
WIDEST_VALUE = 40
"""Cells that a refused value is shown in."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How an import was asked for."""

    file: str
    dry_run: bool
    only_good: bool
    as_json: bool
    yes: bool
    sheet: str | None
    encoding: str | None
    mapping: Mapping[str, str]
    decisions: Mapping[int, str]

    @property
    def source(self) -> Source:
        """The file, or the bytes of standard input."""
        return sys.stdin.buffer.read() if self.file == "-" else Path(self.file).expanduser()

    def read(self, reader: Callable[..., Any], **more: object) -> Any:  # noqa: ANN401 - each reader has its own reading
        """Read the file with a progress bar."""
        with progress(_("Reading")) as report:
            return reader(
                self.source, sheet=self.sheet, mapping=self.mapping, encoding=self.encoding, progress=report, **more
            )


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row that somebody has to decide: the question, and whom it may mean (id and words)."""

    row: int
    sentence: str
    candidates: tuple[tuple[int, str], ...]
    words: tuple[str, ...] = ("skip",)


@dataclass(slots=True)
class Counts:
    """What an import did, or would do."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class Plan(ABC):
    """What would be written: lines old → new, doubts, refusals; `commit` writes it as one step."""

    lines: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    refused: list[dict[str, object]] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)

    @abstractmethod
    def commit(self, decisions: Mapping[int, int | str]) -> Counts:
        """Write everything that is decided."""


def carry_out(wish: Wish, reading: Any, plan: Plan) -> None:  # noqa: ANN401 - each reader has its own reading
    """Show the plan, ask what has to be asked, write it, and tell what was done. Ends with 3 or 5 if it may not be."""
    plan.refused = [*(refusal.to_json() for refusal in reading.refusals), *plan.refused]
    _narrate(reading, plan)
    counts, written = plan.counts, False
    problem: CommandError | None = None
    if wish.dry_run and plan.doubts:
        say(_how_to_decide(plan.doubts, _("A decision will be needed; give it with --decide ROW=ANSWER:")))
    if not wish.dry_run:
        try:
            counts, written = _write(wish, plan)
        except CommandError as error:
            problem = error
    if wish.as_json:
        emit_json(_json(reading, plan, counts, written=written))
    if problem is not None:
        raise problem
    _tell(counts, plan, written=written)


def _write(wish: Wish, plan: Plan) -> tuple[Counts, bool]:
    decisions = _decided(wish, plan)
    _check_refused(wish, plan)
    if wish.yes or not is_terminal(sys.stdin) or _agreed(plan):
        return plan.commit(decisions), True
    return plan.counts, False


def _agreed(plan: Plan) -> bool:
    question = _("Write this? {added} new, {updated} changed [y/N] ")
    answer = ask(question.format(added=plan.counts.added, updated=plan.counts.updated))
    return answer.strip().casefold() in YES


def _check_refused(wish: Wish, plan: Plan) -> None:
    """Stop before bad rows unless the good ones alone are wanted."""
    if not plan.refused or wish.only_good:
        return
    count = len(plan.refused)
    question = _("Import the other rows without these? [y/N] ")
    if is_terminal(sys.stdin) and not wish.yes and ask(question).strip().casefold() in YES:
        return
    sentence = ngettext(
        "{count} row cannot go in, so nothing was written. Correct the file, or take the good rows with --only-good.",
        "{count} rows cannot go in, so nothing was written. Correct the file, or take the good rows with --only-good.",
        count,
    )
    raise CommandError(sentence.format(count=count), REFUSED)


def _decided(wish: Wish, plan: Plan) -> dict[int, int | str]:
    """Return an answer to every doubt: from --decide, else from the terminal; 5 without either."""
    answers: dict[int, int | str] = {}
    for doubt in plan.doubts:
        typed = wish.decisions.get(doubt.row)
        if typed is None and is_terminal(sys.stdin):
            typed = _asked(doubt)
        if typed is None:
            text = _(
                "A decision is needed, so nothing was written. Repeat with --decide ROW=ANSWER for each of these rows:"
            )
            raise CommandError(_how_to_decide(plan.doubts, text), DECISION_NEEDED)
        answers[doubt.row] = _answer(doubt, typed)
    return answers


def _asked(doubt: Doubt) -> str:
    say(doubt.sentence)
    for number, (_id, words) in enumerate(doubt.candidates, 1):
        say(f"  {number}  {words}")
    say(f"  {_meanings(doubt.words)}")
    return ask(_("Which one? {choices}: ").format(choices=_choices(doubt, short=True))).strip()


def _choices(doubt: Doubt, *, short: bool = False) -> str:
    numbers = [str(number) for number in range(1, len(doubt.candidates) + 1)] if short else []
    numbers = numbers if short else [_("NUMBER")] * bool(doubt.candidates)
    return " / ".join([*doubt.words, *numbers])


def _answer(doubt: Doubt, typed: str) -> int | str:
    """Return the word, or the id of the candidate typed as its place in the list or as its id."""
    if typed in doubt.words:
        return typed
    ids = [identity for identity, _words in doubt.candidates]
    if typed.isdecimal() and int(typed) in ids:
        return int(typed)
    if typed.isdecimal() and 1 <= int(typed) <= len(ids):
        return ids[int(typed) - 1]
    sentence = _("Row {row}: “{typed}” is no answer; answers are {choices}. Nothing was written.")
    raise CommandError(sentence.format(row=doubt.row, typed=typed, choices=_choices(doubt)), DECISION_NEEDED)


def _how_to_decide(doubts: Sequence[Doubt], text: str) -> str:
    lines = [text]
    for doubt in doubts:
        lines.append(f"  {doubt.sentence} --decide {doubt.row}={_choices(doubt)}")
        lines += [f"    {number}  {words}" for number, (_id, words) in enumerate(doubt.candidates, 1)]
    told = {word for doubt in doubts for word in (*doubt.words, *[_("NUMBER")] * bool(doubt.candidates))}
    return "\n".join([*lines, f"  {_meanings(told)}"])


def _meanings(words: Container[str]) -> str:
    """Return what answers mean."""
    known = {
        "same": _("same: the person of the earlier row"),
        "new": _("new: another person"),
        "skip": _("skip: leave the row out"),
        _("NUMBER"): _("NUMBER: that one of the list"),
    }
    return _("; ").join(meaning for word, meaning in known.items() if word in words)


def _narrate(reading: Any, plan: Plan) -> None:  # noqa: ANN401 - each reader has its own reading
    header = _("{file}: {encoding}, labels in row {row}") if reading.header_row else _("{file}: {encoding}, no labels")
    say(header.format(file=reading.file, encoding=reading.encoding, row=reading.header_row))
    for note in (*reading.notes, *(question.message for question in getattr(reading, "questions", ()))):
        say(_("Note: {text}").format(text=note))
    if reading.unknown_columns:
        columns = _(", ").join(reading.unknown_columns)
        say(
            _("Columns that were not understood: {columns}; name them with --map FIELD=HEADER.").format(columns=columns)
        )
    for line in plan.lines[:MOST_SHOWN]:
        say(f"  {line}")
    if len(plan.lines) > MOST_SHOWN:
        say(_("  … and {count} more").format(count=len(plan.lines) - MOST_SHOWN))
    for refusal in plan.refused[:MOST_SHOWN]:
        say(f"  {_refused(refusal)}")
    if len(plan.refused) > MOST_SHOWN:
        say(_("  … and {count} more").format(count=len(plan.refused) - MOST_SHOWN))


def _refused(refusal: Mapping[str, object]) -> str:
    """Return why a row stays out; a value that is very long is cut, an empty one is not shown."""
    value = str(refusal["value"])
    known = {key: refusal[key] for key in ("row", "column", "reason")}
    if not value:
        return _("Row {row}, {column}: {reason}").format(**known)
    value = fit(value, WIDEST_VALUE) if cells(value) > WIDEST_VALUE else value
    return _("Row {row}, {column}: “{value}”: {reason}").format(value=value, **known)


def _json(reading: Any, plan: Plan, counts: Counts, *, written: bool) -> dict[str, object]:  # noqa: ANN401 - as above
    return {
        "file": reading.file,
        "encoding": reading.encoding,
        "sheet": reading.sheet,
        "header_row": reading.header_row,
        "added": counts.added,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "refused": plan.refused,
        "questions": [
            {"row": d.row, "question": d.sentence, "candidates": [c[0] for c in d.candidates]} for d in plan.doubts
        ],
        "written": written,
    }


def _tell(counts: Counts, plan: Plan, *, written: bool) -> None:
    sentence = _("{added} added, {updated} updated, {unchanged} unchanged, {refused} refused.")
    say(
        sentence.format(
            added=counts.added, updated=counts.updated, unchanged=counts.unchanged, refused=len(plan.refused)
        )
    )
    if not written:
        say(_("Nothing was written."))


def mapped(pairs: Sequence[str]) -> dict[str, str]:
    """Return --map FIELD=HEADER as a mapping."""
    return dict(_split(pair, "--map FIELD=HEADER") for pair in pairs)


def decided(pairs: Sequence[str]) -> dict[int, str]:
    """Return --decide ROW=ANSWER as a mapping."""
    answers: dict[int, str] = {}
    for pair in pairs:
        row, answer = _split(pair, "--decide ROW=ANSWER")
        if not row.isdecimal():
            raise click.UsageError(_("“{pair}” is not {form}").format(pair=pair, form="--decide ROW=ANSWER"))
        answers[int(row)] = answer
    return answers


def _split(pair: str, form: str) -> tuple[str, str]:
    left, sign, right = pair.partition("=")
    if not (left and sign):
        raise click.UsageError(_("“{pair}” is not {form}").format(pair=pair, form=form))
    return left.strip(), right.strip()
