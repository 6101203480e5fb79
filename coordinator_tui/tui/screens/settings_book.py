"""The page about the book: where it lies, how big it is, what is wrong with it, and a copy of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from coordinator_tui.book import care
from coordinator_tui.book.errors import TABLE_TITLES
from coordinator_tui.text import clean, fit, lazy
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.widgets.form import Field, FormDialog
from coordinator_tui.tui.widgets.textpage import TextPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coordinator_tui.book.care import FindingView
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look
    from coordinator_tui.tui.widgets.line import Piece

    Line = str | Sequence[Piece]

_LABEL_ROOM = 20
_KILO = 1024
_LOOKS: dict[str, Look] = {"error": "bad", "warning": "warn", "note": "plain"}


class BookScreen(CoordinatorScreen):
    """Where the book lies, what it holds, who writes into it."""

    heading = lazy("About this book")
    about = lazy("A book is a folder: copy it, carry it, put it under a synchronised folder. Every change is kept.")
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="book.doctor",
            title=lazy("Look the book over for damage"),
            keys=("d",),
            hint=lazy("look over"),
            words="检查 体检 损坏 doctor",
            cli="doctor",
        ),
        Command(
            name="book.backup",
            title=lazy("Put a copy into a zip file"),
            keys=("b",),
            hint=lazy("backup"),
            words="备份 复制 backup zip",
            cli="backup -o ZIP",
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self._findings: list[FindingView] | None = None
        self.page = TextPage()

    def body(self) -> ComposeResult:
        """Show the page."""
        yield self.page

    def on_mount(self) -> None:
        """Say what there is to say."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:
        """Count again."""
        del changes
        self._show()

    def _show(self) -> None:
        about = care.info(self.book)
        lines: list[Line] = [*self._found(), *_facts(about), "", ((_("What it holds"), "head"),), *_tables(about)]
        lines += ["", ((_("Who writes into it"), "head"),), *_replicas(about)]
        self.page.show(lines)

    def _found(self) -> list[Line]:
        """Return warnings, and what the doctor found."""
        warned: list[Line] = [((f"! {text}", "warn"),) for text in care.warnings(self.book)]
        if self._findings is None:
            return warned
        found: list[Line] = [((f"- {one.sentence}", _LOOKS.get(one.severity, "plain")),) for one in self._findings]
        return [*warned, *(found or [((_("Every file was looked at: all is well."), "good"),)]), ""]

    def action_doctor(self) -> None:
        """Look at every file; first what is derived is written, which would else be missed while the book is open."""
        if not self.book.read_only:
            care.compact(self.book)
        self._findings = care.doctor(self.book.folder)
        self._show()
        count = len(self._findings)
        said = _("All is well.") if not count else _("Look at the findings above.")
        self.say(said, "warn" if count else "good")

    def action_backup(self) -> None:
        """Ask where the copy goes, and write it."""
        name = f"{self.book.folder.stem}-{self.book.today.isoformat()}.zip"

        def save(values: dict[str, str]) -> None:
            written = care.backup(self.book.folder, _path(values["file"]))
            self.say(_("The book was copied to {file}.").format(file=written), "good")

        field = Field("file", _("zip file"), str(Path.home() / name), required=True, check=_file_problem)
        self.ask(FormDialog(_("A copy of the book"), [field], save), lambda _values: None)


def _path(text: str) -> Path:
    return Path(clean(text).strip()).expanduser()


def _file_problem(text: str) -> str | None:
    path = _path(text)
    if path.exists():
        return _("That file is there already; choose another name.")
    if not path.parent.is_dir():
        return _("There is no folder {folder}.").format(folder=path.parent)
    return None


def _fact(label: str, value: object) -> Line:
    return ((fit(label, _LABEL_ROOM), "quiet"), (f" {value}", "plain"))


def _facts(about: dict[str, Any]) -> list[Line]:
    return [
        _fact(_("Folder"), about["book"]),
        _fact(_("School"), about["school"] or "–"),
        _fact(_("You are"), about["user"]),
        _fact(_("Entries"), about["documents"]),
        _fact(_("Changes"), about["lines"]),
        _fact(_("Size"), size_words(about["log_bytes"] + about["data_bytes"])),
        _fact(_("Conflicts"), about["conflicts"]),
        _fact(_("Copy on this machine"), about["replica"] or "–"),
        _fact(_("Format"), about["format"]),
        _fact(_("Program"), f"coordinator-tui {about['version']}"),
    ]


def _tables(about: dict[str, Any]) -> list[Line]:
    return [_fact(str(TABLE_TITLES.get(table, table)), count) for table, count in about["tables"].items() if count] or [
        _("Nothing yet.")
    ]


def _replicas(about: dict[str, Any]) -> list[Line]:
    return [
        _fact(
            one["user"] or one["replica"],
            _("{lines} changes, {size} ({replica})").format(
                lines=one["lines"], size=size_words(one["bytes"]), replica=one["replica"]
            ),
        )
        for one in about["replicas"]
    ]


def size_words(count: int) -> str:
    """Return a number of bytes as people read it."""
    if count < _KILO:
        return _("{count} bytes").format(count=count)
    kilo = count / _KILO
    return f"{kilo:.0f} kB" if kilo < _KILO else f"{kilo / _KILO:.1f} MB"
