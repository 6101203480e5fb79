"""How work is shown: a sign for each piece, short cells for the matrix, and whole sentences about one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.domain.vocabulary import WorkStatus, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import ngettext, pgettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator_tui.domain.records import Work
    from coordinator_tui.domain.work import Cell, Owed
    from coordinator_tui.tui.screens.work_table import Counts, WorkTable
    from coordinator_tui.tui.styles import Look
    from coordinator_tui.tui.widgets.line import Piece

_SIGNS_SHOWN = 2


def sign(piece: Work) -> str:
    """Return "✓A", "✓", "in" or "ret" (交, 退) for a piece of work."""
    if piece.status is WorkStatus.CHECKED:
        return "✓" + (piece.grade or "")
    return pgettext("work sign", "in") if piece.status is WorkStatus.HANDED_IN else pgettext("work sign", "ret")


def look(piece: Work) -> Look:
    """Return the look of a piece; the sign says the same in words."""
    looks: dict[WorkStatus, Look] = {WorkStatus.CHECKED: "good", WorkStatus.RETURNED: "warn"}
    return looks.get(piece.status, "strong")


def cell_text(table: WorkTable, member: int, at: int) -> str | tuple[str, Look]:
    """Return a cell of the matrix: signs and words of what came in, then what is missing."""
    pieces, owed = table.pieces(member, at), table.owed_at(member, at)
    missing, lack_look = _lacking(owed)
    if not pieces:
        if table.filled(member, at):
            return "(" + pgettext("work sign", "in") + ")", "quiet"
        return (missing, lack_look) if missing else ("-", "quiet")
    shown = " ".join((*_signs(pieces, alone=not missing), *([missing] if missing else [])))
    return shown, (lack_look if missing else _worst(pieces))


def _signs(pieces: Sequence[Work], *, alone: bool) -> list[str]:
    """Return the sign of each piece, with its words where there is one alone; signs with numbers for many."""
    if len(pieces) == 1:
        words = pieces[0].words
        return [sign(pieces[0]), str(words)] if words is not None and alone else [sign(pieces[0])]
    if len(pieces) <= _SIGNS_SHOWN:
        return [sign(piece) for piece in pieces]
    states = [piece.status for piece in pieces]
    names = {
        WorkStatus.CHECKED: "✓",
        WorkStatus.HANDED_IN: pgettext("work sign", "in"),
        WorkStatus.RETURNED: pgettext("work sign", "ret"),
    }
    return [f"{word}{states.count(status)}" for status, word in names.items() if status in states]


def _worst(pieces: Sequence[Work]) -> Look:
    looks = {look(piece) for piece in pieces}
    return "warn" if "warn" in looks else "strong" if "strong" in looks else "good"


def _lacking(owed: Sequence[Owed]) -> tuple[str, Look]:
    late = sum(item.missing for item in owed if item.overdue)
    due = sum(item.missing for item in owed) - late
    if late:
        return pgettext("work sign", "miss") + (str(late + due) if late + due > 1 else ""), "bad"
    if due:
        return pgettext("work sign", "todo") + (str(due) if due > 1 else ""), "quiet"
    return "", "plain"


def totals(total: Cell, owed: Sequence[Owed]) -> tuple[str | tuple[str, Look], ...]:
    """Return pieces, words and pieces owed of a row."""
    missing = sum(item.missing for item in owed)
    late = any(item.overdue for item in owed)
    return (
        str(total.pieces) if total.pieces else ("-", "quiet"),
        str(total.words) if total.words else ("-", "quiet"),
        (str(missing), "bad" if late else "warn") if missing else ("-", "quiet"),
    )


def counts_line(counts: Counts) -> list[Piece]:
    """Return the whole matrix in numbers."""
    parts: tuple[tuple[str, int, Look], ...] = (
        (pgettext("work counts", "members"), counts.members, "strong"),
        (pgettext("work counts", "pieces"), counts.pieces, "strong"),
        (pgettext("work counts", "words"), counts.words, "strong"),
        (pgettext("work counts", "to check"), counts.unchecked, "warn" if counts.unchecked else "strong"),
        (pgettext("work counts", "owed"), counts.owed, "warn" if counts.owed else "strong"),
        (pgettext("work counts", "overdue"), counts.overdue, "bad" if counts.overdue else "strong"),
    )
    pieces: list[Piece] = []
    for name, number, number_look in parts:
        pieces += [(f" {name} ", "quiet"), (f"{number} ", number_look)]
    return pieces


def piece_words(piece: Work, *, kind: bool) -> str:
    """Return a piece in one short run of words: sign, kind, title, words, date."""
    parts = [sign(piece), title(piece.kind) if kind else "", piece.title or ""]
    if piece.words is not None:
        parts.append(words_text(piece.words))
    parts.append(f"{piece.date:%m-%d}")
    if piece.status is WorkStatus.RETURNED and piece.reason:
        parts.append(f"({piece.reason})")
    return " ".join(part for part in parts if part)


def words_text(words: int) -> str:
    """Return "812 words"."""
    return ngettext("{count} word", "{count} words", words).format(count=words)


def owed_words(item: Owed, *, titled: bool) -> str:
    """Return what is owed of one assignment: its title, how many pieces, by when."""
    text = _("{title} by {due}") if titled else _("by {due}")
    shown = text.format(title=item.assignment.title, due=f"{item.due:%m-%d}")
    if item.missing > 1:
        shown += f" ×{item.missing}"
    return (pgettext("work sign", "miss") if item.overdue else pgettext("work sign", "todo")) + f" {shown}"


def about_cell(table: WorkTable, member: int, at: int) -> list[Piece]:
    """Return a line about the place under the cursor."""
    pieces, owed = table.pieces(member, at), table.owed_at(member, at)
    columns = table.columns
    where = table.titles()[at] if at < len(columns) else _("all together")
    titled = at >= len(columns) or columns[at].assignment is None
    with_kind = at >= len(columns) or columns[at].kind is None
    line: list[Piece] = [(f" {table.name(member)}  {where}: ", "strong")]
    parts: list[Piece] = [(piece_words(piece, kind=with_kind), look(piece)) for piece in reversed(pieces)]
    parts = [*((owed_words(item, titled=titled), "bad" if item.overdue else "plain") for item in owed), *parts]
    if not parts:
        text = _("done by work that names no assignment") if table.filled(member, at) else _("nothing handed in")
        return [*line, (text, "quiet")]
    for index, part in enumerate(parts):
        line += [("  |  " if index else "", "quiet"), part]
    return line
