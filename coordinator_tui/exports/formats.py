"""Tables and reports as text, Markdown, CSV, JSON; workbooks are made next door."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

from coordinator_tui.book.errors import Refused
from coordinator_tui.exports.neutral import neutral
from coordinator_tui.exports.table import Report, Table, percent
from coordinator_tui.text import cells, clean, fit, lazy, visible, wrap
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from coordinator_tui.exports.table import Column, Value

Format = Literal["text", "md", "csv", "xlsx", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIXES: dict[Format, str] = {"text": ".txt", "md": ".md", "csv": ".csv", "xlsx": ".xlsx", "json": ".json"}

_BOM = "\ufeff"
_WIDEST_CELL = 40
_TEXT_WIDTH = 78
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")
_LIST_MARK = re.compile(r"^(\s*\d+)([.)])(?=\s|$)|^(\s*)([-+])(?=\s)")
_RIGHT: dict[str, str] = {"number": "right", "ratio": "right"}


def render(thing: Table | Report, fmt: Format) -> bytes:
    """Return a table or report as the bytes of a file. Text has no byte order mark, CSV has one.

    Raises Refused for a format that there is none of.
    """
    if fmt == "xlsx":
        from coordinator_tui.exports.sheets import workbook_of

        return workbook_of(thing)
    writers: dict[str, Callable[[Table | Report], str]] = {
        "text": as_text,
        "md": as_markdown,
        "csv": as_csv,
        "json": as_json,
    }
    if fmt not in writers:
        raise Refused(
            lazy("There is no format “{format}”; there are: {formats}."), format=fmt, formats=", ".join(FORMATS)
        )
    return writers[fmt](thing).encode()


def shown(column: Column, value: Value) -> str:
    """Return a cell as people read it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if column.kind == "ratio" and isinstance(value, float | int):
        return percent(float(value))
    return clean(value, lines=True) if isinstance(value, str) else str(value)


# text


def as_text(thing: Table | Report) -> str:
    """Return text for a terminal or a letter: columns aligned by display cells, nothing that steers a terminal."""
    lines = _text_of_table(thing) if isinstance(thing, Table) else _text_of_report(thing)
    return "\n".join(visible(line.rstrip()) for line in lines) + "\n"


def _text_of_table(table: Table) -> list[str]:
    from coordinator_tui.exports.columns import fitting

    parts, left_out = fitting(table, _TEXT_WIDTH, lambda part: max(map(cells, _grid(part))))
    lines = [table.title, ""] if table.title else []
    lines += [line for number, part in enumerate(parts) for line in ([""] if number else []) + _grid(part)]
    notes = list(table.notes)
    if left_out:
        notes.append(_("Columns with nothing but 0 are left out: {columns}.").format(columns=_(", ").join(left_out)))
    lines += ["", *(line for note in notes for line in wrap(note, _TEXT_WIDTH))] if notes else []
    return lines


