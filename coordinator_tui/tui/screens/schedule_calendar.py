"""Holidays and moved workdays of a term: list, add, edit, clear, load what was published."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import calendar
from coordinator_tui.domain.vocabulary import DayKind, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext, pgettext
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.day_words import WEEKDAYS, day_check, read_day, weekday
from coordinator_tui.tui.screens.going import confirmed, tried
from coordinator_tui.tui.widgets.bars import TextLine
from coordinator_tui.tui.widgets.form import Field, FormDialog
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coordinator_tui.domain.records import CalendarDay, Term
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look


class CalendarScreen(CoordinatorScreen):
    """The school calendar of a term."""

    heading = lazy("Calendar")
    about = lazy(
        "Days that are not what their weekday says: holidays, and workdays moved to a weekend, which may carry the "
        "timetable of another weekday. Planning leaves holidays out and uses moved workdays."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="calendar.add", title=lazy("Add a day"), keys=("a",), hint=lazy("add"), words="新增 放假 调休",
            cli="schedule days --holiday DATE",
        ),
        Command(
            name="calendar.edit", title=lazy("Edit this day"), keys=("e", "enter"), hint=lazy("edit"), words="编辑",
        ),
        Command(
            name="calendar.clear", title=lazy("Make this day an ordinary one"), keys=("delete", "x"),
            hint=lazy("clear"), words="删除 清除 普通日", cli="schedule days --clear DATE",
        ),
        Command(
            name="calendar.load", title=lazy("Load the published calendar"), keys=("o",), hint=lazy("load published"),
            words="载入 国务院 放假安排 published", cli="schedule days --load YEAR",
        ),
        Command(name="calendar.all", title=lazy("The days of the term, or all"), keys=("t",), words="全部 学期 all"),
    )  # fmt: skip

    def __init__(self, term: Term | None) -> None:
        super().__init__()
        self.term = term
        self.every_day = term is None
        self.top = TextLine()
        self.list: LineList[int] = LineList(
            [
                Column("date", lazy("date"), 11),
                Column("weekday", lazy("weekday"), 10),
                Column("kind", lazy("what it is"), 16),
                Column("name", lazy("called"), 0, least=10),
                Column("table", lazy("timetable of"), 14),
            ],
            self._cells,
            empty=lazy("No holiday is known here: o loads the published calendar, a adds a day."),
            on_choose=lambda _row: self.action_edit(),
        )

    def body(self) -> ComposeResult:
        """Compose what is shown and the list."""
        yield self.top
        yield self.list

    def on_mount(self) -> None:
        """Show the days, the cursor on the next one."""
        super().on_mount()
        self.refresh_book(None)
        coming = (row for row in self.list.rows if self.book.calendar.get(row).date >= self.book.today)
        self.list.move_to(next(coming, 0))

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - a short list
        """Show the days as they are now."""
        term = None if self.every_day else self.term
        days = calendar.days(self.book, term)
        self.list.set_rows([day.id for day in days])
        self.list.update_all()
        called = term.code if term else _("All days in the book")
        missing = calendar.unpublished_years(self.book, self.term) if self.term else []
        warn = "  ".join(_("{year} is not there: o loads it if it is published").format(year=year) for year in missing)
        self.top.show((f" {called}", "strong"), ("  ! " + warn if warn else "", "warn"))
        self.update_frame()

    def _cells(self, row: int) -> Sequence[str | tuple[str, Look]]:
        day = self.book.calendar.get(row)
        table = str(WEEKDAYS[day.weekday - 1]) if day.weekday else ""
        look: Look = "quiet" if day.date < self.book.today else "plain"
        return (
            (day.date.isoformat(), look), (weekday(day.date), look), (title(day.kind), look), (day.name or "", look),
            (table, look),
        )  # fmt: skip

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse what needs a day while there is none."""
        if action in {"edit", "clear"}:
            return self.list.cursor_id is not None
        return super().check_action(action, parameters)

    def action_all(self) -> None:
        """Show the days of the term, or all."""
        self.every_day = not self.every_day or self.term is None
        self.refresh_book(None)

    def action_add(self) -> None:
        """Ask for a day."""
        self._ask(None)

    def action_edit(self) -> None:
        """Ask what the day is."""
        self._ask(self.book.calendar.get(self.list.cursor_id or 0))

    def _ask(self, day: CalendarDay | None) -> None:
        def save(values: dict[str, str]) -> None:
            kind = DayKind(values["kind"])
            when = day.date if day else read_day(self.book, values["date"])
            number = int(values["weekday"]) if values["weekday"] else None
            now = calendar.set_day(self.book, when, kind, name=values["name"].strip() or None, weekday=number)
            self.refresh_book(None)
            self.list.move_to(now.id)
            self.say(_("{day}: {kind}.").format(day=when, kind=title(kind)), "good")

        heading = f"{day.date} {weekday(day.date)}" if day else _("New day of the calendar")
        self.ask(FormDialog(heading, _fields(self, day), save), lambda _values: None)

    def action_clear(self) -> None:
        """Make the day an ordinary one, after asking."""
        day = self.book.calendar.get(self.list.cursor_id or 0)
        confirmed(
            self,
            _("{day} ({name}) becomes an ordinary {weekday} again.").format(
                day=day.date, name=day.name or title(day.kind), weekday=weekday(day.date)
            ),
            lambda: calendar.clear_day(self.book, day.date),
            _("{day} is an ordinary day.").format(day=day.date),
            yes=lazy("Clear"),
        )

    def action_load(self) -> None:
        """Load what was published for the years of the term, as far as it comes with the program."""
        first = self.term.start.year if self.term else self.book.today.year
        last = self.term.until.year if self.term else first
        shipped = calendar.shipped_years()
        years = [year for year in range(first, last + 1) if year in shipped]
        if not years:
            text = _("The holidays of {year} do not come with this version; a enters them by hand.")
            self.say(text.format(year=first), "warn")
            return
        counts: list[int] = []
        if tried(self, lambda: counts.extend(calendar.load_calendar(self.book, year) for year in years)):
            self.refresh_book(None)
            text = ngettext("{count} day was loaded or changed.", "{count} days were loaded or changed.", sum(counts))
            self.say(text.format(count=sum(counts)), "good")


def _fields(screen: CalendarScreen, day: CalendarDay | None) -> list[Field]:
    book = screen.book
    kinds = [(kind.value, title(kind)) for kind in DayKind]
    tables = [("", _("its own weekday's")), *((str(at), str(name)) for at, name in enumerate(WEEKDAYS, 1))]
    when = [] if day else [Field("date", _("Date"), str(book.today), check=day_check(book), required=True)]
    return [
        *when,
        Field("kind", _("What it is"), day.kind.value if day else "", choices=kinds),
        Field(
            "name", pgettext("thing", "Name"), (day.name or "") if day else "", placeholder=lazy("such as Sports day")
        ),
        Field("weekday", _("Timetable of"), str(day.weekday or "") if day else "", choices=tables),
    ]
