"""`init`: an empty book."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from coordinator_tui.cli.common import command, done
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.output import ask, emit, is_terminal, say
from coordinator_tui.cli.shape import argument, option
from coordinator_tui.cli.values import TEXT, CodeType
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from coordinator_tui.text import LazyText


@command(
    "init",
    lazy("Make an empty book."),
    "coordinator-tui init 英语组 --school 春风小学 --group 英语教研组 --term 2026-2027-1",
    more=lazy("Asks for what is missing when somebody sits at the terminal. Prints where the book is."),
)
@argument("folder", metavar="DIR", type=TEXT, about=lazy("Where the book goes; .coord is added to the name."))
@option("--school", metavar="NAME", type=TEXT, about=lazy("The school's name."))
@option("--group", "-g", metavar="NAME", type=TEXT, about=lazy("The first group's name."))
@option("--kind", metavar="CODE", type=CodeType("GroupKind"), default="teaching_research", about=lazy("Kind of group."))
@option("--term", "-t", metavar="TERM", type=TEXT, about=lazy("The first term, such as 2026-2027-1."))
@pass_call
def COMMAND(call: Call, *, folder: str, school: str | None, group: str | None, kind: Any, term: str | None) -> None:  # noqa: N802, ANN401 - handed on by this name
    """Create the book, its group and term, and load the holidays of the term."""
    from coordinator_tui.book import places
    from coordinator_tui.book.book import Book
    from coordinator_tui.book.calendar import ensure_calendar
    from coordinator_tui.cli.commands.term import tell_unpublished
    from coordinator_tui.domain.terms import term_code_on

    path = places.book_folder(folder)
    school = _asked(school, lazy("School"), "--school")
    group = _asked(group, lazy("Group"), "--group")
    term = _asked(term, lazy("Term"), "--term", term_code_on(call.today))
    with Book.create(
        path, school=school, group=group, term=term, user=call.user, today=call.at, group_kind=kind
    ) as book:
        done(_("Made the book {folder}.").format(folder=path))
        days = ensure_calendar(book, book.term)
        if days:
            done(_("{count} holidays and moved workdays were loaded.").format(count=days))
        tell_unpublished(book, book.term)
    say(_("Next: coordinator-tui import members FILE"))
    emit(str(path))


def _asked(given: str | None, label: LazyText, name: str, usual: str = "") -> str:
    """Return what was typed, else the answer at the terminal, else what is usual; 2 if there is nothing."""
    if given is not None:
        return given
    if is_terminal(sys.stdin):
        shown = _("{label} [{usual}]: ") if usual else _("{label}: ")
        return ask(shown.format(label=label, usual=usual)).strip() or usual
    if usual:
        return usual
    raise click.UsageError(_("The option {name} is missing").format(name=name), click.get_current_context())
