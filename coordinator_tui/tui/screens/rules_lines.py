"""The lines of the rules screen: at the left clauses with their state, at the right all about the one chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from coordinator_tui.book import rules
from coordinator_tui.book.evidence import record_of
from coordinator_tui.book.rule_gaps import plain, rows_of
from coordinator_tui.domain.rules.phrases import describe
from coordinator_tui.domain.rules.result import State
from coordinator_tui.text import cells, fit, ngettext, pgettext
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.screens.sections import Entry, columns, joined, line, paragraph, room_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.rule_gaps import Gap
    from coordinator_tui.book.rule_ledger import LedgerLine
    from coordinator_tui.book.rules import PackInBook
    from coordinator_tui.domain.records import Term
    from coordinator_tui.domain.rules.pack import Cadence
    from coordinator_tui.tui.styles import Look

Key: TypeAlias = tuple[str, str, str]
"""A line at the left: ("pack", id, ""), ("requirement", its key, ""), ("cadence", pack, id), ("text", pack, place)."""
RowKey: TypeAlias = tuple[str, int, str]
"""A row at the right: requirement, unit, label of the period."""
Lines: TypeAlias = list[Entry[Key]]
Rows: TypeAlias = list[Entry[RowKey]]

MOST_ROWS = 300
"""Rows of one requirement that are listed; a filter finds the others."""
_OWED = 4
_TAIL = 20
_LOOKS: dict[State, Look] = {
    State.MET: "good",
    State.DUE: "plain",
    State.OVERDUE: "bad",
    State.NOT_YET: "quiet",
    State.EXEMPT: "quiet",
    State.SETTING_MISSING: "warn",
}


def state_words(state: State) -> str:
    """Return a state in a sign and a word or two."""
    words = {
        State.MET: pgettext("rule state", "✓ met"),
        State.DUE: pgettext("rule state", "~ due"),
        State.OVERDUE: pgettext("rule state", "! overdue"),
        State.NOT_YET: pgettext("rule state", "- not yet"),
        State.EXEMPT: pgettext("rule state", "= exempt"),
        State.SETTING_MISSING: pgettext("rule state", "? question"),
    }
    return words[state]


def state_look(state: State | None) -> Look:
    """Return the look of a state; its words say it too."""
    return _LOOKS[state] if state else "quiet"


def _state_room() -> int:
    return max(cells(state_words(state)) for state in State)


# ---- at the left


def key_of(one: LedgerLine) -> Key:
    """Return what a line of the ledger is known by on the screen."""
    if one.requirement is not None:
        return ("requirement", one.requirement.key, "")
    if one.cadence is not None:
        return ("cadence", one.pack.id, one.cadence.id)
    return ("text", one.pack.id, f"{one.clause.id}/{one.title}")


def ledger_entries(known: Sequence[PackInBook], lines: Iterable[LedgerLine], width: int) -> Lines:
    """Return the packs in force and their clauses, line by line."""
    by_pack: dict[str, list[LedgerLine]] = {each.pack.id: [] for each in known}
    for one in lines:
        by_pack[one.pack.id].append(one)
    found: Lines = []
    for each in known:
        found += [Entry()] if found else []
        found.append(_pack_entry(each, by_pack[each.pack.id]))
        found += _clauses(by_pack[each.pack.id], width)
    return found


def _pack_entry(each: PackInBook, lines: Sequence[LedgerLine]) -> Entry[Key]:
    owing = sum(one.count(State.DUE, State.OVERDUE) for one in lines)
    told = _("  owed {count}").format(count=owing) if owing else ""
    return Entry(((rules.say(each.pack.title), "head"), (told, "plain")), ("pack", each.pack.id, ""))


def _clauses(lines: Sequence[LedgerLine], width: int) -> Lines:
    found, before = [], ""
    room = room_for((one.clause.id for one in lines), 3, 9) + 1
    for one in lines:
        number = "" if one.clause.id == before else one.clause.id
        before = one.clause.id
        found.append(_line_entry(one, fit(number, room), width))
    return found


def _line_entry(one: LedgerLine, number: str, width: int) -> Entry[Key]:
    owing = one.count(State.DUE, State.OVERDUE)
    room = max(_state_room(), *(cells(kind_words(kind)) for kind in ("cadence", "remind", "text")))
    words, look = _standing(one)
    parts: list[tuple[str, int, Look]] = [
        (number + one.title, max(width - room - _OWED - 2, 12), "plain" if one.requirement else "quiet"),
        (words, room, look),
        (fit(str(owing or ""), _OWED, align="right"), 0, "strong"),
    ]
    return columns(parts, key_of(one))


def _standing(one: LedgerLine) -> tuple[str, Look]:
    if one.requirement is None:
        return kind_words(one.kind), "quiet"
    if one.requirement.advice and one.state is State.NOT_YET:
        return pgettext("rule state", "- advice"), "quiet"
    return (state_words(one.state), state_look(one.state)) if one.state else (_("- nobody"), "quiet")


def kind_words(kind: str) -> str:
    """Return what a line is that nothing is counted for."""
    words = {
        "cadence": pgettext("rule line", "+ series"),
        "remind": pgettext("rule line", "i reminder"),
        "text": pgettext("rule line", "- text"),
    }
    return words[kind]


# ---- at the right: a pack


def pack_entries(book: Book, each: PackInBook, width: int) -> Rows:
    """Return what a pack is, since when it is in force, what it leaves open, what is newer."""
    pack = each.pack
    facts = [
        rules.say(pack.source),
        _("Applies to: {whom}").format(whom=rules.say(pack.applies)),
        *([_("In force since {day}.").format(day=each.since)] if each.since else []),
        ask_words(each),
    ]
    found: Rows = paragraph(rules.say(pack.title), width, look="strong")
    for text in facts:
        found += paragraph(text, width, look="quiet")
    found.append(Entry())
    found += _open_entries(book, pack.id, width)
    if rules.upgrade_of(book, pack.id) is not None:
        found += paragraph(_("! A newer version is shipped: v shows what it changes."), width, look="warn")
    if pack.assessments:
        found += paragraph(_("It has an assessment of the term: c shows the scores."), width)
    found += paragraph(_("e edits the school's own copy, d ends the pack."), width, look="quiet")
    return found


def ask_words(each: PackInBook) -> str:
    """Return how much a pack holds, in numbers."""
    pack = each.pack
    return _("{clauses} clauses, {requirements} requirements, {series} series to plan, {settings} settings").format(
        clauses=len(pack.clauses),
        requirements=len(pack.requirements),
        series=sum(len(clause.cadences) for clause in pack.clauses),
        settings=len(pack.settings),
    )


def _open_entries(book: Book, pack: str, width: int) -> Rows:
    left = [each.setting for each in rules.open_questions(book) if each.pack.id == pack]
    if not left:
        return []
    text = ngettext(
        "? {count} question is open: s answers it.", "? {count} questions are open: s answers them.", len(left)
    )
    found: Rows = paragraph(text.format(count=len(left)), width, look="warn")
    for setting in left:
        found += paragraph(rules.say(setting.title), width, indent=2)
    return [*found, Entry()]


# ---- at the right: a line of the ledger


def line_entries(book: Book, each: PackInBook, one: LedgerLine, rows: Sequence[Gap], width: int) -> Rows:
    """Return the clause's text, the rule, the numbers, and who stands where; `rows` are those to show."""
    number = _("Clause {number}").format(number=one.clause.id)
    found: Rows = [Entry(((number, "head"), ("  " + rules.say(each.pack.title), "quiet")))]
    found += paragraph(rules.say(one.clause.text), width)
    found.append(Entry())
    if one.requirement is not None:
        found += paragraph(one.title, width, look="strong")
        found += paragraph(describe(one.requirement, each.answers), width)
        found += _numbers(one, width)
        found += row_entries(book, rows, width)
    elif one.cadence is not None:
        found += paragraph(one.title, width, look="strong")
        found += paragraph(cadence_words(one.cadence), width)
        found += paragraph(_("p shows the dates that it gives, and plans them."), width, look="quiet")
    elif one.remind is not None:
        found += paragraph(f"i {one.title}", width, look="strong")
        found += paragraph(_("Nothing can be counted here; it is a reminder."), width, look="quiet")
    return found


