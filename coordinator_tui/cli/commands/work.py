"""`work`: list, add, check, return, uncheck, remove, assign, due, owed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

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
    own_group_option,
    reason_option,
    term_named,
    term_option,
    yes_option,
)
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.errors import GAPS
from coordinator_tui.cli.output import emit_json, emit_table, say, title
from coordinator_tui.cli.shape import Group, argument, option
from coordinator_tui.cli.values import DATE, MEMBER, PATH, TEXT, TRAINING, CodeType
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Assignment, Work
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


@command(
    "assign",
    lazy("Make a task: work that is due."),
    "coordinator-tui work assign 九月读书笔记 --kind reading_note --due 2026-09-30 --words 800",
    "coordinator-tui work assign 公开课 --kind open_lesson --due 2026-12-31 --member 张三 --member 李四",
)
@argument("title", type=TEXT, about=lazy("What the task is called."))
@option("--kind", "-k", metavar="CODE", type=WORK_KIND, required=True, about=lazy("Kind of work."))
@option("--due", metavar="DATE", type=DATE, required=True, about=lazy("When it is due."))
@date_option("--opens", about=lazy("Before this day nothing counts for it."))
@option("--pieces", metavar="N", type=click.IntRange(1), about=lazy("How many pieces (default: 1)."))
@option("--words", metavar="N", type=click.IntRange(0), about=lazy("At least so many words each."))
@option(
    "--member", "-m", "members", metavar="MEMBER", multiple=True, type=MEMBER, about=lazy("Only from these members.")
)
@option("--reading", metavar="TEXT", type=TEXT, about=lazy("The book or article it is about."))
@own_group_option
@yes_option
@json_option
@pass_call
def assign(
    call: Call,
    members: tuple[str, ...],
    reading: str | None,
    group: str | None,
    *,
    yes: bool,
    as_json: bool,
    **fields: Any,  # noqa: ANN401 - click's
) -> None:
    """Write a task; one that is there already is asked about."""
    from coordinator_tui.book import work as use
    from coordinator_tui.book.members import find_member
    from coordinator_tui.book.readings import find_reading

    with call.open() as book:
        found = group_named(book, group)
        values = given(**fields)
        if members:
            values["members"] = tuple(find_member(book, member).id for member in members)
        if reading:
            values["reading"] = find_reading(book, reading).id
        where = found.id if found else None
        question = _("There is a task {title}, due on {due}, already. Assign it another time?")
        if use.same_assignment(book, values["title"], values["kind"], values["due"], where) and not decide(
            question.format(title=values["title"], due=values["due"]), yes=yes
        ):
            return
        task = use.assign(book, group=where, **values)
        done(_("Task {title}, due on {due}.").format(title=task.title, due=task.due))
        if as_json:
            emit_json(_task_json(task))


def _task_json(task: Assignment) -> dict[str, object]:
    keys = ("id", "title", "kind", "due", "opens", "pieces", "words", "group", "members", "reading")
    return {key: getattr(task, key) for key in keys}


@command("due", lazy("List the tasks of a term, by due date."), "coordinator-tui work due")
@group_option
@term_option
@json_option
@pass_call
def due(call: Call, group: str | None, term: str | None, *, as_json: bool) -> None:
    """Print tasks with how many still owe them."""
    from coordinator_tui.book.work import assignments_of, owed

    with call.open(read_only=True) as book:
        found = group_named(book, group)
        tasks = assignments_of(book, term=term_named(book, term), group=found.id if found else None)
        owing = [item.assignment.id for item in owed(book)]
        if as_json:
            emit_json([{**_task_json(task), "owing": owing.count(task.id)} for task in tasks])
            return
        lines = [(x.id, x.due, x.title, title(x.kind), x.pieces, x.words, owing.count(x.id)) for x in tasks]
        headers = [_("Number"), _("Due"), _("Title"), _("Kind"), _("Pieces"), _("Words"), _("Owing")]
        emit_table(lines, headers, plain=call.plain)


@command(
    "owed",
    lazy("Show who still owes what, by due date."),
    "coordinator-tui work owed --member 张三",
    "coordinator-tui work owed --check && echo nobody",
)
@member_option
@group_option
@term_option
@option("--check", is_flag=True, about=lazy("End with 8 if there is any."))
@json_option
@pass_call
@click.pass_context
def owed_work(
    ctx: click.Context,
    call: Call,
    member: str | None,
    group: str | None,
    term: str | None,
    *,
    check: bool,
    as_json: bool,
) -> None:
    """Print what is owed."""
    from coordinator_tui.book.members import find_member, name_of
    from coordinator_tui.book.work import owed

    with call.open(read_only=True) as book:
        found = group_named(book, group)
        items = owed(
            book,
            term=term_named(book, term) if term else None,
            group=found.id if found else None,
            member=find_member(book, member).id if member else None,
        )
        if as_json:
            emit_json([_owed_json(book, item) for item in items])
        else:
            lines = [
                (
                    x.due,
                    name_of(book, x.member),
                    x.assignment.title,
                    x.needed,
                    x.done,
                    _("overdue") if x.overdue else "",
                )
                for x in items
            ]
            headers = [_("Due"), _("Name"), _("Task"), _("Needed"), _("Done"), _("State")]
            emit_table(lines, headers, plain=call.plain)
            say(ngettext("{count} entry.", "{count} entries.", len(items)).format(count=len(items)))
        if check and items:
            ctx.exit(GAPS)


def _owed_json(book: Book, item: Any) -> dict[str, object]:  # noqa: ANN401 - what is owed
    from coordinator_tui.book.members import name_of

    return {
        "member": item.member,
        "name": name_of(book, item.member),
        "assignment": item.assignment.id,
        "title": item.assignment.title,
        "kind": item.assignment.kind,
        "needed": item.needed,
        "done": item.done,
        "due": item.due,
        "overdue": item.overdue,
    }


COMMAND = Group(
    "work",
    commands=[list_work, add_work, check_work, return_work, uncheck, remove_work, assign, due, owed_work],
    examples=("coordinator-tui work add 张三 --words 812", "coordinator-tui work owed"),
)
