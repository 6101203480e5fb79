"""`restore`: a book made of a copy."""

from __future__ import annotations

from pathlib import Path

from coordinator_tui.cli.common import command, done
from coordinator_tui.cli.context import pass_call
from coordinator_tui.cli.output import emit
from coordinator_tui.cli.shape import argument
from coordinator_tui.cli.values import PATH, TEXT
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy


@command(
    "restore",
    lazy("Make a book of a copy, in a new folder."),
    "coordinator-tui restore 英语组-2026-11-20.zip 英语组-restored",
)
@argument("archive", metavar="ZIP", type=PATH, about=lazy("What “backup” wrote."))
@argument("folder", metavar="DIR", type=TEXT, about=lazy("Where the book goes; .coord is added to the name."))
@pass_call
def COMMAND(_call: object, archive: str, folder: str) -> None:  # noqa: N802 - handed on by this name
    """Unpack the archive and print where the book is."""
    from coordinator_tui.book import places
    from coordinator_tui.book.care import restore

    path = restore(Path(archive).expanduser(), places.book_folder(folder))
    places.remember(path)
    done(_("The book is at {folder}.").format(folder=path))
    emit(str(path))
