"""`trainings`: list, add, edit, relay, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.cli.common import (
    command,
    date_option,
    day_text,
    decide,
    done,
    given,
    json_option,
    note_option,
    session_named,
    yes_option,
)
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.output import emit_json, emit_table, title
from coordinator_tui.cli.register_parts import (
    changes_of,
    first_filter,
    last_filter,
    member_filter,
    member_id,
    member_option,
    only_term,
    term_filter,
    title_option,
    with_options,
)
from coordinator_tui.cli.shape import Decorator, Group, argument, option
from coordinator_tui.cli.values import FIGURE, MEMBER, SESSION, SHARE, TEXT, TRAINING, CodeType
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, pgettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Training

FIELDS: tuple[Decorator, ...] = (
    date_option("--from", "start", about=lazy("First day (default: today).")),
    date_option("--until", about=lazy("Last day (default: the first).")),
    option("--hours", metavar="N", type=FIGURE, about=lazy("Credit hours.")),
    option("--area", metavar="CODE", type=CodeType("TrainingArea"), about=lazy("What the hours count as.")),
    option("--level", metavar="CODE", type=CodeType("AwardLevel"), about=lazy("Level.")),
    option("--organiser", metavar="TEXT", type=TEXT, about=lazy("Who held it.")),
    option("--missed", metavar="SHARE", type=SHARE, about=lazy("Share that was missed: 25%, 1/3 or 0.25.")),
    note_option,
)
training_argument = argument(
    "training", type=TRAINING, about=lazy("Its number, its title or a piece of it, or the member if there is only one.")
)


@command(
    "list",
    lazy("List trainings, the latest first, and what is still missing after them."),
    "coordinator-tui trainings list",
    "coordinator-tui trainings list --member 张三 --term 2026-2027-1 --json",
)
@member_filter
@option("--area", metavar="CODE", type=CodeType("TrainingArea"), about=lazy("Only this subject area."))
@term_filter
@first_filter
@last_filter
@json_option
@pass_call
def list_trainings(call: Call, member: str | None, term: str | None, *, as_json: bool, **filters: Any) -> None:  # noqa: ANN401 - click's
    """Print trainings."""
    from coordinator_tui.book.trainings import training_json, trainings_of

    with call.open(read_only=True) as book:
        found = trainings_of(book, member=member_id(book, member), term=only_term(book, term), **filters)
        if as_json:
            emit_json([training_json(book, training) for training in found])
        else:
            _print(call, book, found)


def _print(call: Call, book: Book, trainings: Sequence[Training]) -> None:
    from coordinator_tui.book.members import name_of
    from coordinator_tui.book.registers import figure_words, share_words
    from coordinator_tui.book.trainings import relayed, reported

    def yes(training: Training, among: set[int]) -> str:
        return _("yes") if training.id in among else pgettext("after a training", "missing")

    lines = [
        (
            x.id, name_of(book, x.member), x.title, x.start, day_text(x.until), figure_words(x.hours), title(x.area),
            share_words(x.missed), yes(x, reported(book)), yes(x, relayed(book)),
        )
        for x in trainings
    ]  # fmt: skip
    headers = [
        _("Number"), _("Name"), _("Training"), _("From"), _("Until"), _("Hours"), _("Subject area"), _("Missed"),
        pgettext("after a training", "Report"), _("Relayed"),
    ]  # fmt: skip
    emit_table(lines, headers, plain=call.plain)


@command(
    "add",
    lazy("Note a member's training; its report and relay are noted when they come."),
    "coordinator-tui trainings add 张三 统编教材培训 --from 2026-10-12 --until 2026-10-16 --hours 24",
    "coordinator-tui trainings add 李四 师德专题 --hours 8 --area public --missed 25%",
)
@argument("member", type=MEMBER, about=lazy("Who went."))
@argument("title", type=TEXT, about=lazy("What it was called."))
@with_options(FIELDS)
@json_option
@pass_call
def add_training(call: Call, member: str, title: str, *, as_json: bool, **fields: Any) -> None:  # noqa: ANN401 - click's
    """Write a training."""
    from coordinator_tui.book import trainings
    from coordinator_tui.book.members import find_member

    with call.open() as book:
        added = trainings.add_training(book, find_member(book, member).id, title, **given(**fields))
        done(_("Noted: {thing}.").format(thing=trainings.training_words(book, added)))
        if as_json:
            emit_json(trainings.training_json(book, added))


@command(
    "edit",
    lazy("Change a training; an empty value takes it away."),
    "coordinator-tui trainings edit 统编教材培训 --hours 20",
)
@training_argument
@title_option
@member_option
@with_options(FIELDS)
@pass_call
def edit_training(call: Call, training: str, member: str | None, **fields: Any) -> None:  # noqa: ANN401 - click's
    """Write changed fields of a training."""
    from coordinator_tui.book import trainings

    with call.open() as book:
        changes = changes_of("--hours", member=member_id(book, member), **fields)
        changed = trainings.edit_training(book, trainings.find_training(book, training).id, **changes)
        done(_("Changed {name}.").format(name=trainings.training_words(book, changed)))


@command(
    "relay",
    lazy("Note that the member told the group what they had learned."),
    "coordinator-tui trainings relay 统编教材培训 --session 2026-10-21",
)
@training_argument
@date_option("--on", about=lazy("When (default: today, or the session's day)."))
@option("--session", metavar="SESSION", type=SESSION, about=lazy("At which session."))
@note_option
@pass_call
def relay(call: Call, training: str, on: date | None, session: str | None, note: str | None) -> None:
    """Write the entry of a relay."""
    from coordinator_tui.book import trainings
    from coordinator_tui.book.entries import entry_words

    with call.open() as book:
        found = trainings.find_training(book, training)
        meeting = session_named(book, session).id if session else None
        entry = trainings.relay_training(book, found.id, date=on, session=meeting, note=note)
        done(_("Noted: {thing}.").format(thing=entry_words(book, entry)))


@command("remove", lazy("Remove a training entered by mistake."), "coordinator-tui trainings remove 统编教材培训")
@training_argument
@yes_option
@pass_call
def remove_training(call: Call, training: str, *, yes: bool) -> None:
    """Remove a training."""
    from coordinator_tui.book import trainings

    with call.open() as book:
        found = trainings.find_training(book, training)
        name = trainings.training_words(book, found)
        if decide(_("Remove {name} from the book?").format(name=name), yes=yes):
            trainings.remove_training(book, found.id)
            done(_("Removed {name}.").format(name=name))


COMMAND = Group(
    "trainings",
    commands=[list_trainings, add_training, edit_training, relay, remove_training],
    examples=("coordinator-tui trainings list",),
)
