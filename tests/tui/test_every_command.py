"""What holds of every command of every screen, from the commands themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from keyboard import at_program
from rounds import TODAY, Round, kinds

from coordinator_tui.cli.contents import GLOBALS
from coordinator_tui.cli.program import program
from coordinator_tui.tui.app import CoordinatorApp
from coordinator_tui.tui.areas import AREAS
from coordinator_tui.tui.commands import key_forms
from coordinator_tui.tui.frame import Commanded
from coordinator_tui.tui.helppage import HelpPage
from coordinator_tui.tui.screen import CoordinatorScreen, Dialog

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.tui.commands import Command


def commands() -> list[tuple[type[Commanded], Command]]:
    return [(kind, command) for kind in kinds() for command in kind.all_commands]


TYPED = sorted({command.cli for _kind, command in commands() if command.cli})


@pytest.mark.parametrize("line", TYPED)
def test_what_is_shown_as_typed_is_a_command_of_the_command_line(line: str) -> None:
    root, words = program(), line.split()
    command: click.Command = root
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        below = command.get_command(click.Context(root), words[0])
        assert below is not None, f"there is no command {words[0]!r} in {line!r}"
        command, words = below, words[1:]
    options = {name for parameter in command.params if isinstance(parameter, click.Option) for name in parameter.opts}
    options |= {f"--{name}" for name in GLOBALS}
    assert {word for word in words if word.startswith("-") and word != "-"} <= options


def test_every_command_has_somebody_who_does_it() -> None:
    missing = [
        f"{kind.__name__}: {command.name}"
        for kind, command in commands()
        if kind not in {Commanded, CoordinatorScreen, Dialog}
        and not hasattr(kind, f"action_{command.method}")
        and not hasattr(CoordinatorApp, f"action_{command.method}")
    ]
    assert not missing


def test_every_letter_works_in_full_width_too() -> None:
    for kind, command in commands():
        for key in command.keys:
            if len(key) == 1 and key.isascii():
                assert any(kind.command_keys.get(form) is command for form in key_forms(key)[1:]), (
                    f"{kind.__name__}: {command.name}"
                )


@pytest.mark.parametrize("area", [area.name for area in AREAS])
async def test_the_help_lists_every_command_that_works_here(busy_book: Book, area: str) -> None:
    async with at_program(busy_book, today=TODAY, first=area) as keys:
        usable = [c for c in keys.app.usable_commands(keys.app.screen) if c.keys]
        await keys.press("?")
        lines = keys.screen(HelpPage).lines()
        titles = [part for line in lines if not isinstance(line, str) for part, _look in line]
        for command in usable:
            assert str(command.title) in titles


async def test_esc_leads_home_from_forms_in_pages_in_areas(busy_book: Book) -> None:
    async with at_program(busy_book, today=TODAY) as keys:
        for way in (("2", "enter", "e"), ("3", "p", "enter", "e"), (",", "h", "enter"), ("4", ":", "张"), ("6", "x")):
            for key in way:
                await keys.press(key)
            assert keys.app.current_mode != "today"
            await Round(keys, print, "en").home()
            assert keys.app.current_mode == "today"
            assert len(keys.app.screen_stack) == 1


async def test_esc_leaves_one_page_at_a_time(busy_book: Book) -> None:
    async with at_program(busy_book, today=TODAY) as keys:
        for way in (("2", "enter"), ("3", "p", "enter"), ("5", "w"), (",", "h")):
            seen = [type(keys.app.screen)]
            for key in way:
                await keys.press(key)
                seen.append(type(keys.app.screen))
            assert len(set(seen)) == len(seen)
            for kind in reversed(seen[:-1]):
                await keys.press("escape")
                assert type(keys.app.screen) is kind
