"""The texts that click itself speaks, said through our catalogues instead of the system's."""

from __future__ import annotations

import sys

from coordinator_tui.text import gettext, lazy

CLICK_MODULES = (
    "click.core",
    "click.decorators",
    "click.exceptions",
    "click.formatting",
    "click.parser",
    "click.termui",
    "click._termui_impl",
    "click.types",
    "click.utils",
)

CLICK_TEXTS = (
    lazy("Aborted!"),
    lazy("Argument {name!r} takes {nargs} values."),
    lazy("Choose from:\n\t{choices}"),
    lazy("Could not open file {filename!r}: {message}"),
    lazy("Do you want to continue?"),
    lazy("Error: invalid input"),
    lazy("Error: {message}"),
    lazy("Got unexpected extra argument ({args})"),
    lazy("Got unexpected extra arguments ({args})"),
    lazy("Did you mean {possibility}?"),
    lazy("(Did you mean one of: {possibilities}?)"),
    lazy("Invalid value for {param_hint}: {message}"),
    lazy("Invalid value: {message}"),
    lazy("Missing argument"),
    lazy("Missing command."),
    lazy("Missing option"),
    lazy("Missing parameter"),
    lazy("No such command {name!r}."),
    lazy("No such option {name!r}."),
    lazy("Option {name!r} does not take a value."),
    lazy("Option {name!r} requires an argument."),
    lazy("Option {name!r} requires {nargs} arguments."),
    lazy("Options"),
    lazy("Positional arguments"),
    lazy("Commands"),
    lazy("Press any key to continue..."),
    lazy("Show the version and exit."),
    lazy("Show this message and exit."),
    lazy("Takes {nargs} values but 1 was given."),
    lazy("Takes {nargs} values but {len} were given."),
    lazy("Usage:"),
    lazy("deprecated"),
    lazy("default: {default}"),
    lazy("env var: {var}"),
    lazy("required"),
    lazy("file"),
    lazy("directory"),
    lazy("path"),
    lazy("unknown error"),
    lazy("{name} {filename!r} does not exist."),
    lazy("{name} {filename!r} is a directory."),
    lazy("{name} {filename!r} is a file."),
    lazy("{name} {filename!r} is not readable."),
    lazy("{name} {filename!r} is not writable."),
    lazy("{value!r} is not a valid {number_type}."),
    lazy("{value!r} is not one of {choices}."),
    lazy("{value!r} is not {choice}."),
    lazy("{value} is not in the range {range}."),
    lazy("{value!r} is not a valid boolean. Recognized values: {states}"),
)
"""Every message of click that can reach a user of ours."""


def _plural(singular: str, plural: str, count: int) -> str:
    return gettext(singular if count == 1 else plural)


def teach_click() -> None:
    """Give the loaded modules of click our translations; what the catalogue lacks stays English."""
    for name in CLICK_MODULES:
        module = sys.modules.get(name)
        if module is None:
            continue
        if hasattr(module, "_"):
            vars(module)["_"] = gettext
        if hasattr(module, "ngettext"):
            vars(module)["ngettext"] = _plural
