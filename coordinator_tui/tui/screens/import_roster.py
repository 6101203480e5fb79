"""Importing a roster: a file (or pasted text) is read, shown old → new, questions are decided, then all in one step."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book.import_members import commit_import, plan_import
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext, wrap
from coordinator_tui.tui.frame import is_for_people
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens import import_rows
from coordinator_tui.tui.screens.going import tried
from coordinator_tui.tui.screens.import_commands import COMMANDS
from coordinator_tui.tui.screens.import_files import FileList, PathInput
from coordinator_tui.tui.screens.import_rows import PreviewRows, RowId
from coordinator_tui.tui.screens.lines_input import TextDialog
from coordinator_tui.tui.screens.members_forms import usual_start
from coordinator_tui.tui.screens.sections import joined
from coordinator_tui.tui.widgets.bars import TextLine
from coordinator_tui.tui.widgets.linelist import LineList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from textual.app import ComposeResult
    from textual.widget import Widget

    from coordinator_tui.book.import_members import Decision, ImportResult
    from coordinator_tui.imports.roster import RosterReading
    from coordinator_tui.tui.commands import Command
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look

_AT_ONCE = 200_000
"""Bytes up to which a file is read before the next key is looked at; bigger ones are read beside, with progress."""
_TOLD_LINES = 2
_ON_A_PREVIEW = frozenset({"write", "group", "start"})
_ON_A_QUESTION = frozenset({"answer", "new", "same", "skip", "undecide"})


class ImportRoster(CoordinatorScreen):
    """Asks for a file, shows what importing it would do, and does it.

    `source` is a file or pasted text to begin with; `group` is joined by those whose row names no group (None: the
    book's own, if it has one). `done(result)` is called when the roster is in, before the screen leaves.
    """

    heading = lazy("Import a roster")
    about = lazy(
        "Nothing is written before F2. The preview shows what is asked (?), refused (!), new (+) and changed (~). On a "
        "question a digit takes that member, n somebody new, s the same as the earlier row, x leaves the row out."
    )
    commands: ClassVar[tuple[Command, ...]] = COMMANDS
    DEFAULT_CSS = """
    ImportRoster .hidden { display: none; }
    """

    def __init__(
        self,
        source: Path | str | None = None,
        *,
        group: int | None = None,
        done: Callable[[ImportResult], object] | None = None,
    ) -> None:
        super().__init__()
        self._first = source
        self._group = group
        self._start: date | None = None
        self._done = done
        self._source: Path | str | None = None
        self._reading: RosterReading | None = None
        self._busy = False
        self._written = False
        self.rows: PreviewRows | None = None
        self.top = TextLine()
        self.counts = TextLine()
        self.files = FileList()
        self.path = PathInput("", self.files, self._file_chosen, self._lines_pasted)
        self.list: LineList[RowId] = LineList(
            import_rows.COLUMNS,
            self._cells,
            marked_column=import_rows.NAME,
            empty=lazy("Nothing would change: everybody in it is in the book already, as it says."),
            on_choose=self._choose,
            on_move=lambda _row: self._tell(),
        )
        self.told = [TextLine() for _number in range(_TOLD_LINES)]

    def body(self) -> ComposeResult:
        """Compose the path with its files, then the preview in their place."""
        self.list.add_class("hidden")
        yield self.top
        yield self.counts
        yield self.path
        yield self.files
        yield self.list
        yield from self.told

    @property
    def home(self) -> Widget | None:
        """What takes the keys."""
        return self.path if self.rows is None else self.list

    def on_mount(self) -> None:
        """Ask for the file, or read the one given."""
        super().on_mount()
        self._start = usual_start(self.book)
        self.top.show((" " + _("Which file? Tab completes, Enter opens."), "strong"))
        self.path.show_files()
        if self._first is not None:
            self._read(self._first)

    def place(self) -> Sequence[str] | None:
        """Return what is being imported."""
        return (self._source.name, "") if isinstance(self._source, Path) else None

    # ---- reading

    def _file_chosen(self, path: Path) -> None:
        self._read(path)

    def _lines_pasted(self, lines: Sequence[str]) -> None:
        self._read("\n".join(lines))

    def _read(self, source: Path | str, sheet: str | None = None) -> None:
        """Read at once what is small; else beside, while the progress is shown."""
        if self._busy:
            return
        self._source = source
        if isinstance(source, str) or _size(source) <= _AT_ONCE:
            self._finish(self._tried_reading(source, sheet))
            return
        self._busy = True
        self._show_progress(0, 0)
        self.run_worker(self._read_beside(source, sheet), group="import", exclusive=True)

    def _tried_reading(
        self, source: Path | str, sheet: str | None, progress: Callable[[int, int], None] | None = None
    ) -> RosterReading | Exception:
        """Return what was read, or the error that is meant for people."""
        from coordinator_tui.imports.roster import read_roster

        try:
            return read_roster(source, sheet=sheet, progress=progress)
        except Exception as error:
            if not is_for_people(error):
                raise
            return error

    async def _read_beside(self, source: Path | str, sheet: str | None) -> None:
        state = (0, 0)

        def progress(done: int, of: int) -> None:
            nonlocal state
            state = (done, of)

        reading = asyncio.create_task(asyncio.to_thread(self._tried_reading, source, sheet, progress))
        while not reading.done():
            await asyncio.wait({reading}, timeout=0.3)
            self._show_progress(*state)
        self._busy = False
        if self.is_mounted:
            self._finish(await reading)

    def _show_progress(self, done: int, of: int) -> None:
        share = f"{done * 100 // of} %" if of else ""
        self.counts.show((" " + _("Reading … {share}").format(share=share), "plain"))

    def _finish(self, read: RosterReading | Exception) -> None:
        from coordinator_tui.imports.messages import SheetQuestion

        self.counts.show()
        if isinstance(read, SheetQuestion):
            self._ask_sheet(read.candidates)
        elif isinstance(read, Exception):
            self.say(str(read), "bad")
        else:
            self._reading = read
            self._show_plan({})

    def _ask_sheet(self, sheets: Sequence[str]) -> None:
        from coordinator_tui.tui.screens.chooser import Chooser

        def chosen(sheet: str | None) -> None:
            if sheet is not None and self._source is not None:
                self._read(self._source, sheet)

        options = [(sheet, sheet, "") for sheet in sheets]
        self.ask(Chooser(_("The file has several sheets. Which one?"), options), chosen)

    # ---- the preview

    @property
    def group(self) -> int | None:
        """The group of those whose row names none; 0 stands for none at all."""
        if self._group is not None:
            return self._group or None
        return self.book.group.id if len(self.book.groups) else None

    def _show_plan(self, decisions: dict[int, Decision]) -> None:
        assert self._reading is not None
        plan = plan_import(self.book, self._reading.rows, group=self.group, start=self._start)
        self.rows = PreviewRows(self.book, plan, self._reading)
        for row in self.rows.questions.keys() & decisions.keys():
            if decisions[row] in dict(self.rows.options(row)):
                self.rows.decide(row, decisions[row])
        for widget, shown in ((self.path, False), (self.files, False), (self.list, True)):
            widget.set_class(not shown, "hidden")
        for name in ("name", "what", "before"):
            self.list.grow(name, (getattr(shown, name) for shown in self.rows.lines.values()))
        self.list.set_rows(list(self.rows.lines))
        self.list.update_all()
        self.set_focus(self.list)
        self._show_counts()
        self._tell()
        self.update_frame()

    def _show_counts(self) -> None:
        rows, reading = self.rows, self._reading
        assert rows is not None
        assert reading is not None
        group = self.book.groups.find(self.group) if self.group else None
        where = _("who names no group joins {group} (g)").format(group=group.name) if group else ""
        since = _("joining from {day} (d)").format(day=self._start) if self._start else ""
        read = (
            _("{file}: Excel workbook, labels in row {row}")
            if reading.encoding == "xlsx"
            else _("{file}: {encoding}, labels in row {row}")
        )
        file = read.format(file=reading.file, encoding=reading.encoding, row=reading.header_row)
        self.top.show((" " + joined((file, since)), "strong"), ("  " + where, "quiet"))
        open_questions = len(rows.undecided)
        parts: list[tuple[str, int, Look]] = [
            (_("new {count}"), len(rows.plan.added), "good"),
            (_("changed {count}"), len(rows.plan.updated), "strong"),
            (_("unchanged {count}"), len(rows.plan.unchanged), "quiet"),
            (_("refused {count}"), len(rows.refusals), "bad" if rows.refusals else "quiet"),
            (_("questions {count}"), len(rows.questions), "quiet"),
            (_("undecided {count}"), open_questions, "warn" if open_questions else "quiet"),
        ]
        self.counts.show(*((" " + text.format(count=count) + " ", look) for text, count, look in parts))

    def _cells(self, row: RowId) -> Sequence[str | tuple[str, Look]]:
        assert self.rows is not None
        return import_rows.cells_of(self.rows.lines[row])

    def _tell(self) -> None:
        """Show the whole of the line under the cursor, and what can be answered."""
        row = self.list.cursor_id
        lines: list[str] = []
        if self.rows is not None and row is not None:
            text = self.rows.lines[row].sentence
            if row[0] == "question":
                options = self.rows.options(row[1])
                text += "   " + "   ".join(
                    f"{key} {words}" for key, words in zip(_keys(options), _w(options), strict=True)
                )
            lines = wrap(text, max((self.size.width or self.app.size.width) - 2, 20))
        for number, told in enumerate(self.told):
            shown = lines[number] if number < len(lines) else ""
            if number == len(self.told) - 1 and len(lines) > len(self.told):
                shown += " …"
            told.show((" " + shown, "plain"))

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - any change may touch the plan
        """Compare the roster with the book as it is now; what was decided stays."""
        if self.rows is not None:
            self._show_plan(dict(self.rows.decisions))

    def go_back(self) -> bool:
        """Go back from the preview to choosing a file, unless one was given."""
        if self.rows is None or self._first is not None or self._written:
            return False
        self.rows = None
        self._reading = None
        for widget, shown in ((self.path, True), (self.files, True), (self.list, False)):
            widget.set_class(not shown, "hidden")
        self.top.show((" " + _("Which file? Tab completes, Enter opens."), "strong"))
        self.counts.show()
        self._tell()
        self.set_focus(self.path)
        self.update_frame()
        return True

    # ---- deciding

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible: answers on questions, the rest on a preview."""
        if action == "next_question":
            return self.rows is not None and bool(self.rows.questions)
        if action in _ON_A_PREVIEW:
            return self.rows is not None
        if action in _ON_A_QUESTION:
            row = self.list.cursor_id
            return self.rows is not None and row is not None and row[0] == "question"
        return super().check_action(action, parameters)

    def _decide(self, answer: Decision | None) -> None:
        row = self.list.cursor_id
        assert self.rows is not None
        assert row is not None
        if answer is not None and answer not in dict(self.rows.options(row[1])):
            self.say(_("That is no answer to this question."), "warn")
            return
        self.rows.decide(row[1], answer)
        self.list.update_row(row)
        self._show_counts()
        if answer is not None and self.rows.undecided:
            self.action_next_question()
        else:
            self._tell()

    def action_answer(self, number: int) -> None:
        """Take the member with this number."""
        row = self.list.cursor_id
        assert self.rows is not None
        assert row is not None
        members = [answer for answer, _words in self.rows.options(row[1]) if isinstance(answer, int)]
        self._decide(members[number - 1] if number <= len(members) else -1)

    def action_new(self) -> None:
        """Take the row as somebody new."""
        self._decide("new")

    def action_same(self) -> None:
        """Take the row as the same person as the earlier row."""
        self._decide("same")

    def action_skip(self) -> None:
        """Leave the row out."""
        self._decide("skip")

    def action_undecide(self) -> None:
        """Take the answer back."""
        self._decide(None)

    def action_next_question(self) -> None:
        """Go to the next question without an answer, from the beginning again after the last."""
        assert self.rows is not None
        waiting = [("question", row) for row in self.rows.undecided]
        if not waiting:
            self.say(_("Every question is decided: F2 writes."), "good")
            return
        places = {row: at for at, row in enumerate(self.list.rows)}
        after = [row for row in waiting if places[row] > self.list.cursor]
        self.list.move_to((after or waiting)[0])
        self._tell()

    def _choose(self, row: RowId) -> None:
        """Answer a question from a list."""
        from coordinator_tui.tui.screens.chooser import Chooser

        assert self.rows is not None
        if row[0] != "question":
            self.say(_("F2 writes all of this as one step; Esc leaves it."), "quiet")
            return

        def chosen(answer: Decision | None) -> None:
            if answer is not None:
                self._decide(answer)

        options = [(answer, words, "") for answer, words in self.rows.options(row[1])]
        self.ask(Chooser(self.rows.lines[row].sentence, options), chosen)

    def action_group(self) -> None:
        """Choose the group of those whose row names none."""
        from coordinator_tui.book.groups import all_groups
        from coordinator_tui.tui.screens.chooser import Chooser

        options = [(group.id, group.name, "") for group in all_groups(self.book)]

        def chosen(group: int | None) -> None:
            if group is not None and self.rows is not None:
                self._group = group
                self._show_plan(dict(self.rows.decisions))

        heading = _("Which group do those join whose row names none?")
        self.ask(Chooser(heading, [*options, (0, _("none"), "")], here=self.group), chosen)

    def action_start(self) -> None:
        """Ask for the first day in the group of those who join."""
        from coordinator_tui.tui.screens.day_words import day_check, optional_day
        from coordinator_tui.tui.widgets.form import Field, FormDialog

        def chosen(values: dict[str, str] | None) -> None:
            if values and self.rows is not None:
                self._start = optional_day(self.book, values["start"])
                self._show_plan(dict(self.rows.decisions))

        usual = lazy("empty: always")
        field = Field("start", _("First day"), str(self._start or ""), check=day_check(self.book), placeholder=usual)
        self.ask(FormDialog(_("From when do those who join belong to their groups?"), [field]), chosen)

    # ---- writing

    def action_write(self) -> None:
        """Write it, after the questions are decided and refusals are accepted."""
        rows = self.rows
        assert rows is not None
        if rows.undecided:
            count = len(rows.undecided)
            text = ngettext("{count} question is not decided yet.", "{count} questions are not decided yet.", count)
            self.action_next_question()
            self.say(text.format(count=count), "warn")
        elif rows.refusals and not (rows.plan.added or rows.plan.updated or rows.questions):
            self.say(
                _("Nothing is left to write: correct the refused rows in the file, then import it again."), "quiet"
            )
        elif rows.refusals:
            self._ask_about_refusals(len(rows.refusals))
        else:
            self._write()

    def _ask_about_refusals(self, count: int) -> None:
        from coordinator_tui.tui.widgets.confirm import Confirm

        text = ngettext(
            "{count} row is refused and stays out; the other rows go in. Corrected, it can be imported later.",
            "{count} rows are refused and stay out; the other rows go in. Corrected, they can be imported later.",
            count,
        )

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a dialog's answer
            if yes:
                self._write()

        self.ask(Confirm(text.format(count=count), yes=lazy("Import the others")), answered)

    def _write(self) -> None:
        rows, results = self.rows, []
        assert rows is not None
        if not tried(self, lambda: results.append(commit_import(rows.plan, rows.decisions))):
            return
        result: ImportResult = results[0]
        if self._done:
            self._done(result)
        text = _("{added} added, {updated} changed, {unchanged} unchanged, {out} left out; u takes it back.")
        out = result.skipped + len(rows.refusals)
        said = text.format(added=result.added, updated=result.updated, unchanged=result.unchanged, out=out)
        if rows.refusals:
            self._written = True
            self._show_plan(dict(rows.decisions))
            self.list.move_to_index(0)
            self._tell()
            said += " " + _("What was refused stays here to read; Esc leaves.")
        else:
            self.app.pop_screen()
        self.say(said, "good")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _keys(options: Sequence[tuple[Decision, str]]) -> list[str]:
    letters = {"new": "n", "same": "s", "skip": "x"}
    return [letters[answer] if isinstance(answer, str) else str(at) for at, (answer, _words) in enumerate(options, 1)]


def _w(options: Sequence[tuple[Decision, str]]) -> list[str]:
    return [words for _answer, words in options]


def paste_names(screen: CoordinatorScreen, *, group: int | None = None) -> None:
    """Ask for names or a table as text, then show what importing it would do."""
    text: list[str] = []

    async def taken(saved: str | None) -> None:
        if saved and text:
            await screen.app.push_screen(ImportRoster(text[0], group=group))

    dialog = TextDialog(
        _("Names: paste or type them, one on a line or several; F2 shows what would be added"),
        save=lambda typed: _keep(text, typed),
        placeholder=_("1. 张三  2. 李四 …"),
    )
    screen.ask(dialog, taken)


def _keep(text: list[str], typed: str) -> None:
    from coordinator_tui.book.errors import Refused

    if not typed.strip():
        raise Refused(lazy("Type or paste at least one name."))
    text[:] = [typed]
