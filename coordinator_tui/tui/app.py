"""`CoordinatorApp`: areas under number keys, one way for every key, the open book, and leaving cleanly."""

from __future__ import annotations

import asyncio
import gc
import signal
import time
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App

from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.areas import AREAS, Area
from coordinator_tui.tui.commands import Command, by_key, key_name
from coordinator_tui.tui.crash import Fault, report
from coordinator_tui.tui.frame import Commanded, is_for_people
from coordinator_tui.tui.messages import BookChanged
from coordinator_tui.tui.painting import Brush
from coordinator_tui.tui.safelines import SafeLines
from coordinator_tui.tui.screen import CoordinatorScreen, Dialog
from coordinator_tui.tui.widgets.line import LineWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from textual.dom import DOMNode
    from textual.filter import LineFilter
    from textual.screen import Screen
    from textual.widget import Widget

    from coordinator_tui.tui.frame import BookFace, Report
    from coordinator_tui.tui.styles import Look
    from coordinator_tui.tui.widgets.line import Piece

_POLL_SECONDS = 1.0
_STATUS_SECONDS = 4.0
_READY_SECONDS = 3.0
_THEME = "ansi-dark"
_TODAY = "today"
_SIGNALS = (signal.SIGHUP, signal.SIGTERM)
_LOOK_OF_SEVERITY: dict[str, Look] = {"information": "plain", "warning": "warn", "error": "bad"}

EVERYWHERE = (
    Command(name="app.quit", title=lazy("Quit"), keys=("ctrl+q",), words="退出 离开 exit leave"),
    Command(name="app.redraw", title=lazy("Draw the screen again"), keys=("ctrl+l",), words="重画 刷新 redraw refresh"),
    Command(name="app.stay", title=lazy("How to quit"), keys=("ctrl+c",), in_palette=False),
)
"""Commands that work in dialogs too."""


