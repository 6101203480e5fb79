"""What the registers have in common: checks of days, figures and titles, and one record found as people name it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from coordinator_tui.book.errors import TABLE_TITLES, DecisionNeeded, NoSuchThing, Refused
from coordinator_tui.domain.records import Record
from coordinator_tui.text import clean, fold, lazy, matches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.text import LazyText

R = TypeVar("R", bound=Record)

REGISTERS = ("trainings", "pairs", "placements", "achievements", "entries")
"""The tables of the registers."""
PERSON_FIELDS = frozenset({"member", "mentor", "apprentice"})
"""Fields of theirs that say whom a record is about."""


# checks


def check_span(start: date | None, until: date | None) -> None:
    """Refuse a time that ends before it begins."""
    if start is not None and until is not None and until < start:
        raise Refused(lazy("It would end ({until}) before it begins ({start})."), start=start, until=until)


def check_title(text: str | None, message: LazyText) -> str:
    """Return the title as it is kept; Refused with `message` where there is none."""
    title = clean(text or "").strip()
    if not title:
        raise Refused(message)
    return title


def check_not_negative(fields: Mapping[str, Any], name: str, message: LazyText) -> None:
    """Refuse a figure below nothing; `message` has the placeholder {figure}."""
    figure = fields.get(name)
    if figure is not None and figure < 0:
        raise Refused(message, figure=figure_words(figure))


def within(start: date, until: date | None, first: date | None, last: date | None) -> bool:
    """Tell whether a time (of one day if it has no end) touches the days from `first` to `last`."""
    return (last is None or start <= last) and (first is None or (until or start) >= first)


# figures as people write them


def read_figure(text: str) -> float | None:
    """Read a figure such as 8, 7.5 or ７．５; None for an empty text. Refused for anything else."""
    plain = clean(text).strip().translate(_SIGNS).removesuffix("学时").strip()
    if not plain:
        return None
    try:
        figure = float(plain)
    except ValueError:
        figure = float("nan")
    if not abs(figure) < _MOST:
        raise Refused(lazy("“{text}” is not a number."), text=text)
    return int(figure) if figure.is_integer() else figure


def read_share(text: str) -> float | None:
    """Read a share such as 25%, 1/3 or 0.25 as 0 to 1; None for an empty text. Refused for anything else."""
    plain = clean(text).strip().translate(_SIGNS)
    if not plain:
        return None
    above, _line, below = plain.removesuffix("%").partition("/")
    try:
        share = float(above) / (float(below) if below else 1) / (100 if plain.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        share = float("nan")
    if not 0 <= share <= 1:
        raise Refused(lazy("“{text}” is not a share; write it as 25%, 1/3 or 0.25."), text=text)
    return round(share, 4)


def figure_words(figure: float | None) -> str:
    """Return a figure without a needless ".0"; "" for None."""
    return "" if figure is None else f"{figure:g}"


def share_words(share: float | None) -> str:
    """Return a share in percent, "25%"; "" for None."""
    return "" if share is None else f"{round(share * 100, 1):g}%"


_SIGNS = str.maketrans("０１２３４５６７８９．／％－", "0123456789./%-")
_MOST = 1e9


# finding one


def find_record(
    book: Book,
    table: str,
    text: str,
    among: Iterable[R],
    *,
    people: Callable[[R], Iterable[int | None]],
    words: Callable[[R], str],
) -> R:
    """Return the one record meant by its number, its title, a piece of it (or its pinyin), or a member's name.

    `among` are those that come into question, `people` whom one is about, `words` what tells it apart. NoSuchThing
    where there is none, DecisionNeeded with the candidates where there are several.
    """
    there = list(among)
    number = int(text) if text.strip().isdecimal() else None
    found = [record for record in there if record.id == number]
    found = found or [record for record in there if fold(_title(record)) == fold(text) and text.strip()]
    found = found or _of_member(book, there, text, people)
    found = found or [record for record in there if text.strip() and matches(text, _title(record)) is not None]
    if len(found) == 1:
        return found[0]
    thing = TABLE_TITLES[table]
    if not found:
        raise NoSuchThing(
            lazy("There is no {thing} “{text}”; name it by its number, its title or the member."),
            thing=thing,
            text=text,
        )
    raise DecisionNeeded(
        lazy("“{text}” may be any of these; name one by its number: {candidates}."),
        text=text,
        candidates=[(record.id, f"{record.id} {words(record)}") for record in found],
    )


def _title(record: Record) -> str:
    return str(getattr(record, "title", None) or "")


def _of_member(book: Book, among: list[R], text: str, people: Callable[[R], Iterable[int | None]]) -> list[R]:
    from coordinator_tui.book.members import find_member

    try:
        member = find_member(book, text).id
    except NoSuchThing:
        return []
    return [record for record in among if member in people(record)]
