"""`rules` ledger, plan, assess, hours: what comes out of the packs in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from coordinator_tui.cli.common import (
    command,
    date_option,
    decide,
    done,
    force_option,
    group_or_own,
    json_option,
    own_group_option,
    term_named,
    term_option,
    yes_option,
)
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.errors import GAPS
from coordinator_tui.cli.files import deliver, format_of
from coordinator_tui.cli.output import emit, emit_json, emit_table, say
from coordinator_tui.cli.rules_tell import tell_left_out
from coordinator_tui.cli.shape import argument, option
from coordinator_tui.cli.values import MEMBER, PATH, TEXT, ChoiceType
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, pgettext

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.book.rule_scores import Scored
    from coordinator_tui.exports.formats import Format

_SHOWN = 5


@command(
    "ledger",
    lazy("Write the ledger of a term: clause, requirement, evidence, gap."),
    "coordinator-tui rules ledger",
    "coordinator-tui rules ledger --pack s19 -o 落实对照表.xlsx",
    "coordinator-tui rules ledger --check --json",
)
@option("--pack", "-p", metavar="PACK", type=TEXT, about=lazy("Only this pack."))
@term_option
@option(
    "--format",
    "-f",
    "fmt",
    metavar="FORMAT",
    type=ChoiceType("text", "md", "csv", "xlsx", "json"),
    about=lazy("Format (default: the file's, else text)."),
)
@option("--output", "-o", metavar="FILE", type=PATH, default="-", about=lazy("Write to a file; - is standard output."))
@force_option
@option("--check", is_flag=True, about=lazy("End with 8 if anything is owed."))
@json_option
@pass_call
@click.pass_context
def ledger(
    ctx: click.Context,
    call: Call,
    *,
    pack: str | None,
    term: str | None,
    fmt: Format | None,
    output: str,
    force: bool,
    check: bool,
    as_json: bool,
) -> None:
    """Write the ledger."""
    from coordinator_tui.book.rule_ledger import ledger_lines
    from coordinator_tui.exports.ledger import ledger_file

    chosen = "json" if as_json else format_of(fmt, output, "text")
    with call.open(read_only=True) as book:
        within = term_named(book, term)
        deliver(ledger_file(book, chosen, term=within, pack=pack), output, chosen, force=force)
        left_out = tell_left_out(book)
        if check and (left_out or any(line.gap for line in ledger_lines(book, term=within, pack=pack))):
            ctx.exit(GAPS)


@command(
    "plan",
    lazy("Plan the sessions that a clause asks for: make its series and the sessions of the term."),
    "coordinator-tui rules plan s19 weekly-study --weekday 3 --start 15:30",
)
@argument("pack", type=TEXT, about=lazy("The pack's id or title."))
@argument("series", type=TEXT, about=lazy("The series' id in the pack, or its clause."))
@option("--weekday", metavar="N", type=click.IntRange(1, 7), about=lazy("1 is Monday, 7 is Sunday."))
@option("--start", metavar="TIME", type=TEXT, about=lazy("From, as 15:30."))
@option("--end", metavar="TIME", type=TEXT, about=lazy("Until, as 17:00."))
@date_option("--from", about=lazy("From this day on (default: today, or the term's first day)."))
@own_group_option
@term_option
@yes_option
@pass_call
def plan(call: Call, pack: str, series: str, group: str | None, term: str | None, *, yes: bool, **fields: Any) -> None:  # noqa: ANN401 - click's
    """Make a series of a cadence and plan it."""
    from coordinator_tui.book.rule_tasks import find_cadence, plan_cadence, preview_cadence
    from coordinator_tui.cli.commands.schedule_plan import narrate_rest

    with call.open() as book:
        adopted, cadence = find_cadence(book, pack, series)
        where, since = group_or_own(book, group), fields.pop("from") or book.today
        given = {name: value for name, value in fields.items() if value is not None}
        preview = preview_cadence(
            book, adopted, cadence, group=where.id, term=term_named(book, term), from_=since, **given
        )
        for session in preview.sessions:
            emit(
                " ".join(part for part in (session.date.isoformat(), session.start, session.end, session.host) if part)
            )
        narrate_rest(book, preview)
        question = _("Plan {count} sessions of {name}?").format(count=len(preview.sessions), name=preview.series.name)
        if decide(question, yes=yes):
            made = plan_cadence(book, preview)
            done(_("{count} sessions planned.").format(count=len(made)))


@command(
    "assess",
    lazy("Show the term's assessment: each score with its reasons, or the list for commendation."),
    "coordinator-tui rules assess",
    "coordinator-tui rules assess --member 张三",
    "coordinator-tui rules assess s19 --commend --json",
)
@argument("assessment", required=False, type=TEXT, about=lazy("The assessment: pack/id, id or title."))
@option("--member", "-m", metavar="MEMBER", type=MEMBER, about=lazy("Only this member, line by line."))
@option("--commend", is_flag=True, about=lazy("The group's list for commendation."))
@term_option
@json_option
@pass_call
def assess(
    call: Call, assessment: str | None, *, member: str | None, commend: bool, term: str | None, as_json: bool
) -> None:
    """Print scores."""
    from coordinator_tui.book.members import find_member
    from coordinator_tui.book.rule_scores import commended, find_assessment, scores

    with call.open(read_only=True) as book:
        within = term_named(book, term)
        if commend:
            found = commended(book, assessment, term=within)
        else:
            find_assessment(book, assessment) if assessment or not member else None
            who = find_member(book, member).id if member else None
            found = scores(book, term=within, member=who, assessment=assessment)
        if as_json:
            emit_json([scored.to_json() for scored in found])
        elif member:
            for scored in found:
                _print_score(book, scored)
        else:
            _print_scores(call, found)
        tell_left_out(book, questions=False)
        if commend and any(scored.score.provisional for scored in found):
            say(_("The term is not over, or something is still due: the list may change."))


def _print_score(book: Book, scored: Scored) -> None:
    from coordinator_tui.book.evidence import records_in_words
    from coordinator_tui.book.rule_gaps import plain
    from coordinator_tui.book.rule_scores import appeal_words
    from coordinator_tui.book.rules import say as said

    score = scored.score
    total = _("settings missing") if score.total is None else plain(score.total)
    emit(f"{scored.who} · {said(score.assessment.title)}: {total}")
    for line in score.lines:
        records = records_in_words(book, line.evidence, most=_SHOWN, but=scored.who)
        times = f"  {plain(line.count)} × {plain(line.each)}" if line.points and line.count != 1 else ""
        told = _(" ({records})").format(records=records) if records else ""
        emit(f"  {plain(line.points):>8}  {line.text}{times}{told}")
    for key in score.missing:
        emit("  " + _("“{key}” is unanswered; “rules set {pack} {key}=VALUE”").format(key=key, pack=scored.pack.id))
    for appeal in score.appeals:
        emit("  " + _("Appeal: {text}").format(text=appeal_words(appeal)))


def _print_scores(call: Call, found: list[Scored]) -> None:
    from coordinator_tui.book.rule_gaps import plain
    from coordinator_tui.book.rules import say as said

    lines = [
        (
            said(x.score.assessment.title),
            x.who,
            plain(x.score.total),
            _("vetoed") if x.score.vetoed else _("so far") if x.score.provisional else "",
            ", ".join(x.score.missing),
            len(x.score.appeals) or "",
        )
        for x in found
    ]
    headers = [_("Assessment"), _("Name"), _("Score"), pgettext("list head", "State"), _("Open settings"), _("Appeals")]
    emit_table(lines, headers, plain=call.plain)


@command(
    "appeal",
    lazy("Note that a member appeals against their assessment; the score stays as it is."),
    "coordinator-tui rules appeal 张三 第9周是公假 --outcome 已更正点名",
)
@argument("member", type=MEMBER, about=lazy("Who appeals."))
@argument("text", type=TEXT, about=lazy("What it is about."))
@option("--outcome", metavar="TEXT", type=TEXT, about=lazy("What came of it."))
@pass_call
def appeal(call: Call, member: str, text: str, *, outcome: str | None) -> None:
    """Write an appeal."""
    from coordinator_tui.book import rule_scores
    from coordinator_tui.book.members import find_member, name_of

    with call.open() as book:
        who = find_member(book, member).id
        rule_scores.appeal(book, who, text, outcome=outcome)
        done(_("Noted: appeal of {name}.").format(name=name_of(book, who)))


@command(
    "hours",
    lazy("Show the credit hours of the school year and of the five-year cycle."),
    "coordinator-tui rules hours",
    "coordinator-tui rules hours --member 张三",
)
@option("--member", "-m", metavar="MEMBER", type=MEMBER, about=lazy("Only this member, line by line."))
@option("--check", is_flag=True, about=lazy("End with 8 if anything is missing."))
@json_option
@pass_call
@click.pass_context
def hours(ctx: click.Context, call: Call, *, member: str | None, check: bool, as_json: bool) -> None:
    """Print hours."""
    from coordinator_tui.book import rule_scores
    from coordinator_tui.book.members import find_member, name_of
    from coordinator_tui.book.rule_gaps import plain
    from coordinator_tui.domain.rules.result import STATE_TITLES

    with call.open(read_only=True) as book:
        rows = rule_scores.hours(book, member=find_member(book, member).id if member else None)
        if as_json:
            emit_json([rule_scores.hours_json(book, row) for row in rows])
        else:
            lines = [
                (
                    name_of(book, x.member), x.year.label, plain(x.needed), plain(x.counted), plain(x.gap),
                    plain(x.cycle_needed), plain(x.cycle_counted), STATE_TITLES[x.state],
                )
                for x in rows
            ]  # fmt: skip
            headers = [
                _("Name"), _("School year"), pgettext("rules", "Needed"), _("Hours"), pgettext("rules", "Gap"),
                _("Needed in the cycle"),
                _("Hours in the cycle"), pgettext("list head", "State"),
            ]  # fmt: skip
            emit_table(lines, headers, plain=call.plain)
            for line in rows[0].lines if member and rows else ():
                emit(f"  {plain(line.hours):>6}  {line.text}")
        if check and any(row.gap for row in rows):
            ctx.exit(GAPS)


COMMANDS = [ledger, plan, assess, appeal, hours]
