"""A regulation as text becomes the draft of a pack: where the text comes from, and which of several one means."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from coordinator_tui.book.draft_words import removed_text
from coordinator_tui.book.rule_draft import Review
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.going import push
from coordinator_tui.tui.screens.import_files import FileList, PathInput
from coordinator_tui.tui.widgets.bars import Sentence, TextLine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.widget import Widget

    from coordinator_tui.domain.rules.draft_parts import Draft

SUFFIXES: Final = frozenset({".txt", ".md", ".markdown", ".docx", ".htm", ".html"})
_AT_ONCE = 150_000
"""Bytes up to which a file is read before the next key is looked at."""


class _Path(PathInput):
    """The line for the path; of a text that is pasted into it every line is kept, the empty ones too."""

    on_text: Callable[[str], None] | None = None

    async def take_paste(self, text: str) -> bool:
        """Hand on a text of several lines as it is."""
        if self.on_text is not None and len(text.strip().splitlines()) > 1:
            self.on_text(text)
            return True
        return await super().take_paste(text)


class DraftScreen(CoordinatorScreen):
    """Asks for a regulation, as a file or pasted; what was decided about it is kept while this screen is open."""

    heading = lazy("Draft a pack")
    about = lazy(
        "A regulation becomes the draft of a rule pack: a .txt, .md, .docx or .html file, or text that is pasted here. "
        "Pinyin in brackets, Traditional characters and what a site put around the text are cleaned away. You decide "
        "about each thing that was found; a number that the text lost is asked for later and never made up. Nothing is "
        "written before you adopt the pack or save it."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="draft.paste",
            title=lazy("Paste or type the text of the regulation"),
            keys=("ctrl+t", "ctrl+v"),
            hint=lazy("paste text"),
            words="粘贴 文本 输入 paste text",
            cli="rules draft -",
        ),
    )
    DEFAULT_CSS = """
    DraftScreen Sentence { margin-bottom: 1; }
    DraftScreen #status { margin-bottom: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._draft: Draft | None = None
        self._reviews: dict[int, Review] = {}
        self._pasted = ""
        self._left = False
        self.top = TextLine()
        self.told = Sentence()
        self.files = FileList(
            SUFFIXES, lazy("No text lies here: txt, md, docx, html. Type another folder, or paste the text.")
        )
        self.path = _Path(
            "", self.files, self._file_chosen, None, placeholder=lazy("type a path, choose below, or paste the text")
        )
        self.path.on_text = self._text_pasted

    def body(self) -> ComposeResult:
        """Compose the path, and the files that there are."""
        yield self.top
        yield self.told
        yield self.path
        yield self.files

    @property
    def home(self) -> Widget | None:
        """The path."""
        return self.path

    def on_mount(self) -> None:
        """List the files."""
        super().on_mount()
        self.top.show((" " + _("Which regulation? Tab completes, Enter opens, ^T takes pasted text."), "strong"))
        self.told.show((" " + _("Nothing is written before you adopt the pack or save it as a file."), "quiet"))
        self.path.show_files()

    def go_back(self) -> bool:
        """Leave; decisions that are not in a pack yet are given up only when Esc comes twice."""
        undone = any(review.answers and not review.kept for review in self._reviews.values())
        if self._left or not undone:
            return False
        self._left = True
        text = _("What you decided is in no pack yet: open the same text again to go on; Esc once more gives it up.")
        self.say(text, "warn")
        return True

    # ---- reading

    async def _file_chosen(self, path: Path) -> None:
        if _size(path) > _AT_ONCE:
            self.say(_("Reading {file} …").format(file=path.name), "quiet")
            draft = await asyncio.to_thread(_read, path, path.stem)
            self.say("")
        else:
            draft = _read(path, path.stem)
        await self._choose(draft)

    def _text_pasted(self, text: str) -> None:
        self._pasted = text
        self.action_paste()

    def action_paste(self) -> None:
        """Open a box for the text; what was pasted before is still in it."""
        from coordinator_tui.tui.screens.lines_input import TextDialog

        found: list[Draft] = []

        def save(text: str) -> None:
            found.append(_read(text, "draft"))
            self._pasted = text

        async def saved(text: str | None) -> None:
            if text is not None and found:
                await self._choose(found[-1])

        title = _("The regulation: paste it here; F2 reads it")
        dialog = TextDialog(title, self._pasted, save=save, placeholder=_("paste the whole text, with all its lines"))
        dialog.text.go_to_line(1)
        self.ask(dialog, saved)

    async def _choose(self, draft: Draft) -> None:
        """Go through the one regulation, or ask which of several."""
        if draft != self._draft:
            self._draft, self._reviews = draft, {}
        self._left = False
        if len(draft.regulations) == 1:
            await self._review(1)
            return
        from coordinator_tui.tui.screens.chooser import Chooser

        async def chosen(part: int | None) -> None:
            if part is not None:
                await self._review(part)

        options = [(part, *self._words(part)) for part in range(1, len(draft.regulations) + 1)]
        title = _("The text holds {count} regulations. Which one?").format(count=len(draft.regulations))
        self.ask(Chooser(title, options), chosen)

    def _words(self, part: int) -> tuple[str, str]:
        """Return title and further words of one of several regulations."""
        assert self._draft
        regulation = self._draft.regulations[part - 1]
        count = len(regulation.proposals)
        more = ngettext("line {line}: {count} proposal", "line {line}: {count} proposals", count)
        done = self._reviews.get(part)
        sign = ("✓ " if done.kept else "… ") if done and done.answers else ""
        return f"{part}. {regulation.title}", sign + more.format(line=regulation.line, count=count)

    async def _review(self, part: int) -> None:
        from coordinator_tui.tui.screens.rules_draft_review import DraftReviewScreen

        assert self._draft
        fresh = part not in self._reviews
        review = self._reviews.setdefault(part, Review(self._draft, part))
        await push(self, DraftReviewScreen(review))
        removed = removed_text(self._draft)
        if fresh and removed:
            self.say(_("Cleaned away: {removed}.").format(removed=removed), "quiet")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _read(source: Path | str, name: str) -> Draft:
    from coordinator_tui.imports.regulation import read_draft

    return read_draft(source, id=name)
