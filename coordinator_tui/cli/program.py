"""The program as click sees it: global options, commands found by name, the screens when no command is given."""

from __future__ import annotations

from functools import cache

import click

from coordinator_tui.cli.contents import VERSION_ABOUT
from coordinator_tui.cli.context import Call
from coordinator_tui.cli.shape import Option, Program


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click calls it so
    if value and not ctx.resilient_parsing:
        from coordinator_tui.cli.output import emit
        from coordinator_tui.cli.version import VERSION

        emit(f"coordinator-tui {VERSION}")
        ctx.exit()


@cache
def program() -> Program:
    """Build the program; without a subcommand it opens the screens."""
    version = Option(
        ["--version", "-V"],
        about=VERSION_ABOUT,
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_version,
    )
    return Program(
        "coordinator-tui",
        params=[version],
        callback=_screens,
        invoke_without_command=True,
        context_settings={"help_option_names": ["--help", "-h"]},
    )


@click.pass_context
def _screens(ctx: click.Context) -> int:
    if ctx.invoked_subcommand is not None:
        return 0
    from coordinator_tui.cli.open_tui import open_screens

    return open_screens(ctx.ensure_object(Call))
