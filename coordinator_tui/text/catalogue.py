"""The maintainer's tool for translations: `python -m coordinator_tui.text.catalogue`.

Reads the messages out of the package's source and brings both catalogues up to date with them: new ones are added,
those that nobody uses any more are dropped, translations stay. `--fill FILE.json` takes Chinese texts from
{"English": "中文"}. `--check` changes nothing, lists what is missing or wrong, and then ends with status 8.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from coordinator_tui.text.po import Entry, read_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PACKAGE = Path(__file__).parents[1]
LOCALES = Path(__file__).parent / "locale"
PLURAL_FORMS = {"zh_CN": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}

# What marks a text for translation, with the positions of its parts as Babel counts them.
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy": None,
    "mark": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
# Messages with words in them that are the same in Chinese: names and formats.
SAME_IN_CHINESE = frozenset(
    {"coordinator-tui", "CSV", "Excel", "JSON", "Markdown", "SSH", "{names}: {role} in {group}."}
)
_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile("[A-Za-z]{2,}")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")

Key = tuple[str | None, str]


def extract(package: Path = PACKAGE) -> list[Entry]:
    """Return an untranslated entry for every message in the Python source below `package`, sorted."""
    from babel.messages.extract import extract_from_dir

    found: dict[Key, Entry] = {}
    for _file, _line, message, _comments, context in extract_from_dir(
        package, method_map=[("**.py", "python")], keywords=_KEYWORDS
    ):
        msgid, plural = (message, None) if isinstance(message, str) else (message[0], message[1])
        known = found.setdefault((context, msgid), Entry(msgid, context, plural))
        known.plural = known.plural or plural
    return [found[key] for key in sorted(found, key=lambda key: (key[1], key[0] or ""))]


def read(locale: str) -> list[Entry]:
    """Return the entries of a catalogue, its header left out; [] when there is none yet."""
    path = path_of(locale)
    entries = read_entries(path.read_text(encoding="utf-8")) if path.exists() else []
    return [entry for entry in entries if entry.msgid]


def path_of(locale: str) -> Path:
    """Return where the source of a catalogue lies."""
    return LOCALES / locale / "LC_MESSAGES" / "messages.po"


def updated(wanted: Iterable[Entry], old: Iterable[Entry], forms: int) -> list[Entry]:
    """Return the wanted entries with the translations that `old` has for them, in `forms` plural forms."""
    known = {_key(entry): entry for entry in old}
    return [_with_translations(entry, known.get(_key(entry)), forms) for entry in wanted]


def fill(entries: Iterable[Entry], texts: Mapping[str, str]) -> set[str]:
    """Fill empty translations from {"English": "中文"} and return the keys that fit no message.

    A message with a context may have the key "context|English"; a plural message goes by either of its forms.
    """
    unused = set(texts)
    for entry in entries:
        names = [f"{entry.context}|{entry.msgid}", entry.msgid, entry.plural or entry.msgid]
        found = next((name for name in names if name in texts), None)
        unused -= set(names)
        if found is not None:
            entry.translations = {form: text or texts[found] for form, text in entry.translations.items()}
    return unused


def problems(wanted: Iterable[Entry], catalogue: Sequence[Entry], *, chinese: bool) -> list[str]:
    """Return what is wrong with a catalogue beside the messages that the source wants; one line each."""
    needed, present = {_key(entry) for entry in wanted}, {_key(entry) for entry in catalogue}
    found = [f"missing: {msgid!r}" for _, msgid in sorted(needed - present, key=str)]
    found += [f"obsolete: {msgid!r}" for _, msgid in sorted(present - needed, key=str)]
    for entry in catalogue:
        found += [f"{problem}: {entry.msgid!r}" for problem in _entry_problems(entry, chinese=chinese)]
    return found


def rendered(entries: Iterable[Entry], locale: str) -> str:
    """Return a catalogue's source: no dates, no places in the code, so that it changes only when a text does."""
    header = (
        'msgid ""\nmsgstr ""\n'
        '"Project-Id-Version: coordinator-tui\\n"\n'
        f'"Language: {locale}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURAL_FORMS[locale]}\\n"\n'
    )
    return "\n".join([header, *map(_rendered_entry, entries)])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tool and return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m coordinator_tui.text.catalogue", description=__doc__)
    parser.add_argument("--fill", nargs="+", type=Path, default=[], metavar="FILE.json")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    wanted = extract()
    if not options.check:
        _bring_up_to_date(wanted, options.fill)
    found = [
        f"{name}: {line}" for name in PLURAL_FORMS for line in problems(wanted, read(name), chinese=name == "zh_CN")
    ]
    _say(*(found if options.check else []), f"{len(wanted)} messages, {len(found)} problems")
    return 8 if found and options.check else 0


def _bring_up_to_date(wanted: Sequence[Entry], files: Iterable[Path]) -> None:
    texts = {file: json.loads(file.read_text(encoding="utf-8")) for file in files}
    for locale, plural_forms in PLURAL_FORMS.items():
        entries = updated(wanted, read(locale), int(plural_forms[len("nplurals=")]))
        if locale == "zh_CN":
            for file, pairs in texts.items():
                _say(*(f"{file.name}: no such message: {key!r}" for key in sorted(fill(entries, pairs))))
        path_of(locale).parent.mkdir(parents=True, exist_ok=True)
        path_of(locale).write_text(rendered(entries, locale), encoding="utf-8")


def _say(*lines: str) -> None:
    sys.stderr.writelines(f"{line}\n" for line in lines)


def _key(entry: Entry) -> Key:
    return entry.context, entry.msgid


def _with_translations(entry: Entry, old: Entry | None, forms: int) -> Entry:
    texts = old.translations if old else {}
    numbers = range(forms if entry.plural else 1)
    return Entry(entry.msgid, entry.context, entry.plural, {number: texts.get(number, "") for number in numbers})


def _entry_problems(entry: Entry, *, chinese: bool) -> Iterable[str]:
    if entry.fuzzy:
        yield "fuzzy"
    if not entry.translated:
        if chinese:
            yield "untranslated"
        return
    # A Chinese text has one form for all numbers, which must hold the number; English may leave it out for one.
    source = entry.plural if chinese and entry.plural else entry.msgid
    if any(_placeholders(text) != _placeholders(source) for text in entry.translations.values()):
        yield "other placeholders"
    words = _WORD.search(_PLACEHOLDER.sub("", entry.msgid)) and entry.msgid not in SAME_IN_CHINESE
    if chinese and words and not any(map(_HAN.search, entry.translations.values())):
        yield "no Chinese"


def _placeholders(text: str) -> set[str] | str:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return text  # unbalanced braces: equal to nothing but itself


def _rendered_entry(entry: Entry) -> str:
    lines = [f"msgctxt {_quoted(entry.context)}"] if entry.context is not None else []
    lines.append(f"msgid {_quoted(entry.msgid)}")
    if entry.plural is None:
        lines.append(f"msgstr {_quoted(entry.translations[0])}")
    else:
        lines.append(f"msgid_plural {_quoted(entry.plural)}")
        lines += [f"msgstr[{form}] {_quoted(text)}" for form, text in sorted(entry.translations.items())]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    lines = [json.dumps(line, ensure_ascii=False) for line in text.splitlines(keepends=True)]
    return "\n".join(['""', *lines]) if len(lines) > 1 else "".join(lines) or '""'


if __name__ == "__main__":
    sys.exit(main())
