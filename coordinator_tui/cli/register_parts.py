"""Options that the commands of the registers share, and the steps that all of them take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from coordinator_tui.cli.common import date_option, given
from coordinator_tui.cli.shape import option
from coordinator_tui.cli.values import MEMBER, TERM, TEXT
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coordinator_tui.book.book import Book
    from coordinator_tui.cli.shape import Decorator
    from coordinator_tui.domain.records import Term

member_filter: Decorator = option("--member", "-m", metavar="MEMBER", type=MEMBER, about=lazy("Only this member."))
term_filter: Decorator = option("--term", "-t", metavar="TERM", type=TERM, about=lazy("Only this term."))
first_filter: Decorator = date_option("--from", "first", about=lazy("From this day on."))
last_filter: Decorator = date_option("--until", "last", about=lazy("Up to this day."))
title_option: Decorator = option("--title", metavar="TEXT", type=TEXT, about=lazy("Title."))
member_option: Decorator = option("--member", "-m", metavar="MEMBER", type=MEMBER, about=lazy("Whom it is about."))


def with_options(options: Sequence[Decorator]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorate with several options, listed in their order."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for one in reversed(options):
            function = one(function)
        return function

    return decorate


def member_id(book: Book, text: str | None) -> int | None:
    """Return the member who was named; None when nobody was."""
    from coordinator_tui.book.members import find_member

    return find_member(book, text).id if text else None


def only_term(book: Book, text: str | None) -> Term | None:
    """Return the term that was named; None when none was."""
    from coordinator_tui.book.terms import find_term

    return find_term(book, text) if text else None


def changes_of(example: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of any record
    """Return the fields that were typed; wrong usage where there is none, with an option as `example`."""
    changes = given(**fields)
    if not changes:
        raise click.UsageError(_("Nothing to change: name a field, such as {option}").format(option=example))
    return changes
