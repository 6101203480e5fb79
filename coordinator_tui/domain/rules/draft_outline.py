"""The order of a pasted regulation: documents glued together, their titles, and the numbering of their clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from coordinator_tui.domain.rules.draft_figures import read_figure
from coordinator_tui.domain.rules.draft_parts import Line
from coordinator_tui.text.cleaning import is_title, title_base

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CN = "一二三四五六七八九十"
_END = "。！!？?；;:：…”」』》)）"
_FINISHED = re.compile("[。！!？?；;:：…][”’」』》)）]*$|[.．]$")
_WRAPPED = 30
_HEADING = 24
_COVER = 200
"""What stands before the first title is a document of its own when it is longer than this."""


@dataclass(slots=True)
class Part:
    """One document of a text: its title, the line of it, the lines below."""

    title: str
    line: int
    lines: list[Line] = field(default_factory=list)


def parts(lines: Sequence[Line], title: str | None) -> list[Part]:
    """Return the documents of a text; one at least. What stands before the first title belongs to it."""
    found: list[Part] = []
    before: list[Line] = []
    last = ""
    for line in lines:
        if _begins(line.text, last, found[-1].title if found else ""):
            if not found and sum(len(each.text) for each in before) > _COVER:
                found.append(Part("", before[0].number, before))
                before = []
            found.append(Part(_title_in(line.text, found), line.number, before))
            before = []
            if not is_title(line.text):
                found[-1].lines.append(line)
        else:
            (found[-1].lines if found else before).append(line)
        last = line.text or last
    return found or [_untitled(before, title)]


def _untitled(lines: list[Line], title: str | None) -> Part:
    """Without a title, a short first line is one if no other was given."""
    filled = [line for line in lines if line.text]
    first = filled[0] if filled else Line(1, "")
    if title is None and len(filled) > 1 and is_heading(first.text) and not marker(first.text):
        return Part(first.text, first.number, [line for line in lines if line is not first])
    return Part(title or "", first.number, list(lines))


def _begins(text: str, last: str, title: str) -> bool:
    if title and _continued(text, title):
        return True
    return is_title(text) and not (len(last) >= _WRAPPED and last[-1] not in _END)


def _continued(text: str, title: str) -> re.Match[str] | None:
    """Match the title said again with a number: the next of several documents of one name."""
    return re.match(rf"{re.escape(title_base(title))}\s*[(（][{_CN}\d]{{1,3}}[)）]", text)


def _title_in(text: str, found: list[Part]) -> str:
    again = _continued(text, found[-1].title) if found else None
    return again[0] if again and not is_title(text) else text


def is_heading(text: str) -> bool:
    """Whether a text is short and without punctuation, as headings are."""
    return 0 < len(text) <= _HEADING and not re.search("[。，,；;：:！!？?…]", text)


# --- numbering -----------------------------------------------------------------------------------------------------


class Kind(IntEnum):
    """Ways of numbering, each once on the way from the document to a clause."""

    CHAPTER = 0
    ARTICLE = 1
    CHINESE = 2
    CHINESE_BRACKETS = 3
    DOTTED = 4
    ARABIC = 5
    ARABIC_BRACKETS = 6
    CIRCLED = 7
    NAMED = 8
    LOST = 9
    HEADING = 10


@dataclass(frozen=True, slots=True)
class Mark:
    """A clause's number as it is written, and what it counts; `lost` is true where only its sign is left."""

    kind: Kind
    values: tuple[int, ...]
    written: str
    lost: bool = False


