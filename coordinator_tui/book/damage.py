"""Failures of the store as one translated sentence each, with the next command to type."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from coordinator_tui.book.errors import BookUnusable
from coordinator_tui.book.store_texts import reason_words
from coordinator_tui.store import StoreError
from coordinator_tui.text import LazyText, lazy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from coordinator_tui.store import StoreWarning

SENTENCES: dict[str, LazyText] = {
    "not-a-store": lazy(
        "There is no book at {folder} ({reason})."
        " Make one with “coordinator-tui init DIR”, or see “coordinator-tui demo”."
    ),
    "lost-manifest": lazy(
        "{folder} holds the logs of a book, but its store.json is missing: copy that small file back from a backup or"
        " from another copy of this book. Nothing was changed."
    ),
    "lost-logs": lazy(
        "The logs of {folder} are missing ({lines} lines): put its folder “log” back from a backup or from another copy"
        " of this book. Nothing was changed; data.json still shows what the book said last."
    ),
    "store-exists": lazy("There is a book at {folder} already; open it with “coordinator-tui --book {folder}”."),
    "damaged": lazy(
        "{file}, line {line} is damaged: {reason}. The {readable} lines before it can still be read;"
        " “coordinator-tui doctor --repair” sets the rest aside and makes the book usable again."
    ),
    "read-only": lazy("{folder} can only be read: {reason}. Nothing was written."),
    "newer-format": lazy(
        "{folder} was written by a newer version (format {found}, this one knows {known}): it can be read, not changed."
        " Update the program."
    ),
    "write-failed": lazy("Nothing was saved: writing {file} failed ({reason}). The book is as it was before."),
    "locked": lazy("Another program has been writing to {folder} for {seconds} s. Try again."),
    "replaced": lazy("{folder} was replaced by another copy while it was open; close it and open it again."),
    "archive": lazy("{archive}: {reason}."),
}
"""The sentence of each code of a StoreError; its placeholders are the error's fields."""


@contextmanager
def unusable(folder: Path) -> Iterator[None]:
    """Turn what the store raises into BookUnusable, the cause kept; errors of the system likewise."""
    try:
        yield
    except StoreError as error:
        raise wrapped(error, folder) from error
    except (PermissionError, NotADirectoryError, FileNotFoundError) as error:
        raise BookUnusable(
            lazy("{file} cannot be used: {reason}."),
            code="system",
            file=error.filename or folder,
            reason=reason_words(error.strerror or type(error).__name__),
        ) from error


def wrapped(error: StoreError, folder: Path) -> BookUnusable:
    """Return the sentence for an error of the store."""
    fields: dict[str, Any] = {"folder": folder, **error.fields}
    sentence = SENTENCES.get(error.code)
    if sentence is None:
        return BookUnusable(lazy("The book cannot be used: {reason}"), code=error.code, reason=str(error))
    return BookUnusable(sentence, code=error.code, **spoken(fields))


def warning_sentence(warning: StoreWarning) -> str:
    """Return a warning of the store in the language in force."""
    return LazyText(warning.template).format(**spoken(warning.fields))


def spoken(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an error, warning or finding of the store, the reason in the language in force."""
    return {name: reason_words(str(value)) if name == "reason" else value for name, value in fields.items()}
