"""Files going out: tables, summaries, printed sheets; loaded piece by piece, the spreadsheet library only for xlsx."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coordinator_tui.exports.call_sheet import call_sheet
    from coordinator_tui.exports.formats import FORMATS, SUFFIXES, Format, render
    from coordinator_tui.exports.lists import LISTS, ListName, list_file
    from coordinator_tui.exports.roll_sheet import roll_sheet
    from coordinator_tui.exports.save import FileIsThere, NotWritten, file_name, save
    from coordinator_tui.exports.summary import group_report, member_report, summary_file, summary_json
    from coordinator_tui.exports.table import Column, Report, Section, Table

__all__ = [
    "FORMATS",
    "LISTS",
    "SUFFIXES",
    "Column",
    "FileIsThere",
    "Format",
    "ListName",
    "NotWritten",
    "Report",
    "Section",
    "Table",
    "call_sheet",
    "file_name",
    "group_report",
    "list_file",
    "member_report",
    "render",
    "roll_sheet",
    "save",
    "summary_file",
    "summary_json",
]

_MODULES = {
    "call_sheet": ("call_sheet",),
    "formats": ("FORMATS", "SUFFIXES", "Format", "render"),
    "lists": ("LISTS", "ListName", "list_file"),
    "roll_sheet": ("roll_sheet",),
    "save": ("FileIsThere", "NotWritten", "file_name", "save"),
    "summary": ("group_report", "member_report", "summary_file", "summary_json"),
    "table": ("Column", "Report", "Section", "Table"),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
