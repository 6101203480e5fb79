"""Options and steps that the commands about pieces of work share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from coordinator_tui.cli.output import title
from coordinator_tui.cli.shape import argument, option
from coordinator_tui.cli.values import MEMBER, PATH, TEXT, CodeType
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Work
    from coordinator_tui.domain.vocabulary import WorkKind

WORK_KIND = CodeType("WorkKind")
member_option = option("--member", "-m", metavar="MEMBER", type=MEMBER, about=lazy("Only this member."))
kind_filter = option("--kind", "-k", metavar="CODE", type=WORK_KIND, about=lazy("Only this kind."))
task_filter = option("--for", "task", metavar="TASK", type=TEXT, about=lazy("Only work for this task."))
work_argument = argument(
    "work",
    metavar="WORK",
    type=MEMBER,
    about=lazy("The number of a piece, or the member's name: the last piece meant is taken."),
)


class GivenText(NamedTuple):
    """A text that was typed or read; `file` is "" where it came from no file."""

    text: str
    file: str


def text_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate with the ways to give a text."""
    for decorate in (
        option("--encoding", metavar="NAME", type=TEXT, about=lazy("Encoding of a text file (recognised by itself).")),
        option("--text", metavar="TEXT", type=TEXT, about=lazy("The text itself; - is standard input.")),
        option(
            "--file",
            "source",
            metavar="FILE",
            type=PATH,
            about=lazy("The text is in this file: .docx, .txt or .md; - is standard input."),
        ),
    ):
        function = decorate(function)
    return function


def text_given(options: dict[str, Any]) -> GivenText | None:
    """Take the text out of the options: typed, piped in or in a file; None where none is. ImportRefused for no text."""
    from coordinator_tui.imports.piece_text import piece_text, read_piece

    source, text, encoding = (options.pop(name) for name in ("source", "text", "encoding"))
    if source is not None and text is not None:
        raise click.UsageError(_("Give the text with --text or with --file, not with both"))
    if source is not None and source != "-":
        return GivenText(*read_piece(Path(source), encoding=encoding))
    if "-" in {source, text}:
        from coordinator_tui.cli.files import read_bytes

        return GivenText(piece_text(read_bytes("-"), "-", encoding=encoding), "")
    return GivenText(text, "") if text is not None else None


def counts_words(text: str) -> str:
    """Return the length of a text both ways, by name."""
    from coordinator_tui.text import count

    han, office = count(text)
    return _("Chinese characters {han} · WPS/Word word count {office}").format(han=han, office=office)


def piece_meant(book: Book, text: str, kind: WorkKind | None, *states: str) -> Work:
    """Return the piece meant by its number, or the last one of a member in such a state (in any for none)."""
    from coordinator_tui.book.errors import NoSuchThing
    from coordinator_tui.book.members import find_member, name_of
    from coordinator_tui.book.work import works_of

    if text.isdecimal() and int(text) in book.work:
        return book.work.get(int(text))
    member = find_member(book, text)
    found = [work for work in works_of(book, member=member.id, kind=kind) if not states or work.status.value in states]
    if not found:
        sentence = lazy("{name} has handed in nothing like that; “coordinator-tui work list” shows everything.")
        raise NoSuchThing(sentence, name=name_of(book, member.id))
    return found[-1]


def piece_told(book: Book, work: Work) -> str:
    """Return a piece in a few words: whose, what, when, its state."""
    from coordinator_tui.book.members import name_of

    words = [name_of(book, work.member), title(work.kind), work.title, str(work.date), title(work.status), work.grade]
    return " ".join(word for word in words if word)