def _grid(table: Table) -> list[str]:
    import tabulate

    tabulate.MIN_PADDING = 0  # the library's extra room around heads makes a table of fifteen columns unreadably wide
    body = [
        ["\n".join(_wrapped(shown(column, value))) for column, value in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]
    text = tabulate.tabulate(
        body,
        headers=[column.header for column in table.columns],
        tablefmt="simple",
        disable_numparse=True,
        colalign=[_RIGHT.get(column.kind, "left") for column in table.columns] if body else None,
    )
    return text.split("\n")


def _wrapped(text: str) -> list[str]:
    lines = [visible(line) for line in text.split("\n")]
    return [part for line in lines for part in (wrap(line, _WIDEST_CELL) if cells(line) > _WIDEST_CELL else [line])]


def _text_of_report(report: Report) -> list[str]:
    lines = [report.title, "=" * cells(report.title), ""]
    labels = max((cells(label) for label, _value in report.head), default=0)
    lines += [f"{fit(label, labels)}  {value}" for label, value in report.head]
    for section in report.sections:
        lines += ["", section.title, "-" * cells(section.title)]
        lines += [line for paragraph in section.paragraphs for line in wrap(paragraph, _TEXT_WIDTH)]
        for table in section.tables:
            lines += ["", *_text_of_table(table)]
    lines += ["", *(line for note in report.notes for line in wrap(note, _TEXT_WIDTH))] if report.notes else []
    lines += ["", "    ".join(report.footer)] if report.footer else []
    return lines


# Markdown


def as_markdown(thing: Table | Report) -> str:
    """Return Markdown with pipe tables; texts from the data are never markup."""
    blocks = _markdown_of_table(thing, "#") if isinstance(thing, Table) else _markdown_of_report(thing)
    return "\n\n".join(blocks) + "\n"


def _escaped(text: str) -> str:
    """Escape text that begins a line."""
    return "<br>".join(_begun(_inline(line)) for line in clean(text, lines=True).split("\n"))


def _inline(text: str) -> str:
    """Escape text within a line."""
    return _MARKUP.sub(r"\\\1", text.replace("&", "&amp;"))


def _begun(line: str) -> str:
    return _LIST_MARK.sub(lambda found: f"{found[1] or found[3]}\\{found[2] or found[4]}", line)


def _markdown_of_table(table: Table, level: str) -> list[str]:
    head = "| " + " | ".join(_inline(column.header) for column in table.columns) + " |"
    rule = "|" + "|".join(" ---: " if column.kind in _RIGHT else " --- " for column in table.columns) + "|"
    rows = [
        "| "
        + " | ".join(_escaped(shown(column, value)) for column, value in zip(table.columns, row, strict=True))
        + " |"
        for row in table.rows
    ]
    return [
        *([f"{level} {_inline(table.title)}"] if table.title else []),
        "\n".join([head, rule, *rows]),
        *(_escaped(note) for note in table.notes),
    ]


def _markdown_of_report(report: Report) -> list[str]:
    blocks = [f"# {_inline(report.title)}"]
    blocks.append("\n".join(f"- **{_inline(label)}** {_inline(value)}" for label, value in report.head))
    for section in report.sections:
        blocks.append(f"## {_inline(section.title)}")
        blocks += [_escaped(paragraph) for paragraph in section.paragraphs]
        for table in section.tables:
            blocks += _markdown_of_table(table, "###")
    blocks += [_escaped(note) for note in report.notes]
    blocks += [_escaped("    ".join(report.footer))] if report.footer else []
    return [block for block in blocks if block]


# CSV


def as_csv(thing: Table | Report) -> str:
    """Return CSV that Excel and WPS open right: byte order mark, comma, CRLF, nothing that is computed.

    A table is its header and rows and nothing else, so that it can be imported again; a report has its head and
    sentences too.
    """
    if isinstance(thing, Table):
        return _BOM + _lines(_csv_of_table(thing))
    return _BOM + _lines(_csv_of_report(thing))


def _lines(rows: Iterable[Sequence[str]]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerows([neutral(cell) for cell in row] for row in rows)
    return file.getvalue()


def _csv_of_table(table: Table) -> list[list[str]]:
    rows = [[shown(column, value) for column, value in zip(table.columns, row, strict=True)] for row in table.rows]
    return [[column.header for column in table.columns], *rows]


def _csv_of_report(report: Report) -> list[list[str]]:
    rows = [[report.title], *([label, value] for label, value in report.head)]
    for section in report.sections:
        rows += [[], [section.title], *([paragraph] for paragraph in section.paragraphs)]
        for table in section.tables:
            rows += [[], [table.title], *_csv_of_table(table), *([note] for note in table.notes)]
    return [*rows, *([note] for note in report.notes)]


# JSON


def as_json(thing: Table | Report) -> str:
    """Return a table as an array of objects (dates as ISO text); a report as its sections with their tables."""
    value = _objects(thing) if isinstance(thing, Table) else _json_of_report(thing)
    return dumped(value)


def dumped(value: object) -> str:
    """Return one JSON value as text, readable and with its characters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _plain(value: Value) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _objects(table: Table) -> list[dict[str, object]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, map(_plain, row), strict=True)) for row in table.rows]


def _json_of_report(report: Report) -> dict[str, object]:
    return {
        "title": report.title,
        "head": dict(report.head),
        "sections": [
            {
                "title": section.title,
                "paragraphs": list(section.paragraphs),
                "tables": [{"title": table.title, "rows": _objects(table)} for table in section.tables],
            }
            for section in report.sections
        ],
    }
