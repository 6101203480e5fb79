"""`work`: list, add, check, return, uncheck, remove, assign, due, owed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from coordinator_tui.cli.commands import work_tasks
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
from coordinator_tui.cli.values import MEMBER, PATH, TEXT, TRAINING, CodeType
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Work
    from coordinator_tui.domain.vocabulary import WorkKind, WorkStatus

WORK_KIND = CodeType("WorkKind")
member_option = option("--member", "-m", metavar="MEMBER", type=MEMBER, about=lazy("Only this member."))
work_argument = argument(
    "work",
    metavar="WORK",
    type=MEMBER,
    about=lazy("The number of a piece, or the member's name: the last piece meant is taken."),
)
kind_filter = option("--kind", "-k", metavar="CODE", type=WORK_KIND, about=lazy("Only this kind."))


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
)
@argument("members", type=MEMBER, nargs=-1, required=True, about=lazy("One member or several."))
@option(
    "--kind", "-k", metavar="CODE", type=WORK_KIND, about=lazy("Kind of work (default: reading_note, or the task's).")
)
@option("--title", metavar="TEXT", type=TEXT, about=lazy("Title."))
@option("--words", metavar="N", type=click.IntRange(0), about=lazy("Number of words."))
@option("--file", "source", metavar="FILE", type=PATH, about=lazy("Count the words of this text; it is not kept."))
@date_option("--date", about=lazy("Day of handing in (default: today)."))
@option("--for", "task", metavar="TASK", type=TEXT, about=lazy("The task it is for: title or number."))
@option("--reading", metavar="TEXT", type=TEXT, about=lazy("The book or article it is about."))
@option("--training", metavar="TRAINING", type=TRAINING, about=lazy("The training that it reports on."))
@note_option
@json_option
@pass_call
def add_work(
    call: Call, members: tuple[str, ...], source: str | None, task: str | None, *,
    as_json: bool, **fields: Any,  # noqa: ANN401 - click's
) -> None:  # fmt: skip
    """Write one piece of work for each member, all in one step."""
    from coordinator_tui.book.members import find_member, name_of
    from coordinator_tui.book.readings import find_reading
    from coordinator_tui.book.trainings import find_training
    from coordinator_tui.book.work import find_assignment, hand_in, work_json
    from coordinator_tui.cli.files import read_text

    with call.open() as book:
        people = [find_member(book, member) for member in members]
        values = given(**fields)
        if task:
            values["assignment"] = find_assignment(book, task).id
        for name, find in (("reading", find_reading), ("training", find_training)):
            if values.get(name):
                values[name] = find(book, values[name]).id
        if source:
            values["text"] = read_text(source)
        names = "、".join(name_of(book, member.id) for member in people)
        with book.step("work.hand_in", name=names, kind=values.get("kind")):
            added = [hand_in(book, member.id, **values) for member in people]
        done(_("{names}: {kind} handed in.").format(names=names, kind=title(added[0].kind)))
        if as_json:
            emit_json([work_json(book, work) for work in added])


def _meant(book: Book, text: str, kind: WorkKind | None, *states: str) -> Work:
    """Return the piece meant by its number, or the last one of a member in such a state."""
    from coordinator_tui.book.errors import NoSuchThing
    from coordinator_tui.book.members import find_member, name_of
    from coordinator_tui.book.work import works_of

    if text.isdecimal() and int(text) in book.work:
        return book.work.get(int(text))
    member = find_member(book, text)
    found = [work for work in works_of(book, member=member.id, kind=kind) if work.status.value in states]
    if not found:
        sentence = lazy("{name} has handed in nothing like that; “coordinator-tui work list” shows everything.")
        raise NoSuchThing(sentence, name=name_of(book, member.id))
    return found[-1]


def _told(book: Book, work: Work) -> str:
    from coordinator_tui.book.members import name_of

    words = [name_of(book, work.member), title(work.kind), work.title, str(work.date), title(work.status), work.grade]
    return " ".join(word for word in words if word)


@command(
    "check",
    lazy("Note that somebody looked at a piece of work, with a grade if there is one."),
    "coordinator-tui work check 张三 A",
    "coordinator-tui work check 张三 B --kind study_note --by 王校长",
)
@work_argument
@argument("grade", required=False, type=TEXT, about=lazy("A, B or C."))
@kind_filter
@option("--by", metavar="NAME", type=TEXT, about=lazy("Who looked at it (default: who is acting)."))
@date_option("--on", about=lazy("When (default: today)."))
@pass_call
def check_work(
    call: Call, *, work: str, grade: str | None, kind: WorkKind | None, by: str | None, on: date | None
) -> None:
    """Check a piece of work."""
    from coordinator_tui.book.work import check

    with call.open() as book:
        found = _meant(book, work, kind, "handed_in", "returned", "checked")
        done(_told(book, check(book, found.id, grade, checker=by, on=on)))


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
        found = _meant(book, work, kind, "handed_in", "checked")
        done(_told(book, use.return_work(book, found.id, reason=reason)))


@command("uncheck", lazy("Take a check or a return back."), "coordinator-tui work uncheck 张三")
@work_argument
@kind_filter
@pass_call
def uncheck(call: Call, work: str, kind: WorkKind | None) -> None:
    """Make a piece of work unlooked at."""
    from coordinator_tui.book import work as use

    with call.open() as book:
        done(_told(book, use.uncheck(book, _meant(book, work, kind, "checked", "returned").id)))


@command("remove", lazy("Remove a piece of work entered by mistake."), "coordinator-tui work remove 张三 --kind paper")
@work_argument
@kind_filter
@yes_option
@pass_call
def remove_work(call: Call, work: str, kind: WorkKind | None, *, yes: bool) -> None:
    """Remove a piece of work."""
    from coordinator_tui.book import work as use

    with call.open() as book:
        found = _meant(book, work, kind, "handed_in", "checked", "returned")
        name = _told(book, found)
        if decide(_("Remove {name} from the book?").format(name=name), yes=yes):
            use.remove_work(book, found.id)
            done(_("Removed {name}.").format(name=name))


COMMAND = Group(
    "work",
    commands=[list_work, add_work, check_work, return_work, uncheck, remove_work, *work_tasks.COMMANDS],
    examples=("coordinator-tui work add 张三 --words 812", "coordinator-tui work owed"),
)
