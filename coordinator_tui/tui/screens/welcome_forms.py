"""The forms of the welcome: for a new book, and for one that is there; and the place of the demo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coordinator_tui.book import places
from coordinator_tui.domain.terms import term_code_on
from coordinator_tui.domain.vocabulary import GroupKind, title
from coordinator_tui.text import clean, current_language, lazy
from coordinator_tui.text import gettext as _
from coordinator_tui.tui.widgets.form import Field, FormDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from coordinator_tui.book.book import Book


def make_form(made: Callable[[Book], None], *, user: str | None, today: date | None) -> FormDialog:
    """Return the form for a new book; `made(book)` gets it open."""

    def save(values: dict[str, str]) -> None:
        made(make_book(values, user=user, today=today))

    kinds = [(kind.value, title(kind)) for kind in GroupKind]
    fields = [
        Field("school", lazy("school"), placeholder=lazy("printed at the head of every sheet"), required=True),
        Field("group", lazy("group"), placeholder=lazy("for example: 七年级语文备课组"), required=True),
        Field("kind", lazy("kind"), GroupKind.TEACHING_RESEARCH.value, choices=kinds),
        Field("term", lazy("term"), term_code_on(today or _today()), check=_term_problem, required=True),
        Field(
            "folder",
            lazy("folder"),
            placeholder=lazy("empty: named after the group, in the data folder"),
        ),
    ]
    return FormDialog(_("A new book"), fields, save)


def make_book(values: dict[str, str], *, user: str | None, today: date | None) -> Book:
    """Make the book of a filled form, with the holidays of its term; BookError when it cannot be."""
    from coordinator_tui.book.book import Book
    from coordinator_tui.book.calendar import ensure_calendar

    folder = _new_folder(values)
    book = Book.create(
        folder,
        school=values["school"],
        group=values["group"],
        term=values["term"],
        group_kind=GroupKind(values["kind"]),
        user=user,
        today=today,
    )
    ensure_calendar(book, book.term)
    return book


def _new_folder(values: dict[str, str]) -> Path:
    """Return where the new book goes: as typed, inside a folder that is there, else in the data folder."""
    name = clean(values["group"]).strip().replace("/", "-").replace("\\", "-").lstrip(".") or "book"
    typed = clean(values["folder"]).strip()
    if not typed:
        return places.book_folder(places.data_folder() / name)
    path = Path(typed).expanduser()
    if path.is_dir() and path.suffix != places.SUFFIX:
        return places.book_folder(path / name)
    return places.book_folder(path if "/" in typed else places.data_folder() / path)


def _today() -> date:
    from datetime import datetime

    return datetime.now().astimezone().date()


def _term_problem(text: str) -> str | None:
    from coordinator_tui.book.errors import Refused
    from coordinator_tui.book.terms import check_code

    try:
        check_code(text)
    except Refused as error:
        return str(error)
    return None


def open_form() -> FormDialog:
    """Return the form that asks for the folder of a book."""
    field = Field(
        "folder",
        lazy("folder"),
        check=_book_problem,
        required=True,
        placeholder=lazy("for example: ~/七年级语文备课组.coord"),
    )
    return FormDialog(_("Which book?"), [field])


def book_at(text: str) -> Path:
    """Return the folder that is meant: the one typed, or that with .coord behind it, also in the data folder."""
    path = Path(clean(text).strip().strip("'\"")).expanduser()
    known = [path, places.book_folder(path), places.book_folder(places.data_folder() / path.name)]
    return next((folder for folder in known if _is_book(folder)), path)


def _is_book(folder: Path) -> bool:
    return (folder / "store.json").is_file()


def _book_problem(text: str) -> str | None:
    folder = book_at(text)
    if _is_book(folder):
        return None
    inside = places.books_in(folder)
    if inside:
        names = _(", ").join(path.name for path in inside)
        return _("That is no book, but these in it are: {names}").format(names=names)
    if not folder.exists():
        return _("There is no such folder.")
    return _("That is no book: a book is a folder with a file store.json in it.")


def demo_folder(today: date | None) -> Path:
    """Return the folder of the demo, which is written if it is not there; BookUnusable when it cannot be."""
    folder = places.book_folder(places.data_folder() / "demo")
    if not _is_book(folder):
        from coordinator_tui.book.demo import write_demo

        write_demo(folder, language=current_language(), today=today or _today())
    return folder
