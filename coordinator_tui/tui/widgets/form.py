"""`FormDialog`: labelled fields in a box, each with its own sentence when what stands there will not do."""

from __future__ import annotations

from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar

from coordinator_tui.domain.lightclass import dataclass
from coordinator_tui.text import cells, fit, lazy, matches
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.frame import is_for_people
from coordinator_tui.tui.screen import Dialog
from coordinator_tui.tui.widgets.bars import Sentence
from coordinator_tui.tui.widgets.line import LineWidget
from coordinator_tui.tui.widgets.lineinput import LineInput

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from textual import events
    from textual.app import ComposeResult

    from coordinator_tui.text import LazyText
    from coordinator_tui.tui.widgets.line import Piece

_FRAME_LINES = 3


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    `choices` are (value, title) pairs; without them the field is free text. `check(text)` returns the sentence that
    says what is wrong, or None. `placeholder` shows the form that is expected.
    """

    name: str
    label: LazyText | str
    value: str = ""
    choices: Sequence[tuple[str, LazyText | str]] = ()
    check: Callable[[str], str | None] | None = None
    required: bool = False
    placeholder: LazyText | str = ""


class ChoiceInput(LineWidget, can_focus=True):
    """One of a few values: arrows step through them, typing jumps to the one whose title (or pinyin) fits."""

    DEFAULT_CSS = "ChoiceInput { height: 1; }"

    def __init__(
        self,
        choices: Sequence[tuple[str, LazyText | str]],
        value: str,
        *,
        prompt: str,
        id: str | None = None,  # noqa: A002  # Textual's name for it
    ) -> None:
        super().__init__(id=id)
        self._choices = tuple(choices)
        self._at = next((at for at, (code, _title) in enumerate(self._choices) if code == value), 0)
        self._typed = ""
        self._prompt = prompt

    @property
    def value(self) -> str:
        """The chosen value (its code)."""
        return self._choices[self._at][0]

    def pieces(self, y: int) -> Iterable[Piece]:
        """Return prompt and chosen title, between arrows while it has the focus."""
        if y:
            return
        title = str(self._choices[self._at][1])
        yield (self._prompt, "key")
        yield (f"< {title} >", "cursor") if self.has_focus else (title, "plain")
        if self.has_focus and self._typed:
            yield (f"  {self._typed}", "quiet")

    def on_focus(self) -> None:
        """Show that arrows work."""
        self._typed = ""
        self.refresh()

    def on_blur(self) -> None:
        """Show the plain value."""
        self.refresh()

    async def take_key(self, event: events.Key) -> bool:
        """Step or jump."""
        if event.key in {"left", "right", "space"}:
            self._typed = ""
            self._at = (self._at + (-1 if event.key == "left" else 1)) % len(self._choices)
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.is_printable and event.character:
            self._jump(self._typed + event.character) or self._jump(event.character)
        else:
            return False
        self.refresh()
        return True

    def _jump(self, typed: str) -> bool:
        ranks = [
            (rank, at)
            for at, (code, title) in enumerate(self._choices)
            if (rank := matches(typed, str(title), code)) is not None
        ]
        if ranks:
            self._typed, self._at = typed, min(ranks)[1]
        return bool(ranks)


class FormDialog(Dialog[dict[str, str]]):
    """A form. Enter moves on and saves on the last field, Ctrl+S saves anywhere, Esc leaves without saving.

    `save(values)` is called when every field will do; it may be a coroutine function, and may raise an error meant for
    people, which is then shown while the form stays open. The result is the values, None when it was left.
    """

    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="form.next",
            title=lazy("Next field; save on the last"),
            keys=("enter",),
            hint=lazy("next"),
            in_palette=False,
        ),
        Command(name="form.save", title=lazy("Save"), keys=("ctrl+s", "f2"), hint=lazy("save"), in_palette=False),
        Command(name="form.down", title=lazy("Next field"), keys=("down", "tab"), in_palette=False),
        Command(name="form.up", title=lazy("Previous field"), keys=("up", "shift+tab"), in_palette=False),
    )
    DEFAULT_CSS = """
    FormDialog #fields { height: auto; overflow-y: auto; scrollbar-size-vertical: 1; }
    FormDialog .problem { display: none; }
    """

    def __init__(
        self,
        title: str,
        fields: Iterable[Field],
        save: Callable[[dict[str, str]], Awaitable[Any] | Any] | None = None,
        *,
        start: str = "",
    ) -> None:
        super().__init__()
        self._title_text = title
        self._form = tuple(fields)
        self._save = save
        self._start = start

    def title_text(self) -> str:
        """Return the form's title."""
        return self._title_text

    def body(self) -> ComposeResult:
        """Compose the fields, each with a line for what is wrong with it, and one line for the whole."""
        from textual.widget import Widget

        labels = {field.name: _capital(str(field.label)) for field in self._form}
        room = max(map(cells, labels.values())) + 2
        with Widget(id="fields"):
            for field in self._form:
                prompt = "  " + fit(labels[field.name], room)
                if field.choices:
                    yield ChoiceInput(field.choices, field.value, prompt=prompt, id=f"field-{field.name}")
                else:
                    yield LineInput(field.value, prompt=prompt, placeholder=field.placeholder, id=f"field-{field.name}")
                problem = Sentence(id=f"problem-{field.name}")
                problem.add_class("problem")
                yield problem
        yield Sentence(id="problem")

    def on_mount(self) -> None:
        """Begin on the first field, or the one asked for."""
        super().on_mount()
        self.set_focus(self._input(self._start or self._form[0].name))

    def on_resize(self) -> None:
        """Keep title and keys in view on a low terminal: the fields scroll within what is left."""
        self.query_one("#fields").styles.max_height = max(self.size.height - _FRAME_LINES, 1)
        self.call_after_refresh(self._show_current)

    def _show_current(self) -> None:
        if self.focused is not None:
            self.focused.scroll_visible(animate=False)

    @property
    def home(self) -> LineWidget | None:
        """The first field."""
        return self._input(self._start or self._form[0].name)

    def _input(self, name: str) -> LineInput | ChoiceInput:
        widget = self.query_one(f"#field-{name}")
        assert isinstance(widget, (LineInput, ChoiceInput))
        return widget

    def values(self) -> dict[str, str]:
        """Return what stands in the fields, by name, without spaces around."""
        return {field.name: self._input(field.name).value.strip() for field in self._form}

    def _current(self) -> int:
        return next((at for at, field in enumerate(self._form) if self._input(field.name) is self.focused), 0)

    async def action_next(self) -> None:
        """Move on, or save on the last field."""
        at = self._current()
        field = self._form[at]
        if not self._show_problem(field, self.values()[field.name]):
            return
        if at + 1 == len(self._form):
            await self.action_save()
        else:
            self.set_focus(self._input(self._form[at + 1].name))

    def action_down(self) -> None:
        """Move to the next field."""
        self.set_focus(self._input(self._form[(self._current() + 1) % len(self._form)].name))

    def action_up(self) -> None:
        """Move to the field before."""
        self.set_focus(self._input(self._form[self._current() - 1].name))

    def _show_problem(self, field: Field, text: str) -> bool:
        """Say under the field what is wrong with it; return whether it will do."""
        problem = _("Please fill this in.") if field.required and not text else None
        if problem is None and field.check and text:
            problem = field.check(text)
        line = self.query_one(f"#problem-{field.name}", Sentence)
        line.show((f"    ^ {problem}", "bad")) if problem else line.show()
        if line.display != bool(problem):
            line.styles.display = "block" if problem else "none"
        return problem is None

    async def action_save(self) -> None:
        """Save when every field will do; else go to the first that will not."""
        values = self.values()
        wrong = [field for field in self._form if not self._show_problem(field, values[field.name])]
        if wrong:
            self.set_focus(self._input(wrong[0].name))
            return
        try:
            result = self._save(values) if self._save else None
            if isawaitable(result):
                await result
        except Exception as error:
            if not is_for_people(error):
                raise
            self.query_one("#problem", Sentence).show((f"  {error}", "bad"))
            return
        self.dismiss(values)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