def cadence_words(cadence: Cadence) -> str:
    """Return what a series is like, in one line."""
    from coordinator_tui.domain.vocabulary import title

    every = _("each week") if cadence.every == 1 else _("{count} weeks").format(count=cadence.every)
    minutes = _("{minutes} min").format(minutes=cadence.minutes) if cadence.minutes else None
    return joined((title(cadence.kind), every, minutes, _(", ").join(cadence.hosts)))


def _numbers(one: LedgerLine, width: int) -> Rows:
    needed, done, gap = (plain(round(value, 1)) for value in (one.needed, one.done, one.gap))
    text = _("needed {needed}, done {done}, missing {gap}; met {met} of {bound}")
    met = one.count(State.MET)
    return paragraph(text.format(needed=needed, done=done, gap=gap, met=met, bound=one.bound), width, look="strong")


def rows_shown(book: Book, requirement: str, *, term: Term | None, member: int | None, owing: bool) -> list[Gap]:
    """Return the rows of a requirement, person by person."""
    rows = rows_of(book, term=term, requirement=requirement, member=member)
    order: dict[int, int] = {}
    for gap in rows:
        order.setdefault(gap.row.unit, len(order))
    wanted = [gap for gap in rows if gap.row.owes or not owing]
    return sorted(wanted, key=lambda gap: order[gap.row.unit])


