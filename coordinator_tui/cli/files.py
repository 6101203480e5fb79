"""Files that commands read and write: `-` is a standard stream, text that is read may be UTF-8 or GB18030."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from coordinator_tui.exports.formats import Format


def read_text(name: str) -> str:
    """Return the text of a file or of standard input, in UTF-8 or, where it is not that, GB18030."""
    content = read_bytes(name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def read_bytes(name: str) -> bytes:
    """Return the bytes of a file; - is standard input."""
    return sys.stdin.buffer.read() if name == "-" else Path(name).expanduser().read_bytes()


def format_of(fmt: Format | None, output: str, usual: Format) -> Format:
    """Return the format asked for, else the one that the file's name says, else the usual one."""
    if fmt is not None:
        return fmt
    endings: dict[str, Format] = {".txt": "text", ".md": "md", ".csv": "csv", ".xlsx": "xlsx", ".json": "json"}
    return endings.get(Path(output).suffix.lower(), usual)


def deliver(content: bytes, output: str, fmt: Format, *, force: bool) -> None:
    """Write an export to its file, or to standard output; a workbook is not thrown at a terminal."""
    from coordinator_tui.cli.errors import USAGE, CommandError
    from coordinator_tui.cli.output import emit, emit_bytes, is_terminal, say
    from coordinator_tui.exports.save import save

    if output != "-":
        path = save(content, output, force=force)
        say(_("Written: {file}").format(file=path))
        return
    if fmt == "xlsx" and is_terminal(sys.stdout):
        raise CommandError(_("A workbook needs a file: name it with -o FILE.xlsx."), USAGE)
    if fmt in {"text", "md"}:
        emit(content.decode().rstrip("\n"))
    else:
        emit_bytes(content)
