"""The program: its table of contents, and the one place where it starts and ends."""

from __future__ import annotations

import os
import sys

_FEW = 3
"""Words of the longest command line that asks for nothing but help."""

NAMES = ("coordinator-tui", "ctui")


def run() -> None:
    """Run what the command line asks for and end the process with the contract's exit code."""
    args = sys.argv[1:]
    if args in (["--version"], ["-V"]):
        from coordinator_tui.cli.version import VERSION

        print(f"coordinator-tui {VERSION}")  # noqa: T201 - an answer that needs nothing else
        return
    sys.exit(main(args))


def main(args: list[str], *, prog_name: str | None = None) -> int:
    """Run a command line in this process and return its exit code."""
    from coordinator_tui.cli.output import prepare_streams

    prepare_streams()
    try:
        if len(args) <= _FEW and _told_of_itself(args, prog_name or _name()):
            return 0
        from coordinator_tui.cli.program import program

        answer = program().main(args, prog_name=prog_name or _name(), standalone_mode=False)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last line of defence: no traceback, ever
        from coordinator_tui.cli.errors import end

        return end(error)
    return answer if isinstance(answer, int) else 0


def _name() -> str:
    name = os.path.basename(sys.argv[0])  # noqa: PTH119 - pathlib would cost more than all the rest
    return name if name in NAMES else NAMES[0]


def _told_of_itself(args: list[str], name: str) -> bool:
    """Print the program's own help page if that is all that is wanted; click and the commands stay unloaded."""
    from coordinator_tui.cli.contents import asks_only_for_help, language_asked_for

    if not asks_only_for_help(args):
        return False
    from coordinator_tui.cli.page import program_page
    from coordinator_tui.text import select_language

    select_language(language_asked_for(args))
    print(program_page(name), end="", flush=True)  # noqa: T201 - data for stdout
    return True
