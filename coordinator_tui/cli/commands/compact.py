"""`compact`: write what is derived anew, and seal what can be sealed."""

from __future__ import annotations

from coordinator_tui.cli.common import command, decide, done, yes_option
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.shape import option
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext


@command("compact", lazy("Tidy up the book's files; nothing that the book says changes."), "coordinator-tui compact")
@option(
    "--all-logs",
    is_flag=True,
    about=lazy("Take what was purged out of the logs of other machines here too; only if they are used no more."),
)
@yes_option
@pass_call
def COMMAND(call: Call, *, all_logs: bool, yes: bool) -> None:  # noqa: N802 - handed on by this name
    """Compact the book."""
    from coordinator_tui.book.care import compact, forget_for_others

    with call.open() as book:
        question = _(
            "This rewrites logs that other machines wrote. Do it only if none of them writes to this folder any more,"
            " nor to one that is synchronised with it. Continue?"
        )
        if all_logs:
            if not decide(question, yes=yes):
                return
            count = forget_for_others(book)
            done(ngettext("{count} line was emptied.", "{count} lines were emptied.", count).format(count=count))
        compact(book)
        done(_("Tidied up {folder}.").format(folder=book.folder))
