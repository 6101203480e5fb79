"""Every way a command can fail, as one sentence on stderr and an exit code; never a traceback."""

from __future__ import annotations

import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from coordinator_tui.cli.output import say
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from types import TracebackType

    from coordinator_tui.book.book import Book

DONE, FAILED, USAGE, REFUSED, NO_SUCH_THING, DECISION_NEEDED, UNUSABLE, UNREACHABLE, GAPS = range(9)
"""Exit codes, in the order of the contract."""
INTERRUPTED = 130
PIPE_CLOSED = 141
"""What a shell reports of a program that ended because nobody read on (128 + SIGPIPE), as git ends."""


NO_ARGUMENTS: Any = getattr(click.exceptions, "NoArgsIsHelpError", ())
"""What click raises when a group of commands is called without one (older versions print the help and exit)."""


class CommandError(Exception):
    """A sentence, already translated, and the exit code to end with."""

    def __init__(self, sentence: str, exit_code: int) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


class Ending(NamedTuple):
    """What is said, and the exit code."""

    sentence: str
    exit_code: int


def refused(sentence: str) -> CommandError:
    """Make the error for an input that is not taken in."""
    return CommandError(sentence, REFUSED)


def end(error: BaseException) -> int:
    """Tell of the error on stderr and return the exit code."""
    if isinstance(error, BrokenPipeError) or isinstance(error.__cause__, BrokenPipeError):
        _close_quietly()
        return PIPE_CLOSED
    if isinstance(error, (KeyboardInterrupt, click.Abort, EOFError)):
        say(_("Interrupted."))
        return INTERRUPTED
    ending = _explained(error)
    if ending is None:
        ending = _unexpected(error)
    say(ending.sentence)
    return ending.exit_code


def _explained(error: BaseException) -> Ending | None:
    """Sentence and code of an error that somebody foresaw."""
    if isinstance(error, click.ClickException):
        return _usage(error)
    code = getattr(error, "exit_code", None)
    if isinstance(code, int) and type(error).__module__.startswith("coordinator_tui."):
        return Ending(_with_candidates(error), code)
    if type(error).__module__.startswith("coordinator_tui.store"):
        return Ending(str(error), UNUSABLE)
    if any(kind.__name__ == "DomainError" for kind in type(error).__mro__):
        return Ending(str(error), REFUSED)
    if isinstance(error, OSError):
        return _of_system(error)
    return None


def _with_candidates(error: BaseException) -> str:
    """Return the sentence of a question, and below it what there is to choose from unless it is said already."""
    sentence = str(error)
    names = [pair[1] if isinstance(pair, tuple) else str(pair) for pair in getattr(error, "candidates", ())]
    missing = [f"  {name}" for name in names if name not in sentence]
    return "\n".join([sentence, *missing])


def _usage(error: click.ClickException) -> Ending:
    """Tell what click complains about, as a sentence with the next command to type."""
    what = error.format_message()
    if isinstance(error, NO_ARGUMENTS):  # what it says is the help page itself
        return Ending(what.rstrip(), error.exit_code)
    ctx = getattr(error, "ctx", None)
    if isinstance(error, click.MissingParameter):
        what = _missing(error)
    elif isinstance(error, click.NoSuchOption):
        what = _no_option(error)
    if isinstance(error, click.UsageError) and ctx is not None:
        what = what.rstrip(" .。")
        if what.endswith(("?", "？")):
            return Ending(
                _("{what} Help: {command} --help").format(what=what, command=ctx.command_path), error.exit_code
            )
        return Ending(_("{what}. Help: {command} --help").format(what=what, command=ctx.command_path), error.exit_code)
    return Ending(what, error.exit_code)


def _no_option(error: click.NoSuchOption) -> str:
    name = error.option_name
    if not error.possibilities:
        return _("There is no option {name}").format(name=name)
    sentence = _("There is no option {name}; did you mean {close}?")
    known = sorted(error.possibilities)
    begun = [option for option in known if option.startswith(name)]
    return sentence.format(name=name, close=(begun or known)[0])


def _missing(error: click.MissingParameter) -> str:
    param = error.param
    if param is None:
        return error.format_message()
    if isinstance(param, click.Argument):
        return _("{name} is missing").format(name=param.human_readable_name)
    return _("The option {name} is missing").format(name=max(param.opts, key=len))


def _of_system(error: OSError) -> Ending:
    """Tell what the system refused: a file that is not there is no such thing, everything else is refused."""
    name = str(error.filename or "") or _("the file")
    if isinstance(error, FileNotFoundError):
        return Ending(_("There is no file {name}.").format(name=name), NO_SUCH_THING)
    if isinstance(error, IsADirectoryError):
        return Ending(_("{name} is a folder, not a file.").format(name=name), REFUSED)
    if isinstance(error, PermissionError):
        sentence = _("{name} may not be read or written by this user; choose another place, or ask who owns it.")
        return Ending(sentence.format(name=name), REFUSED)
    from coordinator_tui.book.store_texts import reason_words

    sentence = _("{name}: the system says “{reason}”.")
    return Ending(sentence.format(name=name, reason=reason_words(error.strerror or type(error).__name__)), FAILED)


def _unexpected(error: BaseException) -> Ending:
    """Tell of a mistake of ours: one line without anybody's data, and where a note for the makers lies."""
    note = _write_note(error)
    sentence = _("Something went wrong in the program itself ({kind}). Nothing is lost: what was confirmed is saved.")
    parts = [sentence.format(kind=type(error).__name__)]
    if note is not None:
        parts.append(_("For a report: {path}").format(path=note))
    return Ending(" ".join(parts), FAILED)


def _write_note(error: BaseException) -> Path | None:
    """Write the places in the code, without messages and values, to a file that only this user can read."""
    from platformdirs import user_log_path

    try:
        folder = user_log_path("coordinator-tui", appauthor=False)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "errors.log"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} {type(error).__name__}\n")
            file.writelines(_places(error.__traceback__))
    except OSError:
        return None
    return path


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)
    return [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}\n" for frame in frames]


def _close_quietly() -> None:
    """Point stdout at nothing, so that flushing at exit does not complain a second time."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (BrokenPipeError, ValueError):
            os.dup2(nothing, stream.fileno())


def narrate_warnings(book: Book) -> None:
    """Say on stderr what the store warns about."""
    from coordinator_tui.book.care import warnings

    for sentence in warnings(book):
        say(_("Warning: {text}").format(text=sentence))
