"""Who changed what at a roll: of one person, or of the whole session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book.fields import field_title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.screen import Dialog
from coordinator_tui.tui.widgets.textpage import TextPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coordinator_tui.book.history import HistoryLine
    from coordinator_tui.book.roll import RollCall

_HIDDEN = {"session", "member"}


class RollHistory(Dialog[None]):
    """Changes newest first, each with when, who, and from what to what."""

    heading = lazy("History")
    DEFAULT_CSS = """
    RollHistory > #box { width: 90; }
    RollHistory TextPage { height: 14; }
    """

    def __init__(self, roll: RollCall, member: int | None) -> None:
        super().__init__()
        self._called = roll.title if member is None else roll.row(member).name
        self._lines = history_lines(roll.history(member), named=member is None)

    def title_text(self) -> str:
        """Return whose history it is."""
        return _("Who changed what: {name}").format(name=self._called)

    def body(self) -> ComposeResult:
        """Show the changes."""
        yield TextPage(self._lines or [_("Nothing has been entered here yet.")])


def history_lines(changes: Sequence[HistoryLine], *, named: bool) -> list[str]:
    """Return a line for each change; `named` says whom it is about."""
    return [_sentence(change, named=named) for change in changes if change.field not in _HIDDEN]


def _sentence(change: HistoryLine, *, named: bool) -> str:
    about = f"{change.thing}  " if named else ""
    if change.field is None:
        said = _("removed")
    else:
        before, after = change.words(change.before), change.words(change.after)
        said = f"{field_title(change.what, change.field)}: {before} → {after}"
    late = "  " + _("(late entry)") if change.late else ""
    return f"{moment(change)}  {change.by}  {about}{said}{late}"


def moment(change: HistoryLine) -> str:
    """Return when a change was made, by the clock here."""
    return f"{change.at.astimezone():%Y-%m-%d %H:%M}"
