"""`redo`: the step taken back last."""

from __future__ import annotations

from coordinator_tui.cli.common import command, done
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.errors import NO_SUCH_THING, CommandError
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy


@command("redo", lazy("Do again what was taken back last."), "coordinator-tui redo")
@pass_call
def COMMAND(call: Call) -> None:  # noqa: N802 - handed on by this name
    """Redo one step."""
    with call.open() as book:
        report = book.redo()
        if report is None:
            raise CommandError(_("There is nothing to do again."), NO_SUCH_THING)
        done(str(report))
