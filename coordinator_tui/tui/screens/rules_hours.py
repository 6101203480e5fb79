"""Credit hours: what each member has of the school year and of the cycle, and from what."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import rule_scores
from coordinator_tui.book.errors import BookError
from coordinator_tui.book.members import name_of
from coordinator_tui.book.rule_gaps import plain
from coordinator_tui.domain.vocabulary import TrainingArea
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.going import closes_when_gone, push
from coordinator_tui.tui.screens.rules_lines import state_look, state_words
from coordinator_tui.tui.screens.rules_row import evidence_lines, open_record
from coordinator_tui.tui.screens.sections import Entry, SectionList, columns, line, paragraph
from coordinator_tui.tui.widgets.bars import TextLine
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.rules.hours import HoursRow
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look


async def open_hours(screen: CoordinatorScreen) -> None:
    """Show the credit hours; where no pack in force has a rule about them, the sentence that says so."""
    rule_scores.hours(screen.book)
    await push(screen, HoursScreen())


class HoursScreen(CoordinatorScreen):
    """Everybody's credit hours."""

    heading = lazy("Credit hours")
    about = lazy(
        "Credit hours of the school year and of the cycle of years, from the trainings in the registers. Enter shows "
        "what they are made of."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="hours.open",
            title=lazy("Show what these hours are made of"),
            keys=("enter",),
            hint=lazy("reasons"),
            words="明细 依据 reasons",
            cli="rules hours --member NAME",
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[int, HoursRow] = {}
        self.top = TextLine()
        list_columns = [
            Column("name", lazy("name"), 12, most=30),
            Column("counted", lazy("hours"), 7, "right"),
            Column("needed", lazy("needed"), 7, "right"),
            Column("gap", lazy("missing"), 8, "right"),
            Column("state", lazy("state"), 13),
            Column("professional", lazy("professional"), 13, "right", drop=3),
            Column("cycle", lazy("in the cycle"), 13, "right", drop=1),
            Column("cycle_gap", lazy("missing"), 8, "right", drop=2),
        ]
        self.list: LineList[int] = LineList(list_columns, self._cells, on_choose=self._open)

    def body(self) -> ComposeResult:
        """Compose which year it is, and the members."""
        yield self.top
        yield self.list

    def on_mount(self) -> None:
        """Show the hours."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - any change may touch the hours
        """Compute the hours again."""
        rows = _hours(self)
        self.found = {row.member: row for row in rows}
        if rows:
            first = rows[0]
            text = _("school year {year}, cycle {cycle}").format(year=first.year.label, cycle=first.cycle.label)
            self.top.show((" " + text, "strong"))
        self.list.grow("name", (name_of(self.book, row.member) for row in rows))
        self.list.set_rows(list(self.found))
        self.update_frame()

    def _cells(self, row: int) -> Sequence[str | tuple[str, Look]]:
        one = self.found[row]
        cycle = f"{plain(one.cycle_counted)}/{plain(one.cycle_needed)}" if one.cycle_needed else ""
        return (
            name_of(self.book, row),
            (str(plain(one.counted)), "strong"),
            str(plain(one.needed)),
            str(plain(one.gap) or ""),
            (state_words(one.state), state_look(one.state)),
            str(plain(one.by_area.get(TrainingArea.PROFESSIONAL, 0))),
            cycle,
            str(plain(one.cycle_gap) or ""),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse what needs a member."""
        return self.list.cursor_id is not None if action == "open" else super().check_action(action, parameters)

    async def _open(self, row: int) -> None:
        await push(self, HoursOfScreen(row))

    async def action_open(self) -> None:
        """Show what the hours are made of."""
        if self.list.cursor_id is not None:
            await self._open(self.list.cursor_id)


def _hours(screen: CoordinatorScreen, member: int | None = None) -> list[HoursRow]:
    """Return the rows; none, and a sentence, when no pack speaks of hours any more."""
    try:
        return rule_scores.hours(screen.book, member=member)
    except BookError as error:
        closes_when_gone(screen, str(error))
        return []


class HoursOfScreen(CoordinatorScreen):
    """What one member's hours are made of."""

    heading = lazy("Hours")
    about = lazy("What one person's credit hours are made of, line by line. Enter on a line opens its record.")
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="hours-of.open", title=lazy("Open the record"), keys=("enter",), hint=lazy("open"), words="打开 记录"
        ),
    )

    def __init__(self, member: int) -> None:
        super().__init__()
        self.member = member
        self.row: HoursRow | None = None
        self.lines: SectionList[tuple[str, int]] = SectionList(self._make, on_choose=self._open)

    def body(self) -> ComposeResult:
        """Compose the lines."""
        yield self.lines

    def on_mount(self) -> None:
        """Show the hours."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - any change may touch the hours
        """Compute the hours again."""
        rows = _hours(self, self.member)
        self.row = rows[0] if rows else None
        self.lines.rebuild()
        self.update_frame()

    def _make(self, width: int) -> Sequence[Entry[tuple[str, int]]]:
        return hours_lines(self.book, self.row, width) if self.row else ()

    async def _open(self, row: tuple[str, int]) -> None:
        await open_record(self, *row)

    async def action_open(self) -> None:
        """Open what is under the cursor."""
        if self.lines.cursor_id is not None:
            await self._open(self.lines.cursor_id)
        else:
            self.say(_("No record counts here yet."), "quiet")


def hours_lines(book: Book, row: HoursRow, width: int) -> list[Entry[tuple[str, int]]]:
    """Return a member's hours line by line, each with its records."""
    head = f"{name_of(book, row.member)}  {row.year.label}"
    numbers = _("{counted} of {needed} hours, missing {gap}; in the cycle {cycle} {done} of {all}")
    text = numbers.format(
        counted=plain(row.counted),
        needed=plain(row.needed),
        gap=plain(row.gap),
        cycle=row.cycle.label,
        done=plain(row.cycle_counted),
        all=plain(row.cycle_needed or 0),
    )
    found: list[Entry[tuple[str, int]]] = [
        Entry(((head, "strong"), ("  " + state_words(row.state), state_look(row.state)))),
        *paragraph(text, width),
        Entry(),
    ]
    for each in row.lines:
        records = evidence_lines(book, each.evidence)
        target = records[0].id if len(records) == 1 else None
        found.append(columns([(f"{plain(each.hours)}", 8, "strong"), (each.text, 0, "plain")], target))
        found += records if len(records) > 1 else []
    return found if row.lines else [*found, line(_("nothing yet"), "quiet")]
