"""`info`: where everything lies, how big it is, and what the day asks for."""

from __future__ import annotations

from coordinator_tui.cli.common import command, json_option
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.output import emit_facts, emit_json
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy


@command(
    "info",
    lazy("Show where everything lies, sizes, versions, and what the day asks for."),
    "coordinator-tui info --json",
)
@json_option
@pass_call
def COMMAND(call: Call, *, as_json: bool) -> None:  # noqa: N802 - handed on by this name
    """Print facts about the book."""
    from coordinator_tui.book.care import info
    from coordinator_tui.book.schedule import session_title
    from coordinator_tui.book.today import today_json, today_view
    from coordinator_tui.cli.version import VERSION

    with call.open(read_only=True) as book:
        facts, view = {**info(book), "version": VERSION}, today_view(book)
        if as_json:
            emit_json({**facts, "today": today_json(view)})
            return
        emit_facts(
            [
                (_("Book"), facts["book"]),
                (_("School"), facts["school"]),
                (_("Group"), view.group.name if view.group else None),
                (_("Members"), view.members),
                (_("Term"), view.term.code if view.term else None),
                (_("Week"), view.week),
                (_("Next session"), session_title(view.next) if view.next else None),
                (_("Rolls not taken"), len(view.untaken) or None),
                (_("Work owed"), _("{count}, {overdue} overdue").format(count=len(view.owed), overdue=view.overdue)),
                (_("Conflicts"), view.conflicts or None),
                (_("Documents"), facts["documents"]),
                (
                    _("Changes in the log"),
                    _("{lines} lines, {size} kB").format(lines=facts["lines"], size=facts["log_bytes"] // 1024),
                ),
                (_("Replica"), facts["replica"]),
                (_("Digest"), facts["digest"]),
                (_("Version"), facts["version"]),
            ]
        )
