"""`rules`: the packs (list, show, adopt, set, drop, check, upgrade, template, draft) and what comes out of them."""

from __future__ import annotations

from coordinator_tui.cli.commands import rules_draft, rules_pack, rules_results
from coordinator_tui.cli.shape import Group

COMMAND = Group(
    "rules",
    commands=[*rules_pack.COMMANDS, rules_draft.COMMAND, *rules_results.COMMANDS],
    examples=("coordinator-tui rules list", "coordinator-tui rules adopt s19"),
)
