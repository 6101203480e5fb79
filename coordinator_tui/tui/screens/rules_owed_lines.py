"""The sections about what the rules make due: on the day's page, and on a person's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.text import cells, ngettext, pgettext
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.screens.day_words import day_words
from coordinator_tui.tui.screens.sections import Entry, columns, heading, joined, line, paragraph

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.book.rule_gaps import Gap
    from coordinator_tui.book.rule_owing import Owing
    from coordinator_tui.tui.screen import CoordinatorScreen
    from coordinator_tui.tui.screens.rules_owed import RulesOwed
    from coordinator_tui.tui.styles import Look

    TodayRow = tuple[str, int, int]
    PageRow = tuple[str, int | str]

MOST = 5
"""Requirements listed on the day's page before the rest is counted."""
_NAME, _DAY, _STATE = 18, 16, 8


# ---- on the day's page


def today_section(book: Book, owed: RulesOwed) -> list[Entry[TodayRow]]:
    """Return the section of the day's page."""
    if owed.state == "large":
        text = _("Enter computes it for {count} members").format(count=len(book.members))
        return [Entry(), heading(_("Owed by the rules")), line(text, "plain", ("rules-ask", 0, 0))]
    if owed.state == "waiting":
        return [Entry(), heading(_("Owed by the rules")), line(_("One moment …"), "quiet")]
    if not owed.gaps:
        return []
    found = owed.owing
    late = sum(each.overdue for each in found)
    told = _("overdue: {count}").format(count=late) if late else ""
    head = _("Owed by the rules: {count}").format(count=len(owed.gaps))
    lines: list[Entry[TodayRow]] = [Entry(), Entry(((head, "head"), ("  " + told if told else "", "bad")))]
    lines += [_owing_line(book, at, each) for at, each in enumerate(found[:MOST])]
    more = len(found) - MOST
    if more > 0:
        rest = ngettext("… and {count} more requirement", "… and {count} more requirements", more)
        lines.append(line(rest.format(count=more), "quiet", ("rules", 0, 0)))
    return lines


def _owing_line(book: Book, at: int, each: Owing) -> Entry[TodayRow]:
    late = bool(each.overdue)
    state = pgettext("task owed", "overdue") if late else pgettext("task owed", "due")
    when = max(gap.row.due for gap in each.gaps if gap.overdue) if late else each.due
    count = len(each.gaps)
    parts: list[tuple[str, int, Look]] = [
        (_whose(each), _NAME, "plain"),
        (state, _STATE, "bad" if late else "quiet"),
        (day_words(when, book.today), _DAY, "plain"),
        (joined((each.title, f"({count})" if count > 1 else None)), 0, "plain"),
    ]
    return columns(parts, ("rule", at, 0))


def _whose(each: Owing) -> str:
    """Return who owes: one name, as many as there is room for, or how many."""
    names = each.who
    told = pgettext("between names", ", ").join(names)
    if len(names) == 1 or cells(told) <= _NAME:
        return told
    if each.gaps[0].member is None:
        return ngettext("{count} group", "{count} groups", len(names)).format(count=len(names))
    return ngettext("{count} person", "{count} people", len(names)).format(count=len(names))


# ---- on a person's page


def page_section(book: Book, owed: RulesOwed, width: int) -> list[Entry[PageRow]]:
    """Return the section of a person's page: each gap with its period, numbers, due date and the reason."""
    if owed.state == "large":
        text = _("Enter computes what this person owes")
        return [Entry(), heading(_("Owed by the rules")), line(text, "plain", ("rules-ask", 0))]
    if owed.state == "waiting":
        return [Entry(), heading(_("Owed by the rules")), line(_("One moment …"), "quiet")]
    if not owed.gaps:
        return []
    found: list[Entry[PageRow]] = [Entry(), heading(_("Owed by the rules: {count}").format(count=len(owed.gaps)))]
    for at, gap in enumerate(owed.gaps):
        found.append(_gap_line(book, at, gap))
        found += paragraph(_why(gap), width, indent=_DAY + 1, look="quiet")
    return found


def _gap_line(book: Book, at: int, gap: Gap) -> Entry[PageRow]:
    from coordinator_tui.book.rule_gaps import plain  # with it comes the engine, which is not wanted before a frame

    state = pgettext("task owed", "overdue") if gap.overdue else pgettext("task owed", "due")
    done, needed = plain(round(gap.row.done, 2)), plain(round(gap.row.needed or 0, 2))
    parts: list[tuple[str, int, Look]] = [
        (day_words(gap.row.due, book.today), _DAY, "plain"),
        (state, _STATE, "bad" if gap.overdue else "quiet"),
        (_("{done} of {needed}").format(done=done, needed=needed), 10, "plain"),
        (joined((gap.title, gap.period)), 0, "plain"),
    ]
    return columns(parts, ("rule", at))


def _why(gap: Gap) -> str:
    """Return the clause, and why just so much is needed where that is not simply the rule's number."""
    clause = _("Clause {number}").format(number=gap.clause.id)
    return joined((clause, gap.reasons()[0]))


# ---- where the lines lead


async def open_owing(screen: CoordinatorScreen, each: Owing) -> None:
    """Go to where it is done: a single gap's form or page, else the rules, at this requirement."""
    if len(each.gaps) == 1:
        from coordinator_tui.tui.screens.rules_row import open_gap

        await open_gap(screen, each.gaps[0])
    else:
        await open_rules(screen, each.requirement)


async def open_rules(screen: CoordinatorScreen, requirement: str | None = None) -> None:
    """Show what is owed by the rules, at a requirement; Esc comes back."""
    from coordinator_tui.tui.screens.going import push
    from coordinator_tui.tui.screens.rules import RulesScreen

    await push(screen, RulesScreen(requirement=requirement, owing=True))
