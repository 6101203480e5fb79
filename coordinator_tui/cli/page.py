"""The help page as text in display cells, made without click: the page of the program itself must cost nothing."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from coordinator_tui.text import cells, fit, wrap
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEFT_COLUMN = 30
"""Widest first column of a list, in cells."""
GAP = 2


def page_width() -> int:
    """Cells to write in: the terminal's, but not more than can be read well."""
    return max(min(_terminal_columns(), 80) - 2, 50)


def _terminal_columns() -> int:
    """Do what shutil.get_terminal_size does, without what importing shutil costs."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked) > 0:
        return int(asked)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns or 80
    except (OSError, ValueError):
        return 80


def paragraph(text: str, indent: int, width: int) -> str:
    """Text wrapped below an indent, with its line end."""
    return "".join(f"{'':{indent}}{line}".rstrip() + "\n" for line in wrap(text, width - indent))


def definitions(rows: Iterable[tuple[str, str]], indent: int, width: int, least: int = 0) -> str:
    """Terms and their descriptions in two columns, the first at least `least` cells wide."""
    rows = list(rows)
    widest = max((cells(term) for term, _text in rows), default=0)
    first = max(min(widest, LEFT_COLUMN), least) + GAP
    return "".join(_definition(term, text, first, indent, width) for term, text in rows)


def _definition(term: str, text: str, first: int, indent: int, width: int) -> str:
    pad = " " * (indent + first)
    lines = wrap(text, max(width - len(pad), 20)) if text else []
    head = f"{'':{indent}}{term}"
    if lines and cells(term) + GAP <= first:
        head = f"{'':{indent}}{fit(term, first)}{lines.pop(0)}"
    return "\n".join([head.rstrip(), *(pad + line for line in lines)]) + "\n"


def heading_line(heading: str) -> str:
    """Return the line above a list, with its line end."""
    return _("{heading}:").format(heading=heading) + "\n"


def section(heading: str, body: str) -> str:
    """Return a heading with what stands below it, and the empty line before it."""
    return "\n" + heading_line(heading) + body


def examples(lines: Sequence[str]) -> str:
    """Return the examples, one command on a line; never wrapped, so that they can be copied."""
    heading = _("Example") if len(lines) == 1 else _("Examples")
    return section(heading, "".join(f"  {line}\n" for line in lines))


def program_page(name: str, width: int | None = None) -> str:
    """Return the help page of the program itself, from the table of contents."""
    from coordinator_tui.cli import contents

    width = width or page_width()
    usage = " ".join([_("Usage:"), name, _("[OPTIONS]"), _("[COMMAND] [ARGS]...")])
    parts = [f"{usage}\n\n"]
    parts += [paragraph(str(contents.ABOUT), 2, width), "\n", paragraph(str(contents.MORE), 2, width)]
    parts.append(section(_("Options"), definitions(_options(), 2, width)))
    least = max(cells(name) for name in contents.ENTRIES)
    for heading, entries in contents.SECTIONS:
        rows = [(entry.name, str(entry.about)) for entry in entries]
        parts.append(section(str(heading), definitions(rows, 2, width, least)))
    return "".join([*parts, examples(contents.EXAMPLES)])


def _options() -> list[tuple[str, str]]:
    from coordinator_tui.cli import contents

    rows = [
        (f"--{name} {wanted.metavar or ''}".rstrip(), str(wanted.about)) for name, wanted in contents.GLOBALS.items()
    ]
    return [*rows, ("-V, --version", str(contents.VERSION_ABOUT)), ("-h, --help", str(contents.HELP_ABOUT))]
