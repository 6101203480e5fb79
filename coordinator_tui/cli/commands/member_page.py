"""`members show` and `members purge`: everything that the book holds of one person, and its removal for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.cli.common import command, decide, done, json_option, term_named, term_option, yes_option
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.output import emit, emit_facts, emit_json, emit_table, say, title
from coordinator_tui.cli.shape import argument
from coordinator_tui.cli.values import MEMBER
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.forgetting import Purge
    from coordinator_tui.book.pages import MemberPage

member_argument = argument(
    "member", type=MEMBER, about=lazy("A name, pinyin or initials; the subject in brackets where two share a name.")
)


@command("show", lazy("Show a member's term on one page."), "coordinator-tui members show 张三 --term 2026-2027-1")
@member_argument
@term_option
@json_option
@pass_call
def show_member(call: Call, member: str, term: str | None, *, as_json: bool) -> None:
    """Print a member with groups, attendance, work, leave and what is owed."""
    from coordinator_tui.book.members import find_member, member_rows
    from coordinator_tui.book.pages import member_page

    with call.open(read_only=True) as book:
        who = find_member(book, member)
        page = member_page(book, who.id, term_named(book, term) if term or len(book.terms) else None)
        if as_json:
            row = next(row for row in member_rows(book, everyone=True) if row.member.id == who.id)
            emit_json({**row.to_json(), **_page_json(book, page)})
            return
        _print_facts(page)
        _print_page(call, page)


def _page_json(book: Book, page: MemberPage) -> dict[str, object]:
    from coordinator_tui.book.leaves import leave_json
    from coordinator_tui.book.work import work_json

    return {
        "term": page.term.code,
        "memberships": [
            {"group": group.name, "role": m.role, "from": m.start, "until": m.until} for m, group in page.groups
        ],
        "attendance": {
            "expected": page.tally.expected,
            "attended": page.tally.attended,
            "rate": page.tally.rate,
            "counts": page.tally.counts,
        },
        "sessions": [
            {
                "session": x.session.id,
                "date": x.session.date,
                "topic": x.session.topic,
                "mark": x.mark,
                "minutes": x.minutes,
            }
            for x in page.sessions
        ],
        "works": [work_json(book, work) for work in page.work],
        "leaves": [leave_json(book, leave) for leave in page.leaves],
        "owed": [
            {"title": x.assignment.title, "needed": x.needed, "done": x.done, "due": x.due, "overdue": x.overdue}
            for x in page.owed
        ],
    }


def _print_facts(page: MemberPage) -> None:
    member = page.member
    emit_facts(
        [
            (_("Name"), page.name),
            (_("Gender"), {"female": _("female"), "male": _("male")}.get(member.gender or "")),
            (_("Birth"), member.birth),
            (_("Subject"), member.subject),
            (_("Stage"), member.stage),
            (_("Professional title"), member.title),
            (_("Level"), title(member.level)),
            (_("Honours"), "、".join(member.honours)),
            (_("Joined the school"), member.joined_school),
            (_("Began to work"), member.joined_work),
            (_("Spouse"), page.spouse.name if page.spouse else None),
            (_("Phone"), member.phone),
            (_("Left on"), member.active_until),
            (_("Note"), member.note),
            (_("Term"), page.term.code),
            *((_("Group"), _membership(m, group)) for m, group in page.groups),
        ]
    )


def _membership(membership: Any, group: Any) -> str:  # noqa: ANN401 - records
    parts = [group.name, title(membership.role)]
    if membership.start or membership.until:
        parts.append(f"{membership.start or ''} – {membership.until or ''}")
    return "  ".join(parts)


def _print_page(call: Call, page: MemberPage) -> None:
    from coordinator_tui.cli.commands.roll import balance, mark_text

    emit("")
    emit(balance(page.tally))
    _print_part(
        call,
        [
            (x.session.date, x.session.topic or title(x.session.kind), mark_text(x.mark, x.minutes, x.note))
            for x in page.sessions
        ],
        [_("Date"), _("Topic"), _("Mark")],
    )
    _print_part(
        call,
        [(x.date, title(x.kind), x.title, x.words, title(x.status), x.grade) for x in page.work],
        [_("Date"), _("Kind"), _("Title"), _("Words"), _("State"), _("Grade")],
    )
    _print_part(
        call,
        [(x.due, x.assignment.title, x.needed, x.done, _("overdue") if x.overdue else "") for x in page.owed],
        [_("Due"), _("Task"), _("Needed"), _("Done"), _("State")],
    )
    _print_part(
        call,
        [(title(x.kind), x.start, x.until, title(x.status), x.reason) for x in page.leaves],
        [_("Leave"), _("From"), _("Until"), _("State"), _("Reason")],
    )


def _print_part(call: Call, lines: Sequence[Sequence[object]], headers: Sequence[str]) -> None:
    if lines:
        emit("")
        emit_table(lines, headers, plain=call.plain)


@command(
    "purge",
    lazy("Take everything about a person out of the book and its history, for good."),
    "coordinator-tui members purge 张三",
    more=lazy(
        "Entry, memberships, marks, leave, work and registers go, with every value they ever had, and wherever else"
        " the name is written (speaker, host, checker, topics, notes) it is taken out; this cannot be undone. Copies"
        " of the book elsewhere forget when they next meet this one; backups and exported files do not."
    ),
)
@member_argument
@yes_option
@pass_call
def purge_member(call: Call, member: str, *, yes: bool) -> None:
    """Purge a member."""
    from coordinator_tui.book import forgetting
    from coordinator_tui.book.members import find_member

    with call.open() as book:
        plan = forgetting.plan_purge(book, find_member(book, member).id)
        for sentence in _consequences(plan):
            say(sentence)
        question = _(
            "For good: {name}, {memberships} memberships, {attendance} marks, {leaves} leaves, {work} pieces of work,"
            " {registers} entries in the registers go, from the history too. This cannot be undone. Continue?"
        )
        if decide(question.format(name=plan.name, **plan.counts(book)), yes=yes):
            forgetting.purge_member(book, plan)
            done(_("Everything about {name} is gone.").format(name=plan.name))
            _tell_where_it_stays(book, plan)


def _tell_where_it_stays(book: Book, plan: Purge) -> None:
    from coordinator_tui.book.forgetting import still_named

    files = _(", ").join(str(path.relative_to(book.folder)) for path in still_named(book, plan))
    if files:
        text = _(
            "The name still stands in {files}, written on another machine or before the book was copied here: it goes"
            " when that machine opens the book. If nobody uses that any more, run “coordinator-tui compact --all-logs”."
        )
        say(text.format(files=files))


def _consequences(plan: Purge) -> Iterator[str]:
    """Tell what a purge does beside removing what is only about the person, and what it cannot do."""
    places = plan.places()
    if places:
        yield _("The name is taken out of these too: {places}.").format(places=_(", ").join(places))
    if plan.tasks:
        yield _("Tasks that nobody else had go too: {tasks}.").format(tasks=_(", ").join(plan.tasks))
    if plan.copies:
        files = _(", ").join(f"set-aside/{path.name}" for path in plan.copies)
        yield _("Copies that were set aside and hold the name are deleted: {files}.").format(files=files)
    if plan.namesakes:
        text = _("{others} has the same name: where only the name is written, it stays.")
        yield text.format(others=_(", ").join(plan.namesakes))
    if plan.wrote:
        yield _("Changes made under the name {name} keep it as the name of who made them.").format(name=plan.name)
