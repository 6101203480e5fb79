"""`CoordinatorScreen`: title line, the screen's own body, status line and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from textual.screen import ModalScreen, Screen

from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.frame import Commanded, translated
from coordinator_tui.tui.widgets.bars import KeyBar, Sentence, TitleLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.app import ComposeResult
    from textual.binding import ActiveBinding
    from textual.widget import Widget

    from coordinator_tui.book.book import Book
    from coordinator_tui.text import LazyText
    from coordinator_tui.tui.app import CoordinatorApp
    from coordinator_tui.tui.messages import BookChanged, Changes
    from coordinator_tui.tui.styles import Look

Result = TypeVar("Result")

BREAKPOINTS = [(0, "-narrow"), (96, "-wide")]
"""Classes that a screen has from a width on; 80 columns are narrow, 100 are wide."""


class CoordinatorScreen(Commanded, Screen[None]):
    """A screen of the program.

    A subclass sets `heading`, `about` (a sentence or two for the help) and `commands`, composes in `body()`, and keeps
    itself true in `refresh_book()`.
    """

    heading: ClassVar[LazyText] = lazy("coordinator-tui")
    about: ClassVar[LazyText | str] = ""
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    DEFAULT_CSS = """
    CoordinatorScreen { layout: vertical; overflow: hidden; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._seen_version: int | None = None
        self._css_update_count = self.app._css_update_count  # noqa: SLF001  # or Textual parses all styles once more

    def body(self) -> ComposeResult:
        """Compose what stands between title and status line."""
        yield from ()

    def refresh_book(self, changes: Changes | None) -> None:
        """Show the book as it is now; `changes` tells what came from elsewhere, None that anything may have changed."""

    @property
    def home(self) -> Widget | None:
        """The widget that takes keys when none has the focus; the first that can have it, unless overridden."""
        return next(iter(self.focus_chain), None)

    def place(self) -> Sequence[str] | None:
        """Return what stands at the right of the title line, in parts; None for group, term, week and date."""
        return None

    def go_back(self) -> bool:
        """Leave what is open within the screen (a filter, a line being typed); return whether there was something."""
        return False

    # ---- for subclasses to call

    @property
    def coordinator(self) -> CoordinatorApp:
        """The app, with its book."""
        return cast("CoordinatorApp", self.app)

    @property
    def book(self) -> Book:
        """The open book; screens other than the welcome are opened only when there is one."""
        return cast("Book", self.coordinator.book)

    def say(self, text: str, look: Look = "plain") -> None:
        """Show one sentence in the status line."""
        self.coordinator.say(text, look)

    def ask(self, dialog: Dialog[Result], then: Callable[[Result | None], Any]) -> None:
        """Open a dialog; `then` gets its result, None when it was left."""
        self.coordinator.ask(dialog, then)

    def update_frame(self) -> None:
        """Bring title, status and key line up to date; cheap when nothing changed."""
        app = self.coordinator
        if not self.children:
            return
        place = self.place()
        self.query_one(TitleLine).show_title(app.tabs(self), str(self.heading), app.place() if place is None else place)
        self.query_one("#status", Sentence).show(*app.status)
        self.query_one(KeyBar).show_commands(app.key_line(self))

    # ---- Textual

    def _compositor_refresh(self) -> None:
        """Paint, once it will be seen: while the app gathers updates it shows nothing, and Textual forgets the rest."""
        if self.app._batch_count:  # noqa: SLF001  # Textual has no name for it
            self._repaint_required = True
        else:
            super()._compositor_refresh()

    def compose(self) -> ComposeResult:
        """Put the frame around the body."""
        yield TitleLine()
        yield from self.body()
        yield Sentence(id="status")
        yield KeyBar()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """Textual's bindings with their descriptions in the language in force."""
        active = super().active_bindings
        return {key: bound._replace(binding=translated(bound.binding)) for key, bound in active.items()}

    def on_mount(self) -> None:
        """Note what version of the book is shown."""
        self._seen_version = self.coordinator.book_version
        self.update_frame()

    def on_screen_resume(self) -> None:
        """Catch up with what happened while another screen was on top."""
        version = self.coordinator.book_version
        if self.is_mounted and version != self._seen_version:
            self._seen_version = version
            self.refresh_book(None)
        self.update_frame()

    def on_descendant_focus(self) -> None:
        """Show the keys that work where one types now, or no longer types."""
        self.update_frame()

    def on_resize(self) -> None:
        """Bring title and keys to the new size; a screen that lays itself out calls this and adds its own."""
        self.update_frame()

    def on_book_changed(self, message: BookChanged) -> None:
        """Take in what others wrote."""
        self._seen_version = self.coordinator.book_version
        self.refresh_book(message.changes)
        self.update_frame()


class Dialog(Commanded, ModalScreen[Result], Generic[Result]):
    """An opaque box over the screen, with its own title and key line; Esc leaves it with None.

    A subclass sets `heading` and `commands`, and composes in `body()`. It takes every key while it is open, except
    those of the app's commands that work everywhere (quit, redraw).
    """

    heading: ClassVar[LazyText] = lazy("coordinator-tui")
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="dialog.back",
            title=lazy("Leave without doing anything"),
            keys=("escape",),
            hint=lazy("back"),
            in_palette=False,
        ),
    )
    DEFAULT_CSS = """
    Dialog { align: center middle; background: transparent; }
    Dialog > #box { width: 76; max-width: 100%; height: auto; max-height: 100%; background: ansi_default; }
    Dialog.-narrow > #box { width: 100%; }
    """

    def title_text(self) -> str:
        """Return what the box is called."""
        return str(self.heading)

    def body(self) -> ComposeResult:
        """Compose the inside of the box."""
        yield from ()

    @property
    def home(self) -> Widget | None:
        """The widget that takes keys when none has the focus."""
        return next(iter(self.focus_chain), None)

    @property
    def coordinator(self) -> CoordinatorApp:
        """The app, with its book."""
        return cast("CoordinatorApp", self.app)

    def go_back(self) -> bool:
        """Leave with None."""
        self.dismiss(None)
        return True

    def action_back(self) -> None:
        """Leave with None."""
        self.go_back()

    def usable(self) -> Iterable[Command]:
        """Return the commands for the key line."""
        return (c for c in self.all_commands if self.check_action(c.method, c.arguments))

    def compose(self) -> ComposeResult:
        """Put title and key line around the inside."""
        from textual.widget import Widget

        with Widget(id="box"):
            yield Sentence((("  " + self.title_text(), "bar"),), fill="bar", id="dialog-title")
            yield from self.body()
            yield KeyBar()

    def update_frame(self) -> None:
        """Bring the key line up to date."""
        if self.children:
            self.query_one(KeyBar).show_commands(self.usable())

    def on_mount(self) -> None:
        """Show the keys."""
        self.update_frame()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """Textual's bindings with their descriptions in the language in force."""
        active = super().active_bindings
        return {key: bound._replace(binding=translated(bound.binding)) for key, bound in active.items()}
