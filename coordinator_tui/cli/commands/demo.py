"""`demo`: a fictional group with a term of data."""

from __future__ import annotations

from coordinator_tui.cli.common import command, done
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.output import emit, say
from coordinator_tui.cli.shape import argument, option
from coordinator_tui.cli.values import TEXT
from coordinator_tui.text import current_language, lazy
from coordinator_tui.text import gettext as _


@command(
    "demo",
    lazy("Make a fictional group with a term of data, and open it."),
    "coordinator-tui demo",
    "coordinator-tui --lang en demo ./demo --no-open",
    more=lazy(
        "Everybody in it is invented. Without a folder it lies in the program's data folder, and is made only once."
    ),
)
@argument("folder", metavar="[DIR]", required=False, type=TEXT, about=lazy("Where to write it."))
@option("--no-open", "write_only", is_flag=True, about=lazy("Only write it, and print where it is."))
@pass_call
def COMMAND(call: Call, folder: str | None, *, write_only: bool) -> int:  # noqa: N802 - handed on by this name
    """Write the demo if it is not there, then open the screens on it."""
    from coordinator_tui.book import places
    from coordinator_tui.book.demo import write_demo

    path = places.book_folder(folder or places.data_folder() / "demo")
    if folder is None and (path / "store.json").is_file():
        say(_("The demo is at {folder} already.").format(folder=path))
        places.remember(path)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_demo(path, language=current_language(), today=call.today)
        done(_("The demo was written to {folder}.").format(folder=path))
    if write_only:
        emit(str(path))
        return 0
    from coordinator_tui.cli.open_tui import open_screens

    return open_screens(call, path)
