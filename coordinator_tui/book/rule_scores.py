"""The term's assessment and the credit hours of a book: the packs in force run over its records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coordinator_tui.book.errors import DecisionNeeded, NoSuchThing, Refused
from coordinator_tui.book.members import name_of
from coordinator_tui.book.rule_gaps import plain
from coordinator_tui.book.rule_ledger import RULES, adopted, ledger, world
from coordinator_tui.book.rules import packs, say
from coordinator_tui.domain.errors import DomainError
from coordinator_tui.domain.rules.pack import Each
from coordinator_tui.domain.vocabulary import EntryKind, TrainingArea
from coordinator_tui.text import clean, fold, lazy
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Entry, Term
    from coordinator_tui.domain.rules.hours import HoursRow, HoursRule
    from coordinator_tui.domain.rules.pack import Assessment, Pack
    from coordinator_tui.domain.rules.scorelines import Score, ScoreLine
    from coordinator_tui.domain.rules.world import Adopted


@dataclass(frozen=True, slots=True)
class Scored:
    """A score with the name of whom it is about."""

    score: Score
    pack: Pack
    who: str

    @property
    def member(self) -> int | None:
        """The member scored; None for a group or the school."""
        return self.score.unit if self.score.assessment.each is Each.MEMBER else None

    def to_json(self) -> dict[str, Any]:
        """Return the score as `rules assess --json` prints it."""
        score = self.score
        return {
            "assessment": f"{self.pack.id}/{score.assessment.id}",
            "title": say(score.assessment.title),
            "member": self.member,
            "name": self.who,
            "score": plain(score.total),
            "vetoed": score.vetoed,
            "provisional": score.provisional,
            "missing_settings": list(score.missing),
            "lines": [_line_json(line) for line in score.lines],
            "appeals": [appeal_words(appeal) for appeal in score.appeals],
        }


def _line_json(line: ScoreLine) -> dict[str, Any]:
    return {
        "part": line.part,
        "what": line.text,
        "count": plain(line.count),
        "each": plain(line.each),
        "points": plain(line.points),
        "evidence": [{"table": each.table, "id": each.id} for each in line.evidence],
    }


def appeal_words(appeal: Entry) -> str:
    """Return an appeal in one line: when, what, what came of it."""
    return " ".join(part for part in (appeal.date.isoformat(), appeal.title, appeal.outcome) if part)


def assessments(book: Book) -> list[tuple[Pack, Assessment]]:
    """Return every assessment of the packs in force."""
    return [(each.pack, assessment) for each in packs(book) for assessment in each.pack.assessments]


def find_assessment(book: Book, text: str | None = None) -> tuple[Pack, Assessment]:
    """Return the assessment meant by "pack/id", id or title; the only one for None. DecisionNeeded when several fit."""
    known = assessments(book)
    found = [(pack, one) for pack, one in known if text is None or _is_meant(pack, one, text)]
    if len(found) == 1:
        return found[0]
    if found:
        raise DecisionNeeded(
            lazy("Several assessments are in force; name one of: {candidates}."),
            candidates=[(0, f"{pack.id}/{one.id}") for pack, one in found],
        )
    if not known:
        raise NoSuchThing(lazy("No rule pack in force has an assessment; “rules list” shows what can be adopted."))
    raise NoSuchThing(
        lazy("There is no assessment “{text}”; there are: {assessments}."),
        text=text,
        assessments=", ".join(f"{pack.id}/{one.id}" for pack, one in known),
    )


def _is_meant(pack: Pack, assessment: Assessment, text: str) -> bool:
    title = assessment.title
    return fold(text) in {
        fold(known) for known in (assessment.id, pack.id, f"{pack.id}/{assessment.id}", title.zh, title.en)
    }


def scores(
    book: Book, *, term: Term | None = None, member: int | None = None, assessment: str | None = None
) -> list[Scored]:
    """Return the scores of a term (the current one), assessment by assessment, members in printed order.

    Kept until something they rest on changes.
    """
    within = term or book.term
    pack, wanted = find_assessment(book, assessment) if assessment else (None, None)
    found = book.derived(("scores", within.code, book.today), RULES, lambda: _scores(book, within))
    return [
        scored
        for scored in found
        if (wanted is None or (scored.pack is pack and scored.score.assessment is wanted))
        and (member is None or scored.member == member)
    ]


def _scores(book: Book, term: Term) -> list[Scored]:
    from coordinator_tui.domain.rules.assessment import assess

    now, records = ledger(book, term), world(book)
    return [
        Scored(score, each.pack, _who(book, score))
        for each in adopted(book)
        if each.pack.assessments
        for score in assess(each, records, now, term)
    ]


def _who(book: Book, score: Score) -> str:
    if score.assessment.each is Each.MEMBER:
        return name_of(book, score.unit)
    group = book.groups.find(score.unit)
    return group.name if group else book.school or _("the school")


def commended(book: Book, assessment: str | None = None, *, term: Term | None = None) -> list[Scored]:
    """Return the list for commendation, best first; Refused where it would rest on attendance alone."""
    from coordinator_tui.domain.rules.assessment import commended

    pack, chosen = find_assessment(book, assessment)
    known = scores(book, term=term, assessment=f"{pack.id}/{chosen.id}")
    rules = next(each for each in adopted(book) if each.pack.id == pack.id)
    try:
        found = commended((scored.score for scored in known), chosen, rules)
    except DomainError as error:
        raise Refused(error.message, **error.params) from None
    names = {id(scored.score): scored for scored in known}
    return [names[id(score)] for score in found]


def appeal(book: Book, member: int, title: str, *, outcome: str | None = None) -> Entry:
    """Note that a member appeals against their assessment; it stands beside the score and changes nothing."""
    title = clean(title).strip()
    if not title:
        raise Refused(lazy("An appeal needs a sentence that says what it is about."))
    book.members.get(member)
    with book.step("entries.add", name=name_of(book, member), kind=EntryKind.APPEAL):
        return book.entries.add(kind=EntryKind.APPEAL, member=member, title=title, date=book.today, outcome=outcome)


# credit hours


def hours(book: Book, *, member: int | None = None, day: date | None = None) -> list[HoursRow]:
    """Return the credit hours of the school year of a day (today), of everybody in printed order or of one member.

    NoSuchThing when no pack in force has a rule about hours; Refused while its settings are unanswered.
    """
    from coordinator_tui.domain.rules.hours import hours_ledger, hours_rule

    rules, when = _hours_pack(book), day or book.today
    try:
        own = _school_based(book, rules, hours_rule(rules), when)
        rows = hours_ledger(rules, world(book), when, own)
    except DomainError as error:
        raise Refused(error.message, **error.params) from None
    return [row for row in rows if member in {None, row.member}]


def _school_based(book: Book, rules: Adopted, rule: HoursRule, day: date) -> dict[int, dict[int, float]]:
    """Return the hours of the school's own study of the year, as the pack's assessment of its terms makes them."""
    year = rule.year_of(day)
    found: dict[int, dict[int, float]] = {}
    for term in book.terms.all() if rule.assessment else ():
        if rule.year_of(term.start) == year and term.start <= day:
            for scored in scores(book, term=term, assessment=f"{rules.pack.id}/{rule.assessment}"):
                if scored.member is not None and scored.score.total is not None:
                    mine = found.setdefault(scored.member, {})
                    mine[year] = mine.get(year, 0) + scored.score.total
    return found


def _hours_pack(book: Book) -> Adopted:
    from coordinator_tui.domain.rules.hours import has_hours

    for each in adopted(book):
        if has_hours(each):
            return each
    raise NoSuchThing(lazy("No rule pack in force speaks of credit hours; “rules adopt hours” puts one in force."))


def hours_json(book: Book, row: HoursRow) -> dict[str, Any]:
    """Return a row as `rules hours --json` prints it."""
    return {
        "member": row.member,
        "name": name_of(book, row.member),
        "year": row.year.label,
        "needed": plain(row.needed),
        "counted": plain(row.counted),
        "gap": plain(row.gap),
        "professional": plain(row.by_area.get(TrainingArea.PROFESSIONAL, 0)),
        "public": plain(row.by_area.get(TrainingArea.PUBLIC, 0)),
        "cycle": row.cycle.label,
        "cycle_needed": plain(row.cycle_needed),
        "cycle_counted": plain(row.cycle_counted),
        "state": row.state.value,
        "lines": [{"what": line.text, "hours": plain(line.hours)} for line in row.lines],
    }
