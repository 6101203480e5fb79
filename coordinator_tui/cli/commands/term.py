"""`term`: list, add, edit, use, close, reopen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from coordinator_tui.cli.common import command, date_option, decide, done, given, json_option, yes_option
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.output import emit_json, emit_table, say
from coordinator_tui.cli.shape import Group, argument
from coordinator_tui.cli.values import TERM, TEXT
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Term

start_option = date_option("--start", about=lazy("First day of the term."))
until_option = date_option("--until", about=lazy("Last day of the term."))
week1_option = date_option("--week1", about=lazy("A day in week 1; weeks are counted from its Monday."))
code_argument = argument("code", metavar="TERM", type=TERM, about=lazy("The term, such as 2026-2027-1."))


@command("list", lazy("List the terms."), "coordinator-tui term list --json")
@json_option
@pass_call
def list_terms(call: Call, *, as_json: bool) -> None:
    """Print the terms, the latest first."""
    from coordinator_tui.book.terms import all_terms

    with call.open(read_only=True) as book:
        terms = all_terms(book)
        current = book.term.code if terms else None
        if as_json:
            emit_json([_json(term, current) for term in terms])
            return
        lines = [(t.code, t.start, t.until, t.first_monday, _state(t, current)) for t in terms]
        emit_table(lines, [_("Term"), _("From"), _("Until"), _("Week 1"), _("State")], plain=call.plain)


def _json(term: Term, current: str | None) -> dict[str, object]:
    return {
        "id": term.id,
        "code": term.code,
        "start": term.start,
        "until": term.until,
        "first_monday": term.first_monday,
        "closed": term.closed,
        "current": term.code == current,
    }


def _state(term: Term, current: str | None) -> str:
    states = [_("current")] if term.code == current else []
    return "、".join([*states, _("closed")] if term.closed else states)


@command(
    "add",
    lazy("Add a term; what is not said is what is usual. Its holidays are loaded."),
    "coordinator-tui term add 2026-2027-1",
    "coordinator-tui term add 2026-2027-1 --start 2026-09-01 --until 2027-01-29 --week1 2026-08-31",
)
@argument("code", metavar="TERM", type=TEXT, about=lazy("Its code: 2026-2027-1 is the first term of 2026-2027."))
@start_option
@until_option
@week1_option
@pass_call
def add_term(call: Call, code: str, start: Any, until: Any, week1: Any) -> None:  # noqa: ANN401 - dates
    """Write a new term and load the published holidays of its years."""
    from coordinator_tui.book import terms
    from coordinator_tui.book.calendar import ensure_calendar

    with call.open() as book:
        with book.step("terms.add"):
            term = terms.add_term(book, code, start=start, until=until, first_monday=week1)
            days = ensure_calendar(book, term)
        done(_("Added term {code}, {start} to {until}.").format(code=term.code, start=term.start, until=term.until))
        if days:
            done(_("{count} holidays and moved workdays were loaded.").format(count=days))
        tell_unpublished(book, term)


def tell_unpublished(book: Book, term: Term) -> None:
    """Say for which years nobody has published the holidays yet."""
    from coordinator_tui.book.calendar import unpublished_years

    for year in unpublished_years(book, term):
        sentence = _(
            "The holidays of {year} are not published yet; enter them with: coordinator-tui schedule days --help"
        )
        say(sentence.format(year=year))


@command("edit", lazy("Change the days of a term."), "coordinator-tui term edit 2026-2027-1 --until 2027-01-22")
@code_argument
@start_option
@until_option
@week1_option
@pass_call
def edit_term(call: Call, code: str, start: Any, until: Any, week1: Any) -> None:  # noqa: ANN401 - dates
    """Write changed days."""
    from coordinator_tui.book import terms

    with call.open() as book:
        changes = given(start=start, until=until, first_monday=week1)
        if not changes:
            raise click.UsageError(_("Nothing to change: name a field, such as --until"))
        term = terms.edit_term(book, code, **changes)
        done(_("Term {code}: {start} to {until}.").format(code=term.code, start=term.start, until=term.until))


@command(
    "use",
    lazy("Make a term the current one; without a term, today decides again."),
    "coordinator-tui term use 2026-2027-2",
)
@argument("code", metavar="TERM", required=False, type=TERM, about=lazy("The term, such as 2026-2027-1."))
@pass_call
def use_term(call: Call, code: str | None) -> None:
    """Choose the current term."""
    from coordinator_tui.book import terms

    with call.open() as book:
        term = terms.use_term(book, code)
        done(_("The current term is {code}.").format(code=term.code))


@command(
    "close",
    lazy("Freeze a term; members, pairs, rotation and unfinished tasks go on in the next."),
    "coordinator-tui term close 2025-2026-2",
)
@code_argument
@yes_option
@pass_call
def close_term(call: Call, code: str, *, yes: bool) -> None:
    """Close a term."""
    from coordinator_tui.book import terms

    with call.open() as book:
        term = terms.find_term(book, code)
        question = _("Close term {code}? Its sessions, rolls, leave and work cannot be changed afterwards.")
        if decide(question.format(code=term.code), yes=yes):
            terms.close_term(book, code)
            done(_("Term {code} is closed.").format(code=term.code))


@command("reopen", lazy("Thaw a closed term."), "coordinator-tui term reopen 2025-2026-2")
@code_argument
@pass_call
def reopen_term(call: Call, code: str) -> None:
    """Reopen a term."""
    from coordinator_tui.book import terms

    with call.open() as book:
        term = terms.reopen_term(book, code)
        done(_("Term {code} can be changed again.").format(code=term.code))


COMMAND = Group(
    "term",
    commands=[list_terms, add_term, edit_term, use_term, close_term, reopen_term],
    examples=("coordinator-tui term list", "coordinator-tui term add 2026-2027-1"),
)
