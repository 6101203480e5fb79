"""`readings`: list, add, edit, remove; the article of each week; who read what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from coordinator_tui.cli.common import (
    command,
    date_option,
    day_text,
    decide,
    done,
    given,
    group_named,
    group_option,
    json_option,
    note_option,
    term_named,
    term_option,
    yes_option,
)
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.errors import GAPS
from coordinator_tui.cli.output import emit_json, emit_table, say, title
from coordinator_tui.cli.shape import Decorator, Group, argument, option
from coordinator_tui.cli.values import GROUP, MEMBER, READING, TEXT, CodeType
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordinator_tui.domain.records import Reading

FIELDS: tuple[Decorator, ...] = (
    option("--kind", metavar="CODE", type=CodeType("ReadingKind"), about=lazy("Book or article.")),
    option("--author", metavar="TEXT", type=TEXT, about=lazy("Author.")),
    option("--recommended-by", metavar="NAME", type=TEXT, about=lazy("Who recommends it.")),
    date_option("--date", about=lazy("Day of recommending (default: today).")),
    date_option("--due", about=lazy("To be read by.")),
    note_option,
)
reading_argument = argument("reading", type=READING, about=lazy("Its title, a piece of it, its pinyin, or its number."))


def _fields(function: Callable[..., Any]) -> Callable[..., Any]:
    for decorate in reversed(FIELDS):
        function = decorate(function)
    return function


@command("list", lazy("List what is recommended to read."), "coordinator-tui readings list --json")
@group_option
@json_option
@pass_call
def list_readings(call: Call, group: str | None, *, as_json: bool) -> None:
    """Print readings, the latest first."""
    from coordinator_tui.book.readings import all_readings

    with call.open(read_only=True) as book:
        found = group_named(book, group)
        readings = all_readings(book, found.id if found else None)
        if as_json:
            emit_json([_json(reading) for reading in readings])
            return
        lines = [
            (x.title, x.author, title(x.kind), day_text(x.date), day_text(x.due), x.recommended_by) for x in readings
        ]
        headers = [_("Title"), _("Author"), _("Kind"), _("Date"), _("Due"), _("Recommended by")]
        emit_table(lines, headers, plain=call.plain)


def _json(reading: Reading) -> dict[str, object]:
    keys = ("id", "title", "kind", "author", "group", "recommended_by", "date", "due", "note")
    return {key: getattr(reading, key) for key in keys}


@command(
    "add",
    lazy("Recommend something to read."),
    "coordinator-tui readings add 《给教师的建议》 --author 苏霍姆林斯基 --due 2026-10-31",
    "coordinator-tui readings add 慢下来的课堂 --kind article --recommended-by 王校长",
)
@argument("title", type=TEXT, about=lazy("Title."))
@option("--group", "-g", metavar="GROUP", type=GROUP, about=lazy("For this group only."))
@_fields
@yes_option
@json_option
@pass_call
def add_reading(call: Call, title: str, group: str | None, *, yes: bool, as_json: bool, **fields: Any) -> None:  # noqa: ANN401 - click's
    """Write a new reading; one that is there already is asked about."""
    from coordinator_tui.book import readings

    with call.open() as book:
        found = group_named(book, group)
        question = _("“{title}” is in the book already. Add it another time?")
        if readings.same_reading(book, title, fields.get("author")) and not decide(
            question.format(title=title), yes=yes
        ):
            return
        added = readings.add_reading(book, title, group=found.id if found else None, **given(**fields))
        done(_("Added {name}.").format(name=added.title))
        if as_json:
            emit_json(_json(added))


@command(
    "edit",
    lazy("Change a reading; an empty value takes it away."),
    "coordinator-tui readings edit 给教师的建议 --due 2026-11-30",
)
@reading_argument
@option("--title", metavar="TEXT", type=TEXT, about=lazy("Title."))
@_fields
@pass_call
def edit_reading(call: Call, reading: str, **fields: Any) -> None:  # noqa: ANN401 - click's
    """Write changed fields of a reading."""
    from coordinator_tui.book import readings

    with call.open() as book:
        changes = given(**fields)
        if not changes:
            raise click.UsageError(_("Nothing to change: name a field, such as --due"))
        changed = readings.edit_reading(book, readings.find_reading(book, reading).id, **changes)
        done(_("Changed {name}.").format(name=changed.title))


@command(
    "remove", lazy("Remove a reading that nothing was handed in on."), "coordinator-tui readings remove 给教师的建议"
)
@reading_argument
@yes_option
@pass_call
def remove_reading(call: Call, reading: str, *, yes: bool) -> None:
    """Remove a reading."""
    from coordinator_tui.book import readings

    with call.open() as book:
        found = readings.find_reading(book, reading)
        if decide(_("Remove {name} from the book?").format(name=found.title), yes=yes):
            readings.remove_reading(book, found.id)
            done(_("Removed {name}.").format(name=found.title))


@command(
    "weekly",
    lazy("Show the article recommended in each week of a term, and which weeks have none yet."),
    "coordinator-tui readings weekly",
    "coordinator-tui readings weekly --check && echo every week",
)
@group_option
@term_option
@option("--check", is_flag=True, about=lazy("End with 8 if a week that is over has none."))
@json_option
@pass_call
@click.pass_context
def weekly(ctx: click.Context, call: Call, group: str | None, term: str | None, *, check: bool, as_json: bool) -> None:
    """Print the weeks."""
    from coordinator_tui.book.reading_weeks import WEEK_TITLES, WeekState, weekly_articles

    with call.open(read_only=True) as book:
        found = group_named(book, group)
        weeks = weekly_articles(book, term=term_named(book, term), group=found.id if found else None)
        if as_json:
            emit_json([week.to_json() for week in weeks])
        else:
            lines = [
                (
                    week.number,
                    week.monday,
                    week.sunday,
                    WEEK_TITLES[week.state],
                    one.title if one else None,
                    one.author if one else None,
                    one.recommended_by if one else None,
                )
                for week in weeks
                for one in week.articles or (None,)
            ]
            headers = [_("Week"), _("From"), _("Until"), _("State"), _("Article"), _("Author"), _("Recommended by")]
            emit_table(lines, headers, plain=call.plain)
        missing = sum(week.state is WeekState.NONE for week in weeks)
        if missing:
            say(
                ngettext("{count} week has no article.", "{count} weeks have no article.", missing).format(
                    count=missing
                )
            )
        if check and missing:
            ctx.exit(GAPS)


@command(
    "read",
    lazy("Show what each member read in a term, by the work handed in on it."),
    "coordinator-tui readings read --member 张三",
)
@option("--member", "-m", metavar="MEMBER", type=MEMBER, about=lazy("Only this member."))
@group_option
@term_option
@json_option
@pass_call
def read(call: Call, member: str | None, group: str | None, term: str | None, *, as_json: bool) -> None:
    """Print who read what."""
    from coordinator_tui.book.members import find_member
    from coordinator_tui.book.reading_weeks import read_by

    with call.open(read_only=True) as book:
        found = group_named(book, group)
        people = read_by(
            book,
            term=term_named(book, term),
            group=found.id if found else None,
            member=find_member(book, member).id if member else None,
        )
        if as_json:
            emit_json([one.to_json() for one in people])
            return
        lines = [
            (one.name, one.books, len(one.readings), "；".join(reading.title for reading, _works in one.readings))
            for one in people
        ]
        emit_table(lines, [_("Name"), _("Books"), _("Readings"), _("Titles")], plain=call.plain)


COMMAND = Group(
    "readings",
    commands=[list_readings, add_reading, edit_reading, remove_reading, weekly, read],
    examples=("coordinator-tui readings list", "coordinator-tui readings weekly"),
)
