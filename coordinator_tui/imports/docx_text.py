"""The text of a Word document, line by line, with the numbers that Word itself puts before its paragraphs."""

from __future__ import annotations

import re
from collections import defaultdict
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from coordinator_tui.imports.messages import ImportRefused
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from docx.text.paragraph import Paragraph

_LARGEST = 200_000_000
_NO_WORD = lazy("{file} is no Word document. Save the regulation as docx or as UTF-8 text, and take that.")
_DAMAGED = lazy("{file} is a damaged Word document. Open it in WPS or Word, save it again as docx, and take that.")


def read_docx(data: bytes, file: str) -> str:
    """Return the document's text: paragraphs and the rows of tables in their order. Raises ImportRefused."""
    _check(data, file)
    try:
        from docx import Document

        document = Document(BytesIO(data))
        return "\n".join(_lines(document))
    except Exception as error:  # a damaged document fails in whatever way the parts of the library do
        raise ImportRefused("docx-damaged", _DAMAGED, file=file) from error


def _check(data: bytes, file: str) -> None:
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
    except (BadZipFile, ValueError, OSError):
        raise ImportRefused("docx-damaged", _DAMAGED, file=file) from None
    if not any(part.filename == "word/document.xml" for part in parts):
        raise ImportRefused("not-word", _NO_WORD, file=file)
    if sum(part.file_size for part in parts) > _LARGEST:
        raise ImportRefused("too-big", lazy("{file} unpacks to more than 200 MB; that is no regulation."), file=file)


def _lines(document: Document) -> Iterator[str]:
    from docx.table import Table

    numbering = _Numbering(document)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(cell.text.replace("\n", " ").strip() for cell in row.cells)
                yield " ".join(cell for cell in cells if cell)
        else:
            yield numbering.of(block) + block.text


_CHINESE = "零一二三四五六七八九"
_COUNTING = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "ideographDigital"}


class _Numbering:
    """Counts as Word does: a number for each list and level, starting anew below a higher level."""

    def __init__(self, document: Document) -> None:
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        numbering = next((part for part in document.part.package.parts if part.partname == "/word/numbering.xml"), None)
        root = getattr(numbering, "element", None)
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:  # noqa: ANN401 - an element of the library
        abstract = {_own(each, "w:abstractNumId"): dict(_levels_of(each)) for each in _below(root, "w:abstractNum")}
        for each in _below(root, "w:num"):
            self._levels[_own(each, "w:numId")] = abstract.get(_value(each, "w:abstractNumId"), {})

    def of(self, paragraph: Paragraph) -> str:
        """Return the number before a paragraph, "" when Word shows none."""
        name, level = _place(paragraph)
        levels = self._levels.get(name, {})
        if level not in levels or not paragraph.text.strip():
            return ""
        counts = self._counts[name]
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for below in [each for each in counts if each > level]:
            del counts[below]
        return re.sub(r"%(\d)", lambda found: self._figure(name, int(found[1]) - 1), levels[level][1])

    def _figure(self, name: str, level: int) -> str:
        kind, _text, start = self._levels[name].get(level, ("decimal", "", 1))
        return _written(self._counts[name].get(level, start), kind)


def _levels_of(abstract: Any) -> Iterator[tuple[int, tuple[str, str, int]]]:  # noqa: ANN401 - as above
    for level in _below(abstract, "w:lvl"):
        kind = _value(level, "w:numFmt") or "decimal"
        text = "" if kind in {"bullet", "none"} else _value(level, "w:lvlText")
        yield int(_own(level, "w:ilvl") or 0), (kind, text, int(_value(level, "w:start") or 1))


def _below(element: Any, name: str) -> list[Any]:  # noqa: ANN401 - as above
    from docx.oxml.ns import qn

    return list(element.findall(qn(name)))


def _own(element: Any, name: str) -> str:  # noqa: ANN401 - as above
    """Return an attribute, "" when it is not there."""
    from docx.oxml.ns import qn

    return str(element.get(qn(name), ""))


def _value(element: Any, name: str) -> str:  # noqa: ANN401 - as above
    """Return the value of the child of that name, "" when there is none."""
    return next((_own(child, "w:val") for child in _below(element, name)), "")


def _place(paragraph: Paragraph) -> tuple[str, int]:
    """Return the list and level of a paragraph, its own or its style's."""
    element: Any = paragraph._p  # noqa: SLF001 - the library has no public way to it
    style: Any = paragraph.style
    while True:
        found = [number for properties in _below(element, "w:pPr") for number in _below(properties, "w:numPr")]
        if found:
            return _value(found[0], "w:numId"), int(_value(found[0], "w:ilvl") or 0)
        if style is None:
            return "", 0
        element, style = style.element, style.base_style


def _written(number: int, kind: str) -> str:
    if kind in _COUNTING and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return ("" if tens == 0 else "十" if tens == 1 else _CHINESE[tens] + "十") + (_CHINESE[ones] if ones else "")
    if kind == "decimalEnclosedCircle" and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    if kind in {"lowerLetter", "upperLetter"} and 0 < number <= 26:
        return chr(ord("a" if kind == "lowerLetter" else "A") + number - 1)
    return str(number)
