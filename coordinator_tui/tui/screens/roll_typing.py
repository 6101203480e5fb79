"""The three things that are typed under the roll: a note, a name to go to, and the whole roll by exception."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from coordinator_tui.text import gettext as _
from coordinator_tui.text import matches, ngettext
from coordinator_tui.tui.screens.roll_preview import how_to, preview_lines
from coordinator_tui.tui.screens.roll_prompt import Typing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator_tui.book.roll import LinePreview, RollCall
    from coordinator_tui.tui.screens.roll_list import RollList
    from coordinator_tui.tui.screens.roll_preview import LinePane
    from coordinator_tui.tui.screens.roll_prompt import RollPrompt
    from coordinator_tui.tui.styles import Look


class Host(Protocol):
    """The screen, as what is typed needs it."""

    roll: RollCall | None
    people: RollList
    pane: LinePane
    prompt: RollPrompt

    def say(self, text: str, look: Look = "plain") -> None:
        """Show a sentence."""

    def start_typing(self, typing: Typing, value: str = "") -> None:
        """Give the keys to the prompt."""

    def stop_typing(self) -> None:
        """Give the keys back to the list."""

    def show_changed(self) -> set[int]:
        """Paint what changed in the roll; return whose rows."""
        ...

    def told(self) -> None:
        """Say something about the person under the cursor again."""


class NoteTyping:
    """A note about one person."""

    def __init__(self, host: Host, member: int) -> None:
        assert host.roll is not None
        self._host, self._roll, self._member = host, host.roll, member
        row = host.roll.row(member)
        prompt = _(" Note about {name}: ").format(name=row.name)
        typing = Typing("note", prompt, self._write, host.stop_typing, placeholder=_("Enter keeps it, Esc leaves it"))
        host.start_typing(typing, row.note or "")

    def _write(self, text: str) -> None:
        self._host.stop_typing()
        self._roll.set_note(self._member, text)
        self._host.show_changed()


class FindTyping:
    """A name, pinyin, initials or row number; the cursor goes to the best match with every key."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._from = host.people.cursor
        self._found: list[int] = []
        self._at = 0
        typing = Typing(
            "find",
            _(" Go to: "),
            lambda _text: host.stop_typing(),
            self._cancel,
            change=self._look,
            step=self._step,
            placeholder=_("name, pinyin, initials or row number"),
        )
        host.start_typing(typing)

    def _look(self, text: str) -> None:
        self._found, self._at = found(self._host.roll, text), 0
        if not text:
            self._host.people.move_to_index(self._from)
        self._show(text)

    def _step(self, step: int) -> None:
        if self._found:
            self._at = (self._at + step) % len(self._found)
            self._show(self._host.prompt.value)

    def _show(self, text: str) -> None:
        count = len(self._found)
        if count:
            self._host.people.move_to(self._found[self._at])
        nobody = _("nobody") if text else ""
        self._host.prompt.annotate(f"{self._at + 1}/{count}" if count else nobody)

    def _cancel(self) -> None:
        self._host.people.move_to_index(self._from)
        self._host.stop_typing()


def found(roll: RollCall | None, text: str) -> list[int]:
    """Return the members that a query finds, the likeliest first: by row number, or by name, pinyin or initials."""
    query = text.strip()
    if roll is None or not query:
        return []
    rows = [*roll.rows, *roll.extra]
    if query.isdecimal():
        return [row.member for row in rows if row.number == int(query)]
    ranked = [(rank, at) for at, row in enumerate(rows) if (rank := matches(query, row.name)) is not None]
    return [rows[at].member for _rank, at in sorted(ranked)]


class LineTyping:
    """The roll by exception: one line, its effect shown while it is typed, one Enter."""

    def __init__(self, host: Host, draft: str = "") -> None:
        assert host.roll is not None
        self._host, self._roll = host, host.roll
        self.text = draft
        self._preview: LinePreview | None = None
        placeholder = _("for example: 张三迟10 李四病 其余到")
        typing = Typing(
            "line", " : ", self._commit, self._cancel, change=self._show, lines=self._paste, placeholder=placeholder
        )
        host.start_typing(typing, draft)
        self._show(draft)

    def refresh(self) -> None:
        """Show the effect again: the roll has changed."""
        self._show(self.text)

    def _show(self, text: str) -> None:
        self.text = text
        host, width = self._host, max(self._host.pane.size.width, self._host.prompt.size.width, 40)
        if not text.strip():
            self._preview = None
            host.prompt.annotate()
            host.pane.show(how_to(width))
            return
        self._preview = self._roll.preview_line(text)
        host.prompt.annotate(spans=[problem.span for problem in self._preview.problems])
        host.pane.show(preview_lines(self._preview, width))

    def _paste(self, lines: Sequence[str]) -> None:
        self._host.prompt.value = "；".join([*([self.text] if self.text.strip() else []), *(s.strip() for s in lines)])
        self._show(self._host.prompt.value)

    def _commit(self, _text: str) -> None:
        if self._preview is None:
            self._cancel()
            return
        if not self._preview.ready:
            problem = next(iter(self._preview.problems), _("The line does not add up."))
            self._host.say(_("Nothing written yet: {problem}").format(problem=problem), "bad")
            return
        count = self._roll.commit_line(self._preview)
        self.text = ""
        self._host.stop_typing()
        self._host.show_changed()
        said = ngettext("{count} person entered; u takes it back.", "{count} people entered; u takes it back.", count)
        self._host.say(said.format(count=count), "good")

    def _cancel(self) -> None:
        self._host.stop_typing()
        if self.text.strip():
            self._host.say(_("Nothing was written; : brings the line back."), "quiet")
