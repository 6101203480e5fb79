"""The text of a piece of work out of its file: plain text in any encoding, Markdown, or a Word document."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from coordinator_tui.imports.encoding import decode
from coordinator_tui.imports.messages import ImportRefused, NoSuchFile
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coordinator_tui.text import LazyText

_LARGEST_FILE = 50_000_000
_LARGEST_TEXT_PART = 50_000_000
_MOST_CONTROL = 0.002

_SAVE_AGAIN = lazy(
    "{file} is a damaged Word document. Open it in WPS or Word, save it again as docx, and hand that in."
)
_OLD_WORD = lazy(
    "{file} is in the old format of Word or WPS (.doc, .wps). Open it there, save it as docx, and hand that in."
)
_LOCKED = lazy("{file} is protected by a password. Open it, save it without one, and hand that in.")
_NO_WORD = lazy("{file} is no Word document and no text. Save the piece as docx or as text, and hand that in.")
_PDF = lazy("{file} is a PDF. Hand in the Word document that it was made from, or paste its text.")
_PICTURE = lazy("{file} is a picture; words in it cannot be counted. Type the number of words instead.")
_RICH = lazy("{file} is rich text (RTF). Open it in WPS or Word, save it as docx, and hand that in.")
_PAGE = lazy("{file} is a web page. Copy its text, and paste that.")
_NO_TEXT = lazy("{file} is no text that can be read. Save it as docx, or as text in UTF-8, and hand that in.")
_EMPTY = lazy("{file} has no text in it.")
_BIG = lazy("{file} is larger than {most} MB; no piece of work is. Is it the right file?")
_FOREIGN: tuple[tuple[bytes, str, LazyText], ...] = (
    (b"%PDF", "pdf", _PDF),
    (b"\xff\xd8\xff", "picture", _PICTURE),
    (b"\x89PNG", "picture", _PICTURE),
    (b"GIF8", "picture", _PICTURE),
    (b"{\\rtf", "rtf", _RICH),
    (b"<!DOCTYPE html", "web-page", _PAGE),
    (b"<html", "web-page", _PAGE),
    (b"MIME-Version:", "web-page", _PAGE),
)
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_WRITTEN = {f"{_WORD}del", f"{_WORD}moveFrom", _TWICE}
"""What is not in the text as it stands: what was struck out, and what older programs show instead of the same."""


class PieceText(NamedTuple):
    """The text of a file, and the file's name."""

    text: str
    file: str


def read_piece(path: Path, *, encoding: str | None = None) -> PieceText:
    """Return the text of a file that somebody hands in; what it is is told by its content, not its name.

    Raises NoSuchFile, or ImportRefused with one sentence for what is empty, damaged, protected, too large or no text.
    """
    path = path.expanduser()
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise ImportRefused("too-big", _BIG, file=path.name, most=_LARGEST_FILE // 1_000_000)
        data = path.read_bytes()
    except FileNotFoundError:
        raise NoSuchFile("no-such-file", lazy("There is no file {file}."), file=str(path)) from None
    except IsADirectoryError:
        raise ImportRefused("folder", lazy("{file} is a folder; name a file in it."), file=str(path)) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise ImportRefused(
            "unreadable", lazy("{file} cannot be read: {reason}."), file=str(path), reason=why
        ) from None
    text = piece_text(data, path.name, encoding=encoding)
    return PieceText(_without_marks(text) if path.suffix.lower() in {".md", ".markdown"} else text, path.name)


def piece_text(data: bytes, file: str, *, encoding: str | None = None) -> str:
    """Return the text that the bytes of a file hold; ImportRefused where they hold none."""
    if data.startswith(b"PK\x03\x04"):
        text = _of_word(data, file)
    else:
        _refuse_foreign(data, file)
        try:
            text = decode(data, file, encoding)[0]
        except ImportRefused as error:
            if encoding is not None:
                raise
            raise ImportRefused(error.code, _NO_TEXT, file=file) from None
        if sum(char < " " and char not in "\t\n\r\f\v" for char in text) > _MOST_CONTROL * len(text):
            raise ImportRefused("not-text", _NO_TEXT, file=file)
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise ImportRefused("empty", _EMPTY, file=file)
    return text


_MARKS = (
    (re.compile(r"(?m)^ {0,3}(?:#{1,6}|>|[-*+]) +|^ {0,3}(?:```|~~~).*$|^ {0,3}(?:-{3,}|\*{3,}|={3,}) *$"), ""),
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"), ""),
    (re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"(\*\*|__|~~|`)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
)
"""What Markdown adds to a text that nobody reads as part of it: headings, lists, stress, links, pictures."""


def _without_marks(text: str) -> str:
    for pattern, left in _MARKS:
        text = pattern.sub(left, text)
    return text


def _refuse_foreign(data: bytes, file: str) -> None:
    if data.startswith(_OLE):
        locked = _ENCRYPTED_STREAM in data
        raise ImportRefused("locked" if locked else "old-word", _LOCKED if locked else _OLD_WORD, file=file)
    for beginning, code, text in _FOREIGN:
        if data[:64].lstrip()[: len(beginning)].lower() == beginning.lower():
            raise ImportRefused(code, text, file=file)


def _of_word(data: bytes, file: str) -> str:
    """Return the text of a Word document: paragraphs in their order, tables and text boxes included.

    What Word itself puts before paragraphs (numbers, bullets) is no text, as it is none for Word's own word count.
    """
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
    except (BadZipFile, ValueError, OSError):
        raise ImportRefused("damaged", _SAVE_AGAIN, file=file) from None
    if any(part.flag_bits & 1 for part in parts):
        raise ImportRefused("locked", _LOCKED, file=file)
    if not any(part.filename.startswith("word/") for part in parts):
        raise ImportRefused("not-word", _NO_WORD, file=file)
    if sum(part.file_size for part in parts if part.filename.endswith(".xml")) > _LARGEST_TEXT_PART:
        raise ImportRefused("too-big", _BIG, file=file, most=_LARGEST_TEXT_PART // 1_000_000)
    try:
        from docx import Document

        body = Document(BytesIO(data)).element.body
        return "\n".join(line for line in _paragraphs(body) if line is not None)
    except Exception as error:  # a damaged document fails in whatever way the parts of the library do
        raise ImportRefused("damaged", _SAVE_AGAIN, file=file) from error


def _paragraphs(element: Any) -> Iterator[str]:  # noqa: ANN401 - an element of the library
    """Yield the text of each paragraph below an element; text boxes come after the paragraph that holds them."""
    for paragraph in element.iter(f"{_WORD}p"):
        if not any(above.tag in _NOT_WRITTEN for above in paragraph.iterancestors()):
            yield "".join(_pieces(paragraph))


def _pieces(element: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    for child in element:
        if child.tag in _NOT_WRITTEN or child.tag == f"{_WORD}p":
            continue
        if child.tag == f"{_WORD}t":
            yield child.text or ""
        elif child.tag in {f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"} and element.tag == f"{_WORD}r":
            yield "\n" if child.tag != f"{_WORD}tab" else " "
        else:
            yield from _pieces(child)
