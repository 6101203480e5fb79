"""`gaps`: who still owes what by the rules in force, by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from coordinator_tui.cli.common import command, group_named, group_option, json_option, term_named, term_option
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.errors import GAPS
from coordinator_tui.cli.output import emit, emit_json, emit_table, say
from coordinator_tui.cli.shape import option
from coordinator_tui.cli.values import MEMBER, TEXT
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext, pgettext

if TYPE_CHECKING:
    from coordinator_tui.book.rule_gaps import Gap


@command(
    "gaps",
    lazy("Show who still owes what by the rules in force, by due date."),
    "coordinator-tui gaps --member 张三 --why",
    "coordinator-tui gaps --requirement s19/6 --json",
    "coordinator-tui gaps --check && echo nothing",
)
@option("--member", "-m", metavar="MEMBER", type=MEMBER, about=lazy("Only this member."))
@option("--requirement", "-r", metavar="RULE", type=TEXT, about=lazy("Only this requirement: key, clause or title."))
@group_option
@term_option
@option("--overdue", is_flag=True, about=lazy("Only what is overdue."))
@option("--all", "everything", is_flag=True, about=lazy("Also what is met, exempt or not due yet."))
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
    why: bool,
    check: bool,
    as_json: bool,
) -> None:
    """Print gaps."""
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
            _explain(rows)
        else:
            _print(call, rows)
        if check and owing:
            ctx.exit(GAPS)


def _print(call: Call, rows: list[Gap]) -> None:
    from coordinator_tui.book.rule_gaps import plain
    from coordinator_tui.domain.rules.result import STATE_TITLES

    lines = [
        (x.row.due, x.who, x.title, x.clause.id, x.period, plain(x.row.needed), plain(x.row.done),
         STATE_TITLES[x.row.state])
        for x in rows
    ]  # fmt: skip
    headers = [
        _("Due"), _("Name"), _("Requirement"), _("Clause"), _("Period"), pgettext("rules", "Needed"),
        pgettext("rules", "Done"), pgettext("list head", "State"),
    ]  # fmt: skip
    emit_table(lines, headers, plain=call.plain)
    owing = sum(1 for gap in rows if gap.row.owes)
    say(ngettext("{count} gap.", "{count} gaps.", owing).format(count=owing))


def _explain(rows: list[Gap]) -> None:
    for gap in rows:
        emit(f"{gap.who} · {gap.title} · {gap.period}")
        for sentence in gap.reasons():
            emit(f"    {sentence}")
