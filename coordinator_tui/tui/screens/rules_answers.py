"""What packs leave open: each question with its reason and suggestion, answered in a form of its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import rules
from coordinator_tui.book.errors import BookError
from coordinator_tui.domain.rules.pack import SettingType
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.day_words import WEEKDAYS
from coordinator_tui.tui.screens.going import tried
from coordinator_tui.tui.screens.sections import Entry, SectionList, columns, line
from coordinator_tui.tui.widgets.bars import Sentence
from coordinator_tui.tui.widgets.form import Field, FormDialog
from coordinator_tui.tui.widgets.textpage import TextPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from coordinator_tui.book.rules import PackInBook
    from coordinator_tui.domain.rules.pack import PackSetting
    from coordinator_tui.text import LazyText
    from coordinator_tui.tui.messages import Changes

Row = tuple[str, str]
"""Pack and key of a setting."""

SHAPES: dict[SettingType, LazyText] = {
    SettingType.NUMBER: lazy("a number"),
    SettingType.PERCENT: lazy("a percentage, such as 15%"),
    SettingType.CHOICE: lazy("one of the choices"),
    SettingType.DATE: lazy("a day, such as 08-31 for every year, or 2026-08-31"),
    SettingType.WEEKDAY: lazy("a weekday"),
    SettingType.TIME: lazy("a time, such as 15:30"),
    SettingType.TEXT: lazy("a text"),
    SettingType.YES_NO: lazy("yes or no"),
}
"""What is expected where a setting of a type is answered."""


class AnswersScreen(CoordinatorScreen):
    """The settings of the packs in force, those that wait for an answer first."""

    heading = lazy("Open questions")
    about = lazy(
        "What a document leaves open: a number that is missing in it, a weekday it does not name. The program never "
        "makes one up: without an answer the rule stays uncomputed. A suggestion is only shown; Delete takes an answer "
        "back."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="answers.answer",
            title=lazy("Answer this question"),
            keys=("enter", "e"),
            hint=lazy("answer"),
            words="回答 填写 修改 answer",
            cli="rules set PACK KEY=VALUE",
        ),
        Command(
            name="answers.take-back",
            title=lazy("Take this answer back"),
            keys=("delete", "d"),
            hint=lazy("take back"),
            words="撤回 清除 clear",
            cli="rules set PACK KEY=VALUE",
        ),
    )
    DEFAULT_CSS = "AnswersScreen #told { height: 5; }"

    def __init__(self, pack: str = "") -> None:
        super().__init__()
        self._first = pack
        self.list: SectionList[Row] = SectionList(self._make, on_choose=lambda _row: self.action_answer())
        self.list.on_move = lambda _row: self._moved()
        self.page = TextPage(id="told")
        self.page.can_focus = False

    def body(self) -> ComposeResult:
        """Compose the questions, and why the one under the cursor is asked."""
        yield self.list
        yield self.page

    @property
    def home(self) -> Widget | None:
        """What takes the keys."""
        return self.list

    def on_mount(self) -> None:
        """Show the questions, those of the pack that was asked for first."""
        super().on_mount()
        self.refresh_book(None)
        first = next((key for key in self._open_rows() if key[0] == self._first), None)
        if first is not None:
            self.list.move_to(first)
        self._show_why()

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - a short list
        """Show answers as they are now."""
        self.list.rebuild()
        self._show_why()
        self.update_frame()

    def _open_rows(self) -> list[Row]:
        return [(each.pack.id, each.setting.key) for each in rules.open_questions(self.book)]

    def _packs(self) -> list[PackInBook]:
        known = rules.packs(self.book)
        return sorted(known, key=lambda each: each.pack.id != self._first)

    def _make(self, width: int) -> Sequence[Entry[Row]]:
        waiting = set(self._open_rows())
        found: list[Entry[Row]] = []
        for each in self._packs():
            settings = sorted(each.pack.settings, key=lambda one: (each.pack.id, one.key) not in waiting)
            if not settings:
                continue
            count = sum(pack == each.pack.id for pack, _key in waiting)
            told = (
                ngettext("{count} unanswered", "{count} unanswered", count).format(count=count)
                if count
                else _("all answered")
            )
            found += [Entry()] if found else []
            found.append(Entry(((rules.say(each.pack.title), "head"), ("  " + told, "warn" if count else "quiet"))))
            found += [self._entry(each, setting, width, waiting) for setting in settings]
        return found or [line(_("The packs in force leave nothing open."), "quiet")]

    def _entry(self, each: PackInBook, setting: PackSetting, width: int, waiting: set[Row]) -> Entry[Row]:
        row = (each.pack.id, setting.key)
        answer = rules.answer_words(setting, each.answers.get(setting.key))
        room = max(width - 30, 20)
        if row in waiting:
            shown, look = _("? unanswered"), "warn"
        elif answer:
            shown, look = answer, "strong"
        else:
            shown, look = _("- unanswered, may stay so"), "quiet"
        return columns([(rules.say(setting.title), room, "plain"), (shown, 0, look)], row)  # type: ignore[list-item]  # a look

    # ---- what is under the cursor

    def _setting(self) -> tuple[PackInBook, PackSetting] | None:
        here = self.list.cursor_id
        if here is None:
            return None
        each = rules.find_pack(self.book, here[0])
        return each, each.pack.setting(here[1])

    def _moved(self) -> None:
        self._show_why()
        self.update_frame()

    def _show_why(self) -> None:
        found = self._setting()
        if found is None:
            self.page.show([])
            return
        setting = found[1]
        suggested = suggestion(setting)
        self.page.show([f"  {text}" for text in (rules.say(setting.why), *([suggested] if suggested else []))])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse where there is no question, or no answer to take back."""
        if action in {"answer", "take_back"}:
            found = self._setting()
            return found is not None and (action == "answer" or found[1].key in found[0].answers)
        return super().check_action(action, parameters)

    def action_answer(self) -> None:
        """Ask for the answer."""
        found = self._setting()
        if found is None:
            return
        each, setting = found

        def save(values: dict[str, str]) -> None:
            rules.answer(self.book, each.pack.id, setting.key, values["value"] or None)

        self.ask(AnswerForm(each, setting, save), lambda values: self._answered(setting) if values else None)

    def _answered(self, setting: PackSetting) -> None:
        self.refresh_book(None)
        found = self._setting()
        answer = found[0].answers.get(setting.key) if found else None
        left = len(self._open_rows())
        more = ngettext("{count} question is left.", "{count} questions are left.", left).format(count=left)
        words = rules.answer_words(setting, answer) or _("unanswered")
        said = _("{title}: {value}").format(title=rules.say(setting.title), value=words)
        self.say(f"{said}  {more if left else ''}".rstrip(), "good")

    def action_take_back(self) -> None:
        """Take the answer back."""
        found = self._setting()
        if found is not None and tried(self, lambda: rules.answer(self.book, found[0].pack.id, found[1].key, None)):
            self._answered(found[1])


