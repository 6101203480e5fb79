"""Readings: the books and articles recommended, by whom, to whom, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import readings
from coordinator_tui.domain.vocabulary import title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.going import tried
from coordinator_tui.tui.screens.work_forms import reading_form
from coordinator_tui.tui.widgets.confirm import Confirm
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coordinator_tui.domain.records import Group, Reading
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look


class ReadingsScreen(CoordinatorScreen):
    """Every reading of the book, the latest first."""

    heading = lazy("Readings")
    about = lazy("Books and articles to read. Notes on them are pieces of work, which name what was read.")
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="readings.add",
            title=lazy("Add a book or article"),
            keys=("a",),
            hint=lazy("add"),
            words="推荐 新增 添加 recommend add",
            cli="readings add",
        ),
        Command(
            name="readings.edit",
            title=lazy("Edit the reading"),
            keys=("e", "enter"),
            hint=lazy("edit"),
            words="修改 编辑 edit",
            cli="readings edit",
        ),
        Command(
            name="readings.remove",
            title=lazy("Remove the reading"),
            keys=("d", "delete"),
            hint=lazy("remove"),
            words="删除 remove delete",
        ),
        Command(
            name="readings.weeks",
            title=lazy("Articles week by week"),
            keys=("w",),
            hint=lazy("week by week"),
            words="每周 一文 推荐 文章 weekly article",
            cli="readings weekly",
        ),
        Command(
            name="readings.people",
            title=lazy("Who read what in this term"),
            keys=("b",),
            hint=lazy("who read what"),
            words="谁读了 读书 本数 books read",
            cli="readings read",
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        columns = [
            Column("title", lazy("title"), 0, least=20),
            Column("kind", lazy("kind"), 12),
            Column("author", lazy("author"), 14, drop=2),
            Column("by", lazy("recommended by"), 14),
            Column("group", lazy("group"), 18, drop=3),
            Column("due", lazy("due"), 10),
            Column("notes", lazy("notes"), 5, "right"),
            Column("note", lazy("note"), 12, drop=4),
        ]
        self.list: LineList[int] = LineList(columns, self._cells, empty=lazy("Nothing recommended yet: press a."))
        self._notes: dict[int, int] = {}

    def body(self) -> ComposeResult:
        """Show the list."""
        yield self.list

    def on_mount(self) -> None:
        """Show the readings."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:
        """Show the readings as they are now."""
        del changes
        self._notes = {}
        for piece in self.book.work:
            if piece.reading is not None:
                self._notes[piece.reading] = self._notes.get(piece.reading, 0) + 1
        self.list.set_rows([reading.id for reading in readings.all_readings(self.book)])

    def _cells(self, identity: int) -> Sequence[str | tuple[str, Look]]:
        reading = self.book.readings.find(identity)
        if reading is None:
            return ("", "", "", "", "", "", "", "")
        group = self.book.groups.find(reading.group) if reading.group is not None else None
        return (
            reading.title,
            title(reading.kind),
            reading.author or "",
            reading.recommended_by or "",
            group.name if group else _("everybody"),
            reading.due.isoformat() if reading.due else ("–", "quiet"),
            str(self._notes.get(identity, "")),
            (reading.note or "", "quiet"),
        )

    def _group(self) -> Group | None:
        return self.book.group if len(self.book.groups) else None

    def _reading(self) -> Reading | None:
        here = self.list.cursor_id
        found = None if here is None else self.book.readings.find(here)
        if found is None:
            self.say(_("There is no reading here: a adds one."), "quiet")
        return found

    def action_add(self) -> None:
        """Ask for a new reading."""
        self.ask(reading_form(self.book, self._group()), lambda values: self._added() if values else None)

    def _added(self) -> None:
        before = set(self.list.rows)
        self.refresh_book(None)
        for new in [reading for reading in self.list.rows if reading not in before]:
            self.list.move_to(new)

    def action_edit(self) -> None:
        """Edit the reading under the cursor."""
        reading = self._reading()
        if reading is not None:
            form = reading_form(self.book, self._group(), reading)
            self.ask(form, lambda values: self.refresh_book(None) if values else None)

    def action_weeks(self) -> None:
        """Open the articles of each week."""
        from coordinator_tui.tui.screens.work_weeks import WeeksScreen

        self.app.push_screen(WeeksScreen())

    def action_people(self) -> None:
        """Open who read what."""
        from coordinator_tui.tui.screens.work_weeks import ReadByScreen

        self.app.push_screen(ReadByScreen())

    def action_remove(self) -> None:
        """Ask, then remove the reading under the cursor."""
        reading = self._reading()
        if reading is not None:
            what = _("Remove “{title}” from the readings?").format(title=reading.title)
            self.ask(Confirm(what, yes=_("Remove")), lambda yes: self._remove(reading, yes=yes))

    def _remove(self, reading: Reading, *, yes: bool | None) -> None:
        if yes and tried(self, lambda: readings.remove_reading(self.book, reading.id)):
            self.refresh_book(None)
            self.say(_("Removed “{title}”; u takes it back.").format(title=reading.title))
