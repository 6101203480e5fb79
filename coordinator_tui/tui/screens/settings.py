"""Settings: what the book and this machine leave to choose, and the ways to terms, groups, conflicts and history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from coordinator_tui.book import conflicts, groups, places, terms
from coordinator_tui.book.errors import BookError
from coordinator_tui.book.settings import SPECS, spec_of
from coordinator_tui.text import fit, lazy, select_language
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.day_words import time_check
from coordinator_tui.tui.screens.sections import Entry, SectionList, heading
from coordinator_tui.tui.screens.settings_commands import COMMANDS, PLACES
from coordinator_tui.tui.widgets.form import Field, FormDialog
from coordinator_tui.tui.widgets.line import LineWidget
from coordinator_tui.tui.widgets.textpage import TextPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from coordinator_tui.book.settings import Spec
    from coordinator_tui.text import LazyText
    from coordinator_tui.tui.commands import Command
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look

_TITLE_ROOM = 22
_MOUSE = "mouse"
_ON_OFF: tuple[tuple[str, LazyText], ...] = (("", lazy("off")), ("on", lazy("on")))


class SettingsScreen(CoordinatorScreen):
    """Every setting with its value, and the other pages about the book."""

    heading = lazy("Settings")
    about = lazy("Settings belong to the book and go with it, except those of this machine. Enter changes or opens.")
    commands: ClassVar[tuple[Command, ...]] = COMMANDS
    DEFAULT_CSS = "SettingsScreen #told { height: 2; }"

    def __init__(self) -> None:
        super().__init__()
        self.list: SectionList[str] = SectionList(self._entries, on_move=lambda _row: self.told())
        self.page = TextPage(id="told")
        self.page.can_focus = False
        self._spoken: str | None = None

    def body(self) -> ComposeResult:
        """Compose the settings, and what the one under the cursor means."""
        yield self.list
        yield self.page

    @property
    def home(self) -> Widget | None:
        """What takes the keys."""
        return self.list

    def on_mount(self) -> None:
        """Show the settings."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:
        """Show the values in force."""
        del changes
        spoken, self._spoken = self._spoken, self.book.settings.text("lang")
        if spoken is not None and spoken != self._spoken:
            self._speak(self._spoken)
        self.list.rebuild()
        self.told()

    # ---- what is shown

    def _entries(self, width: int) -> list[Entry[str]]:
        del width
        return [
            heading(_("This book")),
            *(self._spec_entry(spec) for spec in SPECS),
            heading(_("This machine")),
            _entry(_("Mouse"), _on_off(places.preference(_MOUSE)), "", _MOUSE),
            heading(_("More")),
            *(_entry(str(command.title), self._state(code), command.keys[0], code) for code, command in PLACES.items()),
        ]

    def _spec_entry(self, spec: Spec) -> Entry[str]:
        shown, look = self._value(spec)
        return Entry(((fit(str(spec.title), _TITLE_ROOM), "plain"), (f"    {shown}", look)), spec.key)

    def _value(self, spec: Spec) -> tuple[str, Look]:
        """Return the value in force in words; quiet when nobody chose it."""
        value = self.book.settings.get(spec.key)
        chosen = self.book.settings.is_set(spec.key)
        if value in {None, ""}:
            return self._unset(spec), "quiet"
        words = dict(self.book.settings.choices(spec.key)).get(str(value), str(value))
        return (words, "strong") if chosen else (words, "quiet")

    def _unset(self, spec: Spec) -> str:
        try:
            if spec.kind == "term":
                return _("{term} (as today says)").format(term=self.book.term.code)
            if spec.kind == "group":
                return _("{group} (the first)").format(group=self.book.group.name)
        except BookError:
            return "–"
        return "–"

    def _state(self, code: str) -> str:
        """Return what a page has to tell, in a few words."""
        if code == "terms":
            return _("{count} in the book").format(count=len(terms.all_terms(self.book)))
        if code == "groups":
            return _("{count} in the book").format(count=len(groups.all_groups(self.book)))
        if code == "conflicts":
            count = len(conflicts.all_conflicts(self.book))
            return _("{count} wait for a decision").format(count=count) if count else _("none")
        return str(self.book.folder) if code == "info" else ""

    def told(self) -> None:
        """Say what the line under the cursor means."""
        here = self.list.cursor_id
        if here in {spec.key for spec in SPECS}:
            spec = spec_of(here or "")
            text = _("{help} Delete goes back to what is usual.") if self.book.settings.is_set(spec.key) else "{help}"
            self.page.show([text.format(help=spec.help)])
        elif here == _MOUSE:
            self.page.show([_("Never needed, and costly over a slow line. Takes effect at the next start.")])
        elif here in PLACES:
            self.page.show([str(PLACES[here].help or PLACES[here].title)])

    # ---- changing

    async def action_enter(self) -> None:
        """Change the setting under the cursor, or open the page."""
        here = self.list.cursor_id
        if here is None:
            return
        if here == _MOUSE:
            self._change_mouse()
        elif here == "legend":
            self.action_legend()
        elif here in PLACES:
            await self.coordinator.run_command(PLACES[here], self)
        else:
            self._change(spec_of(here))

    def _change(self, spec: Spec) -> None:
        field = self._field(spec)
        if field is None:
            self.say(_("There is nothing to choose from yet."), "warn")
            return

        def save(values: dict[str, str]) -> None:
            self.book.settings.set(spec.key, values["value"])

        self.ask(FormDialog(str(spec.title), [field], save), lambda values: self._changed(spec.key) if values else None)

    def _field(self, spec: Spec) -> Field | None:
        value = self.book.settings.get(spec.key)
        now = "" if value is None else str(value)
        if spec.kind in {"text", "number", "time"}:
            check = time_check if spec.kind == "time" else None
            return Field("value", spec.title, now, check=check, placeholder=str(spec.default or ""))
        choices: Sequence[tuple[str, Any]] = self.book.settings.choices(spec.key)
        if spec.kind in {"group", "term"}:
            if not choices:
                return None
            choices = [("", lazy("(as usual)")), *choices]
        return Field("value", spec.title, now, choices=choices)

    def _changed(self, key: str) -> None:
        self.refresh_book(None)
        self.say(_("{title}: {value}").format(title=spec_of(key).title, value=self._value(spec_of(key))[0]), "good")

    def _speak(self, code: str) -> None:
        """Speak another language from now on, on every screen."""
        select_language(None if code == "auto" else code)
        self.coordinator.forget_areas()
        for widget in self.query(LineWidget):
            widget.refresh()
        self.update_frame()

    def action_usual(self) -> None:
        """Go back to what is usual."""
        here = self.list.cursor_id
        if here not in {spec.key for spec in SPECS}:
            return
        self.book.settings.set(here or "", None)
        self._changed(here or "")

    def _change_mouse(self) -> None:
        field = Field("value", _("Mouse"), "on" if places.preference(_MOUSE) else "", choices=_ON_OFF)

        def save(values: dict[str, str]) -> None:
            places.set_preference(_MOUSE, values["value"])

        self.ask(FormDialog(_("Mouse"), [field], save), lambda values: self._mouse_changed() if values else None)

    def _mouse_changed(self) -> None:
        self.refresh_book(None)
        self.say(_("Takes effect at the next start."))

    def action_legend(self) -> None:
        """Choose how marks are printed, seeing the glyphs."""
        from coordinator_tui.tui.screens.settings_legend import LegendDialog

        self.ask(LegendDialog(self.book.settings.text("legend")), self._legend_chosen)

    def _legend_chosen(self, name: str | None) -> None:
        if name is not None:
            self.book.settings.set("legend", name)
            self._changed("legend")

    # ---- the other pages

    def action_terms(self) -> None:
        """Open the terms."""
        from coordinator_tui.tui.screens.settings_terms import TermsScreen

        self.app.push_screen(TermsScreen())

    def action_groups(self) -> None:
        """Open the groups."""
        from coordinator_tui.tui.screens.settings_groups import GroupsScreen

        self.app.push_screen(GroupsScreen())

    def action_conflicts(self) -> None:
        """Open the conflicts."""
        from coordinator_tui.tui.screens.settings_conflicts import ConflictsScreen

        self.app.push_screen(ConflictsScreen())

    def action_history(self) -> None:
        """Open the history of the whole book."""
        from coordinator_tui.tui.screens.settings_history import HistoryScreen

        self.app.push_screen(HistoryScreen())

    def action_info(self) -> None:
        """Open the page about the book."""
        from coordinator_tui.tui.screens.settings_book import BookScreen

        self.app.push_screen(BookScreen())

    async def action_other_book(self) -> None:
        """Open another book, or make one."""
        await self.coordinator.open_area("welcome")


def _entry(title: str, value: str, key: str, code: str) -> Entry[str]:
    return Entry(((fit(title, _TITLE_ROOM), "plain"), (f" {key or ' '}  ", "key"), (value, "quiet")), code)


def _on_off(value: str) -> str:
    return str(dict(_ON_OFF)["on" if value else ""])