class AnswerForm(FormDialog):
    """One question, why it is asked, what is suggested; nothing stands in the field that nobody answered."""

    def __init__(self, each: PackInBook, setting: PackSetting, save: object) -> None:
        self.setting = setting
        super().__init__(rules.say(setting.title), [answer_field(each, setting)], save)  # type: ignore[arg-type]  # FormDialog's own

    def body(self) -> ComposeResult:
        """Compose the reason above the field."""
        yield Sentence((("  " + rules.say(self.setting.why), "plain"),))
        suggested = suggestion(self.setting)
        if suggested:
            yield Sentence((("  " + suggested, "quiet"),))
        yield from super().body()


def suggestion(setting: PackSetting) -> str:
    """Return what may be answered and what is suggested, in a sentence or two."""
    parts = [_("Expected: {shape}.").format(shape=SHAPES[setting.type])]
    if setting.type is SettingType.CHOICE:
        choices = _("; ").join(rules.say(words) for _code, words in setting.choices)
        parts = [_("Expected: {shape}.").format(shape=choices)]
    if setting.least is not None and setting.most is not None:
        least, most = (_number(setting, value) for value in (setting.least, setting.most))
        parts.append(_("From {least} to {most}.").format(least=least, most=most))
    if setting.suggest is not None:
        words = rules.answer_words(setting, setting.suggest)
        parts.append(_("Suggested, and not used unless you enter it: {value}.").format(value=words))
    return " ".join(parts)


def _number(setting: PackSetting, value: float) -> str:
    return f"{100 * value:g}%" if setting.type is SettingType.PERCENT else f"{value:g}"


def answer_field(each: PackInBook, setting: PackSetting) -> Field:
    """Return the field of a question by its type, with the answer that was given, else empty."""
    answer = each.answers.get(setting.key)
    choices = _choices(setting)
    if choices:
        value = "" if answer is None else str(answer).lower() if isinstance(answer, bool) else str(answer)
        return Field("value", _("Answer"), value, choices=[("", lazy("(not answered)")), *choices])

    def check(text: str) -> str | None:
        try:
            rules.checked_answer(each.pack, setting.key, text)
        except BookError as error:
            return str(error)
        return None

    value = rules.answer_words(setting, answer)
    return Field("value", _("Answer"), value, check=check, placeholder=SHAPES[setting.type])


def _choices(setting: PackSetting) -> Sequence[tuple[str, LazyText | str]]:
    if setting.type is SettingType.CHOICE:
        return [(code, rules.say(words)) for code, words in setting.choices]
    if setting.type is SettingType.YES_NO:
        return [("true", lazy("yes")), ("false", lazy("no"))]
    if setting.type is SettingType.WEEKDAY:
        return [(str(number), words) for number, words in enumerate(WEEKDAYS, 1)]
    return ()
