"""`backup`: a copy of the book in one zip file."""

from __future__ import annotations

from pathlib import Path

from coordinator_tui.cli.common import command, done, force_option
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.output import emit
from coordinator_tui.cli.shape import option
from coordinator_tui.cli.values import PATH
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy


@command("backup", lazy("Put a copy of the book into one zip file."), "coordinator-tui backup -o 英语组-2026-11-20.zip")
@option(
    "--output",
    "-o",
    metavar="ZIP",
    type=PATH,
    about=lazy("The file (default: the book's name and the day, here)."),
)
@force_option
@pass_call
def COMMAND(call: Call, output: str | None, *, force: bool) -> None:  # noqa: N802 - handed on by this name
    """Write the archive and print where it is."""
    from coordinator_tui.book.care import backup

    folder = call.folder
    target = Path(output).expanduser() if output else Path(f"{folder.stem}-{call.today.isoformat()}.zip")
    written = backup(folder, target, force=force)
    done(_("The book was copied to {file}.").format(file=written))
    emit(str(written))
