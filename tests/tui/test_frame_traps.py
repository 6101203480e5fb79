"""Traps of the library below the screens, each with a test that fails where its guard is taken away."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rounds import kinds
from textual.app import App
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static

import coordinator_tui
from coordinator_tui.text import lazy, select_language
from coordinator_tui.tui import app as app_module
from coordinator_tui.tui.app import CoordinatorApp
from coordinator_tui.tui.areas import Area
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.widgets.bars import TextLine
from coordinator_tui.tui.widgets.line import LineWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

PACKAGE = Path(coordinator_tui.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
HARM = "\x1b]0;owned\x07 \x9b31m \u202e倒写 \u2066[/] [b]x"
MEANT = {
    "BINDINGS", "DEFAULT_CSS", "HORIZONTAL_BREAKPOINTS", "ALLOW_SELECT", "ENABLE_COMMAND_PALETTE", "TITLE", "CSS",
    "PAUSE_GC_ON_SCROLL", "active_bindings", "check_action", "check_consume_key", "compose", "get_line_filters",
    "get_loading_widget", "notify", "notify_style_update", "render_line", "render_lines", "refresh",
    "get_content_height", "get_content_width", "can_focus", "can_focus_children",
}  # fmt: skip
"""What is overridden because that is what it is for."""


class Foreign(CoordinatorScreen):
    """A screen with a widget that is not ours."""

    heading = lazy("Foreign")

    def body(self) -> ComposeResult:
        yield Static(Content(HARM), markup=False)


@pytest.fixture(autouse=True)
def english() -> None:
    select_language("en")


def made() -> CoordinatorApp:
    return CoordinatorApp(None, areas=(Area("foreign", "", lazy("Foreign"), Foreign),), first="foreign")


async def test_not_even_a_foreign_widget_can_steer_the_terminal() -> None:
    async with made().run_test() as pilot:
        text = "".join(strip.text for strip in pilot.app.screen._compositor.render_strips())
        assert "倒写" in text
        assert "[/] [b]x" in text
        assert not set(text) & set("\x1b\x07\x9b\u202e\u2066")


async def test_a_theme_that_a_new_library_no_longer_has_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_module, "_THEME", "textual-ansi-of-long-ago")
    async with made().run_test() as pilot:
        assert pilot.app.is_running


async def test_waiting_is_shown_without_moving() -> None:
    async with made().run_test() as pilot:
        waiting = pilot.app.get_loading_widget()
        assert isinstance(waiting, TextLine)
        assert waiting.plain == "One moment …"


def test_the_library_is_told_what_to_do_before_it_is_read() -> None:
    code = (
        "import sys; from coordinator_tui.tui import launch; early = 'textual' in sys.modules\n"
        "launch.prepare_environment(); from textual import constants\n"
        "print(early, constants.DISABLE_KITTY_KEY, constants.TEXTUAL_ANIMATIONS, constants.SMOOTH_SCROLL, end='')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False True none False"


def calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    """Return every call of a function or method of that name in the package."""
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                said = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                if said == name:
                    yield file, node


def test_no_widget_that_takes_text_for_markup_is_used() -> None:
    for file in (PACKAGE / "tui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
            assert not [name for name in names if "textual.widgets" in name or name.endswith("markup")], file


def test_what_works_beside_has_a_name_so_that_it_ends_nothing_else() -> None:
    for file, call in calls("run_worker"):
        assert "group" in {keyword.arg for keyword in call.keywords}, f"{file}:{call.lineno}"


def test_no_name_of_ours_stands_in_for_one_of_the_library_by_accident() -> None:
    """A later version of the library may claim a name of ours: this says so when it is tried out."""
    widgets: list[type[Any]] = [LineWidget]
    for kind in widgets:
        widgets += kind.__subclasses__()
    for kind in [*widgets, *kinds()]:
        base = next((base for base in (App, ModalScreen, Screen, Widget) if issubclass(kind, base)), object)
        ours = {name for name in vars(kind) if not name.startswith(("_", "on_", "action_"))}
        clashing = {name for name in ours & set(dir(base)) if getattr(base, name) is not vars(kind)[name]} - MEANT
        assert not clashing, f"{kind.__name__}: {sorted(clashing)}"
