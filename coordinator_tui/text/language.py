"""The language in force, and texts translated into it."""

from __future__ import annotations

import gettext as _stdlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FOLDERS = {"zh": "zh_CN", "en": "en"}


class _Pseudo(_stdlib.NullTranslations):
    """Marks every translated text, so that text which bypasses translation stands out."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002  # the context only tells homonyms apart
        return self.gettext(message)


class _InForce:
    """The one language of this process; chosen at the first text if nobody chose before."""

    def __init__(self) -> None:
        self.code = ""
        self.texts: _stdlib.NullTranslations | None = None


_in_force = _InForce()


def select_language(lang: str | None) -> str:
    """Put a language in force and return its code: "zh", "en" or "pseudo".

    `lang` may be one of these codes or a locale name such as "zh_CN.UTF-8"; None reads the environment (LANGUAGE,
    LC_ALL, LC_MESSAGES, LANG, in the manner of GNU gettext), where anything but Chinese means English.
    Raises ValueError for a language that there is no catalogue for.
    """
    code = _from_environment() if lang is None else _code(lang)
    if not code:
        raise ValueError(f"no texts in the language {lang!r}; there are: zh, en")
    if code != _in_force.code or _in_force.texts is None:
        _in_force.texts = _Pseudo() if code == "pseudo" else _catalogue(_FOLDERS[code])
        _in_force.code = code
    return code


def current_language() -> str:
    """Return the code of the language in force: "zh", "en" or "pseudo"."""
    return _in_force.code or select_language(None)


def gettext(message: str, /) -> str:
    """Translate an English message into the language in force."""
    return _texts().gettext(message) if message else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    """Translate a message whose wording depends on the number `n`."""
    return _texts().ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """Translate a message that means different things in different places; `context` names the place."""
    return _texts().pgettext(context, message)


_beside: dict[str, _stdlib.NullTranslations] = {}


def in_language(code: str, message: str) -> str:
    """Return an English message in the language "zh" or "en", whichever is in force: for what people may type."""
    if code not in _beside:
        _beside[code] = _catalogue(_FOLDERS[code])
    return _beside[code].gettext(message)


class LazyText:
    """A message translated each time it is shown: for class bodies, which are read before a language is chosen."""

    __slots__ = ("message",)

    def __init__(self, message: str) -> None:
        self.message = message

    def __str__(self) -> str:
        return gettext(self.message)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __repr__(self) -> str:
        return f"lazy({self.message!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LazyText) and other.message == self.message

    def __hash__(self) -> int:
        return hash((LazyText, self.message))

    def format(self, *values: object, **named: object) -> str:
        """Translate now, and fill the placeholders."""
        return str(self).format(*values, **named)


def mark(message: str) -> str:
    """Return an English message as it is, marked for translation where it is shown, as errors carry it."""
    return message


def lazy(message: str) -> LazyText:
    """Mark an English message for translation at the moment it is shown."""
    return LazyText(message)


def _texts() -> _stdlib.NullTranslations:
    if _in_force.texts is None:
        select_language(None)
    assert _in_force.texts is not None
    return _in_force.texts


def _code(name: str) -> str:
    """Return our code for a locale name, or "" when we do not speak it."""
    tongue = name.partition(".")[0].partition("@")[0].replace("-", "_").lower().partition("_")[0]
    if tongue in {"c", "posix"}:
        return "en"
    return tongue if tongue in {"zh", "en", "pseudo"} else ""


def _from_environment() -> str:
    locale = next((value for key in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(key))), "")
    wishes = [locale]
    if locale.partition(".")[0] not in {"", "C", "POSIX"}:  # without a locale, LANGUAGE does not count
        wishes = [*os.environ.get("LANGUAGE", "").split(":"), locale]
    return next((code for wish in wishes if wish and (code := _code(wish))), "en")


def _catalogue(folder: str) -> _stdlib.NullTranslations:
    """Read the compiled catalogue; where the source is newer (a checkout being edited) compile that first."""
    from pathlib import Path

    source = Path(__file__).parent / "locale" / folder / "LC_MESSAGES" / "messages.po"
    compiled = source.with_suffix(".mo")
    if _is_current(compiled, source):
        with compiled.open("rb") as file:
            return _stdlib.GNUTranslations(file)
    return _compiled(source, compiled) if source.exists() else _stdlib.NullTranslations()


def _compiled(source: Path, compiled: Path) -> _stdlib.NullTranslations:
    """Compile a source, and keep the result beside it for the next start where that can be written."""
    from contextlib import suppress
    from io import BytesIO

    from coordinator_tui.text.po import compiled_bytes, read_entries

    edited = source.stat().st_mtime_ns  # asked first: what is edited from now on must look edited
    data = compiled_bytes(read_entries(source.read_text(encoding="utf-8")))
    new = compiled.with_suffix(f".{os.getpid()}.mo")
    with suppress(OSError):
        try:
            new.write_bytes(data)
            os.utime(new, ns=(edited, edited))
            new.replace(compiled)
        finally:
            new.unlink(missing_ok=True)
    return _stdlib.GNUTranslations(BytesIO(data))


def _is_current(compiled: Path, source: Path) -> bool:
    if not compiled.exists():
        return False
    return not source.exists() or source.stat().st_mtime_ns <= compiled.stat().st_mtime_ns
