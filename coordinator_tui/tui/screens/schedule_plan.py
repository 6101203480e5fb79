"""Planning a term from series: the list of series, and the dates that planning would add before it writes them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from coordinator_tui.book import series as book_series
from coordinator_tui.book.calendar import day_of
from coordinator_tui.book.members import name_of
from coordinator_tui.book.terms import week_of_day
from coordinator_tui.domain.terms import week_of
from coordinator_tui.domain.vocabulary import title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext, pgettext
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.day_words import SHORT, WEEKDAYS, day_words, time_words
from coordinator_tui.tui.screens.going import confirmed, push, tried
from coordinator_tui.tui.screens.schedule_week import special_words
from coordinator_tui.tui.screens.sections import (
    Entry,
    SectionList,
    columns,
    heading,
    joined,
    line,
    listed,
    paragraph,
    room_for,
)
from coordinator_tui.tui.screens.session_words import clash_words
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coordinator_tui.book.series import PlanPreview
    from coordinator_tui.domain.records import Series, Session, Term
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look


class SeriesScreen(CoordinatorScreen):
    """The series; Enter shows what planning a term from one would add."""

    heading = lazy("Series")
    about = lazy(
        "A series is a recurring session: each week, or every few weeks, on one weekday. Enter shows the dates that it "
        "gives in the term, without holidays and with moved workdays, before anything is written."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="series.plan",
            title=lazy("Show the dates of this series in the term"),
            keys=("enter",),
            hint=lazy("plan"),
            words="计划 排 plan dates",
            cli="schedule plan SERIES",
        ),
        Command(
            name="series.add", title=lazy("Add a series"), keys=("a",), hint=lazy("add"), words="新增 固定活动 new"
        ),
        Command(name="series.edit", title=lazy("Edit this series"), keys=("e",), hint=lazy("edit"), words="编辑 修改"),
        Command(
            name="series.remove", title=lazy("Remove this series; its sessions stay"), keys=("delete",), words="删除"
        ),
    )

    def __init__(self, term: Term) -> None:
        super().__init__()
        self.term = term
        self.list: LineList[int] = LineList(
            [
                Column("name", lazy("series"), 0, least=14),
                Column("weekday", lazy("day"), 5),
                Column("time", lazy("time"), 12),
                Column("every", lazy("every"), 9, drop=2),
                Column("kind", lazy("form"), 14, drop=3),
                Column("turns", lazy("in turn"), 20, drop=1),
                Column("group", lazy("group"), 16, drop=4),
            ],
            self._cells,
            empty=lazy("No series yet: a adds one, such as every Wednesday at 15:30."),
            on_choose=self._open,
        )

    def body(self) -> ComposeResult:
        """Compose the list."""
        yield self.list

    def on_mount(self) -> None:
        """Show the series."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - a short list
        """Show the series as they are now."""
        self.list.set_rows([series.id for series in book_series.all_series(self.book)])
        self.update_frame()

    def _cells(self, row: int) -> Sequence[str]:
        series = self.book.series.get(row)
        every = _("each week") if series.every == 1 else _("{count} weeks").format(count=series.every)
        group = self.book.groups.find(series.group)
        turns = listed([*series.hosts, *(name_of(self.book, member) for member in series.speakers)])
        return (
            series.name,
            str(SHORT[series.weekday - 1]),
            time_words(series.start, series.end),
            every,
            title(series.kind),
            turns,
            group.name if group else "",
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse what needs a series while there is none."""
        if action in {"plan", "edit", "remove"}:
            return self.list.cursor_id is not None
        return super().check_action(action, parameters)

    async def _open(self, row: int) -> None:
        await push(self, PlanScreen(row, self.term))

    async def action_plan(self) -> None:
        """Show the dates of the series under the cursor."""
        assert self.list.cursor_id is not None
        await self._open(self.list.cursor_id)

    def action_add(self) -> None:
        """Ask for a new series."""
        self._ask(None)

    def action_edit(self) -> None:
        """Ask for the fields of the series."""
        self._ask(self.list.cursor_id)

    def _ask(self, row: int | None) -> None:
        from coordinator_tui.tui.screens.series_form import series_form

        def done(series: Series) -> None:
            self.refresh_book(None)
            self.list.move_to(series.id)
            self.say(_("Saved: {name}. Enter shows its dates.").format(name=series.name), "good")

        self.ask(series_form(self.book, row, done=done), lambda _values: None)

    def action_remove(self) -> None:
        """Remove the series, after asking."""
        series = self.book.series.get(self.list.cursor_id or 0)
        confirmed(
            self,
            _("Remove the series {name}? Sessions that were planned from it stay.").format(name=series.name),
            lambda: book_series.remove_series(self.book, series.id),
            _("{name} was removed.").format(name=series.name),
            yes=lazy("Remove"),
        )


class PlanScreen(CoordinatorScreen):
    """What planning would add: dates, holidays left out, clashes; then all of it in one step."""

    heading = lazy("Plan")
    about = lazy(
        "The sessions that would be added. Space leaves a date out, or takes it in again. F2 writes them all, as one "
        "step that one undo takes back."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="plan.write",
            title=lazy("Write these sessions"),
            keys=("f2", "ctrl+s", "y"),
            hint=lazy("write"),
            words="写入 确认 生成 write commit",
            cli="schedule plan SERIES --yes",
        ),
        Command(
            name="plan.out",
            title=lazy("Leave this date out, or take it in again"),
            keys=("space", "x"),
            hint=lazy("out/in"),
            words="跳过 排除 skip",
        ),
        Command(
            name="plan.span",
            title=lazy("Plan only a part of the term"),
            keys=("e",),
            hint=lazy("from/until"),
            words="起止 部分 from until",
        ),
    )

    def __init__(self, series: int, term: Term) -> None:
        super().__init__()
        self.series, self.term = series, term
        self.span: dict[str, Any] = {}
        self.out: set[int] = set()
        self._names = 0
        self.preview: PlanPreview | None = None
        self.lines: SectionList[int] = SectionList(self._make, on_choose=self._leave_out)

    def body(self) -> ComposeResult:
        """Compose the dates."""
        yield self.lines

    def on_mount(self) -> None:
        """Show the dates."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - any change may touch the dates
        """Compute the dates again."""
        if self.book.series.find(self.series) is None:
            from coordinator_tui.tui.screens.going import closes_when_gone

            closes_when_gone(self, _("The series is not in the book any more."))
            return
        self.preview = book_series.preview_plan(self.book, self.series, term=self.term, **self.span)
        self.lines.rebuild()
        self.update_frame()

    @property
    def chosen(self) -> tuple[Session, ...]:
        """The sessions that are not left out."""
        sessions = self.preview.sessions if self.preview else ()
        return tuple(session for session in sessions if session.id not in self.out)

    def _make(self, width: int) -> Sequence[Entry[int]]:
        preview = self.preview
        if preview is None:
            return ()
        series = preview.series
        named = [name for session in preview.sessions for name in (session.host, session.speaker) if name]
        self._names = room_for(named, 6, 12) if named else 0
        every = WEEKDAYS[series.weekday - 1]
        when = joined((series.name, str(every), time_words(series.start, series.end), self.term.code))
        count = len(self.chosen)
        told = ngettext("{count} session would be added", "{count} sessions would be added", count).format(count=count)
        lines: list[Entry[int]] = [Entry(((when, "strong"), ("  " + told, "plain"))), Entry()]
        if not preview.sessions:
            lines.append(line(_("Every date of this series has its session already."), "quiet"))
        lines += [self._date(session) for session in preview.sessions]
        lines += self._left_out(preview)
        lines += self._warnings(preview, width)
        return lines

    def _date(self, session: Session) -> Entry[int]:
        out = session.id in self.out
        look: Look = "quiet" if out else "plain"
        special = day_of(self.book, session.date)
        week = week_of_day(self.book, session.date) or week_of(self.term, session.date)
        parts: list[tuple[str, int, Look]] = [
            (("- " if out else "+ ") + day_words(session.date, self.book.today), 21, look),
            (_("w{number}").format(number=week), 7, "quiet"),
            *((name or "", self._names, look) for name in (session.host, session.speaker) if self._names),
            (joined((_("left out") if out else None, special_words(special) if special else None)), 0, "warn"),
        ]
        return columns(parts, session.id)

    def _left_out(self, preview: PlanPreview) -> list[Entry[int]]:
        if not preview.skipped:
            return []
        text = _("{day}  {why}")
        lines: list[Entry[int]] = [
            line("  " + text.format(day=day_words(one.date, self.book.today), why=one.note or _("a holiday")), "quiet")
            for one in preview.skipped
        ]
        return [Entry(), heading(_("Left out, because nobody works")), *lines]

    def _warnings(self, preview: PlanPreview, width: int) -> list[Entry[int]]:
        lines: list[Entry[int]] = []
        for clash in preview.clashes:
            if any(session.id in self.out for session in clash.sessions):
                continue
            day = day_words(clash.sessions[0].date, self.book.today)
            lines += paragraph(f"! {day}  {clash_words(self.book, clash)}", width, look="bad")
        for year in preview.unpublished:
            text = _("! The holidays of {year} are not published yet; plan again when they are.").format(year=year)
            lines += paragraph(text, width, look="warn")
        lines += self._past(width)
        return [Entry(), heading(_("Mind")), *lines] if lines else []

    def _past(self, width: int) -> list[Entry[int]]:
        """Say how many of the dates are over: their rolls will be asked for."""
        count = sum(session.date < self.book.today for session in self.chosen)
        if not count:
            return []
        text = ngettext(
            "! {count} of these days is past: its roll will wait to be taken. e plans only a part of the term.",
            "! {count} of these days are past: their rolls will wait to be taken. e plans only a part of the term.",
            count,
        )
        return paragraph(text.format(count=count), width, look="warn")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse to write nothing."""
        if action == "write":
            return bool(self.chosen)
        if action == "out":
            return self.lines.cursor_id is not None
        return super().check_action(action, parameters)

    def action_out(self) -> None:
        """Leave the date under the cursor out, or take it in again."""
        if self.lines.cursor_id is not None:
            self._leave_out(self.lines.cursor_id)

    def _leave_out(self, row: int) -> None:
        self.out ^= {row}
        self.lines.rebuild()
        self.update_frame()

    def action_write(self) -> None:
        """Write the sessions, as one step."""
        assert self.preview is not None
        count = len(self.chosen)
        plan = replace(self.preview, sessions=self.chosen)
        if tried(self, lambda: book_series.commit_plan(self.book, plan)):
            text = ngettext(
                "{count} session was planned; u takes it back.",
                "{count} sessions were planned; u takes them back.",
                count,
            )
            self.app.pop_screen()
            self.say(text.format(count=count), "good")

    def action_span(self) -> None:
        """Ask from when until when to plan."""
        from coordinator_tui.tui.screens.day_words import day_check, optional_day
        from coordinator_tui.tui.widgets.form import Field, FormDialog

        check, usual = day_check(self.book), lazy("empty: the whole term")
        fields = [
            Field("from_", pgettext("day", "From"), str(self.span.get("from_") or ""), check=check, placeholder=usual),
            Field("until", pgettext("day", "Until"), str(self.span.get("until") or ""), check=check, placeholder=usual),
        ]

        def chosen(values: dict[str, str] | None) -> None:
            if values:
                self.span = {name: optional_day(self.book, values[name]) for name in ("from_", "until")}
                self.refresh_book(None)

        self.ask(FormDialog(_("Plan a part of the term"), fields), chosen)
