"""`CellDriver`: Textual's driver, sending only the cells that changed, and outliving bad bytes and lost terminals."""

from __future__ import annotations

import os
import selectors
import signal
import sys
import threading
import time
from codecs import getincrementaldecoder
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from rich.color import ColorSystem
from textual import constants
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Resize
from textual.geometry import Size
from textual.strip import Strip

from coordinator_tui.tui.cellscreen import CellScreen, is_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.style import Style
    from textual.app import App

_SYNC_START, _SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
_SYNC_FROM = 512
_UNWANTED: Final = {
    "\x1b[?1004h",  # focus reports: each switch of a tmux pane would wake us for nothing
    "\x1b[?1004l",
    "\x1b[<u",  # leaves a keyboard protocol that was never entered
    "",
}
_JOIN_SECONDS = 1.0
_READ_SIZE = 4096
_REPLACEMENT = "\ufffd"
_HALF_KEY_SECONDS = 0.01


class Writer(threading.Thread):
    """Sends what is wanted: at once where the terminal takes it at once, else when it does.

    On a slow line frames are skipped, never queued, and the program never waits for the line: the thread does.
    """

    def __init__(self, screen: CellScreen, fileno: int) -> None:
        super().__init__(daemon=True, name="cells")
        self._screen = screen
        self._fileno = fileno
        self._swift = _unblocked(fileno)
        self.lock = threading.RLock()
        self._work = threading.Event()
        self._raw: list[str] = []
        self._left = b""
        self._busy = False
        self._stopping = False
        self.painting = True
        self.synchronised = False
        self.sent = 0

    def send_raw(self, data: str) -> None:
        """Send a control sequence before the next cells."""
        with self.lock:
            self._raw.append(data)
        self._work.set()

    def send_cells(self) -> None:
        """Send what changed."""
        with self.lock:
            if not self._busy and self._swift is not None:
                self._left = self._send_some(self._swift, self._next())
                if not self._left:
                    return
                self._busy = True
        self._work.set()

    def run(self) -> None:
        """Send what could not be sent at once, until stopped or the terminal is gone."""
        while not self._stopping or self._work.is_set():
            self._work.wait()
            self._work.clear()
            while data := self._take():
                while data:
                    data = self._send_some(self._fileno, data)

    def _take(self) -> bytes:
        with self.lock:
            data, self._left = self._left or self._next(), b""
            self._busy = bool(data)
        return data

    def _next(self) -> bytes:
        """Return what to send now: control sequences, then what makes the terminal show what is wanted."""
        raw, self._raw = "".join(self._raw), []
        cells = self._screen.changes() if self.painting else ""
        if self.synchronised and len(cells) > _SYNC_FROM:
            cells = _SYNC_START + cells + _SYNC_END
        return (raw + cells).encode("utf-8", "replace")

    def _send_some(self, fileno: int, data: bytes) -> bytes:
        """Return what is left; a terminal that is gone takes everything."""
        try:
            count = os.write(fileno, data) if data else 0
        except BlockingIOError:
            return data
        except OSError:
            return b""
        self.sent += count
        return data[count:]

    def stop(self) -> None:
        """Send what is left, and end; do not wait long for a terminal that takes nothing."""
        self._stopping = True
        self._work.set()
        if self.is_alive() and threading.current_thread() is not self:
            self.join(_JOIN_SECONDS)
        if self._swift is not None:
            os.close(self._swift)
            self._swift = None