_LEVELS = ("年级", "年", "班", "组", "、", "月", "者", "位", "名")
_MARKS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.CHAPTER, re.compile(rf"第([{_CN}百\d]{{1,4}})[章节编](?![课])")),
    (Kind.ARTICLE, re.compile(rf"第([{_CN}百零〇\d]{{1,6}})条(?!规定|款|所|的|第|之)[:：、]?")),
    (Kind.CHINESE, re.compile(rf"([{_CN}]{{1,3}})[、.](?![{_CN}]+(?:{'|'.join(_LEVELS)}))")),
    (Kind.CHINESE_BRACKETS, re.compile(rf"[(（]([{_CN}]{{1,3}})[)）][、.]?")),
    (
        Kind.DOTTED,
        re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})(?![\d%.])(?!小时|学时|课时|分|天|年|万|倍|个|元|本|篇|节|次|字)"),
    ),
    (Kind.ARABIC, re.compile(r"(\d{1,2})[.、](?!\d)")),
    (Kind.ARABIC_BRACKETS, re.compile(r"[(（](\d{1,2})[)）](?!班|年级)")),
    (Kind.ARABIC_BRACKETS, re.compile("([⑴-⒇])")),
    (Kind.CIRCLED, re.compile("([①-⑳])")),
    (Kind.NAMED, re.compile(rf"(?:注意事项|要点|附件|任务|措施|步骤|阶段|重点|目标)([{_CN}]{{1,3}})[:：]")),
)
_LOST = re.compile(r"第\s*条[、:：]?|[、](?=\S)|[.．](?=\s*\S)|[(（]\s*[)）]|第\s*[章节](?=\s)")
_RESTART = (Kind.ARABIC, Kind.ARABIC_BRACKETS, Kind.CIRCLED, Kind.CHINESE, Kind.CHINESE_BRACKETS)


def marker(text: str, at: int = 0) -> Mark | None:
    """Return the number that a clause beginning at this place has; None when none begins there."""
    for kind, pattern in _MARKS:
        found = pattern.match(text, at)
        if found and not (kind is Kind.DOTTED and at):
            return Mark(kind, _values(found[1]), found[0])
    lost = _LOST.match(text, at) if at == 0 else None
    return Mark(Kind.LOST, (0,), lost[0].strip(), lost=True) if lost else None


def _values(written: str) -> tuple[int, ...]:
    if "⑴" <= written <= "⒇":
        return (ord(written) - ord("⑴") + 1,)
    if "①" <= written <= "⑳":
        return (ord(written) - ord("①") + 1,)
    return tuple(int(read_figure(part) or 0) for part in written.split("."))


@dataclass(slots=True)
class Piece:
    """A clause as it stands in the text: its number, the headings' numbers above, its lines."""

    mark: Mark | None
    above: tuple[Piece, ...]
    line: int
    lines: list[Line]
    children: int = 0

    @property
    def text(self) -> str:
        """The clause's lines, wrapped ones joined."""
        return joined(self.lines)[0]


def joined(lines: Sequence[Line]) -> tuple[str, list[tuple[int, int]]]:
    """Return the text of several lines, and where in it each line of the pasted text begins (place, number)."""
    text, starts = "", []
    last = ""
    for line in lines:
        if not line.text:
            continue
        wrapped = bool(last) and not _FINISHED.search(last) and (len(last) >= _WRAPPED or "," in last or "，" in last)
        text += "" if not text or wrapped else "\n"
        starts.append((len(text), line.number))
        text += line.text
        last = line.text
    return text, starts


