"""`undo`: the last step of this user on this machine."""

from __future__ import annotations

from coordinator_tui.cli.common import command, done
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.errors import NO_SUCH_THING, CommandError
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy


@command("undo", lazy("Take back your last step on this machine."), "coordinator-tui undo")
@pass_call
def COMMAND(call: Call) -> None:  # noqa: N802 - handed on by this name
    """Undo one step."""
    with call.open() as book:
        report = book.undo()
        if report is None:
            raise CommandError(_("There is nothing to undo."), NO_SUCH_THING)
        done(str(report))
