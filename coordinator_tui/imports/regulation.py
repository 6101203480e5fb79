"""A regulation's file to its text: plain text in any encoding, Markdown, Word, or what was copied from a web page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator_tui.imports.encoding import decode
from coordinator_tui.imports.messages import ImportRefused, NoSuchFile
from coordinator_tui.text import LazyText, gettext, lazy

if TYPE_CHECKING:
    from coordinator_tui.domain.rules.draft_parts import Draft

LARGEST_TEXT = 300_000
"""Characters of a text that still is a regulation; the longest collections have a tenth of it."""
_LARGEST_FILE = 50_000_000

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OLD_WORD = lazy(
    "{file} is in the old Word or WPS format (.doc, .wps), or has a password. Open it, save it as docx without a "
    "password, and take that."
)
_PDF = lazy("{file} is a PDF. Select its text, copy it into a .txt file, and take that.")
_PICTURE = lazy("{file} is a picture. Take the text out of it with another program, and paste that into a .txt file.")
_RICH = lazy("{file} is rich text (RTF). Open it in WPS or Word, save it as docx, and take that.")
_MAIL_PAGE = lazy("{file} is a saved web page (MHTML). Open it, copy the regulation into a .txt file, and take that.")
_FOREIGN: tuple[tuple[bytes, str, LazyText], ...] = (
    (_OLE, "old-word", _OLD_WORD),
    (b"%PDF", "pdf", _PDF),
    (b"\xff\xd8\xff", "picture", _PICTURE),
    (b"\x89PNG", "picture", _PICTURE),
    (b"GIF8", "picture", _PICTURE),
    (b"{\\rtf", "rtf", _RICH),
    (b"MIME-Version:", "mhtml", _MAIL_PAGE),
)
_NO_TEXT = lazy("{file} is no text that can be read. Save it as docx, or as UTF-8 text, and take that.")
_TOO_LONG = lazy("{file} has {count} characters; that is no regulation (at most {most}). Is it the right file?")


def read_regulation(source: Path | bytes | str) -> str:
    """Return the text of a regulation: of a file, of the bytes of standard input, or of what was pasted.

    The content decides what it is, not the name; only Markdown goes by its name (.md). Raises ImportRefused for what
    is no text, and NoSuchFile where there is no file.
    """
    file = source_name(source)
    data = source if isinstance(source, bytes | str) else _bytes(source)
    text = data if isinstance(data, str) else _text(data, file)
    if _is_page(text):
        text = page_text(text)
    elif isinstance(source, Path) and source.suffix.lower() in {".md", ".markdown"}:
        text = _without_markdown(text)
    if not text.replace("\ufeff", "").strip():
        raise ImportRefused("empty", lazy("{file} is empty."), file=file)
    if len(text) > LARGEST_TEXT:
        raise ImportRefused("too-long", _TOO_LONG, file=file, count=len(text), most=LARGEST_TEXT)
    return text


def read_draft(source: Path | bytes | str, *, id: str) -> Draft:  # noqa: A002 - as a pack calls it
    """Return what a regulation, or several in one text, seem to ask for; raises what `read_regulation` does."""
    from coordinator_tui.domain.rules.draft import draft

    return draft(read_regulation(source), id=id)


def source_name(source: Path | bytes | str) -> str:
    """Return the name by which messages call the source."""
    if isinstance(source, Path):
        return source.name
    return "-" if isinstance(source, bytes) else gettext("pasted text")


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise ImportRefused("too-big", lazy("{file} is larger than 50 MB; that is no regulation."), file=path.name)
        return path.read_bytes()
    except FileNotFoundError:
        raise NoSuchFile("no-such-file", lazy("There is no file {file}."), file=str(path)) from None
    except IsADirectoryError:
        raise ImportRefused("folder", lazy("{file} is a folder; name a file in it."), file=str(path)) from None
    except OSError as error:
        text = lazy("{file} cannot be read: {reason}.")
        raise ImportRefused("unreadable", text, file=str(path), reason=error.strerror or str(error)) from None


def _text(data: bytes, file: str) -> str:
    if data.startswith(_ZIP):
        from coordinator_tui.imports.docx_text import read_docx

        return read_docx(data, file)
    for beginning, code, text in _FOREIGN:
        if data.startswith(beginning):
            raise ImportRefused(code, text, file=file)
    try:
        return decode(data, file)[0]
    except ImportRefused as error:
        wide = _wide_text(data)
        if wide is None:
            raise ImportRefused(error.code, _NO_TEXT, file=file) from None
        return wide


_USUAL = re.compile("[\\s!-~\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u2027]")
_MOSTLY = 0.95


def _wide_text(data: bytes) -> str | None:
    """Return UTF-16 without a mark whose NULs tell nothing, since 一 (4E 00) has them on the other side than ASCII."""
    if b"\0" not in data or len(data) % 2:
        return None
    for name in ("utf-16-le", "utf-16-be"):
        text = data.decode(name, errors="replace")
        if len(_USUAL.findall(text)) >= _MOSTLY * len(text):
            return text
    return None


# --- web pages -----------------------------------------------------------------------------------------------------

_PAGE = re.compile(r"<(?:!doctype html|html|body|head|div|p|br|span|table|h[1-6])\b[^<>]{0,400}>", re.IGNORECASE)
_BLOCKS = re.compile("p|div|br|tr|[uo]l|li|table|h[1-6r]|section|article|header|footer|blockquote|pre|d[dt]|title")
_HIDDEN = frozenset({"script", "style", "noscript", "template", "svg"})


def _is_page(text: str) -> bool:
    """Whether it is HTML: it begins with a tag, and has those that carry text."""
    return text.lstrip("\ufeff \t\r\n").startswith("<") and bool(_PAGE.search(text))


class _Page(HTMLParser):
    """Collects the text of a page; what begins and ends a block begins and ends a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's
        self._hidden += tag in _HIDDEN
        self._end_line(tag)

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN and self._hidden > 0
        self._end_line(tag)

    def _end_line(self, tag: str) -> None:
        if _BLOCKS.fullmatch(tag):
            self.parts.append("\n")
        elif tag in {"td", "th"} and self.parts[-1:] != [" "]:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(re.sub(r"\s+", " ", data))


def page_text(text: str) -> str:
    """Return the text of an HTML page, a line for each paragraph."""
    page = _Page()
    page.feed(text)
    page.close()
    lines = (line.strip() for line in "".join(page.parts).split("\n"))
    return "\n".join(line for line in lines if line)


# --- Markdown ------------------------------------------------------------------------------------------------------

_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*$")
_BULLET = re.compile(r"^\s*[-*+]\s+")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


def _without_markdown(text: str) -> str:
    """Take away what Markdown adds to a line: the signs of headings, lists, quotations and emphasis."""
    return "\n".join(_plain_line(line) for line in text.split("\n"))


def _plain_line(line: str) -> str:
    line = _HEADING.sub(r"\1", line.rstrip("\r"))
    line = _BULLET.sub("", line.removeprefix("> "))
    return _EMPHASIS.sub(r"\2", line)
