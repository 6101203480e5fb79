"""`compact`: write what is derived anew, and seal what can be sealed."""

from __future__ import annotations

from coordinator_tui.cli.common import command, done
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy


@command("compact", lazy("Tidy up the book's files; nothing that the book says changes."), "coordinator-tui compact")
@pass_call
def COMMAND(call: Call) -> None:  # noqa: N802 - handed on by this name
    """Compact the book."""
    from coordinator_tui.book.care import compact

    with call.open() as book:
        compact(book)
        done(_("Tidied up {folder}.").format(folder=book.folder))
