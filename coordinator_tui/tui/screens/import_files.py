"""Choosing a file to import: a path to type, completed, and the files that lie in the folder typed so far."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from coordinator_tui.text import fold, lazy, matches
from coordinator_tui.tui.widgets.lineinput import LineInput
from coordinator_tui.tui.widgets.linelist import Column, LineList

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Sequence

    from textual import events

    from coordinator_tui.text import LazyText
    from coordinator_tui.tui.styles import Look

SUFFIXES: Final = frozenset({".xlsx", ".xlsm", ".csv", ".tsv", ".txt", ".xls", ".htm", ".html", ".md"})
_MOST = 400
_STEPS = {"up", "down", "pageup", "pagedown"}


def path_of(text: str) -> Path:
    """Return the path meant: quotes and file:// of a dropped file go, ~ is the home folder."""
    plain = text.strip().strip("\"'“”")
    if plain.startswith("file://"):
        plain = unquote(urlsplit(plain).path)
    return Path(plain.replace("\\ ", " ")).expanduser()


def _split(text: str) -> tuple[Path, str]:
    """Return the folder typed so far, and the beginning of a name in it."""
    path = path_of(text) if text.strip() else Path()
    if text.endswith("/") or not text.strip() or path.is_dir():
        return path, ""
    return path.parent, path.name


def offers(text: str, suffixes: Collection[str] = SUFFIXES) -> list[Path]:
    """Return folders, and files of these kinds, as far as they fit what is typed."""
    folder, name = _split(text)
    try:
        found = [each for each in folder.iterdir() if not each.name.startswith(".") and _fits(each, name, suffixes)]
    except OSError:
        return []
    return sorted(found, key=lambda each: (_is_folder(each), fold(each.name)))[:_MOST]


def _fits(path: Path, name: str, suffixes: Collection[str]) -> bool:
    if name and matches(name, path.name) is None:
        return False
    return path.suffix.casefold() in suffixes or _is_folder(path)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


class FileList(LineList[Path]):
    """The files that there are, folders last; those of a roster unless other kinds are named."""

    def __init__(self, suffixes: Collection[str] = SUFFIXES, empty: LazyText | None = None) -> None:
        super().__init__(
            [Column("name", "", 0, least=20), Column("size", "", 10, "right", drop=2), Column("day", "", 11, drop=1)],
            _cells,
            header=False,
            empty=empty or lazy("No roster file lies here: xlsx, csv, tsv, txt, xls. Type another folder."),
        )
        self.suffixes = suffixes


def _cells(path: Path) -> Sequence[str | tuple[str, Look]]:
    from datetime import datetime

    if _is_folder(path):
        return ((path.name + "/", "quiet"), "", "")
    try:
        known = path.stat()
    except OSError:
        return (path.name, "", "")
    when = datetime.fromtimestamp(known.st_mtime).astimezone()
    return (path.name, (f"{max(known.st_size // 1024, 1)} kB", "quiet"), (f"{when:%Y-%m-%d}", "quiet"))


class PathInput(LineInput):
    """The line for the path; arrows go to the files below, Tab takes the one under the cursor into the line."""

    def __init__(
        self,
        value: str,
        files: FileList,
        on_file: Callable[[Path], Awaitable[None] | None],
        on_lines: Callable[..., None] | None,
        *,
        placeholder: LazyText | None = None,
    ) -> None:
        super().__init__(
            value,
            prompt=lazy(" File: "),
            placeholder=placeholder or lazy("type a path, choose below, or paste a table or names"),
            on_change=lambda _text: self.show_files(),
            on_submit=self._submit,
            on_lines=on_lines,
        )
        self.files = files
        self._on_file = on_file

    def show_files(self) -> None:
        """List what fits."""
        self.files.set_rows(offers(self.value, self.files.suffixes))
        self.files.move_to_index(0)

    async def take_key(self, event: events.Key) -> bool:
        """Give the arrows to the list; complete with Tab."""
        if event.key in _STEPS:
            return await self.files.take_key(event)
        if event.key == "tab":
            self._complete()
            return True
        return await super().take_key(event)

    def _complete(self) -> bool:
        chosen = self.files.cursor_id
        if chosen is None:
            return False
        self.value = f"{chosen}/" if _is_folder(chosen) else str(chosen)
        self.show_files()
        return True

    def _submit(self, text: str) -> Awaitable[None] | None:
        """Open a folder, or take the file typed in full or the one under the cursor."""
        path = path_of(text)
        chosen = self.files.cursor_id
        if chosen is None or (text.strip() and path.is_file()):
            return self._on_file(path)
        if not _is_folder(chosen):
            return self._on_file(chosen)
        self._complete()
        return None
