"""The command reference in Markdown, made from the live commands: python -m coordinator_tui.cli.reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from coordinator_tui.cli import contents
from coordinator_tui.cli.page import program_page
from coordinator_tui.cli.program import program
from coordinator_tui.cli.shape import Context, Formatter
from coordinator_tui.text import select_language

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 78
HEAD = """# Commands

This page is made from the program: `python -m coordinator_tui.cli.reference > docs/commands.md`.

stdout is data, stderr is narration. Exit codes: 0 done, 1 our fault, 2 wrong usage, 3 input refused and nothing
written, 4 no such thing, 5 a decision is needed, 6 the book cannot be used, 7 the other side cannot be reached, 8 a
check found gaps, 130 interrupted.
"""


class _Formatter(Formatter):
    """Writes pages of the same width wherever they are made."""

    def __init__(self, **_asked: object) -> None:
        super().__init__(width=WIDTH)


class _Context(Context):
    formatter_class: type[click.HelpFormatter] = _Formatter


def pages() -> str:
    """Return the whole reference, in English."""
    select_language("en")
    parts = [HEAD, _block("coordinator-tui", program_page("coordinator-tui", WIDTH))]
    parts += [_block(path, text) for path, text in _help_pages()]
    return "\n".join(parts)


def _block(path: str, text: str) -> str:
    level = "##" if path.count(" ") <= 1 else "###"
    return f"{level} {path}\n\n```\n{text.rstrip()}\n```\n"


def _help_pages() -> Iterator[tuple[str, str]]:
    root = program()
    top = _Context(root, info_name="coordinator-tui", help_option_names=["--help", "-h"])
    for name in contents.ENTRIES:
        command = root.get_command(top, name)
        assert command is not None
        yield from _pages_of(command, _Context(command, info_name=name, parent=top))


def _pages_of(command: click.Command, ctx: click.Context) -> Iterator[tuple[str, str]]:
    yield ctx.command_path, command.get_help(ctx)
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from _pages_of(below, _Context(below, info_name=name, parent=ctx))


if __name__ == "__main__":
    print(pages(), end="")  # noqa: T201 - this is what it is run for