def row_entries(book: Book, rows: Sequence[Gap], width: int) -> Rows:
    """Return a line for each row: who, when, done of needed, state, due, evidence."""
    if not rows:
        return [Entry(), line(_("Nobody owes anything here."), "quiet")]
    shown = rows[:MOST_ROWS]
    who = room_for((gap.who for gap in shown), 6, 14) if len({gap.row.unit for gap in shown}) > 1 else 0
    when = room_for((gap.period for gap in shown), 7, max(width - who - _state_room() - _TAIL, 10))
    found: Rows = [Entry()]
    if not who:
        found.append(line(shown[0].who, "quiet"))
    for gap in shown:
        found.append(_row_entry(book, gap, who, when))
    more = len(rows) - len(shown)
    return [*found, *([line(_("… and {count} more: m shows one person").format(count=more), "quiet")] if more else [])]


def _row_entry(book: Book, gap: Gap, who: int, when: int) -> Entry[RowKey]:
    row = gap.row
    due = short_day(row.due, book.today) if row.owes or row.state is State.NOT_YET else ""
    named: list[tuple[str, int, Look]] = [(gap.who, who, "plain")] if who else []
    parts: list[tuple[str, int, Look]] = [
        *named,
        (gap.period, when, "quiet"),
        (done_words(gap), 6, "plain"),
        (state_words(row.state), _state_room(), state_look(row.state)),
        (joined((due, records_words(len(row.evidence)))), 0, "quiet"),
    ]
    return columns(parts, (row.requirement.key, row.unit, row.period.label))


def short_day(day: date, today: date) -> str:
    """Return a day without its year where that is this one."""
    return f"{day:%m-%d}" if day.year == today.year else day.isoformat()


def done_words(gap: Gap) -> str:
    """Return how much is done of how much, "2/3"; "?" while it cannot be said."""
    row = gap.row
    needed = "?" if row.needed is None else plain(round(row.needed, 2))
    return f"{plain(round(row.done, 2))}/{needed}"


def records_words(count: int) -> str:
    """Return how many records count, or nothing."""
    return ngettext("{count} record", "{count} records", count).format(count=count) if count else ""


def why_words(book: Book, gap: Gap) -> str:
    """Return a row explained: its numbers, and the latest record that counts."""
    latest = [known for each in gap.row.evidence if (known := record_of(book, each.table, each.id)) is not None]
    latest.sort(key=lambda known: known.date, reverse=True)
    shown = "; ".join(joined((known.date.isoformat(), known.title), " ") for known in latest[:2])
    return joined((f"{gap.who}:", *gap.reasons(), shown), " ")
