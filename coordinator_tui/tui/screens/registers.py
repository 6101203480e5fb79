"""Registers: trainings, pairs, exchange, achievements and the register's other lines, one section at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from coordinator_tui.book import achievements
from coordinator_tui.book.errors import BookError
from coordinator_tui.book.members import in_order, name_of
from coordinator_tui.domain.vocabulary import title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.palette import PaletteInput
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens import registers_forms as forms
from coordinator_tui.tui.screens.chooser import Chooser
from coordinator_tui.tui.screens.going import confirmed, open_member, tried
from coordinator_tui.tui.screens.registers_commands import COMMANDS
from coordinator_tui.tui.screens.registers_views import Achievements, Limits, Trainings, sections
from coordinator_tui.tui.widgets.bars import TextLine
from coordinator_tui.tui.widgets.linelist import LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from coordinator_tui.domain.records import Training
    from coordinator_tui.tui.commands import Command
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.screens.registers_views import Section
    from coordinator_tui.tui.styles import Look
    from coordinator_tui.tui.widgets.line import Piece

_NEEDS_ROW = frozenset({"edit", "remove", "person", "report", "relay", "original", "end"})
_EVERYBODY = 0


class RegistersScreen(CoordinatorScreen):
    """One register at a time, the latest line first."""

    heading = lazy("Registers")
    about = lazy(
        "What regulations ask to be kept beside sessions, roll and work. Tab goes to the next register. A training is "
        "complete when its report is handed in (h) and it was relayed to the group (r)."
    )
    commands: ClassVar[tuple[Command, ...]] = COMMANDS
    DEFAULT_CSS = """
    RegistersScreen .hidden { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.sections = sections()
        self.at = 0
        self.limits = Limits()
        self.searching = False
        self._cursors: dict[int, int] = {}
        self.tabs = TextLine()
        self.top = TextLine()
        self.list: LineList[int] = LineList(
            self.section.columns(), self._cells, empty=self.section.empty, on_choose=lambda _row: self.action_edit()
        )
        self.search = PaletteInput(
            prompt=" / ",
            placeholder=lazy("a piece of the name or title, pinyin or initials"),
            on_change=self._search,
            on_submit=lambda _text: self._end_search(),
        )
        self.search.target = self.list

    @property
    def section(self) -> Section:
        """The register that is shown."""
        return self.sections[self.at]

    def body(self) -> ComposeResult:
        """Compose the registers' names, what is shown, the list, and the line for searching."""
        self.search.add_class("hidden")
        yield self.tabs
        yield self.top
        yield self.list
        yield self.search

    @property
    def home(self) -> Widget | None:
        """What takes the keys."""
        return self.search if self.searching else self.list

    def on_mount(self) -> None:
        """Show the first register."""
        super().on_mount()
        self.refresh_book(None)

    # ---- showing

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - a list is cheap to make again
        """Show the register as it is now."""
        if self.limits.member is not None and self.limits.member not in self.book.members:
            self.limits.member = None
        rows = self.section.rows(self.book, self.limits)
        records = [self._record(row) for row in rows]
        people = {member for record in records for member in self.section.people(record)}
        self.list.empty = (
            _("Nothing here within these limits: Esc shows all.") if self.limits.any else self.section.empty
        )
        for column in ("name", "mentor", "apprentice"):
            self.list.grow(column, (name_of(self.book, member) for member in people))
        if rows == list(self.list.rows):
            self.list.update_all()
        else:
            self.list.set_rows(rows)
        self._show_tabs()
        self._show_top(rows)
        self.update_frame()

    def _show_tabs(self) -> None:
        pieces: list[Piece] = [(" ", "plain")]
        for at, section in enumerate(self.sections):
            text = f" {section.title} {len(self.book.collections[section.table])} "
            pieces += [(text, "bar" if at == self.at else "plain"), (" ", "plain")]
        self.tabs.show(*pieces)

    def _show_top(self, rows: Sequence[int]) -> None:
        pieces: list[Piece] = [(f" {len(rows)}", "quiet")]
        if self.limits.term is not None:
            pieces.append((f"  {self.limits.term.code}", "strong"))
        if self.limits.kind is not None:
            pieces.append((f"  {title(self.limits.kind)}", "strong"))
        if self.limits.member is not None:
            pieces.append((f"  {name_of(self.book, self.limits.member)}", "strong"))
        if self.limits.text:
            pieces.append(("  " + _("found by “{query}”").format(query=self.limits.text), "quiet"))
        note = self.section.note(self.book, rows)
        self.top.show(*pieces, ("  " + note if note else "", "warn"))

    def _cells(self, row: int) -> Sequence[str | tuple[str, Look]]:
        return self.section.cells(self.book, self._record(row))

    def _record(self, row: int) -> Any:  # noqa: ANN401 - the section's
        return self.book.collections[self.section.table].get(row)

    def _here(self) -> Any:  # noqa: ANN401 - the section's
        assert self.list.cursor_id is not None
        return self._record(self.list.cursor_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse what needs a line while there is none, and what belongs to another register."""
        if action in _NEEDS_ROW and self.list.cursor_id is None:
            return False
        belongs = {
            "report": isinstance(self.section, Trainings),
            "relay": isinstance(self.section, Trainings),
            "original": isinstance(self.section, Achievements),
            "end": self.section.can_end,
            "kind": bool(self.section.kinds),
        }
        return belongs.get(action, super().check_action(action, parameters))

    # ---- which register, and what of it

    def action_section(self, step: int = 1) -> None:
        """Show the next register."""
        if self.list.cursor_id is not None:
            self._cursors[self.at] = self.list.cursor_id
        self.at = (self.at + step) % len(self.sections)
        self.limits.kind = None
        self.list.set_rows([])
        self.list.set_columns(self.section.columns())
        self.refresh_book(None)
        if not self.list.move_to(self._cursors.get(self.at, 0)):
            self.list.move_to_index(0)
        self.update_frame()

    def action_section_back(self) -> None:
        """Show the register before."""
        self.action_section(-1)

    def action_kind(self) -> None:
        """Ask for the one kind to show."""
        options = [("", _("all kinds"), ""), *((kind.value, title(kind), "") for kind in self.section.kinds)]
        here = self.limits.kind.value if self.limits.kind else ""
        self.ask(Chooser(_("Which kind?"), options, here=here), self._kind_chosen)

    def _kind_chosen(self, code: str | None) -> None:
        if code is not None:
            self.limits.kind = next((kind for kind in self.section.kinds if kind.value == code), None)
            self.refresh_book(None)

    def action_member(self) -> None:
        """Ask for the one member to show."""
        everybody = in_order(self.book, self.book.members.mapping())
        options = [(_EVERYBODY, _("Everybody"), "")]
        options += [(member.id, name_of(self.book, member.id), member.subject or "") for member in everybody]
        self.ask(Chooser(_("Whose lines?"), options, here=self.limits.member or _EVERYBODY), self._member_chosen)

    def _member_chosen(self, member: int | None) -> None:
        if member is not None:
            self.limits.member = member or None
            self.refresh_book(None)

    def action_term(self) -> None:
        """Show only the current term, or everything."""
        try:
            self.limits.term = self.book.term if self.limits.term is None else None
        except BookError as nothing:
            self.say(str(nothing), "warn")
            return
        self.refresh_book(None)

    def action_find(self) -> None:
        """Type what to look for."""
        self.searching = True
        self.search.value = self.limits.text
        self.search.remove_class("hidden")
        self.set_focus(self.search)

    def _search(self, text: str) -> None:
        self.limits.text = text.strip()
        self.refresh_book(None)
        self.list.move_to_index(0)

    def _end_search(self) -> None:
        self.searching = False
        self.search.add_class("hidden")
        self.set_focus(self.list)

    def go_back(self) -> bool:
        """Leave the search, then all limits."""
        if not self.searching and not self.limits.any:
            return False
        if self.searching:
            self._end_search()
            self.limits.text = ""
        else:
            self.limits = Limits()
        self.refresh_book(None)
        return True

    # ---- doing

    def _saved(self, record: Any) -> None:  # noqa: ANN401 - the section's
        self.refresh_book(None)
        if not self.list.move_to(record.id):  # it is none of those that are shown
            self.limits = Limits()
            self.refresh_book(None)
            self.list.move_to(record.id)
        self.update_frame()
        self.say(_("Saved: {thing}.").format(thing=self.section.words(self.book, record)), "good")

    def action_add(self) -> None:
        """Ask for a new line."""
        self.ask(self.section.form(self.book, None, self.limits, self._saved), lambda _values: None)

    def action_edit(self) -> None:
        """Ask for the fields of the line."""
        self.ask(self.section.form(self.book, self._here(), self.limits, self._saved), lambda _values: None)

    def action_end(self) -> None:
        """Ask for the last day."""
        self.ask(self.section.end(self.book, self._here(), self._saved), lambda _values: None)

    def action_remove(self) -> None:
        """Remove the line, after asking."""
        record, section = self._here(), self.section
        words = section.words(self.book, record)
        confirmed(
            self,
            _("Remove this from the book, as if it had never been entered? {thing}").format(thing=words),
            lambda: section.remove(self.book, record.id),
            _("Removed: {thing}. u takes it back.").format(thing=words),
            yes=lazy("Remove"),
            details=(_("What has come to its end is not removed: press x to end it."),) if section.can_end else (),
        )

    def _training(self) -> Training:
        training: Training = self._here()
        return training

    def action_report(self) -> None:
        """Ask for the report of the training."""
        training = self._training()

        def done() -> None:
            self.refresh_book(None)
            self.say(_("Report handed in: {title}.").format(title=training.title), "good")

        self.ask(forms.report_form(self.book, training, done=done), lambda _values: None)

    def action_relay(self) -> None:
        """Ask when and where the training was relayed."""
        training = self._training()

        def done(_entry: object) -> None:
            self.refresh_book(None)
            self.say(_("Relayed to the group: {title}.").format(title=training.title), "good")

        self.ask(forms.relay_form(self.book, training, done=done), lambda _values: None)

    def action_original(self) -> None:
        """Note that the original was seen, or was not."""
        record = self._here()
        seen = not record.original_checked
        if tried(self, lambda: achievements.edit_achievement(self.book, record.id, original_checked=seen)):
            self.refresh_book(None)
            said = _("Original checked: {title}.") if seen else _("Original not seen: {title}.")
            self.say(said.format(title=record.title), "good")

    async def action_person(self) -> None:
        """Open the page of the person, or ask which of the two."""
        people = [member for member in self.section.people(self._here()) if member in self.book.members]
        if len(people) == 1:
            await open_member(self, people[0])
        elif people:
            options = [(member, name_of(self.book, member), "") for member in people]
            self.ask(Chooser(_("Whose page?"), options), self._person_chosen)
        else:
            self.say(_("This line names nobody."), "quiet")

    async def _person_chosen(self, member: int | None) -> None:
        if member is not None:
            await open_member(self, member)
