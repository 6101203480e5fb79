"""Reads gettext's .po sources and compiles them, so that a checkout speaks Chinese before anything was built."""

from __future__ import annotations

import ast
import re
import struct
from dataclasses import dataclass, field

_FIELD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s+(\".*\")$")
_MO_MAGIC = 0x950412DE
_MO_HEADER = 28


@dataclass
class Entry:
    """One message of a catalogue; `translations` by plural form, one for messages without plural."""

    msgid: str = ""
    context: str | None = None
    plural: str | None = None
    translations: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False

    @property
    def translated(self) -> bool:
        """Whether there is text to show in every form."""
        return bool(self.translations) and all(self.translations.values())


def read_entries(source: str) -> list[Entry]:
    """Return the entries of a .po source in its order, its header (empty msgid) included; obsolete ones are skipped."""
    entries: list[Entry] = []
    entry, name, form = Entry(), "", 0
    for raw in source.split("\n"):
        line = raw.strip()
        found = _FIELD.match(line)
        if name == "msgstr" and (line.startswith("#") or (found and found[1] != "msgstr")):
            entries.append(entry)
            entry, name = Entry(), ""
        if line.startswith("#,"):
            entry.fuzzy |= "fuzzy" in line
        if found:
            name, form = found[1], int(found[2] or 0)
        if found or line.startswith('"'):
            _append(entry, name, form, found[3] if found else line)
    return [*entries, entry] if name == "msgstr" else entries


def compiled_bytes(entries: list[Entry]) -> bytes:
    """Return the .mo form (GNU gettext manual, "The Format of GNU MO Files") of all usable entries."""
    pairs = sorted(
        (_key(entry), b"\0".join(entry.translations[form].encode() for form in sorted(entry.translations)))
        for entry in entries
        if entry.translated and not entry.fuzzy
    )
    keys, values = [key for key, _ in pairs], [value for _, value in pairs]
    texts_at = _MO_HEADER + 16 * len(pairs)
    tables, texts = [], b""
    for column in (keys, values):
        for text in column:
            tables.append(struct.pack("<II", len(text), texts_at + len(texts)))
            texts += text + b"\0"
    values_table = _MO_HEADER + 8 * len(pairs)
    header = struct.pack("<7I", _MO_MAGIC, 0, len(pairs), _MO_HEADER, values_table, 0, texts_at)
    return header + b"".join(tables) + texts


def _key(entry: Entry) -> bytes:
    context = "" if entry.context is None else f"{entry.context}\x04"
    plural = "" if entry.plural is None else f"\0{entry.plural}"
    return f"{context}{entry.msgid}{plural}".encode()


def _append(entry: Entry, name: str, form: int, quoted: str) -> None:
    text: str = ast.literal_eval(quoted)
    if name == "msgctxt":
        entry.context = (entry.context or "") + text
    elif name == "msgid":
        entry.msgid += text
    elif name == "msgid_plural":
        entry.plural = (entry.plural or "") + text
    elif name == "msgstr":
        entry.translations[form] = entry.translations.get(form, "") + text
