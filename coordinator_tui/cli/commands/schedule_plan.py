"""`schedule series|plan|days`: recurring sessions, the term planned from them, the school's calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

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
from coordinator_tui.cli.output import emit_json, emit_table, say, title
from coordinator_tui.cli.shape import argument, option
from coordinator_tui.cli.values import MEMBER, TEXT, TIME, CodeType
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, pgettext

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.series import PlanPreview
    from coordinator_tui.domain.records import Series, Session

WEEKDAYS = (
    lazy("Monday"),
    lazy("Tuesday"),
    lazy("Wednesday"),
    lazy("Thursday"),
    lazy("Friday"),
    lazy("Saturday"),
    lazy("Sunday"),
)


def weekday_name(number: int | None) -> str:
    """Return the name of a weekday, 1 for Monday."""
    return str(WEEKDAYS[number - 1]) if number and 1 <= number <= 7 else ""


@command("series", lazy("List the recurring sessions."), "coordinator-tui schedule series --json")
@group_option
@json_option
@pass_call
def series(call: Call, group: str | None, *, as_json: bool) -> None:
    """Print the series."""
    from coordinator_tui.book.series import all_series

    with call.open(read_only=True) as book:
        found = group_named(book, group)
        rows = all_series(book, found.id if found else None)
        if as_json:
            emit_json([_series_json(row) for row in rows])
            return
        lines = [
            (s.name, weekday_name(s.weekday), f"{s.start}-{s.end}", s.every, title(s.kind), s.place, "、".join(s.hosts))
            for s in rows
        ]
        headers = [_("Series"), _("Weekday"), _("Time"), _("Every … weeks"), _("Form"), _("Place"), _("Hosts")]
        emit_table(lines, headers, plain=call.plain)


def _series_json(row: Series) -> dict[str, object]:
    return {
        "id": row.id,
        "name": row.name,
        "group": row.group,
        "kind": row.kind.value,
        "weekday": row.weekday,
        "start": row.start,
        "end": row.end,
        "every": row.every,
        "place": row.place,
        "hosts": list(row.hosts),
        "speakers": list(row.speakers),
    }


@command(
    "plan",
    lazy("Plan a term's sessions from a series: holidays are skipped, moved workdays honoured."),
    "coordinator-tui schedule plan 教研活动 --weekday 3 --start 15:30 --end 17:00 --dry-run",
    "coordinator-tui schedule plan 教研活动 --yes",
    more=lazy(
        "A name that is new makes the series (--weekday is needed then); a known one is planned again, and only dates"
        " without a session are filled. Hosts and speakers take turns."
    ),
)
@argument("name", metavar="SERIES", type=TEXT, about=lazy("Name of the series."))
@option("--weekday", metavar="1-7", type=click.IntRange(1, 7), about=lazy("1 is Monday, 7 is Sunday."))
@option("--start", metavar="TIME", type=TIME, about=lazy("Begins at, such as 15:30."))
@option("--end", metavar="TIME", type=TIME, about=lazy("Ends at, such as 17:00."))
@option("--every", metavar="WEEKS", type=click.IntRange(1, 26), about=lazy("Every how many weeks (default: 1)."))
@option("--kind", metavar="CODE", type=CodeType("SessionKind"), about=lazy("Form of activity."))
@option("--place", metavar="TEXT", type=TEXT, about=lazy("Place."))
@option("--host", "hosts", metavar="NAME", multiple=True, type=TEXT, about=lazy("A host; may be repeated."))
@option(
    "--speaker", "speakers", metavar="MEMBER", multiple=True, type=MEMBER, about=lazy("A speaker; may be repeated.")
)
@own_group_option
@term_option
@date_option("--from", about=lazy("From this day on."))
@date_option("--until", about=lazy("Up to this day."))
@option("--dry-run", is_flag=True, about=lazy("Only show what would be planned."))
@yes_option
@json_option
@pass_call
def plan(
    call: Call, name: str, group: str | None, term: str | None, until: date | None, *,
    dry_run: bool, yes: bool, as_json: bool, **fields: Any,  # noqa: ANN401 - click's
) -> None:  # fmt: skip
    """Make or find the series, show the dates, write the sessions."""
    from coordinator_tui.book.series import commit_plan

    since = fields.pop("from")
    with call.open() as book:
        wish = _Wish(name, group, given(**fields), term, since, until)
        preview = _tried(book, wish)
        _narrate(book, preview)
        if as_json:
            emit_json([_session_json(session) for session in preview.sessions])
        question = _("Add these sessions ({count})?").format(count=len(preview.sessions))
        if dry_run or not preview.sessions or not decide(question, yes=yes):
            say(_("Nothing was written."))
            return
        with book.step("sessions.plan", count=len(preview.sessions), name=name):
            added = commit_plan(book, _preview(book, wish))
        done(_("Sessions planned: {count}.").format(count=len(added)))


class _Wish(NamedTuple):
    """What is to be planned: the series by name with what was said of it, and when."""

    name: str
    group: str | None
    fields: dict[str, Any]
    term: str | None
    since: date | None
    until: date | None


class _TriedError(Exception):
    """Ends a step of which nothing is to stay."""


def _tried(book: Book, wish: _Wish) -> PlanPreview:
    """Return what planning would add; the series it may need is made, and taken back by not finishing the step."""
    previews = []
    try:
        with book.step("sessions.plan", count=0, name=wish.name):
            previews.append(_preview(book, wish))
            raise _TriedError  # noqa: TRY301 - this is how a step is left without writing
    except _TriedError:
        return previews[0]


def _preview(book: Book, wish: _Wish) -> PlanPreview:
    from coordinator_tui.book.series import preview_plan

    made = _series(book, wish)
    return preview_plan(book, made.id, term=term_named(book, wish.term), from_=wish.since, until=wish.until)


def _series(book: Book, wish: _Wish) -> Series:
    """Return the series of that name with what was said of it; a new one needs its weekday."""
    from coordinator_tui.book.errors import NoSuchThing
    from coordinator_tui.book.members import find_member
    from coordinator_tui.book.series import add_series, edit_series, find_series
    from coordinator_tui.domain.vocabulary import SessionKind

    fields = dict(wish.fields)
    if fields.get("speakers"):
        fields["speakers"] = tuple(find_member(book, speaker).id for speaker in fields["speakers"])
    try:
        known = find_series(book, wish.name)
    except NoSuchThing:
        if "weekday" not in fields:
            sentence = _("There is no series “{name}”; to make it, name its weekday with --weekday 1-7")
            raise click.UsageError(sentence.format(name=wish.name)) from None
        usual = {"start": book.settings.text("session_start"), "end": book.settings.text("session_end")}
        fields = {"kind": SessionKind.GROUP_RESEARCH, **usual, **fields}
        found = group_named(book, wish.group)
        return add_series(book, wish.name, group=found.id if found else None, **fields)
    return edit_series(book, known.id, **fields) if fields else known


def _narrate(book: Book, preview: PlanPreview) -> None:
    """Show on stderr what would be added, what is skipped and why, and what gets in the way."""
    from coordinator_tui.domain.terms import week_of

    for session in preview.sessions:
        week = _("week {number}").format(number=week_of(preview.term, session.date))
        parts = (
            session.date,
            weekday_name(session.date.isoweekday()),
            week,
            session.start,
            session.host,
            session.speaker,
        )
        say("  ".join(str(part) for part in parts if part))
    narrate_rest(book, preview)


def narrate_rest(book: Book, preview: PlanPreview) -> None:
    """Show on stderr what is skipped and why, and what gets in the way."""
    from coordinator_tui.cli.commands.schedule import clash_text

    for skipped in preview.skipped:
        say(_("{day} is left out: {why}").format(day=skipped.date, why=skipped.note or _("a holiday")))
    for clash in preview.clashes:
        say(_("Mind: {clash}").format(clash=clash_text(book, clash)))
    for year in preview.unpublished:
        say(_("The holidays of {year} are not published yet; look again when they are.").format(year=year))


def _session_json(session: Session) -> dict[str, object]:
    return {
        "id": session.id,
        "date": session.date,
        "start": session.start,
        "end": session.end,
        "kind": session.kind,
        "host": session.host,
        "speaker": session.speaker,
        "place": session.place,
    }


@command(
    "days",
    lazy("Show or change the school calendar: holidays and moved workdays."),
    "coordinator-tui schedule days",
    "coordinator-tui schedule days --load 2026",
    "coordinator-tui schedule days --holiday 2026-11-06 --name 运动会",
    "coordinator-tui schedule days --workday 2026-10-10 --weekday 3",
)
@option("--load", "year", metavar="YEAR", type=int, about=lazy("Load the published holidays of a year."))
@date_option("--holiday", about=lazy("Make this day a holiday."))
@date_option("--workday", about=lazy("Make this day a workday."))
@date_option("--clear", about=lazy("Make this day an ordinary one."))
@option("--name", metavar="TEXT", type=TEXT, about=lazy("What the day is called."))
@option("--weekday", metavar="1-7", type=click.IntRange(1, 7), about=lazy("The weekday whose timetable it carries."))
@term_option
@json_option
@pass_call
def days(
    call: Call, *, year: int | None, holiday: date | None, workday: date | None, clear: date | None,
    name: str | None, weekday: int | None, term: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Change days if asked to, else print them."""
    from coordinator_tui.book import calendar
    from coordinator_tui.domain.vocabulary import DayKind

    with call.open(read_only=not (year or holiday or workday or clear)) as book:
        if year:
            count = calendar.load_calendar(book, year)
            done(_("{count} holidays and moved workdays were loaded.").format(count=count))
        for day, kind in ((holiday, DayKind.HOLIDAY), (workday, DayKind.WORKDAY)):
            if day:
                calendar.set_day(book, day, kind, name=name, weekday=weekday)
                done(_("{day}: {kind} {name}").format(day=day, kind=title(kind), name=name or "").rstrip())
        if clear:
            calendar.clear_day(book, clear)
            done(_("{day} is an ordinary day.").format(day=clear))
        if not (year or holiday or workday or clear) or as_json:
            _print_days(call, book, term, as_json=as_json)


def _print_days(call: Call, book: Book, term: str | None, *, as_json: bool) -> None:
    from coordinator_tui.book import calendar

    known = calendar.days(book, term_named(book, term) if term or len(book.terms) else None)
    if as_json:
        keys = ("id", "date", "kind", "name", "weekday")
        emit_json([{key: getattr(day, key) for key in keys} for day in known])
        return
    lines = [
        (day.date, weekday_name(day.date.isoweekday()), title(day.kind), day.name, weekday_name(day.weekday))
        for day in known
    ]
    headers = [_("Date"), _("Weekday"), _("Kind"), pgettext("thing", "Name"), _("Timetable of")]
    emit_table(lines, headers, plain=call.plain)
