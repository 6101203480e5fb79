"""`gaps`: who still owes what by the rules in force, by when."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Literal

import click

from coordinator_tui.cli.common import command, group_named, group_option, json_option, term_named, term_option
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.errors import GAPS
from coordinator_tui.cli.output import emit, emit_json, emit_table, is_terminal, say
from coordinator_tui.cli.rules_tell import tell_left_out
from coordinator_tui.cli.shape import option
from coordinator_tui.cli.values import MEMBER, TEXT, ChoiceType
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext, pgettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.rule_gaps import Gap

_MANY, _SHOWN = 30, 5


@command(
    "gaps",
    lazy("Show who still owes what by the rules in force, by due date."),
    "coordinator-tui gaps --member 张三 --why",
    "coordinator-tui gaps --by requirement",
    "coordinator-tui gaps --requirement s19/6 --json",
    "coordinator-tui gaps --check && echo nothing",
)
@option("--member", "-m", metavar="MEMBER", type=MEMBER, about=lazy("Only this member."))
@option("--requirement", "-r", metavar="RULE", type=TEXT, about=lazy("Only this requirement: key, clause or title."))
@group_option
@term_option
@option("--overdue", is_flag=True, about=lazy("Only what is overdue."))
@option("--all", "everything", is_flag=True, about=lazy("Also what is met, exempt or not due yet."))
@option(
    "--by",
    metavar="WHAT",
    type=ChoiceType("requirement", "member"),
    about=lazy("One line for each requirement, or for each member."),
)
@option("--why", is_flag=True, about=lazy("Explain every number."))
@option("--check", is_flag=True, about=lazy("End with 8 if there is any."))
@json_option
@pass_call
@click.pass_context
def COMMAND(  # noqa: N802 - handed on by this name; every option is one of the contract's
    ctx: click.Context,
    call: Call,
    *,
    member: str | None,
    requirement: str | None,
    group: str | None,
    term: str | None,
    overdue: bool,
    everything: bool,
    by: Literal["requirement", "member"] | None,
    why: bool,
    check: bool,
    as_json: bool,
) -> None:
    """Print gaps."""
    if by and (everything or why or as_json):
        raise click.UsageError(_("--by gathers what is owed; it goes with neither --all nor --why nor --json."))
    from coordinator_tui.book.members import find_member
    from coordinator_tui.book.rule_gaps import find_requirement, gaps, rows_of

    with call.open(read_only=True) as book:
        found = group_named(book, group)
        wanted = {
            "term": term_named(book, term) if term else None,
            "member": find_member(book, member).id if member else None,
            "group": found.id if found else None,
            "requirement": find_requirement(book, requirement).key if requirement else None,
        }
        rows = rows_of(book, **wanted) if everything else gaps(book, **wanted, overdue=overdue)  # type: ignore[arg-type] # one dict for both
        owing = [gap for gap in rows if gap.row.owes]
        if as_json:
            emit_json([gap.to_json() for gap in rows])
        elif why:
            _explain(book, rows)
        elif by:
            _print_gathered(call, rows, by)
        else:
            _print(call, rows)
        left_out = tell_left_out(book)
        if check and (owing or left_out):
            ctx.exit(GAPS)


def _print(call: Call, rows: list[Gap]) -> None:
    from coordinator_tui.book.rule_gaps import plain
    from coordinator_tui.domain.rules.explaining import standing

    lines = [
        (x.row.due, x.who, x.title, x.clause.id, x.period, plain(x.row.needed), plain(x.row.done),
         standing(x.row.state, x.row.requirement))
        for x in rows
    ]  # fmt: skip
    headers = [
        _("Due"), _("Name"), _("Requirement"), _("Clause"), _("Period"), pgettext("rules", "Needed"),
        pgettext("rules", "Done"), pgettext("list head", "State"),
    ]  # fmt: skip
    emit_table(lines, headers, plain=call.plain)
    _count(rows)


def _count(rows: list[Gap]) -> None:
    owing = [gap for gap in rows if gap.row.owes]
    overdue = sum(1 for gap in owing if gap.overdue)
    sentence = ngettext("{count} gap, {overdue} overdue.", "{count} gaps, {overdue} overdue.", len(owing))
    say(sentence.format(count=len(owing), overdue=overdue))
    if len(owing) > _MANY and is_terminal(sys.stdout):
        say(_("“--by requirement” or “--by member” gathers them."))


def _print_gathered(call: Call, rows: list[Gap], by: Literal["requirement", "member"]) -> None:
    from coordinator_tui.book.rule_gaps import gathered, next_due

    lines: list[tuple[object, ...]] = []
    for gaps in gathered(rows, by):
        counts = next_due(gaps), len(gaps), sum(gap.overdue for gap in gaps) or ""
        if by == "member":
            lines.append((*counts, gaps[0].who, _told((gap.title for gap in gaps), _("; "))))
        else:
            clause = f"{gaps[0].pack.id}/{gaps[0].clause.id}"
            lines.append((*counts, gaps[0].title, clause, _told((gap.who for gap in gaps), _(", "))))
    heads = (_("Name"), _("Requirement")) if by == "member" else (_("Requirement"), _("Clause"), _("Name"))
    emit_table(lines, [_("Due"), _("Gaps"), _("Overdue"), *heads], plain=call.plain)
    _count(rows)


def _told(words: Iterable[str], between: str) -> str:
    """Return names or titles in one line, with how many times where it is more than once."""
    times = Counter(words)
    return between.join(word if count == 1 else f"{word} ×{count}" for word, count in times.items())


def _explain(book: Book, rows: list[Gap]) -> None:
    from coordinator_tui.book.evidence import records_in_words

    for gap in rows:
        emit(f"{gap.who} · {gap.title} · {gap.period}")
        for sentence in gap.reasons():
            emit(f"    {sentence}")
        if gap.row.evidence:
            records = records_in_words(book, gap.row.evidence, most=_SHOWN, but=gap.who)
            emit("    " + _("Counted: {records}").format(records=records))
