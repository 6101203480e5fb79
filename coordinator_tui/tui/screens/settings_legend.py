"""The choice of an attendance legend: every legend with the glyphs that it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book.legends import legends
from coordinator_tui.domain.vocabulary import Mark, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import Dialog
from coordinator_tui.tui.widgets.linelist import Column, LineList
from coordinator_tui.tui.widgets.textpage import TextPage

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

_NOTES = 4


class LegendDialog(Dialog[str]):
    """The legends; Enter answers the name of one."""

    heading = lazy("How are marks printed?")
    commands: ClassVar[tuple[Command, ...]] = (
        Command(name="legend.take", title=lazy("Use it"), keys=("enter",), hint=lazy("use"), in_palette=False),
    )
    DEFAULT_CSS = f"""
    LegendDialog > #box {{ width: 100; }}
    LegendDialog LineList {{ height: 12; }}
    LegendDialog TextPage {{ height: {_NOTES}; }}
    """

    def __init__(self, here: str) -> None:
        super().__init__()
        self._here = here
        columns = [Column("title", lazy("legend"), 36), Column("glyphs", lazy("glyphs"), 0, least=20)]
        self.list: LineList[str] = LineList(
            columns, self._cells, rows=list(legends()), on_move=lambda _name: self._tell()
        )
        self.page = TextPage()
        self.page.can_focus = False

    def body(self) -> ComposeResult:
        """Compose the legends, and all glyphs of the one under the cursor."""
        yield self.list
        yield self.page

    @property
    def home(self) -> Widget | None:
        """What takes the keys."""
        return self.list

    def on_mount(self) -> None:
        """Begin on the legend in force."""
        super().on_mount()
        self.list.move_to(self._here)
        self._tell()

    def _cells(self, name: str) -> tuple[str, str]:
        legend = legends()[name]
        return legend.title, " ".join(legend.glyphs[mark] for mark in Mark)

    def _tell(self) -> None:
        legend = legends()[self.list.cursor_id or self._here]
        lines = ["  ".join(f"{title(mark)} {legend.glyphs[mark]}" for mark in Mark)]
        if legend.ambiguous:
            text = _("Careful: {glyphs} stands for more than one mark, so such a sheet cannot be read back.")
            lines.append(text.format(glyphs=_(", ").join(legend.ambiguous)))
        elif not legend.complete:
            lines.append(_("Marks that this legend leaves open print as in the default one."))
        self.page.show(lines)

    def action_take(self) -> None:
        """Answer the legend under the cursor."""
        self.dismiss(self.list.cursor_id)
