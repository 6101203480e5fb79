"""What a rule pack of the book says in one place and not in another, in words short enough for a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.book.errors import Refused
from coordinator_tui.book.rules import answer_words, kept_title, read_kept, say
from coordinator_tui.text import gettext, ngettext, pgettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.rules.pack import PackSetting

_LINES, _LENGTH = 3, 60
_TEXTS = frozenset({"text", "shipped"})


def pack_title(book: Book, identity: int) -> str:
    """Return the title of a pack of the book, in force or dropped; "" when the book has none with that id."""
    record = book.packs.find(identity)
    return kept_title(record) if record is not None else ""


def setting_title(book: Book, identity: int, key: str) -> str:
    """Return the title of a setting of a pack of the book; its key where the pack does not know it."""
    setting = _settings(book, identity).get(key)
    return say(setting.title) if setting is not None else key


def pack_words(book: Book, identity: int, field: str, value: object, others: Sequence[object]) -> str | None:
    """Return what a field of a pack holds that `others`, its other values, do not; None for a field like any other.

    A text is told by the lines that it alone has, answers by those that are different.
    """
    if field in _TEXTS and isinstance(value, str):
        return _text_words(value, [other for other in others if isinstance(other, str)])
    if field == "answers" and (value is None or isinstance(value, dict)):
        return _answers_words(book, identity, value or {}, [other for other in others if isinstance(other, dict)])
    return None


def answer_in_words(book: Book, identity: int, key: str, value: object) -> str:
    """Return the answer to one setting in words; "open" for none."""
    setting = _settings(book, identity).get(key)
    said = answer_words(setting, value) if setting is not None else "" if value is None else str(value)
    return said or pgettext("setting", "open")


def _text_words(text: str, others: Sequence[str]) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    known = {line.strip() for other in others for line in other.splitlines()}
    own = [line for line in lines if line not in known] if others else []
    if not own:
        return ngettext("{count} line", "{count} lines", len(lines)).format(count=len(lines))
    shown = gettext("; ").join(line if len(line) <= _LENGTH else f"{line[:_LENGTH]}…" for line in own[:_LINES])
    more = len(own) - _LINES
    rest = ngettext("and {count} more line", "and {count} more lines", more).format(count=more) if more > 0 else ""
    return gettext("; ").join(part for part in (shown, rest) if part)


def _answers_words(book: Book, identity: int, answers: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> str:
    keys = dict.fromkeys(key for each in (answers, *others) for key in each)
    told = [key for key in keys if not others or any(each.get(key) != answers.get(key) for each in others)]
    said = (
        gettext("{setting}: {answer}").format(
            setting=setting_title(book, identity, key), answer=answer_in_words(book, identity, key, answers.get(key))
        )
        for key in told
    )
    return gettext("; ").join(said) or "–"


def _settings(book: Book, identity: int) -> Mapping[str, PackSetting]:
    record = book.packs.find(identity)
    try:
        pack = read_kept(record.text, record.pack) if record is not None else None
    except Refused:
        pack = None
    return {setting.key: setting for setting in pack.settings} if pack is not None else {}
