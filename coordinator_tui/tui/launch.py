"""The one door to the screens: prepares environment and terminal, opens the book, runs the app."""

from __future__ import annotations

import gc
import locale
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from coordinator_tui.text import gettext as _
from coordinator_tui.text import select_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

FAULT, USAGE = 1, 2

_ENVIRONMENT = {
    "TEXTUAL_DISABLE_KITTY_KEY": "1",  # several terminals lose what an input method commits under that protocol
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_SMOOTH_SCROLL": "0",
    "TEXTUAL_THEME": "ansi-dark",
    "ESCDELAY": "50",
}
_FRAMES_OVER_SSH = "30"


def run_tui(
    book_path: Path | None,
    *,
    language: str | None = None,
    user: str | None = None,
    today: date | None = None,
    first_screen: str | None = None,
    mouse: bool | None = None,
) -> int:
    """Show the screens until the user leaves; return the exit code (0, 1 for a fault, 128 + n after signal n).

    `book_path` is the book to open, None for the welcome. `first_screen` is an area's name ("roll"). Raises BookError
    when the book cannot be opened; nothing has been shown then.
    """
    select_language(language)
    if (problem := _unfit_terminal()) is not None:
        sys.stderr.write(problem + "\n")
        return USAGE
    prepare_environment()
    gc.disable()
    with _raw_keys():
        return _run(book_path, user, today, first_screen, mouse=_wants_mouse() if mouse is None else mouse)


def prepare_environment() -> None:
    """Set what Textual reads at its first import; what the user has set stays."""
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    if "SSH_CONNECTION" in os.environ:
        os.environ.setdefault("TEXTUAL_FPS", _FRAMES_OVER_SSH)


def _run(book_path: Path | None, user: str | None, today: date | None, first_screen: str | None, *, mouse: bool) -> int:
    from coordinator_tui.tui.areas import AREAS, WELCOME

    book = None
    if book_path is not None:
        from coordinator_tui.book.book import Book

        book = Book.open(book_path, user=user, today=today)
    from coordinator_tui.tui.app import CoordinatorApp
    from coordinator_tui.tui.driver import CellDriver
    from coordinator_tui.tui.place import place_of

    app = CoordinatorApp(
        book,
        areas=(*AREAS, WELCOME),
        first=first_screen if book else WELCOME.name,
        place=place_of,
        user=user,
        today=today,
        driver_class=CellDriver,
    )
    app.run(mouse=mouse)
    if app.book is not None:
        app.book.close()
    return app.return_code or 0


def _unfit_terminal() -> str | None:
    """Return the sentence that says why the screens cannot be shown here, None when they can."""
    if not (
        sys.__stdin__ and sys.__stdin__.isatty() and any(s and s.isatty() for s in (sys.__stderr__, sys.__stdout__))
    ):
        return _("The screens need a terminal; see “coordinator-tui --help” for commands that do not.")
    codeset = _codeset()
    if codeset.replace("-", "").casefold() != "utf8":
        return _(
            "This terminal's locale uses {codeset}, but the screens need UTF-8: set LANG=zh_CN.UTF-8 and try again."
        ).format(codeset=codeset)
    return None


def _codeset() -> str:
    try:
        locale.setlocale(locale.LC_CTYPE, "")
    except locale.Error:
        return "UTF-8"  # a locale this machine does not know says nothing about the terminal
    return locale.nl_langinfo(locale.CODESET)


def _wants_mouse() -> bool:
    return os.environ.get("COORDINATOR_MOUSE", "") == "1"


@contextmanager
def _raw_keys() -> Iterator[None]:
    """Take keys as they come from the first moment: typed ahead, they must not echo, nor Enter become a newline."""
    import termios

    keyboard = sys.__stdin__.fileno() if sys.__stdin__ else 0
    try:
        before = termios.tcgetattr(keyboard)
    except termios.error:
        yield
        return
    early = termios.tcgetattr(keyboard)
    early[0] &= ~termios.ICRNL
    early[3] &= ~(termios.ECHO | termios.ICANON)
    try:
        termios.tcsetattr(keyboard, termios.TCSANOW, early)
        yield
    finally:
        _restore(keyboard, before)


def _restore(keyboard: int, attributes: list[object]) -> None:
    import termios

    try:
        termios.tcsetattr(keyboard, termios.TCSANOW, attributes)  # type: ignore[arg-type]  # typeshed wants its own list type
    except termios.error:
        return  # the terminal is gone
