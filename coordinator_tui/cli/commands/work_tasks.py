"""`work` assign, reassign, unassign, due, owed: work that is due, by assignments and by the rules in force."""

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
    own_group_option,
    term_named,
    term_option,
    yes_option,
)
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.errors import GAPS
from coordinator_tui.cli.output import emit_json, emit_table, say, title
from coordinator_tui.cli.shape import argument, option
from coordinator_tui.cli.values import MEMBER, TEXT, CodeType
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.book.rule_tasks import Proposal
    from coordinator_tui.domain.records import Assignment

WORK_KIND = CodeType("WorkKind")
member_option = option("--member", "-m", metavar="MEMBER", type=MEMBER, about=lazy("Only this member."))
task_argument = argument("task", type=TEXT, about=lazy("The task's title or number."))


@command(
    "assign",
    lazy("Make a task: work that is due."),
    "coordinator-tui work assign 九月读书笔记 --kind reading_note --due 2026-09-30 --words 800",
    "coordinator-tui work assign 公开课 --kind open_lesson --due 2026-12-31 --member 张三 --member 李四",
    "coordinator-tui work assign --from-rules",
)
@argument("title", type=TEXT, required=False, about=lazy("What the task is called."))
@option("--kind", "-k", metavar="CODE", type=WORK_KIND, about=lazy("Kind of work."))
@date_option("--due", about=lazy("When it is due."))
@date_option("--opens", about=lazy("Before this day nothing counts for it."))
@option("--pieces", metavar="N", type=click.IntRange(1), about=lazy("How many pieces (default: 1)."))
@option("--words", metavar="N", type=click.IntRange(0), about=lazy("At least so many words each."))
@option(
    "--member", "-m", "members", metavar="MEMBER", multiple=True, type=MEMBER, about=lazy("Only from these members.")
)
@option("--reading", metavar="TEXT", type=TEXT, about=lazy("The book or article it is about."))
@option("--from-rules", is_flag=True, about=lazy("Make the tasks that the rules in force ask for by now."))
@option("--coming", is_flag=True, about=lazy("With --from-rules: also those of the rest of the term."))
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
    from_rules: bool,
    coming: bool,
    yes: bool,
    as_json: bool,
    **fields: Any,  # noqa: ANN401 - click's
) -> None:
    """Write a task; one that is there already is asked about."""
    if from_rules:
        _assign_from_rules(call, group, coming=coming, yes=yes, as_json=as_json)
        return
    missing = [name for name in ("title", "kind", "due") if not fields.get(name)]
    if missing:
        names = {"title": "TITLE", "kind": "--kind", "due": "--due"}
        raise click.UsageError(_("A task needs {what}.").format(what=", ".join(names[name] for name in missing)))
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


def _assign_from_rules(call: Call, group: str | None, *, coming: bool, yes: bool, as_json: bool) -> None:
    """Make the tasks that the rules ask for, after showing them."""
    from coordinator_tui.book.rule_tasks import assign_from_rules, proposals

    with call.open() as book:
        found = group_named(book, group)
        where = found.id if found else book.group.id
        wanted = proposals(book, group=where, coming=coming)
        for each in wanted:
            people = ngettext("{count} member", "{count} members", len(each.members)).format(count=len(each.members))
            say(f"{each.due}  {each.title}  {people}")
        made: list[Assignment] = []
        question = _("Make {count} tasks?").format(count=len(wanted))
        if wanted and decide(question, yes=yes):
            made = assign_from_rules(book, wanted, group=where)
        done(ngettext("{count} task made.", "{count} tasks made.", len(made)).format(count=len(made)))
        if as_json:
            emit_json([_task_json(task) for task in made])


@command(
    "reassign",
    lazy("Change a task: its title, its due date, how much is wanted."),
    "coordinator-tui work reassign 九月读书笔记 --due 2026-10-08",
)
@task_argument
@option("--title", metavar="TEXT", type=TEXT, about=lazy("What the task is called."))
@date_option("--due", about=lazy("When it is due."))
@date_option("--opens", about=lazy("Before this day nothing counts for it."))
@option("--pieces", metavar="N", type=click.IntRange(1), about=lazy("How many pieces (default: 1)."))
@option("--words", metavar="N", type=click.IntRange(0), about=lazy("At least so many words each."))
@pass_call
def reassign(call: Call, task: str, **fields: Any) -> None:  # noqa: ANN401 - click's
    """Write changed fields of a task."""
    from coordinator_tui.book import work as use

    changes = given(**fields)
    if not changes:
        raise click.UsageError(_("Nothing to change: name a field, such as --due"))
    with call.open() as book:
        changed = use.edit_assignment(book, use.find_assignment(book, task).id, **changes)
        done(_("Task {title}, due on {due}.").format(title=changed.title, due=changed.due))


@command("unassign", lazy("Remove a task; work handed in for it stays."), "coordinator-tui work unassign 九月读书笔记")
@task_argument
@yes_option
@pass_call
def unassign(call: Call, task: str, *, yes: bool) -> None:
    """Remove a task."""
    from coordinator_tui.book import work as use

    with call.open() as book:
        found = use.find_assignment(book, task)
        if decide(_("Remove {name} from the book?").format(name=found.title), yes=yes):
            use.remove_assignment(book, found.id)
            done(_("Removed {name}.").format(name=found.title))


def _task_json(task: Assignment) -> dict[str, object]:
    keys = ("id", "title", "kind", "due", "opens", "pieces", "words", "group", "members", "reading", "requirement")
    return {key: getattr(task, key) for key in keys}


def _proposal_json(each: Proposal) -> dict[str, object]:
    keys = ("title", "kind", "due", "opens", "pieces", "members", "requirement")
    return {"id": None, **{key: getattr(each, key) for key in keys}, "owing": len(each.members)}


@command(
    "due",
    lazy("List the tasks of a term and what the rules in force ask for, by due date."),
    "coordinator-tui work due",
)
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
        ruled = _asked_by_rules(book, found.id if found else None, term)
        if as_json:
            emit_json(
                [{**_task_json(task), "owing": owing.count(task.id)} for task in tasks] + [*map(_proposal_json, ruled)]
            )
            return
        lines: list[tuple[object, ...]] = [
            (x.id, x.due, x.title, title(x.kind), x.pieces, x.words, owing.count(x.id)) for x in tasks
        ]
        lines += [(_("rule"), x.due, x.title, title(x.kind), x.pieces, "", len(x.members)) for x in ruled]
        headers = [_("Number"), _("Due"), _("Title"), _("Kind"), _("Pieces"), _("Words"), _("Owing")]
        emit_table(lines, headers, plain=call.plain)


def _asked_by_rules(book: Book, group: int | None, term: str | None) -> list[Proposal]:
    """Return what the rules ask for by now beside the tasks; only of the current term."""
    from coordinator_tui.book.rule_tasks import proposals

    return proposals(book, group=group) if term is None else []


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


COMMANDS = [assign, reassign, unassign, due, owed_work]
