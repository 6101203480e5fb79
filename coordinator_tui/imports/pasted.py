"""Names without a table: one on a line, several on a line, or numbered as WeChat's 接龙 numbers them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coordinator_tui.imports.grid import Grid, Row, text_cell, tidy
from coordinator_tui.imports.messages import Notes

if TYPE_CHECKING:
    from collections.abc import Iterator

LABELS = ("姓名", "备注")

_NUMBERED = re.compile(r"(?:^|(?<=\s))\(?(\d{1,4})\s*[.．、)）:：]\s*(?=\S)(?!\d)")
_EXAMPLE = re.compile(r"^(?:例|示例|格式|例如)\s*[:：]?\s")
_HAN = r"[\u3400-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff]"
_NAME = re.compile(rf"^(?:{_HAN}{{2,4}}|{_HAN}+(?:[·•．‧・.⋅∙・]{_HAN}+)+|[A-Za-z][A-Za-z'’.-]+)$")
_BRACKET = re.compile(r"[(（\[【].*?[)）\]】]")
_TRAILING = re.compile(r"[*＊\d+＋✓√]+$")
_BETWEEN = re.compile(r"[、，,;；/]+")


def names_grid(text: str, file: str, encoding: str) -> Grid | None:
    """Make a grid with the columns 姓名 and 备注 out of a list of names; None when the text is no such list."""
    lines = [(number, tidy(line)) for number, line in enumerate(text.splitlines(), start=1) if tidy(line)]
    found = list(_numbered(lines)) or list(_plain(lines))
    if not found:
        return None
    header = Row(0, tuple(text_cell(label, 0, column) for column, label in enumerate(LABELS)))
    rows = [Row(number, (text_cell(name, number, 0), text_cell(rest, number, 1))) for number, name, rest in found]
    return Grid(file, None, [header, *rows], encoding, "names", Notes())


def _numbered(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    """Entries of a numbered list; what stands before the first number is its title."""
    entries = [(number, entry) for number, line in lines for entry in _entries(line)]
    if len(entries) < 2 and not any(line.startswith("#接龙") for _number, line in lines):
        return
    for number, entry in entries:
        name, rest = _name_and_rest(entry)
        yield number, name, rest


def _entries(line: str) -> list[str]:
    if _EXAMPLE.match(line):
        return []
    marks = list(_NUMBERED.finditer(line))
    if not marks or marks[0].start() > 0:
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    return [line[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]


def _plain(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    """Names alone on their lines; one line that is not made of names, and it is no list of names."""
    found = [(number, part) for number, line in lines for part in split_names(line)]
    if found and all(_NAME.match(_TRAILING.sub("", _BRACKET.sub("", part))) for _number, part in found):
        yield from ((number, part, "") for number, part in found)


def split_names(line: str) -> list[str]:
    """Return the names on one line, parted by commas or spaces; single characters are padded names."""
    parts: list[str] = []
    for chunk in _BETWEEN.split(line):
        parts.extend(_unpadded(chunk.split()))
    return [part for part in parts if part]


def _unpadded(words: list[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        if joined and len(word) == 1 and len(joined[-1]) == 1:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _name_and_rest(entry: str) -> tuple[str, str]:
    """Name and remark of one entry: 李四 迟到10分钟, 赵六+1, 王五（病假）."""
    words = _unpadded(entry.split())
    name, rest = (words[0], " ".join(words[1:])) if words else ("", "")
    bracket = _BRACKET.search(name)
    if bracket and bracket.end() == len(name):
        return name[: bracket.start()], f"{bracket[0][1:-1]} {rest}".strip()
    plus = re.match(rf"^({_HAN}{{2,4}})([+＋✓√:：,，].*)$", name)
    if plus:
        return plus[1], f"{plus[2].lstrip(':：,，')} {rest}".strip()
    return name, rest
