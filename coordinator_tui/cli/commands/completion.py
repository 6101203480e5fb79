"""`completion`: the script that makes a shell complete our commands, options and the names in the book."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from coordinator_tui.cli.shape import Command, argument
from coordinator_tui.cli.values import ChoiceType
from coordinator_tui.text import lazy

SHELLS = ("bash", "zsh", "fish")


@click.command(
    "completion",
    cls=Command,
    more=lazy("Put the first example into ~/.bashrc, the second into ~/.zshrc; the third writes fish's own file."),
    examples=(
        'eval "$(coordinator-tui completion bash)"',
        'eval "$(coordinator-tui completion zsh)"',
        "coordinator-tui completion fish > ~/.config/fish/completions/coordinator-tui.fish",
    ),
)
@argument("shell", type=ChoiceType(*SHELLS), metavar="SHELL", about=lazy("Your shell."))
@click.pass_context
def COMMAND(ctx: click.Context, shell: str) -> None:  # noqa: N802 - the name by which modules hand their command on
    """Print the scripts for both names of the program."""
    from coordinator_tui.cli.main import NAMES
    from coordinator_tui.cli.output import emit_bytes

    kind = get_completion_class(shell)
    assert kind is not None
    root = ctx.find_root().command
    for name in NAMES:
        variable = f"_{name.upper().replace('-', '_')}_COMPLETE"
        emit_bytes((kind(root, {}, name, variable).source().strip() + "\n\n").encode())
