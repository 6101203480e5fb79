"""Roll by exception: one typed line such as `张三迟10 李四病 王五公(开会) 其余到`, understood or questioned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coordinator_tui.domain.attendance import Tally, tally
from coordinator_tui.domain.rollnames import RollPerson, names_of
from coordinator_tui.domain.rollparts import MOST_CHARACTERS, TOO_LONG, Entry, Problem, RollLine
from coordinator_tui.domain.rollread import Reader, written
from coordinator_tui.domain.rollwords import CANONICAL, glyph_table, word_table
from coordinator_tui.domain.vocabulary import Mark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


__all__ = [
    "Entry",
    "Preview",
    "PreviewRow",
    "Problem",
    "RollLine",
    "RollPerson",
    "balance",
    "format_roll_line",
    "parse_roll_line",
]


def parse_roll_line(
    text: str,
    people: Sequence[RollPerson],
    *,
    glyphs: Mapping[str, Mark] | Mapping[Mark, str] | None = None,
) -> RollLine:
    """Read a roll line about `people`, those expected, each with the row number of the sheet.

    People are named by full name, pinyin, initials or row number, namesakes with the subject in brackets; several names
    may share a mark (`张三、李四病`, `病假：张三、李四`). Minutes stand behind late and left early, a note in brackets
    behind the mark. `glyphs` are the signs of the school's legend. What cannot be read in exactly one way becomes a
    problem and no entry; spans count characters of `text`.
    """
    if len(text) > MOST_CHARACTERS:
        params = {"length": len(text), "most": MOST_CHARACTERS}
        return RollLine(problems=(Problem((0, len(text)), text[:20], TOO_LONG, params),))
    return Reader(text, names_of(tuple(people)), word_table(glyph_table(glyphs or {}))).line()


def format_roll_line(line: RollLine, people: Sequence[RollPerson]) -> str:
    """Write what a line says so that it reads back the same: by names where these are clear, else by row numbers."""
    by_member = {person.member: person for person in people}
    by_name = _formatted(line, lambda entry: by_member[entry.member].shown, " ")
    if _same(parse_roll_line(by_name, people), line):
        return by_name
    return _formatted(line, lambda entry: str(by_member[entry.member].number), "；")


def _formatted(line: RollLine, name: Callable[[Entry], str], separator: str) -> str:
    entries = [written(name(entry), replace(entry, note=_bracketable(entry.note))) for entry in line.entries]
    rest = [] if line.rest is None else [f"其余{CANONICAL[line.rest]}"]
    return separator.join(entries + rest)


def _bracketable(note: str | None) -> str | None:
    """Return a note that can stand in brackets: brackets of its own that do not match would end it early."""
    if note is None:
        return None
    depth = 0
    for char in note.translate(_NARROW):
        depth += (char == "(") - (char == ")")
        if depth < 0:
            break
    return note.translate(_OTHER_BRACKETS) if depth else note


_NARROW = str.maketrans("（）", "()")
_OTHER_BRACKETS = str.maketrans("（）()", "〔〕〔〕")


def _same(one: RollLine, other: RollLine) -> bool:
    said = [[(e.member, e.mark, e.minutes, e.note) for e in line.entries] for line in (one, other)]
    return said[0] == said[1] and one.rest is other.rest and not one.problems


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """What the line does to one member: the mark before and after; None is not taken."""

    member: int
    before: Mark | None
    after: Mark | None
    minutes: int | None = None
    note: str | None = None
    named: bool = True

    @property
    def changes(self) -> bool:
        """Whether anything is written for this member."""
        return self.named or self.before is not self.after


@dataclass(frozen=True, slots=True)
class Preview:
    """What a line would do: a row for everybody expected, in their order, and the counts afterwards."""

    rows: tuple[PreviewRow, ...]
    tally: Tally

    @property
    def changed(self) -> tuple[PreviewRow, ...]:
        """The rows that something is written for."""
        return tuple(row for row in self.rows if row.changes)


def balance(
    line: RollLine,
    current_marks: Mapping[int, Mark | None],
    expected: Sequence[int],
    *,
    leaves: Mapping[int, Mark] | None = None,
) -> Preview:
    """Show what `line` makes of the roll of those `expected`; 应到 stays the sum of all counts.

    Named members get their mark. The mark for everybody else goes only to those who have none, whoever set it; with
    其余到, those of them with leave in `leaves` get the mark of that leave. Problems of the line are left aside.
    """
    said = {entry.member: entry for entry in line.entries}
    rows = []
    for member in dict.fromkeys(expected):
        before = current_marks.get(member)
        entry = said.get(member)
        if entry is not None:
            rows.append(PreviewRow(member, before, entry.mark, entry.minutes, entry.note))
        else:
            after = before
            if before is None and line.rest is not None:
                after = (leaves or {}).get(member, line.rest) if line.rest is Mark.PRESENT else line.rest
            rows.append(PreviewRow(member, before, after, named=False))
    return Preview(tuple(rows), tally({row.member: row.after for row in rows}, expected))
