"""`work` check, pile: looking at pieces one by one, or at many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from coordinator_tui.cli.common import (
    command,
    date_option,
    decide,
    done,
    group_named,
    group_option,
    json_option,
    term_named,
    term_option,
    yes_option,
)
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.output import emit_json, emit_table, say, title
from coordinator_tui.cli.shape import argument, option
from coordinator_tui.cli.values import MEMBER, TEXT
from coordinator_tui.cli.work_parts import kind_filter, piece_meant, piece_told, task_filter
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.book.pile import Waiting
    from coordinator_tui.domain.records import Work
    from coordinator_tui.domain.vocabulary import WorkKind


@command(
    "check",
    lazy("Note that somebody looked at a piece of work, with a grade if there is one."),
    "coordinator-tui work check 张三 A",
    "coordinator-tui work check 张三 B --kind study_note --by 王校长",
    "coordinator-tui work check --all --kind reading_note --grade A --short B --dry-run",
)
@argument(
    "work",
    metavar="WORK",
    required=False,
    type=MEMBER,
    about=lazy("The number of a piece, or the member's name: the last piece meant is taken."),
)
@argument("grade", required=False, type=TEXT, about=lazy("A, B or C."))
@kind_filter
@option("--by", metavar="NAME", type=TEXT, about=lazy("Who looked at it (default: who is acting)."))
@date_option("--on", about=lazy("When (default: today)."))
@option("--all", "every", is_flag=True, about=lazy("All pieces of the term that nobody has looked at."))
@option("--grade", "-G", "grade_for_all", metavar="GRADE", type=TEXT, about=lazy("A, B or C, as the argument."))
@option("--short", metavar="GRADE", type=TEXT, about=lazy("With --all: the grade of pieces with too few words."))
@task_filter
@group_option
@option("--dry-run", is_flag=True, about=lazy("Show what would be done, and do nothing."))
@yes_option
@pass_call
def check_work(
    call: Call, *, work: str | None, grade: str | None, grade_for_all: str | None, every: bool, **options: Any,  # noqa: ANN401 - click's
) -> None:  # fmt: skip
    """Check a piece of work, or the pile."""
    from coordinator_tui.book.work import check

    if every:
        if work is not None:
            raise click.UsageError(_("With --all no piece is named; the grade is given with --grade"))
        _check_pile(call, grade_for_all, **options)
        return
    if work is None:
        raise click.UsageError(_("Name a piece or its member, or take --all"))
    with call.open() as book:
        found = piece_meant(book, work, options["kind"], "handed_in", "returned", "checked")
        chosen = grade or grade_for_all
        if options["dry_run"]:
            say(_("{piece} would be checked: {grade}").format(piece=piece_told(book, found), grade=chosen or "–"))
            return
        done(piece_told(book, check(book, found.id, chosen, checker=options["by"], on=options["on"])))


def _check_pile(call: Call, grade: str | None, *, dry_run: bool, yes: bool, **options: Any) -> None:  # noqa: ANN401 - click's
    """Check all that waits, after showing it."""
    from coordinator_tui.book.pile import check_all

    with call.open() as book:
        works = _pile(book, options)
        short = options["short"]
        _show_grades(call, book, works, grade, short)
        question = ngettext("Check {count} piece?", "Check {count} pieces?", len(works)).format(count=len(works))
        if dry_run or not works:
            say(_("Nothing was changed."))
        elif decide(question, yes=yes):
            check_all(book, works, grade, short=short, checker=options["by"], on=options["on"])
            done(ngettext("{count} piece checked.", "{count} pieces checked.", len(works)).format(count=len(works)))


def _show_grades(call: Call, book: Book, works: list[Work], grade: str | None, short: str | None) -> None:
    from coordinator_tui.book.members import name_of
    from coordinator_tui.book.pile import grade_for

    lines = [
        (
            x.id,
            x.date,
            name_of(book, x.member),
            title(x.kind),
            x.title,
            x.words,
            grade_for(book, x, grade, short) or "–",
        )
        for x in works
    ]
    headers = [_("Number"), _("Date"), _("Name"), _("Kind"), _("Title"), _("Words"), _("Grade")]
    emit_table(lines, headers, plain=call.plain)


@command(
    "pile",
    lazy("List the work that nobody has looked at: length, words needed, earlier grade, what it shares with others."),
    "coordinator-tui work pile --kind reading_note",
    "coordinator-tui work pile --for 九月读书笔记 --json",
)
@kind_filter
@task_filter
@group_option
@term_option
@json_option
@pass_call
def list_pile(call: Call, *, as_json: bool, **options: Any) -> None:  # noqa: ANN401 - click's
    """Print the pile as it came in."""
    from coordinator_tui.book.pile import waiting_all, waiting_json

    with call.open(read_only=True) as book:
        found = waiting_all(book, _pile(book, options))
        if as_json:
            emit_json([waiting_json(book, one) for one in found])
            return
        headers = [
            _("Number"), _("Date"), _("Name"), _("Kind"), _("Title"), _("Words"), _("Chinese characters"),
            _("WPS/Word"), _("Words needed"), _("Earlier grade"), _("Overlap"),
        ]  # fmt: skip
        emit_table([_line(one) for one in found], headers, plain=call.plain)
        say(ngettext("{count} piece waits.", "{count} pieces wait.", len(found)).format(count=len(found)))


def _line(one: Waiting) -> tuple[object, ...]:
    work, counts = one.work, one.counts
    return (
        work.id,
        work.date,
        one.name,
        title(work.kind),
        work.title,
        work.words,
        counts.han if counts else None,
        counts.office if counts else None,
        one.needed,
        one.earlier.grade if one.earlier else None,
        one.overlaps.found[0].sentence if one.overlaps and one.overlaps.found else None,
    )


def _pile(book: Book, options: dict[str, Any]) -> list[Work]:
    from coordinator_tui.book.pile import pile
    from coordinator_tui.book.work import find_assignment

    kind: WorkKind | None = options["kind"]
    group = group_named(book, options["group"])
    return pile(
        book,
        kind=kind,
        assignment=find_assignment(book, options["task"]).id if options["task"] else None,
        group=group.id if group else None,
        term=term_named(book, options.get("term")),
    )


COMMANDS = [check_work, list_pile]
