"""Readings over a term: the article of each week, and what each member read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book.errors import BookError
from coordinator_tui.book.reading_weeks import WEEK_TITLES, ReadBy, Week, WeekState, read_by, weekly_articles
from coordinator_tui.domain.vocabulary import ReadingKind
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.work_forms import reading_form
from coordinator_tui.tui.widgets.bars import TextLine
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coordinator_tui.domain.records import Reading
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look

_LOOKS: dict[WeekState, Look] = {WeekState.DONE: "good", WeekState.NONE: "bad", WeekState.NOW: "warn"}

Key = tuple[int, int]
"""Number of the week, and of the article in it."""


class WeeksScreen(CoordinatorScreen):
    """The weeks of the term, each with the articles recommended in it."""

    heading = lazy("Articles week by week")
    about = lazy("One article for everybody in each week. a recommends one in the week under the cursor; e changes it.")
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="weeks.add",
            title=lazy("Recommend an article in this week"),
            keys=("a",),
            hint=lazy("add"),
            words="推荐 文章 add article",
            cli="readings add --kind article --date",
        ),
        Command(
            name="weeks.edit",
            title=lazy("Edit the article; recommend one where there is none"),
            keys=("e", "enter"),
            hint=lazy("edit"),
            words="修改 编辑 edit",
            cli="readings edit",
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self._weeks: dict[Key, tuple[Week, Reading | None]] = {}
        self.top = TextLine()
        columns = [
            Column("week", lazy("week"), 4, "right"),
            Column("from", lazy("from"), 10),
            Column("state", lazy("state"), 14),
            Column("title", lazy("article"), 0, least=20),
            Column("author", lazy("author"), 14, drop=2),
            Column("by", lazy("recommended by"), 14, drop=1),
        ]
        self.list: LineList[Key] = LineList(columns, self._cells, marked_column=3, empty=lazy("There is no term yet."))

    def body(self) -> ComposeResult:
        """How many weeks have one, and the weeks."""
        yield self.top
        yield self.list

    def on_mount(self) -> None:
        """Show the term, with the cursor in this week."""
        super().on_mount()
        self.refresh_book(None)
        now = [key for key, (week, _one) in self._weeks.items() if week.monday <= self.book.today <= week.sunday]
        if now:
            self.list.move_to(now[0])

    def refresh_book(self, changes: Changes | None) -> None:
        """Show the weeks as they are now."""
        del changes
        try:
            weeks = weekly_articles(self.book)
        except BookError as nothing:
            self.top.show((f" {nothing}", "warn"))
            return
        self._weeks = {
            (week.number, at): (week, one) for week in weeks for at, one in enumerate(week.articles or (None,))
        }
        self.list.set_rows(list(self._weeks))
        over = [week for week in weeks if week.state is not WeekState.COMING and week.state is not WeekState.HOLIDAY]
        missing = sum(week.state is WeekState.NONE for week in weeks)
        said = _("{term}: {count} of {weeks} weeks so far have an article, {missing} have none").format(
            term=self.book.term.code,
            count=sum(week.state is WeekState.DONE for week in over),
            weeks=len(over),
            missing=missing,
        )
        self.top.show((" " + said, "warn" if missing else "strong"))

    def _cells(self, key: Key) -> Sequence[str | tuple[str, Look]]:
        week, one = self._weeks[key]
        first = not key[1]
        return (
            str(week.number) if first else "",
            week.monday.isoformat() if first else "",
            (str(WEEK_TITLES[week.state]), _LOOKS.get(week.state, "quiet")),
            one.title if one else "",
            (one.author if one else None) or "",
            (one.recommended_by if one else None) or "",
        )

    def action_add(self) -> None:
        """Recommend an article in the week under the cursor."""
        here = self.list.cursor_id
        if here is None:
            return
        week, _one = self._weeks[here]
        day = min(max(self.book.today, week.monday), week.sunday)
        form = reading_form(self.book, None, kind=ReadingKind.ARTICLE, day=day)
        self.ask(form, lambda values: self.refresh_book(None) if values else None)

    def action_edit(self) -> None:
        """Edit the article under the cursor."""
        here = self.list.cursor_id
        article = self._weeks[here][1] if here is not None else None
        if article is None:
            self.action_add()
            return
        form = reading_form(self.book, None, article)
        self.ask(form, lambda values: self.refresh_book(None) if values else None)


class ReadByScreen(CoordinatorScreen):
    """What each member read in the term, by the work handed in on it."""

    heading = lazy("Who read what")
    about = lazy("Readings count for those whose work names them (and was not given back). Books are counted apart.")

    def __init__(self) -> None:
        super().__init__()
        self._people: dict[int, ReadBy] = {}
        self.top = TextLine()
        columns = [
            Column("name", lazy("name"), 14),
            Column("books", lazy("books"), 6, "right"),
            Column("all", lazy("readings"), 8, "right"),
            Column("titles", lazy("titles"), 0, least=20),
        ]
        self.list: LineList[int] = LineList(
            columns, self._cells, empty=lazy("Nobody to show here: F2 opens the members.")
        )

    def body(self) -> ComposeResult:
        """Which term it is, and the members."""
        yield self.top
        yield self.list

    def on_mount(self) -> None:
        """Show the members."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:
        """Show the members as they are now."""
        del changes
        try:
            people = read_by(self.book, group=self.book.group.id)
        except BookError as nothing:
            self.top.show((f" {nothing}", "warn"))
            return
        self._people = {one.member: one for one in people}
        self.list.grow("name", (one.name for one in people))
        self.list.set_rows(list(self._people))
        readers = sum(bool(one.readings) for one in people)
        said = _("{term}: {count} of {members} members handed in work on something they read").format(
            term=self.book.term.code, count=readers, members=len(people)
        )
        self.top.show((" " + said, "strong"))

    def _cells(self, member: int) -> Sequence[str | tuple[str, Look]]:
        one = self._people[member]
        titles = "; ".join(reading.title for reading, _works in one.readings)
        return one.name, str(one.books or "-"), str(len(one.readings) or "-"), titles