class CoordinatorApp(Commanded, App[None]):
    """The program on screen.

    `book` is the open book, None before there is one (then `first` must be an area that can make one). `areas` are the
    screens; `place` says where one is (group, term, week, date) for the title line. `user` and `today` are for books
    that are made or opened later (None: the login name, the clock).
    """

    TITLE = "coordinator-tui"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    PAUSE_GC_ON_SCROLL = True
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="app.help",
            title=lazy("Help on this screen"),
            keys=("?",),
            hint=lazy("help"),
            words="帮助 keys help",
            kept=True,
        ),
        Command(
            name="app.palette",
            title=lazy("All commands"),
            keys=("ctrl+p", "f10"),
            hint=lazy("commands"),
            words="命令 palette",
            in_palette=False,
        ),
        Command(name="app.undo", title=lazy("Undo"), keys=("u",), hint=lazy("undo"), words="撤销 撤回", cli="undo"),
        Command(name="app.redo", title=lazy("Redo"), keys=("ctrl+r",), words="重做 恢复", cli="redo"),
        Command(
            name="app.about-book",
            title=lazy("About this book: backup, damage"),
            words="备份 复制 检查 损坏 台账 backup doctor zip",
        ),
        Command(name="app.back", title=lazy("Back"), keys=("escape",), words="返回", in_palette=False),
        Command(name="app.leave", title=lazy("Quit"), keys=("q",), hint=lazy("quit"), in_palette=False),
        *EVERYWHERE,
    )

    def __init__(
        self,
        book: BookFace | None = None,
        *,
        areas: Sequence[Area] = AREAS,
        first: str | None = None,
        place: Callable[[Any], Sequence[str]] | None = None,
        user: str | None = None,
        today: date | None = None,
        **options: Any,  # noqa: ANN401  # handed on to App
    ) -> None:
        self.areas = {area.name: area for area in areas}
        self._first = first or next(iter(self.areas))
        # App.__init__ reads both: the first area is the first screen, without a blank one before it.
        self.MODES = {area.name: area.make for area in areas}  # type: ignore[misc]
        self.DEFAULT_MODE = self._first  # type: ignore[misc]
        super().__init__(**options)
        self.animation_level = "none"  # a form that glides to its field sends every step of the way
        self._disable_tooltips = self._disable_notifications = True  # no screen needs the widgets of what it never has
        self.book = book
        self.user = user
        self.today = today
        self.status: tuple[Piece, ...] = ()
        self._said_at = 0.0
        self._place = place
        self._area_commands = tuple(_area_command(area) for area in areas)
        self._keys = by_key((*self.all_commands, *self._area_commands))
        self._everywhere = by_key(EVERYWHERE)
        self._safe_lines = SafeLines()
        self.brush = Brush(self)
        if _THEME in self.available_themes:
            self.theme = _THEME

    # ---- the book

    @property
    def book_version(self) -> int | None:
        """Version of the open book, None without one."""
        return self.book.version if self.book else None

    async def use_book(self, book: BookFace, area: str = "today") -> None:
        """Work on another book from now on; the old one is closed and its screens forgotten."""
        old, self.book = self.book, book
        if old is not None:
            old.close()
        self._forget_area(area)
        await self.open_area(area)
        self.forget_areas()

    def forget_areas(self) -> None:
        """Make every area but the one on screen anew when it is opened next: for another book, or another language."""
        for name in self.areas:
            self._forget_area(name)

    def _forget_area(self, name: str) -> None:
        if name != self.current_mode and name in self._screen_stacks:
            self.remove_mode(name)
            self.add_mode(name, self.areas[name].make)

    async def _poll(self) -> None:
        """Take in what other sessions wrote; costs nothing to the line when nothing came."""
        if self.book is None:
            return
        changes = await self.attempt(self.book.refresh)
        if changes and changes.touched:
            for screen in self.screen_stack:
                if isinstance(screen, CoordinatorScreen):
                    screen.post_message(BookChanged(changes))

    # ---- where one is

    def tabs(self, screen: Screen[Any] | None = None) -> list[tuple[str, str]]:
        """Return (key, title) of the areas that have a number; where the screen takes a number, all by another key."""
        taken: Mapping[str, Command] = screen.command_keys if isinstance(screen, Commanded) else {}
        areas = [area for area in self.areas.values() if area.key]
        others = any(area.key in taken for area in areas)
        return [
            (next((key_name(key) for key in area.keys[others:] if key not in taken), area.key), str(area.title))
            for area in areas
        ]

    def place(self) -> Sequence[str]:
        """Return where one is (group, term, week, date), for the title line."""
        return self._place(self.book) if self._place and self.book else ()

    @property
    def _home(self) -> str:
        """The area that Esc ends in: today's, or the first where there is no such, or no book yet."""
        return _TODAY if self.book is not None and _TODAY in self.areas else self._first

    async def open_area(self, name: str) -> None:
        """Show an area, at the screen that was on top there last; it is ready for keys afterwards."""
        await self.switch_mode(name)
        await self._until_ready(self.screen)

    def say(self, text: str, look: Look = "plain") -> None:
        """Show one sentence in the status line of the screen, until something else happens."""
        self.status = ((" " + text, look),) if text else ()
        self._said_at = time.monotonic()
        self._update_frames()

    def notify(self, message: str, *, severity: str = "information", **_options: object) -> None:
        """Say it in the status line: a popup would cost kilobytes and time."""
        self.say(message, _LOOK_OF_SEVERITY.get(severity, "plain"))

    def ask(self, dialog: Dialog[Any], then: Callable[[Any], Any] | None = None) -> None:
        """Open a dialog; `then` gets its result, None when it was left."""

        async def answered(result: object) -> None:
            if then:
                await self.attempt(then, result)

        self.push_screen(dialog, answered)

    def _update_frames(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, (CoordinatorScreen, Dialog)):
                screen.update_frame()

    # ---- keys: one after the other, each fully done before the next is looked at

    async def on_event(self, event: events.Event) -> None:
        """Handle keys and pasted text here, in order; Textual's own way lets a burst overtake itself."""
        if isinstance(event, events.Key) and not event.is_forwarded and await self._press(event):
            return
        if isinstance(event, events.Paste) and not event.is_forwarded and await self._paste(event.text):
            return
        if isinstance(event, (events.AppFocus, events.AppBlur)):
            return  # restyling both screens for each switch of a tmux pane would cost 27 kB
        await super().on_event(event)

    async def _press(self, event: events.Key) -> bool:
        screen = self.screen
        await self._until_ready(screen)
        said_at = self._said_at
        if event.key == "ctrl+j":  # Enter, typed ahead before the keyboard was ours
            event = events.Key("enter", "\r")
        self.brush.dip()
        try:
            used: bool = await self.attempt(self._press_on, screen, event) is not False
            if self.status and self._said_at == said_at and time.monotonic() - said_at > _STATUS_SECONDS:
                self.say("")
        finally:
            self.brush.paint()
        return used

    async def _press_on(self, screen: Screen[Any], event: events.Key) -> bool:
        target = self._target(screen)
        if isinstance(target, LineWidget):
            if await target.take_key(event):
                return True
        elif target is not None and target.check_consume_key(event.key, event.character):
            return False
        if isinstance(screen, (CoordinatorScreen, Dialog)) and (command := screen.command_keys.get(event.key)):
            await self.run_command(command, screen)
            return True
        table = self._everywhere if screen.is_modal else self._keys
        if command := table.get(event.key):
            await self.run_command(command, self)
            return True
        return False

    async def _paste(self, text: str) -> bool:
        await self._until_ready(self.screen)
        target = self._target(self.screen)
        used = isinstance(target, LineWidget) and await self.attempt(target.take_paste, text) is not False
        if not used:
            self.say(_("Nothing here takes pasted text: open the line or field for it first."), "warn")
        return used

    def _target(self, screen: Screen[Any]) -> Widget | None:
        """Return what takes keys: the focus, or what will have it as soon as Textual gets there."""
        if screen.focused is not None:
            return screen.focused
        return screen.home if isinstance(screen, (CoordinatorScreen, Dialog)) else None

    async def _until_ready(self, screen: Screen[Any]) -> None:
        """Wait until the screen is composed, so that keys typed ahead are neither lost nor out of order."""
        until = time.monotonic() + _READY_SECONDS
        while not screen.is_mounted and time.monotonic() < until:  # noqa: ASYNC110  # Textual has no event for it
            await asyncio.sleep(0.001)

    # ---- commands

    def usable_commands(self, screen: Screen[Any]) -> list[Command]:
        """Return what can be done here now: the screen's commands, then the app's that the screen does not shadow."""
        own = screen.all_commands if isinstance(screen, Commanded) else ()
        keys = screen.command_keys if isinstance(screen, Commanded) else {}
        rest = (c for c in self.all_commands if not any(key in keys for key in c.keys))
        return [
            *(c for c in own if screen.check_action(c.method, c.arguments)),
            *(c for c in rest if self.check_action(c.method, c.arguments)),
        ]

    def key_line(self, screen: Screen[Any]) -> list[Command]:
        """Return what the key line of a screen shows: what can be done, without keys that are text where one types."""
        target = self._target(screen)
        typing = target is not None and target.check_consume_key("a", "a")
        usable = self.usable_commands(screen)
        return [command for command in usable if not typing or len(command.key_shown) > 1]

    def palette_commands(self, screen: Screen[Any]) -> list[tuple[Command, DOMNode]]:
        """Return (command, who does it) of all that the palette offers, the screen's first."""
        own = screen.all_commands if isinstance(screen, Commanded) else ()
        offers: Iterable[tuple[Command, DOMNode]] = (
            *((command, screen) for command in own),
            *((command, self) for command in (*self._area_commands, *self.all_commands)),
        )
        return [(c, target) for c, target in offers if c.in_palette and target.check_action(c.method, c.arguments)]

    async def run_command(self, command: Command, target: DOMNode) -> None:
        """Do a command; a refusal that is meant for people becomes a sentence in the status line."""
        if not target.check_action(command.method, command.arguments):
            self.say(_("“{title}” is not possible here now.").format(title=command.title), "warn")
            return
        await self.attempt(getattr(target, f"action_{command.method}"), *command.arguments)

    async def attempt(self, call: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401  # whatever it is
        """Call something, also a coroutine function; an error meant for people becomes a sentence."""
        try:
            result = call(*arguments)
            return await result if isawaitable(result) else result
        except Exception as error:
            if not is_for_people(error):
                raise
            self.say(str(error), "bad")
            return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Undo, redo and every area but the first need a book."""
        if action in {"undo", "redo", "about_book"} or (action == "area" and parameters != (self._first,)):
            return self.book is not None
        return super().check_action(action, parameters)

    async def action_area(self, name: str) -> None:
        """Open an area; the key of the one that is open leads to its first screen."""
        if name == self.current_mode:
            while len(self.screen_stack) > 1:
                await self.pop_screen()
        await self.open_area(name)

    async def action_about_book(self) -> None:
        """Show where the book lies, and how it is copied and looked over."""
        from coordinator_tui.tui.screens.settings_book import BookScreen

        await self.push_screen(BookScreen())
        await self._until_ready(self.screen)

    async def action_back(self) -> None:
        """Leave what is open within the screen, then the screen, then the area."""
        screen = self.screen
        if isinstance(screen, (CoordinatorScreen, Dialog)) and screen.go_back():
            return
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif self.current_mode != self._home:
            await self.open_area(self._home)
        else:
            self.action_stay()

    def action_stay(self) -> None:
        """Say how to quit, rather than quitting by accident."""
        self.say(_("Press q or Ctrl+Q to quit; everything entered is already saved."))

    def action_leave(self) -> None:
        """Quit."""
        self.exit()

    def action_undo(self) -> None:
        """Take back the last own step."""
        assert self.book
        self._tell(self.book.undo(), _("There is nothing to undo."))

    def action_redo(self) -> None:
        """Do again what was taken back."""
        assert self.book
        self._tell(self.book.redo(), _("There is nothing to redo."))

    def _tell(self, done: Report | None, nothing: str) -> None:
        self.say(done.sentence if done else nothing, "plain" if done else "quiet")
        for screen in self.screen_stack if done else ():
            if isinstance(screen, CoordinatorScreen):
                screen.refresh_book(None)

    async def action_palette(self) -> None:
        """Open the list of all commands."""
        from coordinator_tui.tui.palette import Palette

        await self.push_screen(Palette(self.palette_commands(self.screen)), self._run_chosen)

    async def _run_chosen(self, chosen: tuple[Command, DOMNode] | None) -> None:
        if chosen:
            await self.run_command(*chosen)

    async def action_help(self) -> None:
        """Explain the screen from its commands."""
        from coordinator_tui.tui.helppage import HelpPage

        screen = self.screen
        heading = str(screen.heading) if isinstance(screen, CoordinatorScreen) else ""
        about = str(screen.about) if isinstance(screen, CoordinatorScreen) else ""
        await self.push_screen(
            HelpPage(heading, self.usable_commands(screen), [area for area in self._area_commands if area.keys], about)
        )

    def action_redraw(self) -> None:
        """Send the whole screen again, for a line that garbled it."""
        repaint = getattr(self._driver, "repaint", None)
        if repaint:
            repaint()
        else:
            self.refresh()

    # ---- life

    def on_mount(self) -> None:
        """Start watching the book and the signals that end a session."""
        loop = asyncio.get_running_loop()
        if not self.is_headless:
            for number in _SIGNALS:
                loop.add_signal_handler(number, self.hang_up, int(number))
        self.set_interval(_POLL_SECONDS, self._poll)
        self.call_after_refresh(_settle_memory)

    def _check_resize(self) -> None:
        """Paint all where the size is the old one again: what was lost in between is in no layout's difference."""
        event = self._resize_event
        super()._check_resize()
        if event is not None and self._screen_stack and self.screen.outer_size == event.size:
            self.refresh()

    def complain_of_encoding(self) -> None:
        """Tell that the terminal sends something other than UTF-8."""
        self.say(_("This terminal does not send UTF-8; set its character set to UTF-8 to type Chinese."), "warn")

    def hang_up(self, number: int) -> None:
        """Leave because of a signal or a terminal that went away; every edit is on disk already."""
        self.exit(return_code=128 + number)

    def _handle_exception(self, error: Exception) -> None:
        """Turn a fault of ours into one line and a private log; personal data stays out of both."""
        if isinstance(error, Fault):
            super()._handle_exception(error)
            return
        fault = Fault(str(error) if is_for_people(error) else report(error))
        fault.__cause__ = error
        super()._handle_exception(fault)
        if is_for_people(error):
            self._return_code = error.exit_code  # type: ignore[attr-defined]  # that is what makes it one for people

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return Textual's filters, and ours as the last."""
        return [*super().get_line_filters(), self._safe_lines]

    def get_loading_widget(self) -> Widget:
        """Return a still text: Textual's animation sends 68 kB each second."""
        from coordinator_tui.tui.widgets.bars import TextLine

        return TextLine(((_("One moment …"), "quiet"),))


def _settle_memory() -> None:
    """Keep what starting up made out of every later garbage collection, at exit too."""
    gc.freeze()
    gc.enable()


def _area_command(area: Area) -> Command:
    return Command(
        name=f"area.{area.name}",
        title=area.title,
        keys=area.keys,
        words=area.words,
        action="area",
        arguments=(area.name,),
    )
