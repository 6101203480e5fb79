"""`work`: list, add, check, return, uncheck, remove, assign, due, owed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from coordinator_tui.cli.commands import work_checks, work_tasks, work_texts
from coordinator_tui.cli.common import (
    command,
    date_option,
    decide,
    done,
    given,
    group_named,
    group_option,
    json_option,
    note_option,
    reason_option,
    term_named,
    term_option,
    yes_option,
)
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.output import emit_json, emit_table, title
from coordinator_tui.cli.shape import Group, argument, option
from coordinator_tui.cli.values import MEMBER, TEXT, TRAINING, CodeType
from coordinator_tui.cli.work_parts import (
    WORK_KIND,
    counts_words,
    kind_filter,
    member_option,
    piece_meant,
    piece_told,
    text_given,
    text_options,
    work_argument,
)
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Work
    from coordinator_tui.domain.vocabulary import WorkKind, WorkStatus


@command(
    "list",
    lazy("List work handed in during a term."),
    "coordinator-tui work list --kind reading_note --member 张三",
    "coordinator-tui work list --status handed_in --json",
)
@member_option
@kind_filter
@option("--status", metavar="CODE", type=CodeType("WorkStatus"), about=lazy("Only in this state."))
@group_option
@term_option
@json_option
@pass_call
def list_work(
    call: Call,
    *,
    member: str | None,
    kind: WorkKind | None,
    status: WorkStatus | None,
    group: str | None,
    term: str | None,
    as_json: bool,
) -> None:
    """Print pieces of work by date."""
    from coordinator_tui.book.members import find_member
    from coordinator_tui.book.work import work_json, works_of

    with call.open(read_only=True) as book:
        found = group_named(book, group)
        works = works_of(
            book,
            term=term_named(book, term),
            member=find_member(book, member).id if member else None,
            group=found.id if found else None,
            kind=kind,
            status=status,
        )
        if as_json:
            emit_json([work_json(book, work) for work in works])
        else:
            _print_works(call, book, works)


def _print_works(call: Call, book: Book, works: list[Work]) -> None:
    from coordinator_tui.book.members import name_of

    lines = [
        (x.id, x.date, name_of(book, x.member), title(x.kind), x.title, x.words, title(x.status), x.grade, x.checker)
        for x in works
    ]
    headers = [
        _("Number"),
        _("Date"),
        _("Name"),
        _("Kind"),
        _("Title"),
        _("Words"),
        _("State"),
        _("Grade"),
        _("Checked by"),
    ]
    emit_table(lines, headers, plain=call.plain)


@command(
    "add",
    lazy("Note that members handed something in."),
    "coordinator-tui work add 张三 --kind reading_note --title 《给教师的建议》 --words 812",
    "coordinator-tui work add 张三 李四 王五 --for 九月读书笔记",
    "coordinator-tui work add 张三 --training 统编教材培训 --title 培训汇报",
    "coordinator-tui work add 张三 --file note.docx",
    "coordinator-tui work add 张三 --text '读了两章，最受用的一句是……'",
)
@argument("members", type=MEMBER, nargs=-1, required=True, about=lazy("One member or several."))
@option(
    "--kind", "-k", metavar="CODE", type=WORK_KIND, about=lazy("Kind of work (default: reading_note, or the task's).")
)
@option("--title", metavar="TEXT", type=TEXT, about=lazy("Title."))
@option("--words", metavar="N", type=click.IntRange(0), about=lazy("Number of words."))
@text_options
@option("--no-keep", is_flag=True, about=lazy("Count the text only; do not keep it in the book."))
@date_option("--date", about=lazy("Day of handing in (default: today)."))
@option("--for", "task", metavar="TASK", type=TEXT, about=lazy("The task it is for: title or number."))
@option("--reading", metavar="TEXT", type=TEXT, about=lazy("The book or article it is about."))
@option("--training", metavar="TRAINING", type=TRAINING, about=lazy("The training that it reports on."))
@note_option
@json_option
@pass_call
def add_work(
    call: Call,
    members: tuple[str, ...],
    task: str | None,
    *,
    no_keep: bool,
    as_json: bool,
    **fields: Any,  # noqa: ANN401 - click's
) -> None:
    """Write one piece of work for each member, all in one step."""
    from coordinator_tui.book.members import find_member, name_of
    from coordinator_tui.book.readings import find_reading
    from coordinator_tui.book.trainings import find_training
    from coordinator_tui.book.work import find_assignment, hand_in, work_json

    given_text = text_given(fields)
    if given_text and len(members) > 1 and not no_keep:
        raise click.UsageError(_("A text is kept with one piece: name one member, or count it only with --no-keep"))
    with call.open() as book:
        people = [find_member(book, member) for member in members]
        values = given(**fields)
        if task:
            values["assignment"] = find_assignment(book, task).id
        for name, find in (("reading", find_reading), ("training", find_training)):
            if values.get(name):
                values[name] = find(book, values[name]).id
        if given_text:
            values |= {"text": given_text.text, "file": given_text.file or None, "keep": not no_keep}
        names = "、".join(name_of(book, member.id) for member in people)
        with book.step("work.hand_in", name=names, kind=values.get("kind")):
            added = [hand_in(book, member.id, **values) for member in people]
        done(_("{names}: {kind} handed in.").format(names=names, kind=title(added[0].kind)))
        if given_text:
            done(counts_words(given_text.text))
        if as_json:
            emit_json([work_json(book, work) for work in added])


@command(
    "return", lazy("Give a piece of work back to be done again."), "coordinator-tui work return 张三 --reason 字数不够"
)
@work_argument
@kind_filter
@reason_option
@pass_call
def return_work(call: Call, work: str, kind: WorkKind | None, reason: str | None) -> None:
    """Return a piece of work."""
    from coordinator_tui.book import work as use

    with call.open() as book:
        found = piece_meant(book, work, kind, "handed_in", "checked")
        done(piece_told(book, use.return_work(book, found.id, reason=reason)))


@command("uncheck", lazy("Take a check or a return back."), "coordinator-tui work uncheck 张三")
@work_argument
@kind_filter
@pass_call
def uncheck(call: Call, work: str, kind: WorkKind | None) -> None:
    """Make a piece of work unlooked at."""
    from coordinator_tui.book import work as use

    with call.open() as book:
        done(piece_told(book, use.uncheck(book, piece_meant(book, work, kind, "checked", "returned").id)))


@command("remove", lazy("Remove a piece of work entered by mistake."), "coordinator-tui work remove 张三 --kind paper")
@work_argument
@kind_filter
@yes_option
@pass_call
def remove_work(call: Call, work: str, kind: WorkKind | None, *, yes: bool) -> None:
    """Remove a piece of work."""
    from coordinator_tui.book import work as use

    with call.open() as book:
        found = piece_meant(book, work, kind, "handed_in", "checked", "returned")
        name = piece_told(book, found)
        if decide(_("Remove {name} from the book?").format(name=name), yes=yes):
            use.remove_work(book, found.id)
            done(_("Removed {name}.").format(name=name))


COMMAND = Group(
    "work",
    commands=[
        list_work,
        add_work,
        *work_checks.COMMANDS,
        return_work,
        uncheck,
        remove_work,
        *work_texts.COMMANDS,
        *work_tasks.COMMANDS,
    ],
    examples=("coordinator-tui work add 张三 --words 812", "coordinator-tui work owed"),
)
