"""Files from the summary screen: what, in which format, where; and one person's report to read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from coordinator_tui.book.members import name_of
from coordinator_tui.book.rule_view import in_force
from coordinator_tui.exports import names
from coordinator_tui.exports import register_lists as registers
from coordinator_tui.exports.formats import as_text
from coordinator_tui.exports.lists import LISTS, list_file
from coordinator_tui.exports.roll_sheet import roll_sheet
from coordinator_tui.exports.save import FileIsThere, save
from coordinator_tui.exports.summary import member_report, summary_file
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.widgets.confirm import Confirm
from coordinator_tui.tui.widgets.form import Field, FormDialog
from coordinator_tui.tui.widgets.textpage import TextPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Term
    from coordinator_tui.exports.formats import Format
    from coordinator_tui.exports.lists import ListName
    from coordinator_tui.tui.messages import Changes

FORMATS: tuple[tuple[str, str], ...] = (
    ("xlsx", "xlsx"),
    ("md", "md"),
    ("text", "txt"),
    ("csv", "csv"),
    ("json", "json"),
)
_ROLL_SHEET = "roll_sheet"
_NOTE_CHECK = "note_check"
LEDGER = "ledger"
"""What the form is asked to write for the screen of the rules."""


class ExportForm(FormDialog):
    """Asks what to write and where; an existing file is overwritten only after a question that names it."""

    def __init__(
        self,
        book: Book,
        *,
        term: Term | None,
        group: int | None,
        ask: Callable[..., None],
        say: Callable[..., None],
        member: int | None = None,
        what: str | None = None,
    ) -> None:
        self._what = what
        self.book, self.term, self.group, self.member = book, term, group, member
        self._ask, self._tell = ask, say
        fields = [
            Field("format", _("Format"), "xlsx", choices=FORMATS),
            Field("folder", _("Folder"), str(Path.cwd()), required=True, check=_folder_problem),
            Field("name", _("File name"), "", placeholder=_("empty: named after what it is")),
        ]
        if member is None and what is None:
            fields.insert(0, Field("what", _("What"), "summary", choices=_things(book)))
        super().__init__(_("Write a file"), fields, self._write)

    def _write(self, values: dict[str, str]) -> None:
        what = self._what or values.get("what", "summary")
        form = "xlsx" if what == _ROLL_SHEET else values["format"]
        content, name = self._content(what, cast("Format", form))
        target = Path(values["folder"]).expanduser() / (values["name"] or name)
        try:
            save(content, target)
        except FileIsThere:
            question = _("Overwrite the file {file}?").format(file=target)
            self.app.call_later(
                self._ask, Confirm(question, yes=_("Overwrite")), lambda yes: self._again(content, target, yes)
            )
            return
        self._tell(_("Written: {file}").format(file=target), "good")

    def _again(self, content: bytes, target: Path, yes: bool | None) -> None:  # noqa: FBT001 - a dialog's answer
        if yes:
            save(content, target, force=True)
            self._tell(_("Written: {file}").format(file=target), "good")

    def _content(self, what: str, form: Format) -> tuple[bytes, str]:
        where: dict[str, Any] = {"term": self.term, "group": self.group}
        if what == "summary":
            content = summary_file(self.book, form, member=self.member, **where)
            return content, names.summary_name(self.book, form, member=self.member, **where)
        if what == _ROLL_SHEET:
            return roll_sheet(self.book, **where), names.roll_sheet_name(self.book, **where)
        if what == _NOTE_CHECK:
            from coordinator_tui.exports.note_check import note_check_file, note_check_name

            return note_check_file(self.book, form, **where), note_check_name(self.book, form, **where)
        if what == LEDGER:
            from coordinator_tui.exports.ledger import ledger_file, ledger_name

            return ledger_file(self.book, form, term=self.term), ledger_name(self.book, form, term=self.term)
        chosen = cast("ListName", what)
        return list_file(self.book, chosen, form, **where), names.list_name(self.book, chosen, form, **where)


def _things(book: Book) -> list[tuple[str, str]]:
    lists = {
        "members": _("List of members"),
        "sessions": _("List of sessions"),
        "attendance": _("List of marks"),
        "work": _("List of work"),
        "assignments": _("List of assignments"),
        "readings": _("List of readings"),
        **{name: str(text) for name, text in registers.TITLES.items()},
    }
    return [
        ("summary", _("Term summary")),
        (_ROLL_SHEET, _("Attendance sheet (xlsx)")),
        (_NOTE_CHECK, _("Check of study notes")),
        *([(LEDGER, _("Ledger of the rules"))] if in_force(book) else []),
        *((name, lists[name]) for name in LISTS if name in lists),
    ]


def _folder_problem(text: str) -> str | None:
    if Path(text).expanduser().is_dir():
        return None
    return _("There is no such folder: {folder}").format(folder=text)


class MemberReport(CoordinatorScreen):
    """One person's term to read, and to write as a file."""

    heading = lazy("Report")
    about = lazy("One person's term in numbers; x writes it as a file.")
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="report.export",
            title=lazy("Write this report as a file"),
            keys=("x",),
            hint=lazy("export"),
            words="导出 export",
            cli="summary --member NAME -o FILE",
        ),
        Command(name="report.close", title=lazy("Back"), keys=("escape",), hint=lazy("back"), in_palette=False),
    )

    def __init__(self, member: int, term: Term | None) -> None:
        super().__init__()
        self.member, self.term = member, term
        self.page = TextPage()

    def body(self) -> ComposeResult:
        """Return the page."""
        yield self.page

    def on_mount(self) -> None:
        """Show the report."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:
        """Compute the report anew."""
        del changes
        self.page.show(as_text(member_report(self.book, self.member, term=self.term)).splitlines())

    def place(self) -> str | None:
        """Name the person."""
        return name_of(self.book, self.member)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()

    def action_export(self) -> None:
        """Ask for format and place."""
        form = ExportForm(self.book, term=self.term, group=None, member=self.member, ask=self.ask, say=self.say)
        self.ask(form, lambda _done: None)
