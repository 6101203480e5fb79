"""The pack that was made of a draft: read it, adopt it into the book, save it as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import rules
from coordinator_tui.book.rule_draft import usual_id
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.going import tried
from coordinator_tui.tui.screens.rules_draft_commands import PACK_COMMANDS
from coordinator_tui.tui.screens.rules_draft_lines import pack_lines
from coordinator_tui.tui.screens.sections import joined
from coordinator_tui.tui.widgets.bars import TextLine
from coordinator_tui.tui.widgets.form import Field, FormDialog
from coordinator_tui.tui.widgets.textpage import TextPage

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coordinator_tui.book.rule_draft import Review
    from coordinator_tui.tui.commands import Command


class DraftPackScreen(CoordinatorScreen):
    """The text of the pack, to read; nothing is written before one of the two keys."""

    heading = lazy("Draft a pack")
    about = lazy(
        "The pack as you decided, as it would be written. What stands after “待确认” is to be compared with the "
        "school's own document. Adopting it puts it in force in this book; its text can be edited afterwards."
    )
    commands: ClassVar[tuple[Command, ...]] = PACK_COMMANDS

    def __init__(self, review: Review, text: str) -> None:
        super().__init__()
        self.review = review
        self._text = text
        self.identity = usual_id(review.draft, review.part)
        self.called = review.regulation.title or review.draft.title
        self.top = TextLine()
        self.page = TextPage()

    def body(self) -> ComposeResult:
        """Compose how much it is, and the text."""
        yield self.top
        yield self.page

    def on_mount(self) -> None:
        """Show the pack."""
        super().on_mount()
        self._show_pack()

    def on_resize(self) -> None:
        """Break the lines anew."""
        super().on_resize()
        self.call_after_refresh(self._show_lines)

    def _show_pack(self) -> None:
        self._text = self.review.text(id=self.identity, title=self.called)
        pack = rules.read(self._text)
        asked, open_ = len(pack.requirements), len(pack.settings)
        parts = (
            ngettext("{count} rule", "{count} rules", asked).format(count=asked),
            ngettext("{count} open question", "{count} open questions", open_).format(count=open_),
            _("nothing is written yet") if not self.review.kept else _("kept"),
        )
        self.top.show((f" {self.identity}  ", "strong"), (joined(parts), "quiet"))
        self._show_lines()

    def _show_lines(self) -> None:
        width = (self.page.size.width or self.app.size.width) - 2
        self.page.show(list(pack_lines(self._text, width)))

    # ---- adopting

    def action_adopt(self) -> None:
        """Ask for id and title, then put the pack in force."""

        def save(values: dict[str, str]) -> None:
            self.identity, self.called = values["id"], values["title"]
            self._show_pack()
            rules.adopt_text(self.book, self._text)

        async def adopted(values: dict[str, str] | None) -> None:
            if values:
                self.review.kept = True
                await self._leave()

        fields = [
            Field("id", lazy("id"), self.identity, required=True, check=_id_problem),
            Field("title", lazy("title"), self.called, required=True),
        ]
        self.ask(FormDialog(_("Adopt this pack into the book"), fields, save), adopted)

    async def _leave(self) -> None:
        """Go back to where the draft was begun, and ask at once what the pack leaves open."""
        from coordinator_tui.tui.screens.rules_draft import DraftScreen
        from coordinator_tui.tui.screens.rules_draft_review import DraftReviewScreen

        app, identity = self.coordinator, self.identity
        said = _("In force: {pack}. u takes it back.").format(pack=self.called)
        book = self.book
        while isinstance(app.screen, (DraftPackScreen, DraftReviewScreen, DraftScreen)):
            await app.pop_screen()
        if any(each.pack.id == identity for each in rules.open_questions(book)):
            from coordinator_tui.tui.screens.rules_answers import AnswersScreen

            await app.push_screen(AnswersScreen(identity))
        app.say(said, "good")

    # ---- a file

    def action_save(self) -> None:
        """Ask where to write the pack."""

        def save(values: dict[str, str]) -> None:
            from coordinator_tui.exports.save import FileIsThere
            from coordinator_tui.tui.screens.import_files import path_of

            path = path_of(values["file"])
            try:
                self._write(path, force=False)
            except FileIsThere:
                self.app.call_later(self._ask_to_overwrite, path)

        value = str(Path.cwd() / f"{self.identity}.yaml")
        field = Field("file", lazy("File"), value, required=True, check=_folder_problem)
        self.ask(FormDialog(_("Save this pack as a file"), [field], save), lambda _done: None)

    def _ask_to_overwrite(self, path: Path) -> None:
        from coordinator_tui.tui.widgets.confirm import Confirm

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a dialog's answer
            if yes:
                tried(self, lambda: self._write(path, force=True))

        self.ask(Confirm(_("Overwrite the file {file}?").format(file=path), yes=lazy("Overwrite")), answered)

    def _write(self, path: Path, *, force: bool) -> None:
        from coordinator_tui.exports.save import save

        save(self._text.encode(), path, force=force)
        self.review.kept = True
        self._show_pack()
        self.say(_("Written: {file}").format(file=path), "good")


def _id_problem(text: str) -> str | None:
    from coordinator_tui.domain.rules.draft_yaml import pack_id

    if pack_id(text) != text:
        return _("Small letters, digits and hyphens, such as {example}.").format(example=pack_id(text))
    if text in rules.shipped_texts():
        return _("A pack that is shipped has this id; choose another.")
    return None


def _folder_problem(text: str) -> str | None:
    from coordinator_tui.tui.screens.import_files import path_of

    folder = path_of(text).parent
    return None if folder.is_dir() else _("There is no such folder: {folder}").format(folder=folder)
