"""`settings`: list, get, set."""

from __future__ import annotations

from typing import Any

from coordinator_tui.cli.common import command, done, json_option
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.output import emit, emit_json, emit_table
from coordinator_tui.cli.shape import Group, argument
from coordinator_tui.cli.values import SETTING, TEXT
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy


@command("list", lazy("Show every setting with its value."), "coordinator-tui settings list --json")
@json_option
@pass_call
def list_settings(call: Call, *, as_json: bool) -> None:
    """Print the settings."""
    with call.open(read_only=True) as book:
        if as_json:
            emit_json({spec.key: value for spec, value in book.settings.all()})
            return
        rows = [
            (spec.key, _shown(book, spec.kind, value), spec.title, spec.help) for spec, value in book.settings.all()
        ]
        emit_table(rows, [_("Setting"), _("Value"), _("Title"), _("Meaning")], plain=call.plain)


def _shown(book: Any, kind: str, value: Any) -> str:  # noqa: ANN401 - the spec says which type
    if kind == "group" and value:
        found = book.groups.find(int(value))
        return found.name if found else str(value)
    return "" if value is None else str(value)


@command("get", lazy("Print the value of one setting."), "coordinator-tui settings get school")
@argument("key", metavar="SETTING", type=SETTING, about=lazy("Which setting."))
@json_option
@pass_call
def get_setting(call: Call, key: str, *, as_json: bool) -> None:
    """Print one setting."""
    with call.open(read_only=True) as book:
        value = book.settings.get(key)
        if as_json:
            emit_json(value)
        else:
            emit("" if value is None else str(value))


@command(
    "set",
    lazy("Choose a value; an empty one goes back to the default."),
    "coordinator-tui settings set late_entry_days 5",
    "coordinator-tui settings set default_group 英语教研组",
)
@argument("key", metavar="SETTING", type=SETTING, about=lazy("Which setting."))
@argument("value", type=TEXT, about=lazy("Its new value."))
@pass_call
def set_setting(call: Call, key: str, value: str) -> None:
    """Write one setting."""
    from coordinator_tui.book.groups import find_group
    from coordinator_tui.book.settings import spec_of
    from coordinator_tui.book.terms import find_term

    with call.open() as book:
        kind, chosen = spec_of(key).kind, value
        if value and kind == "group":
            chosen = str(find_group(book, value).id)
        elif value and kind == "term":
            chosen = find_term(book, value).code
        book.settings.set(key, chosen)
        done(_("{key} is now “{value}”.").format(key=key, value=_shown(book, kind, book.settings.get(key))))


COMMAND = Group(
    "settings", commands=[list_settings, get_setting, set_setting], examples=("coordinator-tui settings list",)
)