def _unblocked(fileno: int) -> int | None:
    """Return a way of our own to the same terminal that never waits, None where there is none."""
    try:
        return os.open(os.ttyname(fileno), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:
        return None


@lru_cache(maxsize=256)
def _parameters(style: Style | None, depth: ColorSystem) -> str:
    """Return the SGR parameters of a style where so many colours are to be had."""
    return Strip.render_ansi(style, depth) if style else ""


class CellDriver(LinuxDriver):
    """Keeps a model of the screen; understands input that is not UTF-8; ends the session when the terminal is gone."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        assert sys.__stderr__
        self._out = sys.__stderr__.fileno()
        self._cells = CellScreen(80, 24)
        self._writer = Writer(self._cells, self._out)
        self._wake_read, self._wake_write = os.pipe()

    # ---- output

    @property
    def sent(self) -> int:
        """How many bytes have been sent since the screen was entered."""
        return self._writer.sent

    def write(self, data: str) -> None:
        """Take a frame into the model, or pass a control sequence on."""
        writer = self._writer
        if data in _UNWANTED:
            return
        if data in {_SYNC_START, _SYNC_END}:
            writer.synchronised = True
        elif is_frame(data):
            with writer.lock:
                self._cells.take(data)
            writer.send_cells()
        else:
            writer.send_raw(data)

    def paint_lines(self, lines: Iterable[tuple[int, int, Strip]], cursor: tuple[int, int]) -> None:
        """Take (x, y, line) of widgets into the model without the detour of a frame, and show them."""
        depth = self._app.console._color_system or ColorSystem.TRUECOLOR  # noqa: SLF001  # as Textual's strips do
        with self._writer.lock:
            for x, y, strip in lines:
                self._cells.put_line(x, y, [(text, _parameters(style, depth)) for text, style, _control in strip])
            self._cells.put_cursor(*cursor)
        self._writer.send_cells()

    def repaint(self) -> None:
        """Send the whole screen again."""
        with self._writer.lock:
            self._cells.forget()
        self._writer.send_cells()

    def _get_terminal_size(self) -> tuple[int, int]:
        try:
            width, height = os.get_terminal_size(self._out)
        except OSError:
            width, height = 80, 24
        with self._writer.lock:
            if (width, height) != (self._cells.width, self._cells.height) and width and height:
                self._cells.resize(width, height)
        return width or 80, height or 24

    def start_application_mode(self) -> None:
        """Enter the screen; what it showed before a suspension is shown again.

        A terminal that goes away sends SIGCONT as well, which Textual takes for the end of a suspension.
        """
        if self._writer.is_alive():
            self.repaint()
            return
        if not self._writer.painting:
            self._writer = Writer(self._cells, self._out)
        self._writer.start()
        with self._writer.lock:
            self._cells.forget()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual does not annotate it
        self._loop.add_signal_handler(signal.SIGWINCH, self._take_size)
        self._writer.send_cells()

    def stop_application_mode(self) -> None:
        """Leave the screen as the terminal was before."""
        self._writer.painting = False
        self._writer.send_raw("\x1b[m\x1b[r")
        super().stop_application_mode()

    def close(self) -> None:
        """Send what is left and end the threads."""
        super().close()
        self._writer.stop()

    # ---- signals: Textual would act in the middle of whatever runs, half a frame too

    def _take_size(self) -> None:
        """Take the terminal's size; even where it is the same the terminal may have had another and lost cells."""
        size = Size(*self._get_terminal_size())
        with self._writer.lock:
            self._cells.forget()
        self.send_message(Resize(size, size))

    def _sigtstp_application(self, *_signal: object) -> None:
        self._between_frames(super()._sigtstp_application)

    def _sigcont_application(self, *_signal: object) -> None:
        self._between_frames(super()._sigcont_application)

    def _between_frames(self, act: Callable[[], None]) -> None:
        if self._loop.is_running():
            self._loop.call_soon_threadsafe(act)
        else:
            act()

    def _query_in_band_window_resize(self) -> None:
        """Leave it to SIGWINCH, which comes through SSH and tmux as well."""

    # ---- input

    def disable_input(self) -> None:
        """Stop reading at once."""
        if not self.exit_event.is_set():
            os.write(self._wake_write, b"x")
        super().disable_input()

    def _run_input_thread(self) -> None:
        """Read keys; a fault here ends the program like any other."""
        try:
            self.run_input_thread()
        except Exception as error:  # noqa: BLE001  # nobody else would ever hear of it
            self._loop.call_soon_threadsafe(self._app._handle_exception, error)  # noqa: SLF001  # Textual's own way

    def run_input_thread(self) -> None:
        """Read keys until told to stop or the terminal is gone; sleeps without a clock while nothing is typed."""
        decode = getincrementaldecoder("utf-8")("replace").decode
        parser = XTermParser(self._debug)
        half_until = 0.0
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._wake_read, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                ready = selector.select(_HALF_KEY_SECONDS if time.monotonic() < half_until else None)
                if any(key.fd == self._wake_read for key, _mask in ready):
                    os.read(self._wake_read, 1)
                    break
                if ready:
                    text = self._understood(decode(self._read()))
                    half_until = time.monotonic() + constants.ESCAPE_DELAY + 2 * _HALF_KEY_SECONDS
                    for event in parser.feed(text) if text else ():
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

    def _read(self) -> bytes:
        try:
            data = os.read(self.fileno, _READ_SIZE)
        except OSError:
            data = b""
        if not data:
            self.exit_event.set()
            self._loop.call_soon_threadsafe(self._end, signal.SIGHUP)
        return data

    def _end(self, number: int) -> None:
        hang_up = getattr(self._app, "hang_up", None)
        if hang_up:
            hang_up(number)
        else:
            self._app.exit(return_code=128 + number)

    def _understood(self, text: str) -> str:
        """Return the text without what could not be decoded, and let the user know."""
        if _REPLACEMENT not in text:
            return text
        complain = getattr(self._app, "complain_of_encoding", None)
        if complain:
            self._loop.call_soon_threadsafe(complain)
        return text.replace(_REPLACEMENT, "")
