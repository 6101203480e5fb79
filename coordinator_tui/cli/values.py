"""How values are typed: dates, codes in either language, text of any encoding, names from the book."""

from __future__ import annotations

import os
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from coordinator_tui.cli.context import Call, UnreadableDateError, read_date
from coordinator_tui.text import gettext as _
from coordinator_tui.text import in_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from enum import StrEnum

    from click.shell_completion import CompletionItem

    from coordinator_tui.book.book import Book

    TextParam = click.ParamType[str]
    DateParam = click.ParamType[date]
    CodeParam = click.ParamType[StrEnum]
else:
    TextParam = DateParam = CodeParam = click.ParamType  # in older versions of click it has no parameter


def recovered(text: str) -> str:
    """Text as it was meant: an argument in GBK, which arrives as lone surrogates, is decoded as GB18030."""
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(text).decode("gb18030", errors="replace")
    return text


class TextType(TextParam):
    """Text; `complete(book)` gives the words that the shell offers."""

    name = "text"

    def __init__(self, complete: Callable[[Book], Iterable[str]] | None = None) -> None:
        self.complete = complete

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401, ARG002 - click's
        """Decode the text."""
        return recovered(str(value))

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 - click's
        """Offer words from the book that begin with what is typed, in Chinese or in pinyin."""
        from click.shell_completion import CompletionItem

        if self.complete is None:
            return []
        typed = recovered(incomplete)
        try:
            with ctx.ensure_object(Call).open(read_only=True) as book:
                words = [word for word in self.complete(book) if begins(word, typed)]
        except Exception:  # noqa: BLE001 - the shell's line must not be disturbed, whatever is wrong with the book
            return []
        return [CompletionItem(word) for word in words]


def begins(word: str, typed: str) -> bool:
    """Tell whether a word is what somebody begins to type, as it stands or as pinyin."""
    if word.startswith(typed):
        return True
    from coordinator_tui.text import initials, pinyin

    lower = typed.casefold()
    return lower.isascii() and ("".join(pinyin(word)).startswith(lower) or initials(word).startswith(lower))


def _members(book: Book) -> Iterable[str]:
    from coordinator_tui.domain.people import display_names

    return display_names(book.members.all()).values()


def _groups(book: Book) -> Iterable[str]:
    return [group.name for group in book.groups.all()]


def _terms(book: Book) -> Iterable[str]:
    return [term.code for term in book.terms.all()]


def _sessions(book: Book) -> Iterable[str]:
    return ["today", "next", "last", *sorted({session.date.isoformat() for session in book.sessions.all()})]


def _readings(book: Book) -> Iterable[str]:
    return [reading.title for reading in book.readings.all()]


def _settings(book: Book) -> Iterable[str]:
    return [spec.key for spec, _value in book.settings.all()]


def _trainings(book: Book) -> Iterable[str]:
    return sorted({training.title for training in book.trainings.all()})


def _achievements(book: Book) -> Iterable[str]:
    return sorted({achievement.title for achievement in book.achievements.all()})


TEXT = TextType()
MEMBER = TextType(_members)
GROUP = TextType(_groups)
TERM = TextType(_terms)
SESSION = TextType(_sessions)
SETTING = TextType(_settings)
READING = TextType(_readings)
TRAINING = TextType(_trainings)
ACHIEVEMENT = TextType(_achievements)


class DateType(DateParam):
    """A date as people type it."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401 - click's
        """Return the date, counted from the day that it is said to be."""
        call = (ctx or click.get_current_context()).ensure_object(Call)
        try:
            return read_date(str(value), call.today)
        except UnreadableDateError as error:
            return self.fail(str(error), param, ctx)


DATE = DateType()


class TimeType(TextParam):
    """A time of day as people type it: 15:30, 8:05, 1530."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401 - click's
        """Return the time as "HH:MM"."""
        from coordinator_tui.book.errors import Refused
        from coordinator_tui.book.settings import time_of_day

        try:
            return time_of_day(str(value))
        except Refused as error:
            return self.fail(str(error), param, ctx)


TIME = TimeType()


WORD_LISTS = MappingProxyType(
    {
        "Mark": "marks",
        "Role": "roles",
        "SessionKind": "session_kinds",
        "WorkKind": "work_kinds",
        "WorkStatus": "work_statuses",
    }
)
"""Lists of the words that schools use for a kind of code."""


def _words_for(code: StrEnum) -> set[str]:
    """Return everything that a code may be typed as: itself, and its titles in both languages."""
    from coordinator_tui.domain.vocabulary import TITLES

    english = TITLES[code].message
    titles = (english, in_language("zh", english))
    return {code.value, code.value.replace("_", "-"), *(title.casefold() for title in titles)}


