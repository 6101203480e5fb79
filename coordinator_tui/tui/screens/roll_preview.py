"""`LinePane`: what a typed roll line would do, while it is being typed: questions, the balance, person by person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.domain.vocabulary import NOT_TAKEN, Mark
from coordinator_tui.text import cells, fit, visible, wrap
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.screens.roll_marks import mark_word, with_minutes
from coordinator_tui.tui.widgets.line import LineWidget

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coordinator_tui.book.roll import Change, LinePreview
    from coordinator_tui.domain.attendance import Tally
    from coordinator_tui.tui.widgets.line import Piece

Line = tuple["Piece", ...]
_NAME_CELLS = 18


class LinePane(LineWidget):
    """Stands in the place of the list while a line is typed; paints only the lines that changed."""

    DEFAULT_CSS = "LinePane { height: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name for it
        super().__init__(id=id)
        self._lines: list[Line] = []

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        before, self._lines = self._lines, list(lines)
        for y in range(max(len(before), len(self._lines))):
            if before[y : y + 1] != self._lines[y : y + 1]:
                self.refresh_cells(0, y, max(self.size.width, 1))

    @property
    def plain(self) -> str:
        """The text without looks."""
        return "\n".join("".join(text for text, _look in line) for line in self._lines)

    def pieces(self, y: int) -> Iterable[Piece]:
        """Return a line; the last one says how many there is no room for."""
        height = self.size.height
        hidden = len(self._lines) - height
        if hidden > 0 and y == height - 1:
            return ((" " + _("… and {count} more lines").format(count=hidden + 1), "quiet"),)
        return self._lines[y] if y < len(self._lines) else ()


def how_to(width: int) -> list[Line]:
    """Return what can be typed, for a line that is still empty."""
    texts = (
        _("Type the exceptions and how the rest are; Enter writes everything at once, Esc leaves it."),
        "",
        _("Names in full, in pinyin or by initials, or row numbers of the printed sheet:"),
        "   张三迟10 李四病 王五公(开会) 其余到",
        "   zs迟10 ls病 rest present        3迟10 7病 12公 其余到",
        "",
        _("Marks: 到 迟 退 病 事 公 假 旷 免, or late early sick personal official other absent exempt."),
        _("Several people share a mark: 张三、李四病. 未 or clear takes a mark back. A note stands in brackets."),
        _("“The rest” never touches a mark that is set, and those on approved leave get their leave."),
    )
    return [((" " + line, "plain"),) for text in texts for line in (wrap(text, width - 2) or [""])]


def preview_lines(preview: LinePreview, width: int) -> list[Line]:
    """Return what a line would do: its questions first, then the balance, the exceptions, and the plain rest."""
    lines: list[Line] = [line for problem in preview.problems for line in _question(str(problem), width)]
    lines += _balance(preview.tally, width, ready=preview.ready)
    plain = [change for change in preview.changes if _is_plain(change)]
    lines += [_change_line(change) for change in preview.changes if not _is_plain(change)]
    if plain:
        lines += _plain_lines(plain, width)
    if not preview.changes and not preview.problems:
        lines.append(((" " + _("Nothing would change."), "quiet"),))
    return lines


def _question(sentence: str, width: int) -> list[Line]:
    first, *more = wrap(sentence, width - 4)
    return [((" ? ", "bad"), (first, "bad")), *((("   " + line, "bad"),) for line in more)]


def _balance(tally: Tally, width: int, *, ready: bool) -> list[Line]:
    parts = [f"{mark_word(_mark(code))} {count}" for code, count in tally.counts.items() if count]
    text = _("expected {expected} = {sum}").format(expected=tally.expected, sum=" + ".join(parts) or "0")
    lines: list[Line] = [((" " + line, "strong"),) for line in wrap(text, width - 4)]
    if ready:
        lines[-1] = (*lines[-1], ("  ✓", "good"))
    elif not tally.balanced:
        lines[-1] = (*lines[-1], (_("  does not add up!"), "bad"))
    return lines


def _mark(code: str) -> Mark | None:
    return None if code == NOT_TAKEN else Mark(code)


def _is_plain(change: Change) -> bool:
    """Whether somebody not taken is simply marked present."""
    return change.row.mark is None and change.mark is Mark.PRESENT and change.note == change.row.note


def _change_line(change: Change) -> Line:
    row, name = change.row, visible(change.row.name)
    before, after = with_minutes(row.mark, row.minutes), with_minutes(change.mark, change.minutes)
    same = (row.mark, row.minutes, row.note) == (change.mark, change.minutes, change.note)
    overwrites = row.mark is not None and not same
    return (
        (f" {row.number:>4} ", "quiet"),
        (fit(name, max(_NAME_CELLS, cells(name))) + " ", "plain"),
        (f"{before} → ", "warn" if overwrites else "quiet"),
        (after, "strong"),
        (_("  (as it is)") if same else f"  {change.note}" if change.note else "", "quiet"),
    )


def _plain_lines(changes: Sequence[Change], width: int) -> list[Line]:
    head = _("not taken → present, {count}: ").format(count=len(changes))
    names = _(", ").join(change.row.name for change in changes)
    return [((" " + line, "plain"),) for line in wrap(head + names, width - 2)]
