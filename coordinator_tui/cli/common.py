"""Options that many commands share, and the small steps that many commands take."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from coordinator_tui.cli.errors import DECISION_NEEDED, CommandError
from coordinator_tui.cli.output import confirm, is_terminal, say
from coordinator_tui.cli.shape import Command, Decorator, option
from coordinator_tui.cli.values import DATE, GROUP, TERM, TEXT
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Group, Session, Term
    from coordinator_tui.text import LazyText

json_option: Decorator = option("--json", "as_json", is_flag=True, about=lazy("Print JSON."))
group_option: Decorator = option("--group", "-g", metavar="GROUP", type=GROUP, about=lazy("Only this group."))
own_group_option: Decorator = option(
    "--group", "-g", metavar="GROUP", type=GROUP, about=lazy("The group (default: the book's).")
)
term_option: Decorator = option(
    "--term", "-t", metavar="TERM", type=TERM, about=lazy("The term (default: the current).")
)
yes_option: Decorator = option("--yes", "-y", is_flag=True, about=lazy("Do it without asking."))
force_option: Decorator = option("--force", is_flag=True, about=lazy("Overwrite the file."))
reason_option: Decorator = option("--reason", metavar="TEXT", type=TEXT, about=lazy("Why."))
note_option: Decorator = option("--note", metavar="TEXT", type=TEXT, about=lazy("A note."))


def date_option(*decls: str, about: LazyText) -> Decorator:
    """Decorate with an option whose value is a date."""
    return option(*decls, metavar="DATE", type=DATE, about=about)


def command(
    name: str, about: LazyText, *examples: str, more: LazyText | None = None
) -> Callable[[Callable[..., Any]], Command]:
    """Decorate a function as a command with its sentence and its examples."""
    return click.command(name, cls=Command, about=about, more=more, examples=examples)


def group_named(book: Book, text: str | None) -> Group | None:
    """Return the group that was named; None when none was."""
    from coordinator_tui.book.groups import find_group

    return find_group(book, text) if text else None


def group_or_own(book: Book, text: str | None) -> Group:
    """Return the group that was named, else the book's own."""
    return group_named(book, text) or book.group


def term_named(book: Book, text: str | None) -> Term:
    """Return the term that was named, else the current one."""
    from coordinator_tui.book.terms import find_term

    return find_term(book, text)


def session_named(book: Book, text: str, group: str | None = None) -> Session:
    """Return the session meant by an id, a date however it is written, today, next or last."""
    from coordinator_tui.book.schedule import find_session
    from coordinator_tui.cli.context import UnreadableDateError, read_date

    found = group_named(book, group)
    if not (text.isdecimal() and len(text) > 4):
        with suppress(UnreadableDateError):
            text = read_date(text, book.today).isoformat()
    return find_session(book, text, group=found.id if found else None)


def given(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of any record
    """Return the fields that were typed; an empty text takes a field away."""
    return {name: None if value == "" else value for name, value in fields.items() if value not in (None, ())}


def decide(question: str, *, yes: bool, hint: str | None = None) -> bool:
    """Ask before something that matters. Without a terminal and without --yes the command ends with 5."""
    if not yes and not is_terminal(sys.stdin):
        how = hint or _("Repeat with --yes to do it.")
        raise CommandError(_("{question} {how}").format(question=question, how=how), DECISION_NEEDED)
    if confirm(question, yes=yes):
        return True
    say(_("Nothing was changed."))
    return False


def day_text(day: date | None) -> str:
    """Return a date as it is printed."""
    return day.isoformat() if day else ""


def done(sentence: str) -> None:
    """Tell what was done."""
    say(sentence)