class CodeType(CodeParam):
    """One code of a closed list of the glossary, typed as its code or as its title in Chinese or English."""

    name = "code"

    def __init__(self, kind: str, *, only: Sequence[str] = ()) -> None:
        self.kind = kind
        self.only = tuple(only)

    @property
    def codes(self) -> list[StrEnum]:
        """Offer the codes that may be typed."""
        from coordinator_tui.domain import vocabulary

        every: list[StrEnum] = list(getattr(vocabulary, self.kind))
        return [code for code in every if not self.only or code.value in self.only]

    @property
    def listed(self) -> str:
        """The codes as the help lists them."""
        return _("One of: {codes}.").format(codes=", ".join(code.value for code in self.codes))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> StrEnum:  # noqa: ANN401 - click's
        """Return the code that was meant."""
        from coordinator_tui.domain.vocabulary import title

        typed = recovered(str(value)).strip().casefold()
        titles = {code: _words_for(code) for code in self.codes}
        exact = next((code for code, words in titles.items() if typed in words), None)
        meant = exact or self._as_schools_write(typed)
        if meant is not None:
            return meant
        close = [code for code, words in titles.items() if len(typed) > 1 and any(typed in word for word in words)]
        if len(close) == 1:
            return close[0]
        choices = ", ".join(f"{title(code)} ({code.value})" for code in close or self.codes)
        if close:
            return self.fail(_("“{value}” may be {choices}").format(value=value, choices=choices), param, ctx)
        return self.fail(_("“{value}” is not one of {choices}").format(value=value, choices=choices), param, ctx)

    def _as_schools_write(self, typed: str) -> StrEnum | None:
        """Return the code of a Chinese word, in whatever language the program speaks."""
        from coordinator_tui.imports.vocabulary import read_level, word

        if typed.isascii():
            return None
        known = WORD_LISTS.get(self.kind)
        code = word(known, typed) if known else read_level(typed) if self.kind == "Level" else None
        return next((one for one in self.codes if one.value == code), None)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 - click's
        """Offer the codes that begin with what is typed."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(code.value) for code in self.codes if code.value.startswith(incomplete)]


class ChoiceType(TextParam):
    """One word of a fixed list."""

    name = "choice"

    def __init__(self, *words: str) -> None:
        self.words = words

    @property
    def listed(self) -> str:
        """The words as the help lists them."""
        return _("One of: {codes}.").format(codes=", ".join(self.words))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401 - click's
        """Return the word, if it is one of them."""
        if value in self.words:
            return str(value)
        return self.fail(
            _("“{value}” is not one of {choices}").format(value=value, choices=", ".join(self.words)), param, ctx
        )

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 - click's
        """Offer the words that begin with what is typed."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(word) for word in self.words if word.startswith(incomplete)]


PATH = click.Path(readable=False)
"""A file's name; whether it can be read is found out by whoever reads it, and said there."""


class FigureType(TextParam):
    """A number as people write it; `share` reads 25%, 1/3 or 0.25 as a part of the whole."""

    name = "figure"

    def __init__(self, *, share: bool = False) -> None:
        self.share = share

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - click's
        """Return the number, or "" to take it away."""
        from coordinator_tui.book.errors import Refused
        from coordinator_tui.book.registers import read_figure, read_share

        if isinstance(value, int | float):
            return value
        try:
            figure = (read_share if self.share else read_figure)(recovered(str(value)))
        except Refused as error:
            return self.fail(str(error), param, ctx)
        return "" if figure is None else figure


FIGURE = FigureType()
SHARE = FigureType(share=True)


class GenderType(TextParam):
    """Gender, in either language."""

    name = "gender"
    words = MappingProxyType(
        {"female": "female", "male": "male", "女": "female", "男": "male", "f": "female", "m": "male"}
    )

    @property
    def listed(self) -> str:
        """The words as the help lists them."""
        return _("One of: {codes}.").format(codes="female, male, 女, 男")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401 - click's
        """Return "female", "male", or "" to take it away."""
        typed = recovered(str(value)).strip().casefold()
        if typed in self.words or not typed:
            return self.words.get(typed, "")
        return self.fail(_("“{value}” is not one of {choices}").format(value=value, choices="female, male"), param, ctx)


GENDER = GenderType()


class PartialDateType(TextParam):
    """A date as exact as it is known: a year, a month or a day."""

    name = "partial date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401 - click's
        """Return "1985", "1985-03" or "1985-03-12"; "" takes it away."""
        from datetime import date

        typed = recovered(str(value)).strip()
        parts = typed.replace("年", "-").replace("月", "-").replace("/", "-").rstrip("-日").split("-")
        try:
            year, *rest = (int(part) for part in parts) if typed else (1,)
            date(year, *[*rest, 1, 1][:2])
        except (ValueError, TypeError):
            sentence = _("“{text}” is not a date; write it as 1985, 1985-03 or 1985-03-12")
            return self.fail(sentence.format(text=value), param, ctx)
        return "-".join([f"{year:04d}", *(f"{number:02d}" for number in rest)]) if typed else ""


PARTIAL_DATE = PartialDateType()
