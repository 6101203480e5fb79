"""What was asked for beside the command itself: which book, which language, who is acting, which day it is."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from coordinator_tui.cli.contents import LANGUAGES
from coordinator_tui.text import gettext as _
from coordinator_tui.text import select_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coordinator_tui.book.book import Book


class UnreadableDateError(ValueError):
    """A text that is not a date; `str()` is the translated sentence."""


def read_date(text: str, today: date) -> date:
    """Read a date as people type it: 2026-09-09, 2026/9/9, 2026年9月9日, 9-9 (this year), today, tomorrow."""
    words = {"today": 0, "今天": 0, "yesterday": -1, "昨天": -1, "tomorrow": 1, "明天": 1}
    if text in words:
        return today + timedelta(days=words[text])
    plain = text
    for sign in "年月/.":
        plain = plain.replace(sign, "-")
    parts = plain.strip().removesuffix("日").split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 2:
            return date(today.year, *numbers)
        year, month, day = numbers
        return date(year, month, day)
    except (ValueError, TypeError):
        raise UnreadableDateError(_("“{text}” is not a date; write it as 2026-09-09.").format(text=text)) from None


R = TypeVar("R")


@dataclass
class Call:
    """One run of a command: its global options, and the book it asked for."""

    book: Path | None = None
    lang: str | None = None
    user: str | None = None
    at: date | None = None
    plain: bool = False

    @property
    def today(self) -> date:
        """Day it is, or is said to be."""
        return self.at or datetime.now().astimezone().date()

    def keep(self, name: str, value: object) -> None:
        """Take in a global option."""
        if name == "plain":
            self.plain = True
            return
        text = str(value)
        if name == "book":
            self.book = Path(text).expanduser()
        elif name == "as":
            self.user = text
        elif name == "at":
            self.at = self._date(text)
        else:
            self.lang = self._language(text)

    def _date(self, text: str) -> date:
        try:
            return read_date(text, self.today)
        except UnreadableDateError as error:
            raise click.BadParameter(str(error), param_hint="--at") from None

    @staticmethod
    def _language(text: str) -> str:
        try:
            return select_language(text)
        except ValueError:
            message = _("there is no language “{text}”; there are zh and en.").format(text=text)
            raise click.BadParameter(message, param_hint="--lang") from None

    @property
    def folder(self) -> Path:
        """Where the book lies: as told, else COORDINATOR_BOOK, else the one opened last, else the data folder's."""
        from coordinator_tui.book.places import chosen_book

        return chosen_book(self.book)

    @contextmanager
    def open(self, *, read_only: bool = False) -> Iterator[Book]:
        """Yield the open book, in its own language unless another one was asked for; its warnings go to stderr."""
        from coordinator_tui.book.book import Book
        from coordinator_tui.cli.errors import narrate_warnings

        with self._opened(Book, read_only=read_only) as book:
            if self.lang is None and not os.environ.get("LC_ALL") and book.settings.text("lang") in LANGUAGES:
                select_language(book.settings.text("lang"))
            narrate_warnings(book)
            yield book

    def _opened(self, kind: type[Book], *, read_only: bool) -> Book:
        """Open the book; for writing even where only reading is wanted, if edits by hand wait to be taken in."""
        book = kind.open(self.folder, user=self.user, today=self.at, read_only=read_only)
        if read_only and any(warning.code == "hand-edit-waits" for warning in book.store.warnings):
            book.close()
            return kind.open(self.folder, user=self.user, today=self.at)
        return book


def pass_call(function: Callable[..., R]) -> Callable[..., R]:
    """Decorate a command's function, so that it gets the `Call` first."""

    @wraps(function)
    def called(*args: object, **values: object) -> R:
        return function(click.get_current_context().ensure_object(Call), *args, **values)

    return called
