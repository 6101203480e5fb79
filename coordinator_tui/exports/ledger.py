"""The ledger on paper (落实对照表): clause, requirement, evidence and gap of a term; and who owes what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book.evidence import Record, record_of
from coordinator_tui.book.rule_gaps import gaps, person_by_person, plain
from coordinator_tui.book.rule_ledger import ledger_lines
from coordinator_tui.book.rules import find_pack, packs, say
from coordinator_tui.domain.rules.explaining import standing
from coordinator_tui.domain.rules.phrases import describe
from coordinator_tui.domain.rules.result import State
from coordinator_tui.exports.formats import SUFFIXES, dumped, render
from coordinator_tui.exports.save import file_name
from coordinator_tui.exports.table import Column, Report, Section, Table
from coordinator_tui.text import gettext as _
from coordinator_tui.text import ngettext, pgettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.rule_gaps import Gap
    from coordinator_tui.book.rule_ledger import LedgerLine
    from coordinator_tui.book.rules import PackInBook
    from coordinator_tui.domain.records import Term
    from coordinator_tui.exports.formats import Format
    from coordinator_tui.exports.table import Value

_LONG, _SHOWN = 36, 3


def ledger_file(book: Book, fmt: Format, *, term: Term | None = None, pack: str | None = None) -> bytes:
    """Return the ledger of a term (the current one), of all packs in force or one of them, as a file's bytes.

    JSON is a list of lines as `rules ledger --json` prints it. NoSuchThing when no pack is in force.
    """
    if fmt == "json":
        return dumped([line.to_json() for line in ledger_lines(book, term=term, pack=pack)]).encode()
    return render(ledger_report(book, term=term, pack=pack, brief=fmt == "text"), fmt)


def ledger_name(book: Book, fmt: Format, *, term: Term | None = None) -> str:
    """Return the usual name of the file."""
    return file_name(book.school, _("ledger of the rules"), (term or book.term).code, suffix=SUFFIXES[fmt])


def ledger_report(book: Book, *, term: Term | None = None, pack: str | None = None, brief: bool = False) -> Report:
    """Return the ledger as a report: a section for each pack, and one that lists the gaps person by person.

    A `brief` one fits a terminal: evidence is counted, and the rule is left to its title.
    """
    within = term or book.term
    chosen = [find_pack(book, pack or "")] if pack or not packs(book) else packs(book)
    sections = [_section(book, each, within, brief=brief) for each in chosen]
    owing = _gaps(book, within, pack, brief=brief)
    return Report(
        title=_("Ledger of the rules"),
        head=((_("School"), book.school), (_("Term"), within.code), (_("As of"), book.today.isoformat())),
        sections=(*sections, Section(_("Gaps"), () if owing.rows else (_("Nothing is owed."),), (owing,))),
        day=book.today,
        footer=signatures(),
    )


def _section(book: Book, each: PackInBook, term: Term, *, brief: bool) -> Section:
    lines = ledger_lines(book, term=term, pack=each.pack.id)
    long = () if brief else (Column(_("Rule"), key="rule", width=_LONG),)
    text = () if brief else (Column(_("What it says"), key="text", width=_LONG),)
    columns = (
        Column(_("Clause"), key="clause"),
        *text,
        Column(_("Requirement"), key="requirement", width=_LONG),
        *long,
        Column(pgettext("rules", "Needed"), "number", "needed"),
        Column(pgettext("rules", "Done"), "number", "done"),
        Column(pgettext("rules", "Gap"), "number", "gap"),
        Column(_("Met by"), key="met"),
        Column(pgettext("list head", "State"), key="state"),
        Column(_("Evidence"), key="evidence", width=None if brief else _LONG),
    )
    rows = tuple(_row(book, each, line, brief=brief) for line in lines)
    if not brief:
        rows = tuple((row[0], said, *row[1:]) for row, said in zip(rows, _texts(lines), strict=True))
    title = say(each.pack.title)
    table = Table(_("Clause by clause: {pack}").format(pack=title), columns, rows, footer=signatures(), landscape=True)
    return Section(title, (say(each.pack.source),), (table,))


def _texts(lines: Sequence[LedgerLine]) -> list[str]:
    """Return the text of each clause on its first line, nothing on the others."""
    seen: set[str] = set()
    texts = []
    for line in lines:
        texts.append("" if line.clause.id in seen or line.kind == "text" else say(line.clause.text))
        seen.add(line.clause.id)
    return texts


def signatures() -> tuple[str, ...]:
    """Return who signs the ledger."""
    return (_("Filled in by"), _("Group leader"), _("Teaching-research office"))


def _row(book: Book, each: PackInBook, line: LedgerLine, *, brief: bool) -> tuple[Value, ...]:
    if line.kind != "requirement" or line.requirement is None:
        kinds = {"cadence": _("series to plan"), "remind": _("reminder"), "text": _("text only")}
        kind = kinds[line.kind]
        return (
            line.clause.id,
            line.title,
            *(() if brief else (kind,)),
            None,
            None,
            None,
            "",
            kind if brief else "",
            "",
        )
    numbers: list[Value] = [_number(value) for value in (line.needed, line.done, line.gap)]
    numbers[0] = numbers[0] if line.known else "?"
    met = f"{line.count(State.MET)}/{line.bound}" if line.begun else ""
    state = standing(line.state, line.requirement) if line.state else _("nothing is asked")
    rule = () if brief else (describe(line.requirement, each.answers),)
    evidence = (str(len(line.evidence)) if line.evidence else "") if brief else evidence_words(book, line)
    return (line.clause.id, line.title, *rule, *numbers, met, state, evidence)


def _number(value: float) -> float | int | None:
    return plain(round(value, 1))


def evidence_words(book: Book, line: LedgerLine) -> str:
    """Return the records that count, in short: how many, and the latest few by date and name."""
    found = [known for each in line.evidence if (known := record_of(book, each.table, each.id)) is not None]
    found.sort(key=lambda known: (known.date, known.title), reverse=True)
    if not found:
        return ""
    count = ngettext("{count} record", "{count} records", len(found)).format(count=len(found))
    return f"{count}: {'; '.join(_told(known) for known in found[:_SHOWN])}{' …' if len(found) > _SHOWN else ''}"


def _told(known: Record) -> str:
    return " ".join(part for part in (known.date.isoformat(), known.who, known.title) if part)


def _gaps(book: Book, term: Term, pack: str | None, *, brief: bool) -> Table:
    done = Column(pgettext("rules", "Done"), key="done")
    counted = (
        Column(pgettext("rules", "Needed"), "number", "needed"),
        Column(done.header, "number", "done"),
        Column(_("Due"), "date", "due"),
        Column(pgettext("list head", "State"), key="state"),
    )
    columns = (
        Column(_("Name"), key="name"),
        Column(_("Requirement"), key="requirement", width=_LONG),
        Column(_("Period"), key="period"),
        *((done, Column(_("Due"), key="due")) if brief else counted),
    )
    wanted = find_pack(book, pack).pack.id if pack else None
    owing = [gap for gap in gaps(book, term=term) if wanted in {None, gap.pack.id}]
    found = person_by_person(book, owing)
    return Table(_("Who owes what"), columns, tuple(_gap_row(gap, brief=brief) for gap in found), landscape=True)


def _gap_row(gap: Gap, *, brief: bool) -> tuple[Value, ...]:
    """Return a row; a brief one has the session's or training's date and kind only, and fewer columns."""
    needed, done = _number(gap.row.needed or 0), _number(gap.row.done)
    due, state = gap.row.due, standing(gap.row.state, gap.row.requirement)
    if brief:
        return (gap.who, gap.title, " ".join(gap.period.split()[:2]), f"{done}/{needed}", f"{due} {state}")
    return (gap.who, gap.title, gap.period, needed, done, due, state)
