"""`work` text, overlap, recount: the text of a piece, what it has in common with others, its length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from coordinator_tui.cli.common import (
    command,
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
from coordinator_tui.cli.output import emit, emit_json, emit_table, say, title
from coordinator_tui.cli.shape import argument, option
from coordinator_tui.cli.values import MEMBER
from coordinator_tui.cli.work_parts import (
    counts_words,
    kind_filter,
    piece_meant,
    piece_told,
    text_given,
    text_options,
    work_argument,
)
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.book.overlaps import Overlaps
    from coordinator_tui.domain.records import Work
    from coordinator_tui.domain.vocabulary import WorkKind


@command(
    "text",
    lazy("Print the text of a piece of work; with --text or --file, give it one in its place."),
    "coordinator-tui work text 张三",
    "coordinator-tui work text 张三 --file note.docx",
)
@work_argument
@kind_filter
@text_options
@option("--remove", is_flag=True, about=lazy("Take the text out of the book; the number of words stays."))
@yes_option
@json_option
@pass_call
def piece_text(
    call: Call,
    work: str,
    kind: WorkKind | None,
    *,
    remove: bool,
    yes: bool,
    as_json: bool,
    **options: Any,  # noqa: ANN401 - click's
) -> None:
    """Print, write or remove the text of a piece."""
    from coordinator_tui.book.texts import remove_text, set_text, text_of

    new = text_given(options)
    if new and remove:
        raise click.UsageError(_("Give a text or remove it, not both"))
    writes = bool(new) or remove
    with call.open(read_only=not writes) as book:
        found = piece_meant(book, work, kind)
        now = text_of(book, found.id)
        if remove:
            question = _("Remove the text of {piece} from the book?").format(piece=piece_told(book, found))
            if now is None:
                say(_("No text of it is kept."))
            elif decide(question, yes=yes) and remove_text(book, found.id):
                done(_("Removed the text of {piece}.").format(piece=piece_told(book, found)))
            return
        if new:
            question = _("{piece} has a text. Put this one in its place?").format(piece=piece_told(book, found))
            if now is not None and not decide(question, yes=yes):
                return
            found = set_text(book, found.id, new.text, new.file or None)
        _show_text(book, found, as_json=as_json)


def _show_text(book: Book, work: Work, *, as_json: bool) -> None:
    from coordinator_tui.book.errors import NoSuchThing
    from coordinator_tui.book.texts import text_of
    from coordinator_tui.book.work import work_json
    from coordinator_tui.text import count

    kept = text_of(book, work.id)
    if as_json:
        known = {"text": kept.text, "file": kept.file, **count(kept.text)._asdict()} if kept else {"text": None}
        emit_json({**work_json(book, work), **known})
        return
    if kept is None:
        sentence = lazy("No text of {piece} is kept; “coordinator-tui work text {number} --file FILE” adds it.")
        raise NoSuchThing(sentence, piece=piece_told(book, work), number=work.id)
    say(piece_told(book, work))
    say(counts_words(kept.text))
    emit(kept.text)


@command(
    "overlap",
    lazy("Show what a piece has in common with other members' and with earlier pieces: percent, and the passages."),
    "coordinator-tui work overlap 张三",
    "coordinator-tui work overlap --all --least 30 --json",
    more=lazy(
        "A passage is 12 characters or more in a row that stand in both, signs and spaces apart. Nothing is judged: "
        "what stands in quotation marks is told apart, and who wrote first is for people to say."
    ),
)
@argument(
    "work",
    metavar="WORK",
    required=False,
    type=MEMBER,
    about=lazy("The number of a piece, or the member's name: the last piece meant is taken."),
)
@option("--all", "every", is_flag=True, about=lazy("All pieces of the term, the most in common first."))
@option(
    "--least", metavar="PERCENT", type=click.IntRange(0, 100), default=1,
    about=lazy("With --all: only from so many percent on (default: 1)."),
)  # fmt: skip
@kind_filter
@group_option
@term_option
@json_option
@pass_call
def overlap(call: Call, *, work: str | None, every: bool, least: int, as_json: bool, **options: Any) -> None:  # noqa: ANN401 - click's
    """Print overlaps."""
    from coordinator_tui.book.errors import NoSuchThing
    from coordinator_tui.book.overlaps import all_overlaps, overlaps_json, overlaps_of
    from coordinator_tui.book.work import works_of

    if every == (work is not None):
        raise click.UsageError(_("Name a piece or its member, or take --all"))
    with call.open(read_only=True) as book:
        if work is not None:
            piece = piece_meant(book, work, options["kind"])
            one = overlaps_of(book, piece.id)
            if one is None:
                sentence = lazy("No text of {piece} is kept; “coordinator-tui work text {number} --file FILE” adds it.")
                raise NoSuchThing(sentence, piece=piece_told(book, piece), number=piece.id)
            emit_json(overlaps_json(book, one)) if as_json else _show(book, one, passages=True)
            return
        group = group_named(book, options["group"])
        works = works_of(
            book, term=term_named(book, options["term"]), kind=options["kind"], group=group.id if group else None
        )
        found = all_overlaps(book, works, least=least / 100)
        if as_json:
            emit_json([overlaps_json(book, one) for one in found])
            return
        for one in found:
            _show(book, one, passages=False)
        if not found:
            say(_("No piece has a passage in common with another."))


def _show(book: Book, overlaps: Overlaps, *, passages: bool) -> None:
    """Print what one piece has in common with each other, the passages one above the other."""
    from coordinator_tui.book.overlaps import percent

    emit(f"{overlaps.work.id}  {piece_told(book, overlaps.work)}  {percent(overlaps.share)}")
    for shared in overlaps.found:
        emit(f"  {shared.sentence}  {shared.other.title or ''}".rstrip())
        for here, there in shared.pairs() if passages else ():
            emit("    | " + " ".join(here.split()))
            emit("    = " + " ".join(there.split()))
    if not overlaps.found:
        say(_("Nothing in common with another piece."))


@command(
    "recount",
    lazy("Count the texts of a term anew, after the setting word_count was changed."),
    "coordinator-tui work recount --dry-run",
)
@term_option
@option("--dry-run", is_flag=True, about=lazy("Show what would be done, and do nothing."))
@yes_option
@pass_call
def recount_words(call: Call, *, term: str | None, dry_run: bool, yes: bool) -> None:
    """Write the words of pieces whose text has another length."""
    from coordinator_tui.book.members import name_of
    from coordinator_tui.book.texts import miscounted, recount

    with call.open() as book:
        found = miscounted(book, term_named(book, term))
        lines = [(x.id, x.date, name_of(book, x.member), title(x.kind), x.title, x.words, now) for x, now in found]
        headers = [_("Number"), _("Date"), _("Name"), _("Kind"), _("Title"), _("Words"), _("Counted anew")]
        emit_table(lines, headers, plain=call.plain)
        question = ngettext("Change {count} number?", "Change {count} numbers?", len(found)).format(count=len(found))
        if dry_run or not found:
            say(_("Nothing was changed."))
        elif decide(question, yes=yes):
            count = recount(book, found)
            done(ngettext("{count} number changed.", "{count} numbers changed.", count).format(count=count))


COMMANDS = [piece_text, overlap, recount_words]
