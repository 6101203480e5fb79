"""The texts of pieces of work as they were handed in: kept, counted, shown, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book.errors import Refused
from coordinator_tui.book.members import name_of
from coordinator_tui.book.terms import guard
from coordinator_tui.store import key_id
from coordinator_tui.text import clean, count, lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Term, Text, Work
    from coordinator_tui.text import Counts

LONGEST = 200_000
"""Characters of a text that still is a piece of work; a long paper has a tenth of it."""


def text_id(work: int) -> int:
    """Return the id of the text of a piece of work: one that every machine gives it."""
    return key_id("text", work)


def text_of(book: Book, work: int) -> Text | None:
    """Return the text of a piece of work, None where none is kept."""
    return book.texts.find(text_id(work))


def words_of(book: Book, text: str) -> int:
    """Return the length of a text as the book counts words: by its setting, as WPS and Word, or Chinese characters."""
    counts = count(text)
    return counts.han if book.settings.get("word_count") == "han" else counts.office


def counts_of(book: Book, work: int) -> Counts | None:
    """Return the length of a piece's text both ways, None where none is kept."""
    kept = text_of(book, work)
    return count(kept.text) if kept is not None else None


def checked_text(text: str) -> str:
    """Return a text as it can be kept; Refused for one that is empty, or too long for a piece of work."""
    plain = clean(text, lines=True).strip()
    if not plain:
        raise Refused(lazy("The text is empty."))
    if len(plain) > LONGEST:
        raise Refused(
            lazy("The text has {count} characters; a piece of work has at most {most}. Is it the right text?"),
            count=len(plain),
            most=LONGEST,
        )
    return plain


def set_text(book: Book, work: int, text: str, file: str | None = None) -> Work:
    """Give a piece of work its text, in place of one that it has; its words are counted anew. Refused when closed."""
    now = book.work.get(work)
    guard(book, now.date)
    plain = checked_text(text)
    with book.step("work.text", name=name_of(book, now.member), kind=now.kind):
        keep_text(book, work, plain, file)
        return book.work.update(work, words=words_of(book, plain))


def miscounted(book: Book, term: Term | None = None) -> list[tuple[Work, int]]:
    """Return the pieces of a term (the current one) whose words are not the length of their text, with that length.

    They are what was counted the other way before the setting was changed, and numbers that somebody typed.
    """
    within = term or book.term
    found = []
    for text in book.texts:
        work = book.work.find(text.work)
        if work is not None and within.start <= work.date <= within.until:
            words = words_of(book, text.text)
            if words != work.words:
                found.append((work, words))
    return sorted(found, key=lambda pair: (pair[0].date, pair[0].id))


def recount(book: Book, pieces: Iterable[tuple[Work, int]]) -> int:
    """Write the words of pieces, in one step; return how many. Refused in a closed term."""
    wanted = list(pieces)
    guard(book, *(work.date for work, _words in wanted))
    with book.step("work.recount", count=len(wanted)):
        for work, words in wanted:
            book.work.update(work.id, words=words)
    return len(wanted)


def remove_text(book: Book, work: int) -> bool:
    """Take the text of a piece of work away; its words stay. Return whether there was one. Refused when closed."""
    now = book.work.get(work)
    guard(book, now.date)
    if text_of(book, work) is None:
        return False
    with book.step("work.drop_text", name=name_of(book, now.member), kind=now.kind):
        drop_text(book, work)
    return True


def keep_text(book: Book, work: int, text: str, file: str | None = None) -> None:
    """Write a text, as part of an open step or as a step of its own."""
    if text_of(book, work) is None:
        book.texts.add(text_id(work), work=work, text=text, file=file)
    else:
        book.texts.update(text_id(work), text=text, file=file)


def drop_text(book: Book, work: int) -> None:
    """Remove the text of a piece of work, if there is one, as part of an open step."""
    if text_of(book, work) is not None:
        book.texts.remove(text_id(work))
