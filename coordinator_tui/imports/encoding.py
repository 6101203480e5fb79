"""From bytes to text: byte order mark, then strict UTF-8, then GB18030; UTF-16 without a mark is known by its NULs."""

from __future__ import annotations

import codecs
import re

from coordinator_tui.imports.messages import ImportRefused, WrongUsage
from coordinator_tui.text import lazy

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")


def decode(data: bytes, file: str, encoding: str | None = None) -> tuple[str, str]:
    """Text of `data` and the name of its encoding; `encoding` overrules the guess.

    Plain GBK decoding is never used: GB18030 reads all of it and the rare characters too. Raises ImportRefused when the
    bytes are no text, or not in the encoding asked for.
    """
    if encoding is not None:
        return _decode_as(data, file, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], file, name), name
    if b"\0" in data:
        return _without_mark(data, file)
    for name in ("utf-8", "gb18030"):
        try:
            return data.decode(name), name
        except UnicodeDecodeError as error:
            broken = error
    raise ImportRefused(
        "encoding-unknown",
        lazy(
            "{file} is neither UTF-8 nor GB18030 text (line {line}). Save it as xlsx or as CSV UTF-8, or name its "
            "encoding with --encoding."
        ),
        file=file,
        line=data.count(b"\n", 0, broken.start) + 1,
    )


def _decode_as(data: bytes, file: str, encoding: str) -> tuple[str, str]:
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        text = lazy("There is no encoding called {encoding}; try utf-8, gb18030 or utf-16, or leave --encoding out.")
        raise WrongUsage("encoding-name", text, encoding=encoding) from None
    try:
        return data.decode(name).removeprefix("\ufeff"), name
    except (UnicodeError, LookupError) as error:
        raise ImportRefused(
            "encoding-wrong",
            lazy(
                "{file} is not {encoding} text (line {line}). Leave --encoding out to have it recognised, "
                "or name another."
            ),
            file=file,
            encoding=name,
            line=data.count(b"\n", 0, getattr(error, "start", 0)) + 1,
        ) from None


def _without_mark(data: bytes, file: str) -> tuple[str, str]:
    """UTF-16 has its NULs (of commas, digits, ends of lines) all on even or all on odd places."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    if len(data) % 2 == 0 and min(even, odd) <= max(even, odd) // 20:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            raise _not_text(file) from None
        if not _NO_TEXT.search(text):
            return text, name
    raise _not_text(file)


def _strictly(data: bytes, file: str, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        raise _not_text(file) from None


def _not_text(file: str) -> ImportRefused:
    return ImportRefused(
        "not-text",
        lazy(
            "{file} is damaged or not a table: it holds bytes that no text has. Open it in WPS or Excel and save it "
            "as xlsx."
        ),
        file=file,
    )
