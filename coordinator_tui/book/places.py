"""Where books lie on this machine, and which one was opened last (kept outside of every book)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import orjson

from coordinator_tui.book.errors import NoSuchThing
from coordinator_tui.text import clean, lazy

APP = "coordinator-tui"
VARIABLE = "COORDINATOR_BOOK"
SUFFIX = ".coord"
_MOST_RECENT = 10


def data_folder() -> Path:
    """Return the folder for books that were given no other place (XDG_DATA_HOME on Linux)."""
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False)


def state_file() -> Path:
    """Return the file that remembers which books were opened (XDG_STATE_HOME on Linux)."""
    from platformdirs import user_state_path

    return user_state_path(APP, appauthor=False) / "places.json"


def recent_books() -> list[Path]:
    """Books opened before that are still there, the last one first."""
    paths = (Path(text) for text in _state().get("recent", []) if isinstance(text, str))
    return [path for path in paths if (path / "store.json").is_file()]


def last_book() -> Path | None:
    """Return the book opened last, if it is still there."""
    return next(iter(recent_books()), None)


def remember(folder: Path) -> None:
    """Note that a book was opened. Never fails: a read-only home must not keep a book from opening."""
    known = [text for text in _state().get("recent", []) if isinstance(text, str)]
    here = str(folder.absolute())
    recent = [here, *(text for text in known if text != here)][:_MOST_RECENT]
    if recent != known:
        _write({"recent": recent})


def forget(folder: Path) -> None:
    """Take a book off the list of those opened before; the book stays."""
    here = str(folder.absolute())
    _write({"recent": [text for text in _state().get("recent", []) if text != here]})


def preference(key: str, default: str = "") -> str:
    """Return a choice of this user on this machine ("theme", "lang" ...), which belongs to no book."""
    value = _state().get("preferences", {}).get(key)
    return value if isinstance(value, str) else default


def set_preference(key: str, value: str) -> None:
    """Keep a choice of this user on this machine."""
    _write({"preferences": {**_state().get("preferences", {}), key: value}})


def books_in(folder: Path) -> list[Path]:
    """Return the books that lie directly in a folder."""
    try:
        return sorted(entry for entry in folder.iterdir() if (entry / "store.json").is_file())
    except OSError:
        return []


def chosen_book(explicit: Path | str | None = None) -> Path:
    """Return the book to open: the one named, else `COORDINATOR_BOOK`, else the last one, else the only one of all.

    NoSuchThing with the next command to type when there is none of these.
    """
    named = explicit or os.environ.get(VARIABLE)
    if named:
        return Path(named).expanduser()
    last = last_book()
    if last is not None:
        return last
    books = books_in(data_folder())
    if len(books) == 1:
        return books[0]
    raise NoSuchThing(
        lazy(
            "No book has been opened yet. Try “coordinator-tui demo”, or make your own with “coordinator-tui init DIR”."
        )
    )


def book_folder(given: Path | str) -> Path:
    """Return the folder for a new book as typed: "english" becomes "english.coord"."""
    path = Path(clean(str(given)).strip()).expanduser()
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def login_name() -> str:
    """Who is acting when nobody said: the login name."""
    import getpass

    try:
        return clean(getpass.getuser()) or "unknown"
    except (KeyError, OSError, ImportError):
        return "unknown"


def _state() -> dict[str, Any]:
    try:
        state = orjson.loads(state_file().read_bytes())
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def _write(part: dict[str, Any]) -> None:
    import json

    file = state_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(f".{os.getpid()}.new")
        new.write_text(json.dumps({**_state(), **part}, ensure_ascii=False, indent=1), encoding="utf-8")
        new.replace(file)
    except OSError:
        return
