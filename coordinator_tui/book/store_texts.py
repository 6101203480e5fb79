"""The English sentences of the store, marked here for translation: the store itself speaks no language but its own.

A test reads the store's source and fails when it says something that is not listed here.
"""

from __future__ import annotations

import re
from functools import cache

from coordinator_tui.text import gettext, mark

TEMPLATES: tuple[str, ...] = (
    mark("data.json was edited by hand; the changes were taken over."),
    mark("data.json was edited by hand; the changes wait, since nothing can be saved ({reason})."),
    mark("data.json was edited by hand; the changes wait until the book is opened for writing."),
    mark("{folder} has the logs of a book but no store.json; copy it from a backup or another copy."),
    mark("The logs of {folder} are missing ({lines} lines); bring its folder log back from a copy."),
    mark("What a purge names could not be taken out of the log yet ({reason})."),
    mark("data.json was edited by hand, but cannot be compared with what it was; a copy is kept as {kept}."),
    mark("data.json, table {table}: {id} is not a document with a number for a name, and was passed over."),
    mark("data.json was not used because {reason}; it is made anew from the logs, and a copy is kept as {kept}."),
    mark("data.json was not used because {reason}; what is shown is made from the logs."),
    mark("data.json could not be written ({reason}); nothing is lost, the logs have everything."),
    mark("The clock of {replica} ({user}) is ahead of this computer's: it wrote at {time}."),
    mark("{replica} saw another line {number} of {other} than the one here; its later lines wait (run doctor)."),
    mark("This file system has no locks: let only one program write {folder} at a time."),
    mark("{file} may end in an unfinished line; the next opening sets it aside."),
    mark("{folder} has format {found}, this program knows {known}: it is shown, and cannot be changed."),
    mark("{folder} cannot be written: it is shown, and cannot be changed."),
    mark("{file}, line {line}: {reason}; shown are the {readable} lines of this log before it."),
    mark("This folder is an older copy of the book (our line {number} is not in it), so it goes on as a new replica."),
    mark("{folder} cannot be written, so this session is a replica of its own."),
    mark("{file} ended in an unfinished line, which was not yet saved; its {size} bytes are kept as {kept}."),
    mark("{file}, line {line}: {reason}; the {readable} lines of this log before it are whole."),
    mark("{count} lines of {replica} wait for lines of other replicas that are not in the folder yet."),
    mark("log/{replica}: the lines {first} to {last} are missing, later ones wait for them."),
    mark("There is no data.json; it is made from the logs when the book is closed."),
    mark("data.json cannot be read; the book is made from the logs, nothing is lost."),
    mark("data.json was made from lines that the logs here do not hold; a copy is kept when the book is opened."),
    mark("data.json was edited by hand; the changes are taken over when the book is opened."),
    mark("data.json differs from the logs in {count} documents of table {table}; the logs count."),
    mark("{file} keeps bytes that were taken out of use."),
    mark("{file} does not belong to the book; it is left alone."),
    mark("{file} was cut at the damage; everything from there is kept as {kept}."),
    mark("{file} was cut at the damage and kept as {kept}; {count} changes after it were said again."),
    mark("{file} was cut at the damage and kept as {kept}; {count} changes after it were said again."),
    mark("data.json was made anew from the logs; the old one is kept as {kept}."),
    mark("{folder} is not a book: {reason}."),
    mark("{folder} has format {found}, this program knows {known}: update the program to change it."),
)
"""Sentences of warnings and findings, as the store's templates have them."""

REASONS: tuple[str, ...] = (
    mark("the folder has no store.json"),
    mark("there is no such folder"),
    mark("it is a file, a book is a folder"),
    mark("its store.json is not JSON ({error})"),
    mark("its store.json has no format number"),
    mark("its store.json has no store id or name"),
    mark("it was closed"),
    mark("it was opened so"),
    mark("the folder cannot be written"),
    mark("it is not JSON"),
    mark("its table _sync is missing or of another format"),
    mark("its table _sync is damaged"),
    mark("the logs do not hold the lines it was made from"),
    mark("this zip file does not hold a book"),
    mark("the part {broken} is damaged"),
    mark("it is not a zip file, or only a part of one"),
    mark("there is no such file"),
    mark("the clock is not a number"),
    mark("what the line saw is not readable"),
    mark("this is not a whole line"),
    mark("the hash does not fit, so bytes were changed or lines are missing"),
    mark("this is not JSON"),
    mark("number or clock is missing"),
    mark("line {found} stands where {number} should"),
    mark("a purged line does not fit its check"),
    mark("the log is not the one that was read before"),
    mark("the line is not finished"),
    mark("the disk is full"),
    mark("No space left on device"),
    mark("Permission denied"),
    mark("Read-only file system"),
    mark("Input/output error"),
    mark("No such file or directory"),
    mark("Not a directory"),
    mark("Disk quota exceeded"),
)
"""Reasons inside sentences, the system's own most frequent ones among them."""


def reason_words(reason: str) -> str:
    """Return a reason that the store or the system gave, in the language in force as far as it is known."""
    for msgid, pattern in _patterns():
        found = pattern.fullmatch(reason)
        if found:
            return gettext(msgid).format(**found.groupdict())
    return reason


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (msgid, re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.*)", re.escape(msgid)), re.DOTALL)) for msgid in REASONS
    )