class _Reader:
    """Goes through the lines of one document and keeps where in its numbering it is."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.stack: list[Piece] = []

    def read(self, line: Line) -> None:
        """Take in one line: the numbers in it begin clauses, the rest belongs to the clause before."""
        at = 0
        for start, mark in self._marks(line.text):
            before = line.text[at:start].strip(" ")
            if before:
                self._continue(Line(line.number, before), heading=at == 0 and is_heading(before))
            self._enter(mark, line.number)
            at = start + len(line.text[start:]) - len(line.text[start:].removeprefix(mark.written))
        if line.text[at:].strip(" "):
            self._continue(Line(line.number, line.text[at:].strip(" ")))

    def _continue(self, line: Line, *, heading: bool = False) -> None:
        if heading:
            self._enter(Mark(Kind.HEADING, (0,), ""), line.number)
        elif not self.pieces:
            self.pieces.append(Piece(None, (), line.number, []))
        self.pieces[-1].lines.append(line)

    def _marks(self, text: str) -> Iterator[tuple[int, Mark]]:
        """Find the numbers in a line: one at its beginning, and those within it that go on with the numbering."""
        at = 0
        seen: dict[Kind, int] = {}
        while at < len(text):
            mark = marker(text, at) if at == 0 or text[at] in _FIRST else None
            if mark and (at == 0 or self._fits(text, at, mark, seen)):
                yield at, mark
                seen[mark.kind] = mark.values[-1]
                at += max(1, len(mark.written))
                seen[Kind.HEADING] = at
            else:
                at += 1

    def _fits(self, text: str, at: int, mark: Mark, seen: dict[Kind, int]) -> bool:
        """Tell a clause's number within a line from a mention of one: it counts on, after an end or a heading."""
        before = text[max(seen.get(Kind.HEADING, 0), at - 2 * _HEADING) : at]
        last = seen.get(mark.kind, self._last(mark.kind))
        value = mark.values[-1]
        if mark.kind is Kind.ARTICLE:
            return value == last + 1 and (is_heading(before) or before[-1:] in _END)
        if value == last + 1 and before.rstrip(" ")[-1:] in _END:
            return True
        return value == 1 and mark.kind in _RESTART and is_heading(before.strip(" "))

    def _last(self, kind: Kind) -> int:
        """Return the number last used of a kind that is still open; articles count through the whole document."""
        among = self.pieces if kind is Kind.ARTICLE else self.stack
        return next((piece.mark.values[-1] for piece in reversed(among) if piece.mark and piece.mark.kind is kind), 0)

    def _enter(self, mark: Mark, line: int) -> None:
        kind = self._lost_among() if mark.lost else mark.kind
        place = next((at for at, piece in enumerate(self.stack) if self._same(piece, kind, mark)), None)
        value = mark.values
        if mark.lost or kind is Kind.HEADING:
            value = (self.stack[place].mark.values[-1] + 1,) if place is not None else (1,)  # type: ignore[union-attr]  # all on the stack have marks
        del self.stack[len(self.stack) if place is None else place :]
        if kind in {Kind.HEADING, Kind.NAMED}:
            del self.stack[:]
        for piece in self.stack:
            piece.children += 1
        entered = Piece(Mark(kind, value, mark.written, mark.lost), tuple(self.stack), line, [])
        self.pieces.append(entered)
        self.stack.append(entered)

    @staticmethod
    def _same(piece: Piece, kind: Kind, mark: Mark) -> bool:
        """Whether the piece is a sibling; dotted numbers are siblings when they have as many parts."""
        assert piece.mark is not None
        if piece.mark.kind is not kind:
            return False
        return kind is not Kind.DOTTED or len(piece.mark.values) >= len(mark.values)

    def _lost_among(self) -> Kind:
        """Return the kind whose number was lost: the innermost that is open, else a kind of its own."""
        kinds = [piece.mark.kind for piece in self.stack if piece.mark]
        return Kind.LOST if Kind.LOST in kinds or not kinds else kinds[-1]


_FIRST = frozenset(f"第{_CN}(（0123456789注要附任措步阶重目" + "".join(map(chr, (*range(0x2460, 0x2488),))))


def pieces(lines: Sequence[Line]) -> list[Piece]:
    """Return the clauses of one document in order; the first may be a preamble without a number."""
    reader = _Reader()
    for line in lines:
        if line.text:
            reader.read(line)
    return reader.pieces


_NAMES = {Kind.CHAPTER: "c", Kind.HEADING: "h"}


def path_id(piece: Piece, *, articles: bool = False) -> str:
    """Return the id that a clause has by its numbers: "3.1.2"; with `articles`, those count by themselves: "12"."""
    marks = [each.mark for each in (*piece.above, piece) if each.mark]
    if not marks:
        return "0"
    article = next((at for at, mark in enumerate(marks) if mark.kind is Kind.ARTICLE), None)
    values: list[str] = []
    for mark in marks[article or 0 :]:
        if mark.kind is Kind.DOTTED:
            values = [str(value) for value in mark.values]
        elif mark.kind is Kind.NAMED:
            values.append(re.split(f"[{_CN}]", mark.written)[0] + str(mark.values[-1]))
        else:
            values.append(_NAMES.get(mark.kind, "") + str(mark.values[-1]))
    path = ".".join(values)[:40]
    return f"s{path}" if articles and article is None and path[0].isdecimal() else path
