"""The history of the whole book: who changed what, when, from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book.fields import field_title
from coordinator_tui.text import fold, lazy, ngettext
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.history_page import ReadingPage
from coordinator_tui.tui.screens.roll_history import moment
from coordinator_tui.tui.screens.roll_prompt import RollPrompt, Typing
from coordinator_tui.tui.widgets.bars import TextLine
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from coordinator_tui.book.history import HistoryLine
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look

_FIRST = 1000
_TIMES = 4


class HistoryScreen(CoordinatorScreen):
    """Every step, the newest first; older ones come as one goes down."""

    heading = lazy("History")
    about = lazy("Everything ever done, the newest first. / keeps what holds a word: a name, a field, a login.")
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="history.open",
            title=lazy("Show every field that changed"),
            keys=("enter",),
            hint=lazy("show"),
            words="查看 show",
            cli="history",
        ),
        Command(
            name="history.find",
            title=lazy("Only what holds a word"),
            keys=("/",),
            hint=lazy("find"),
            words="查找 筛选 find filter",
        ),
        Command(
            name="history.more",
            title=lazy("Read older changes"),
            keys=("m",),
            hint=lazy("older"),
            words="更多 更早 older more",
            cli="history --limit N",
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self._limit = _FIRST
        self._query = ""
        self._complete = False
        self._steps: list[list[HistoryLine]] = []
        self.top = TextLine()
        columns = [
            Column("when", lazy("when"), 16),
            Column("who", lazy("done by"), 10),
            Column("step", lazy("step"), 0, least=20),
            Column("change", lazy("change"), 24),
        ]
        self.list: LineList[int] = LineList(
            columns, self._cells, marked_column=2, on_move=self._moved, empty=lazy("Nothing fits.")
        )
        self.prompt = RollPrompt()

    def body(self) -> ComposeResult:
        """Compose how much there is, the steps, and a line to type on."""
        yield self.top
        yield self.list
        yield self.prompt

    @property
    def home(self) -> Widget | None:
        """What takes the keys."""
        return self.prompt if self.prompt.typing is not None else self.list

    def on_mount(self) -> None:
        """Show the newest steps."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:
        """Show the history as it is now."""
        del changes
        lines = self.book.history(limit=self._limit)
        self._complete = len(lines) < self._limit
        steps: dict[tuple[str, int], list[HistoryLine]] = {}
        for line in lines:
            steps.setdefault((line.replica, line.n), []).append(line)
        self._steps = list(steps.values())
        self._filter()

    def _filter(self) -> None:
        wanted = fold(self._query)
        rows = [at for at, step in enumerate(self._steps) if not wanted or wanted in _searched(step)]
        self.list.set_rows(rows)
        text = _("{count} steps, the newest first").format(count=len(rows))
        if self._query:
            text = _("{count} steps with “{query}”").format(count=len(rows), query=self._query)
        older = "" if self._complete else "  " + _("m reads older ones")
        self.top.show((" " + text, "strong"), (older, "quiet"))

    def _cells(self, at: int) -> Sequence[str | tuple[str, Look]]:
        step = self._steps[at]
        return (moment(step[0]), "quiet"), step[0].by, step[0].step or step[0].thing, _change(step)

    def _moved(self, _at: int) -> None:
        if self.list.cursor == len(self.list.rows) - 1 and not self._complete and not self._query:
            self.action_more()

    # ---- what can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse what belongs to the list while something is typed."""
        if self.prompt.typing is not None and action in {"open", "find", "more"}:
            return False
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        """Show everything that the step under the cursor changed."""
        at = self.list.cursor_id
        if at is None:
            return
        step = self._steps[at]
        told = [f"{moment(step[0])}  {step[0].by}", "", *(line.sentence() for line in step)]
        self.ask(ReadingPage(step[0].step or step[0].thing, told), lambda _nothing: None)

    def action_more(self) -> None:
        """Read older steps."""
        if self._complete:
            self.say(_("This is everything since the book was made."), "quiet")
            return
        self._limit *= _TIMES
        self.refresh_book(None)

    def action_find(self) -> None:
        """Type the word to keep."""
        typing = Typing(
            "find",
            _(" Only with: "),
            lambda _text: self._stop(),
            self._leave,
            change=self._search,
            placeholder=_("a name, a field, a login"),
        )
        self.prompt.open(typing, self._query)
        self.set_focus(self.prompt)

    def _search(self, text: str) -> None:
        self._query = text.strip()
        self._filter()
        self.list.move_to_index(0)

    def _stop(self) -> None:
        self.prompt.close()
        self.set_focus(self.list)

    def _leave(self) -> None:
        self._stop()
        self._search("")

    def go_back(self) -> bool:
        """Leave the line, then the filter."""
        if self.prompt.typing is not None or self._query:
            self._leave()
            return True
        return False


def _searched(step: Sequence[HistoryLine]) -> str:
    parts = (step[0].by, step[0].step, *(line.sentence() for line in step))
    return fold(" ".join(parts))


def _change(step: Sequence[HistoryLine]) -> str | tuple[str, Look]:
    """Return one change from → to; how many there are where a step changed several fields."""
    if len(step) == 1 and step[0].field is not None:
        line = step[0]
        field = field_title(line.what, line.field or "")
        return f"{field}: {line.words(line.before)} → {line.words(line.after)}"
    if len(step) == 1:
        return _("removed")
    return ngettext("{count} field", "{count} fields", len(step)).format(count=len(step)), "quiet"
