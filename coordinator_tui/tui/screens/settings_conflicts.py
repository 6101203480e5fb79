"""Conflicts: two values written for one thing, neither writer having seen the other's; a digit decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import conflicts
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.widgets.bars import TextLine
from coordinator_tui.tui.widgets.linelist import Column, LineList
from coordinator_tui.tui.widgets.textpage import TextPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from coordinator_tui.book.conflicts import ConflictView
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look
    from coordinator_tui.tui.widgets.line import Piece

_MOST = 9


class ConflictsScreen(CoordinatorScreen):
    """Every conflict, and the values of the one under the cursor with who wrote them when."""

    heading = lazy("Conflicts")
    about = lazy(
        "Two machines wrote different values for one thing without having seen each other's. The first value counts "
        "meanwhile; a digit decides for everybody. Nothing is lost: the history knows both."
    )
    commands: ClassVar[tuple[Command, ...]] = tuple(
        Command(
            name=f"conflicts.take-{number}",
            title=lazy("Keep the value with this number, for everybody"),
            keys=(str(number),),
            hint=lazy("/2 keep that value") if number == 1 else None,
            words="解决 保留 选择 resolve keep",
            cli="conflicts resolve ID NUMBER" if number == 1 else "",
            action="take",
            arguments=(number,),
            in_palette=False,
        )
        for number in range(1, _MOST + 1)
    )
    DEFAULT_CSS = "ConflictsScreen TextPage { height: 6; }"

    def __init__(self) -> None:
        super().__init__()
        self.views: dict[str, ConflictView] = {}
        self.top = TextLine()
        columns = [
            Column("thing", lazy("what"), 0, least=20),
            Column("field", lazy("field"), 14),
            Column("one", lazy("1: counts now"), 16),
            Column("two", "2", 16),
        ]
        self.list: LineList[str] = LineList(
            columns, self._cells, on_move=lambda _id: self.told(), empty=lazy("No conflict waits for a decision.")
        )
        self.page = TextPage()
        self.page.can_focus = False

    def body(self) -> ComposeResult:
        """Compose how many there are, the list, and the values."""
        yield self.top
        yield self.list
        yield self.page

    @property
    def home(self) -> Widget | None:
        """What takes the keys."""
        return self.list

    def on_mount(self) -> None:
        """Show the conflicts."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:
        """Show what waits for a decision now."""
        del changes
        self.views = {view.conflict.id: view for view in conflicts.all_conflicts(self.book)}
        self.list.set_rows(list(self.views))
        count = len(self.views)
        text = _("Conflicts that wait for a decision: {count}").format(count=count)
        self.top.show((" " + text, "warn" if count else "good"))
        self.told()

    def _cells(self, identity: str) -> Sequence[str | tuple[str, Look]]:
        view = self.views[identity]
        one, two = view.values[0], view.values[1] if len(view.values) > 1 else ""
        return view.thing, view.field or _("the whole entry"), (one, "strong"), two

    def told(self) -> None:
        """Show the values of the conflict under the cursor."""
        here = self.list.cursor_id
        if here is None:
            self.page.show([_("When two machines change the same thing apart, it is shown here.")])
            return
        view = self.views[here]
        lines: list[str | Sequence[Piece]] = [((f"{view.thing}  {view.field}", "strong"),)]
        for number, (words, sibling) in enumerate(zip(view.values, view.conflict.values, strict=True), 1):
            when = f"{sibling.at.astimezone():%Y-%m-%d %H:%M}"
            lines.append(((f"  {number}  ", "key"), (words, "strong"), (f"   {sibling.by}  {when}", "quiet")))
        self.page.show(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse what needs a conflict while there is none."""
        return bool(self.views) if action == "take" else super().check_action(action, parameters)

    def action_take(self, number: int) -> None:
        """Keep a value."""
        here = self.list.cursor_id
        if here is None:
            return
        view = self.views[here]
        count = len(view.values)
        if number > count:
            text = ngettext("This conflict has {count} value.", "This conflict has {count} values.", count)
            self.say(text.format(count=count), "warn")
            return
        conflicts.resolve(self.book, view, number)
        self.refresh_book(None)
        self.say(_("Kept: {value} ({thing}).").format(value=view.values[number - 1], thing=view.thing), "good")
