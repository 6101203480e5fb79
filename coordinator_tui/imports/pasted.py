"""Names without a table: one on a line, several on a line, or numbered as WeChat's 接龙 numbers them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from coordinator_tui.imports.grid import Grid, Row, text_cell, tidy
from coordinator_tui.imports.messages import Notes
from coordinator_tui.imports.vocabulary import word
from coordinator_tui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

LABELS = ("姓名", "备注", "教研组", "职务")

_NUMBERED = re.compile(r"(?:^|(?<=\s))(?:\(?(\d{1,4})\s*[.．、)）:：]\s*(?=\S)(?!\d)|[①-⑳]\s*)")
_COUNTED = re.compile(r"^\d{1,3}\s+(?=\D)")
_HEADED = re.compile(r"^([^:：]{1,12})[:：]\s*(\S.*)$")
_EXAMPLE = re.compile(r"^(?:例|示例|格式|例如)\s*[:：]?\s")
_HAN = r"[\u3400-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff]"
_NAME = re.compile(rf"^(?:{_HAN}{{2,4}}|{_HAN}+(?:[·•．‧・.⋅∙・]{_HAN}+)+|[A-Za-z][A-Za-z'’.-]+)$")
_BRACKET = re.compile(r"[(（\[【].*?[)）\]】]")
_TRAILING = re.compile(r"[*＊\d]+$")
_TICK = re.compile(r"[√✓✔×✗+＋]\d?$")
_BETWEEN = re.compile(r"[、，,;；/]+")


class _Entry(NamedTuple):
    """One person of a list: the line, the name, and the remark, group and office that stand with it."""

    line: int
    name: str
    remark: str = ""
    group: str = ""
    office: str = ""


def names_grid(text: str, file: str, encoding: str) -> Grid | None:
    """Make a grid with the columns of LABELS out of a list of names; None when the text is no such list."""
    lines = [(number, tidy(line)) for number, line in enumerate(text.splitlines(), start=1) if tidy(line)]
    found = list(_numbered(lines)) or _headed(lines) or _plain(lines)
    if not found:
        return None
    header = Row(0, tuple(text_cell(label, 0, column) for column, label in enumerate(LABELS)))
    rows = [
        Row(line, tuple(text_cell(part, line, column) for column, part in enumerate(parts))) for line, *parts in found
    ]
    return Grid(file, None, [header, *rows], encoding, "names", Notes())


def _numbered(lines: list[tuple[int, str]]) -> Iterator[_Entry]:
    """Entries of a numbered list; what stands before the first number is its title."""
    if len(lines) > 1 and all(_COUNTED.match(line) for _number, line in lines):
        lines = [(number, _COUNTED.sub("1. ", line)) for number, line in lines]
    entries = [(number, entry) for number, line in lines for entry in _entries(line)]
    if len(entries) < 2 and not any(line.startswith("#接龙") for _number, line in lines):
        return
    for number, entry in entries:
        yield _Entry(number, *_name_and_rest(entry))


def _headed(lines: list[tuple[int, str]]) -> list[_Entry]:
    """Names behind a heading on each line: 语文组：张三、李四; 病假：王五; 组长：赵六."""
    found: list[_Entry] = []
    for number, line in lines:
        match = _HEADED.match(line)
        heading = _heading(match[1]) if match else None
        entries = _plain([(number, match[2])]) if match and heading else []
        if heading is None or not entries:
            return []
        remark, group, office = heading
        found.extend(_Entry(number, entry.name, remark or entry.remark, group, office) for entry in entries)
    return found


def _heading(text: str) -> tuple[str, str, str] | None:
    """Remark, group and office that a heading gives to its names; None when it is no heading."""
    if is_mark(text):
        return text, "", ""
    if word("roles", text):
        return "", "", text
    return ("", text, "") if text.endswith(("组", "部", "室", "处", "年级")) else None


def is_mark(text: str) -> bool:
    """Whether a word is a mark (病假, 迟到10分钟, √) and so no name."""
    bare = re.sub(r"\d+\s*(?:分钟?|min)?$", "", fold(text))
    return word("marks", bare) is not None


def _plain(lines: list[tuple[int, str]]) -> list[_Entry]:
    """Names alone on their lines, marks behind them; one line of anything else, and it is no list of names."""
    found: list[_Entry] = []
    for number, line in lines:
        for part in split_names(line):
            tick = _TICK.search(part)
            name, remark = (part[: tick.start()], tick[0]) if tick else (part, "")
            if found and found[-1].line == number and not found[-1].remark and is_mark(part):
                found[-1] = found[-1]._replace(remark=part)
            elif _NAME.match(_TRAILING.sub("", _BRACKET.sub("", name))) and not is_mark(part):
                found.append(_Entry(number, name, remark))
            else:
                return []
    return found


def _entries(line: str) -> list[str]:
    if _EXAMPLE.match(line):
        return []
    marks = list(_NUMBERED.finditer(line))
    if not marks or marks[0].start() > 0:
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    return [line[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]


def split_names(line: str) -> list[str]:
    """Return the names on one line, parted by commas or spaces; single characters are padded names."""
    parts: list[str] = []
    for chunk in _BETWEEN.split(line):
        parts.extend(_unpadded(chunk.split()))
    return [part for part in parts if part]


def _unpadded(words: list[str]) -> list[str]:
    joined: list[str] = []
    for part in words:
        if joined and len(part) == 1 and len(joined[-1]) == 1:
            joined[-1] += part
        else:
            joined.append(part)
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
