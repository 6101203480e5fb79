"""Readings: books and articles recommended to a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book.errors import DecisionNeeded, NoSuchThing, Refused
from coordinator_tui.domain.vocabulary import ReadingKind
from coordinator_tui.text import clean, fold, lazy, matches

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.collection import Value
    from coordinator_tui.domain.records import Reading


def add_reading(
    book: Book,
    title: str,
    *,
    kind: ReadingKind = ReadingKind.BOOK,
    author: str | None = None,
    group: int | None = None,
    recommended_by: str | None = None,
    date: date | None = None,
    due: date | None = None,
    note: str | None = None,
) -> Reading:
    """Recommend something to read to a group (to everybody for None)."""
    title = _title(title)
    with book.step("readings.add", title=title):
        return book.readings.add(
            title=title,
            kind=kind,
            author=author,
            group=group,
            recommended_by=recommended_by,
            date=date or book.today,
            due=due,
            note=note,
        )


def edit_reading(book: Book, reading: int, **fields: Value) -> Reading:
    """Change a reading."""
    now = book.readings.get(reading)
    if "title" in fields:
        fields["title"] = _title(fields["title"])
    with book.step("readings.edit", title=fields.get("title", now.title)):
        return book.readings.update(reading, **fields)


def remove_reading(book: Book, reading: int) -> None:
    """Remove a reading that no work or assignment names; Refused otherwise."""
    now = book.readings.get(reading)
    if any(work.reading == reading for work in book.work) or any(task.reading == reading for task in book.assignments):
        raise Refused(lazy("Work has been handed in on “{title}”; it cannot be removed."), title=now.title)
    with book.step("readings.remove", title=now.title):
        book.readings.remove(reading)


def all_readings(book: Book, group: int | None = None) -> list[Reading]:
    """Return readings (of a group and of everybody), the latest first."""
    found = book.readings.where(lambda reading: group is None or reading.group in {group, None})
    latest = sorted(found, key=lambda reading: (reading.title, reading.id))
    return sorted(latest, key=lambda reading: reading.date or book.today, reverse=True)


def find_reading(book: Book, text: str) -> Reading:
    """Return the reading meant by an id, its title, a piece of it or its pinyin; NoSuchThing, or DecisionNeeded."""
    if text.strip().isdecimal() and int(text) in book.readings:
        return book.readings.get(int(text))
    exact = book.readings.where(lambda reading: fold(reading.title) == fold(text))
    found = exact or book.readings.where(
        lambda reading: bool(text.strip()) and matches(text, reading.title) is not None
    )
    if len(found) == 1:
        return found[0]
    if found:
        raise DecisionNeeded(
            lazy("“{text}” may be any of these readings: {candidates}."),
            text=text,
            candidates=[
                (reading.id, " ".join(part for part in (str(reading.id), reading.title, reading.author) if part))
                for reading in found
            ],
        )
    raise NoSuchThing(lazy("There is no reading “{text}”."), text=text)


def same_reading(book: Book, title: str, author: str | None = None) -> Reading | None:
    """Return a reading of that title, unless its author is known to be another one."""
    same = book.readings.where(lambda reading: fold(_bare(reading.title)) == fold(_bare(title)))
    return next((one for one in same if not (author and one.author) or fold(author) == fold(one.author)), None)


def _bare(title: str) -> str:
    return clean(title).strip().strip("《》")


def _title(text: str | None) -> str:
    title = clean(text or "").strip()
    if not title:
        raise Refused(lazy("A reading needs a title."))
    return title
