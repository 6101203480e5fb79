"""`schedule`: list, show, add, edit, move, cancel, restore, remove (planning from series: `schedule_plan`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from coordinator_tui.cli.commands.schedule_plan import days, plan, series
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
    reason_option,
    session_named,
    term_named,
    term_option,
    yes_option,
)
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.errors import GAPS
from coordinator_tui.cli.output import emit_facts, emit_json, emit_table, title
from coordinator_tui.cli.shape import Decorator, Group, argument, option
from coordinator_tui.cli.values import DATE, SESSION, TEXT, TIME, CodeType
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.schedule import SessionRow
    from coordinator_tui.domain.calendar import Clash

FIELDS: tuple[Decorator, ...] = (
    option("--start", metavar="TIME", type=TIME, about=lazy("Begins at, such as 15:30.")),
    option("--end", metavar="TIME", type=TIME, about=lazy("Ends at, such as 17:00.")),
    option("--kind", metavar="CODE", type=CodeType("SessionKind"), about=lazy("Form of activity.")),
    option("--topic", metavar="TEXT", type=TEXT, about=lazy("Topic.")),
    option("--plan", metavar="TEXT", type=TEXT, about=lazy("Plan of the session.")),
    option("--speaker", metavar="NAME", type=TEXT, about=lazy("Speaker: a member, or anybody's name.")),
    option("--host", metavar="NAME", type=TEXT, about=lazy("Host.")),
    option("--recorder", metavar="NAME", type=TEXT, about=lazy("Recorder.")),
    option("--place", metavar="TEXT", type=TEXT, about=lazy("Place.")),
    option("--question", metavar="TEXT", type=TEXT, about=lazy("Question for discussion.")),
    option("--minutes", metavar="TEXT", type=TEXT, about=lazy("Minutes: what was said and agreed.")),
    date_option("--until", about=lazy("Last day of an activity of several days.")),
    option("--scope", metavar="CODE", type=CodeType("Scope"), about=lazy("How far it reaches.")),
    option("--cross-subject/--one-subject", default=None, about=lazy("Whether several subjects take part.")),
)
"""Options for the fields of a session."""

HAVES = {"plan": lazy("plan"), "topic": lazy("topic"), "speaker": lazy("speaker"), "form": lazy("form")}
"""The four haves in the language of the list."""


def _fields(function: Callable[..., Any]) -> Callable[..., Any]:
    for decorate in reversed(FIELDS):
        function = decorate(function)
    return function


session_argument = argument(
    "session", type=SESSION, about=lazy("A number, a date (the one session of that day), today, next or last.")
)


@command(
    "list",
    lazy("List the sessions of a term."),
    "coordinator-tui schedule list",
    "coordinator-tui schedule list --term 2026-2027-1 --json",
)
@term_option
@group_option
@date_option("--from", about=lazy("From this day on."))
@date_option("--until", about=lazy("Up to this day."))
@json_option
@pass_call
def list_sessions(
    call: Call,
    term: str | None,
    group: str | None,
    until: date | None,
    *,
    as_json: bool,
    **dates: Any,  # noqa: ANN401 - click's
) -> None:
    """Print sessions."""
    from coordinator_tui.book.schedule import session_rows

    with call.open(read_only=True) as book:
        found, since = group_named(book, group), dates["from"]
        rows = [
            row
            for row in session_rows(book, term=term_named(book, term), group=found.id if found else None)
            if (since is None or row.session.date >= since) and (until is None or row.session.date <= until)
        ]
        if as_json:
            emit_json([row.to_json() for row in rows])
        else:
            _print_rows(call, book, rows)


def _print_rows(call: Call, book: Book, rows: Sequence[SessionRow]) -> None:
    several = len({row.session.group for row in rows}) > 1
    headers = [_("Week"), _("Date"), _("Time"), _("Form"), _("Topic"), _("Speaker"), _("State"), _("Missing")]
    lines = [_line(row) for row in rows]
    if several:
        headers.append(_("Group"))
        lines = [(*line, _group_name(book, row.session.group)) for line, row in zip(lines, rows, strict=True)]
    emit_table(lines, headers, plain=call.plain)


def _group_name(book: Book, group: int) -> str:
    found = book.groups.find(group)
    return found.name if found else ""


def _line(row: SessionRow) -> tuple[object, ...]:
    session = row.session
    time = "-".join(part for part in (session.start, session.end) if part)
    missing = "、".join(str(HAVES.get(code, code)) for code in row.missing)
    return (
        row.week,
        session.date,
        time,
        title(session.kind),
        session.topic,
        session.speaker,
        title(session.status),
        missing,
    )


@command(
    "show", lazy("Show one session."), "coordinator-tui schedule show next", "coordinator-tui schedule show 2026-09-09"
)
@session_argument
@group_option
@json_option
@pass_call
def show_session(call: Call, session: str, group: str | None, *, as_json: bool) -> None:
    """Print one session in full."""
    from coordinator_tui.book.schedule import SessionRow, marks_of, missing
    from coordinator_tui.book.terms import week_of_day

    with call.open(read_only=True) as book:
        found = session_named(book, session, group)
        row = SessionRow(found, week_of_day(book, found.date), marks_of(book, found.id), missing(found))
        if as_json:
            emit_json(row.to_json())
        else:
            _print_facts(book, row)


def _print_facts(book: Book, row: SessionRow) -> None:
    session = row.session
    emit_facts(
        [
            (_("Number"), session.id),
            (_("Group"), _group_name(book, session.group)),
            (_("Date"), session.date),
            (_("Last day"), session.until),
            (_("Week"), row.week),
            (_("Time"), "-".join(part for part in (session.start, session.end) if part)),
            (_("Form"), title(session.kind)),
            (_("Topic"), session.topic),
            (_("Plan"), session.plan),
            (_("Speaker"), session.speaker),
            (_("Host"), session.host),
            (_("Recorder"), session.recorder),
            (_("Place"), session.place),
            (_("Scope"), title(session.scope)),
            (_("Across subjects"), _("yes") if session.cross_subject else None),
            (_("Question"), session.question),
            (_("Minutes of the session"), session.minutes),
            (_("State"), title(session.status)),
            (_("Moved from"), session.moved_from),
            (_("Reason"), session.reason),
            (_("Marked"), row.marks or None),
            (_("Missing"), "、".join(str(HAVES.get(code, code)) for code in row.missing)),
        ]
    )


@command(
    "add",
    lazy("Add a session."),
    "coordinator-tui schedule add 2026-09-09 --topic 大单元教学 --speaker 张三 --kind group_research",
    "coordinator-tui schedule add 2026-10-12 --until 2026-10-16 --topic 跨校研修 --scope region --cross-subject",
)
@argument("date", type=DATE, about=lazy("The day."))
@own_group_option
@_fields
@json_option
@pass_call
def add_session(call: Call, date: date, group: str | None, *, as_json: bool, **fields: Any) -> None:  # noqa: ANN401 - click's
    """Write a new session; usual times and place come from the settings."""
    from coordinator_tui.book.schedule import SessionRow, add_session, missing, session_title
    from coordinator_tui.book.terms import week_of_day

    with call.open() as book:
        found = group_named(book, group)
        values = given(**fields)
        for field, key in (("start", "session_start"), ("end", "session_end"), ("place", "place")):
            if fields[field] is None and book.settings.text(key):
                values[field] = book.settings.text(key)
        added = add_session(book, group=found.id if found else None, date=date, **_speaker(book, values))
        done(_("Added session {session}.").format(session=session_title(added)))
        _tell_clashes(book, added.id)
        if as_json:
            emit_json(SessionRow(added, week_of_day(book, added.date), 0, missing(added)).to_json())


def _speaker(book: Book, values: dict[str, Any]) -> dict[str, Any]:
    """Link a speaker who is a member; anybody else is kept as typed. A name that fits several is asked back."""
    from coordinator_tui.book.errors import NoSuchThing
    from coordinator_tui.book.members import find_member

    if "speaker" not in values:
        return values
    values["speaker_member"] = None
    if values["speaker"]:
        try:
            member = find_member(book, values["speaker"])
        except NoSuchThing:
            return values
        values |= {"speaker": member.name, "speaker_member": member.id}
    return values


def _tell_clashes(book: Book, session: int) -> None:
    from coordinator_tui.book.schedule import clashes
    from coordinator_tui.book.terms import term_of_day

    term = term_of_day(book, book.sessions.get(session).date)
    for clash in clashes(book, term=term) if term else ():
        if any(one.id == session for one in clash.sessions):
            done(_("Mind: {clash}").format(clash=clash_text(book, clash)))


def clash_text(book: Book, clash: Clash) -> str:
    """Return a clash as a sentence."""
    from coordinator_tui.book.members import name_of
    from coordinator_tui.book.schedule import session_title
    from coordinator_tui.domain.calendar import ClashKind

    names = [session_title(session) for session in clash.sessions]
    if clash.kind is ClashKind.HOLIDAY:
        return _("{session} falls on {holiday}.").format(session=names[0], holiday=clash.name or _("a holiday"))
    if clash.kind is ClashKind.PLACE:
        return _("{one} and {other} are both at {place}.").format(one=names[0], other=names[1], place=clash.name)
    if clash.kind is ClashKind.GROUP:
        return _("{one} and {other} are of the same group at the same time.").format(one=names[0], other=names[1])
    shown = "、".join(name_of(book, member) for member in clash.members[:5]) + ("…" if len(clash.members) > 5 else "")
    return _("{one} and {other} both expect {people}.").format(one=names[0], other=names[1], people=shown)


@command(
    "edit",
    lazy("Change what is planned for a session; an empty value takes it away."),
    "coordinator-tui schedule edit next --topic 作业设计 --host 李四",
)
@session_argument
@group_option
@_fields
@pass_call
def edit_session(call: Call, session: str, group: str | None, **fields: Any) -> None:  # noqa: ANN401 - click's
    """Write changed fields of a session."""
    from coordinator_tui.book.schedule import edit_session, session_title

    with call.open() as book:
        changes = given(**fields)
        if not changes:
            raise click.UsageError(_("Nothing to change: name a field, such as --topic"))
        changed = edit_session(book, session_named(book, session, group).id, **_speaker(book, changes))
        done(_("Changed session {session}.").format(session=session_title(changed)))
        _tell_clashes(book, changed.id)


@command(
    "move",
    lazy("Move a session to another day; the first date stays known."),
    "coordinator-tui schedule move 2026-10-02 2026-10-09 --reason 国庆放假",
)
@session_argument
@argument("to", metavar="DATE", type=DATE, about=lazy("The new day."))
@group_option
@option("--start", metavar="TIME", type=TIME, about=lazy("Begins at, such as 15:30."))
@option("--end", metavar="TIME", type=TIME, about=lazy("Ends at, such as 17:00."))
@reason_option
@pass_call
def move(
    call: Call, *, session: str, to: date, group: str | None, start: str | None, end: str | None, reason: str | None
) -> None:
    """Move a session."""
    from coordinator_tui.book.schedule import move_session, session_title

    with call.open() as book:
        now = session_named(book, session, group)
        moved = move_session(book, now.id, to, start=start, end=end, reason=reason)
        done(_("{session} is now on {day}.").format(session=session_title(now), day=moved.date))
        _tell_clashes(book, moved.id)


@command(
    "cancel", lazy("Cancel a session: it counts against nobody."), "coordinator-tui schedule cancel next --reason 停电"
)
@session_argument
@group_option
@reason_option
@pass_call
def cancel(call: Call, session: str, group: str | None, reason: str | None) -> None:
    """Cancel a session."""
    from coordinator_tui.book.schedule import cancel_session, session_title

    with call.open() as book:
        cancelled = cancel_session(book, session_named(book, session, group).id, reason=reason)
        done(_("{session} is cancelled.").format(session=session_title(cancelled)))


@command(
    "restore", lazy("Let a cancelled session take place after all."), "coordinator-tui schedule restore 2026-10-14"
)
@session_argument
@group_option
@pass_call
def restore(call: Call, session: str, group: str | None) -> None:
    """Restore a cancelled session, also when it is named by its date."""
    from coordinator_tui.book.schedule import restore_session, session_title

    with call.open() as book:
        restored = restore_session(book, _cancelled(book, session, group))
        done(_("{session} takes place.").format(session=session_title(restored)))


def _cancelled(book: Book, text: str, group: str | None) -> int:
    """Return the id of the one cancelled session of the day, else of the session that is meant."""
    from coordinator_tui.cli.context import UnreadableDateError, read_date

    try:
        day = read_date(text, book.today)
    except UnreadableDateError:
        return session_named(book, text, group).id
    found = group_named(book, group)
    there = book.sessions.where(
        lambda session: (
            session.date == day and session.status.value == "cancelled" and (found is None or session.group == found.id)
        )
    )
    return there[0].id if len(there) == 1 else session_named(book, text, group).id


@command("remove", lazy("Remove a session entered by mistake."), "coordinator-tui schedule remove 2026-10-14")
@session_argument
@group_option
@yes_option
@pass_call
def remove(call: Call, session: str, group: str | None, *, yes: bool) -> None:
    """Remove a session."""
    from coordinator_tui.book.schedule import remove_session, session_title

    with call.open() as book:
        now = session_named(book, session, group)
        name = session_title(now)
        if decide(_("Remove session {session}?").format(session=name), yes=yes):
            remove_session(book, now.id)
            done(_("Removed {name}.").format(name=name))


@command(
    "gaps",
    lazy("Show sessions without plan, topic, speaker or form, and those in each other's way."),
    "coordinator-tui schedule gaps",
    "coordinator-tui schedule gaps --check && echo complete",
)
@term_option
@group_option
@option("--check", is_flag=True, about=lazy("End with 8 if there is any."))
@json_option
@pass_call
@click.pass_context
def gaps(ctx: click.Context, call: Call, term: str | None, group: str | None, *, check: bool, as_json: bool) -> None:
    """Print sessions that lack something, then clashes."""
    from coordinator_tui.book import schedule

    with call.open(read_only=True) as book:
        found, within = group_named(book, group), term_named(book, term)
        rows = schedule.gaps(book, term=within, group=found.id if found else None)
        clashes = schedule.clashes(book, term=within)
        if as_json:
            texts = [{"kind": clash.kind.value, "text": clash_text(book, clash)} for clash in clashes]
            emit_json({"sessions": [row.to_json() for row in rows], "clashes": texts})
        else:
            _print_rows(call, book, rows)
            for clash in clashes:
                done(clash_text(book, clash))
        if check and (rows or clashes):
            ctx.exit(GAPS)


COMMAND = Group(
    "schedule",
    commands=[
        list_sessions, show_session, add_session, edit_session, series, plan, move, cancel, restore, remove, gaps, days,
    ],
    examples=("coordinator-tui schedule list", "coordinator-tui schedule add 2026-09-09 --topic 大单元教学"),
)  # fmt: skip
