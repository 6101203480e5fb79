"""The lines of a draft's review: a row for each proposal, and all about one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book.draft_words import read_as
from coordinator_tui.book.rule_draft import Answer, becomes, is_asked
from coordinator_tui.domain.rules.draft_parts import FLAG_TITLES
from coordinator_tui.text import gettext as _
from coordinator_tui.text import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordinator_tui.book.rule_draft import Review, Step
    from coordinator_tui.domain.rules.draft_parts import Proposal
    from coordinator_tui.tui.styles import Look
    from coordinator_tui.tui.widgets.line import Piece

    Lines = Iterator[tuple[Piece, ...]]


def state(review: Review, step: Step) -> tuple[str, Look]:
    """Return what was decided about a proposal, as the list shows it."""
    answer, number = review.answer(step), review.number(step)
    if answer is Answer.SET and number is not None:
        return (_("✓ set: {number}").format(number=f"{number:g}"), "good")
    if answer is Answer.TAKEN:
        asked = step.proposal is not None and is_asked(step.proposal)
        return (_("✓ kept open") if asked else _("✓ taken"), "good")
    if answer is Answer.SKIPPED:
        return (_("- left out"), "quiet")
    if answer is Answer.SEEN:
        return (_("✓ seen"), "quiet")
    return _waiting(step)


def _waiting(step: Step) -> tuple[str, Look]:
    if step.proposal is None:
        return (_("? look"), "warn")
    return (_("? to confirm"), "warn") if step.proposal.flags else (_("waiting"), "plain")


def row(review: Review, step: Step) -> tuple[str | tuple[str, Look], ...]:
    """Return the cells of a step: what was decided, the clause, the words, how they were read."""
    clause = review.clause_id(step)
    if step.proposal is None:
        doubt = step.clause.doubts[0]
        return (state(review, step), clause, doubt.words, str(FLAG_TITLES[doubt.flag]))
    return (state(review, step), clause, step.proposal.words, read_as(step.proposal))


def page(review: Review, step: Step, width: int) -> Lines:
    """Return all about one step: the words, how they were read, why to look, what it becomes, the whole clause."""
    proposal = step.proposal
    if proposal is not None:
        yield from _block("“" + proposal.words + "”  " + _("line {line}").format(line=proposal.line), "strong", width)
        yield from _block(_("Read as: {words}").format(words=read_as(proposal)), "plain", width)
        for flag in proposal.flags:
            yield from _block(f"! {FLAG_TITLES[flag]}", "warn", width)
        yield from _block(_outcome(review, step, proposal), "plain", width)
    for doubt in step.clause.doubts:
        text = _("! {what}: line {line}, “{words}”")
        words = text.format(what=FLAG_TITLES[doubt.flag], line=doubt.line, words=doubt.words)
        yield from _block(words, "warn", width)
    if proposal is None:
        yield from _block(
            _("Nothing is asked for here; Enter goes on. A comment in the pack tells of it."), "plain", width
        )
    yield ()
    heading = _("Clause {clause}, line {line}").format(clause=review.clause_id(step), line=step.clause.line)
    yield from _block(" / ".join((*step.clause.path, heading)), "head", width)
    yield from _block(step.clause.text, "plain", width)


def _outcome(review: Review, step: Step, proposal: Proposal) -> str:
    """Return what stands in the pack after the decision, or after Enter."""
    answer, number = review.answer(step), review.number(step)
    if answer is Answer.SKIPPED:
        return _("Left out: it stands in the pack as a comment only.")
    what = becomes(proposal, number)
    if answer is Answer.SET and number is not None:
        return _("With the number {number} that you set it is {what}.").format(number=f"{number:g}", what=what)
    if answer is Answer.TAKEN:
        return _("In the pack it is {what}.").format(what=what)
    return _("Enter makes it {what}.").format(what=what)


def _block(text: str, look: Look, width: int) -> Lines:
    for line in wrap(text, max(width, 20)):
        yield ((line, look),)


def pack_lines(text: str, width: int) -> Lines:
    """Return the YAML of a pack to read: what is to be confirmed stands out, other comments are quiet."""
    for line in text.splitlines():
        bare = line.lstrip(" ")
        indent = " " * (len(line) - len(bare))
        look: Look = "plain"
        if bare.startswith("#"):
            look = "warn" if "待确认" in bare else "quiet"
        for part in wrap(bare, max(width - len(indent), 20)) or [""]:
            yield ((indent + part, look),)
