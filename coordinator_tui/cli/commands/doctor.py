"""`doctor`: whether every file of the book is whole, and the repair of what can be."""

from __future__ import annotations

import click

from coordinator_tui.cli.common import command, done, json_option
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.errors import DONE, UNUSABLE
from coordinator_tui.cli.output import emit, emit_json
from coordinator_tui.cli.shape import option
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy


@command(
    "doctor",
    lazy("Look at every file of the book; ends with 6 if something is damaged."),
    "coordinator-tui doctor",
    "coordinator-tui doctor --repair",
)
@option(
    "--repair",
    is_flag=True,
    about=lazy("Make a damaged book usable again; what cannot be read is set aside, not lost."),
)
@json_option
@pass_call
@click.pass_context
def COMMAND(ctx: click.Context, call: Call, *, repair: bool, as_json: bool) -> None:  # noqa: N802 - handed on by this name
    """Print what was found."""
    from coordinator_tui.book.care import doctor

    folder = call.folder
    findings = doctor(folder, repair=repair)
    damaged = any(finding.severity == "error" for finding in findings)
    if repair and damaged:
        again = doctor(folder)
        damaged = any(finding.severity == "error" for finding in again)
    if as_json:
        emit_json({"ok": not findings, "findings": [finding.to_json() for finding in findings]})
    else:
        for finding in findings:
            emit(finding.sentence)
        done(
            _("All is well.")
            if not findings
            else _("Look at the findings above.")
            if damaged
            else _("The book can be used.")
        )
    ctx.exit(UNUSABLE if damaged else DONE)
