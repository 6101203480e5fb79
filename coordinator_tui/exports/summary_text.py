"""The sentences of a term summary: the numbers as they are, blanks where only the leader can write; never praise."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from coordinator_tui.domain.attendance import COUNTED
from coordinator_tui.domain.vocabulary import GRADES, NOT_TAKEN, Mark, SessionKind, WorkKind, title
from coordinator_tui.exports.table import percent
from coordinator_tui.exports.words import BLANK, mark_head
from coordinator_tui.text import current_language
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coordinator_tui.domain.attendance import Tally
    from coordinator_tui.domain.records import Member, Reading
    from coordinator_tui.domain.summary import Summary, WorkSummary
    from coordinator_tui.domain.work import Owed

NOTES = (WorkKind.READING_NOTE, WorkKind.STUDY_NOTE)
LESSONS = (WorkKind.LESSON_OBSERVATION, WorkKind.OPEN_LESSON, WorkKind.DEMONSTRATION_LESSON)
RESULTS = (WorkKind.PAPER, WorkKind.CASE)
OTHER_STUDY = tuple(kind for kind in WorkKind if kind not in {*NOTES, *LESSONS, *RESULTS})


def blank(what: str = "") -> str:
    """Return a place to write on."""
    return f"{what}{BLANK * (2 if what else 3)}"


def listed(counts: Iterable[tuple[str, object]]) -> str:
    """Return names with their numbers as an enumeration: “late 3, sick 2”."""
    return _(", ").join(_("{name} {number}").format(name=name, number=number) for name, number in counts)


def form(kind: str) -> str:
    """Return the title of a kind of session, given as its code; "" is that of sessions without one."""
    return title(SessionKind(kind)) if kind else _("(no form)")


def members_sentences(people: Sequence[Member], came_and_went: tuple[int, int]) -> tuple[str, ...]:
    """Say how many members there are, in which subjects and levels, and how many came and went."""
    subjects = Counter(person.subject or _("(no subject)") for person in people)
    levels = Counter(person.level for person in people if person.level)
    sentences = [_("Members: {count}.").format(count=len(people))]
    if people:
        sentences.append(_("By subject: {list}.").format(list=listed(_by_number(subjects))))
    if levels:
        by_level = [(title(level), levels[level]) for level in sorted(levels, key=list(type(next(iter(levels)))).index)]
        sentences.append(_("By level: {list}.").format(list=listed(by_level)))
    if any(came_and_went):
        came, went = came_and_went
        sentences.append(_("Joined during the term: {came}; left: {went}.").format(came=came, went=went))
    return (_joined(sentences),)


def _by_number(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _joined(sentences: Iterable[str]) -> str:
    """Set sentences one after the other; Chinese has no space between them."""
    return ("" if current_language() == "zh" else " ").join(sentences)


def sessions_sentences(summary: Summary) -> tuple[str, ...]:
    """Say how many sessions there were, of which forms, and who came."""
    whole = summary.planned + summary.held + summary.cancelled
    first = [
        _("Sessions of the term: {whole} – held {held}, not held yet {planned}, cancelled {cancelled}.").format(
            whole=whole, held=summary.held, planned=summary.planned, cancelled=summary.cancelled
        )
    ]
    if summary.untaken:
        first.append(_("Past without a roll: {untaken}.").format(untaken=summary.untaken))
    kinds = [
        (title(SessionKind(kind)) if kind else _("(no form)"), one.sessions) for kind, one in summary.kinds.items()
    ]
    if kinds:
        first.append(_("By form: {list}.").format(list=listed(kinds)))
    return (_joined(first), *attendance_sentences(summary.tally, summary.extra))


def attendance_sentences(tally: Tally, extra: int = 0) -> tuple[str, ...]:
    """Say who was expected and who came, and what the rate rests on."""
    if not tally.expected:
        return (_("Nobody has been expected so far, so there is no attendance yet."),)
    came = [
        _("Expected {expected} times, attended {attended}.").format(expected=tally.expected, attended=tally.attended)
    ]
    if tally.rate is None:
        came.append(_("No roll has been taken, so there is no attendance rate yet."))
    else:
        came.append(
            _("The attendance rate is {rate}: {attended} of the {counting} that count.").format(
                rate=percent(tally.rate), attended=tally.attended, counting=tally.counting
            )
        )
    named = [key for key in COUNTED if key not in {Mark.PRESENT.value, Mark.EXEMPT.value, NOT_TAKEN}]
    marks = [(title(Mark(key)), tally.counts[key]) for key in named]
    came.append(_("Marks: {list}.").format(list=listed(marks)))
    left_out = [(mark_head(key), tally.counts[key]) for key in (Mark.EXEMPT.value, NOT_TAKEN) if tally.counts[key]]
    if left_out:
        came.append(_("Not counted: {list}.").format(list=listed(left_out)))
    if extra:
        came.append(_("Marks of people who were not expected: {extra}; they count nowhere.").format(extra=extra))
    return (_joined(came),)


def study_sentences(
    work: Mapping[str, WorkSummary], members: int, readings: Sequence[Reading], owed: Sequence[Owed]
) -> tuple[str, ...]:
    """Say what was read and written, how many words a head, and what is still owed."""
    found = [_notes_sentence(kind, work[kind], members) for kind in NOTES if kind in work]
    if not found:
        found.append(_("No reading or study notes have been handed in."))
    other = [(title(kind), work[kind].pieces) for kind in OTHER_STUDY if kind in work]
    if other:
        found.append(_("Other work handed in: {list}.").format(list=listed(other)))
    titles = _(", ").join(_("“{title}”").format(title=one.title) for one in readings)
    if titles:
        found.append(_("Readings: {titles}.").format(titles=titles))
    if owed:
        found.append(
            _("Still owed: {pieces} by {people}, of these overdue {overdue}; the list is in the table.").format(
                pieces=_("{count} pieces").format(count=sum(one.missing for one in owed)),
                people=_("{count} members").format(count=len({one.member for one in owed})),
                overdue=sum(one.missing for one in owed if one.overdue),
            )
        )
    return tuple(found)


def _notes_sentence(kind: WorkKind, work: WorkSummary, members: int) -> str:
    text = _(
        "{kind}: {pieces} pieces, {words} words, from {givers} of the {members} who belonged to the group in the term"
    ).format(kind=title(kind), pieces=work.pieces, words=work.words, givers=work.members, members=members)
    parts = [text]
    if members:
        parts.append(_("{words} words a member on average").format(words=round(work.words / members)))
    parts.append(_("checked {checked}").format(checked=work.checked))
    if work.grades:
        parts.append(_("grades {list}").format(list=listed((g, work.grades.get(g, 0)) for g in GRADES)))
    if work.returned:
        parts.append(_("returned {returned}").format(returned=work.returned))
    return _("{parts}.").format(parts=_("; ").join(parts))


def counted_sentence(work: Mapping[str, WorkSummary], kinds: Iterable[WorkKind]) -> str:
    """Say how many pieces of some kinds there are, those without any included."""
    counts = [(title(kind), work[kind].pieces if kind in work else 0) for kind in kinds]
    return _("{parts}.").format(parts=listed(counts))
