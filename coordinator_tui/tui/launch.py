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
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from coordinator_tui.book.book import Book
    from coordinator_tui.tui.app import CoordinatorApp

USAGE = 2

_ENVIRONMENT = {
    "TEXTUAL_DISABLE_KITTY_KEY": "1",  # several terminals lose what an input method commits under that protocol
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_SMOOTH_SCROLL": "0",
    "TEXTUAL_THEME": "ansi-dark",
    "ESCDELAY": "50",
}
_FRAMES_OVER_SSH = "30"
_ASKED: dict[str, str] = {}
"""What was asked for when the program was started, which no book's own choice overrules."""


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
    if language is not None:
        _ASKED["language"] = language

    def make() -> CoordinatorApp:
        return _with_book(book_path, user, today, first_screen)

    return show(make, mouse=_wants_mouse() if mouse is None else mouse)


def show(make: Callable[[], CoordinatorApp], *, mouse: bool = False) -> int:
    """Make an app and run it in this terminal; return the exit code.

    `make` is called when environment and keyboard are prepared, and must not have imported Textual before.
    """
    if (problem := _unfit_terminal()) is not None:
        sys.stderr.write(problem + "\n")
        return USAGE
    prepare_environment()
    gc.disable()
    with _raw_keys():
        with _first_word():
            app = make()
        app.run(mouse=mouse)
        if app.book is not None:
            app.book.close()
        return app.return_code or 0


def prepare_environment() -> None:
    """Set what Textual reads at its first import; what the user has set stays."""
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    if "SSH_CONNECTION" in os.environ:
        os.environ.setdefault("TEXTUAL_FPS", _FRAMES_OVER_SSH)


def _with_book(
    book_path: Path | None, user: str | None, today: date | None, first_screen: str | None
) -> CoordinatorApp:
    from coordinator_tui.tui.areas import AREAS, WELCOME

    book = None
    if book_path is not None:
        from coordinator_tui.book.book import Book

        book = Book.open(book_path, user=user, today=today)
        speak_as(book)
    from coordinator_tui.tui.app import CoordinatorApp
    from coordinator_tui.tui.driver import CellDriver
    from coordinator_tui.tui.place import place_of

    return CoordinatorApp(
        book,
        areas=(*AREAS, WELCOME),
        first=first_screen if book else WELCOME.name,
        place=place_of,
        user=user,
        today=today,
        driver_class=CellDriver,
    )


def speak_as(book: Book) -> None:
    """Speak the language that the book's settings choose, unless one was asked for or the environment insists."""
    chosen = book.settings.text("lang")
    if "language" not in _ASKED and not os.environ.get("LC_ALL") and chosen in {"zh", "en"}:
        select_language(chosen)


@contextmanager
def _first_word() -> Iterator[None]:
    """Show at once that something comes, and take it back: over a slow line the libraries' loading is long."""
    stream = sys.__stderr__
    assert stream
    stream.write(_("Opening the book …"))
    stream.flush()
    try:
        yield
    finally:
        stream.write("\r\x1b[K")
        stream.flush()


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
    """Whether the user asked for the mouse: it is off at first, since each move over a table would repaint it."""
    from coordinator_tui.book.places import preference

    return (os.environ.get("COORDINATOR_MOUSE") or preference("mouse")) in {"1", "on"}


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
