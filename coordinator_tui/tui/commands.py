"""Actions as objects: one `Command` is its keys, footer hint, palette entry, help line and name on the command line."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.keys import _character_to_key

from coordinator_tui.domain.lightclass import dataclass
from coordinator_tui.text import matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coordinator_tui.text import LazyText

# What a Chinese input method sends where the key top shows the ASCII sign; the full-width block is computed.
_PUNCTUATION = {
    ".": "。", ",": "，", "/": "、", "\\": "、", "[": "【", "]": "】", "<": "《", ">": "》", "`": "·", "^": "…",
    "_": "—", "$": "￥", "'": "‘", '"': "“",
}  # fmt: skip
_WIDE_OFFSET = 0xFEE0
_KEY_NAMES = {
    "escape": "Esc", "enter": "Enter", "space": "Space", "backspace": "⌫", "delete": "Del", "tab": "Tab", "up": "↑",
    "down": "↓", "left": "←", "right": "→", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End",
    "insert": "Ins",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One action of a screen or of the whole program.

    `name` is "screen.action"; the method `action_<action>` of the screen (or app) does it, called with `arguments`.
    `keys` are Textual's key names or single characters; the first is the one shown. `hint` puts it into the key line.
    However narrow it is, those `kept` stay there.
    `words` helps to find it in the palette, in any language; `cli` is the same thing as a command, without the program.
    """

    name: str
    title: LazyText
    keys: tuple[str, ...] = ()
    hint: LazyText | None = None
    help: LazyText | None = None
    words: str = ""
    cli: str = ""
    action: str = ""
    arguments: tuple[Any, ...] = ()
    in_palette: bool = True
    kept: bool = False

    @property
    def method(self) -> str:
        """Name of the action, without "action_"."""
        return self.action or self.name.rpartition(".")[2].replace("-", "_")

    @property
    def key_shown(self) -> str:
        """How the first key is written for people, or ""."""
        return key_name(self.keys[0]) if self.keys else ""

    def rank(self, query: str) -> int | None:
        """Return how well the query finds this command (lower is better), or None; any language and pinyin will do."""
        return matches(query, str(self.title), self.title.message, *self.words.split())


def key_name(key: str) -> str:
    """Return a key as people know it: "ctrl+p" is "^P", "f9" is "F9", "escape" is "Esc"."""
    held, _plus, last = key.rpartition("+") if len(key) > 1 else ("", "", key)
    shown = _KEY_NAMES.get(last) or (last.upper() if held or last[1:].isdecimal() else last)
    return ("^" + shown) if held == "ctrl" else f"{held}+{shown}" if held else shown


@lru_cache(maxsize=512)
def key_forms(key: str) -> tuple[str, ...]:
    """Return Textual's names of all that may arrive for a key: itself, and what input methods make of it."""
    if len(key) > 1 or not key.isascii():
        return (
            key if len(key) > 1 else _character_to_key(key),
            *((_character_to_key("\u3000"),) if key == "space" else ()),
        )
    forms = [key, chr(ord(key) + _WIDE_OFFSET), *_PUNCTUATION.get(key, "")]
    return tuple(dict.fromkeys(_character_to_key(form) for form in forms))


def by_key(commands: Iterable[Command]) -> dict[str, Command]:
    """Return the commands by every key name that calls them; a key claimed by two raises ValueError.

    A key's own name goes before the look-alike of another.
    """
    found: dict[str, Command] = {}
    pairs = [(key_forms(key), command) for command in commands for key in command.keys]
    for forms, command in pairs:
        if found.setdefault(forms[0], command) is not command:
            raise ValueError(f"key {forms[0]!r} calls both {found[forms[0]].name} and {command.name}")
    for forms, command in pairs:
        for form in forms[1:]:
            found.setdefault(form, command)
    return found


def bindings(keys: Mapping[str, Command]) -> list[Binding]:
    """Return Textual bindings for a table made by `by_key`, so that its own tools know them too."""
    return [
        Binding(
            key, _action_text(command), command.title.message, show=command.hint is not None, id=f"{command.name}:{key}"
        )
        for key, command in keys.items()
    ]


def _action_text(command: Command) -> str:
    arguments = ", ".join(repr(argument) for argument in command.arguments)
    return f"{command.method}({arguments})"
